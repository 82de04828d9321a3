//! Removes metadata from images, or says why it cannot.
//!
//! Owns which formats may be published and which of their bytes a reader's browser needs. All other bytes
//! go: EXIF, GPS, XMP, IPTC, Photoshop and C2PA blocks, comments, text, thumbnails, dates, names of
//! programs, bytes after the end. Works by lists of what may stay, as a list of what must go is never
//! complete. Makes smaller copies of a clean picture too. Does no I/O.
//!
//! Does not own other files: [`crate::file_formats`] does.
//!
//! Invariant of cleaning: the packed pixels (scans, `IDAT`, `VP8`, LZW blocks) do not change, but for bytes that no decoder
//! reads, and cleaning a clean image changes nothing.
//!
//! The order of the files; each imports only from those before it: `refusal`, `format`, `signature`, `agreement`, `exif` and `icc`,
//! the formats of pixels, `raster`, `svg`, `size`, `scalable`, `pixels`, `scaled`.

mod agreement;
mod exif;
mod format;
mod gif;
mod icc;
mod ico;
mod jpeg;
mod pixels;
mod png;
mod png_pixels;
mod raster;
mod refusal;
mod scalable;
mod scaled;
mod signature;
mod size;
mod svg;
mod webp;

use agreement::agreed_format;
use format::ImageFormat;
use signature::recognised;

pub use refusal::ImageRefusal;
pub use scalable::ScaledFormat;
pub use scaled::{RECIPE, check_scalable, scaled, scaled_height};

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
        ImageFormat::Svg => svg::clean(&bytes),
        format => raster::clean(format, bytes),
    }
}

/// In pixels of CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSize {
    pub width: u32,
    pub height: u32,
}

/// What the header of a picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureHeader {
    /// As it is meant to be seen.
    pub size: PictureSize,
    /// `None` for a picture that is not made smaller.
    pub scaled_as: Option<ScaledFormat>,
}

/// How wide and how high a picture is meant to be seen. `None` for a format without a size.
#[must_use]
pub fn size(name: &str, bytes: &[u8]) -> Option<PictureSize> {
    header(name, bytes).map(|header| header.size)
}

/// `None` for a format without a size.
#[must_use]
pub fn header(name: &str, bytes: &[u8]) -> Option<PictureHeader> {
    let format = agreed_format(name, bytes).ok()?;
    let (width, height) = size::size(format, bytes)?;
    Some(PictureHeader {
        size: PictureSize { width, height },
        scaled_as: scalable::scaled_format(format, bytes),
    })
}

/// Whether a file is a picture by its name or by its content, even if its format cannot be cleaned.
pub fn is_picture(name: &str, bytes: &[u8]) -> bool {
    is_picture_name(name) || recognised(bytes).is_some()
}

/// Whether a name ends like that of a picture, even of a format that cannot be cleaned.
#[must_use]
pub fn is_picture_name(name: &str) -> bool {
    ImageFormat::of_name(name).is_some()
}

/// For fuzzers: cleans any bytes as every format.
///
/// # Panics
/// If cleaning panics, or changes a clean image: both are bugs.
pub fn fuzz(bytes: &[u8]) {
    for extension in ["jpg", "png", "webp", "gif", "svg", "ico"] {
        let name = format!("x.{extension}");
        if let Ok(first) = clean(&name, bytes.to_vec()) {
            let again = clean(&name, first.clone());
            assert_eq!(again.as_ref(), Ok(&first), "cleaning a clean {extension} changed it");
        }
    }
}

/// For fuzzers: makes copies of any bytes, as if they were a clean picture.
///
/// # Panics
/// If that panics, or a copy is not clean or not of its width: all of them are bugs.
pub fn fuzz_copies(name: &str, bytes: &[u8]) {
    let Some(PictureHeader { size, scaled_as: Some(format) }) = header(name, bytes) else { return };
    let widths: Vec<u32> = [1, 7, 40].into_iter().filter(|width| *width < size.width).collect();
    // Larger ones take time and find nothing else.
    if u64::from(size.width) * u64::from(size.height) > 1 << 22 {
        return;
    }
    let Ok(copies) = scaled(name, bytes, &widths) else { return };
    let name = format!("x.{}", format.extension());
    for (width, copy) in widths.iter().zip(copies) {
        let Some(copy) = copy else { continue };
        assert_eq!(self::size(&name, &copy).map(|size| size.width), Some(*width), "{name}");
        assert_eq!(clean(&name, copy.clone()).as_ref(), Ok(&copy), "a copy of {name} is not clean");
    }
}

#[cfg(test)]
mod tests;
