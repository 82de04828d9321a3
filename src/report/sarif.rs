//! Diagnostics as one SARIF 2.1.0 document (OASIS).

use std::collections::BTreeSet;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::json::json_line;
use crate::diag::{Code, Diagnostic, Place, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What a relative URI needs no percent sign for.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

pub(super) fn write(out: &mut dyn Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bulletin",
                "rules": codes.into_iter().filter_map(Code::from_name).map(rule).collect::<Vec<_>>(),
            }},
            // Columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    writeln!(out, "{}", json_line(&document))
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": code.explanation() },
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    let text =
        [&diagnostic.message].into_iter().chain(&diagnostic.help).cloned().collect::<Vec<_>>().join("\n");
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "message": { "text": text },
        "locations": diagnostic.place.iter().map(location).collect::<Vec<_>>(),
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|(place, label)| {
            let mut location = location(place);
            location["message"] = json!({ "text": label });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": utf8_percent_encode(&place.file, PATH).to_string() },
        "region": region(place),
    }})
}

fn region(place: &Place) -> Value {
    let marked = place.excerpt[place.mark.clone()].chars().count();
    let mut region = json!({ "startLine": place.line, "startColumn": place.column });
    if marked > 0 {
        region["endColumn"] = json!(place.column as usize + marked);
    }
    region
}
