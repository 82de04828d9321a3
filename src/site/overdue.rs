//! What was promised and has not come, and what readers may take for the present though it is old: for `check`.
//!
//! Owns which later briefing makes up for an earlier one. Nothing of this reaches a page.

use super::corrections::{Corrected, HOURS_IN_THE_BOX};
use super::indices::BriefingIx;
use super::linked::Content;
use super::names::record::Record;
use super::terms::Term;
use crate::diag::{Code, Diagnostic};
use crate::model::{ArticleBase, Briefing, BriefingKind, Currency, PlainPage};
use crate::sources::SourceSet;
use crate::time::Moment;

/// After so long, what a page knows is old.
const HOURS_OF_PRESENT: i64 = 48;

/// A site without a new briefing for so long is an archive, where everything is old.
const HOURS_TO_ARCHIVE: i64 = 30 * 24;

impl Content {
    /// A note for each broken promise and each outdated page, in the order of the site's lists. None of a site as
    /// it was known earlier.
    #[must_use]
    pub fn overdue(&self, sources: &SourceSet) -> Vec<Diagnostic> {
        if self.as_of.is_some() {
            return Vec::new();
        }
        let overdue = Overdue { site: self, sources, now: self.options.now };
        let briefings = self.briefings.indices().filter_map(|ix| overdue.briefing(ix));
        let pages =
            self.pages.iter().map(|page| &page.article).chain(self.home.as_ref().map(|home| &home.article));
        let pages = pages.filter_map(|page| overdue.page(page));
        let places = self.neighbourhoods.iter().filter_map(|place| overdue.record(&place.term));
        let origins = self.sources.iter().filter(|source| !source.is_protected());
        let origins = origins.filter_map(|source| overdue.record(&source.term));
        let events = self.events.iter().filter_map(|event| overdue.record(&event.term));
        let corrections = self.corrections.all.iter().filter_map(|corrected| overdue.correction(*corrected));
        briefings.chain(pages).chain(places).chain(origins).chain(events).chain(corrections).collect()
    }
}

#[derive(Clone, Copy)]
struct Overdue<'a> {
    site: &'a Content,
    sources: &'a SourceSet,
    now: Moment,
}

impl Overdue<'_> {
    fn briefing(self, ix: BriefingIx) -> Option<Diagnostic> {
        let article = &*self.site.briefings[ix].article;
        let last = article.checked.as_ref().map(|checked| checked.value).max(article.updated);
        let remedy =
            || format!("write a new briefing; if all is still so, write checked = {}", self.local(self.now));
        if let Some(due) = article.next_due {
            let is_kept = due > self.now || last >= Some(due) || self.is_followed(ix);
            return (!is_kept).then(|| self.promise(article, due).help(remedy()).help(NEXT));
        }
        let known = article.as_of?.max(last.unwrap_or(article.date));
        let is_old = is_about_the_present(article) && self.is_old(known) && !self.is_followed(ix);
        is_old.then(|| self.outdated(article, known).help(remedy()))
    }

    fn page(self, page: &PlainPage) -> Option<Diagnostic> {
        if let Some(due) = page.next_due {
            let is_kept = due > self.now || page.as_of >= Some(due);
            return (!is_kept).then(|| self.promise(page, due).help("bring the page in line").help(NEXT));
        }
        let known = page.as_of.filter(|known| self.is_old(*known))?;
        Some(self.outdated(page, known).help("bring the page in line, and set `as_of`"))
    }

    /// A later briefing about the term makes up for what its record promised.
    fn record<R: Record>(self, term: &Term<R>) -> Option<Diagnostic> {
        let record = term.record.as_deref()?;
        let Currency { checked, next_due } = record.currency();
        let due = (*next_due).filter(|due| *due <= self.now)?;
        let checked = checked.as_ref().map(|checked| checked.value);
        let published =
            term.briefings.iter().map(|ix| self.site.briefings[*ix].article.last_published()).max();
        let remedy = format!("update it; if it is still so, write checked = {}", self.local(self.now));
        let is_kept = checked.max(published) >= Some(due);
        (!is_kept).then(|| self.promise(record, due).help(remedy).help(NEXT))
    }

    /// A serious correction that left the home page not long ago.
    fn correction(self, corrected: Corrected) -> Option<Diagnostic> {
        let (article, what, at) = match corrected {
            Corrected::In((ix, position)) => {
                let article = &self.site.briefings[ix].article;
                let correction = article.corrections.get(position).filter(|correction| correction.serious)?;
                (article, "a serious correction", correction.at)
            }
            Corrected::Withdrawn(ix) => {
                let stub = &self.site.stubs[ix];
                (&stub.article, "that it was withdrawn", stub.at)
            }
        };
        let end = at.hours_later(HOURS_IN_THE_BOX)?;
        if end > self.now || self.is_over(end, HOURS_OF_PRESENT) {
            return None;
        }
        let message = format!("{what} left the home page at {}", self.local(end));
        let note =
            Diagnostic::note(Code::LAPSED, message).at(self.sources.place(&article.file, article.id_span));
        Some(note.help("if readers may still act on what was wrong, say it again in a new briefing"))
    }

    fn promise(self, article: &ArticleBase, due: Moment) -> Diagnostic {
        let message = format!(
            "readers were asked to look for a newer copy after {}, and nothing newer replaces it",
            self.local(due)
        );
        Diagnostic::note(Code::OVERDUE, message).at(self.sources.place(&article.file, article.id_span))
    }

    fn outdated(self, article: &ArticleBase, known: Moment) -> Diagnostic {
        let message = format!("its information ends at {}, and nothing newer replaces it", self.local(known));
        Diagnostic::note(Code::OUTDATED, message).at(self.sources.place(&article.file, article.id_span))
    }

    fn local(self, moment: Moment) -> Moment {
        self.sources.config.timezone.local(moment)
    }

    /// In a site that is still written.
    fn is_old(self, known: Moment) -> bool {
        let newest = self.site.briefings.iter().map(|briefing| briefing.article.last_published()).max();
        let is_archive = newest.is_none_or(|newest| self.is_over(newest, HOURS_TO_ARCHIVE));
        self.is_over(known, HOURS_OF_PRESENT) && !is_archive
    }

    fn is_over(self, from: Moment, hours: i64) -> bool {
        from.hours_later(hours).is_some_and(|end| end < self.now)
    }

    /// There is a later briefing of the same kind about one of the same places, or about any if it names none.
    fn is_followed(self, ix: BriefingIx) -> bool {
        let briefings = &self.site.briefings;
        let own = &*briefings[ix];
        let places = own.named_neighbourhoods();
        std::iter::successors(briefings.before(ix), |later| briefings.before(*later)).any(|later| {
            let later = &*briefings[later];
            let shares_place = later.named_neighbourhoods().iter().any(|place| places.contains(place));
            later.article.date > own.article.date
                && later.article.kind == own.article.kind
                && (places.is_empty() || shares_place)
        })
    }
}

const NEXT: &str = "then set a new `next_due`, or remove it";

/// Explainers and notices are not read for what is new.
fn is_about_the_present(article: &Briefing) -> bool {
    !matches!(article.kind, Some(BriefingKind::Explainer | BriefingKind::Notice))
}
