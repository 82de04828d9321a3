//! The media type that a file is sent with.
//!
//! Owns what a server says of each output, in a preview and in object storage. Knows the name of a file alone.

use mime_guess::mime::{self, Mime};

/// The value of `Content-Type`; texts are UTF-8.
#[must_use]
pub fn media_type(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let guess = match name {
        "feed.json" => "application/feed+json".parse().unwrap_or(mime::APPLICATION_JSON),
        name if !name.contains('.') => mime::TEXT_PLAIN,
        // Keys and signatures of minisign; by itself `pub` is a format of Microsoft.
        name if name.ends_with(".pub") || name.ends_with(".minisig") => mime::TEXT_PLAIN,
        name => mime_guess::from_path(name).first_or_octet_stream(),
    };
    if is_text(&guess) { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.to_string() }
}

fn is_text(guess: &Mime) -> bool {
    let structured = |name: &str| matches!(name, "xml" | "json" | "javascript");
    guess.type_() == mime::TEXT
        || structured(guess.subtype().as_str())
        || guess.suffix().is_some_and(|suffix| structured(suffix.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_that_they_are_utf_8() {
        let check = |path: &str, expected: &str| assert_eq!(media_type(path), expected, "{path}");
        check("ar/index.html", "text/html; charset=utf-8");
        check("a.b/x.txt", "text/plain; charset=utf-8");
        check("feed.atom", "application/atom+xml; charset=utf-8");
        check("ar/feed.json", "application/feed+json; charset=utf-8");
        check("data/claims.json", "application/json; charset=utf-8");
        check("data/claims.csv", "text/csv; charset=utf-8");
        check("data/neighbourhoods.geojson", "application/geo+json; charset=utf-8");
        check("sitemap.xml", "text/xml; charset=utf-8");
        check("search.js", "text/javascript; charset=utf-8");
        check("map.svg", "image/svg+xml; charset=utf-8");
        check("SHA256SUMS", "text/plain; charset=utf-8");
        check("minisign.pub", "text/plain; charset=utf-8");
        check("SHA256SUMS.minisig", "text/plain; charset=utf-8");
        check("photo.jpg", "image/jpeg");
        check("report.pdf", "application/pdf");
        check("pagefind/x.pf_fragment", "application/octet-stream");
    }
}
