//! Private files and words in the git repository around a site.

use std::fs;
use std::process::Command;

use crate::common::{NOW, Site};

const SITE: &str = r#"-- site.toml --
title = "T"
-- content/briefings/b.md --
+++
title = "B"
date = 2031-05-02
+++

Text.
"#;

const RECORD: &str = "+++\ntitle = \"Mabel Storm\"\nprotected = true\nlabel = \"a nurse\"\n+++\n";

/// A site in a repository of its own.
struct Repository {
    site: Site,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { site: Site::new(SITE) };
        repository.git(&["init", "--quiet"]);
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let git = Command::new("git")
            .current_dir(self.site.root())
            .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org"])
            .args(arguments)
            .output()
            .expect("git is installed");
        assert!(git.status.success(), "{git:?}");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn check(&self, arguments: &[&str]) -> String {
        let arguments = [&["check", "--now", NOW, "--format", "short"], arguments].concat();
        self.site.run(&arguments).stdout
    }

    fn tracked(&self) -> Vec<String> {
        let found = self.check(&[]);
        found.lines().filter(|line| line.contains("tracked-secret")).map(ToOwned::to_owned).collect()
    }
}

#[test]
fn a_private_file_that_git_tracks_is_an_error() {
    let repository = Repository::new();
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    repository.site.write_bytes("private/sources/zoe.md", RECORD.as_bytes());
    repository.site.write_bytes("content/sources/ali.md", RECORD.replace("Mabel", "Ali").as_bytes());
    repository
        .site
        .write_bytes("content/sources/radio.md", b"+++\ntitle = \"Radio Brine\"\nkind = \"newsroom\"\n+++\n");
    assert_eq!(repository.tracked(), Vec::<String>::new(), "nothing is tracked yet");
    repository.git(&["add", "--all"]);
    let error =
        |path: &str| format!("{path}:1:1: error[tracked-secret]: git tracks {path}, which is private");
    let paths = ["content/sources/ali.md", "private/sources/zoe.md", "redact.txt"];
    assert_eq!(repository.tracked(), paths.map(error));
    let build = repository.site.run(&["build", "--now", NOW]);
    assert_eq!(build.code, Some(1), "{build}");
}

#[test]
fn a_dated_exception_lifts_a_tracked_private_file() {
    let repository = Repository::new();
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    repository.git(&["add", "--all"]);
    let allow = "title = \"T\"\nallow = [{ guard = \"tracked-secret\", why = \"It is on no server.\", until = 2031-06-01 }]\n";
    repository.site.write_bytes("site.toml", allow.as_bytes());
    let found = repository.check(&[]);
    assert!(!found.contains("error["), "{found}");
    assert!(
        found.contains("note[exception]: the guard \"tracked-secret\" is lifted until 2031-06-01"),
        "{found}"
    );
}

#[test]
fn an_exception_for_tracked_files_needs_no_repository() {
    let site = Site::new(SITE);
    let allow = "title = \"T\"\nallow = [{ guard = \"tracked-secret\", why = \"It is on no server.\", until = 2031-06-01 }]\n";
    site.write_bytes("site.toml", allow.as_bytes());
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    assert!(!run.stdout.contains("unused-exception"), "{run}");
}

#[test]
fn check_sources_finds_private_words_in_files_earlier_commits_and_messages() {
    let repository = Repository::new();
    repository.site.write_bytes("notes/talk.txt", b"We spoke to Ms Storm, Mabel, at noon.\n");
    repository.commit("A talk");
    fs::remove_file(repository.site.root().join("notes/talk.txt")).unwrap();
    repository.commit("Interview with Halvard");
    repository.site.write_bytes("plan.md", b"Call Joran.\n");
    repository.commit("A plan");
    repository.site.write_bytes(".git/info/exclude", b"redact.txt\nprivate\n");
    repository.site.write_bytes("redact.txt", b"Halvard\nJoran\nNowhere\n");
    repository.site.write_bytes("private/sources/zoe.md", RECORD.as_bytes());
    assert!(!repository.check(&[]).contains("secret-in-repository"));
    let found = repository.check(&["--sources"]);
    let found: Vec<&str> = found.lines().filter(|line| line.contains("secret-in-repository")).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].contains("zoe.md is in the repository: an earlier version of notes/talk.txt"),
        "{found:?}"
    );
    assert!(
        found[1].contains("line 1 of redact.txt is in the repository: the message or author of "),
        "{found:?}"
    );
    let in_a_file = "redact.txt:1:1: error[secret-in-repository]: the word of line 2 of redact.txt is in the repository: plan.md";
    assert_eq!(found[2], in_a_file);
}

