//! JPEG: keeps tables, frame and scans; of the application segments a bare JFIF header, Adobe's colour
//! transform, the colour profile and the orientation.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF as _, ImageICC as _};

use super::exif::{self, Orientation};
use super::icc;
use super::refusal::ImageRefusal;

const NO_END: &str = "it ends before its picture does";

pub fn clean(bytes: Vec<u8>) -> Result<Vec<u8>, ImageRefusal> {
    let mut jpeg = Jpeg::from_bytes(bytes.into())?;
    let orientation = jpeg.exif().and_then(|exif| Orientation::read(&exif));
    let profile = jpeg.icc_profile().and_then(|profile| icc::profile(&profile));
    let mut kept = Vec::new();
    for segment in jpeg.segments() {
        kept.extend(kept_segment(segment)?);
    }
    drop_repeated_headers(&mut kept);
    check_structure(&kept)?;
    *jpeg.segments_mut() = kept;
    if profile.is_some() {
        jpeg.set_icc_profile(profile);
    }
    if let Some(orientation) = orientation {
        insert_orientation(jpeg.segments_mut(), orientation);
    }
    Ok(jpeg.encoder().bytes().to_vec())
}

/// The part of a segment that stays. [`clean`] puts profile and orientation back.
fn kept_segment(segment: &JpegSegment) -> Result<Option<JpegSegment>, ImageRefusal> {
    let marker = segment.marker();
    let contents = segment.contents();
    match marker {
        markers::APP0 => Ok(bare_jfif(contents)),
        markers::APP14 => Ok(adobe_transform(contents)),
        markers::APP1..=markers::APP15 | markers::COM => Ok(None),
        markers::SOS => {
            check_lengths(marker, contents)?;
            let scans = kept_scans(segment)?;
            Ok(Some(JpegSegment::new_with_entropy(marker, contents.clone(), scans)))
        }
        _ => check_lengths(marker, contents).map(|()| Some(segment.clone())),
    }
}

/// Version and pixel density, without the thumbnail.
fn bare_jfif(contents: &Bytes) -> Option<JpegSegment> {
    (contents.starts_with(b"JFIF\0") && contents.len() >= 14).then(|| {
        let bare = [&contents[..12], &[0, 0]].concat();
        JpegSegment::new_with_contents(markers::APP0, bare.into())
    })
}

/// How to read the colours; without it some images are inverted.
fn adobe_transform(contents: &Bytes) -> Option<JpegSegment> {
    (contents.starts_with(b"Adobe") && contents.len() >= 12)
        .then(|| JpegSegment::new_with_contents(markers::APP14, contents.slice(..12)))
}

fn drop_repeated_headers(segments: &mut Vec<JpegSegment>) {
    for marker in [markers::APP0, markers::APP14] {
        let mut seen = false;
        segments.retain(|segment| segment.marker() != marker || !std::mem::replace(&mut seen, true));
    }
}

fn check_structure(segments: &[JpegSegment]) -> Result<(), ImageRefusal> {
    let frames = segments.iter().filter(|segment| is_frame(segment.marker())).count();
    let has_scan = segments.last().is_some_and(|segment| segment.marker() == markers::SOS);
    if frames == 1 && has_scan {
        Ok(())
    } else {
        Err(ImageRefusal::damaged(&format!("it has {frames} frames, and one with a scan is expected")))
    }
}

/// After a JFIF header, which has to be first.
fn insert_orientation(segments: &mut Vec<JpegSegment>, orientation: Orientation) {
    let at = segments.iter().take_while(|segment| segment.marker() == markers::APP0).count();
    let contents = [exif::PREFIX, &orientation.tiff()].concat();
    segments.insert(at, JpegSegment::new_with_contents(markers::APP1, contents.into()));
}

pub fn is_frame(marker: u8) -> bool {
    matches!(marker, markers::SOF0..=markers::SOF15)
        && !matches!(marker, markers::DHT | markers::JPG | markers::DAC)
}

