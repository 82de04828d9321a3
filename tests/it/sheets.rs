//! The sheet of each neighbourhood: what is on it, in which order, and who is sent there. `browser::sheets` prints it.

use crate::common::Site;
use crate::common::built::{demo, kestrel_sound, output_of, pages, port_brine, text};
use crate::common::html::{Page, resolve, text_of};

const HARBOUR: &str = r#"-- site.toml --
title     = "Port Brine briefings"
base_url  = "https://brine.example/"
languages = ["en", "ar"]
topics    = ["water", "health", "security"]
contact   = "desk@brine.example"
licence   = "CC-BY-4.0"
notice    = { text = "Missing persons", url = "tel:112" }
[outputs]
data = true
[parties]
navy = "The navy"
-- content/sources/admiralty.md --
+++
title = "Admiralty"
kind = "military"
party = "navy"
+++
-- content/neighbourhoods/harbour.md --
+++
title = "Harbour"
names = { ar = "المرفأ" }
next_due = 2031-06-03T12:00:00Z
+++
-- content/neighbourhoods/quay.md --
+++
title = "Quay"
parent = "harbour"
+++
-- content/neighbourhoods/island.md --
+++
title = "Island"
+++
-- content/briefings/water.md --
+++
title = "Water"
date = 2031-05-20T12:00:00Z
neighbourhoods = ["Quay"]
[[claims]]
id = "pumps"
text = "The pumps are broken."
source = "Radio Brine"
via = ["The Evening Harbour"]
topic = "water"
kind = "condition"
happened = "2031-05-19"
checked = 2031-05-29T08:00:00Z
[[claims]]
id = "leave"
text = "Leave the harbour by noon."
source = "admiralty"
topic = "security"
kind = "instruction"
[[claims]]
text = "The well is poisoned."
source = "unattributed"
topic = "water"
kind = "rumour"
status = "disproved"
status_why = "The hospital tested it."
[[claims]]
text = "A dog was found."
source = "Radio Brine"
[[corrections]]
at = 2031-05-31T08:00:00Z
kind = "correction"
serious = true
claim = "pumps"
was = "The pumps run."
now = "The pumps are broken."
why = "We mixed up two pumps."
+++
-- content/briefings/health.md --
+++
title = "Health"
date = 2031-05-21T12:00:00Z
[[claims]]
text = "The hospital is open."
source = "Radio Brine"
topic = "health"
neighbourhoods = ["Harbour"]
+++
-- content/briefings/later.md --
+++
title = "Elsewhere"
date = 2031-05-31T12:00:00Z
as_of = 2031-05-31T11:00:00Z
+++
-- content/briefings/wrong.md --
+++
title = "Wrong"
date = 2031-05-22T12:00:00Z
neighbourhoods = ["Quay"]
withdrawn = { at = 2031-05-31T09:00:00Z, why = "It was an exercise." }
+++
"#;

/// What a page shows, with single spaces.
fn words(html: &str) -> String {
    Page::parse(html).text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of all elements that a selector finds.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    page.all(selector).iter().map(text_of).collect()
}

/// Asserts that the texts are on a page, one after the other.
fn assert_in_order(shown: &str, texts: &[&str]) {
    let mut rest = shown;
    for text in texts {
        let (_, after) =
            rest.split_once(text).unwrap_or_else(|| panic!("no {text:?} in {rest:?} of {shown:?}"));
        rest = after;
    }
}

