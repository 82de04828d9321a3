//! A publish into storage that stops, fails or lies at every single request.

mod storage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _};
use tempfile::TempDir;

use super::*;
use crate::diag::{Code, Diagnostic};
use crate::engine::{ItemCounter, Observer, Unobserved};
use crate::paths::OutPath;
use crate::paths::kept_names::{SIGNATURE, SUMS};
use crate::publish::{FinishedOutput, hash, write_sums};
use storage::{Behaviour, Storage};

/// Long enough for memory, and short enough for hundreds of publishes.
const TIMES: LeaseTimes =
    LeaseTimes { renewed_every: Duration::from_millis(20), ends_after: Duration::from_millis(40) };

type Files = BTreeMap<String, Vec<u8>>;

/// A site of two hundred files: a home page, lists, and briefings that link to each other, a picture and a text each.
fn site(briefings: std::ops::Range<usize>, edition: usize) -> Files {
    let mut files = Files::new();
    let mut list = String::new();
    let last = briefings.end - 1;
    for n in briefings.clone() {
        let next = if n == last { briefings.start } else { n + 1 };
        let page = format!(
            "<p>{}</p><a href=\"b{next:03}.html\">n</a><a href=\"b{n:03}.txt\">t</a><img src=\"b{n:03}/p.jpg\">\
             <a href=\"../index.html\">h</a>",
            edition,
        );
        files.insert(format!("briefings/b{n:03}.html"), page.into_bytes());
        files.insert(format!("briefings/b{n:03}.txt"), format!("{n}").into_bytes());
        files.insert(format!("briefings/b{n:03}/p.jpg"), vec![n as u8; 64]);
        list += &format!("<a href=\"briefings/b{n:03}.html\">b</a>");
    }
    files.insert("index.html".to_owned(), format!("{list}<a href=\"feed.atom\">f</a>").into_bytes());
    files.insert("feed.atom".to_owned(), format!("{edition}").into_bytes());
    files
}

/// A folder as a build leaves it.
fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut listed = Vec::new();
    for (path, bytes) in files {
        let at = folder.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, bytes).unwrap();
        listed.push((OutPath::new(path.as_str()).unwrap(), hash(bytes)));
    }
    listed.sort_unstable();
    let list = write_sums(listed.iter().map(|(path, hash)| (path, hash)));
    fs::write(folder.path().join(SUMS), list).unwrap();
    fs::write(folder.path().join(".bulletin"), "").unwrap();
    folder
}

async fn publish_to(folder: &TempDir, storage: Arc<Storage>, force: bool) -> Result<Uploaded, UploadFailure> {
    publish_observed(folder, storage, force, &Unobserved).await
}

async fn publish_observed(
    folder: &TempDir,
    storage: Arc<Storage>,
    force: bool,
    observer: &dyn Observer,
) -> Result<Uploaded, UploadFailure> {
    let source = FinishedOutput::open(folder.path(), "public").unwrap();
    let bucket = Bucket::new(storage, "", "s3://test");
    let options = UploadOptions {
        publisher: format!("{:?}", std::time::Instant::now()),
        safety: UploadSafety { dry_run: false, force },
        times: TIMES,
        on_wait: &|| {},
        observer,
    };
    upload(&source, &bucket, &options).await
}

async fn publish(folder: &TempDir, objects: &Arc<InMemory>) -> Result<Uploaded, UploadFailure> {
    publish_to(folder, Arc::new(Storage::new(objects, Behaviour::Good)), true).await
}

fn content(objects: &InMemory) -> Files {
    futures_util::FutureExt::now_or_never(async {
        let listed: Vec<_> = objects.list(None).try_collect().await.unwrap();
        let mut files = Files::new();
        for found in listed {
            let bytes = objects.get(&found.location).await.unwrap().bytes().await.unwrap();
            files.insert(found.location.to_string(), bytes.to_vec());
        }
        files
    })
    .expect("memory answers at once")
}

