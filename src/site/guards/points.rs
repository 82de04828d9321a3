//! Where the sick are treated and people shelter is not shown to a street or a building.
//!
//! Owns which points are too fine: by their precision and decimals, by a small outline, and by what the texts
//! and addresses of a briefing hold.

use std::borrow::Cow;

use super::guard_check::{GuardCheck, ShownClaim};
use super::map_references::{self, FINE_DECIMALS, MapReference};
use crate::config::TopicGuard;
use crate::diag::{Code, Diagnostic};
use crate::html::decode;
use crate::model::{Body, Briefing, Claim, MapPoint, Outline, Piece, Precision, Translation};
use crate::site::indices::{BriefingIx, NeighbourhoodIx};
use crate::site::linked::Content;

/// An outline with a ring that is smaller than this, in metres north and east, shows a few houses.
const SMALL_OUTLINE: f64 = 250.0;

/// Metres in a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_320.0;

/// Checks a claim. `in_briefing` is what the texts of its briefing point to, if they were searched before.
pub fn check(
    guards: &mut GuardCheck<'_, '_, '_>,
    shown: &ShownClaim<'_>,
    in_briefing: &mut Option<Option<Pointer>>,
) {
    let site = guards.site;
    let Some(topic) = shown.claim.topic.as_deref() else { return };
    if !site.config.topic_guards.has(topic, TopicGuard::PrecisePoint) {
        return;
    }
    if let Some(place) = fine_place(site, shown) {
        report_place(guards, shown, topic, place);
    }
    let searched = in_briefing.get_or_insert_with(|| pointer_in(site, shown.in_briefing));
    let own = shown.is_repeat().then(|| pointer_in_claim(shown.claim)).flatten();
    if let Some(pointer) = searched.as_ref().or(own.as_ref()) {
        report_pointer(guards, shown, topic, pointer);
    }
}

/// The first place of a claim, or of the briefing around it, that is shown too exactly.
fn fine_place(site: &Content, shown: &ShownClaim<'_>) -> Option<NeighbourhoodIx> {
    let of_claim = &site.linked_claim(shown.ix).neighbourhoods;
    let of_briefing = site.briefings[shown.in_briefing].named_neighbourhoods();
    of_claim.iter().chain(of_briefing).copied().find(|place| is_fine(site, *place))
}

fn is_fine(site: &Content, place: NeighbourhoodIx) -> bool {
    let record = site.neighbourhoods[place].term.record.as_ref();
    record.and_then(|record| record.point).is_some_and(is_fine_point)
        || site.outlines.get(&place).is_some_and(has_small_ring)
}

/// The finer of what the record says and what the decimals show counts.
fn is_fine_point(point: MapPoint) -> bool {
    point.precision < Precision::Neighbourhood
        || decimals(point.lat).max(decimals(point.lon)) >= FINE_DECIMALS
}

/// As many as it takes to write the number. A point whose last digits happen to be zero has one coordinate with
/// fewer, so the other one decides.
fn decimals(degrees: f64) -> usize {
    let written = degrees.to_string();
    written.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

fn has_small_ring(outline: &Outline) -> bool {
    outline.rings().any(|ring| is_small(ring))
}

/// No corner is far from the first. A large outline is left after a few corners.
fn is_small(ring: &[(f64, f64)]) -> bool {
    let Some((first_east, first_north)) = ring.first() else { return false };
    let metres_east = METRES_PER_DEGREE * libm::cos(first_north.to_radians());
    ring.iter().all(|(east, north)| {
        let across = (east - first_east).abs();
        // The short way, at the antimeridian.
        let across = across.min(360.0 - across);
        (north - first_north).abs() * METRES_PER_DEGREE < SMALL_OUTLINE
            && across * metres_east < SMALL_OUTLINE
    })
}

/// What points to a place, and in which part of a briefing.
pub struct Pointer {
    reference: MapReference,
    part: Cow<'static, str>,
}

/// The first point in what readers see of a briefing, in all its languages.
fn pointer_in(site: &Content, ix: BriefingIx) -> Option<Pointer> {
    let briefing = &site.briefings[ix];
    pointer_in_original(&briefing.article).or_else(|| {
        briefing.translations.values().find_map(|translation| pointer_in_translation(translation))
    })
}

fn pointer_in_original(article: &Briefing) -> Option<Pointer> {
    let Briefing { base, not_known, not_reached, withheld, claims, repeats, corrections, .. } = article;
    let lists = [("not_known", not_known), ("not_reached", not_reached), ("withheld", withheld)];
    let notes = repeats.iter().filter_map(|repeat| repeat.note.as_deref());
    in_part("`title`", [&*base.title])
        .or_else(|| in_part("`summary`", base.summary.as_deref()))
        .or_else(|| pointer_in_body("the text", &base.body))
        .or_else(|| lists.into_iter().find_map(|(key, list)| in_list(key, list)))
        .or_else(|| claims.iter().find_map(pointer_in_claim))
        .or_else(|| in_part("the note of a repeat", notes))
        .or_else(|| {
            let values = corrections.iter().flat_map(|correction| [&correction.was, &correction.now]);
            let values = values.flatten().map(|value| &*value.value);
            let reasons = corrections.iter().map(|correction| &*correction.why);
            in_part("a correction", values.chain(reasons))
        })
}

fn pointer_in_claim(claim: &Claim) -> Option<Pointer> {
    let figure = claim.figure.as_deref();
    let of_figure = figure.into_iter().flat_map(|figure| [figure.said.as_deref(), figure.who.as_deref()]);
    let texts = std::iter::once(&*claim.text).chain(claim.status_why.as_deref()).chain(of_figure.flatten());
    in_part("a claim", texts).or_else(|| {
        let urls =
            claim.evidence.iter().flat_map(|evidence| [Some(&evidence.url), evidence.archived.as_ref()]);
        let reference = urls.flatten().find_map(|url| map_references::in_address(url))?;
        Some(Pointer { reference, part: "`evidence`".into() })
    })
}

fn pointer_in_translation(translation: &Translation) -> Option<Pointer> {
    let Translation { title, summary, not_known, not_reached, withheld, body, .. } = translation;
    let lists = [not_known, not_reached, withheld].into_iter().flatten().flatten();
    let by_id = translation.texts_by_id().into_iter().flat_map(|(_, texts)| texts.iter());
    let texts = title.iter().chain(summary).chain(lists).map(|text| &**text);
    let texts = texts.chain(by_id.map(|(_, text)| text));
    let found = in_part("", texts).or_else(|| pointer_in_body("", body))?;
    Some(Pointer { part: format!("the translation into \"{}\"", translation.language).into(), ..found })
}

fn in_list(key: &'static str, list: &[Box<str>]) -> Option<Pointer> {
    let found = in_part("", list.iter().map(|item| &**item))?;
    Some(Pointer { part: format!("`{key}`").into(), ..found })
}

fn in_part<'t>(part: &'static str, texts: impl IntoIterator<Item = &'t str>) -> Option<Pointer> {
    let reference = texts.into_iter().find_map(map_references::in_text)?;
    Some(Pointer { reference, part: part.into() })
}

