//! Corrections: the page of all of them, the box of serious ones, and what each says.

use super::PageContext;
use super::layout::Heading;
use super::lists::pagination;
use crate::model::{Claim, Correction, CorrectionKind};
use crate::render::views::{CorrectionView, CorrectionsView, LinkView};
use crate::site::corrections::{Corrected, CorrectionIx, Field};
use crate::site::routes::PageNumber;
use crate::site::{BriefingIx, Page, StubIx};
use crate::time::Moment;

#[must_use]
pub fn corrections(context: &PageContext<'_>, number: PageNumber) -> CorrectionsView {
    let all = &context.site.corrections.all;
    let shown = &all[context.site.paging(all.len()).items(number)];
    let briefing = |corrected: &Corrected| match corrected {
        Corrected::In((briefing, _)) => Some(*briefing),
        Corrected::Withdrawn(_) => None,
    };
    let briefings: Vec<BriefingIx> = shown.iter().filter_map(briefing).collect();
    let mut heading = Heading::new("corrections", context.word("title-corrections"));
    context.date(&mut heading, &[], &briefings);
    // What is told here is that it was corrected, whatever time the text reaches up to.
    heading.as_of = shown.iter().map(|corrected| context.corrected_at(*corrected)).max();
    heading.next_due = heading.next_due.filter(|due| Some(*due) > heading.as_of);
    CorrectionsView {
        site: context.site_view(),
        page: context.page_view(heading),
        corrections: context.corrected(shown),
        pagination: pagination(context, Page::Corrections, number),
    }
}

/// Something was put right: an update is news, and no fault.
pub fn is_fault(correction: &Correction) -> bool {
    correction.kind != CorrectionKind::Update
}

impl PageContext<'_> {
    pub fn corrections<'b>(&self, list: impl IntoIterator<Item = &'b CorrectionIx>) -> Vec<CorrectionView> {
        let correction = |(briefing, position): &CorrectionIx| {
            let article = &self.site.briefings[briefing.get()].article;
            self.correction(*briefing, &article.corrections[*position])
        };
        list.into_iter().map(correction).collect()
    }

    pub fn corrected(&self, list: &[Corrected]) -> Vec<CorrectionView> {
        let view = |corrected: &Corrected| match *corrected {
            Corrected::In((briefing, position)) => {
                let article = &self.site.briefings[briefing.get()].article;
                self.correction(briefing, &article.corrections[position])
            }
            Corrected::Withdrawn(ix) => self.withdrawal(ix),
        };
        list.iter().map(view).collect()
    }

    pub fn corrected_at(&self, corrected: Corrected) -> Moment {
        match corrected {
            Corrected::In((briefing, position)) => {
                self.site.briefings[briefing.get()].article.corrections[position].at
            }
            Corrected::Withdrawn(ix) => self.site.stubs[ix.get()].at,
        }
    }

    /// The serious ones of a briefing that are fresh enough to stand above its text.
    pub fn boxed_of(&self, ix: BriefingIx) -> Vec<CorrectionView> {
        let of_briefing = |corrected: &&Corrected| matches!(corrected, Corrected::In((of, _)) if *of == ix);
        let boxed: Vec<Corrected> = self.site.corrections.boxed.iter().filter(of_briefing).copied().collect();
        self.corrected(&boxed)
    }

    /// That a whole briefing was taken back.
    fn withdrawal(&self, ix: StubIx) -> CorrectionView {
        let stub = &self.site.stubs[ix.get()];
        let why = stub.article.withdrawn.as_ref().map(|withdrawn| withdrawn.why.to_string());
        CorrectionView {
            at: self.time(stub.at),
            kind: self.labelled("correction-", CorrectionKind::Withdrawal),
            serious: true,
            was: String::new(),
            now: String::new(),
            why: why.unwrap_or_default(),
            about: self.word("title-withdrawn"),
            about_lang: String::new(),
            target: LinkView { text: stub.article.title.to_string(), url: self.url(Page::Stub(ix)) },
        }
    }

    pub fn corrections_of_claim(&self, briefing: BriefingIx, claim: &Claim) -> Vec<CorrectionView> {
        let corrections = of_claim(&self.site.briefings[briefing.get()].article.corrections, claim);
        corrections.map(|correction| self.correction(briefing, correction)).collect()
    }

    /// A correction of the claim changed its figure.
    pub fn is_figure_corrected(&self, briefing: BriefingIx, claim: &Claim) -> bool {
        let is_of_figure = |correction: &Correction| {
            let field = correction.field.as_ref().and_then(|name| Field::named(&name.value, true));
            field.is_some_and(Field::is_of_figure)
        };
        of_claim(&self.site.briefings[briefing.get()].article.corrections, claim).any(is_of_figure)
    }

    fn correction(&self, briefing: BriefingIx, correction: &Correction) -> CorrectionView {
        let text = |value: &Option<crate::diag::Spanned<Box<str>>>| {
            value.as_ref().map(|value| value.value.to_string()).unwrap_or_default()
        };
        let fragment = correction.claim.as_ref().map(|id| format!("claim-{}", id.value)).unwrap_or_default();
        let (about, about_lang) = self.about(briefing, correction);
        CorrectionView {
            at: self.time(correction.at),
            kind: self.labelled("correction-", correction.kind),
            serious: correction.serious,
            was: text(&correction.was),
            now: text(&correction.now),
            why: correction.why.to_string(),
            about,
            about_lang,
            target: LinkView {
                text: self.briefing_title(briefing).0,
                url: self.url_at(Page::Briefing(briefing), &fragment),
            },
        }
    }

    /// The text of the corrected claim, and its language where that is not the page's.
    fn about(&self, briefing: BriefingIx, correction: &Correction) -> (String, String) {
        let mut claims = self.site.claims_of(briefing);
        let id = correction.claim.as_ref();
        let found = id.and_then(|id| claims.find(|ix| self.site.claim(*ix).id.value == id.value));
        let text = |ix| self.claim_text(self.site.linked_claim(ix), self.site.claim(ix));
        found.map(text).unwrap_or_default()
    }
}

fn of_claim<'a>(corrections: &'a [Correction], claim: &'a Claim) -> impl Iterator<Item = &'a Correction> {
    corrections
        .iter()
        .filter(|correction| correction.claim.as_ref().is_some_and(|id| id.value == claim.id.value))
}
