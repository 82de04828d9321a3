//! Pictures in texts: a page keeps their room free until they come.

use std::collections::BTreeMap;

use jpeg_encoder::{ColorType, Encoder};

use crate::common::built::output_of;
use crate::common::running::{Running, wait};
use crate::common::{NOW, Run, Site, tree};

fn svg(width: u32, height: u32) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"></svg>")
}

fn site() -> Site {
    let site = Site::empty();
    site.write_bytes("site.toml", b"title = \"Brine\"\nhtml = \"sanitise\"\n");
    let text = "+++\ntitle = \"A\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n![One](one.svg)\n\n![Two](two.svg \"Two wells\")\n\n\
                <img src=\"two.svg\" alt=\"Again\">\n\n![Without a size](no.svg)\n";
    site.write_bytes("content/briefings/a/index.md", text.as_bytes());
    site.write_bytes("content/briefings/a/one.svg", svg(30, 20).as_bytes());
    site.write_bytes("content/briefings/a/two.svg", svg(7, 900).as_bytes());
    site.write_bytes("content/briefings/a/no.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    site
}

fn pictures(page: &str) -> Vec<&str> {
    page.split('<').filter(|tag| tag.starts_with("img ")).map(str::trim_end).collect()
}

#[test]
fn a_picture_has_its_size_and_all_but_the_first_wait_until_they_are_near() {
    let site = site();
    site.build();
    let page = site.read("public/briefings/a.html");
    assert_eq!(
        pictures(&page),
        [
            "img src=\"a/one.svg\" width=\"30\" height=\"20\" alt=\"One\">",
            "img src=\"a/two.svg\" width=\"7\" height=\"900\" alt=\"Two\" loading=\"lazy\">",
            "img src=\"a/two.svg\" width=\"7\" height=\"900\" alt=\"Again\" loading=\"lazy\">",
            "img src=\"a/no.svg\" alt=\"Without a size\" loading=\"lazy\">",
        ]
    );
}

#[test]
fn a_picture_that_is_replaced_has_its_new_size_in_the_preview_and_in_the_next_build() {
    let site = site();
    let serving = Running::start(&site, &["serve", "--port", "0", "--now", NOW]);
    let page = format!("{}briefings/a.html", serving.url());
    let read = || ureq::get(&page).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(read().contains("width=\"30\" height=\"20\""));
    site.write_bytes("content/briefings/a/one.svg", svg(40, 50).as_bytes());
    wait(|| if read().contains("width=\"40\" height=\"50\"") { Ok(()) } else { Err(read()) });
    drop(serving);
    site.build();
    site.write_bytes("content/briefings/a/one.svg", svg(60, 70).as_bytes());
    site.build();
    assert!(site.read("public/briefings/a.html").contains("width=\"60\" height=\"70\""));
}

/// The EXIF of a phone that was held upright, with a place: orientation 6, and a GPS directory with a latitude.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let first = [
        entry(0x010F, 2, 4, *b"Cam\0"),
        entry(0x0112, 3, 1, [0, 6, 0, 0]),
        entry(0x8825, 4, 1, 50_u32.to_be_bytes()),
    ];
    let gps = [entry(1, 2, 2, *b"N\0\0\0"), entry(2, 5, 3, 80_u32.to_be_bytes())];
    let degrees = [36_u32, 1, 12, 1, 345, 100].map(u32::to_be_bytes).concat();
    let directory = |entries: &[Vec<u8>]| {
        [&(entries.len() as u16).to_be_bytes()[..], &entries.concat(), &[0; 4]].concat()
    };
    let (first, gps) = (directory(&first), directory(&gps));
    assert_eq!((first.len(), gps.len()), (42, 30));
    [b"MM\0*\0\0\0\x08", &first[..], &gps, &degrees, b"GPS-SECRET"].concat()
}

