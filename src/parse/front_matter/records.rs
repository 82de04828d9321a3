//! Plain pages and the records of neighbourhoods, sources and events.

use std::collections::BTreeMap;

use super::common::{
    aliases, line, names, naming, origin, origin_from_slug, origin_from_stem, source_names, text, word,
};
use super::{HOME_ID, Source, first_line};
use crate::config::{Config, read_exceptions};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Body, EventRecord, MapPoint, Name, NeighbourhoodRecord, Origin, PlainPage, Precision, Sees, SourceRecord,
    UNATTRIBUTED,
};
use crate::paths::{Id, OutPath};
use crate::toml::{Reader, shown};

pub(super) fn page(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<PlainPage> {
    let title = reader.required_line("title");
    let origin = origin_from_slug(reader, source);
    let aliases = aliases(reader);
    let (summary, draft) = (text(reader, "summary"), reader.flag("draft", false));
    let zone = &source.config.timezone;
    let mut moment = |key| reader.moment(key, zone).map(|moment| moment.value);
    let (as_of, next_due) = (moment("as_of"), moment("next_due"));
    let extra = reader.free_table("extra");
    Some(PlainPage {
        origin: origin?,
        title: title?.value,
        summary,
        as_of,
        next_due,
        draft,
        aliases,
        extra,
        body: Body::default(),
    })
}

pub(super) fn home(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<PlainPage> {
    let id = Id::from_slug(HOME_ID).ok()?;
    Some(PlainPage {
        origin: origin(source, id, first_line()),
        title: line(reader, "title").unwrap_or_default(),
        summary: text(reader, "summary"),
        as_of: None,
        next_due: None,
        draft: reader.flag("draft", false),
        aliases: Vec::new(),
        extra: reader.free_table("extra"),
        body: Body::default(),
    })
}

pub(super) fn neighbourhood(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<NeighbourhoodRecord> {
    let origin = origin_from_stem(reader, source);
    let naming = naming(reader, source.config);
    let summary = text(reader, "summary");
    let parent = reader.line("parent");
    let point = reader.table("point", "a point", read_point).flatten();
    let geometry = read_geometry(reader);
    let codes = reader.table("codes", "[codes]", read_codes).unwrap_or_default();
    let (not, aliases) = (names(reader, "not"), aliases(reader));
    let extra = reader.free_table("extra");
    let (origin, naming, body) = (origin?, naming?, Body::default());
    Some(NeighbourhoodRecord {
        origin,
        naming,
        summary,
        parent,
        point,
        geometry,
        codes,
        not,
        aliases,
        extra,
        body,
    })
}

fn read_point(reader: &mut Reader<'_>) -> Option<MapPoint> {
    let lat = reader.required_number("lat", -90.0..=90.0);
    let lon = reader.required_number("lon", -180.0..=180.0);
    let precision =
        word::<Precision>(reader, "precision").map_or(Precision::Neighbourhood, |word| word.value);
    Some(MapPoint { lat: lat?.value, lon: lon?.value, precision })
}

fn read_codes(reader: &mut Reader<'_>) -> BTreeMap<&'static str, Box<str>> {
    let keys = ["pcode", "geonames", "wikidata"];
    keys.into_iter().filter_map(|key| Some((key, line(reader, key)?))).collect()
}

/// The name of a file beside the record.
fn read_geometry(reader: &mut Reader<'_>) -> Option<Name> {
    let file = reader.line("geometry")?;
    let is_name = !file.value.contains('/') && OutPath::new(&*file.value).is_ok();
    if is_name && file.value.ends_with(".geojson") {
        return Some(file);
    }
    let message = format!("`geometry` is not the name of a GeoJSON file: \"{}\"", shown(&file.value));
    let help = "put the file beside this one, and write its name, as in \"al-heluk.geojson\"".to_owned();
    reader.error(Code::BAD_PATH, file.span, message, "not a file beside this one", help);
    None
}

pub(super) fn source(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<SourceRecord> {
    let origin = origin_from_stem(reader, source).filter(|origin| is_source_id(reader, origin));
    let naming = naming(reader, source.config);
    let (protected, label) = read_protection(reader);
    Some(SourceRecord {
        short: line(reader, "short"),
        summary: text(reader, "summary"),
        kind: word(reader, "kind").map(|kind| kind.value),
        party: read_party(reader, source.config),
        sees: word(reader, "sees").map_or(Sees::Unknown, |sees| sees.value),
        owner: line(reader, "owner"),
        relays: source_names(reader, "relays"),
        url: reader.url("url").map(|url| url.value),
        protected,
        label,
        not: names(reader, "not"),
        aliases: aliases(reader),
        allow: read_exceptions(reader),
        extra: reader.free_table("extra"),
        body: Body::default(),
        // Last, so that the other keys are read, and their faults told, where these are missing.
        origin: origin?,
        naming: naming?,
    })
}

fn is_source_id(reader: &Reader<'_>, origin: &Origin) -> bool {
    let is_source = origin.id.as_str() != UNATTRIBUTED;
    if !is_source {
        let message = format!("\"{UNATTRIBUTED}\" stands for no source, and has no record");
        reader.error_of_file(Code::BAD_ID, message, "rename the file");
    }
    is_source
}

fn read_party(reader: &mut Reader<'_>, config: &Config) -> Box<str> {
    reader
        .known_word("party", config.party_ids(), "the parties of this site are ")
        .map_or_else(|| "none".into(), |party| party.value)
}

/// Whether readers see the label only, and the label.
fn read_protection(reader: &mut Reader<'_>) -> (bool, Option<Box<str>>) {
    // Where the value cannot be read, no reader of the page may learn who it is.
    let protected = reader.flag("protected", reader.has("protected"));
    let label = reader.line("label");
    if protected && label.is_none() && !reader.has_content("label") {
        reader.missing(
            "label",
            " where it is protected",
            "write what readers may know, as in label = \"a doctor in the east\"",
        );
    }
    if let Some(label) = label.as_ref().filter(|_| !protected) {
        let diagnostic = Diagnostic::warning(Code::UNUSED_KEY, "`label` is for protected sources only")
            .at(reader.place(label.span))
            .label("not shown");
        reader.tell(diagnostic.help("set protected = true, or remove it"));
    }
    (protected, label.map(|label| label.value))
}

pub(super) fn event(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<EventRecord> {
    let origin = origin_from_stem(reader, source);
    let naming = naming(reader, source.config);
    let (summary, aliases) = (text(reader, "summary"), aliases(reader));
    let extra = reader.free_table("extra");
    Some(EventRecord { origin: origin?, naming: naming?, summary, aliases, extra, body: Body::default() })
}
