//! Images: any bytes are cleaned or refused, and clean ones do not change.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::images;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| images::fuzz(bytes));

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
