//! The keys whose values are picked from what the site has.
//!
//! Owns the list. The readers of these keys take a text, and compare it with the whole site later.

use crate::toml::TableDoc;

/// What the values of a key are picked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The ids of the files of a collection.
    Records(&'static str),
    /// `topics` of site.toml.
    Topics,
    /// `parties` of site.toml, and the built-in ones.
    Parties,
    /// The built-in kinds, and `source_kinds` of site.toml.
    SourceKinds,
}

pub const BRIEFINGS: &str = "briefings";
pub const NEIGHBOURHOODS: &str = "neighbourhoods";
pub const SOURCES: &str = "sources";
pub const EVENTS: &str = "events";
pub const PAGES: &str = "pages";

/// The noun of a table, a key of it, and what its values are.
pub(super) const PICKERS: [(&str, &str, Picked); 17] = [
    ("a briefing", "neighbourhoods", Picked::Records(NEIGHBOURHOODS)),
    ("a briefing", "sources", Picked::Records(SOURCES)),
    ("a claim", "source", Picked::Records(SOURCES)),
    ("a claim", "via", Picked::Records(SOURCES)),
    ("a claim", "neighbourhoods", Picked::Records(NEIGHBOURHOODS)),
    ("a claim", "event", Picked::Records(EVENTS)),
    ("a claim", "topic", Picked::Topics),
    ("an include", "source", Picked::Records(SOURCES)),
    ("an include", "via", Picked::Records(SOURCES)),
    ("an include", "neighbourhoods", Picked::Records(NEIGHBOURHOODS)),
    ("an include", "topic", Picked::Topics),
    ("a neighbourhood", "parent", Picked::Records(NEIGHBOURHOODS)),
    ("a neighbourhood", "not", Picked::Records(NEIGHBOURHOODS)),
    ("a source", "relays", Picked::Records(SOURCES)),
    ("a source", "not", Picked::Records(SOURCES)),
    ("a source", "party", Picked::Parties),
    ("a source", "kind", Picked::SourceKinds),
];

pub fn of(table: &TableDoc, key: &str) -> Option<Picked> {
    let known = PICKERS.iter().find(|(noun, name, _)| *noun == table.noun && *name == key);
    known.map(|(_, _, picked)| *picked)
}
