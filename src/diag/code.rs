//! A code: the name of a kind of diagnostic, with its documentation.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::severity::Severity;

/// The name of a kind of diagnostic. Only the constants of this module exist, so that an unknown
/// code does not compile.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Code(&'static CodeEntry);

pub struct CodeEntry {
    pub name: &'static str,
    pub severities: &'static [Severity],
    /// Markdown: a sentence, a paragraph and an example.
    pub docs: &'static str,
}

/// Codes that belong together in the documentation.
pub struct CodeArea {
    pub title: &'static str,
    pub codes: &'static [Code],
}

impl Code {
    pub(super) const fn new(entry: &'static CodeEntry) -> Self {
        Self(entry)
    }

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

/// Declares the codes of one area. The doc comment of a code is its documentation for users too.
macro_rules! codes {
    ($title:literal; $($(#[doc = $line:literal])+ $constant:ident = $name:literal, $($severity:ident)|+;)+) => {
        impl $crate::diag::Code {
            $(
                $(#[doc = $line])+
                pub const $constant: Self = Self::new(&$crate::diag::code::CodeEntry {
                    name: $name,
                    severities: &[$($crate::diag::Severity::$severity),+],
                    docs: concat!($($line, "\n"),+),
                });
            )+
        }

        pub(super) const AREA: $crate::diag::code::CodeArea =
            $crate::diag::code::CodeArea { title: $title, codes: &[$($crate::diag::Code::$constant),+] };
    };
}
