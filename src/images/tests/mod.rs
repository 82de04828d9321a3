//! Small files made by hand, with a secret wherever a format has room for one.
//!
//! Has what the tests of all formats share, and those of formats of pixels; the others are in a file each.

mod copies;
mod drawings;
mod icons;
mod profiles;

use img_parts::Bytes;
use img_parts::png::{Png, PngChunk};
use img_parts::webp::WebP;
use proptest::prelude::*;

use drawings::svg;
use icons::{bitmap, icon};
use profiles::{clean_profile, icc_profile};

use super::*;

const SECRET: &[u8] = b"GPS-SECRET 36.2021N 37.1343E";
const PIXELS: &[u8] = b"pixels\xFF\x00pixels\xFF\xD0pixels";
const MORE_PIXELS: &[u8] = b"refinement\xFF\x00pixels";

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn assert_clean(bytes: &[u8]) {
    for marker in [SECRET, b"GPS-SECRET", b"http://ns.adobe.com", b"8BIM", b"MPF\0", b"Photoshop", b"jumb"] {
        assert!(!contains(bytes, marker), "{:?} is still there", String::from_utf8_lossy(marker));
    }
}

fn cleaned(name: &str, bytes: &[u8]) -> Vec<u8> {
    let cleaned = clean(name, bytes.to_vec()).expect("the picture is whole");
    assert_eq!(clean(name, cleaned.clone()).as_ref(), Ok(&cleaned), "{name} changed when cleaned again");
    cleaned
}

fn refusal(name: &str, bytes: &[u8]) -> ImageRefusal {
    clean(name, bytes.to_vec()).expect_err("the picture is refused")
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x04\0\0\0Cam\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend_from_slice(SECRET);
    tiff
}

fn with_secret(start: &[u8]) -> Vec<u8> {
    [start, SECRET].concat()
}

// JPEG

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], contents].concat()
}

fn jpeg_metadata(orientation: u8) -> Vec<Vec<u8>> {
    vec![
        segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat()),
        segment(0xE0, &[b"JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x09", &SECRET[..27]].concat()),
        segment(0xE0, &with_secret(b"JFXX\0\x10")),
        segment(0xE1, &with_secret(b"http://ns.adobe.com/xap/1.0/\0")),
        segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &icc_profile()[..], SECRET].concat()),
        segment(0xE2, &with_secret(b"MPF\0II*\0")),
        segment(0xEB, &with_secret(b"JP\0\0jumbc2pa")),
        segment(0xED, &with_secret(b"Photoshop 3.0\x008BIM\x04\x04")),
        segment(0xEE, &[b"Adobe\0\x64\0\0\0\0\x01", SECRET].concat()),
        segment(0xFE, SECRET),
    ]
}

