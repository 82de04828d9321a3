//! Shows diagnostics to people and to programs.
//!
//! Owns the formats, what is made harmless before it reaches a terminal, and how many that say the same
//! are shown to people. Decides nothing else about them: order and content come as they are.

mod github;
mod harmless;
mod human;
mod json;
mod sarif;

use std::io::{self, Write};

use codespan_reporting::term::termcolor::{NoColor, WriteColor};

use crate::diag::Diagnostic;
pub use harmless::{harmless, harmless_lines};
pub use json::json_line;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the line and carets.
    Human,
    /// `file:line:column: severity[code]: message`
    Short,
    /// An object a line.
    Json,
    /// Commands that GitHub shows as annotations of a change.
    Github,
    /// One SARIF 2.1.0 document, which forges and editors read.
    Sarif,
}

impl Format {
    /// Whether a program reads it, which would stumble over a sentence.
    #[must_use]
    pub fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }

    /// Whether it is read at the desk, and not kept by a forge or another program for others to see.
    #[must_use]
    pub fn stays_at_the_desk(self) -> bool {
        matches!(self, Self::Human | Self::Short)
    }

    /// Whether its readers know files by their path in the repository rather than in the site.
    #[must_use]
    pub fn names_files_from_outside(self) -> bool {
        matches!(self, Self::Github | Self::Sarif)
    }
}

/// Writes the diagnostics in the order given.
///
/// # Errors
/// Of the writer.
pub fn write(out: &mut dyn WriteColor, format: Format, diagnostics: &[Diagnostic]) -> io::Result<()> {
    match format {
        Format::Human => human::write(out, diagnostics),
        Format::Short => diagnostics.iter().try_for_each(|diagnostic| short(out, diagnostic)),
        Format::Json => diagnostics.iter().try_for_each(|diagnostic| json::write(out, diagnostic)),
        Format::Github => diagnostics.iter().try_for_each(|diagnostic| github::write(out, diagnostic)),
        Format::Sarif => sarif::write(out, diagnostics),
    }
}

/// As text without colour, for tests and for a page.
#[must_use]
pub fn text(format: Format, diagnostics: &[Diagnostic]) -> String {
    let mut out = NoColor::new(Vec::new());
    write(&mut out, format, diagnostics).expect("memory takes every write");
    String::from_utf8_lossy(&out.into_inner()).into_owned()
}

fn short(out: &mut dyn Write, diagnostic: &Diagnostic) -> io::Result<()> {
    if let Some(place) = &diagnostic.place {
        write!(out, "{}:{}:{}: ", harmless(&place.file), place.line, place.column)?;
    }
    let severity = diagnostic.severity.word();
    writeln!(out, "{severity}[{}]: {}", diagnostic.code, harmless(&diagnostic.message))
}
