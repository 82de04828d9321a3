//! The records of neighbourhoods, sources and events.

use std::collections::BTreeMap;

use super::article_file::{Base, File};
use super::values::{Alias, GeoJsonName, KindName, PartyName, SourceName};
use crate::config::{Config, ExceptionKeys, KindOfSource, PublicAddress, SourceKind};
use crate::diag::{Code, Diagnostic, Spanned, did_you_mean};
use crate::model::{
    Currency, EventRecord, MapPoint, Name, Naming, NeighbourhoodRecord, Precision, Sees, SourceRecord,
    UNATTRIBUTED,
};
use crate::paths::Id;
use crate::time::Moment;
use crate::toml::{
    ByKey, FileKind, ManyLines, Number, Once, OneLine, OneOf, TableKeys as _, TomlTable, shown, table,
};

pub(super) const NEIGHBOURHOOD_FILE: FileKind = FileKind {
    name: "neighbourhood",
    title: "Neighbourhood",
    path: "content/neighbourhoods/*.md",
    meaning: "What is known about a place. The name of the file is its id. A neighbourhood that briefings \
              name gets a page without a record too.",
    example: r#"+++
title     = "al-Heluk"
names     = { ar = "الهلك" }
spellings = ["Heluk", "Hulluk"]
parent    = "east-aleppo"
point     = { lat = 36.236, lon = 37.173 }
+++

A quarter in the north of the city.
"#,
    table: NeighbourhoodKeys::TABLE,
};

pub(super) const SOURCE_FILE: FileKind = FileKind {
    name: "source",
    title: "Source",
    path: "content/sources/*.md",
    meaning: "Who a source is, and how it knows what it says. The name of the file is its id. A source \
              that briefings name gets a page without a record too.",
    example: r#"+++
title = "Syrian Observatory for Human Rights"
short = "SOHR"
kind  = "monitor"
party = "opposition"
sees  = "network"
url   = "https://www.syriahr.com/"
+++

A monitoring group in Coventry.
"#,
    table: SourceKeys::TABLE,
};

pub(super) const EVENT_FILE: FileKind = FileKind {
    name: "event",
    title: "Event",
    path: "content/events/*.md",
    meaning: "The title and text of an event that claims share. The name of the file is its id, which \
              claims name as their `event`. An event gets a page without a record too.",
    example: r#"+++
title   = "Raid on al-Heluk, 2 October"
summary = "What each source says about the raid."
+++
"#,
    table: EventKeys::TABLE,
};

