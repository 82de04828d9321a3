//! `bulletin publish` as a process, against a server that fails and lies, and against folders.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::common::running::wait;
use crate::common::storage::{Mood, StorageServer};
use crate::common::{NOW, Run, Site, tree};

const KEY: &str = "AKIATESTTESTTEST";
const SECRET: &str = "SECRETsecret/SECRET+secret";

/// A site of some two hundred files, built.
pub fn site() -> Site {
    let site = Site::new("-- site.toml --\ntitle = \"Harbour\"\nbase_url = \"https://example.org/\"\n");
    for n in 0..40 {
        let text = format!("+++\ntitle = \"Water {n}\"\ndate = 2016-10-{:02}\n+++\n\nText.\n", n % 28 + 1);
        site.write_bytes(&format!("content/briefings/b{n}.md"), text.as_bytes());
    }
    site.build();
    site
}

fn publish(site: &Site, server: &StorageServer, arguments: &[&str]) -> Run {
    Run::of(&mut command(site, server, arguments))
}

fn command(site: &Site, server: &StorageServer, arguments: &[&str]) -> std::process::Command {
    let mut command = site.command(&[&["publish", "s3://bucket/east/aleppo"], arguments].concat());
    command
        .env("AWS_ACCESS_KEY_ID", KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_ENDPOINT_URL", &server.address)
        .env("HOME", site.root());
    command
}

/// What the bucket has of the site.
fn published(server: &StorageServer) -> std::collections::BTreeMap<String, Vec<u8>> {
    let objects = server.objects().into_iter();
    objects.map(|(path, object)| (path.trim_start_matches("east/aleppo/").to_owned(), object.bytes)).collect()
}

fn output(site: &Site) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = tree(&site.public());
    files.remove(".bulletin");
    files
}