/// A table each, a frame of 3 × 2 pixels.
fn jpeg_tables() -> Vec<u8> {
    let quantization = segment(0xDB, &[0; 65]);
    let frame = segment(0xC2, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
    [quantization, frame, huffman_table()].concat()
}

fn huffman_table() -> Vec<u8> {
    let mut table = [0; 18];
    table[1] = 1;
    segment(0xC4, &table)
}

fn scan(pixels: &[u8]) -> Vec<u8> {
    [segment(0xDA, &[1, 1, 0, 0, 63, 0]), pixels.to_vec()].concat()
}

fn jpeg(metadata: &[Vec<u8>]) -> Vec<u8> {
    let comment = segment(0xFE, SECRET);
    let thumbnail = segment(0xE1, &with_secret(b"Exif\0\0"));
    let (first, second) = (scan(PIXELS), scan(MORE_PIXELS));
    let head = [&[0xFF, 0xD8][..], &metadata.concat(), &jpeg_tables(), &first].concat();
    [&head, &comment, &huffman_table(), &thumbnail, &second, &[0xFF, 0xD9][..], SECRET].concat()
}

#[test]
fn law_9_a_jpeg_keeps_its_scans_and_loses_the_rest() {
    let cleaned = cleaned("a.jpg", &jpeg(&jpeg_metadata(1)));
    assert_clean(&cleaned);
    assert!(!contains(&cleaned, b"Exif"));
    let scans = [scan(PIXELS), huffman_table(), scan(MORE_PIXELS), vec![0xFF, 0xD9]].concat();
    assert!(cleaned.ends_with(&scans));
    assert!(contains(&cleaned, &clean_profile()));
    assert!(contains(&cleaned, &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")));
    assert!(contains(&cleaned, &segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0")));
}

#[test]
fn law_9_a_jpeg_that_is_clean_is_not_touched() {
    let bytes = [&[0xFF, 0xD8][..], &jpeg_tables(), &scan(PIXELS), &[0xFF, 0xD9]].concat();
    assert_eq!(cleaned("a.JPEG", &bytes), bytes);
}

#[test]
fn law_9_a_jpeg_keeps_which_way_up_it_is_and_nothing_else_of_exif() {
    for orientation in [2, 6, 8] {
        let cleaned = cleaned("a.jpg", &jpeg(&jpeg_metadata(orientation)));
        assert_clean(&cleaned);
        assert!(!contains(&cleaned, b"Cam"));
        let kept =
            img_parts::ImageEXIF::exif(&img_parts::DynImage::from_bytes(cleaned.into()).unwrap().unwrap());
        let kept = kept.unwrap();
        assert_eq!((kept.len(), kept[19]), (26, orientation));
    }
    for nonsense in [0, 9, 255] {
        assert!(!contains(&cleaned("a.jpg", &jpeg(&jpeg_metadata(nonsense))), b"Exif"));
    }
}

#[test]
fn law_9_no_changed_byte_lets_the_secret_of_a_jpeg_through() {
    let mut metadata = jpeg_metadata(6);
    // The numbers of a longer curve can be any bytes.
    metadata[4] = segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &clean_profile()[..]].concat());
    let head = [&[0xFF, 0xD8][..], &metadata.concat(), &jpeg_tables()].concat();
    let bytes = [&head[..], &scan(PIXELS), &[0xFF, 0xD9], SECRET].concat();
    for at in 0..head.len() {
        for change in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, !bytes[at], bytes[at]] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            if let Ok(cleaned) = clean("a.jpg", changed) {
                assert!(!contains(&cleaned, b"SECRET"), "byte {at} changed by {change:02X}");
            }
        }
    }
}

#[test]
fn law_9_nothing_hides_in_the_tail_of_a_jpeg_table() {
    let table = segment(0xDB, &[&[0; 65], SECRET].concat());
    let bytes = [&[0xFF, 0xD8][..], &table, &jpeg_tables(), &scan(PIXELS), &[0xFF, 0xD9]].concat();
    assert!(refusal("a.jpg", &bytes).reason.contains("wrong length"));
}

// PNG

fn png(chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, contents) in chunks {
        file.extend(PngChunk::new(*kind, contents.clone().into()).encoder().bytes());
    }
    file
}

