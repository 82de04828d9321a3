//! Shortcodes of Hugo, `{{< name … >}}` and `{{% name … %}}`, as Markdown where there is an exact equivalent.

use super::edits::TextFindings;
use super::link_map::LinkMap;
use super::other_site::OtherPage;
use super::shortcodes::{Shortcode, arguments, end_of_tag, fence, figure, link_to_embedded, report};

/// A shortcode with its place.
struct PlacedShortcode {
    shortcode: Shortcode,
    begin: usize,
    end: usize,
    is_closing: bool,
}

/// What to change in a body, and what stays.
#[must_use]
pub fn translate(page: &OtherPage, body: &str, links: &LinkMap) -> TextFindings {
    let mut findings = TextFindings::default();
    let mut at = 0;
    while let Some(found) = next(body, at, &mut findings) {
        at = found.end;
        if found.is_closing {
            continue;
        }
        let name = found.shortcode.name.as_str();
        let replacement = match name {
            "figure" => figure(&found.shortcode),
            "ref" | "relref" => {
                found.shortcode.argument("path", 0).and_then(|reference| links.named(page, reference))
            }
            "highlight" => match highlighted(body, &found, &mut at) {
                Some(code) => {
                    findings.edit(found.begin..at, code);
                    continue;
                }
                None => None,
            },
            _ => link_to_embedded(&found.shortcode),
        };
        match replacement {
            Some(replacement) => findings.edit(found.begin..found.end, replacement),
            None => report(&mut findings, found.begin, "shortcode", name),
        }
    }
    findings
}

/// The next shortcode from a byte on. What is only shown as one, `{{</* name */>}}`, is put right on the way.
fn next(body: &str, from: usize, findings: &mut TextFindings) -> Option<PlacedShortcode> {
    let mut at = from;
    loop {
        let begin = at + body[at..].find("{{")?;
        let inner = begin + 3;
        let closing = match body.as_bytes().get(begin + 2) {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => {
                at = begin + 2;
                continue;
            }
        };
        let end = inner + end_of_tag(&body[inner..], closing)?;
        let text = body[inner..end].trim();
        if let Some(shown) = text.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")) {
            findings.edit(inner..end, shown);
            at = end + closing.len();
            continue;
        }
        let is_closing = text.starts_with('/');
        let text = text.trim_start_matches('/').trim_end_matches('/').trim();
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let shortcode = Shortcode { name: name.to_owned(), arguments: arguments(rest, &[' ', '\t', '\n']) };
        return Some(PlacedShortcode { shortcode, begin, end: end + closing.len(), is_closing });
    }
}

/// The fence for a `highlight`, whose end is put into `at`.
fn highlighted(body: &str, opening: &PlacedShortcode, at: &mut usize) -> Option<String> {
    let mut ignored = TextFindings::default();
    let closing = next(body, opening.end, &mut ignored)?;
    if !closing.is_closing || closing.shortcode.name != "highlight" {
        return None;
    }
    let language = opening.shortcode.argument("lang", 0).unwrap_or_default();
    *at = closing.end;
    Some(fence(language, &body[opening.end..closing.begin]))
}
