//! Files that are copied into the output.
//!
//! Owns what happens to each kind: pictures lose their metadata and pages their comments, documents are reported
//! because they keep theirs, and a file that would run or has an unfinished merge is refused. Reads no file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Place};
use crate::file_formats::{self, FileClass, Trace, named_traces};
use crate::html::page_without_comments;
use crate::images::{self, ImageRefusal};
use crate::sources::{is_read_by_hosts, merge_conflict, secret_key};

/// The published bytes of a copied file, and what its author should know.
pub struct CopiedOutput {
    pub bytes: Vec<u8>,
    pub warning: Option<Diagnostic>,
}

/// What is published for the file at `path`: pictures without their metadata.
///
/// # Errors
/// A picture that cannot be cleaned, a file that would run, a secret key, a text with two versions of a part.
pub fn published(path: &str, bytes: Vec<u8>) -> Result<CopiedOutput, Diagnostic> {
    if let Some(refused) = secret_key(path, &bytes) {
        return Err(refused);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if images::is_picture(name, &bytes) {
        let bytes = images::clean(name, bytes).map_err(|refusal| refused_picture(path, refusal))?;
        return Ok(CopiedOutput { bytes, warning: None });
    }
    if let Some(unfinished) = std::str::from_utf8(&bytes).ok().and_then(|text| merge_conflict(path, text)) {
        return Err(unfinished);
    }
    let warning = inspected(path, name, &bytes)?;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_page = ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let bytes = if is_page { without_comments(path, bytes)? } else { bytes };
    Ok(CopiedOutput { bytes, warning })
}

/// The error for a picture that may not be published, or of which no copy can be made.
#[must_use]
pub fn refused_picture(path: &str, refusal: ImageRefusal) -> Diagnostic {
    let error = Diagnostic::error(Code::PICTURE, format!("the picture {}", refusal.reason));
    error.at(Place::file(path)).help(refusal.help)
}

/// The bytes of a page without the comments that its author did not write for readers.
fn without_comments(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
    let Ok(page) = std::str::from_utf8(&bytes) else {
        let message = "comments cannot be taken out of a page that is not UTF-8";
        let help = "save it as UTF-8";
        return Err(Diagnostic::error(Code::COMMENT_IN_TEXT, message).at(Place::file(path)).help(help));
    };
    Ok(match page_without_comments(page) {
        Cow::Owned(page) => page.into_bytes(),
        Cow::Borrowed(_) => bytes,
    })
}

/// What is wrong with a file that is no picture.
fn inspected(path: &str, name: &str, bytes: &[u8]) -> Result<Option<Diagnostic>, Diagnostic> {
    let is_next_to_an_article = path.starts_with("content/");
    if !is_next_to_an_article && is_read_by_hosts(name) {
        return Ok(traces_in_own_page(path, bytes));
    }
    match file_formats::class(name, bytes) {
        FileClass::Plain => Ok(None),
        FileClass::Document { name, traces } => Ok(Some(document_metadata(path, name, &traces))),
        FileClass::Program => Err(program(path)),
        FileClass::WebPage if is_next_to_an_article => Err(web_page(path, NEXT_TO_AN_ARTICLE)),
        FileClass::WebPage
            if file_formats::is_part_of_a_site(name) || file_formats::is_harmless_xml(name, bytes) =>
        {
            Ok(traces_in_own_page(path, bytes))
        }
        FileClass::WebPage => Err(web_page(path, IN_STATIC)),
        FileClass::UnlistedText if is_next_to_an_article => Err(unlisted(path, name)),
        FileClass::UnlistedText | FileClass::Unknown => Ok(Some(unknown(path))),
    }
}

const NEXT_TO_AN_ARTICLE: &str =
    "attach it as PDF, text or data, or put it into static/ if it is a part of the site itself";
const IN_STATIC: &str = "publish it as .html or .js if it is a part of the site itself, as XML without scripts, style \
                         sheets and entities, or as PDF or text";

/// A page next to a briefing would run with the trust that readers have in the site. In static/ it is the
/// operator's own choice, if it is of a kind that sites need.
fn web_page(path: &str, help: &str) -> Diagnostic {
    let kind = described(path);
    let message = format!("{kind} can run in the reader's browser, with the name of this site");
    Diagnostic::error(Code::ACTIVE_FILE, message).at(Place::file(path)).help(help)
}

fn program(path: &str) -> Diagnostic {
    let kind = described(path);
    let message = format!("{kind} can run on a server, or on the machine of the reader who opens it");
    let help = "publish its text as .txt or PDF, or a link to the page that offers it";
    Diagnostic::error(Code::ACTIVE_FILE, message).at(Place::file(path)).help(help)
}

fn unlisted(path: &str, name: &str) -> Diagnostic {
    let kind = described(path);
    let message = format!("{kind} is of no kind that is known to be safe to open");
    let help = format!(
        "rename it to {name}.txt if it is a text to read, or put it into static/ if it is a part of the site itself"
    );
    Diagnostic::error(Code::ACTIVE_FILE, message).at(Place::file(path)).help(help)
}

/// `a .js file`, as authors see it in the name.
fn described(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("a .{} file", ending.to_ascii_lowercase()),
        _ => "this file".to_owned(),
    }
}