fn pointer_in_body(part: &'static str, body: &Body) -> Option<Pointer> {
    let (text, tags) = text_and_tags(body);
    let reference =
        map_references::in_text(&decode(&text)).or_else(|| map_references::in_address(&decode(&tags)))?;
    Some(Pointer { reference, part: part.into() })
}

/// The text of a body and the insides of its tags, where the addresses are. A tag is a space in the text: two
/// cells of a table are a pair of numbers.
fn text_and_tags(body: &Body) -> (String, String) {
    let mut text = String::new();
    let mut tags = String::new();
    for piece in body.html.pieces() {
        let Piece::Html(html) = piece else { continue };
        for (index, part) in html.split('<').enumerate() {
            let (tag, rest) = match part.split_once('>') {
                Some(parts) if index > 0 => parts,
                _ => ("", part),
            };
            tags.push(' ');
            tags.push_str(tag);
            text.push(' ');
            text.push_str(rest);
        }
    }
    (text, tags)
}

fn report_place(
    guards: &mut GuardCheck<'_, '_, '_>,
    shown: &ShownClaim<'_>,
    topic: &str,
    place: NeighbourhoodIx,
) {
    let Err(ended) = guards.lifted_for(Code::PRECISE_POINT, shown) else { return };
    let site = guards.site;
    let term = &site.neighbourhoods[place].term;
    let point = term.record.as_ref().and_then(|record| record.point).filter(|point| is_fine_point(*point));
    let is_at = site.linked_claim(shown.ix).neighbourhoods.contains(&place);
    let relation = if is_at { "is at" } else { "is in a briefing about" };
    let shape = if point.is_some() { "point" } else { "outline" };
    let message = format!(
        "a claim about {topic} {relation} \"{}\", whose {shape} is finer than a neighbourhood",
        term.name
    );
    let mut stopped = Diagnostic::error(Code::PRECISE_POINT, message)
        .at(guards.place_of(shown))
        .label("would be on the map");
    if let Some(record) = &term.record {
        let place = guards.diagnostics.place(&record.file, record.id_span);
        stopped = stopped.also(place, format!("has the {shape}"));
    }
    guards.report(stopped, ended, &coarser(point));
}

/// What to write instead. The values of a rounded point are those that the map then shows.
fn coarser(point: Option<MapPoint>) -> String {
    match point {
        Some(MapPoint { lat, lon, .. }) => format!(
            "name a larger place, or make its point coarser: {{ lat = {lat:.2}, lon = {lon:.2}, precision = \"neighbourhood\" }}"
        ),
        None => format!(
            "name a larger place, or draw each part of the outline {SMALL_OUTLINE} metres wide or high at least"
        ),
    }
}

/// Does not print what was found: the message itself may be published in a log.
fn report_pointer(
    guards: &mut GuardCheck<'_, '_, '_>,
    shown: &ShownClaim<'_>,
    topic: &str,
    pointer: &Pointer,
) {
    let Err(ended) = guards.lifted_for(Code::PRECISE_POINT, shown) else { return };
    let Pointer { reference, part } = pointer;
    let message = format!("a claim about {topic} is in a briefing with {reference}, in {part}");
    let stopped = Diagnostic::error(Code::PRECISE_POINT, message)
        .at(guards.place_of(shown))
        .label("could be found by it");
    let remedy = match reference {
        MapReference::ShortLink => "write the whole address, or remove it and name the neighbourhood only",
        _ => "remove them, and name the neighbourhood only",
    };
    guards.report(stopped, ended, remedy);
}
