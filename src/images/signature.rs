//! Formats of images by their first bytes, whatever the name of the file.

use super::format::{AVIF, HEIC, ImageFormat, JPEG_2000, JPEG_XL, MEDICAL, RARE, RAW, TIFF};

/// First bytes that no text has.
const SIGNATURES: &[(usize, &[u8], ImageFormat)] = &[
    (0, b"\xFF\xD8\xFF", ImageFormat::Jpeg),
    (0, b"\x89PNG", ImageFormat::Png),
    (0, b"GIF8", ImageFormat::Gif),
    (8, b"WEBP", ImageFormat::WebP),
    (0, b"\xFF\x0A", ImageFormat::Other(JPEG_XL)),
    (0, b"\0\0\0\x0CJXL ", ImageFormat::Other(JPEG_XL)),
    (0, b"\0\0\0\x0CjP  ", ImageFormat::Other(JPEG_2000)),
    (0, b"\xFF\x4F\xFF\x51", ImageFormat::Other(JPEG_2000)),
    (0, b"II\xBC", ImageFormat::Other("JPEG XR")),
    (0, b"II*\0", ImageFormat::Other(TIFF)),
    (0, b"MM\0*", ImageFormat::Other(TIFF)),
    (0, b"II+\0", ImageFormat::Other(TIFF)),
    (0, b"MM\0+", ImageFormat::Other(TIFF)),
    (0, b"IIU\0", ImageFormat::Other(RAW)),
    (0, b"IIRO", ImageFormat::Other(RAW)),
    (0, b"IIRS", ImageFormat::Other(RAW)),
    (0, b"MMOR", ImageFormat::Other(RAW)),
    (0, b"II\x1A\0\0\0HEAP", ImageFormat::Other(RAW)),
    (0, b"FUJIFILMCCD-RAW", ImageFormat::Other(RAW)),
    (0, b"FOVb", ImageFormat::Other(RAW)),
    (0, b"\0MRM", ImageFormat::Other(RAW)),
    (0, b"ARRI\x12\x34\x56\x78", ImageFormat::Other(RAW)),
    (0, b"8BPS", ImageFormat::Other("Photoshop")),
    (0, b"gimp xcf", ImageFormat::Other("GIMP")),
    (0, b"\xC5\xD0\xD3\xC6", ImageFormat::Other("a drawing program's format")),
    (8, b"CDR", ImageFormat::Other("a drawing program's format")),
    (8, b"ACON", ImageFormat::Other("a mouse pointer")),
    (0, b"\0\0\x02\0", ImageFormat::Other("a mouse pointer")),
    (0, b"icns", ImageFormat::Other("an icon of macOS")),
    (0, b"\xD7\xCD\xC6\x9A", ImageFormat::Other("a picture of Windows")),
    (40, b" EMF", ImageFormat::Other("a picture of Windows")),
    (128, b"DICM", ImageFormat::Other(MEDICAL)),
    (0, b"\x76\x2F\x31\x01", ImageFormat::Other(RARE)),
    (0, b"#?RADIANCE", ImageFormat::Other(RARE)),
    (0, b"DDS \x7C", ImageFormat::Other(RARE)),
    (0, b"qoif", ImageFormat::Other(RARE)),
    (0, b"\x8AMNG", ImageFormat::Other(RARE)),
    (0, b"\x8BJNG", ImageFormat::Other(RARE)),
    (0, b"FLIF", ImageFormat::Other(RARE)),
    (0, b"BPG\xFB", ImageFormat::Other(RARE)),
    (0, b"AT&TFORM", ImageFormat::Other(RARE)),
    (0, b"SIMPLE  =", ImageFormat::Other(RARE)),
    (0, b"\xABKTX", ImageFormat::Other(RARE)),
    (0, b"\x59\xA6\x6A\x95", ImageFormat::Other(RARE)),
    (0, b"\x01\xDA", ImageFormat::Other(RARE)),
];

/// The format of a picture by its content, if its name says that it is one: any XML may be an SVG then.
pub fn format_of_content(bytes: &[u8]) -> Option<ImageFormat> {
    recognised(bytes).or_else(|| {
        let start = without_byte_order_mark(bytes).trim_ascii_start();
        start.starts_with(b"<").then_some(ImageFormat::Svg)
    })
}

