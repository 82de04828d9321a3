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
