//! From what was typed to what is meant: the options of a build, and the folder that it is written to.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::args::{Args, absolute};
use crate::diag::{Code, Diagnostic};
use crate::engine::BuildOptions;
use crate::preview::timer::Clock;
use crate::publish::Published;
use crate::sources::Store;
use crate::time::{DayOrMoment, Moment};

#[expect(clippy::disallowed_methods, reason = "the only place where the clock is read")]
fn read_clock() -> Timestamp {
    Timestamp::now()
}

/// The time, in whole seconds.
pub fn now() -> Moment {
    let now = read_clock();
    Moment { at: Timestamp::from_second(now.as_second()).unwrap_or(now), offset: 0 }
}

/// The clock of a command that builds again and again; `None` if an option fixes the time.
pub fn clock(args: &Args) -> Option<Clock> {
    let is_fixed = args.common.now.is_some() || args.common.as_of.is_some();
    (!is_fixed).then_some(read_clock as Clock)
}

pub fn build_options(args: &Args) -> BuildOptions {
    BuildOptions {
        store: Store::Disk(args.absolute_root()),
        now: args.common.now.unwrap_or_else(|| DayOrMoment::Moment(now())),
        as_of: args.common.as_of,
        drafts: args.common.drafts,
        base_url: args.common.base_url.clone(),
    }
}

/// Where a build is written.
pub struct Output {
    pub folder: PathBuf,
    /// How messages call the folder: as it was given.
    pub shown_as: String,
}

pub fn output(args: &Args) -> Output {
    match &args.common.out {
        Some(out) => Output { folder: absolute(out.clone()), shown_as: out.to_string_lossy().into_owned() },
        None => Output { folder: args.absolute_root().join("public"), shown_as: "public".to_owned() },
    }
}

/// The folder of the site that a build into `out` would write among its own sources.
fn sources_in_the_way(args: &Args, out: &Path) -> Option<&'static str> {
    // `a/./b` and `a/b` are one place: whole paths hold only `..`, which a link could make another.
    let within = out.strip_prefix(args.absolute_root()).ok()?;
    let first = within.components().next();
    match first.and_then(|part| part.as_os_str().to_str()) {
        None => Some("the folder of the site itself"),
        Some("content") => Some("content/"),
        Some("static") => Some("static/"),
        Some("templates") => Some("templates/"),
        Some("themes") => Some("themes/"),
        Some("i18n") => Some("i18n/"),
        Some(_) => None,
    }
}

/// Why a site must not be built where it is asked for.
pub fn bad_out(args: &Args, output: &Output) -> Option<Diagnostic> {
    let place = sources_in_the_way(args, &output.folder)?;
    let message = format!("--out lies in {place}, among what the site is built from");
    Some(Diagnostic::error(Code::BAD_OUT, message).setup().help("choose a folder of its own, as public/"))
}

pub fn summary(published: &Published, output: &Output) -> String {
    let Published { written, changed, unchanged, removed, .. } = published;
    format!("{}: {written} new, {changed} changed, {unchanged} unchanged, {removed} removed", output.shown_as)
}
