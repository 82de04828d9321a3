//! Archives of a site: any bytes are checked, and read no further than their list says.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::fs;
use std::hint::black_box;

use bulletin::copies::{VerifyOptions, ZipCopy, verify};
use bulletin::engine::Unobserved;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("copy.zip");
    fs::write(&file, bytes).expect("the folder can be written");
    let Ok(copy) = ZipCopy::open(&file, "copy.zip") else { return };
    let options = VerifyOptions {
        key: None,
        now: jiff::Timestamp::UNIX_EPOCH,
        known: None,
        address: None,
        observer: &Unobserved,
    };
    black_box(verify(&copy, &options).diagnostics);
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
