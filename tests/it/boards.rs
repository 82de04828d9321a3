//! What readers see at a glance: boards of places and topics, and what changed.

use expect_test::expect;

use crate::common::Site;
use crate::common::html::{Page, text_of, within};

/// Two days: the water of the harbour is reported on both, the rest on the first alone. The mill has a record and no
/// claim.
const TARN: &str = r#"
-- site.toml --
title    = "Tarn briefings"
timezone = "Europe/Berlin"
topics   = ["water", "health", "food"]
-- content/neighbourhoods/mill.md --
+++
title = "Mill"
+++
-- content/neighbourhoods/quay.md --
+++
title  = "Quay"
parent = "harbour"
+++
-- content/sources/watch.md --
+++
title = "Tarn Watch"
kind  = "monitor"
+++
-- content/briefings/first.md --
+++
title = "The first day"
date  = 2031-03-01T20:00:00+01:00
kind  = "daily"

[[claims]]
id     = "well"
text   = "The well of the fell is dry."
source = "watch"
topic  = "water"
neighbourhoods = ["Fell"]

[[claims]]
text   = "The ward is open."
source = "watch"
topic  = "health"
neighbourhoods = ["Harbour"]

[[claims]]
text   = "It was foggy."
source = "watch"
neighbourhoods = ["Fell"]
+++
-- content/briefings/second.md --
+++
title = "The second day"
date  = 2031-03-02T09:30:00+01:00

[[claims]]
id     = "pump"
text   = "The pump of the quay is broken."
source = "watch"
topic  = "water"
neighbourhoods = ["Quay"]

[[claims]]
text   = "The pump is whole."
source = "watch"
topic  = "water"
neighbourhoods = ["Quay"]
status = "disproved"
status_why = "We went and looked."

[[corrections]]
at    = 2031-03-02T11:00:00+01:00
kind  = "correction"
claim = "pump"
field = "text"
was   = "The pump of the harbour is broken."
now   = "The pump of the quay is broken."
why   = "It is that of the quay."
+++
"#;

fn tarn() -> Site {
    let site = Site::new(TARN);
    site.build();
    site
}

