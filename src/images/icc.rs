//! Colour profiles: without them colours are wrong on many screens. Only what turns numbers into colours stays.
//!
//! A profile of a monitor holds its serial number, and one of a system the name of the machine. So the profile is
//! made again: the header with what colour needs, constant names, and the tags on the list (ICC.1:2022).

use img_parts::Bytes;

const HEADER_BYTES: usize = 128;
const TAG_ENTRY_BYTES: usize = 12;
/// Profiles of monitors have some twenty tags.
const MOST_TAGS: usize = 200;

/// Tags with which a decoder computes colours.
const COLOUR_TAGS: [&[u8; 4]; 22] = [
    b"wtpt", b"bkpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0",
    b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"D2B2", b"B2D0", b"B2D1", b"cicp",
];

/// Tags of which a profile needs one: curves or tables.
const TRANSFORMS: [&[u8; 4]; 4] = [b"rTRC", b"kTRC", b"A2B0", b"D2B0"];

/// The profile with only what colour needs; `None` if it is not a profile that decoders use.
pub fn profile(bytes: &Bytes) -> Option<Bytes> {
    let header = bytes.first_chunk::<HEADER_BYTES>()?;
    let size = usize::try_from(number(header, 0)?).ok()?;
    let profile = bytes.get(..size)?;
    if &header[36..40] != b"acsp" || !is_of_colours(header) {
        return None;
    }
    let tags = colour_tags(profile)?;
    let has_transform = tags.iter().any(|(name, _)| TRANSFORMS.contains(&name));
    has_transform.then(|| assembled(clean_header(header), &tags).into())
}

