//! The types of values that only front matter has.

use percent_encoding::percent_decode_str;

use crate::config::SourceKind;
use crate::diag::Code;
use crate::model::{ClaimName, UNATTRIBUTED};
use crate::paths::{Id, OutPath, slugify};
use crate::toml::{FromLine, FromToml, OneLine, OneOf, TomlValue, ValueType, shown};

/// A kind of source, by its id. Which ids a site has in addition is checked by the reader of the record.
pub(super) struct KindName;

impl<'d> FromToml<'d> for KindName {
    type Output = Box<str>;
    const TYPE: ValueType =
        ValueType::Either(&<OneOf<SourceKind>>::TYPE, &ValueType::Line("id of `source_kinds` in site.toml"));

    fn from_toml(value: &TomlValue<'d>) -> Option<Box<str>> {
        OneLine::from_toml(value)
    }
}

/// A topic, by its id. Which topics a site has is checked by the reader of the claim.
pub(super) struct TopicName;

impl FromLine for TopicName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("id of `topics` in site.toml");

    fn from_line(line: Box<str>, _: &TomlValue<'_>) -> Option<Box<str>> {
        Some(line)
    }
}

/// A side, by its id. Which sides a site has is checked by the reader of the record.
pub(super) struct PartyName;

impl FromLine for PartyName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("id of `parties` in site.toml");

    fn from_line(line: Box<str>, _: &TomlValue<'_>) -> Option<Box<str>> {
        Some(line)
    }
}

/// The name of a source that has or gets a page; "unattributed" has none.
pub(super) struct SourceName;

impl FromLine for SourceName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("name of a source");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        if slugify(&line) != UNATTRIBUTED {
            return Some(line);
        }
        let message = format!("\"{UNATTRIBUTED}\" means no source, and cannot be in `{}`", value.key());
        let help = "it can only be the `source` of a claim; remove it here";
        value.refuse(Code::RESERVED_SOURCE, message, "reserved", help)
    }
}

/// A claim of another briefing.
pub(super) struct RepeatedClaim;

impl FromLine for RepeatedClaim {
    type Output = ClaimName;
    const TYPE: ValueType = ValueType::Line("briefing and claim");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<ClaimName> {
        if let Some(name) = claim_name(&line) {
            return Some(name);
        }
        let help = match probable_claim_name(&line) {
            Some(name) => format!("write \"{name}\""),
            None => "write the id of the briefing and the id of the claim, as in \"monday/well\"".to_owned(),
        };
        let message = format!("`{}` names no briefing and claim: \"{}\"", value.key(), shown(&line));
        value.refuse(Code::BAD_ID, message, "not BRIEFING/ID", help)
    }
}

fn claim_name(text: &str) -> Option<ClaimName> {
    let (briefing, claim) = text.split_once('/')?;
    Some(ClaimName { briefing: Id::from_slug(briefing).ok()?, claim: Id::from_slug(claim).ok()? })
}

/// What was meant by a link, the address of a page, a path or names with capitals.
fn probable_claim_name(text: &str) -> Option<ClaimName> {
    let parts = text.trim_start_matches("claim:").split(['/', '#']).map(str::trim);
    let mut parts = parts.filter(|part| !matches!(*part, "" | "index.md" | "index.html")).rev();
    let claim = slugify(parts.next()?.trim_start_matches("claim-"));
    let briefing = parts.next()?;
    let stem = [".md", ".html"].iter().find_map(|ending| briefing.strip_suffix(ending)).unwrap_or(briefing);
    claim_name(&format!("{}/{claim}", slugify(stem)))
}

/// The path of a page that redirects to the article.
pub(super) struct Alias;

impl FromLine for Alias {
    type Output = OutPath;
    const TYPE: ValueType = ValueType::Line("path that ends in .html");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<OutPath> {
        let fault = match checked_alias(&line) {
            Ok(alias) => return Some(alias),
            Err(fault) => fault,
        };
        let path = line.split(['#', '?']).next().unwrap_or_default();
        let on_server = path.strip_prefix("https://").or(path.strip_prefix("http://"));
        let path = on_server.map_or(path, |address| address.split_once('/').map_or("", |(_, path)| path));
        let path = path.trim_matches('/');
        let bare = path.strip_suffix(".htm").or(path.strip_suffix(".HTM")).unwrap_or(path);
        // Nearly always an earlier id of what the file is about.
        let among_its_kind = (!bare.contains('/') && !bare.is_empty() && !bare.ends_with(".html"))
            .then(|| format!("{}{bare}.html", output_folder(value.file())));
        let better = among_its_kind
            .into_iter()
            .chain([bare.to_owned(), format!("{bare}.html"), format!("{bare}/index.html")])
            .find(|better| !bare.is_empty() && checked_alias(better).is_ok());
        let help = match better {
            Some(better) => format!("write \"{better}\""),
            None => "write a path such as \"old/page.html\"".to_owned(),
        };
        let message = format!("the alias \"{}\" {fault}", shown(&line));
        value.refuse(Code::BAD_PATH, message, "no path for a redirect", help)
    }
}

/// The folder of the output that an article's page is in: `sources/` for `content/sources/sohr.md`.
fn output_folder(file: &str) -> &str {
    let in_content = file.strip_prefix("content/").unwrap_or(file);
    in_content.find('/').map_or("", |end| &in_content[..=end])
}

/// A path as people copy it: with percent signs from a browser, or the address of a folder.
fn checked_alias(path: &str) -> Result<OutPath, String> {
    let mut path = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| "has percent escapes that are not UTF-8; write the letters".to_owned())?
        .into_owned();
    if path.ends_with('/') {
        path.push_str("index.html");
    }
    if path.ends_with(".html") { OutPath::new(path) } else { Err("does not end in .html".to_owned()) }
}

/// The name of a GeoJSON file next to the record.
pub(super) struct GeoJsonName;

impl FromLine for GeoJsonName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("name of a .geojson file");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        if line.ends_with(".geojson") && !line.contains('/') && OutPath::new(&*line).is_ok() {
            return Some(line);
        }
        let message = format!("`{}` is not the name of a GeoJSON file: \"{}\"", value.key(), shown(&line));
        let help = "put the file next to this one, and write its name, as in \"al-heluk.geojson\"";
        value.refuse(Code::BAD_PATH, message, "not a file next to this one", help)
    }
}

/// The name of a CSV file next to the briefing.
pub(super) struct CsvName;

impl FromLine for CsvName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("name of a .csv file");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let ending = line.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.eq_ignore_ascii_case("csv") && !line.contains('/') && OutPath::new(&*line).is_ok() {
            return Some(line);
        }
        let message = format!("`{}` is not the name of a CSV file: \"{}\"", value.key(), shown(&line));
        let help = "save the table as CSV (UTF-8) in the folder of the briefing, and write its name, as in \"deaths.csv\"";
        value.refuse(Code::BAD_PATH, message, "not a CSV file next to this one", help)
    }
}

/// A SHA-256 digest, in lower case.
pub(super) struct Sha256Digest;

impl FromLine for Sha256Digest {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("64 hexadecimal digits");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        if line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(line.to_ascii_lowercase().into());
        }
        let message = format!("`{}` is not a SHA-256 digest", value.key());
        let label = format!("{} characters", line.chars().count());
        let help = "write its 64 hexadecimal digits, as `sha256sum FILE` prints them";
        value.refuse(Code::BAD_DIGEST, message, &label, help)
    }
}