fn ihdr() -> ([u8; 4], Vec<u8>) {
    (*b"IHDR", vec![0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

/// The packed pixels of a frame of 3 × 2 in three colours of a byte.
fn packed_pixels() -> Vec<u8> {
    zlib(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1])
}

fn frame_control(number: u8) -> ([u8; 4], Vec<u8>) {
    let mut contents = vec![0, 0, 0, number, 0, 0, 0, 3, 0, 0, 0, 2];
    contents.resize(26, 0);
    (*b"fcTL", contents)
}

fn iccp() -> Vec<u8> {
    let mut image = Png::from_bytes(png(&[ihdr()]).into()).unwrap();
    let profile = [icc_profile(), SECRET.to_vec()].concat();
    img_parts::ImageICC::set_icc_profile(&mut image, Some(profile.into()));
    let packed = image.chunk_by_type(*b"iCCP").unwrap().contents().slice(4..);
    [b"GPS-SECRET\0", &packed[..], SECRET].concat()
}

fn animated_png() -> Vec<u8> {
    let chunks = [
        ihdr(),
        (*b"iCCP", iccp()),
        (*b"gAMA", vec![0, 1, 2, 3]),
        (*b"cHRM", SECRET.to_vec()),
        (*b"acTL", vec![0, 0, 0, 1, 0, 0, 0, 0]),
        (*b"eXIf", exif(6)),
        (*b"caBX", with_secret(b"jumbc2pa")),
        frame_control(0),
        (*b"tEXt", with_secret(b"Comment\0")),
        (*b"IDAT", packed_pixels()[..9].to_vec()),
        (*b"iTXt", with_secret(b"XML:com.adobe.xmp\0\0\0\0\0")),
        (*b"IDAT", [&packed_pixels()[9..], SECRET].concat()),
        (*b"IDAT", SECRET.to_vec()),
        frame_control(1),
        (*b"fdAT", [&[0, 0, 0, 2][..], &packed_pixels(), SECRET].concat()),
        (*b"zTXt", with_secret(b"Raw profile type exif\0\0")),
        (*b"tIME", vec![7, 0xE0, 10, 2, 21, 40, 0]),
        (*b"IEND", vec![]),
    ];
    [png(&chunks), SECRET.to_vec()].concat()
}

fn png_kinds(bytes: &[u8]) -> Vec<String> {
    let png = Png::from_bytes(Bytes::copy_from_slice(bytes)).unwrap();
    png.chunks().iter().map(|chunk| chunk.kind().escape_ascii().to_string()).collect()
}

#[test]
fn law_9_a_png_keeps_what_draws_and_loses_the_rest() {
    let cleaned = cleaned("a.png", &animated_png());
    assert_clean(&cleaned);
    let kept =
        ["IHDR", "eXIf", "iCCP", "gAMA", "acTL", "fcTL", "IDAT", "IDAT", "IDAT", "fcTL", "fdAT", "IEND"];
    assert_eq!(png_kinds(&cleaned), kept);
    let image = Png::from_bytes(Bytes::from(cleaned)).unwrap();
    assert_eq!(img_parts::ImageICC::icc_profile(&image), Some(clean_profile().into()));
    assert_eq!(img_parts::ImageEXIF::exif(&image).unwrap().len(), 26);
    let data: Vec<_> = image.chunks_by_type(*b"IDAT").map(|chunk| chunk.contents().to_vec()).collect();
    assert_eq!(data.concat(), packed_pixels());
    assert_eq!(image.chunk_by_type(*b"fdAT").unwrap().contents()[4..], packed_pixels());
}

#[test]
fn law_9_an_orientation_behind_the_data_of_a_png_stays_behind_it() {
    let idat = (*b"IDAT", packed_pixels());
    let bytes = png(&[ihdr(), idat, (*b"eXIf", exif(6)), (*b"IEND", vec![])]);
    let cleaned = cleaned("a.png", &bytes);
    assert_eq!(png_kinds(&cleaned), ["IHDR", "IDAT", "eXIf", "IEND"]);
}

#[test]
fn law_9_a_png_with_a_chunk_that_nobody_knows_but_needs_is_refused() {
    let bytes = png(&[ihdr(), (*b"CgBI", SECRET.to_vec()), (*b"IDAT", vec![]), (*b"IEND", vec![])]);
    assert!(refusal("a.png", &bytes).reason.contains("CgBI"));
    let bytes = png(&[ihdr(), (*b"IDAT", vec![]), (*b"IEND", SECRET.to_vec())]);
    assert!(refusal("a.png", &bytes).reason.contains("IEND"));
}

fn indexed_png(interlace: u8, rows: &[u8]) -> Vec<u8> {
    let header = vec![0, 0, 0, 3, 0, 0, 0, 2, 2, 3, 0, 0, interlace];
    png(&[
        (*b"IHDR", header),
        (*b"PLTE", b"AAABBBCCCDDD".to_vec()),
        (*b"tRNS", b"abcd".to_vec()),
        (*b"PLTE", SECRET[..27].to_vec()),
        (*b"IDAT", zlib(rows)),
        (*b"IEND", vec![]),
    ])
}

#[test]
fn law_9_colours_that_no_pixel_uses_are_cleared() {
    // Two bits a pixel: 0 2 0 in the first row; the second adds the row above, and so is the same.
    let rows = [0, 0b0010_0000, 2, 0];
    let two_palettes = refusal("a.png", &indexed_png(0, &rows));
    assert!(two_palettes.reason.contains("two chunks"), "{}", two_palettes.reason);
    let once = |interlace, rows: &[u8]| {
        let mut image = Png::from_bytes(indexed_png(interlace, rows).into()).unwrap();
        image.chunks_mut().remove(3);
        cleaned("a.png", &image.encoder().bytes())
    };
    let plain = once(0, &rows);
    assert!(contains(&plain, b"PLTEAAA\0\0\0CCC\0\0\0") && contains(&plain, b"tRNSa\0c\0"));
    // The passes of Adam7 that such a small picture has: 1, 4 (third column), 6 (second), and 7 (second row).
    let interlaced = once(1, &[0, 0b0100_0000, 0, 0b1100_0000, 0, 0, 0, 0b0001_0000]);
    assert!(contains(&interlaced, b"PLTEAAABBB\0\0\0DDD"), "{}", interlaced.escape_ascii());
}

#[test]
fn law_9_a_png_with_more_or_fewer_pixels_than_it_says_is_refused() {
    let with = |data: Vec<u8>| png(&[ihdr(), (*b"IDAT", data), (*b"IEND", vec![])]);
    let more = [&[0; 20][..], SECRET].concat();
    assert!(refusal("a.png", &with(zlib(&more))).reason.contains("more data than its pixels need"));
    assert!(refusal("a.png", &with(zlib(&[0; 19]))).reason.contains("ends before"));
    assert!(refusal("a.png", &with(PIXELS.to_vec())).reason.contains("cannot be unpacked"));
    let mut huge = ihdr();
    huge.1[..8].fill(0x7F);
    let huge = png(&[huge, (*b"IDAT", packed_pixels()), (*b"IEND", vec![])]);
    assert!(refusal("a.png", &huge).reason.contains("too many pixels"));
}

// WebP

fn chunk(id: [u8; 4], data: &[u8]) -> Vec<u8> {
    let padding = vec![0; data.len() % 2];
    [&id[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP".to_vec(), chunks.concat()].concat();
    [chunk(*b"RIFF", &body), SECRET.to_vec()].concat()
}

fn webp_header(flags: u8) -> Vec<u8> {
    chunk(*b"VP8X", &[flags, 1, 2, 3, 2, 0, 0, 1, 0, 0])
}

fn still_webp(orientation: u8) -> Vec<u8> {
    webp(&[
        webp_header(0b0011_1100),
        chunk(*b"ICCP", &[&icc_profile()[..], SECRET].concat()),
        chunk(*b"ALPH", PIXELS),
        chunk(*b"VP8 ", MORE_PIXELS),
        chunk(*b"EXIF", &exif(orientation)),
        chunk(*b"XMP ", SECRET),
        chunk(*b"C2PA", &with_secret(b"jumb")),
    ])
}

fn animated_webp() -> Vec<u8> {
    let frame = [&[1; 16][..], &chunk(*b"junk", SECRET), &chunk(*b"VP8L", PIXELS), &chunk(*b"XMP ", SECRET)];
    let list = [b"INFO", &chunk(*b"IART", SECRET)[..]].concat();
    webp(&[
        webp_header(0b0000_0010),
        chunk(*b"ANIM", &[0; 6]),
        chunk(*b"ANMF", &frame.concat()),
        chunk(*b"LIST", &list),
    ])
}

#[test]
fn law_9_a_webp_keeps_what_draws_and_loses_the_rest() {
    let cleaned_upright = cleaned("a.webp", &still_webp(1));
    assert_clean(&cleaned_upright);
    let parts = [chunk(*b"ICCP", &clean_profile()), chunk(*b"ALPH", PIXELS), chunk(*b"VP8 ", MORE_PIXELS)];
    let header = chunk(*b"VP8X", &[0b0011_0000, 0, 0, 0, 2, 0, 0, 1, 0, 0]);
    let expected = chunk(*b"RIFF", &[b"WEBP", &header[..], &parts.concat()].concat());
    assert_eq!(cleaned_upright, expected);

    let cleaned_turned = cleaned("a.webp", &still_webp(6));
    assert_clean(&cleaned_turned);
    let image = WebP::from_bytes(Bytes::from(cleaned_turned)).unwrap();
    assert_eq!(img_parts::ImageEXIF::exif(&image).unwrap().len(), 26);
}

#[test]
fn law_9_the_frames_of_a_webp_are_cleaned_too() {
    let cleaned = cleaned("a.webp", &animated_webp());
    assert_clean(&cleaned);
    let kept = [&[1; 16][..], &chunk(*b"VP8L", PIXELS)].concat();
    assert!(cleaned.ends_with(&chunk(*b"ANMF", &kept)));
}

#[test]
fn law_9_a_webp_of_the_simple_kind_keeps_its_bitstream_alone() {
    let cleaned = cleaned("a.webp", &webp(&[chunk(*b"VP8L", PIXELS), chunk(*b"EXIF", &exif(6))]));
    assert_clean(&cleaned);
    assert_eq!(cleaned, chunk(*b"RIFF", &[b"WEBP", &chunk(*b"VP8L", PIXELS)[..]].concat()));
}

// GIF

fn extension(label: u8, blocks: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![0x21, label];
    for block in blocks {
        bytes.push(u8::try_from(block.len()).unwrap());
        bytes.extend_from_slice(block);
    }
    bytes.push(0);
    bytes
}

fn gif_picture() -> Vec<u8> {
    let descriptor = [0x2C, 0, 0, 0, 0, 3, 0, 2, 0, 0x80];
    [&descriptor[..], b"RGBrgb", &[2, 5], b"pixel", &[3], b"lzw", &[0]].concat()
}

fn gif() -> Vec<u8> {
    [
        b"GIF89a\x03\0\x02\0\x80\0\0RGBrgb".to_vec(),
        extension(0xFF, &[b"NETSCAPE2.0", &[2, 0, 0, 9, 9], &[1, 7, 0], SECRET]),
        extension(0xFE, &[SECRET, SECRET]),
        extension(0xFF, &[b"XMP DataXMP", SECRET]),
        extension(0xFF, &[b"MGK8BIM0000", SECRET]),
        extension(0xF9, &[&[9, 9, 9, 9]]),
        extension(0x01, &[&[0; 12], SECRET]),
        extension(0xF9, &[&[4, 10, 0, 0]]),
        gif_picture(),
        extension(0x77, &[SECRET]),
        gif_picture(),
        vec![0x3B],
        SECRET.to_vec(),
    ]
    .concat()
}

#[test]
fn law_9_a_gif_keeps_its_pictures_and_their_timing() {
    let cleaned = cleaned("a.gif", &gif());
    assert_clean(&cleaned);
    let expected = [
        b"GIF89a\x03\0\x02\0\x80\0\0RGBrgb".to_vec(),
        extension(0xFF, &[b"NETSCAPE2.0", &[1, 7, 0]]),
        extension(0xF9, &[&[4, 10, 0, 0]]),
        gif_picture(),
        gif_picture(),
        vec![0x3B],
    ];
    assert_eq!(cleaned, expected.concat());
}

#[test]
fn a_picture_is_known_by_its_ending_or_by_its_content() {
    for name in
        ["a.jpg", "a.JPEG", "a.b.png", "a.webp", "a.gif", "a.svg", "a.HEIC", "a.tiff", "favicon.ico", "a.pef"]
    {
        assert!(is_picture(name, b""), "{name}");
    }
    for name in ["a.pdf", "a.csv", "png", "jpg.txt", ""] {
        assert!(!is_picture(name, b"text"), "{name}");
        for bytes in [
            &b"\xFF\xD8\xFF"[..],
            b"GIF89a\0",
            b"II*\0",
            b"\0\0\0\x14ftypmsf1",
            b"P6\n# x\n2 2\n255\n\0",
            b"<svg>",
        ] {
            assert!(is_picture(name, bytes), "{name}: {}", bytes.escape_ascii());
        }
    }
    for text in
        ["BMW drivers", "P1 meeting", "IIRO is a word", "SIMPLE  = yes", "<html><svg/>", "free", "icns"]
    {
        assert!(!is_picture("a.txt", text.as_bytes()), "{text}");
    }
}

#[test]
fn law_9_what_cannot_be_cleaned_is_refused_with_what_can() {
    for (name, bytes, format) in [
        ("a.avif", &b"\0\0\0\x1cftypavif"[..], "AVIF"),
        ("a.jpg", b"\0\0\0\x1cftypheic", "HEIC"),
        ("a.tif", b"II*\0", "TIFF"),
        ("a.png", b"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0", "BMP"),
        ("a.cur", b"\0\0\x02\0", "mouse"),
        ("a.bmp", b"", "BMP"),
        ("a.mp4", b"\0\0\0\x18ftypavis", "AVIF"),
        ("photo", b"FUJIFILMCCD-RAW 0201\0", "raw"),
        ("a.svgz", b"\x1F\x8B", "SVG"),
        ("a.dng", b"", "raw"),
    ] {
        let refusal = refusal(name, bytes);
        assert!(refusal.reason.contains(format), "{}", refusal.reason);
        assert!(refusal.help.contains("JPEG, PNG, WebP, GIF or SVG"));
    }
}

#[test]
fn law_9_a_name_that_belies_the_content_is_refused() {
    let refusal_of_name = refusal("road.png", &jpeg(&[]));
    assert_eq!(refusal_of_name.reason, "is named as PNG, but its content is JPEG");
    assert_eq!(refusal_of_name.help, "rename it to \"road.jpg\"");
    assert_eq!(refusal("road.jfif", &jpeg(&[])).help, "rename it to \"road.jpg\"");
    assert!(refusal("a.gif", b"nothing").reason.contains("does not begin as GIF does"));
    let nameless = refusal("photo.bin", &jpeg(&[]));
    assert_eq!(nameless.reason, "is JPEG, but its name does not say so");
    assert_eq!(nameless.help, "rename it to \"photo.jpg\"");
    assert!(refusal("a.csv", b"a,b").reason.contains("does not end as a picture's name"));
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.jpg", jpeg(&jpeg_metadata(6))),
        ("a.png", animated_png()),
        ("a.webp", still_webp(6)),
        ("b.webp", animated_webp()),
        ("a.gif", gif()),
        ("a.ico", icon(&[bitmap([0; 24]), animated_png()])),
        ("a.svg", svg("<g style='fill:url(#a)'/>")),
    ]
}

#[test]
fn law_9_a_picture_that_is_cut_short_is_refused() {
    for (name, bytes) in samples() {
        let bytes = cleaned(name, &bytes);
        for end in 0..bytes.len() {
            assert!(clean(name, bytes[..end].to_vec()).is_err(), "{name} cut at {end} of {}", bytes.len());
        }
    }
}

fn changed_sample() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..4_u8, prop::collection::vec(any::<u8>(), 1..6));
    (prop::sample::select(samples()), prop::collection::vec(change, 1..6)).prop_map(
        |((_, mut bytes), changes)| {
            for (at, kind, new) in changes {
                let at = at.index(bytes.len().max(1)).min(bytes.len());
                let end = (at + new.len()).min(bytes.len());
                match kind {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(at..end)),
                    2 => drop(bytes.splice(at..at, new)),
                    _ => drop(bytes.splice(at..end, new)),
                }
            }
            bytes
        },
    )
}

