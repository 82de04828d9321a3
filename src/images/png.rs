//! PNG and APNG: keeps the chunks that decoders draw with, if they have the size of their standard.

use std::ops::RangeInclusive;

use img_parts::png::{Png, PngChunk};
use img_parts::{ImageEXIF as _, ImageICC as _};

use super::exif::Orientation;
use super::icc;
use super::png_pixels::{PixelLayout, Size, UsedColours, trim};
use super::refusal::ImageRefusal;

pub fn clean(bytes: Vec<u8>) -> Result<Vec<u8>, ImageRefusal> {
    let mut png = Png::from_bytes(bytes.into())?;
    check_structure(png.chunks())?;
    let profile = png.icc_profile().and_then(|profile| icc::profile(&profile));
    let exif = ExifChunk::of(&png);
    let mut kept = Vec::with_capacity(png.chunks().len());
    for chunk in png.chunks() {
        if stays(chunk)? && !is_repeated(chunk, &kept)? {
            kept.push(chunk.clone());
        }
    }
    trim_pixels(&mut kept)?;
    *png.chunks_mut() = kept;
    if profile.is_some() {
        // Packs the profile again, without its name and without bytes after it.
        png.set_icc_profile(profile);
    }
    if let Some(exif) = exif {
        exif.put_back(&mut png);
    }
    Ok(png.encoder().bytes().to_vec())
}

fn check_structure(chunks: &[PngChunk]) -> Result<(), ImageRefusal> {
    let kind_of = |chunk: Option<&PngChunk>| chunk.map(PngChunk::kind);
    if kind_of(chunks.last()) != Some(*b"IEND") {
        return Err(ImageRefusal::damaged("it ends before its picture does"));
    }
    if kind_of(chunks.first()) != Some(*b"IHDR") || !chunks.iter().any(|chunk| &chunk.kind() == b"IDAT") {
        return Err(ImageRefusal::damaged("it has no picture"));
    }
    Ok(())
}

/// Whether a chunk of which a file has one is its second. Decoders read the first.
fn is_repeated(chunk: &PngChunk, kept: &[PngChunk]) -> Result<bool, ImageRefusal> {
    let kind = chunk.kind();
    if matches!(&kind, b"IDAT" | b"fdAT" | b"fcTL") || kept.iter().all(|known| known.kind() != kind) {
        return Ok(false);
    }
    if kind[0].is_ascii_uppercase() {
        return Err(ImageRefusal::damaged(&format!("it has two chunks \"{}\"", kind.escape_ascii())));
    }
    Ok(true)
}

/// Cuts off what follows the packed pixels of each frame, and clears the colours of a palette that none uses.
fn trim_pixels(chunks: &mut Vec<PngChunk>) -> Result<(), ImageRefusal> {
    let layout = PixelLayout::read(chunks[0].contents())?;
    let mut size = layout.size;
    let mut used = UsedColours::none();
    let mut frame: Vec<&mut PngChunk> = Vec::new();
    for chunk in chunks.iter_mut() {
        let kind = chunk.kind();
        if matches!(&kind, b"IDAT" | b"fdAT") {
            frame.push(chunk);
        } else if matches!(&kind, b"fcTL" | b"IEND") {
            if !frame.is_empty() {
                trim(&mut std::mem::take(&mut frame), size, layout, &mut used)?;
            }
            if &kind == b"fcTL" {
                let damaged = || ImageRefusal::damaged("a frame of it has no size");
                size = Size::read(&chunk.contents()[4..]).ok_or_else(damaged)?;
            }
        }
    }
    // To pixels with colours of their own a palette is a mere hint.
    chunks.retain(|chunk| layout.is_indexed() || &chunk.kind() != b"PLTE");
    if layout.is_indexed() {
        chunks.iter_mut().for_each(|chunk| clear_unused(chunk, &used));
    }
    Ok(())
}

fn clear_unused(chunk: &mut PngChunk, used: &UsedColours) {
    let bytes_of_entry = match &chunk.kind() {
        b"PLTE" => 3,
        b"tRNS" => 1,
        _ => return,
    };
    let mut entries = chunk.contents().to_vec();
    used.clear_others(&mut entries, bytes_of_entry);
    *chunk = PngChunk::new(chunk.kind(), entries.into());
}

/// Whether decoders draw with the chunk. A chunk that is not on the list, or of a size that its standard
/// does not allow, goes. If decoders need it, the file is refused.
fn stays(chunk: &PngChunk) -> Result<bool, ImageRefusal> {
    let kind = chunk.kind();
    if allowed_bytes(kind).is_some_and(|allowed| allowed.contains(&chunk.contents().len())) {
        return Ok(true);
    }
    let is_critical = kind[0].is_ascii_uppercase();
    if is_critical {
        let kind = kind.escape_ascii();
        return Err(ImageRefusal::damaged(&format!("its chunk \"{kind}\" is unknown or of a wrong size")));
    }
    Ok(false)
}

/// The allowed lengths of a chunk's contents; None if it may not stay. `iCCP` and `eXIf` are made again;
/// `sPLT`, `hIST`, `oFFs` and the like change nothing in a browser.
#[expect(clippy::match_same_arms, reason = "a table, a line per chunk")]
fn allowed_bytes(kind: [u8; 4]) -> Option<RangeInclusive<usize>> {
    Some(match &kind {
        b"IHDR" => 13..=13,
        b"PLTE" => 3..=768,
        b"IDAT" | b"fdAT" => 0..=usize::MAX,
        b"IEND" => 0..=0,
        b"tRNS" => 1..=256,
        b"cHRM" => 32..=32,
        b"gAMA" => 4..=4,
        b"sRGB" => 1..=1,
        b"sBIT" => 1..=4,
        b"cICP" => 4..=4,
        b"mDCV" => 24..=24,
        b"cLLI" => 8..=8,
        b"bKGD" => 1..=6,
        b"pHYs" => 9..=9,
        b"acTL" => 8..=8,
        b"fcTL" => 26..=26,
        _ => return None,
    })
}

/// An orientation and its position. Browsers read it only before the image's data, so moving it would turn
/// the image.
struct ExifChunk {
    orientation: Orientation,
    is_before_data: bool,
}

impl ExifChunk {
    fn of(png: &Png) -> Option<Self> {
        let orientation = Orientation::read(&png.exif()?)?;
        let first = png.chunks().iter().find(|chunk| matches!(&chunk.kind(), b"eXIf" | b"IDAT"))?;
        Some(Self { orientation, is_before_data: &first.kind() == b"eXIf" })
    }

    fn put_back(self, png: &mut Png) {
        let tiff = self.orientation.tiff().into();
        if self.is_before_data {
            png.set_exif(Some(tiff));
        } else {
            let end = png.chunks().len() - 1;
            png.chunks_mut().insert(end, PngChunk::new(*b"eXIf", tiff));
        }
    }
}
