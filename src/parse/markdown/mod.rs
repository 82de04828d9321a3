//! Markdown to a [`Body`]: HTML with slots for what only the whole site knows.
//!
//! Owns the dialect (CommonMark with tables, footnotes, strikethrough, task lists, definition
//! lists and alerts), what of it is refused, and the HTML that it becomes. Does not know which
//! pages, files or claims there are: every internal link leaves as a [`Target`] with its span.
//!
//! Invariants: the HTML is well balanced, every id in it is unique and was made here, no script,
//! style or event handler of an author's comes through, and nothing that is dropped from the
//! text is dropped without a diagnostic. Time and stack do not grow with nesting beyond what
//! the length of the text costs.
//!
//! [`Target`]: crate::model::Target

mod characters;
mod footnotes;
mod headings;
mod html;
mod inlines;
mod links;
mod plain;
mod problems;
mod raw_html;
mod tables;
#[cfg(test)]
mod tests;
pub mod unowned_numbers;
mod writer;

use std::cell::RefCell;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use crate::diag::Diagnostic;
use crate::model::Body;
use problems::Problems;
use writer::Writer;

/// What becomes of HTML that an author writes in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It is shown as text.
    #[default]
    Escape,
    /// Harmless elements stay, everything else is taken out with a diagnostic.
    Sanitise,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct MarkdownOptions {
    pub raw_html: RawHtml,
}

/// Every key that a [`Slot::Word`](crate::model::Slot::Word) of ours can hold.
///
/// A word stands as text or within a quoted attribute, so whoever fills it in escapes quotes too.
pub const WORDS: [&str; 10] = [
    "alert-caution",
    "alert-important",
    "alert-note",
    "alert-tip",
    "alert-warning",
    "footnote-back",
    "footnotes",
    "table",
    "task-done",
    "task-open",
];

/// The file that a body stands in.
#[derive(Clone, Copy)]
struct Source<'a> {
    /// Relative to the root of the site, forward slashes.
    file: &'a str,
    /// The whole file.
    text: &'a str,
    /// Where the body begins in `text`.
    at: usize,
    /// `&text[at..]`
    body: &'a str,
}

/// Parses the body of a file: `text[at..]`. Spans are in `text`.
///
/// Diagnostics are in the order of the text; a body with errors still gives all that could be read.
#[must_use]
pub fn parse(file: &str, text: &str, at: usize, options: &MarkdownOptions) -> (Body, Vec<Diagnostic>) {
    let body = text.get(at..).unwrap_or_default();
    let source = Source { file, text, at, body };
    let mut problems = Problems::new(source);
    characters::check(body, &mut problems);
    let undefined = RefCell::new(Vec::new());
    let note_undefined = |link: BrokenLink<'_>| {
        // `[sic]` in prose is text; a second pair of brackets makes it a reference.
        if link.link_type != LinkType::Shortcut {
            // The span of `[a][]` ends before the second pair.
            let more = if link.link_type == LinkType::Collapsed { "[]".len() } else { 0 };
            let range = link.span.start..link.span.end + more;
            undefined.borrow_mut().push((range, link.reference.into_string()));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let parser = Parser::new_with_broken_link_callback(body, dialect(), Some(note_undefined));
    let (body, mut problems) = Writer::new(source, *options, problems).run(parser.into_offset_iter());
    for (range, label) in undefined.take() {
        problems.undefined_reference(range, &label);
    }
    (body, problems.told())
}

fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
