//! The laws that the output folder is held to, each on a real folder.
//!
//! A site is written as text, `path=bytes path=bytes`, and so is what is in the folder
//! afterwards; SHA256SUMS and `.bulletin` are checked on the way and left out.

mod adoption;
mod kills;
mod system;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;
use tempfile::TempDir;

use super::handles::parent;
use super::ownership::push_line;
use super::*;
use crate::diag::{self, Code};
use crate::engine::Unobserved;
use crate::paths::kept_names::{SUMS, is_kept};

/// A folder for one test, in which `public` is the output folder.
pub(super) struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new_in(temporary_root()).unwrap())
    }

    fn with(files: &str) -> Self {
        let desk = Self::new();
        desk.put(files);
        desk
    }

    fn published(site: &str) -> Self {
        let desk = Self::new();
        desk.publish(site).unwrap();
        desk
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    /// What a person does by hand.
    fn put(&self, files: &str) {
        for (path, bytes) in parse(files) {
            fs::create_dir_all(self.path(parent(&path))).unwrap();
            fs::write(self.path(&path), bytes).unwrap();
        }
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    fn open(&self) -> Result<Publisher, Diagnostic> {
        self.open_with(PublishOptions::default())
    }

    fn open_with(&self, options: PublishOptions) -> Result<Publisher, Diagnostic> {
        Publisher::open(&self.out(), "public", options)
    }

    fn stage(&self, site: &str) -> Result<Publisher, Vec<Diagnostic>> {
        self.stage_with(site, PublishOptions::default())
    }

    fn stage_with(&self, site: &str, options: PublishOptions) -> Result<Publisher, Vec<Diagnostic>> {
        let publisher = self.open_with(options).map_err(|error| vec![error])?;
        let stage = |(path, bytes): (&String, &String)| {
            publisher.stage(&OutPath::new(path.as_str()).unwrap(), bytes.as_bytes()).err()
        };
        let mut errors: Vec<_> = parse(site).par_iter().filter_map(stage).collect();
        errors.extend(publisher.faults());
        diag::sort(&mut errors);
        if errors.is_empty() { Ok(publisher) } else { Err(errors) }
    }

    fn publish(&self, site: &str) -> Result<Published, Vec<Diagnostic>> {
        self.publish_with(site, PublishOptions::default())
    }

    fn publish_with(&self, site: &str, options: PublishOptions) -> Result<Published, Vec<Diagnostic>> {
        let published = commit(self.stage_with(site, options)?)?;
        assert_eq!(fs::read_to_string(self.path(SUMS)).unwrap(), sums_of(site));
        assert_eq!(fs::read_to_string(self.path(".bulletin")).unwrap(), "");
        Ok(published)
    }

    /// All messages of a build that must fail without having changed anything.
    fn refused(&self, site: &str) -> String {
        let before = self.everything();
        let errors = self.publish(site).map(|_| ()).unwrap_err();
        assert!(errors.iter().any(Diagnostic::is_error));
        assert_eq!(self.everything(), before, "a failed build changed the folder");
        report(&errors)
    }

    /// Every file but our records, as text; links with what they hold.
    fn files(&self) -> String {
        let all = self.everything();
        let outputs = all.iter().filter(|(path, _)| !is_kept(path) && !path.ends_with('/'));
        outputs.map(|(path, bytes)| format!("{path}={bytes}")).collect::<Vec<_>>().join(" ")
    }

    /// Every file, folder (with a slash at the end) and link below the desk's `public`.
    fn everything(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.out()).into_iter().filter_map(Result::ok) {
            let path = entry.path().strip_prefix(self.out()).unwrap().to_str().unwrap().to_owned();
            if entry.file_type().is_dir() {
                all.insert(path + "/", String::new());
            } else if entry.file_type().is_symlink() {
                all.insert(path, format!("->{}", fs::read_link(entry.path()).unwrap().display()));
            } else {
                all.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
        all
    }

    fn temporaries(&self) -> Vec<String> {
        self.everything().into_keys().filter(|path| path.starts_with(".bulletin-tmp")).collect()
    }
}

/// A publish that nothing but its beginning can stop.
fn commit(publisher: Publisher) -> Result<Published, Vec<Diagnostic>> {
    publisher.commit(&BTreeSet::new(), &Unobserved).map_err(|failure| {
        assert_eq!(failure.progress, None);
        failure.diagnostics
    })
}

/// In memory where that is possible: thousands of publishes are synced here.
fn temporary_root() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

fn parse(site: &str) -> BTreeMap<String, String> {
    let file = |file: &str| file.split_once('=').map(|(path, bytes)| (path.to_owned(), bytes.to_owned()));
    site.split_whitespace().map(|text| file(text).unwrap()).collect()
}

fn sums_of(site: &str) -> String {
    let mut text = String::new();
    for (path, bytes) in parse(site) {
        push_line(&mut text, &hash(bytes.as_bytes()), &path);
    }
    text
}

/// What a publish reports, but for pages that left the site, as they do in most tests.
fn unexpected(published: &Published) -> String {
    let warnings = published.warnings.iter().filter(|warning| warning.code != Code::PAGE_LEFT);
    report(&warnings.cloned().collect::<Vec<_>>())
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for problem in diagnostics {
        writeln!(text, "{}[{}]: {}", problem.severity.word(), problem.code, problem.message).unwrap();
        assert!(problem.cause == crate::diag::Cause::Setup || !problem.is_error(), "exit code 2");
        let reported = format!("{problem:?}");
        assert!(!reported.contains(temporary_root().to_str().unwrap()), "an absolute path: {reported}");
    }
    text
}

fn counts(published: &Published) -> [usize; 4] {
    [published.written, published.changed, published.unchanged, published.removed]
}

#[test]
fn a_site_is_written_changed_and_left_alone() {
    let desk = Desk::new();
    let one = desk.publish("index.html=1 briefings/a.html=1 ar/briefings/ح.html=1").unwrap();
    assert_eq!(counts(&one), [3, 0, 0, 0]);
    let two = desk.publish("index.html=2 briefings/a.html=1 briefings/b.html=2").unwrap();
    assert_eq!(counts(&two), [1, 1, 1, 1]);
    assert_eq!(desk.files(), "briefings/a.html=1 briefings/b.html=2 index.html=2");
    assert_eq!([unexpected(&one), unexpected(&two)], ["", ""]);
    assert_eq!(desk.temporaries(), [""; 0]);
}

#[test]
fn an_empty_site_is_a_site() {
    let desk = Desk::new();
    assert_eq!(counts(&desk.publish("").unwrap()), [0; 4]);
    assert_eq!(desk.everything().into_keys().collect::<Vec<_>>(), [".bulletin", "/", "SHA256SUMS"]);
}

#[test]
fn the_list_satisfies_sha256sum() {
    let desk = Desk::published("b.html=2 a/x.html=1 ar/ح.html=3");
    let mut check = std::process::Command::new("sha256sum");
    match check.args(["--strict", "-c", SUMS]).current_dir(desk.out()).output() {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
    }
}

#[cfg(unix)]
#[test]
fn law_5_an_unchanged_file_keeps_inode_and_mtime() {
    use std::os::unix::fs::MetadataExt as _;
    let desk = Desk::published("index.html=1 d/a.html=1 d/b.html=1");
    let stamp = |path| {
        let found = fs::metadata(desk.path(path)).unwrap();
        (found.ino(), found.mtime(), found.mtime_nsec(), found.ctime_nsec())
    };
    let all = ["index.html", "d/a.html", "d/b.html", SUMS, ".bulletin"];
    let before = all.map(stamp);
    assert_eq!(counts(&desk.publish("index.html=1 d/a.html=1 d/b.html=1").unwrap()), [0, 0, 3, 0]);
    assert_eq!(all.map(stamp), before);
    desk.publish("index.html=1 d/a.html=2 d/b.html=1 d/c.html=1").unwrap();
    let after = all.map(stamp);
    assert_eq!((after[0], after[2]), (before[0], before[2]));
    assert_ne!(after[1], before[1]);
}

#[test]
fn law_4_foreign_files_are_kept_for_ever() {
    let desk = Desk::with(".gitignore=* CNAME=x.org d/note=mine");
    desk.publish("index.html=1 d/a.html=1 e/f/g.html=1").unwrap();
    desk.publish("index.html=2").unwrap();
    desk.publish("").unwrap();
    assert_eq!(desk.files(), ".gitignore=* CNAME=x.org d/note=mine");
}

#[test]
fn law_4_every_foreign_file_in_the_way_is_named() {
    let desk = Desk::with("a.html=mine d=mine b.html=mine c.html/x=mine");
    assert_eq!(
        desk.refused("a.html=1 b.html=1 d/x.html=1 d/y.html=1 c.html=1 e.html=1"),
        "error[foreign-file]: public/c.html is a folder, and a file must go there\n\
         error[foreign-file]: public/d is in the way, and bulletin did not write it\n\
         error[output-not-ours]: 2 files are in the way in public, and SHA256SUMS and .bulletin, which say what a \
         build wrote there, are missing\n"
    );
    let desk = Desk::published("a.html=1 c.html=1");
    desk.put("b.html=mine d.html=mine");
    assert_eq!(
        desk.refused("a.html=1 b.html=1 c.html=1 d.html=1"),
        "error[foreign-file]: public/b.html is in the way, and bulletin did not write it\n\
         error[foreign-file]: public/d.html is in the way, and bulletin did not write it\n"
    );
}

#[test]
fn law_4_a_foreign_file_with_the_right_bytes_becomes_ours() {
    let desk = Desk::with("a.html=1 b.html=1");
    assert_eq!(counts(&desk.publish("a.html=1 b.html=1").unwrap()), [0, 0, 2, 0]);
    assert_eq!(counts(&desk.publish("a.html=2").unwrap()), [0, 1, 0, 1]);
    assert_eq!(desk.files(), "a.html=2");
}

#[test]
fn law_4_a_foreign_sha256sums_makes_nothing_ours() {
    let desk = Desk::with("photo=mine");
    fs::write(desk.path(SUMS), sums_of("photo=mine")).unwrap();
    let expected = "error[output-not-ours]: 1 file is in the way in public, and public/.bulletin, which marks a \
                    folder of bulletin, is missing\n";
    assert_eq!(desk.refused("index.html=1"), expected);
    assert!(!desk.path(".bulletin").exists());
}

#[test]
fn law_4_a_list_that_was_edited_leads_nowhere_outside() {
    let desk = Desk::published("index.html=1");
    let outside = desk.0.path().join("outside");
    fs::write(&outside, "mine").unwrap();
    let absolute = outside.to_str().unwrap();
    let edited =
        sums_of(&format!("../outside=mine {absolute}=mine index.html=1 .bulletin= d/../../outside=mine"));
    fs::write(desk.path(SUMS), edited).unwrap();
    let published = desk.publish("index.html=1").unwrap();
    assert_eq!(fs::read_to_string(outside).unwrap(), "mine");
    assert!(report(&published.warnings).contains("changed line 1 of public/SHA256SUMS"), "{published:?}");
}

#[test]
fn law_4_what_changed_behind_our_back_is_put_right_and_told() {
    let desk = Desk::published("a.html=1 b.html=1 c.html=1 d.html=1 e.html=1");
    desk.put("a.html=hacked b.html=2 c.html=hacked d.html=x");
    desk.remove("e.html");
    let published = desk.publish("a.html=1 b.html=2 d.html=2 e.html=1").unwrap();
    assert_eq!(
        unexpected(&published),
        "warning[output-changed]: public/a.html was changed by somebody else; it is put right\n\
         warning[output-changed]: public/c.html was changed by somebody else and has left the site; it is removed\n\
         warning[output-changed]: public/d.html was changed by somebody else; it is put right\n"
    );
    assert_eq!(counts(&published), [1, 2, 1, 1]);
    assert_eq!(desk.files(), "a.html=1 b.html=2 d.html=2 e.html=1");
}

#[test]
fn pages_that_leave_are_reported_once_and_in_one_language() {
    let desk = Desk::published(
        "a.html=1 a.txt=1 ar/a.html=1 dates/2031.html=1 briefings/page-1.html=1 sources/x-page-2.html=1 names.html=1 b.html=1",
    );
    let published = desk.publish("b.html=1 ar/b.html=1").unwrap();
    assert_eq!(
        report(&published.warnings),
        "warning[page-left]: a.html leaves the site, and links to it will find nothing\n"
    );
    assert!(desk.publish("b.html=1 ar/b.html=1").unwrap().warnings.is_empty());
}

#[test]
fn of_many_pages_that_leave_the_first_are_named() {
    let many: String = (10..40).map(|number| format!("p{number}.html=1 ")).collect();
    let desk = Desk::published(&format!("{many} index.html=1"));
    let warnings = desk.publish("index.html=1").unwrap().warnings;
    assert_eq!(warnings.len(), 11);
    assert!(report(&warnings).contains("20 more pages left the site"));
}

#[test]
fn law_4_folders_go_when_they_are_empty_and_only_then() {
    let desk = Desk::published("a/b/c/x.html=1 d/x.html=1 e/f/x.html=1 e/y.html=1");
    desk.put("d/mine=1");
    desk.publish("e/y.html=1").unwrap();
    let left: Vec<_> = desk.everything().into_keys().collect();
    assert_eq!(left, [".bulletin", "/", "SHA256SUMS", "d/", "d/mine", "e/", "e/y.html"]);
}

#[cfg(unix)]
#[test]
fn law_4_a_link_in_the_path_is_refused() {
    let desk = Desk::with("real/x=mine");
    let elsewhere = TempDir::new().unwrap();
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, desk.path(name)).unwrap();
    link(elsewhere.path(), "briefings");
    link(&desk.path("real/x"), "a.html");
    link(Path::new("nowhere"), "b.html");
    let before = desk.refused("a.html=1 b.html=1 briefings/x/y.html=1 briefings/z.html=1");
    let expected = ["public/a.html", "public/b.html", "public/briefings"].map(|path| {
        format!("error[output-link]: {path} is a link, and bulletin follows none when it writes\n")
    });
    assert_eq!(before, expected.concat());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn law_4_nothing_is_removed_through_a_link() {
    let desk = Desk::published("d/a.html=1 e.html=1");
    let elsewhere = TempDir::new().unwrap();
    fs::write(elsewhere.path().join("a.html"), "1").unwrap();
    fs::remove_dir_all(desk.path("d")).unwrap();
    desk.remove("e.html");
    std::os::unix::fs::symlink(elsewhere.path(), desk.path("d")).unwrap();
    std::os::unix::fs::symlink("nowhere", desk.path("e.html")).unwrap();
    let published = desk.publish("index.html=1").unwrap();
    assert!(elsewhere.path().join("a.html").exists() && desk.path("d").is_symlink());
    assert_eq!(
        report(&published.warnings),
        "warning[output-link]: public/d is a link where a file of this site was; it stays\n\
         warning[output-link]: public/e.html is a link where a file of this site was; it stays\n"
    );
}

#[cfg(unix)]
#[test]
fn law_4_our_own_records_are_never_read_through_a_link() {
    for record in [SUMS, ".bulletin"] {
        let desk = Desk::published("index.html=1");
        fs::rename(desk.path(record), desk.0.path().join("moved")).unwrap();
        std::os::unix::fs::symlink("../moved", desk.path(record)).unwrap();
        let reported = desk.refused("index.html=1");
        assert!(
            reported.starts_with(&format!("error[output-link]: public/{record} is a link")),
            "{reported}"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_output_folder_itself_may_be_a_link() {
    let desk = Desk::new();
    fs::create_dir(desk.0.path().join("www")).unwrap();
    std::os::unix::fs::symlink("www", desk.out()).unwrap();
    desk.publish("d/a.html=1").unwrap();
    assert!(desk.0.path().join("www/d/a.html").exists());
}

#[test]
fn a_file_of_ours_becomes_a_folder_and_the_reverse() {
    let desk = Desk::published("a=1 d/e/x=1 d/y=1 z=1");
    let there = desk.publish("a/b/x=2 a/c=2 d=2").unwrap();
    assert_eq!((desk.files(), counts(&there)), ("a/b/x=2 a/c=2 d=2".to_owned(), [3, 0, 0, 4]));
    desk.publish("a=1 d/e/x=1 d/y=1 z=1").unwrap();
    assert_eq!(desk.files(), "a=1 d/e/x=1 d/y=1 z=1");
}

#[test]
fn law_4_a_folder_of_ours_with_a_foreign_file_does_not_make_way() {
    let desk = Desk::published("d/e/x=1 d/y=1");
    desk.put("d/e/mine=1");
    let expected = "error[foreign-file]: public/d/e/mine is in the way, and bulletin did not write it\n";
    assert_eq!(desk.refused("d=2"), expected);
}

#[test]
fn outputs_that_exclude_each_other_are_refused() {
    let desk = Desk::published("d/x=1");
    for site in ["d=1 d-e=1 d/x=1", "d=1 d-e=1 d/y=1"] {
        let expected = "error[output-twice]: public/d would be a file and a folder at once\n";
        assert_eq!(desk.refused(site), expected);
    }
    let publisher = desk.stage("d/x=1").unwrap();
    publisher.stage(&OutPath::new("d/x").unwrap(), b"1").unwrap();
    assert_eq!(
        report(&commit(publisher).unwrap_err()),
        "error[output-twice]: two outputs go to public/d/x\n"
    );
}

#[test]
fn names_that_are_ours_are_no_outputs() {
    for path in ["SHA256SUMS", "sha256sums", ".bulletin", ".Bulletin-tmp-stage/x"] {
        let reported = Desk::new().refused(&format!("{path}=1"));
        assert_eq!(
            reported,
            format!("error[output-reserved]: public/{path} is a name that bulletin keeps for itself\n")
        );
    }
}

#[test]
fn law_8_a_failed_build_leaves_nothing() {
    let desk = Desk::new();
    drop(desk.stage("a/b/c.html=1 index.html=1").unwrap());
    assert!(!desk.out().exists());
    let deep = desk.out().join("x/y");
    drop(Publisher::open(&deep, "public/x/y", PublishOptions::default()).unwrap());
    assert!(!desk.out().exists());

    desk.put("CNAME=x");
    let before = desk.everything();
    drop(desk.stage("a/b/c.html=1 index.html=1").unwrap());
    assert_eq!(desk.everything(), before);

    desk.publish("index.html=1 gone.html=1").unwrap();
    let before = desk.everything();
    drop(desk.stage("index.html=2 d/new.html=1").unwrap());
    assert_eq!(desk.everything(), before);
}

#[test]
fn law_8_a_failed_stage_cannot_be_committed() {
    let desk = Desk::with("a.html/x=mine");
    let publisher = desk.open().unwrap();
    publisher.stage(&OutPath::new("a.html").unwrap(), b"1").unwrap_err();
    publisher.stage(&OutPath::new("b.html").unwrap(), b"1").unwrap();
    let reported = report(&commit(publisher).unwrap_err());
    assert_eq!(
        reported,
        "error[output-io]: not every output could be prepared, so nothing in public was changed\n"
    );
    assert_eq!(desk.everything().into_keys().collect::<Vec<_>>(), ["/", "a.html/", "a.html/x"]);
}

#[test]
fn two_builds_at_once_are_refused() {
    for desk in [Desk::new(), Desk::published("index.html=1")] {
        let first = desk.stage("index.html=2").unwrap();
        let second = desk.open().map(|_| ()).unwrap_err();
        assert_eq!(report(&[second]), "error[output-locked]: another build is writing to public\n");
        commit(first).unwrap();
        assert_eq!(desk.files(), "index.html=2");
        drop(desk.open().unwrap());
    }
}

#[test]
fn a_file_where_the_output_folder_should_be_is_named() {
    let desk = Desk::new();
    fs::write(desk.out(), "mine").unwrap();
    let reported = report(&[desk.open().map(|_| ()).unwrap_err()]);
    assert_eq!(reported, "error[foreign-file]: public is not a folder\n");
}

#[test]
fn law_4_what_comes_while_we_build_is_not_overwritten() {
    let desk = Desk::published("index.html=1");
    for (late, site) in
        [("new.html=mine", "index.html=1 new.html=2"), ("d/x=mine", "index.html=1 d/a.html=2")]
    {
        let publisher = desk.stage(site).unwrap();
        desk.put(late);
        let reported = report(&commit(publisher).unwrap_err());
        assert!(reported.starts_with("error[foreign-file]: public/"), "{reported}");
        assert_eq!(desk.temporaries(), [""; 0]);
    }
    assert_eq!(desk.files(), "d/x=mine index.html=1 new.html=mine");
}
