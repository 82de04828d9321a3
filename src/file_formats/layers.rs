//! The parts of a file in which metadata can be read: unpacked, and without the recording itself.
//!
//! Invariant: unpacks at most [`MOST_UNPACKED`] bytes of one file, however it is packed.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use flate2::read::ZlibDecoder;
use zip::ZipArchive;

use super::metadata_format::MetadataFormat;

/// Metadata come first in most formats; a whole archive would take minutes.
const MOST_UNPACKED: u64 = 64 << 20;

/// The parts of a file in which metadata can be read.
pub fn of(format: MetadataFormat, bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    match format {
        MetadataFormat::Pdf => with_unpacked(bytes, pdf_streams(bytes)),
        MetadataFormat::Zip => with_unpacked(bytes, zip_entries(bytes)),
        MetadataFormat::IsoMedia => without_recording(bytes, iso_box),
        MetadataFormat::Riff => without_recording(bytes.get(12..).unwrap_or_default(), riff_chunk),
        MetadataFormat::Id3 => vec![id3_tag(bytes).into()],
        MetadataFormat::Rtf | MetadataFormat::Geography | MetadataFormat::Text | MetadataFormat::Other => {
            vec![bytes.into()]
        }
    }
}

fn with_unpacked(bytes: &[u8], unpacked: Vec<Vec<u8>>) -> Vec<Cow<'_, [u8]>> {
    std::iter::once(bytes.into()).chain(unpacked.into_iter().map(Cow::Owned)).collect()
}

/// The streams that are packed alone with zlib: text, XMP and the objects of newer files.
fn pdf_streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut left = MOST_UNPACKED;
    let mut streams = Vec::new();
    for start in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[start + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        // The usual window of zlib; `endstream` and other uses of the word have another byte.
        if left > 0 && matches!(data.first(), Some(0x48 | 0x58 | 0x68 | 0x78)) {
            let stream = read_up_to(left, ZlibDecoder::new(data));
            left -= stream.len() as u64;
            streams.push(stream);
        }
    }
    streams
}

/// The entries of an archive. One that cannot be unpacked is left out, as are all of a damaged archive.
fn zip_entries(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut left = MOST_UNPACKED;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        if let Ok(entry) = archive.by_index(index)
            && left > 0
        {
            let entry = read_up_to(left, entry);
            left -= entry.len() as u64;
            entries.push(entry);
        }
    }
    entries
}

/// What can be read before the first fault.
fn read_up_to(most: u64, reader: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A damaged part is looked at as far as it goes: the file is reported in any case.
    let _ = reader.take(most).read_to_end(&mut bytes);
    bytes
}

/// The tag before a recording. Its length is in four bytes of seven bits, without the ten bytes of its header.
fn id3_tag(bytes: &[u8]) -> &[u8] {
    let length =
        bytes.get(6..10).unwrap_or_default().iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7F));
    &bytes[..bytes.len().min(10 + length)]
}

/// The name of a part, and its length with everything before the next part.
type PartHeader = ([u8; 4], usize);

/// The parts of a file but for those that are picture and sound: four letters could be in there by chance.
fn without_recording(mut bytes: &[u8], header: fn(&[u8]) -> Option<PartHeader>) -> Vec<Cow<'_, [u8]>> {
    const RECORDINGS: [&[u8; 4]; 4] = [b"mdat", b"data", b"movi", b"idx1"];
    let mut parts = Vec::new();
    while let Some((name, length)) = header(bytes).filter(|(_, length)| *length > 0) {
        let (part, rest) = bytes.split_at(length.min(bytes.len()));
        let list = part.get(8..12).unwrap_or_default();
        if !RECORDINGS.contains(&&name) && list != b"movi" {
            parts.push(part.into());
        }
        bytes = rest;
    }
    // What follows the last part belongs to none.
    parts.push(bytes.into());
    parts
}

/// A box of ISO 14496-12: length, name, and a longer length if the first is 1; 0 is the rest of the file.
fn iso_box(bytes: &[u8]) -> Option<PartHeader> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_first_chunk::<4>()?;
    let length = match u32::from_be_bytes(*length) {
        0 => bytes.len(),
        1 => usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?,
        length => usize::try_from(length).ok()?,
    };
    Some((*name, length))
}

/// A chunk of RIFF: name, length of its contents, contents, and a byte more if they are odd.
fn riff_chunk(bytes: &[u8]) -> Option<PartHeader> {
    let (name, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*rest.first_chunk()?)).ok()?;
    Some((*name, 8 + length + length % 2))
}
