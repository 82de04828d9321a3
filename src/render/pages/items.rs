//! The small views that many pages share: items, claims, figures, names, times.

use super::PageContext;
use crate::model::{Claim, ClaimKind, Evidence, Figure, Status, Translation};
use crate::paths::slugify;
use crate::render::views::{
    ClaimView, EvidenceView, FigureView, ItemView, Labelled, LinkView, Shared, TermItem, TermLink, Url,
    WhenView,
};
use crate::site::{BriefingIx, ClaimIx, EventIx, LinkedClaim, NeighbourhoodIx, Page, SourceIx};
use crate::time::When;

impl PageContext<'_> {
    pub fn neighbourhood_name(&self, ix: NeighbourhoodIx) -> String {
        self.site.neighbourhood_name(ix, self.language).to_owned()
    }

    pub fn source_name(&self, ix: SourceIx) -> String {
        self.site.source_name(ix, self.language).to_owned()
    }

    pub fn event_name(&self, ix: EventIx) -> String {
        self.site.event_name(ix, self.language).to_owned()
    }

    pub(super) fn make_neighbourhood_link(&self, ix: NeighbourhoodIx) -> TermLink {
        TermLink { text: self.neighbourhood_name(ix), url: self.url(Page::Neighbourhood(ix, 0)), dir: "auto" }
    }

    pub(super) fn make_source_link(&self, ix: SourceIx) -> TermLink {
        let url = if self.site.sources[ix.get()].is_protected() {
            Url::default()
        } else {
            self.url(Page::Source(ix, 0))
        };
        TermLink { text: self.source_name(ix), url, dir: "auto" }
    }

    pub fn neighbourhood_item(&self, ix: NeighbourhoodIx) -> TermItem {
        let term = &self.site.neighbourhoods[ix.get()].term;
        TermItem {
            text: self.neighbourhood_name(ix),
            url: self.url(Page::Neighbourhood(ix, 0)),
            dir: "auto",
            kind: None,
            briefings: term.briefings.len(),
            claims: term.claims.len(),
            newest: term.briefings.first().map(|ix| self.published(*ix)),
        }
    }

    pub fn source_item(&self, ix: SourceIx) -> TermItem {
        let source = &self.site.sources[ix.get()];
        let kind = source.term.record.as_ref().and_then(|record| record.kind);
        TermItem {
            text: self.source_name(ix),
            url: self.url(Page::Source(ix, 0)),
            dir: "auto",
            kind: kind.map(|kind| self.labelled("source-kind-", kind)),
            briefings: source.term.briefings.len(),
            claims: source.term.claims.len(),
            newest: source.term.briefings.first().map(|ix| self.published(*ix)),
        }
    }

    fn briefing_translation(&self, ix: BriefingIx) -> Option<&Translation> {
        self.site.briefings[ix.get()].text.translations.get(self.lang()).map(AsRef::as_ref)
    }

    /// The title, and the language that it is in where that is not the page's.
    pub fn briefing_title(&self, ix: BriefingIx) -> (String, String) {
        let title = &self.site.briefings[ix.get()].article.title;
        self.translated(title, self.briefing_translation(ix).and_then(|t| t.title.as_deref()))
    }

    pub fn plain_title(&self, index: usize) -> (String, String) {
        let page = &self.site.pages[index];
        let translated = page.text.translations.get(self.lang()).and_then(|t| t.title.as_deref());
        self.translated(&page.article.title, translated)
    }

    /// The translation, or the original with its language.
    pub fn translated(&self, original: &str, translation: Option<&str>) -> (String, String) {
        match translation {
            Some(text) => (text.to_owned(), String::new()),
            None if self.language == crate::site::DEFAULT_LANGUAGE => (original.to_owned(), String::new()),
            None => (original.to_owned(), self.original_lang().to_owned()),
        }
    }

    /// The summary or the beginning of the text, and its language where that is not the page's.
    pub fn summary(&self, ix: BriefingIx) -> (String, String) {
        let article = &self.site.briefings[ix.get()].article;
        let own = article.summary.as_deref().unwrap_or(&article.body.lead);
        let translation = self.briefing_translation(ix);
        let lead = |translation: &'_ Translation| {
            (!translation.body.lead.is_empty()).then(|| translation.body.lead.clone())
        };
        let translated = translation.and_then(|t| t.summary.clone().or_else(|| lead(t)));
        self.translated(own, translated.as_deref())
    }

    pub(super) fn make_item(&self, ix: BriefingIx) -> ItemView {
        let briefing = &self.site.briefings[ix.get()];
        let article = &briefing.article;
        let (title, lang) = self.briefing_title(ix);
        let (summary, summary_lang) = self.summary(ix);
        ItemView {
            title,
            lang,
            url: self.url(Page::Briefing(ix)),
            published: self.published(ix),
            updated: article.updated.map(|moment| self.time(moment)),
            kind: article.kind.map(|kind| self.briefing_kind(kind)),
            summary,
            summary_lang,
            neighbourhoods: briefing.neighbourhoods.iter().map(|ix| self.neighbourhood_link(*ix)).collect(),
            sources: briefing.sources.iter().map(|ix| self.source_link(*ix)).collect(),
            draft: article.draft,
            corrected: article.corrections.iter().any(super::corrections::is_fault),
        }
    }

    pub fn items<'b>(&self, briefings: impl IntoIterator<Item = &'b BriefingIx>) -> Vec<Shared<ItemView>> {
        briefings.into_iter().map(|ix| self.item(*ix)).collect()
    }

    pub fn when(&self, when: &When) -> WhenView {
        let ends = [when.start(), when.finish()];
        let pages = when.calendar_pages(&self.site.config.timezone);
        WhenView {
            edtf: when.to_string(),
            text: self.words.when(self.lang(), when),
            approximate: ends.iter().flatten().any(|end| end.approximate),
            uncertain: ends.iter().flatten().any(|end| end.uncertain),
            days: pages
                .into_iter()
                .filter_map(|page| self.site.date(page))
                .map(|ix| self.day_link(ix))
                .collect(),
        }
    }

    pub fn claims<'b>(&self, claims: impl IntoIterator<Item = &'b ClaimIx>) -> Vec<ClaimView> {
        claims.into_iter().map(|ix| self.claim(*ix)).collect()
    }

    pub fn claim(&self, ix: ClaimIx) -> ClaimView {
        let linked = self.site.linked_claim(ix);
        let claim = self.site.claim(ix);
        let anchor = format!("claim-{}", claim.id.value);
        let (text, lang) = self.claim_text(linked, claim);
        let status = self.site.status(ix);
        let added_apart = linked.added != self.site.briefings[linked.briefing.get()].article.date;
        ClaimView {
            id: claim.id.value.to_string(),
            url: self.url_at(Page::Briefing(linked.briefing), &anchor),
            anchor,
            text,
            lang,
            kind: claim.kind.map(|kind| self.claim_kind(kind)),
            source: self.claim_source(linked),
            unattributed: linked.source.is_none(),
            via: linked.via.iter().map(|ix| self.source_link(*ix)).collect(),
            neighbourhoods: linked.neighbourhoods.iter().map(|ix| self.neighbourhood_link(*ix)).collect(),
            happened: claim.happened.as_ref().map(|when| self.when(when)),
            said: claim.said.as_ref().map(|when| self.when(when)),
            added: if added_apart {
                Shared::new(self.time(linked.added))
            } else {
                self.published(linked.briefing)
            },
            added_apart,
            topic: claim.topic.as_deref().map(|topic| self.topic(topic)),
            event: linked.event.map(|ix| self.event_link(ix)),
            denies: claim.denies,
            status: self.status(status),
            contested: self.site.is_contested(ix) && status != Status::Contested,
            struck: matches!(status, Status::Withdrawn | Status::Disproved),
            why: self.why_of_claim(ix),
            status_why: claim.status_why.as_deref().unwrap_or_default().to_owned(),
            credibility: claim.credibility.unwrap_or(0),
            evidence: claim.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            figure: claim.figure.as_deref().map(|figure| self.figure(figure, linked, claim)),
            corrections: self.corrections_of_claim(linked.briefing, claim),
            briefing: self.briefing_link(linked.briefing),
            by_party: self.party_of_statement(linked, claim),
        }
    }

    pub fn claim_text(&self, linked: &LinkedClaim, claim: &Claim) -> (String, String) {
        let translation = self.briefing_translation(linked.briefing);
        let texts = translation.map(|translation| translation.claim_text.as_slice()).unwrap_or_default();
        let translated =
            texts.iter().find(|(id, _)| id.value == claim.id.value).map(|(_, text)| text.as_ref());
        self.translated(&claim.text, translated)
    }

    pub fn claim_source(&self, linked: &LinkedClaim) -> Shared<TermLink> {
        match linked.source {
            Some(ix) => self.source_link(ix),
            None => Shared::new(TermLink {
                text: self.word("unattributed"),
                url: Url::default(),
                dir: self.words.dir(self.lang()),
            }),
        }
    }

    /// The side of the conflict whose statement or instruction the claim is; empty otherwise.
    fn party_of_statement(&self, linked: &LinkedClaim, claim: &Claim) -> String {
        let is_statement = matches!(claim.kind, Some(ClaimKind::Instruction | ClaimKind::Statement));
        let source = linked.source.filter(|_| is_statement).map(|ix| &self.site.sources[ix.get()]);
        let source = source.filter(|source| !source.is_protected());
        let record = source.and_then(|source| source.term.record.as_ref());
        record.and_then(|record| self.side(&record.party)).map(|side| side.label).unwrap_or_default()
    }

    /// A party of site.toml.
    pub fn side(&self, id: &str) -> Option<Labelled> {
        let party = self.site.config.parties.iter().find(|party| party.id.as_str() == id)?;
        Some(Labelled { id: id.to_owned(), label: self.named(&["side-", id].concat(), &party.label) })
    }

    pub fn briefing_link(&self, ix: BriefingIx) -> LinkView {
        LinkView { text: self.briefing_title(ix).0, url: self.url(Page::Briefing(ix)) }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceView {
        EvidenceView {
            url: Url::external(&evidence.url),
            archived: evidence.archived.as_deref().map(Url::external).unwrap_or_default(),
            captured: evidence.captured.map(|moment| self.time(moment)),
            sha256: evidence.sha256.as_deref().unwrap_or_default().to_owned(),
        }
    }

    pub fn figure(&self, figure: &Figure, linked: &LinkedClaim, claim: &Claim) -> FigureView {
        let number =
            |value: Option<f64>| value.map(|n| self.words.number(self.lang(), n)).unwrap_or_default();
        let text = |value: &Option<Box<str>>| value.as_deref().unwrap_or_default().to_owned();
        FigureView {
            measure: self.measure_name(&figure.measure),
            said: text(&figure.said),
            min: number(figure.min),
            best: number(figure.best),
            max: number(figure.max),
            vague: figure.vague,
            rounded: figure.rounded,
            who: text(&figure.who),
            period: figure.period.as_ref().map(|when| self.when(when)),
            cumulative: figure.cumulative,
            corrected: self.is_figure_corrected(linked.briefing, claim),
            part_of: figure.part_of.as_ref().and_then(|id| self.part_of(id.value.as_str(), linked.briefing)),
        }
    }

    /// What is counted.
    pub fn measure_name(&self, measure: &str) -> String {
        self.named(&["measure-", &slugify(measure)].concat(), measure)
    }

    fn part_of(&self, id: &str, briefing: BriefingIx) -> Option<LinkView> {
        let claims = &self.site.briefings[briefing.get()].article.claims;
        let whole = claims.iter().find(|claim| claim.id.value.as_str() == id)?;
        let said = whole.figure.as_ref().and_then(|figure| figure.said.as_deref());
        Some(LinkView {
            text: said.unwrap_or(&whole.text).to_owned(),
            url: self.url_at(Page::Briefing(briefing), &format!("claim-{id}")),
        })
    }
}

/// A free table as templates can print it: dates as text.
pub fn shown_table(table: &toml::Table) -> toml::Table {
    table.iter().map(|(key, value)| (key.clone(), shown_value(value))).collect()
}

fn shown_value(value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(datetime) => toml::Value::String(datetime.to_string()),
        toml::Value::Array(values) => toml::Value::Array(values.iter().map(shown_value).collect()),
        toml::Value::Table(table) => toml::Value::Table(shown_table(table)),
        other => other.clone(),
    }
}
