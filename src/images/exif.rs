//! The only part of EXIF that may stay: which way up the image is.
//!
//! Without it images of phones would lie on their side, and turning the pixels would lose quality. So EXIF
//! is replaced by a block with only that number.

/// The bytes before the TIFF structure in a JPEG segment, and in some WebP files.
pub const PREFIX: &[u8] = b"Exif\0\0";

const ORIENTATION_TAG: u16 = 0x0112;
const SHORT: u16 = 3;

/// An EXIF orientation other than the usual one: 2 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// Reads a TIFF structure, with or without its prefix. None for malformed EXIF.
    pub fn read(exif: &[u8]) -> Option<Self> {
        let tiff = exif.strip_prefix(PREFIX).unwrap_or(exif);
        let reader = TiffReader { tiff, big_endian: tiff.starts_with(b"MM\0*") };
        if !reader.big_endian && !tiff.starts_with(b"II*\0") {
            return None;
        }
        let directory = usize::try_from(reader.u32(4)?).ok()?;
        let count = usize::from(reader.u16(directory)?);
        let entry = (0..count)
            .map(|index| directory + 2 + 12 * index)
            .find(|&entry| reader.u16(entry) == Some(ORIENTATION_TAG))?;
        if reader.u16(entry + 2)? != SHORT || reader.u32(entry + 4)? != 1 {
            return None;
        }
        let value = u8::try_from(reader.u16(entry + 8)?).ok()?;
        (2..=8).contains(&value).then_some(Self(value))
    }

    /// The picture is stored a quarter turn away from how it is seen.
    pub fn is_on_its_side(self) -> bool {
        self.0 >= 5
    }

    /// Column and row, among stored pixels of this width and height, of what is seen at a column and a row.
    pub fn stored_at(self, (x, y): (usize, usize), (width, height): (usize, usize)) -> (usize, usize) {
        match self.0 {
            2 => (width - 1 - x, y),
            3 => (width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (y, height - 1 - x),
            7 => (width - 1 - y, height - 1 - x),
            8 => (width - 1 - y, x),
            _ => (x, y),
        }
    }

    /// A TIFF structure with only the orientation.
    pub fn tiff(self) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        tiff.extend([self.0, 0, 0, 0, 0, 0, 0]);
        tiff
    }
}

struct TiffReader<'a> {
    tiff: &'a [u8],
    big_endian: bool,
}

impl TiffReader<'_> {
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.tiff.get(at..)?.first_chunk().copied()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.array(at)?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.array(at)?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}
