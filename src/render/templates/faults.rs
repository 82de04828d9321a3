//! Faults of templates, as diagnostics with places.
//!
//! Tera stops at the first fault of most kinds. So each template is parsed by itself, and a faulty one is
//! emptied and the rest tried again, until all faults are found. Consequences of an emptied template are
//! not reported.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, Tera};

use super::files::{Files, PAGES, TemplateFile};
use super::pairs::unpaired;
use super::reports::{reference_faults, sentence, suggest};
use super::tags::{named_after, quoted_after, quoted_place};
use crate::diag::{Code, Diagnostic, Place, Span, did_you_mean};

/// Prints the whole context, in an order that changes from run to run.
const DUMP: &str = "__tera_context";

/// How Tera's messages begin where another tag than the one at the place may be to blame.
const UNEXPECTED: [&str; 4] = ["Unknown tag", "Unexpected end of input", "Unclosed component", "Closing tag"];

/// An engine with all templates.
pub struct CheckedTemplates {
    /// None if a template has a fault.
    pub tera: Option<Tera>,
    pub diagnostics: Vec<Diagnostic>,
}

impl CheckedTemplates {
    /// `empty` is an engine without templates.
    pub fn new(files: &Files, empty: &Tera) -> Self {
        let mut diagnostics: Vec<_> =
            files.all().filter_map(|file| name_fault(file, &files.prefixes)).collect();
        diagnostics.extend(PAGES.iter().filter_map(|page| missing_page(page, files)));
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

/// A name that the engine would confuse with another one, or whose output it would not escape.
fn name_fault(file: &TemplateFile, prefixes: &[String]) -> Option<Diagnostic> {
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

/// The first fault of one template by itself.
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
    // Tera parses before it checks references to other templates.
    let error = Tera::new().add_raw_template(&file.name, &file.text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    if UNEXPECTED.iter().any(|unexpected| report.message().starts_with(unexpected))
        && let Some(unpaired) = unpaired(file)
    {
        return Some(unpaired);
    }
    Some(fault(sentence(report.message()), Span::new(report.span().range.clone())))
}

/// A fault between templates, and the name of the one to blame.
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

/// The last name of `chain` is also an earlier one; the last but one is to blame.
fn circle(chain: &[&String], tag: &str, files: &Files) -> Option<(String, Diagnostic)> {
    let [.., blamed, again] = chain else { return None };
    let first = chain.iter().position(|name| name == again)?;
    let file = files.by_name.get(*blamed)?;
    let names = chain[first..].iter().filter_map(|name| files.by_name.get(*name));
    let steps = names.map(|file| file.file.as_str()).collect::<Vec<_>>().join(" → ");
    let verb = if tag == "extends" { "extends" } else { "includes" };
    let fault = Diagnostic::error(Code::TEMPLATE_SYNTAX, format!("this template {verb} itself"))
        .at(quoted_place(file, tag, |name| files.full_name(name) == Some(again.as_str())))
        .help(steps);
    let fault = match files.replaced_by(file) {
        Some(replaced) => fault.help(format!("the one that it replaces is \"{replaced}\"")),
        None => fault,
    };
    Some(((*blamed).clone(), fault))
}

/// Tera only has a message for it: "Component `c` is defined in both `a` and `b`".
fn twice_defined(message: &str, files: &Files) -> Option<(String, Diagnostic)> {
    let mut quoted = message.strip_prefix("Component `")?.split('`').step_by(2);
    let component = quoted.next()?;
    let first = quoted.next()?;
    let second = quoted.next()?;
    let at = |file: &TemplateFile| {
        let definition = named_after(&file.text, "component").find(|(name, _)| *name == component);
        Place::new(&file.file, &file.text, definition.map_or(Span::default(), |(_, span)| span))
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

/// Files that replace nothing and that nothing refers to: usually a misspelt name.
pub fn unused(files: &Files) -> Vec<(String, Diagnostic)> {
    let referred: BTreeSet<&str> = files
        .by_name
        .values()
        .flat_map(|file| ["extends", "include"].map(|tag| quoted_after(&file.text, tag)))
        .flatten()
        .map(|(name, _)| name)
        .collect();
    let unused = files.by_name.iter().filter(|(full_name, file)| {
        !PAGES.contains(&file.name.as_str())
            && !referred.contains(full_name.as_str())
            && !referred.contains(file.name.as_str())
            && named_after(&file.text, "component").next().is_none()
    });
    unused
        .map(|(_, file)| {
            let fault = Diagnostic::warning(
                Code::UNUSED_TEMPLATE,
                format!("no page is rendered with \"{}\"", file.name),
            )
            .at(Place::file(&file.file));
            let others = files.by_name.values().filter(|other| other.name != file.name);
            let near = did_you_mean(&file.name, others.map(|other| other.name.as_str()));
            (file.name.clone(), suggest(fault, near))
        })
        .collect()
}