table! {
    pub(super) NeighbourhoodKeys, "a neighbourhood" {
        /// Its name in the site's default language.
        required title: Spanned<OneLine>, example "al-Heluk", seen "wherever the neighbourhood is named";

        /// Its names in other languages of the site.
        table names: ByKey<OneLine>, example { ar = "الهلك" }, seen "in pages of that language, and on its page";

        /// Other spellings. Briefings may use any of them.
        list spellings: Once<Spanned<OneLine>>, example ["Heluk", "Hulluk"],
            seen "on its page, and on the page of all names";

        /// One or two sentences.
        optional summary: ManyLines, example "A quarter in the north of the city.",
            seen "on its page, and in search results";

        /// The neighbourhood that it is part of, whose page then has its claims too.
        optional parent: Spanned<OneLine>, example "east-aleppo", seen "on its page, and on the parent's page";

        /// Where it is.
        optional point: PointKeys<'d>, seen "on the map, and on its page";

        /// Its outline: a GeoJSON file next to this one.
        optional geometry: Spanned<GeoJsonName>, example "al-heluk.geojson", seen "on the map";

        /// Its codes in other data sets.
        optional codes: CodeKeys<'d>, seen "on its page";

        /// Ids of neighbourhoods with similar names that are other places.
        list not: Once<Spanned<OneLine>>, example ["latakia-heluk"],
            seen "not shown; similar names are then no warning";

        /// The record was still so then: it was checked, and nothing had changed.
        optional checked: Spanned<Moment>, example "2016-10-03T18:00:00+03:00", seen "on its page; it ends “no report since” there";

        /// When readers should look for a newer version.
        optional next_due: Moment, example "2016-10-03T21:00:00+03:00", seen "at the top of its page";

        /// Earlier addresses of the page. Each redirects to it.
        list aliases: Once<Spanned<Alias>>, example ["heluk.html"], seen "at these addresses";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }

    /// A point on the map.
    pub(super) PointKeys, "a point" {
        /// Degrees north.
        required lat: Number<-90, 90>, example 36.236, seen "on the map";

        /// Degrees east.
        required lon: Number<-180, 180>, example 37.173, seen "on the map";

        /// How exact the point is. The map shows an area of that size.
        default precision: OneOf<Precision> = Precision::Neighbourhood, example "street",
            seen "on the map, and next to the point";
    }

    /// Codes of a place in other data sets.
    pub(super) CodeKeys, "[codes]" {
        /// The P-code of the humanitarian data sets.
        optional pcode: OneLine, example "SY020001", seen "on its page";

        /// The number in GeoNames.
        optional geonames: OneLine, example "170063", seen "on its page";

        /// The item in Wikidata.
        optional wikidata: OneLine, example "Q41183", seen "on its page";
    }

    pub(super) SourceKeys, "a source" {
        /// Its name in the site's default language.
        required title: Spanned<OneLine>, example "Syrian Observatory for Human Rights",
            seen "wherever the source is named";

        /// Its names in other languages of the site.
        table names: ByKey<OneLine>, example { ar = "المرصد السوري" }, seen "in pages of that language, and on its page";

        /// Other spellings. Briefings may use any of them.
        list spellings: Once<Spanned<OneLine>>, example ["Observatory"],
            seen "on its page, and on the page of all names";

        /// The source is in danger: readers see only `label`, and it has no page.
        optional protected: bool, example true, as_if false, seen "only `label`";

        /// What readers may know about a protected source.
        optional label: Spanned<OneLine>, example "a monitor in the east", seen "instead of the name";

        /// A short name.
        optional short: OneLine, example "SOHR", seen "on its page";

        /// One or two sentences.
        optional summary: ManyLines, example "A monitoring group in Coventry.",
            seen "on its page, and in search results";

        /// What kind of source it is.
        optional kind: Spanned<KindName>, example "monitor", seen "on its page, and in the list of sources";

        /// The side that it is on: one of `parties` in site.toml, `none` or `unknown`. Without this key the
        /// side is `unknown` if site.toml has parties, or if `kind` is `military`, `government` or
        /// `state-media`; else it is `none`. An unknown side never makes a claim surer.
        optional party: Spanned<PartyName>, example "opposition",
            seen "on its page, and behind the computed status of a claim";

        /// How it knows what it says.
        default sees: OneOf<Sees> = Sees::Unknown, example "network", seen "on its page";

        /// Who owns it. Sources of one owner count as one origin.
        optional owner: OneLine, example "Example Media", seen "on its page, and behind the computed status of a claim";

        /// Sources whose statements it mainly passes on.
        list relays: Once<Spanned<SourceName>>, example ["afp"],
            seen "on its page, and behind the computed status of a claim";

        /// Its own site.
        optional url: PublicAddress, example "https://www.syriahr.com/", seen "on its page";

        /// Ids of sources with similar names that are other sources.
        list not: Once<Spanned<OneLine>>, example ["sohr-network"],
            seen "not shown; similar names are then no warning";

        /// The record was still so then: it was checked, and nothing had changed.
        optional checked: Spanned<Moment>, example "2016-10-03T18:00:00+03:00", seen "on its page, unless the source is protected";

        /// When readers should look for a newer version.
        optional next_due: Moment, example "2016-10-03T21:00:00+03:00", seen "at the top of its page, unless the source is protected";

        /// Earlier addresses of the page. Each redirects to it.
        list aliases: Once<Spanned<Alias>>, example ["observatory.html"], seen "at these addresses";

        /// Exceptions to guards, for this source.
        list allow: ExceptionKeys<'d>, seen "not shown; each build reports them";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }

    pub(super) EventKeys, "an event" {
        /// What happened, in the site's default language.
        required title: Spanned<OneLine>, example "Raid on al-Heluk, 2 October", seen "wherever the event is named";

        /// Titles in other languages of the site.
        table names: ByKey<OneLine>, example { ar = "الغارة" },
            seen "in pages of that language, and on the page of all names";

        /// Other names. Links may use any of them.
        list spellings: Once<Spanned<OneLine>>, example ["the raid"], seen "on the page of all names";

        /// One or two sentences.
        optional summary: ManyLines, example "What each source says about the raid.",
            seen "on its page, and in search results";

        /// The record was still so then: it was checked, and nothing had changed.
        optional checked: Spanned<Moment>, example "2016-10-03T18:00:00+03:00", seen "on its page";

        /// When readers should look for a newer version.
        optional next_due: Moment, example "2016-10-03T21:00:00+03:00", seen "at the top of its page";

        /// Earlier addresses of the page. Each redirects to it.
        list aliases: Once<Spanned<Alias>>, example ["raid.html"], seen "at these addresses";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }
}

/// The keys of `names`, and its values.
type NamesByLanguage = Vec<(Name, Name)>;

impl NeighbourhoodKeys<'_> {
    pub(super) fn into_record(self, file: File<'_>) -> Option<NeighbourhoodRecord> {
        let naming = naming(&self.table, self.names, self.spellings, file.config);
        let base = Base {
            id: file.id(&self.table),
            title: self.title,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
        };
        Some(NeighbourhoodRecord {
            base: base.of(file)?,
            naming,
            currency: Currency { checked: self.checked, next_due: self.next_due },
            parent: self.parent,
            point: self.point.and_then(PointKeys::into_point),
            geometry: self.geometry,
            codes: self.codes.map(CodeKeys::into_codes).unwrap_or_default(),
            not: self.not,
        })
    }
}

