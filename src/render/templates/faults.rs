//! What can be wrong with templates, as diagnostics with places.
//!
//! Tera stops at the first fault of most kinds and reports some as finished text. Here each
//! template is parsed by itself, and one that does not hold is emptied and the rest tried again,
//! until all faults are told. Faults that only follow from an emptied one are not.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError, Tera};

use super::{Files, PAGES, TemplateFile, functions};
use crate::diag::{Code, Diagnostic, Place, Span, did_you_mean};
use crate::paths::OutPath;

/// Tera's own filters, for suggestions.
pub const FILTERS: [&str; 37] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

/// Tera's tests, for suggestions.
pub const TESTS: [&str; 17] = [
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// Prints everything there is, in an order that changes from run to run.
const DUMP: &str = "__tera_context";

/// A file whose name the engine could not hold apart from another's, or would not escape.
pub fn name_fault(file: &TemplateFile, prefixes: &[String]) -> Option<Diagnostic> {
    let fault = |message: String, help: String| {
        Some(Diagnostic::error(Code::TEMPLATE_NAME, message).at(Place::file(&file.file)).help(help))
    };
    if !file.name.ends_with(".html") {
        let message = format!("the name of the template \"{}\" does not end in .html", file.name);
        return fault(
            message,
            "what a template prints is escaped by that ending; files to copy go in static/".into(),
        );
    }
    let prefix = prefixes.iter().find(|prefix| file.name.starts_with(prefix.as_str()))?;
    let folder = prefix.trim_end_matches('/');
    fault(
        format!("the folder \"{folder}\" of templates has the name of a theme"),
        format!(
            "\"{prefix}…\" names the templates of that theme; call the folder, or the theme, something else"
        ),
    )
}

/// Templates that were tried together.
pub struct Checked {
    /// None where they do not hold together.
    pub tera: Option<Tera>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// `empty` is an engine with everything but templates.
    pub fn new(files: &Files, empty: &Tera) -> Self {
        let mut diagnostics: Vec<_> = PAGES.iter().filter_map(|page| missing_page(page, files)).collect();
        let mut emptied = BTreeSet::new();
        for (name, file) in &files.by_name {
            if let Some(fault) = syntax_fault(file) {
                diagnostics.push(fault);
                emptied.insert(name.clone());
            }
        }
        loop {
            let mut tera = empty.clone();
            let texts = files.by_name.iter().map(|(name, file)| {
                (name.as_str(), if emptied.contains(name) { "" } else { file.text.as_str() })
            });
            let Err(error) = tera.add_raw_templates(texts) else {
                return Self { tera: Some(tera), diagnostics };
            };
            match structure_fault(&error, files) {
                Some((name, fault)) if emptied.insert(name.clone()) => diagnostics.push(fault),
                _ => {
                    let after = !emptied.is_empty();
                    diagnostics.extend(reference_faults(&error.to_string(), files, after));
                    return Self { tera: None, diagnostics };
                }
            }
        }
    }
}

fn missing_page(page: &str, files: &Files) -> Option<Diagnostic> {
    if files.find(page).is_some() {
        return None;
    }
    let fault =
        Diagnostic::error(Code::MISSING_TEMPLATE, format!("no layer has the template \"{page}\"")).setup();
    let near = did_you_mean(page, files.by_name.values().map(|file| file.name.as_str()));
    Some(match near {
        Some(near) => fault.help(format!("is \"{near}\" meant to be it?")),
        None => fault.help(format!("add templates/{page}, or to theme.toml: extends = \"default\"")),
    })
}

/// The first fault of one text by itself.
fn syntax_fault(file: &TemplateFile) -> Option<Diagnostic> {
    let fault = |message: String, span| {
        Diagnostic::error(Code::TEMPLATE_SYNTAX, message).at(Place::new(&file.file, &file.text, span))
    };
    if let Some(at) = file.text.find(DUMP) {
        let span = Span::new(at..at + DUMP.len());
        return Some(
            fault(format!("`{DUMP}` prints in another order each time"), span)
                .help("print the values that you want to see by their names"),
        );
    }
    // Parsing comes before every check that needs the other templates.
    let error = Tera::new().add_raw_template(&file.name, &file.text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    Some(fault(sentence(report.message()), Span::new(report.span().range.clone())))
}

/// A fault of how templates hang together, and the name of the one to blame.
fn structure_fault(error: &Error, files: &Files) -> Option<(String, Diagnostic)> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let file = files.by_name.get(current)?;
            let fault = Diagnostic::error(
                Code::TEMPLATE_SYNTAX,
                format!("there is no template \"{parent}\" to extend"),
            )
            .at(quoted_place(file, "extends", |name| name == parent));
            let near = did_you_mean(parent, files.names());
            Some((current.clone(), suggest(fault, near)))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain: Vec<&String> = [tpl].into_iter().chain(inheritance_chain).collect();
            circle(&chain, "extends", files)
        }
        ErrorKind::CircularInclude { include_chain, .. } => {
            circle(&include_chain.iter().collect::<Vec<_>>(), "include", files)
        }
        ErrorKind::Msg(message) => twice_defined(message, files),
        _ => None,
    }
}

