//! What all guards have in common: which claims a page shows, which exceptions lift a guard, and how a guard
//! reports.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::config::Exception;
use crate::diag::{Code, Diagnostic, Place, Spanned};
use crate::model::Claim;
use crate::paths::Id;
use crate::site::diagnostics::Diagnostics;
use crate::site::indices::{BriefingIx, ClaimIx};
use crate::site::linked::Content;
use crate::site::parts::Original;

/// Every guard that an exception can name, by the code of what it stops or warns of.
pub const GUARDS: [Code; 6] = [
    Code::UNPROTECTED_RESIDENT,
    Code::PRECISE_POINT,
    Code::MILITARY_MOVEMENT,
    Code::UNMARKED_MOVEMENT,
    Code::INSTRUCTION_AS_ADVICE,
    Code::TRACKED_SECRET,
];

/// The place of an exception: file, line and column.
pub type Key = (String, u32, u32);

pub fn key(place: &Place) -> Key {
    (place.file.clone(), place.line, place.column)
}

/// What became of the exceptions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ExceptionUses {
    /// Those that lifted a guard, with the last day of publication on which they did.
    pub lifting: BTreeMap<Key, Date>,
    /// Those that ended before the day of publication. The guard reports them.
    pub ended: BTreeSet<Key>,
}

impl ExceptionUses {
    pub fn merge(&mut self, other: Self) {
        self.ended.extend(other.ended);
        other.lifting.into_iter().for_each(|(key, day)| self.lift(key, day));
    }

    fn lift(&mut self, key: Key, published: Date) {
        let last = self.lifting.entry(key).or_insert(published);
        *last = published.max(*last);
    }
}

/// The guards at work.
pub struct GuardCheck<'s, 'n, 'a> {
    pub site: &'s Content,
    pub diagnostics: &'n mut Diagnostics<'a>,
    pub exceptions: ExceptionUses,
}

impl<'s, 'n, 'a> GuardCheck<'s, 'n, 'a> {
    pub fn new(site: &'s Content, diagnostics: &'n mut Diagnostics<'a>) -> Self {
        Self { site, diagnostics, exceptions: ExceptionUses::default() }
    }

    /// `Ok` if an exception in one of these files, or in site.toml, lifts the guard on the day of publication.
    /// Otherwise the last day of an exception that has expired, if any.
    pub fn lifted(
        &mut self,
        guard: Code,
        files: &[&[Exception]],
        published: Date,
    ) -> Result<(), Option<Date>> {
        let of_guard = |exception: &&Exception| *exception.guard.value == *guard.name();
        let all = || files.iter().copied().flatten().chain(&self.site.config.allow).filter(of_guard);
        match all().find(|exception| published <= exception.until) {
            Some(exception) => {
                self.exceptions.lift(key(&exception.place), published);
                Ok(())
            }
            None => {
                self.exceptions.ended.extend(all().map(|exception| key(&exception.place)));
                Err(all().map(|exception| exception.until).max())
            }
        }
    }

    /// As [`GuardCheck::lifted`], by an exception of the briefing that shows a claim, or of the one that states
    /// it.
    pub fn lifted_for(&mut self, guard: Code, shown: &ShownClaim<'_>) -> Result<(), Option<Date>> {
        let stated_in = &self.site.briefings[shown.ix.briefing].article;
        self.lifted_in(guard, shown.in_briefing, &[&stated_in.allow])
    }

    /// As [`GuardCheck::lifted`], by an exception of a briefing or of other files.
    pub fn lifted_in(
        &mut self,
        guard: Code,
        briefing: BriefingIx,
        others: &[&[Exception]],
    ) -> Result<(), Option<Date>> {
        let article = &self.site.briefings[briefing].article;
        let day = self.site.config.timezone.day_of(article.last_published());
        let files: Vec<&[Exception]> =
            std::iter::once(&*article.allow).chain(others.iter().copied()).collect();
        self.lifted(guard, &files, day)
    }

    /// Reports what a guard found, with its remedy and how to lift the guard. `ended` is the last day of an
    /// exception that has expired.
    pub fn report(&mut self, found: Diagnostic, ended: Option<Date>, remedy: &str) {
        let guard = found.code;
        let exception = match ended {
            Some(day) => format!("the exception to this guard ended on {day}"),
            None => format!(
                "if you know that it harms no one, write the reason: allow = [{{ guard = \"{guard}\", why = \"…\", until = … }}]"
            ),
        };
        self.diagnostics.push(found.help(remedy).help(exception));
    }

    pub fn place_of(&self, shown: &ShownClaim<'_>) -> Place {
        self.diagnostics.place(&self.site.briefings[shown.in_briefing].article.file, shown.id.span)
    }
}

/// A claim on the page of a briefing that states or repeats it.
pub struct ShownClaim<'s> {
    /// In that briefing.
    pub id: &'s Spanned<Id>,
    pub ix: ClaimIx,
    pub claim: &'s Claim,
    pub in_briefing: BriefingIx,
}

impl ShownClaim<'_> {
    pub fn is_repeat(&self) -> bool {
        self.ix.briefing != self.in_briefing
    }
}

/// The claims on the page of a briefing: its own, then those that it repeats.
pub fn shown_claims(site: &Content, in_briefing: BriefingIx) -> impl Iterator<Item = ShownClaim<'_>> {
    let briefing = &*site.briefings[in_briefing];
    let own = site.claims_of(in_briefing).map(|ix| (&site.claim(ix).id, ix));
    let repeats = briefing.article.repeats.iter().zip(&briefing.repeats);
    let repeats = repeats.filter_map(|(repeat, original)| match original {
        Some(Original::Claim(ix)) => Some((&repeat.id, *ix)),
        _ => None,
    });
    own.chain(repeats).map(move |(id, ix)| ShownClaim { id, ix, claim: site.claim(ix), in_briefing })
}
