//! SHA256SUMS and the journal of an output folder: whatever they hold, a cancelled publish leaves the folder
//! as it was, and a completed one keeps every file that it did not write.
//!
//! The bytes up to the first NUL are SHA256SUMS, the rest is the journal.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::fs;

use bulletin::engine::Unobserved;
use bulletin::paths::OutPath;
use bulletin::publish::{PublishOptions, Publisher};
use libfuzzer_sys::fuzz_target;

const FOREIGN: &str = "letter.txt";

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let at = |name: &str| folder.path().join(name);
    let split = bytes.iter().position(|byte| *byte == 0);
    let (sums, journal) = split.map_or((bytes, &[][..]), |nul| (&bytes[..nul], &bytes[nul + 1..]));
    let files = [("SHA256SUMS", sums), (".bulletin", journal), (FOREIGN, b"not ours")];
    for (name, bytes) in files {
        fs::write(at(name), bytes).expect("the folder can be written");
    }
    drop(Publisher::open(folder.path(), "out", PublishOptions::default()));
    for (name, bytes) in files {
        assert_eq!(fs::read(at(name)).ok().as_deref(), Some(bytes), "{name}");
    }
    let Ok(publisher) = Publisher::open(folder.path(), "out", PublishOptions::default()) else { return };
    let page = OutPath::new("index.html").expect("a plain path");
    if publisher.stage(&page, b"page").is_ok() && publisher.commit(&Default::default(), &Unobserved).is_ok() {
        assert_eq!(fs::read(at("index.html")).ok().as_deref(), Some(&b"page"[..]));
    }
    // No text that is made by chance holds the hash of the letter.
    assert_eq!(fs::read(at(FOREIGN)).ok().as_deref(), Some(&b"not ours"[..]));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