/// What went wrong, a line each.
fn said(result: &Result<Uploaded, UploadFailure>) -> String {
    let diagnostics = match result {
        Ok(uploaded) => &uploaded.warnings,
        Err(failure) => &failure.diagnostics,
    };
    let line = |diagnostic: &Diagnostic| {
        let word = if diagnostic.is_error() { "error" } else { "warning" };
        format!("{word}[{}]: {}", diagnostic.code, diagnostic.message)
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Every page that a reader can come to from the home page has all that it links to, and every file is whole.
fn holds_together(files: &Files, editions: &[&Files]) -> Result<(), String> {
    for (path, bytes) in files {
        let is_whole = editions.iter().any(|edition| edition.get(path) == Some(bytes));
        let is_record = [SUMS, lease::LEASE, published::JOURNAL].contains(&path.as_str());
        if !is_whole && !is_record {
            return Err(format!("{path} is of no edition"));
        }
    }
    let mut waiting: Vec<&str> =
        files.get_key_value("index.html").map(|(path, _)| path.as_str()).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(page) = waiting.pop() {
        if !seen.insert(page) || !page.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(files[page].clone()).unwrap();
        for link in text.split(['"']).skip(1).step_by(2) {
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = match link.strip_prefix("../") {
                Some(from_top) => from_top.to_owned(),
                None if folder.is_empty() => link.to_owned(),
                None => format!("{folder}/{link}"),
            };
            let (target, _) = files.get_key_value(&target).ok_or(format!("{page} links to {target}"))?;
            waiting.push(target);
        }
    }
    Ok(())
}

/// What readers have: all but the records of a publish.
fn site_in(objects: &InMemory) -> Files {
    let mut files = content(objects);
    files.remove(SUMS);
    files.remove(lease::LEASE);
    files.remove(published::JOURNAL);
    files
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

/// The old edition is published, and the new one publishes over it with a storage of each behaviour.
fn at_every_request(behaviour: fn(usize) -> Behaviour) {
    let (old, new) = (site(0..70, 1), site(3..75, 2));
    let (old_folder, new_folder) = (folder(&old), folder(&new));
    let published = Arc::new(InMemory::new());
    runtime().block_on(publish(&old_folder, &published)).unwrap();
    let mut request = 0;
    loop {
        let behaviour = behaviour(request);
        let objects = Arc::new(published.fork());
        let storage = Arc::new(Storage::new(&objects, behaviour));
        let result = runtime().block_on(publish_to(&new_folder, Arc::clone(&storage), true));
        if let Err(fault) = holds_together(&content(&objects), &[&old, &new]) {
            panic!("{behaviour:?}: {fault}");
        }
        if storage.requests() <= request {
            assert!(result.is_ok(), "nothing stopped it");
            break;
        }
        // Whatever happened, the next one does the rest; or takes it back, if the first was a mistake.
        let other = Arc::new(objects.fork());
        runtime()
            .block_on(publish(&old_folder, &other))
            .unwrap_or_else(|error| panic!("{behaviour:?}: {error:?}"));
        assert!(site_in(&other) == old, "{behaviour:?}: {:?}", site_in(&other).keys());
        runtime()
            .block_on(publish(&new_folder, &objects))
            .unwrap_or_else(|error| panic!("{behaviour:?}: {error:?}"));
        assert!(site_in(&objects) == new, "{behaviour:?}: {:?}", site_in(&objects).keys());
        request += 1;
    }
    assert!(request > 150, "every request was tried: {request}");
}

#[test]
fn law_3_a_publish_that_is_killed_at_any_request_holds_together_and_the_next_completes_it() {
    at_every_request(Behaviour::StopsAt);
}

#[test]
fn law_3_an_answer_that_is_lost_at_any_request_holds_together_and_the_next_completes_it() {
    at_every_request(Behaviour::LosesAnswerAt);
}

#[test]
fn law_3_an_error_at_any_request_holds_together_and_the_next_completes_it() {
    at_every_request(Behaviour::FailsAt);
}

#[test]
fn law_3_a_file_that_is_cut_at_any_request_is_noticed() {
    let new = site(0..5, 1);
    let folder = folder(&new);
    for request in 0..60 {
        let objects = Arc::new(InMemory::new());
        runtime().block_on(async {
            let storage = Arc::new(Storage::new(&objects, Behaviour::CutsAt(request)));
            let result = publish_to(&folder, storage, false).await;
            let is_right = site_in(&objects) == new;
            // A lease that was cut is not known again.
            let said = said(&result);
            let is_noticed =
                said.starts_with("error[read-back-differs]: ") || said.starts_with("error[publish-locked]: ");
            assert!(is_noticed || is_right, "{request}: {result:?}");
            publish(&folder, &objects).await.unwrap();
            assert_eq!(site_in(&objects), new, "{request}");
        });
    }
}

#[test]
fn an_unchanged_publish_is_one_request() {
    let folder = folder(&site(0..5, 1));
    let objects = Arc::new(InMemory::new());
    runtime().block_on(async {
        publish(&folder, &objects).await.unwrap();
        let storage = Arc::new(Storage::new(&objects, Behaviour::Good));
        let uploaded = publish_to(&folder, Arc::clone(&storage), false).await.unwrap();
        assert_eq!((storage.requests(), uploaded.unchanged), (1, 17));
    });
}

#[test]
fn the_signature_of_the_list_comes_and_goes_with_it() {
    let objects = Arc::new(InMemory::new());
    let signature = || content(&objects).get(SIGNATURE).cloned();
    runtime().block_on(async {
        let signed = folder(&site(0..5, 1));
        publish(&signed, &objects).await.unwrap();
        assert_eq!(signature(), None);
        fs::write(signed.path().join(SIGNATURE), "signed").unwrap();
        publish(&signed, &objects).await.unwrap();
        assert_eq!(signature().as_deref(), Some(&b"signed"[..]), "it was signed after it was published");
        publish(&folder(&site(0..5, 2)), &objects).await.unwrap();
        assert_eq!(signature(), None, "it would be of another list");
    });
}

#[test]
fn two_publishes_at_once_never_mix() {
    for behaviour in [Behaviour::Good, Behaviour::IgnoresConditions, Behaviour::KnowsNoConditions] {
        let (one, two) = (site(0..60, 1), site(0..60, 2));
        let folders = [folder(&one), folder(&two)];
        for head_start in 0..30 {
            let objects = Arc::new(InMemory::new());
            let slow =
                || Arc::new(Storage { takes: Duration::from_millis(2), ..Storage::new(&objects, behaviour) });
            runtime().block_on(async {
                let later = async {
                    tokio::time::sleep(Duration::from_millis(head_start)).await;
                    publish_to(&folders[1], slow(), true).await
                };
                let (first, second) = tokio::join!(publish_to(&folders[0], slow(), true), later);
                let expected = match (&first, &second) {
                    // The second waited, and the first was quick.
                    (Ok(_), Ok(_)) => &two,
                    (Ok(_), lost) | (lost, Ok(_)) => {
                        assert!(
                            said(lost).starts_with("error[publish-locked]: another publish to s3://test "),
                            "{lost:?}"
                        );
                        if first.is_ok() { &one } else { &two }
                    }
                    neither => panic!("{behaviour:?}, {head_start}: {neither:?}"),
                };
                assert!(site_in(&objects) == *expected, "{behaviour:?}, {head_start}");
            });
        }
    }
}

#[test]
fn a_storage_that_knows_no_conditions_is_warned_of() {
    let objects = Arc::new(InMemory::new());
    for (behaviour, expected) in [
        (Behaviour::Good, ""),
        (
            Behaviour::IgnoresConditions,
            "warning[no-conditional-writes]: the storage of s3://test knows no conditional writes, so two publishes at \
             once could mix",
        ),
    ] {
        let folder = folder(&site(0..3, usize::from(behaviour == Behaviour::Good)));
        let storage = Arc::new(Storage::new(&objects, behaviour));
        assert_eq!(said(&runtime().block_on(publish_to(&folder, storage, true))), expected);
    }
}

#[test]
fn law_4_files_of_others_are_neither_written_over_nor_removed() {
    let new = site(0..5, 1);
    let new_folder = folder(&new);
    let objects = Arc::new(InMemory::new());
    runtime().block_on(async {
        objects.put(&Path::from("index.html"), "mine".into()).await.unwrap();
        objects.put(&Path::from("other.html"), "mine".into()).await.unwrap();
        let refused = publish(&new_folder, &objects).await;
        assert_eq!(
            said(&refused),
            "error[foreign-object]: s3://test/index.html is in the way, and bulletin did not write it"
        );
        assert_eq!(content(&objects).len(), 2, "nothing was sent");
        objects.delete(&Path::from("index.html")).await.unwrap();
        publish(&new_folder, &objects).await.unwrap();
        assert_eq!(content(&objects)["other.html"], b"mine");
        // A file of ours that somebody changed, and that leaves the site.
        objects.put(&Path::from("briefings/b000.html"), "mine".into()).await.unwrap();
        let kept = publish(&folder(&site(1..5, 1)), &objects).await;
        assert_eq!(
            said(&kept),
            "warning[foreign-object]: s3://test/briefings/b000.html left the site, but somebody else changed it: it stays"
        );
        assert_eq!(content(&objects)["briefings/b000.html"], b"mine");
        assert!(!content(&objects).contains_key("briefings/b000.txt"));
    });
}

#[test]
fn law_4_a_list_of_somebody_else_makes_nothing_ours() {
    let folder = folder(&site(0..5, 1));
    runtime().block_on(async {
        for list in ["hello\n", "", &format!("{}  a.html", "00".repeat(32))] {
            let objects = Arc::new(InMemory::new());
            objects.put(&Path::from(SUMS), list.to_owned().into()).await.unwrap();
            let said = said(&publish(&folder, &objects).await);
            assert!(said.starts_with("error[foreign-list]: "), "{list:?}: {said}");
            assert_eq!(content(&objects).len(), 1, "nothing was sent");
        }
    });
}

#[test]
fn many_removals_need_a_word() {
    let objects = Arc::new(InMemory::new());
    runtime().block_on(async {
        publish(&folder(&site(0..20, 1)), &objects).await.unwrap();
        let before = content(&objects);
        let storage = Arc::new(Storage::new(&objects, Behaviour::Good));
        let few = folder(&site(10..20, 1));
        let refused = publish_to(&few, storage, false).await;
        assert_eq!(
            said(&refused),
            "error[many-removals]: 30 of the 62 files in s3://test would be removed: briefings/b000.html, \
             briefings/b000.txt, briefings/b000/p.jpg, …"
        );
        assert_eq!(content(&objects), before);
        publish(&few, &objects).await.unwrap();
        assert_eq!(site_in(&objects), site(10..20, 1));
    });
}

#[test]
fn a_folder_that_is_no_whole_build_is_refused() {
    let check = |spoil: fn(&std::path::Path)| {
        let folder = folder(&site(0..2, 1));
        spoil(folder.path());
        let refused = FinishedOutput::open(folder.path(), "public").map(drop).unwrap_err();
        assert_eq!(refused.code, Code::NO_BUILD, "{refused:?}");
    };
    check(|folder| fs::remove_dir_all(folder).unwrap());
    check(|folder| fs::remove_file(folder.join(SUMS)).unwrap());
    check(|folder| fs::write(folder.join(SUMS), "").unwrap());
    check(|folder| fs::write(folder.join(SUMS), "x\n").unwrap());
    check(|folder| fs::write(folder.join(".bulletin"), "bulletin journal 1, 1 files\n").unwrap());
}

#[test]
fn a_file_that_changed_since_the_build_stops_the_publish_before_anything_is_sent() {
    let folder = folder(&site(0..5, 1));
    fs::write(folder.path().join("briefings/b004.txt"), "other").unwrap();
    let objects = Arc::new(InMemory::new());
    runtime().block_on(async {
        assert_eq!(
            said(&publish(&folder, &objects).await),
            "error[no-build]: public/briefings/b004.txt has other bytes than the build gave it"
        );
        assert_eq!(content(&objects), Files::new());
    });
}

#[test]
fn an_observer_of_a_publish_is_given_each_file_that_is_sent_or_removed_once() {
    let objects = Arc::new(InMemory::new());
    runtime().block_on(async {
        for (files, force) in [(site(0..20, 1), false), (site(1..21, 2), true)] {
            let (folder, observer) = (folder(&files), ItemCounter::default());
            let storage = Arc::new(Storage::new(&objects, Behaviour::Good));
            let done = publish_observed(&folder, storage, force, &observer).await.unwrap();
            let files = done.new.len() + done.changed.len() + done.removed.len();
            assert_eq!(observer.counts(), (files, files));
        }
    });
}

#[test]
fn a_copy_in_a_folder_is_the_same_site() {
    let (old, new) = (site(0..20, 1), site(1..21, 2));
    let target = tempfile::tempdir().unwrap();
    let safety = UploadSafety { dry_run: false, force: false };
    let to = |files: &Files| {
        let folder = folder(files);
        let source = FinishedOutput::open(folder.path(), "public").unwrap();
        copy(&source, target.path(), "stick", safety, &Unobserved)
    };
    to(&old).unwrap();
    let copied = to(&new).unwrap();
    assert_eq!((copied.new.len(), copied.removed.len()), (3, 3));
    for (path, bytes) in &new {
        assert_eq!(fs::read(target.path().join(path)).unwrap(), *bytes);
    }
    assert!(said(&to(&site(10..15, 1))).starts_with("error[many-removals]: "));
}

#[test]
fn a_purge_list_has_every_address_that_changed() {
    let paths = |paths: &[&str]| paths.iter().map(|path| OutPath::new(*path).unwrap()).collect();
    let uploaded = Uploaded {
        new: paths(&["ar/حلب.html"]),
        changed: paths(&["index.html", "dates/index.html"]),
        removed: paths(&["old.txt"]),
        ..Uploaded::default()
    };
    assert_eq!(
        purge_list("https://example.org/", &uploaded),
        "https://example.org/\nhttps://example.org/SHA256SUMS\nhttps://example.org/SHA256SUMS.minisig\n\
         https://example.org/ar/%D8%AD%D9%84%D8%A8.html\nhttps://example.org/dates/\n\
         https://example.org/dates/index.html\nhttps://example.org/index.html\nhttps://example.org/old.txt\n"
    );
}
