//! What every host says of a file: policy, type, and how long it may be kept.
//!
//! Owns the values. The content security policy of a page is in the page, since it names the hashes of its styles; here
//! is what only a server can say.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::file_formats::{FONT_ENDINGS, PLAIN_TEXT_ENDINGS, media_type};

/// Pages say what is known now: a reader must have a correction a minute later. They may be shown after that if nothing
/// newer can be had, so that `must-revalidate` is not there.
pub const PAGES_ARE_KEPT: &str = "public, max-age=60";
/// A picture may be replaced for the safety of a person in it.
pub const FILES_ARE_KEPT: &str = "public, max-age=300";

/// Said of every file. Frames of the site's own pages stay possible: an editor in `admin/` shows a preview in one.
pub const POLICY: [(&str, &str); 5] = [
    ("Content-Security-Policy", "frame-ancestors 'self'"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
];

/// How long a file may be kept: the value of `Cache-Control`.
#[must_use]
pub fn cache_control(path: &str) -> &'static str {
    if is_text(&media_type(path)) { PAGES_ARE_KEPT } else { FILES_ARE_KEPT }
}

pub fn is_text(media_type: &str) -> bool {
    media_type.ends_with(CHARSET)
}

pub const CHARSET: &str = "; charset=utf-8";

/// Endings of files that a site can have, besides texts and fonts.
const OTHER_ENDINGS: [&str; 28] = [
    "html", "htm", "atom", "xml", "js", "mjs", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
    "pdf", "mp3", "m4a", "ogg", "opus", "wav", "mp4", "webm", "ogv", "zip", "gz", "odt", "ods", "xlsx",
];

/// The endings of each media type. Neither has anything that a configuration must quote.
pub fn endings_by_type() -> BTreeMap<String, Vec<&'static str>> {
    let mut by_type: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for ending in PLAIN_TEXT_ENDINGS.iter().chain(FONT_ENDINGS).chain(&OTHER_ENDINGS) {
        by_type.entry(media_type(&format!("file.{ending}"))).or_default().push(ending);
    }
    // Whatever has no type is sent as this one.
    by_type.remove("application/octet-stream");
    by_type
}

/// The path of the site on its server, with `/` at both ends; `None` if `base_url` has one that a configuration would
/// have to quote.
pub fn folder_on_server(config: &Config) -> Option<String> {
    let url = config.base_url.as_deref().unwrap_or("https://example.org/");
    let (_, path) = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'))?;
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/-_.~".contains(c));
    is_plain.then(|| format!("/{path}"))
}

/// What a configuration says if its path is not known.
pub const UNKNOWN_FOLDER: &str =
    "# The path of base_url has signs that this file would have to quote: write it yourself.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_data_are_kept_for_a_minute_and_pictures_for_five() {
        for path in ["index.html", "a/b.txt", "feed.atom", "data/claims.csv", "SHA256SUMS", "map.svg"] {
            assert_eq!(cache_control(path), PAGES_ARE_KEPT, "{path}");
        }
        for path in ["photo.jpg", "report.pdf", "search/x.pf_fragment"] {
            assert_eq!(cache_control(path), FILES_ARE_KEPT, "{path}");
        }
    }

    #[test]
    fn types_and_endings_need_no_quotes_and_no_ending_has_two_types() {
        let by_type = endings_by_type();
        let mut seen = std::collections::BTreeSet::new();
        for (media_type, endings) in &by_type {
            let name = media_type.strip_suffix(CHARSET).unwrap_or(media_type);
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/+-.".contains(&b)), "{media_type}");
            for ending in endings {
                assert!(ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{ending}");
                assert!(seen.insert(*ending), "{ending}");
            }
        }
    }

    #[test]
    fn the_folder_on_the_server_is_that_of_base_url() {
        let check = |url: Option<&str>| {
            folder_on_server(&Config { base_url: url.map(Into::into), ..Config::default() })
        };
        assert_eq!(check(None).as_deref(), Some("/"));
        assert_eq!(check(Some("https://a.example/")).as_deref(), Some("/"));
        assert_eq!(check(Some("https://a.example/b/c/")).as_deref(), Some("/b/c/"));
        assert_eq!(check(Some("https://a.example/%D8%AD/")).as_deref(), Some("/ح/"));
        assert_eq!(check(Some("https://a.example/$a/")), None);
        assert_eq!(check(Some("https://a.example/%7B%0A/")), None);
    }
}
