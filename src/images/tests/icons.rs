//! Icons of several pictures.

use super::*;

pub(super) fn icon(pictures: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0, 0, 1, 0, u8::try_from(pictures.len()).unwrap(), 0];
    let mut offset = file.len() + 16 * pictures.len() + SECRET.len();
    for picture in pictures {
        file.extend([2, 2, 0, 9, 1, 0, 32, 0]);
        file.extend(u32::try_from(picture.len()).unwrap().to_le_bytes());
        file.extend(u32::try_from(offset).unwrap().to_le_bytes());
        offset += picture.len();
    }
    [&file[..], SECRET, &pictures.concat(), SECRET].concat()
}

/// A bitmap of 2 × 2 pixels: header, colours, mask.
pub(super) fn bitmap(header: [u8; 24]) -> Vec<u8> {
    let start = [40, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1, 0, 32, 0];
    [&start[..], &header, &[7; 2 * 2 * 4], &[0; 2 * 4]].concat()
}

#[test]
fn law_9_an_icon_keeps_its_pictures_and_nothing_between_them() {
    let bytes =
        icon(&[[bitmap(*b"\0\0\0\0GPS-GPS-GPS-\0\0\0\0GPS-"), SECRET.to_vec()].concat(), animated_png()]);
    let cleaned = cleaned("favicon.ico", &bytes);
    assert_clean(&cleaned);
    assert!(!contains(&cleaned, b"GPS-"));
    assert_eq!(cleaned[6 + 3], 0, "the reserved byte");
    assert!(contains(&cleaned, &bitmap([0; 24])));
    assert!(contains(&cleaned, &packed_pixels()));
}

#[test]
fn law_9_an_icon_of_a_rare_kind_is_refused() {
    let mut other = bitmap([0; 24]);
    other[0] = 124;
    assert!(refusal("favicon.ico", &icon(&[other])).reason.contains("rare kind"));
    assert!(refusal("favicon.ico", &icon(&[b"\xFF\xD8\xFF".to_vec()])).reason.contains("ends before"));
    assert!(refusal("favicon.ico", &icon(&[])).reason.contains("does not begin"));
}
