//! Kinds of private data in a file, found by the words that its format puts before them.
//!
//! Owns the words. A kind is only named if a value follows. That none is found proves nothing: a format has
//! more fields than any list.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::layers;
use super::metadata_format::MetadataFormat;

/// A kind of data that a program puts into a file, in the order in which they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    Author,
    Address,
    Place,
    Device,
    Date,
    Program,
    Properties,
    Changes,
    Picture,
}

impl Trace {
    fn name(self) -> &'static str {
        match self {
            Self::Author => "an author",
            Self::Address => "an address or telephone number",
            Self::Place => "a place",
            Self::Device => "a device",
            Self::Date => "a date",
            Self::Program => "a program",
            Self::Properties => "document properties",
            Self::Changes => "comments or earlier versions",
            Self::Picture => "a picture with metadata",
        }
    }
}

/// `an author, a place and a device`.
#[must_use]
pub fn named(traces: &BTreeSet<Trace>) -> String {
    let names: Vec<&str> = traces.iter().map(|trace| trace.name()).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The kinds of data in a file.
pub fn find(format: MetadataFormat, bytes: &[u8]) -> BTreeSet<Trace> {
    layers::of(format, bytes).iter().flat_map(|layer| find_in(format, layer)).collect()
}

fn find_in(format: MetadataFormat, layer: &[u8]) -> BTreeSet<Trace> {
    let found = MARKERS.automaton.find_overlapping_iter(layer);
    let found = found.filter_map(|found| {
        let (scope, marker, trace) = MARKERS.list[found.pattern().as_usize()];
        // Four letters of any case would be in a long recording by chance.
        let is_exact = !matches!(scope, Scope::Only(_)) || layer[found.range()] == *marker;
        (is_exact && scope.covers(format) && has_value(marker, &layer[found.end()..])).then_some(trace)
    });
    found.collect()
}

/// Whether something follows the name of a field: an empty one is no trace.
fn has_value(marker: &[u8], rest: &[u8]) -> bool {
    const EMPTY: [&[u8]; 9] = [b"/>", b"></", b"</", b"()", b"<>", b"\"\"", b"''", b"}", b"null"];
    const WHOLE: [&[u8]; 2] = [b"mvhd", b"Exif\0\0"];
    if marker == WHOLE[0] {
        return rest.get(4..8).is_some_and(|created| created != [0; 4]);
    }
    if marker == WHOLE[1] {
        return true;
    }
    let start =
        rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b':' | b'=' | b'"'));
    let value = &rest[start.unwrap_or(rest.len())..];
    let is_quoted_nothing =
        rest.starts_with(b"=\"\"") || rest.starts_with(b"\":\"\"") || rest.starts_with(b"\": \"\"");
    !value.is_empty() && !is_quoted_nothing && !EMPTY.iter().any(|empty| value.starts_with(empty))
}

/// In which formats a marker means what the list says.
#[derive(Clone, Copy)]
enum Scope {
    /// In all: it is in no other text by chance.
    All,
    /// In documents; a text can hold it in plain sight.
    Documents,
    /// In GeoJSON, in letters of any case.
    Places,
    /// In one format, exactly as it is.
    Only(MetadataFormat),
}

impl Scope {
    fn covers(self, format: MetadataFormat) -> bool {
        match self {
            Self::All => true,
            Self::Documents => !matches!(format, MetadataFormat::Text | MetadataFormat::Geography),
            Self::Places => format == MetadataFormat::Geography,
            Self::Only(only) => only == format,
        }
    }
}