/// A photo as a phone stores it, on its side: seen, it is so many pixels wide and high.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let stored =
        (0..u32::from(width) * u32::from(height)).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    let pixels: Vec<u8> = stored.flat_map(|grain| [grain / 4, 90, 200]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.add_exif_metadata(&exif()).unwrap();
    encoder.add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0GPS-SECRET".to_vec()).unwrap();
    encoder.add_app_segment(11, b"JP\0\0jumbc2pa GPS-SECRET".to_vec()).unwrap();
    encoder.encode(&pixels, height, width, ColorType::Rgb).unwrap();
    bytes
}

/// A site with a photo of each size, and these settings.
pub fn photos(settings: &str, sizes: &[(u16, u16)]) -> Site {
    let site = Site::empty();
    site.write_bytes("site.toml", format!("title = \"Brine\"\n{settings}\n").as_bytes());
    let mut text = "+++\ntitle = \"A\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n".to_owned();
    for (width, height) in sizes {
        text.push_str(&format!("![Photo](w{width}.jpg)\n\n"));
        site.write_bytes(&format!("content/briefings/a/w{width}.jpg"), &photo(*width, *height));
    }
    site.write_bytes("content/briefings/a/index.md", text.as_bytes());
    site
}

/// How wide and how high the pictures are that a build wrote, by name.
fn sizes(site: &Site) -> BTreeMap<String, (u32, u32)> {
    let jpegs = tree(&site.public()).into_iter().filter(|(path, _)| path.ends_with(".jpg"));
    let size = |(path, bytes): (String, Vec<u8>)| {
        let size = bulletin::images::size(&path, &bytes).expect("a JPEG has a size");
        (path.trim_start_matches("briefings/a/").to_owned(), (size.width, size.height))
    };
    jpegs.map(size).collect()
}

fn named(sizes: &[(&str, (u32, u32))]) -> BTreeMap<String, (u32, u32)> {
    sizes.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect()
}

#[test]
fn a_photo_has_copies_for_screens_and_none_is_larger_than_it_is() {
    let site = photos("", &[(2000, 40), (700, 20), (480, 10)]);
    site.build();
    let wanted = [
        ("w2000-480w.jpg", (480, 10)),
        ("w2000-960w.jpg", (960, 19)),
        ("w2000.jpg", (1600, 32)),
        ("w480.jpg", (480, 10)),
        ("w700-480w.jpg", (480, 14)),
        ("w700.jpg", (700, 20)),
    ];
    assert_eq!(sizes(&site), named(&wanted));
    let sizes = "sizes=\"(min-width:43rem) 40.5rem,calc(100vw - 2rem)\"";
    let page = site.read("public/briefings/a.html");
    assert_eq!(
        pictures(&page),
        [
            &*format!(
                "img src=\"a/w2000.jpg\" width=\"1600\" height=\"32\" \
                 srcset=\"a/w2000-480w.jpg 480w, a/w2000-960w.jpg 960w, a/w2000.jpg 1600w\" {sizes} alt=\"Photo\">"
            ),
            &*format!(
                "img src=\"a/w700.jpg\" width=\"700\" height=\"20\" \
                 srcset=\"a/w700-480w.jpg 480w, a/w700.jpg 700w\" {sizes} alt=\"Photo\" loading=\"lazy\">"
            ),
            "img src=\"a/w480.jpg\" width=\"480\" height=\"10\" alt=\"Photo\" loading=\"lazy\">",
        ]
    );
}

#[test]
fn a_site_says_which_copies_it_wants_and_whether_all_pixels_are_published() {
    let site = photos("[pictures]\nwidths = []", &[(2000, 40)]);
    site.build();
    assert_eq!(sizes(&site), named(&[("w2000.jpg", (2000, 40))]));
    site.write_bytes("site.toml", b"title = \"Brine\"\n[pictures]\nwidths = [600, 100]\noriginal = true\n");
    site.build();
    let wanted = [("w2000-100w.jpg", (100, 2)), ("w2000-600w.jpg", (600, 12)), ("w2000.jpg", (2000, 40))];
    assert_eq!(sizes(&site), named(&wanted));
    let page = site.read("public/briefings/a.html");
    assert!(
        page.contains("width=\"2000\" height=\"40\" srcset=\"a/w2000-100w.jpg 100w, a/w2000-600w.jpg 600w\"")
    );
    assert!(sizes(&site).len() == 3 && !site.exists("public/briefings/a/w2000-480w.jpg"));
}

