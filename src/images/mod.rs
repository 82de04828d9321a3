//! Takes the metadata out of pictures, or says why it cannot.
//!
//! Owns which formats may be published and which of their bytes a reader's browser needs; all
//! others go: EXIF, GPS, XMP, IPTC, Photoshop and C2PA blocks, comments, text, thumbnails, dates,
//! names of programs, bytes after the end. Works by lists of what may stay, as a list of what must
//! go is never complete. Does not decode, scale or convert, and does no I/O.
//!
//! Does not own attachments that are no pictures. A PDF, an office document or a recording can
//! carry the name of its author, earlier versions and places as well; whoever copies them owes
//! its users a word about that.
//!
//! Invariant: the bytes of the picture itself (scans, `IDAT`, `VP8`, LZW blocks) come out as they
//! went in, and cleaning what is clean changes nothing.

mod exif;
mod gif;
mod icc;
mod jpeg;
mod png;
mod svg;
mod webp;

/// Larger files are no pictures for a bad network, and 32-bit sizes inside them could overflow.
const MAX_BYTES: usize = 1 << 30;

/// A picture that may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    pub bytes: Vec<u8>,
    /// Width, then height, in CSS pixels and after EXIF orientation. None where the file does not
    /// say, or where browsers disagree about turning it.
    pub size: Option<(u32, u32)>,
}

/// Why a picture may not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The end of a sentence that begins with the name of the file.
    pub reason: String,
    /// The remedy, as a sentence without a full stop.
    pub help: String,
}

impl Refusal {
    fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: help.into() }
    }

    fn damaged(what: &str) -> Self {
        Self::new(
            format!("is cut short or damaged: {what}"),
            "copy the original again, or open it in a picture editor and export it",
        )
    }
}

impl From<img_parts::Error> for Refusal {
    fn from(error: img_parts::Error) -> Self {
        Self::damaged(match error {
            img_parts::Error::WrongSignature => "it does not begin as its format does",
            img_parts::Error::BadCRC => "a checksum in it is wrong",
            img_parts::Error::Truncated => "it ends before its picture does",
        })
    }
}

/// A kind of file that a picture's name or its first bytes can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Svg,
    /// A format that cannot be cleaned, under the name that people know it by.
    Other(&'static str),
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
            Self::Other(name) => name,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
            Self::Other(_) => "",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Self::Jpeg,
            "png" | "apng" => Self::Png,
            "webp" => Self::WebP,
            "gif" => Self::Gif,
            "svg" => Self::Svg,
            "svgz" => Self::Other("compressed SVG"),
            "avif" => Self::Other("AVIF"),
            "heic" | "heif" | "hif" => Self::Other("HEIC"),
            "tif" | "tiff" => Self::Other("TIFF"),
            "bmp" | "dib" => Self::Other("BMP"),
            "ico" | "cur" => Self::Other("ICO"),
            "jxl" => Self::Other("JPEG XL"),
            "jpe" | "jfif" | "pjpeg" => Self::Other("JFIF"),
            "jp2" | "j2k" | "jpx" => Self::Other("JPEG 2000"),
            "psd" | "psb" => Self::Other("Photoshop"),
            "xcf" => Self::Other("GIMP"),
            "ai" | "eps" => Self::Other("Illustrator"),
            "tga" | "pcx" | "qoi" | "ppm" | "pgm" | "pbm" => Self::Other("a rare picture format"),
            "dng" | "cr2" | "cr3" | "nef" | "arw" | "orf" | "rw2" | "raf" => {
                Self::Other("a camera's raw format")
            }
            _ => return None,
        })
    }

    fn of_content(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', ..] => Self::Gif,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Self::Other("AVIF"),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Other("HEIC or a video"),
            [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Self::Other("TIFF"),
            [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Self::Other("JPEG XL"),
            [0, 0, 1 | 2, 0, ..] => Self::Other("ICO"),
            [b'B', b'M', ..] => Self::Other("BMP"),
            [b'8', b'B', b'P', b'S', ..] => Self::Other("Photoshop"),
            [0x1F, 0x8B, ..] => Self::Other("gzip"),
            _ if svg::looks_like_xml(bytes) => Self::Svg,
            _ => return None,
        })
    }
}

/// Does the name end as a picture's does, whether or not its format can be cleaned?
#[must_use]
pub fn is_picture(name: &str) -> bool {
    Format::of_name(name).is_some()
}

/// Whether bytes are those of a picture, whatever their file is called. Only formats whose first
/// bytes nothing else has are told.
#[must_use]
pub fn has_content_of_picture(bytes: &[u8]) -> bool {
    matches!(Format::of_content(bytes), Some(Format::Jpeg | Format::Png | Format::Gif | Format::WebP))
}

/// Whether a file is of a kind that carries its author's name, machine or place, and that this
/// program cannot clean.
#[must_use]
pub fn carries_metadata(name: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "mp3", "m4a", "mp4",
        "mov", "avi", "zip",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// The same picture without its metadata. `name` is the file's name with its ending.
///
/// # Errors
/// Where the format cannot be cleaned or is not what the name says, where the file is damaged,
/// and where an SVG holds what cannot be taken out without guessing.
pub fn clean(name: &str, bytes: Vec<u8>) -> Result<Cleaned, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new("is larger than 1 GiB", "make the picture smaller"));
    }
    match agreed_format(name, &bytes)? {
        Format::Jpeg => jpeg::clean(bytes),
        Format::Png => png::clean(bytes),
        Format::WebP => webp::clean(bytes),
        Format::Gif => gif::clean(&bytes),
        Format::Svg => svg::check(bytes),
        Format::Other(format) => Err(not_cleanable(format)),
    }
}

/// The format that name and content agree on.
fn agreed_format(name: &str, bytes: &[u8]) -> Result<Format, Refusal> {
    let named = Format::of_name(name).ok_or_else(|| {
        Refusal::new("does not end as a picture's name does", "give it the ending of its format")
    })?;
    let found = match (named, Format::of_content(bytes)) {
        (Format::Other(format), None | Some(Format::Other(_))) | (_, Some(Format::Other(format))) => {
            return Err(not_cleanable(format));
        }
        (_, Some(found)) => found,
        (_, None) => return Err(Refusal::damaged(&format!("it does not begin as {} does", named.name()))),
    };
    if found == named {
        return Ok(found);
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Err(Refusal::new(
        format!("is named as {}, but its content is {}", named.name(), found.name()),
        format!("rename it to \"{stem}.{}\"", found.ending()),
    ))
}

fn not_cleanable(format: &str) -> Refusal {
    Refusal::new(
        format!("is {format}, which cannot be cleaned of metadata"),
        "export it as JPEG, PNG, WebP, GIF or SVG: only these can be cleaned",
    )
}

/// For fuzzers: cleans any bytes under every ending.
///
/// # Panics
/// Where cleaning panics, or where cleaning what is clean changes it: both are bugs.
pub fn fuzz(bytes: &[u8]) {
    for ending in ["jpg", "png", "webp", "gif", "svg"] {
        let name = format!("x.{ending}");
        if let Ok(first) = clean(&name, bytes.to_vec()) {
            let again = clean(&name, first.bytes.clone());
            assert_eq!(again.as_ref(), Ok(&first), "cleaning a clean {ending} changed it");
        }
    }
}

#[cfg(test)]
mod tests;
