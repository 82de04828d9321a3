//! The documents: their commands and samples work, their links resolve, and what is generated is current.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bulletin::diag::codes::AREAS;
use bulletin::open_data::{self, DataKind};
use bulletin::site::Dataset;
use clap::Arg;

use crate::common::http::{Preview, get};
use crate::common::{PROGRAM, Site, files_below, repository};

/// Rewrites generated parts and expected output instead of comparing them.
#[expect(clippy::disallowed_methods, reason = "an option of the test, as UPDATE_EXPECT is")]
fn is_update() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// Compares a document of this repository with what it should be.
pub fn assert_current(name: &str, wanted: &str) {
    let path = repository().join(name);
    if is_update() {
        fs::write(&path, wanted).unwrap();
    } else {
        let is_current = fs::read_to_string(&path).unwrap() == wanted;
        assert!(
            is_current,
            "{name} is out of date: UPDATE_DOCS=1 cargo test --test it docs, and read the diff"
        );
    }
}

#[test]
fn docs_cli_lists_every_command_and_option() {
    const BEGIN: &str = "<!-- options: written by `UPDATE_DOCS=1 cargo test --test it docs` -->\n";
    const END: &str = "<!-- end of options -->\n";
    let page = fs::read_to_string(repository().join("docs/cli.md")).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has the first marker");
    let (_, after) = rest.split_once(END).expect("the page has the second marker");
    let options = bulletin::cli::command_line();
    assert_current("docs/cli.md", &format!("{before}{BEGIN}{}{END}{after}", commands_as_markdown(&options)));
}

#[test]
fn docs_diagnostics_explains_every_code() {
    const BEGIN: &str =
        "<!-- codes: written by `UPDATE_DOCS=1 cargo test --test it docs` from src/diag/codes -->\n";
    let page = fs::read_to_string(repository().join("docs/diagnostics.md")).unwrap();
    let (before, _) = page.split_once(BEGIN).expect("the page has the marker");
    assert_current("docs/diagnostics.md", &format!("{before}{BEGIN}{}", codes_as_markdown()));
}

#[test]
fn docs_data_explains_every_field() {
    const BEGIN: &str =
        "<!-- fields: written by `UPDATE_DOCS=1 cargo test --test it docs` from src/open_data -->\n";
    let page = fs::read_to_string(repository().join("docs/data.md")).unwrap();
    let (before, _) = page.split_once(BEGIN).expect("the page has the marker");
    assert_current("docs/data.md", &format!("{before}{BEGIN}{}", tables_as_markdown()));
}

fn tables_as_markdown() -> String {
    let mut text = String::new();
    for dataset in Dataset::ALL {
        let (meaning, columns) = open_data::described(dataset, &["LANGUAGE".to_owned()]);
        text.push_str(&format!(
            "\n## {}\n\n{meaning}\n\n| column | type | means |\n| --- | --- | --- |\n",
            dataset.name()
        ));
        for column in columns {
            let list = if column.is_list { "several: " } else { "" };
            let kind = format!("{list}{}", type_in_words(&column.kind));
            let optional = if column.is_optional && !column.is_list { ", or empty" } else { "" };
            text.push_str(&format!("| `{}` | {kind}{optional} | {} |\n", column.name, column.meaning));
        }
    }
    text
}

fn type_in_words(kind: &DataKind) -> String {
    let word = match kind {
        DataKind::Id => "id",
        DataKind::Time => "time",
        DataKind::Date => "date",
        DataKind::Page => "page",
        DataKind::Address => "address",
        DataKind::Number => "number",
        DataKind::Whole => "whole number",
        DataKind::Flag => "`true` or `false`",
        DataKind::Words(words) => {
            return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ");
        }
        _ => "text",
    };
    word.to_owned()
}

fn codes_as_markdown() -> String {
    let mut text = String::new();
    for area in &AREAS {
        text.push_str(&format!("\n## {}\n", area.title));
        for code in area.codes {
            let severities: Vec<&str> = code.severities().iter().map(|severity| severity.word()).collect();
            let (language, example) = code.example();
            text.push_str(&format!("\n### {code}\n\n*{}.* {}\n\n", severities.join(" or "), code.summary()));
            text.push_str(&format!("{}\n\n```{language}\n{example}\n```\n", code.explanation()));
        }
    }
    text
}

fn commands_as_markdown(program: &clap::Command) -> String {
    let mut text = String::new();
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let own = command.get_arguments().filter(|arg| !is_common(arg));
        let usage = command.clone().render_usage().to_string();
        text.push_str(&format!("\n## bulletin {}\n\n", command.get_name()));
        text.push_str(&format!("{}.\n\n", command.get_about().unwrap()));
        text.push_str(&format!("```\n{}\n```\n", usage.trim_start_matches("Usage: ")));
        text.push_str(&arguments_as_table(own));
    }
    let common = program.get_arguments().filter(|arg| is_common(arg));
    text.push_str("\n## Options of every command\n");
    text.push_str(&arguments_as_table(common));
    text.push('\n');
    text
}

