//! The registry of diagnostics: every code once, with its severities and its documentation.
//!
//! Owns what `bulletin explain CODE` prints and what docs/diagnostics.md is generated from. Does
//! not make diagnostics: each stage does, and names the code by its constant.
//!
//! Invariant: a code is never renamed and never used for another fact; scripts rely on them.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::Severity;

/// Declares the codes of one area. The doc comment of a code is its documentation for users too.
/// Above the modules: a macro is in scope only below its definition.
macro_rules! codes {
    ($title:literal; $($(#[doc = $line:literal])+ $constant:ident = $name:literal, $($severity:ident)|+;)+) => {
        impl super::Code {
            $(
                $(#[doc = $line])+
                pub const $constant: Self = Self(&super::Entry {
                    name: $name,
                    severities: &[$(crate::diag::Severity::$severity),+],
                    docs: concat!($($line, "\n"),+),
                });
            )+
        }

        pub(super) const AREA: super::Area =
            super::Area { title: $title, codes: &[$(super::Code::$constant),+] };
    };
}
mod claims;
mod files;
mod front_matter;
mod languages;
mod links;
mod names;
mod output;
mod pages;
mod protection;
mod setup;
mod text;
mod themes;

/// The name of a kind of diagnostic. Only the constants of this module exist, so that an unknown
/// code does not compile.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

struct Entry {
    name: &'static str,
    severities: &'static [Severity],
    /// Markdown: a sentence, a paragraph and an example.
    docs: &'static str,
}

/// Codes that belong together in the documentation.
pub struct Area {
    pub title: &'static str,
    pub codes: &'static [Code],
}

/// Every code there is.
pub const AREAS: [Area; 12] = [
    setup::AREA,
    front_matter::AREA,
    names::AREA,
    claims::AREA,
    protection::AREA,
    files::AREA,
    text::AREA,
    links::AREA,
    languages::AREA,
    themes::AREA,
    pages::AREA,
    output::AREA,
];

impl Code {
    /// In kebab case, as messages show it in brackets.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The severities that diagnostics of this code can have.
    #[must_use]
    pub fn severities(self) -> &'static [Severity] {
        self.0.severities
    }

    /// What it means, in one sentence of Markdown.
    #[must_use]
    pub fn summary(self) -> String {
        self.parts().0
    }

    /// Why it matters and what to do, as a paragraph of Markdown.
    #[must_use]
    pub fn explanation(self) -> String {
        self.parts().1
    }

    /// What causes it, or how it looks: the language of the example and its lines.
    #[must_use]
    pub fn example(self) -> (&'static str, String) {
        self.parts().2
    }

    /// The doc comment: a sentence, a paragraph and a fenced block.
    fn parts(self) -> (String, String, (&'static str, String)) {
        let mut lines = self.0.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        let summary: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let explanation: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let language = lines.next().unwrap_or_default().trim_start_matches('`');
        let example: Vec<&str> = lines.take_while(|line| *line != "```").collect();
        (summary.join(" "), explanation.join(" "), (language, example.join("\n")))
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name() == name)
    }

    pub fn all() -> impl Iterator<Item = Self> {
        AREAS.iter().flat_map(|area| area.codes.iter().copied())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
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
