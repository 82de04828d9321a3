//! Formats of images, by the name of a file and by its first bytes.

use super::refusal::ImageRefusal;

pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A kind of file, by its name or by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    Jpeg,
    Png,
    WebP,
    Gif,
    Svg,
    /// A format that cannot be cleaned, by the name that people know.
    Other(&'static str),
}

impl ImageFormat {
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
            Self::Other(name) => name,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
            Self::Other(_) => "",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
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

    pub fn of_content(bytes: &[u8]) -> Option<Self> {
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
            _ if looks_like_xml(bytes) => Self::Svg,
            _ => return None,
        })
    }
}

fn looks_like_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The format that name and content agree on.
pub fn agreed_format(name: &str, bytes: &[u8]) -> Result<ImageFormat, ImageRefusal> {
    let named = ImageFormat::of_name(name).ok_or_else(|| {
        ImageRefusal::new("does not end as a picture's name does", "give it the ending of its format")
    })?;
    let found = match (named, ImageFormat::of_content(bytes)) {
        (ImageFormat::Other(format), None | Some(ImageFormat::Other(_)))
        | (_, Some(ImageFormat::Other(format))) => {
            return Err(not_cleanable(format));
        }
        (_, Some(found)) => found,
        (_, None) => {
            return Err(ImageRefusal::damaged(&format!("it does not begin as {} does", named.name())));
        }
    };
    if found == named {
        return Ok(found);
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Err(ImageRefusal::new(
        format!("is named as {}, but its content is {}", named.name(), found.name()),
        format!("rename it to \"{stem}.{}\"", found.extension()),
    ))
}

pub fn not_cleanable(format: &str) -> ImageRefusal {
    ImageRefusal::new(
        format!("is {format}, which cannot be cleaned of metadata"),
        "export it as JPEG, PNG, WebP, GIF or SVG: only these can be cleaned",
    )
}
