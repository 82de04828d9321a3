//! What bad input is told, one fault each: where it is, what it is, and what to do about it.
//!
//! Every test begins with a site that was built, breaks one thing, and builds again: the words
//! are compared as a whole, and the output must be as it was, bytes, inodes and times.

#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

mod common;

use std::fs;
use std::os::unix::fs::symlink;

use common::{Run, Site, stamps};
use expect_test::{Expect, expect};

/// A small site of an invented city that builds.
const GOOD: &str = r#"
-- site.toml --
title     = "Port Brine briefings"
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

/// `place` and `code` are of the one error that the change leads to.
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
    format!("-- content/briefings/second.md --\n+++\ntitle = \"Second\"\ndate  = 2031-05-03T10:00:00Z\n{lines}\n+++\n")
}

/// A briefing whose text begins on line 6.
fn body(text: &str) -> String {
    format!("{}\n{text}\n", briefing("").replace("\n\n", "\n"))
}

#[test]
fn the_good_site_builds_without_a_word() {
    let run = Site::new(GOOD).build();
    assert_eq!(run.stderr, "");
}

#[test]
fn unknown_key() {
    refused(
        &briefing(r##"sumary = "Short.""##),
        "content/briefings/second.md:4:1",
        "unknown-key",
        expect![""],
    );
}

#[test]
fn unknown_key_of_a_claim() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
place = "Harbour""##),
        "content/briefings/second.md:7:1",
        "unknown-key",
        expect![""],
    );
}

#[test]
fn key_of_the_briefing_below_a_claim() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
neighbourhods = ["Harbour"]"##),
        "content/briefings/second.md:7:1",
        "unknown-key",
        expect![""],
    );
}

