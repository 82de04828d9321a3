//! Terms without a record, and which of their names are close to each other.
//!
//! Owns when the latter is a warning: two names have the same bare letters, or one is written once and is near one
//! that is written often. A name that is close to a record's was reported already.

use std::collections::BTreeMap;

use super::mentions::At;
use super::near::{ComparedName, NearIndex};
use super::record::Record;
use crate::diag::{Code, Diagnostic};
use crate::paths::Id;
use crate::site::diagnostics::Diagnostics;

/// New terms, by the names without a record.
#[derive(Default)]
pub struct Implied<'a> {
    pub terms: Vec<ImpliedTerm<'a>>,
    pub by_fold: BTreeMap<String, usize>,
}

/// A term without a record.
pub struct ImpliedTerm<'a> {
    pub id: Id,
    pub name: Box<str>,
    /// Where it is written first, as this name.
    pub first: At<'a>,
    /// How often it is written, in all its spellings.
    pub count: usize,
    /// The record that the name is close to.
    pub near: Option<usize>,
}

/// A name that is written so many times is no slip of the pen.
const OFTEN: usize = 3;

/// A warning for each name that is perhaps a misspelling of another.
pub fn warn<R: Record>(terms: &[ImpliedTerm<'_>], diagnostics: &mut Diagnostics<'_>) {
    let compared: Vec<ComparedName> = terms.iter().map(|term| ComparedName::new(&term.name)).collect();
    let mut meant: BTreeMap<usize, usize> = written_alike(terms, &compared);
    let often: Vec<usize> = (0..terms.len()).filter(|at| terms[*at].count >= OFTEN).collect();
    let index = NearIndex::new(often.iter().map(|at| ComparedName::new(&terms[*at].name)).collect());
    let once = (0..terms.len()).filter(|at| terms[*at].count == 1 && terms[*at].near.is_none());
    for at in once {
        let near = index.near(&compared[at]).into_iter();
        if let Some((_, near)) = near.map(|(position, nearness)| (nearness.edits, often[position])).min() {
            meant.entry(at).or_insert(near);
        }
    }
    for (at, other) in meant {
        diagnostics.push(near_name::<R>(&terms[at], &terms[other], diagnostics));
    }
}

/// Of the names with the same bare letters, each but the one that is written most, with that one.
fn written_alike(terms: &[ImpliedTerm<'_>], compared: &[ComparedName]) -> BTreeMap<usize, usize> {
    let mut by_letters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let named = (0..terms.len()).filter(|at| !compared[*at].bare_words().is_empty());
    named.for_each(|at| by_letters.entry(compared[at].bare_words()).or_default().push(at));
    let mut meant = BTreeMap::new();
    for alike in by_letters.values() {
        let most = alike.iter().copied().max_by_key(|at| (terms[*at].count, std::cmp::Reverse(*at)));
        let others = alike.iter().filter(|at| Some(**at) != most && terms[**at].near.is_none());
        meant.extend(others.copied().zip(most.into_iter().cycle()));
    }
    meant
}

fn near_name<R: Record>(
    term: &ImpliedTerm<'_>,
    other: &ImpliedTerm<'_>,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let message = format!(
        "\"{}\" is written {}, and is close to \"{}\", which is written {}",
        term.name,
        times(term.count),
        other.name,
        times(other.count)
    );
    Diagnostic::warning(Code::NEAR_NAME, message)
        .at(diagnostics.place(term.first.0, term.first.1))
        .label("gets a page of its own")
        .also(diagnostics.place(other.first.0, other.first.1), "the other")
        .help(format!(
            "did you mean \"{}\"? If it is another {}, write {}/{}.md with not = [\"{}\"]",
            other.name,
            R::WHAT,
            R::FOLDER,
            term.id,
            other.id
        ))
}
