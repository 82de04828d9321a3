//! A build of which nothing has changed is left out; every other one is done. With the real program.

#![allow(clippy::disallowed_methods, reason = "these tests set the times of files")]

use std::fs::{self, File, FileTimes};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use crate::common::{NOW, PROGRAM, Run, Site, assert_same_tree, tree};

const LINE: &str = "nothing has changed since the last build of public\n";

/// With a warning, a note, a private record and each kind of file that a build reads.
const SITE: &str = "-- site.toml --
title = \"A site\"
[budget]
text = 300
-- redact.txt --
Wrongword
-- private/sources/x.md --
+++
title = \"Jane Roe\"
protected = true
label = \"a resident\"
+++
-- content/about.md --
+++
title = \"About\"
+++
Text of a page that is longer than its budget allows.
-- content/briefings/a/index.md --
+++
title = \"A\"
date = 2031-05-01
sources = [\"Harbour Office\"]
+++
Text with a [note](note.txt).
-- content/briefings/a/note.txt --
A note.
-- content/briefings/b.md --
+++
title = \"B\"
date = 2031-05-02
+++
Text.
-- static/plain.txt --
Plain.
-- templates/parts/extra.html --
-- i18n/en.ftl --
home = Start
";

const CITY: &str = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
  "properties": {"layer": "road"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}]}"#;

/// A site that was built once.
fn site_of(text: &str) -> Site {
    let site = Site::new(text);
    let first = site.try_build();
    assert_eq!(first.code, Some(0), "{first}");
    assert!(!first.stderr.contains(LINE), "{first}");
    site
}

fn built() -> Site {
    let site = site_of(SITE);
    assert_unchanged(&site, &["build", "--now", NOW]);
    site
}

fn assert_unchanged(site: &Site, arguments: &[&str]) {
    let run = site.run(arguments);
    assert!(run.stderr.ends_with(LINE) && run.code == Some(0), "{run}");
}

/// A full build.
fn assert_built(site: &Site, arguments: &[&str], why: &str) {
    let run = site.run(arguments);
    assert!(run.code == Some(0) && !run.stderr.contains(LINE), "{why}: {run}");
}

fn write_with_time_of(path: &Path, bytes: &[u8]) {
    let modified = path.metadata().unwrap().modified().unwrap();
    fs::write(path, bytes).unwrap();
    set_modified(path, modified);
}

fn set_modified(path: &Path, modified: SystemTime) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(modified)).unwrap();
}

/// The same length, so that only times can show it.
fn other_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.iter().rposition(u8::is_ascii_lowercase).unwrap();
    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
    bytes
}

/// Without the tables of `--verbose`, which say what each build did.
fn without_times(stderr: &str) -> &str {
    stderr.split_once("\n      time ").map_or(stderr, |(report, _)| report)
}

#[test]
fn an_unchanged_build_reports_and_says_the_same_and_writes_nothing() {
    let site = built();
    let before = crate::common::stamps(&site.public());
    let record = fs::read(site.path("public/.bulletin-built")).unwrap();
    for more in
        [&[][..], &["-q"], &["-v"], &["--format", "json"], &["--format", "sarif"], &["--format", "short"]]
    {
        let arguments: Vec<&str> = ["build", "--now", NOW].iter().chain(more).copied().collect();
        let fast = site.run(&arguments);
        fs::remove_file(site.path("public/.bulletin-built")).unwrap();
        let full = site.run(&arguments);
        fs::write(site.path("public/.bulletin-built"), &record).unwrap();
        let said = fast.stderr.replace(LINE, "");
        assert_eq!(without_times(&said), without_times(&full.stderr), "{more:?}");
        assert_eq!((&fast.stdout, fast.code), (&full.stdout, full.code), "{more:?}");
        assert!(full.stderr.contains("warning") || more == ["-q"], "{full}");
        let says_why = more.is_empty() || more == ["-v"] || more == ["--format", "short"];
        assert_eq!(fast.stderr.contains(LINE), says_why, "{more:?}");
    }
    assert_eq!(crate::common::stamps(&site.public()), before);
    assert_unchanged(&site, &["build", "--now", NOW]);
}

