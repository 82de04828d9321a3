//! Claims that repeat others, and what was checked: where they are shown, and that they count for nothing more.

use crate::common::Site;
use crate::common::html::Page;

/// Monday states two claims; Tuesday and Wednesday repeat them. The valley has nothing else.
const VALLEY: &str = r#"
-- site.toml --
title     = "Tarn briefings"
base_url  = "https://tarn.example/"
language  = "en"
languages = ["en", "ar"]
timezone  = "UTC"
topics    = ["water"]
-- content/sources/watch.md --
+++
title = "Tarn Watch"
kind  = "monitor"
+++
-- content/sources/radio.md --
+++
title = "Radio Fell"
+++
-- content/neighbourhoods/valley.md --
+++
title = "Valley"
+++
-- content/briefings/monday.md --
+++
title = "Monday"
date  = 2031-03-03T20:00:00Z
neighbourhoods = ["Valley"]

[[claims]]
id       = "dry"
text     = "The well is dry."
source   = "watch"
happened = "2031-03-03"
topic    = "water"
event    = "well"

[[claims]]
id       = "queue"
text     = "Forty people wait at the well."
source   = "watch"
happened = "2031-03-03"
figure   = { measure = "waiting", said = "forty", best = 40 }

[[corrections]]
at      = 2031-03-04T09:00:00Z
kind    = "correction"
serious = true
claim   = "queue"
field   = "text"
was     = "Four people wait at the well."
now     = "Forty people wait at the well."
why     = "A nought was lost."
+++
-- content/briefings/monday.ar.md --
+++
title   = "الاثنين"
updated = 2031-03-04T09:00:00Z

[claim_text]
dry = "البئر جافة."
+++
-- content/briefings/tuesday.md --
+++
title = "Tuesday"
date  = 2031-03-04T20:00:00Z
neighbourhoods = ["Ridge"]

[[claims]]
text   = "The road is open."
source = "radio"

[[claims]]
id      = "still-dry"
repeats = "monday/dry"
checked = 2031-03-04T18:00:00Z
note    = "So Tarn Watch says today."

[[claims]]
repeats = "monday/queue"
+++
See the [well](claim:still-dry) and the [queue](claim:3).
-- content/briefings/wednesday.md --
+++
title = "Wednesday"
date  = 2031-03-05T20:00:00Z
neighbourhoods = ["Ridge"]

[[claims]]
repeats = "monday/dry"

[[claims]]
text   = "The road is closed."
source = "radio"
+++
"#;

fn built(site: &Site, more: &[&str]) {
    let run = site.run(&[&["build", "--now", "2031-03-05T21:00:00Z"], more].concat());
    assert_eq!(run.code, Some(0), "{run}");
}

fn page(site: &Site, path: &str) -> Page {
    Page::parse(&site.output(path))
}

