//! The command line: the files, output and exit code of each command.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::common::http::{Preview, get};
use crate::common::{NOW, Run, Site, program, repository, tree};

/// Two briefings with a time in their front matter.
fn with(lines: &str) -> Site {
    Site::new(&format!(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\ntimezone = \"Asia/Damascus\"\n-- content/briefings/always.md --\n+++\ntitle = \"Always\"\ndate = 2031-05-01\n+++\n-- content/briefings/timed.md --\n+++\ntitle = \"Timed\"\ndate = 2031-05-01\n{lines}\n+++\nThe text of it.\n"
    ))
}

fn build_at(site: &Site, now: &str) -> Run {
    let run = site.run(&["build", "--now", now]);
    assert_eq!(run.code, Some(0), "{run}");
    run
}

#[test]
fn init_in_an_empty_folder_then_build_then_check() {
    let site = Site::empty();
    expect![[r#"
        -- stdout --
        a site that builds; what comes next:
        1. run: bulletin serve
        2. write the title, languages and time zone of the site in site.toml
        3. replace content/briefings/first-briefing.md, or run: bulletin new "TITLE"
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["init", "--now", NOW]).to_string());
    expect![[r#"
        -- stdout --
        public: 65 new, 0 changed, 0 unchanged, 0 removed
        -- stderr --
        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["build", "--now", NOW]).to_string());
    expect![[r#"
        -- stdout --
        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address
        -- stderr --
        0 errors, 0 warnings
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["check", "--now", NOW, "--deny-warnings"]).to_string());
    assert!(site.output("index.html").contains("First briefing"));
}