#[test]
fn the_home_page_says_how_things_stand_what_changed_and_what_is_new() {
    let site = tarn();
    expect![[r#"
        ﻿Information up to 2 March 2031, 09:30 (GMT+1)

        Tarn briefings
        ==============

        How things stand
        ----------------

        Where: Quay [1]
        Water: 09:30 One source [2]
        Health: No report
        Other: No report

        Where: Fell [3]
        Water: 1 Mar One source. Nothing since [4]
        Health: No report
        Other: 1 Mar One source. Nothing since [4]

        Where: Harbour [5]
        Water: 09:30 One source [2]
        Health: 1 Mar One source. Nothing since [4]
        Other: No report

        One source · Hour or day of the last report. Hatched: nothing since,
        which does not mean that it is quiet. No report about: Food.

        What changed since 1 March 2031
        -------------------------------

        - Correction: The pump of the quay is broken. [2]
        - New: 1 briefing · 2 claims [6]

        Latest briefings
        ----------------

        - 09:30 The second day [2] Quay · Corrected
        - 1 Mar The first day [4] Daily briefing · Fell

        - All neighbourhoods [7]
        - All briefings [8]

        This may be an old copy. Look at the time at the top of the page, and
        look for a newer copy if you can.

        Data: Claims (CSV) [9], Claims (JSON) [10], About the data (JSON) [11]

        This text as a page: index.html

        Links
        [1] neighbourhoods/quay.txt
        [2] briefings/second.txt
        [3] neighbourhoods/fell.txt
        [4] briefings/first.txt
        [5] neighbourhoods/harbour.txt
        [6] changes.txt
        [7] neighbourhoods/index.txt
        [8] briefings/index.txt
        [9] data/claims.csv
        [10] data/claims.json
        [11] data/datapackage.json
    "#]]
    .assert_eq(&site.output("index.txt"));
}

#[test]
fn a_cell_is_hatched_if_nothing_was_reported_on_the_newest_day() {
    let site = tarn();
    let page = Page::parse(&site.output("index.html"));
    let rows = page.all(".board tbody tr");
    let cells = rows.iter().map(|row| {
        let cell = |cell| {
            let is_hatched = within(&cell, ".old time, .old span").next().is_some();
            format!("{}{}", if is_hatched { "/// " } else { "" }, text_of(&cell))
        };
        within(row, "th, td").map(cell).collect::<Vec<String>>().join(" | ")
    });
    expect![[r#"
        Quay | 09:30 One source | /// No report | /// No report
        Fell | /// 1 Mar One source. Nothing since | /// No report | /// 1 Mar One source. Nothing since
        Harbour | 09:30 One source | /// 1 Mar One source. Nothing since | /// No report"#]]
    .assert_eq(&cells.collect::<Vec<String>>().join("\n"));
}

#[test]
fn the_page_of_a_place_begins_with_its_topics_and_what_changed() {
    let site = tarn();
    expect![[r#"
        ﻿Tarn briefings [1]

        Home [1] · Neighbourhoods [2]

        Information up to 2 March 2031, 09:30 (GMT+1)

        Harbour
        =======

        How things stand
        ----------------

        Water: Last report 2 March 2031, 09:30 [3]
          The pump of the quay is broken.
          One source · Tarn Watch [4] · The second day [5] · Corrected
        Health: Last report 1 March 2031, 20:00 [6] · Nothing since
          The ward is open.
          One source · Tarn Watch [4] · The first day [7]

        No report about: Food. Hatched: nothing since, which does not mean that
        it is quiet.

        What changed
        ------------

        - 2 March 2031 · Correction: The pump of the quay is broken. [5]

        Places within
        -------------

        - Quay [8] 1 briefing · 2 claims · 2 March 2031

        Claims by the day they reached us
        ---------------------------------

        2 March 2031 [3]

        - Tarn Watch [4]: The pump of the quay is broken.
          One source · Added 2 March 2031, 09:30 · Quay [8]
          Correction · 2 March 2031, 11:00 [3]
          Was ~~The pump of the harbour is broken.~~ Now The pump of the quay is
          broken.
          It is that of the quay.
          About this claim:
          1 outlet, 1 origin. Passing it on does not make it stronger.
          Water · Added 2 March 2031, 09:30
          In The second day [5]

        - Tarn Watch [4]: ~~The pump is whole.~~
          Disproved · Added 2 March 2031, 09:30 · Quay [8]
          Reason We went and looked.
          About this claim:
          1 outlet, 1 origin. Passing it on does not make it stronger.
          Water · Added 2 March 2031, 09:30 [3]
          In The second day [5]

        1 March 2031 [6]

        - Tarn Watch [4]: The ward is open.
          One source · Added 1 March 2031, 20:00 · Harbour
          About this claim:
          1 outlet, 1 origin. Passing it on does not make it stronger.
          Health · Added 1 March 2031, 20:00
          In The first day [7]

        Briefings
        ---------

        - The second day [5] 2 March 2031, 09:30 · Corrected
        - The first day [7] 1 March 2031, 20:00 · Daily briefing

        One sheet to print [9]

        This may be an old copy. Look at the time at the top of the page, and
        look for a newer copy if you can.

        This text as a page: harbour.html

        Links
        [1] ../index.txt
        [2] ../neighbourhoods/index.txt
        [3] ../dates/2031-03-02.txt
        [4] ../sources/watch.txt
        [5] ../briefings/second.txt
        [6] ../dates/2031-03-01.txt
        [7] ../briefings/first.txt
        [8] ../neighbourhoods/quay.txt
        [9] ../neighbourhoods/harbour-sheet.html
    "#]]
    .assert_eq(&site.output("neighbourhoods/harbour.txt"));
}

#[test]
fn a_place_that_nothing_was_heard_of_says_so_before_all_else() {
    let site = tarn();
    let page = Page::parse(&site.output("neighbourhoods/fell.html"));
    let first = page.all("main .note, main h2");
    assert_eq!(
        text_of(&first[0]),
        "No report since 1 March 2031, 20:00, which does not mean that it is quiet."
    );
    assert_eq!(text_of(&page.all(".topics .old dt")[0]), "Water");
}

/// A site with one claim of a source on each of so many days.
fn with_days(days: usize) -> Site {
    let first = jiff::civil::date(2030, 1, 1);
    let briefings = (0..days).map(|day| {
        let date = first.checked_add(jiff::Span::new().days(i64::try_from(day).unwrap())).unwrap();
        format!(
            "-- content/briefings/d{day}.md --\n+++\ntitle = \"Day {day}\"\ndate = {date}\n\
             [[claims]]\ntext = \"Said on day {day}.\"\nsource = \"Radio\"\nneighbourhoods = [\"Quay\"]\n+++\n"
        )
    });
    let site = Site::new(&format!(
        "-- site.toml --\ntitle = \"T\"\npage_size = 500\n{}",
        briefings.collect::<String>()
    ));
    site.build();
    site
}

#[test]
fn older_days_are_folded_and_many_days_by_their_months() {
    for (days, open, folds) in [(10, 10, 0), (20, 8, 12), (50, 8, 2), (300, 8, 10)] {
        let site = with_days(days);
        for path in ["neighbourhoods/quay.html", "sources/radio.html"] {
            let page = Page::parse(&site.output(path));
            let texts = |selector: &str| {
                page.all(selector).iter().filter(|text| text_of(text).contains("Said on")).count()
            };
            let all = texts("section.wide .t");
            assert_eq!(all, days, "{path}: all claims are on the page");
            assert_eq!(all - texts("section.wide .fold .t"), open, "{path}, {days} days");
            assert_eq!(page.all("section.wide .fold").len(), folds, "{path}, {days} days");
        }
    }
}

#[test]
fn the_page_of_a_source_says_what_became_of_its_claims_and_does_not_repeat_its_name() {
    let site = tarn();
    let page = Page::parse(&site.output("sources/watch.html"));
    let fared = page.all("main .glance p");
    assert_eq!(text_of(&fared[0]), "Of 5 claims: One source 4, Disproved 1. 1 of them was corrected.");
    assert_eq!(page.all(".rows li").len(), 5);
    assert!(page.all(".rows li").iter().all(|row| !text_of(row).contains("Tarn Watch")));
}

#[test]
fn the_page_of_a_day_does_not_repeat_its_date_with_each_claim() {
    let site = tarn();
    site.edit("content/briefings/first.md", "id     = \"well\"", "id = \"well\"\nhappened = \"2031-03-01\"");
    site.edit(
        "content/briefings/second.md",
        "id     = \"pump\"",
        "id = \"pump\"\nhappened = \"2031-02-27/2031-03-01\"",
    );
    site.build();
    let page = Page::parse(&site.output("dates/2031-03-01.html"));
    let bands: Vec<String> = page.all(".band").iter().map(text_of).collect();
    assert_eq!(bands.len(), 2, "happened and published: {bands:?}");
    assert!(bands[0].contains("27 February 2031 to 1 March 2031"), "a range says more: {}", bands[0]);
    let alone = page.all("main a").iter().filter(|link| text_of(link) == "1 March 2031").count();
    assert_eq!(alone, 1, "the end of the range: {}", bands[0]);
}

#[test]
fn equal_texts_of_one_source_about_an_event_are_one() {
    let claim = |text: &str| format!("[[claims]]\ntext = \"{text}\"\nsource = \"Radio\"\nevent = \"fire\"\n");
    let briefing = |id: &str, claims: &str| {
        format!(
            "-- content/briefings/{id}.md --\n+++\ntitle = \"{id}\"\ndate = 2031-05-0{}\n{claims}+++\n",
            id.len()
        )
    };
    let site = Site::new(&format!(
        "-- site.toml --\ntitle = \"T\"\n{}{}{}",
        briefing("a", &claim("It burns.")),
        briefing("bb", &claim("It burns.")),
        briefing("ccc", &claim("It is out.")),
    ));
    site.build();
    let page = Page::parse(&site.output("events/fire.html"));
    let texts: Vec<String> = page.all("table .t").iter().map(text_of).collect();
    assert_eq!(texts, ["It is out.", "It burns."]);
    let links = page.values("table td:nth-child(2) a", "href");
    let of_briefings: Vec<&String> = links.iter().filter(|href| href.contains("briefings/")).collect();
    assert_eq!(of_briefings.len(), 3, "each briefing is still linked: {links:?}");
}

#[test]
fn a_late_report_about_an_earlier_day_is_the_last_report_and_not_the_latest_claim() {
    let site = Site::new(&format!(
        "{TARN}-- content/briefings/third.md --\n+++\ntitle = \"The third day\"\ndate = 2031-03-03T08:15:00+01:00\n\
         [[claims]]\nid = \"february\"\ntext = \"In February the pump was new.\"\nsource = \"watch\"\ntopic = \"water\"\n\
         happened = \"2031-02\"\nneighbourhoods = [\"Quay\"]\n+++\n"
    ));
    site.build();
    let page = Page::parse(&site.output("index.html"));
    let cell = &page.all(".board tbody tr:first-child td a")[0];
    assert_eq!(text_of(cell), "08:15 One source");
    assert_eq!(cell.attr("href"), Some("briefings/second.html#claim-pump"));
}

#[test]
fn several_corrections_of_one_claim_are_one_change_at_a_glance() {
    let site = Site::new(TARN);
    let again = "[[corrections]]\nat = 2031-03-02T12:00:00+01:00\nkind = \"clarification\"\nclaim = \"pump\"\nwhy = \"It has two.\"\n";
    site.edit("content/briefings/second.md", "[[corrections]]", &format!("{again}\n[[corrections]]"));
    site.build();
    for path in ["index.html", "neighbourhoods/quay.html"] {
        let page = Page::parse(&site.output(path));
        let lines: Vec<String> = page.all(".lines li").iter().map(text_of).collect();
        let of_pump = lines.iter().filter(|line| line.contains("The pump of the quay is broken.")).count();
        assert_eq!(of_pump, 1, "{path}: {lines:?}");
    }
}