/// Checks that decoders read every byte of a kept segment, so that nothing can hide at its end. libjpeg
/// refuses the same lengths.
fn check_lengths(marker: u8, contents: &[u8]) -> Result<(), ImageRefusal> {
    let at = |index: usize| contents.get(index).copied().map_or(0, usize::from);
    let is_right = match marker {
        markers::DQT => splits_into(contents, quantization_table_bytes),
        markers::DHT => splits_into(contents, huffman_table_bytes),
        markers::DAC => splits_into(contents, |table| if is_table_id(table[0]) { 2 } else { usize::MAX }),
        markers::DRI | markers::DNL => contents.len() == 2,
        markers::SOS => contents.len() == 4 + 2 * at(0),
        frame if is_frame(frame) => contents.len() == 6 + 3 * at(5),
        other => {
            return Err(ImageRefusal::damaged(&format!("it has a segment of the kind {other:02X}")));
        }
    };
    if is_right {
        Ok(())
    } else {
        Err(ImageRefusal::damaged(&format!("its segment {marker:02X} has a wrong length")))
    }
}

fn quantization_table_bytes(table: &[u8]) -> usize {
    if table[0] >> 4 == 0 { 65 } else { 129 }
}

/// A class, 0 or 1, and one of four tables.
fn is_table_id(id: u8) -> bool {
    id & !0x13 == 0
}

/// One byte of class, 16 counts of codes, and as many symbols as the sum of the counts.
fn huffman_table_bytes(table: &[u8]) -> usize {
    17 + table.iter().skip(1).take(16).map(|&count| usize::from(count)).sum::<usize>()
}

fn splits_into(mut contents: &[u8], bytes_of_first: impl Fn(&[u8]) -> usize) -> bool {
    while !contents.is_empty() {
        match contents.get(bytes_of_first(contents)..) {
            Some(rest) => contents = rest,
            None => return false,
        }
    }
    true
}

/// The entropy-coded rest of the file up to its end marker, without metadata between scans.
///
/// `img-parts` does not read this part: everything after the first scan header is one block to it.
fn kept_scans(first: &JpegSegment) -> Result<Bytes, ImageRefusal> {
    let encoded = first.clone().encoder().bytes();
    let mut rest = EntropyReader { bytes: &encoded[first.len()..] };
    let mut kept = Vec::with_capacity(rest.bytes.len());
    kept.extend_from_slice(rest.entropy());
    loop {
        let marker = rest.marker()?;
        match marker {
            markers::EOI => break,
            markers::APP0..=markers::APP15 | markers::COM => drop(rest.segment()?),
            marker if is_frame(marker) => return Err(ImageRefusal::damaged("it has a second frame")),
            _ => {
                let contents = rest.segment()?;
                check_lengths(marker, &contents[2..])?;
                kept.extend([0xFF, marker]);
                kept.extend_from_slice(contents);
            }
        }
        let entropy = rest.entropy();
        if marker == markers::SOS {
            kept.extend_from_slice(entropy);
        }
    }
    kept.extend([0xFF, markers::EOI]);
    Ok(kept.into())
}

struct EntropyReader<'a> {
    bytes: &'a [u8],
}

impl<'a> EntropyReader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ImageRefusal> {
        let (taken, rest) =
            self.bytes.split_at_checked(count).ok_or_else(|| ImageRefusal::damaged(NO_END))?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Everything before the next marker; stuffed `FF 00` and restart markers are part of a scan.
    fn entropy(&mut self) -> &'a [u8] {
        let mut pairs = self.bytes.windows(2);
        let next = pairs.position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF | 0xD0..=0xD7));
        let end = next.unwrap_or(self.bytes.len());
        let (entropy, rest) = self.bytes.split_at(end);
        self.bytes = rest;
        entropy
    }

    fn marker(&mut self) -> Result<u8, ImageRefusal> {
        Ok(self.take(2)?[1])
    }

    /// A segment's contents, with the two bytes of length before them.
    fn segment(&mut self) -> Result<&'a [u8], ImageRefusal> {
        let length = self.bytes.first_chunk().map_or(0, |bytes| usize::from(u16::from_be_bytes(*bytes)));
        if length < 2 {
            return Err(ImageRefusal::damaged(NO_END));
        }
        self.take(length)
    }
}
