//! The targets of destinations in Markdown: in the site, or outside of it.
//!
//! Owns the allow-list of schemes (law 7) and how a relative destination resolves (as on
//! GitHub). Does not know whether a target exists.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;

use super::characters::{is_bidi_control, is_control};
use crate::config::is_of_onion_service;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::file_formats::Recording;
use crate::fold::with_ascii_marks;
use crate::images::is_picture_name;
use crate::model::Target;
use crate::private::has_credentials;
use crate::sources::is_left_over;
use crate::time::{CalendarPage, Point, Zone};

/// The schemes that an address may have: pages of the site, then what a page may lead to outside of it.
pub(super) const SCHEMES: [&str; 10] =
    ["place", "source", "claim", "date", "http", "https", "mailto", "tel", "sms", "geo"];

#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    Internal(Target),
    /// A URL of an allowed scheme, not yet escaped for HTML.
    External(String),
}

/// Why a destination is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct LinkRefusal {
    code: Code,
    message: String,
    help: Cow<'static, str>,
}

impl LinkRefusal {
    fn new(code: Code, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        Diagnostic::error(self.code, self.message).help(self.help.into_owned())
    }
}

/// `file` has the link; it is relative to the root of the site.
///
/// # Errors
/// Why a page may not link there.
pub fn resolve(file: &str, destination: &str) -> Result<Destination, LinkRefusal> {
    let destination = checked(destination)?;
    if let Some((scheme, rest)) = split_scheme(destination) {
        return with_scheme(&scheme, rest, destination);
    }
    let (path, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    let fragment = decoded(fragment)?;
    let fragment: Box<str> =
        if fragment.is_ascii() { fragment.into() } else { fragment.nfc().collect::<String>().into() };
    if path.is_empty() {
        return Ok(Destination::Internal(Target::Fragment(fragment)));
    }
    let path = resolve_path(file, path)?;
    Ok(Destination::Internal(Target::File { path, fragment }))
}

/// The picture that a destination names.
pub(super) fn resolve_picture(file: &str, destination: &str) -> Result<Target, LinkRefusal> {
    let destination = checked(destination)?;
    match split_scheme(destination) {
        Some((scheme, _)) if matches!(scheme.as_str(), "http" | "https") => Err(LinkRefusal::new(
            Code::REMOTE_PICTURE,
            format!(
                "the picture \"{destination}\" is on another server, which would see who reads this page"
            ),
            "put a copy next to the article, and name that",
        )),
        Some((scheme, _)) if is_internal(&scheme) => Err(not_a_picture(destination)),
        Some((scheme, rest)) => {
            with_scheme(&scheme, rest, destination).and_then(|_| Err(not_a_picture(destination)))
        }
        None if destination.contains('#') => Err(part_of_picture(destination)),
        None => {
            let path = resolve_path(file, destination)?;
            if can_be_shown(&path) { Ok(Target::Picture { path }) } else { Err(not_a_picture(destination)) }
        }
    }
}

/// Whether a page can show or play a file. More is said later of pictures that cannot be published, and of files that are
/// left out.
fn can_be_shown(path: &str) -> bool {
    is_picture_name(path) || Recording::of_name(path).is_some() || path.split('/').any(is_left_over)
}

/// `<img>` shows no recording.
pub(super) fn recording_as_picture(source: &str) -> LinkRefusal {
    let message = format!("\"{source}\" is a recording, which <img> does not play");
    LinkRefusal::new(Code::NOT_A_PICTURE, message, format!("write ![what it shows]({source})"))
}

fn not_a_picture(destination: &str) -> LinkRefusal {
    let message = format!("\"{destination}\" is neither a picture nor a recording that browsers play");
    let target = in_angle_brackets(destination);
    let help = format!(
        "link to it: [what it is]({target}); videos play as .mp4 or .webm, sounds as .mp3, .m4a or .ogg"
    );
    LinkRefusal::new(Code::NOT_A_PICTURE, message, help)
}

/// A picture is shown whole, and a recording is played from its beginning.
fn part_of_picture(destination: &str) -> LinkRefusal {
    let (whole, part) = destination.split_once('#').unwrap_or((destination, ""));
    let message = format!("\"{destination}\" names a part, and only a whole file can be shown");
    let help = if whole.is_empty() {
        format!("link to it: [what it is]({destination})")
    } else {
        format!("take \"#{part}\" off")
    };
    LinkRefusal::new(Code::NOT_A_PICTURE, message, help)
}

/// An address as the target of a link in Markdown, where spaces and brackets would end it.
pub fn in_angle_brackets(address: &str) -> Cow<'_, str> {
    if address.contains([' ', '(', ')']) { format!("<{address}>").into() } else { address.into() }
}

