//! `serve` and `build --watch` while time passes and no file changes.

#![allow(clippy::disallowed_methods, reason = "these tests wait for the clock of the system")]

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;

use crate::common::http::{Preview, get, without_preview_block};
use crate::common::running::{Running, wait};
use crate::common::{Site, tree};
use crate::preview::{events, version};

/// How far ahead the moments are: a program on a busy machine must be ready before.
const AHEAD: i64 = 6;

fn in_seconds(seconds: i64) -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap()
}

/// At one moment an embargo ends, a briefing expires, and a serious correction is no longer recent.
fn site(moment: Timestamp) -> Site {
    let before = |hours: i64| Timestamp::from_second(moment.as_second() - hours * 3600).unwrap();
    let corrected = before(48);
    let briefing = |name: &str, lines: &str| {
        let date = before(72);
        format!(
            "-- content/briefings/{name}.md --\n+++\ntitle = \"{name}\"\ndate = {date}\n{lines}+++\n\nText.\n"
        )
    };
    let correction = format!(
        "[[corrections]]\nat = {corrected}\nkind = \"correction\"\nserious = true\nwhy = \"It was another street.\"\n"
    );
    let files = [
        "-- site.toml --\ntitle = \"Harbour\"\n".to_owned(),
        briefing("embargoed", &format!("embargo_until = {moment}\n")),
        briefing("expiring", &format!("expires = {moment}\n")),
        briefing("corrected", &correction),
        briefing("distant", "embargo_until = 9999-12-30T00:00:00Z\n"),
    ];
    Site::new(&files.concat())
}

/// The output of a clean build at a time.
fn build_at(site: &Site, now: Timestamp) -> BTreeMap<String, Vec<u8>> {
    let folder = site.path("clean");
    let run = site.run(&["build", "--now", &now.to_string(), "--out", folder.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{run}");
    tree(&folder)
}

fn sleep_until(moment: Timestamp) {
    let rest = moment.duration_since(Timestamp::now());
    sleep(Duration::try_from(rest).unwrap_or_default());
}

#[test]
fn law_2_a_watch_opens_and_closes_at_its_second_what_a_build_then_would() {
    let moment = in_seconds(AHEAD);
    let site = site(moment);
    let before = build_at(&site, in_seconds(0));
    let building = Running::start(&site, &["build", "--watch"]);
    building.wait_for("0 removed\n");
    assert_eq!(tree(&site.public()), before, "it was ready in time");
    assert!(!site.exists("public/briefings/embargoed.html"));
    sleep_until(moment);
    let after = build_at(&site, moment);
    assert_ne!(before, after);
    building.wait_for(&format!("at {}: ", moment.to_string().replace('Z', "+00:00")));
    building.wait_for(" written, 0 removed, ");
    assert_eq!(tree(&site.public()), after);
}

#[test]
fn law_2_a_preview_opens_and_closes_at_its_second_and_open_pages_reload() {
    let moment = in_seconds(AHEAD);
    let site = site(moment);
    let preview = Preview::by_the_clock(&site, &[]);
    let home = String::from_utf8(get(&preview.url).bytes).unwrap();
    assert_eq!(get(&format!("{}briefings/embargoed.html", preview.url)).status, 404);
    events(&preview, &format!("path=index.html&version={}", version(&home)), "event: reload");
    assert!(Timestamp::now() >= moment);
    for (path, bytes) in build_at(&site, moment).iter().filter(|(path, _)| path.ends_with(".html")) {
        let wanted = std::str::from_utf8(bytes).unwrap();
        wait(|| {
            let served = String::from_utf8(get(&format!("{}{path}", preview.url)).bytes).unwrap();
            let is_same = without_preview_block(&served).as_deref() == Some(wanted);
            is_same.then_some(()).ok_or_else(|| format!("{path} as in a clean build"))
        });
    }
}

#[test]
fn a_build_that_fails_at_its_moment_leaves_the_site_and_a_later_one_publishes() {
    let moment = in_seconds(AHEAD);
    let site = site(moment);
    // One embargo ends, and that of the target does not.
    site.edit("content/briefings/embargoed.md", "Text.", "Text. See [another](distant.md).");
    let building = Running::start(&site, &["build", "--watch"]);
    building.wait_for("0 removed\n");
    let before = tree(&site.public());
    building.wait_for("1 error");
    assert!(Timestamp::now() >= moment);
    assert_eq!(tree(&site.public()), before);
    site.edit("content/briefings/embargoed.md", " See [another](distant.md).", "");
    building.wait_for("content/briefings/embargoed.md: ");
    assert_eq!(tree(&site.public()), build_at(&site, moment));
}

#[test]
fn with_now_nothing_opens_by_itself() {
    let moment = in_seconds(2);
    let site = site(moment);
    let now = in_seconds(0).to_string();
    let building = Running::start(&site, &["build", "--watch", "--now", &now]);
    building.wait_for("0 removed\n");
    sleep_until(moment);
    sleep(Duration::from_millis(1500));
    assert!(!building.output().contains("at "), "{}", building.output());
    assert!(!site.exists("public/briefings/embargoed.html"));
}
