//! `import`: reads the other site, writes all files of the new one or none, and reports what did not come through.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::{Args, Import, ImportKind, absolute};
use super::options::{build_options, build_time, now, published};
use super::scaffold::new_file::{refuse, write_all_new, write_new};
use super::session::Session;

use crate::copies::create_file;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::engine::{self, CheckScope, Workspace};
use crate::import::{
    Generator, ImportOptions, KnownRecords, NewSite, NewSiteSettings, PlannedContent, PlannedFile, TermMap,
    plan, plan_wire,
};
use crate::report::{Format, json_line};
use crate::sources::{self, Store, cannot_write};
use crate::time::Moment;

pub fn import(args: &Args, options: &Import, session: &Session) -> io::Result<u8> {
    let imported = match options.kind {
        ImportKind::Hugo => import_site(Generator::Hugo, args, options, session),
        ImportKind::Zola => import_site(Generator::Zola, args, options, session),
        ImportKind::Jekyll => import_site(Generator::Jekyll, args, options, session),
        ImportKind::Wire => import_wire(args, options, session),
    };
    match imported {
        Ok(()) => Ok(0),
        Err(ImportFailure::Refused(refused)) => refuse(*refused, session),
        Err(ImportFailure::Output(error)) => Err(error),
    }
}

/// Why an import did not happen, or was not reported.
enum ImportFailure {
    Refused(Box<Diagnostic>),
    Output(io::Error),
}

impl From<Diagnostic> for ImportFailure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Refused(Box::new(diagnostic))
    }
}

impl From<io::Error> for ImportFailure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn import_site(
    generator: Generator,
    args: &Args,
    options: &Import,
    session: &Session,
) -> Result<(), ImportFailure> {
    let from = absolute(options.from.clone());
    let root = args.absolute_root();
    check_folders(&options.from, &root)?;
    let target = Store::Disk(root.clone());
    let import_options = ImportOptions {
        target: &target,
        new_site: new_site(&root),
        terms: terms(options)?,
        now: now_of(args),
    };
    let plan = plan(generator, &Store::Disk(from.clone()), &import_options)
        .ok_or_else(|| no_site(generator, &options.from))?;
    write_all(&root, &from, &plan.files)?;
    let errors = errors_of(args, session);
    let text = if session.format == Format::Json {
        let mut report = plan.report.as_json();
        report["errors"] = errors.into();
        json_line(&report) + "\n"
    } else {
        format!("{}{}", plan.report.in_words(), conclusion(errors))
    };
    Ok(session.print(&text)?)
}

fn conclusion(errors: usize) -> String {
    match errors {
        0 => "\nthe site builds: run bulletin serve to read it\n".to_owned(),
        1 => "\nbulletin check lists 1 error that stops a build\n".to_owned(),
        errors => format!("\nbulletin check lists {errors} errors that stop a build\n"),
    }
}

fn errors_of(args: &Args, session: &Session) -> usize {
    let checked = engine::check(
        &build_options(args),
        &session.observer(),
        &*published(args),
        CheckScope::Site,
        &|_, _| (),
    );
    checked.diagnostics().iter().filter(|diagnostic| diagnostic.is_error()).count()
}

fn now_of(args: &Args) -> Moment {
    build_time(args).moment_in(&sources::time_zone(&args.root())).unwrap_or_else(|_| now())
}

fn bad_import(message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_IMPORT, message).help(help)
}

fn no_site(generator: Generator, from: &Path) -> Diagnostic {
    let message = format!("{} holds no site of {}", from.to_string_lossy(), generator.name());
    bad_import(message, "name the folder with its settings, or another generator")
}

/// The files of one site must not be taken for those of the other.
fn check_folders(from: &Path, root: &Path) -> Result<(), Diagnostic> {
    if !from.is_dir() {
        let message = format!("{} is no folder", from.to_string_lossy());
        return Err(bad_import(message, "name the folder of the other site"));
    }
    let (Ok(from), Ok(root)) = (from.canonicalize(), root.canonicalize()) else { return Ok(()) };
    if from == root {
        return Err(bad_import(
            "the other site is in the folder of this one",
            "name another folder with --root: bulletin import hugo DIR --root NEW",
        ));
    }
    Ok(())
}

fn new_site(root: &Path) -> NewSite {
    if !root.join("site.toml").exists() {
        return NewSite::default();
    }
    let settings = sources::settings(root).map_or_else(NewSiteSettings::default, |config| NewSiteSettings {
        language: config.language.to_string(),
        languages: config.languages.iter().map(ToString::to_string).collect(),
        topics: config.topics.iter().map(|topic| topic.to_string()).collect(),
    });
    NewSite { settings: Some(settings) }
}

