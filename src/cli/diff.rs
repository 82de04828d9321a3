//! `diff`: what changed between two builds, or since a time.

use std::io;

use serde_json::json;

use super::args::{Args, DiffOptions};
use super::copies::open_copy;
use super::options::build_options;
use super::session::Session;
use crate::comparison::{DataSnapshot, PageDifferences, as_json, as_markdown, as_text, compare};
use crate::copies::{CopyFiles, FileList, bad_list};
use crate::diag::{Code, Diagnostic, has_errors};
use crate::engine::{self, BuildOptions, Holdings};
use crate::paths::kept_names::{MOST_LIST, MOST_SMALL, SUMS};
use crate::publish::hash;
use crate::render::copy_record::CopyRecord;
use crate::report::{Format, json_line};
use crate::site::{COPY_RECORD, DataFile};
use crate::sources::check_root;
use crate::time::DayOrMoment;

/// More than a file of open data of the largest site has.
const MOST_BYTES: u64 = 4 << 30;

/// Two builds.
struct ComparedBuilds {
    old: DataSnapshot,
    new: DataSnapshot,
    /// `None` if there are no pages, but one site at two times.
    pages: Option<PageDifferences>,
    warning: Option<Diagnostic>,
}

pub fn diff(args: &Args, options: &DiffOptions, session: &Session) -> io::Result<u8> {
    let compared = match &options.since {
        Some(since) => since_then(args, *since),
        None => of_copies(args, options),
    };
    let ComparedBuilds { old, new, pages, warning } = match compared {
        Ok(compared) => compared,
        Err(faults) => return session.fail(&faults),
    };
    session.report(warning.as_slice())?;
    let held = match holdings(args) {
        Ok(held) => held,
        Err(faults) => return session.fail(&faults),
    };
    // An earlier build may hold names that are protected now.
    let masked = |text: &str| held.as_ref().map_or_else(|| text.to_owned(), |held| held.masked(text));
    let mut differences = compare(&old, &new);
    differences.iter_mut().for_each(|difference| difference.map_texts(&masked));
    if session.format == Format::Json {
        let pages = pages.as_ref().map(PageDifferences::as_json);
        let object = json!({ "differences": as_json(&differences), "pages": pages });
        session.print(&masked(&(json_line(&object) + "\n")))?;
        return Ok(0);
    }
    let text = if options.markdown { as_markdown(&differences) } else { as_text(&differences) };
    session.print(&masked(&text))?;
    say_rest(&pages.unwrap_or_default(), differences.is_empty(), masked, session)?;
    Ok(0)
}

/// What the site of this folder holds; `None` if no site is here.
fn holdings(args: &Args) -> Result<Option<Holdings>, Vec<Diagnostic>> {
    if check_root(&args.root()).is_err() {
        return Ok(None);
    }
    let (held, mut diagnostics) = engine::holdings(&build_options(args));
    diagnostics.retain(Diagnostic::is_error);
    held.map(Some).ok_or(diagnostics)
}

/// What differs besides the data.
fn say_rest(
    pages: &PageDifferences,
    data_is_same: bool,
    masked: impl Fn(&str) -> String,
    session: &Session,
) -> io::Result<()> {
    if pages.is_empty() {
        return if data_is_same { session.advise("no record and no page differs") } else { Ok(()) };
    }
    if session.verbose {
        session.say_each_masked("new", &pages.new, &masked)?;
        session.say_each_masked("changed", &pages.changed, &masked)?;
        session.say_each_masked("removed", &pages.removed, &masked)?;
    }
    let only = if data_is_same { "only texts or their look differ; " } else { "" };
    session.advise(&format!("{only}pages: {}", pages.counted()))
}

/// The site as it was known then, and as it is.
fn since_then(args: &Args, since: DayOrMoment) -> Result<ComparedBuilds, Vec<Diagnostic>> {
    let today = build_options(args);
    let then = BuildOptions { as_of: Some(since), ..build_options(args) };
    Ok(ComparedBuilds { old: of_site(&then)?, new: of_site(&today)?, pages: None, warning: None })
}

fn of_site(options: &BuildOptions) -> Result<DataSnapshot, Vec<Diagnostic>> {
    let (prepared, mut diagnostics) = engine::prepare(options);
    match prepared {
        Some(prepared) if !has_errors(&diagnostics) => Ok(DataSnapshot::of_site(&prepared.site)),
        _ => {
            diagnostics.retain(Diagnostic::is_error);
            Err(diagnostics)
        }
    }
}

fn of_copies(args: &Args, options: &DiffOptions) -> Result<ComparedBuilds, Vec<Diagnostic>> {
    let read = |name: Option<&str>| {
        let copy = open_copy(args, name)?;
        let shown_as = copy_name(args, name);
        let list = list_of(copy.files(), &shown_as)?;
        let record = copy.files().read_small(COPY_RECORD, MOST_SMALL)?;
        let record = record.and_then(|record| CopyRecord::from_json(&record));
        Ok((of_copy(copy.files(), &list, &shown_as)?, list, record))
    };
    match (read(options.old.as_deref()), read(options.new.as_deref())) {
        (Ok((old, old_list, old_record)), Ok((new, new_list, new_record))) => {
            let pages = PageDifferences::of(&old_list.files, &new_list.files);
            Ok(ComparedBuilds {
                old,
                new,
                pages: Some(pages),
                warning: old_record.zip(new_record).and_then(two_sites),
            })
        }
        (old, new) => Err(old.err().into_iter().chain(new.err()).collect()),
    }
}

fn list_of(files: &dyn CopyFiles, name: &str) -> Result<FileList, Diagnostic> {
    let list = files.read_small(SUMS, MOST_LIST)?;
    list.map_or_else(|| Err(bad_list(&format!("of {name} is missing"))), |list| FileList::read(&list))
}

fn two_sites((old, new): (CopyRecord, CopyRecord)) -> Option<Diagnostic> {
    let message = format!("two sites are compared: {} and {}", old.title, new.title);
    let warning = Diagnostic::warning(Code::OTHER_SITE, message).help("check which builds you gave");
    (!old.is_of_same_site(&new)).then_some(warning)
}

fn copy_name(args: &Args, name: Option<&str>) -> String {
    name.map_or_else(|| super::options::output(args).shown_as, str::to_owned)
}

fn of_copy(files: &dyn CopyFiles, list: &FileList, name: &str) -> Result<DataSnapshot, Diagnostic> {
    let read = |file: DataFile| match files.read_small(file.path().as_str(), MOST_BYTES) {
        Ok(Some(bytes)) if list.hash_of(file.path().as_str()) == Some(&hash(&bytes)) => Ok(bytes),
        Ok(Some(_)) => Err(no_data(name, file, "is not that of the build", DAMAGED)),
        Ok(None) => Err(no_data(name, file, "is missing", WITHOUT_DATA)),
        Err(fault) => Err(fault),
    };
    DataSnapshot::read(read, |file, what| no_data(name, file, &format!("cannot be read: {what}"), DAMAGED))
}

const WITHOUT_DATA: &str =
    "build it again with open data: write data = true under [outputs] in site.toml, or delete that line";
const DAMAGED: &str = "build it again, or get the copy again";

fn no_data(name: &str, file: DataFile, what: &str, help: &str) -> Diagnostic {
    let message = format!("{name} cannot be compared: its {} {what}", file.path());
    Diagnostic::error(Code::NO_OPEN_DATA, message).setup().help(help)
}
