//! Old addresses: how other generators make them from names, and how a redirect of ours is written for one.

use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::paths::OutPath;

/// The path that a redirect for an address needs: it ends in .html. `None` if no file can have it.
#[must_use]
pub fn alias(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_folder = path.ends_with('/');
    let path = path.trim_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let alias = match name.rsplit_once('.') {
        _ if path.is_empty() => return None,
        Some((_, "html")) if !is_folder => path.to_owned(),
        Some((_, "htm")) if !is_folder => format!("{path}l"),
        _ => format!("{path}/index.html"),
    };
    OutPath::new(alias.as_str()).ok()?;
    Some(alias)
}

/// What two addresses of one page share, with and without `index.html` and a slash at the end.
#[must_use]
pub fn address_key(address: &str) -> Option<String> {
    let alias = alias(address)?;
    let key = alias.strip_suffix("/index.html").or(alias.strip_suffix(".html")).unwrap_or(&alias);
    Some(key.to_lowercase())
}

/// The path of an address on the server of the other site; `None` on another server.
#[must_use]
pub fn path_on_server<'a>(address: &'a str, base_url: &str) -> Option<&'a str> {
    let server = without_scheme(base_url).trim_end_matches('/');
    if !address.contains("://") {
        let folder = server.find('/').map_or("", |at| &server[at..]);
        let inside = address.strip_prefix(folder).filter(|rest| rest.starts_with('/'));
        return Some(inside.unwrap_or(address));
    }
    let rest = without_scheme(address).strip_prefix(server).filter(|_| !server.is_empty())?;
    if rest.is_empty() { Some("/") } else { rest.starts_with('/').then_some(rest) }
}

fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// A name in an address of Hugo: small letters, `-` for spaces, letters of every script.
#[must_use]
pub fn hugo_name(name: &str) -> String {
    let mut slug = String::new();
    for c in name.trim().to_lowercase().chars() {
        if c.is_alphanumeric() || is_combining_mark(c) || "._-#+~/".contains(c) {
            slug.push(c);
        } else if c.is_whitespace() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}

/// A name in an address of Zola: small ASCII letters. `None` for scripts that it would transliterate.
#[must_use]
pub fn zola_name(name: &str) -> Option<String> {
    let mut slug = String::new();
    for c in name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            c if c.is_alphanumeric() => return None,
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    Some(slug.trim_end_matches('-').to_owned())
}

/// A name in an address of Jekyll: small letters, `-` for all that is no letter or digit.
#[must_use]
pub fn jekyll_name(name: &str) -> String {
    crate::paths::slugify(name)
}

/// The parts of a pattern such as `/:year/:month/:title/`, filled by `value`. `None` if a part is not known.
#[must_use]
pub fn filled(pattern: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut address = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        address.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(after.len());
        address.push_str(&value(&after[..end])?);
        rest = &after[end..];
    }
    address.push_str(rest);
    // A part may be empty.
    while address.contains("//") {
        address = address.replace("//", "/");
    }
    Some(address)
}

/// The parts of a date in patterns of Hugo and Jekyll.
#[must_use]
pub fn date_part(date: Option<Date>, name: &str) -> Option<String> {
    let date = date?;
    Some(match name {
        "year" => format!("{:04}", date.year()),
        "short_year" => format!("{:02}", date.year() % 100),
        "month" => format!("{:02}", date.month()),
        "i_month" => date.month().to_string(),
        "day" => format!("{:02}", date.day()),
        "i_day" => date.day().to_string(),
        "yearday" | "y_day" => format!("{:03}", date.day_of_year()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_ends_in_html() {
        for (address, path) in [
            ("/posts/water/", Some("posts/water/index.html")),
            ("posts/water", Some("posts/water/index.html")),
            ("/2016/10/02/water.html", Some("2016/10/02/water.html")),
            ("/old.htm", Some("old.html")),
            ("/a%20b/", Some("a b/index.html")),
            ("/v1.2/", Some("v1.2/index.html")),
            ("/", None),
            ("/a:b/", None),
            ("/../a/", None),
            ("/%ff/", None),
        ] {
            assert_eq!(alias(address).as_deref(), path, "{address}");
        }
        assert_eq!(address_key("/A/b/index.html"), address_key("a/b"));
        assert_eq!(address_key("/a/b.html"), address_key("/a/b/"));
    }

    #[test]
    fn addresses_on_the_old_server_are_paths() {
        let on = |address: &'static str| path_on_server(address, "https://example.org/blog/");
        assert_eq!(on("http://example.org/blog/a/"), Some("/a/"));
        assert_eq!(on("https://example.org/blogs/"), None);
        assert_eq!(on("https://other.org/blog/"), None);
        assert_eq!(on("/blog/a/"), Some("/a/"));
        assert_eq!(on("/a/"), Some("/a/"));
        assert_eq!(path_on_server("https://example.org/", ""), None);
    }

    #[test]
    fn names_are_those_of_each_generator() {
        assert_eq!(hugo_name("Old Town: Water!"), "old-town-water");
        assert_eq!(hugo_name("ماء حلب"), "ماء-حلب");
        assert_eq!(zola_name("Café & Bar").as_deref(), Some("cafe-bar"));
        assert_eq!(zola_name("ماء"), None);
        assert_eq!(
            filled("/:year/:slug/", &|name| Some(name.to_uppercase())).as_deref(),
            Some("/YEAR/SLUG/")
        );
        assert_eq!(filled("/:a/:b", &|name| (name == "a").then(String::new)), None);
    }
}
