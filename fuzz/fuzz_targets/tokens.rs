//! The reader of HTML: any text has tokens, and text that was escaped is the same after it was read and escaped again.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::html::{Tokens, decode, escape, page_without_comments};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut tokens = Tokens::new(text);
    while let Some(token) = tokens.next_token() {
        black_box(&token);
    }
    let escaped = escape(text);
    assert!(!escaped.contains(['<', '>', '"']), "{escaped}");
    assert_eq!(escape(&decode(&escaped)), escaped);
    black_box(page_without_comments(text));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
