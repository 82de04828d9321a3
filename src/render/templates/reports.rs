//! Tera's errors as diagnostics: plain sentences with places and suggestions.
//!
//! Tera has a span for errors of syntax and of rendering. Unknown names, and the callers of a component, it
//! only has as printed text, which is read here.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError};

use super::files::{Files, TemplateFile};
use super::functions;
use super::recursion::calls_itself;
use super::tags::{named_after, quoted_after};
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

/// A page that could not be rendered.
pub fn render_fault(error: &Error, template: &str, page: &OutPath, files: &Files) -> Diagnostic {
    let on_page = format!("while rendering {}", page.as_str());
    let ErrorKind::RenderingError(report) = error.kind() else {
        return without_report(&error.to_string(), template, files).help(on_page);
    };
    let (message, remedy) = split_remedy(report.message());
    let mut fault = match remedy {
        None => field_of_nothing(report, files),
        Some(_) => None,
    }
    .unwrap_or_else(|| Diagnostic::error(Code::TEMPLATE_RENDER, sentence(message)));
    fault.place = report_place(report, files);
    fault.related = error.to_string().lines().filter_map(|line| called_from(line, files)).collect();
    match remedy {
        Some(Remedy::Name(near)) => suggest(fault, Some(near)),
        Some(Remedy::List(list)) => fault.help(format!("available: {list}")),
        None => fault,
    }
    .help(on_page)
}

/// A fault without a place of Tera's.
fn without_report(message: &str, template: &str, files: &Files) -> Diagnostic {
    if message.contains("recursion depth for components")
        && let Some((component, call)) = calls_itself(files)
    {
        let message = format!("the component `{component}` calls itself without end");
        return Diagnostic::error(Code::TEMPLATE_RENDER, message)
            .at(call)
            .help("put an `if` around the call that is false at some point");
    }
    let file = files.find(template).map_or(template, |file| file.file.as_str());
    Diagnostic::error(Code::TEMPLATE_RENDER, sentence(message)).at(Place::file(file))
}

/// A field of a value that has none, often of one that is missing on this page. Tera names only the field.
fn field_of_nothing(report: &ReportError, files: &Files) -> Option<Diagnostic> {
    let field = report.message().strip_prefix("Field `")?.split('`').next()?;
    let text = &files.by_name.get(report.filename())?.text;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let from = text[..report.span().range.start].trim_end_matches(is_name).len();
    let path = text[from..].split(|c| !is_name(c)).next()?;
    let (value, _) = path.split_once(&format!(".{field}"))?;
    let fault =
        Diagnostic::error(Code::TEMPLATE_RENDER, format!("`{value}` has no field `{field}` on this page"));
    Some(fault.help(format!("where `{value}` may be missing, write `{{% if {value} %}}` around it")))
}

fn report_place(report: &ReportError, files: &Files) -> Option<Place> {
    let file = files.by_name.get(report.filename())?;
    Some(Place::new(&file.file, &file.text, Span::new(report.span().range.clone())))
}

/// A caller of the component with the fault, from a line of the printed report.
fn called_from(line: &str, files: &Files) -> Option<(Place, String)> {
    let place = reported_place(line.strip_prefix("note: called from ")?, 1, files)?;
    Some((place, "called from here".to_owned()))
}

enum Remedy<'a> {
    /// The name that was probably meant.
    Name(&'a str),
    /// All names, if none is similar.
    List(&'a str),
}

/// Splits a message into fact and remedy: Tera lists every available name in its message, and a suggestion of
/// one of our functions is text by then.
fn split_remedy(message: &str) -> (&str, Option<Remedy<'_>>) {
    if let Some((fact, near)) = message.split_once("; did you mean \"") {
        return (fact, Some(Remedy::Name(near.trim_end_matches("\"?"))));
    }
    let lists = [" Available variables: ", " Available fields: "];
    let Some((fact, list)) = lists.iter().find_map(|list| message.split_once(list)) else {
        return (message, None);
    };
    let typed = fact.split('`').nth(1).unwrap_or_default();
    let remedy = did_you_mean(typed, list.split(", ")).map_or(Remedy::List(list), Remedy::Name);
    (fact, Some(remedy))
}

/// Unknown names, from a printed report: `error: MESSAGE`, ` --> NAME:LINE:COLUMN`, a bar, the line, and
/// carets below it. With `after_others`, some templates were emptied because of other faults.
pub fn reference_faults(reports: &str, files: &Files, after_others: bool) -> Vec<Diagnostic> {
    let lines: Vec<&str> = reports.lines().collect();
    let mut faults = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        // An emptied template may have defined the component or block.
        if after_others && (message.starts_with("Unknown component") || message.starts_with("Block ")) {
            continue;
        }
        let width = lines.get(i + 4).map_or(0, |carets| carets.matches('^').count());
        let place = lines
            .get(i + 1)
            .and_then(|at| reported_place(at.trim_start().strip_prefix("--> ")?, width, files));
        let fault = Diagnostic { place, ..Diagnostic::error(Code::TEMPLATE_SYNTAX, sentence(message)) };
        let near = nearest_reference(message, files);
        let fault = match &near {
            None if message.starts_with("Block ") => {
                let blocks = blocks_of_parents(fault.place.as_ref(), files);
                fault.help(format!("the blocks of what it extends: {blocks}"))
            }
            _ => suggest(fault, near.as_deref()),
        };
        faults.push(fault);
    }
    if faults.is_empty() && !after_others {
        faults.push(Diagnostic::error(Code::TEMPLATE_SYNTAX, sentence(reports)));
    }
    faults
}

/// The place of `NAME:LINE:COLUMN`, which both count from 1.
fn reported_place(at: &str, width: usize, files: &Files) -> Option<Place> {
    let mut parts = at.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = files.by_name.get(parts.next()?)?;
    let before: usize = file.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let offset = |columns| file.text[before..].chars().take(columns).map(char::len_utf8).sum::<usize>();
    let column = column.checked_sub(1)?;
    let span = Span::new(before + offset(column)..before + offset(column + width.max(1)));
    Some(Place::new(&file.file, &file.text, span))
}

/// The names of the blocks that the template of `place` can fill: those of the files that it extends.
fn blocks_of_parents(place: Option<&Place>, files: &Files) -> String {
    let mut names = BTreeSet::new();
    let mut file = files.all().find(|file| place.is_some_and(|place| place.file == file.file));
    // A circle of files was refused before.
    while let Some(parent) = file.and_then(|file| parent(file, files)) {
        names.extend(named_after(&parent.text, "block").map(|(name, _)| name));
        file = Some(parent);
    }
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn parent<'a>(file: &TemplateFile, files: &'a Files) -> Option<&'a TemplateFile> {
    let (name, _) = *quoted_after(&file.text, "extends").first()?;
    files.find(name)
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

pub fn suggest(fault: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}

/// A message of Tera in the style of ours: no capital, no full stop, one line.
pub fn sentence(message: &str) -> String {
    let message = message.trim().trim_end_matches('.').replace('\n', " ");
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
