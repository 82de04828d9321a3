//! Ids and paths: a slug is its own slug, and a relative link is harmless text.
//!
//! Two paths are cut at the first line break.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::paths::{Id, OutPath, ascii_url_path, fold_name, relative_url, slugify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let slug = slugify(text);
    assert_eq!(slugify(&slug), slug, "the slug of a slug differs");
    black_box(fold_name(text));
    if let Ok(id) = Id::from_name(text) {
        assert_eq!(Id::from_slug(id.as_str()).as_ref(), Ok(&id));
        OutPath::new(format!("briefings/{id}.html")).expect("an id is a part of a path");
    }
    let (from, to) = text.split_once('\n').unwrap_or((text, ""));
    if let (Ok(from), Ok(to)) = (OutPath::new(from), OutPath::new(to)) {
        let url = relative_url(&from, &to, "part");
        assert!(!url.contains(['"', '<', '>', ' ', '\\']) && !url.starts_with('/'), "{url}");
        assert!(ascii_url_path(to.as_str()).is_ascii());
        black_box(from.folded());
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
