//! Which file of `src/` imports from which, read from the text of the code.
//!
//! A name that a module only passes on (`pub use child::Name`) is an import from the file that defines it.
//! A `mod child;` alone is no import.

use std::collections::{BTreeMap, BTreeSet};

/// A file without its comments and tests.
pub struct File {
    /// Relative to src/, with `/`.
    pub path: String,
    /// `site::routes`; `lib` for the root of the crate.
    pub module: String,
    pub code: String,
}

/// The root of the crate.
const ROOT: &str = "lib";

/// By file: the files that it imports from, with the names that it takes.
pub type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

pub fn imports(files: &[File]) -> Imports {
    let modules: BTreeSet<&str> = files.iter().map(|file| file.module.as_str()).collect();
    let resolver = Resolver {
        passed_on: files.iter().map(|file| (file.module.as_str(), uses(file))).collect(),
        modules,
    };
    let mut imports = Imports::new();
    for file in files {
        let own = imports.entry(file.module.clone()).or_default();
        for path in paths(&file.code) {
            let Some((target, name)) = resolver.resolve(&file.module, &path, 0) else { continue };
            if target != file.module {
                own.entry(target).or_default().insert(name);
            }
        }
    }
    imports
}

/// The groups of files that import each other in a circle, sorted.
pub fn circles(imports: &Imports) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reached_from(file, imports))).collect();
    let mut circles = BTreeSet::new();
    for (file, targets) in &reached {
        let circle: Vec<String> = targets
            .iter()
            .filter(|target| reached.get(*target).is_some_and(|back| back.contains(file)))
            .map(ToString::to_string)
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn reached_from<'i>(file: &str, imports: &'i Imports) -> BTreeSet<&'i str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = vec![file];
    while let Some(file) = open.pop() {
        for target in imports.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(target.as_str()) {
                open.push(target);
            }
        }
    }
    reached
}

struct Resolver<'f> {
    modules: BTreeSet<&'f str>,
    /// By module: the names that its `use` lines bring in, with their paths.
    passed_on: BTreeMap<&'f str, BTreeMap<String, Vec<String>>>,
}

impl Resolver<'_> {
    /// The file that defines what a path names, and the name. `None` for other crates and the path's own file.
    fn resolve(&self, from: &str, path: &[String], depth: usize) -> Option<(String, String)> {
        let mut module = from.to_owned();
        let mut segments = path.iter().map(String::as_str).peekable();
        match *segments.peek()? {
            "crate" => {
                module = ROOT.to_owned();
                segments.next();
            }
            "self" | "super" => {
                while let Some(segment) = segments.next_if(|segment| matches!(*segment, "self" | "super")) {
                    if segment == "super" {
                        module = module
                            .rsplit_once("::")
                            .map(|(parent, _)| parent.to_owned())
                            .unwrap_or_else(|| ROOT.to_owned());
                    }
                }
            }
            // A child of this file, or a name that it imports; otherwise another crate.
            first => {
                if !self.modules.contains(joined(from, first).as_str()) {
                    return None;
                }
            }
        }
        while let Some(child) = segments.peek().map(|segment| joined(&module, segment)) {
            if !self.modules.contains(child.as_str()) {
                break;
            }
            module = child;
            segments.next();
        }
        let name = segments.next().unwrap_or("self").to_owned();
        let passed_on = self.passed_on.get(module.as_str()).and_then(|names| names.get(&name));
        match passed_on {
            Some(path) if module != from && depth < 8 => {
                self.resolve(&module, path, depth + 1).or(Some((module, name)))
            }
            _ => Some((module, name)),
        }
    }
}

fn joined(module: &str, child: &str) -> String {
    if module == ROOT { child.to_owned() } else { format!("{module}::{child}") }
}

/// The names that a file brings in by `use`, with their paths.
fn uses(file: &File) -> BTreeMap<String, Vec<String>> {
    let mut names = BTreeMap::new();
    for statement in file.code.split(';') {
        let Some(at) = statement.rfind("use ") else { continue };
        if !statement[..at].trim_end().ends_with([')', 'b', '}', '{', ']'])
            && !statement[..at].trim().is_empty()
        {
            continue;
        }
        for path in expanded(statement[at + 4..].trim()) {
            let renamed = path.last().and_then(|last| last.split_once(" as "));
            let name = renamed.map_or_else(|| path.last().cloned(), |(_, name)| Some(name.to_owned()));
            let mut path = path.clone();
            if let Some((name, _)) = renamed {
                let name = name.to_owned();
                *path.last_mut().expect("it has a last segment") = name;
            }
            names.insert(name.unwrap_or_default(), path);
        }
    }
    names
}

/// Every path of a file with two segments or more, groups expanded.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let bytes = code.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = (bytes[at].is_ascii_lowercase() || bytes[at] == b'_')
            && (at == 0
                || !(bytes[at - 1].is_ascii_alphanumeric()
                    || matches!(bytes[at - 1], b'_' | b':' | b'"' | b'.')));
        if !starts {
            at += 1;
            continue;
        }
        let end = path_end(code, at);
        if code[at..end].contains("::") {
            paths.extend(expanded(&code[at..end]));
        }
        at = end.max(at + 1);
    }
    paths
}

/// The end of a path that begins at a byte, with its group if it ends in one.
fn path_end(code: &str, start: usize) -> usize {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = start;
    loop {
        at += code[at..].find(|c| !is_name(c)).unwrap_or(code.len() - at);
        if !code[at..].starts_with("::") {
            return at;
        }
        at += 2;
        if code[at..].starts_with('{') {
            return group_end(code, at);
        }
        if !code[at..].starts_with(is_name) {
            return at - 2;
        }
    }
}

fn group_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return start + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// `a::{b, c::{self, d}}` as `a::b`, `a::c`, `a::c::d`.
fn expanded(text: &str) -> Vec<Vec<String>> {
    let Some((stem, group)) = text.split_once('{') else {
        let path: Vec<String> = text.split("::").map(|segment| segment.trim().to_owned()).collect();
        return vec![path];
    };
    let stem: Vec<String> =
        stem.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
    let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
    let mut paths = Vec::new();
    for part in parts(group) {
        for mut rest in expanded(part) {
            if rest.first().is_some_and(|first| first == "self") {
                rest.remove(0);
            }
            paths.push(stem.iter().cloned().chain(rest).collect());
        }
    }
    paths
}

/// The parts of a group between its own commas.
fn parts(group: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let inside = |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    group.split(inside).map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[test]
fn imports_are_resolved_to_the_file_that_defines_the_name() {
    let file =
        |module: &str, code: &str| File { path: String::new(), module: module.into(), code: code.into() };
    let files = [
        file("lib", "pub mod a;\npub mod b;"),
        file("a", "mod child;\npub use child::{Thing, other as another};"),
        file("a::child", "use super::super::b::{self, deep::{Value}};"),
        file("b", "use crate::a::Thing;\nfn f() { crate::a::another(); std::fs::read(); a::lone() }"),
    ];
    let found: Vec<String> = imports(&files)
        .into_iter()
        .flat_map(|(file, targets)| {
            targets.into_iter().map(move |(target, names)| format!("{file} -> {target} {names:?}"))
        })
        .collect();
    assert_eq!(
        found,
        [
            "a -> a::child {\"Thing\", \"other as another\"}",
            "a::child -> b {\"deep\", \"self\"}",
            "b -> a::child {\"Thing\", \"other\"}",
        ]
    );
    assert_eq!(circles(&imports(&files)), [["a::child", "b"]]);
}
