//! GIF: keeps images, their palettes and timing, and how often to repeat. No crate splits a GIF without
//! decoding it, so this file reads its blocks (`GIF89a` specification, sections 15 to 27).

use super::refusal::ImageRefusal;

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;

const PLAIN_TEXT: u8 = 0x01;
const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;

/// Bytes of `GIF89a` and of the screen descriptor.
const HEADER_BYTES: usize = 13;

pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, ImageRefusal> {
    let mut reader =
        BlockReader { rest: bytes, kept: Vec::with_capacity(bytes.len()), control: None, pictures: 0 };
    reader.header()?;
    loop {
        match reader.take(1)?[0] {
            EXTENSION => reader.extension()?,
            IMAGE => reader.picture()?,
            TRAILER if reader.pictures > 0 => break,
            TRAILER => return Err(ImageRefusal::damaged("it has no picture")),
            other => return Err(ImageRefusal::damaged(&format!("it has a block of the kind {other:02X}"))),
        }
    }
    reader.kept.push(TRAILER);
    Ok(reader.kept)
}

struct BlockReader<'a> {
    rest: &'a [u8],
    kept: Vec<u8>,
    /// Timing and transparency of the next image; dropped if a text follows instead.
    control: Option<[u8; 4]>,
    pictures: usize,
}

impl<'a> BlockReader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ImageRefusal> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| ImageRefusal::damaged("it ends before its picture does"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn keep(&mut self, count: usize) -> Result<&'a [u8], ImageRefusal> {
        let taken = self.take(count)?;
        self.kept.extend_from_slice(taken);
        Ok(taken)
    }

    fn header(&mut self) -> Result<(), ImageRefusal> {
        let header = self.keep(HEADER_BYTES)?;
        if !matches!(&header[..6], b"GIF87a" | b"GIF89a") {
            return Err(ImageRefusal::damaged("it is of an unknown version"));
        }
        self.keep(palette_bytes(header[10]))?;
        Ok(())
    }

    fn picture(&mut self) -> Result<(), ImageRefusal> {
        if let Some(control) = self.control.take() {
            self.kept.extend([EXTENSION, GRAPHIC_CONTROL, 4]);
            self.kept.extend(control);
            self.kept.push(0);
        }
        self.kept.push(IMAGE);
        let descriptor = self.keep(9)?;
        self.keep(palette_bytes(descriptor[8]))?;
        let code_size = 1;
        self.keep(code_size)?;
        while self.keep_sub_block()? {}
        self.pictures += 1;
        Ok(())
    }

    /// Returns false for the empty block that ends a sequence.
    fn keep_sub_block(&mut self) -> Result<bool, ImageRefusal> {
        let length = usize::from(self.keep(1)?[0]);
        self.keep(length)?;
        Ok(length > 0)
    }

    fn extension(&mut self) -> Result<(), ImageRefusal> {
        let label = self.take(1)?[0];
        let blocks = self.sub_blocks()?;
        match (label, blocks.as_slice()) {
            (GRAPHIC_CONTROL, [control]) => {
                let control = control.first_chunk().filter(|_| control.len() == 4);
                self.control =
                    Some(*control.ok_or_else(|| ImageRefusal::damaged("its timing has a wrong length"))?);
            }
            (GRAPHIC_CONTROL, _) => return Err(ImageRefusal::damaged("its timing has a wrong length")),
            (APPLICATION, [name @ (b"NETSCAPE2.0" | b"ANIMEXTS1.0"), data @ ..]) => {
                self.keep_loop(name, data);
            }
            (PLAIN_TEXT, _) => self.control = None,
            // Comments, XMP, blocks of other programs: decoders skip these.
            _ => {}
        }
        Ok(())
    }

    fn sub_blocks(&mut self) -> Result<Vec<&'a [u8]>, ImageRefusal> {
        let mut blocks = Vec::new();
        loop {
            let length = usize::from(self.take(1)?[0]);
            if length == 0 {
                return Ok(blocks);
            }
            blocks.push(self.take(length)?);
        }
    }

    /// How often to repeat: 1, then a number of two bytes.
    fn keep_loop(&mut self, name: &[u8], data: &[&[u8]]) {
        let repeats = data.iter().find_map(|block| match block {
            [1, low, high] => Some([*low, *high]),
            _ => None,
        });
        if let Some(repeats) = repeats {
            self.kept.extend([EXTENSION, APPLICATION, 11]);
            self.kept.extend_from_slice(name);
            self.kept.extend([3, 1]);
            self.kept.extend(repeats);
            self.kept.push(0);
        }
    }
}

/// Three bytes per colour, if the flags announce a palette.
fn palette_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 0x07) + 1) }
}
