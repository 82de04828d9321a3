//! Pictures in texts: a page keeps their room free until they come.

use crate::common::running::{Running, wait};
use crate::common::{NOW, Site};

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
