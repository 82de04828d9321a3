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