/// Whether its class and both of its colour spaces are those of images.
fn is_of_colours(header: &[u8; HEADER_BYTES]) -> bool {
    matches!(&header[12..16], b"scnr" | b"mntr" | b"prtr" | b"spac")
        && matches!(&header[16..20], b"RGB " | b"GRAY" | b"CMYK" | b"Lab " | b"XYZ " | b"YCbr")
        && matches!(&header[20..24], b"XYZ " | b"Lab ")
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

type ProfileTag = ([u8; 4], Vec<u8>);

/// The tags on the list that are whole, in their order, each once.
fn colour_tags(profile: &[u8]) -> Option<Vec<ProfileTag>> {
    let count = usize::try_from(number(profile, HEADER_BYTES)?).ok()?;
    let mut tags: Vec<ProfileTag> = Vec::new();
    for index in 0..count.min(MOST_TAGS) {
        let entry = profile.get(HEADER_BYTES + 4 + index * TAG_ENTRY_BYTES..)?;
        let name = *entry.first_chunk::<4>()?;
        let offset = usize::try_from(number(entry, 4)?).ok()?;
        let length = usize::try_from(number(entry, 8)?).ok()?;
        let is_kept = COLOUR_TAGS.contains(&&name) && tags.iter().all(|(known, _)| *known != name);
        let data = profile.get(offset..offset.checked_add(length)?)?;
        if is_kept && let Some(used) = used_bytes(data) {
            tags.push((name, data.get(..used)?.to_vec()));
        }
    }
    Some(tags)
}

/// How many bytes of a tag are read, by its type; `None` for types that hold no numbers of colour.
fn used_bytes(data: &[u8]) -> Option<usize> {
    let count = |at: usize| usize::try_from(number(data, at)?).ok();
    let byte = |at: usize| data.get(at).copied().map(usize::from);
    let short = |at: usize| Some(byte(at)? << 8 | byte(at + 1)?);
    // A table of `inputs` dimensions with `points` points each.
    let table = |inputs: usize, points: usize, outputs: usize| {
        points.checked_pow(u32::try_from(inputs).ok()?)?.checked_mul(outputs)
    };
    match data.first_chunk::<4>()? {
        b"XYZ " => Some(20),
        b"cicp" => Some(12),
        b"sf32" => Some(data.len().min(8 + 9 * 4)),
        b"curv" => count(8)?.checked_mul(2)?.checked_add(12),
        b"para" => [16, 24, 28, 32, 40].get(short(8)?).copied(),
        b"mft1" => {
            let (inputs, outputs) = (byte(8)?, byte(9)?);
            table(inputs, byte(10)?, outputs)?.checked_add(48 + 256 * (inputs + outputs))
        }
        b"mft2" => {
            let (inputs, outputs) = (byte(8)?, byte(9)?);
            let entries =
                table(inputs, byte(10)?, outputs)?.checked_add(inputs * short(48)? + outputs * short(50)?)?;
            entries.checked_mul(2)?.checked_add(52)
        }
        // Their parts can be in any order, so all of them stay.
        b"mAB " | b"mBA " | b"mpet" => Some(data.len()),
        _ => None,
    }
}

/// Version, class, colour spaces and intent; the rest is about programs, devices and dates, or constant.
fn clean_header(header: &[u8; HEADER_BYTES]) -> [u8; HEADER_BYTES] {
    let mut clean = [0; HEADER_BYTES];
    clean[8..10].copy_from_slice(&header[8..10]);
    clean[12..24].copy_from_slice(&header[12..24]);
    // Some decoders refuse a profile without a date: 1 January 2000.
    clean[24..30].copy_from_slice(&[0x07, 0xD0, 0, 1, 0, 1]);
    clean[36..40].copy_from_slice(b"acsp");
    clean[67] = header[67] & 0b11;
    // The white point of all profiles, D50.
    clean[68..80].copy_from_slice(&[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    clean
}

/// Header, table and data. Tags with the same data share it, as curves do.
fn assembled(mut header: [u8; HEADER_BYTES], tags: &[ProfileTag]) -> Vec<u8> {
    let is_version_4 = header[8] >= 4;
    let names = [(*b"desc", description(is_version_4)), (*b"cprt", copyright(is_version_4))];
    let all: Vec<&ProfileTag> = names.iter().chain(tags).collect();
    let start = HEADER_BYTES + 4 + all.len() * TAG_ENTRY_BYTES;
    let mut table = to_bytes(all.len()).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let mut written: Vec<(&[u8], usize)> = Vec::new();
    for (name, contents) in all {
        let known = written.iter().find(|(known, _)| known == contents);
        let offset = known.map_or(start + data.len(), |(_, offset)| *offset);
        if known.is_none() {
            written.push((contents, offset));
            data.extend_from_slice(contents);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend_from_slice(name);
        table.extend(to_bytes(offset));
        table.extend(to_bytes(contents.len()));
    }
    header[..4].copy_from_slice(&to_bytes(start + data.len()));
    [&header[..], &table, &data].concat()
}

/// Profiles are far smaller than 4 GiB: an image has at most 1 GiB.
fn to_bytes(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

const NAME: &str = "Profile";

/// The name of a profile, which each must have.
fn description(is_version_4: bool) -> Vec<u8> {
    if is_version_4 {
        return localised(NAME);
    }
    let ascii_bytes = to_bytes(NAME.len() + 1);
    // No name in Unicode and none in the script of old systems: 4 + 4, 2 + 1 + 67 bytes.
    [&b"desc\0\0\0\0"[..], &ascii_bytes, NAME.as_bytes(), &[0], &[0; 78]].concat()
}

fn copyright(is_version_4: bool) -> Vec<u8> {
    if is_version_4 { localised(NAME) } else { [b"text\0\0\0\0", NAME.as_bytes(), &[0]].concat() }
}

/// `multiLocalizedUnicodeType` with one text.
fn localised(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let record = [&b"enUS"[..], &to_bytes(letters.len()), &to_bytes(28)].concat();
    [&b"mluc\0\0\0\0"[..], &to_bytes(1), &to_bytes(12), &record, &letters].concat()
}
