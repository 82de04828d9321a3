//! How wide and how high a picture is meant to be seen.

use img_parts::jpeg::Jpeg;
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF as _};
use roxmltree::{Document, Node};

use super::exif::Orientation;
use super::format::ImageFormat;

/// The longest side that anybody shows, in pixels.
const LONGEST: f64 = 65_535.0;

/// In pixels of CSS, each at least 1. `None` for a format without a size of its own, and for a damaged picture.
pub fn size(format: ImageFormat, bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match format {
        ImageFormat::Png => (big_endian(bytes, 16)?, big_endian(bytes, 20)?),
        ImageFormat::Gif => (little_endian(bytes, 6, 2)?, little_endian(bytes, 8, 2)?),
        ImageFormat::WebP => of_webp(bytes)?,
        ImageFormat::Jpeg => of_jpeg(bytes)?,
        ImageFormat::Svg => of_svg(std::str::from_utf8(bytes).ok()?)?,
        ImageFormat::Ico | ImageFormat::Other(_) => return None,
    };
    let is_on_its_side = orientation(format, bytes).is_some_and(Orientation::is_on_its_side);
    let (width, height) = if is_on_its_side { (height, width) } else { (width, height) };
    (width > 0 && height > 0).then_some((width, height))
}

/// How a picture is turned before it is shown.
pub fn orientation(format: ImageFormat, bytes: &[u8]) -> Option<Orientation> {
    let owned = || Bytes::copy_from_slice(bytes);
    let has = |chunk: &[u8]| memchr::memmem::find(bytes, chunk).is_some();
    let exif = match format {
        ImageFormat::Jpeg => Jpeg::from_bytes(owned()).ok()?.exif(),
        ImageFormat::WebP if has(b"EXIF") => WebP::from_bytes(owned()).ok()?.exif(),
        ImageFormat::Png if has(b"eXIf") => exif_before_pixels(&Png::from_bytes(owned()).ok()?),
        _ => None,
    };
    Orientation::read(&exif?)
}

/// Browsers ignore one behind the pixels.
fn exif_before_pixels(png: &Png) -> Option<Bytes> {
    let mut before = png.chunks().iter().take_while(|chunk| &chunk.kind() != b"IDAT");
    before.find(|chunk| &chunk.kind() == b"eXIf").map(|chunk| chunk.contents().clone())
}

fn big_endian(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

/// A number of up to four bytes.
fn little_endian(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + count)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// By the first chunk: its frame, its lossless frame, or what it says of all its frames.
fn of_webp(bytes: &[u8]) -> Option<(u32, u32)> {
    const CONTENT: usize = 20;
    match bytes.get(12..16)? {
        b"VP8X" => {
            Some((little_endian(bytes, CONTENT + 4, 3)? + 1, little_endian(bytes, CONTENT + 7, 3)? + 1))
        }
        b"VP8L" => {
            let sides = little_endian(bytes, CONTENT + 1, 4)?;
            Some(((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            let side = |at| Some(little_endian(bytes, CONTENT + at, 2)? & 0x3fff);
            Some((side(6)?, side(8)?))
        }
        _ => None,
    }
}

/// By its frame.
fn of_jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let frame = jpeg.segments().iter().find(|segment| super::jpeg::is_frame(segment.marker()))?;
    let side = |at: usize| {
        let bytes: &[u8; 2] = frame.contents().get(at..)?.first_chunk()?;
        Some(u32::from(u16::from_be_bytes(*bytes)))
    };
    Some((side(3)?, side(1)?))
}

/// By `width` and `height`; by `viewBox` if one of them is missing.
fn of_svg(text: &str) -> Option<(u32, u32)> {
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    let (width, height) = (length(root, "width"), length(root, "height"));
    let (width, height) = match (width, height, view_box(root)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(sides)) => sides,
        (_, _, None) => return None,
    };
    Some((whole(width)?, whole(height)?))
}

/// A length in pixels. Percentages, and units of type, depend on the page.
fn length(root: Node, name: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
    ];
    let value = root.attribute(name)?.trim();
    let of_unit = |(unit, pixels): (&str, f64)| Some((value.strip_suffix(unit)?, pixels));
    let (number, pixels) = UNITS.into_iter().find_map(of_unit).unwrap_or((value, 1.0));
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0).then_some(number * pixels)
}

