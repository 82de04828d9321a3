//! The JSON Schemas of `bulletin schema`, held against files of sites by validators of others.
//!
//! Those that need `jsonschema` or `taplo` are ignored by `cargo test`; `tests/run` installs both and runs them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::common::{PROGRAM, Site, blocks, files_below, repository};
use crate::faults::{cases, split};

/// Faults in front matter or site.toml that a validator of one file finds.
const CODES: [&str; 9] = [
    "wrong-type",
    "unknown-key",
    "missing-key",
    "bad-word",
    "out-of-range",
    "bad-id",
    "bad-path",
    "bad-digest",
    "bad-language",
];

/// Faults that a schema cannot find, and why.
const BEYOND_A_SCHEMA: [(&str, &str); 26] = [
    ("claims/source_of_unattributed.txt: missing-key", "it depends on the value of another key"),
    ("site_toml/notice_in_another_language.txt: bad-language", "another key of site.toml has the languages"),
    ("claims/unknown_topic.txt: bad-word", "site.toml has the topics"),
    ("front_matter/claim_words.txt: bad-word content/briefings/case-01.md:topic", "site.toml has the topics"),
    (
        "front_matter/claim_figures.txt: missing-key content/briefings/case-02.md",
        "one of four keys is enough",
    ),
    ("front_matter/claim_status.txt: missing-key", "it depends on the word of another key"),
    ("front_matter/corrections.txt: missing-key content/briefings/case-02.md", "it depends on another key"),
    ("front_matter/sources.txt: bad-word content/sources/case-01.md:party", "site.toml has the parties"),
    ("front_matter/sources.txt: missing-key", "it depends on the value of another key"),
    ("include/missing_values.txt: missing-key", "a column of the table may have it"),
    ("records/unknown_party.txt: bad-word", "site.toml has the parties"),
    ("front_matter/sources.txt: bad-word content/sources/case-06.md:kind", "site.toml has further kinds"),
    ("many/ten_files_in_a_fixed_order.txt: bad-word content/sources/desk.md", "site.toml has further kinds"),
    ("records/kinds_of_sources.txt: bad-word", "site.toml has further kinds"),
    (
        "site_toml/levels.txt: unknown-key site.toml:silent-chnge",
        "codes are many, and each version adds some",
    ),
    ("front_matter/alias_outside_the_site.txt: bad-path", "a part of the path is no file"),
    ("front_matter/aliases.txt: bad-path content/briefings/case-03.md", "a part of the path is no file"),
    ("front_matter/file_names.txt: bad-id", "it is about the name of the file"),
    ("front_matter/unattributed_as_record.txt: bad-id", "it is about the name of the file"),
    ("output_paths/name_of_a_generated_page.txt: bad-id", "it is about the name of the file"),
    ("front_matter/slug_of_a_numbered_page.txt: bad-id", "the name is reserved"),
    ("front_matter/slugs.txt: bad-id content/briefings/case-02.md", "the name is reserved"),
    ("front_matter/slugs.txt: bad-id content/briefings/case-03.md", "site.toml has the languages"),
    ("front_matter/slugs.txt: bad-id content/briefings/case-04.md", "the name is reserved"),
    ("front_matter/translations.txt: bad-id", "the writer chooses the keys"),
    ("site_toml/source_kinds.txt: bad-id", "the writer chooses the keys"),
];

