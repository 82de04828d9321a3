//! Files that are copied: any bytes under any name are of one kind, and their traces are named.
//!
//! The first byte chooses the name.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::file_formats;
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] =
    &["a.pdf", "a.docx", "a.txt", "a.html", "a.woff2", "a.mp4", "a.csv", "a", "a.xml", "a.unknown"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    black_box(file_formats::class(NAMES[usize::from(*first) % NAMES.len()], rest));
    black_box(file_formats::is_code(rest));
    black_box(file_formats::is_harmless_xml("a.xml", rest));
    black_box(file_formats::traces_in_own_page(rest));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
