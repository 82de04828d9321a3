//! ICO: the small picture of a site. Keeps its pictures, each a PNG or a plain bitmap, one after the other.

use super::png;
use super::refusal::ImageRefusal;

const HEADER_BYTES: usize = 6;
const ENTRY_BYTES: usize = 16;
/// Of `BITMAPINFOHEADER`, the only header that programs write into an ICO.
const BITMAP_HEADER_BYTES: usize = 40;

pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, ImageRefusal> {
    let count = match bytes {
        [0, 0, 1, 0, low, high, ..] => usize::from(u16::from_le_bytes([*low, *high])),
        _ => return Err(ImageRefusal::damaged("it does not begin as an ICO does")),
    };
    let directory = bytes.get(HEADER_BYTES..HEADER_BYTES + count * ENTRY_BYTES).ok_or_else(too_short)?;
    let (entries, _) = directory.as_chunks::<ENTRY_BYTES>();
    let pictures = entries.iter().map(|entry| picture(entry, bytes)).collect::<Result<Vec<_>, _>>()?;
    if pictures.is_empty() {
        return Err(ImageRefusal::damaged("it has no picture"));
    }
    let mut cleaned = bytes[..HEADER_BYTES].to_vec();
    let mut offset = HEADER_BYTES + count * ENTRY_BYTES;
    for (entry, picture) in entries.iter().zip(&pictures) {
        let [width, height, colours, _reserved, planes @ ..] = entry;
        cleaned.extend([*width, *height, *colours, 0]);
        // Planes and bits of a pixel.
        cleaned.extend(&planes[..4]);
        cleaned.extend(size(picture.len())?);
        cleaned.extend(size(offset)?);
        offset += picture.len();
    }
    cleaned.extend(pictures.concat());
    Ok(cleaned)
}

fn too_short() -> ImageRefusal {
    ImageRefusal::damaged("it ends before its picture does")
}

fn size(bytes: usize) -> Result<[u8; 4], ImageRefusal> {
    u32::try_from(bytes).map(u32::to_le_bytes).map_err(|_| ImageRefusal::damaged("it is too large"))
}

/// The cleaned picture of an entry.
fn picture(entry: &[u8; ENTRY_BYTES], bytes: &[u8]) -> Result<Vec<u8>, ImageRefusal> {
    let length = number(&entry[8..12])?;
    let offset = number(&entry[12..16])?;
    let end = offset.checked_add(length).ok_or_else(too_short)?;
    let data = bytes.get(offset..end).ok_or_else(too_short)?;
    if data.starts_with(b"\x89PNG") { png::clean(data.to_vec()) } else { bitmap(data) }
}

fn number(bytes: &[u8]) -> Result<usize, ImageRefusal> {
    let bytes = bytes.first_chunk().ok_or_else(too_short)?;
    usize::try_from(u32::from_le_bytes(*bytes)).map_err(|_| too_short())
}

/// Header, palette, colours and mask, and nothing behind them.
fn bitmap(data: &[u8]) -> Result<Vec<u8>, ImageRefusal> {
    let header = data.get(..BITMAP_HEADER_BYTES).ok_or_else(too_short)?;
    let (width, double_height) = (number(&header[4..8])?, number(&header[8..12])?);
    let bits = usize::from(header[14]);
    let used = number(&header[32..36])?;
    let is_plain = number(&header[..4])? == BITMAP_HEADER_BYTES
        && matches!(bits, 1 | 4 | 8 | 24 | 32)
        && header[15..20] == [0; 5]
        && (1..=1024).contains(&width)
        && (2..=2048).contains(&double_height)
        && double_height % 2 == 0
        && used <= 256;
    if !is_plain {
        return Err(ImageRefusal::new(
            "is an ICO with a picture of a rare kind, which cannot be cleaned of metadata",
            "make it again from a PNG, or use a PNG instead",
        ));
    }
    let height = double_height / 2;
    let colours = match bits {
        1 | 4 | 8 if used == 0 => 1 << bits,
        1 | 4 | 8 => used,
        _ => 0,
    };
    let row = |bits: usize| (width * bits).div_ceil(32) * 4;
    let length = BITMAP_HEADER_BYTES + 4 * colours + height * (row(bits) + row(1));
    let mut kept = data.get(..length).ok_or_else(too_short)?.to_vec();
    // Size of the data, resolution and important colours: nothing draws with them.
    kept[20..32].fill(0);
    kept[36..40].fill(0);
    Ok(kept)
}
