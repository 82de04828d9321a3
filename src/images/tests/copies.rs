//! The laws of smaller copies, with real pictures that the tests pack themselves.

use std::io::Cursor;

use img_parts::jpeg::Jpeg;
use img_parts::{ImageEXIF as _, ImageICC as _};
use jpeg_encoder::{ColorType, Encoder};

use super::super::exif::Orientation;
use super::super::format::ImageFormat;
use super::super::pixels::{Pixels, Samples, read};
use super::*;

/// Four quarters of one colour each, so that any turn shows, with grain as of a photo.
fn quarters(width: u32, height: u32, samples: usize) -> Vec<u8> {
    const COLOURS: [[u8; 4]; 4] =
        [[200, 30, 30, 255], [30, 200, 30, 255], [30, 30, 200, 128], [220, 220, 40, 255]];
    let colour = |x: u32, y: u32| COLOURS[usize::from(y >= height / 2) * 2 + usize::from(x >= width / 2)];
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let grain = |x: u32, y: u32| ((x * 31 + y * 17) ^ (x * y)) as u8 % 16;
    let pixel =
        |(x, y)| colour(x, y).map(|sample| sample.saturating_sub(grain(x, y))).into_iter().take(samples);
    pixels.flat_map(pixel).collect()
}

fn jpeg_of(pixels: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 95).encode(pixels, width, height, ColorType::Rgb).unwrap();
    bytes
}

fn png_of(pixels: &[u8], width: u32, height: u32, colour: ::png::ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_compression(::png::Compression::NoCompression);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    bytes
}

fn webp_of(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder.encode(pixels, width, height, image_webp::ColorType::Rgba8).unwrap();
    bytes.into_inner()
}

/// A picture of each kind, 120 × 80.
fn pictures() -> [(&'static str, Vec<u8>); 4] {
    [
        ("a.jpg", jpeg_of(&quarters(120, 80, 3), 120, 80)),
        ("b.png", png_of(&quarters(120, 80, 3), 120, 80, ::png::ColorType::Rgb)),
        ("c.png", png_of(&quarters(120, 80, 4), 120, 80, ::png::ColorType::Rgba)),
        ("d.webp", webp_of(&quarters(120, 80, 4), 120, 80)),
    ]
}

/// The copy of a picture with this width.
fn copy(name: &str, bytes: &[u8], width: u32) -> Vec<u8> {
    let clean = clean(name, bytes.to_vec()).unwrap();
    let mut copies = scaled(name, &clean, &[width]).unwrap();
    copies.remove(0).unwrap_or(clean)
}

fn pixels_of(name: &str, bytes: &[u8]) -> Pixels {
    read(ImageFormat::of_name(name).unwrap(), bytes).unwrap()
}

#[test]
fn a_copy_has_its_width_and_the_proportions_of_its_picture() {
    for (name, bytes) in pictures() {
        let copy = copy(name, &bytes, 30);
        assert_eq!(size(name, &copy), Some(PictureSize { width: 30, height: 20 }), "{name}");
        let pixels = pixels_of(name, &copy);
        let near = |x: usize, y: usize, wanted: [u8; 3]| {
            let count = pixels.bytes.len() / 600;
            let pixel = &pixels.bytes[(y * 30 + x) * count..][..3];
            assert!(
                pixel.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 24),
                "{name} {pixel:?}"
            );
        };
        near(3, 3, [200, 30, 30]);
        near(26, 3, [30, 200, 30]);
        near(26, 16, [220, 220, 40]);
    }
    assert_eq!([(3, 2), (1, 9), (9, 1), (0, 1)].map(|size| scaled_height(size, 1)), [1, 9, 1, 1]);
}

#[test]
fn a_copy_with_no_fewer_bytes_than_its_picture_is_of_no_use() {
    // Black and white lines pack well, and become many greys.
    let mut lines = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut lines, 800, 800);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::One);
    encoder.write_header().unwrap().write_image_data(&[0b1001_0110; 100 * 800]).unwrap();
    assert_eq!(scaled("a.png", &lines, &[799]).unwrap(), [None]);
    let (name, photo) = &pictures()[1];
    assert!(scaled(name, photo, &[119]).unwrap()[0].is_some());
}