/// `--help` and `--version` are not global to clap, but every command has them.
fn is_common(arg: &Arg) -> bool {
    arg.is_global_set() || ["help", "version"].contains(&arg.get_id().as_str())
}

/// Empty if there are no arguments.
fn arguments_as_table<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let lines: Vec<String> = arguments.map(argument_as_line).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n| option | means |\n| --- | --- |\n{}\n", lines.join("\n"))
}

fn argument_as_line(arg: &Arg) -> String {
    let short = arg.get_short().map(|letter| format!("`-{letter}`, "));
    let value =
        arg.get_value_names().filter(|_| arg.get_action().takes_values()).map(|names| names[0].as_str());
    let name = match (arg.get_long(), value) {
        (Some(long), Some(value)) => format!("--{long} <{value}>"),
        (Some(long), None) => format!("--{long}"),
        (None, value) => format!("<{}>", value.expect("an argument by position has a name")),
    };
    let values: Vec<String> =
        arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    let values = if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
    let defaults: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| format!(" [default: {}]", value.to_str().unwrap()))
        .collect();
    let has_value = arg.get_action().takes_values();
    let values = if has_value { values } else { String::new() };
    let defaults = if has_value { defaults.concat() } else { String::new() };
    format!("| {}`{name}` | {}{values}{defaults} |", short.unwrap_or_default(), arg.get_help().unwrap())
}

#[test]
fn every_command_and_sample_of_the_tutorial_works() {
    Walkthrough::of("docs/tutorial.md");
}

#[test]
fn every_command_and_sample_of_the_five_minutes_works() {
    Walkthrough::of("README.md");
}

#[test]
fn every_command_and_sample_of_the_page_about_imports_works() {
    Walkthrough::of("docs/importing.md");
}

#[test]
fn every_command_of_the_page_about_forms_works() {
    Walkthrough::of("docs/writing-without-a-terminal.md");
}

/// When a reader follows the documents: their samples are of that day.
const CLOCK: &str = "2026-01-06T18:30:00+02:00";

/// A document that is followed as a reader would follow it.
///
/// A fence `console` is run and its output compared; `LANGUAGE file=PATH` writes that file; `diff file=PATH`
/// replaces each `-` line by the `+` line after it; the comment `<!-- undo -->` takes the last diff back.
struct Walkthrough {
    site: Site,
    folder: PathBuf,
    /// The file of the last diff, and its text before.
    undo: Option<(PathBuf, String)>,
}

impl Walkthrough {
    fn of(name: &str) {
        let site = Site::empty();
        let mut walk = Self { folder: site.root().to_owned(), site, undo: None };
        let page = fs::read_to_string(repository().join(name)).unwrap();
        let mut wanted = String::new();
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            wanted.push_str(line);
            wanted.push('\n');
            if line == "<!-- undo -->" {
                let (path, text) = walk.undo.take().expect("there is a diff to undo");
                fs::write(path, text).unwrap();
            }
            let Some(fence) = line.strip_prefix("```") else { continue };
            let block: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            wanted.push_str(&walk.block(fence, &block));
            wanted.push_str("```\n");
        }
        assert_current(name, &wanted);
    }

    /// The block as it should be in the document.
    fn block(&mut self, fence: &str, block: &str) -> String {
        match fence.split_once(" file=") {
            None if fence == "console" => self.console(block),
            None => block.to_owned(),
            Some(("diff", file)) => {
                self.change(&self.folder.join(file), block);
                block.to_owned()
            }
            Some((_, file)) => {
                let path = self.folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, block).unwrap();
                block.to_owned()
            }
        }
    }

    fn console(&mut self, block: &str) -> String {
        let commands = block.lines().filter_map(|line| line.strip_prefix("$ "));
        commands.map(|command| format!("$ {command}\n{}", self.run(command))).collect()
    }

    fn run(&mut self, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder.push(folder);
            return String::new();
        }
        if command == "bulletin serve" {
            return self.serve();
        }
        let command = command.replacen("bulletin ", &format!("bulletin --now {CLOCK} "), 1);
        // macOS has the same program under another name.
        let command =
            if cfg!(target_os = "macos") { command.replace("sha256sum", "shasum -a 256") } else { command };
        let programs = Path::new(PROGRAM).parent().unwrap().to_str().unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", format!("{programs}:/usr/bin:/bin"))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// The first line of the preview, on the port that it has by default.
    fn serve(&self) -> String {
        let preview = Preview::of(&self.site, &["--root", self.folder.to_str().unwrap()]);
        assert_eq!(get(&preview.url).status, 200);
        let port = preview.url.rsplit(':').next().unwrap();
        preview.line.replace(port, "4000/")
    }

    fn change(&mut self, path: &Path, diff: &str) {
        let before = fs::read_to_string(path).unwrap();
        let mut text = before.clone();
        let lines: Vec<&str> = diff.lines().collect();
        for pair in lines.chunks(2) {
            let from = pair[0].strip_prefix('-').expect("a line that is removed");
            let to = pair[1].strip_prefix('+').expect("the line that replaces it");
            assert_eq!(text.matches(from).count(), 1, "{} has {from:?} once", path.display());
            text = text.replace(from, to);
        }
        fs::write(path, text).unwrap();
        self.undo = Some((path.to_owned(), before));
    }
}

