//! The registry of diagnostics: every code once, with its severities and its documentation.
//!
//! Owns what `bulletin explain CODE` prints and what docs/diagnostics.md is generated from. Does
//! not make diagnostics: each stage does, and names the code by its constant.
//!
//! Invariant: a code is never renamed and never used for another fact; scripts rely on them.

mod claims;
mod copies;
mod files;
mod front_matter;
mod languages;
mod links;
mod markup;
mod names;
mod other_sites;
mod output;
mod pages;
mod protection;
mod publishing;
mod setup;
mod tables;
mod text;
mod themes;

use super::code::{Code, CodeArea};

/// Every code there is.
pub const AREAS: [CodeArea; 17] = [
    setup::AREA,
    front_matter::AREA,
    names::AREA,
    claims::AREA,
    tables::AREA,
    protection::AREA,
    files::AREA,
    text::AREA,
    markup::AREA,
    links::AREA,
    other_sites::AREA,
    languages::AREA,
    themes::AREA,
    pages::AREA,
    output::AREA,
    copies::AREA,
    publishing::AREA,
];

impl Code {
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name() == name)
    }

    pub fn all() -> impl Iterator<Item = Self> {
        AREAS.iter().flat_map(|area| area.codes.iter().copied())
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.name().to_owned()
    }
}

impl TryFrom<String> for Code {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::from_name(&name).ok_or("a code of this program")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_is_declared_once() {
        let names: BTreeSet<&str> = Code::all().map(Code::name).collect();
        assert_eq!(names.len(), Code::all().count());
    }

    #[test]
    fn every_code_is_documented() {
        for code in Code::all() {
            let (_, example) = code.example();
            assert!(code.summary().ends_with('.'), "{code} needs one sentence first");
            assert!(code.explanation().ends_with(['.', '`']), "{code} needs a paragraph on what to do");
            assert!(!example.is_empty(), "{code} needs an example in a fenced block");
        }
    }
}
