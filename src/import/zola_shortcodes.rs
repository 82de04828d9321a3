//! Shortcodes of Zola, `{{ name(…) }}` and `{% name(…) %} … {% end %}`, as Markdown where there is an exact
//! equivalent.
//!
//! Each site of Zola defines its own: those that are named and called as a picture or a video are taken for one.

use super::edits::TextFindings;
use super::shortcodes::{Shortcode, arguments, end_of_tag, figure, link_to_embedded, report};

/// What to change in a body, and what stays.
#[must_use]
pub fn translate(body: &str) -> TextFindings {
    let mut findings = TextFindings::default();
    let mut at = 0;
    while let Some(offset) = body[at..].find('{') {
        let begin = at + offset;
        at = begin + 1;
        let closing = match body.as_bytes().get(begin + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => continue,
        };
        let inner = begin + 2;
        let Some(length) = end_of_tag(&body[inner..], closing) else { continue };
        let end = inner + length + closing.len();
        let text = body[inner..inner + length].trim();
        if let Some(shown) = text.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")) {
            findings.edit(inner..inner + length, shown);
            at = end;
        } else if let Some(shortcode) = call(text) {
            translate_one(&shortcode, begin, end, &mut findings);
            at = end;
        }
    }
    findings
}

fn translate_one(shortcode: &Shortcode, begin: usize, end: usize, findings: &mut TextFindings) {
    let replacement = match shortcode.name.as_str() {
        "figure" | "image" | "img" => figure(shortcode),
        _ => link_to_embedded(shortcode),
    };
    match replacement {
        Some(replacement) => findings.edit(begin..end, replacement),
        None => report(findings, begin, "shortcode", &shortcode.name),
    }
}

/// `name(key=value, …)`; other braces are text.
fn call(text: &str) -> Option<Shortcode> {
    let (name, rest) = text.split_once('(')?;
    let rest = rest.strip_suffix(')')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
    is_name.then(|| Shortcode { name: name.to_owned(), arguments: arguments(rest, &[' ', ',', '\n', '\t']) })
}
