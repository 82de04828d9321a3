//! What of a claim differs from what was published.

use crate::model::{Claim, Status, UNATTRIBUTED, Word as _};
use crate::open_data::{ClaimData, FigureData, NameData};
use crate::site::corrections::Field;
use crate::site::{ClaimIx, DEFAULT_LANGUAGE, Site};

/// A part of a claim that says something else now.
pub(super) struct Change {
    /// For messages.
    pub(super) name: &'static str,
    /// If a correction can name it.
    pub(super) field: Option<Field>,
    pub(super) was: Option<String>,
    pub(super) now: Option<String>,
}

/// The texts, dates and numbers, with their names in messages.
const FIELDS: [(Field, &str); 10] = [
    (Field::Text, "text"),
    (Field::Happened, "`happened`"),
    (Field::Said, "`said`"),
    (Field::FigureMeasure, "measure of the figure"),
    (Field::FigureSaid, "quotation of the figure"),
    (Field::FigureMin, "`min` of the figure"),
    (Field::FigureBest, "`best` of the figure"),
    (Field::FigureMax, "`max` of the figure"),
    (Field::FigureWho, "`who` of the figure"),
    (Field::FigurePeriod, "period of the figure"),
];

pub(super) fn changes(site: &Site, before: &ClaimData, ix: ClaimIx, now: &ClaimData) -> Vec<Change> {
    let claim = site.claim(ix);
    let article = &site.briefings[ix.briefing].article;
    let mut changes: Vec<Change> = FIELDS
        .into_iter()
        .filter_map(|(field, name)| {
            let (was, present) = (published(before, field), field.present(article, Some(claim)));
            let is_same = field.is_same(was.as_deref(), present.as_deref());
            (!is_same).then_some(Change { name, field: Some(field), was, now: present })
        })
        .collect();
    changes.extend(source_change(site, before, ix, claim));
    changes.extend(place_change(site, before, ix, now));
    changes.extend(status_change(before, claim, now));
    changes
}

/// What a field was when it was published.
fn published(before: &ClaimData, field: Field) -> Option<String> {
    let of_figure = |part: fn(&FigureData) -> Option<String>| before.figure.as_ref().and_then(part);
    match field {
        Field::Text => Some(before.text.clone()),
        Field::Happened => before.happened.as_deref().map(str::to_owned),
        Field::Said => before.said.as_deref().map(str::to_owned),
        Field::FigureMeasure => of_figure(|figure| Some(figure.measure.clone())),
        Field::FigureSaid => of_figure(|figure| figure.said.clone()),
        Field::FigureMin => of_figure(|figure| figure.min.as_ref().map(ToString::to_string)),
        Field::FigureBest => of_figure(|figure| figure.best.as_ref().map(ToString::to_string)),
        Field::FigureMax => of_figure(|figure| figure.max.as_ref().map(ToString::to_string)),
        Field::FigureWho => of_figure(|figure| figure.who.clone()),
        Field::FigurePeriod => of_figure(|figure| figure.period.as_deref().map(str::to_owned)),
        Field::Source | Field::Status | Field::Title | Field::Summary => None,
    }
}

/// Another source; not one that has got a record, another name or protection since.
fn source_change(site: &Site, before: &ClaimData, ix: ClaimIx, claim: &Claim) -> Option<Change> {
    let now = site.linked_claim(ix).source;
    let is_protected = now.is_some_and(|now| site.sources[now].is_protected());
    let was_protected = before.source.as_ref().is_some_and(|source| source.id.is_none());
    let known =
        before.source.as_ref().and_then(|source| spellings(source).find_map(|name| site.source_named(name)));
    let is_same = match &before.source {
        None => now.is_none(),
        Some(source) if was_protected => {
            is_protected && now.is_some_and(|ix| site.source_name(ix, DEFAULT_LANGUAGE) == source.name)
        }
        Some(_) => known == now && known.is_some(),
    };
    // A source that is protected now was public: its name is not written again.
    if is_same || is_protected {
        return None;
    }
    let was = before.source.as_ref().map_or_else(|| UNATTRIBUTED.to_owned(), |source| source.name.clone());
    let field = (!was_protected).then_some(Field::Source);
    Some(Change { name: "source", field, was: Some(was), now: Some(claim.source.value.to_string()) })
}

fn spellings(name: &NameData) -> impl Iterator<Item = &str> {
    name.id.as_deref().into_iter().chain([name.name.as_str()])
}

fn place_change(site: &Site, before: &ClaimData, ix: ClaimIx, now: &ClaimData) -> Option<Change> {
    let was = before.neighbourhoods.iter();
    let mut was: Vec<_> =
        was.map(|place| spellings(place).find_map(|name| site.neighbourhood_named(name))).collect();
    let mut is: Vec<_> = site.linked_claim(ix).neighbourhoods.iter().map(|ix| Some(*ix)).collect();
    was.sort_unstable();
    is.sort_unstable();
    if was == is {
        return None;
    }
    Some(Change {
        name: "place",
        field: None,
        was: names(&before.neighbourhoods),
        now: names(&now.neighbourhoods),
    })
}

fn names(places: &[NameData]) -> Option<String> {
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A status that a person wrote, before or now. A computed one changes with what others report, and a withdrawn
/// or disproved claim is struck with its reason.
fn status_change(before: &ClaimData, claim: &Claim, now: &ClaimData) -> Option<Change> {
    let written = claim.status.as_ref().map(|status| status.value.word());
    let is_same = match (before.status_is_written, written) {
        (false, None) => true,
        (true, None) => false,
        (_, Some(written)) => before.status.as_str() == written,
    };
    let is_struck = claim
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, Status::Withdrawn | Status::Disproved));
    if is_same || is_struck {
        return None;
    }
    let is_field = written.is_some() && Status::from_word(before.status.as_str()).is_some();
    Some(Change {
        name: "status",
        field: is_field.then_some(Field::Status),
        was: Some(before.status.as_str().to_owned()),
        now: Some(now.status.as_str().to_owned()),
    })
}
