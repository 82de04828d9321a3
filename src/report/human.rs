//! Diagnostics for people: the line, carets below it, and what helps.

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Drawn, Label, Severity as DrawnSeverity};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::{Color, ColorSpec, WriteColor};

use super::harmless::{harmless, harmless_lines};
use crate::diag::{Diagnostic, Place, Severity};

/// How many warnings or notes that say the same are shown to people one by one.
const MOST_ALIKE: usize = 10;

/// Of many warnings or notes that say the same, the first few and how many there are more.
pub(super) fn write(out: &mut dyn WriteColor, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let mut alike: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        *alike.entry(what(diagnostic)).or_default() += 1;
    }
    let mut shown: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let what = what(diagnostic);
        let shown = shown.entry(what).or_default();
        *shown += 1;
        let more = alike[&what] - MOST_ALIKE.min(alike[&what]);
        // One line instead of one diagnostic would say less.
        if diagnostic.is_error() || *shown <= MOST_ALIKE || more == 1 {
            one(out, diagnostic)?;
        } else if *shown == MOST_ALIKE + 1 {
            let message = format!("{more} more of these: {}", diagnostic.message);
            let rest = Diagnostic::new(diagnostic.severity, diagnostic.code, message);
            one(out, &rest.help("`--format short` lists every one in a line"))?;
        }
    }
    Ok(())
}

/// What a diagnostic says, wherever it is.
fn what(diagnostic: &Diagnostic) -> (&str, &str, &str) {
    (diagnostic.severity.word(), diagnostic.code.name(), &diagnostic.message)
}

/// A diagnostic about a file as a whole has no line to draw.
fn of_whole_file(out: &mut dyn WriteColor, diagnostic: &Diagnostic, place: &Place) -> io::Result<()> {
    let colour = if diagnostic.is_error() { Color::Red } else { Color::Yellow };
    out.set_color(ColorSpec::new().set_fg(Some(colour)).set_bold(true))?;
    write!(out, "{}[{}]", diagnostic.severity.word(), diagnostic.code)?;
    out.set_color(ColorSpec::new().set_bold(true))?;
    writeln!(out, ": {}", harmless(&diagnostic.message))?;
    out.reset()?;
    writeln!(out, "  ┌─ {}:{}:{}", harmless(&place.file), place.line, place.column)?;
    if !diagnostic.label.is_empty() {
        writeln!(out, "  = {}", harmless(&diagnostic.label))?;
    }
    for (place, label) in &diagnostic.related {
        writeln!(out, "  ┌─ {}:{}:{}", harmless(&place.file), place.line, place.column)?;
        writeln!(out, "  = {}", harmless(label))?;
    }
    for help in &diagnostic.help {
        writeln!(out, "  = help: {}", harmless_lines(help, "          "))?;
    }
    writeln!(out)
}

fn one(out: &mut dyn WriteColor, diagnostic: &Diagnostic) -> io::Result<()> {
    if let Some(place) = diagnostic.place.as_ref().filter(|place| place.excerpt.is_empty()) {
        return of_whole_file(out, diagnostic, place);
    }
    let lines = ExcerptLines::of(diagnostic);
    let labels = lines.0.iter().enumerate().map(|(id, line)| {
        let label = if id == 0 && line.is_primary {
            Label::primary(id, line.mark.clone())
        } else {
            Label::secondary(id, line.mark.clone())
        };
        label.with_message(line.label.clone())
    });
    let severity = match diagnostic.severity {
        Severity::Error => DrawnSeverity::Error,
        Severity::Warning => DrawnSeverity::Warning,
        Severity::Note => DrawnSeverity::Note,
    };
    let drawn = Drawn::new(severity)
        .with_code(diagnostic.code.name())
        .with_message(harmless(&diagnostic.message))
        .with_labels(labels.collect())
        .with_notes(
            diagnostic.help.iter().map(|help| format!("help: {}", harmless_lines(help, "      "))).collect(),
        );
    let config = term::Config::default();
    term::emit_to_write_style(out, &config, &lines, &drawn).map_err(|error| match error {
        // Its kind says whether the reader has gone away.
        Error::Io(error) => error,
        error => io::Error::other(error),
    })
}

/// The lines that a diagnostic points into, each as a file of one line.
struct ExcerptLines(Vec<Line>);

struct Line {
    file: String,
    number: usize,
    /// Of the first character of `text`, from 1: a long line is shown in part.
    first_column: usize,
    text: String,
    mark: Range<usize>,
    label: String,
    is_primary: bool,
}

impl ExcerptLines {
    fn of(diagnostic: &Diagnostic) -> Self {
        let primary = diagnostic.place.iter().map(|place| Line::new(place, &diagnostic.label, true));
        let related = diagnostic.related.iter().map(|(place, label)| Line::new(place, label, false));
        Self(primary.chain(related).collect())
    }
}

impl Line {
    fn new(place: &Place, label: &str, is_primary: bool) -> Self {
        let before = harmless(&place.excerpt[..place.mark.start]);
        let marked = harmless(&place.excerpt[place.mark.clone()]);
        let after = harmless(&place.excerpt[place.mark.end..]);
        let mark = before.len()..before.len() + marked.len();
        Self {
            file: harmless(&place.file),
            number: place.line as usize,
            first_column: place.column as usize
                - place.excerpt[..place.mark.start].chars().count().min(place.column as usize - 1),
            text: before + &marked + &after,
            mark,
            label: harmless(label),
            is_primary,
        }
    }
}

impl<'a> Files<'a> for ExcerptLines {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|line| line.file.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|line| line.text.as_str()).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, _: usize, _: usize) -> Result<usize, Error> {
        Ok(0)
    }

    fn line_number(&'a self, id: usize, _: usize) -> Result<usize, Error> {
        self.0.get(id).map(|line| line.number).ok_or(Error::FileMissing)
    }

    fn column_number(&'a self, id: usize, _: usize, byte: usize) -> Result<usize, Error> {
        let line = self.0.get(id).ok_or(Error::FileMissing)?;
        let before = line.text.get(..byte).unwrap_or(&line.text);
        Ok(line.first_column + before.chars().count())
    }

    fn line_range(&'a self, id: usize, _: usize) -> Result<Range<usize>, Error> {
        self.0.get(id).map(|line| 0..line.text.len()).ok_or(Error::FileMissing)
    }
}
