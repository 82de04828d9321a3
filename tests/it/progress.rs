//! The line that shows how far a run is, on real terminals; and what `--verbose` prints of times.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::Duration;

use expect_test::expect;

use crate::common::terminal::Terminal;
use crate::common::{NOW, Site};

const SITE: &str = "-- site.toml --
title = \"A site\"
-- redact.txt --
Wrongword
-- content/about.md --
+++
title = \"About\"
+++
<b>Text</b>
-- content/briefings/a.md --
+++
title = \"A\"
date = 2031-05-01
+++
Text.
";

/// A site in a repository whose git takes its time, so that reading does.
fn slow_site() -> Site {
    let site = Site::new(SITE);
    fs::create_dir(site.path(".git")).unwrap();
    site.write("-- .bin/git --\n#!/bin/sh\nexec /bin/sleep 2\n");
    fs::set_permissions(site.path(".bin/git"), fs::Permissions::from_mode(0o755)).unwrap();
    site
}

fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut command = site.command(arguments);
    command.env("PATH", site.path(".bin")).env("TERM", "xterm");
    command
}

#[test]
fn a_terminal_shows_the_stage_of_a_long_build_and_in_the_end_the_report_alone() {
    let site = slow_site();
    let mut terminal = Terminal::start(&mut command(&site, &["build", "--now", NOW]));
    let (code, received) = terminal.end();
    assert_eq!(code, Some(0), "{received}");
    assert!(received.contains("reading: 2 of 2"), "{received:?}");
    assert!(terminal.silence() >= Some(Duration::from_millis(500)), "{received:?}");
    let without_terminal = {
        fs::remove_dir_all(site.public()).unwrap();
        let run = site.command(&["build", "--now", NOW]).env("PATH", site.path(".bin")).output().unwrap();
        String::from_utf8([run.stderr, run.stdout].concat()).unwrap()
    };
    assert!(without_terminal.contains("warning[raw-html]"), "{without_terminal}");
    let without_spaces: Vec<&str> = without_terminal.lines().map(str::trim_end).collect();
    assert_eq!(terminal.screen(), without_spaces.join("\n"));
}

#[test]
fn no_line_is_shown_to_programs_to_the_quiet_and_on_terminals_that_cannot() {
    let site = slow_site();
    let shown = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(&site, &[&["check", "--now", NOW], arguments].concat());
        let mut terminal = Terminal::start(command.envs(variables.iter().copied()));
        terminal.end().1.contains("reading")
    };
    assert!(shown(&[], &[]));
    assert!(shown(&["--color", "never"], &[]));
    assert!(shown(&[], &[("NO_COLOR", "1")]));
    assert!(!shown(&["--quiet"], &[]));
    assert!(!shown(&["--format", "json"], &[]));
    assert!(!shown(&["--format", "sarif"], &[]));
    assert!(!shown(&[], &[("TERM", "dumb")]));
}

#[test]
fn an_interrupt_removes_the_line() {
    let site = slow_site();
    let mut terminal = Terminal::start(&mut command(&site, &["build", "--now", NOW]));
    terminal.wait_for("reading");
    terminal.interrupt();
    assert_eq!(terminal.end().0, Some(130));
    assert_eq!(terminal.screen(), "");
    assert!(!site.public().exists());
}

/// Times and sizes as 0. Which outputs are the slowest differs from run to run: only how many lines they are.
fn table(text: &str) -> String {
    let is_measured = |word: &&str| word.contains('.') && word.parse::<f64>().is_ok();
    let line = |line: &str| {
        let words = line.split_whitespace();
        words.map(|word| if is_measured(&word) { "0" } else { word }).collect::<Vec<_>>().join(" ")
    };
    let mut parts = text.split("\n\n");
    let stages: Vec<String> = parts.next().unwrap_or_default().lines().map(line).collect();
    let slowest =
        parts.map(|part| format!("{}: {}", line(part.lines().next().unwrap()), part.lines().count() - 1));
    [stages.join("\n"), slowest.collect::<Vec<_>>().join("\n")].join("\n")
}

#[test]
fn verbose_says_what_a_build_and_a_check_spent_their_time_on() {
    let site = Site::new(SITE);
    site.write("-- site.toml --\ntitle = \"A site\"\n[outputs]\ndata = false\nfeeds = false\ntext = false\n");
    let run = site.run(&["build", "--now", NOW, "--verbose", "--format", "short"]);
    assert_eq!(run.code, Some(0), "{run}");
    let (_, times) = run.stderr.split_once("\n\n").unwrap();
    expect![[r#"
        time items bytes stage
        0 s comparing
        0 s 2 80 bytes reading
        0 s 2 linking
        0 s 18 0 kB rendering
        0 s 18 publishing
        0 s in all
        time slowest pages and files, with their templates: 10
        time pages slowest templates, on all cores: 10"#]]
    .assert_eq(&table(times));
    assert!(times.lines().any(|line| line.ends_with("        4  list.html")), "{run}");
    let again = site.run(&["build", "--now", NOW, "--verbose"]);
    let (_, times) = again.stderr.split_once("\n\n").unwrap();
    assert!(!times.contains("rendering"), "{again}");

    let run = site.run(&["check", "--now", NOW, "--verbose"]);
    let stages = ["reading", "linking", "rendering", "in all"];
    assert!(stages.iter().all(|stage| run.stderr.contains(stage)), "{run}");
    assert!(!run.stderr.contains("publishing"), "{run}");
    for quiet in [&["--format", "json", "--verbose"][..], &["--quiet"], &[]] {
        let run = site.run(&[&["check", "--now", NOW], quiet].concat());
        assert!(!run.stderr.contains("rendering") && !run.stdout.contains("rendering"), "{run}");
    }
}

#[test]
fn the_slowest_pages_are_named_without_private_words() {
    let site = Site::new(SITE);
    // Long, and so the slowest one.
    let text = "Text. ".repeat(30_000);
    site.write(&format!("-- content/wrongword.md --\n+++\ntitle = \"T\"\n+++\n{text}\n"));
    let run = site.run(&["check", "--now", NOW, "--verbose"]);
    assert_eq!(run.code, Some(1), "{run}");
    let (_, slowest) = run.stderr.split_once("slowest pages").unwrap();
    assert!(slowest.lines().nth(1).unwrap().ends_with("  █████████.html, page.html"), "{run}");
    let all = format!("{}{}", run.stdout, run.stderr).to_lowercase();
    assert!(!all.contains("wrongword"), "{run}");
}
