//! redact.txt: any list is read, and what it holds is in no text that was masked.
//!
//! The text begins behind the first NUL. As a message, it has none itself: with them, it could be one in UTF-16.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::private::{Matcher, RedactList};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (list, text) = input.split_once('\0').unwrap_or((input, input));
    let (list, _) = RedactList::parse("redact.txt", list);
    let matcher = Matcher::new(list.words().map(|(_, pattern)| pattern.clone()).collect());
    let masked = matcher.masked(&text.replace('\0', " "));
    assert!(matcher.found_in_output(masked.as_bytes()).is_empty(), "{masked:?} has a private word");
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
