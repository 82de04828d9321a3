//! The names that `{% TAG` constructs of a template refer to, with their places in the text.

use super::files::TemplateFile;
use crate::diag::{Place, Span};

/// The place of the first quoted name that matches; the first line without one.
pub fn quoted_place(file: &TemplateFile, tag: &str, matches: impl Fn(&str) -> bool) -> Place {
    let quoted = quoted_after(&file.text, tag).into_iter().find(|(name, _)| matches(name));
    Place::new(&file.file, &file.text, quoted.map_or(Span::default(), |(_, span)| span))
}

/// The names in quotes after each `{% TAG`.
pub fn quoted_after<'a>(text: &'a str, tag: &str) -> Vec<(&'a str, Span)> {
    let quoted = |(rest, at): (&'a str, usize)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let name = rest[1..].split(quote).next()?;
        Some((name, Span::new(at + 1..at + 1 + name.len())))
    };
    after_tag(text, tag).filter_map(quoted).collect()
}

/// The bare names after each `{% TAG`.
pub fn named_after<'a>(text: &'a str, tag: &str) -> impl Iterator<Item = (&'a str, Span)> {
    after_tag(text, tag).filter_map(|(rest, at)| {
        let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').next()?;
        (!name.is_empty()).then(|| (name, Span::new(at..at + name.len())))
    })
}

/// The rest of the text after each `{% TAG `, and its offset.
fn after_tag<'a>(text: &'a str, tag: &str) -> impl Iterator<Item = (&'a str, usize)> {
    text.match_indices("{%").filter_map(move |(at, open)| {
        let inside = text[at + open.len()..].trim_start_matches('-').trim_start();
        let rest = inside.strip_prefix(tag)?;
        let name = rest.trim_start();
        (name.len() < rest.len()).then(|| (name, text.len() - name.len()))
    })
}
