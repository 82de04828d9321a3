//! `serve` and `build --watch` while files change in all the ways of editors, people and version
//! control: after each pause, the pages served and published are those of a clean build.
//!
//! `BULLETIN_FOLLOW_SECONDS=600 cargo test --test it random_edits` runs for ten minutes;
//! `BULLETIN_FOLLOW_SEED` repeats a run.

#![allow(clippy::disallowed_methods, reason = "the length of a run comes from the environment")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::http::{get, without_preview_block};
use crate::common::running::{Running, free_port, wait};
use crate::common::{NOW, Site, program, tree};

/// The output of a clean build of the current files, or its errors.
fn clean_build(site: &Site) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("out");
    let run = site.run(&["build", "--now", NOW, "--out", folder.to_str().unwrap()]);
    if run.code == Some(0) { Ok(tree(&folder)) } else { Err(run.stderr) }
}

/// Files that only a publish writes, not the preview.
fn is_of_publish(path: &str) -> bool {
    path == "SHA256SUMS" || path == ".bulletin"
}

fn as_built(bytes: Vec<u8>) -> Vec<u8> {
    let bare = std::str::from_utf8(&bytes).ok().and_then(without_preview_block);
    bare.map_or(bytes, String::into_bytes)
}

fn assert_served(url: &str, wanted: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in wanted.iter().filter(|(path, _)| !is_of_publish(path)) {
        let encoded =
            percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string();
        let address = format!("{url}{}", encoded.replace("%2F", "/"));
        wait(|| {
            let served = as_built(get(&address).bytes);
            if served == *bytes { Ok(()) } else { Err(format!("{path} as in a clean build")) }
        });
    }
}

/// Numbers that look random, the same for the same seed (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const TABLE: &str = "content/briefings/toll/toll.csv";

