//! Diagnostics as the program's users meet them: `explain`, and failures that no content causes.
//!
//! Every code must be produced by some test; those that need more than a file with text are here.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::process::Stdio;

use bulletin::diag::Code;
use expect_test::expect;

use crate::common::{NOW, Run, Site, repository};

/// The codes of expected messages: `[CODE]`, `error CODE 3:4`, `CODE 3:4`, `CODE: `.
fn expected_codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for folder in ["tests", "src"] {
        let entries = walkdir::WalkDir::new(repository().join(folder)).into_iter().map(Result::unwrap);
        // The registry has examples of messages, which no test compares.
        for entry in entries.filter(|entry| !entry.path().starts_with(repository().join("src/diag"))) {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            codes.extend(text.lines().flat_map(codes_of_line));
        }
    }
    codes
}

fn codes_of_line(line: &str) -> Vec<String> {
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let code_of = |text: &str| text.split(|c| !is_code(c)).next().unwrap_or_default().to_owned();
    let mut codes: Vec<String> = line.split('[').skip(1).map(code_of).collect();
    codes.extend(line.trim_start().split_once(": ").map(|(code, _)| code.to_owned()));
    for severity in ["error", "warning", "note"] {
        codes.extend(line.split(&format!("{severity} ")).skip(1).filter(|rest| has_place(rest)).map(code_of));
    }
    if has_place(line) {
        codes.push(code_of(line));
    }
    codes
}

/// The text begins with one word and a line with a column.
fn has_place(text: &str) -> bool {
    let mut words = text.split(' ').skip(1);
    let place = words.next().and_then(|place| place.split_once(':'));
    place.is_some_and(|(line, column)| line.parse::<u32>().is_ok() && column.parse::<u32>().is_ok())
}

#[test]
fn every_code_is_in_an_expected_message() {
    let expected = expected_codes();
    let missing: Vec<&str> = Code::all().map(Code::name).filter(|name| !expected.contains(*name)).collect();
    assert_eq!(missing, [""; 0], "no test expects these");
}

#[test]
fn no_message_moves_a_terminal_or_turns_its_text_around() {
    let site = Site::new("-- site.toml --\ntitle = \"A\"\n");
    let harmful = "a\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{2028}z";
    let text = format!("+++\ntitle = \"B\"\ndate = 2026-01-01\n+++\n\n{harmful} [x](<place:{harmful}>)\n");
    site.write_bytes("content/briefings/b.md", text.as_bytes());
    for arguments in [
        &["check", "--format", "json"][..],
        &["check", "--format", "short"],
        &["check"],
        &["explain", harmful],
        &["explain", harmful, "--format", "json"],
        &["build", harmful],
        &[harmful],
        &["build", "--root", harmful],
        &["build", "--out", harmful],
        &["build", "--now", harmful],
    ] {
        let run = site.run(arguments).to_string();
        let is_harmful = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{2028}".contains(c);
        assert!(!run.contains(is_harmful), "{arguments:?}: {}", run.escape_debug());
    }
}

