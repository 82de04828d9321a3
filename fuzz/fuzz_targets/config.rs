//! site.toml and theme.toml: any text is read or reported as wrong, never both.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (read, diagnostics) = config::parse("site.toml", text);
    assert_eq!(read.is_none(), diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
    black_box(config::parse_theme("themes/x/theme.toml", text));
    if let Ok(url) = config::base_url(text) {
        assert_eq!(config::base_url(&url).as_ref(), Ok(&url), "reading a base_url twice changed it");
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
