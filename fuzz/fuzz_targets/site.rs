//! A whole site of one briefing: where its text has no error, every page renders without one, all
//! links resolve, and nothing of it becomes a script.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::diag::has_errors;
use bulletin::engine::{self, BuildOptions};
use bulletin::paths::OutPath;
use bulletin::sources::Store;
use bulletin::time::parse_day_or_moment;
use libfuzzer_sys::fuzz_target;

const SETTINGS: &str = "title = \"x\"\nbase_url = \"https://example.org/\"\nhtml = \"sanitise\"\n";

fuzz_target!(|text: &str| {
    let options = BuildOptions {
        store: Store::memory([("site.toml", SETTINGS), ("content/briefings/x.md", text)]),
        now: parse_day_or_moment("2026-01-01").expect("it is a date"),
        as_of: None,
        drafts: true,
        base_url: None,
    };
    let (prepared, diagnostics) = engine::prepare(&options);
    let Some(prepared) = prepared.filter(|_| !has_errors(&diagnostics)) else { return };
    let found = prepared.render_all(&|path: &OutPath, bytes: &[u8]| {
        let is_script = |window: &[u8]| window.eq_ignore_ascii_case(b"<script");
        assert!(!bytes.windows(7).any(is_script), "{path} has a script");
        Ok(())
    });
    assert!(!has_errors(&found.diagnostics), "{:#?}", found.diagnostics);
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