type Marker = (Scope, &'static [u8], Trace);

struct Markers {
    list: Vec<Marker>,
    automaton: AhoCorasick,
}

static MARKERS: LazyLock<Markers> = LazyLock::new(|| {
    let list = [ALL, DOCUMENTS, MEDIA, PLACES].concat();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(list.iter().map(|(_, marker, _)| marker))
        .expect("the list is short");
    Markers { list, automaton }
});

/// XMP and EXIF, which programs put into files of any format.
const ALL: &[Marker] = &[
    (Scope::All, b"<x:xmpmeta", Trace::Program),
    (Scope::All, b"<?xpacket begin", Trace::Program),
    (Scope::All, b"http://ns.adobe.com/xap/1.0/", Trace::Program),
    (Scope::All, b"Exif\0\0", Trace::Picture),
    (Scope::All, b"exif:GPSLatitude", Trace::Place),
    (Scope::All, b"exif:GPSLongitude", Trace::Place),
    (Scope::All, b"tiff:Make", Trace::Device),
    (Scope::All, b"tiff:Model", Trace::Device),
    (Scope::All, b"aux:SerialNumber", Trace::Device),
    (Scope::All, b"exifEX:BodySerialNumber", Trace::Device),
    (Scope::All, b"photoshop:City", Trace::Place),
    (Scope::All, b"Iptc4xmpCore:Location", Trace::Place),
    (Scope::All, b"Iptc4xmpCore:CreatorContactInfo", Trace::Address),
    (Scope::All, b"xmp:CreateDate", Trace::Date),
    (Scope::All, b"xmp:CreatorTool", Trace::Program),
];

const DOCUMENTS: &[Marker] = &[
    (Scope::Documents, b"<dc:creator", Trace::Author),
    (Scope::Documents, b"<cp:lastModifiedBy", Trace::Author),
    (Scope::Documents, b"<meta:initial-creator", Trace::Author),
    (Scope::Documents, b"<meta:printed-by", Trace::Author),
    (Scope::Documents, b"text:author-name", Trace::Author),
    (Scope::Documents, b"w:author", Trace::Author),
    (Scope::Documents, b"<author", Trace::Author),
    (Scope::Documents, b"<Manager", Trace::Author),
    (Scope::Documents, b"<Company", Trace::Author),
    (Scope::Documents, b"\\author", Trace::Author),
    (Scope::Documents, b"\\operator", Trace::Author),
    (Scope::Documents, b"\\company", Trace::Author),
    (Scope::Only(MetadataFormat::Pdf), b"/Author", Trace::Author),
    (Scope::Only(MetadataFormat::Pdf), b"/Company", Trace::Author),
    (Scope::Only(MetadataFormat::Pdf), b"/CreationDate", Trace::Date),
    (Scope::Only(MetadataFormat::Pdf), b"/ModDate", Trace::Date),
    (Scope::Only(MetadataFormat::Pdf), b"/Producer", Trace::Program),
    (Scope::Only(MetadataFormat::Pdf), b"/Creator", Trace::Program),
    (Scope::Documents, b"/GPSLatitude", Trace::Place),
    (Scope::Documents, b"GPSCoordinates", Trace::Place),
    (Scope::Documents, b"\nFrom:", Trace::Address),
    (Scope::Documents, b"\nReceived:", Trace::Address),
    (Scope::Documents, b"<dcterms:created", Trace::Date),
    (Scope::Documents, b"<dcterms:modified", Trace::Date),
    (Scope::Documents, b"<meta:creation-date", Trace::Date),
    (Scope::Documents, b"w:date", Trace::Date),
    (Scope::Documents, b"\\creatim", Trace::Date),
    (Scope::Documents, b"\\revtim", Trace::Date),
    (Scope::Documents, b"<meta:generator", Trace::Program),
    (Scope::Documents, b"<Application", Trace::Program),
    (Scope::Documents, b"\\generator", Trace::Program),
    (Scope::Documents, b"<w:ins ", Trace::Changes),
    (Scope::Documents, b"<w:del ", Trace::Changes),
    (Scope::Documents, b"<w:comment ", Trace::Changes),
    (Scope::Documents, b"text:tracked-changes", Trace::Changes),
    (Scope::Documents, b"<office:annotation", Trace::Changes),
    (Scope::Documents, b"xl/comments", Trace::Changes),
    (Scope::Documents, b"ppt/comments", Trace::Changes),
    (Scope::Documents, b"docProps/thumbnail", Trace::Picture),
    // The names of streams in documents of older office programs.
    (Scope::Documents, b"S\0u\0m\0m\0a\0r\0y\0I\0n\0f\0o\0r\0m\0a\0t\0i\0o\0n\0", Trace::Properties),
];

const MEDIA: &[Marker] = &[
    (Scope::Documents, b"ARTIST=", Trace::Author),
    (Scope::Documents, b"PERFORMER=", Trace::Author),
    (Scope::Documents, b"COMPOSER=", Trace::Author),
    (Scope::Documents, b"CONTACT=", Trace::Address),
    (Scope::Documents, b"LOCATION=", Trace::Place),
    (Scope::Documents, b"GEO-LOCATION", Trace::Place),
    (Scope::Documents, b"DATE=", Trace::Date),
    (Scope::Documents, b"ENCODER=", Trace::Program),
    (Scope::Documents, b"Lavf5", Trace::Program),
    (Scope::Documents, b"Lavf6", Trace::Program),
    (Scope::Documents, b"METADATA_BLOCK_PICTURE=", Trace::Picture),
    (Scope::Documents, b"DATE_RECORDED", Trace::Date),
    (Scope::Documents, b"RECORDING_LOCATION", Trace::Place),
    (Scope::Documents, b"com.apple.quicktime.location", Trace::Place),
    (Scope::Documents, b"com.apple.quicktime.make", Trace::Device),
    (Scope::Documents, b"com.apple.quicktime.model", Trace::Device),
    (Scope::Documents, b"com.apple.quicktime.creationdate", Trace::Date),
    (Scope::Documents, b"com.apple.quicktime.author", Trace::Author),
    (Scope::Documents, b"com.apple.quicktime.software", Trace::Program),
    (Scope::Documents, b"com.android.version", Trace::Device),
    (Scope::Documents, b"com.android.manufacturer", Trace::Device),
    (Scope::Documents, b"com.android.model", Trace::Device),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9xyz", Trace::Place),
    (Scope::Only(MetadataFormat::IsoMedia), b"loci", Trace::Place),
    (Scope::Only(MetadataFormat::IsoMedia), b"gpmd", Trace::Place),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9mak", Trace::Device),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9mod", Trace::Device),
    (Scope::Only(MetadataFormat::IsoMedia), b"auth\0", Trace::Author),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9ART", Trace::Author),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9aut", Trace::Author),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9wrt", Trace::Author),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9day", Trace::Date),
    (Scope::Only(MetadataFormat::IsoMedia), b"mvhd", Trace::Date),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9too", Trace::Program),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9swr", Trace::Program),
    (Scope::Only(MetadataFormat::IsoMedia), b"\xA9cmt", Trace::Changes),
    (Scope::Only(MetadataFormat::IsoMedia), b"covr", Trace::Picture),
    (Scope::Only(MetadataFormat::Riff), b"IART", Trace::Author),
    (Scope::Only(MetadataFormat::Riff), b"IENG", Trace::Author),
    (Scope::Only(MetadataFormat::Riff), b"ITCH", Trace::Author),
    (Scope::Only(MetadataFormat::Riff), b"ICRD", Trace::Date),
    (Scope::Only(MetadataFormat::Riff), b"IDIT", Trace::Date),
    (Scope::Only(MetadataFormat::Riff), b"ISFT", Trace::Program),
    (Scope::Only(MetadataFormat::Riff), b"ICMT", Trace::Changes),
    (Scope::Only(MetadataFormat::Riff), b"bext", Trace::Author),
    (Scope::Only(MetadataFormat::Id3), b"TPE1", Trace::Author),
    (Scope::Only(MetadataFormat::Id3), b"TCOM", Trace::Author),
    (Scope::Only(MetadataFormat::Id3), b"TOPE", Trace::Author),
    (Scope::Only(MetadataFormat::Id3), b"TOWN", Trace::Author),
    (Scope::Only(MetadataFormat::Id3), b"TDRC", Trace::Date),
    (Scope::Only(MetadataFormat::Id3), b"TYER", Trace::Date),
    (Scope::Only(MetadataFormat::Id3), b"TDEN", Trace::Date),
    (Scope::Only(MetadataFormat::Id3), b"TSSE", Trace::Program),
    (Scope::Only(MetadataFormat::Id3), b"TENC", Trace::Program),
    (Scope::Only(MetadataFormat::Id3), b"COMM", Trace::Changes),
    (Scope::Only(MetadataFormat::Id3), b"APIC", Trace::Picture),
];

