//! The table of modules in ARCHITECTURE.md, held against the code: lower rows never import from
//! higher ones, and only a few modules touch the disk, the clock and the terminal.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The modules by row; a module that is not listed belongs to the one above it.
const ROWS: [&[&str]; 9] = [
    &["charts", "diag", "fitted", "html", "images", "paths", "time"],
    &["config", "i18n", "private", "report", "sources", "toml"],
    &["parse", "parse::front_matter", "parse::markdown", "model"],
    &["site"],
    &["checks"],
    &["render"],
    &["engine"],
    &["preview", "publish"],
    &["cli", "main", "lib"],
];

/// Who may use what; everybody else asks them, or is told by options.
const ONLY_IN: [(&str, &[&str]); 10] = [
    ("std::fs", &["sources", "publish", "preview", "cli"]),
    ("fs::File", &["publish", "cli"]),
    ("SystemTime", &["cli"]),
    ("Timestamp::now", &["cli"]),
    ("Instant::now", &["cli", "preview"]),
    ("std::env", &["cli", "main"]),
    ("std::process", &["cli", "main"]),
    ("println!", &[]),
    (".unwrap()", &[]),
    ("dbg!", &[]),
];

/// A source file: its module, and its code without comments and tests.
struct Source {
    path: String,
    module: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let mut sources = Vec::new();
    for entry in files {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        if module.split("::").any(|part| part == "tests") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        sources.push(Source { path, module, code: without_comments_and_tests(&text) });
    }
    assert!(sources.len() > 40, "the code was found");
    sources
}

/// Lines stay where they are, so that a message can name one.
fn without_comments_and_tests(text: &str) -> String {
    let mut lines = Vec::new();
    // The indentation of the item below `#[cfg(test)]`, until it ends.
    let mut test: Option<&str> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        let indentation = &line[..line.len() - bare.len()];
        if test.is_none() && bare == "#[cfg(test)]" {
            test = Some(indentation);
        }
        lines.push(if test.is_some() || bare.starts_with("//") { "" } else { line });
        // A module of tests is the last thing in its file, and texts in it may look like its end.
        if test.is_some() && bare.starts_with("mod ") && bare.ends_with('{') {
            break;
        }
        if test == Some(indentation) && (bare == "}" || bare.ends_with(';')) {
            test = None;
        }
    }
    lines.join("\n")
}

fn row_of(module: &str) -> usize {
    let mut module = module;
    loop {
        if let Some(row) = ROWS.iter().position(|row| row.contains(&module)) {
            return row;
        }
        module = module.rsplit_once("::").unwrap_or_else(|| panic!("{module} is in no row of the table")).0;
    }
}

/// The modules that a file names, as `crate::module`, each with its line.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in source.code.lines().enumerate() {
        for rest in line.split("crate::").skip(1) {
            let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let names = rest[..end].split("::").take_while(|name| name.starts_with(char::is_lowercase));
            let module = names.collect::<Vec<_>>().join("::");
            if !module.is_empty() {
                found.push((index + 1, module));
            }
        }
        let is_group = line.trim_start().starts_with("use crate::{");
        assert!(
            !is_group,
            "src/{}:{}: one `use crate::module` a line, so that this test can read it",
            source.path,
            index + 1
        );
    }
    found
}

#[test]
fn lower_rows_never_import_from_higher_ones() {
    let mut wrong = Vec::new();
    for source in sources() {
        let row = row_of(&source.module);
        for (line, import) in imports(&source) {
            if row_of(&import) > row {
                wrong.push(format!(
                    "src/{}:{line}: row {row} imports {import} of row {}",
                    source.path,
                    row_of(&import)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn disk_clock_environment_and_terminal_are_touched_where_the_table_says() {
    let mut wrong = Vec::new();
    for source in sources() {
        let top = source.module.split("::").next().unwrap();
        for (index, line) in source.code.lines().enumerate() {
            for (word, allowed) in ONLY_IN {
                if line.contains(word) && !allowed.contains(&top) {
                    wrong.push(format!("src/{}:{}: {word}", source.path, index + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_owns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut silent = Vec::new();
    for source in sources() {
        let text = fs::read_to_string(root.join(&source.path)).unwrap();
        if !text.starts_with("//!") {
            silent.push(source.path);
        }
    }
    assert!(silent.is_empty(), "no word at the top of {silent:?}");
}

#[test]
fn the_table_of_the_architecture_page_is_this_one() {
    let Ok(page) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")) else {
        panic!("ARCHITECTURE.md is missing");
    };
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let row: usize = cells.next()?.parse().ok()?;
        Some((row, cells.next()?.to_owned()))
    });
    let rows: BTreeMap<usize, String> = rows.collect();
    assert_eq!(rows.len(), ROWS.len(), "the page has a table with one line a row");
    for (row, modules) in ROWS.iter().enumerate() {
        for module in
            modules.iter().filter(|module| !module.contains("::") && **module != "lib" && **module != "main")
        {
            assert!(rows[&row].contains(module), "ARCHITECTURE.md: row {row} does not name {module}");
        }
    }
}
