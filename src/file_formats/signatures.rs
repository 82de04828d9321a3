//! Formats by their first bytes, whatever the name of the file.

use super::metadata_format::MetadataFormat;

/// What the first bytes of a file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    Program,
    /// Code that a browser runs, and that is no text.
    WebCode,
    Font,
    /// With its article: "a PDF".
    Document(MetadataFormat, &'static str),
}

use Signature::{Document, Font, Program, WebCode};

const VIDEO: &str = "a video or recording";
const AUDIO: &str = "a recording";
const ARCHIVE: &str = "an archive";
const OFFICE: &str = "an office document";
const DATABASE: &str = "a database";

/// Position, bytes and meaning. The first that fits counts.
const SIGNATURES: &[(usize, &[u8], Signature)] = &[
    (0, b"\x7FELF", Program),
    (0, b"\xFE\xED\xFA\xCE", Program),
    (0, b"\xFE\xED\xFA\xCF", Program),
    (0, b"\xCE\xFA\xED\xFE", Program),
    (0, b"\xCF\xFA\xED\xFE", Program),
    (0, b"\xCA\xFE\xBA\xBE", Program),
    (0, b"\xCA\xFE\xD0\x0D", Program),
    (0, b"dex\n03", Program),
    (0, b"L\0\0\0\x01\x14\x02\0", Program),
    (0, b"\0asm", WebCode),
    (0, b"MSCF", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"wOFF", Font),
    (0, b"wOF2", Font),
    (0, b"OTTO", Font),
    (0, b"\0\x01\0\0\0", Font),
    (0, b"true\0", Font),
    (0, b"%PDF", Document(MetadataFormat::Pdf, "a PDF")),
    (0, b"%!PS", Document(MetadataFormat::Other, "a PostScript document")),
    (0, b"{\\rtf", Document(MetadataFormat::Rtf, OFFICE)),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Document(MetadataFormat::Other, OFFICE)),
    (0, b"PK\x03\x04", Document(MetadataFormat::Zip, "an office document or an archive")),
    (0, b"PK\x05\x06", Document(MetadataFormat::Zip, ARCHIVE)),
    (0, b"PK\x07\x08", Document(MetadataFormat::Zip, ARCHIVE)),
    (4, b"ftyp", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"moov", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"mdat", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"wide", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"free", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"skip", Document(MetadataFormat::IsoMedia, VIDEO)),
    (4, b"pnot", Document(MetadataFormat::IsoMedia, VIDEO)),
    (0, b"\x1A\x45\xDF\xA3", Document(MetadataFormat::Other, VIDEO)),
    (0, b"RIFF", Document(MetadataFormat::Riff, VIDEO)),
    (0, b"RF64", Document(MetadataFormat::Riff, AUDIO)),
    (0, b"OggS", Document(MetadataFormat::Other, AUDIO)),
    (0, b"ID3", Document(MetadataFormat::Id3, AUDIO)),
    (0, b"fLaC", Document(MetadataFormat::Other, AUDIO)),
    (0, b"FORM", Document(MetadataFormat::Other, AUDIO)),
    (0, b"#!AMR", Document(MetadataFormat::Other, AUDIO)),
    (0, b"#!SILK", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\x02#!SILK", Document(MetadataFormat::Other, AUDIO)),
    (0, b"caff\0", Document(MetadataFormat::Other, AUDIO)),
    (0, b".snd\0", Document(MetadataFormat::Other, AUDIO)),
    (0, b"MAC ", Document(MetadataFormat::Other, AUDIO)),
    (0, b"wvpk", Document(MetadataFormat::Other, AUDIO)),
    (0, b"MThd", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xFB", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xFA", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xF3", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xF2", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xF1", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\xFF\xF9", Document(MetadataFormat::Other, AUDIO)),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Document(MetadataFormat::Other, VIDEO)),
    (0, b"FLV\x01", Document(MetadataFormat::Other, VIDEO)),
    (0, b"\0\0\x01\xBA", Document(MetadataFormat::Other, VIDEO)),
    (0, b"\0\0\x01\xB3", Document(MetadataFormat::Other, VIDEO)),
    (0, b".RMF", Document(MetadataFormat::Other, VIDEO)),
    (0, b"\x1F\x8B", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"\x1F\x9D", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"BZh", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"\xFD7zXZ", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"7z\xBC\xAF\x27\x1C", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"\x28\xB5\x2F\xFD", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"\x04\x22\x4D\x18", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"Rar!\x1A", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"LZIP", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"xar!", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"!<arch>\n", Document(MetadataFormat::Other, ARCHIVE)),
    (257, b"ustar", Document(MetadataFormat::Other, ARCHIVE)),
    (0, b"SQLite format 3\0", Document(MetadataFormat::Other, DATABASE)),
    (4, b"Standard Jet DB", Document(MetadataFormat::Other, DATABASE)),
    (4, b"Standard ACE DB", Document(MetadataFormat::Other, DATABASE)),
    (0, b"!BDN", Document(MetadataFormat::Other, "a mailbox")),
];

/// What a file is by its first bytes.
pub fn find(bytes: &[u8]) -> Option<Signature> {
    let known = SIGNATURES.iter().find(|(at, signature, _)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(signature)) && !is_word(bytes, signature)
    });
    known.map(|(_, _, signature)| *signature).or_else(|| find_moved(bytes))
}

/// Signatures of letters alone are words that a text can begin with: "FORM", "true".
fn is_word(bytes: &[u8], signature: &[u8]) -> bool {
    let is_a_word = signature.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ');
    is_a_word && super::text::of(bytes).is_some()
}

/// Formats that need not begin with their signature, or with one that is long enough.
fn find_moved(bytes: &[u8]) -> Option<Signature> {
    const PDF_WITHIN: usize = 1024;
    const TRANSPORT_PACKET: usize = 188;
    let head = &bytes[..bytes.len().min(PDF_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Document(MetadataFormat::Pdf, "a PDF"));
    }
    if bytes.starts_with(b"MZ") && bytes.contains(&0) {
        return Some(Program);
    }
    let is_packet = |at: usize| bytes.get(at) == Some(&0x47);
    let are_packets = (0..3).all(|packet| is_packet(packet * TRANSPORT_PACKET))
        || (0..3).all(|packet| is_packet(4 + packet * (TRANSPORT_PACKET + 4)));
    are_packets.then_some(Document(MetadataFormat::Other, VIDEO))
}
