//! What the system does to a publish: folders that cannot be written, power cuts, links that are planted while it runs.

use super::super::plan::Step;
use super::*;

/// Takes the steps of a publish, after `damage` was done.
fn failed_steps(desk: &Desk, site: &str, damage: impl FnOnce(&Desk)) -> CommitFailure {
    let mut publisher = desk.stage(site).unwrap();
    let (steps, _) = publisher.prepare(&BTreeSet::new()).unwrap();
    damage(desk);
    publisher.run(steps, &Unobserved).unwrap_err()
}

fn remove_staged(path: &str) -> impl FnOnce(&Desk) {
    move |desk| fs::remove_file(desk.path(STAGE).join(path)).unwrap()
}

const OLD: &str = "a.html=1 b.html=1 old/x.html=1 old/y.html=1";
const NEW: &str = "a.html=2 b.html=2 new/x.html=2 new/y.html=2 new/z.html=2";

#[test]
fn a_publish_that_fails_on_the_way_says_how_far_it_came() {
    for (damaged, done) in [("a.html", 3), ("b.html", 4)] {
        let desk = Desk::published(OLD);
        let failure = failed_steps(&desk, NEW, remove_staged(damaged));
        assert_eq!(failure.progress, Some(crate::engine::Progress { done, of: 7 }));
        let [error] = failure.diagnostics.try_into().unwrap();
        assert_eq!(error.message, format!("cannot write public/{damaged}: it does not exist"));
        let help = format!("{done} of 7 changed files are published: build again, and the rest follows");
        assert_eq!(error.help, [help]);
        assert_eq!(unexpected(&desk.publish(NEW).unwrap()), "");
        assert_eq!(desk.files(), NEW);
    }
}

#[test]
fn a_publish_that_fails_at_its_first_file_has_changed_nothing() {
    let desk = Desk::published(OLD);
    let before = desk.files();
    let failure = failed_steps(&desk, NEW, |desk| fs::remove_dir_all(desk.path(STAGE)).unwrap());
    assert_eq!((failure.progress, desk.files()), (None, before));
}

#[cfg(unix)]
#[test]
fn what_the_system_refuses_is_listed_by_reason_with_what_helps() {
    let refused = [("", 13), ("a.html", 1), ("d", 18), ("e", 18), ("f", 30)];
    let refused = refused.map(|(path, code)| (path, io::Error::from_raw_os_error(code)));
    let errors = OutputMessages::new("public").not_writable(&refused);
    let text = |error: &Diagnostic| format!("{}\n  {}\n", error.message, error.help.join("\n  "));
    insta::assert_snapshot!(errors.iter().map(text).collect::<String>(), @"
    cannot change 2 files and folders of public: it is on another disk or mount; nothing was changed
      not writable: d, e
      mount the whole output folder instead of a part, or choose another --out
    cannot change public: permission denied; nothing was changed
      give the user who runs the build write access to it, or choose another --out
    cannot change public/a.html: permission denied; nothing was changed
      lift what locks it (on Linux `chattr -i`, or `chmod -t` of its folder), or choose another --out
    cannot change public/f: read-only filesystem or storage medium; nothing was changed
      give the user who runs the build write access to it, or choose another --out
    ");
}

#[test]
fn files_that_lost_their_bytes_are_written_again() {
    for emptied in [&["a.html"][..], &["a.html", "d/b.html", "index.html"]] {
        let desk = Desk::published("a.html=1 d/b.html=1 d/c.html=1 index.html=1");
        for path in emptied {
            let modified = fs::metadata(desk.path(path)).unwrap().modified().unwrap();
            let file = fs::File::create(desk.path(path)).unwrap();
            file.set_modified(modified).unwrap();
        }
        let published = desk.publish("a.html=1 d/b.html=1 d/c.html=1 index.html=1").unwrap();
        assert_eq!(counts(&published), [0, emptied.len(), 4 - emptied.len(), 0]);
        let warnings = unexpected(&published);
        let expected = match emptied.len() {
            1 => "warning[output-changed]: public/a.html was empty; it is written again\n",
            _ => "warning[output-changed]: 3 files of public were empty; they are written again\n",
        };
        assert_eq!(warnings, expected);
        assert_eq!(desk.files(), "a.html=1 d/b.html=1 d/c.html=1 index.html=1");
    }
}

#[test]
fn an_empty_file_is_never_kept_as_unmodified() {
    let desk = Desk::new();
    let list = desk.publish("a.html=1 b.html=1").unwrap().list;
    let path = OutPath::new("a.html").unwrap();
    let is_kept = |until: jiff::Timestamp| {
        let mut publisher = desk.open().unwrap().skip_unmodified_since(Some(list));
        publisher.unmodified_since = Some(until);
        publisher.keep(&path)
    };
    let far = jiff::Timestamp::MAX;
    assert!(is_kept(far));
    let changed = desk.open().unwrap().root.changed_at("a.html").unwrap();
    assert!(!is_kept(changed), "the same tick of the clock says nothing");
    fs::write(desk.path("a.html"), "").unwrap();
    assert!(!is_kept(far));
}

#[test]
fn a_durable_publish_writes_the_same_files() {
    let desk = Desk::published(OLD);
    let durable = || PublishOptions { durable: true, ..PublishOptions::default() };
    desk.publish_with(NEW, durable()).unwrap();
    assert_eq!(desk.files(), NEW);
    assert_eq!(counts(&desk.publish_with(NEW, durable()).unwrap()), [0, 0, 5, 0]);
    let mut publisher = desk.stage_with(OLD, durable()).unwrap();
    let (steps, _) = publisher.prepare(&BTreeSet::new()).unwrap();
    let synced = steps.iter().filter(|step| matches!(step, Step::Sync(_))).count();
    assert_eq!(synced, 5, "{steps:?}");
}

#[cfg(unix)]
fn plant(desk: &Desk, folder: &str, elsewhere: &Path) {
    fs::rename(desk.path(folder), desk.0.path().join("moved")).unwrap();
    std::os::unix::fs::symlink(elsewhere, desk.path(folder)).unwrap();
}

#[cfg(unix)]
#[test]
fn law_4_a_link_that_is_planted_during_a_build_is_not_followed() {
    for site in ["d/a.html=2 d/new.html=2", "d/e/b.html=1", "index.html=1"] {
        let desk = Desk::published("d/a.html=1 d/e/b.html=1 index.html=1");
        let elsewhere = Desk::with("a.html=mine e/b.html=mine new.html=mine");
        // After the outputs were compared, and after everything was checked.
        let publisher = desk.stage(site).unwrap();
        plant(&desk, "d", &elsewhere.out());
        // A page that stays as it is needs no file behind the link.
        if let Err(errors) = commit(publisher) {
            assert_eq!(report(&errors), LINK);
        } else {
            assert!(!site.contains('2'), "{site}");
        }

        let desk = Desk::published("d/a.html=1 d/e/b.html=1 index.html=1");
        let failure = failed_steps(&desk, site, |desk| {
            plant(desk, "d", &elsewhere.out());
        });
        assert_eq!(report(&failure.diagnostics), LINK);
        assert_eq!(elsewhere.files(), "a.html=mine e/b.html=mine new.html=mine");
    }
}

#[cfg(unix)]
const LINK: &str = "error[output-link]: public/d is a link, and bulletin follows none when it writes\n";
