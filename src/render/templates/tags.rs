//! The tags of a template, and the names that they refer to, with their places in the text.

use super::files::TemplateFile;
use crate::diag::{Place, Span};

/// What is between `{%` and `%}`, or between `{{` and `}}`.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    /// `{{ … }}`, which prints, rather than `{% … %}`.
    pub prints: bool,
    /// Without white space at its ends.
    pub inside: &'a str,
    /// Where `inside` begins in the template.
    pub at: usize,
    /// It ends before the template does.
    pub is_closed: bool,
}

impl<'a> Tag<'a> {
    /// The word that a tag begins with, such as `if` or `endif`; `<` of a component is no word.
    pub fn keyword(&self) -> &'a str {
        word(self.inside)
    }

    pub fn keyword_span(&self) -> Span {
        Span::new(self.at..self.at + self.keyword().len())
    }

    /// The component that `<name …` calls, and where it says so.
    pub fn component(&self) -> Option<(&'a str, Span)> {
        let name = word(self.inside.strip_prefix('<')?);
        (!name.is_empty()).then(|| (name, Span::new(self.at..self.at + "<".len() + name.len())))
    }

    /// What follows `keyword`, and its offset; None if the tag begins otherwise.
    pub fn after(&self, keyword: &str) -> Option<(&'a str, usize)> {
        let rest = self.inside.strip_prefix(keyword)?;
        let name = rest.trim_start();
        (name.len() < rest.len()).then(|| (name, self.at + self.inside.len() - name.len()))
    }
}

/// The letters that a name begins with.
pub fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').next().unwrap_or_default()
}

/// All tags, in order. Comments and what is `raw` hold none.
pub fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..].find('{')?;
            let rest = &text[open..];
            if rest.starts_with("{#") {
                at = rest.find("#}").map_or(text.len(), |end| open + end + "#}".len());
            } else if rest.starts_with("{%") || rest.starts_with("{{") {
                let tag = read_tag(text, open);
                at = tag.at + tag.inside.len();
                if !tag.prints && tag.keyword() == "raw" {
                    at = end_of_raw(text, at);
                }
                return Some(tag);
            } else {
                at = open + 1;
            }
        }
    })
}

/// The tag that begins at `open`. One without an end goes on to the end of the text.
fn read_tag(text: &str, open: usize) -> Tag<'_> {
    let prints = text[open..].starts_with("{{");
    let end = if prints { "}}" } else { "%}" };
    let begin = open + end.len();
    let mut quote = None;
    let close = text[begin..].char_indices().find(|(i, c)| match quote {
        Some(open) => {
            if *c == open {
                quote = None;
            }
            false
        }
        None if matches!(c, '"' | '\'' | '`') => {
            quote = Some(*c);
            false
        }
        None => text[begin + i..].starts_with(end),
    });
    let inside = &text[begin..close.map_or(text.len(), |(i, _)| begin + i)];
    let without_dash = inside.strip_prefix('-').unwrap_or(inside).trim_start();
    let at = begin + inside.len() - without_dash.len();
    let inside = without_dash.strip_suffix('-').unwrap_or(without_dash).trim_end();
    Tag { prints, inside, at, is_closed: close.is_some() }
}

fn end_of_raw(text: &str, from: usize) -> usize {
    let is_end = |(at, _): &(usize, &str)| {
        text[from + at + "{%".len()..].trim_start_matches('-').trim_start().starts_with("endraw")
    };
    text[from..].match_indices("{%").find(is_end).map_or(text.len(), |(at, _)| from + at)
}

/// The place of the first quoted name that matches; the first line without one.
pub fn quoted_place(file: &TemplateFile, keyword: &str, matches: impl Fn(&str) -> bool) -> Place {
    let quoted = quoted_after(&file.text, keyword).into_iter().find(|(name, _)| matches(name));
    Place::new(&file.file, &file.text, quoted.map_or(Span::default(), |(_, span)| span))
}

/// The names in quotes after each `{% KEYWORD`.
pub fn quoted_after<'a>(text: &'a str, keyword: &str) -> Vec<(&'a str, Span)> {
    let quoted = |(rest, at): (&'a str, usize)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let name = rest[1..].split(quote).next()?;
        Some((name, Span::new(at + 1..at + 1 + name.len())))
    };
    after(text, keyword).filter_map(quoted).collect()
}

/// The bare names after each `{% KEYWORD`.
pub fn named_after<'a>(text: &'a str, keyword: &str) -> impl Iterator<Item = (&'a str, Span)> {
    after(text, keyword).filter_map(|(rest, at)| {
        let name = word(rest);
        (!name.is_empty()).then(|| (name, Span::new(at..at + name.len())))
    })
}

/// The rest of each tag that begins with `keyword`, and its offset.
fn after<'a>(text: &'a str, keyword: &str) -> impl Iterator<Item = (&'a str, usize)> {
    tags(text).filter(|tag| !tag.prints).filter_map(move |tag| tag.after(keyword))
}
