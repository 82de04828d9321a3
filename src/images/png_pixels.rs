//! The packed pixels of a PNG: where their stream ends, and which colours of the palette they use.
//!
//! Unpacks the pixels to know that, and changes none of them.

use flate2::{Decompress, FlushDecompress, Status};
use img_parts::png::PngChunk;

use super::refusal::ImageRefusal;

/// More pixels than this open on no phone, and a small file can claim them.
const MOST_RAW_BYTES: u64 = 1 << 30;

/// The bytes of an `fdAT` chunk before its data.
const SEQUENCE_BYTES: usize = 4;

const INDEXED: u8 = 3;

/// How the pixels of all frames are stored, from `IHDR`.
#[derive(Clone, Copy)]
pub struct PixelLayout {
    pub size: Size,
    bit_depth: u8,
    colour_type: u8,
    is_interlaced: bool,
}

#[derive(Clone, Copy)]
pub struct Size {
    width: u32,
    height: u32,
}

impl Size {
    /// Width and height, in four bytes each.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (width, rest) = bytes.split_first_chunk()?;
        Some(Self { width: u32::from_be_bytes(*width), height: u32::from_be_bytes(*rest.first_chunk()?) })
    }
}

impl PixelLayout {
    /// # Errors
    /// If the standard does not allow these numbers.
    pub fn read(header: &[u8]) -> Result<Self, ImageRefusal> {
        let damaged = || ImageRefusal::damaged("its header is wrong");
        let size = Size::read(header).ok_or_else(damaged)?;
        match header.get(8..) {
            Some(
                &[
                    bit_depth @ (1 | 2 | 4 | 8 | 16),
                    colour_type @ (0 | 2 | 3 | 4 | 6),
                    0,
                    0,
                    interlace @ (0 | 1),
                ],
            ) => Ok(Self { size, bit_depth, colour_type, is_interlaced: interlace == 1 }),
            _ => Err(damaged()),
        }
    }

    pub fn is_indexed(self) -> bool {
        self.colour_type == INDEXED
    }

    fn bits_per_pixel(self) -> u64 {
        let samples = match self.colour_type {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        samples * u64::from(self.bit_depth)
    }

    /// The sizes of the images that follow each other in the data: one, or the seven of Adam7.
    fn passes(self, size: Size) -> Vec<Size> {
        const ADAM7: [(u32, u32, u32, u32); 7] = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        if !self.is_interlaced {
            return vec![size];
        }
        let pass = |(x, y, dx, dy): (u32, u32, u32, u32)| Size {
            width: size.width.saturating_sub(x).div_ceil(dx),
            height: size.height.saturating_sub(y).div_ceil(dy),
        };
        ADAM7.into_iter().map(pass).filter(|pass| pass.width > 0 && pass.height > 0).collect()
    }

    /// Bytes of a row, without the byte of its filter.
    fn row_bytes(self, pass: Size) -> u64 {
        (u64::from(pass.width) * self.bits_per_pixel()).div_ceil(8)
    }

    fn raw_bytes(self, size: Size) -> Result<u64, ImageRefusal> {
        let of_pass = |pass: Size| u64::from(pass.height).checked_mul(1 + self.row_bytes(pass));
        let sum = self.passes(size).into_iter().try_fold(0_u64, |sum, pass| sum.checked_add(of_pass(pass)?));
        sum.filter(|sum| *sum <= MOST_RAW_BYTES)
            .ok_or_else(|| ImageRefusal::new("has too many pixels to be shown", "make the picture smaller"))
    }
}

/// The colours of a palette that pixels use.
pub struct UsedColours([bool; 256]);

impl UsedColours {
    pub fn none() -> Self {
        Self([false; 256])
    }

    /// Sets the entries of a palette, or of its transparency, that no pixel uses to zero.
    pub fn clear_others(&self, entries: &mut [u8], bytes_of_entry: usize) {
        for (entry, is_used) in entries.chunks_mut(bytes_of_entry).zip(self.0) {
            if !is_used {
                entry.fill(0);
            }
        }
    }