/// `chain` leads back to one that it has been at; its last step but one is to blame.
fn circle(chain: &[&String], tag: &str, files: &Files) -> Option<(String, Diagnostic)> {
    let [.., blamed, again] = chain else { return None };
    let first = chain.iter().position(|name| name == again)?;
    let file = files.by_name.get(*blamed)?;
    let way =
        chain[first..].iter().filter_map(|name| files.by_name.get(*name)).map(|file| file.file.as_str());
    let way = way.collect::<Vec<_>>().join(" → ");
    let doing = if tag == "extends" { "extends" } else { "includes" };
    let fault = Diagnostic::error(Code::TEMPLATE_SYNTAX, format!("this template {doing} itself"))
        .at(quoted_place(file, tag, |name| files.full_name(name) == Some(again.as_str())))
        .help(way);
    let replaced = files.below(file);
    Some((
        (*blamed).clone(),
        match replaced {
            Some(below) => fault.help(format!("the one that it replaces is \"{below}\"")),
            None => fault,
        },
    ))
}

/// Tera's only words for it are "Component `c` is defined in both `a` and `b`".
fn twice_defined(message: &str, files: &Files) -> Option<(String, Diagnostic)> {
    let mut quoted = message.strip_prefix("Component `")?.split('`').step_by(2);
    let (component, first, second) = (quoted.next()?, quoted.next()?, quoted.next()?);
    let at = |file: &TemplateFile| {
        let span = named_after(&file.text, "component").find(|(name, _)| *name == component);
        Place::new(&file.file, &file.text, span.map_or(Span::default(), |(_, span)| span))
    };
    let fault = Diagnostic::error(
        Code::TEMPLATE_SYNTAX,
        format!("the component `{component}` is defined twice in one layer"),
    )
    .at(at(files.by_name.get(second)?))
    .also(at(files.by_name.get(first)?), "first here")
    .help("rename or delete one of them");
    Some((second.to_owned(), fault))
}

/// Names that nothing answers to, which Tera tells as finished reports: `error: MESSAGE`,
/// ` --> NAME:LINE:COLUMN`, a bar, the line, and carets below it.
fn reference_faults(reports: &str, files: &Files, after_others: bool) -> Vec<Diagnostic> {
    let lines: Vec<&str> = reports.lines().collect();
    let mut faults = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        // What an emptied template would have defined is not missing.
        if after_others && (message.starts_with("Unknown component") || message.starts_with("Block ")) {
            continue;
        }
        let width = lines.get(i + 4).map_or(0, |carets| carets.matches('^').count());
        let place = lines
            .get(i + 1)
            .and_then(|at| reported_place(at.trim_start().strip_prefix("--> ")?, width, files));
        let fault = Diagnostic { place, ..Diagnostic::error(Code::TEMPLATE_SYNTAX, sentence(message)) };
        faults.push(suggest(fault, nearest_reference(message, files).as_deref()));
    }
    if faults.is_empty() && !after_others {
        faults.push(Diagnostic::error(Code::TEMPLATE_SYNTAX, sentence(reports)));
    }
    faults
}

/// `NAME:LINE:COLUMN` of the engine, both from 1.
fn reported_place(at: &str, width: usize, files: &Files) -> Option<Place> {
    let mut parts = at.rsplitn(3, ':');
    let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
    let file = files.by_name.get(name)?;
    let (column, line) = (column.parse::<usize>().ok()?, line.parse::<usize>().ok()?);
    let before: usize = file.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let offset = |columns| file.text[before..].chars().take(columns).map(char::len_utf8).sum::<usize>();
    let column = column.checked_sub(1)?;
    let span = Span::new(before + offset(column)..before + offset(column + width.max(1)));
    Some(Place::new(&file.file, &file.text, span))
}

fn nearest_reference(message: &str, files: &Files) -> Option<String> {
    let typed = message.split('`').nth(1)?;
    let among = |tag: &str| {
        files.by_name.values().flat_map(|f| named_after(&f.text, tag)).map(|(name, _)| name).collect()
    };
    let candidates: Vec<&str> = match message.split('`').next()?.trim_end() {
        "Unknown filter" => FILTERS.to_vec(),
        "Unknown test" => TESTS.to_vec(),
        "Unknown function" => functions::NAMES.iter().copied().chain(["range", "throw", "super"]).collect(),
        "Unknown template" => files.names().collect(),
        "Unknown component" => among("component"),
        "Block" => among("block"),
        _ => return None,
    };
    did_you_mean(typed, candidates.into_iter().filter(|name| *name != typed)).map(str::to_owned)
}