fn words(site: &Site, path: &str, selector: &str) -> String {
    let found = page(site, path);
    let text: String = found.all(selector).iter().flat_map(|element| element.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_claim_is_once_on_every_page_and_names_the_briefings_that_repeat_it() {
    let site = Site::new(VALLEY);
    built(&site, &[]);
    for path in
        ["neighbourhoods/valley.html", "sources/watch.html", "events/well.html", "dates/2031-03-03.html"]
    {
        let claims = page(&site, path).all("main").iter().flat_map(|main| main.text()).collect::<String>();
        let claims = claims.split("Latest claim").last().unwrap();
        assert!(claims.contains("Also in Wednesday, Tuesday"), "{path}: {claims}");
        let listed = words(&site, path, ".claims .t, .rows");
        assert_eq!(listed.matches("The well is dry.").count(), 1, "{path}: {listed}");
    }
    let figures = words(&site, "figures.html", ".counts");
    assert_eq!(figures.matches("Forty people").count(), 1, "{figures}");
    assert!(figures.contains("Also in Tuesday"), "{figures}");
    // Two briefings that repeat it are no further source.
    assert!(words(&site, "events/well.html", "main > details").contains("1 outlet, 1 origin"));
    let watch = words(&site, "sources/watch.html", "main .glance");
    assert!(watch.contains("One source 2"), "{watch}");
}

#[test]
fn a_briefing_shows_what_it_repeats_in_its_own_order_with_a_link_to_the_first_report() {
    let site = Site::new(VALLEY);
    built(&site, &[]);
    let tuesday = page(&site, "briefings/tuesday.html");
    let ids: Vec<_> = tuesday
        .all(".claims > li[id]")
        .iter()
        .map(|row| row.value().attr("id").unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["claim-1", "claim-still-dry", "claim-3"]);
    let row = words(&site, "briefings/tuesday.html", "#claim-still-dry");
    for part in [
        "The well is dry.",
        "So Tarn Watch says today.",
        "Tarn Watch",
        "Still so at 4 March 2031, 18:00",
        "First reported in Monday",
        "Also in Wednesday",
    ] {
        assert!(row.contains(part), "{part} in {row}");
    }
    assert!(tuesday.has("#claim-still-dry a[href$=\"monday.html#claim-dry\"]"));
    assert!(tuesday.has("#claim-still-dry a[href$=\"wednesday.html#claim-1\"]"));
    assert!(!row.contains("Also in Tuesday"), "{row}");
    // A serious correction of the original is in the box of every page that has its words.
    assert!(words(&site, "briefings/tuesday.html", ".fix").contains("A nought was lost."));
    assert!(!words(&site, "briefings/wednesday.html", "main").contains("A nought was lost."));
    let text = site.output("briefings/tuesday.txt");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["The well is dry.", "First reported in Monday", "Still so at 4 March 2031, 18:00"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // The text of the original's translation, on both pages.
    assert!(words(&site, "ar/briefings/tuesday.html", "#claim-still-dry").contains("البئر جافة."));
}

#[test]
fn a_briefing_is_about_what_it_repeats_and_reports_nothing_new_by_it() {
    let site = Site::new(VALLEY);
    site.edit("content/briefings/tuesday.md", "checked = 2031-03-04T18:00:00Z\n", "");
    built(&site, &[]);
    let valley = words(&site, "neighbourhoods/valley.html", "main");
    assert!(valley.contains("No report since 3 March 2031, 20:00"), "{valley}");
    assert!(valley.contains("Wednesday"), "{valley}");
}

#[test]
fn a_check_ends_the_silence_of_its_place() {
    let site = Site::new(VALLEY);
    built(&site, &[]);
    let silence = "No report since";
    assert!(
        words(&site, "neighbourhoods/valley.html", "main").contains("No report since 4 March 2031, 18:00")
    );
    for (path, before) in [
        ("content/neighbourhoods/valley.md", "title = "),
        ("content/briefings/monday.md", "title = "),
        ("content/briefings/monday.md", "text     = \"The well"),
        ("content/briefings/wednesday.md", "repeats ="),
    ] {
        let site = Site::new(VALLEY);
        site.edit(path, before, &format!("checked = 2031-03-05T19:00:00Z\n{before}"));
        if path.contains("wednesday") {
            // Not later than the briefing: a check may be made before it is published.
            site.edit(path, "19:00", "20:30");
        }
        built(&site, &[]);
        let valley = words(&site, "neighbourhoods/valley.html", "main");
        assert!(!valley.contains(silence), "{path}: {valley}");
        assert!(
            valley.contains("5 March 2031, 19:00") || valley.contains("5 March 2031, 20:30"),
            "{path}: {valley}"
        );
    }
}

#[test]
fn a_check_of_a_briefing_is_in_its_feed_entry_and_does_not_move_it() {
    let site = Site::new(VALLEY);
    built(&site, &[]);
    let before = site.output("feed.atom");
    site.edit("content/briefings/monday.md", "title = ", "checked = 2031-03-05T19:00:00Z\ntitle = ");
    built(&site, &[]);
    let after = site.output("feed.atom");
    assert!(after.contains("Still so at 5 March 2031, 19:00 (GMT)."), "{after}");
    let times = |feed: &str| {
        feed.lines()
            .flat_map(|line| line.split("<updated>").skip(1).map(str::to_owned).collect::<Vec<_>>())
            .map(|rest| rest[..20].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(times(&before), times(&after));
    assert!(words(&site, "briefings/monday.html", ".facts").contains("Still so at5 March 2031, 19:00"));
    assert!(site.output("briefings/monday.txt").contains("Still so at"));
    assert!(!site.output("sitemap.xml").contains("2031-03-05T19"));
}

#[test]
fn a_claim_that_does_not_hold_is_not_still_so() {
    let site = Site::new(VALLEY);
    site.edit(
        "content/briefings/monday.md",
        "event    = \"well\"",
        "event    = \"well\"\nstatus = \"withdrawn\"\nstatus_why = \"Tarn Watch took it back.\"",
    );
    built(&site, &[]);
    let row = words(&site, "briefings/tuesday.html", "#claim-still-dry");
    assert!(row.contains("Withdrawn") && row.contains("Tarn Watch took it back."), "{row}");
    assert!(!row.contains("Still so"), "{row}");
    assert!(page(&site, "briefings/tuesday.html").has("#claim-still-dry s"));
}

#[test]
fn the_words_of_a_withdrawn_briefing_are_not_on_the_pages_that_repeat_them() {
    for gone in
        ["withdrawn = { at = 2031-03-05T20:30:00Z, why = \"Not so.\" }", "expires = 2031-03-05T20:30:00Z"]
    {
        let site = Site::new(VALLEY);
        site.edit("content/briefings/monday.md", "title = ", &format!("{gone}\ntitle = "));
        built(&site, &[]);
        for (path, bytes) in crate::common::tree(&site.public()) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("The well is dry"), "{gone}: {path}");
            assert!(!text.contains("So Tarn Watch says today"), "{gone}: {path}");
        }
        let line = words(&site, "briefings/tuesday.html", "#claim-still-dry");
        assert!(line.contains("is not shown any more") && line.contains("Monday"), "{line}");
        assert!(page(&site, "briefings/tuesday.html").has("#claim-still-dry a[href$=\"monday.html\"]"));
    }
}

#[test]
fn as_of_knows_no_repeat_of_a_later_claim_and_no_later_check() {
    let site = Site::new(VALLEY);
    site.edit(
        "content/briefings/monday.md",
        "id       = \"queue\"",
        "id       = \"queue\"\nadded = 2031-03-04T19:00:00Z",
    );
    // Tuesday was published earlier, and repeats the later claim since it was changed.
    site.edit(
        "content/briefings/tuesday.md",
        "date  = 2031-03-04T20:00:00Z",
        "date  = 2031-03-04T10:00:00Z\nupdated = 2031-03-04T20:00:00Z",
    );
    site.write(
        "-- content/events/well.md --\n+++\ntitle = \"The well\"\nchecked = 2031-03-05T10:00:00Z\n+++\n",
    );
    built(&site, &["--as-of", "2031-03-04T12:00:00Z"]);
    let tuesday = page(&site, "briefings/tuesday.html");
    assert!(tuesday.has("#claim-still-dry") && !tuesday.has("#claim-3"));
    assert!(!words(&site, "briefings/tuesday.html", "main").contains("Still so"));
    assert!(!words(&site, "events/well.html", "main").contains("Still so"));
    built(&site, &["--as-of", "2031-03-04T20:00:00Z"]);
    let tuesday = words(&site, "briefings/tuesday.html", "main");
    assert!(
        tuesday.contains("Still so at 4 March 2031, 18:00") && tuesday.contains("Forty people"),
        "{tuesday}"
    );
    assert!(!words(&site, "events/well.html", "main").contains("5 March"));
}

#[test]
fn a_repeated_instruction_must_not_be_in_the_title() {
    let site = Site::new(VALLEY);
    site.edit(
        "content/briefings/monday.md",
        "text     = \"The well is dry.\"",
        "text     = \"Leave the valley.\"\nkind = \"instruction\"",
    );
    site.edit(
        "content/briefings/tuesday.md",
        "title = \"Tuesday\"",
        "title = \"Tuesday: leave the valley!\"",
    );
    let run = site.run(&["build", "--now", "2031-03-05T21:00:00Z"]);
    assert!(run.stderr.contains("error[instruction-as-advice]"), "{run}");
    assert!(run.stderr.contains("content/briefings/tuesday.md:11"), "{run}");
}

#[test]
fn check_reports_promises_that_were_not_kept_until_they_are() {
    let site = Site::new(VALLEY);
    let notes = |now: &str| {
        let run = site.run(&["check", "--now", now]);
        assert_eq!(run.code, Some(0), "{run}");
        let lines = run
            .stdout
            .lines()
            .filter(|line| line.starts_with("note[overdue]") || line.starts_with("note[lapsed]"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    site.edit("content/briefings/monday.md", "title = ", "next_due = 2031-03-04T08:00:00Z\ntitle = ");
    site.edit("content/neighbourhoods/valley.md", "title = ", "next_due = 2031-03-06T08:00:00Z\ntitle = ");
    let lapsed = "note[lapsed]: a serious correction left the home page at 2031-03-06T09:00:00+00:00";
    let of_monday = "note[overdue]: readers were asked to look for a newer copy after 2031-03-04T08:00:00+00:00, and nothing newer replaces it";
    let of_valley = "note[overdue]: readers were asked to look for a newer copy after 2031-03-06T08:00:00+00:00, and nothing newer replaces it";
    assert_eq!(notes("2031-03-06T10:00:00Z"), [lapsed, of_monday, of_valley]);
    assert_eq!(notes("2031-03-08T10:00:00Z"), [of_monday, of_valley]);
    // Another place makes up for nothing; the same does.
    site.write("-- content/briefings/thursday.md --\n+++\ntitle = \"Thursday\"\ndate = 2031-03-06T09:00:00Z\nneighbourhoods = [\"Valley\"]\n+++\n");
    assert_eq!(notes("2031-03-08T10:00:00Z"), [] as [&str; 0]);
    site.remove("content/briefings/thursday.md");
    // The remedy works.
    site.edit("content/briefings/monday.md", "title = ", "checked = 2031-03-08T10:00:00+00:00\ntitle = ");
    site.edit(
        "content/neighbourhoods/valley.md",
        "title = ",
        "checked = 2031-03-08T10:00:00+00:00\ntitle = ",
    );
    assert_eq!(notes("2031-03-08T10:00:00Z"), [] as [&str; 0]);
}

#[test]
fn check_reports_what_is_old_in_a_site_that_is_still_written() {
    let site = Site::new(VALLEY);
    site.edit("content/briefings/monday.md", "title = ", "as_of = 2031-03-03T19:00:00Z\ntitle = ");
    site.write("-- content/phones.md --\n+++\ntitle = \"Numbers\"\nas_of = 2031-03-03T10:00:00Z\n+++\n112\n");
    let outdated = |now: &str| {
        let run = site.run(&["check", "--now", now]);
        run.stdout
            .lines()
            .filter(|line| line.starts_with("note[outdated]"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let ends =
        |at: &str| format!("note[outdated]: its information ends at {at}, and nothing newer replaces it");
    assert_eq!(outdated("2031-03-05T09:00:00Z"), [] as [&str; 0]);
    assert_eq!(
        outdated("2031-03-06T10:00:00Z"),
        [ends("2031-03-03T20:00:00+00:00"), ends("2031-03-03T10:00:00+00:00")]
    );
    assert_eq!(outdated("2031-05-06T10:00:00Z"), [] as [&str; 0], "an archive");
    site.edit("content/briefings/monday.md", "title = ", "kind = \"explainer\"\ntitle = ");
    assert_eq!(outdated("2031-03-06T10:00:00Z"), [ends("2031-03-03T10:00:00+00:00")]);
}

#[test]
fn a_record_asks_readers_to_come_back_and_a_protected_one_says_nothing() {
    let site = Site::new(VALLEY);
    let keys = "checked = 2031-03-05T19:00:00Z\nnext_due = 2031-03-07T19:00:00Z\n";
    site.write(&format!("-- content/sources/watch.md --\n+++\ntitle = \"Tarn Watch\"\nkind = \"monitor\"\n{keys}+++\n-- content/sources/ann.md --\n+++\ntitle = \"Ann Nobody-May-Know\"\nprotected = true\nlabel = \"a resident\"\n{keys}+++\n"));
    site.edit("content/briefings/wednesday.md", "source = \"radio\"", "source = \"ann\"");
    built(&site, &[]);
    let watch = words(&site, "sources/watch.html", "main");
    assert!(watch.contains("Look for a newer copy after 7 March 2031, 19:00"), "{watch}");
    assert!(watch.contains("Still so at5 March 2031, 19:00"), "{watch}");
    assert!(!words(&site, "briefings/wednesday.html", "main").contains("5 March 2031, 19:00"));
    assert!(!site.exists("public/sources/ann.html"));
}
