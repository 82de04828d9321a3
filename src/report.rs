//! Shows diagnostics to people and to programs.
//!
//! Owns the three formats, what is made harmless before it reaches a terminal, and how many that say the same
//! are shown to people. Decides nothing else about them: order and content come as they are.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Drawn, Label, Severity as DrawnSeverity};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::{Color, ColorSpec, NoColor, WriteColor};

use crate::diag::{Cause, Diagnostic, Place, Severity};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the line and carets.
    Human,
    /// `file:line:column: severity[code]: message`
    Short,
    /// An object a line.
    Json,
}

/// How many warnings or notes that say the same are shown to people one by one.
const MOST_ALIKE: usize = 10;

/// Writes the diagnostics in the order given.
///
/// # Errors
/// Of the writer.
pub fn write(out: &mut dyn WriteColor, format: Format, diagnostics: &[Diagnostic]) -> io::Result<()> {
    match format {
        Format::Human => all_human(out, diagnostics),
        Format::Short => diagnostics.iter().try_for_each(|diagnostic| short(out, diagnostic)),
        Format::Json => diagnostics.iter().try_for_each(|diagnostic| json(out, diagnostic)),
    }
}

/// Of many warnings or notes that say the same, the first few and how many there are more.
fn all_human(out: &mut dyn WriteColor, diagnostics: &[Diagnostic]) -> io::Result<()> {
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
            human(out, diagnostic)?;
        } else if *shown == MOST_ALIKE + 1 {
            let message = format!("{more} more of these: {}", diagnostic.message);
            let rest = Diagnostic::new(diagnostic.severity, diagnostic.code, message);
            human(out, &rest.help("`--format short` lists every one in a line"))?;
        }
    }
    Ok(())
}

/// What a diagnostic says, wherever it is.
fn what(diagnostic: &Diagnostic) -> (&str, &str, &str) {
    (diagnostic.severity.word(), diagnostic.code.name(), &diagnostic.message)
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

fn json(out: &mut dyn Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(place, label)| serde_json::json!({ "place": place_as_json(place), "label": label }))
        .collect();
    let object = serde_json::json!({
        "severity": diagnostic.severity.word(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "place": diagnostic.place.as_ref().map(place_as_json),
        "label": diagnostic.label,
        "related": related,
        "help": diagnostic.help,
        "exit": match diagnostic.cause { Cause::Content => 1, Cause::Setup => 2 },
    });
    writeln!(out, "{}", json_line(&object))
}

/// `mark` is where the marked part of `excerpt` begins and ends, in Unicode scalar values from 0.
fn place_as_json(place: &Place) -> serde_json::Value {
    let offset = |byte: usize| place.excerpt[..byte].chars().count();
    serde_json::json!({
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "excerpt": place.excerpt,
        "mark": { "start": offset(place.mark.start), "end": offset(place.mark.end) },
    })
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
    for help in &diagnostic.help {
        writeln!(out, "  = help: {}", harmless_lines(help, "          "))?;
    }
    writeln!(out)
}

fn human(out: &mut dyn WriteColor, diagnostic: &Diagnostic) -> io::Result<()> {
    if let Some(place) = diagnostic.place.as_ref().filter(|place| place.excerpt.is_empty())
        && diagnostic.related.is_empty()
    {
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

/// Like [`harmless`], for a text of several lines: those after the first are indented.
#[must_use]
pub fn harmless_lines(text: &str, indent: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join(&format!("\n{indent}"))
}

/// What could move a terminal's cursor or turn its text around becomes U+FFFD.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\t' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An object in a line: what a terminal or a reader of lines would take for a command is escaped.
#[must_use]
pub fn json_line(object: &serde_json::Value) -> String {
    let mut line = String::new();
    for c in object.to_string().chars() {
        match is_harmful(c) {
            // The JSON has such a character only within a string.
            true => line.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => line.push(c),
        }
    }
    line
}