#[test]
fn check_sources_finds_private_words_in_every_name_that_a_file_or_a_branch_ever_had() {
    let repository = Repository::new();
    repository.site.write_bytes("notes/Halvard.txt", b"Text\n");
    repository.commit("Notes");
    fs::rename(repository.site.path("notes/Halvard.txt"), repository.site.path("a.txt")).unwrap();
    repository.commit("Notes");
    repository.git(&["tag", "interview-joran"]);
    repository.site.write_bytes("redact.txt", b"Halvard\nJoran\n");
    let found = repository.check(&["--sources"]);
    let found: Vec<&str> = found.lines().filter(|line| line.contains("secret-in-repository")).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("line 1 of redact.txt is in the repository: an earlier version of notes/"),
        "{found:?}"
    );
    assert!(found[1].contains("line 2 of redact.txt is in the repository: the name refs/tags/"), "{found:?}");
    assert!(!found.concat().contains("Halvard") && !found.concat().contains("joran"), "{found:?}");
}

#[test]
fn the_id_of_a_protected_source_is_a_secret_in_a_repository_unless_it_is_words_and_a_number() {
    let repository = Repository::new();
    let briefing = |id: &str| format!("+++\ntitle = \"T\"\ndate = 2031-05-01\nsources = [\"{id}\"]\n+++\n");
    for id in ["resident-1", "nurse-2", "ada-quill"] {
        repository.site.write_bytes(&format!("content/briefings/{}.md", id.len()), briefing(id).as_bytes());
    }
    repository.commit("Briefings");
    let record = |title: &str| {
        format!("+++\ntitle = \"{title}\"\nkind = \"resident\"\nprotected = true\nlabel = \"a nurse\"\n+++\n")
    };
    repository.site.write_bytes("private/sources/resident-1.md", record("Resident 1").as_bytes());
    repository.site.write_bytes("private/sources/nurse-2.md", record("Mabel Storm").as_bytes());
    repository.site.write_bytes("private/sources/ada-quill.md", record("A nurse of the hospital").as_bytes());
    let found = repository.check(&["--sources"]);
    let found: Vec<&str> = found.lines().filter(|line| line.contains("secret-in-repository")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("a name of the protected source private/sources/ada-quill.md"), "{found:?}");
}

#[test]
fn check_sources_names_files_that_it_cannot_search() {
    let repository = Repository::new();
    repository.site.write_bytes("notes/minutes.docx", b"PK\x03\x04x");
    repository.commit("Minutes");
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    let run = repository.site.run(&["check", "--sources", "--now", NOW]);
    assert!(run.stdout.contains("in which words are not found: notes/minutes.docx"), "{run}");
}

