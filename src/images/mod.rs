//! Removes metadata from images, or says why it cannot.
//!
//! Owns which formats may be published and which of their bytes a reader's browser needs. All other bytes
//! go: EXIF, GPS, XMP, IPTC, Photoshop and C2PA blocks, comments, text, thumbnails, dates, names of
//! programs, bytes after the end. Works by lists of what may stay, as a list of what must go is never
//! complete. Does not decode, scale or convert, and does no I/O.
//!
//! Does not own other attachments. A PDF, an office document or a recording can carry the name of its
//! author, earlier versions and places as well; code that copies them must warn about that.
//!
//! Invariant: the bytes of the image itself (scans, `IDAT`, `VP8`, LZW blocks) do not change, and cleaning a
//! clean image changes nothing.
//!
//! The order of the files; each imports only from those before it: `refusal`, `format`, `exif` and `icc`,
//! the formats of pixels, `raster`, `svg`.

mod exif;
mod format;
mod gif;
mod icc;
mod jpeg;
mod png;
mod raster;
mod refusal;
mod svg;
mod webp;

use format::{ImageFormat, agreed_format};

pub use refusal::ImageRefusal;

/// Larger files are no images for a bad network, and 32-bit sizes inside them could overflow.
const MAX_BYTES: usize = 1 << 30;

/// The same image without its metadata. `name` is the file's name with its extension.
///
/// # Errors
/// If the format cannot be cleaned or does not match the name, if the file is damaged, and if an SVG
/// contains something that cannot be removed without guessing.
pub fn clean(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ImageRefusal> {
    if bytes.len() > MAX_BYTES {
        return Err(ImageRefusal::new("is larger than 1 GiB", "make the picture smaller"));
    }
    match agreed_format(name, &bytes)? {
        ImageFormat::Svg => svg::check(&bytes).map(|()| bytes),
        format => raster::clean(format, bytes),
    }
}

/// Whether a name ends like that of an image, even if the format cannot be cleaned.
pub fn is_picture(name: &str) -> bool {
    ImageFormat::of_name(name).is_some()
}

/// Whether bytes are those of an image, whatever the name of their file. Only for formats whose first bytes
/// are unique.
pub fn has_content_of_picture(bytes: &[u8]) -> bool {
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    matches!(ImageFormat::of_content(bytes), Some(Jpeg | Png | Gif | WebP))
}

/// Whether a file is of a kind that carries its author's name, machine or place, and that this program
/// cannot clean.
pub fn carries_metadata(name: &str) -> bool {
    const EXTENSIONS: [&str; 17] = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "mp3", "m4a", "mp4",
        "mov", "avi", "zip",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// For fuzzers: cleans any bytes as every format.
///
/// # Panics
/// If cleaning panics, or changes a clean image: both are bugs.
pub fn fuzz(bytes: &[u8]) {
    for extension in ["jpg", "png", "webp", "gif", "svg"] {
        let name = format!("x.{extension}");
        if let Ok(first) = clean(&name, bytes.to_vec()) {
            let again = clean(&name, first.clone());
            assert_eq!(again.as_ref(), Ok(&first), "cleaning a clean {extension} changed it");
        }
    }
}

#[cfg(test)]
mod tests;
