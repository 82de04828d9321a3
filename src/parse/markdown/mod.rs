//! Markdown to a [`Body`]: HTML with slots for what only the whole site knows.
//!
//! Owns the dialect (CommonMark with tables, footnotes, strikethrough, task lists, definition
//! lists and alerts), what of it is refused, and the HTML that it becomes. Does not know which
//! pages, files or claims there are: every internal link becomes a [`Target`] with its span.
//!
//! Invariants: the HTML is balanced, every id in it is unique and made here, and no script, style
//! or event handler of an author comes through. Nothing of the text is dropped without a
//! diagnostic. Nesting costs neither more time nor more stack than the length of the text.
//!
//! [`Target`]: crate::model::Target

mod bare_addresses;
mod block_directions;
mod body_html;
mod characters;
mod colons;
mod comments;
mod definitions;
mod fences;
mod footnotes;
mod headings;
mod inlines;
mod lead;
mod links;
mod list_numbers;
mod literal_markup;
mod nesting;
mod open_spans;
mod people_counts;
mod plain;
mod problems;
mod quotations;
mod raw_html;
mod source;
mod tables;
mod targets;
#[cfg(test)]
mod tests;
mod text_run;
mod writer;

use std::cell::RefCell;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use crate::diag::Diagnostic;
use crate::model::Body;
pub use comments::without_comments;
pub use headings::{HeadingIds, OpeningHeading, attributes as heading_attributes, first_level};
pub use links::{Destination, LinkRefusal, in_angle_brackets, resolve};
pub use people_counts::{PeopleCount, number};
use problems::Problems;
use source::BodySource;
pub use source::{MarkdownOptions, RawHtml};
use writer::BodyWriter;

/// Every key that a [`Slot::Word`](crate::model::Slot::Word) of ours can hold.
///
/// A word goes into text or into a quoted attribute, so it must be escaped with its quotes.
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

/// A body and what was found while it was read.
pub struct ParsedBody {
    /// All that could be read, even if there are errors.
    pub body: Body,
    /// Empty unless the options ask for them.
    pub people_counts: Vec<PeopleCount>,
    /// If the first block is a heading. Its level is left to the caller, who knows the title.
    pub opening_heading: Option<OpeningHeading>,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the body of a file: `text[at..]`. Spans of links and diagnostics are in `text`.
#[must_use]
pub fn parse(file: &str, text: &str, at: usize, options: &MarkdownOptions) -> ParsedBody {
    let body = text.get(at..).unwrap_or_default();
    let source = BodySource { file, text, at, body };
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
    let body = if nesting::is_too_deep(body, &mut problems) { "" } else { body };
    let parsed = colons::replaced(body);
    let parser = Parser::new_with_broken_link_callback(&parsed, dialect(), Some(note_undefined));
    let mut events = parser.into_offset_iter();
    let restored = events.by_ref().map(|(event, range)| (colons::restored(event), range));
    let mut written = BodyWriter::new(source, *options, problems).run(restored);
    if let Some(references) = written.references {
        references.check(events.reference_definitions(), body, &mut written.problems);
    }
    drop(events);
    for (range, label) in undefined.take() {
        written.problems.undefined_reference(range, &label);
    }
    ParsedBody {
        body: written.body,
        people_counts: written.people_counts,
        opening_heading: written.opening_heading,
        diagnostics: written.problems.into_diagnostics(),
    }
}

fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