#[test]
fn law_9_no_size_of_a_photo_has_metadata() {
    for settings in ["", "[pictures]\noriginal = true", "[pictures]\nwidths = []"] {
        let site = photos(settings, &[(2000, 40), (700, 20), (300, 10)]);
        let output = output_of(&site);
        let jpegs = output.iter().filter(|(path, _)| path.ends_with(".jpg"));
        let mut count = 0;
        for (path, bytes) in jpegs {
            for word in [&b"SECRET"[..], b"Cam", b"http://ns", b"jumb", b"c2pa"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word), "{path} has metadata");
            }
            count += 1;
        }
        assert!(count >= 3, "{settings}");
    }
}

#[test]
fn law_1_the_copies_of_pictures_do_not_depend_on_the_number_of_cores() {
    let site = photos("", &[(2000, 40), (1700, 30), (900, 20)]);
    let build = |cores: &str| {
        let _ = std::fs::remove_dir_all(site.path(".bulletin-cache"));
        let _ = std::fs::remove_dir_all(site.public());
        let run = Run::of(site.command(&["build", "--now", NOW]).env("RAYON_NUM_THREADS", cores));
        assert_eq!(run.code, Some(0), "{run}");
        tree(&site.public())
    };
    let one = build("1");
    assert!(one.keys().filter(|path| path.ends_with(".jpg")).count() == 8);
    assert!(build("4") == one);
}

#[test]
fn law_1_no_damaged_or_foreign_entry_of_the_cache_reaches_an_output() {
    type Damage = fn(&[u8], &[u8]) -> Vec<u8>;
    const DAMAGES: [Damage; 7] = [
        |entry, _| entry[..entry.len() / 2].to_vec(),
        |_, _| Vec::new(),
        |entry, _| vec![0; entry.len()],
        |entry, _| [&entry[..entry.len() - 9], &[0; 9]].concat(),
        |entry, _| [entry, b"more"].concat(),
        |_, other| other.to_vec(),
        // The hash of this entry, and what another has.
        |entry, other| [&entry[..32], &other[32..]].concat(),
    ];
    let site = photos("", &[(1300, 30), (900, 20)]);
    site.build();
    let right = tree(&site.public());
    let cache = site.path(".bulletin-cache/pictures");
    let entries = tree(&cache);
    assert!(entries.len() > 2, "{:?}", entries.keys());
    for first in 0..DAMAGES.len() {
        let damages = DAMAGES.iter().cycle().skip(first);
        let others = entries.values().cycle().skip(1);
        for (((name, bytes), other), damage) in entries.iter().zip(others).zip(damages) {
            std::fs::write(cache.join(name), damage(bytes, other)).unwrap();
        }
        std::fs::remove_dir_all(site.public()).unwrap();
        site.build();
        assert!(tree(&site.public()) == right, "damage {first}");
        assert!(tree(&cache) == entries, "damage {first} is still there");
    }
}