#[test]
fn a_bucket_holds_what_the_build_left_with_types_and_rules_for_caches() {
    let (site, server) = (site(), StorageServer::start(Mood::Works));
    let run = publish(&site, &server, &[]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(published(&server), output(&site));
    let header =
        |path: &str, name: &str| server.objects()[&format!("east/aleppo/{path}")].headers[name].clone();
    assert_eq!(header("index.html", "content-type"), "text/html; charset=utf-8");
    assert_eq!(header("index.html", "cache-control"), "public, max-age=60");
    assert_eq!(header("feed.atom", "content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(header("SHA256SUMS", "content-type"), "text/plain; charset=utf-8");
    let before = server.requests().len();
    let run = publish(&site, &server, &[]);
    assert_eq!(run.stdout.lines().count(), 1, "{run}");
    assert_eq!(server.requests().len(), before + 1, "an unchanged publish is one request");
}

#[test]
fn law_3_a_list_to_purge_is_replaced_as_a_whole_and_goes_where_a_link_leads() {
    let (site, server) = (site(), StorageServer::start(Mood::Works));
    site.write_bytes("before", b"old");
    fs::hard_link(site.path("before"), site.path("list")).unwrap();
    let run = publish(&site, &server, &["--purge-list", "list"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.read("list").contains("https://example.org/index.html\n"), "{}", site.read("list"));
    assert_eq!(site.read("before"), "old", "the file was written in place");
    std::os::unix::fs::symlink("before", site.path("link")).unwrap();
    let run = publish(&site, &server, &["--purge-list", "link"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(site.path("link").is_symlink());
    assert_eq!(site.read("before"), "");
}

#[test]
fn law_3_every_request_that_fails_or_is_cut_once_is_tried_again() {
    let site = site();
    for mood in [Mood::FirstFails, Mood::FirstIsCut] {
        let server = StorageServer::start(mood);
        let run = publish(&site, &server, &[]);
        assert_eq!(run.code, Some(0), "{mood:?}: {run}");
        assert!(server.requests().len() > 400, "{mood:?}: {}", server.requests().len());
        assert_eq!(published(&server), output(&site), "{mood:?}");
    }
}

#[test]
fn law_3_a_killed_process_is_completed_by_the_next_publish() {
    let site = site();
    let first = StorageServer::start(Mood::Works);
    publish(&site, &first, &[]);
    site.remove("content/briefings/b3.md");
    site.edit("content/briefings/b7.md", "Text.", "Other text.");
    site.build();
    let server = first.with_mood(Mood::StopsAt(9));
    let mut child = command(&site, &server, &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| if server.requests().len() > 9 { Ok(()) } else { Err("too few requests".to_owned()) });
    child.kill().unwrap();
    child.wait().unwrap();
    let server = server.with_mood(Mood::Works);
    let run = publish(&site, &server, &[]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(published(&server), output(&site));
}

#[test]
fn law_7_no_secret_is_in_a_request_or_a_message() {
    let site = site();
    for mood in [Mood::Works, Mood::StopsAt(2)] {
        let server = StorageServer::start(mood);
        let mut run = command(&site, &server, &["--format", "json"]);
        let child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let run: Run = child.wait_with_output().unwrap().into();
        let said = format!("{run}{}", server.requests().concat());
        assert!(!said.contains("SECRETsecret"), "{said}");
        assert!(!run.to_string().contains(KEY), "{run}");
        for object in server.objects().values() {
            assert!(!String::from_utf8_lossy(&object.bytes).contains(KEY));
        }
    }
}

#[test]
fn what_is_wrong_before_the_first_request_is_said() {
    let site = site();
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let mut command = site.command(&[&["publish"], arguments].concat());
        let run = Run::of(command.env("HOME", site.root()));
        assert_eq!(run.code, Some(code), "{arguments:?}: {run}");
        assert!(run.stderr.contains(expected), "{arguments:?}: {run}");
    };
    check(&[], 2, "error[bad-target]: nothing says where the site is published to");
    check(
        &["ftp://example.org"],
        2,
        "error[bad-target]: the target is an address that nothing can be published to",
    );
    check(&["bucket"], 2, "error[bad-target]: there is no folder bucket");
    check(&["./content"], 2, "error[bad-target]: ./content is a folder of the site itself");
    check(&["./public/x"], 2, "error[bad-target]: ./public/x is a folder of the site itself");
    check(&["s3:/bucket"], 2, "error[bad-target]: the target is an address without its //");
    check(&["s3://bucket", "--run"], 2, "error[bad-target]: --run is for rsync and rclone");
    check(&["s3://bucket", "--drafts"], 2, "error[bad-target]: --as-of, --drafts and --now are for a build");
    check(
        &["s3://bucket", "--purge-list", "none/list"],
        2,
        "error[cannot-write]: none/list cannot be written",
    );
    check(&["s3://bucket"], 2, "error[storage-failed]: what is needed to reach s3://bucket is missing");
    check(&["s3://key:secret@bucket"], 2, "error[bad-target]: the target has a password");
    check(
        &["--out", "none", "stick"],
        2,
        "error[no-build]: none holds no build: there is no SHA256SUMS in it",
    );
    site.remove("public/SHA256SUMS");
    check(&["stick"], 2, "error[no-build]: public holds no build");
    site.write_bytes("site.toml", b"title = \"Harbour\"\n");
    check(&["--purge-list", "-", "stick"], 2, "error[no-base-url-to-purge]");
}

#[test]
fn a_folder_gets_the_site_and_keeps_what_is_not_of_it() {
    let site = site();
    fs::create_dir(site.path("stick")).unwrap();
    site.write_bytes("stick/holiday.jpg", b"mine");
    site.write_bytes("site.toml", b"title = \"Harbour\"\n[publish]\ntarget = \"stick\"\n");
    site.build();
    let run = site.run(&["publish"]);
    assert_eq!(run.code, Some(0), "{run}");
    let mut files = tree(&site.path("stick"));
    assert_eq!(files.remove("holiday.jpg").as_deref(), Some(&b"mine"[..]));
    files.remove(".bulletin");
    assert_eq!(files, output(&site));
    site.write_bytes("public/SHA256SUMS.minisig", b"signed");
    assert_eq!(site.run(&["publish"]).code, Some(0));
    assert!(site.exists("stick/SHA256SUMS.minisig"));
    fs::remove_dir_all(site.path("content/briefings")).unwrap();
    site.build();
    let run = site.run(&["publish"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.stderr.contains("error[many-removals]"), "{run}");
    let run = site.run(&["publish", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("removed  briefings/b0.html\n"), "{run}");
    assert_eq!(site.run(&["publish", "--force"]).code, Some(0));
    assert!(!site.exists("stick/briefings/b0.html"));
}

#[test]
fn another_site_and_an_older_build_need_a_word() {
    let (site, server) = (site(), StorageServer::start(Mood::Works));
    assert_eq!(publish(&site, &server, &[]).code, Some(0));
    let other = Site::new("-- site.toml --\ntitle = \"Quay\"\nbase_url = \"https://quay.example/\"\n");
    let text = "+++\ntitle = \"Water\"\ndate = 2016-10-02\n+++\n\nText.\n";
    for n in 0..40 {
        other.write_bytes(&format!("content/briefings/b{n}.md"), text.as_bytes());
    }
    other.build();
    let run = publish(&other, &server, &[]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(
        run.stderr.contains("error[other-site]: s3://bucket/east/aleppo holds another site: Harbour\n"),
        "{run}"
    );
    site.edit("content/briefings/b27.md", "date = 2016-10-28", "date = 2016-10-01");
    site.build();
    let run = publish(&site, &server, &[]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(
        run.stderr
            .contains("error[older-build]: this build is older than what s3://bucket/east/aleppo holds"),
        "{run}"
    );
    let run = publish(&site, &server, &["--dry-run"]);
    assert!(run.code == Some(0) && run.stderr.contains("warning[older-build]: "), "{run}");
    assert_eq!(publish(&site, &server, &["--force"]).code, Some(0));
}

#[test]
fn a_host_without_object_storage_gets_a_script() {
    let site = site();
    let run = site.run(&["publish", "desk@example.org:/srv/www"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.starts_with("#!/usr/bin/env bash\n"), "{run}");
    assert!(run.stdout.contains("to='desk@example.org:/srv/www'\n"), "{run}");
    let run = site.run(&["publish", "rclone:remote:www"]);
    assert!(run.stdout.contains("rclone copy --ignore-existing"), "{run}");
}

#[test]
fn a_storage_that_cannot_be_reached_is_an_error_in_time() {
    let site = site();
    let mut server = StorageServer::start(Mood::Works);
    server.address = "http://storage.invalid".to_owned();
    let started = std::time::Instant::now();
    let run = publish(&site, &server, &[]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(
        run.stderr.lines().next(),
        Some(
            "error[storage-failed]: s3://bucket/east/aleppo/SHA256SUMS: the address of the storage begins with http://, \
             so that anyone on the way could read the keys"
        )
    );
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn drafts_embargoes_and_an_earlier_state_reach_no_reader_by_mistake() {
    let site = site();
    site.write(
        "-- content/briefings/draft.md --\n+++\ntitle = \"Draft\"\ndate = 2016-10-02\ndraft = true\n+++\n",
    );
    let embargoed = "title = \"Later\"\ndate = 2016-10-02\nembargo_until = 2090-10-03T00:00:00Z";
    site.write(&format!("-- content/briefings/later.md --\n+++\n{embargoed}\n+++\n"));
    fs::create_dir(site.path("mirror")).unwrap();
    let publish = |target: &str, arguments: &[&str]| site.run(&[&["publish", target], arguments].concat());
    for (option, fact) in [
        (["--drafts", "--now", NOW], "this build has drafts, which no one released"),
        (
            ["--as-of", "2016-10-02T10:00:00Z", "--quiet"],
            "this build shows the site as it was known at 2016-10-02T10:00:00Z",
        ),
        (
            ["--now", "2091-01-01", "--quiet"],
            "this build shows what is under embargo until 2090-10-03T00:00:00Z",
        ),
    ] {
        assert_eq!(site.run(&[&["build"][..], &option].concat()).code, Some(0));
        let help = format!(
            "\n = help: build again without {}\n = help: if readers are to have it, add --force\n",
            option[0]
        );
        let message = format!("-- stderr --\nerror[preview-build]: {fact}{help}-- exit 3 --\n");
        for target in ["mirror/", "s3://bucket/east", "rsync:host:/srv"] {
            assert_eq!(publish(target, &[]).to_string(), message, "{target}");
        }
        assert_eq!(fs::read_dir(site.path("mirror")).unwrap().count(), 0);
    }
    assert_eq!(publish("mirror/", &["--force"]).code, Some(0));
    site.build();
    assert_eq!(publish("mirror/", &["--force"]).code, Some(0));
    let mut copied = tree(&site.path("mirror"));
    copied.remove(".bulletin");
    assert!(copied == output(&site), "the mirror is not the site");
}