const BRIEFING_WITH_TABLE: &str = "\
-- content/briefings/toll/index.md --
+++
title = \"The toll\"
date = 2031-05-02T10:00:00Z
[[include]]
figures = \"toll.csv\"
source = \"Harbour office\"
measure = \"boats\"
text = \"{Boats} boats at {Place}.\"
columns = { id = \"Row\", neighbourhoods = \"Place\", count = \"Boats\" }
+++

Text.
-- content/briefings/toll/toll.csv --
Row,Place,Boats
Row 0,Quay,7
";

/// Random edits of a site.
struct RandomEdits {
    site: Site,
    chance: Chance,
    step: usize,
    log: Vec<String>,
}

impl RandomEdits {
    fn new(site: Site, seed: u64) -> Self {
        site.write(BRIEFING_WITH_TABLE);
        Self { site, chance: Chance(seed), step: 0, log: vec![format!("seed {seed}")] }
    }

    fn articles(&self) -> Vec<String> {
        let mut all: Vec<String> = tree(&self.site.path("content")).into_keys().collect();
        all.retain(|path| path.ends_with(".md") && !path.contains('~'));
        all.into_iter().map(|path| format!("content/{path}")).collect()
    }

    fn apply_one(&mut self) {
        self.step += 1;
        let articles = self.articles();
        let path = self.chance.of(&articles).clone();
        let text = self.site.read(&path);
        let more = format!("{text}\nA line more, the {}th.\n", self.step);
        let kind = self.chance.below(17);
        self.log.push(format!("{kind} {path}"));
        let place = self.site.path(&path);
        let beside = |name: &str| place.with_file_name(name);
        let table = self.site.path(TABLE);
        let beside_table = |name: &str| table.with_file_name(name);
        match kind {
            // In place, at once, in pieces, and with the same length.
            0 => fs::write(&place, more).unwrap(),
            1 => {
                let mut file = File::create(&place).unwrap();
                let (head, tail) = more.as_bytes().split_at(more.len() / 2);
                file.write_all(head).unwrap();
                sleep(Duration::from_millis(30));
                file.write_all(tail).unwrap();
            }
            2 => {
                fs::write(&place, format!("{text}\nAAAA\n")).unwrap();
                fs::write(&place, format!("{text}\nBBBB\n")).unwrap();
            }
            // vim: a backup, a test file, a new file.
            3 => {
                fs::write(beside("4913"), "").unwrap();
                fs::remove_file(beside("4913")).unwrap();
                fs::rename(&place, beside("backup~")).unwrap();
                fs::write(&place, more).unwrap();
                fs::remove_file(beside("backup~")).unwrap();
            }
            // emacs: a lock, which is a broken link, and an auto-save.
            4 => {
                let lock = beside(".#lock.md");
                let _ = std::os::unix::fs::symlink("nobody@nowhere.1:2", &lock);
                fs::write(beside("#auto.md#"), "half").unwrap();
                fs::write(&place, more).unwrap();
                fs::remove_file(beside("#auto.md#")).unwrap();
                fs::remove_file(lock).unwrap();
            }
            // sed -i and JetBrains: a new file replaces the old one.
            5 => {
                fs::write(beside("sedX2f9Qa"), more).unwrap();
                fs::rename(beside("sedX2f9Qa"), &place).unwrap();
            }
            6 => {
                fs::write(beside("it.md___jb_tmp___"), more).unwrap();
                fs::rename(&place, beside("it.md___jb_old___")).unwrap();
                fs::rename(beside("it.md___jb_tmp___"), &place).unwrap();
                fs::remove_file(beside("it.md___jb_old___")).unwrap();
            }
            // A new folder with files, and one that is moved away and back.
            7 => {
                let folder = self.site.path(&format!("content/briefings/new-{}/deeper", self.step));
                fs::create_dir_all(&folder).unwrap();
                for n in 0..3 {
                    let page = format!("+++\ntitle = \"N{n}\"\ndate = 2031-01-0{}\n+++\n\nText.\n", n + 1);
                    fs::write(folder.join(format!("n{}-{n}.md", self.step)), page).unwrap();
                }
            }
            8 => {
                let (here, away) = (self.site.path("content/briefings"), self.site.path("content/.away"));
                fs::rename(&here, &away).unwrap();
                sleep(Duration::from_millis(u64::try_from(self.chance.below(200)).unwrap()));
                fs::rename(&away, &here).unwrap();
            }
            // A temporary error.
            9 => {
                fs::write(&place, "no front matter\n").unwrap();
                sleep(Duration::from_millis(u64::try_from(self.chance.below(400)).unwrap()));
                fs::write(&place, text).unwrap();
            }
            // Templates, messages, static files, site.toml.
            10 => {
                fs::create_dir_all(self.site.path("templates")).unwrap();
                let page = "{% extends \"default/page.html\" %}\n";
                fs::write(self.site.path("templates/page.html"), format!("{page}{{# {} #}}\n", self.step))
                    .unwrap();
            }
            11 => {
                let path = format!("static/note-{}.txt", self.chance.below(3));
                self.site.write_bytes(&path, format!("{}", self.step).as_bytes());
            }
            12 => {
                let config = self.site.read("site.toml");
                let line = format!("title = \"Step {}\"\n", self.step);
                let others = config.lines().filter(|line| !line.starts_with("title "));
                let config: String = line.lines().chain(others).map(|line| format!("{line}\n")).collect();
                fs::write(self.site.path("site.toml"), config).unwrap();
            }
            // A table: a row that changes, a late row in the middle, a file that replaces it.
            13..=15 => {
                let path = self.site.path(TABLE);
                let text = fs::read_to_string(&path).unwrap();
                let (header, rows) = text.split_once('\n').unwrap();
                let row = format!("Row {},Quay,{}", self.step, self.chance.below(90));
                let rows: Vec<&str> = match kind {
                    13 => rows.lines().chain([row.as_str()]).collect(),
                    14 => rows.lines().take(1).chain([row.as_str()]).chain(rows.lines().skip(1)).collect(),
                    _ => rows.lines().skip(1).chain([row.as_str()]).collect(),
                };
                fs::write(beside_table("new~"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
                if kind == 13 {
                    fs::copy(beside_table("new~"), &path).unwrap();
                    fs::remove_file(beside_table("new~")).unwrap();
                } else {
                    fs::rename(beside_table("new~"), &path).unwrap();
                }
            }
            // Many at once, as a checkout does.
            _ => {
                for path in &articles {
                    let text = self.site.read(path);
                    fs::write(self.site.path(path), format!("{text}\nAll, {}.\n", self.step)).unwrap();
                }
            }
        }
    }
}

fn seconds() -> Duration {
    let seconds = std::env::var("BULLETIN_FOLLOW_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(18))
}

fn seed() -> u64 {
    std::env::var("BULLETIN_FOLLOW_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_161_002)
}

#[test]
fn law_2_after_an_edit_of_the_time_zone_every_time_without_an_offset_is_read_again() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"Harbour\"\ntimezone = \"Asia/Damascus\"\n\
         -- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2016-10-02 00:40\n\
         [[claims]]\ntext = \"Water is back.\"\nsource = \"unattributed\"\n\
         happened = \"2016-10-01T23:50/2016-10-02T00:10\"\n+++\n\nText.\n",
    );
    let port = free_port();
    let serving = Running::start(&site, &["serve", "--port", &port, "--now", NOW]);
    let before = clean_build(&site).unwrap();
    assert_served(&serving.url(), &before);
    site.edit("site.toml", "Asia/Damascus", "America/New_York");
    let after = clean_build(&site).unwrap();
    assert_ne!(before["data/claims.json"], after["data/claims.json"], "it is another moment");
    assert_served(&serving.url(), &after);
}

#[test]
fn law_2_after_random_edits_output_and_preview_equal_a_clean_build() {
    let mut edits = RandomEdits::new(Site::named("port-brine"), seed());
    let port = free_port();
    let serving = Running::start(&edits.site, &["serve", "--port", &port, "--now", NOW]);
    let url = serving.url();
    let watched = tempfile::tempdir().unwrap();
    let out = watched.path().join("out");
    let mut building = program(&["build", "--watch", "--now", NOW, "--out", out.to_str().unwrap()]);
    let mut building = Building(
        building.current_dir(edits.site.root()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap(),
    );
    let end = Instant::now() + seconds();
    while Instant::now() < end {
        for _ in 0..=edits.chance.below(3) {
            edits.apply_one();
        }
        let wanted =
            clean_build(&edits.site).unwrap_or_else(|error| panic!("{}\n{error}", edits.log.join("\n")));
        let log = edits.log.join("\n");
        let checked = std::panic::catch_unwind(|| {
            assert_served(&url, &wanted);
            wait(|| {
                let mut published = tree(&out);
                // The journal is empty after a publish.
                if published.get(".bulletin").is_none_or(|journal| !journal.is_empty()) {
                    return Err("the end of a publish".to_owned());
                }
                let mut wanted = wanted.clone();
                published.remove(".bulletin");
                wanted.remove(".bulletin");
                if published == wanted { Ok(()) } else { Err("the output as in a clean build".to_owned()) }
            });
        });
        assert!(checked.is_ok(), "{log}\n{}", serving.output());
        assert_eq!(building.0.try_wait().unwrap(), None, "{log}");
    }
    assert!(!edits.site.exists("public"), "a preview writes nothing");
}

struct Building(Child);

impl Drop for Building {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

const SITE: &str = "\
-- content/briefings/a.md --
+++
title = \"First\"
date = 2031-01-01
summary = \"In short.\"
neighbourhoods = [\"Quay\"]
+++

Text.
";

#[test]
fn a_rebuild_touches_only_what_changed_and_says_so_in_one_line() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    let before = crate::common::stamps(&site.public());
    site.edit("content/briefings/a.md", "Text.", "Other text.");
    building.wait_for("content/briefings/a.md: 2 written, 0 removed, ");
    let after = crate::common::stamps(&site.public());
    let touched: Vec<&String> =
        after.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp)).map(|(path, _)| path).collect();
    assert_eq!(touched, ["SHA256SUMS", "briefings/a.html", "briefings/a.txt"]);
}

#[test]
fn law_4_a_watch_restores_changed_output_files() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    let right = site.output("sources/index.html");
    // The same length: only the bytes differ.
    let wrong = right.replacen("<title>", "<Title>", 1);
    assert_ne!(wrong, right);
    site.write_bytes("public/sources/index.html", wrong.as_bytes());
    site.edit("content/briefings/a.md", "Text.", "Other text.");
    building.wait_for("public/sources/index.html was changed by somebody else; it is put right");
    // The page of the briefing, its plain text, and the changed page.
    building.wait_for("content/briefings/a.md: 3 written, 0 removed, ");
    assert_eq!(site.output("sources/index.html"), right);
}

#[test]
fn a_folder_that_is_moved_away_and_back_is_watched_again() {
    let site = Site::new(SITE);
    site.write("-- static/note.txt --\n0\n");
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    for round in 1..4 {
        for folder in ["content", "static"] {
            fs::rename(site.path(folder), site.path("away")).unwrap();
            fs::rename(site.path("away"), site.path(folder)).unwrap();
        }
        sleep(Duration::from_millis(700));
        site.write(&format!("-- static/note.txt --\n{round}\n"));
        site.write(&SITE.replace("Text.", &format!("Text {round}.")));
        wait(|| {
            let is_there = site.output("note.txt") == format!("{round}\n")
                && site.output("briefings/a.html").contains(&format!("Text {round}."));
            is_there.then_some(()).ok_or_else(|| building.output())
        });
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_the_site_may_change_its_target() {
    use std::os::unix::fs::symlink;
    let sites = tempfile::tempdir().unwrap();
    let folder = |name: &str| sites.path().join(name);
    for name in ["one", "other"] {
        fs::create_dir_all(folder(name).join("content/briefings")).unwrap();
        fs::write(folder(name).join("site.toml"), "title = \"Harbour\"\n").unwrap();
        let text = SITE.split_once(" --\n").unwrap().1.replace("Text.", &format!("Text of {name}."));
        fs::write(folder(name).join("content/briefings/a.md"), text).unwrap();
    }
    symlink(folder("one"), folder("now")).unwrap();
    let out = folder("out");
    let site = Site::empty();
    let root = folder("now").to_str().unwrap().to_owned();
    let arguments = ["build", "--watch", "--now", NOW, "--root", &root, "--out", out.to_str().unwrap()];
    let _building = Running::start(&site, &arguments);
    let shows = |text: &str| {
        let page = out.join("briefings/a.html");
        wait(|| {
            let page = fs::read_to_string(&page).unwrap_or_default();
            page.contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {page}"))
        });
    };
    shows("Text of one.");
    fs::remove_file(folder("now")).unwrap();
    symlink(folder("other"), folder("now")).unwrap();
    shows("Text of other.");
    let text = fs::read_to_string(folder("other/content/briefings/a.md")).unwrap();
    fs::write(folder("other/content/briefings/a.md"), text.replace("Text of", "A later text of")).unwrap();
    shows("A later text of other.");
}

/// Links to a file, to a folder by way of another link, and instead of static/ and templates/.
#[cfg(unix)]
fn site_of_links() -> Site {
    use std::os::unix::fs::symlink;
    let site = Site::empty();
    let article = |path: &str| SITE.replace("content/briefings/a.md", path).replace("First", path);
    for path in ["shared/a.md", "versions/one/b.md", "versions/two/b.md"] {
        site.write(&article(path));
    }
    site.write("-- assets/note.txt --\nA note.\n-- looks/one/parts/style.html --\n/* one */\n");
    site.write("-- looks/two/parts/style.html --\n/* two */\n-- site.toml --\ntitle = \"Links\"\n");
    fs::create_dir_all(site.path("content/briefings")).unwrap();
    for (target, link) in [
        ("../../shared/a.md", "content/briefings/a.md"),
        ("one", "versions/current"),
        ("../../versions/current", "content/briefings/more"),
        ("assets", "static"),
        ("looks/one", "templates"),
    ] {
        symlink(target, site.path(link)).unwrap();
    }
    site
}

/// Puts a link instead of another, in one step.
#[cfg(unix)]
fn relink(site: &Site, target: &str, link: &str) {
    let new = site.path("new-link");
    std::os::unix::fs::symlink(target, &new).unwrap();
    fs::rename(new, site.path(link)).unwrap();
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_within_the_site_is_followed() {
    let port = free_port();
    let served = &["serve", "--port", &port, "--now", NOW][..];
    for arguments in [&["build", "--watch", "--now", NOW][..], served] {
        let site = site_of_links();
        let running = Running::start(&site, arguments);
        running.wait_for(if arguments[0] == "serve" { "http://" } else { "0 removed\n" });
        let address = |path: &str| running.url() + path;
        let shows = |path: &str, text: &str| {
            wait(|| {
                let found = match arguments[0] {
                    "serve" => String::from_utf8_lossy(&get(&address(path)).bytes).into_owned(),
                    _ => fs::read_to_string(site.public().join(path)).unwrap_or_default(),
                };
                found.contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {path}: {found}"))
            });
        };
        shows("briefings/a.html", "/* one */");
        for round in ["Once.", "Twice."] {
            let edit = |path: &str| {
                site.write(&format!("{}{round}\n", SITE.replace("content/briefings/a.md", path)))
            };
            edit("shared/a.md");
            shows("briefings/a.html", round);
            edit("versions/one/b.md");
            shows("briefings/b.html", round);
            site.write(&format!("-- assets/note.txt --\n{round}\n"));
            shows("note.txt", round);
            site.write(&format!("-- looks/one/parts/style.html --\n/* {round} */\n"));
            shows("briefings/a.html", &format!("/* {round} */"));
            // As `sed -i` does.
            site.write(&format!("-- shared/new --\n{}Replaced.\n", SITE.split_once(" --\n").unwrap().1));
            fs::rename(site.path("shared/new"), site.path("shared/a.md")).unwrap();
            shows("briefings/a.html", "Replaced.");
        }
        relink(&site, "looks/two", "templates");
        shows("briefings/a.html", "/* two */");
        relink(&site, "two", "versions/current");
        shows("briefings/b.html", "versions/two/b.md");
        site.write(&SITE.replace("content/briefings/a.md", "versions/two/b.md").replace("Text.", "Thrice."));
        shows("briefings/b.html", "Thrice.");
        relink(&site, "../../versions/one/b.md", "content/briefings/a.md");
        site.write(
            &SITE.replace("content/briefings/a.md", "versions/one/b.md").replace("Text.", "Four times."),
        );
        shows("briefings/a.html", "Four times.");
        fs::rename(site.path("versions"), site.path("away")).unwrap();
        sleep(Duration::from_millis(300));
        fs::rename(site.path("away"), site.path("versions")).unwrap();
        site.write(
            &SITE.replace("content/briefings/a.md", "versions/one/b.md").replace("Text.", "Five times."),
        );
        shows("briefings/a.html", "Five times.");
    }
}

/// As if the whole folder were replaced.
#[test]
fn a_replaced_site_folder_is_followed() {
    let site = Site::new(SITE);
    let (root, away) = (site.path(""), tempfile::tempdir().unwrap());
    let port = free_port();
    let serving = Running::start(&site, &["serve", "--now", NOW, "--port", &port]);
    let url = format!("{}briefings/a.html", serving.url());
    let shows = |text: &str| {
        wait(|| {
            let page = String::from_utf8(get(&url).bytes).unwrap();
            page.contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {page}"))
        });
    };
    shows("Text.");
    let first = away.path().join("first");
    fs::rename(&root, &first).unwrap();
    sleep(Duration::from_millis(700));
    shows("Text.");
    fs::create_dir(&root).unwrap();
    site.write(&SITE.replace("Text.", "That of another."));
    shows("That of another.");
    site.edit("content/briefings/a.md", "That of another.", "A later one.");
    shows("A later one.");
    fs::rename(&root, away.path().join("second")).unwrap();
    fs::rename(&first, &root).unwrap();
    shows("Text.");
}

#[test]
fn an_error_leaves_the_output_and_its_fix_is_noticed() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    let before = crate::common::stamps(&site.public());
    site.edit("content/briefings/a.md", "title", "titel");
    building.wait_for("1 error, 0 warnings; public is as it was");
    assert_eq!(crate::common::stamps(&site.public()), before);
    site.edit("content/briefings/a.md", "titel = \"First\"", "title = \"Second\"");
    building.wait_for("content/briefings/a.md: ");
    wait(|| site.output("index.html").contains("Second").then_some(()).ok_or_else(|| "Second".to_owned()));
}

#[test]
fn a_folder_that_is_moved_away_during_a_publish_is_published_later() {
    // So small that the delays reach from the first read to the end of the publish.
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    let (here, away) = (site.path("content/briefings"), site.path("content/.away"));
    for delay in 0..40 {
        site.write_bytes("content/about.md", format!("+++\ntitle = \"T{delay}\"\n+++\n\nText.\n").as_bytes());
        sleep(Duration::from_millis(delay * 2));
        fs::rename(&here, &away).unwrap();
        sleep(Duration::from_millis(delay % 5));
        fs::rename(&away, &here).unwrap();
        let title = format!("T{delay}");
        wait(|| {
            let page = fs::read_to_string(site.path("public/about.html")).unwrap_or_default();
            page.contains(&title).then_some(()).ok_or_else(|| title.clone())
        });
    }
}

#[test]
fn signals_end_the_watch_with_130_and_leave_whole_output() {
    let site = Site::new(SITE);
    let mut building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    for signal in ["-INT", "-HUP"] {
        Command::new("kill").args([signal, &building.child.id().to_string()]).status().unwrap();
        assert_eq!(building.child.wait().unwrap().code(), Some(130));
        assert_eq!(site.read("public/.bulletin"), "");
        building = Running::start(&site, &["build", "--watch", "--now", NOW]);
        building.wait_for("0 removed\n");
    }
}

#[test]
fn law_2_a_save_of_the_city_redraws_the_maps() {
    let site = Site::new(SITE);
    site.write(
        "-- content/neighbourhoods/quay.md --\n+++\ntitle = \"Quay\"\npoint = { lat = 2.0, lon = 1.0 }\n+++\n",
    );
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    assert!(!site.output("map.html").contains("<svg class=\"chart\""));
    let serving = Running::start(&site, &["serve", "--port", &free_port(), "--now", NOW]);
    let url = serving.url();
    let city = |east: &str, credit: &str| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"attribution\":\"{credit}\",\"features\":[{{\"type\":\"Feature\",\
             \"properties\":{{\"layer\":\"water\"}},\"geometry\":{{\"type\":\"LineString\",\
             \"coordinates\":[[0.98,2.0],[{east},2.01]]}}}}]}}"
        )
    };
    for text in [Some(city("1.01", "First")), Some(city("1.02", "Later")), None] {
        match &text {
            Some(text) => site.write_bytes("map.geojson", text.as_bytes()),
            None => site.remove("map.geojson"),
        }
        building.wait_for("map.geojson: ");
        let wanted = clean_build(&site).unwrap();
        let map = std::str::from_utf8(&wanted["map.html"]).unwrap();
        assert_eq!(map.contains("<svg class=\"chart\""), text.is_some(), "{map}");
        wait(|| (tree(&site.public()) == wanted).then_some(()).ok_or_else(|| "the maps".to_owned()));
        assert_served(&url, &wanted);
    }
}

#[test]
fn with_poll_changes_are_found_without_events() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--poll", "--now", NOW]);
    building.wait_for("0 removed\n");
    site.edit("content/briefings/a.md", "First", "Found");
    building.wait_for("content/briefings/a.md: ");
    assert!(site.output("index.html").contains("Found"));
}

#[test]
fn serve_shows_the_errors_of_a_failed_first_build() {
    let site = Site::new(SITE);
    site.edit("content/briefings/a.md", "title", "titel");
    let serving = Running::start(&site, &["serve", "--port", &free_port(), "--now", NOW]);
    let url = serving.url();
    let answer = get(&url);
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8_lossy(&answer.bytes).contains("did you mean `title`?"));
    site.edit("content/briefings/a.md", "titel", "title");
    wait(|| (get(&url).status == 200).then_some(()).ok_or_else(|| "the site".to_owned()));
}

