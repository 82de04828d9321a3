//! Colour profiles, which stay: without them colours are wrong on many screens.

use img_parts::Bytes;

const HEADER_BYTES: usize = 128;

/// The profile, cut to its stated size; None if it is not a profile that decoders use.
pub fn profile(bytes: &Bytes) -> Option<Bytes> {
    let header = bytes.get(..HEADER_BYTES)?;
    let size = usize::try_from(u32::from_be_bytes(*header.first_chunk()?)).ok()?;
    let is_profile = &header[36..40] == b"acsp" && (HEADER_BYTES..=bytes.len()).contains(&size);
    is_profile.then(|| bytes.slice(..size))
}
