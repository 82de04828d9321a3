//! `bulletin list`: what a site holds, in rows that can be filtered.

use expect_test::expect;
use serde_json::Value;

use crate::common::{NOW, Run, Site};

const SITE: &str = r#"-- site.toml --
title = "Port Brine"
languages = ["en", "ar"]
timezone = "Asia/Damascus"
-- content/briefings/bridge.md --
+++
title = "The bridge, \"old\" and new"
date = 2031-05-31T09:00:00Z
[[claims]]
id = "closed"
text = "The bridge is closed."
source = "Harbour office"
neighbourhoods = ["Quay"]
[[claims]]
id = "crack"
text = "It has a crack."
source = "unattributed"
+++
-- content/briefings/bridge.ar.md --
+++
title = "الجسر"
[claim_text]
closed = "الجسر مغلق."
crack = "فيه شرخ."
+++
-- content/briefings/later.md --
+++
title = "Later"
date = 2031-05-30T09:00:00Z
embargo_until = 2031-06-03T08:00:00Z
[[claims]]
id = "later"
text = "Later."
source = "nurse"
+++
-- content/briefings/draft.md --
+++
title = "A draft"
date = 2031-05-20
draft = true
+++
-- content/briefings/gone.md --
+++
title = "Gone"
date = 2031-04-20
withdrawn = { at = 2031-04-21, why = "It was wrong." }
+++
-- content/sources/nurse.md --
+++
title = "Mabel Storm"
kind = "resident"
protected = true
label = "a nurse"
+++
"#;

fn list(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["list", "--now", NOW], arguments].concat())
}

/// The values of a column, of the rows that are left.
fn column(site: &Site, name: &str, arguments: &[&str]) -> Vec<String> {
    let run = list(site, &[arguments, &["--format", "json"]].concat());
    let rows: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    rows.as_array().unwrap().iter().map(|row| row[name].as_str().unwrap_or("–").to_owned()).collect()
}