fn bytes_with_a_beginning() -> impl Strategy<Value = Vec<u8>> {
    let beginnings: Vec<&[u8]> = vec![
        b"",
        b"\xFF\xD8\xFF",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR",
        b"GIF89a",
        b"\0\0\x01\0\x01\0\x02\x02\0\0\x01\0\x20\0",
        b"RIFF\x20\0\0\0WEBP",
        b"<svg xmlns='http://www.w3.org/2000/svg' ",
    ];
    let rest = prop::collection::vec(any::<u8>(), 0..200);
    (prop::sample::select(beginnings), rest).prop_map(|(beginning, rest)| [beginning, &rest].concat())
}

proptest! {
    // Cheap cases, and bytes have many forms.
    #![proptest_config(ProptestConfig::with_cases(4 * ProptestConfig::default().cases))]

    #[test]
    fn law_9_no_bytes_make_it_panic(bytes in bytes_with_a_beginning()) {
        fuzz(&bytes);
    }

    #[test]
    fn law_9_no_change_to_a_picture_makes_it_panic(bytes in changed_sample()) {
        fuzz(&bytes);
    }

    #[test]
    fn law_9_no_png_chunk_outside_the_list_stays(
        kinds in prop::collection::vec("[a-z][a-zA-Z]{3}|tEXt|eXIf|iCCP|tIME|pHYs|gAMA|iTXt", 0..8),
        secret in prop::sample::select(vec![SECRET.to_vec(), exif(3), iccp(), SECRET[..9].to_vec()]),
    ) {
        let mut chunks = vec![ihdr(), (*b"IDAT", packed_pixels()), (*b"IEND", vec![])];
        for (index, kind) in kinds.iter().enumerate() {
            let kind = kind.as_bytes().try_into().unwrap();
            chunks.insert(1 + index % 2, (kind, secret.clone()));
        }
        if let Ok(cleaned) = clean("a.png", png(&chunks)) {
            prop_assert!(!contains(&cleaned, SECRET));
        }
    }

    #[test]
    fn law_9_no_part_of_an_svg_outside_the_lists_stays(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<g>", "</g>", "<g id='GPS-SECRET'>", "<g data-a='GPS-SECRET' fill='red'>", "<!-- GPS-SECRET -->", "<?a GPS-SECRET?>",
            "<title>", "</title>", "GPS-SECRET", "<style>", "</style>", "/*", "*/", ".a{fill:red", "}", ";x:GPS-SECRET;", "'", "\"",
            "<x:g xmlns:x='GPS-SECRET'>", "</x:g>", "<desc>", "</desc>", "<![CDATA[", "]]>", "<g style='--a:GPS-SECRET;fill:red'>",
        ]), 0..12),
    ) {
        let bytes = svg(&parts.concat());
        if let Ok(first) = clean("a.svg", bytes) {
            prop_assert_eq!(&cleaned("a.svg", &first), &first);
            let text = String::from_utf8(first).unwrap();
            // What the title says and a selector names was written to be seen or to be matched.
            let shown = text.split("<title>").nth(1).is_some_and(|title| title.contains("GPS-SECRET"));
            let named = text.split("<style>").nth(1).is_some_and(|style| style.contains("GPS-SECRET"));
            prop_assert!(shown || named || !text.contains("GPS-SECRET"), "{}", text);
        }
    }

    #[test]
    fn law_9_no_jpeg_segment_outside_the_list_stays(
        markers in prop::collection::vec(0xC0..=0xFE_u8, 0..8),
        start in prop::sample::select(vec!["", "Exif\0\0", "JFIF\0\x01", "JFIF\0\x01\x01\x01\x01\x01\x01\x01\x01\x01",
            "Adobe", "Adobe\0\0\0\0\0\0\0", "ICC_PROFILE\0\x01\x01", "8BIM"]),
    ) {
        let planted: Vec<_> = markers.iter().map(|&marker| segment(marker, &with_secret(start.as_bytes()))).collect();
        if let Ok(cleaned) = clean("a.jpg", jpeg(&planted)) {
            prop_assert!(!contains(&cleaned, SECRET));
        }
    }
}
