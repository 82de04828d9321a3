//! Claims that say something else than in the last publish, and the open data that says what was published.

use expect_test::expect;

use crate::common::running::Running;
use crate::common::{NOW, Run, Site};

const SITE: &str = r#"
-- site.toml --
title = "Harbour"
base_url = "https://harbour.example/"
-- content/sources/ann.md --
+++
title = "Ann Quay"
kind = "resident"
protected = true
label = "a resident of the quay"
+++
-- content/sources/radio.md --
+++
title = "Radio Brine"
+++
-- content/neighbourhoods/mill.md --
+++
title = "Mill Lane"
+++
-- content/briefings/later.md --
+++
title = "Later"
date = 2031-05-02
embargo_until = 2031-07-02
[[claims]]
text = "This is not public yet."
source = "Radio Brine"
+++
-- content/briefings/fire.md --
+++
title = "A fire at the mill"
date = 2031-05-02
neighbourhoods = ["Mill Lane"]

[[claims]]
id = "mill"
text = "The mill burned."
source = "Radio Brine"
happened = "2031-05-01"
figure = { measure = "hurt", said = "at least two", min = 2 }

[[claims]]
text = "It was dark."
source = "Ann Quay"

[[corrections]]
at = 2031-05-03
kind = "correction"
claim = "mill"
field = "figure.min"
was = "3"
now = "2"
why = "One was counted twice."
+++

Text.
"#;

const FIRE: &str = "content/briefings/fire.md";

fn published() -> Site {
    let site = Site::new(SITE);
    let first = site.build();
    assert!(!first.stderr.contains("warning["), "the first publish has nothing to compare with: {first}");
    site
}

fn has_warning(run: &Run) -> bool {
    run.stderr.contains("warning[silent-change]")
}

