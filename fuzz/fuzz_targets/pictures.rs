//! Pictures: of any bytes, clean copies are made or none.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::images;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["x.jpg", "x.png", "x.webp"] {
        images::fuzz_copies(name, bytes);
        if let Ok(clean) = images::clean(name, bytes.to_vec()) {
            images::fuzz_copies(name, &clean);
        }
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
