//! Diagnostics as workflow commands of GitHub, which shows them next to the lines of a change.

use std::io::{self, Write};

use super::harmless::harmless;
use crate::diag::{Diagnostic, Severity};

pub(super) fn write(out: &mut dyn Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = diagnostic
        .place
        .as_ref()
        .map(|place| format!("file={},line={},col={},", property(&place.file), place.line, place.column));
    let facts = [diagnostic.message.as_str()].into_iter().map(str::to_owned);
    let related = diagnostic
        .related
        .iter()
        .map(|(place, label)| format!("{}:{}:{}: {label}", place.file, place.line, place.column));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let lines: Vec<String> = facts.chain(related).chain(help).collect();
    let place = place.unwrap_or_default();
    writeln!(out, "::{command} {place}title={}::{}", diagnostic.code, text(&lines.join("\n")))
}

/// Text behind `::`. A line break or a percent sign would end it or be decoded.
fn text(text: &str) -> String {
    let lines = text.split('\n').map(|line| harmless(line).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