#[test]
fn open_data_has_each_claim_on_a_line_as_pages_show_it() {
    let site = published();
    expect![[r#"
        {
        "version":1,"site":{"title":"Harbour","language":"en","licence":null,"contact":null},"as_of":null,
        "claims":[
        {"briefing":"fire","id":"mill","numbered":false,"page":"briefings/fire.html#claim-mill","published":"2031-05-02T00:00:00+00:00","updated":null,"added":"2031-05-02T00:00:00+00:00","corrections":["2031-05-03T00:00:00+00:00"],"text":"The mill burned.","kind":null,"source":{"id":"radio","name":"Radio Brine"},"via":[],"neighbourhoods":[{"id":"mill","name":"Mill Lane"}],"happened":"2031-05-01","said":null,"topic":null,"event":null,"denies":false,"status":"single-source","status_is_written":false,"status_why":null,"credibility":null,"figure":{"measure":"hurt","said":"at least two","min":2,"best":null,"max":null,"vague":false,"rounded":false,"who":null,"period":null,"cumulative":false,"part_of":null},"evidence":[],"full_id":"fire/mill","text_in":{},"status_why_in":{},"contested":false,"origins":1,"outlets":1,"checked":null,"repeats":[],"aliases":[]},
        {"briefing":"fire","id":"2","numbered":true,"page":"briefings/fire.html#claim-2","published":"2031-05-02T00:00:00+00:00","updated":null,"added":"2031-05-02T00:00:00+00:00","corrections":[],"text":"It was dark.","kind":null,"source":{"id":null,"name":"a resident of the quay"},"via":[],"neighbourhoods":[{"id":"mill","name":"Mill Lane"}],"happened":null,"said":null,"topic":null,"event":null,"denies":false,"status":"single-source","status_is_written":false,"status_why":null,"credibility":null,"figure":null,"evidence":[],"full_id":"fire/2","text_in":{},"status_why_in":{},"contested":false,"origins":1,"outlets":1,"checked":null,"repeats":[],"aliases":[]}
        ]
        }
    "#]].assert_eq(&site.output("data/claims.json"));
    let data: serde_json::Value = serde_json::from_str(&site.output("data/claims.json")).unwrap();
    assert_eq!(data["claims"].as_array().map(Vec::len), Some(2));
    site.edit("site.toml", "title = \"Harbour\"", "title = \"Harbour\"\noutputs = { data = false }");
    site.build();
    assert!(!site.exists("public/data"));
}

#[test]
fn a_claim_that_is_rewritten_is_reported_once_with_the_correction_to_write() {
    let site = published();
    site.edit(FIRE, "The mill burned.", "The mill burned down.");
    let run = site.run(&["check", "--now", NOW]);
    expect![[r#"
        note[private-words]: looked for in every output: 1 name or other parts of protected records
          ┌─ content/sources/ann.md:1:1

        note[source-without-kind]: nothing says what kind of source "Radio Brine" is: is it a person?
          ┌─ content/sources/radio.md:2:9
          │
        2 │ title = "Radio Brine"
          │         ^^^^^^^^^^^^^ has a page of its own
          │
          = help: if it is not a person, set its kind in content/sources/radio.md, as kind = "newsroom"
          = help: if it is, move content/sources/radio.md to private/sources/, under a name that is not theirs, with protected = true and a label, as label = "a resident"

        warning[silent-change]: the text of this claim was published as "The mill burned.", and is now "The mill burned down."
          ┌─ content/briefings/fire.md:7:6
          │
        7 │ id = "mill"
          │      ^^^^^^ changed since the last publish
          │
          = help: if it was wrong, write
                  [[corrections]]
                  at = …
                  kind = "correction"
                  claim = "mill"
                  field = "text"
                  was = "The mill burned."
                  now = "The mill burned down."
                  why = "…"
          = help: if nothing was wrong, set `updated` of the briefing to the time of the change

    "#]].assert_eq(&run.stdout);
    assert!(has_warning(&site.build()));
    assert!(!has_warning(&site.build()), "that is what is published now");
}

#[test]
fn the_correction_of_the_message_is_accepted_and_enough() {
    let site = published();
    site.edit(FIRE, "\"The mill burned.\"", "'The mill \"burned\" down.'");
    let said = site.run(&["check", "--now", NOW]).stdout;
    let entry = said.split("write\n").nth(1).unwrap().split("= help").next().unwrap();
    let lines = entry.lines().map(|line| line.trim_start_matches(['│', ' '])).filter(|line| !line.is_empty());
    let entry: Vec<&str> = lines.collect();
    let entry = entry.join("\n").replacen("at = …", "at = 2031-05-04", 1).replacen('…', "A wrong word.", 1);
    site.edit(FIRE, "+++\n\nText.", &format!("{entry}\n+++\n\nText."));
    assert!(!site.build().stderr.contains("warning["), "{entry}");
}

#[test]
fn a_later_update_is_enough_and_an_old_one_is_not() {
    let site = published();
    site.edit(FIRE, "Radio Brine", "Ship Radio");
    site.edit(FIRE, "date = 2031-05-02\n", "date = 2031-05-02\nupdated = 2031-05-04\n");
    assert!(!has_warning(&site.build()));
    site.edit(FIRE, "Ship Radio", "Radio Brine");
    assert!(has_warning(&site.build()));
}

#[test]
fn every_part_that_matters_is_compared() {
    for (from, to, name) in [
        ("2031-05-01", "2031-05-02", "`happened`"),
        ("min = 2", "min = 4", "`min` of the figure"),
        ("at least two", "two", "quotation of the figure"),
        ("Radio Brine", "Ship Radio", "source"),
        ("[\"Mill Lane\"]", "[\"Quay\"]", "place"),
        ("id = \"mill\"", "id = \"mill\"\nstatus = \"contested\"", "status"),
    ] {
        let site = published();
        // The correction of the figure would be untrue.
        site.edit(FIRE, "now = \"2\"", if name.starts_with("`min`") { "now = \"4\"" } else { "now = \"2\"" });
        site.edit(FIRE, from, to);
        let run = site.build();
        assert!(run.stderr.contains(&format!("the {name} of this claim was published as")), "{name}: {run}");
    }
}

#[test]
fn a_claim_that_is_gone_is_reported_and_one_that_moved_is_not() {
    let site = published();
    let dark = "[[claims]]\ntext = \"It was dark.\"\nsource = \"Ann Quay\"\n";
    site.edit(FIRE, dark, &format!("[[claims]]\ntext = \"It rained.\"\nsource = \"Radio Brine\"\n\n{dark}"));
    assert!(!has_warning(&site.build()), "a claim in between");
    site.edit(FIRE, dark, "");
    let run = site.build();
    assert!(
        run.stderr.contains("the published claim number 3 of this briefing is gone: \"It was dark.\""),
        "{run}"
    );
    site.remove(FIRE);
    assert!(!has_warning(&site.build()), "the page is gone, and says nothing");
}

#[test]
fn a_claim_that_is_struck_with_its_reason_needs_no_more() {
    let site = published();
    site.edit(
        FIRE,
        "id = \"mill\"",
        "id = \"mill\"\nstatus = \"withdrawn\"\nstatus_why = \"It was another mill.\"",
    );
    assert!(!has_warning(&site.build()));
}

#[test]
fn what_a_writer_did_not_change_is_not_reported() {
    let site = published();
    // Another name of the source, a record of it, and support from elsewhere.
    site.edit(
        "content/sources/radio.md",
        "title = \"Radio Brine\"",
        "title = \"Brine Radio\"\nspellings = [\"Radio Brine\"]\nkind = \"newsroom\"",
    );
    site.edit(
        "content/neighbourhoods/mill.md",
        "title = \"Mill Lane\"",
        "title = \"Lane of the Mill\"\nspellings = [\"Mill Lane\"]",
    );
    let run = site.build();
    assert!(!has_warning(&run), "{run}");
}

#[test]
fn the_name_of_a_source_that_is_protected_now_is_not_printed_again() {
    let site = Site::new(SITE);
    site.edit(
        "content/sources/ann.md",
        "protected = true\nlabel = \"a resident of the quay\"",
        "allow = [{ guard = \"unprotected-resident\", why = \"She wants it.\", until = 2031-07-01 }]",
    );
    site.edit(FIRE, "It was dark.", "Ann Quay saw it, and it was dark.");
    site.build();
    site.write(SITE);
    let run = site.run(&["check", "--now", NOW]);
    assert!(!run.stdout.contains("Ann"), "{run}");
    assert!(
        run.stdout.contains("the text of this claim is not the published one, which holds a private word"),
        "{run}"
    );
}

#[test]
fn as_an_error_it_stops_the_publish_until_it_is_announced() {
    let site = published();
    site.edit(
        "site.toml",
        "title = \"Harbour\"",
        "title = \"Harbour\"\ncheck = { silent-change = \"error\" }",
    );
    site.edit(FIRE, "The mill burned.", "The mill burned down.");
    for _ in 0..2 {
        let run = site.try_build();
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stderr.contains("error[silent-change]"), "{run}");
        assert!(site.output("data/claims.json").contains("The mill burned.\""));
    }
    site.edit(FIRE, "date = 2031-05-02\n", "date = 2031-05-02\nupdated = 2031-05-04\n");
    site.build();
}

#[test]
fn a_damaged_file_of_the_last_publish_stops_nothing() {
    for damaged in [
        "",
        "{}",
        "{\n\"claims\":[\n{\"briefing\":\"fire\",\n]\n}\n",
        "{\n\"claims\":[\n{\"briefing\":\"fire\"}\n",
    ] {
        let site = published();
        site.write_bytes("public/data/claims.json", damaged.as_bytes());
        site.edit(FIRE, "The mill burned.", "The mill burned down.");
        let run = site.build();
        let message = "warning[unreadable-publish]: data/claims.json of the last publish cannot be read";
        assert_eq!(run.stderr.matches(message).count(), 1, "{damaged:?}: {run}");
        assert!(!site.build().stderr.contains("warning["));
    }
    let site = published();
    site.remove("public/data/claims.json");
    site.edit(FIRE, "The mill burned.", "The mill burned down.");
    assert!(!has_warning(&site.build()));
}

#[test]
fn a_preview_and_a_watch_report_it_too() {
    for command in [&["serve", "--port", "0"][..], &["build", "--watch"]] {
        let site = published();
        let running = Running::start(&site, &[command, &["--now", NOW]].concat());
        running.wait_for(if command[0] == "serve" { "http://" } else { "0 removed" });
        site.edit(FIRE, "The mill burned.", "The mill burned down.");
        running
            .wait_for("warning[silent-change]: the text of this claim was published as \"The mill burned.\"");
    }
}

/// A claim that got another id is compared with what it was published as, if it says so.
#[test]
fn a_renamed_claim_is_the_claim_of_its_alias() {
    let site = published();
    site.edit(FIRE, "id = \"mill\"", "id = \"mill-fire\"");
    site.edit(FIRE, "claim = \"mill\"", "claim = \"mill-fire\"");
    assert!(has_warning(&site.try_build()), "no alias: the published claim is gone");
    site.edit(FIRE, "id = \"mill-fire\"", "id = \"mill-fire\"\naliases = [\"mill\"]");
    assert!(!has_warning(&site.try_build()));
    site.edit(FIRE, "The mill burned.", "The mill burned down.");
    assert!(has_warning(&site.try_build()), "renamed and rewritten");
}
