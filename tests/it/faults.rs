//! Bad input: what the program reports, word for word, and that the output is not touched.
//!
//! Each file in `tests/faults/AREA/` is one case: an optional line that explains it, the files that
//! differ from `good-site.txt` as `-- path --` blocks, and all that `bulletin build` prints, with its
//! exit code. A new diagnostic needs a file there, and no Rust: write the blocks and a last line
//! `-- exit 1 --`, run `UPDATE_EXPECT=1 cargo test --test it faults`, and read the diff.
//!
//! `\u{202e}` in a block is that character, so that a case shows what an editor would hide. A case
//! whose name begins with `ok_` must be accepted without a message.

use std::fs;
use std::os::unix::fs::symlink;

use expect_test::{Expect, expect};
use rayon::prelude::*;

use crate::common::{NOW, Site, blocks, files_below, repository, stamps};

#[test]
fn every_case_prints_what_its_file_says_and_leaves_the_output_as_it_was() {
    let good = built();
    let failures: Vec<String> = cases().par_iter().filter_map(|case| failure(&good, case)).collect();
    assert!(failures.is_empty(), "{}\n{} cases failed", failures.join("\n"), failures.len());
}

/// The site that every case breaks in one place.
const GOOD_SITE: &str = "tests/faults/good-site.txt";

fn good_site() -> Site {
    Site::new(&fs::read_to_string(repository().join(GOOD_SITE)).unwrap())
}

fn built() -> Site {
    let site = good_site();
    site.build();
    site
}

pub fn cases() -> Vec<String> {
    let files = files_below("tests/faults").into_iter();
    let cases: Vec<String> = files.filter(|path| path.ends_with(".txt") && path != GOOD_SITE).collect();
    assert!(cases.len() > 100, "the cases were found");
    cases
}

/// Runs one case; what is wrong with it, if anything.
fn failure(good: &Site, case: &str) -> Option<String> {
    let path = repository().join(case);
    let text = fs::read_to_string(&path).unwrap();
    let (input, expected) = split(&text);
    let site = Site::with_output_of(good);
    // A line of explanation may come before the first block.
    let files = &input[input.find("-- ").unwrap_or_default()..];
    for (path, content) in blocks(files) {
        site.write_bytes(&unescape(&path), unescape(&content).as_bytes());
    }
    let before = stamps(&site.public());
    let mut run = site.try_build();
    if run.code == Some(0) {
        // How many files were written.
        run.stdout.clear();
    }
    if run.code != Some(0) && stamps(&site.public()) != before {
        return Some(format!("{case}: a failed build touched the output"));
    }
    let found = run.to_string();
    if case.contains("/ok_") && found != "-- exit 0 --\n" {
        return Some(format!("{case}: must be accepted without any message\n{found}"));
    }
    if found == expected {
        return None;
    }
    if is_update() {
        fs::write(path, format!("{input}{found}")).unwrap();
        return None;
    }
    Some(format!("{case}: expected\n{expected}\nbut found\n{found}"))
}

/// The files of a case, and what is printed: from the first block that is no file on.
pub fn split(text: &str) -> (&str, &str) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_printed =
            ["-- stdout --", "-- stderr --", "-- exit "].iter().any(|mark| line.starts_with(mark));
        if is_printed {
            break;
        }
        start += line.len();
    }
    text.split_at(start)
}

/// Replaces each `\u{202e}` by that character.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').expect("`\\u{` is closed by }");
        plain.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
        plain.push_str(rest);
    }
    plain
}

#[expect(clippy::disallowed_methods, reason = "an option of the test, as it is for expect_test")]
fn is_update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

#[test]
fn the_good_site_builds_without_a_message() {
    assert_eq!(good_site().build().stderr, "");
}

/// Builds the good site, changes it, and builds again.
fn refused(change: impl FnOnce(&Site), expected: Expect) {
    let site = built();
    let before = stamps(&site.public());
    change(&site);
    let run = site.try_build();
    assert!(stamps(&site.public()) == before, "a failed build touched the output");
    expected.assert_eq(&run.to_string());
}

/// A second briefing, with lines after its title and date.
fn write_second(site: &Site, lines: &str) {
    let start = "title = \"Second\"\ndate  = 2031-05-03T10:00:00Z";
    site.write(&format!("-- content/briefings/second.md --\n+++\n{start}\n{lines}\n+++\n"));
}

#[test]
fn file_that_is_not_utf_8() {
    refused(
        |site| site.write_bytes("content/about.md", b"+++\ntitle = \"About\"\n+++\nCaf\xe9\n"),
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
fn symbolic_link_in_the_output() {
    let site = built();
    write_second(&site, "");
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
    let site = good_site();
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

        1 error, 0 warnings; nothing was written
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn one_fault_in_three_formats() {
    let site = good_site();
    write_second(&site, "sumary = \"Short.\"");
    let report = |format: &str| site.run(&["check", "--now", NOW, "--format", format]).to_string();
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
    .assert_eq(&report("human"));
    expect![[r#"
        -- stdout --
        content/briefings/second.md:4:1: error[unknown-key]: `sumary` is not a key of a briefing
        -- stderr --
        1 error, 0 warnings
        -- exit 1 --
    "#]]
    .assert_eq(&report("short"));
    expect![[r#"
        -- stdout --
        {"code":"unknown-key","exit":1,"help":["did you mean `summary`?"],"label":"unknown key","message":"`sumary` is not a key of a briefing","place":{"column":1,"excerpt":"sumary = \"Short.\"","file":"content/briefings/second.md","line":4,"mark":{"end":6,"start":0}},"related":[],"severity":"error"}
        {"summary":{"errors":1,"exit":1,"notes":0,"warnings":0}}
        -- exit 1 --
    "#]].assert_eq(&report("json"));
}

#[test]
fn missing_content_does_not_empty_the_output() {
    let gone = |site: &Site| std::fs::remove_dir_all(site.root().join("content")).unwrap();
    refused(
        gone,
        expect![[r#"
        -- stderr --
        error[no-content]: there is no folder content/ next to site.toml
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
    refused(
        change,
        expect![[r#"
        -- stderr --
        error[no-content]: there is no folder content/ next to site.toml
         = help: put it back; for a site without articles make it an empty folder

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]],
    );
}

#[test]
fn symbolic_link_out_of_the_site() {
    let change = |site: &Site| {
        std::fs::create_dir_all(site.root().join("static")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", site.root().join("static/name.txt")).unwrap();
    };
    refused(
        change,
        expect![[r#"
        -- stderr --
        error[link-out]: static/name.txt is a link to a place outside of the site
          ┌─ static/name.txt:1:1
          = help: copy its target into the site, or remove the link

        1 error, 0 warnings; public is as it was
        -- exit 1 --
    "#]],
    );
}

/// A near name is a warning only: the two may be different places.
#[test]
fn a_near_name_gets_a_page_of_its_own() {
    let site = good_site();
    site.write("-- content/neighbourhoods/al-sakhur.md --\n+++\ntitle = \"al-Sakhur\"\n+++\n");
    write_second(&site, "neighbourhoods = [\"as-Sakhour\"]");
    assert!(site.build().stderr.contains("warning[near-known-neighbourhood]"));
    assert!(site.exists("public/neighbourhoods/as-sakhour.html"));
}
