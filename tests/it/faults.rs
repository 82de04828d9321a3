//! What bad input is told, one fault each: where it is, what it is, and what to do about it.
//!
//! Every test begins with a site that was built, breaks one thing, and builds again: the words
//! are compared as a whole, and the output must be as it was, bytes, inodes and times.

use std::fs;
use std::os::unix::fs::symlink;

use expect_test::{Expect, expect};

use crate::common::{Run, Site, stamps};

/// A small site of an invented city that builds.
const GOOD: &str = r#"
-- site.toml --
title     = "Port Brine briefings"
base_url  = "https://brine.example/"
language  = "en"
languages = ["en", "ar"]
timezone  = "UTC"
topics    = ["water", "food"]

[parties]
council = "The council"
-- content/about.md --
+++
title = "About"
+++
## Who we are

An invented desk in an invented city.
-- content/briefings/first.md --
+++
title   = "Water is back"
date    = 2031-05-02T10:00:00Z
neighbourhoods = ["Harbour"]

[[claims]]
id     = "pumps"
text   = "The pumps run."
source = "Radio Brine"
+++
## Pumps

They run.
-- content/neighbourhoods/harbour.md --
+++
title     = "Harbour"
spellings = ["The Docks"]
+++
-- content/sources/radio-brine.md --
+++
title = "Radio Brine"
+++
"#;

/// Builds the good site, changes it, and builds again.
fn after(change: impl FnOnce(&Site)) -> Run {
    let site = Site::new(GOOD);
    site.build();
    let before = stamps(&site.public());
    change(&site);
    let run = site.try_build();
    assert!(stamps(&site.public()) == before, "a failed build touched the output");
    run
}

/// `place` and `code` are of the one error that the change leads to; a fault of a finished page has
/// no place in a file.
fn refused_after(change: impl FnOnce(&Site), place: &str, code: &str, said: Expect) {
    let run = after(change);
    said.assert_eq(&run.to_string());
    assert_eq!(run.stderr.matches("error[").count(), 1, "one fault, one error");
    assert!(run.stderr.contains(&format!("error[{code}]: ")), "the code is {code}");
    let shown = run.stderr.split("┌─ ").nth(1).and_then(|rest| rest.lines().next());
    assert_eq!(shown.unwrap_or_default(), place, "the place");
}

/// The same, where the change is files to write.
fn refused(files: &str, place: &str, code: &str, said: Expect) {
    refused_after(|site| site.write(files), place, code, said);
}

/// A briefing with these lines after `title` and `date`, from line 4 on.
fn briefing(lines: &str) -> String {
    format!(
        "-- content/briefings/second.md --\n+++\ntitle = \"Second\"\ndate  = 2031-05-03T10:00:00Z\n{lines}\n+++\n"
    )
}

/// A briefing whose text begins on line 6.
fn body(text: &str) -> String {
    format!("{}\n{text}\n", briefing("").replace("\n\n", "\n"))
}

#[test]
fn the_good_site_builds_without_a_word() {
    let site = Site::new(GOOD);
    let run = site.run(&["build", "-q", "--now", crate::common::NOW]);
    assert_eq!(run.stderr, "");
}