#[test]
fn wrong_type() {
    refused(
        &briefing(r##"neighbourhoods = "Harbour""##),
        "content/briefings/second.md:4:18",
        "wrong-type",
        expect![""],
    );
}

#[test]
fn wrong_type_of_a_date() {
    refused(
        &briefing(r##"updated = "2031-05-04""##),
        "content/briefings/second.md:4:11",
        "wrong-type",
        expect![""],
    );
}

#[test]
fn key_twice() {
    refused(
        &briefing(r##"title = "Other""##),
        "content/briefings/second.md:4:1",
        "duplicate-key",
        expect![""],
    );
}

#[test]
fn toml_syntax() {
    refused(
        &briefing(r##"summary = "no end"##),
        "content/briefings/second.md:4:11",
        "toml-syntax",
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn impossible_date() {
    refused(
        &briefing(r##"as_of = 2031-02-30"##),
        "content/briefings/second.md:4:9",
        "bad-date",
        expect![""],
    );
}

#[test]
fn time_without_offset() {
    refused(
        &briefing(r##"as_of = 2031-05-03T10:00:00"##),
        "content/briefings/second.md:4:9",
        "no-offset",
        expect![""],
    );
}

#[test]
fn updated_before_date() {
    refused(
        &briefing(r##"updated = 2031-05-01T10:00:00Z"##),
        "content/briefings/second.md:4:11",
        "bad-order",
        expect![""],
    );
}

#[test]
fn bad_edtf() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
happened = "early May""##),
        "content/briefings/second.md:7:12",
        "bad-date",
        expect![""],
    );
}

#[test]
fn edtf_that_ends_before_it_begins() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
happened = "2031-05/2031-04""##),
        "content/briefings/second.md:7:12",
        "bad-date",
        expect![""],
    );
}

#[test]
fn unknown_kind() {
    refused(
        &briefing(r##"kind = "dayly""##),
        "content/briefings/second.md:4:8",
        "bad-word",
        expect![""],
    );
}

#[test]
fn unknown_topic() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
topic = "watter""##),
        "content/briefings/second.md:7:9",
        "bad-word",
        expect![""],
    );
}

#[test]
fn claim_without_source() {
    refused(
        &briefing(r##"[[claims]]
text = "A""##),
        "content/briefings/second.md:4:1",
        "missing-key",
        expect![""],
    );
}

#[test]
fn confirmed_without_why() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
status = "confirmed""##),
        "content/briefings/second.md:4:1",
        "missing-key",
        expect![""],
    );
}

#[test]
fn duplicate_claim_id() {
    refused(
        &briefing(r##"[[claims]]
id = "a"
text = "A"
source = "Radio Brine"
[[claims]]
id = "a"
text = "B"
source = "Radio Brine""##),
        "content/briefings/second.md:9:6",
        "duplicate-claim",
        expect![""],
    );
}

#[test]
fn correction_of_no_claim() {
    refused(
        &briefing(r##"[[corrections]]
at = 2031-05-04T00:00:00Z
claim = "pump"
why = "Wrong.""##),
        "content/briefings/second.md:6:9",
        "unknown-claim",
        expect![""],
    );
}

#[test]
fn evidence_that_is_no_address() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
evidence = [{ url = "javascript:alert(1)" }]"##),
        "content/briefings/second.md:7:21",
        "bad-url",
        expect![""],
    );
}

#[test]
fn credibility_out_of_range() {
    refused(
        &briefing(r##"[[claims]]
text = "A"
source = "Radio Brine"
credibility = 7"##),
        "content/briefings/second.md:7:15",
        "out-of-range",
        expect![""],
    );
}

#[test]
fn reserved_source() {
    refused(
        &briefing(r##"sources = ["unattributed"]"##),
        "content/briefings/second.md:4:12",
        "reserved-source",
        expect![""],
    );
}

#[test]
fn control_character() {
    refused(
        &briefing(r##"summary = "a\u0007b""##),
        "content/briefings/second.md:4:11",
        "control-character",
        expect![""],
    );
}

#[test]
fn bidi_override_in_front_matter() {
    refused(
        &briefing(r##"summary = "a\u202Eb""##),
        "content/briefings/second.md:4:11",
        "control-character",
        expect![""],
    );
}

#[test]
fn empty_title_of_a_claim() {
    refused(
        &briefing(r##"[[claims]]
text = " "
source = "Radio Brine""##),
        "content/briefings/second.md:5:8",
        "empty-text",
        expect![""],
    );
}

#[test]
fn name_that_makes_no_id() {
    refused(
        &briefing(r##"neighbourhoods = ["—"]"##),
        "content/briefings/second.md:4:19",
        "bad-name",
        expect![""],
    );
}

#[test]
fn bad_slug() {
    refused(
        &briefing(r##"slug = "Second Briefing""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![""],
    );
}

#[test]
fn reserved_slug() {
    refused(
        &briefing(r##"slug = "index""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![""],
    );
}

#[test]
fn slug_of_a_numbered_page() {
    refused(
        &briefing(r##"slug = "page-2""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![""],
    );
}

#[test]
fn slug_of_a_language() {
    refused(
        &briefing(r##"slug = "ar""##),
        "content/briefings/second.md:4:8",
        "bad-id",
        expect![""],
    );
}

#[test]
fn alias_that_is_no_page() {
    refused(
        &briefing(r##"aliases = ["old/page"]"##),
        "content/briefings/second.md:4:12",
        "bad-path",
        expect![""],
    );
}

#[test]
fn alias_that_leaves_the_site() {
    refused(
        &briefing(r##"aliases = ["../page.html"]"##),
        "content/briefings/second.md:4:12",
        "bad-path",
        expect![""],
    );
}

#[test]
fn alias_where_a_page_is() {
    refused(
        &briefing(r##"aliases = ["briefings/first.html"]"##),
        "content/briefings/second.md:4:12",
        "same-output",
        expect![""],
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
        "content/briefings/old/first.md:1:1",
        "same-output",
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn static_file_that_differs_from_a_page_in_case() {
    refused(
        r##"-- static/About.html --
<p>Mine.
"##,
        "static/About.html:1:1",
        "same-output",
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn dead_place() {
    refused(
        &body(r##"See [the harbour](place:harbor)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn dead_source() {
    refused(
        &body(r##"See [the radio](source:radio-brin)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn dead_claim() {
    refused(
        &body(r##"See [it](claim:pumps)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn dead_claim_of_another_briefing() {
    refused(
        &body(r##"See [it](claim:first/pump)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn dead_date() {
    refused(
        &body(r##"See [Sunday](date:2031-04-01)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn bad_date() {
    refused(
        &body(r##"See [Sunday](date:2031-02-30)."##),
        "content/briefings/second.md:6:5",
        "bad-date",
        expect![""],
    );
}

#[test]
fn dead_file() {
    refused(
        &body(r##"See [it](frist.md)."##),
        "content/briefings/second.md:6:5",
        "dead-link",
        expect![""],
    );
}

#[test]
fn dead_fragment() {
    refused(
        &body(r##"See [it](first.md#pump)."##),
        "content/briefings/second.md:6:5",
        "dead-fragment",
        expect![""],
    );
}

#[test]
fn dead_own_fragment() {
    refused(
        &body(r##"See [it](#pumps)."##),
        "content/briefings/second.md:6:5",
        "dead-fragment",
        expect![""],
    );
}

#[test]
fn dead_link_after_arabic() {
    refused(
        &body(r##"الهلك [a](x.md)"##),
        "content/briefings/second.md:6:7",
        "dead-link",
        expect![""],
    );
}

#[test]
fn link_out_of_the_site() {
    refused(
        &body(r##"See [it](../../../secret.md)."##),
        "content/briefings/second.md:6:5",
        "outside-the-site",
        expect![""],
    );
}

#[test]
fn script_link() {
    refused(
        &body(r##"See [it](javascript:alert(1))."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![""],
    );
}

#[test]
fn script_link_in_disguise() {
    refused(
        &body(r##"See [it](JaVa&#115;cript:alert(1))."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![""],
    );
}

#[test]
fn data_link() {
    refused(
        &body(r##"See [it](data:text/html,hi)."##),
        "content/briefings/second.md:6:5",
        "unsafe-url",
        expect![""],
    );
}

#[test]
fn undefined_reference() {
    refused(
        &body(r##"See [it][nowhere]."##),
        "content/briefings/second.md:6:5",
        "undefined-reference",
        expect![""],
    );
}

#[test]
fn undefined_footnote() {
    refused(
        &body(r##"See this.[^1]"##),
        "content/briefings/second.md:6:10",
        "undefined-footnote",
        expect![""],
    );
}

#[test]
fn heading_attributes() {
    refused(
        &body(r##"## Pumps {#pumps .big}"##),
        "content/briefings/second.md:6:10",
        "heading-attributes",
        expect![""],
    );
}

#[test]
fn picture_without_alt() {
    refused(
        &body(r##"![](pump.jpg)"##),
        "content/briefings/second.md:6:1",
        "no-alt",
        expect![""],
    );
}

#[test]
fn picture_that_is_not_there() {
    refused(
        &body(r##"![A pump](pump.jpg)"##),
        "content/briefings/second.md:6:1",
        "dead-link",
        expect![""],
    );
}

#[test]
fn picture_of_another_site() {
    refused(
        &body(r##"![A pump](https://example.org/pump.jpg)"##),
        "content/briefings/second.md:6:1",
        "remote-picture",
        expect![""],
    );
}

#[test]
fn bidi_override_in_a_body() {
    refused(
        &body("safe \u{202e}txt.exe"),
        "content/briefings/second.md:6:6",
        "bidi-control",
        expect![""],
    );
}

#[test]
fn control_character_in_a_body() {
    refused(
        &body("a\u{7}b"),
        "content/briefings/second.md:6:2",
        "control-character",
        expect![""],
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
        expect![""],
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
        expect![""],
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
        "bad-zone",
        expect![""],
    );
}

#[test]
fn site_toml_bad_syntax() {
    refused(
        r##"-- site.toml --
title = "Port Brine
"##,
        "site.toml:1:9",
        "toml-syntax",
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn template_unknown_variable() {
    refused(
        r##"-- templates/page.html --
{% extends "base.html" %}
{% block content %}<p>{{ page.titel }}</p>{% endblock content %}
"##,
        "templates/page.html:2:27",
        "template-render",
        expect![""],
    );
}

#[test]
fn template_unknown_filter() {
    refused(
        r##"-- templates/page.html --
{% extends "base.html" %}
{% block content %}<p>{{ page.title | upercase }}</p>{% endblock content %}
"##,
        "templates/page.html:2:42",
        "template-syntax",
        expect![""],
    );
}

#[test]
fn template_that_extends_nothing() {
    refused(
        r##"-- templates/page.html --
{% extends "bass.html" %}
"##,
        "templates/page.html:1:12",
        "template-syntax",
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn bad_ftl() {
    refused(
        r##"-- i18n/en.ftl --
claims = {
"##,
        "i18n/en.ftl:1:1",
        "words-syntax",
        expect![""],
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
        expect![""],
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
        expect![""],
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
        expect![""],
    );
}

#[test]
fn file_that_is_not_utf_8() {
    refused_after(
        |site| site.write_bytes("content/about.md", b"+++\ntitle = \"About\"\n+++\nCaf\xe9\n"),
        "content/about.md:4:4",
        "not-utf-8",
        expect![""],
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
    expect![""].assert_eq(&run.to_string());
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
    expect![""].assert_eq(&run.to_string());
}

#[test]
fn output_that_is_a_file() {
    let site = Site::new(GOOD);
    site.write("-- public --\nmine\n");
    let run = site.try_build();
    assert_eq!(site.read("public"), "mine\n");
    expect![""].assert_eq(&run.to_string());
}

#[test]
fn folder_without_a_site() {
    let run = Site::empty().try_build();
    expect![""].assert_eq(&run.to_string());
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
    expect![""].assert_eq(&run.to_string());
}

#[test]
fn the_same_faults_are_told_in_three_formats() {
    let site = Site::new(GOOD);
    site.write(&briefing("sumary = \"Short.\""));
    let told = |format: &str| site.run(&["check", "--now", common::NOW, "--format", format]).to_string();
    expect![""].assert_eq(&told("human"));
    expect![""].assert_eq(&told("short"));
    expect![""].assert_eq(&told("json"));
}