/// What went wrong with one page.
pub fn render_fault(error: &Error, template: &str, page: &OutPath, files: &Files) -> Diagnostic {
    let of_page = format!("while rendering {}", page.as_str());
    let ErrorKind::RenderingError(report) = error.kind() else {
        let file = files.find(template).map_or(template, |file| file.file.as_str());
        return Diagnostic::error(Code::TEMPLATE_RENDER, sentence(&error.to_string()))
            .at(Place::file(file))
            .help(of_page);
    };
    let (message, near) = without_list(report.message());
    let mut fault = Diagnostic::error(Code::TEMPLATE_RENDER, sentence(message));
    fault.place = report_place(report, files);
    fault.related = error.to_string().lines().filter_map(|line| called_from(line, files)).collect();
    match near {
        Some(Near::Name(near)) => fault.help(format!("did you mean `{near}`?")),
        Some(Near::List(list)) => fault.help(format!("available: {list}")),
        None => fault,
    }
    .help(of_page)
}

fn report_place(report: &ReportError, files: &Files) -> Option<Place> {
    let file = files.by_name.get(report.filename())?;
    Some(Place::new(&file.file, &file.text, Span::new(report.span().range.clone())))
}

/// Tera keeps the way by which a component was called to itself, and tells it as text.
fn called_from(line: &str, files: &Files) -> Option<(Place, String)> {
    let place = reported_place(line.strip_prefix("note: called from ")?, 1, files)?;
    Some((place, "called from here".to_owned()))
}

enum Near<'a> {
    Name(&'a str),
    List(&'a str),
}

/// The fact without its remedy: Tera puts every name that there is into its message, and what a
/// function of ours would suggest comes through Tera as text.
fn without_list(message: &str) -> (&str, Option<Near<'_>>) {
    if let Some((fact, near)) = message.split_once("; did you mean \"") {
        return (fact, Some(Near::Name(near.trim_end_matches("\"?"))));
    }
    let lists = [" Available variables: ", " Available fields: "];
    let Some((fact, list)) = lists.iter().find_map(|list| message.split_once(list)) else {
        return (message, None);
    };
    let typed = fact.split('`').nth(1).unwrap_or_default();
    let near = did_you_mean(typed, list.split(", ")).map_or(Near::List(list), Near::Name);
    (fact, Some(near))
}

/// Files that replace nothing and that nothing refers to: as a rule, a name with a mistake.
pub fn unused(files: &Files) -> Vec<Diagnostic> {
    let referred: BTreeSet<&str> = files
        .by_name
        .values()
        .flat_map(|file| ["extends", "include"].map(|tag| quoted_after(&file.text, tag)))
        .flatten()
        .map(|(name, _)| name)
        .collect();
    let is_used = |full: &str, file: &TemplateFile| {
        PAGES.contains(&file.name.as_str())
            || referred.contains(full)
            || referred.contains(file.name.as_str())
            || named_after(&file.text, "component").next().is_some()
    };
    let idle = files.by_name.iter().filter(|(full, file)| !is_used(full, file));
    idle.map(|(_, file)| {
        let fault =
            Diagnostic::warning(Code::UNUSED_TEMPLATE, format!("no page is rendered with \"{}\"", file.name))
                .at(Place::file(&file.file));
        let others = files.by_name.values().filter(|other| other.name != file.name);
        suggest(fault, did_you_mean(&file.name, others.map(|other| other.name.as_str())))
    })
    .collect()
}

fn suggest(fault: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}

/// As our other messages: no capital, no full stop, one line.
fn sentence(message: &str) -> String {
    let message = message.trim().trim_end_matches('.').replace('\n', " ");
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn quoted_place(file: &TemplateFile, tag: &str, is_it: impl Fn(&str) -> bool) -> Place {
    let found = quoted_after(&file.text, tag).into_iter().find(|(name, _)| is_it(name));
    Place::new(&file.file, &file.text, found.map_or(Span::default(), |(_, span)| span))
}

/// The names in quotes behind each `{% TAG`.
fn quoted_after<'a>(text: &'a str, tag: &str) -> Vec<(&'a str, Span)> {
    let of = |(rest, at): (&'a str, usize)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let name = rest[1..].split(quote).next()?;
        Some((name, Span::new(at + 1..at + 1 + name.len())))
    };
    after_tag(text, tag).filter_map(of).collect()
}

/// The bare names behind each `{% TAG`.
fn named_after<'a>(text: &'a str, tag: &str) -> impl Iterator<Item = (&'a str, Span)> {
    after_tag(text, tag).filter_map(|(rest, at)| {
        let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').next()?;
        (!name.is_empty()).then(|| (name, Span::new(at..at + name.len())))
    })
}

/// What follows each `{% TAG `, and its offset.
fn after_tag<'a>(text: &'a str, tag: &str) -> impl Iterator<Item = (&'a str, usize)> {
    text.match_indices("{%").filter_map(move |(at, open)| {
        let inside = text[at + open.len()..].trim_start_matches('-').trim_start();
        let rest = inside.strip_prefix(tag)?;
        let name = rest.trim_start();
        (name.len() < rest.len()).then(|| (name, text.len() - name.len()))
    })
}
