//! PNG and APNG: the chunks that decoders draw with stay, of the size that their standard states.

use std::ops::RangeInclusive;

use img_parts::png::{Png, PngChunk};
use img_parts::{ImageEXIF as _, ImageICC as _};

use super::exif::Orientation;
use super::{Cleaned, Refusal, icc};

pub fn clean(bytes: Vec<u8>) -> Result<Cleaned, Refusal> {
    let mut png = Png::from_bytes(bytes.into())?;
    check_structure(png.chunks())?;
    let size = png.dimensions();
    let profile = png.icc_profile().and_then(|profile| icc::profile(&profile));
    let exif = Exif::of(&png);
    let mut kept = Vec::with_capacity(png.chunks().len());
    for chunk in png.chunks() {
        if stays(chunk)? {
            kept.push(chunk.clone());
        }
    }
    *png.chunks_mut() = kept;
    if profile.is_some() {
        // Packs the profile anew, so that neither its name nor bytes behind it come along.
        png.set_icc_profile(profile);
    }
    let size = match exif {
        None => size,
        Some(exif) => exif.put_back(&mut png, size),
    };
    Ok(Cleaned { bytes: png.encoder().bytes().to_vec(), size })
}

fn check_structure(chunks: &[PngChunk]) -> Result<(), Refusal> {
    let is = |chunk: Option<&PngChunk>, kind: &[u8; 4]| chunk.is_some_and(|chunk| &chunk.kind() == kind);
    if !is(chunks.last(), b"IEND") {
        return Err(Refusal::damaged("it ends before its picture does"));
    }
    if !is(chunks.first(), b"IHDR") || !chunks.iter().any(|chunk| &chunk.kind() == b"IDAT") {
        return Err(Refusal::damaged("it has no picture"));
    }
    Ok(())
}

/// Is the chunk one that decoders draw with? One that is missing from the list or of a size that
/// its standard does not allow goes, and where a decoder could not do without it, the file is refused.
fn stays(chunk: &PngChunk) -> Result<bool, Refusal> {
    let kind = chunk.kind();
    if allowed_bytes(kind).is_some_and(|allowed| allowed.contains(&chunk.contents().len())) {
        return Ok(true);
    }
    let is_critical = kind[0].is_ascii_uppercase();
    if is_critical {
        let kind = kind.escape_ascii();
        return Err(Refusal::damaged(&format!("its chunk \"{kind}\" is unknown or of a wrong size")));
    }
    Ok(false)
}

/// How long the contents of a chunk may be; None where the chunk may not stay. `iCCP` and `eXIf`
/// are made anew; `sPLT`, `hIST`, `oFFs` and the like change nothing that a browser shows.
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

/// An orientation and where it stood: browsers read it before the picture's data only, so moving
/// it would turn the picture.
struct Exif {
    orientation: Orientation,
    is_before_data: bool,
}

impl Exif {
    fn of(png: &Png) -> Option<Self> {
        let orientation = Orientation::read(&png.exif()?)?;
        let first = png.chunks().iter().find(|chunk| matches!(&chunk.kind(), b"eXIf" | b"IDAT"))?;
        Some(Self { orientation, is_before_data: &first.kind() == b"eXIf" })
    }

    /// Returns the size as it is shown.
    fn put_back(self, png: &mut Png, size: Option<(u32, u32)>) -> Option<(u32, u32)> {
        let tiff = self.orientation.tiff().into();
        if self.is_before_data {
            png.set_exif(Some(tiff));
            return size.map(|size| self.orientation.turn(size));
        }
        let end = png.chunks().len() - 1;
        png.chunks_mut().insert(end, PngChunk::new(*b"eXIf", tiff));
        size.filter(|_| !self.orientation.lies_on_its_side())
    }
}
