//! Cards: the picture of a briefing that messengers show with its address.

use std::collections::BTreeMap;
use std::io::Cursor;

use expect_test::expect;

use crate::common::built::{Tree, output_of, pages, text};
use crate::common::html::Page;
use crate::common::http::{Preview, get};
use crate::common::{NOW, Site, repository, tree};

const BASE_URL: &str = "https://brine.example/news/";

const SITE: &str = "-- site.toml --
title = \"Port Brine\"
base_url = \"https://brine.example/news/\"
languages = [\"en\", \"ar\"]
[outputs]
cards = true
-- content/briefings/water.md --
+++
title = \"Water is <back> & \\\"clean\\\"\"
date = 2031-05-02T10:00:00Z
as_of = 2031-05-02T09:00:00Z

[[claims]]
id = \"pumps\"
text = \"Two pumps run.\"
source = \"Radio Brine\"

[[corrections]]
at = 2031-05-03T08:00:00Z
kind = \"correction\"
serious = true
claim = \"pumps\"
why = \"Two of three.\"
+++
One.
-- content/briefings/water.ar.md --
+++
title = \"عادت المياه إلى UNICEF\"
+++
واحد.
-- content/briefings/again.md --
+++
title = \"The pumps, again\"
date = 2031-05-04T10:00:00Z

[[claims]]
repeats = \"water/pumps\"
+++
-- content/briefings/dam.md --
+++
title = \"The dam has burst\"
date = 2031-05-02T10:00:00Z
aliases = [\"old/dam.html\"]
withdrawn = { at = 2031-05-03T10:00:00Z, why = \"It is whole.\" }
+++
-- content/briefings/road.md --
+++
title = \"The road is open\"
date = 2031-05-02T10:00:00Z
expires = 2031-05-05T10:00:00Z
+++
-- content/briefings/school.md --
+++
title = \"Schools are open\"
date = 2031-05-02T10:00:00Z
+++
";

/// Width, height and pixels of a PNG.
fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    (frame.width, frame.height, pixels)
}

fn content(page: &Page, property: &str) -> Option<String> {
    let found = page.all(&format!("meta[property='{property}']"));
    found.first().map(|meta| meta.attr("content").unwrap_or_default().to_owned())
}

/// The path of each page with a card, the path of the card, and what it says.
fn cards(files: &Tree) -> BTreeMap<&str, (String, String)> {
    let card = |(path, html)| {
        let page = Page::parse(html);
        let address = content(&page, "og:image")?;
        let card = address.strip_prefix(BASE_URL).expect("it is absolute").to_owned();
        Some((path, (card, content(&page, "og:image:alt").unwrap())))
    };
    pages(files).filter_map(card).collect()
}

fn pictures(files: &Tree) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.ends_with(".png")).collect()
}