#[test]
fn serve_keeps_the_last_good_site_during_errors() {
    let site = Site::new(SITE);
    let serving = Running::start(&site, &["serve", "--port", &free_port(), "--now", NOW]);
    let url = serving.url();
    site.write("-- templates/page.html --\n{% if %}\n");
    serving.wait_for("templates/page.html");
    site.edit("content/briefings/a.md", "First", "Later");
    sleep(Duration::from_millis(300));
    assert!(String::from_utf8_lossy(&get(&url).bytes).contains("First"));
    site.remove("templates/page.html");
    wait(|| {
        String::from_utf8_lossy(&get(&url).bytes)
            .contains("Later")
            .then_some(())
            .ok_or_else(|| "Later".to_owned())
    });
}

/// Replaces a file, or nothing, by a link out of the site, and then restores it.
fn with_links_out(site: &Site, outside: &Path, during: impl Fn(&str)) {
    let secret = outside.join("secret.md");
    fs::write(&secret, "+++\ntitle = \"Secret\"\ndate = 2031-01-01\n+++\n\nSecret.\n").unwrap();
    for path in ["static/note.txt", "content/briefings/a.md", "content/briefings/folder"] {
        let (place, away) = (site.path(path), outside.join("away"));
        let was_there = fs::rename(&place, &away).is_ok();
        std::os::unix::fs::symlink(if was_there { &secret } else { outside }, &place).unwrap();
        during(path);
        fs::remove_file(&place).unwrap();
        if was_there {
            fs::rename(&away, &place).unwrap();
        }
    }
}

