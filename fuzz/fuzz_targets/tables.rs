//! Tables: the rows of any text are claims of a briefing, or reported as wrong.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use bulletin::config::Config;
use bulletin::model::Body;
use bulletin::parse::front_matter::{self, FrontOptions};
use bulletin::sources::TableFile;
use libfuzzer_sys::fuzz_target;

static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);

const BRIEFING: &str = "+++\ntitle = \"T\"\ndate = 2031-05-02\n[[include]]\nfigures = \"x.csv\"\nsource = \"S\"\n\
                        measure = \"killed\"\ntext = \"{a}\"\ncolumns = { happened = \"b\", count = \"c\", min = \"d\" }\n+++\n";

fuzz_target!(|table: &str| {
    let file: Arc<str> = "content/briefings/x/index.md".into();
    let Ok(split) = front_matter::split(&file, BRIEFING) else { return };
    // A table of any form, and rows below a header that fits.
    for text in [table.to_owned(), format!("a,b,c,d\n{table}")] {
        let path = "content/briefings/x/x.csv".into();
        let tables = [TableFile { path, start: BRIEFING.len() + 1, text: Ok(text) }];
        let options = FrontOptions { config: &CONFIG, tables: &tables };
        black_box(front_matter::briefing(&file, "x", BRIEFING, &split, Body::default(), &options));
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
