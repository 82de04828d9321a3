//! Files that a program made as copies of others: conflict copies, downloads, duplicates.
//!
//! Owns how the names of such copies look. A name alone proves nothing: the original must be next to it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::diag::{Code, Diagnostic, Place};

/// Words for a copy, as systems append or prepend them.
const COPY: [&str; 15] = [
    "copy",
    "copie",
    "copia",
    "cópia",
    "kopie",
    "kopia",
    "kopi",
    "kopya",
    "копия",
    "копія",
    "نسخة",
    "رونوشت",
    "副本",
    "コピー",
    "복사본",
];
/// What is before the name of the original.
const PREFIXES: [&str; 14] = [
    "copy of ",
    "copie de ",
    "copia de ",
    "cópia de ",
    "kopie von ",
    "kopia ",
    "kopi av ",
    "kopi af ",
    "kopie van ",
    "копия ",
    "копія ",
    "نسخة من ",
    "نسخة ",
    "رونوشت ",
];
/// Words of the programs that keep files the same on many machines.
const CONFLICT: [&str; 10] = [
    "conflict",
    "conflit",
    "conflicto",
    "conflito",
    "konflikt",
    "conflitto",
    "çakış",
    "конфликт",
    "تعارض",
    "冲突",
];

/// A warning for each file that looks like a copy of another one in `known`.
pub fn check(paths: &BTreeSet<&str>, diagnostics: &mut Vec<Diagnostic>) {
    for path in paths {
        if let Some(original) = original(path, paths) {
            let message = format!("this file looks like a copy of {original}, made by a program");
            diagnostics.push(
                Diagnostic::warning(Code::COPIED_FILE, message)
                    .at(Place::file(path))
                    .help("keep one of the two, and delete the other; or give it a name of its own"),
            );
        }
    }
}

/// Whether a path looks like a copy of another one.
#[must_use]
pub fn is_copy_of(path: &str, other: &str) -> bool {
    original(path, &BTreeSet::from([other])).is_some()
}

/// The file that a path is a copy of, by its name or by that of its folder.
fn original(path: &str, known: &BTreeSet<&str>) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let candidates = originals(name).map(|original| format!("{folder}/{original}"));
    let found = candidates.into_iter().find(|candidate| known.contains(candidate.as_str()));
    found.or_else(|| {
        let (above, folder) = folder.rsplit_once('/').filter(|_| name == "index.md")?;
        let candidates = originals(folder).map(|original| format!("{above}/{original}/{name}"));
        candidates.into_iter().find(|candidate| known.contains(candidate.as_str()))
    })
}

/// The names that a name may be a copy of.
fn originals(name: &str) -> impl Iterator<Item = String> {
    // `a.md~HEAD`, and `a~HEAD.md`
    let of_merge = name.split_once('~').map(|(original, _)| original.to_owned());
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, _)| (stem, &name[stem.len()..]));
    let of_branch = stem.split_once('~').map(|(original, _)| format!("{original}{ending}"));
    let others = stem_of_original(stem).map(|original| format!("{}{ending}", original.trim_end()));
    // The name of a translation has a second ending, and a copy its words behind both.
    of_merge.into_iter().chain(of_branch).chain(others)
}

fn stem_of_original(stem: &str) -> Option<&str> {
    let lower = stem.nfc().flat_map(char::to_lowercase).nfc().collect::<String>();
    // Offsets of one are offsets of the other only if no letter changed its length.
    if lower.len() != stem.len() {
        return None;
    }
    let end = behind_name(&lower)?;
    match end {
        NamePart::Before(end) => stem.get(..end),
        NamePart::Behind(start) => stem.get(start..),
    }
}

/// Which part of a stem is the name of the original.
enum NamePart {
    Before(usize),
    Behind(usize),
}

fn behind_name(stem: &str) -> Option<NamePart> {
    if let Some(prefix) = PREFIXES.iter().find(|prefix| stem.starts_with(**prefix)) {
        return Some(NamePart::Behind(prefix.len()));
    }
    for mark in [".sync-conflict-", "_conflict-", ".conflict-"] {
        if let Some(at) = stem.find(mark) {
            return Some(NamePart::Before(at));
        }
    }
    if let Some(inner) = stem.strip_suffix(')') {
        let open = inner.rfind('(')?;
        let inner = inner[open + 1..].trim();
        let is_number = inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit());
        let is_copy = COPY.iter().chain(&CONFLICT).any(|word| inner.contains(word));
        if is_copy || !is_number {
            return is_copy.then_some(NamePart::Before(open));
        }
        // `a (1)`, and `a - Copy (2)`
        let before = stem[..open].trim_end();
        return Some(NamePart::Before(without_copy(before).unwrap_or(open)));
    }
    let without_number = stem.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    without_copy(without_number).map(NamePart::Before)
}

/// The end of a stem without ` copy` or ` - copy` at its end.
fn without_copy(stem: &str) -> Option<usize> {
    let before = COPY.iter().find_map(|word| stem.strip_suffix(word))?;
    let name = before.trim_end_matches([' ', '-', '–', '—', '_', 'の', '的']);
    let separator = &before[name.len()..];
    (separator.contains([' ', '_', 'の', '的']) && !name.is_empty()).then_some(name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies_are_known() {
        let known = BTreeSet::from(["c/a.md", "c/a.ar.md", "c/b/index.md"]);
        for name in [
            "a (conflicted copy 2026-01-05).md",
            "a (Anna's conflicted copy).md",
            "a (Anna's conflicted copy 2026-01-05).md",
            "a (in Konflikt stehende Kopie von Anna 2026-01-05).md",
            "a (copie en conflit de Anna).md",
            "a (Case Conflict).md",
            "a (SFConflict anna@example.org 2026-01-05-10-10-10).md",
            "a.sync-conflict-20260105-101010-ABCDEFG.md",
            "a_conflict-20260105-101010.md",
            "a~HEAD.md",
            "a.md~HEAD",
            "a (1).md",
            "a(2).md",
            "a - Copy.md",
            "a - Copy (2).md",
            "a copy.md",
            "a copy 2.md",
            "a_copy.md",
            "Copy of a.md",
            "Kopie von a.md",
            "a – Kopie.md",
            "a (kopie).md",
            "Copia de a.md",
            "a - copia.md",
            "Cópia de a.md",
            "نسخة من a.md",
            "a - نسخة.md",
            "Копия a.md",
            "a — копия.md",
            "a - 副本.md",
            "a のコピー.md",
            "a - コピー.md",
        ] {
            assert_eq!(original(&format!("c/{name}"), &known).as_deref(), Some("c/a.md"), "{name}");
        }
        assert_eq!(original("c/a.ar (1).md", &known).as_deref(), Some("c/a.ar.md"));
        assert_eq!(original("c/b (1)/index.md", &known).as_deref(), Some("c/b/index.md"));
    }

    #[test]
    fn names_of_their_own_are_none() {
        let known = BTreeSet::from(["c/a.md", "c/hard.md", "c/day.md"]);
        for name in [
            "b (1).md",
            "hard-copy.md",
            "day 2.md",
            "day (evening).md",
            "day 2 (1).md",
            "photocopy.md",
            "a.ar.md",
            "a.md",
        ] {
            assert_eq!(original(&format!("c/{name}"), &known), None, "{name}");
        }
    }
}