/// Someone who can add files to a site must not get other files of its owner published.
#[test]
fn a_watch_refuses_links_out_of_the_site() {
    let (site, outside) = (Site::new(SITE), tempfile::tempdir().unwrap());
    site.write("-- static/note.txt --\nA note.\n");
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    with_links_out(&site, outside.path(), |path| {
        building.wait_for(&format!("error[link-out]: {path} "));
        for (path, bytes) in tree(&site.public()) {
            assert!(!String::from_utf8_lossy(&bytes).contains("Secret"), "{path}");
        }
    });
    site.edit("content/briefings/a.md", "First", "Found");
    wait(|| site.output("index.html").contains("Found").then_some(()).ok_or_else(|| building.output()));
}

#[test]
fn serve_follows_no_link_out_of_the_site() {
    let (site, outside) = (Site::new(SITE), tempfile::tempdir().unwrap());
    site.write("-- static/note.txt --\nA note.\n");
    let serving = Running::start(&site, &["serve", "--port", &free_port(), "--now", NOW]);
    let url = serving.url();
    with_links_out(&site, outside.path(), |path| {
        serving.wait_for(&format!("error[link-out]: {path} "));
        for page in ["", "note.txt", "briefings/a.html"] {
            let answer = get(&format!("{url}{page}"));
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("Secret"), "{page} with {path}");
        }
    });
    wait(|| {
        let note = get(&format!("{url}note.txt"));
        (note.bytes == b"A note.\n").then_some(()).ok_or_else(|| serving.output())
    });
}

