//! WebP: keeps header, colour profile, animation and bitstreams, inside the frames of an animation too.

use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{self, WebP};
use img_parts::{Bytes, ImageEXIF as _, ImageICC as _};

use super::exif::Orientation;
use super::icc;
use super::refusal::ImageRefusal;

const ICC_FLAG: u8 = 0b0010_0000;
const ALPHA_FLAG: u8 = 0b0001_0000;
const EXIF_FLAG: u8 = 0b0000_1000;
const ANIMATION_FLAG: u8 = 0b0000_0010;

/// Position, size, duration and blending of a frame, before its chunks.
const FRAME_HEADER_BYTES: usize = 16;

pub fn clean(bytes: Vec<u8>) -> Result<Vec<u8>, ImageRefusal> {
    let mut webp = WebP::from_bytes(bytes.into())?;
    // Without the extended header, decoders read the first bitstream and nothing else.
    let is_extended = webp.chunks().first().is_some_and(|chunk| chunk.id() == webp::CHUNK_VP8X);
    let extras = if is_extended { Extras::of(&webp) } else { Extras::default() };
    let mut kept = Vec::with_capacity(webp.chunks().len());
    for chunk in webp.chunks() {
        kept.extend(extras.kept_chunk(chunk, is_extended)?);
    }
    check_structure(&kept)?;
    if let Some(orientation) = extras.orientation {
        kept.push(data_chunk(webp::CHUNK_EXIF, orientation.tiff()));
    }
    *webp.chunks_mut() = kept;
    Ok(webp.encoder().bytes().to_vec())
}

/// What stays besides the image.
#[derive(Default)]
struct Extras {
    profile: Option<Bytes>,
    orientation: Option<Orientation>,
}

impl Extras {
    fn of(webp: &WebP) -> Self {
        Self {
            profile: webp.icc_profile().and_then(|profile| icc::profile(&profile)),
            orientation: webp.exif().and_then(|exif| Orientation::read(&exif)),
        }
    }

    fn kept_chunk(&self, chunk: &RiffChunk, is_extended: bool) -> Result<Option<RiffChunk>, ImageRefusal> {
        let Some(data) = chunk.content().data() else { return Ok(None) };
        Ok(match chunk.id() {
            webp::CHUNK_VP8 | webp::CHUNK_VP8L => Some(chunk.clone()),
            _ if !is_extended => None,
            webp::CHUNK_VP8X => Some(self.header(data)?),
            webp::CHUNK_ICCP => self.profile.as_ref().map(|profile| data_chunk(chunk.id(), profile.to_vec())),
            webp::CHUNK_ALPH => Some(chunk.clone()),
            webp::CHUNK_ANIM if data.len() == 6 => Some(chunk.clone()),
            webp::CHUNK_ANIM => return Err(ImageRefusal::damaged("its animation header has a wrong length")),
            webp::CHUNK_ANMF => Some(kept_frame(data)?),
            _ => None,
        })
    }

    /// The extended header, with flags for what stays and zeros in reserved bits.
    fn header(&self, data: &[u8]) -> Result<RiffChunk, ImageRefusal> {
        let [flags, _, _, _, canvas @ ..] = data else {
            return Err(ImageRefusal::damaged("its header is too short"));
        };
        if canvas.len() != 6 {
            return Err(ImageRefusal::damaged("its header has a wrong length"));
        }
        let mut flags = flags & (ALPHA_FLAG | ANIMATION_FLAG);
        if self.profile.is_some() {
            flags |= ICC_FLAG;
        }
        if self.orientation.is_some() {
            flags |= EXIF_FLAG;
        }
        Ok(data_chunk(webp::CHUNK_VP8X, [&[flags, 0, 0, 0], canvas].concat()))
    }
}

/// At most one header and one profile, and either one image or frames.
fn check_structure(chunks: &[RiffChunk]) -> Result<(), ImageRefusal> {
    let count = |id| chunks.iter().filter(|chunk| chunk.id() == id).count();
    if count(webp::CHUNK_VP8X) > 1 || count(webp::CHUNK_ICCP) > 1 {
        return Err(ImageRefusal::damaged("it has two headers or profiles"));
    }
    let stills = count(webp::CHUNK_VP8) + count(webp::CHUNK_VP8L);
    let frames = count(webp::CHUNK_ANMF);
    if stills + frames == 0 || stills > 1 || stills == 1 && frames > 0 {
        return Err(ImageRefusal::damaged(&format!("it has {stills} still pictures and {frames} frames")));
    }
    Ok(())
}

/// A frame of an animation has chunks of its own, which can be anything.
fn kept_frame(data: &[u8]) -> Result<RiffChunk, ImageRefusal> {
    let (header, chunks) = data
        .split_at_checked(FRAME_HEADER_BYTES)
        .ok_or_else(|| ImageRefusal::damaged("a frame of it is too short"))?;
    let mut frame = header.to_vec();
    for chunk in read_chunks(chunks)? {
        if matches!(chunk.id(), webp::CHUNK_ALPH | webp::CHUNK_VP8 | webp::CHUNK_VP8L) {
            frame.extend_from_slice(&chunk.encoder().bytes());
        }
    }
    Ok(data_chunk(webp::CHUNK_ANMF, frame))
}

/// `img-parts` only reads chunks of a whole file, so the frame becomes one.
fn read_chunks(chunks: &[u8]) -> Result<Vec<RiffChunk>, ImageRefusal> {
    let size =
        u32::try_from(chunks.len() + 4).map_err(|_| ImageRefusal::damaged("a frame of it is too long"))?;
    let file = [b"RIFF", &size.to_le_bytes()[..], b"WEBP", chunks].concat();
    Ok(WebP::from_bytes(file.into())?.chunks().clone())
}

fn data_chunk(id: [u8; 4], data: Vec<u8>) -> RiffChunk {
    RiffChunk::new(id, RiffContent::Data(data.into()))
}
