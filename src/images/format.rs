//! Formats of images by the name of a file.

/// A kind of picture, by the name of a file or by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    Jpeg,
    Png,
    WebP,
    Gif,
    Svg,
    /// The small picture of a site.
    Ico,
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
            Self::Ico => "ICO",
            Self::Other(name) => name,
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
            Self::Ico => "ico",
            Self::Other(_) => "",
        }
    }

    /// `None` for names that do not end like that of a picture.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Self::Jpeg,
            "png" | "apng" => Self::Png,
            "webp" => Self::WebP,
            "gif" => Self::Gif,
            "svg" => Self::Svg,
            "ico" => Self::Ico,
            extension => Self::Other(not_cleanable_extension(extension)?),
        })
    }
}

/// What people call a format that cannot be cleaned, by the ending of a name.
fn not_cleanable_extension(extension: &str) -> Option<&'static str> {
    let known = NOT_CLEANABLE.iter().find(|(_, extensions)| extensions.contains(&extension));
    known.map(|(name, _)| *name)
}

pub const AVIF: &str = "AVIF";
pub const HEIC: &str = "HEIC";
pub const TIFF: &str = "TIFF";
pub const JPEG_XL: &str = "JPEG XL";
pub const JPEG_2000: &str = "JPEG 2000";
pub const RAW: &str = "a camera's raw format";
pub const RARE: &str = "a rare picture format";
pub const MEDICAL: &str = "a medical picture";

const NOT_CLEANABLE: [(&str, &[&str]); 18] = [
    ("compressed SVG", &["svgz"]),
    (AVIF, &["avif", "avifs"]),
    (HEIC, &["heic", "heif", "hif", "heics", "heifs"]),
    (TIFF, &["tif", "tiff", "btf", "tf8"]),
    ("BMP", &["bmp", "dib", "rle"]),
    ("a mouse pointer", &["cur", "ani"]),
    ("an icon of macOS", &["icns"]),
    (JPEG_XL, &["jxl"]),
    ("JPEG XR", &["jxr", "wdp", "hdp"]),
    ("JFIF", &["jpe", "jfif", "pjpeg", "jif", "mpo", "thm"]),
    (JPEG_2000, &["jp2", "j2k", "j2c", "jpc", "jpf", "jpx", "jpm", "jph"]),
    ("Photoshop", &["psd", "psb", "pdd"]),
    ("GIMP", &["xcf"]),
    (
        "a drawing program's format",
        &["ai", "eps", "cdr", "sketch", "fig", "kra", "ora", "afphoto", "afdesign", "vsd", "vsdx", "drw"],
    ),
    ("a picture of Windows", &["wmf", "emf", "wmz", "emz"]),
    (MEDICAL, &["dcm", "dicom"]),
    (
        RARE,
        &[
            "tga", "pcx", "qoi", "ppm", "pgm", "pbm", "pnm", "pam", "pfm", "xbm", "xpm", "exr", "hdr", "dds",
            "sgi", "ras", "mng", "jng", "flif", "bpg", "djvu", "djv", "fits", "insp", "webp2", "wp2", "ktx",
            "basis",
        ],
    ),
    (
        RAW,
        &[
            "dng", "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "srw", "orf", "rw2", "rwl", "raf",
            "pef", "ptx", "raw", "x3f", "iiq", "3fr", "fff", "mrw", "mef", "mos", "erf", "kdc", "dcr", "dcs",
            "k25", "gpr", "cap", "eip", "bay", "mdc", "obm", "ari",
        ],
    ),
];