/// Tracks, and the members that programs of maps add to each place.
const PLACES: &[Marker] = &[
    (Scope::Documents, b"<trkpt", Trace::Place),
    (Scope::Documents, b"<wpt", Trace::Place),
    (Scope::Documents, b"<coordinates", Trace::Place),
    (Scope::Documents, b"<LatitudeDegrees", Trace::Place),
    (Scope::Documents, b"<time>", Trace::Date),
    (Scope::Documents, b"<when>", Trace::Date),
    (Scope::Places, b"\"author\"", Trace::Author),
    (Scope::Places, b"\"creator\"", Trace::Author),
    (Scope::Places, b"\"created_by\"", Trace::Author),
    (Scope::Places, b"\"created_user\"", Trace::Author),
    (Scope::Places, b"\"last_edited_user\"", Trace::Author),
    (Scope::Places, b"\"editor\"", Trace::Author),
    (Scope::Places, b"\"user\"", Trace::Author),
    (Scope::Places, b"\"username\"", Trace::Author),
    (Scope::Places, b"\"_submitted_by\"", Trace::Author),
    (Scope::Places, b"\"enumerator\"", Trace::Author),
    (Scope::Places, b"\"email\"", Trace::Address),
    (Scope::Places, b"\"phone\"", Trace::Address),
    (Scope::Places, b"\"phonenumber\"", Trace::Address),
    (Scope::Places, b"\"telephone\"", Trace::Address),
    (Scope::Places, b"\"device\"", Trace::Device),
    (Scope::Places, b"\"deviceid\"", Trace::Device),
    (Scope::Places, b"\"device_id\"", Trace::Device),
    (Scope::Places, b"\"imei\"", Trace::Device),
];
