//! What pages say about claims: their origins, corrections, and what is not known.

use crate::common::Site;
use crate::common::html::{Page, text_of};

/// A strike at a well, reported by relays of relays, two outlets of one owner and a protected witness,
/// and denied in a later briefing.
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

/// The text of an element of a claim, on the page of its briefing.
fn of_claim(site: &Site, path: &str, claim: &str, selector: &str) -> String {
    let selector = format!("#claim-{claim} {selector}");
    let page = page(site, path);
    let found = page.all(&selector);
    found.iter().map(|element| element.text().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_claim_shows_its_outlets_origins_and_relays() {
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
fn a_claim_is_its_source_and_what_it_said_then_how_sure_it_is() {
    let (_, found) = dry_day();
    let claim = |id: &str| text_of(&found.all(&format!("#claim-{id}"))[0]);
    assert!(
        claim("dead")
            .starts_with("Tarn Watch: Nine or ten people died. One source · Valley About this claim")
    );
    assert!(
        claim("nobody").starts_with("No source named: Some say that 90 wells are dry. Unverified · Valley")
    );
    // Stated in another briefing, where it says who passed it on.
    let repeated = claim("dry");
    assert!(
        repeated.starts_with("Tarn Watch: The well is dry. One source, via The Wire, Radio Fell · Valley"),
        "{repeated}"
    );
    assert!(repeated.contains("First reported in The well"), "{repeated}");
    let names = found.values(".claims summary", "aria-label");
    assert_eq!(names[1], "About this claim: Nine or ten people died.");
    let links: Vec<_> = found
        .all("#claim-dead details a[href^='#']")
        .iter()
        .map(|link| (text_of(link), link.attr("href").unwrap().to_owned()))
        .collect();
    assert_eq!(links, [("Link to this claim".to_owned(), "#claim-dead".to_owned())]);
}

#[test]
fn a_forecast_or_an_instruction_says_so_next_to_its_status() {
    let site = Site::new(&format!("{WELL}{FOUR}"));
    site.edit("content/briefings/four.md", "id     = \"dead\"", "kind = \"forecast\"\nid     = \"dead\"");
    site.edit("content/briefings/two.md", "denies = true", "denies = true\nkind = \"instruction\"");
    site.edit("content/briefings/one.md", "id     = \"hit\"", "kind = \"event\"\nid     = \"hit\"");
    site.build();
    let line = |path: &str, claim: &str| of_claim(&site, path, claim, "p");
    assert!(line("briefings/four.html", "dead").contains("died. Forecast · One source"));
    let order = line("briefings/two.html", "denial");
    assert!(order.starts_with("Statement by a party to the conflict: The uplands. Not advice from us. Uplands army: No well was hit. Instruction · "), "{order}");
    assert!(
        line("briefings/one.html", "hit").contains("hit. Sources disagree"),
        "an event is the usual kind"
    );
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
fn a_withdrawn_claim_is_struck_with_its_reason() {
    let site = Site::new(WELL);
    site.build();
    assert_eq!(of_claim(&site, "briefings/one.html", "gone", "s"), "The pump is gone.");
    let row = of_claim(&site, "briefings/one.html", "gone", "p");
    assert!(row.contains("The speaker took it back."), "{row}");
    assert_eq!(of_claim(&site, "briefings/one.html", "gone", ".s"), "Withdrawn");
}

/// A briefing with a figure that was corrected twice, the second time with another UTC offset.
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
fn a_serious_correction_is_on_top_for_48_hours() {
    let on_top = ".cols > div > .fix, main > .fix, #page-boxed > .fix";
    let boxes = |now: &str, path: &str| page(&built_at(now), path).all(on_top).len();
    // 48 hours after noon at +02:00, with another offset.
    for path in ["index.html", "briefings/three.html", "ar/briefings/three.html"] {
        assert_eq!(boxes("2031-04-05T09:59:59Z", path), 1, "{path}");
        assert_eq!(boxes("2031-04-05T10:00:00Z", path), 0, "{path}");
    }
}

#[test]
fn a_serious_correction_is_on_its_briefing_once() {
    for now in ["2031-04-05T09:59:59Z", "2031-06-01"] {
        let found = page(&built_at(now), "briefings/three.html");
        let times = found.values(".fix time", "datetime");
        assert_eq!(
            times.iter().map(|time| &time[..10]).collect::<Vec<_>>(),
            ["2031-04-03", "2031-04-02"],
            "{now}"
        );
        // The claim leads to the place where the correction is.
        for link in found.values("#claim-taps a", "href").iter().filter(|href| href.starts_with("#page-")) {
            assert!(found.has(link), "{now}: {link}");
        }
    }
}

/// A briefing whose text comes before everything that describes it.
const FOUR: &str = r#"
-- content/briefings/four.md --
+++
title   = "A dry day"
date    = 2031-04-02T20:00:00+02:00
as_of   = 2031-04-02T19:00:00+02:00
updated = 2031-04-03T08:10:00+02:00
summary = "The valley has no water."
kind    = "daily"
neighbourhoods = ["Valley"]

[[claims]]
id     = "nobody"
text   = "Some say that 90 wells are dry."
source = "unattributed"
figure = { measure = "dry wells", said = "90", best = 90 }

[[claims]]
id     = "dead"
text   = "Nine or ten people died."
source = "tarn-watch"
figure = { measure = "killed", said = "nine or ten", min = 9, max = 10 }

[[claims]]
id     = "children"
text   = "Two of them were children."
source = "tarn-watch"
figure = { measure = "killed", said = "two", best = 2, part_of = "dead" }

[[claims]]
id      = "dry"
repeats = "one/dry"
+++

[Tarn Watch](source:tarn-watch) says that [the well is dry](claim:dry). [Another](claim:one/hit) was hit, and
[90 are dry](#claim-nobody), [says the radio](one.md).
"#;

fn dry_day() -> (Site, Page) {
    let site = Site::new(&format!("{WELL}{FOUR}"));
    site.build();
    let found = page(&site, "briefings/four.html");
    (site, found)
}

#[test]
fn a_briefing_begins_with_its_text() {
    let (_, found) = dry_day();
    let text = text_of(&found.all("main")[0]);
    let order = [
        "A dry day",
        "The valley has no water.",
        "Daily briefing · Updated 3 April 2031, 08:10 · Information up to 2 April 2031, 19:00 (GMT+2)",
        "9 to 10 killed",
        "Tarn Watch says that",
        "WhereValley",
    ];
    let places: Vec<_> =
        order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"))).collect();
    assert!(places.is_sorted(), "{places:?} in {text}");
}

#[test]
fn law_10_a_key_figure_has_a_source_that_is_named_and_is_no_part_of_another() {
    let (_, found) = dry_day();
    let figures: Vec<String> = found.all(".key li").iter().map(text_of).collect();
    assert_eq!(figures, ["9 to 10 killed Tarn Watch · One source"]);
    assert_eq!(found.values(".key a", "href"), ["#claim-dead"]);
}

#[test]
fn a_link_to_a_claim_says_how_sure_it_is_now() {
    let (site, found) = dry_day();
    let links = |found: &Page| found.all(".b a").iter().map(text_of).collect::<Vec<_>>();
    let shown = [
        "Tarn Watch",
        "the well is dry (One source)",
        "Another (Sources disagree)",
        "90 are dry (Unverified)",
        "says the radio",
    ];
    assert_eq!(links(&found), shown);
    assert_eq!(found.values(".b a .k", "class"), ["k s-single-source", "k s-contested", "k s-unverified"]);
    assert_eq!(found.all(".b a.q").len(), 1, "a source is quieter");
    site.remove("content/briefings/two.md");
    site.build();
    assert_eq!(links(&page(&site, "briefings/four.html"))[2], "Another (One source)");
}

#[test]
fn the_corrections_page_lists_all_newest_first() {
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
fn a_corrected_claim_is_marked_on_every_page() {
    let site = built_at("2031-06-01");
    let figure = |path: &str, claim: &str| of_claim(&site, path, claim, "p");
    assert!(figure("briefings/three.html", "taps").contains("at least 30 · Corrected"));
    let place = page(&site, "neighbourhoods/valley.html");
    let claims: String = place.all(".claims").iter().flat_map(|table| table.text()).collect();
    assert!(claims.contains("at least 30 · Corrected"), "{claims}");
    let item = |path: &str| {
        page(&site, path).all(".items li, main .index li").iter().flat_map(|li| li.text()).collect::<String>()
    };
    assert!(item("briefings/index.html").contains("Corrected"));
    assert!(item("neighbourhoods/valley.html").contains("Corrected"));
}

/// Figures of two sources, a part of one of them, and one with another measure.
const COUNTED: &str = r#"
-- content/briefings/four.md --
+++
title = "Counts"
date  = 2031-04-02T20:00:00+02:00
neighbourhoods = ["Valley"]

[[claims]]
id     = "all"
text   = "Nine people died."
source = "tarn-watch"
kind   = "condition"
topic  = "health"
happened = "2031-03-26/2031-04-02"
figure = { measure = "killed", said = "nine", best = 9 }

[[claims]]
id     = "children"
text   = "Four of them were children."
source = "tarn-watch"
topic  = "health"
figure = { measure = "Killed", said = "four", best = 4, part_of = "all" }

[[claims]]
id     = "army-count"
text   = "At most three people died."
source = "army"
figure = { measure = "killed", said = "no more than three", max = 3, period = "2031-04-01" }

[[claims]]
id     = "hurt"
text   = "Seventeen people were killed or hurt."
source = "radio"
figure = { measure = "killed or injured", said = "seventeen", best = 17 }
+++
-- content/briefings/five.md --
+++
title = "Counts again"
date  = 2031-04-03T20:00:00+02:00

[[claims]]
id     = "all"
text   = "Nine people died."
source = "tarn-watch"
happened = "2031-03-26/2031-04-02"
figure = { measure = "killed", said = "nine", best = 9 }
+++
"#;

fn texts_of(site: &Site, path: &str, selector: &str) -> Vec<String> {
    let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page(site, path).all(selector).iter().map(|found| squeezed(found.text().collect())).collect()
}

#[test]
fn figures_are_grouped_by_measure_and_never_added_up() {
    let site = Site::new(&format!("{WELL}{COUNTED}"));
    site.edit("content/briefings/five.md", "date  =", "neighbourhoods = [\"Valley\"]\ndate  =");
    site.build();
    let measures = texts_of(&site, "figures.html", "h2");
    assert_eq!(measures, ["killed", "killed or injured"]);
    let rows = texts_of(&site, "figures.html", ".counts .row");
    assert_eq!(rows.len(), 4, "one row for a source that is quoted twice: {rows:?}");
    assert!(
        rows[0].contains("“nine”")
            && rows[0].contains("Nine people died.")
            && rows[0].contains("Also in Counts")
    );
    assert!(rows[0].contains("26 March 2031 to 2 April 2031"), "a span stays a span: {rows:?}");
    assert!(rows[1].starts_with("Of these “four”"), "{rows:?}");
    assert!(rows[2].contains("no more than three") && rows[2].contains("Uplands army"), "{rows:?}");
    assert!(rows[3].contains("seventeen"), "{rows:?}");
    let all = page(&site, "figures.html").text();
    for sum in ["12", "13", "16", "26", "29"] {
        assert!(!all.replace("26 March", "").contains(sum), "{sum} is a sum: {all}");
    }
}

#[test]
fn an_event_compares_sources_and_their_relays() {
    let site = Site::new(WELL);
    site.edit(
        "content/briefings/one.md",
        "event  = \"well\"\n\n[[claims]]\nid     = \"hit-again\"",
        "event  = \"well\"\nvia    = [\"wire\"]\n\n[[claims]]\nid     = \"hit-again\"",
    );
    site.build();
    let rows = texts_of(&site, "events/well.html", "tbody tr");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].starts_with("Radio Fell") && rows[0].ends_with("nobody that we know of"), "{rows:?}");
    assert!(rows[1].starts_with("Tarn Watch") && rows[1].ends_with("The Wire"), "{rows:?}");
    assert!(rows[2].starts_with("Uplands armyDenies it"), "{rows:?}");
    assert_eq!(texts_of(&site, "events/well.html", "main > p > .s"), ["Sources disagree"]);
    // The event page has no text that its claims do not have.
    site.remove("content/briefings/two.md");
    let lower = "event  = \"well\"\nstatus = \"unverified\"";
    let text = site.read("content/briefings/one.md").replace("event  = \"well\"", lower);
    site.write_bytes("content/briefings/one.md", text.as_bytes());
    site.build();
    assert_eq!(texts_of(&site, "events/well.html", "main > p > .s"), ["Unverified"]);
}

#[test]
fn a_neighbourhood_shows_each_topic_or_that_nothing_is_known() {
    let site = Site::new(&format!("{WELL}{COUNTED}"));
    site.build();
    let text = texts_of(&site, "neighbourhoods/valley.html", "main").concat();
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    let order = [at("No report since"), at("How things stand"), at("Claims by the day"), at("Briefings")];
    assert!(order.is_sorted(), "{order:?}");
    assert!(
        text.contains("Health Last report 2 April 2031, 20:00 · Nothing since Nine people died. One source"),
        "{text}"
    );
    assert!(text.contains("Nothing since The well is dry. One source"), "{text}");
    site.remove("content/briefings/four.md");
    site.remove("content/briefings/five.md");
    site.build();
    let text = texts_of(&site, "neighbourhoods/valley.html", "main").concat();
    assert!(text.contains("No report about: Health"), "{text}");
}

#[test]
fn a_source_page_counts_its_claims_by_status() {
    let site = built_at("2031-06-01");
    let facts = texts_of(&site, "sources/tarn-watch.html", ".glance").concat();
    assert!(facts.contains("One source 2") && facts.contains("Sources disagree 1"), "{facts}");
    assert!(facts.contains("1 of them was corrected."), "{facts}");
}

#[test]
fn an_exception_lifts_a_guard_and_check_lists_it() {
    let site = Site::new(WELL);
    site.write("-- content/sources/ann.md --\n+++\ntitle = \"Ann\"\nkind = \"resident\"\nallow = [{ guard = \"unprotected-resident\", why = \"She speaks for her street.\", until = 2031-12-31 }]\n+++\n");
    let run = site.run(&["check", "--now", "2031-06-01"]);
    assert_eq!(run.code, Some(0), "{run}");
    let note = "note[exception]: the guard \"unprotected-resident\" is lifted until 2031-12-31: She speaks for her street.";
    assert!(run.stdout.contains(note), "{run}");
    site.edit(
        "site.toml",
        "[parties]",
        "allow = [{ guard = \"precise-point\", why = \"-\", until = 2031-12-31 }]\n[parties]",
    );
    let run = site.run(&["check", "--now", "2031-06-01"]);
    assert!(run.stdout.contains("warning[unused-exception]"), "{run}");
    site.edit("site.toml", "precise-point", "unprotected-resident");
    site.edit("content/sources/ann.md", "allow", "#");
    let run = site.run(&["check", "--now", "2031-06-01"]);
    assert!(run.code == Some(0) && run.stdout.contains("note[exception]"), "{run}");
}

/// A word of redact.txt in each place that reaches readers.
const LEAKS: [&str; 6] = [
    "-- content/briefings/six.md --\n+++\ntitle = \"By ZOE muller\"\ndate = 2031-04-05\n+++\n",
    "-- content/briefings/six.md --\n+++\ntitle = \"A\"\ndate = 2031-04-05\n+++\nBy Zoë **Müller**.\n",
    "-- content/briefings/zoe-muller.md --\n+++\ntitle = \"A\"\ndate = 2031-04-05\n+++\n",
    "-- static/notes.txt --\nmet Zoe  Mueller, and Zoë Müller\n",
    "-- static/zoe_muller.txt --\n-\n",
    "-- content/briefings/six.md --\n+++\ntitle = \"عن فاطمه\"\ndate = 2031-04-05\n+++\n",
];

#[test]
fn a_word_of_redact_txt_reaches_no_output_and_no_message() {
    let good = Site::new(WELL);
    good.write("-- redact.txt --\n# who must not be found\nZoë Müller\nفاطمة\n");
    good.build();
    for files in LEAKS {
        let site = Site::with_output_of(&good);
        site.write(files);
        for format in ["human", "short", "json"] {
            let run = site.run(&["build", "--now", crate::common::NOW, "--format", format]);
            assert_eq!(run.code, Some(1), "{files}\n{run}");
            let said = run.to_string().to_lowercase();
            assert!(said.contains("redacted-word"), "{files}\n{run}");
            for word in ["zoe", "zoë", "muller", "müller", "فاطم"] {
                assert!(!said.contains(word), "{word} is printed\n{run}");
            }
        }
    }
}

#[test]
fn a_private_word_is_reported_at_its_source() {
    let site = Site::new(WELL);
    site.write("-- redact.txt --\nUrsula Nobody-May-Know\n");
    // The record of a protected source has it, but is not published.
    site.build();
    site.write("-- content/briefings/six.md --\n+++\ntitle = \"A\"\ndate = 2031-04-05\n+++\nSaid ursula nobody may know.\n");
    let run = site.try_build();
    assert!(run.stderr.contains("content/briefings/six.md:5:6"), "{run}");
    assert!(run.stderr.contains("Said ██████████████████████."), "{run}");
    let run = site.run(&["new", "For Ursula Nobody May Know"]);
    assert!(!run.to_string().contains("ursula"), "{run}");
}

fn built_as_of(time: &str) -> Site {
    let site = Site::new(&format!("{WELL}{CORRECTED}"));
    site.edit(
        "content/briefings/three.md",
        "source = \"tarn-watch\"",
        "source = \"tarn-watch\"\nadded = 2031-04-01T20:00:00+02:00",
    );
    site.edit("content/briefings/three.md", "[[corrections]]\nat = 2031-04-03", "[[claims]]\nid = \"later\"\ntext = \"Rain fell.\"\nsource = \"radio\"\nadded = 2031-04-02T20:00:00+02:00\n\n[[corrections]]\nat = 2031-04-03");
    site.edit("content/briefings/one.md", "took it back.\"\n+++\n", "took it back.\"\n+++\nSee [taps](three.md), [them](claim:three/later), [the denial](claim:two/denial) and [a day](date:2031-04-01).\n");
    let run = site.run(&["build", "--now", "2031-06-01", "--as-of", time]);
    assert_eq!(run.code, Some(0), "{run}");
    site
}

#[test]
fn as_of_shows_a_figure_before_its_corrections() {
    let figure = |time: &str| of_claim(&built_as_of(time), "briefings/three.html", "taps", "p");
    for (time, least) in [
        ("2031-04-01T18:00:00Z", "at least 80"),
        ("2031-04-02T09:59:59Z", "at least 80"),
        ("2031-04-02T10:00:00Z", "at least 40"),
        ("2031-04-03T11:59:59+02:00", "at least 40"),
        ("2031-04-03T13:00:00+03:00", "at least 30"),
    ] {
        let shown = figure(time);
        assert!(shown.contains(least), "{time}: {shown}");
    }
}

#[test]
fn as_of_leaves_out_what_came_later() {
    let site = built_as_of("2031-04-02T19:59:59+02:00");
    assert!(!page(&site, "briefings/three.html").has("#claim-later"));
    assert_eq!(page(&site, "corrections.html").all(".fix").len(), 1);
    assert!(
        page(&site, "briefings/three.html").text().contains("This is what was known at 2 April 2031, 19:59")
    );
    // Before the denial the claim is not contested. Links to later pages are no errors.
    let site = built_as_of("2031-03-30T19:59:59+02:00");
    assert!(!site.exists("public/briefings/two.html"));
    assert!(!site.exists("public/briefings/three.html"));
    assert_eq!(of_claim(&site, "briefings/one.html", "hit", ".s"), "One source");
    let site = built_as_of("2031-03-30T20:00:00+02:00");
    assert_eq!(of_claim(&site, "briefings/one.html", "hit", ".s"), "Sources disagree");
}

#[test]
fn check_lists_what_is_due_in_48_hours_and_build_does_not() {
    let site = Site::new(&format!("{WELL}{CORRECTED}"));
    site.edit(
        "content/briefings/two.md",
        "date  = ",
        "expires = 2031-04-06T10:00:00Z\nnext_due = 2031-04-06T10:00:01Z\ndate  = ",
    );
    let run = site.run(&["check", "--now", "2031-04-04T10:00:00Z"]);
    let due: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("note[due]")).collect();
    assert_eq!(
        due,
        [
            "note[due]: a serious correction leaves the home page at 2031-04-05T12:00:00+02:00",
            "note[due]: it expires at 2031-04-06T12:00:00+02:00",
        ],
        "{run}"
    );
    let run = site.run(&["build", "--now", "2031-04-04T10:00:00Z"]);
    assert!(!run.stderr.contains("note[due]"), "{run}");
    site.write("-- content/phones.md --\n+++\ntitle = \"Numbers\"\nnext_due = 2031-04-06\n+++\n-- content/sources/ann.md --\n+++\ntitle = \"Ann\"\nkind = \"resident\"\nallow = [{ guard = \"unprotected-resident\", why = \"She speaks for her street.\", until = 2031-04-05 }]\n+++\n");
    let run = site.run(&["check", "--now", "2031-04-04T10:00:00Z"]);
    for due in [
        "the newer version that readers were promised is due at 2031-04-06T00:00:00+02:00",
        "the exception to \"unprotected-resident\" ends at 2031-04-06T00:00:00+02:00",
    ] {
        assert!(run.stdout.contains(due), "{due} in {run}");
    }
}

#[test]
fn a_claim_shows_its_time_in_both_zones() {
    let site = Site::new(WELL);
    // 23:30 UTC is 01:30 of the next day in Berlin, in the first night of summer time.
    site.edit("content/briefings/one.md", "text   = \"The well was hit.\"", "text   = \"The well was hit.\"\nhappened = 2031-03-29T23:30:00Z\nsaid = 2031-03-30T03:15:00+02:00\nadded = 2031-03-30T01:20:00Z");
    site.build();
    let clocks = of_claim(&site, "briefings/one.html", "hit", "p");
    let clocks = clocks.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["30 March 2031, 00:30", "Said 30 March 2031, 03:15", "Added 30 March 2031, 03:20"] {
        assert!(clocks.contains(part), "{part} in {clocks}");
    }
    assert!(texts_of(&site, "dates/2031-03-30.html", "main").concat().contains("The well was hit."));
    assert!(!texts_of(&site, "dates/2031-03-29.html", "main").concat().contains("The well was hit."));
    // Equal times are shown once.
    assert!(!of_claim(&site, "briefings/one.html", "dry", "p").contains("Added"));
}

#[test]
fn owner_and_relays_of_a_protected_source_stay_hidden() {
    let site = Site::new(WELL);
    site.write("-- content/sources/ward.md --\n+++\ntitle = \"Ward Two\"\nowner = \"Secret Ward\"\n+++\n");
    let claims = "-- content/briefings/six.md --\n+++\ntitle = \"Six\"\ndate = 2031-04-05\n\
                  [[claims]]\ntext = \"A\"\nsource = \"ward\"\nevent = \"six\"\n\
                  [[claims]]\ntext = \"B\"\nsource = \"nobody-may-know\"\nevent = \"six\"\n+++\n";
    site.write(claims);
    site.build();
    let why = || texts_of(&site, "events/six.html", "main details p, main details li").join("|");
    // One owner makes one origin; readers do not learn which.
    assert_eq!(why(), "2 outlets, 1 origin. Passing it on does not make it stronger.|Ward Two");
    let record = site
        .read("content/sources/nobody-may-know.md")
        .replace("owner     = \"Secret Ward\"", "relays = [\"ward\"]");
    site.write_bytes("content/sources/nobody-may-know.md", record.as_bytes());
    site.build();
    assert_eq!(why(), "2 outlets, 1 origin. Passing it on does not make it stronger.|Ward Two");
}

#[test]
fn an_event_of_many_claims_is_split_into_pages() {
    let claims = |from: usize, to: usize| {
        let claim = |n| {
            format!(
                "[[claims]]\nid = \"n{n}\"\ntext = \"Nothing was hit, says {n}.\"\nsource = \"witness {n}\"\nevent = \"well\"\n"
            )
        };
        (from..to).map(claim).collect::<String>()
    };
    let briefing = |day: usize, from: usize, to: usize| {
        format!(
            "-- content/briefings/many-{day}.md --\n+++\ntitle = \"Many {day}\"\ndate = 2031-04-0{day}\n{}+++\n",
            claims(from, to)
        )
    };
    let site = Site::new(WELL);
    site.edit("site.toml", "language  =", "page_size = 4\nlanguage  =");
    let record = |n| {
        format!("-- content/sources/witness-{n}.md --\n+++\ntitle = \"witness {n}\"\nparty = \"none\"\n+++\n")
    };
    site.write(&(0..13).map(record).collect::<String>());
    site.write(&format!("{}{}", briefing(1, 0, 7), briefing(2, 7, 13)));
    site.build();
    // 16 claims: the newest four, and three pages of four.
    let claims_of = |path: &str| page(&site, path).all("tbody tr").len();
    assert_eq!(
        ["", "-page-1", "-page-2", "-page-3"].map(|n| claims_of(&format!("events/well{n}.html"))),
        [4, 4, 4, 4]
    );
    assert!(!site.exists("public/events/well-page-4.html"));
    let why = texts_of(&site, "events/well.html", "main > details").concat();
    assert!(why.contains("15 outlets, 14 origins"), "{why}");
    assert!(why.contains("and 2 more"), "who is left out is counted: {why}");
    // A newer claim does not change the numbered pages.
    let before = site.output("events/well-page-1.html");
    site.write("-- content/briefings/late.md --\n+++\ntitle = \"Late\"\ndate = 2031-04-09\n[[claims]]\ntext = \"No.\"\nsource = \"army\"\nevent = \"well\"\ndenies = true\n+++\n");
    site.build();
    assert_eq!(site.output("events/well-page-1.html"), before);
}

#[test]
fn every_page_shows_its_cut_off_and_the_next_update() {
    let site = built_at("2031-06-01");
    site.edit("content/briefings/two.md", "date  = ", "next_due = 2031-04-02T12:00:00+02:00\ndate  = ");
    site.write("-- content/about.md --\n+++\ntitle = \"About\"\naliases = [\"old.html\"]\n+++\nWe.\n-- content/phones.md --\n+++\ntitle = \"Numbers\"\nas_of = 2031-03-01T09:00:00+01:00\nnext_due = 2031-05-01\n+++\n112\n-- content/neighbourhoods/far.md --\n+++\ntitle = \"Far\"\n+++\n");
    site.write("-- content/briefings/gone.md --\n+++\ntitle = \"Gone\"\ndate = 2031-03-01\naliases = [\"was.html\"]\nwithdrawn = { at = 2031-03-02T10:00:00+01:00, why = \"It was wrong.\" }\n+++\n");
    site.build();
    let mut without: Vec<String> = Vec::new();
    for (path, _) in crate::common::tree(&site.public()) {
        if !path.ends_with(".html") {
            continue;
        }
        let found = page(&site, &path);
        // The name of the place is above it on a sheet.
        let is_sheet = path.ends_with("-sheet.html");
        // A briefing begins with its title and its summary.
        let begins = match () {
            () if is_sheet => "main > h1 ~ *",
            () if found.has("main > .cols > div > .dateline") => "main > .cols > div > :not(.lead)",
            () => "main > *",
        };
        assert_eq!(found.all(begins).first().unwrap().value().attr("class"), Some("dateline"), "{path}");
        let line: String = found.all("main .dateline").iter().flat_map(|line| line.text()).collect();
        if !line.contains("Information up to") && !line.contains("المعلومات حتى") {
            assert!(path == "404.html" || found.all(".dateline a").len() == 1, "{path}: {line}");
            without.push(path);
        }
    }
    // The page for missing ones has nothing to date. The others link to the page that explains it.
    assert_eq!(
        without,
        [
            "404.html",
            "about.html",
            "ar/about.html",
            "ar/neighbourhoods/far.html",
            "ar/old.html",
            "neighbourhoods/far.html",
            "old.html"
        ]
    );
    let line = |path: &str| texts_of(&site, path, ".dateline").concat();
    assert_eq!(
        line("phones.html"),
        "Information up to 1 March 2031, 09:00 (GMT+1) Look for a newer copy after 1 May 2031"
    );
    assert_eq!(line("briefings/gone.html"), "Information up to 2 March 2031, 10:00 (GMT+1)");
    assert!(line("names.html").starts_with("Information up to"));
    // The third briefing kept the promise of the second, so the home page no longer shows it.
    assert!(line("briefings/two.html").ends_with("2 April 2031, 12:00"));
    assert!(
        line("index.html").contains("Look for a newer copy after 2 April 2031"),
        "{}",
        line("index.html")
    );
    site.edit("content/briefings/three.md", "date  = 2031-04-01T20", "date  = 2031-04-02T20");
    site.build();
    assert!(!line("index.html").contains("Look for"), "{}", line("index.html"));
}