/// Trimmed, not empty, and without characters that browsers ignore or interpret.
fn checked(destination: &str) -> Result<&str, LinkRefusal> {
    let destination = destination.trim();
    if destination.is_empty() {
        return Err(LinkRefusal::new(
            Code::EMPTY_TARGET,
            "this link has no target",
            "write its target between ( and )",
        ));
    }
    if destination.chars().any(|c| c.is_control() || is_control(c) || is_bidi_control(c)) {
        let message = "this address holds a character that cannot be seen";
        return Err(LinkRefusal::new(Code::UNSAFE_URL, message, "delete it"));
    }
    if destination.starts_with("//") {
        let message = format!("\"{destination}\" does not say by which protocol");
        return Err(LinkRefusal::new(Code::UNSAFE_URL, message, "write https:// in front"));
    }
    Ok(destination)
}

/// The scheme in lower case, and what follows its colon.
fn split_scheme(destination: &str) -> Option<(String, &str)> {
    let (scheme, rest) = destination.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The page that a scheme of this program names.
fn is_internal(scheme: &str) -> bool {
    matches!(scheme, "place" | "source" | "claim" | "date")
}

fn with_scheme(scheme: &str, rest: &str, whole: &str) -> Result<Destination, LinkRefusal> {
    let internal = match scheme {
        "place" => Target::Neighbourhood(name(rest)?),
        "source" => Target::Source(name(rest)?),
        "claim" => claim(&decoded(rest)?)?,
        "date" => Target::Date(calendar_page(&decoded(rest)?)?),
        "http" | "https" => return web_address(rest, whole),
        "mailto" => return contact(rest, whole, "write it as mailto:desk@example.org"),
        "tel" => return number(rest, whole, "write it as tel:+15550100"),
        "sms" => return number(rest, whole, "write it as sms:+15550100"),
        "geo" => return contact(rest, whole, "write it as geo:36.2,37.1"),
        _ => {
            let message = format!("\"{scheme}:\" is not a kind of address that a page may link to");
            let help = match scheme_meant_by(scheme) {
                Some(meant) => Cow::Owned(format!("write {meant}:{rest}")),
                None => "use place:, source:, claim:, date:, https:, mailto:, tel:, sms: or geo:, or ./ before a file name with a colon".into(),
            };
            return Err(LinkRefusal::new(Code::UNSAFE_URL, message, help));
        }
    };
    Ok(Destination::Internal(internal))
}

/// The scheme of ours that a misspelt one was meant as. Some others are near, and mean something else.
fn scheme_meant_by(scheme: &str) -> Option<&'static str> {
    const OF_OTHERS: [&str; 6] = ["data", "file", "ftp", "sftp", "ws", "wss"];
    if OF_OTHERS.contains(&scheme) { None } else { did_you_mean(scheme, SCHEMES) }
}

/// An address, a number or a point.
fn contact(rest: &str, whole: &str, help: &'static str) -> Result<Destination, LinkRefusal> {
    if !rest.contains(char::is_alphanumeric) {
        let message = format!("\"{whole}\" leads to no one and to no place");
        return Err(LinkRefusal::new(Code::UNSAFE_URL, message, help));
    }
    Ok(Destination::External(url(whole)))
}

/// A number in the digits that every telephone dials, and without the spaces that no address has.
fn number(rest: &str, whole: &str, help: &'static str) -> Result<Destination, LinkRefusal> {
    let dialled: String = with_ascii_marks(whole).split_whitespace().collect();
    contact(rest, &dialled, help)
}

/// Browsers read `https:page` as a relative address, and `https:\\host` as an absolute one.
fn web_address(rest: &str, whole: &str) -> Result<Destination, LinkRefusal> {
    let host = rest.strip_prefix("//").unwrap_or_default();
    if host.is_empty() || host.starts_with(['/', '\\', '?', '#', ':']) {
        let message = format!("\"{whole}\" names no server");
        return Err(LinkRefusal::new(Code::UNSAFE_URL, message, "write it as https://example.org/page"));
    }
    if has_credentials(whole) {
        let message = "this address has a user name or a password, which every reader would have";
        let help = "delete all between // and the @, and the @";
        return Err(LinkRefusal::new(Code::PASSWORD_IN_ADDRESS, message, help));
    }
    if is_of_onion_service(whole) {
        let message = "the address of an onion service is text, and no link";
        let help = "write the address alone, without brackets: the page shows it as text";
        return Err(LinkRefusal::new(Code::LINKED_ONION, message, help));
    }
    Ok(Destination::External(url(whole)))
}

