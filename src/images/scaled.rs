//! Smaller copies of a picture: the right way up, with its colours and nothing else of its metadata.
//!
//! Owns the formats and the quality of the copies. Does no I/O; who asks keeps the copies.
//!
//! Invariant: the bytes depend on the bytes of the picture and the width alone, on every machine.

use std::io::Cursor;

use image_webp::{ColorType as WebPColour, WebPEncoder};
use img_parts::jpeg::Jpeg;
use img_parts::png::{Png, PngChunk};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageICC as _};
use jpeg_encoder::{ColorType as JpegColour, Encoder as JpegEncoder, SamplingFactor};

use super::agreement::agreed_format;
use super::exif::Orientation;
use super::format::ImageFormat;
use super::pixels::{Pixels, Samples, check_memory, read};
use super::refusal::ImageRefusal;
use super::scalable::{ScaledFormat, scaled_format};
use super::size;

/// Counts up with each change of the bytes of a copy, so that no cache has those of before.
pub const RECIPE: u32 = 1;

/// Of JPEG, out of 100.
const QUALITY: u8 = 80;

/// A larger profile of colours is that of a printer, and would be most of a small copy.
const MOST_PROFILE_BYTES: usize = 4096;

/// Says of pixels which colours they are.
const COLOUR_CHUNKS: [[u8; 4]; 4] = [*b"gAMA", *b"cHRM", *b"sRGB", *b"cICP"];

/// How many bytes of memory smaller copies of a picture need while they are made, by its header.
///
/// # Errors
/// If it has too many pixels for the memory of a usual machine.
pub fn check_scalable(name: &str, bytes: &[u8]) -> Result<u64, ImageRefusal> {
    let format = agreed_format(name, bytes)?;
    let sides =
        size::size(format, bytes).ok_or_else(|| ImageRefusal::damaged("it does not say how large it is"))?;
    check_memory(format, sides, bytes)
}

/// A copy of a clean picture for each width, which is smaller than that of the picture as seen. `None` for a copy that would have no
/// fewer bytes than the picture.
///
/// # Errors
/// If the picture is damaged, has too many pixels, or is of a format that is not made smaller.
pub fn scaled(name: &str, clean: &[u8], widths: &[u32]) -> Result<Vec<Option<Vec<u8>>>, ImageRefusal> {
    check_scalable(name, clean)?;
    let format = agreed_format(name, clean)?;
    let damaged = || ImageRefusal::damaged("its pixels cannot be read");
    let target = scaled_format(format, clean).ok_or_else(damaged)?;
    let seen = size::size(format, clean).ok_or_else(damaged)?;
    let pixels = read(format, clean)?;
    let kept = KeptColours::of(format, clean);
    let copy = |width: &u32| {
        let copy =
            pixels.scaled((*width, scaled_height(seen, *width)), kept.orientation).ok_or_else(damaged)?;
        let bytes = kept.encoded(&copy, target).ok_or_else(damaged)?;
        let is_same_format = target.is_of(name);
        Ok(Some(bytes).filter(|bytes| !is_same_format || bytes.len() < clean.len()))
    };
    widths.iter().map(copy).collect()
}

/// How high a copy is that is `width` wide, of a picture of this width and height.
#[must_use]
pub fn scaled_height((width, height): (u32, u32), scaled_width: u32) -> u32 {
    let exact = u64::from(height) * u64::from(scaled_width);
    let rounded = (exact + u64::from(width) / 2) / u64::from(width.max(1));
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

/// What a copy needs of a clean picture besides its pixels.
struct KeptColours {
    orientation: Option<Orientation>,
    profile: Option<Bytes>,
    /// Of PNG.
    colours: Vec<PngChunk>,
}

impl KeptColours {
    fn of(format: ImageFormat, clean: &[u8]) -> Self {
        let bytes = Bytes::copy_from_slice(clean);
        let mut colours = Vec::new();
        let profile = match format {
            ImageFormat::Jpeg => Jpeg::from_bytes(bytes).ok().and_then(|jpeg| jpeg.icc_profile()),
            ImageFormat::WebP => WebP::from_bytes(bytes).ok().and_then(|webp| webp.icc_profile()),
            ImageFormat::Png => Png::from_bytes(bytes).ok().and_then(|png| {
                let is_of_colours = |chunk: &&PngChunk| COLOUR_CHUNKS.contains(&chunk.kind());
                colours = png.chunks().iter().filter(is_of_colours).cloned().collect();
                png.icc_profile()
            }),
            _ => None,
        };
        let orientation = size::orientation(format, clean);
        Self { orientation, profile: profile.filter(|profile| profile.len() <= MOST_PROFILE_BYTES), colours }
    }

    fn encoded(&self, pixels: &Pixels, format: ScaledFormat) -> Option<Vec<u8>> {
        match format {
            ScaledFormat::Jpeg => self.jpeg(pixels),
            ScaledFormat::Png => self.png(pixels),
            ScaledFormat::WebP => self.webp(pixels),
        }
    }

    fn jpeg(&self, pixels: &Pixels) -> Option<Vec<u8>> {
        let colour = match pixels.samples {
            Samples::Grey => JpegColour::Luma,
            Samples::Rgb => JpegColour::Rgb,
            Samples::Rgba | Samples::GreyAlpha => return None,
        };
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_optimized_huffman_tables(true);
        // On a slow line the whole picture shows early. Without it the encoder writes each colour apart, which some
        // programs cannot read.
        encoder.set_progressive(true);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).ok()?;
        }
        let side = |side: u32| u16::try_from(side).ok();
        encoder.encode(&pixels.bytes, side(pixels.width)?, side(pixels.height)?, colour).ok()?;
        Some(bytes)
    }

    fn png(&self, pixels: &Pixels) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
        encoder.set_color(match pixels.samples {
            Samples::Grey => png::ColorType::Grayscale,
            Samples::GreyAlpha => png::ColorType::GrayscaleAlpha,
            Samples::Rgb => png::ColorType::Rgb,
            Samples::Rgba => png::ColorType::Rgba,
        });
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&pixels.bytes).ok()?;
        writer.finish().ok()?;
        let mut png = Png::from_bytes(bytes.into()).ok()?;
        let after_header = 1;
        png.chunks_mut().splice(after_header..after_header, self.colours.iter().cloned());
        if self.profile.is_some() {
            png.set_icc_profile(self.profile.clone());
        }
        Some(png.encoder().bytes().to_vec())
    }

    fn webp(&self, pixels: &Pixels) -> Option<Vec<u8>> {
        let colour = match pixels.samples {
            Samples::Rgb => WebPColour::Rgb8,
            Samples::Rgba => WebPColour::Rgba8,
            Samples::Grey | Samples::GreyAlpha => return None,
        };
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = WebPEncoder::new(&mut bytes);
        if let Some(profile) = &self.profile {
            encoder.set_icc_profile(profile.to_vec());
        }
        encoder.encode(&pixels.bytes, pixels.width, pixels.height, colour).ok()?;
        Some(bytes.into_inner())
    }
}
