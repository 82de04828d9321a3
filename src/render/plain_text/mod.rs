//! The plain text of a page, from the tokens of its HTML.
//!
//! Owns the form of a page as text. Knows no view and no template, so that pages of every theme have
//! a text, and both have the same facts. `elements` says what each element is, `writer` what becomes
//! of it, and `lines` owns width and direction.
//!
//! Invariants: the text holds what a reader of the page sees, in the same order, except for the
//! navigation within a page; one pass, and no tree.

mod elements;
mod lines;
mod options;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

use crate::html::Tokens;
pub use options::PlainTextOptions;
pub use writer::PlainTextWriter;

/// The text of a page.
#[must_use]
pub fn of_page(html: &str, options: &PlainTextOptions<'_>) -> String {
    let mut writer = PlainTextWriter::new(options);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        writer.token(&token);
    }
    writer.finish()
}
