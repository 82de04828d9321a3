//! Markdown: any text becomes a body, under both policies for raw HTML.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::parse::markdown::{self, MarkdownOptions, RawHtml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
        black_box(markdown::parse(
            "content/briefings/x.md",
            text,
            0,
            &MarkdownOptions { raw_html, people_counts: true, ..MarkdownOptions::default() },
        ));
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