#[test]
fn init_makes_a_folder() {
    let site = Site::empty();
    let run = site.run(&["init", "deep/desk"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.exists("deep/desk/content/briefings/first-briefing.md"));
    let run = site.run(&["build", "--root", "deep/desk", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.exists("deep/desk/public/index.html"), "the output is in the root");
}

#[test]
fn init_writes_what_editors_read_of_site_toml() {
    let site = Site::empty();
    site.run(&["init"]);
    let rules = fs::read_to_string(site.path(".taplo.toml")).unwrap();
    for kind in ["site", "theme"] {
        let schema = format!(".schemas/{kind}.json");
        assert!(rules.contains(&schema), "{rules}");
        assert_eq!(fs::read_to_string(site.path(&schema)).unwrap(), site.run(&["schema", kind]).stdout);
    }
}

#[test]
fn init_for_a_forge_writes_its_workflow_and_to_a_site_that_is_there_only_that() {
    for (forge, file) in [("github", ".github/workflows/site.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let site = Site::empty();
        let run = site.run(&["init", "--ci", forge]);
        assert!(run.code == Some(0) && site.exists("site.toml"), "{run}");
        let workflow = fs::read_to_string(site.path(file)).unwrap();
        for command in ["bulletin check", "bulletin build", "bulletin due", env!("CARGO_PKG_VERSION")] {
            assert!(workflow.contains(command), "{command}: {workflow}");
        }
        assert_eq!(site.run(&["build", "--now", NOW]).code, Some(0));
        fs::remove_file(site.path(file)).unwrap();
        assert_eq!(site.run(&["init", "--ci", forge]).stdout, format!("{file}\n"));
        assert_eq!(site.run(&["init", "--ci", forge]).code, Some(2));
    }
}

#[test]
fn init_refuses_existing_files() {
    let site = Site::new("-- content/about.md --\nmine\n");
    expect![[r#"
        -- stderr --
        error[file-exists]: already there, and left as it is: content/about.md
         = help: choose an empty folder: bulletin init DIR
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["init"]).to_string());
    assert_eq!(tree(site.root()).len(), 1);
    assert_eq!(site.read("content/about.md"), "mine\n");
}

/// Writes what a new briefing needs.
fn fill_in(site: &Site, path: &str) {
    site.edit(path, "text     = \"\"", "text     = \"The pumps run.\"");
    site.edit(path, "source   = \"\"", "source   = \"City water utility\"");
}

#[test]
fn new_writes_a_briefing_and_the_build_says_what_to_fill_in() {
    let site = Site::empty();
    site.run(&["init"]);
    expect![[r#"
        -- stdout --
        content/briefings/water-is-back-at-last.md
        -- stderr --
        next: fill in `text` and `source` of its claim, or delete the claim
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["new", "Water is back: \"at last\""]).to_string());
    let run = site.run(&["build", "--now", "2099-01-01"]);
    assert!(run.stderr.contains("`text` is empty") && run.stderr.contains("`source` is empty"), "{run}");
    assert!(run.stderr.contains("2 errors, 0 warnings"), "{run}");
    fill_in(&site, "content/briefings/water-is-back-at-last.md");
    build_at(&site, "2099-01-01");
    assert!(site.output("briefings/water-is-back-at-last.html").contains("Water is back"));
    expect![[r#"
        -- stderr --
        error[file-exists]: content/briefings/water-is-back-at-last.md is already there, and left as it is
         = help: choose another title; it can be changed in the file
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["new", "water is back, at last"]).to_string());
}

#[test]
fn new_dates_a_briefing_in_the_zone_of_the_site() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\ntimezone = \"Asia/Damascus\"\n-- content/index.md --\n+++\n+++\n",
    );
    site.run(&["new", "Water", "--now", "2016-10-02T18:40:00Z"]);
    assert!(site.read("content/briefings/water.md").contains("\ndate    = 2016-10-02T21:40:00+03:00\n"));
}

#[test]
fn new_writes_each_kind_of_file_and_the_site_builds() {
    let site = Site::empty();
    site.run(&["init", "--now", NOW]);
    for (kind, title, path) in [
        ("neighbourhood", "حي الميناء", "content/neighbourhoods/حي-الميناء.md"),
        ("source", "Radio \"Brine\"", "content/sources/radio-brine.md"),
        ("event", "Fire at the pumps", "content/events/fire-at-the-pumps.md"),
        ("page", "Who we are", "content/who-we-are.md"),
    ] {
        let run = site.run(&["new", kind, title]);
        assert_eq!((run.code, &*run.stdout), (Some(0), &*format!("{path}\n")), "{run}");
        build_at(&site, NOW);
    }
    let run = site.run(&["new", "briefing", "Pumps"]);
    fill_in(&site, "content/briefings/pumps.md");
    build_at(&site, "2099-01-01");
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn new_refuses_ids_that_are_taken_and_arguments_that_do_not_fit() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguages = [\"en\", \"ar\"]\n\
         -- content/briefings/2031/water.md --\n+++\ntitle = \"W\"\ndate = 2031-01-01\n+++\n\
         -- content/sources/dr.md --\n+++\ntitle = \"Dr Zoe Miller\"\nprotected = true\nlabel = \"a nurse\"\n+++\n",
    );
    let mut found = String::new();
    for words in [
        &["Water"][..],
        &["page", "ar"],
        &["source", "Unattributed"],
        &["source", "dr"],
        &["event"],
        &["evnet", "Fire"],
        &["page", "Who", "we", "are"],
        &["translation", "ar"],
    ] {
        let before = tree(site.root());
        found += &site.run(&[&["new"], words].concat()).to_string();
        assert_eq!(tree(site.root()), before);
    }
    expect![[r#"
        -- stderr --
        error[bad-id]: the briefing would have the id "water", but content/briefings/2031/water.md has it
         = help: give a title with other words; it can be changed in the file
        -- exit 2 --
        -- stderr --
        error[bad-id]: the page would have the id "ar", but that is a language of this site
         = help: give a title with other words; it can be changed in the file
        -- exit 2 --
        -- stderr --
        error[bad-id]: the source would have the id "unattributed", but that means no source
         = help: give a title with other words; it can be changed in the file
        -- exit 2 --
        -- stderr --
        error[file-exists]: content/sources/dr.md is already there, and left as it is
         = help: choose another title; it can be changed in the file
        -- exit 2 --
        -- stderr --
        error[bad-arguments]: the new event has no title
         = help: write bulletin new event "TITLE"
        -- exit 2 --
        -- stderr --
        error[bad-arguments]: "evnet" is not a kind of file
         = help: write bulletin new event "Fire"
         = help: the kinds are briefing, neighbourhood, source, event, page, translation
        -- exit 2 --
        -- stderr --
        error[bad-arguments]: a title of several words needs quotes around it
         = help: write bulletin new page "Who we are"
        -- exit 2 --
        -- stderr --
        error[bad-arguments]: a translation needs the file that it translates and a language
         = help: write bulletin new translation content/briefings/FILE.md LANGUAGE
        -- exit 2 --
    "#]]
    .assert_eq(&found);
}

const TRANSLATED: &str = r#"-- site.toml --
title = "Harbour"
languages = ["en", "ar"]
topics = ["water"]
-- content/briefings/water.md --
+++
title   = "Water is back"
date    = 2031-05-02T10:00:00Z
summary = """The pumps run.
All of them."""
not_known = ["How long", "Why \"now\""]

[[claims]]
id     = "pumps"
text   = "Six pumps run."
source = "unattributed"
status = "confirmed"
status_why = "Our reporter counted them."
figure = { measure = "pumps", said = "six", min = 6, who = "pumps" }

[[claims]]
text   = "The tanks are full."
source = "unattributed"

[[claims]]
id     = "خزان"
text   = "A tank leaks."
source = "unattributed"

[[corrections]]
id   = "six"
at   = 2031-05-03
kind = "correction"
why  = "It was five."

[[corrections]]
at   = 2031-05-04
kind = "update"
why  = "More is known."
+++
The pumps <!-- all --> run.

See [one](claim:pumps).
"#;

#[test]
fn new_writes_a_translation_with_a_key_for_each_text_of_its_original() {
    let site = Site::new(TRANSLATED);
    expect![[r#"
        -- stdout --
        content/briefings/water.ar.md
        -- stderr --
        next: write the translations between the quotes; what stays empty is shown as in the original
        -- exit 0 --
    "#]]
    .assert_eq(
        &site.run(&["new", "translation", "content/briefings/water.md", "ar", "--now", NOW]).to_string(),
    );
    expect![[r#"
        +++
        original = "water"

        # The words of the original are above each key. What stays empty is shown as in the original.

        # Water is back
        title = ""
        # The pumps run.
        # All of them.
        summary = ""
        not_known = [
            # How long
            "",
            # Why "now"
            "",
        ]
        # When the translation last matched its original.
        updated = 2031-06-01T00:00:00+00:00

        [claim_text]
        # Six pumps run.
        pumps = ""
        # This claim has no id, and is numbered by its place: give it an id in the original before you move claims.
        # The tanks are full.
        2 = ""
        # A tank leaks.
        "خزان" = ""

        [status_why]
        # Our reporter counted them.
        pumps = ""

        [figure_said]
        # six
        pumps = ""

        [figure_who]
        # pumps
        pumps = ""

        [correction_why]
        # It was five.
        six = ""
        # The correction of 2031-05-04T00:00:00+00:00 has no id; give it one in the original, and its reason can be translated.
        +++

        <!--
        The pumps  run.

        See [one](claim:pumps).
        -->
    "#]].assert_eq(&site.read("content/briefings/water.ar.md"));
    build_at(&site, NOW);
    assert!(site.output("ar/briefings/water.html").contains("See <a"), "the original is shown");
    let path = "content/briefings/water.ar.md";
    site.edit(path, "pumps = \"\"\n# This", "pumps = \"ست مضخات تعمل.\"\n# This");
    build_at(&site, NOW);
    assert!(site.output("ar/briefings/water.html").contains("ست مضخات تعمل."));
    assert!(!site.output("ar/briefings/water.html").contains("Six pumps run."));
}

#[test]
fn new_refuses_translations_that_cannot_be() {
    let site = Site::new(TRANSLATED);
    site.write_bytes(
        "content/sources/dr.md",
        b"+++\ntitle = \"Zoe Miller\"\nsummary = \"A nurse of the north clinic.\"\nprotected = true\nlabel = \"a nurse\"\n+++\n",
    );
    site.write_bytes(
        "content/briefings/leak.md",
        b"+++\ntitle = \"L\"\ndate = 2031-05-02\nsummary = \"Zoe Miller\"\n+++\n",
    );
    site.write_bytes("content/about.md", b"+++\ntitle = \"About\"\n+++\n");
    site.write_bytes("content/about.ar.md", "+++\ntitle = \"عنا\"\n+++\n".as_bytes());
    let mut found = String::new();
    for (file, language) in [
        ("content/briefings/water.md", "fr"),
        ("content/briefings/water.md", "en"),
        ("content/briefings/watre.md", "ar"),
        ("content/about.md", "ar"),
        ("content/about.ar.md", "ar"),
        ("content/sources/dr.md", "ar"),
        ("content/briefings/leak.md", "ar"),
    ] {
        let before = tree(site.root());
        found += &site.run(&["new", "translation", file, language, "--now", NOW]).to_string();
        assert_eq!(tree(site.root()), before, "{file}");
    }
    assert!(!found.contains("Zoe"));
    expect![[r#"
        -- stderr --
        error[unknown-language]: "fr" is not a language of this site
         = help: add "fr" to `languages` in site.toml, which has en and ar
        -- exit 2 --
        -- stderr --
        error[default-language]: "en" is the site's own language
         = help: its text belongs in the original
        -- exit 2 --
        -- stderr --
        error[no-original]: content/briefings/watre.md is not an article of this site
         = help: did you mean content/briefings/water.md?
        -- exit 2 --
        -- stderr --
        error[file-exists]: content/about.ar.md is already there, and left as it is
         = help: write the translation into it, or delete it first
        -- exit 2 --
        -- stderr --
        error[no-original]: content/about.ar.md is a translation itself
         = help: write bulletin new translation content/about.md ar
        -- exit 2 --
        -- stderr --
        error[no-original]: a protected source cannot be translated
         = help: it has no page; readers see only its `label`
        -- exit 2 --
        -- stderr --
        error[redacted-word]: content/briefings/leak.md holds private words, which must not get into another file
         = help: remove them first; `bulletin build` reports each with its place
        -- exit 2 --
    "#]].assert_eq(&found);
}

#[test]
fn new_takes_a_title_in_arabic() {
    let site = Site::empty();
    site.run(&["init"]);
    let run = site.run(&["new", "عاد الماء"]);
    assert_eq!(run.stdout, "content/briefings/عاد-الماء.md\n", "{run}");
    fill_in(&site, "content/briefings/عاد-الماء.md");
    build_at(&site, "2099-01-01");
    assert!(site.exists("public/briefings/عاد-الماء.html"));
    let page = crate::common::html::Page::parse(&site.output("briefings/index.html"));
    let hrefs = page.values("ol.items a[href]", "href");
    let leads = |href: &String| {
        crate::common::html::resolve("briefings/index.html", href).0 == "briefings/عاد-الماء.html"
    };
    assert!(hrefs.iter().any(leads), "{hrefs:?}");
}

#[test]
fn new_refuses_a_title_without_letters_and_a_folder_without_a_site() {
    let site = Site::empty();
    expect![[r#"
        -- stderr --
        error[no-site]: there is no site here: neither site.toml nor content/
         = help: run `bulletin init` to begin one, or give its folder with --root
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["new", "Water"]).to_string());
    site.run(&["init"]);
    for title in ["…", "a\u{7}b", "index", ""] {
        let run = site.run(&["new", title]);
        assert_eq!(run.code, Some(2), "{title:?}: {run}");
    }
    assert_eq!(site.run(&["new", "../../etc/passwd"]).code, Some(0));
    let names: Vec<String> = tree(&site.path("content/briefings")).into_keys().collect();
    assert_eq!(names, ["etc-passwd.md", "first-briefing.md"], "a title is no path");
}

#[test]
fn an_embargo_opens_at_the_exact_second_across_offsets() {
    let site = with("embargo_until = 2031-05-20T12:00:00+03:00");
    for (now, is_open) in [
        ("2031-05-20T11:59:59+03:00", false),
        ("2031-05-20T12:00:00+03:00", true),
        ("2031-05-20T08:59:59Z", false),
        ("2031-05-20T09:00:00Z", true),
        ("2031-05-20T14:29:59+05:30", false),
        ("2031-05-20T14:30:00+05:30", true),
        ("2031-05-20", false),
        ("2031-05-21", true),
    ] {
        build_at(&site, now);
        assert_eq!(site.exists("public/briefings/timed.html"), is_open, "{now}");
        assert_eq!(site.output("index.html").contains("Timed"), is_open, "{now}");
    }
}

#[test]
fn an_expired_briefing_becomes_a_stub_at_the_exact_second() {
    let site = with("expires = 2031-05-20T12:00:00+03:00");
    for (now, is_there) in [("2031-05-20T08:59:59Z", true), ("2031-05-20T09:00:00Z", false)] {
        build_at(&site, now);
        assert_eq!(site.output("briefings/timed.html").contains("The text of it"), is_there, "{now}");
        assert_eq!(site.output("briefings/index.html").contains("Timed"), is_there, "{now}");
        assert_eq!(site.output("index.html").contains("No longer current"), !is_there, "{now}");
    }
}

#[test]
fn a_withdrawn_briefing_is_a_stub_that_says_why_and_its_text_is_gone() {
    let site = with("withdrawn = { at = 2031-05-02T00:00:00Z, why = \"It was wrong.\" }");
    build_at(&site, NOW);
    let stub = site.output("briefings/timed.html");
    assert!(stub.contains("It was wrong.") && !stub.contains("The text of it"));
    for (path, bytes) in tree(&site.public()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("The text of it"), "{path}");
    }
}

#[test]
fn drafts_are_built_on_demand_only() {
    let site = with("draft = true");
    build_at(&site, NOW);
    assert!(!site.exists("public/briefings/timed.html"));
    let run = site.run(&["build", "--now", NOW, "--drafts"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.exists("public/briefings/timed.html"));
}

#[test]
fn a_link_to_an_unpublished_page_is_an_error() {
    for hidden in ["draft = true", "embargo_until = 2032-01-01T00:00:00Z"] {
        let site = with(hidden);
        site.write("-- content/about.md --\n+++\ntitle = \"A\"\n+++\n[it](briefings/timed.md)\n");
        let run = site.try_build();
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stderr.contains("error[hidden-target]"), "{run}");
    }
}

#[test]
fn root_and_out_work_in_any_folder() {
    let site = Site::named("port-brine");
    let elsewhere = Site::empty();
    let root = site.root().to_str().unwrap();
    let run = elsewhere.run(&["build", "--root", root, "--out", "deep/out", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.starts_with("deep/out: "), "{run}");
    assert!(elsewhere.exists("deep/out/index.html"), "--out counts from the current folder");
    assert!(!site.exists("public"));
}

#[test]
fn base_url_adds_a_sitemap_and_the_link_on_404() {
    let site = Site::named("port-brine");
    build_at(&site, NOW);
    assert!(!site.exists("public/sitemap.xml"));
    let run = site.run(&["build", "--now", NOW, "--base-url", "https://brine.example/x"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.output("sitemap.xml").contains("<loc>https://brine.example/x/about.html</loc>"));
    assert!(site.output("robots.txt").contains("Sitemap: https://brine.example/x/sitemap.xml"));
    assert!(site.output("404.html").contains("https://brine.example/x/"));
}

#[test]
fn quiet_prints_only_diagnostics() {
    let site = with("");
    let run = site.run(&["build", "-q", "--now", NOW]);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    site.edit("content/briefings/timed.md", "title = \"Timed\"", "titel = \"Timed\"");
    let run = site.run(&["build", "-q", "--format", "short", "--now", NOW]);
    expect![[r#"
        -- stderr --
        content/briefings/timed.md:2:1: error[unknown-key]: `titel` is not a key of a briefing
        -- exit 1 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn json_is_one_object_per_line() {
    let site = with("sumary = \"S\"");
    site.write("-- content/about.md --\n[x]\n");
    let run = site.run(&["check", "--format", "json", "--now", NOW]);
    for line in run.stdout.lines().filter(|line| !line.starts_with("{\"summary\"")) {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["severity", "code", "message", "place", "help"] {
            assert!(value.get(key).is_some(), "{key}: {line}");
        }
    }
    assert_eq!(run.stdout.lines().count(), 3, "{run}");
}

#[test]
fn check_writes_nothing_and_can_deny_warnings() {
    let site = with("neighbourhoods = [\"Harbuor\"]");
    site.write("-- content/neighbourhoods/harbour.md --\n+++\ntitle = \"Harbour\"\n+++\n");
    let before = tree(site.root());
    let run = site.run(&["check", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("warning[near-known-neighbourhood]"), "{run}");
    assert_eq!(site.run(&["check", "--now", NOW, "--deny-warnings"]).code, Some(1));
    assert_eq!(tree(site.root()), before);
}

#[test]
fn colour_is_for_terminals() {
    let site = with("sumary = \"S\"");
    let said = |arguments: &[&str]| site.run(&[&["build", "--now", NOW], arguments].concat()).stderr;
    assert!(!said(&[]).contains('\u{1b}'));
    assert!(said(&["--color", "always"]).contains('\u{1b}'));
    assert!(!said(&["--color", "never"]).contains('\u{1b}'));
}

#[test]
fn input_cannot_control_the_terminal() {
    let site = with("kind = \"\\u001b[2J\\u202e\"");
    site.write_bytes("content/briefings/\u{1b}[31m.md", b"x");
    for format in ["human", "short", "json"] {
        let run = site.run(&["check", "--now", NOW, "--format", format]);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{format}: {said:?}");
    }
}

#[test]
fn usage_errors_end_with_2() {
    let site = with("");
    for arguments in [
        &[][..],
        &["biuld"],
        &["build", "--nwo", "2031-01-01"],
        &["build", "--now", "yesterday"],
        &["build", "--now", "2031-02-30"],
        &["build", "--now", "2031-05-01T10:00:00"],
        &["build", "--base-url", "brine.example"],
        &["build", "--base-url", "javascript:alert(1)"],
        &["build", "--format", "xml"],
        &["new"],
        &["serve", "--port", "70000"],
    ] {
        let run = site.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {run}");
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{arguments:?}: {run}");
    }
    for arguments in [["--help"], ["--version"]] {
        let run = site.run(&arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}");
        assert!(run.stderr.is_empty() && !run.stdout.is_empty(), "{arguments:?}: {run}");
    }
}

#[test]
fn a_missing_folder_is_reported() {
    let run = Site::empty().run(&["build", "--root", "nowhere", "--now", NOW]);
    expect![[r#"
        -- stderr --
        error[no-root]: --root names no folder: nowhere
         = help: check the path
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn serve_ends_with_130_when_interrupted() {
    let site = with("");
    let mut preview = Preview::of(&site, &[]);
    assert_eq!(get(&preview.url).status, 200);
    let process = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let begun = Instant::now();
    let code = loop {
        if let Some(status) = preview.child.try_wait().unwrap() {
            break status.code();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "it goes on");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(code, Some(130));
}

#[test]
fn serve_reports_errors_and_continues() {
    let site = with("sumary = \"S\"");
    let mut preview = Preview::of(&site, &[]);
    assert_eq!(get(&preview.url).status, 503);
    preview.child.kill().unwrap();
    let mut said = String::new();
    preview.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("error[unknown-key]"), "{said}");
}

#[test]
fn serve_takes_the_next_free_port() {
    let site = with("");
    let first = Preview::of(&site, &[]);
    let port = first.url.trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
    let mut command = program(&["serve", "--now", NOW, "--port", &port]);
    let mut second =
        command.current_dir(site.root()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = [0; 20];
    second.stdout.as_mut().unwrap().read_exact(&mut line).unwrap();
    second.kill().unwrap();
    let mut said = String::new();
    second.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    second.wait().unwrap();
    assert!(said.contains(&format!("port {port} is in use; using ")), "{said}");
}

#[test]
fn serve_answers_to_localhost_only() {
    let site = with("");
    let preview = Preview::of(&site, &[]);
    let response = ureq::get(&preview.url)
        .header("host", "evil.example")
        .config()
        .http_status_as_error(false)
        .build()
        .call()
        .unwrap();
    assert_eq!(response.status(), 403, "another name that leads here is a page of somebody else's");
}

#[test]
fn a_broken_pipe_is_no_panic() {
    let site = Site::named("port-brine");
    for number in 0..200 {
        site.write(&format!("-- content/briefings/bad-{number}.md --\n+++\ntitle = 1\n+++\n"));
    }
    let mut child =
        site.command(&["check", "--now", NOW]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let code = child.wait().unwrap().code();
    assert_eq!(said, "400 errors, 1 warning\n");
    assert_eq!(code, Some(1), "the exit code is that of the check");
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let site = with("");
    build_at(&site, NOW);
    // The lock is on the journal.
    let journal = fs::File::open(site.public().join(".bulletin")).unwrap();
    journal.lock().unwrap();
    let run = site.try_build();
    assert_eq!(run.code, Some(2), "{run}");
    expect![[r#"
        -- stderr --
        error[output-locked]: another build is writing to public
         = help: wait until it is done, or build into another folder with --out

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn the_demo_builds_without_a_warning() {
    let run = Site::copy_of(repository()).build();
    assert!(!run.stderr.contains("warning"), "{run}");
}

#[test]
fn an_output_among_the_sources_is_refused_however_it_is_written() {
    let site = with("");
    std::fs::create_dir(site.root().join("there")).unwrap();
    std::os::unix::fs::symlink("../content", site.root().join("there/link")).unwrap();
    std::fs::create_dir(site.root().join("hidden")).unwrap();
    std::os::unix::fs::symlink("hidden", site.root().join("private")).unwrap();
    let whole = site.root().join("content/pub").to_string_lossy().into_owned();
    for out in [
        ".",
        "content/pub",
        "static",
        "./templates/x",
        "themes",
        "private",
        "private/sources",
        "hidden/sources",
        "redact.txt",
        "redact.txt/x",
        "site.toml",
        "x/../content/pub",
        "there/link/pub",
        "there/link/../static",
        &whole,
        "..",
        "/",
        ".git",
    ] {
        let run = site.run(&["build", "--out", out, "--now", NOW]);
        assert_eq!((run.code, run.stderr.contains("error[bad-out]")), (Some(2), true), "{out}: {run}");
    }
}

#[test]
fn what_systems_and_editors_leave_is_not_published() {
    let site = with("");
    let left = [
        "Thumbs.db",
        "Desktop.ini",
        "~$plan.odt",
        ".DS_Store",
        "._plan.txt",
        ".plan.txt.swp",
        "plan.txt~",
        "#plan.txt#",
        ".#plan.txt",
        "plan.txt.swo",
        "__MACOSX/plan.txt",
        ".git/config",
        ".env",
    ];
    let kept = ["plan.txt", ".well-known/security.txt", ".nojekyll"];
    for name in left.iter().chain(&kept) {
        site.write_bytes(&format!("static/{name}"), b"text");
    }
    site.build();
    left.iter().for_each(|name| assert!(!site.exists(&format!("public/{name}")), "{name}"));
    kept.iter().for_each(|name| assert!(site.exists(&format!("public/{name}")), "{name}"));
}

#[test]
fn short_names_resolve_and_unattributed_is_no_source() {
    let site = with("sources = [\"RGO\"]\n[[claims]]\ntext = \"The river rose.\"\nsource = \"Unattributed\"");
    site.write("-- content/sources/gauge.md --\n+++\ntitle = \"River Gauge Office\"\nshort = \"RGO\"\n+++\n");
    site.build();
    assert!(site.output("sources/gauge.html").contains("briefings/timed.html"));
    assert!(!site.public().join("sources/rgo.html").exists());
    assert!(!site.public().join("sources/unattributed.html").exists());
}

#[test]
fn a_site_is_found_from_any_folder_within_it() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\n-- content/briefings/2031/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\n+++\n",
    );
    let mut command = site.command(&["build", "--now", NOW]);
    let run = Run::of(command.current_dir(site.path("content/briefings/2031")));
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.exists("public/briefings/a.html"), "{run}");
    let mut command = site.command(&["build", "--now", NOW, "--out", "x"]);
    let run = Run::of(command.current_dir(site.path("content/briefings")));
    assert_eq!(run.code, Some(2), "sources are no place for the output: {run}");
}

#[test]
fn before_the_first_publish_nothing_is_as_it_was() {
    let site =
        Site::new("-- site.toml --\ntitle = \"T\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\n+++\n");
    assert!(site.try_build().stderr.ends_with("1 error, 0 warnings; nothing was written\n"));
}

#[test]
fn check_prints_what_is_due_before_what_is_wrong() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\n+++\n[a](b.md)\n-- content/briefings/c.md --\n+++\ntitle = \"C\"\ndate = 2031-05-02\nexpires = 2031-06-02\n+++\n",
    );
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    let severities: Vec<&str> = run.stdout.lines().filter_map(|line| line.split("]: ").next()).collect();
    assert!(severities.last().is_some_and(|last| last.contains("error[dead-link")), "{run}");
    assert!(severities[0].contains("note["), "{run}");
}

#[test]
fn completions_of_every_shell_know_the_commands_and_manual_pages_their_options() {
    let site = Site::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = site.run(&["completions", shell]);
        assert!(run.code == Some(0) && run.stdout.contains("untranslated"), "{shell}: {run}");
    }
    let page = site.run(&["man", "build"]).stdout;
    assert!(page.contains(".TH bulletin-build 1") && page.contains("durable"), "{page}");
    assert!(site.run(&["man"]).stdout.contains(".TH bulletin 1"));
    expect![[r#"
        -- stderr --
        error[unknown-command]: there is no command `biuld`
         = help: did you mean `build`?
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["man", "biuld"]).to_string());
}

#[test]
fn new_refuses_a_name_that_a_record_of_its_kind_has() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguages = [\"en\", \"ar\"]\n\
         -- content/neighbourhoods/harbour.md --\n+++\ntitle = \"Harbour\"\nspellings = [\"The Quay\"]\n+++\n\
         -- content/sources/rb.md --\n+++\ntitle = \"Radio Brine\"\nshort = \"RBR\"\nkind = \"newsroom\"\nnames = { ar = \"راديو\" }\n+++\n\
         -- content/events/fire.md --\n+++\ntitle = \"Fire at the mill\"\n+++\n\
         -- content/events/fire.ar.md --\n+++\ntitle = \"حريق\"\n+++\n\
         -- private/sources/s1.md --\n+++\ntitle = \"The nurse\"\nkind = \"resident\"\nprotected = true\nlabel = \"a nurse\"\n+++\n",
    );
    let mut found = String::new();
    for (kind, title) in [
        ("neighbourhood", "the quay"),
        ("source", "Radio Brine"),
        ("source", "RBR"),
        ("source", "راديو"),
        ("event", "حريق"),
        ("source", "The Nurse"),
    ] {
        let before = tree(site.root());
        found += &site.run(&["new", kind, title]).to_string();
        assert_eq!(tree(site.root()), before);
    }
    expect![[r#"
        -- stderr --
        error[name-claimed-twice]: "the quay" is already a name of content/neighbourhoods/harbour.md
         = help: write into that file; if another neighbourhood is meant, give it a title that says which, and name each under `not` of the other
        -- exit 2 --
        -- stderr --
        error[name-claimed-twice]: "Radio Brine" is already a name of content/sources/rb.md
         = help: write into that file
        -- exit 2 --
        -- stderr --
        error[name-claimed-twice]: "RBR" is already a name of content/sources/rb.md
         = help: write into that file
        -- exit 2 --
        -- stderr --
        error[name-claimed-twice]: "راديو" is already a name of content/sources/rb.md
         = help: write into that file
        -- exit 2 --
        -- stderr --
        error[name-claimed-twice]: "حريق" is already a name of content/events/fire.md
         = help: write into that file
        -- exit 2 --
        -- stderr --
        error[redacted-word]: the title holds a private word, or a name of a protected source
         = help: write a label instead of the name; a record of a protected source belongs in private/sources/
        -- exit 2 --
    "#]].assert_eq(&found);
    assert_eq!(site.run(&["new", "event", "The quay"]).code, Some(0), "a name of another kind");
    assert_eq!(site.run(&["new", "briefing", "Radio Brine"]).code, Some(0), "a briefing has no names");
}

#[test]
fn new_writes_nothing_next_to_a_fault_of_the_settings() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguages = [\"en\", \"ar\"]\ntimezone = \"Asia/Damascsu\"\n\
         -- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\nsumary = \"x\"\n+++\n",
    );
    for words in [&["Water"][..], &["event", "Fire"], &["translation", "content/briefings/a.md", "ar"]] {
        let before = tree(site.root());
        let run = site.run(&[&["new"], words, &["--format", "short"]].concat());
        assert_eq!(tree(site.root()), before);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.starts_with("site.toml:3:12: error[bad-timezone]"), "{run}");
        assert_eq!(run.stderr.lines().count(), 1, "{run}");
    }
}

#[test]
fn new_writes_no_private_word_and_no_protected_name() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\n-- redact.txt --\nBlackbird\n-- private/sources/s1.md --\n+++\ntitle = \"Ahmad Khoury\"\nkind = \"resident\"\nprotected = true\nlabel = \"a doctor\"\n+++\n-- content/index.md --\nText.\n",
    );
    for (kind, title) in
        [("source", "Ahmad Khoury"), ("briefing", "Blackbird at night"), ("page", "ahmad-khoury")]
    {
        let run = site.run(&["new", kind, title]);
        assert!(run.code == Some(2) && run.stderr.contains("error[redacted-word]"), "{run}");
        assert!(!run.to_string().contains("Ahmad") && !run.to_string().contains("Blackbird"), "{run}");
    }
    assert!(!site.exists("content/sources") && !site.exists("content/briefings"));
    assert_eq!(site.run(&["new", "briefing", "Night"]).code, Some(0));
}