#[test]
fn each_briefing_and_each_page_that_replaces_one_has_a_card_in_every_language() {
    let files = output_of(&Site::new(SITE));
    let cards = cards(&files);
    let said: Vec<String> =
        cards.iter().map(|(page, (card, text))| format!("{page} {card}\n  {text}\n")).collect();
    expect![[r#"
        ar/briefings/again.html ar/briefings/again.png
          مهم · تصحيح · 3 مايو 2031، 08:00 · The pumps, again · المعلومات حتى 4 مايو 2031، 10:00 (غرينتش) · Port Brine
        ar/briefings/dam.html ar/briefings/dam.png
          سُحبت هذه النشرة · سُحب ما كان هنا. نرجو عدم تناقله. · The dam has burst · المعلومات حتى 3 مايو 2031، 10:00 (غرينتش) · Port Brine
        ar/briefings/road.html ar/briefings/road.png
          انتهت صلاحية هذه النشرة · ما كان هنا أصبح قديمًا ولم يعد يُعرض. · The road is open · المعلومات حتى 5 مايو 2031، 10:00 (غرينتش) · Port Brine
        ar/briefings/school.html ar/briefings/school.png
          Schools are open · المعلومات حتى 2 مايو 2031، 10:00 (غرينتش) · Port Brine
        ar/briefings/water.html ar/briefings/water.png
          مهم · تصحيح · 3 مايو 2031، 08:00 · عادت المياه إلى UNICEF · عُدّل الأصل في 3 مايو 2031، 08:00 بعد هذه الترجمة، وقد لا يوافقه النص هنا. أما الأوقات والأعداد ودرجات التحقق فهي من الأصل. · المعلومات حتى 2 مايو 2031، 09:00 (غرينتش) · Port Brine
        briefings/again.html briefings/again.png
          Serious · Correction · 3 May 2031, 08:00 · The pumps, again · Information up to 4 May 2031, 10:00 (GMT) · Port Brine
        briefings/dam.html briefings/dam.png
          This briefing was withdrawn · What stood here was withdrawn. Please do not pass it on. · The dam has burst · Information up to 3 May 2031, 10:00 (GMT) · Port Brine
        briefings/road.html briefings/road.png
          This briefing has expired · What stood here is out of date and is no longer shown. · The road is open · Information up to 5 May 2031, 10:00 (GMT) · Port Brine
        briefings/school.html briefings/school.png
          Schools are open · Information up to 2 May 2031, 10:00 (GMT) · Port Brine
        briefings/water.html briefings/water.png
          Serious · Correction · 3 May 2031, 08:00 · Water is <back> & "clean" · Information up to 2 May 2031, 09:00 (GMT) · Port Brine
    "#]].assert_eq(&said.concat());
    for (card, _) in cards.values() {
        let (width, height, pixels) = decoded(&files[card]);
        assert_eq!((width, height), (1200, 630), "{card}");
        assert!(pixels.iter().any(|pixel| *pixel != pixels[0]), "{card} is not empty");
        assert!(files[card].len() < 20_000, "{card} has {} bytes", files[card].len());
    }
    let named: Vec<&str> = cards.values().map(|(card, _)| card.as_str()).collect();
    let mut own = pictures(&files);
    own.sort_by_key(|path| path.replace(".png", ".html"));
    assert_eq!(own, named, "each picture has its page");
    assert_ne!(files["briefings/water.png"], files["ar/briefings/water.png"]);
}

#[test]
fn a_card_says_nothing_that_its_page_does_not_say() {
    let files = output_of(&Site::new(SITE));
    let cards = cards(&files);
    assert_eq!(cards.len(), 10);
    for (path, (_, said)) in cards {
        let page = Page::parse(text(&files, path)).text();
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let page = plain(&page);
        for part in said.split(" · ") {
            assert!(page.contains(&plain(part)), "{path} does not say {part:?}:\n{page}");
        }
    }
}

#[test]
fn there_are_no_cards_unless_a_site_wants_them_and_has_an_address() {
    let off = Site::new(&SITE.replace("cards = true", "cards = false"));
    let files = output_of(&off);
    assert_eq!((pictures(&files), cards(&files).len()), (vec![], 0));
    assert!(pages(&files).all(|(_, html)| !html.contains("twitter:card")));

    let nowhere = Site::new(&SITE.replace("base_url", "# base_url"));
    let run = nowhere.build();
    assert!(run.to_string().contains("without base_url there are no cards, no feeds"), "{run}");
    assert_eq!(pictures(&tree(&nowhere.public())), Vec::<&str>::new());
}

#[test]
fn law_1_cards_have_the_same_bytes_on_one_core_and_on_many() {
    let built = |threads: &str| {
        let site = Site::new(SITE);
        let status =
            site.command(&["build", "--now", NOW]).env("RAYON_NUM_THREADS", threads).status().unwrap();
        assert!(status.success());
        tree(&site.public())
    };
    let (one, many) = (built("1"), built("7"));
    assert_eq!(pictures(&one).len(), 10);
    assert!(one == many);
}

#[test]
fn law_2_the_preview_serves_the_cards_of_the_build() {
    let site = Site::new(SITE);
    let files = output_of(&site);
    let preview = Preview::of(&site, &[]);
    for path in pictures(&files) {
        let answer = get(&format!("{}{path}", preview.url));
        assert_eq!(answer.content_type, "image/png");
        assert!(answer.bytes == files[path], "{path}");
    }
}

#[test]
fn a_private_word_in_a_card_stops_the_build() {
    let outputs = |cards: &str| -> usize {
        let site = SITE.replace("cards = true", &format!("cards = {cards}"));
        let site = Site::new(&format!("{site}-- redact.txt --\nSchools\n"));
        let run = site.try_build().to_string();
        assert!(!site.public().exists());
        let (_, count) = run.split_once("would reach ").unwrap_or_else(|| panic!("{run}"));
        count.split(' ').next().unwrap().parse().unwrap()
    };
    // The word is found in the card of each language, though not in the bytes of the picture.
    assert_eq!(outputs("true"), outputs("false") + 2);
}

#[test]
fn a_title_with_a_letter_that_no_font_has_gets_no_card_until_the_site_brings_a_font() {
    let title = "Word: \u{1000}";
    let site = Site::new(&SITE.replace("Schools are open", title));
    let run = site.build();
    expect![[r#"
        -- stdout --
        public: 131 new, 0 changed, 0 unchanged, 0 removed
        -- stderr --
        warning[no-letter-for-card]: 2 pages have no card: no font has က (U+1000)
          ┌─ content/briefings/school.md:2:16
          │
        2 │ title = "Word: က"
          │                ^ the first of them
          │
          = help: put a font that has it into static/, as a .ttf or .otf file, or write it in other letters

        warning[translation-behind]: content/briefings/water.md was changed at 2031-05-03T08:00:00+00:00, after this translation
          ┌─ content/briefings/water.ar.md:1:1
          = help: bring the text in line, and write when in it: `updated = …`

        note[source-without-kind]: nothing says what kind of source "Radio Brine" is: is it a person?
          ┌─ content/briefings/water.md:9:10
          │
        9 │ source = "Radio Brine"
          │          ^^^^^^^^^^^^^ has a page of its own
          │
          = help: if it is not a person, write content/sources/radio-brine.md with title = "Radio Brine" and its kind, as kind = "newsroom"
          = help: if it is, write private/sources/FILE.md, under a name that is not theirs, with title = "Radio Brine", protected = true, and a label, as label = "a resident"
        -- exit 0 --
    "#]].assert_eq(&run.to_string());
    let files = tree(&site.public());
    assert!(!files.contains_key("briefings/school.png"));
    assert!(!cards(&files).contains_key("briefings/school.html"));
    assert_eq!(cards(&files).len(), 8);

    let font = std::fs::read(repository().join("tests/fonts/one-letter.ttf")).unwrap();
    site.write_bytes("static/letters.ttf", &font);
    site.build();
    let files = tree(&site.public());
    assert_eq!(cards(&files).len(), 10);
    let drawn = decoded(&files["briefings/school.png"]);
    site.edit("content/briefings/school.md", title, "Word:");
    site.build();
    assert!(drawn != decoded(&tree(&site.public())["briefings/school.png"]), "the letter is drawn");
}

#[test]
fn law_6_a_template_cannot_name_a_picture_that_is_not_there() {
    let site = Site::new(&format!(
        "{SITE}-- templates/briefing.html --\n{{% extends \"default/briefing.html\" %}}\n{{% block head %}}\
         <meta property=\"og:image\" content=\"{BASE_URL}no.png\"><meta property=\"og:image\" content=\"no.png\">\
         {{% endblock head %}}\n"
    ));
    let run = site.try_build().to_string();
    assert!(run.contains("no page and no file is there"), "{run}");
    assert!(run.contains("messengers need a full address"), "{run}");
}
