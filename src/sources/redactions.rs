//! The reading of redact.txt.
//!
//! Invariant: a list that is there and cannot be read whole, or is not where it is looked for, is an error.

use super::merge_conflicts::{merge_conflict, without_conflict_marks};
use super::store::{self, Store, read_text};
use crate::diag::{Code, Diagnostic, Place};
use crate::private::{LONGEST_WORD, ListFault, ListLine, RedactList, text_of_list};

/// Where a list may be. The words of both count.
const LISTS: [&str; 2] = ["redact.txt", "private/redact.txt"];

/// The private words of the site. One that cannot be kept out is an error.
pub fn redactions(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> RedactList {
    let mut words = RedactList::default();
    for list in LISTS {
        let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = store.names_in(folder);
        let misnamed = names.iter().filter(|name| is_misnamed(name));
        diagnostics.extend(misnamed.map(|name| self::misnamed(&list.replace("redact.txt", name))));
        if !names.iter().any(|name| name == "redact.txt") {
            continue;
        }
        match read(store, list) {
            Ok((found, faults)) => {
                diagnostics.extend(faults);
                words = words.joined(found);
            }
            Err(error) => diagnostics.push(error.setup()),
        }
    }
    words
}

fn read(store: &Store, list: &'static str) -> Result<(RedactList, Vec<Diagnostic>), Diagnostic> {
    store.check_file(list)?;
    if store.is_folder(list) {
        let message = format!("{list} is a folder, so no private words are read from it");
        let error = Diagnostic::error(Code::REDACT_LIST, message);
        return Err(error.at(Place::file(list)).help("write the words into one file of that name"));
    }
    let bytes =
        store.read_at_most(list, store::MAX_TEXT_BYTES).map_err(|error| store::unreadable(list, &error))?;
    let text = match text_of_list(&bytes) {
        Ok(text) => text,
        Err(text) => return Ok((RedactList::parse(list, &text).0, vec![undecodable(store, list)])),
    };
    if let Some(conflict) = merge_conflict(list, &text) {
        // The words of both versions are kept out of what is printed.
        return Ok((RedactList::parse(list, &without_conflict_marks(&text)).0, vec![conflict.setup()]));
    }
    let (words, faults) = RedactList::parse(list, &text);
    Ok((words, faults.into_iter().map(|(line, fault)| at_line(line, fault)).collect()))
}

/// Without an excerpt, which would show a word.
fn undecodable(store: &Store, list: &str) -> Diagnostic {
    let error = read_text(store, list).err();
    let error = error.unwrap_or_else(|| {
        let message = format!("{list} holds zero bytes, as UTF-16 without its mark does");
        Diagnostic::error(Code::REDACT_LIST, message).help("save it as UTF-8")
    });
    error.at(Place::file(list)).label("").setup()
}

fn at_line(line: ListLine, fault: ListFault) -> Diagnostic {
    let (message, help) = match fault {
        ListFault::NoLetters => {
            let message = format!("{line} holds no letter and no digit to look for");
            return Diagnostic::error(Code::REDACT_LINE, message)
                .setup()
                .at(Place::file(line.file))
                .help("write a name or a word, or begin the line with # if it is a comment");
        }
        ListFault::SeveralWords(separator) => {
            let shown = if separator == '\t' { "a tab".to_owned() } else { format!("`{separator}`") };
            (
                format!("{line} has {shown}, so it may be several words or one"),
                "write each word or full name on a line of its own, without it; a remark begins with a space and #",
            )
        }
        ListFault::Numbered => (
            format!("{line} begins like an item of a list"),
            "write the word alone: the number would be looked for with it",
        ),
        ListFault::TooLong => (
            format!("{line} is longer than {LONGEST_WORD} letters"),
            "write each word or full name on a line of its own",
        ),
        ListFault::Damaged => (
            format!("{line} has a damaged letter or a control character"),
            "type the word again, and save the file as UTF-8",
        ),
    };
    Diagnostic::error(Code::REDACT_LIST, message).setup().at(Place::file(line.file)).help(help)
}

/// Whether somebody meant this file or folder to be redact.txt.
pub(super) fn is_misnamed(name: &str) -> bool {
    let is_open_in_editor = name.starts_with(".#") || name.starts_with('#') || name.ends_with('~');
    let lower = name.to_lowercase();
    let is_swap_file = [".swp", ".swo", ".swn", ".kate-swp"].iter().any(|ending| lower.ends_with(ending));
    if name == "redact.txt" || is_open_in_editor || is_swap_file {
        return false;
    }
    let bare = lower.trim_start_matches(['.', '_', ' ']);
    let (stem, ending) = bare.split_once('.').unwrap_or((bare, "txt"));
    let is_of_text = ["txt", "text", "md", "csv", "rtf", "doc", "docx", "odt"]
        .iter()
        .any(|known| ending.starts_with(known));
    let rest = ["redacted", "redactions", "redact"].iter().find_map(|word| stem.strip_prefix(word));
    // `redact (1)`, `redact copy` and `redact-old`, but not `redaction` or `redactor`.
    is_of_text && rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

fn misnamed(name: &str) -> Diagnostic {
    Diagnostic::error(Code::REDACT_LIST, format!("no private words are read from {name}"))
        .setup()
        .at(Place::file(name))
        .help("name the list redact.txt, a file next to site.toml or in private/; move everything else of such a name out of the site")
}

/// An error for a file that is copied to readers although its name says that it is the list.
pub fn published_list(path: &str) -> Option<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_list = ["redact", "redact.txt", "redact.txt.txt"].contains(&name.to_lowercase().as_str());
    is_list.then(|| {
        Diagnostic::error(Code::REDACT_LIST, "a list of private words is among what readers get")
            .setup()
            .at(Place::file(path))
            .help(
                "move it next to site.toml or into private/, as redact.txt; give the file another name if it is no such list",
            )
    })
}