    /// Adds those of the rows of one pass, which are filtered.
    fn add(&mut self, rows: &[u8], row_bytes: usize, width: u32, bit_depth: u8) {
        let mut above = vec![0; row_bytes];
        for row in rows.chunks_exact(row_bytes + 1) {
            let row = unfiltered(row[0], &row[1..], &above);
            let per_byte = 8 / u32::from(bit_depth);
            for pixel in 0..width {
                let byte = row[(pixel / per_byte) as usize];
                let shift = 8 - u32::from(bit_depth) * (pixel % per_byte + 1);
                let mask = u8::MAX >> (8 - bit_depth);
                self.0[usize::from(byte >> shift & mask)] = true;
            }
            above = row;
        }
    }
}

/// A row of single bytes without its filter (PNG specification, section 9).
fn unfiltered(filter: u8, row: &[u8], above: &[u8]) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(row.len());
    for (at, byte) in row.iter().enumerate() {
        let left = at.checked_sub(1).map_or(0, |before: usize| pixels[before]);
        let above_left = at.checked_sub(1).map_or(0, |before| above[before]);
        let predicted = match filter {
            1 => left,
            2 => above[at],
            3 => left.midpoint(above[at]),
            4 => paeth(left, above[at], above_left),
            _ => 0,
        };
        pixels.push(byte.wrapping_add(predicted));
    }
    pixels
}

fn paeth(left: u8, above: u8, above_left: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(above_left);
    // The first of equals counts, in this order.
    [left, above, above_left]
        .into_iter()
        .min_by_key(|near| (estimate - i16::from(*near)).abs())
        .unwrap_or_default()
}

/// Cuts the chunks of one frame where its stream ends, and adds the colours that it uses.
///
/// # Errors
/// If the stream is damaged, or has fewer or more bytes than the frame has pixels.
pub fn trim(
    chunks: &mut [&mut PngChunk],
    size: Size,
    layout: PixelLayout,
    used: &mut UsedColours,
) -> Result<(), ImageRefusal> {
    let expected = layout.raw_bytes(size)?;
    let inflate = Decompress::new(true);
    let mut stream = PixelStream { inflate, raw: Vec::new(), count: 0, expected, has_ended: false };
    for chunk in chunks {
        let skipped = if &chunk.kind() == b"fdAT" { SEQUENCE_BYTES } else { 0 };
        let data = chunk.contents().get(skipped..).unwrap_or_default();
        let consumed = stream.feed(data, layout.is_indexed())?;
        if consumed < data.len() {
            let kept = chunk.contents().slice(..skipped + consumed);
            **chunk = PngChunk::new(chunk.kind(), kept);
        }
    }
    stream.check_end()?;
    if layout.is_indexed() {
        let mut rest = &stream.raw[..];
        for pass in layout.passes(size) {
            let row_bytes = layout.row_bytes(pass) as usize;
            let (rows, later) = rest.split_at(pass.height as usize * (row_bytes + 1));
            used.add(rows, row_bytes, pass.width, layout.bit_depth);
            rest = later;
        }
    }
    Ok(())
}

/// A zlib stream that is unpacked in pieces.
struct PixelStream {
    inflate: Decompress,
    /// The unpacked bytes, if they are kept.
    raw: Vec<u8>,
    count: u64,
    expected: u64,
    has_ended: bool,
}

impl PixelStream {
    /// Unpacks a piece, and returns how many of its bytes belong to the stream.
    fn feed(&mut self, data: &[u8], keeps_raw: bool) -> Result<usize, ImageRefusal> {
        let mut buffer = [0; 1 << 14];
        let mut consumed = 0;
        while !self.has_ended {
            let before = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(&data[consumed..], &mut buffer, FlushDecompress::None);
            let status = status.map_err(|_| ImageRefusal::damaged("its pixels cannot be unpacked"))?;
            let read = (self.inflate.total_in() - before.0) as usize;
            let unpacked = (self.inflate.total_out() - before.1) as usize;
            consumed += read;
            self.count += unpacked as u64;
            if self.count > self.expected {
                return Err(ImageRefusal::new(
                    "holds more data than its pixels need",
                    "open it in a picture editor and export it",
                ));
            }
            if keeps_raw {
                self.raw.extend_from_slice(&buffer[..unpacked]);
            }
            self.has_ended = status == Status::StreamEnd;
            if read == 0 && unpacked == 0 {
                break;
            }
        }
        Ok(consumed)
    }

    fn check_end(&self) -> Result<(), ImageRefusal> {
        if self.has_ended && self.count == self.expected {
            Ok(())
        } else {
            Err(ImageRefusal::damaged("it ends before its picture does"))
        }
    }
}
