//! The ways in which readers and their machines read a text: its letters, not its bytes.
//!
//! Owns the order of the readings, and those of tags and of text that runs the other way.

use std::ops::Range;

use super::decoded::decoded;
use super::letters::{MASK, TAG};
use super::look_alikes::{as_cyrillic, as_latin};
use super::packed_words::unpacked;
use super::reading::{Reading, ReadingBuilder};
use crate::html::{StartTag, Token, Tokens};

/// How often references, percent signs and escapes are resolved: `%2520` needs two rounds.
const ROUNDS: usize = 4;

/// How often base64 is unpacked: an attachment of a mail may hold an address with some.
const ROUNDS_OF_BASE64: usize = 2;

/// Shows what follows in reversed order, up to the end of the line or [`END_OF_DIRECTION`].
const RIGHT_TO_LEFT_OVERRIDE: char = '\u{202e}';
const END_OF_DIRECTION: char = '\u{202c}';

/// The text as it is, and each other way to read it.
pub fn readings(text: &str) -> Vec<Reading<'_>> {
    let mut all = with_resolved(Reading::as_is(text));
    let mut seen = all.last().map(seen_by_people).unwrap_or_default();
    for _ in 0..ROUNDS_OF_BASE64 {
        let Some(unpacked) = all.last().and_then(unpacked) else { break };
        all.extend(with_resolved(unpacked));
        seen.extend(all.last().map(seen_by_people).unwrap_or_default());
    }
    all.extend(seen);
    all
}

/// What people see of the text as machines resolve it.
fn seen_by_people(text: &Reading<'_>) -> Vec<Reading<'static>> {
    [as_latin(text), as_cyrillic(text), reversed(text)].into_iter().flatten().collect()
}

/// A text, and its readings without tags, references and escapes; the last one has the fewest.
fn with_resolved(text: Reading<'_>) -> Vec<Reading<'_>> {
    let page = without_tags(&text);
    let resolved = decoded(page.as_ref().unwrap_or(&text));
    let mut all = vec![text];
    // Of a page without tags, only what is resolved counts.
    add_with_page(&mut all, resolved.or(page));
    for _ in 1..ROUNDS {
        let next = all.last().and_then(decoded);
        if next.is_none() {
            break;
        }
        add_with_page(&mut all, next);
    }
    all
}

/// Feeds hold pages as text, so that resolved references can be tags. Others only look like some.
fn add_with_page(all: &mut Vec<Reading<'_>>, reading: Option<Reading<'static>>) {
    let page = reading.as_ref().and_then(without_tags);
    all.extend(reading.into_iter().chain(page));
}

/// The texts of a page with [`TAG`] for each tag; then the values of attributes, each on its own. `None` if it has
/// no tag.
fn without_tags(page: &Reading<'_>) -> Option<Reading<'static>> {
    if !page.text.contains('<') {
        return None;
    }
    let html = page.text.as_ref();
    let mut texts = ReadingBuilder::new(page);
    let mut values: Vec<(Range<usize>, String)> = Vec::new();
    let mut tokens = Tokens::new(html);
    let mut start = 0;
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Start(tag) => {
                let span = tag.span.clone();
                texts.replace_by(&span, tag_as_text(tag));
                texts.copy(span.end..span.end + tag.raw_text.len());
                let own = tag.attributes.iter().filter_map(|(_, value)| value.as_deref());
                values.extend(own.map(|value| (span.clone(), value.to_owned())));
            }
            Token::End(name) => {
                let end = html.len() - tokens.rest().len();
                texts.replace_by(&(start..end), end_tag_as_text(name));
            }
            Token::Text(_) => texts.copy(start..html.len() - tokens.rest().len()),
            Token::Comment(_) => {}
        }
        start = html.len() - tokens.rest().len();
    }
    for (span, value) in &values {
        // Keeps the words on its two sides apart.
        texts.replace_by(span, MASK);
        texts.replace(span, value);
    }
    Some(texts.finish())
}

/// A tag may be within a word or between two. `<bdo>` turns its text round; within JSON and CSV its quotes are others.
fn tag_as_text(tag: &StartTag<'_>) -> char {
    let says_so = |text: &str| text.to_ascii_lowercase().contains("rtl");
    let is_reversed = tag.is("bdo")
        && tag.attributes.iter().any(|(name, value)| says_so(name) || value.as_deref().is_some_and(says_so));
    if is_reversed { RIGHT_TO_LEFT_OVERRIDE } else { TAG }
}

fn end_tag_as_text(name: &str) -> char {
    if name.eq_ignore_ascii_case("bdo") { END_OF_DIRECTION } else { TAG }
}

/// The text as it is seen if a control character reverses a part of it; `None` if none does.
fn reversed(latest: &Reading<'_>) -> Option<Reading<'static>> {
    let text = latest.text.as_ref();
    if !text.contains(RIGHT_TO_LEFT_OVERRIDE) {
        return None;
    }
    let mut seen = ReadingBuilder::new(latest);
    let mut rest = 0;
    while let Some(found) = text[rest..].find(RIGHT_TO_LEFT_OVERRIDE) {
        let begin = rest + found + RIGHT_TO_LEFT_OVERRIDE.len_utf8();
        seen.copy(rest..begin);
        let ends = [END_OF_DIRECTION, '\u{2069}', '\n', RIGHT_TO_LEFT_OVERRIDE];
        let end = text[begin..].find(ends).map_or(text.len(), |length| begin + length);
        for (at, c) in text[begin..end].char_indices().rev() {
            seen.copy(begin + at..begin + at + c.len_utf8());
        }
        rest = end;
    }
    seen.copy(rest..text.len());
    Some(seen.finish())
}
