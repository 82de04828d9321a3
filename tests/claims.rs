//! What readers learn of claims: who stands behind them, what was corrected, and what is not known.

#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

mod common;

use common::Site;
use common::html::Page;

/// A strike at a well, told by relays of relays, a house of two outlets, a protected witness, and
/// denied in a later briefing.
const WELL: &str = r#"
-- site.toml --
title     = "Tarn briefings"
language  = "en"
languages = ["en", "ar"]
timezone  = "Europe/Berlin"
topics    = ["water", "health"]

[parties]
uplands  = "The uplands"
lowlands = "The lowlands"
-- content/sources/tarn-watch.md --
+++
title = "Tarn Watch"
kind  = "monitor"
sees  = "network"
+++
-- content/sources/wire.md --
+++
title  = "The Wire"
sees   = "relay"
relays = ["tarn-watch"]
+++
-- content/sources/radio.md --
+++
title  = "Radio Fell"
relays = ["wire"]
+++
-- content/sources/nobody-may-know.md --
+++
title     = "Ursula Nobody-May-Know"
short     = "UNMK"
owner     = "Secret Ward"
kind      = "resident"
protected = true
label     = "a resident of the valley"
+++
-- content/sources/army.md --
+++
title = "Uplands army"
party = "uplands"
+++
-- content/briefings/one.md --
+++
title = "The well"
date  = 2031-03-29T20:00:00+01:00
neighbourhoods = ["Valley"]

[[claims]]
id     = "dry"
text   = "The well is dry."
source = "tarn-watch"
via    = ["wire", "radio"]
topic  = "water"

[[claims]]
id     = "hit"
text   = "The well was hit."
source = "tarn-watch"
event  = "well"

[[claims]]
id     = "hit-again"
text   = "So we hear."
source = "radio"
event  = "well"

[[claims]]
id     = "gone"
text   = "The pump is gone."
source = "nobody-may-know"
status = "withdrawn"
status_why = "The speaker took it back."
+++
-- content/briefings/two.md --
+++
title = "The army speaks"
date  = 2031-03-30T20:00:00+02:00

[[claims]]
id     = "denial"
text   = "No well was hit."
source = "army"
event  = "well"
denies = true
+++
"#;

fn page(site: &Site, path: &str) -> Page {
    Page::parse(&site.output(path))
}

/// The text of an element of a claim on its briefing.
fn of_claim(site: &Site, path: &str, claim: &str, selector: &str) -> String {
    let selector = format!("#claim-{claim} {selector}");
    let page = page(site, path);
    let found = page.all(&selector);
    found.iter().map(|element| element.text().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_claim_says_how_many_outlets_and_origins_it_has_and_who_only_passed_it_on() {
    let site = Site::new(WELL);
    site.build();
    let why = of_claim(&site, "briefings/one.html", "dry", "details");
    assert!(why.contains("3 outlets, 1 origin."), "{why}");
    assert!(why.contains("Only passed it on: Radio Fell, The Wire"), "{why}");
    assert_eq!(of_claim(&site, "briefings/one.html", "dry", ".s"), "One source");
    let why = of_claim(&site, "ar/briefings/one.html", "dry", "details");
    assert!(why.contains("3 ناقلين، أصل واحد."), "{why}");
}

#[test]
fn a_denial_in_a_later_briefing_changes_the_status_in_the_earlier_one() {
    let site = Site::new(WELL);
    site.build();
    assert_eq!(of_claim(&site, "briefings/one.html", "hit", ".s"), "Sources disagree");
    let why = of_claim(&site, "briefings/one.html", "hit-again", "details");
    assert!(why.contains("Denied by: Uplands army"), "{why}");
    assert!(why.contains("2 outlets, 1 origin."), "{why}");
    site.remove("content/briefings/two.md");
    site.build();
    assert_eq!(of_claim(&site, "briefings/one.html", "hit", ".s"), "One source");
}

#[test]
fn what_was_withdrawn_is_struck_with_its_reason() {
    let site = Site::new(WELL);
    site.build();
    assert_eq!(of_claim(&site, "briefings/one.html", "gone", "s"), "The pump is gone.");
    let row = of_claim(&site, "briefings/one.html", "gone", "td");
    assert!(row.contains("The speaker took it back."), "{row}");
    assert_eq!(of_claim(&site, "briefings/one.html", "gone", ".s"), "Withdrawn");
}

/// A briefing with a figure that was corrected twice, the second time in another offset.
const CORRECTED: &str = r#"
-- content/briefings/three.md --
+++
title = "Taps"
date  = 2031-04-01T20:00:00+02:00
neighbourhoods = ["Valley"]

[[claims]]
id     = "taps"
text   = "Thirty taps are dry."
source = "tarn-watch"
figure = { measure = "dry taps", said = "thirty", min = 30 }

[[corrections]]
at = 2031-04-03T12:00:00+02:00
kind = "correction"
serious = true
claim = "taps"
field = "figure.min"
was = "40"
now = "30"
why = "The second round was of the same street."

[[corrections]]
at = 2031-04-02T12:00:00+02:00
kind = "correction"
claim = "taps"
field = "figure.min"
was = "80"
now = "40"
why = "Two rounds had been added."
+++
"#;

fn built_at(now: &str) -> Site {
    let site = Site::new(&format!("{WELL}{CORRECTED}"));
    let run = site.run(&["build", "--now", now]);
    assert_eq!(run.code, Some(0), "{run}");
    site
}

#[test]
fn a_serious_correction_stands_above_the_text_and_at_home_for_48_hours_to_the_second() {
    let boxes = |now: &str, path: &str| page(&built_at(now), path).all("main > .fix").len();
    // 48 hours after noon at +02:00, told in another offset.
    for path in ["index.html", "briefings/three.html", "ar/briefings/three.html"] {
        assert_eq!(boxes("2031-04-05T09:59:59Z", path), 1, "{path}");
        assert_eq!(boxes("2031-04-05T10:00:00Z", path), 0, "{path}");
    }
}

#[test]
fn every_correction_stands_on_the_page_of_corrections_newest_first() {
    let site = built_at("2031-06-01");
    let found = page(&site, "corrections.html");
    let texts: Vec<String> = found.all(".fix").iter().map(|fix| fix.text().collect()).collect();
    assert_eq!(texts.len(), 2);
    for part in ["3 April 2031, 12:00", "40", "30", "Thirty taps are dry.", "same street"] {
        assert!(texts[0].contains(part), "{part} in {texts:?}");
    }
    assert!(texts[1].contains("80"), "{texts:?}");
}

#[test]
fn what_was_corrected_carries_a_mark_wherever_it_stands() {
    let site = built_at("2031-06-01");
    let figure = |path: &str, claim: &str| of_claim(&site, path, claim, "td");
    assert!(figure("briefings/three.html", "taps").contains("at least 30 · Corrected"));
    let place = page(&site, "neighbourhoods/valley.html");
    let claims: String = place.all(".claims").iter().flat_map(|table| table.text()).collect();
    assert!(claims.contains("at least 30 · Corrected"), "{claims}");
    let item =
        |path: &str| page(&site, path).all(".items li").iter().flat_map(|li| li.text()).collect::<String>();
    assert!(item("briefings/index.html").contains("Corrected"));
    assert!(item("neighbourhoods/valley.html").contains("Corrected"));
}