#[test]
fn law_1_a_copy_has_the_same_bytes_on_every_machine() {
    use sha2::Digest as _;
    let hashes: Vec<String> = pictures()
        .iter()
        .map(|(name, bytes)| {
            let hash = sha2::Sha256::digest(copy(name, bytes, 50));
            format!("{name} {:02x}{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2], hash[3])
        })
        .collect();
    // With other bytes, `RECIPE` must count up: a cache has those of before.
    expect_test::expect!["1: a.jpg 7fe7e280, b.png 59603675, c.png a0f6aae0, d.webp f02a10df"]
        .assert_eq(&format!("{RECIPE}: {}", hashes.join(", ")));
}

/// A JPEG with these stored pixels, and how to turn them.
fn turned_jpeg(stored: &Pixels, orientation: u8) -> Vec<u8> {
    let (width, height) = (stored.width.try_into().unwrap(), stored.height.try_into().unwrap());
    let mut jpeg = Jpeg::from_bytes(jpeg_of(&stored.bytes, width, height).into()).unwrap();
    jpeg.set_exif(Some(exif(orientation).into()));
    jpeg.encoder().bytes().to_vec()
}

#[test]
fn a_copy_is_the_right_way_up_whatever_the_orientation_of_its_picture() {
    let upright = quarters(120, 80, 3);
    let plain = pixels_of("a.jpg", &copy("a.jpg", &jpeg_of(&upright, 120, 80), 30));
    for value in 2..=8 {
        let orientation = Orientation::read(&exif(value)).unwrap();
        let (width, height) = if orientation.is_on_its_side() { (80, 120) } else { (120, 80) };
        let mut bytes = vec![0; upright.len()];
        for (seen, pixel) in upright.chunks_exact(3).enumerate() {
            let (column, row) = orientation.stored_at((seen % 120, seen / 120), (width, height));
            bytes[(row * width + column) * 3..][..3].copy_from_slice(pixel);
        }
        let stored = Pixels { width: width as u32, height: height as u32, samples: Samples::Rgb, bytes };
        let picture = turned_jpeg(&stored, value);
        assert_eq!(size("a.jpg", &picture), Some(PictureSize { width: 120, height: 80 }), "{value}");
        let copy = copy("a.jpg", &picture, 30);
        assert!(!contains(&copy, b"Exif"), "{value}");
        let seen = pixels_of("a.jpg", &copy);
        assert_eq!((seen.width, seen.height), (30, 20), "{value}");
        let differs =
            seen.bytes.iter().zip(&plain.bytes).filter(|(one, two)| one.abs_diff(**two) > 24).count();
        assert!(differs < 60, "orientation {value}: {differs} of 1800 differ");
    }
}

/// What EXIF calls 6: the first row of the stored pixels is the right side of what is seen.
#[test]
fn a_photo_of_a_phone_that_was_held_upright_is_upright() {
    // Stored: red on the left, blue on the right. Seen, after a quarter turn to the right: red above.
    let row = [[250, 0, 0]; 20].into_iter().chain([[0, 0, 250]; 20]);
    let bytes = std::iter::repeat_n(row, 20).flatten().flatten().collect();
    let stored = Pixels { width: 40, height: 20, samples: Samples::Rgb, bytes };
    let seen = pixels_of("a.jpg", &copy("a.jpg", &turned_jpeg(&stored, 6), 10));
    assert_eq!((seen.width, seen.height), (10, 20));
    let is_red = |row: usize| seen.bytes[row * 30] > 180;
    assert!(is_red(1) && !is_red(18));
}

#[test]
fn law_9_no_copy_has_metadata_and_none_changes_when_it_is_cleaned() {
    for (name, bytes) in pictures() {
        let marked = with_all_metadata(name, bytes);
        assert!(contains(&marked, SECRET), "{name}");
        let copy = copy(name, &marked, 50);
        assert_clean(&copy);
        assert_eq!(clean(name, copy.clone()).as_ref(), Ok(&copy), "{name}");
    }
}

fn with_all_metadata(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    match name.rsplit_once('.').unwrap().1 {
        "jpg" => {
            let at = 2;
            [&bytes[..at], &jpeg_metadata(3)[0], &jpeg_metadata(3)[3..8].concat(), &bytes[at..], SECRET]
                .concat()
        }
        "png" => {
            let mut png = Png::from_bytes(bytes.into()).unwrap();
            let chunks = [
                (*b"tEXt", with_secret(b"Comment\0")),
                (*b"eXIf", exif(1)),
                (*b"tIME", SECRET[..7].to_vec()),
            ];
            let chunks = chunks.map(|(kind, data)| PngChunk::new(kind, data.into()));
            png.chunks_mut().splice(1..1, chunks);
            png.set_icc_profile(Some(icc_profile().into()));
            png.encoder().bytes().to_vec()
        }
        _ => {
            let mut webp = WebP::from_bytes(bytes.into()).unwrap();
            webp.set_exif(Some(exif(1).into()));
            webp.set_icc_profile(Some(icc_profile().into()));
            webp.encoder().bytes().to_vec()
        }
    }
}

#[test]
fn a_copy_keeps_what_its_colours_mean() {
    for (name, bytes) in pictures() {
        let mut copy = Bytes::from(copy(name, &with_all_metadata(name, bytes), 50));
        let profile = match name {
            "a.jpg" => Jpeg::from_bytes(std::mem::take(&mut copy)).unwrap().icc_profile(),
            "d.webp" => WebP::from_bytes(std::mem::take(&mut copy)).unwrap().icc_profile(),
            _ => Png::from_bytes(std::mem::take(&mut copy)).unwrap().icc_profile(),
        };
        assert_eq!(profile.as_deref(), Some(&clean_profile()[..]), "{name}");
    }
    let mut png = Png::from_bytes(pictures()[1].1.clone().into()).unwrap();
    png.chunks_mut().insert(1, PngChunk::new(*b"gAMA", vec![0, 0, 0x80, 0].into()));
    let copy = copy("b.png", &png.encoder().bytes(), 50);
    assert!(contains(&copy, b"gAMA\0\0\x80\0"));
}

#[test]
fn what_moves_or_is_drawn_or_has_few_colours_has_no_copies() {
    let frame = |marker: u8, depth: u8, colours: u8| {
        let colour = [1, 0x11, 0].repeat(colours.into());
        let frame = segment(marker, &[&[depth, 0, 80, 0, 120, colours], &colour[..]].concat());
        [&[0xFF, 0xD8], &frame[..], &scan(PIXELS), &[0xFF, 0xD9]].concat()
    };
    let with_chunk = |kind: &[u8; 4]| {
        let mut png = Png::from_bytes(pictures()[1].1.clone().into()).unwrap();
        png.chunks_mut().insert(1, PngChunk::new(*kind, vec![0; 8].into()));
        png.encoder().bytes().to_vec()
    };
    let indexed = {
        let mut png = pictures()[1].1.clone();
        png[25] = 3;
        png
    };
    let webp = |flags: u8, chunk: &[u8; 4]| {
        let header = [&[flags, 0, 0, 0], &[119, 0, 0, 79, 0, 0][..]].concat();
        [b"RIFF\x26\0\0\0WEBPVP8X\x0A\0\0\0", &header[..], chunk, b"\x04\0\0\0...."].concat()
    };
    for (name, bytes, wanted) in [
        ("a.jpg", frame(0xC0, 8, 3), Some(ScaledFormat::Jpeg)),
        ("a.jpg", frame(0xC2, 8, 1), Some(ScaledFormat::Jpeg)),
        ("a.jpg", frame(0xC0, 8, 4), None),
        ("a.jpg", frame(0xC1, 12, 3), None),
        ("a.jpg", frame(0xC9, 8, 3), None),
        ("a.png", with_chunk(b"acTL"), None),
        ("a.png", with_chunk(b"tEXt"), Some(ScaledFormat::Png)),
        ("a.png", indexed, None),
        ("a.webp", webp(0b0000_0000, b"VP8 "), Some(ScaledFormat::Jpeg)),
        ("a.webp", webp(0b0001_0000, b"VP8 "), Some(ScaledFormat::WebP)),
        ("a.webp", webp(0b0000_0000, b"VP8L"), Some(ScaledFormat::WebP)),
        ("a.webp", webp(0b0000_0010, b"ANMF"), None),
        ("a.gif", b"GIF89a\x78\0\x50\0\0\0\0".to_vec(), None),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"80\"/>".to_vec(), None),
    ] {
        let header = header(name, &bytes).unwrap_or_else(|| panic!("{name} has a size"));
        assert_eq!(header.size, PictureSize { width: 120, height: 80 }, "{name}");
        assert_eq!(header.scaled_as, wanted, "{name} {:?}", &bytes[..30]);
    }
}