fn terms(options: &Import) -> Result<TermMap, Diagnostic> {
    let Some(path) = &options.map else { return Ok(TermMap::default()) };
    let name = path.to_string_lossy();
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("{name} cannot be read: {}", sources::reason(&error));
        Diagnostic::error(Code::BAD_MAPPING, message)
            .help("name the file that the report of an import was saved to")
    })?;
    TermMap::parse(&text).map_err(|(at, fault)| {
        Diagnostic::error(Code::BAD_MAPPING, "the mapping file cannot be used")
            .at(Place::new(&name, &text, Span::new(at..at)))
            .label(fault)
            .help("write a line for each term, as \"old town\" = { neighbourhood = \"old-town\" }")
    })
}

/// Writes all files, or none: what was written before a failure is removed again.
fn write_all(root: &Path, from: &Path, files: &[PlannedFile]) -> Result<(), Diagnostic> {
    check_targets(root, files)?;
    let write = |file: &PlannedFile, path: &Path| match &file.content {
        PlannedContent::Text(text) => write_new(path, text),
        PlannedContent::CopyOf(original) => copy_new(&from.join(original), path),
    };
    write_all_new(root, files, |file| &file.path, write)
        .map_err(|(file, error)| cannot_write(&file.path, &error))
}

/// Copies a file to where none is yet.
fn copy_new(from: &Path, path: &Path) -> io::Result<()> {
    let mut original = fs::File::open(from)?;
    create_file(path, |file| io::copy(&mut original, file).map(drop))
}

/// The first folder on the way to a file that is a link: what is written there could land outside of the site.
fn link_on_the_way(root: &Path, path: &str) -> Option<PathBuf> {
    let folders = path.match_indices('/').map(|(end, _)| root.join(&path[..end]));
    folders.into_iter().find(|folder| folder.symlink_metadata().is_ok_and(|found| found.is_symlink()))
}

/// How many names a message lists.
const MOST_NAMED: usize = 10;

fn check_targets(root: &Path, files: &[PlannedFile]) -> Result<(), Diagnostic> {
    let existing: Vec<&str> = files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| root.join(path).symlink_metadata().is_ok())
        .collect();
    if !existing.is_empty() {
        let named = existing[..existing.len().min(MOST_NAMED)].join(", ");
        let more = existing.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("already there, and left as they are: {named}{more}");
        return Err(Diagnostic::error(Code::FILE_EXISTS, message)
            .help("nothing was written; move these files away, or import into an empty folder with --root"));
    }
    match files.iter().find_map(|file| link_on_the_way(root, &file.path)) {
        Some(link) => {
            let shown = link.strip_prefix(root).unwrap_or(&link).to_string_lossy().into_owned();
            Err(bad_import(
                format!("{shown} is a link, and files would be written to its target"),
                "put a folder instead of the link",
            ))
        }
        None => Ok(()),
    }
}

fn import_wire(args: &Args, options: &Import, session: &Session) -> Result<(), ImportFailure> {
    let name = options.from.to_string_lossy();
    let text = fs::read_to_string(&options.from).map_err(|error| {
        let reason = sources::reason(&error);
        bad_import(format!("{name} cannot be read: {reason}"), "name a file with plain text in UTF-8")
    })?;
    sources::check_root(&args.root()).map_err(|no_site| *no_site)?;
    let (prepared, _) = Workspace::new(build_options(args)).prepare(None);
    let site = prepared.as_ref().map(|prepared| &prepared.site);
    let neighbourhood = |folded: &str| {
        let site = site?;
        let ix = site.spellings.neighbourhoods.get(folded)?;
        Some(site.neighbourhoods[*ix].term.id.to_string())
    };
    let source = |folded: &str| {
        let site = site?;
        let source = &site.sources[*site.spellings.sources.get(folded)?];
        (!source.is_protected()).then(|| source.term.id.to_string())
    };
    let language = site.map_or("en", |site| &site.config.language);
    let known = KnownRecords { neighbourhood: &neighbourhood, source: &source, language };
    let plan = plan_wire(&name, &text, &known).map_err(|why| {
        bad_import(format!("{name} is no report: {why}"), "begin it with a line that is its title")
    })?;
    let file = PlannedFile { path: plan.path.clone(), content: PlannedContent::Text(plan.text.clone()) };
    write_all(&args.absolute_root(), Path::new(""), &[file])?;
    let text =
        if session.format == Format::Json { json_line(&plan.as_json()) + "\n" } else { plan.in_words() };
    Ok(session.print(&text)?)
}
