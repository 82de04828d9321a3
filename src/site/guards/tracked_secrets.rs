//! Private files are in no repository: its other copies cannot be taken back.

use std::collections::BTreeMap;

use super::guard_check::GuardCheck;
use crate::config::Exception;
use crate::diag::{Code, Diagnostic, Place};
use crate::site::linked::Content;
use crate::sources::SourceSet;

/// Reports each private file that git tracks: redact.txt, what is in private/, and records of protected sources.
pub fn check(guards: &mut GuardCheck<'_, '_, '_>) {
    let site = guards.site;
    let secrets = tracked_secrets(site, guards.diagnostics.sources);
    // The last publication is looked for among all briefings, and most sites have no such file.
    if secrets.is_empty() {
        return;
    }
    let zone = &site.config.timezone;
    let published =
        site.briefings.iter().map(|briefing| zone.day_of(briefing.article.last_published())).max();
    // Without a briefing nothing was published, and an exception must end nevertheless.
    let published = published.unwrap_or_else(|| zone.day_of(site.options.now));
    for (path, allow, is_record) in secrets {
        if let Err(ended) = guards.lifted(Code::TRACKED_SECRET, &[allow], published) {
            let found =
                Diagnostic::error(Code::TRACKED_SECRET, format!("git tracks {path}, which is private"));
            let remedy = if is_record && !path.starts_with("private/") {
                "move it to private/sources/, take it out with `git rm --cached`, and write private = true in site.toml: a build without the record would make a page of the source"
            } else {
                "take it out with `git rm --cached`, and name it in .gitignore"
            };
            guards.report(found.at(Place::file(path)), ended, remedy);
        }
    }
}

/// The private files that git tracks, each with its own exceptions, and whether it is a record: redact.txt, what is
/// in private/, and records of protected sources with their translations.
pub fn tracked_secrets<'s>(
    site: &'s Content,
    sources: &'s SourceSet,
) -> Vec<(&'s str, &'s [Exception], bool)> {
    let mut records: BTreeMap<&str, &[Exception]> = BTreeMap::new();
    for source in site.sources.iter().filter(|source| source.is_protected()) {
        let Some(record) = &source.term.record else { continue };
        let translations = source.term.translations.values().map(|translation| &*translation.file);
        records.extend(translations.chain([&*record.file]).map(|file| (file, &*record.allow)));
    }
    let is_always = |path: &str| path == "redact.txt" || path.starts_with("private/");
    let secret = |path: &'s String| match records.get(path.as_str()) {
        Some(allow) => Some((path.as_str(), *allow, true)),
        None => is_always(path).then_some((path.as_str(), &[][..], false)),
    };
    sources.tracked.iter().filter_map(secret).collect()
}
