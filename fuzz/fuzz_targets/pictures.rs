//! Pictures: any bytes are cleaned or refused, and what is clean stays as it is.

#![no_main]

use bulletin::images;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| pictures::fuzz(bytes));
