//! Cleans images that are made of pixels: all formats but SVG.

use super::agreement::not_cleanable;
use super::format::ImageFormat;
use super::refusal::ImageRefusal;
use super::{gif, ico, jpeg, png, webp};

pub fn clean(format: ImageFormat, bytes: Vec<u8>) -> Result<Vec<u8>, ImageRefusal> {
    match format {
        ImageFormat::Jpeg => jpeg::clean(bytes),
        ImageFormat::Png => png::clean(bytes),
        ImageFormat::WebP => webp::clean(bytes),
        ImageFormat::Gif => gif::clean(&bytes),
        ImageFormat::Ico => ico::clean(&bytes),
        ImageFormat::Svg | ImageFormat::Other(_) => Err(not_cleanable(format.name())),
    }
}