/// A document is copied with all its metadata.
fn document_metadata(path: &str, name: &str, traces: &BTreeSet<Trace>) -> Diagnostic {
    let message = if traces.is_empty() {
        format!(
            "{name} is copied as it is; nothing private was found in it, but it has room for names, places and times"
        )
    } else {
        format!("{name} is copied as it is, and seems to hold {}", named_traces(traces))
    };
    let help = "export it again without document properties, and look at what is left";
    Diagnostic::warning(Code::DOCUMENT_METADATA, message).at(Place::file(path)).help(help)
}

/// What a page, script or setting of the site itself should not hold: the metadata of a document or picture.
fn traces_in_own_page(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    if !file_formats::is_code(bytes) {
        return Some(unknown(path));
    }
    let traces = file_formats::traces_in_own_page(bytes);
    (!traces.is_empty()).then(|| document_metadata(path, "a file", &traces))
}

fn unknown(path: &str) -> Diagnostic {
    let message =
        "the file is copied as it is, and its format is on no list: what it holds was not looked at";
    let help = "look at what it holds, or publish the same as text, CSV, JSON, PDF or a picture";
    Diagnostic::warning(Code::UNKNOWN_FILE, message).at(Place::file(path)).help(help)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What happens to a file, in one word.
    fn fate(path: &str, bytes: &[u8]) -> &'static str {
        match published(path, bytes.to_vec()) {
            Ok(CopiedOutput { warning: Some(warning), .. }) => warning.code.name(),
            Ok(file) if file.bytes == bytes => "copied",
            Ok(_) => "cleaned",
            Err(error) => error.code.name(),
        }
    }

    #[test]
    fn pictures_are_known_by_name_and_by_content() {
        let jpeg = b"\xFF\xD8\xFF\xE1";
        let raw = b"II*\0\x08\0\0\0";
        for name in ["a.pef", "a.srw", "a.avifs", "a.heics", "a.jxl", "a.dcm", "a.tga", "a.svgz", "a.mpo"] {
            assert_eq!(fate(&format!("static/{name}"), b"anything"), "picture", "{name}");
        }
        for name in ["photo.bin", "photo", "scan.tif.txt", "a.csv", "a.html", "a.php", "a.mp4", ".domains"] {
            for bytes in
                [&jpeg[..], raw, b"\0\0\0\x18ftypmif1\0\0\0\0heic", b"\0\0\0\x14ftypisom\0\0\0\0avif"]
            {
                assert_eq!(fate(&format!("static/{name}"), bytes), "picture", "{name}");
            }
        }
        assert_eq!(
            fate("static/a.txt", b"<?xml version='1.0'?><!-- x --><!DOCTYPE svg [<!ENTITY a '>'>]><svg/>"),
            "picture"
        );
    }

    #[test]
    fn what_runs_is_refused_where_no_site_needs_it() {
        for (name, in_content, in_static) in [
            ("a.html", "active-file", "copied"),
            ("a.js", "active-file", "copied"),
            ("a.rss", "active-file", "copied"),
            ("a.xht", "active-file", "active-file"),
            ("a.mht", "active-file", "active-file"),
            ("a.php", "active-file", "active-file"),
            ("a.lnk", "active-file", "active-file"),
            ("a.foo", "active-file", "unknown-file"),
            (".htaccess", "active-file", "copied"),
            ("a.csv", "copied", "copied"),
            ("a.pdf", "document-metadata", "document-metadata"),
        ] {
            assert_eq!(fate(&format!("content/briefings/a/{name}"), b"text"), in_content, "{name}");
            assert_eq!(fate(&format!("static/{name}"), b"text"), in_static, "{name}");
            assert_eq!(fate(&format!("themes/x/static/{name}"), b"text"), in_static, "{name}");
        }
        assert_eq!(fate("static/a.rss", b"<rss><script/></rss>"), "active-file");
    }

    const MARKERS: [&[u8]; 5] = [
        b"Exif\0\0II*\0\x08\0\0\0 GPS-SECRET",
        b"<x:xmpmeta>GPS-SECRET</x:xmpmeta>",
        b"http://ns.adobe.com/xap/1.0/\0GPS-SECRET",
        b"\0\x12exif:GPSLatitude=\"GPS-SECRET\"",
        b"\xA9xyz\0\0GPS-SECRET",
    ];

    fn any_file() -> impl Strategy<Value = Vec<u8>> {
        let beginnings: Vec<&[u8]> = vec![
            b"",
            b"\xFF\xD8\xFF",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR",
            b"GIF89a",
            b"RIFF\x20\0\0\0WEBP",
            b"<svg ",
            b"\0\0\x01\0\x01\0",
            b"\0\0\0\x18ftypheic",
            b"\0\0\0\x18ftypisom",
            b"PK\x03\x04",
            b"%PDF-",
            b"wOF2",
            b"OggS",
            b"ID3\x04\0\0\0\0\0\x10",
            b"text, ",
            b"<html>",
            b"{\"type\": \"Feature\"",
        ];
        let bytes = || prop::collection::vec(any::<u8>(), 0..60);
        (prop::sample::select(beginnings), bytes(), prop::sample::select(MARKERS.to_vec()), bytes())
            .prop_map(|(beginning, before, marker, after)| [beginning, &before, marker, &after].concat())
    }

    fn any_name() -> impl Strategy<Value = String> {
        let known = [
            "a.jpg",
            "a.png",
            "a.webp",
            "a.gif",
            "a.svg",
            "favicon.ico",
            "a.txt",
            "a.csv",
            "a.json",
            "a.geojson",
            "a.css",
            "a.woff2",
            "a.html",
            "a.js",
            "a.xml",
            "a.mp4",
            "a.pdf",
            "a.docx",
            "a.bin",
            "a",
            ".domains",
        ];
        prop_oneof![
            prop::sample::select(known.to_vec()).prop_map(str::to_owned),
            "[a-z]{1,5}\\.[a-z0-9]{1,5}"
        ]
    }

    proptest! {
        #[test]
        fn law_9_no_planted_metadata_are_published_in_silence(
            folder in prop::sample::select(vec!["content/briefings/a", "static", "themes/x/static"]),
            name in any_name(),
            bytes in any_file(),
        ) {
            if let Ok(CopiedOutput { bytes, warning: None }) = published(&format!("{folder}/{name}"), bytes) {
                let is_published = bytes.windows(10).any(|window| window == b"GPS-SECRET");
                prop_assert!(!is_published, "{name}: {}", bytes.escape_ascii());
            }
        }
    }
}
