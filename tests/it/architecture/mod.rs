//! The architecture that ARCHITECTURE.md describes, held against the code: lower rows never import from
//! higher ones, no files import each other in a circle, and only a few modules touch the disk, the clock and
//! the terminal.

mod imports;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use imports::{File, circles, imports};

/// The modules by row; a module that is not listed belongs to its parent's row.
const ROWS: [&[&str]; 9] = [
    &[
        "bidi",
        "charts",
        "cards",
        "diag",
        "file_formats",
        "fold",
        "html",
        "images",
        "keys",
        "paths",
        "spreadsheet",
        "time",
    ],
    &["config", "i18n", "picture_cache", "private", "report", "sources", "toml"],
    &["parse", "parse::front_matter", "parse::markdown", "model"],
    &["forms", "import", "schema", "site"],
    &["checks", "hosts", "inventory", "open_data"],
    &["comparison", "render"],
    &["engine"],
    &["copies", "external", "preview", "publish", "upload"],
    &["cli", "main", "lib"],
];

/// Who may use what. All other modules get the values through options.
const ONLY_IN: [(&str, &[&str]); 10] = [
    ("std::fs", &["sources", "picture_cache", "publish", "preview", "copies", "external", "upload", "cli"]),
    ("fs::File", &["sources", "picture_cache", "publish", "copies", "external", "upload", "cli"]),
    ("SystemTime", &["cli"]),
    ("Timestamp::now", &["cli"]),
    ("Instant::now", &["cli", "external", "preview", "upload"]),
    ("std::env", &["cli", "main"]),
    ("std::process", &["cli", "main", "picture_cache", "sources"]),
    ("println!", &[]),
    (".unwrap()", &[]),
    ("dbg!", &[]),
];

/// The files of src/ but for tests, in order.
fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let mut read = Vec::new();
    for entry in files {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        if module.split("::").any(|part| part == "tests") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        read.push(File { path, module, code: without_comments_and_tests(&text) });
    }
    assert!(read.len() > 40, "the code was found");
    read
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

#[test]
fn lower_rows_never_import_from_higher_ones() {
    let mut wrong = Vec::new();
    for (module, taken) in imports(&files()) {
        let row = row_of(&module);
        for (target, names) in taken {
            if row_of(&target) > row {
                wrong.push(format!(
                    "{module} (row {row}) imports {names:?} from {target} (row {})",
                    row_of(&target)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Within a folder too: what two files need of each other belongs to a third one below both.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports(&files());
    let mut report = String::new();
    for circle in circles(&imports) {
        report.push_str(&format!("\ncircle of {}:\n", circle.join(", ")));
        for file in &circle {
            for (target, names) in imports[file].iter().filter(|(target, _)| circle.contains(target)) {
                report.push_str(&format!("  {file} takes {names:?} from {target}\n"));
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn disk_clock_environment_and_terminal_are_touched_where_the_table_says() {
    let mut wrong = Vec::new();
    for file in files() {
        let top = file.module.split("::").next().unwrap();
        for (index, line) in file.code.lines().enumerate() {
            for (word, allowed) in ONLY_IN {
                if line.contains(word) && !allowed.contains(&top) {
                    wrong.push(format!("src/{}:{}: {word}", file.path, index + 1));
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
    for file in files() {
        let text = fs::read_to_string(root.join(&file.path)).unwrap();
        if !text.starts_with("//!") {
            silent.push(file.path);
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

/// A build never depends on the network.
#[test]
fn only_the_check_command_asks_other_sites() {
    let allowed = |module: &str| {
        ["external", "cli::check", "cli::conclusion", "lib"].iter().any(|one| module.starts_with(one))
    };
    for (module, taken) in imports(&files()) {
        let asks = taken.keys().any(|target| target.split("::").next() == Some("external"));
        assert!(!asks || allowed(&module), "{module} asks other sites");
    }
}
