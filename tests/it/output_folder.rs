//! The output folder when the system, a power cut or somebody else interferes, with the real program.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

use crate::common::running::{give_to_unprivileged, is_root};
use crate::common::{NOW, Run, Site, assert_same_tree, stamps, tree};

const SITE: &str = "-- site.toml --
title = \"A site\"
base_url = \"https://example.org/\"
-- content/about.md --
+++
title = \"About\"
+++
Text.
-- content/briefings/a.md --
+++
title = \"A\"
date = 2031-05-01
+++
Text.
";

fn built() -> Site {
    let site = Site::new(SITE);
    site.build();
    site
}

fn check(run: &Run, expected: &Expect) {
    expected.assert_eq(&run.to_string());
}

/// Runs a command as the owner of a site, who is not root.
fn as_owner(site: &Site, command: &mut Command) -> Run {
    if is_root() {
        give_to_unprivileged(site, command);
    }
    Run::of(command)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn folders_that_cannot_be_written_are_listed_before_anything_is_changed() {
    let site = built();
    site.write("-- content/briefings/b.md --\n+++\ntitle = \"B\"\ndate = 2031-05-02\n+++\nText.\n");
    let before = stamps(&site.public());
    for folder in ["briefings", "dates"] {
        set_mode(&site.public().join(folder), 0o555);
    }
    let run = as_owner(&site, &mut site.command(&["build", "--now", NOW]));
    check(
        &run,
        &expect![[r#"
        -- stderr --
        error[output-io]: cannot change 2 files and folders of public: permission denied; nothing was changed
         = help: not writable: briefings, dates
         = help: give the user who runs the build write access to it, or choose another --out

        1 error, 0 warnings; public is as it was
        -- exit 2 --
    "#]],
    );
    assert_eq!(stamps(&site.public()), before);
    for folder in ["briefings", "dates"] {
        set_mode(&site.public().join(folder), 0o755);
    }
    let run = as_owner(&site, &mut site.command(&["build", "--now", NOW]));
    assert_eq!(run.code, Some(0), "{run}");
}

/// A build whose stage loses a changed page before files move.
fn disturbed(site: &Site) -> Run {
    let mut command = site.command(&["build", "--now", NOW, "--durable"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let staged = site.public().join(".bulletin-tmp-stage/about.html");
    while child.try_wait().unwrap().is_none() && fs::remove_file(&staged).is_err() {}
    child.wait_with_output().unwrap().into()
}

#[test]
fn no_copied_file_takes_a_name_that_a_build_keeps_in_whatever_case() {
    for name in ["SHA256SUMS", "sha256sums", "Sha256Sums.minisig"] {
        let site = built();
        site.write_bytes(&format!("static/{name}"), b"mine");
        let run = site.run(&["build", "--now", NOW]);
        assert_eq!(run.code, Some(1), "{name}: {run}");
        assert!(run.stderr.contains(&format!("static/{name} would take the place of a file")), "{run}");
    }
}

#[test]
fn an_error_while_files_move_says_how_many_are_published() {
    let site = built();
    let mut tries = 0;
    let run = loop {
        // New pages arrive before changed ones are replaced.
        site.write(&format!(
            "-- content/briefings/b{tries}.md --\n+++\ntitle = \"B\"\ndate = 2031-05-02\n+++\nText.\n"
        ));
        site.write(&format!("-- content/about.md --\n+++\ntitle = \"About\"\n+++\nText {tries}.\n"));
        let run = disturbed(&site);
        tries += 1;
        if run.code != Some(0) {
            break run;
        }
        assert!(tries < 100, "no page was removed in time");
    };
    assert_eq!(run.code, Some(2), "{run}");
    let last = run.stderr.lines().last().unwrap();
    let (done, of) = last
        .strip_prefix("1 error, 0 warnings; public is partly published: ")
        .and_then(|rest| rest.strip_suffix(" files; build again"))
        .and_then(|numbers| numbers.split_once(" of "))
        .unwrap_or_else(|| panic!("{run}"));
    let (done, of): (usize, usize) = (done.parse().unwrap(), of.parse().unwrap());
    assert!(done > 0 && done < of, "{run}");
    assert!(run.stderr.contains(&format!("{done} of {of} changed files are published")), "{run}");
    site.build();
    let clean = site.run(&["build", "--now", NOW, "--out", "clean"]);
    assert_eq!(clean.code, Some(0), "{clean}");
    assert_same_tree(&tree(&site.public()), &tree(&site.path("clean")));
}

#[test]
fn a_folder_without_its_list_is_one_error_and_is_taken_over_on_request() {
    let site = built();
    site.remove("public/SHA256SUMS");
    site.write("-- public/CNAME --\nexample.org\n-- content/about.md --\n+++\ntitle = \"Us\"\n+++\nText.\n");
    fs::rename(site.path("content/briefings/a.md"), site.path("content/briefings/z.md")).unwrap();
    let before = tree(&site.public());
    check(
        &site.try_build(),
        &expect![[r#"
            -- stderr --
            error[output-not-ours]: 24 files are in the way in public, and public/SHA256SUMS, the list of what a build wrote, is missing or empty
             = help: in the way: about.html, about.txt, briefings/index.html, briefings/index.txt, changes.html, changes.txt, corrections.html, data/briefings.csv, data/briefings.json, dates/2031-05-01.html and 14 more
             = help: if an earlier build wrote them, `bulletin build --adopt` shows what it would replace, and asks
             = help: otherwise move them away, or build into another folder with --out

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
    check(
        &site.run(&["build", "--now", NOW, "--adopt"]),
        &expect![[r#"
            -- stdout --
            public: 39 kept, as they have the bytes of this build
            24 to be replaced:
              about.html
              about.txt
              briefings/index.html
              briefings/index.txt
              changes.html
              changes.txt
              corrections.html
              data/briefings.csv
              data/briefings.json
              dates/2031-05-01.html
              dates/2031-05-01.txt
              dates/2031-05.html
              dates/2031.html
              dates/index.html
              feed.atom
              feed.json
              figures.html
              index.html
              index.txt
              names.html
              neighbourhoods/index.html
              sitemap.xml
              sources/index.html
              timeline.html
            3 not of this build; they stay:
              CNAME
              briefings/a.html
              briefings/a.txt
            -- stderr --
            error[output-not-ours]: public is not taken over: there is no terminal to ask on
             = help: read what would be replaced, and add --yes if it may be

            1 error, 0 warnings; public is as it was
            -- exit 2 --
        "#]],
    );
    assert_same_tree(&tree(&site.public()), &before);
    check(
        &site.run(&["build", "--now", NOW, "--adopt", "--yes"]),
        &expect![[r#"
            -- stdout --
            public: 39 kept, as they have the bytes of this build
            24 to be replaced:
              about.html
              about.txt
              briefings/index.html
              briefings/index.txt
              changes.html
              changes.txt
              corrections.html
              data/briefings.csv
              data/briefings.json
              dates/2031-05-01.html
              dates/2031-05-01.txt
              dates/2031-05.html
              dates/2031.html
              dates/index.html
              feed.atom
              feed.json
              figures.html
              index.html
              index.txt
              names.html
              neighbourhoods/index.html
              sitemap.xml
              sources/index.html
              timeline.html
            3 not of this build; they stay:
              CNAME
              briefings/a.html
              briefings/a.txt
            public: 2 new, 24 changed, 39 unchanged, 0 removed
            -- exit 0 --
        "#]],
    );
    let clean = site.run(&["build", "--now", NOW, "--out", "clean"]);
    assert_eq!(clean.code, Some(0), "{clean}");
    let (mut adopted, clean) = (tree(&site.public()), tree(&site.path("clean")));
    adopted.retain(|path, bytes| clean.contains_key(path) || before.get(path) != Some(bytes));
    assert_same_tree(&adopted, &clean);
    assert_eq!(site.output("CNAME"), "example.org\n");
    assert!(site.exists("public/briefings/a.html"));
}

#[test]
fn adopt_is_for_one_build_and_yes_for_adopt() {
    let site = Site::new(SITE);
    for arguments in [&["build", "--adopt", "--watch"][..], &["build", "--yes"]] {
        assert_eq!(site.run(arguments).code, Some(2));
    }
    assert!(!site.exists("public"));
}

#[test]
fn the_next_build_repairs_what_a_power_cut_emptied() {
    let site = built();
    let whole = tree(&site.public());
    for (path, about) in stamps(&site.public()) {
        // The clock of the file system does not say it.
        let place = site.public().join(&path);
        let modified = place.metadata().unwrap().modified().unwrap();
        fs::File::create(&place).unwrap().set_modified(modified).unwrap();
        assert!(!about.bytes.is_empty() || path.contains("search"), "{path}");
    }
    // The list and the journal are on the disk before a publish ends.
    site.write_bytes("public/SHA256SUMS", &whole["SHA256SUMS"]);
    let run = site.build();
    assert!(run.stderr.contains("were empty; they are written again"), "{run}");
    assert_same_tree(&tree(&site.public()), &whole);
}

#[test]
fn law_4_links_that_are_planted_while_builds_run_lead_nothing_out() {
    let site = built();
    let outside = Site::new("-- a.html --\nmine\n-- index.html --\nmine\n-- a.txt --\nmine\n");
    let before = stamps(outside.root());
    let is_done = AtomicBool::new(false);
    let (here, away) = (site.public().join("briefings"), site.public().join("moved"));
    let end = Instant::now() + Duration::from_secs(4);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for pause in (0..7).cycle().take_while(|_| !is_done.load(Ordering::Relaxed)) {
                if fs::rename(&here, &away).is_ok() {
                    let _ = symlink(outside.root(), &here);
                    sleep(Duration::from_micros(pause * 300));
                    let _ = fs::remove_file(&here);
                    let _ = fs::rename(&away, &here);
                }
                sleep(Duration::from_micros(pause * 150));
            }
        });
        for number in 0_u32.. {
            if Instant::now() > end {
                break;
            }
            let text = format!("+++\ntitle = \"A\"\ndate = 2031-05-01\n+++\nText {number}.\n");
            let name = if number % 2 == 0 { "a" } else { "index-of-a" };
            let _ = fs::remove_file(site.path("content/briefings/a.md"));
            let _ = fs::remove_file(site.path("content/briefings/index-of-a.md"));
            site.write_bytes(&format!("content/briefings/{name}.md"), text.as_bytes());
            let run = site.try_build();
            assert!(matches!(run.code, Some(0 | 2)), "{run}");
        }
        is_done.store(true, Ordering::Relaxed);
    });
    assert_eq!(stamps(outside.root()), before);
}