#[test]
fn check_sources_lists_the_places_of_a_word_and_counts_the_rest() {
    let repository = Repository::new();
    repository.site.write_bytes("plan.md", b"First\nCall Halvard, then Ada.\n");
    repository.site.write_bytes("notes/old.md", b"Halvard again\n");
    repository.commit("A plan");
    repository.git(&["notes", "add", "--message", "Halvard asked"]);
    fs::remove_file(repository.site.path("notes/old.md")).unwrap();
    repository.commit("Less");
    repository.site.write_bytes(".git/info/exclude", b"redact.txt\n");
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    let run = repository.site.run(&["check", "--sources", "--now", NOW]);
    let found: Vec<&str> =
        run.stdout.split("\n\n").filter(|text| text.contains("secret-in-repository")).collect();
    assert_eq!(found.len(), 1, "{run}");
    let commit =
        Command::new("git").current_dir(repository.site.root()).args(["rev-parse", "HEAD~1"]).output();
    let commit = String::from_utf8(commit.unwrap().stdout).unwrap();
    let expected = format!(
        "error[secret-in-repository]: the word of line 1 of redact.txt is in the repository: plan.md, and 2 more
  ┌─ redact.txt:1:1
  ┌─ plan.md:2:6
  = is here
  ┌─ notes/old.md:1:1
  = was here
  = help: take it out of the whole history, as with git filter-repo, and assume that everyone with a copy knows it
  = help: it is in the git note about {}",
        &commit[..10]
    );
    assert_eq!(found[0], expected);
    for number in 0..30 {
        repository.site.write_bytes(&format!("list/{number}.md"), b"Halvard\n");
    }
    repository.commit("Lists");
    let run = repository.site.run(&["check", "--sources", "--now", NOW, "--format", "json"]);
    let line = run.stdout.lines().find(|line| line.contains("secret-in-repository")).unwrap();
    let found: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(found["related"].as_array().unwrap().len(), 20, "{line}");
    assert_eq!(found["help"][1], "and 13 more places", "{line}");
    assert!(!line.contains("Halvard"), "{line}");
}

#[test]
fn a_record_of_a_protected_source_is_named_at_the_desk_alone() {
    let repository = Repository::new();
    repository.site.write_bytes("private/sources/zoe-miller.md", RECORD.as_bytes());
    repository.site.write_bytes("private/sources/ben.md", b"+++\ntitle = \"Ben Hale\"\nkidn = 1\n+++\n");
    repository.site.write_bytes("plan.md", b"Mabel Storm\n");
    repository.site.write_bytes(".git/info/exclude", b"private\n");
    repository.commit("A plan");
    let check =
        |format| repository.site.run(&["check", "--sources", "--now", NOW, "--format", format]).stdout;
    for format in ["human", "short"] {
        assert!(
            check(format).contains("the protected source private/sources/zoe-miller.md is in"),
            "{format}"
        );
    }
    for format in ["github", "sarif", "json"] {
        let found = check(format);
        assert!(found.contains("the protected source private/sources/██████████.md is in"), "{found}");
        for private in ["zoe", "ben", "Hale", "Mabel"] {
            assert!(!found.contains(private), "{private} in {found}");
        }
    }
}

#[test]
fn no_program_of_the_repository_is_run() {
    let repository = Repository::new();
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    repository.commit("A site");
    repository.git(&["config", "core.fsmonitor", "touch was-run; false"]);
    // An object that is missing could be fetched by a program that is named here.
    repository.git(&["config", "extensions.partialClone", "origin"]);
    repository.git(&["config", "remote.origin.url", "file:///nowhere"]);
    repository.git(&["config", "remote.origin.promisor", "true"]);
    repository.git(&["config", "remote.origin.uploadpack", "touch was-run; false"]);
    let objects = walkdir::WalkDir::new(repository.site.path(".git/objects")).into_iter().map(Result::unwrap);
    let object =
        objects.filter(|entry| entry.file_type().is_file()).min_by_key(|entry| entry.path().to_owned());
    fs::remove_file(object.unwrap().path()).unwrap();
    repository.check(&["--sources"]);
    assert!(!repository.site.root().join("was-run").exists());
}

#[test]
fn a_tracked_translation_of_a_protected_record_is_an_error() {
    let repository = Repository::new();
    repository.site.write_bytes("site.toml", b"title = \"T\"\nlanguages = [\"en\", \"ar\"]\n");
    repository.site.write_bytes("content/sources/zoe.ar.md", b"+++\ntitle = \"Z\"\n+++\n");
    repository.git(&["add", "--all"]);
    repository.site.write_bytes("content/sources/zoe.md", RECORD.as_bytes());
    let found = repository.tracked();
    assert!(found[0].ends_with("git tracks content/sources/zoe.ar.md, which is private"), "{found:?}");
}

