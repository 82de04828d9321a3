//! Numbers about people in the text of a briefing: each needs an owner.
//!
//! Owns which number has one: a figure of the briefing holds it. A number in a link to a claim is not
//! looked at, since the claim is its owner.

use std::sync::Arc;

use super::markdown::{PeopleCount, number};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{Briefing, Figure};

/// A warning for each number that no figure holds. `counts` are of the body, which begins at `body_at`.
#[must_use]
pub fn check(
    file: &Arc<str>,
    text: &str,
    body_at: usize,
    counts: &[PeopleCount],
    briefing: &Briefing,
) -> Vec<Diagnostic> {
    let mut reported: Vec<&str> = Vec::new();
    let mut diagnostics = Vec::new();
    for count in counts {
        if reported.contains(&&*count.word) || is_held(count.number, &count.word, briefing) {
            continue;
        }
        reported.push(&count.word);
        let message = format!("no figure of this briefing holds the number \"{}\"", count.word);
        let span = Span::new(count.range.clone()).shifted(body_at);
        diagnostics.push(
            Diagnostic::warning(Code::UNOWNED_NUMBER, message)
                .at(Place::new(file, text, span))
                .label("who counted?")
                .help("give it to a claim with a `figure`, or put it into a link to the claim that holds it"),
        );
    }
    diagnostics
}

fn is_held(number: f64, written: &str, briefing: &Briefing) -> bool {
    let figures = || briefing.claims.iter().filter_map(|claim| claim.figure.as_ref());
    figures().any(|figure| holds(figure, number, written))
}

fn holds(figure: &Figure, wanted: f64, written: &str) -> bool {
    let is_it = |value: f64| (value - wanted).abs() < f64::EPSILON;
    let said = figure.said.as_deref().unwrap_or_default();
    let is_said = |word: &str| word.eq_ignore_ascii_case(written) || number(word).is_some_and(is_it);
    [figure.min, figure.best, figure.max].into_iter().flatten().any(is_it)
        || said.split(|c: char| c.is_whitespace() || c == '-').any(is_said)
}