impl PointKeys<'_> {
    fn into_point(self) -> Option<MapPoint> {
        Some(MapPoint { lat: self.lat?, lon: self.lon?, precision: self.precision })
    }
}

impl CodeKeys<'_> {
    fn into_codes(self) -> BTreeMap<&'static str, Box<str>> {
        let codes = [("pcode", self.pcode), ("geonames", self.geonames), ("wikidata", self.wikidata)];
        codes.into_iter().filter_map(|(name, code)| Some((name, code?))).collect()
    }
}

impl SourceKeys<'_> {
    pub(super) fn into_record(self, file: File<'_>) -> Option<SourceRecord> {
        let naming = naming(&self.table, self.names, self.spellings, file.config);
        // If the value cannot be read, the page must not say who the source is.
        let is_private = file.path.starts_with("private/");
        let protected = self.protected.unwrap_or_else(|| self.table.has("protected")) || is_private;
        let says_so = self.protected == Some(true);
        if is_private && !says_so && (self.protected.is_some() || !self.table.has("protected")) {
            let message = "a record in private/ is of a protected source";
            let help = "write protected = true, and a `label` that readers may see";
            self.table.error(
                Code::UNPROTECTED_PRIVATE,
                self.table.key_span("protected"),
                message,
                "not protected",
                help,
            );
        }
        check_label(&self.table, protected, self.label.as_ref());
        if protected {
            check_keys_of_pages(&self.table);
        }
        let kind = self.kind.and_then(|kind| known_kind(&self.table, kind, file.config));
        let party = self.party.and_then(|party| known_party(&self.table, party, file.config));
        let has_party = party.is_some();
        let party = party.unwrap_or_else(|| party_by_default(kind.as_ref(), file.config).into());
        let base = Base {
            id: file.id(&self.table).filter(|id| is_source_id(&self.table, &id.value)),
            title: self.title,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
        };
        Some(SourceRecord {
            base: base.of(file)?,
            naming,
            currency: Currency { checked: self.checked, next_due: self.next_due },
            short: self.short,
            kind,
            party,
            has_party,
            sees: self.sees,
            owner: self.owner,
            relays: self.relays,
            url: self.url,
            protected,
            label: self.label.map(|label| label.value),
            not: self.not,
            allow: ExceptionKeys::exceptions(self.allow),
        })
    }
}

