//! The pixels of a picture, eight bits each, the right way up.
//!
//! Owns how much memory a picture may take: a small file can claim more pixels than any machine has.

use std::io::Cursor;

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image_webp::WebPDecoder;
use img_parts::jpeg::{Jpeg, markers};
use jpeg_decoder::PixelFormat;

use super::exif::Orientation;
use super::format::ImageFormat;
use super::jpeg::is_frame;
use super::refusal::ImageRefusal;

/// The most bytes that a picture takes while it is read: enough for the 108 megapixels of a phone.
const MOST_BYTES: u64 = 700_000_000;

/// Of a picture, row by row.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub samples: Samples,
    pub bytes: Vec<u8>,
}

/// What a pixel is made of, a byte each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
}

impl Samples {
    fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    fn pixel_type(self) -> PixelType {
        match self {
            Self::Grey => PixelType::U8,
            Self::GreyAlpha => PixelType::U8x2,
            Self::Rgb => PixelType::U8x3,
            Self::Rgba => PixelType::U8x4,
        }
    }
}

/// How many bytes a picture takes while it is read, by its header alone.
///
/// # Errors
/// If they are more than what is given to one picture.
pub fn check_memory(
    format: ImageFormat,
    (width, height): (u32, u32),
    bytes: &[u8],
) -> Result<u64, ImageRefusal> {
    let each = match format {
        // Scans that refine each other are kept until the last of them.
        ImageFormat::Jpeg if is_progressive(bytes) => 12,
        // Each colour apart, and all of them together.
        ImageFormat::Jpeg => 6,
        ImageFormat::Png => 8,
        _ => 6,
    };
    let needed = (u64::from(width) * u64::from(height)).saturating_mul(each);
    if needed <= MOST_BYTES {
        return Ok(needed);
    }
    Err(ImageRefusal::new(
        format!("has {width} × {height} pixels, too many to make it smaller"),
        format!("export it with at most {} megapixels", MOST_BYTES / each / 1_000_000),
    ))
}

fn is_progressive(bytes: &[u8]) -> bool {
    let jpeg = Jpeg::from_bytes(bytes.to_vec().into());
    let is_it = |jpeg: Jpeg| {
        jpeg.segments()
            .iter()
            .find(|segment| is_frame(segment.marker()))
            .is_some_and(|s| s.marker() == markers::SOF2)
    };
    jpeg.is_ok_and(is_it)
}

/// Reads the pixels of a clean picture, as they are stored.
///
/// # Errors
/// If the picture is damaged.
pub fn read(format: ImageFormat, bytes: &[u8]) -> Result<Pixels, ImageRefusal> {
    let pixels = match format {
        ImageFormat::Jpeg => of_jpeg(bytes),
        ImageFormat::Png => of_png(bytes),
        ImageFormat::WebP => of_webp(bytes),
        ImageFormat::Gif | ImageFormat::Svg | ImageFormat::Ico | ImageFormat::Other(_) => None,
    };
    pixels.filter(Pixels::is_whole).ok_or_else(|| ImageRefusal::damaged("its pixels cannot be read"))
}

fn of_jpeg(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let pixels = decoder.decode().ok()?;
    let info = decoder.info()?;
    let samples = match info.pixel_format {
        PixelFormat::L8 => Samples::Grey,
        PixelFormat::RGB24 => Samples::Rgb,
        PixelFormat::L16 | PixelFormat::CMYK32 => return None,
    };
    Some(Pixels { width: info.width.into(), height: info.height.into(), samples, bytes: pixels })
}

fn of_png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut bytes).ok()?;
    let samples = match frame.color_type {
        png::ColorType::Grayscale => Samples::Grey,
        png::ColorType::GrayscaleAlpha => Samples::GreyAlpha,
        png::ColorType::Rgb => Samples::Rgb,
        png::ColorType::Rgba => Samples::Rgba,
        png::ColorType::Indexed => return None,
    };
    Some(Pixels { width: frame.width, height: frame.height, samples, bytes })
}

fn of_webp(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()?;
    let (width, height) = decoder.dimensions();
    let samples = if decoder.has_alpha() { Samples::Rgba } else { Samples::Rgb };
    Some(Pixels { width, height, samples, bytes: pixels })
}

impl Pixels {
    fn is_whole(&self) -> bool {
        let pixels = u64::from(self.width) * u64::from(self.height);
        pixels > 0 && pixels * self.samples.count() as u64 == self.bytes.len() as u64
    }

    /// Smaller, as seen after a turn by `orientation`: as wide as given, and with the same proportions.
    ///
    /// # Errors
    /// If the picture is damaged.
    pub fn scaled(&self, (width, height): (u32, u32), orientation: Option<Orientation>) -> Option<Self> {
        let is_on_its_side = orientation.is_some_and(Orientation::is_on_its_side);
        let (stored_width, stored_height) = if is_on_its_side { (height, width) } else { (width, height) };
        let pixel_type = self.samples.pixel_type();
        let source =
            fast_image_resize::images::ImageRef::new(self.width, self.height, &self.bytes, pixel_type)
                .ok()?;
        let mut target = Image::new(stored_width, stored_height, pixel_type);
        Resizer::new().resize(&source, &mut target, &ResizeOptions::new()).ok()?;
        let stored = Self {
            width: stored_width,
            height: stored_height,
            samples: self.samples,
            bytes: target.into_vec(),
        };
        Some(match orientation {
            Some(orientation) => stored.turned(orientation),
            None => stored,
        })
    }

    /// As seen: EXIF says where the first row and the first column of the stored pixels are.
    fn turned(&self, orientation: Orientation) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let (seen_width, seen_height) =
            if orientation.is_on_its_side() { (height, width) } else { (width, height) };
        let count = self.samples.count();
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for y in 0..seen_height {
            for x in 0..seen_width {
                let (column, row) = orientation.stored_at((x, y), (width, height));
                let at = (row * width + column) * count;
                bytes.extend_from_slice(&self.bytes[at..at + count]);
            }
        }
        let side = |side: usize| u32::try_from(side).expect("it is a side of this picture");
        Self { width: side(seen_width), height: side(seen_height), samples: self.samples, bytes }
    }
}