#[test]
fn a_broken_symbolic_link_is_reported() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    for (target, message) in
        [("nowhere", "content/briefings/link: it does not exist"), (".", "error[link-loop]")]
    {
        let place = site.path("content/briefings/link");
        std::os::unix::fs::symlink(target, &place).unwrap();
        building.wait_for(message);
        fs::remove_file(&place).unwrap();
    }
    site.edit("content/briefings/a.md", "First", "Found");
    building.wait_for("content/briefings/a.md");
}

#[test]
fn a_file_that_becomes_a_pipe_does_not_block() {
    let site = Site::new(SITE);
    let building = Running::start(&site, &["build", "--watch", "--now", NOW]);
    building.wait_for("0 removed\n");
    let (place, pipe) = (site.path("content/briefings/a.md"), site.path("pipe"));
    let text = fs::read(&place).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::rename(&pipe, &place).unwrap();
    building.wait_for("error[not-a-file]: content/briefings/a.md ");
    fs::remove_file(&place).unwrap();
    fs::write(&place, text).unwrap();
    site.edit("content/briefings/a.md", "First", "Found");
    wait(|| site.output("index.html").contains("Found").then_some(()).ok_or_else(|| "the file".to_owned()));
}

#[test]
fn a_private_word_added_later_is_not_printed() {
    let site = Site::new(SITE);
    let port = free_port();
    for arguments in [&["build", "--watch", "--now", NOW][..], &["serve", "--port", &port, "--now", NOW]] {
        let running = Running::start(&site, arguments);
        running.wait_for(if arguments[0] == "serve" { "http://" } else { "0 removed\n" });
        site.write("-- redact.txt --\nJoren\n");
        running.wait_for("redact.txt: ");
        let draft = "+++\ntitle = \"Later\"\ndate = 2031-01-02\ndraft = true\n+++\n";
        site.write(&format!("-- content/briefings/joren.md --\n{draft}"));
        running.wait_for("content/briefings/█████.md: ");
        assert!(!running.output().contains("joren"), "{}", running.output());
        site.remove("content/briefings/joren.md");
        site.remove("redact.txt");
    }
}