/// The format of a picture by its content alone.
pub fn recognised(bytes: &[u8]) -> Option<ImageFormat> {
    let known = SIGNATURES.iter().find(|(at, signature, _)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(signature)) && !is_word(bytes, signature)
    });
    let known = known.map(|(_, _, format)| *format);
    known.or_else(|| iso_media(bytes)).or_else(|| bitmap(bytes)).or_else(|| svg(bytes))
}

/// Signatures of letters alone are words that a text can begin with.
fn is_word(bytes: &[u8], signature: &[u8]) -> bool {
    let is_text = |byte: &u8| !byte.is_ascii_control() || byte.is_ascii_whitespace();
    signature.iter().all(|byte| is_text(byte) && byte.is_ascii()) && bytes.iter().take(512).all(is_text)
}

/// A box `ftyp` with the brand of a picture, first or among those that can read it too (ISO 14496-12, 4.3).
fn iso_media(bytes: &[u8]) -> Option<ImageFormat> {
    let length = usize::try_from(u32::from_be_bytes(*bytes.first_chunk()?)).ok()?;
    let brands = bytes.get(4..length.clamp(8, 512).min(bytes.len()))?.strip_prefix(b"ftyp")?;
    brands.chunks_exact(4).find_map(|brand| match brand {
        b"avif" | b"avis" | b"avio" => Some(ImageFormat::Other(AVIF)),
        b"crx " => Some(ImageFormat::Other(RAW)),
        b"jxl " => Some(ImageFormat::Other(JPEG_XL)),
        b"jp2 " | b"jpx " | b"jpm " => Some(ImageFormat::Other(JPEG_2000)),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1" | b"mif2"
        | b"msf1" | b"miaf" | b"jpeg" | b"jpgs" | b"avci" | b"vvic" => Some(ImageFormat::Other(HEIC)),
        _ => None,
    })
}

/// Formats with a signature so short that their header has to fit too.
fn bitmap(bytes: &[u8]) -> Option<ImageFormat> {
    const DIB_HEADERS: [u8; 7] = [12, 16, 40, 52, 56, 108, 124];
    match bytes {
        [0, 0, 1, 0, count, 0, ..] if *count > 0 => Some(ImageFormat::Ico),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, header, 0, 0, 0, ..]
            if DIB_HEADERS.contains(header) || *header == 64 =>
        {
            Some(ImageFormat::Other("BMP"))
        }
        [b'P', b'1'..=b'7', space, ..] if space.is_ascii_whitespace() && is_portable_map(&bytes[2..]) => {
            Some(ImageFormat::Other(RARE))
        }
        _ => None,
    }
}

/// Width and height, after comments; a PAM has words for them.
fn is_portable_map(rest: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&rest[..rest.len().min(1024)]);
    let mut words = head.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_ascii_whitespace);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    first == "WIDTH" || !first.is_empty() && !second.is_empty() && is_number(first) && is_number(second)
}

/// XML whose first element is `<svg>`, with any prefix.
fn svg(bytes: &[u8]) -> Option<ImageFormat> {
    let mut rest = without_byte_order_mark(bytes).trim_ascii_start();
    // What may come before the first element.
    while rest.starts_with(b"<?") || rest.starts_with(b"<!") {
        rest = rest[declaration_end(rest)?..].trim_ascii_start();
    }
    let name =
        rest.strip_prefix(b"<")?.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b':').next()?;
    (name == b"svg" || name.ends_with(b":svg")).then_some(ImageFormat::Svg)
}

/// The end of a comment, an instruction or a document type.
fn declaration_end(bytes: &[u8]) -> Option<usize> {
    let end_of =
        |end: &[u8], from: usize| memchr::memmem::find(&bytes[from..], end).map(|at| from + at + end.len());
    if bytes.starts_with(b"<?") {
        return end_of(b"?>", 0);
    }
    if bytes.starts_with(b"<!--") {
        return end_of(b"-->", 4);
    }
    let end = end_of(b">", 0)?;
    if bytes[..end].contains(&b'[') { end_of(b">", end_of(b"]", 0)?) } else { Some(end) }
}

fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}