/// Percent-encodes what a URL may not hold; letters of every script stay.
fn url(text: &str) -> String {
    let mut url = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || "\"<>\\^`{|}".contains(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(url, "%{byte:02X}").expect("a String takes every write");
            }
        } else {
            url.push(c);
        }
    }
    url
}

fn decoded(text: &str) -> Result<String, LinkRefusal> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| {
        let message = format!("\"{text}\" has percent signs that encode no text");
        LinkRefusal::new(
            Code::BAD_ENCODING,
            message,
            "write the letters themselves, or %25 for a percent sign",
        )
    })?;
    if text.chars().any(|c| c.is_control() || is_control(c) || is_bidi_control(c)) {
        let message = "this address encodes a character that cannot be seen";
        return Err(LinkRefusal::new(Code::UNSAFE_URL, message, "delete it"));
    }
    Ok(text.into_owned())
}

fn name(rest: &str) -> Result<Box<str>, LinkRefusal> {
    let name = decoded(rest)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(LinkRefusal::new(
            Code::EMPTY_TARGET,
            "this names nothing",
            "write a name or an id after the colon",
        ));
    }
    Ok(name.into())
}

fn claim(rest: &str) -> Result<Target, LinkRefusal> {
    let (briefing, claim) = match rest.trim().split_once('/') {
        Some((briefing, claim)) => (Some(briefing), claim),
        None => (None, rest.trim()),
    };
    if claim.is_empty() || claim.contains('/') || briefing.is_some_and(str::is_empty) {
        let message = format!("\"claim:{rest}\" names no claim");
        let help = "write claim:ID for a claim of this briefing, claim:BRIEFING/ID for one of another";
        return Err(LinkRefusal::new(Code::BAD_CLAIM, message, help));
    }
    Ok(Target::Claim { briefing: briefing.map(Into::into), claim: claim.into() })
}

fn calendar_page(text: &str) -> Result<CalendarPage, LinkRefusal> {
    const HELP: &str = "write date:2016, date:2016-10 or date:2016-10-02";
    let refusal = |what: &str| LinkRefusal::new(Code::BAD_DATE, format!("\"{text}\" {what}"), HELP);
    match Point::parse(&with_ascii_marks(text), &Zone::utc()) {
        Ok(Point::Year(year)) => Ok(CalendarPage::Year(year)),
        Ok(Point::Month(year, month)) => Ok(CalendarPage::Month(year, month)),
        Ok(Point::Day(day)) => Ok(CalendarPage::Day(day)),
        Ok(Point::Moment(_)) => Err(refusal("has a time, and there are no pages for times")),
        Err(crate::time::DateError::Impossible) => Err(refusal("is not a date that exists")),
        Err(_) => Err(refusal("is not a date, a month or a year")),
    }
}

/// Relative to the folder of `file`, or to the root of the site if it begins with `/`.
fn resolve_path(file: &str, path: &str) -> Result<Box<str>, LinkRefusal> {
    if path.contains('?') {
        let message = format!("\"{path}\" has a query, which a file cannot answer");
        return Err(LinkRefusal::new(
            Code::LINK_QUERY,
            message,
            "write %3F if the file's name has a question mark",
        ));
    }
    let path = decoded(path)?;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| outside(&path))?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/").into())
}

