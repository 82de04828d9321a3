//! Front matter: any text is read as each kind of article, or reported as wrong.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use bulletin::config::{self, Config};
use bulletin::model::Body;
use bulletin::parse::front_matter::{self, FrontOptions};
use libfuzzer_sys::fuzz_target;

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let text = "title = \"x\"\nlanguages = [\"en\", \"ar\"]\ntopics = [\"water\"]\ntimezone = \"Asia/Damascus\"\n\
                [parties]\na = \"A\"\n";
    config::parse("site.toml", text).0.expect("it has no error")
});

fuzz_target!(|text: &str| {
    let (file, of): (Arc<str>, Arc<str>) = ("content/x.ar.md".into(), "content/x.md".into());
    let Ok(split) = front_matter::split(&file, text) else { return };
    let options = FrontOptions { config: &CONFIG, tables: &[] };
    black_box(front_matter::briefing(&file, "x", text, &split, Body::default(), &options));
    black_box(front_matter::page(&file, "x", text, &split, Body::default(), &options));
    black_box(front_matter::home(&file, text, &split, Body::default(), &options));
    black_box(front_matter::neighbourhood(&file, "x", text, &split, Body::default(), &options));
    black_box(front_matter::source(&file, "x", text, &split, Body::default(), &options));
    black_box(front_matter::event(&file, "x", text, &split, Body::default(), &options));
    black_box(front_matter::translation(&file, &of, "ar", text, &split, Body::default(), &options));
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
