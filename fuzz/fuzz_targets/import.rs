//! Pages of other generators: any text is imported as one of each, or reported.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::import::{Generator, ImportOptions, KnownRecords, NewSite, TermMap, plan, plan_wire};
use bulletin::sources::Store;
use bulletin::time::Moment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let target = Store::memory::<&str, &str>([]);
    let of_hugo = [("hugo.toml", ""), ("content/posts/a.md", text), ("content/b.md", text)];
    let of_zola = [("config.toml", ""), ("content/blog/2016-10-02-a.md", text)];
    let of_jekyll = [("_config.yml", text), ("_posts/2016-10-02-a.md", text)];
    let sites = [
        (Generator::Hugo, Store::memory(of_hugo)),
        (Generator::Zola, Store::memory(of_zola)),
        (Generator::Jekyll, Store::memory(of_jekyll)),
    ];
    for (generator, originals) in sites {
        let options = ImportOptions {
            target: &target,
            new_site: NewSite::default(),
            terms: TermMap::parse(text).unwrap_or_default(),
            now: Moment { at: jiff::Timestamp::UNIX_EPOCH, offset: 0 },
        };
        black_box(plan(generator, &originals, &options));
    }
    let find = |_: &str| None;
    let known = KnownRecords { neighbourhood: &find, source: &find, language: "ar" };
    let _ = black_box(plan_wire("a.txt", text, &known));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