#[test]
fn unknown_key() {
    refused(
        &briefing(r##"sumary = "Short.""##),
        "content/briefings/second.md:4:1",
        "unknown-key",
        expect![[r#"
            -- stderr --
            error[unknown-key]: `sumary` is not a key of a briefing
              ┌─ content/briefings/second.md:4:1
              │
            4 │ sumary = "Short."
              │ ^^^^^^ unknown key
              │
              = help: did you mean `summary`?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unknown_key_of_a_claim() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
place = "Harbour""##,
        ),
        "content/briefings/second.md:7:1",
        "unknown-key",
        expect![[r#"
            -- stderr --
            error[unknown-key]: `place` is not a key of a claim
              ┌─ content/briefings/second.md:7:1
              │
            7 │ place = "Harbour"
              │ ^^^^^ unknown key
              │
              = help: the keys of a claim are id, text, source, status, status_why, happened, via, kind, neighbourhoods, added, said, topic, event, denies, credibility, evidence, figure

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn key_of_the_briefing_below_a_claim() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
neighbourhods = ["Harbour"]"##,
        ),
        "content/briefings/second.md:7:1",
        "unknown-key",
        expect![[r#"
            -- stderr --
            error[unknown-key]: `neighbourhods` is not a key of a claim
              ┌─ content/briefings/second.md:7:1
              │
            7 │ neighbourhods = ["Harbour"]
              │ ^^^^^^^^^^^^^ unknown key
              │
              = help: did you mean `neighbourhoods`?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn wrong_type() {
    refused(
        &briefing(r##"neighbourhoods = "Harbour""##),
        "content/briefings/second.md:4:18",
        "wrong-type",
        expect![[r#"
            -- stderr --
            error[wrong-type]: `neighbourhoods` must be a list of texts
              ┌─ content/briefings/second.md:4:18
              │
            4 │ neighbourhoods = "Harbour"
              │                  ^^^^^^^^^ this is text
              │
              = help: write neighbourhoods = ["Harbour"]

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn wrong_type_of_a_date() {
    refused(
        &briefing(r##"updated = "2031-05-04""##),
        "content/briefings/second.md:4:11",
        "wrong-type",
        expect![[r#"
            -- stderr --
            error[wrong-type]: `updated` must be a date
              ┌─ content/briefings/second.md:4:11
              │
            4 │ updated = "2031-05-04"
              │           ^^^^^^^^^^^^ this is text
              │
              = help: write it without quotes: updated = 2031-05-04

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn key_twice() {
    refused(
        &briefing(r##"title = "Other""##),
        "content/briefings/second.md:4:1",
        "duplicate-key",
        expect![[r#"
            -- stderr --
            error[duplicate-key]: `title` is written twice
              ┌─ content/briefings/second.md:4:1
              │
            4 │ title = "Other"
              │ ^^^^^ the second time
              │
              ┌─ content/briefings/second.md:2:1
              │
            2 │ title = "Second"
              │ ----- the first time
              │
              = help: keep one of the two

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn toml_syntax() {
    refused(
        &briefing(r##"summary = "no end"##),
        "content/briefings/second.md:4:18",
        "toml-syntax",
        expect![[r#"
            -- stderr --
            error[toml-syntax]: the text has no closing "
              ┌─ content/briefings/second.md:4:18
              │
            4 │ summary = "no end
              │                  ^ here
              │
              = help: end it with "; text of several lines stands between """ and """

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn missing_title() {
    refused(
        r##"-- content/briefings/second.md --
+++
date = 2031-05-03
+++
"##,
        "content/briefings/second.md:1:1",
        "missing-key",
        expect![[r#"
            -- stderr --
            error[missing-key]: a briefing needs `title`
              ┌─ content/briefings/second.md:1:1
              │
            1 │ +++
              │ ^^^ `title` is missing
              │
              = help: write title = "…"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn missing_date() {
    refused(
        r##"-- content/briefings/second.md --
+++
title = "Second"
+++
"##,
        "content/briefings/second.md:1:1",
        "missing-key",
        expect![[r#"
            -- stderr --
            error[missing-key]: a briefing needs `date`
              ┌─ content/briefings/second.md:1:1
              │
            1 │ +++
              │ ^^^ `date` is missing
              │
              = help: write date = 2016-10-02T21:40:00+03:00

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn missing_front_matter() {
    refused(
        r##"-- content/briefings/second.md --
# Second

Text.
"##,
        "content/briefings/second.md:1:1",
        "no-front-matter",
        expect![[r#"
            -- stderr --
            error[no-front-matter]: the file does not begin with front matter
              ┌─ content/briefings/second.md:1:1
              │
            1 │ # Second
              │ ^^^^^^^^ the first line is not +++
              │
              = help: begin it with a line of +++, then title = "…" and, for a briefing, date = 2016-10-02, then another line of +++

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn yaml_front_matter() {
    refused(
        r##"-- content/briefings/second.md --
---
title: Second
---
"##,
        "content/briefings/second.md:1:1",
        "no-front-matter",
        expect![[r#"
            -- stderr --
            error[no-front-matter]: the file does not begin with front matter
              ┌─ content/briefings/second.md:1:1
              │
            1 │ ---
              │ ^^^ this opens YAML
              │
              = help: write TOML between two lines of +++, as in title = "…"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unclosed_front_matter() {
    refused(
        r##"-- content/briefings/second.md --
+++
title = "Second"
date = 2031-05-03
"##,
        "content/briefings/second.md:1:1",
        "unclosed-front-matter",
        expect![[r#"
            -- stderr --
            error[unclosed-front-matter]: the front matter has no end
              ┌─ content/briefings/second.md:1:1
              │
            1 │ +++
              │ ^^^ begins here
              │
              = help: write +++ on a line of its own behind the last key

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn impossible_date() {
    refused(
        &briefing(r##"as_of = 2031-02-30"##),
        "content/briefings/second.md:4:9",
        "bad-date",
        expect![[r#"
            -- stderr --
            error[bad-date]: 2031-02-30 is not a date that exists
              ┌─ content/briefings/second.md:4:9
              │
            4 │ as_of = 2031-02-30
              │         ^^^^^^^^^^ expected day between 01 and 28
              │
              = help: check the month, the day and the hour

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn time_without_offset() {
    refused(
        &briefing(r##"as_of = 2031-05-03T10:00:00"##),
        "content/briefings/second.md:4:9",
        "no-offset",
        expect![[r#"
            -- stderr --
            error[no-offset]: 2031-05-03T10:00:00 has a time but no offset
              ┌─ content/briefings/second.md:4:9
              │
            4 │ as_of = 2031-05-03T10:00:00
              │         ^^^^^^^^^^^^^^^^^^^ in which time zone?
              │
              = help: write the offset, as in 2016-10-02T21:40:00+03:00, or only the date

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn updated_before_date() {
    refused(
        &briefing(r##"updated = 2031-05-01T10:00:00Z"##),
        "content/briefings/second.md:4:11",
        "bad-order",
        expect![[r#"
            -- stderr --
            error[bad-order]: `updated` is before `date`
              ┌─ content/briefings/second.md:4:11
              │
            4 │ updated = 2031-05-01T10:00:00Z
              │           ^^^^^^^^^^^^^^^^^^^^ too early
              │
              ┌─ content/briefings/second.md:3:9
              │
            3 │ date  = 2031-05-03T10:00:00Z
              │         -------------------- published here
              │
              = help: correct one of the two

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bad_edtf() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
happened = "early May""##,
        ),
        "content/briefings/second.md:7:12",
        "bad-date",
        expect![[r#"
            -- stderr --
            error[bad-date]: "early May" is not a date, a month, a year or a range of them
              ┌─ content/briefings/second.md:7:12
              │
            7 │ happened = "early May"
              │            ^^^^^^^^^^^ cannot be used
              │
              = help: write 2016, 2016-10, 2016-10-02 or 2016-10-02T21:40:00+03:00, with ~ or ? behind it where unsure, or two of them as x/y, ../y or x/..

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn edtf_that_ends_before_it_begins() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
happened = "2031-05/2031-04""##,
        ),
        "content/briefings/second.md:7:12",
        "bad-date",
        expect![[r#"
            -- stderr --
            error[bad-date]: "2031-05/2031-04" ends before it begins
              ┌─ content/briefings/second.md:7:12
              │
            7 │ happened = "2031-05/2031-04"
              │            ^^^^^^^^^^^^^^^^^ cannot be used
              │
              = help: write the earlier end first

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unknown_kind() {
    refused(
        &briefing(r##"kind = "dayly""##),
        "content/briefings/second.md:4:8",
        "bad-word",
        expect![[r#"
            -- stderr --
            error[bad-word]: `kind` cannot be "dayly"
              ┌─ content/briefings/second.md:4:8
              │
            4 │ kind = "dayly"
              │        ^^^^^^^ not one of the words that are known here
              │
              = help: did you mean "daily"?
              = help: write one of flash, daily, situation, explainer, notice

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unknown_topic() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
topic = "watter""##,
        ),
        "content/briefings/second.md:7:9",
        "bad-word",
        expect![[r#"
            -- stderr --
            error[bad-word]: `topic` cannot be "watter"
              ┌─ content/briefings/second.md:7:9
              │
            7 │ topic = "watter"
              │         ^^^^^^^^ not one of the words that are known here
              │
              = help: did you mean "water"?
              = help: the topics of site.toml are water, food

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn claim_without_source() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A""##,
        ),
        "content/briefings/second.md:4:1",
        "missing-key",
        expect![[r#"
            -- stderr --
            error[missing-key]: a claim needs `source`
              ┌─ content/briefings/second.md:4:1
              │
            4 │ [[claims]]
              │ ^^^^^^^^^^ `source` is missing
              │
              = help: write source = "…"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn confirmed_without_why() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
status = "confirmed""##,
        ),
        "content/briefings/second.md:4:1",
        "missing-key",
        expect![[r#"
            -- stderr --
            error[missing-key]: a claim needs `status_why` beside status = "confirmed"
              ┌─ content/briefings/second.md:4:1
              │
            4 │ [[claims]]
              │ ^^^^^^^^^^ `status_why` is missing
              │
              = help: say who confirmed it, and how

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn duplicate_claim_id() {
    refused(
        &briefing(
            r##"[[claims]]
id = "a"
text = "A"
source = "Radio Brine"
[[claims]]
id = "a"
text = "B"
source = "Radio Brine""##,
        ),
        "content/briefings/second.md:9:6",
        "duplicate-claim",
        expect![[r#"
            -- stderr --
            error[duplicate-claim]: two claims have the id "a"
              ┌─ content/briefings/second.md:9:6
              │
            9 │ id = "a"
              │      ^^^ the second
              │
              ┌─ content/briefings/second.md:5:6
              │
            5 │ id = "a"
              │      --- the first
              │
              = help: give one of them another id

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn correction_of_no_claim() {
    refused(
        &briefing(
            r##"[[corrections]]
kind = "update"
at = 2031-05-04T00:00:00Z
claim = "pump"
why = "Wrong.""##,
        ),
        "content/briefings/second.md:7:9",
        "unknown-claim",
        expect![[r#"
            -- stderr --
            error[unknown-claim]: `claim` names no claim of this briefing: "pump"
              ┌─ content/briefings/second.md:7:9
              │
            7 │ claim = "pump"
              │         ^^^^^^ no such claim
              │
              = help: give the claim that is meant an `id`, and write it as `claim`

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn evidence_that_is_no_address() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
evidence = [{ url = "javascript:alert(1)" }]"##,
        ),
        "content/briefings/second.md:7:21",
        "bad-url",
        expect![[r#"
            -- stderr --
            error[bad-url]: `url` is not a web address
              ┌─ content/briefings/second.md:7:21
              │
            7 │ evidence = [{ url = "javascript:alert(1)" }]
              │                     ^^^^^^^^^^^^^^^^^^^^^ not http:// or https:// with a host
              │
              = help: write url = "https://…"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn credibility_out_of_range() {
    refused(
        &briefing(
            r##"[[claims]]
text = "A"
source = "Radio Brine"
credibility = 7"##,
        ),
        "content/briefings/second.md:7:15",
        "out-of-range",
        expect![[r#"
            -- stderr --
            error[out-of-range]: `credibility` is out of range
              ┌─ content/briefings/second.md:7:15
              │
            7 │ credibility = 7
              │               ^ too small or too large
              │
              = help: write a number from 1 to 6

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn reserved_source() {
    refused(
        &briefing(r##"sources = ["unattributed"]"##),
        "content/briefings/second.md:4:12",
        "reserved-source",
        expect![[r#"
            -- stderr --
            error[reserved-source]: "unattributed" stands for no source, and cannot be in `sources`
              ┌─ content/briefings/second.md:4:12
              │
            4 │ sources = ["unattributed"]
              │            ^^^^^^^^^^^^^^ reserved
              │
              = help: it can only be the `source` of a claim; remove it here

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn control_character() {
    refused(
        &briefing(r##"summary = "a\u0007b""##),
        "content/briefings/second.md:4:11",
        "control-character",
        expect![[r#"
            -- stderr --
            error[control-character]: `summary` holds U+0007, which must not reach a page
              ┌─ content/briefings/second.md:4:11
              │
            4 │ summary = "a\u0007b"
              │           ^^^^^^^^^^ holds a character that cannot be seen
              │
              = help: type the text again, or paste it without formatting

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bidi_override_in_front_matter() {
    refused(
        &briefing(r##"summary = "a\u202Eb""##),
        "content/briefings/second.md:4:11",
        "control-character",
        expect![[r#"
            -- stderr --
            error[control-character]: `summary` holds U+202E, which must not reach a page
              ┌─ content/briefings/second.md:4:11
              │
            4 │ summary = "a\u202Eb"
              │           ^^^^^^^^^^ holds a character that cannot be seen
              │
              = help: type the text again, or paste it without formatting

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn empty_text_of_a_claim() {
    refused(
        &briefing(
            r##"[[claims]]
text = " "
source = "Radio Brine""##,
        ),
        "content/briefings/second.md:5:8",
        "empty-text",
        expect![[r#"
            -- stderr --
            error[empty-text]: `text` is empty
              ┌─ content/briefings/second.md:5:8
              │
            5 │ text = " "
              │        ^^^ nothing in it
              │
              = help: write it, or remove it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn name_that_makes_no_id() {
    refused(
        &briefing(r##"neighbourhoods = ["—"]"##),
        "content/briefings/second.md:4:19",
        "bad-name",
        expect![[r#"
            -- stderr --
            error[bad-name]: "—" cannot name a neighbourhood: it has no letter or digit
              ┌─ content/briefings/second.md:4:19
              │
            4 │ neighbourhoods = ["—"]
              │                   ^^^
              │
              = help: write a name with letters or digits

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bad_slug() {
    refused(
        &briefing(r##"slug = "Second Briefing""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![[r#"
            -- stderr --
            error[bad-id]: "Second Briefing" cannot be `slug`: its slug is "second-briefing"
              ┌─ content/briefings/second.md:4:8
              │
            4 │ slug = "Second Briefing"
              │        ^^^^^^^^^^^^^^^^^ not an id
              │
              = help: write "second-briefing"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn reserved_slug() {
    refused(
        &briefing(r##"slug = "index""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![[r#"
            -- stderr --
            error[bad-id]: "index" cannot be `slug`: "index" is reserved
              ┌─ content/briefings/second.md:4:8
              │
            4 │ slug = "index"
              │        ^^^^^^^ not an id
              │
              = help: choose another

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn slug_of_a_numbered_page() {
    refused(
        &briefing(r##"slug = "page-2""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![[r#"
            -- stderr --
            error[bad-id]: "page-2" cannot be `slug`: "page-2" is reserved
              ┌─ content/briefings/second.md:4:8
              │
            4 │ slug = "page-2"
              │        ^^^^^^^^ not an id
              │
              = help: choose another

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn slug_of_a_language() {
    refused(
        &briefing(r##"slug = "ar""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![[r#"
            -- stderr --
            error[bad-id]: "ar" cannot be `slug`: it is a language of this site
              ┌─ content/briefings/second.md:4:8
              │
            4 │ slug = "ar"
              │        ^^^^ reserved
              │
              = help: choose another

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn alias_that_is_no_page() {
    refused(
        &briefing(r##"aliases = ["old/page"]"##),
        "content/briefings/second.md:4:12",
        "bad-path",
        expect![[r#"
            -- stderr --
            error[bad-path]: the alias "old/page" does not end in .html
              ┌─ content/briefings/second.md:4:12
              │
            4 │ aliases = ["old/page"]
              │            ^^^^^^^^^^ no path for a redirect
              │
              = help: write "old/page.html"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn alias_that_leaves_the_site() {
    refused(
        &briefing(r##"aliases = ["../page.html"]"##),
        "content/briefings/second.md:4:12",
        "bad-path",
        expect![[r#"
            -- stderr --
            error[bad-path]: the alias "../page.html" is not a plain relative path
              ┌─ content/briefings/second.md:4:12
              │
            4 │ aliases = ["../page.html"]
              │            ^^^^^^^^^^^^^^ no path for a redirect
              │
              = help: write a path such as "old/page.html"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn alias_where_a_page_is() {
    refused(
        &briefing(r##"aliases = ["briefings/first.html"]"##),
        "content/briefings/second.md:4:12",
        "same-output",
        expect![[r#"
            -- stderr --
            error[same-output]: two files want the output briefings/first.html: content/briefings/first.md and content/briefings/second.md
              ┌─ content/briefings/second.md:4:12
              │
            4 │ aliases = ["briefings/first.html"]
              │            ^^^^^^^^^^^^^^^^^^^^^^ wants it
              │
              ┌─ content/briefings/first.md:1:1
              │
            1 │ +++
              │ --- wants it too
              │
              = help: take the alias out, or give it another path

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn two_files_for_one_output() {
    refused(
        r##"-- content/briefings/old/first.md --
+++
title = "Again"
date = 2031-05-03
+++
"##,
        "content/briefings/first.md:1:1",
        "same-output",
        expect![[r#"
            -- stderr --
            error[same-output]: two files want the output briefings/first.html: content/briefings/old/first.md and content/briefings/first.md
              ┌─ content/briefings/first.md:1:1
              │
            1 │ +++
              │ ^^^ wants it
              │
              ┌─ content/briefings/old/first.md:1:1
              │
            1 │ +++
              │ --- wants it too
              │
              = help: rename one of them, or give it a `slug`

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn page_and_generated_page_for_one_output() {
    refused(
        r##"-- content/names.md --
+++
title = "Names"
+++
"##,
        "content/names.md:1:1",
        "bad-id",
        expect![[r#"
            -- stderr --
            error[bad-id]: the name of the file, "names", cannot be an id: "names" is reserved
              ┌─ content/names.md:1:1
              = help: rename the file, or write slug = "…"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn static_file_and_page_for_one_output() {
    refused(
        r##"-- static/about.html --
<p>Mine.
"##,
        "static/about.html:1:1",
        "same-output",
        expect![[r#"
            -- stderr --
            error[same-output]: two files want the output about.html: content/about.md and static/about.html
              ┌─ static/about.html:1:1
              │
            1 │
              │ ^ wants it
              │
              ┌─ content/about.md:1:1
              │
            1 │ +++
              │ --- wants it too
              │
              = help: rename the file

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn static_file_that_differs_from_a_page_in_case() {
    refused(
        r##"-- static/About.html --
<p>Mine.
"##,
        "content/about.md:1:1",
        "same-output",
        expect![[r#"
            -- stderr --
            error[same-output]: two files want the output about.html: static/About.html and content/about.md
              ┌─ content/about.md:1:1
              │
            1 │ +++
              │ ^^^ wants it
              │
              ┌─ static/About.html:1:1
              │
            1 │
              │ - wants it too
              │
              = help: rename the file

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn two_records_that_claim_one_name() {
    refused(
        r##"-- content/neighbourhoods/quay.md --
+++
title = "Quay"
spellings = ["the docks"]
+++
"##,
        "content/neighbourhoods/quay.md:3:14",
        "name-claimed-twice",
        expect![[r#"
            -- stderr --
            error[name-claimed-twice]: "the docks" is also a name of content/neighbourhoods/harbour.md
              ┌─ content/neighbourhoods/quay.md:3:14
              │
            3 │ spellings = ["the docks"]
              │              ^^^^^^^^^^^ claimed here too
              │
              ┌─ content/neighbourhoods/harbour.md:3:14
              │
            3 │ spellings = ["The Docks"]
              │              ----------- first claimed here
              │
              = help: a name leads to one record: take it out of one of them; write the id where the other is meant

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn parent_circle() {
    refused(
        r##"-- content/neighbourhoods/harbour.md --
+++
title = "Harbour"
parent = "Quay"
+++
-- content/neighbourhoods/quay.md --
+++
title = "Quay"
parent = "Harbour"
+++
"##,
        "content/neighbourhoods/harbour.md:3:10",
        "parent-circle",
        expect![[r#"
            -- stderr --
            error[parent-circle]: "harbour" is its own ancestor
              ┌─ content/neighbourhoods/harbour.md:3:10
              │
            3 │ parent = "Quay"
              │          ^^^^^^
              │
              = help: a parent is the larger place that this one is a part of

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn protected_source_without_label() {
    refused(
        r##"-- content/sources/nurse.md --
+++
title = "A nurse"
protected = true
+++
"##,
        "content/sources/nurse.md:1:1",
        "missing-key",
        expect![[r#"
            -- stderr --
            error[missing-key]: a source needs `label` where it is protected
              ┌─ content/sources/nurse.md:1:1
              │
            1 │ +++
              │ ^^^ `label` is missing
              │
              = help: write what readers may know, as in label = "a doctor in the east"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unknown_party() {
    refused(
        r##"-- content/sources/desk.md --
+++
title = "Desk"
party = "counsil"
+++
"##,
        "content/sources/desk.md:3:9",
        "bad-word",
        expect![[r#"
            -- stderr --
            error[bad-word]: `party` cannot be "counsil"
              ┌─ content/sources/desk.md:3:9
              │
            3 │ party = "counsil"
              │         ^^^^^^^^^ not one of the words that are known here
              │
              = help: did you mean "council"?
              = help: the parties of this site are council, none, unknown

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn name_in_a_language_that_the_site_has_not() {
    refused(
        r##"-- content/sources/desk.md --
+++
title = "Desk"
names = { fr = "Bureau" }
+++
"##,
        "content/sources/desk.md:3:11",
        "unknown-language",
        expect![[r#"
            -- stderr --
            error[unknown-language]: `fr` is not a language of this site
              ┌─ content/sources/desk.md:3:11
              │
            3 │ names = { fr = "Bureau" }
              │           ^^ not in `languages`
              │
              = help: add "fr" to `languages` in site.toml, or remove the name

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn outline_that_cannot_be_read() {
    refused(
        r##"-- content/neighbourhoods/quay.md --
+++
title = "Quay"
geometry = "quay.geojson"
+++
-- content/neighbourhoods/quay.geojson --
{"type": "Polygon",
 "coordinates": oops}
"##,
        "content/neighbourhoods/quay.geojson:2:17",
        "bad-outline",
        expect![[r#"
            -- stderr --
            error[bad-outline]: the outline is not JSON
              ┌─ content/neighbourhoods/quay.geojson:2:17
              │
            2 │  "coordinates": oops}
              │                 ^ it cannot be read from here
              │
              = help: export it again as GeoJSON

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn outline_that_is_a_point() {
    refused(
        r##"-- content/neighbourhoods/quay.md --
+++
title = "Quay"
geometry = "quay.geojson"
+++
-- content/neighbourhoods/quay.geojson --
{"type": "Point", "coordinates": [10, 20]}
"##,
        "content/neighbourhoods/quay.geojson:1:1",
        "bad-outline",
        expect![[r#"
            -- stderr --
            error[bad-outline]: the outline holds a Point, which is no area
              ┌─ content/neighbourhoods/quay.geojson:1:1
              = help: draw the border of the place as a Polygon or MultiPolygon in degrees, east before north

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn outline_that_is_not_there() {
    refused(
        r##"-- content/neighbourhoods/quay.md --
+++
title = "Quay"
geometry = "quay.geojson"
+++
"##,
        "content/neighbourhoods/quay.md:3:12",
        "missing-file",
        expect![[r#"
            -- stderr --
            error[missing-file]: there is no content/neighbourhoods/quay.geojson
              ┌─ content/neighbourhoods/quay.md:3:12
              │
            3 │ geometry = "quay.geojson"
              │            ^^^^^^^^^^^^^^
              │
              = help: `geometry` names a GeoJSON file beside the record

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn translation_without_original() {
    refused(
        r##"-- content/briefings/second.ar.md --
+++
title = "الثاني"
+++
"##,
        "content/briefings/second.ar.md:1:1",
        "no-original",
        expect![[r#"
            -- stderr --
            error[no-original]: it translates content/briefings/second.md, which does not exist
              ┌─ content/briefings/second.ar.md:1:1
              = help: write the original, which holds dates, figures and sources, or rename the file

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn translation_into_an_unknown_language() {
    refused(
        r##"-- content/about.fr.md --
+++
title = "À propos"
+++
"##,
        "content/about.fr.md:1:1",
        "unknown-language",
        expect![[r#"
            -- stderr --
            error[unknown-language]: "fr" is not a language of this site
              ┌─ content/about.fr.md:1:1
              = help: add "fr" to `languages` in site.toml

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn translation_of_a_claim_that_is_not_there() {
    refused(
        r##"-- content/briefings/first.ar.md --
+++
title = "عاد الماء"
[claim_text]
pump = "تعمل المضخات."
+++
"##,
        "content/briefings/first.ar.md:4:1",
        "unknown-claim",
        expect![[r#"
            -- stderr --
            error[unknown-claim]: content/briefings/first.md has no claim "pump"
              ┌─ content/briefings/first.ar.md:4:1
              │
            4 │ pump = "تعمل المضخات."
              │ ^^^^
              │
              = help: did you mean "pumps"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn translation_with_data() {
    refused(
        r##"-- content/briefings/first.ar.md --
+++
title = "عاد الماء"
date = 2031-05-02
+++
"##,
        "content/briefings/first.ar.md:3:1",
        "unknown-key",
        expect![[r#"
            -- stderr --
            error[unknown-key]: `date` is not a key of a translation
              ┌─ content/briefings/first.ar.md:3:1
              │
            3 │ date = 2031-05-02
              │ ^^^^ unknown key
              │
              = help: the keys of a translation are title, summary, not_known, not_reached, withheld, claim_text, updated

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unclaimed_file() {
    refused(
        r##"-- content/briefings/notes.txt --
to do
"##,
        "content/briefings/notes.txt:1:1",
        "unclaimed-file",
        expect![[r#"
            -- stderr --
            error[unclaimed-file]: nothing here says what this file is for
              ┌─ content/briefings/notes.txt:1:1
              = help: put it beside a briefing's index.md in a folder of their own, or into static/

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn unclaimed_file_beside_a_page() {
    refused(
        r##"-- content/logo.png --
x
"##,
        "content/logo.png:1:1",
        "unclaimed-file",
        expect![[r#"
            -- stderr --
            error[unclaimed-file]: nothing here says what this file is for
              ┌─ content/logo.png:1:1
              = help: move it to static/ if it is to be copied, or begin its name with a dot if it is not

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_place() {
    refused(
        &body(r##"See [the harbour](place:harbor)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no neighbourhood "harbor"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [the harbour](place:harbor).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: did you mean "harbour"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_source() {
    refused(
        &body(r##"See [the radio](source:radio-brin)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no source "radio-brin"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [the radio](source:radio-brin).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: did you mean "radio-brine"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_claim() {
    refused(
        &body(r##"See [it](claim:pumps)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no claim "pumps"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](claim:pumps).
              │     ^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: content/briefings/second.md has no such claim

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_claim_of_another_briefing() {
    refused(
        &body(r##"See [it](claim:first/pump)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no claim "pump"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](claim:first/pump).
              │     ^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: did you mean "pumps"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_date() {
    refused(
        &body(r##"See [Sunday](date:2031-04-01)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: nothing happened, was said or published on 2031-04-01
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [Sunday](date:2031-04-01).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: a date has a page where a claim or a briefing belongs to it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bad_date() {
    refused(
        &body(r##"See [Sunday](date:2031-02-30)."##),
        "content/briefings/second.md:6:5",
        "bad-date",
        expect![[r#"
            -- stderr --
            error[bad-date]: "2031-02-30" is not a date that exists
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [Sunday](date:2031-02-30).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: write date:2016, date:2016-10 or date:2016-10-02

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_file() {
    refused(
        &body(r##"See [it](frist.md)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no file "content/briefings/frist.md"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](frist.md).
              │     ^^^^^^^^^^^^^^ leads nowhere
              │
              = help: did you mean "first.md"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_fragment() {
    refused(
        &body(r##"See [it](first.md#pump)."##),
        "content/briefings/second.md:6:5",
        "dead-fragment",
        expect![[r##"
            -- stderr --
            error[dead-fragment]: content/briefings/first.md has no part "#pump"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](first.md#pump).
              │     ^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: did you mean "#pumps"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "##]],
    );
}

#[test]
fn dead_own_fragment() {
    refused(
        &body(r##"See [it](#pumps)."##),
        "content/briefings/second.md:6:5",
        "dead-fragment",
        expect![[r##"
            -- stderr --
            error[dead-fragment]: this page has no part "#pumps"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](#pumps).
              │     ^^^^^^^^^^^^ leads nowhere
              │
              = help: a heading's fragment is its text in lower case, with - for spaces

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "##]],
    );
}

#[test]
fn dead_link_after_arabic() {
    refused(
        &body(r##"الهلك [a](x.md)"##),
        "content/briefings/second.md:6:7",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no file "content/briefings/x.md"
              ┌─ content/briefings/second.md:6:7
              │
            6 │ الهلك [a](x.md)
              │       ^^^^^^^^^ leads nowhere
              │
              = help: the path counts from the file that the link stands in

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn link_out_of_the_site() {
    refused(
        &body(r##"See [it](../../../secret.md)."##),
        "content/briefings/second.md:6:5",
        "outside-the-site",
        expect![[r#"
            -- stderr --
            error[outside-the-site]: "../../../secret.md" leads out of the site's folder
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](../../../secret.md).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: only files of the site can be linked; take away a "../"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn script_link() {
    refused(
        &body(r##"See [it](javascript:alert(1))."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![[r#"
            -- stderr --
            error[unsafe-url]: "javascript:" is not a kind of address that a page may lead to
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](javascript:alert(1)).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: use place:, source:, claim:, date:, https:, mailto: or tel:, or ./ before a file name with a colon

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn script_link_in_disguise() {
    refused(
        &body(r##"See [it](JaVa&#115;cript:alert(1))."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![[r#"
            -- stderr --
            error[unsafe-url]: "javascript:" is not a kind of address that a page may lead to
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](JaVa&#115;cript:alert(1)).
              │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: use place:, source:, claim:, date:, https:, mailto: or tel:, or ./ before a file name with a colon

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn data_link() {
    refused(
        &body(r##"See [it](data:text/html,hi)."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![[r#"
            -- stderr --
            error[unsafe-url]: "data:" is not a kind of address that a page may lead to
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it](data:text/html,hi).
              │     ^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: use place:, source:, claim:, date:, https:, mailto: or tel:, or ./ before a file name with a colon

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn undefined_reference() {
    refused(
        &body(r##"See [it][nowhere]."##),
        "content/briefings/second.md:6:5",
        "undefined-reference",
        expect![[r#"
            -- stderr --
            error[undefined-reference]: there is no definition of the reference "nowhere"
              ┌─ content/briefings/second.md:6:5
              │
            6 │ See [it][nowhere].
              │     ^^^^^^^^^^^^^ leads nowhere
              │
              = help: add a line `[nowhere]: TARGET`, or write `\[` if brackets are meant

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn undefined_footnote() {
    refused(
        &body(r##"See this.[^1]"##),
        "content/briefings/second.md:6:10",
        "undefined-footnote",
        expect![[r#"
            -- stderr --
            error[undefined-footnote]: there is no footnote "1"
              ┌─ content/briefings/second.md:6:10
              │
            6 │ See this.[^1]
              │          ^^^^ leads nowhere
              │
              = help: add a line `[^1]: …`, or write `\[` if brackets are meant

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn heading_attributes() {
    refused(
        &body(r##"## Pumps {#pumps .big}"##),
        "content/briefings/second.md:6:10",
        "heading-attributes",
        expect![[r#"
            -- stderr --
            error[heading-attributes]: headings take no attributes
              ┌─ content/briefings/second.md:6:10
              │
            6 │ ## Pumps {#pumps .big}
              │          ^^^^^^^^^^^^^
              │
              = help: delete this; the heading's id is made from its text, as on GitHub

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn picture_without_alt() {
    refused(
        &(body("![](../../static/pump.svg)")
            + "-- static/pump.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        "content/briefings/second.md:6:1",
        "no-alt",
        expect![[r#"
            -- stderr --
            error[no-alt]: this picture says nothing to who cannot see it
              ┌─ content/briefings/second.md:6:1
              │
            6 │ ![](../../static/pump.svg)
              │ ^^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: write between [ and ] what it shows

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn picture_that_is_not_there() {
    refused(
        &body(r##"![A pump](pump.jpg)"##),
        "content/briefings/second.md:6:1",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no picture "content/briefings/pump.jpg"
              ┌─ content/briefings/second.md:6:1
              │
            6 │ ![A pump](pump.jpg)
              │ ^^^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: put it beside the briefing's index.md, or into static/

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn picture_of_another_site() {
    refused(
        &body(r##"![A pump](https://example.org/pump.jpg)"##),
        "content/briefings/second.md:6:1",
        "remote-picture",
        expect![[r#"
            -- stderr --
            error[remote-picture]: the picture "https://example.org/pump.jpg" is on another server, which would see who reads this page
              ┌─ content/briefings/second.md:6:1
              │
            6 │ ![A pump](https://example.org/pump.jpg)
              │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: put a copy beside the article, and name that

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bidi_override_in_a_body() {
    refused(
        &body("safe \u{202e}txt.exe"),
        "content/briefings/second.md:6:6",
        "bidi-control",
        expect![[r#"
            -- stderr --
            error[bidi-control]: the direction control U+202E is not closed in its line
              ┌─ content/briefings/second.md:6:6
              │
            6 │ safe �txt.exe
              │      ^
              │
              = help: delete it, or pair it with its closing character in the same line

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn control_character_in_a_body() {
    refused(
        &body("a\u{7}b"),
        "content/briefings/second.md:6:2",
        "control-character",
        expect![[r#"
            -- stderr --
            error[control-character]: the control character U+0007 cannot stand in a text
              ┌─ content/briefings/second.md:6:2
              │
            6 │ a�b
              │  ^
              │
              = help: delete it; it is not visible

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_link_in_a_translation() {
    refused(
        r##"-- content/about.ar.md --
+++
title = "عن"
+++
[هنا](nowhere.md)
"##,
        "content/about.ar.md:4:1",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no file "content/nowhere.md"
              ┌─ content/about.ar.md:4:1
              │
            4 │ [هنا](nowhere.md)
              │ ^^^^^^^^^^^^^^^^^ leads nowhere
              │
              = help: the path counts from the file that the link stands in

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn site_toml_unknown_key() {
    refused(
        r##"-- site.toml --
title = "Port Brine"
base_ulr = "https://example.org/"
languages = ["en", "ar"]
timezone = "UTC"
"##,
        "site.toml:2:1",
        "unknown-key",
        expect![[r#"
            -- stderr --
            error[unknown-key]: `base_ulr` is not a key of site.toml
              ┌─ site.toml:2:1
              │
            2 │ base_ulr = "https://example.org/"
              │ ^^^^^^^^ unknown key
              │
              = help: did you mean `base_url`?

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
}

#[test]
fn site_toml_unknown_zone() {
    refused(
        r##"-- site.toml --
title = "Port Brine"
languages = ["en", "ar"]
timezone = "Asia/Damaskus"
"##,
        "site.toml:3:12",
        "bad-timezone",
        expect![[r#"
            -- stderr --
            error[bad-timezone]: "Asia/Damaskus" is not a time zone
              ┌─ site.toml:3:12
              │
            3 │ timezone = "Asia/Damaskus"
              │            ^^^^^^^^^^^^^^^ unknown zone
              │
              = help: did you mean "Asia/Damascus"?

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
}

#[test]
fn site_toml_bad_syntax() {
    refused(
        r##"-- site.toml --
title = "Port Brine
"##,
        "site.toml:1:20",
        "toml-syntax",
        expect![[r#"
            -- stderr --
            error[toml-syntax]: the text has no closing "
              ┌─ site.toml:1:20
              │
            1 │ title = "Port Brine
              │                    ^ here
              │
              = help: end it with "; text of several lines stands between """ and """

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
}

#[test]
fn missing_theme() {
    refused(
        r##"-- site.toml --
title = "Port Brine"
languages = ["en", "ar"]
theme = "defualt"
"##,
        "site.toml:3:9",
        "missing-theme",
        expect![[r#"
            -- stderr --
            error[missing-theme]: there is no theme "defualt"
              ┌─ site.toml:3:9
              │
            3 │ theme = "defualt"
              │         ^^^^^^^^^ named here
              │
              = help: did you mean "default"?

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
}

#[test]
fn template_syntax() {
    refused(
        r##"-- templates/page.html --
{% extends "base.html" %}
{% block content %}
{% if page.title %}
{% endblock content %}
"##,
        "templates/page.html:4:4",
        "template-syntax",
        expect![[r#"
            -- stderr --
            error[template-syntax]: unknown tag
              ┌─ templates/page.html:4:4
              │
            4 │ {% endblock content %}
              │    ^^^^^^^^

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_unknown_variable() {
    refused(
        r##"-- templates/page.html --
{% extends "base.html" %}
{% block content %}<p>{{ page.titel }}</p>{% endblock content %}
"##,
        "templates/page.html:2:31",
        "template-render",
        expect![[r#"
            -- stderr --
            error[template-render]: field `titel` is not defined
              ┌─ templates/page.html:2:31
              │
            2 │ {% block content %}<p>{{ page.titel }}</p>{% endblock content %}
              │                               ^^^^^
              │
              = help: did you mean `title`?
              = help: while rendering about.html
              = help: and 1 more page

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_unknown_filter() {
    refused(
        r##"-- templates/page.html --
{% extends "base.html" %}
{% block content %}<p>{{ page.title | upercase }}</p>{% endblock content %}
"##,
        "templates/page.html:2:39",
        "template-syntax",
        expect![[r#"
            -- stderr --
            error[template-syntax]: unknown filter `upercase`
              ┌─ templates/page.html:2:39
              │
            2 │ {% block content %}<p>{{ page.title | upercase }}</p>{% endblock content %}
              │                                       ^^^^^^^^

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_that_extends_nothing() {
    refused(
        r##"-- templates/page.html --
{% extends "bass.html" %}
"##,
        "templates/page.html:1:13",
        "template-syntax",
        expect![[r#"
            -- stderr --
            error[template-syntax]: there is no template "bass.html" to extend
              ┌─ templates/page.html:1:13
              │
            1 │ {% extends "bass.html" %}
              │             ^^^^^^^^^
              │
              = help: did you mean `base.html`?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_that_no_page_uses() {
    refused(
        r##"-- templates/pages.htm --
<p>
"##,
        "templates/pages.htm:1:1",
        "unclaimed-file",
        expect![[r#"
            -- stderr --
            error[unclaimed-file]: a template's name ends in .html, so that its values are escaped
              ┌─ templates/pages.htm:1:1
              = help: rename it, or move it to static/

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_with_a_dead_link() {
    refused(
        r##"-- templates/404.html --
{% extends "default/404.html" %}
{% block content %}<p><a href="/lost.html">x</a></p>{% endblock content %}
"##,
        "templates/404.html:2:32",
        "dead-output-link",
        expect![[r#"
            -- stderr --
            error[dead-output-link]: a page links to "/lost.html": this page is served at any depth, and only a full address works from everywhere
              ┌─ templates/404.html:2:32
              │
            2 │ {% block content %}<p><a href="/lost.html">x</a></p>{% endblock content %}
              │                                ^^^^^^^^^^
              │
              = help: while rendering 404.html
              = help: the link comes from a template; links to pages come from the views

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_with_a_link_to_another_page_that_is_not_there() {
    refused(
        r##"-- templates/page.html --
{% extends "default/page.html" %}
{% block content %}<p><a href="lost.html">x</a></p>{% endblock content %}
"##,
        "templates/page.html:2:32",
        "dead-output-link",
        expect![[r#"
            -- stderr --
            error[dead-output-link]: a page links to "lost.html": no page and no file is there
              ┌─ templates/page.html:2:32
              │
            2 │ {% block content %}<p><a href="lost.html">x</a></p>{% endblock content %}
              │                                ^^^^^^^^^
              │
              = help: while rendering about.html
              = help: the link comes from a template; links to pages come from the views
              = help: and 1 more page

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn template_that_loads_from_a_third_party() {
    refused(
        r##"-- templates/page.html --
{% extends "default/page.html" %}
{% block content %}<img src="https://example.org/x.png" alt="">{% endblock content %}
"##,
        "templates/page.html:2:30",
        "third-party",
        expect![[r#"
            -- stderr --
            error[third-party]: a page loads "https://example.org/x.png" from another site
              ┌─ templates/page.html:2:30
              │
            2 │ {% block content %}<img src="https://example.org/x.png" alt="">{% endblock content %}
              │                              ^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: while rendering about.html
              = help: put the file into static/ and link to it there
              = help: and 1 more page

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn bad_ftl() {
    refused(
        r##"-- i18n/en.ftl --
claims = {
"##,
        "i18n/en.ftl:2:1",
        "words-syntax",
        expect![[r#"
            -- stderr --
            error[words-syntax]: expected an inline expression
              ┌─ i18n/en.ftl:2:1
              = help: a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn broken_picture() {
    refused(
        r##"-- static/pump.jpg --
no picture
"##,
        "static/pump.jpg:1:1",
        "picture",
        expect![[r#"
            -- stderr --
            error[picture]: the picture is cut short or damaged: it does not begin as JPEG does
              ┌─ static/pump.jpg:1:1
              = help: copy the original again, or open it in a picture editor and export it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn static_file_with_a_name_of_ours() {
    refused(
        r##"-- static/SHA256SUMS --
mine
"##,
        "static/SHA256SUMS:1:1",
        "reserved-name",
        expect![[r#"
            -- stderr --
            error[reserved-name]: static/SHA256SUMS would take the place of a file of bulletin's
              ┌─ static/SHA256SUMS:1:1
              = help: rename it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn file_name_that_windows_cannot_hold() {
    refused(
        r##"-- static/a:b.txt --
x
"##,
        "static/a:b.txt:1:1",
        "bad-file-name",
        expect![[r#"
            -- stderr --
            error[bad-file-name]: the name holds ':', which not every file system can store
              ┌─ static/a:b.txt:1:1
              = help: rename it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn file_that_is_not_utf_8() {
    refused_after(
        |site| site.write_bytes("content/about.md", b"+++\ntitle = \"About\"\n+++\nCaf\xe9\n"),
        "content/about.md:4:4",
        "not-utf8",
        expect![[r#"
            -- stderr --
            error[not-utf8]: the file is not UTF-8 text
              ┌─ content/about.md:4:4
              │
            4 │ Caf�
              │    ^ this byte begins no character
              │
              = help: save it as UTF-8

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn foreign_file_in_the_way() {
    let write = |site: &Site| {
        site.write(&briefing(""));
        site.write("-- public/briefings/second.html --\nmine\n");
    };
    let site = Site::new(GOOD);
    site.build();
    write(&site);
    let before = stamps(&site.public());
    let run = site.try_build();
    assert!(stamps(&site.public()) == before);
    expect![[r#"
        -- stderr --
        error[foreign-file]: public/briefings/second.html is in the way, and bulletin did not write it
         = help: move it away, or build into another folder with --out

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn symbolic_link_in_the_output() {
    let site = Site::new(GOOD);
    site.build();
    site.write(&briefing(""));
    fs::create_dir(site.path("elsewhere")).unwrap();
    fs::rename(site.path("public/briefings"), site.path("elsewhere/briefings")).unwrap();
    symlink(site.path("elsewhere/briefings"), site.path("public/briefings")).unwrap();
    let before = stamps(&site.path("elsewhere"));
    let run = site.try_build();
    assert!(stamps(&site.path("elsewhere")) == before);
    expect![[r#"
        -- stderr --
        error[output-link]: public/briefings is a link, and bulletin follows none when it writes
         = help: put a plain file or folder there, or remove it

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn output_that_is_a_file() {
    let site = Site::new(GOOD);
    site.write("-- public --\nmine\n");
    let run = site.try_build();
    assert_eq!(site.read("public"), "mine\n");
    expect![[r#"
        -- stderr --
        error[foreign-file]: public is not a folder
         = help: move it away, or build into another folder with --out

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn folder_without_a_site() {
    let run = Site::empty().try_build();
    expect![[r#"
        -- stderr --
        error[no-site]: there is no site here: neither site.toml nor content/
         = help: run `bulletin init` to begin one, or give its folder with --root

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn ten_faults_in_ten_files_are_told_in_one_run_in_a_fixed_order() {
    let run = after(|site| {
        site.write(
            r#"
-- content/about.md --
+++
titel = "About"
+++
-- content/briefings/a.md --
+++
title = "A"
+++
-- content/briefings/b.md --
+++
title = "B"
date  = 2031-05-03T10:00:00
+++
-- content/briefings/c.md --
+++
title = "C"
date  = 2031-05-03
[[claims]]
text     = "C"
source   = "Radio Brine"
happened = "soon"
+++
-- content/briefings/d.md --
+++
title = "D"
date  = 2031-05-03
+++
[x](place:nowhere)
-- content/briefings/e.md --
+++
title = "E"
date  = 2031-05-03
+++
![](e.jpg)
-- content/briefings/f.txt --
-- content/neighbourhoods/quay.md --
+++
title     = "Quay"
spellings = ["Harbour"]
+++
-- content/sources/desk.md --
+++
title = "Desk"
kind  = "paper"
+++
-- i18n/en.ftl --
claims = {
"#,
        );
    });
    expect![[r#"
        -- stderr --
        error[missing-key]: a page needs `title`
          ┌─ content/about.md:1:1
          │
        1 │ +++
          │ ^^^ `title` is missing
          │
          = help: write title = "…"

        error[unknown-key]: `titel` is not a key of a page
          ┌─ content/about.md:2:1
          │
        2 │ titel = "About"
          │ ^^^^^ unknown key
          │
          = help: did you mean `title`?

        error[missing-key]: a briefing needs `date`
          ┌─ content/briefings/a.md:1:1
          │
        1 │ +++
          │ ^^^ `date` is missing
          │
          = help: write date = 2016-10-02T21:40:00+03:00

        error[no-offset]: 2031-05-03T10:00:00 has a time but no offset
          ┌─ content/briefings/b.md:3:9
          │
        3 │ date  = 2031-05-03T10:00:00
          │         ^^^^^^^^^^^^^^^^^^^ in which time zone?
          │
          = help: write the offset, as in 2016-10-02T21:40:00+03:00, or only the date

        error[bad-date]: "soon" is not a date, a month, a year or a range of them
          ┌─ content/briefings/c.md:7:12
          │
        7 │ happened = "soon"
          │            ^^^^^^ cannot be used
          │
          = help: write 2016, 2016-10, 2016-10-02 or 2016-10-02T21:40:00+03:00, with ~ or ? behind it where unsure, or two of them as x/y, ../y or x/..

        error[dead-link]: there is no neighbourhood "nowhere"
          ┌─ content/briefings/d.md:5:1
          │
        5 │ [x](place:nowhere)
          │ ^^^^^^^^^^^^^^^^^^ leads nowhere
          │
          = help: name it in a briefing, or write a record for it in content/neighbourhoods/

        error[dead-link]: there is no picture "content/briefings/e.jpg"
          ┌─ content/briefings/e.md:5:1
          │
        5 │ ![](e.jpg)
          │ ^^^^^^^^^^ leads nowhere
          │
          = help: put it beside the briefing's index.md, or into static/

        error[no-alt]: this picture says nothing to who cannot see it
          ┌─ content/briefings/e.md:5:1
          │
        5 │ ![](e.jpg)
          │ ^^^^^^^^^^
          │
          = help: write between [ and ] what it shows

        error[unclaimed-file]: nothing here says what this file is for
          ┌─ content/briefings/f.txt:1:1
          = help: put it beside a briefing's index.md in a folder of their own, or into static/

        error[name-claimed-twice]: "Harbour" is also a name of content/neighbourhoods/harbour.md
          ┌─ content/neighbourhoods/quay.md:3:14
          │
        3 │ spellings = ["Harbour"]
          │              ^^^^^^^^^ claimed here too
          │
          ┌─ content/neighbourhoods/harbour.md:1:1
          │
        1 │ +++
          │ --- first claimed here
          │
          = help: a name leads to one record: take it out of one of them; write the id where the other is meant

        error[bad-word]: `kind` cannot be "paper"
          ┌─ content/sources/desk.md:3:9
          │
        3 │ kind  = "paper"
          │         ^^^^^^^ not one of the words that are known here
          │
          = help: write one of monitor, state-media, military, government, activists, resident, civil-defence, un, ngo, medical, news-agency, newsroom, reporter, official, document, imagery

        error[words-syntax]: expected an inline expression
          ┌─ i18n/en.ftl:2:1
          = help: a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/

        12 errors, 0 warnings; public is as it was
        -- exit 1 --
    "#]].assert_eq(&run.to_string());
}

#[test]
fn the_same_faults_are_told_in_three_formats() {
    let site = Site::new(GOOD);
    site.write(&briefing("sumary = \"Short.\""));
    let told =
        |format: &str| site.run(&["check", "--now", crate::common::NOW, "--format", format]).to_string();
    expect![[r#"
        -- stdout --
        error[unknown-key]: `sumary` is not a key of a briefing
          ┌─ content/briefings/second.md:4:1
          │
        4 │ sumary = "Short."
          │ ^^^^^^ unknown key
          │
          = help: did you mean `summary`?
        -- stderr --
        1 error, 0 warnings
        -- exit 1 --
    "#]]
    .assert_eq(&told("human"));
    expect![[r#"
        -- stdout --
        content/briefings/second.md:4:1: error[unknown-key]: `sumary` is not a key of a briefing
        -- stderr --
        1 error, 0 warnings
        -- exit 1 --
    "#]]
    .assert_eq(&told("short"));
    expect![[r#"
        -- stdout --
        {"code":"unknown-key","exit":1,"help":["did you mean `summary`?"],"label":"unknown key","message":"`sumary` is not a key of a briefing","place":{"column":1,"excerpt":"sumary = \"Short.\"","file":"content/briefings/second.md","line":4},"related":[],"severity":"error"}
        -- stderr --
        1 error, 0 warnings
        -- exit 1 --
    "#]].assert_eq(&told("json"));
}

#[test]
fn content_that_went_missing_does_not_empty_the_output() {
    let gone = |site: &Site| std::fs::remove_dir_all(site.root().join("content")).unwrap();
    refused_after(
        gone,
        "",
        "no-content",
        expect![[r#"
        -- stderr --
        error[no-content]: there is no folder content/ beside site.toml
         = help: put it back; for a site without articles make it an empty folder

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]],
    );
}

#[test]
fn content_that_is_a_file() {
    let change = |site: &Site| {
        std::fs::remove_dir_all(site.root().join("content")).unwrap();
        std::fs::write(site.root().join("content"), "x").unwrap();
    };
    refused_after(
        change,
        "",
        "no-content",
        expect![[r#"
        -- stderr --
        error[no-content]: there is no folder content/ beside site.toml
         = help: put it back; for a site without articles make it an empty folder

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]],
    );
}

#[test]
fn link_that_leads_out_of_the_site() {
    let change = |site: &Site| {
        std::fs::create_dir_all(site.root().join("static")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", site.root().join("static/name.txt")).unwrap();
    };
    refused_after(
        change,
        "static/name.txt:1:1",
        "link-out",
        expect![[r#"
        -- stderr --
        error[link-out]: static/name.txt is a link to a place outside of the site
          ┌─ static/name.txt:1:1
          = help: copy what it leads to into the site, or remove the link

        1 error, 0 warnings; public is as it was
        -- exit 1 --
    "#]],
    );
}

#[test]
fn page_of_its_own_beside_a_briefing() {
    refused(
        "-- content/briefings/flood/index.md --\n+++\ntitle = \"Flood\"\ndate = 2031-05-03T10:00:00Z\n+++\n\
         -- content/briefings/flood/tool.html --\n<script>alert(1)</script>\n",
        "content/briefings/flood/tool.html:1:1",
        "active-file",
        expect![[r#"
            -- stderr --
            error[active-file]: a .html file can run in the reader's browser, with the name of this site
              ┌─ content/briefings/flood/tool.html:1:1
              = help: attach it as PDF, text or data, or put it into static/ if it is a part of the site itself

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn slip_in_the_name_of_a_protected_source() {
    refused(
        &format!(
            "-- content/sources/witness.md --\n+++\ntitle = \"Dr Amal Salim\"\nprotected = true\nlabel = \"a doctor\"\n+++\n{}",
            briefing("sources = [\"Dr Amel Salim\"]")
        ),
        "content/briefings/second.md:4:12",
        "near-known-source",
        expect![[r#"
            -- stderr --
            error[near-known-source]: "Dr Amel Salim" has no record, and is close to a protected source
              ┌─ content/briefings/second.md:4:12
              │
            4 │ sources = ["Dr Amel Salim"]
              │            ^^^^^^^^^^^^^^^ would get a public page
              │
              = help: did you mean "Dr Amal Salim"? If it is another, write content/sources/dr-amel-salim.md

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn owner_that_is_a_protected_source() {
    refused(
        "-- content/sources/witness.md --\n+++\ntitle = \"Dr Amal Salim\"\nprotected = true\nlabel = \"a doctor\"\n+++\n\
         -- content/sources/clinic.md --\n+++\ntitle = \"Harbour clinic\"\nowner = \"dr amal salim\"\n+++\n",
        "content/sources/clinic.md:1:1",
        "protected-source",
        expect![[r#"
            -- stderr --
            error[protected-source]: its owner is a protected source, whose name would be shown
              ┌─ content/sources/clinic.md:1:1
              │
            1 │ +++
              │ ^^^
              │
              = help: write `owner` in words that do not name it

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn style_sheet_of_another_site() {
    refused(
        "-- templates/page.html --\n{% extends \"default/page.html\" %}\n\
         {% block content %}<link rel=\"stylesheet\" href=\"https://fonts.example/a.css\">{% endblock content %}\n",
        "templates/page.html:2:49",
        "third-party",
        expect![[r#"
            -- stderr --
            error[third-party]: a page loads "https://fonts.example/a.css" from another site
              ┌─ templates/page.html:2:49
              │
            2 │ {% block content %}<link rel="stylesheet" href="https://fonts.example/a.css">{% endblock content %}
              │                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              │
              = help: while rendering about.html
              = help: put the file into static/ and link to it there
              = help: and 1 more page

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn dead_link_in_a_long_line_is_shown_with_what_stands_around_it() {
    let words = "word ".repeat(60);
    refused(
        &format!("{}{words}[b](c.md) {words}\n", briefing("")),
        "content/briefings/second.md:6:301",
        "dead-link",
        expect![[r#"
            -- stderr --
            error[dead-link]: there is no file "content/briefings/c.md"
              ┌─ content/briefings/second.md:6:301
              │
            6 │ word word word word word word word word word word word word word word word word [b](c.md) word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word
              │                                                                                 ^^^^^^^^^ leads nowhere
              │
              = help: the path counts from the file that the link stands in

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn file_of_the_output_where_another_needs_a_folder() {
    refused(
        "-- content/briefings/flood/index.md --\n+++\ntitle = \"Flood\"\ndate = 2031-05-03T10:00:00Z\n+++\n\
         -- content/briefings/flood/table.csv --\na,b\n-- static/briefings/flood --\nx\n",
        "content/briefings/flood/table.csv:1:1",
        "same-output",
        expect![[r#"
            -- stderr --
            error[same-output]: the output briefings/flood of static/briefings/flood stands where content/briefings/flood/table.csv needs a folder
              ┌─ content/briefings/flood/table.csv:1:1
              │
            1 │
              │ ^ wants it
              │
              ┌─ static/briefings/flood:1:1
              │
            1 │
              │ - wants it too
              │
              = help: rename the file

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn status_above_what_the_origins_carry() {
    refused(
        &briefing(
            r##"[[claims]]
text = "The quay is closed."
source = "Radio Brine"
via = ["Brine Wire", "Gull Post"]
status = "corroborated""##,
        ),
        "content/briefings/second.md:8:10",
        "status-too-high",
        expect![[r#"
            -- stderr --
            error[status-too-high]: "corroborated" needs two origins, one of them of no party or both of different parties, and this claim has one
              ┌─ content/briefings/second.md:8:10
              │
            8 │ status = "corroborated"
              │          ^^^^^^^^^^^^^^ at most "single-source"
              │
              = help: 3 outlets, 1 origin: Radio Brine; Brine Wire, Gull Post only pass it on
              = help: write status = "single-source" or leave it out, or say in `status_why` what else makes it sure

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn status_above_what_the_event_carries_across_briefings() {
    let files = r#"
-- content/sources/council.md --
+++
title = "The council"
party = "council"
+++
-- content/sources/harbour-office.md --
+++
title = "The harbour office"
owner = "The council"
party = "council"
+++
-- content/sources/harbour-guard.md --
+++
title = "The harbour guard"
party = "council"
+++
-- content/briefings/third.md --
+++
title = "Third"
date  = 2031-05-04T10:00:00Z

[[claims]]
text   = "The quay was closed."
source = "The harbour guard"
event  = "quay-2031-05-03"

[[claims]]
text   = "So it was."
source = "The harbour office"
event  = "quay-2031-05-03"
+++
"#;
    let claim = briefing(
        r##"[[claims]]
text = "The quay is closed."
source = "The council"
event = "quay-2031-05-03"
status = "corroborated""##,
    );
    refused(
        &format!("{files}{claim}"),
        "content/briefings/second.md:8:10",
        "status-too-high",
        expect![[r#"
        -- stderr --
        error[status-too-high]: "corroborated" needs two origins, one of them of no party or both of different parties, and its event has only origins of one party
          ┌─ content/briefings/second.md:8:10
          │
        8 │ status = "corroborated"
          │          ^^^^^^^^^^^^^^ at most "one-side"
          │
          = help: 3 outlets, 2 origins: The council with The harbour office, The harbour guard
          = help: write status = "one-side" or leave it out, or say in `status_why` what else makes it sure

        1 error, 0 warnings; public is as it was
        -- exit 1 --
    "#]],
    );
}

#[test]
fn claim_that_is_struck_without_a_reason() {
    refused(
        &briefing(
            r##"[[claims]]
text = "The quay is closed."
source = "Radio Brine"
status = "disproved""##,
        ),
        "content/briefings/second.md:7:10",
        "no-reason",
        expect![[r#"
            -- stderr --
            error[no-reason]: nothing says why this claim is disproved
              ┌─ content/briefings/second.md:7:10
              │
            7 │ status = "disproved"
              │          ^^^^^^^^^^^ readers see it struck
              │
              = help: say it in `status_why`, or in a correction of this claim

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

/// A claim with a figure, and corrections of its least number.
fn corrected(corrections: &str) -> String {
    briefing(&format!(
        "[[claims]]\nid = \"dry\"\ntext = \"Forty taps are dry.\"\nsource = \"Radio Brine\"\n\
         figure = {{ measure = \"dry taps\", min = 40 }}\n{corrections}"
    ))
}

#[test]
fn correction_that_is_not_what_readers_see() {
    refused(
        &corrected(
            r#"[[corrections]]
at = 2031-05-04
kind = "correction"
claim = "dry"
field = "figure.min"
was = "80"
now = "30"
why = "Counted twice.""#,
        ),
        "content/briefings/second.md:15:7",
        "correction-untrue",
        expect![[r#"
            -- stderr --
            error[correction-untrue]: `figure.min` of the claim "dry" is "30" since its last correction, and the file says "40"
               ┌─ content/briefings/second.md:15:7
               │
            15 │ now = "30"
               │       ^^^^ not what readers see
               │
               = help: make the corrected text and this `now` the same

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn corrections_of_one_field_with_a_gap() {
    refused(
        &corrected(
            r#"[[corrections]]
at = 2031-05-05
kind = "correction"
claim = "dry"
field = "figure.min"
was = "60"
now = "40"
why = "Counted again."
[[corrections]]
at = 2031-05-04
kind = "correction"
claim = "dry"
field = "figure.min"
was = "80"
now = "70"
why = "Counted twice.""#,
        ),
        "content/briefings/second.md:14:7",
        "correction-gap",
        expect![[r#"
            -- stderr --
            error[correction-gap]: `figure.min` of the claim "dry" was "70" after the correction before this one, and this one says that it was "60"
               ┌─ content/briefings/second.md:14:7
               │
            14 │ was = "60"
               │       ^^^^ does not follow
               │
               ┌─ content/briefings/second.md:23:7
               │
            23 │ now = "70"
               │       ---- what it became before
               │
               = help: each `was` must be the `now` before it, in order of `at`

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn correction_of_a_field_that_is_none() {
    refused(
        &corrected(
            r#"[[corrections]]
at = 2031-05-04
kind = "correction"
claim = "dry"
field = "figure.mn"
was = "80"
now = "40"
why = "Counted twice.""#,
        ),
        "content/briefings/second.md:13:9",
        "unknown-field",
        expect![[r#"
            -- stderr --
            error[unknown-field]: "figure.mn" is no field of a claim that can be corrected
               ┌─ content/briefings/second.md:13:9
               │
            13 │ field = "figure.mn"
               │         ^^^^^^^^^^^ no such field
               │
               = help: did you mean "figure.min"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn correction_to_what_is_no_number() {
    refused(
        &corrected(
            r#"[[corrections]]
at = 2031-05-04
kind = "correction"
claim = "dry"
field = "figure.min"
was = "eighty"
now = "40"
why = "Counted twice.""#,
        ),
        "content/briefings/second.md:14:7",
        "correction-value",
        expect![[r#"
            -- stderr --
            error[correction-value]: `figure.min` is a number, and "eighty" is not
               ┌─ content/briefings/second.md:14:7
               │
            14 │ was = "eighty"
               │       ^^^^^^^^ not a number
               │
               = help: write the whole value as in the claim, as "8"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn resident_who_is_named() {
    refused(
        "-- content/sources/ann.md --\n+++\ntitle = \"Ann of Quay Street\"\nkind = \"resident\"\n+++\n",
        "content/sources/ann.md:1:1",
        "unprotected-resident",
        expect![[r#"
            -- stderr --
            error[unprotected-resident]: a resident is named in public
              ┌─ content/sources/ann.md:1:1
              │
            1 │ +++
              │ ^^^ gets a page of its own
              │
              = help: write protected = true, and a `label` that readers may see, as "a resident of the east"
              = help: if you know that it harms nobody, write the reason: allow = [{ guard = "unprotected-resident", why = "…", until = … }]

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

/// site.toml with the topics that guards look at.
fn with_topics(files: &str) -> String {
    let site = crate::common::blocks(GOOD).swap_remove(0).1;
    let site = site.replace("\"food\"]", "\"food\", \"health\", \"shelter\", \"movement\"]");
    format!("-- site.toml --\n{site}{files}")
}

#[test]
fn clinic_at_a_point_that_is_too_fine() {
    let clinic = "-- content/neighbourhoods/mill-lane.md --\n+++\ntitle = \"Mill Lane\"\n\
                  point = { lat = 1, lon = 2, precision = \"street\" }\n+++\n";
    let claim = briefing(
        r##"[[claims]]
id = "open"
text = "The clinic is open."
source = "Radio Brine"
topic = "health"
neighbourhoods = ["Mill Lane"]"##,
    );
    refused(
        &with_topics(&format!("{clinic}{claim}")),
        "content/briefings/second.md:5:6",
        "precise-point",
        expect![[r#"
            -- stderr --
            error[precise-point]: a claim about health stands at "Mill Lane", whose point is finer than a neighbourhood
              ┌─ content/briefings/second.md:5:6
              │
            5 │ id = "open"
              │      ^^^^^^ would be on the map
              │
              ┌─ content/neighbourhoods/mill-lane.md:1:1
              │
            1 │ +++
              │ --- has the point
              │
              = help: name a larger place, or make its point coarser: precision = "neighbourhood"
              = help: if you know that it harms nobody, write the reason: allow = [{ guard = "precise-point", why = "…", until = … }]

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

/// A movement that ends at noon UTC, told in another offset, and a briefing of that time.
fn moved(date: &str, more: &str) -> String {
    with_topics(&format!(
        "-- content/briefings/second.md --\n+++\ntitle = \"Second\"\ndate  = {date}\n{more}\n\
         [[claims]]\nid = \"boats\"\ntext = \"Boats left.\"\nsource = \"Radio Brine\"\nkind = \"event\"\n\
         topic = \"movement\"\nhappened = \"2031-05-03/2031-05-03T15:00:00+03:00\"\n+++\n"
    ))
}

#[test]
fn movement_that_is_just_over() {
    refused(
        &moved("2031-05-03T23:59:59Z", ""),
        "content/briefings/second.md:6:6",
        "military-movement",
        expect![[r#"
            -- stderr --
            error[military-movement]: a movement is published less than 12 hours after it ends
              ┌─ content/briefings/second.md:6:6
              │
            6 │ id = "boats"
              │      ^^^^^^^ could lead to those who move
              │
              = help: wait, with embargo_until, or leave it out; a day ends at midnight in the site's time zone
              = help: if you know that it harms nobody, write the reason: allow = [{ guard = "military-movement", why = "…", until = … }]

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn movement_that_is_over_for_twelve_hours_to_the_second_is_told() {
    let site = Site::new(GOOD);
    site.write(&moved("2031-05-04T00:00:00Z", ""));
    site.build();
    // Published is when readers can see it.
    site.write(&moved("2031-05-03T13:00:00Z", "embargo_until = 2031-05-04T02:00:00+02:00"));
    site.build();
}

#[test]
fn exception_that_ended_before_the_publication() {
    refused(
        &moved(
            "2031-05-03T23:00:00Z",
            r#"allow = [{ guard = "military-movement", why = "It was announced.", until = 2031-05-02 }]"#,
        )
        .replace("title = \"Second\"\n", "title = \"Second\"\nkind = \"flash\"\n"),
        "content/briefings/second.md:7:6",
        "military-movement",
        expect![[r#"
            -- stderr --
            error[military-movement]: a movement is published less than 12 hours after it ends
              ┌─ content/briefings/second.md:7:6
              │
            7 │ id = "boats"
              │      ^^^^^^^ could lead to those who move
              │
              = help: wait, with embargo_until, or leave it out; a day ends at midnight in the site's time zone
              = help: the exception to this guard ended on 2031-05-02

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn instruction_that_is_printed_as_advice() {
    refused(
        &briefing(
            r##"summary = "The council: leave the QUAY, at once!"
[[claims]]
id = "leave"
text = "Leave the quay at once."
source = "The council"
kind = "instruction""##,
        ),
        "content/briefings/second.md:6:6",
        "instruction-as-advice",
        expect![[r#"
            -- stderr --
            error[instruction-as-advice]: the title or the summary repeats an instruction, and would be read as advice
              ┌─ content/briefings/second.md:6:6
              │
            6 │ id = "leave"
              │      ^^^^^^^ this instruction
              │
              = help: say in the title and the summary that it was given, and by whom; the words stay in the claim
              = help: if you know that it harms nobody, write the reason: allow = [{ guard = "instruction-as-advice", why = "…", until = … }]

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn exception_to_no_guard() {
    refused(
        &briefing(
            r##"allow = [{ guard = "military-movment", why = "It was announced.", until = 2031-06-01 }]"##,
        ),
        "content/briefings/second.md:4:20",
        "unknown-guard",
        expect![[r#"
            -- stderr --
            error[unknown-guard]: there is no guard "military-movment"
              ┌─ content/briefings/second.md:4:20
              │
            4 │ allow = [{ guard = "military-movment", why = "It was announced.", until = 2031-06-01 }]
              │                    ^^^^^^^^^^^^^^^^^^ lifts nothing
              │
              = help: did you mean "military-movement"?

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn word_of_redact_txt_in_a_text() {
    refused(
        &format!(
            "-- redact.txt --\n# who must not be found\nZoë Müller\n{}",
            body("Said zoe-MULLER, then left.")
        ),
        "content/briefings/second.md:6:6",
        "redacted-word",
        expect![[r#"
            -- stderr --
            error[redacted-word]: the word of line 2 of redact.txt would reach 20 outputs, first ar/briefings/index.html
              ┌─ content/briefings/second.md:6:6
              │
            6 │ Said ██████████, then left.
              │      ^^^^^^^^^^ stands here
              │
              = help: take the word out of what is published, or give it to a protected source, whose label is shown in its place

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn line_of_redact_txt_that_cannot_be_kept() {
    refused(
        "-- redact.txt --\nZoë\n***\n",
        "redact.txt:1:1",
        "redact-line",
        expect![[r#"
        -- stderr --
        error[redact-line]: line 2 of redact.txt holds no letter and no digit to look for
          ┌─ redact.txt:1:1
          = help: write a name or a word, or begin the line with # where it is a comment

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]],
    );
}

/// Two towns of one name, each of which says that the other is another.
const HOMONYMS: &str = "-- content/neighbourhoods/mill-hill-north.md --\n+++\ntitle = \"Mill Hill\"\nnot = [\"mill-hill-south\"]\n+++\n\
     -- content/neighbourhoods/mill-hill-south.md --\n+++\ntitle = \"Mill Hill\"\nnot = [\"mill-hill-north\"]\n+++\n";

#[test]
fn name_of_two_homonyms() {
    refused(
        &format!("{HOMONYMS}{}", briefing("neighbourhoods = [\"mill hill\"]")),
        "content/briefings/second.md:4:19",
        "ambiguous-name",
        expect![[r#"
            -- stderr --
            error[ambiguous-name]: "mill hill" is the name of more than one neighbourhood
              ┌─ content/briefings/second.md:4:19
              │
            4 │ neighbourhoods = ["mill hill"]
              │                   ^^^^^^^^^^^ which one?
              │
              = help: write the id of the one that is meant: "mill-hill-north" or "mill-hill-south"

            1 error, 0 warnings; public is as it was
            -- exit 1 --
        "#]],
    );
}

#[test]
fn homonyms_are_told_apart_by_id_without_a_word() {
    let site = Site::new(GOOD);
    site.write(&format!(
        "{HOMONYMS}{}",
        briefing("neighbourhoods = [\"mill-hill-south\", \"Mill-Hill-North\"]")
    ));
    assert_eq!(site.build().stderr, "");
}

#[test]
fn name_that_is_spelled_as_people_carry_it_over_is_a_warning() {
    let site = Site::new(GOOD);
    site.write("-- content/neighbourhoods/al-sakhur.md --\n+++\ntitle = \"al-Sakhur\"\nnot = [\"sakhoor-village\"]\n+++\n");
    site.write(&briefing("neighbourhoods = [\"as-Sakhour\", \"Sakhoor Village\"]"));
    let run = site.build();
    expect![[r#"
        -- stdout --
        public: 103 new, 0 changed, 0 unchanged, 0 removed
        -- stderr --
        warning[near-known-neighbourhood]: "as-Sakhour" has no record, and is close to one that has
          ┌─ content/briefings/second.md:4:19
          │
        4 │ neighbourhoods = ["as-Sakhour", "Sakhoor Village"]
          │                   ^^^^^^^^^^^^ gets a page of its own
          │
          = help: did you mean "al-sakhur"? If it is another neighbourhood, write content/neighbourhoods/as-sakhour.md
        -- exit 0 --
    "#]].assert_eq(&run.to_string());
    assert!(site.exists("public/neighbourhoods/as-sakhour.html"), "it is never merged");
    // Listed as another, it is none.
    site.edit("content/neighbourhoods/al-sakhur.md", "sakhoor-village", "as-sakhour");
    assert_eq!(site.build().stderr, "");
}

#[test]
fn records_that_sound_alike_are_a_warning_unless_one_lists_the_other() {
    let site = Site::new(GOOD);
    site.write("-- content/sources/gull-post.md --\n+++\ntitle = \"Gull Post\"\n+++\n");
    site.write("-- content/sources/el-goul-post.md --\n+++\ntitle = \"el-Goul Post\"\n+++\n");
    expect![[r#"
        -- stdout --
        public: 89 new, 0 changed, 0 unchanged, 0 removed
        -- stderr --
        warning[alike-records]: the sources "el-goul-post" and "gull-post" have names that sound alike
          ┌─ content/sources/gull-post.md:1:1
          │
        1 │ +++
          │ ^^^
          │
          ┌─ content/sources/el-goul-post.md:1:1
          │
        1 │ +++
          │ --- the other
          │
          = help: if they are one, make it one record; if not, write not = ["el-goul-post"] here, so that nobody is led astray
        -- exit 0 --
    "#]].assert_eq(&site.build().to_string());
    site.edit("content/sources/gull-post.md", "Gull Post\"", "Gull Post\"\nnot = [\"el-goul-post\"]");
    assert_eq!(site.build().stderr, "");
}

#[test]
fn number_about_people_that_no_figure_holds_is_a_warning() {
    let site = Site::new(GOOD);
    let claim = "[[claims]]\nid = \"dry\"\ntext = \"A\"\nsource = \"Radio Brine\"\n\
                 figure = { measure = \"households without water\", said = \"at least forty\", min = 40 }";
    let text = "Forty people are dry, and 40 men, on 2031-05-03.\n\n| 5 | men |\n\nNine people left; nine men. [Two boys](claim:dry) stayed.";
    site.write(&format!("{}{text}\n", briefing(claim)));
    expect![[r#"
        -- stdout --
        public: 85 new, 0 changed, 0 unchanged, 0 removed
        -- stderr --
        warning[unowned-number]: no figure of this briefing holds the number "Nine"
           ┌─ content/briefings/second.md:14:1
           │
        14 │ Nine people left; nine men. [Two boys](claim:dry) stayed.
           │ ^^^^ who counted?
           │
           = help: give it to a claim with a `figure`, or let it stand in a link to the claim that holds it

        warning[unowned-number]: no figure of this briefing holds the number "nine"
           ┌─ content/briefings/second.md:14:19
           │
        14 │ Nine people left; nine men. [Two boys](claim:dry) stayed.
           │                   ^^^^ who counted?
           │
           = help: give it to a claim with a `figure`, or let it stand in a link to the claim that holds it
        -- exit 0 --
    "#]]
    .assert_eq(&site.build().to_string());
}

#[test]
fn what_happened_after_it_was_published_is_a_warning_unless_it_is_to_come() {
    let site = Site::new(GOOD);
    let claim = |lines: &str| format!("[[claims]]\ntext = \"A\"\nsource = \"Radio Brine\"\n{lines}\n");
    let good = [
        "happened = \"2031-05-03\"",
        "happened = \"2031-05-03T12:00:00+02:00\"",
        "happened = \"2031-05-01/2031-05-09\"",
        "happened = \"../2031-05-09\"",
        "happened = \"2031-05\"",
        "happened = \"2031-05-04\"\nkind = \"forecast\"",
        "happened = \"2031-05-04\"\nkind = \"instruction\"",
        "happened = \"2031-05-04\"\nadded = 2031-05-05T10:00:00Z",
    ];
    site.write(&briefing(&good.map(claim).concat()));
    assert_eq!(site.build().stderr, "");
    // Midnight stands for the day.
    site.edit("content/briefings/second.md", "2031-05-03T10:00:00Z", "2031-05-03");
    assert_eq!(site.build().stderr, "");

    site.write(&briefing(
        &["happened = \"2031-05-03T12:00:01+02:00\"", "happened = 2031-05-04"].map(claim).concat(),
    ));
    expect![[r#"
        warning[happened-later]: `happened` is after this claim was published
          ┌─ content/briefings/second.md:7:12
          │
        7 │ happened = "2031-05-03T12:00:01+02:00"
          │            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ published 2031-05-03T10:00:00+00:00
          │
          = help: correct it; for what is to come, write kind = "forecast" or "instruction"; for what was put in later, `added`

        warning[happened-later]: `happened` is after this claim was published
           ┌─ content/briefings/second.md:11:12
           │
        11 │ happened = 2031-05-04
           │            ^^^^^^^^^^ published 2031-05-03T10:00:00+00:00
           │
           = help: correct it; for what is to come, write kind = "forecast" or "instruction"; for what was put in later, `added`

    "#]].assert_eq(&site.build().stderr);
}

#[test]
#[cfg(not(feature = "search"))]
fn a_search_that_this_program_cannot_make_is_an_error() {
    let site = Site::new(GOOD);
    let text = site.read("site.toml");
    site.write_bytes("site.toml", format!("{text}\n[outputs]\nsearch = true\n").as_bytes());
    expect![[r#"
        -- stderr --
        error[not-built-in]: this bulletin was built without search
           ┌─ site.toml:12:1
           │
        12 │ search = true
           │ ^^^^^^ asks for it
           │
           = help: install it with `cargo install --path . --features search`, or write `search = false`

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&site.try_build().to_string());
    site.write_bytes("site.toml", format!("{text}\n[outputs]\nsearch = false\n").as_bytes());
    site.build();
    assert!(!site.exists("public/search.html") && !site.exists("public/search"));
}
