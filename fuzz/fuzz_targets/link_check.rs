//! The check of rendered pages: any HTML is read.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;
use std::sync::LazyLock;

use bulletin::checks::links::{self, Fragments};
use bulletin::engine::{self, BuildOptions, Prepared};
use bulletin::sources::Store;
use bulletin::time::parse_day_or_moment;
use libfuzzer_sys::fuzz_target;

static SITE: LazyLock<Prepared> = LazyLock::new(|| {
    let briefing = "+++\ntitle = \"x\"\ndate = 2016-10-02\n+++\n";
    let options = BuildOptions {
        store: Store::memory([("content/briefings/x.md", briefing)]),
        now: parse_day_or_moment("2026-01-01").expect("it is a date"),
        as_of: None,
        drafts: false,
        base_url: None,
    };
    engine::prepare(&options).0.expect("the site has no error")
});

fuzz_target!(|html: &str| {
    let routes = &SITE.site.routes;
    let (found, route) = routes.find("briefings/x.html").expect("it is a page");
    let (facts, _) = links::read(html, &routes.all()[found].0, route, &SITE.site);
    let mut fragments = Fragments::default();
    fragments.add(found, &routes.all()[found].0, facts);
    black_box(fragments.missing(routes));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