fn is_source_id(table: &TomlTable<'_>, id: &Id) -> bool {
    if id.as_str() != UNATTRIBUTED {
        return true;
    }
    let message = format!("\"{UNATTRIBUTED}\" means no source, and has no record");
    table.error_of_file(Code::BAD_ID, message, "rename the file");
    false
}

fn known_kind(table: &TomlTable<'_>, kind: Name, config: &Config) -> Option<KindOfSource> {
    let kinds = &config.source_kinds;
    let id = table.known_word("kind", kind, &kinds.all_ids(), "write one of ")?;
    kinds.named(&id)
}

fn known_party(table: &TomlTable<'_>, party: Name, config: &Config) -> Option<Box<str>> {
    table.known_word("party", party, &config.party_ids(), "the parties of this site are ")
}

/// The side of a source whose record does not say it. Where there are sides, no one is of none unless
/// somebody says so.
fn party_by_default(kind: Option<&KindOfSource>, config: &Config) -> &'static str {
    let speaks_for_a_side = matches!(
        kind,
        Some(KindOfSource::BuiltIn(SourceKind::Military | SourceKind::Government | SourceKind::StateMedia))
    );
    if speaks_for_a_side || !config.parties.is_empty() { "unknown" } else { "none" }
}

/// A protected source needs a label; another has no use for one.
fn check_label(table: &TomlTable<'_>, protected: bool, label: Option<&Name>) {
    if protected && !table.has("label") {
        let help = "write what readers may know, as in label = \"a doctor in the east\"";
        table.missing("label", " if it is protected", help);
    }
    if let Some(label) = label.filter(|_| !protected) {
        let diagnostic = Diagnostic::warning(Code::UNUSED_KEY, "`label` is for protected sources only")
            .at(table.place(label.span))
            .label("not shown");
        table.report(diagnostic.help("set protected = true, or remove it"));
    }
}

/// Reports keys that only a page shows: a protected source has none.
fn check_keys_of_pages(table: &TomlTable<'_>) {
    for key in ["checked", "next_due"].into_iter().filter(|key| table.has(key)) {
        let message = format!("`{key}` is for sources with a page, and a protected source has none");
        let diagnostic = Diagnostic::warning(Code::UNUSED_KEY, message)
            .at(table.place(table.key_span(key)))
            .label("not shown");
        table.report(diagnostic.help("remove it"));
    }
}

impl EventKeys<'_> {
    pub(super) fn into_record(self, file: File<'_>) -> Option<EventRecord> {
        let naming = naming(&self.table, self.names, self.spellings, file.config);
        let base = Base {
            id: file.id(&self.table),
            title: self.title,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
        };
        let currency = Currency { checked: self.checked, next_due: self.next_due };
        Some(EventRecord { base: base.of(file)?, naming, currency })
    }
}

/// Reports names in languages that the site does not have.
fn naming(table: &TomlTable<'_>, entries: NamesByLanguage, spellings: Vec<Name>, config: &Config) -> Naming {
    let mut names = BTreeMap::new();
    for (language, name) in entries {
        if config.has_language(&language.value) {
            names.insert(language.value, name);
        } else {
            report_no_language(table, &language, config);
        }
    }
    Naming { names, spellings }
}

fn report_no_language(table: &TomlTable<'_>, language: &Name, config: &Config) {
    let shown = shown(&language.value);
    let listed = config.languages.iter().map(|code| &**code);
    let help = match did_you_mean(&language.value, listed) {
        Some(near) if language.value.to_lowercase() == near => format!("write `{near}`"),
        _ => format!("add \"{shown}\" to `languages` in site.toml, or remove the name"),
    };
    let message = format!("`{shown}` is not a language of this site");
    table.error(Code::UNKNOWN_LANGUAGE, language.span, message, "not in `languages`", help);
}