#[test]
fn a_small_file_that_claims_more_pixels_than_memory_is_refused_by_its_header() {
    let jpeg = |marker: u8, side: u16| {
        let [high, low] = side.to_be_bytes();
        let frame = segment(marker, &[8, high, low, high, low, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
        [&[0xFF, 0xD8], &frame[..], &scan(PIXELS), &[0xFF, 0xD9]].concat()
    };
    let png = |side: u32| {
        let mut png = pictures()[1].1.clone();
        png[16..20].copy_from_slice(&side.to_be_bytes());
        png[20..24].copy_from_slice(&side.to_be_bytes());
        png
    };
    for (name, bytes) in [
        ("a.jpg", jpeg(0xC0, 60_000)),
        ("a.jpg", jpeg(0xC2, 9_000)),
        ("a.png", png(60_000)),
        ("a.png", png(10_000)),
    ] {
        let refusal = check_scalable(name, &bytes).expect_err(name);
        assert!(refusal.reason.contains("too many to make it smaller"), "{}", refusal.reason);
        assert!(scaled(name, &bytes, &[480]).is_err(), "{name}");
    }
    assert_eq!(check_scalable("a.jpg", &jpeg(0xC0, 10_390)), Ok(647_712_600));
    assert!(check_scalable("a.jpg", &jpeg(0xC2, 7_000)).is_ok());
    assert!(check_scalable("a.png", &png(9_000)).is_ok());
}

proptest! {
    /// Cuts and changes reach the readers of pixels, as far as cleaning lets them through.
    #[test]
    fn no_damaged_picture_stops_the_program(
        which in 0..4_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (name, mut bytes) = pictures()[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        fuzz_copies(name, &bytes);
        if let Ok(clean) = clean(name, bytes) {
            fuzz_copies(name, &clean);
        }
    }
}