fn view_box(root: Node) -> Option<(f64, f64)> {
    let numbers = root.attribute("viewBox")?.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
    let numbers: Vec<f64> = numbers.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [_, _, width, height] = numbers[..] else { return None };
    (width > 0.0 && height > 0.0).then_some((width, height))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and 65,535")]
fn whole(length: f64) -> Option<u32> {
    (0.5..=LONGEST).contains(&length).then(|| length.round() as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn svg(attributes: &str) -> Option<(u32, u32)> {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
        size(ImageFormat::Svg, text.as_bytes())
    }

    #[test]
    fn a_drawing_says_its_size_by_lengths_or_by_its_view_box() {
        for (attributes, size) in [
            ("width=\"120\" height=\"40px\"", Some((120, 40))),
            ("width=\"1in\" height=\"25.4mm\"", Some((96, 96))),
            ("viewBox=\"0 0 300 100\"", Some((300, 100))),
            ("viewBox=\"0,0 3e2,1e2\" width=\"100%\"", Some((300, 100))),
            ("viewBox=\"0 0 300 100\" width=\"30\"", Some((30, 10))),
            ("viewBox=\"0 0 300 100\" height=\"30\"", Some((90, 30))),
            ("width=\"120\"", None),
            ("width=\"0\" height=\"0\"", None),
            ("width=\"1e9\" height=\"1\"", None),
            ("viewBox=\"0 0 0 1\"", None),
            ("viewBox=\"0 0 a b\"", None),
            ("width=\"NaN\" height=\"inf\"", None),
            ("", None),
        ] {
            assert_eq!(svg(attributes), size, "{attributes}");
        }
    }

    #[test]
    fn pixels_say_their_size_in_the_header_of_their_format() {
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0, 0, 1, 2, 0, 0, 0, 3]].concat();
        let gif = b"GIF89a\x02\x01\x03\0";
        let large = [&b"RIFF....WEBPVP8X\x0a\0\0\0"[..], &[0; 4], &[1, 1, 0, 2, 0, 0]].concat();
        let lossless = [&b"RIFF....WEBPVP8L\x0a\0\0\0"[..], &[0x2f, 0x01, 0x81, 0x00, 0x00]].concat();
        let lossy = [&b"RIFF....WEBPVP8 \x0a\0\0\0"[..], &[0, 0, 0, 0x9d, 1, 0x2a, 2, 1, 3, 0]].concat();
        for (format, bytes, wanted) in [
            (ImageFormat::Png, &png[..], Some((258, 3))),
            (ImageFormat::Gif, gif, Some((258, 3))),
            (ImageFormat::WebP, &large, Some((258, 3))),
            (ImageFormat::WebP, &lossless, Some((258, 3))),
            (ImageFormat::WebP, &lossy, Some((258, 3))),
            (ImageFormat::Png, &png[..20], None),
            (ImageFormat::Jpeg, b"\xff\xd8\xff", None),
        ] {
            assert_eq!(size(format, bytes), wanted, "{}", format.name());
        }
    }

    #[test]
    fn a_photo_on_its_side_is_higher_than_wide() {
        let orientation = |value: u8| {
            let tiff = [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[value, 0, 0, 0, 0, 0, 0]];
            [&b"\xff\xe1\0\x22Exif\0\0"[..], &tiff.concat()].concat()
        };
        let frame = [0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0];
        let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9];
        for (value, wanted) in [(3, (40, 30)), (6, (30, 40)), (8, (30, 40))] {
            let photo = [&[0xff, 0xd8][..], &orientation(value), &frame, &scan].concat();
            assert_eq!(size(ImageFormat::Jpeg, &photo), Some(wanted), "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_picture_stops_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..80), at in 0_usize..5) {
            let formats =
                [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg, ImageFormat::Svg];
            let begin: [&[u8]; 5] = [b"", b"", b"RIFF....WEBPVP8X", b"\xff\xd8", b"<svg "];
            let _ = size(formats[at], &[begin[at], &bytes].concat());
        }
    }
}
