//! A file cut at its `+++` lines.

use super::yaml;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::toml::without_bom;

/// The line before and after the front matter.
const FENCE: &str = "+++";

/// The fence that opens a file.
pub(super) const OPENING: Span = Span { start: 0, end: 3 };

/// Front matter and body of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// The TOML, its last line break included.
    pub front: &'a str,
    /// Byte offset of `front` in the file, byte order mark excluded.
    pub front_at: usize,
    /// The Markdown.
    pub body: &'a str,
    /// Byte offset of `body` in the file, byte order mark excluded.
    pub body_at: usize,
}

/// Cuts a file at its `+++` lines, without its byte order mark.
///
/// # Errors
/// If the first line is not `+++`, or no other line is.
pub fn split<'a>(file: &str, text: &'a str) -> Result<Split<'a>, Box<Diagnostic>> {
    let text = without_bom(text);
    let front_at = match text.split_inclusive('\n').next() {
        Some(line) if is_fence(line) => line.len(),
        first => return Err(Box::new(no_front_matter(file, text, first.unwrap_or_default()))),
    };
    let mut at = front_at;
    for line in text[front_at..].split_inclusive('\n') {
        let body_at = at + line.len();
        if is_fence(line) {
            return Ok(Split { front: &text[front_at..at], front_at, body: &text[body_at..], body_at });
        }
        at = body_at;
    }
    Err(Box::new(unclosed(file, text, front_at)))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == FENCE
}

fn no_front_matter(file: &str, text: &str, first: &str) -> Diagnostic {
    let place = Place::new(file, text, Span::new(0..first.trim_end().len()));
    let diagnostic =
        Diagnostic::error(Code::NO_FRONT_MATTER, "the file does not begin with front matter").at(place);
    let first = first.trim_end();
    if text.trim().is_empty() {
        return diagnostic.label("nothing is in it").help(HOW_TO_BEGIN);
    }
    if first == "---" {
        return match yaml::as_toml(text) {
            Some(toml) => diagnostic.label("this opens YAML").help(format!("the same in TOML:\n{toml}")),
            None => diagnostic
                .label("this opens YAML")
                .help("write TOML between two lines of +++, as in title = \"…\""),
        };
    }
    if is_changed_fence(first) {
        return diagnostic
            .label("the keyboard made something else of +++")
            .help("write three plus signs, and again behind the last key");
    }
    if text.trim_start().starts_with(FENCE) {
        return diagnostic.label("+++ is not the first line").help("remove everything before the first +++");
    }
    diagnostic.label("the first line is not +++").help(HOW_TO_BEGIN)
}

/// What phones and word processors make of `+++` and `---`.
fn is_changed_fence(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    !line.trim().is_empty()
        && line.chars().count() <= 6
        && signs
            .all(|c| matches!(c, '+' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '＋' | '➕' | '\u{ad}'))
}

const HOW_TO_BEGIN: &str = "begin it with a line of +++, then title = \"…\" and, for a briefing, date = 2016-10-02, then another line of +++";

fn unclosed(file: &str, text: &str, front_at: usize) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UNCLOSED_FRONT_MATTER, "the front matter has no end")
        .at(Place::new(file, text, OPENING))
        .label("begins here");
    match almost_fence(text, front_at) {
        Some(span) => diagnostic
            .also(Place::new(file, text, span), "this is not +++")
            .help("write +++ there, and nothing else on the line"),
        None => diagnostic.help("write +++ on a line of its own behind the last key"),
    }
}

/// A line that was perhaps meant as a fence: only `+` or only `-`, two of them or more, or indented.
fn almost_fence(text: &str, front_at: usize) -> Option<Span> {
    let mut at = front_at;
    for line in text[front_at..].split_inclusive('\n') {
        let bare = line.trim();
        if bare.len() > 1 && (bare.bytes().all(|b| b == b'+') || bare.bytes().all(|b| b == b'-')) {
            return Some(Span::new(at..at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}