#[test]
fn explain_prints_what_a_code_means() {
    let site = Site::empty();
    expect![[r#"
        -- stdout --
        dead-link (error)

        The target of a link does not exist.

        Readers would get an error page. Use the suggested name, or remove the link.

        Example:

            [the report](harbor-report.md)
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["explain", "dead-link"]).to_string());
    expect![[r#"
        -- stderr --
        error[unknown-code]: there is no code `ded-link`
         = help: did you mean `dead-link`?
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["explain", "ded-link"]).to_string());
    expect![[r#"
        -- stderr --
        {"code":"unknown-code","exit":2,"help":["run `bulletin explain` for a list of all codes"],"label":"","message":"there is no code `nothing-like-it`","place":null,"related":[],"severity":"error"}
        -- exit 2 --
    "#]].assert_eq(&site.run(&["explain", "nothing-like-it", "--format", "json"]).to_string());
    let as_json = site.run(&["explain", "dead-link", "--format", "json"]).stdout;
    let object: serde_json::Value = serde_json::from_str(&as_json).unwrap();
    assert_eq!((&object["code"], &object["severities"][0]), (&"dead-link".into(), &"error".into()));
    let list = site.run(&["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    assert!(Code::all().all(|code| list.stdout.contains(&format!("  {code} "))), "{list}");
}

#[test]
fn what_reads_the_output_may_go_away() {
    let site = Site::named("port-brine");
    for arguments in [&["explain"][..], &["build", "--now", NOW], &["new", "Water"], &["help"]] {
        let mut command = site.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{arguments:?}: {run}");
        assert!(!run.stderr.contains("pipe"), "{arguments:?}: {run}");
    }
}

#[test]
fn a_stdout_that_is_full_is_reported() {
    let site = Site::named("port-brine");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = Run::of(site.command(&["explain"]).stdout(full).stderr(Stdio::piped()));
    expect![[r#"
        -- stderr --
        error[system-error]: no storage space
         = help: check free space, permissions and limits of the system
        -- exit 2 --
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn init_and_new_report_a_folder_that_takes_no_file() {
    let site = Site::new("-- content --\nA file.\n");
    expect![[r#"
        -- stderr --
        error[cannot-write]: content/index.md cannot be written: another file is in its place
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["init", "--format", "short"]).to_string());
    let site = Site::new("-- content/briefings --\nA file.\n");
    expect![[r#"
        -- stderr --
        error[cannot-write]: content/briefings/water.md cannot be written: another file is in its place
         = help: check that the folder may be written to and that the disk has free space
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["new", "Water"]).to_string());
}

#[test]
fn serve_reports_a_host_that_is_not_this_machine() {
    let site = Site::named("port-brine");
    expect![[r#"
        -- stderr --
        error[bad-host]: the host "nowhere.invalid" is not known
         = help: name this machine or one of its addresses, such as 127.0.0.1; without --host it is that one
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["serve", "--host", "nowhere.invalid"]).to_string());
    expect![[r#"
        -- stderr --
        {"code":"bad-host","exit":2,"help":["name this machine or one of its addresses, such as 127.0.0.1; without --host it is that one"],"label":"","message":"\"203.0.113.7\" is not an address of this machine","place":null,"related":[],"severity":"error"}
        -- exit 2 --
    "#]].assert_eq(&site.run(&["serve", "--host", "203.0.113.7", "--format", "json"]).to_string());
}

#[test]
fn serve_reports_a_port_that_is_in_use() {
    let site = Site::named("port-brine");
    // The last port, after which there is none to try.
    let taken = TcpListener::bind("127.0.0.1:65535").unwrap();
    expect![[r#"
        -- stderr --
        error[port-in-use]: 127.0.0.1:65535 is in use
         = help: end the program that uses it, or choose another port with --port
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["serve", "--port", "65535"]).to_string());
    drop(taken);
}

#[test]
fn serve_reports_that_there_is_no_browser() {
    let site = Site::new("-- content/about.md --\n+++\ntitle = \"About\"\n+++\n");
    let mut command = site.command(&["serve", "--open", "--quiet", "--port", "0"]);
    let mut child = command.env("PATH", "").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        line, "warning[no-browser]: no browser could be opened: it does not exist\n",
        "the first line"
    );
}

#[test]
fn new_takes_a_title_with_braces() {
    let site = Site::empty();
    site.run(&["init"]);
    assert_eq!(site.run(&["new", "Water {date} update"]).code, Some(0));
    assert!(site.read("content/briefings/water-date-update.md").contains("\"Water {date} update\""));
}

#[test]
fn a_build_needs_a_day_or_a_time() {
    let site = Site::named("port-brine");
    let run = site.run(&["build", "--now", "2016"]);
    assert!(
        run.stderr.contains("write a day or a time, as 2016-10-02 or 2016-10-02T21:40:00+03:00"),
        "{run}"
    );
}

#[test]
fn a_text_that_cannot_be_read_is_an_error() {
    let site = Site::named("port-brine");
    symlink(site.path("content/gone.md"), site.path("content/unreadable.md")).unwrap();
    expect![[r#"
        -- stdout --
        note[source-without-kind]: nothing says what kind of source "Harbour Post" is: is it a person?
          ┌─ content/briefings/2031/ferry/index.md:7:27
          │
        7 │ sources = ["Radio Brine", "Harbour Post"]
          │                           ^^^^^^^^^^^^^^ has a page of its own
          │
          = help: if it is not a person, write content/sources/harbour-post.md with title = "Harbour Post" and its kind, as kind = "newsroom"
          = help: if it is, write private/sources/FILE.md, under a name that is not theirs, with title = "Harbour Post", protected = true, and a label, as label = "a resident"

        note[private-words]: looked for in every output: 2 names or other parts of protected records
          ┌─ content/sources/nurse-of-the-marsh.md:1:1

        error[unreadable]: content/unreadable.md: it does not exist
         = help: check that it exists and may be read

        warning[translation-behind]: content/briefings/2031/water-cut.md was changed at 2031-05-03T09:00:00+03:00, after this translation
          ┌─ content/briefings/2031/water-cut.ar.md:1:1
          = help: bring the text in line, and write when in it: `updated = …`
        -- stderr --
        1 error, 1 warning
        -- exit 2 --
    "#]].assert_eq(&site.run(&["check", "--now", NOW]).to_string());
}

#[test]
fn a_text_of_many_megabytes_is_an_error() {
    let site = Site::named("port-brine");
    site.write_bytes("content/large.md", &vec![b'a'; 4 * 1024 * 1024 + 1]);
    expect![[r#"
        -- stdout --
        note[source-without-kind]: nothing says what kind of source "Harbour Post" is: is it a person?
          ┌─ content/briefings/2031/ferry/index.md:7:27
          │
        7 │ sources = ["Radio Brine", "Harbour Post"]
          │                           ^^^^^^^^^^^^^^ has a page of its own
          │
          = help: if it is not a person, write content/sources/harbour-post.md with title = "Harbour Post" and its kind, as kind = "newsroom"
          = help: if it is, write private/sources/FILE.md, under a name that is not theirs, with title = "Harbour Post", protected = true, and a label, as label = "a resident"

        note[private-words]: looked for in every output: 2 names or other parts of protected records
          ┌─ content/sources/nurse-of-the-marsh.md:1:1

        warning[translation-behind]: content/briefings/2031/water-cut.md was changed at 2031-05-03T09:00:00+03:00, after this translation
          ┌─ content/briefings/2031/water-cut.ar.md:1:1
          = help: bring the text in line, and write when in it: `updated = …`

        error[too-large]: 4194305 bytes are too many for a text
          ┌─ content/large.md:1:1
          = help: 4194304 bytes are the most; split it
        -- stderr --
        1 error, 1 warning
        -- exit 1 --
    "#]].assert_eq(&site.run(&["check", "--now", NOW]).to_string());
}

#[test]
fn of_many_problems_in_one_file_a_hundred_are_listed() {
    let site = Site::named("port-brine");
    let text = format!("+++\ntitle = \"Many\"\n+++\n{}", "![](a.png)\n\n".repeat(120));
    site.write_bytes("content/many.md", text.as_bytes());
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    let of_file =
        run.stdout.lines().filter(|line| line.starts_with("content/many.md") && line.contains("error["));
    let (more, listed): (Vec<&str>, Vec<&str>) =
        of_file.partition(|line| line.contains("error[more-problems]"));
    assert_eq!(listed.len(), 100, "{run}");
    // Those of the text, and those that the whole site shows.
    assert!(more[0].ends_with("100 more problems in this file are not listed"), "{run}");
    assert!(more[1].ends_with("20 more problems in this text are not listed"), "{run}");
}

#[test]
fn references_that_expand_to_a_huge_page_are_an_error() {
    let site = Site::named("port-brine");
    let address = "a".repeat(10_000);
    let links = "[a][x]\n".repeat(200);
    let text = format!("+++\ntitle = \"Many\"\n+++\n{links}\n[x]: https://example.org/{address}\n");
    site.write_bytes("content/many.md", text.as_bytes());
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    let first =
        "error[too-many-references]: too many references to long addresses: those after this one stay text";
    assert!(run.stdout.contains(first), "{run}");
}

#[test]
fn plain_texts_over_their_budget_are_a_warning() {
    let site = Site::named("port-brine");
    site.edit("site.toml", "[parties]", "[budget]\ntext = 200\n\n[parties]");
    let run = site.run(&["check", "--now", NOW]);
    assert!(run.stdout.contains("warning[text-over-budget]: "), "{run}");
    assert!(run.stdout.contains("over the budget of 200"), "{run}");
}

#[test]
fn a_list_of_many_thousand_items_is_an_error() {
    let site = Site::named("port-brine");
    let spellings: Vec<String> = (0..2_001).map(|number| format!("\"Spelling {number}\"")).collect();
    let record = format!("+++\ntitle = \"Mill\"\nspellings = [{}]\n+++\n", spellings.join(", "));
    site.write_bytes("content/neighbourhoods/mill.md", record.as_bytes());
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    assert!(run.stdout.contains("error[too-many-items]: `spellings` has 2001 items"), "{run}");
    assert_eq!(run.stdout.matches("error[").count(), 1, "{run}");
}