#[test]
fn a_public_record_is_searched_as_any_other_file() {
    let repository = Repository::new();
    let record = "+++\n# as Halvard said\ntitle = \"Radio Brine\"\nkind = \"newsroom\"\n+++\n";
    repository.site.write_bytes("content/sources/radio.md", record.as_bytes());
    repository.commit("A record");
    repository.site.write_bytes("private/redact.txt", b"Halvard\n");
    let found = repository.check(&["--sources"]);
    let error = "error[secret-in-repository]: the word of line 1 of private/redact.txt is in the repository: content/sources/radio.md";
    assert!(found.contains(error), "{found}");
}

#[test]
fn check_sources_says_how_much_it_searched() {
    let repository = Repository::new();
    repository.commit("A site");
    repository.commit("Nothing new");
    let whole = "note[searched-repository]: looked for private words in 5 files, earlier versions, names and messages of the repository\n";
    assert!(repository.check(&["--sources"]).contains(whole), "{}", repository.check(&["--sources"]));
    let origin = format!("file://{}", repository.site.root().display());
    let clone = Site::empty();
    let cloned = Command::new("git")
        .args(["clone", "--quiet", "--depth", "1", &origin])
        .arg(clone.path("site"))
        .status()
        .expect("git is installed");
    assert!(cloned.success());
    let root = clone.path("site");
    let arguments =
        ["check", "--sources", "--now", NOW, "--format", "short", "--root", root.to_str().unwrap()];
    let run = clone.run(&arguments);
    assert!(run.stdout.contains("a part of its history is not in this copy"), "{run}");
    let run = Site::new(SITE).run(&["check", "--sources", "--now", NOW, "--format", "short"]);
    assert!(run.stdout.contains("warning[searched-repository]: the site is in no git repository"), "{run}");
}

#[cfg(unix)]
#[test]
fn a_link_hides_no_tracked_file() {
    use std::os::unix::fs::symlink;

    let repository = Repository::new();
    let site = &repository.site;
    let root = site.root();
    site.write_bytes("texts/sources/ali.md", RECORD.as_bytes());
    site.write_bytes("texts/briefings/b.md", b"+++\ntitle = \"B\"\ndate = 2031-05-02\n+++\nText.\n");
    fs::remove_dir_all(root.join("content")).unwrap();
    symlink("texts", root.join("content")).unwrap();
    site.write_bytes("lists/words.txt", b"Halvard\n");
    symlink("lists/words.txt", root.join("redact.txt")).unwrap();
    site.write_bytes("people/zoe.md", RECORD.replace("Mabel", "Zoe").as_bytes());
    fs::create_dir(root.join("private")).unwrap();
    symlink("../people", root.join("private/sources")).unwrap();
    assert_eq!(repository.tracked(), Vec::<String>::new(), "nothing is tracked yet");
    repository.git(&["add", "texts", "lists", "people"]);
    let found = repository.tracked();
    let paths = ["content/sources/ali.md", "private/sources/zoe.md", "redact.txt"];
    assert_eq!(found.len(), paths.len(), "{found:?}");
    for (found, path) in found.iter().zip(paths) {
        assert!(found.starts_with(&format!("{path}:1:1: error[tracked-secret]")), "{found}");
    }
}

#[test]
fn an_exception_of_a_site_without_briefings_ends() {
    let repository = Repository::new();
    fs::remove_dir_all(repository.site.root().join("content/briefings")).unwrap();
    repository.site.write_bytes("content/index.md", b"+++\ntitle = \"T\"\n+++\nText.\n");
    repository.site.write_bytes("redact.txt", b"Halvard\n");
    repository.git(&["add", "--all"]);
    let allow = "title = \"T\"\nallow = [{ guard = \"tracked-secret\", why = \"It is on no server.\", until = 2031-06-01 }]\n";
    repository.site.write_bytes("site.toml", allow.as_bytes());
    let check = |now: &str| repository.site.run(&["check", "--now", now, "--format", "short"]).stdout;
    assert!(!check("2031-06-01").contains("error["), "{}", check("2031-06-01"));
    assert!(check("2031-06-02").contains("error[tracked-secret]"), "{}", check("2031-06-02"));
    assert!(check("2031-01-01").contains("error[long-exception]"), "{}", check("2031-01-01"));
}
