//! What each kind of file is, by its content and its name.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const NOTHING: &[u8] = b"";

fn shown(name: &str, bytes: &[u8]) -> String {
    match class(name, bytes) {
        FileClass::Document { name, traces } => format!("{name}: {}", named_traces(&traces)),
        other => format!("{other:?}"),
    }
}

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn zlib(text: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A box of ISO 14496-12.
fn iso_box(name: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    [&u32::try_from(contents.len() + 8).unwrap().to_be_bytes()[..], name, contents].concat()
}

fn video(brand: &[u8; 4], created: u8) -> Vec<u8> {
    let header = iso_box(b"mvhd", &[0, 0, 0, 0, 0, 0, 0, created, 0, 0, 0, 0]);
    let place = iso_box(b"udta", &iso_box(b"\xA9xyz", b"\0\x12\x15\xC7+36.2021+037.1343/"));
    let sound = iso_box(b"mdat", b"loci TPE1 \xA9mak pixels and sound");
    [iso_box(b"ftyp", brand), sound, iso_box(b"moov", &[header, place].concat())].concat()
}

/// The header of a WOFF2, with so many bytes of private data.
fn web_font(private: u8, behind: &[u8]) -> Vec<u8> {
    let mut font = [&b"wOF2\0\x01\0\0\0\0\0\x30"[..], &[0; 36], behind].concat();
    font[47] = private;
    font
}

#[test]
fn plain_formats_are_plain() {
    for (name, bytes) in [
        ("a.txt", &b"Caf\xc3\xa9"[..]),
        ("a.TXT", b"Caf\xe9, in an encoding of one byte a letter"),
        ("a.csv", b"\xFF\xFEa\0,\0b\0"),
        ("a.csv", b"free for all,1\nP1,10 20\n"),
        ("a.json", b"{\"author\": \"Ann\"}"),
        ("a.geojson", b"{\"type\": \"FeatureCollection\", \"features\": []}"),
        ("a.css", b"a { color: red }"),
        ("a.woff2", &web_font(0, NOTHING)),
        ("a.ttf", b"\0\x01\0\0\0\x01\0\0\0\0\0\0glyf\0\0\0\0\0\0\0\x1C\0\0\0\x02AB\0\0"),
        ("LICENSE", b"MIT"),
        ("empty.txt", NOTHING),
        ("the.txt", b"the free press; RIFF; ID3; FORM"),
    ] {
        assert_eq!(class(name, bytes), FileClass::Plain, "{name}");
    }
}

#[test]
fn what_runs_is_no_plain_file() {
    for name in [
        "a.php",
        "a.PHP",
        "a.cgi",
        "a.hta",
        "a.lnk",
        "a.url",
        "a.webloc",
        "a.desktop",
        "a.exe",
        "a.scr",
        "a.jar",
        "a.sh",
        "a.py",
        "a.vbs",
        "a.reg",
        "a.docm",
        "a.iqy",
        "a.apk",
        ".htaccess",
        ".user.ini",
    ] {
        assert_eq!(class(name, b"text"), FileClass::Program, "{name}");
    }
    assert_eq!(class("a.xlsm", &packed(&[])), FileClass::Program);
    for bytes in [&b"MZ\x90\0"[..], b"\x7FELF\x02", b"\xCF\xFA\xED\xFE\x07", b"L\0\0\0\x01\x14\x02\0\0"] {
        assert_eq!(class("a.txt", bytes), FileClass::Program);
        assert_eq!(class("a", bytes), FileClass::Program);
    }
    assert_eq!(class("run", b"#!/bin/sh\n"), FileClass::Program);
    assert_eq!(class("run", b"<?php echo 1;"), FileClass::Program);
    for name in
        ["a.html", "a.xhtml", "a.xht", "a.rss", "a.atom", "a.xml", "a.mht", "a.shtml", "a.js", "a.swf"]
    {
        assert_eq!(class(name, b"text"), FileClass::WebPage, "{name}");
    }
    assert_eq!(class("page", b"\xEF\xBB\xBF <html>"), FileClass::WebPage);
    assert_eq!(class("a.txt", b"\0asm\x01"), FileClass::WebPage);
    assert_eq!(
        class("a.kml", b"<kml><x:script xmlns:x='http://www.w3.org/1999/xhtml'/></kml>"),
        FileClass::WebPage
    );
}

#[test]
fn what_is_on_no_list_is_not_known() {
    assert_eq!(class("a.foo", b"text"), FileClass::UnlistedText);
    for name in ["a.sav", "a", "a.txt", "a.csv", "a.woff2", "a.html"] {
        assert_eq!(class(name, b"\x00\x01\x02 bytes"), FileClass::Unknown, "{name}");
    }
    assert_eq!(class("a.csv", &web_font(0, NOTHING)), FileClass::Unknown);
    assert_eq!(class("a.woff2", &web_font(0, b"behind its end")), FileClass::Unknown);
    assert_eq!(shown("a.woff2", &web_font(7, NOTHING)), "a font: document properties");
}

#[test]
fn xml_without_scripts_is_harmless() {
    assert!(is_harmless_xml("a.rss", b"<rss><description>A script for the play</description></rss>"));
    for active in [
        "<script/>",
        "<x:script/>",
        "<?xml-stylesheet href='a'?>",
        "<!ENTITY a 'b'>",
        "<a xmlns='http://www.w3.org/1999/xhtml'/>",
    ] {
        assert!(!is_harmless_xml("a.rss", format!("<rss>{active}</rss>").as_bytes()), "{active}");
    }
    assert!(!is_harmless_xml("a.xht", b"<a/>"));
}

#[test]
fn a_document_is_known_by_its_content_and_its_traces_are_named() {
    let office = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "docProps/core.xml",
            "<dc:creator>Ann</dc:creator><cp:lastModifiedBy></cp:lastModifiedBy><dcterms:created>2031",
        ),
        ("word/document.xml", "<w:ins w:author=\"Ben\">"),
    ]);
    let stream = zlib("<x:xmpmeta><exif:GPSLatitude>36,12.1N<tiff:Make>C");
    let pdf =
        [b"%PDF-1.4\n1 0 obj<</Author()/Producer(W)>>\nstream\r\n".to_vec(), stream, b"\nendstream".to_vec()];
    let wave =
        [&b"RIFF\x40\0\0\0WAVE"[..], b"LIST\x0E\0\0\0INFOIART\x02\0\0\0A\0", b"data\x04\0\0\0ISFT"].concat();
    for (bytes, expected) in [
        (office, "an office document or an archive: an author, a date and comments or earlier versions"),
        (packed(&[("a.txt", "text")]), "an office document or an archive: "),
        (pdf.concat(), "a PDF: a place, a device and a program"),
        (b"%PDF-1.4".to_vec(), "a PDF: "),
        (video(b"isom", 1), "a video or recording: a place and a date"),
        (video(b"M4V ", 0), "a video or recording: a place"),
        (video(b"3gp4", 0), "a video or recording: a place"),
        (wave, "a video or recording: an author"),
        (b"OggS\0\x02OpusTags\x09\0\0\0ARTIST=Ann".to_vec(), "a recording: an author"),
        (b"#!AMR\n\x3C".to_vec(), "a recording: "),
        (b"ID3\x04\0\0\0\0\0\x10TPE1\0\0\0\x04\0\0\0Annsound APIC 1".to_vec(), "a recording: an author"),
        (b"{\\rtf1{\\info{\\author Ann}{\\*\\company }}}".to_vec(), "an office document: an author"),
        (b"\x1A\x45\xDF\xA3 ENCODER=x".to_vec(), "a video or recording: a program"),
        (b"Rar!\x1A\x07".to_vec(), "an archive: "),
        (b"SQLite format 3\0".to_vec(), "a database: "),
    ] {
        for name in ["a.bin", "a.csv", "a", "a.pdf", "a.txt.foo"] {
            assert_eq!(shown(name, &bytes), expected, "{name}");
        }
    }
}

#[test]
fn texts_that_hold_private_data_are_documents() {
    for (name, text, expected) in [
        ("a.gpx", "<gpx><trkpt lat='36'><time>2031</time>", "a record of places: a place and a date"),
        ("a.eml", "\nFrom: ann@example.org", "mail: an address or telephone number"),
        ("a.docx", "no archive", "an office document: "),
        ("a.txt", "<x:xmpmeta x:xmptk='W'>", "a file: a program"),
        (
            "a.geojson",
            "{\"type\": \"Feature\", \"properties\": {\"user\": \"ann\", \"phone\": null, \"DeviceID\": \"7\"}}",
            "a file: an author and a device",
        ),
        ("a.geojson", "{\"type\": \"Feature\", \"properties\": {\"author\": \"\"}}", "Plain"),
    ] {
        assert_eq!(shown(name, text.as_bytes()), expected, "{name}");
    }
}

#[test]
fn traces_are_found_in_a_text_of_two_bytes_a_letter() {
    let text: Vec<u8> = "\u{feff}<x:xmpmeta x=\"1\">".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown("a.txt", &text), "a file: a program");
    assert_eq!(shown("a.txt", b"\xFF\xFE<x:xmpmeta x='12'>"), "a file: a program");
}
