//! Feeds have the content of the pages, with stable ids and the times of the content.

use expect_test::expect;
use roxmltree::Document;

use crate::common::Site;

const TARN: &str = r#"
-- site.toml --
title     = "Tarn & Fell"
base_url  = "https://example.org/tarn/"
language  = "en"
languages = ["en", "ar"]
timezone  = "Europe/Berlin"
licence   = "CC0-1.0"
-- content/sources/hidden.md --
+++
title     = "Ursula Hidden"
protected = true
label     = "a resident"
aliases   = ["ursula.html"]
+++
-- content/neighbourhoods/valley.md --
+++
title = "Valley"
names = { ar = "الوادي" }
+++
-- content/briefings/one.md --
+++
title   = "Taps <dry> & shut"
date    = 2031-04-01T20:00:00+02:00
summary = "Thirty \"taps\"."
authors = ["Desk"]
neighbourhoods = ["Valley"]

[[claims]]
id     = "taps"
text   = "Thirty taps are dry."
source = "hidden"
figure = { measure = "dry taps", said = "thirty", min = 30 }

[[corrections]]
at = 2031-04-09T12:00:00+02:00
kind = "correction"
serious = true
claim = "taps"
field = "figure.min"
was = "40"
now = "30"
why = "The second round was of the same street."
+++
-- content/briefings/one.ar.md --
+++
title = "حنفيات جافة"
+++
-- content/briefings/two.md --
+++
title = "Two"
date  = 2031-04-02T20:00:00+02:00
neighbourhoods = ["Valley"]
[[claims]]
text = "It rains."
source = "Radio"
+++
-- content/briefings/gone.md --
+++
title = "A shelter"
date  = 2031-04-03T20:00:00+02:00
neighbourhoods = ["Valley"]
withdrawn = { at = 2031-04-04T10:00:00+02:00, why = "It was never there." }
[[claims]]
text = "It is open."
source = "Radio"
+++
-- content/briefings/draft.md --
+++
title = "Not yet"
date  = 2031-04-05T20:00:00+02:00
draft = true
+++
"#;

/// Id, updated, title and summary of each entry.
fn entries(site: &Site, path: &str) -> Vec<[String; 4]> {
    let text = site.output(path);
    let feed = Document::parse(&text).unwrap();
    let of = |entry: roxmltree::Node<'_, '_>, name: &str| {
        let found = entry.children().find(|child| child.has_tag_name(name));
        found.and_then(|child| child.text()).unwrap_or_default().to_owned()
    };
    let entries = feed.root_element().children().filter(|child| child.has_tag_name("entry"));
    entries.map(|entry| ["id", "updated", "title", "summary"].map(|name| of(entry, name))).collect()
}

fn column(site: &Site, path: &str, column: usize) -> Vec<String> {
    entries(site, path).into_iter().map(|entry| entry[column].clone()).collect()
}

const ONE: &str = "https://example.org/tarn/briefings/one.html";

