//! Copies of small sites in temporary folders: what is signed and packed is good, and whatever changes is found.

use crate::paths::kept_names::{SIGNATURE, SUMS};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::diag::{Code, Diagnostic};
use crate::engine::{ItemCounter, Unobserved};
use crate::publish::{hash, hex};

const SECRET: &str = "untrusted comment: minisign encrypted secret key
RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVjU5Yl5jSv24uxpBrNd7gxBR7gLJ4wxzsSP/L60w1o3LbPhKjvUe1DZr6P3IYz3URlxI6ApRY/hvn+G+dMJjUX6xdWTkDrCQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
";
const PUBLIC: &str = "RWRWNTliXmNK/TZr6P3IYz3URlxI6ApRY/hvn+G+dMJjUX6xdWTkDrCQ";
const RECORD: &str = "{\"version\":1,\"title\":\"Brine\",\"address\":null,\"as_of\":\"2031-05-01T00:00:00Z\",\
                      \"changed\":\"2031-05-01T00:00:00Z\",\"next_due\":null}";

fn key() -> SigningKey {
    SecretKeyFile::new("key", SECRET.as_bytes()).and_then(|key| key.open(None)).ok().unwrap()
}

fn now() -> Timestamp {
    "2031-06-01T00:00:00Z".parse().unwrap()
}

/// A folder as a build leaves it, of these files and what each site has.
fn built(files: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut files = files.clone();
    files.insert("copy.json".to_owned(), RECORD.as_bytes().to_vec());
    files.insert("minisign.pub".to_owned(), PUBLIC.as_bytes().to_vec());
    let mut list = String::new();
    for (path, bytes) in &files {
        let at = folder.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, bytes).unwrap();
        list.push_str(&format!("{}  {path}\n", hex(&hash(bytes))));
    }
    fs::write(folder.path().join(SUMS), list).unwrap();
    folder
}

fn signed(files: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let folder = built(files);
    sign(folder.path(), "public", &key(), now()).unwrap();
    folder
}

#[test]
fn an_observer_of_pack_and_verify_is_given_each_file_once() {
    let files = (0..70).map(|number| (format!("{number}.html"), b"a".to_vec()));
    let files = files.chain([("large".to_owned(), vec![7; 2 << 20])]).collect();
    let folder = signed(&files);
    let archive = folder.path().with_extension("zip");
    let (packing, verifying) = (ItemCounter::default(), ItemCounter::default());
    let options = PackOptions {
        folder: folder.path(),
        shown_as: "public",
        archive: &archive,
        archive_shown_as: "a.zip",
        replace: true,
        now: now(),
        observer: &packing,
    };
    pack(&options).unwrap();
    assert_eq!(packing.counts(), (73, 73));
    let copy = ZipCopy::open(&archive, "a.zip").unwrap();
    let options = VerifyOptions { key: None, now: now(), known: None, address: None, observer: &verifying };
    assert_eq!(verify(&copy, &options).files, 73);
    assert_eq!(verifying.counts(), (73, 73));
    fs::remove_file(archive).unwrap();
}

fn codes(copy: &dyn CopyFiles) -> Vec<&'static str> {
    let key = crate::keys::SiteKey::from_text(PUBLIC);
    let report =
        verify(copy, &VerifyOptions { key, now: now(), known: None, address: None, observer: &Unobserved });
    report.diagnostics.iter().map(|found| found.code.name()).collect()
}

fn codes_of_folder(folder: &Path) -> Vec<&'static str> {
    codes(&FolderCopy::open(folder, "public").unwrap())
}

fn packed(folder: &Path, archive: &Path) -> Result<Packed, Vec<Diagnostic>> {
    let (shown_as, archive_shown_as) = ("public", "a.zip");
    pack(&PackOptions {
        folder,
        shown_as,
        archive,
        archive_shown_as,
        replace: true,
        now: Timestamp::MAX,
        observer: &Unobserved,
    })
}

/// Files and folders with plain names. No name is both.
fn sites() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
    let name = "([ab]/){0,2}[c-eحلé]{1,3}\\.(html|png|txt)";
    proptest::collection::btree_map(name, proptest::collection::vec(any::<u8>(), 0..300), 1..8)
}