#[test]
fn a_table_has_a_row_for_each_briefing_and_says_how_far_it_is() {
    expect![[r#"
        -- stdout --
        date              state      id      title                      claims  untranslated
        2031-05-31 12:00  published  bridge  The bridge, "old" and new  2
        2031-05-30 12:00  embargoed  later   Later                      1       ar
        2031-05-20 00:00  draft      draft   A draft                    0       ar
        2031-04-20 00:00  withdrawn  gone    Gone                       0       ar
        -- exit 0 --
    "#]]
    .assert_eq(&list(&Site::new(SITE), &["briefings"]).to_string());
}

#[test]
fn csv_quotes_what_a_spreadsheet_would_split() {
    let run = list(&Site::new(SITE), &["briefings", "--format", "csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "date,state,id,title,kind,updated,claims,neighbourhoods,sources,untranslated,file",
            "2031-05-31T12:00:00+03:00,published,bridge,\"The bridge, \"\"old\"\" and new\",,,2,Quay,Harbour office,,content/briefings/bridge.md"
        ]
    );
}

#[test]
fn filters_leave_what_they_name() {
    let site = Site::new(SITE);
    let ids =
        |arguments: &[&str]| column(&site, if arguments[0] == "claims" { "claim" } else { "id" }, arguments);
    assert_eq!(ids(&["claims", "--unattributed"]), ["bridge/crack"]);
    assert_eq!(ids(&["claims", "--status", "single-source"]), ["bridge/closed", "later/later"]);
    assert_eq!(ids(&["claims", "--embargoed"]), ["later/later"]);
    assert_eq!(ids(&["briefings", "--draft"]), ["draft"]);
    assert_eq!(ids(&["briefings", "--embargoed"]), ["later"]);
    assert_eq!(ids(&["briefings", "--untranslated", "ar"]), ["later", "draft", "gone"]);
    assert_eq!(ids(&["briefings", "--since", "2031-05-30"]), ["bridge", "later"]);
    assert_eq!(ids(&["briefings", "--stale", "3d"]), ["draft", "gone"]);
    assert_eq!(ids(&["sources", "--without-record"]), ["harbour-office"]);
    assert_eq!(ids(&["neighbourhoods", "--stale", "10h"]), ["quay"]);
    assert_eq!(ids(&["neighbourhoods", "--stale", "100h"]), Vec::<String>::new());
}

#[test]
fn nothing_but_the_label_of_a_protected_source_is_listed() {
    let site = Site::new(SITE);
    assert_eq!(column(&site, "name", &["sources"]), ["Harbour office", "a nurse"]);
    for arguments in [&["sources"][..], &["claims"], &["briefings"], &["sources", "--format", "csv"]] {
        let run = list(&site, arguments);
        assert!(!run.stdout.contains("Storm") && !run.stdout.contains("nurse.md"), "{run}");
    }
}

#[test]
fn private_words_are_masked_before_a_cell_is_cut_or_joined() {
    let site = Site::new(SITE);
    site.write("-- redact.txt --\nBlackbird\nGreen Fox\n-- content/briefings/x.md --\n+++\ntitle = \"The long title of a briefing that speaks Blackbird x\"\ndate = 2031-05-30\ndraft = true\n[[claims]]\nid = \"a\"\ntext = \"=1+1 of Mabel Storm\"\nsource = \"unattributed\"\nvia = [\"Green\", \"Fox\"]\n+++\n");
    for (arguments, is_masked) in
        [(["briefings", "--draft"], "speaks ████"), (["claims", "--draft"], "of ███████")]
    {
        for format in ["table", "csv", "json"] {
            let run = list(&site, &[&arguments[..], &["--format", format]].concat());
            assert!(run.stdout.contains(is_masked) && !run.stdout.contains("Blackb"), "{format}: {run}");
        }
    }
    let csv = list(&site, &["claims", "--draft", "--format", "csv"]).stdout;
    let lines: Vec<usize> = csv.lines().map(|line| line.matches(',').count()).collect();
    assert_eq!(lines, [12, 12], "{csv}");
    assert!(csv.contains(",'=1+1 of "), "{csv}");
}

#[test]
fn a_draft_stays_a_draft_when_it_expires_and_an_embargo_counts_in_a_draft() {
    let site = Site::new(SITE);
    site.write("-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\ndraft = true\nexpires = 2031-05-02\n+++\n-- content/briefings/b.md --\n+++\ntitle = \"B\"\ndate = 2031-05-01\ndraft = true\nembargo_until = 2031-06-30\n+++\n");
    assert_eq!(column(&site, "id", &["briefings", "--draft"]), ["draft", "a", "b"]);
    assert_eq!(column(&site, "id", &["briefings", "--embargoed"]), ["later", "b"]);
}

#[test]
fn a_filter_that_says_nothing_about_the_kind_is_an_error() {
    let site = Site::new(SITE);
    expect![[r#"
        -- stderr --
        error[bad-filter]: --unattributed says nothing about sources
         = help: leave it out; `bulletin list --help` says what each filter is for
        -- exit 2 --
    "#]]
    .assert_eq(&list(&site, &["sources", "--unattributed"]).to_string());
    let run = list(&site, &["briefings", "--untranslated", "ra"]);
    assert!(run.code == Some(2) && run.stderr.contains("did you mean `ar`?"), "{run}");
    for arguments in [
        &["list"][..],
        &["list", "claims", "--summary"],
        &["list", "--summary", "--draft"],
        &["list", "--summary", "--format", "csv"],
        &["list", "claims", "--format", "sarif"],
        &["check", "--format", "csv"],
    ] {
        assert_eq!(site.run(arguments).code, Some(2), "{arguments:?}");
    }
    for wrong in [["--stale", "day"], ["--status", "sure"]] {
        assert_eq!(list(&site, &[&["claims"][..], &wrong].concat()).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn the_summary_shows_the_state_of_the_site() {
    let site = Site::new(SITE);
    expect![[r#"
        -- stdout --
        Port Brine
        briefings       4: 1 draft, 1 embargoed, 1 published, 1 withdrawn
        newest          2031-05-31T12:00:00+03:00
        claims          3: 1 unverified, 2 single-source, 1 unattributed
        sources         2: 1 without a record, 1 protected
        neighbourhoods  1: 1 without a record
        events          0
        to translate    3 into ar
        -- exit 0 --
    "#]]
    .assert_eq(&list(&site, &["--summary"]).to_string());
    let run = list(&site, &["--summary", "--format", "json"]);
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(summary["sources"]["without_record"], 1);
    assert_eq!(summary["untranslated_briefings"]["ar"], 3);
}

#[test]
fn a_site_with_errors_is_listed_as_far_as_it_can_be_read() {
    let site = Site::new(SITE);
    site.write("-- content/briefings/broken.md --\n+++\ntitle = \"B\"\n+++\n");
    let run = list(&site, &["briefings", "--draft"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("A draft") && run.stderr.contains("error[missing-key]"), "{run}");
}
