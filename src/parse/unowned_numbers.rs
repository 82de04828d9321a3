//! Numbers about people in the text of a briefing: each needs an owner.
//!
//! Owns which number has one: a figure of the briefing holds it. A number in a link to a claim is not
//! looked at, since the claim is its owner. The figures of claims that the briefing repeats are in other files;
//! linking looks at those.

use super::markdown::{PeopleCount, number};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{Briefing, Figure, UnownedNumber};

/// The numbers that no figure of the briefing holds, each once. `counts` are of the body, which begins at
/// `body_at`.
#[must_use]
pub fn unowned(counts: &[PeopleCount], body_at: usize, briefing: &Briefing) -> Box<[UnownedNumber]> {
    let mut unowned: Vec<UnownedNumber> = Vec::new();
    for count in counts {
        let is_known = unowned.iter().any(|known| known.word == count.word);
        if !is_known && !is_held(count.number, &count.word, briefing) {
            let span = Span::new(count.range.clone()).shifted(body_at);
            unowned.push(UnownedNumber { number: count.number, word: count.word.as_ref().into(), span });
        }
    }
    unowned.into()
}

/// The warning about a number without an owner.
#[must_use]
pub fn warning(number: &UnownedNumber, place: Place) -> Diagnostic {
    let message = format!("no figure of this briefing holds the number \"{}\"", number.word);
    Diagnostic::warning(Code::UNOWNED_NUMBER, message)
        .at(place)
        .label("who counted?")
        .help("give it to a claim with a `figure`, or put it into a link to the claim that holds it")
}

fn is_held(number: f64, written: &str, briefing: &Briefing) -> bool {
    let figures = || briefing.claims.iter().filter_map(|claim| claim.figure.as_ref());
    figures().any(|figure| holds(figure, number, written))
}

/// The figure has the number, or its quotation has it as it is written.
#[must_use]
pub fn holds(figure: &Figure, wanted: f64, written: &str) -> bool {
    let is_it = |value: f64| (value - wanted).abs() < f64::EPSILON;
    let said = figure.said.as_deref().unwrap_or_default();
    let is_said = |word: &str| word.eq_ignore_ascii_case(written) || number(word).is_some_and(is_it);
    [figure.min, figure.best, figure.max].into_iter().flatten().any(is_it)
        || said.split(|c: char| c.is_whitespace() || c == '-').any(is_said)
}