#[test]
fn serve_reports_a_lasting_warning_once() {
    let site = Site::new(SITE);
    site.write("-- site.toml --\ntitle = \"Harbour\"\n[budget]\npage = 100\n");
    let serving = Running::start(&site, &["serve", "--port", &free_port(), "--now", NOW]);
    let weighed = |page: &str| serving.output().matches(&format!("{page} weighs ")).count();
    for times in 1..4 {
        // The weight of the page differs each time, so it is reported again, and the page is one of the heaviest.
        wait(|| (weighed("briefings/a.html") == times).then_some(()).ok_or_else(|| serving.output()));
        site.edit(
            "content/briefings/a.md",
            "Text.",
            &format!(
                "Text {}.\n\nText.",
                (0..300).map(|n| format!("{:x} ", n * 7919 * times)).collect::<String>()
            ),
        );
    }
    assert_eq!(weighed("timeline.html"), 1, "{}", serving.output());
}

#[test]
fn a_warning_hidden_by_an_error_is_not_repeated() {
    let toml = "title = \"Harbour\"\n[budget]\npage = 100\n";
    for arguments in [&["build", "--watch"][..], &["serve", "--port", &free_port()][..]] {
        let site = Site::new(SITE);
        site.write(&format!("-- site.toml --\n{toml}"));
        let running = Running::start(&site, &[arguments, &["--now", NOW]].concat());
        running.wait_for("timeline.html weighs ");
        site.write(&format!("-- site.toml --\n{toml}nonsense\n"));
        running.wait_for("site.toml:4:");
        site.write(&format!("-- site.toml --\n{toml}"));
        site.edit("content/briefings/a.md", "Text.", "The mistake is mended.");
        let page = "briefings/a.html weighs ";
        wait(|| (running.output().matches(page).count() == 2).then_some(()).ok_or_else(|| running.output()));
        // An error in one text: all other pages are checked.
        site.edit("content/briefings/a.md", "summary", "sumary");
        running.wait_for("a.md:4:");
        site.edit("content/briefings/a.md", "sumary", "summary");
        site.edit("content/briefings/a.md", "mended.", "mended too.");
        wait(|| (running.output().matches(page).count() == 3).then_some(()).ok_or_else(|| running.output()));
        let output = running.output();
        assert_eq!(output.matches("timeline.html weighs ").count(), 1, "{output}");
    }
}
