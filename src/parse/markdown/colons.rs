//! Colons that begin no definition.
//!
//! The parser takes every colon at the begin of a line for the mark of a definition list, even that of `:)`
//! or `:::`. Here only a colon and white space are one. Others are replaced by a character that no text may
//! hold, of the same length, and put back in what the parser returns.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};

/// Refused in every text, and never the meaning of a character reference: nothing else is mistaken for it.
const REPLACED: &str = "\0";

/// The body with colons replaced that are no marks. Offsets stay the same.
pub(super) fn replaced(body: &str) -> Cow<'_, str> {
    let mut text = String::new();
    let mut copied = 0;
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let at = start + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        start += line.len();
        let rest = body[at..].strip_prefix(':');
        if rest.is_some_and(|rest| !rest.starts_with([' ', '\t', '\n', '\r'])) && !is_row_of_dashes(line) {
            text.push_str(&body[copied..at]);
            text.push_str(REPLACED);
            copied = at + REPLACED.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    text.push_str(&body[copied..]);
    Cow::Owned(text)
}

/// The line below the header of a table.
fn is_row_of_dashes(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, ':' | '-' | '|' | '>') || c.is_ascii_whitespace())
}

/// The event with its colons.
pub(super) fn restored(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(restored_text(text)),
        Event::Code(text) => Event::Code(restored_text(text)),
        Event::Html(text) => Event::Html(restored_text(text)),
        Event::InlineHtml(text) => Event::InlineHtml(restored_text(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: restored_text(dest_url),
            title: restored_text(title),
            id,
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: restored_text(dest_url),
            title: restored_text(title),
            id,
        }),
        other => other,
    }
}

fn restored_text(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(REPLACED) { text.replace(REPLACED, ":").into() } else { text }
}
