//! The heading that a body begins with, next to the title of its page.

use super::markdown::{OpeningHeading, first_level};
use crate::diag::{Code, Diagnostic, Place, Span};

/// A warning about a heading that repeats the title, or is of its level. The body begins at `body_at`.
#[must_use]
pub fn check(
    file: &str,
    text: &str,
    body_at: usize,
    heading: &OpeningHeading,
    title: Option<&str>,
) -> Option<Diagnostic> {
    let repeats = title.is_some_and(|title| title.trim() == &*heading.text);
    let diagnostic = match heading.is_first_level {
        _ if repeats => {
            let message = "this heading repeats the title, which the page shows already";
            Diagnostic::warning(Code::REPEATED_TITLE, message).help("delete this line")
        }
        true => first_level(),
        false => return None,
    };
    let span = Span::new(heading.range.clone()).shifted(body_at);
    Some(diagnostic.at(Place::new(file, text, span)))
}