#[test]
fn every_link_between_documents_resolves() {
    let mut broken = Vec::new();
    for page in documents() {
        let text = fs::read_to_string(&page).unwrap();
        for target in link_targets(&text) {
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let target_path = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let has_part = || {
                let text = fs::read_to_string(&target_path).unwrap();
                text.lines().any(|line| heading_id(line).is_some_and(|id| id == fragment))
            };
            if !target_path.exists() || !fragment.is_empty() && !has_part() {
                broken.push(format!("{}: {target}", page.strip_prefix(repository()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

/// The documents of this repository, as opposed to the pages of its sites.
fn documents() -> Vec<PathBuf> {
    let folders = ["", "docs", "docs/decisions", "fuzz", "themes", ".github"];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(repository().join(folder)).unwrap());
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    pages
}

/// Targets of inline links to files and parts, not those in code.
fn link_targets(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let prose = prose.flat_map(|part| part.split('`').step_by(2).collect::<Vec<_>>());
    let targets = prose.flat_map(|part| part.split("](").skip(1).collect::<Vec<_>>());
    let targets = targets.filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains(':')).collect()
}

/// The fragment of a heading, as forges make it.
fn heading_id(line: &str) -> Option<String> {
    let text = line.strip_prefix('#')?.trim_start_matches('#').strip_prefix(' ')?;
    let letters = text.to_lowercase().replace(' ', "-");
    Some(letters.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect())
}

#[test]
fn every_file_and_module_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for page in documents() {
        let text = fs::read_to_string(&page).unwrap();
        for name in inline_code(&text) {
            let is_missing = match name.split_once("::") {
                Some((room, _)) if source_file(room).is_some() => {
                    alternatives(name).iter().any(|item| !item_exists(item))
                }
                Some(_) => false,
                None => names_a_file(name) && !repository().join(name).exists(),
            };
            if is_missing {
                missing.push(format!("{}: {name}", page.strip_prefix(repository()).unwrap().display()));
            }
        }
    }
    assert!(missing.is_empty(), "the documents name what is not there:\n{}", missing.join("\n"));
}

#[test]
fn every_promise_about_safety_names_tests_that_exist() {
    let sources = ["src", "tests"].into_iter().flat_map(files_below).filter(|path| path.ends_with(".rs"));
    let code: String = sources.map(|path| fs::read_to_string(repository().join(path)).unwrap()).collect();
    let text = fs::read_to_string(repository().join("SECURITY.md")).unwrap();
    let promises = text.split("## What is promised").nth(1).unwrap().split("\n## ").next().unwrap();
    let is_head = |row: &&str| row.starts_with("| promise") || row.starts_with("| ---");
    let rows: Vec<&str> = promises.lines().filter(|row| row.starts_with('|') && !is_head(row)).collect();
    assert!(rows.len() > 15, "{}", rows.len());
    for row in rows {
        let tests = inline_code(row.rsplit('|').nth(1).unwrap());
        assert!(!tests.is_empty(), "no test holds: {row}");
        for test in tests {
            assert!(is_test(&code, test), "there is no test {test}");
        }
    }
}

/// Whether there is a function of that name right after an attribute, as every test is.
fn is_test(code: &str, name: &str) -> bool {
    let before = code.find(&format!("fn {name}(")).map(|at| code[..at].trim_end());
    before.is_some_and(|before| before.ends_with("#[test]") || before.ends_with("tests/run\"]"))
}

fn inline_code(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2).collect::<Vec<_>>()).collect()
}

/// Patterns and placeholders, as in `tests/it/*.rs` and `themes/NAME/`, name no single file.
fn names_a_file(name: &str) -> bool {
    let is_pattern = |c: char| c == '*' || c == '…' || c == ' ' || c.is_uppercase();
    let folders = ["src/", "tests/", "docs/", "benches/", "examples/", "themes/default/"];
    folders.iter().any(|folder| name.starts_with(folder)) && !name.contains(is_pattern)
}

/// `site::{as_of, due}` is two items.
fn alternatives(name: &str) -> Vec<String> {
    match name.split_once('{') {
        Some((room, items)) => {
            let items = items.trim_end_matches('}').split(',');
            items.map(|item| format!("{room}{}", item.trim())).collect()
        }
        None => vec![name.to_owned()],
    }
}

/// A module, or an item in the file of its module.
fn item_exists(name: &str) -> bool {
    let (room, item) = name.rsplit_once("::").unwrap();
    let room = room.replace("::", "/");
    let is_item = |file: PathBuf| fs::read_to_string(file).unwrap().contains(item);
    source_file(&format!("{room}/{item}")).is_some() || source_file(&room).is_some_and(is_item)
}

fn source_file(module: &str) -> Option<PathBuf> {
    let source = repository().join("src");
    let files = [source.join(format!("{module}.rs")), source.join(module).join("mod.rs")];
    files.into_iter().find(|file| file.exists())
}
