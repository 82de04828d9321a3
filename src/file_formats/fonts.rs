//! Fonts: whether a file is one from its first byte to its last.

/// What a font file holds besides its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontContent {
    Letters,
    /// A block of metadata or of private data as well.
    Metadata,
}

/// `None` if its header does not fit its length: anything could follow.
pub fn content(bytes: &[u8]) -> Option<FontContent> {
    match bytes.first_chunk::<4>()? {
        b"wOFF" => web_font(bytes, [28, 40]),
        b"wOF2" => web_font(bytes, [32, 44]),
        _ => (tables_end(bytes)?.next_multiple_of(4) >= bytes.len()).then_some(FontContent::Letters),
    }
}

/// WOFF and WOFF2, with the places of the lengths of the two further blocks.
fn web_font(bytes: &[u8], lengths: [usize; 2]) -> Option<FontContent> {
    if number(bytes, 8)? != bytes.len() {
        return None;
    }
    let has_metadata = number(bytes, lengths[0])? > 0 || number(bytes, lengths[1])? > 0;
    Some(if has_metadata { FontContent::Metadata } else { FontContent::Letters })
}

/// The end of the last table of a TrueType or OpenType font.
fn tables_end(bytes: &[u8]) -> Option<usize> {
    const HEADER_BYTES: usize = 12;
    const RECORD_BYTES: usize = 16;
    let count = usize::from(u16::from_be_bytes(*bytes.get(4..)?.first_chunk()?));
    let ends = (0..count).map(|table| {
        let record = HEADER_BYTES + table * RECORD_BYTES;
        number(bytes, record + 8)?.checked_add(number(bytes, record + 12)?)
    });
    ends.collect::<Option<Vec<usize>>>()?.into_iter().max()
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}
