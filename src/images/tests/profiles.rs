//! Colour profiles.

use super::*;

/// A profile of a monitor: colours, one curve for all three, and what its program put in besides.
pub(super) fn icc_profile() -> Vec<u8> {
    let colours = [b"XYZ \0\0\0\0", &[1; 12][..], SECRET].concat();
    let curve = [&b"curv\0\0\0\0\0\0\0\x01\x02\x33"[..], SECRET].concat();
    let tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"desc", with_secret(b"desc\0\0\0\0\0\0\0\x1D")),
        (b"cprt", with_secret(b"text\0\0\0\0")),
        (b"dmnd", with_secret(b"desc\0\0\0\0")),
        (b"mmod", with_secret(b"mmod\0\0\0\0")),
        (b"vcgt", with_secret(b"vcgt\0\0\0\0")),
        (b"rXYZ", colours.clone()),
        (b"rXYZ", with_secret(b"XYZ \0\0\0\0")),
        (b"wtpt", with_secret(b"text\0\0\0\0")),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve),
    ];
    let mut header = [7; 128];
    header[8] = 2;
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    header[36..40].copy_from_slice(b"acsp");
    header[48..76].copy_from_slice(SECRET);
    let mut offset = 132 + 12 * tags.len();
    let mut table = u32::try_from(tags.len()).unwrap().to_be_bytes().to_vec();
    for (name, data) in &tags {
        table.extend_from_slice(*name);
        table.extend(u32::try_from(offset).unwrap().to_be_bytes());
        table.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        offset += data.len();
    }
    header[..4].copy_from_slice(&u32::try_from(offset).unwrap().to_be_bytes());
    let data: Vec<u8> = tags.into_iter().flat_map(|(_, data)| data).collect();
    [&header[..], &table, &data].concat()
}

pub(super) fn clean_profile() -> Vec<u8> {
    icc::profile(&icc_profile().into()).expect("it has a curve").to_vec()
}

#[test]
fn law_9_a_profile_keeps_what_colour_needs() {
    let profile = clean_profile();
    assert_clean(&profile);
    let names: Vec<&[u8]> = profile[132..].chunks(12).take(5).map(|entry| &entry[..4]).collect();
    assert_eq!(names, [b"desc", b"cprt", b"rXYZ", b"rTRC", b"gTRC"]);
    assert_eq!(icc::profile(&profile.clone().into()), Some(profile.clone().into()));
    // A curve that two channels share is written once.
    assert_eq!(profile.windows(4).filter(|window| window == b"curv").count(), 1);
    for version_4 in [false, true] {
        let mut bytes = profile.clone();
        bytes[8] = if version_4 { 4 } else { 2 };
        let again = icc::profile(&bytes.into()).unwrap();
        assert_eq!(contains(&again, b"mluc"), version_4);
    }
}

#[test]
fn law_9_no_changed_byte_lets_the_secret_of_a_profile_through() {
    let bytes = icc_profile();
    for at in (0..bytes.len()).filter(|at| bytes[*at] != b'S') {
        for change in [0x01, 0x04, 0x10, 0x80, 0xFF] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            if let Some(clean) = icc::profile(&changed.into()) {
                // The length of a curve is that of its data, whatever they are.
                assert!(!contains(&clean, b"SECRET 36.2021N 37.1343E"), "byte {at} changed by {change:02X}");
            }
        }
    }
}
