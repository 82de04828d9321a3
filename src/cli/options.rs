//! From what was typed to what is meant: the options of a build, and the folder that it is written to.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::args::{Args, absolute};
use crate::diag::{Code, Diagnostic};
use crate::engine::{BuildOptions, OpenPublished, Prepared};
use crate::preview::timer::Clock;
use crate::publish::{Published, published_file};
use crate::sources::Store;
use crate::time::{DayOrMoment, Moment};

#[expect(clippy::disallowed_methods, reason = "the only place where the clock is read")]
pub fn read_clock() -> Timestamp {
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

/// The time that everything is judged by.
pub fn build_time(args: &Args) -> DayOrMoment {
    args.common.now.unwrap_or_else(|| DayOrMoment::Moment(now()))
}

pub fn build_options(args: &Args) -> BuildOptions {
    BuildOptions {
        store: Store::Disk(args.absolute_root()),
        now: build_time(args),
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

/// Opens what is in the output folder already.
pub fn published(args: &Args) -> Arc<OpenPublished> {
    let folder = output(args).folder;
    Arc::new(move |path| published_file(&folder, path))
}

/// Folders and files that a build reads, whether they are there yet or not.
const SOURCES: [&str; 9] =
    ["content", "static", "templates", "themes", "i18n", "private", "redact.txt", "site.toml", "map.geojson"];

/// What is wrong with a folder to write to, if it is one of the site's own or above them.
fn in_the_way(root: &Path, out: &Path) -> Option<String> {
    if root.starts_with(out) {
        return Some(match root == out {
            true => "--out is the folder of the site itself".to_owned(),
            false => "--out is a folder that the site is in".to_owned(),
        });
    }
    if out.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
        return Some("--out is a hidden folder".to_owned());
    }
    // A source may be a link to another folder of the site.
    let places = SOURCES.map(|source| (source, root.join(source)));
    let (source, _) = places.iter().find(|(_, at)| out.starts_with(at) || out.starts_with(resolved(at)))?;
    Some(format!("--out is among what the site is built from: {source}"))
}

/// Where a path leads: links are followed as far as it exists, and `..` is one folder up from there.
fn resolved(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => resolved.push(part),
        }
        resolved = std::fs::canonicalize(&resolved).unwrap_or(resolved);
    }
    resolved
}

/// Why a site must not be built where it is asked for.
pub fn bad_out(args: &Args, output: &Output) -> Option<Diagnostic> {
    let message = in_the_way(&resolved(&args.absolute_root()), &resolved(&output.folder))?;
    Some(Diagnostic::error(Code::BAD_OUT, message).setup().help("choose a folder of its own, as public/"))
}

/// A path without the private words of the site. Without a site, no one knows what is private.
pub fn masked_path(prepared: Option<&Prepared>, path: &str) -> String {
    prepared.map_or_else(String::new, |prepared| prepared.masked_path(path))
}

pub fn summary(published: &Published, output: &Output) -> String {
    let Published { written, changed, unchanged, removed, .. } = published;
    format!("{}: {written} new, {changed} changed, {unchanged} unchanged, {removed} removed", output.shown_as)
}
