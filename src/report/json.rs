//! Diagnostics as JSON: an object a line.

use std::io::{self, Write};

use super::harmless::is_harmful;
use crate::diag::{Cause, Diagnostic, Place};

pub(super) fn write(out: &mut dyn Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(place, label)| serde_json::json!({ "place": place_as_json(place), "label": label }))
        .collect();
    let mut object = serde_json::json!({
        "severity": diagnostic.severity.word(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "place": diagnostic.place.as_ref().map(place_as_json),
        "label": diagnostic.label,
        "related": related,
        "help": diagnostic.help,
    });
    // Only an error decides how the program ends.
    if diagnostic.is_error() {
        object["exit"] = match diagnostic.cause {
            Cause::Content => 1.into(),
            Cause::Setup => 2.into(),
            Cause::Removals => 3.into(),
        };
    }
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