fn schema(kind: &str) -> Value {
    let output = Command::new(PROGRAM).args(["schema", kind]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn kinds() -> Vec<String> {
    let output = Command::new(PROGRAM).arg("schema").output().unwrap();
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let documented: BTreeSet<&str> = bulletin::schema::kinds().collect();
    let kinds = all["$defs"].as_object().unwrap().keys().filter(|name| documented.contains(name.as_str()));
    kinds.cloned().collect()
}

/// The TOML of a file of a site, and its kind.
struct Document {
    name: String,
    kind: &'static str,
    toml: String,
}

impl Document {
    /// `None` for a file without TOML, or with broken TOML.
    fn new(name: &str, path: &str, text: &str) -> Option<Self> {
        let kind = kind_of(path)?;
        let toml = if path.ends_with(".toml") { text } else { front_matter(text)? };
        toml.parse::<toml::Table>().ok()?;
        Some(Self { name: name.to_owned(), kind, toml: toml.to_owned() })
    }

    fn json(&self) -> Value {
        bulletin::schema::to_json(&toml::Value::Table(self.toml.parse().unwrap()))
    }
}

fn kind_of(path: &str) -> Option<&'static str> {
    let file = path.rsplit('/').next()?;
    let stem = file.strip_suffix(".md").unwrap_or_default();
    let is_translation = stem.rsplit_once('.').is_some_and(|(_, language)| language.len() == 2);
    match path {
        "site.toml" => Some("site"),
        _ if file == "theme.toml" => Some("theme"),
        _ if stem.is_empty() => None,
        _ if is_translation => Some("translation"),
        "content/index.md" => Some("home"),
        _ if path.starts_with("content/briefings/") => Some("briefing"),
        _ if path.starts_with("content/neighbourhoods/") => Some("neighbourhood"),
        _ if path.contains("/sources/") => Some("source"),
        _ if path.starts_with("content/events/") => Some("event"),
        _ => path.starts_with("content/").then_some("page"),
    }
}

fn front_matter(text: &str) -> Option<&str> {
    text.trim_start_matches('\u{feff}').strip_prefix("+++\n")?.split_once("\n+++").map(|(toml, _)| toml)
}

/// Per document, the path and the message of each error.
fn errors(documents: &[Document]) -> Vec<Vec<(String, String)>> {
    let schemas: BTreeMap<String, Value> =
        kinds().into_iter().map(|kind| (kind.clone(), schema(&kind))).collect();
    let pairs: Vec<_> = documents.iter().map(|document| (document.kind, document.json())).collect();
    let mut validator = Command::new("python3")
        .arg(repository().join("tests/it/schema_validator.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let task = json!({ "schemas": schemas, "documents": pairs }).to_string();
    validator.stdin.take().unwrap().write_all(task.as_bytes()).unwrap();
    let output = validator.wait_with_output().unwrap();
    assert!(output.status.success(), "tests/run installs jsonschema, and sets PYTHONPATH");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The files of the demo, of the starter site and of the sites of tests, which all build.
fn good_documents() -> Vec<Document> {
    let demo = ["content", "themes"].into_iter().flat_map(files_below).chain(["site.toml".to_owned()]);
    let mut documents: Vec<Document> = demo
        .filter_map(|path| Document::new(&path, &path, &fs::read_to_string(repository().join(&path)).ok()?))
        .collect();
    let starter = Site::empty();
    starter.run(&["init"]);
    for entry in walkdir::WalkDir::new(starter.root()).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(starter.root()).unwrap().to_str().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        documents.extend(Document::new(&format!("starter {path}"), path, &text));
    }
    let examples = bulletin::parse::file_kinds().map(|kind| Document {
        name: format!("example of {}", kind.name),
        kind: kind.name,
        toml: front_matter(kind.example).unwrap_or(kind.example).to_owned(),
    });
    documents.extend(examples);
    assert!(documents.len() > 40, "the files were found");
    documents
}

#[test]
fn every_kind_of_file_has_a_schema_and_all_are_in_one_document() {
    let all: Vec<&str> = bulletin::schema::kinds().collect();
    assert_eq!(kinds().iter().map(String::as_str).collect::<BTreeSet<_>>(), all.iter().copied().collect());
    for kind in all {
        let schema = schema(kind);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["additionalProperties"], false, "{kind}");
    }
}

#[test]
fn an_unknown_kind_of_file_is_an_error_that_lists_the_known_ones() {
    let run = Site::empty().run(&["schema", "claim"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("site, briefing, page, home, neighbourhood"), "{run}");
}

#[test]
#[ignore = "needs jsonschema: tests/run"]
fn a_schema_accepts_every_file_that_builds() {
    let documents = good_documents();
    let faults: Vec<String> = documents
        .iter()
        .zip(errors(&documents))
        .filter(|(_, errors)| !errors.is_empty())
        .map(|(document, errors)| format!("{}: {errors:?}", document.name))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[ignore = "needs taplo: tests/run"]
#[expect(clippy::disallowed_methods, reason = "tests/run says where it is")]
fn taplo_accepts_every_file_that_builds_and_rejects_an_unknown_key() {
    let taplo =
        std::env::var_os("BULLETIN_TAPLO").expect("tests/run installs taplo, and sets BULLETIN_TAPLO");
    let folder = tempfile::tempdir().unwrap();
    let lint = |kind: &str, files: &[String]| {
        let schema_file = folder.path().join(format!("{kind}.json"));
        fs::write(&schema_file, schema(kind).to_string()).unwrap();
        let schema = format!("file://{}", schema_file.display());
        let run = Command::new(&taplo)
            .current_dir(&folder)
            .args(["lint", "--schema", &schema])
            .args(files)
            .output();
        run.unwrap()
    };
    for kind in kinds() {
        let of_kind = good_documents().into_iter().filter(|document| document.kind == kind);
        let files: Vec<String> = (of_kind.enumerate())
            .map(|(number, document)| {
                let name = format!("{kind}-{number}.toml");
                fs::write(folder.path().join(&name), document.toml).unwrap();
                name
            })
            .collect();
        let run = lint(&kind, &files);
        assert!(run.status.success(), "{kind}: {}", String::from_utf8_lossy(&run.stderr));
        fs::write(folder.path().join("bad.toml"), "title = \"T\"\ndate = 2031-05-01\ntitel = \"T\"\n")
            .unwrap();
        let run = lint(&kind, &["bad.toml".to_owned()]);
        assert!(!run.status.success(), "{kind} allows an unknown key");
    }
}

/// What form editors save of keys without a value.
const HOLLOW: &str = r#"
title = "T"
date = "2031-05-01"
updated = ""
summary = ""
kind = ""
draft = ""
neighbourhoods = []
sources = [""]
withdrawn = { at = "", why = "" }
extra = {}
allow = []
[[claims]]
text = "It rains."
source = "radio"
figure = { measure = "", min = "", max = "", vague = "" }
credibility = ""
evidence = []
"#;

#[test]
#[ignore = "needs jsonschema: tests/run"]
fn a_schema_accepts_keys_that_a_form_leaves_empty() {
    let site = Site::new(&format!(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n-- content/briefings/a.md --\n+++\n{HOLLOW}+++\n"
    ));
    let run = site.run(&["check", "--now", crate::common::NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    let document = Document { name: "hollow".to_owned(), kind: "briefing", toml: HOLLOW.to_owned() };
    assert_eq!(errors(&[document]), [Vec::new()]);
}

/// A fault of one file, as a case of `tests/faults` reports it.
struct Fault {
    name: String,
    /// Words of the message in backquotes, and the key of the line.
    words: Vec<String>,
    document: Document,
}

fn faults() -> Vec<Fault> {
    let mut faults = Vec::new();
    for case in cases() {
        let text = fs::read_to_string(repository().join(&case)).unwrap();
        let (input, reported) = split(&text);
        let files = blocks(&input[input.find("-- ").unwrap_or_default()..]);
        let lines: Vec<&str> = reported.lines().collect();
        for pair in lines.windows(2) {
            let Some((code, message)) =
                pair[0].strip_prefix("error[").and_then(|line| line.split_once("]: "))
            else {
                continue;
            };
            let Some(place) = pair[1].trim().strip_prefix("┌─ ") else { continue };
            let [_, line, file]: [&str; 3] = place.rsplitn(3, ':').collect::<Vec<_>>().try_into().unwrap();
            let Some((_, text)) = files.iter().find(|(path, _)| path == file) else { continue };
            let Some(document) = Document::new(&case, file, text).filter(|_| CODES.contains(&code)) else {
                continue;
            };
            let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap_or_default();
            let key = line.split(['=', '.', ']']).next().unwrap_or_default().trim_matches(['[', ' ', '"']);
            let quoted = message.split('`').skip(1).step_by(2);
            let words = quoted.chain([key]).filter(|word| !word.is_empty()).map(str::to_owned).collect();
            faults.push(Fault {
                name: format!("{}: {code} {file}:{line}", case.trim_start_matches("tests/faults/")),
                words,
                document,
            });
        }
    }
    assert!(faults.len() > 50, "the faults were found");
    faults
}

#[test]
#[ignore = "needs jsonschema: tests/run"]
fn a_schema_rejects_every_fault_of_a_type_a_key_or_a_word() {
    let (faults, documents): (Vec<_>, Vec<_>) =
        faults().into_iter().map(|fault| ((fault.name, fault.words), fault.document)).unzip();
    let mut missed = Vec::new();
    for ((name, words), errors) in faults.iter().zip(errors(&documents)) {
        let is_found = errors.iter().any(|(path, message)| {
            words.iter().any(|word| path.contains(word) || message.contains(word.as_str()))
        });
        let is_beyond = BEYOND_A_SCHEMA.iter().any(|(fault, _)| name.starts_with(fault));
        if is_found == is_beyond {
            missed.push(format!("{name} {words:?}\n    {errors:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