#[test]
fn every_change_of_an_input_leads_to_a_build() {
    let path = "content/briefings/b.md";
    type Change = (&'static str, fn(&Site));
    let changes: [Change; 18] = [
        ("touched", |site| set_modified(&site.path("content/about.md"), SystemTime::now())),
        ("other bytes", |site| site.edit("content/about.md", "Text", "Word")),
        ("the same length and time", |site| {
            let path = site.path("content/about.md");
            write_with_time_of(&path, &other_bytes(&path));
        }),
        ("replaced, with the same length and time", |site| {
            let path = site.path("content/about.md");
            let modified = path.metadata().unwrap().modified().unwrap();
            fs::write(site.path("content/new.tmp"), other_bytes(&path)).unwrap();
            set_modified(&site.path("content/new.tmp"), modified);
            fs::rename(site.path("content/new.tmp"), &path).unwrap();
        }),
        ("a time in the past", |site| {
            set_modified(&site.path("content/about.md"), SystemTime::now() - Duration::from_secs(1 << 30));
        }),
        ("added", |site| site.write("-- content/c.md --\n+++\ntitle = \"C\"\n+++\n")),
        ("removed", |site| site.remove("content/c.md")),
        ("an attachment", |site| site.write("-- content/briefings/a/note.txt --\nA bill.\n")),
        ("static", |site| site.write("-- static/new.txt --\nNew.\n")),
        ("words", |site| site.write("-- i18n/en.ftl --\nhome = Begin\n")),
        ("a private word", |site| site.write("-- redact.txt --\nOtherword\n")),
        ("no private word", |site| site.remove("redact.txt")),
        ("a private record", |site| {
            site.write("-- private/sources/y.md --\n+++\ntitle = \"John Poe\"\nprotected = true\nlabel = \"a sailor\"\n+++\n");
        }),
        ("site.toml", |site| site.edit("site.toml", "A site", "The site")),
        ("a city", |site| site.write_bytes("map.geojson", CITY.as_bytes())),
        ("another city", |site| site.edit("map.geojson", "[1, 2]", "[1, 3]")),
        ("permissions", |site| {
            fs::set_permissions(site.path("content/about.md"), fs::Permissions::from_mode(0o600)).unwrap();
        }),
        ("a name next to site.toml", |site| fs::write(site.path("README.md"), "").unwrap()),
    ];
    let site = built();
    assert!(site.exists(path));
    for (why, change) in changes {
        change(&site);
        assert_built(&site, &["build", "--now", NOW], why);
        if why == "removed" {
            // That a page left the site is reported once.
            site.build();
        }
        assert_unchanged(&site, &["build", "--now", NOW]);
        assert_as_clean(&site, &["--now", NOW]);
    }
}

#[test]
fn every_change_of_the_output_leads_to_a_build() {
    type Change = (&'static str, fn(&Path));
    let changes: [Change; 6] = [
        ("other bytes", |page| fs::write(page, "x").unwrap()),
        ("the same length and time", |page| write_with_time_of(page, &other_bytes(page))),
        ("empty", |page| fs::write(page, "").unwrap()),
        ("removed", |page| fs::remove_file(page).unwrap()),
        ("of others", |page| fs::write(page.with_file_name("foreign.html"), "x").unwrap()),
        ("no journal", |page| fs::remove_file(page.with_file_name(".bulletin")).unwrap()),
    ];
    let site = built();
    for (why, change) in changes {
        change(&site.path("public/about.html"));
        assert_built(&site, &["build", "--now", NOW], why);
        // A warning about the repair is shown once.
        site.build();
        assert_unchanged(&site, &["build", "--now", NOW]);
        if site.exists("public/foreign.html") {
            site.remove("public/foreign.html");
            site.build();
        }
        assert_as_clean(&site, &["--now", NOW]);
    }
}

#[test]
fn another_option_leads_to_a_build() {
    let site = built();
    site.write("-- content/d.md --\n+++\ntitle = \"D\"\ndraft = true\n+++\n");
    site.build();
    let plain = ["build", "--now", NOW];
    for option in [
        &["--drafts"][..],
        &["--base-url", "https://example.org/"],
        &["--as-of", "2031-05-01"],
        &["--durable"],
    ] {
        assert_unchanged(&site, &plain);
        assert_built(&site, &[&plain, option].concat(), option[0]);
        assert_built(&site, &plain, option[0]);
        // That a page left the site is reported once.
        site.build();
        assert_as_clean(&site, &["--now", NOW]);
    }
}

#[test]
fn an_earlier_time_leads_to_a_build_and_a_later_one_does_not() {
    let site = built();
    assert_unchanged(&site, &["build", "--now", "2031-06-01T00:00:01Z"]);
    assert_unchanged(&site, &["build", "--now", "2031-06-02"]);
    assert_unchanged(&site, &["build", "--now", NOW]);
    assert_built(&site, &["build", "--now", "2031-05-31T23:59:59Z"], "the clock was set back");
}

#[test]
fn a_moment_at_which_the_site_changes_by_itself_leads_to_a_build() {
    let briefing = |lines: &str| {
        format!(
            "-- site.toml --\ntitle = \"T\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-01\n{lines}\n+++\nText.\n"
        )
    };
    let page = |lines: &str| {
        format!(
            "-- site.toml --\ntitle = \"T\"\n-- content/a.md --\n+++\ntitle = \"A\"\n{lines}\n+++\nText.\n"
        )
    };
    let allow = "[[allow]]\nguard = \"military-movement\"\nwhy = \"It is over.\"\nuntil = 2031-06-01\n";
    let correction =
        "[[corrections]]\nat = 2031-05-30T10:00:00Z\nkind = \"correction\"\nserious = true\nwhy = \"W.\"";
    let cases = [
        ("an embargo", briefing("embargo_until = 2031-06-01T10:00:00Z"), "2031-06-01T10:00:00Z"),
        ("the end of a briefing", briefing("expires = 2031-06-01T10:00:00Z"), "2031-06-01T10:00:00Z"),
        ("the box of corrections", briefing(correction), "2031-06-01T10:00:00Z"),
        (
            "an exception",
            format!("-- site.toml --\ntitle = \"T\"\n{allow}-- content/a.md --\n+++\ntitle = \"A\"\n+++\n"),
            "2031-06-02T00:00:00Z",
        ),
        ("a promise", page("next_due = 2031-06-01T10:00:00Z"), "2031-06-01T10:00:00Z"),
    ];
    for (why, text, moment) in cases {
        let site = site_of(&text);
        let at: jiff::Timestamp = moment.parse().unwrap();
        let before = jiff::Timestamp::from_second(at.as_second() - 1).unwrap().to_string();
        assert_unchanged(&site, &["build", "--now", NOW]);
        assert_unchanged(&site, &["build", "--now", &before]);
        let sealed =
            String::from_utf8_lossy(&fs::read(site.path("public/.bulletin-built")).unwrap()).into_owned();
        assert!(!sealed.contains("10:00:00"), "{why}: the moment is no reader's business");
        assert_built(&site, &["build", "--now", moment], why);
        assert_as_clean(&site, &["--now", moment]);
        assert_unchanged(&site, &["build", "--now", moment]);
    }
}

#[test]
fn another_build_of_the_program_leads_to_a_build() {
    let site = built();
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("bulletin");
    fs::copy(PROGRAM, &other).unwrap();
    assert_unchanged(&site, &["build", "--now", NOW]);
    let run = |program: &Path| {
        let mut command = Command::new(program);
        command.args(["build", "--now", NOW]).env_clear().stdin(Stdio::null()).current_dir(site.root());
        Run::of(&mut command)
    };
    assert!(!run(&other).stderr.contains(LINE));
    assert!(run(&other).stderr.contains(LINE));
    assert!(!run(Path::new(PROGRAM)).stderr.contains(LINE));
}

#[test]
fn what_git_tracks_is_compared() {
    let site = site_of(SITE);
    let git = |arguments: &[&str]| {
        let done = Command::new("git").args(arguments).current_dir(site.root()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    fs::write(site.path(".gitignore"), "public\n").unwrap();
    let build = || {
        site.command(&["build", "--now", NOW])
            .env("PATH", std::env::var_os("PATH").unwrap())
            .output()
            .map(Run::from)
            .unwrap()
    };
    build();
    assert!(build().stderr.contains(LINE));
    git(&["add", "redact.txt"]);
    let run = build();
    assert!(!run.stderr.contains(LINE) && run.stderr.contains("tracked-secret"), "{run}");
}

#[test]
fn a_build_that_failed_is_not_relied_on() {
    let site = built();
    site.edit("content/about.md", "title = \"About\"", "titel = \"About\"");
    for _ in 0..2 {
        let run = site.try_build();
        assert!(run.code == Some(1) && !run.stderr.contains(LINE), "{run}");
    }
    site.edit("content/about.md", "titel = \"About\"", "title = \"About\"");
    assert_built(&site, &["build", "--now", NOW], "put right");
    assert_unchanged(&site, &["build", "--now", NOW]);
}

#[test]
fn a_record_that_is_a_link_or_of_somebody_else_is_not_followed() {
    let site = built();
    let other = Site::with_output_of(&site);
    assert_built(&other, &["build", "--now", NOW], "a copy of the site");
    let record = site.path("public/.bulletin-built");
    fs::write(site.path("static/mine"), "mine").unwrap();
    fs::remove_file(&record).unwrap();
    symlink("../static/mine", &record).unwrap();
    assert_built(&site, &["build", "--now", NOW], "a link");
    assert_eq!(site.read("static/mine"), "mine");
    assert_unchanged(&site, &["build", "--now", NOW]);
}

#[test]
fn a_copy_with_the_record_is_whole() {
    let site = built();
    let run = site.run(&["verify", "public"]);
    assert!(!run.to_string().contains("bulletin-built"), "{run}");
}

/// The output has the bytes of a clean build.
fn assert_as_clean(site: &Site, options: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("clean");
    let arguments = [&["build", "--out", out.to_str().unwrap()], options].concat();
    let run = site.run(&arguments);
    assert_eq!(run.code, Some(0), "{run}");
    assert_same_tree(&tree(&site.public()), &tree(&out));
}

#[derive(Clone, Debug)]
enum Edit {
    Nothing,
    Write(usize, u8),
    Remove(usize),
    Output(usize),
    Later,
    Drafts,
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => Just(Edit::Nothing),
        3 => (0..4_usize, 0..3_u8).prop_map(|(at, word)| Edit::Write(at, word)),
        1 => (0..4_usize).prop_map(Edit::Remove),
        1 => (0..4_usize).prop_map(Edit::Output),
        1 => Just(Edit::Later),
        1 => Just(Edit::Drafts),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_a_build_has_the_result_of_a_clean_one(edits in prop::collection::vec(edits(), 1..7)) {
        const NAMES: [&str; 4] = ["a", "b", "c", "d"];
        let site = Site::new("-- site.toml --\ntitle = \"T\"\n-- content/p.md --\n+++\ntitle = \"H\"\n+++\n");
        let mut day = 1;
        for edit in edits {
            let mut options = vec![];
            match edit {
                Edit::Nothing => {}
                Edit::Write(at, word) => {
                    let lines = ["", "draft = true\n", "embargo_until = 2031-06-04T00:00:00Z\n"][word as usize];
                    let name = NAMES[at];
                    site.write(&format!("-- content/briefings/{name}.md --\n+++\ntitle = \"{name}\"\ndate = 2031-05-01\n{lines}+++\nT.\n"));
                }
                Edit::Remove(at) => drop(fs::remove_file(site.path(&format!("content/briefings/{}.md", NAMES[at])))),
                Edit::Output(at) => {
                    let page = site.path(&format!("public/briefings/{}.html", NAMES[at]));
                    if page.exists() {
                        write_with_time_of(&page, &other_bytes(&page));
                    }
                }
                Edit::Later => day += 1,
                Edit::Drafts => options.push("--drafts"),
            }
            let now = format!("2031-06-0{day}T00:00:00Z");
            options.extend(["--now", &now]);
            let run = site.run(&[&["build"], &options[..]].concat());
            prop_assert_eq!(run.code, Some(0), "{}", run);
            assert_as_clean(&site, &options);
            // What was put right is reported once; all else always.
            let again = site.run(&[&["build"], &options[..]].concat());
            fs::remove_file(site.path("public/.bulletin-built")).unwrap();
            let full = site.run(&[&["build"], &options[..]].concat());
            prop_assert_eq!((again.stderr.replace(LINE, ""), again.stdout), (full.stderr, full.stdout));
        }
    }
}