#[test]
fn a_sheet_says_what_is_known_how_sure_it_is_and_until_when() {
    let site = Site::new(HARBOUR);
    let run = site.run(&["build", "--now", "2031-06-01T00:00:00Z"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_in_order(
        &words(&site.output("neighbourhoods/harbour-sheet.html")),
        &[
            "Port Brine briefings",
            "Harbour المرفأ",
            "Information up to 21 May 2031, 12:00 (GMT)",
            "Look for a newer copy after 3 June 2031",
            "Printed from https://brine.example/",
            "Missing persons 112",
            "No report since 29 May 2031, 08:00, which does not mean that it is quiet.",
            "Corrections",
            "Serious · Withdrawal",
            "It was an exercise.",
            "Serious · Correction",
            "Was The pumps run. Now The pumps are broken.",
            "We mixed up two pumps.",
            "Water",
            "The pumps are broken. One source · Condition · Corrected",
            "Source Radio Brine · via The Evening Harbour · Happened 19 May 2031 · Still so at 29 May 2031",
            "Health",
            "The hospital is open.",
            "Security",
            "Statement by a party to the conflict: The navy. Not advice from us. Leave the harbour by noon. One source · Instruction",
            "2 earlier claims are not on this sheet.",
            "All that we know about this place: https://brine.example/neighbourhoods/harbour.html",
            "This may be an old copy.",
            "Contact desk@brine.example",
            "Licence CC-BY-4.0",
        ],
    );
    // The box is of the last 48 hours.
    let run = site.run(&["build", "--now", "2031-06-05T00:00:00Z"]);
    assert_eq!(run.code, Some(0), "{run}");
    let later = words(&site.output("neighbourhoods/harbour-sheet.html"));
    assert!(!later.contains("Serious ·"), "{later}");
    let last = "The well is poisoned. Disproved · Rumour Source No source named · Added 20 May 2031, 12:00 \
                Reason The hospital tested it.";
    assert_in_order(&later, &["Water", last, "Health", "Security", "Other reports", "A dog was found."]);
    assert!(!later.contains("not on this sheet"), "{later}");
    // Nothing was corrected there, and nothing reported.
    let island = words(&site.output("neighbourhoods/island-sheet.html"));
    assert_in_order(
        &island,
        &[
            "Island",
            "Information up to 31 May 2031, 11:00",
            "No report, which does not mean that it is quiet.",
        ],
    );
    assert!(!island.contains("Serious"), "{island}");
}

#[test]
fn a_claim_is_whole_or_counted_and_what_is_left_out_is_earlier() {
    let claim = |number: usize| {
        let text = "The pumps of the lower quay are broken again. ".repeat(1 + number % 4);
        format!("[[claims]]\ntext = \"{number}: {text}\"\nsource = \"Radio Brine\"\n")
    };
    let briefing = |number: usize| {
        let claims: String = (number * 10..number * 10 + 10).map(claim).collect();
        let day = 10 + number;
        format!(
            "-- content/briefings/b{number}.md --\n+++\ntitle = \"B\"\ndate = 2031-05-{day}T12:00:00Z\nneighbourhoods = [\"Quay\"]\n{claims}+++\n"
        )
    };
    let text: String = (0..5).map(briefing).collect();
    let built = output_of(&Site::new(&format!("-- site.toml --\ntitle = \"Brine\"\n{text}")));
    let sheet = Page::parse(self::text(&built, "neighbourhoods/quay-sheet.html"));
    let shown = texts(&sheet, ".claim .t");
    assert!((5..30).contains(&shown.len()), "{} claims", shown.len());
    let numbers: Vec<usize> =
        shown.iter().map(|text| text.split_once(':').unwrap().0.trim().parse().unwrap()).collect();
    // Newest briefing first, claims in the order of each file.
    let newest: Vec<usize> = (0..5).rev().flat_map(|briefing| briefing * 10..briefing * 10 + 10).collect();
    assert_eq!(numbers, newest[..numbers.len()]);
    for (text, number) in shown.iter().zip(&numbers) {
        assert_eq!(text.matches("are broken again").count(), 1 + number % 4, "{text}");
    }
    let left_out = 50 - shown.len();
    let all = words(self::text(&built, "neighbourhoods/quay-sheet.html"));
    assert_in_order(&all, &[&format!("{left_out} earlier claims are not on this sheet.")]);
    // Without an address, the path in the copy.
    assert_in_order(&all, &["All that we know about this place: neighbourhoods/quay.html"]);
}

#[test]
fn a_claim_that_is_too_long_for_a_sheet_is_there_alone_and_whole() {
    let long = "The pumps of the lower quay are broken again. ".repeat(200);
    let built = output_of(&Site::new(&format!(
        "-- site.toml --\ntitle = \"Brine\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\n\
         neighbourhoods = [\"Quay\"]\n[[claims]]\ntext = \"{long}\"\nsource = \"Radio Brine\"\n\
         [[claims]]\ntext = \"Short.\"\nsource = \"Radio Brine\"\n+++\n"
    )));
    let sheet = self::text(&built, "neighbourhoods/quay-sheet.html");
    assert_eq!(sheet.matches("are broken again").count(), 200);
    assert_in_order(&words(sheet), &["1 earlier claim is not on this sheet."]);
}

#[test]
fn search_engines_feeds_and_plain_texts_have_the_page_of_the_place_alone() {
    let built = output_of(&Site::new(HARBOUR));
    for (tree, place) in [("", "neighbourhoods/harbour"), ("ar/", "ar/neighbourhoods/harbour")] {
        let sheet = Page::parse(text(&built, &format!("{place}-sheet.html")));
        assert_eq!(sheet.values("meta[name=robots]", "content"), ["noindex"], "{tree}");
        assert_eq!(
            sheet.values("link[rel=canonical]", "href"),
            [format!("https://brine.example/{place}.html")]
        );
        assert!(!sheet.has(".menu, .crumbs, svg, link[rel=alternate]"), "{tree}");
        assert!(!built.contains_key(&format!("{place}-sheet.txt")));
    }
    let named = |path: &str| text(&built, path).contains("-sheet");
    assert!(!named("sitemap.xml") && !named("feed.atom") && !named("neighbourhoods/harbour.atom"));
    assert!(built.keys().filter(|path| path.starts_with("data/")).all(|path| !named(path)));
}

#[test]
fn each_page_of_a_place_leads_to_its_sheet_unless_there_are_none() {
    for tree in [demo(), port_brine(), kestrel_sound()] {
        let mut count = 0;
        for (path, html) in pages(tree).filter(|(path, _)| path.contains("neighbourhoods/")) {
            let sheets = Page::parse(html).values("a[href*='-sheet.html']", "href");
            let is_place =
                !path.ends_with("index.html") && !path.contains("-sheet.html") && !path.contains("page-");
            if is_place {
                let [href] = &sheets[..] else { panic!("{path} leads to {sheets:?}") };
                let (target, _) = resolve(path, href);
                assert!(tree.contains_key(&target), "{path}");
                count += 1;
            }
        }
        assert!(count > 3);
    }
    let off = output_of(&Site::new(&HARBOUR.replace("data = true", "sheets = false")));
    assert!(off.keys().all(|path| !path.contains("-sheet")), "none is written");
    assert!(pages(&off).all(|(_, html)| !html.contains("-sheet.html")), "and none is linked");
}

#[test]
fn every_claim_of_a_sheet_is_on_the_page_of_its_place() {
    for tree in [demo(), port_brine(), kestrel_sound()] {
        let mut claims = 0;
        for (path, html) in pages(tree).filter(|(path, _)| path.ends_with("-sheet.html")) {
            let stem = path.strip_suffix("-sheet.html").unwrap();
            let of_place =
                pages(tree).filter(|(path, _)| path.starts_with(stem) && !path.contains("-sheet."));
            let known: Vec<String> =
                of_place.flat_map(|(_, html)| texts(&Page::parse(html), ".claims .t")).collect();
            for text in texts(&Page::parse(html), ".claim .t") {
                // There, the source is named before it.
                assert!(known.iter().any(|known| known.ends_with(&text)), "{path}: {text}");
                claims += 1;
            }
        }
        assert!(claims > 10);
    }
}
