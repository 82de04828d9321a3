//! Plain pages and the records of neighbourhoods, sources and events.

use std::collections::BTreeMap;

use super::common::{
    Base, aliases, id_from_slug, id_from_stem, line, names, naming, source_names, text, word,
};
use super::{HOME_ID, Source, first_line};
use crate::config::{Config, read_exceptions};
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{
    EventRecord, MapPoint, Name, NeighbourhoodRecord, PlainPage, Precision, Sees, SourceRecord, UNATTRIBUTED,
};
use crate::paths::{Id, OutPath};
use crate::toml::{Reader, shown};

pub(super) fn page(reader: &mut Reader<'_>, source: Source<'_>) -> Option<PlainPage> {
    let title = reader.required_line("title");
    let id = id_from_slug(reader, &source);
    let aliases = aliases(reader);
    let summary = text(reader, "summary");
    let draft = reader.flag("draft", false);
    let zone = &source.config.timezone;
    let as_of = reader.moment("as_of", zone).map(|moment| moment.value);
    let next_due = reader.moment("next_due", zone).map(|moment| moment.value);
    let base = Base { id, title, summary, aliases, extra: reader.free_table("extra") };
    Some(PlainPage { base: base.with_body(source)?, as_of, next_due, draft })
}

pub(super) fn home(reader: &mut Reader<'_>, source: Source<'_>) -> Option<PlainPage> {
    let title = reader.line("title").unwrap_or_else(|| Spanned::new(Box::default(), first_line()));
    let summary = text(reader, "summary");
    let draft = reader.flag("draft", false);
    let id = Id::from_slug(HOME_ID).ok().map(|id| Spanned::new(id, first_line()));
    let extra = reader.free_table("extra");
    let base = Base { id, title: Some(title), summary, aliases: Vec::new(), extra };
    Some(PlainPage { base: base.with_body(source)?, as_of: None, next_due: None, draft })
}

pub(super) fn neighbourhood(reader: &mut Reader<'_>, source: Source<'_>) -> Option<NeighbourhoodRecord> {
    let id = id_from_stem(reader, &source);
    let title = reader.required_line("title");
    let naming = naming(reader, source.config);
    let summary = text(reader, "summary");
    let parent = reader.line("parent");
    let point = reader.table("point", "a point", read_point).flatten();
    let geometry = read_geometry(reader);
    let codes = reader.table("codes", "[codes]", read_codes).unwrap_or_default();
    let not = names(reader, "not");
    let aliases = aliases(reader);
    let base = Base { id, title, summary, aliases, extra: reader.free_table("extra") };
    Some(NeighbourhoodRecord { base: base.with_body(source)?, naming, parent, point, geometry, codes, not })
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

pub(super) fn source(reader: &mut Reader<'_>, source: Source<'_>) -> Option<SourceRecord> {
    let id = id_from_stem(reader, &source).filter(|id| is_source_id(reader, &id.value));
    let title = reader.required_line("title");
    let naming = naming(reader, source.config);
    let (protected, label) = read_protection(reader);
    let short = line(reader, "short");
    let summary = text(reader, "summary");
    let kind = word(reader, "kind").map(|kind| kind.value);
    let party = read_party(reader, source.config);
    let sees = word(reader, "sees").map_or(Sees::Unknown, |sees| sees.value);
    let owner = line(reader, "owner");
    let relays = source_names(reader, "relays");
    let url = reader.url("url").map(|url| url.value);
    let not = names(reader, "not");
    let aliases = aliases(reader);
    let allow = read_exceptions(reader);
    let base = Base { id, title, summary, aliases, extra: reader.free_table("extra") };
    Some(SourceRecord {
        base: base.with_body(source)?,
        naming,
        short,
        kind,
        party,
        sees,
        owner,
        relays,
        url,
        protected,
        label,
        not,
        allow,
    })
}

fn is_source_id(reader: &Reader<'_>, id: &Id) -> bool {
    let is_source = id.as_str() != UNATTRIBUTED;
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

pub(super) fn event(reader: &mut Reader<'_>, source: Source<'_>) -> Option<EventRecord> {
    let id = id_from_stem(reader, &source);
    let title = reader.required_line("title");
    let naming = naming(reader, source.config);
    let summary = text(reader, "summary");
    let aliases = aliases(reader);
    let base = Base { id, title, summary, aliases, extra: reader.free_table("extra") };
    Some(EventRecord { base: base.with_body(source)?, naming })
}
