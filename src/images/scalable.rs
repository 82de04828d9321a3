//! Which pictures can be made smaller, and as what: by their headers, without a look at their pixels.

use img_parts::jpeg::{Jpeg, markers};

use super::format::ImageFormat;
use super::jpeg::is_frame;

/// The format of the smaller copies of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaledFormat {
    Jpeg,
    Png,
    /// Without loss: there is no other encoder in Rust that is kept up and may be passed on.
    WebP,
}

impl ScaledFormat {
    /// Of the names of the copies.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }

    /// Whether a file of this name may hold a copy.
    #[must_use]
    pub fn is_of(self, name: &str) -> bool {
        let format = match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
        };
        ImageFormat::of_name(name) == Some(format)
    }
}

/// `None` for a picture that stays as it is: drawings, what moves, and what few programs can read.
pub fn scaled_format(format: ImageFormat, bytes: &[u8]) -> Option<ScaledFormat> {
    match format {
        ImageFormat::Jpeg => is_usual_jpeg(&Jpeg::from_bytes(bytes.to_vec().into()).ok()?),
        ImageFormat::Png => of_png(bytes),
        ImageFormat::WebP => of_webp(bytes),
        ImageFormat::Gif | ImageFormat::Svg | ImageFormat::Ico | ImageFormat::Other(_) => None,
    }
}

/// Eight bits of grey or of three colours, with Huffman codes. Four colours are those of a printer.
fn is_usual_jpeg(jpeg: &Jpeg) -> Option<ScaledFormat> {
    let frame = jpeg.segments().iter().find(|segment| is_frame(segment.marker()))?;
    let is_usual = matches!(frame.marker(), markers::SOF0 | markers::SOF1 | markers::SOF2)
        && frame.contents().first() == Some(&8)
        && matches!(frame.contents().get(5), Some(1 | 3));
    is_usual.then_some(ScaledFormat::Jpeg)
}

/// An animation says so before its first pixels. Few colours pack well, and there are more between them in a copy: it
/// would hardly ever have fewer bytes.
fn of_png(bytes: &[u8]) -> Option<ScaledFormat> {
    const SIGNATURE: usize = 8;
    const COLOUR_TYPE: usize = 25;
    const PALETTE: u8 = 3;
    if *bytes.get(COLOUR_TYPE)? == PALETTE {
        return None;
    }
    let length = |chunk: &[u8]| usize::try_from(u32::from_be_bytes(*chunk.first_chunk()?)).ok();
    let mut rest = bytes.get(SIGNATURE..)?;
    loop {
        match rest.get(4..8)? {
            b"acTL" => return None,
            b"IDAT" => return Some(ScaledFormat::Png),
            _ => rest = rest.get(length(rest)?.checked_add(12)?..)?,
        }
    }
}

/// Photos have no alpha and lose a little; all others lose nothing.
fn of_webp(bytes: &[u8]) -> Option<ScaledFormat> {
    const FIRST_CHUNK: usize = 12;
    const ALPHA_OR_ANIMATION: u8 = 0b0001_0010;
    const ANIMATION: u8 = 0b0000_0010;
    let chunk = bytes.get(FIRST_CHUNK..)?;
    match chunk.get(..4)? {
        b"VP8 " => Some(ScaledFormat::Jpeg),
        b"VP8L" => Some(ScaledFormat::WebP),
        b"VP8X" => {
            let flags = *chunk.get(8)?;
            let is_photo = flags & ALPHA_OR_ANIMATION == 0 && has_lossy_frame(chunk);
            let still = if is_photo { ScaledFormat::Jpeg } else { ScaledFormat::WebP };
            (flags & ANIMATION == 0).then_some(still)
        }
        _ => None,
    }
}

/// Whether the first frame among some chunks is one that loses a little.
fn has_lossy_frame(mut chunks: &[u8]) -> bool {
    while let Some(name) = chunks.first_chunk::<4>() {
        match name {
            b"VP8 " => return true,
            b"VP8L" => return false,
            _ => {}
        }
        let length =
            chunks.get(4..8).and_then(|bytes| bytes.first_chunk()).map(|four| u32::from_le_bytes(*four));
        let Some(length) = length.and_then(|length| usize::try_from(length).ok()) else { return false };
        // Chunks begin at even bytes.
        chunks = chunks.get(8 + length.next_multiple_of(2)..).unwrap_or_default();
    }
    false
}