#[test]
fn a_file_where_a_copy_belongs_is_an_error_that_names_both() {
    let site = photos("", &[(700, 20)]);
    site.write_bytes("content/briefings/a/w700-480W.jpg", &photo(50, 50));
    site.edit(
        "content/briefings/a/index.md",
        "![Photo](w700.jpg)",
        "![Photo](w700.jpg) ![Other](w700-480W.jpg)",
    );
    expect_test::expect![[r#"
        -- stderr --
        error[same-output]: two files want the output briefings/a/w700-480w.jpg: content/briefings/a/w700-480W.jpg and the copy of content/briefings/a/w700.jpg that is 480 pixels wide
          ┌─ content/briefings/a/w700.jpg:1:1
          = wants it
          ┌─ content/briefings/a/w700-480W.jpg:1:1
          = wants it too
          = help: rename the file

        1 error, 0 warnings; nothing was written
        -- exit 1 --
    "#]].assert_eq(&site.try_build().to_string());
}

#[test]
fn a_small_file_with_too_many_pixels_is_refused_at_once() {
    let site = photos("", &[(700, 20)]);
    let mut bomb = photo(700, 20);
    let frame = bomb.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let side = 60_000_u16.to_be_bytes();
    bomb[frame + 5..][..4].copy_from_slice(&[side, side].concat());
    site.write_bytes("content/briefings/a/w700.jpg", &bomb);
    expect_test::expect![[r#"
        -- stderr --
        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address

        error[picture]: the picture has 60000 × 60000 pixels, too many to make it smaller
          ┌─ content/briefings/a/w700.jpg:1:1
          = help: export it with at most 116 megapixels

        1 error, 0 warnings; nothing was written
        -- exit 1 --
    "#]].assert_eq(&site.try_build().to_string());
}

#[test]
fn a_photo_whose_pixels_are_damaged_is_refused() {
    let site = photos("", &[(700, 20)]);
    let mut damaged = photo(700, 20);
    let scan = damaged.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    // A scan with codes that the file does not have.
    damaged[scan + 6] = 0x33;
    site.write_bytes("content/briefings/a/w700.jpg", &damaged);
    expect_test::expect![[r#"
        -- stderr --
        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address

        error[picture]: the picture is cut short or damaged: its pixels cannot be read
          ┌─ content/briefings/a/w700.jpg:1:1
          = help: copy the original again, or open it in a picture editor and export it

        1 error, 0 warnings; nothing was written
        -- exit 1 --
    "#]].assert_eq(&site.try_build().to_string());
}

/// A site with a video that has a poster, one without, and a sound.
fn recordings() -> Site {
    let site = Site::empty();
    site.write_bytes("site.toml", b"title = \"Brine\"\n");
    let text = "+++\ntitle = \"A\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n![The quay burns](quay.mp4)\n\n\
                ![A siren, 40 seconds](siren.mp3)\n\n![Boats <leave>](boats.webm \"Filmed from the pier\")\n\n![One](one.svg)\n\n\
                Heard at noon: ![one <siren>](siren.mp3), then none.\n";
    site.write_bytes("content/briefings/a/index.md", text.as_bytes());
    site.write_bytes("content/briefings/a/quay.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom");
    site.write_bytes("content/briefings/a/quay.jpg", &photo(2000, 40));
    site.write_bytes("content/briefings/a/siren.mp3", b"ID3\x04\0\0\0\0\0\0");
    site.write_bytes("content/briefings/a/boats.webm", b"\x1A\x45\xDF\xA3\0\0\0\0");
    site.write_bytes("content/briefings/a/one.svg", svg(30, 20).as_bytes());
    site
}

#[test]
fn a_recording_is_played_by_its_page_and_nothing_of_it_is_loaded_before() {
    let site = recordings();
    site.build();
    let page = site.read("public/briefings/a.html");
    for part in [
        "<figure><video src=\"a/quay.mp4\" controls preload=\"none\" poster=\"a/quay-960w.jpg\" width=\"1600\" height=\"32\" \
         aria-label=\"The quay burns\"><a href=\"a/quay.mp4\"><bdi>quay.mp4</bdi></a></video><figcaption>The quay burns</figcaption></figure>",
        "<figure><audio src=\"a/siren.mp3\" controls preload=\"none\" aria-label=\"A siren, 40 seconds\">\
         <a href=\"a/siren.mp3\"><bdi>siren.mp3</bdi></a></audio><figcaption>A siren, 40 seconds</figcaption></figure>",
        "<figure><video src=\"a/boats.webm\" controls preload=\"none\" aria-label=\"Boats &lt;leave&gt;\">\
         <a href=\"a/boats.webm\"><bdi>Boats &lt;leave&gt;</bdi></a></video><figcaption>Filmed from the pier</figcaption></figure>",
        "<p>Heard at noon: <audio src=\"a/siren.mp3\" controls preload=\"none\" aria-label=\"one &lt;siren&gt;\">\
         <a href=\"a/siren.mp3\"><bdi>siren.mp3</bdi></a></audio> <small>one &lt;siren&gt;</small>, then none.</p>",
        "<img src=\"a/one.svg\" width=\"30\" height=\"20\" alt=\"One\">",
        "media-src 'self' file:; ",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!site.read("public/index.html").contains("media-src"));
    let text = site.read("public/briefings/a.txt");
    assert!(
        text.contains("quay.mp4 [3]\nThe quay burns\n") && text.contains("Boats <leave> [5]\n"),
        "{text}"
    );
    assert!(!site.build().stderr.contains("policy-blocks"));
    for name in ["quay.mp4", "quay-480w.jpg", "quay-960w.jpg", "quay.jpg", "siren.mp3", "boats.webm"] {
        assert!(site.exists(&format!("public/briefings/a/{name}")), "{name}");
    }
}

#[test]
fn a_recording_that_cannot_be_played_where_it_is_written_is_an_error() {
    let site = recordings();
    site.write_bytes("site.toml", b"title = \"Brine\"\nhtml = \"sanitise\"\n");
    let text = "+++\ntitle = \"A\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n[![The quay](quay.mp4)](https://a.example/)\n\n\
                <img src=\"boats.webm\" alt=\"Boats\">\n\n![](siren.mp3)\n";
    site.write_bytes("content/briefings/a/index.md", text.as_bytes());
    expect_test::expect![[r#"
        -- stderr --
        warning[unlinked-file]: no text links to this file, so it is not published
          ┌─ content/briefings/a/boats.webm:1:1
          = help: link to it in content/briefings/a/index.md, as in [the file](boats.webm), or put it into static/

        error[nested-link]: a recording cannot be within a link
          ┌─ content/briefings/a/index.md:6:2
          │
        6 │ [![The quay](quay.mp4)](https://a.example/)
          │  ^^^^^^^^^^^^^^^^^^^^^
          │
          = help: write the link next to it

        error[not-a-picture]: "boats.webm" is a recording, which <img> does not play
          ┌─ content/briefings/a/index.md:8:1
          │
        8 │ <img src="boats.webm" alt="Boats">
          │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          │
          = help: write ![what it shows](boats.webm)

        error[no-alt]: this picture has no text for people who cannot see it
           ┌─ content/briefings/a/index.md:10:1
           │
        10 │ ![](siren.mp3)
           │ ^^^^^^^^^^^^^^
           │
           = help: write between [ and ] what it shows

        warning[unlinked-file]: no text links to this file, so it is not published
          ┌─ content/briefings/a/one.svg:1:1
          = help: link to it in content/briefings/a/index.md, as in [the file](one.svg), or put it into static/

        warning[document-metadata]: a video or recording is copied as it is; nothing private was found in it, but it has room for names, places and times
          ┌─ content/briefings/a/quay.mp4:1:1
          = help: export it again without document properties, and look at what is left

        warning[document-metadata]: a recording is copied as it is; nothing private was found in it, but it has room for names, places and times
          ┌─ content/briefings/a/siren.mp3:1:1
          = help: export it again without document properties, and look at what is left

        3 errors, 4 warnings; nothing was written
        -- exit 1 --
    "#]].assert_eq(&site.try_build().to_string());
}

#[test]
fn heavy_pictures_of_a_page_are_a_warning() {
    let site = photos("[budget]\npictures = 5000", &[(2000, 400)]);
    let run = site.build();
    let weight = std::fs::metadata(site.path("public/briefings/a/w2000-960w.jpg")).unwrap().len();
    let warning = format!(
        "warning[pictures-over-budget]: the pictures of briefings/a.html have {weight} bytes on a phone, over the budget \
         of 5000"
    );
    assert!(weight > 5_000 && run.stderr.contains(&warning), "{weight} {run}");
    site.write_bytes("site.toml", format!("title = \"Brine\"\n[budget]\npictures = {weight}\n").as_bytes());
    assert!(!site.build().stderr.contains("pictures-over-budget"));
}