fn outside(path: &str) -> LinkRefusal {
    let message = format!("\"{path}\" leads out of the site's folder");
    LinkRefusal::new(
        Code::OUTSIDE_THE_SITE,
        message,
        "only files of the site can be linked; take away a \"../\"",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "content/briefings/d3.md";

    fn check(destination: &str) -> String {
        match resolve(FILE, destination) {
            Ok(Destination::External(url)) => url,
            Ok(Destination::Internal(target)) => format!("{target:?}"),
            Err(refusal) => refusal.code.to_string(),
        }
    }

    #[test]
    fn schemes_of_ours_name_what_they_lead_to() {
        for (destination, target) in [
            ("place:al-heluk", "Neighbourhood(\"al-heluk\")"),
            ("place:Bustan%20al-Basha", "Neighbourhood(\"Bustan al-Basha\")"),
            ("PLACE:بستان الباشا", "Neighbourhood(\"بستان الباشا\")"),
            ("source:sohr", "Source(\"sohr\")"),
            ("claim:a", "Claim { briefing: None, claim: \"a\" }"),
            ("claim:b/a", "Claim { briefing: Some(\"b\"), claim: \"a\" }"),
            ("date:2016", "Date(Year(2016))"),
            ("date:2016-10", "Date(Month(2016, 10))"),
            ("date:2016-10-02", "Date(Day(2016-10-02))"),
            ("place:", "empty-target"),
            ("claim:", "bad-claim"),
            ("claim:a/b/c", "bad-claim"),
            ("claim:/c", "bad-claim"),
            ("date:2016-02-30", "bad-date"),
            ("date:1ééé", "bad-date"),
            ("date:2016-10-02T10:00:00Z", "bad-date"),
            ("place:%FF", "bad-encoding"),
            ("place:a%00", "unsafe-url"),
        ] {
            assert_eq!(check(destination), target, "{destination}");
        }
    }

    #[test]
    fn files_resolve_as_on_github() {
        let file = |path, fragment| format!("File {{ path: {path:?}, fragment: {fragment:?} }}");
        for (destination, target) in [
            ("d2.md", file("content/briefings/d2.md", "")),
            ("./d2.md#part", file("content/briefings/d2.md", "part")),
            ("../about.md", file("content/about.md", "")),
            ("../../static/a%20b.pdf", file("static/a b.pdf", "")),
            ("/content/about.md", file("content/about.md", "")),
            ("x/../%2e%2e/about.md", file("content/about.md", "")),
            ("d2.md#%D8%A3", file("content/briefings/d2.md", "أ")),
            ("50%25.pdf", file("content/briefings/50%.pdf", "")),
            ("./note: x.md", file("content/briefings/note: x.md", "")),
            ("#part", "Fragment(\"part\")".to_owned()),
            ("#", "Fragment(\"\")".to_owned()),
            ("../../../etc/passwd", "outside-the-site".to_owned()),
            ("/../x", "outside-the-site".to_owned()),
            ("d2.md?x=1", "link-query".to_owned()),
            ("", "empty-target".to_owned()),
        ] {
            assert_eq!(check(destination), target, "{destination}");
        }
    }

    #[test]
    fn law_7_only_harmless_schemes_leave_the_site() {
        for destination in [
            "https://example.org/a?b=1&c=2#d",
            "http://[::1]/",
            "mailto:a@b.org",
            "tel:+963",
            "sms:+963",
            "geo:36.2,37.1",
        ] {
            assert_eq!(check(destination), destination);
        }
        assert_eq!(check("tel:+٩٦٣ 11 22"), "tel:+9631122");
        assert_eq!(check(r#"https://a.org/"<x>\"#), "https://a.org/%22%3Cx%3E%5C");
        for destination in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{200B}javascript:alert(1)\u{202E}",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "//example.org",
            "http:example.org",
            "https:\\\\example.org",
            "https:///example.org",
            "mailto:",
            "note: x.md",
        ] {
            assert_eq!(check(destination), "unsafe-url", "{destination:?}");
        }
    }

    #[test]
    fn pictures_are_files_of_the_site() {
        let picture = |destination| match resolve_picture(FILE, destination) {
            Ok(Target::Picture { path }) => path.into_string(),
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => refusal.code.to_string(),
        };
        for (destination, path) in [
            ("map.png", "content/briefings/map.png"),
            ("/static/map.png", "static/map.png"),
            ("https://example.org/map.png", "remote-picture"),
            ("//example.org/map.png", "unsafe-url"),
            ("data:image/png;base64,x", "unsafe-url"),
            ("harbour.HEIC", "content/briefings/harbour.HEIC"),
            ("boats.mp4", "content/briefings/boats.mp4"),
            ("report.pdf", "not-a-picture"),
            ("boats.mov", "not-a-picture"),
            ("README", "not-a-picture"),
            ("place:al-heluk", "not-a-picture"),
            ("#part", "not-a-picture"),
        ] {
            assert_eq!(picture(destination), path, "{destination}");
        }
    }
}
