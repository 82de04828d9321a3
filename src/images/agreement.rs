//! The format that the name of a file and its content agree on.

use super::format::ImageFormat;
use super::refusal::ImageRefusal;
use super::signature::format_of_content;

/// The format of a picture.
///
/// # Errors
/// If name and content differ, and if the format cannot be cleaned.
pub fn agreed_format(name: &str, bytes: &[u8]) -> Result<ImageFormat, ImageRefusal> {
    let named = ImageFormat::of_name(name);
    let found = match (named, format_of_content(bytes)) {
        (_, Some(ImageFormat::Other(format))) | (Some(ImageFormat::Other(format)), None) => {
            return Err(not_cleanable(format));
        }
        (_, Some(found)) => found,
        (Some(named), None) => {
            return Err(ImageRefusal::damaged(&format!("it does not begin as {} does", named.name())));
        }
        (None, None) => {
            return Err(ImageRefusal::new(
                "does not end as a picture's name does",
                "give it the ending of its format",
            ));
        }
    };
    if named == Some(found) { Ok(found) } else { Err(misnamed(name, named, found)) }
}

fn misnamed(name: &str, named: Option<ImageFormat>, found: ImageFormat) -> ImageRefusal {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let content = found.name();
    let reason = match named {
        Some(named) => format!("is named as {}, but its content is {content}", named.name()),
        None => format!("is {content}, but its name does not say so"),
    };
    ImageRefusal::new(reason, format!("rename it to \"{stem}.{}\"", found.extension()))
}

pub fn not_cleanable(format: &str) -> ImageRefusal {
    ImageRefusal::new(
        format!("is {format}, which cannot be cleaned of metadata"),
        "export it as JPEG, PNG, WebP, GIF or SVG: only these can be cleaned",
    )
}
