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
use crate::engine::{self, BuildOptions};
use crate::publish::SUMS;
use crate::report::{Format, json_line};
use crate::site::DataFile;
use crate::sources::check_root;
use crate::time::DayOrMoment;

/// More than a file of the largest site has.
const MOST_BYTES: u64 = 4 << 30;

/// Two builds.
struct ComparedBuilds {
    old: DataSnapshot,
    new: DataSnapshot,
    /// `None` if there are no pages, but one site at two times.
    pages: Option<PageDifferences>,
}

pub fn diff(args: &Args, options: &DiffOptions, session: &Session) -> io::Result<u8> {
    let compared = match &options.since {
        Some(since) => since_then(args, *since),
        None => of_copies(args, options),
    };
    let ComparedBuilds { old, new, pages } = match compared {
        Ok(compared) => compared,
        Err(faults) => return session.fail(&faults),
    };
    let differences = compare(&old, &new);
    // An earlier build may hold names that are protected now.
    let held = check_root(&args.root()).ok().and_then(|()| engine::holdings(&build_options(args)).0);
    let masked = |text: String| held.as_ref().map_or_else(|| text.clone(), |held| held.masked(&text));
    if session.format == Format::Json {
        let pages = pages.as_ref().map(PageDifferences::as_json);
        let object = json!({ "differences": as_json(&differences), "pages": pages });
        session.print(&masked(json_line(&object) + "\n"))?;
        return Ok(0);
    }
    let text = if options.markdown { as_markdown(&differences) } else { as_text(&differences) };
    session.print(&masked(text))?;
    say_rest(pages.unwrap_or_default(), differences.is_empty(), session)?;
    Ok(0)
}

/// What differs besides the data.
fn say_rest(pages: PageDifferences, data_is_same: bool, session: &Session) -> io::Result<()> {
    if pages.is_empty() {
        return if data_is_same { session.advise("nothing differs") } else { Ok(()) };
    }
    if session.verbose {
        session.say_each("new", &pages.new)?;
        session.say_each("changed", &pages.changed)?;
        session.say_each("gone", &pages.gone)?;
    }
    let only = if data_is_same { "only texts or their look differ; " } else { "" };
    session.advise(&format!("{only}pages: {}", pages.counted()))
}

/// The site as it was known then, and as it is.
fn since_then(args: &Args, since: DayOrMoment) -> Result<ComparedBuilds, Vec<Diagnostic>> {
    let today = build_options(args);
    let then = BuildOptions { as_of: Some(since), ..build_options(args) };
    Ok(ComparedBuilds { old: of_site(&then)?, new: of_site(&today)?, pages: None })
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
        Ok((of_copy(copy.files(), &shown_as)?, list_of(copy.files(), &shown_as)?))
    };
    match (read(options.old.as_deref()), read(options.new.as_deref())) {
        (Ok((old, old_list)), Ok((new, new_list))) => {
            let pages = PageDifferences::of(&old_list.files, &new_list.files);
            Ok(ComparedBuilds { old, new, pages: Some(pages) })
        }
        (old, new) => Err(old.err().into_iter().chain(new.err()).collect()),
    }
}

fn list_of(files: &dyn CopyFiles, name: &str) -> Result<FileList, Diagnostic> {
    let list = files.read_small(SUMS, MOST_BYTES)?;
    list.map_or_else(|| Err(bad_list(&format!("of {name} is missing"))), |list| FileList::read(&list))
}

fn copy_name(args: &Args, name: Option<&str>) -> String {
    name.map_or_else(|| super::options::output(args).shown_as, str::to_owned)
}

fn of_copy(files: &dyn CopyFiles, name: &str) -> Result<DataSnapshot, Diagnostic> {
    let read = |file: DataFile| match files.read_small(file.path().as_str(), MOST_BYTES) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(no_data(name, file, "is missing", WITHOUT_DATA)),
        Err(fault) => Err(fault),
    };
    DataSnapshot::read(read, |file, what| no_data(name, file, &format!("cannot be read: {what}"), DAMAGED))
}

const WITHOUT_DATA: &str =
    "build it again with open data: data = true under [outputs] in site.toml, or without that line";
const DAMAGED: &str = "build it again, or get the copy again";

fn no_data(name: &str, file: DataFile, what: &str, help: &str) -> Diagnostic {
    let message = format!("{name} cannot be compared: its {} {what}", file.path());
    Diagnostic::error(Code::NO_OPEN_DATA, message).setup().help(help)
}