proptest! {
    #[test]
    fn what_is_signed_and_packed_is_good(files in sites()) {
        let folder = signed(&files);
        prop_assert_eq!(codes_of_folder(folder.path()), [""; 0]);
        let archives = tempfile::tempdir().unwrap();
        let archive = archives.path().join("a.zip");
        let done = packed(folder.path(), &archive).unwrap();
        prop_assert_eq!((done.files, done.warnings), (files.len() + 2, vec![]));
        prop_assert_eq!(codes(&ZipCopy::open(&archive, "a.zip").unwrap()), [""; 0]);
    }

    #[test]
    fn the_same_site_gives_the_same_archive_on_any_number_of_cores(files in sites()) {
        let folder = signed(&files);
        let archives = tempfile::tempdir().unwrap();
        let bytes = |cores: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
            let archive = archives.path().join("a.zip");
            pool.install(|| packed(folder.path(), &archive).unwrap());
            fs::read(archive).unwrap()
        };
        prop_assert!(bytes(1) == bytes(3));
    }

    #[test]
    fn every_changed_byte_of_a_file_the_list_or_the_signature_is_found(
        files in sites(), which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0..8,
    ) {
        let folder = signed(&files);
        let mut paths: Vec<&str> = files.keys().map(String::as_str).filter(|path| !files[*path].is_empty()).collect();
        paths.extend([SUMS, SIGNATURE, "copy.json", "minisign.pub"]);
        let path = folder.path().join(paths[which.index(paths.len())]);
        let mut bytes = fs::read(&path).unwrap();
        // The first line of a signature is a remark that no one signs or reads.
        let from = if path.ends_with(SIGNATURE) { bytes.iter().position(|byte| *byte == b'\n').unwrap() } else { 0 };
        let at = from + at.index(bytes.len() - from);
        bytes[at] ^= 1_u8 << bit;
        fs::write(&path, bytes).unwrap();
        prop_assert_ne!(codes_of_folder(folder.path()), [""; 0]);
    }

    #[test]
    fn every_cut_archive_is_refused(files in sites(), at in any::<prop::sample::Index>()) {
        let folder = signed(&files);
        let archives = tempfile::tempdir().unwrap();
        let archive = archives.path().join("a.zip");
        packed(folder.path(), &archive).unwrap();
        let bytes = fs::read(&archive).unwrap();
        fs::write(&archive, &bytes[..at.index(bytes.len())]).unwrap();
        let found = ZipCopy::open(&archive, "a.zip").map_or_else(|fault| vec![fault.code.name()], |copy| codes(&copy));
        prop_assert_ne!(found, [""; 0]);
    }
}

#[test]
fn a_changed_site_is_not_signed_or_packed_and_no_archive_is_left() {
    let folder = signed(&[("a.html".to_owned(), b"a".to_vec())].into());
    fs::write(folder.path().join("a.html"), "b").unwrap();
    let altered = |faults: Vec<Diagnostic>| faults.iter().any(|fault| fault.code == Code::ALTERED_FILE);
    assert!(altered(sign(folder.path(), "public", &key(), now()).unwrap_err()));
    let archives = tempfile::tempdir().unwrap();
    assert!(altered(packed(folder.path(), &archives.path().join("a.zip")).unwrap_err()));
    assert_eq!(fs::read_dir(archives.path()).unwrap().count(), 0);
}

#[test]
fn a_large_file_is_packed_as_a_small_one_is() {
    let large: Vec<u8> = (0..3_000_000_u32).flat_map(|number| (number / 7).to_le_bytes()).collect();
    let folder = signed(&[("a.txt".to_owned(), large.clone()), ("b.png".to_owned(), large)].into());
    let archives = tempfile::tempdir().unwrap();
    let archive = archives.path().join("a.zip");
    packed(folder.path(), &archive).unwrap();
    assert_eq!(codes(&ZipCopy::open(&archive, "a.zip").unwrap()), [""; 0]);
}