#[test]
fn a_feed_lists_the_newest_and_keeps_withdrawn_entries() {
    let site = Site::new(TARN);
    site.build();
    let found = entries(&site, "feed.atom");
    let gone = "https://example.org/tarn/briefings/gone.html";
    let two = "https://example.org/tarn/briefings/two.html";
    assert_eq!(column(&site, "feed.atom", 0), [ONE, gone, two]);
    // A correction is a reason to read the entry again.
    assert_eq!(found[0][1..], ["2031-04-09T12:00:00+02:00", "Taps <dry> & shut", "Thirty \"taps\"."]);
    assert_eq!(found[1][2], "This briefing was withdrawn: A shelter");
    assert!(found[1][3].ends_with("It was never there."), "{found:?}");
    let text = site.output("feed.atom");
    assert!(text.contains("<updated>2031-04-09T12:00:00+02:00</updated>"), "of the feed itself: {text}");
    assert!(text.contains(r#"<link href="https://example.org/tarn/feed.atom" rel="self""#), "{text}");
    assert_eq!(column(&site, "neighbourhoods/valley.atom", 0), [ONE, gone, two]);
    assert_eq!(column(&site, "sources/radio.atom", 0), [gone, two]);
    let json: serde_json::Value = serde_json::from_str(&site.output("feed.json")).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["items"][0]["id"], ONE);
    assert_eq!(json["items"][0]["content_text"], "Thirty \"taps\".");
    assert_eq!(json["items"].as_array().unwrap().len(), 3);
}

#[test]
fn each_language_has_its_feeds_and_marks_other_languages() {
    let site = Site::new(TARN);
    site.build();
    let found = entries(&site, "ar/feed.atom");
    assert_eq!(found[0][0], "https://example.org/tarn/ar/briefings/one.html");
    assert_eq!(found[0][2], "حنفيات جافة");
    let text = site.output("ar/feed.atom");
    assert!(
        text.contains(r#"xml:lang="ar""#) && text.contains(r#"<title xml:lang="en">Two</title>"#),
        "{text}"
    );
    assert!(site.output("ar/neighbourhoods/valley.atom").contains("<title>الوادي – Tarn &amp; Fell</title>"));
}

#[test]
fn the_feed_of_changes_has_an_entry_for_each_day() {
    let site = Site::new(TARN);
    site.build();
    let found = entries(&site, "changes.atom");
    let days: Vec<String> =
        found.iter().map(|entry| format!("{}\n{}\n{}", entry[0], entry[2], entry[3])).collect();
    expect![[r#"
        https://example.org/tarn/changes.html#2031-04-09
        What changed: 9 April 2031
        Serious · Correction: Taps <dry> & shut · Thirty taps are dry. · Was: 40 · Now: 30 · The second round was of the same street.

        https://example.org/tarn/changes.html#2031-04-04
        What changed: 4 April 2031
        Serious · Withdrawal: A shelter · This briefing was withdrawn · It was never there.

        https://example.org/tarn/changes.html#2031-04-02
        What changed: 2 April 2031
        New claim: It rains. (Radio / One source)

        https://example.org/tarn/changes.html#2031-04-01
        What changed: 1 April 2031
        New claim: Thirty taps are dry. (a resident / One source)"#]].assert_eq(&days.join("\n\n"));
}

#[test]
fn a_feed_of_an_event_or_a_topic_has_its_claims_and_says_what_was_withdrawn() {
    let site = Site::new(TARN);
    site.edit("site.toml", "licence   = \"CC0-1.0\"", "licence   = \"CC0-1.0\"\ntopics = [\"water\"]");
    let about = "topic = \"water\"\nevent = \"drought\"\nsource = \"hidden\"";
    site.edit("content/briefings/one.md", "source = \"hidden\"", about);
    site.write(&format!(
        "-- content/briefings/dry.md --\n+++\ntitle = \"Dry\"\ndate = 2031-04-02T20:00:00+02:00\n\
         withdrawn = {{ at = 2031-04-03T20:00:00+02:00, why = \"It was wet.\" }}\n\
         [[claims]]\ntext = \"All taps are dry.\"\n{about}\n+++\n"
    ));
    site.build();
    let listed = |path: &str| {
        let entries = entries(&site, path).into_iter().map(|entry| format!("{}\n{}", entry[2], entry[3]));
        entries.collect::<Vec<_>>().join("\n\n")
    };
    let expected = expect![[r#"
        Taps <dry> & shut
        Thirty "taps".
        Thirty taps are dry. (a resident / One source)

        This briefing was withdrawn: Dry
        What stood here was withdrawn. Please do not pass it on. It was wet."#]];
    expected.assert_eq(&listed("topics/water.atom"));
    assert_eq!(listed("topics/water.atom"), listed("events/drought.atom"));
    assert!(site.output("ar/topics/water.atom").contains("xml:lang=\"ar\""));
    for path in ["topics/water.atom", "events/drought.atom"] {
        assert!(!site.output(path).contains("All taps"), "{path}");
    }
}

#[test]
fn the_corrections_feed_includes_withdrawals() {
    let site = Site::new(TARN);
    site.build();
    let found = entries(&site, "corrections.atom");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0][0], format!("{ONE}#correction/2031-04-09T10%3A00%3A00Z/taps/figure.min"));
    assert_eq!(found[0][2], "Serious · Correction: Taps <dry> & shut");
    assert_eq!(found[0][3], "Thirty taps are dry.\nWas 40\nNow 30\nThe second round was of the same street.");
    assert!(found[1][0].ends_with("gone.html#withdrawn"), "{found:?}");
    assert!(site.output("corrections.atom").contains(&format!("{ONE}#claim-taps")));
}

#[test]
fn pages_link_their_feeds_and_a_protected_source_has_none() {
    let site = Site::new(TARN);
    site.build();
    let links = |path: &str| {
        let page = crate::common::html::Page::parse(&site.output(path));
        let hrefs = page
            .all("link[rel=alternate][type]:not([type='text/plain'])")
            .into_iter()
            .map(|link| link.attr("href").unwrap().to_owned());
        hrefs.collect::<Vec<_>>()
    };
    assert_eq!(links("index.html"), ["feed.atom", "feed.json", "changes.atom", "corrections.atom"]);
    assert_eq!(links("ar/neighbourhoods/valley.html"), ["valley.atom"]);
    assert_eq!(links("sources/radio.html"), ["radio.atom"]);
    assert_eq!(links("corrections.html"), ["corrections.atom"]);
    assert_eq!(links("changes.html"), ["changes.atom"]);
    assert_eq!(links("briefings/one.html"), ["../feed.atom"]);
    assert_eq!(links("404.html"), [""; 0]);
    for (path, bytes) in crate::common::tree(&site.public()) {
        assert!(!path.contains("hidden") && !path.contains("ursula"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("Ursula"), "{path}");
    }
}

#[test]
fn feeds_need_a_base_url_and_can_be_switched_off() {
    let site = Site::new(TARN);
    let feeds = || {
        site.build();
        let of_all = crate::common::tree(&site.public());
        let is_feed = |path: &&String| path.ends_with(".atom") || path.ends_with("feed.json");
        let feeds = of_all.keys().filter(is_feed).count();
        let named = of_all.values().filter(|bytes| String::from_utf8_lossy(bytes).contains("atom+xml"));
        (feeds, named.count() > 0)
    };
    // Two of the newest, corrections, changes, a place and a source, in two languages.
    assert_eq!(feeds(), (12, true));
    site.write_bytes(
        "site.toml",
        format!("{}\n[outputs]\nfeeds = false\n", site.read("site.toml")).as_bytes(),
    );
    assert_eq!(feeds(), (0, false));
    site.edit("site.toml", "feeds = false", "feeds = true");
    site.edit("site.toml", "base_url  = \"https://example.org/tarn/\"\n", "");
    assert_eq!(feeds(), (0, false));
}

#[test]
fn a_feed_holds_fifty_entries_and_does_not_change_with_the_clock() {
    let site = Site::new(TARN);
    for n in 0..60 {
        site.write(&format!("-- content/briefings/n{n}.md --\n+++\ntitle = \"N\"\ndate = 2031-03-01\n+++\n"));
    }
    site.build();
    assert_eq!(entries(&site, "feed.atom").len(), 50);
    let before = site.output("feed.atom");
    assert_eq!(site.run(&["build", "--now", "2033-01-01"]).code, Some(0));
    assert_eq!(site.output("feed.atom"), before);
}

#[test]
fn a_private_word_reaches_no_feed_in_any_escape() {
    let site = Site::new(TARN);
    site.write("-- redact.txt --\nZoë Müller\n");
    site.build();
    site.edit(
        "content/briefings/two.md",
        "title = \"Two\"",
        "title = \"Two\"\nauthors = [\"Zoe\\tMUELLER\", \"Zoe Muller\"]",
    );
    let run = site.try_build();
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("redacted-word"), "{run}");
    // Escapes of JSON, in a copied file.
    site.edit("content/briefings/two.md", "\nauthors = [\"Zoe\\tMUELLER\", \"Zoe Muller\"]", "");
    site.write("-- static/people.json --\n[\"Zo\\u00eb\\nM\\u00fcller\"]\n");
    let run = site.try_build();
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("redacted-word"), "{run}");
}
