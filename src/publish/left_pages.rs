//! Pages that leave the site without an alias, while other sites and people still link to them.
//!
//! Owns which of them are reported, and which new page one looks like. Reads the folder and changes nothing in it.

use std::collections::HashSet;
use std::io;

use super::diff::{FileChange, Staged};
use super::handles::OutputRoot;
use crate::diag::{Code, Diagnostic};
use crate::paths::{GENERATED_NAMES, OutPath};

/// How many pages are named, and with how many new ones each is compared.
const MOST_NAMED: usize = 10;
const MOST_COMPARED: usize = 200;

/// A shorter line is on many pages.
const SHORTEST_LINE: usize = 40;

/// A warning for each page that leaves, and one for all those beyond the first few. The folder is as it was, and the
/// new files are in `stage`, a folder of it.
pub(super) fn warnings<'l>(
    root: &OutputRoot,
    stage: &str,
    leaving: impl Iterator<Item = &'l OutPath> + Clone,
    staged: &[Staged],
) -> Vec<Diagnostic> {
    let leaving = leaving.map(OutPath::as_str);
    let all: HashSet<&str> = leaving.clone().collect();
    let is_named = |path: &&str| is_linked(path) && !is_translated(path, &all) && !is_sheet(root, path, &all);
    let left: Vec<&str> = leaving.filter(is_named).collect();
    let mut warnings: Vec<Diagnostic> = left
        .iter()
        .take(MOST_NAMED)
        .map(|path| warning(path, most_similar(root, stage, path, staged)))
        .collect();
    if let more @ 1.. = left.len().saturating_sub(MOST_NAMED) {
        let message = format!("{more} more pages left the site");
        warnings.push(
            Diagnostic::warning(Code::PAGE_LEFT, message)
                .help("if a whole folder moved, move it back, or write aliases"),
        );
    }
    warnings
}

/// A page that an article or a record can have an alias for: no day, no numbered page, no list.
fn is_linked(path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".html") else { return false };
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let is_numbered = name.rsplit_once("page-").is_some_and(|(_, number)| number.parse::<u32>().is_ok());
    let is_date = stem.split('/').any(|folder| folder == "dates");
    !is_numbered && !is_date && !GENERATED_NAMES.contains(&name) && name != "index" && name != "404"
}

/// The page in the site's own language leaves, too. An alias of the one is an alias of both.
fn is_translated(path: &str, leaving: &HashSet<&str>) -> bool {
    path.split_once('/')
        .is_some_and(|(folder, rest)| !GENERATED_NAMES.contains(&folder) && leaving.contains(rest))
}

/// The sheet of a neighbourhood, whose page stays or is named itself.
fn is_sheet(root: &OutputRoot, path: &str, leaving: &HashSet<&str>) -> bool {
    let Some(place) = path.strip_suffix("-sheet.html").map(|stem| [stem, ".html"].concat()) else {
        return false;
    };
    let is_of_neighbourhood = path.rsplit('/').nth(1) == Some("neighbourhoods");
    is_of_neighbourhood && (leaving.contains(place.as_str()) || root.open_file(&place).is_ok())
}

fn warning(path: &str, similar: Option<&str>) -> Diagnostic {
    let alias = format!("`aliases = [\"{path}\"]`");
    let help = match similar {
        Some(new) => format!("{new} has nearly the same text: write {alias} in its file"),
        None => format!("if it moved, write {alias} in the file of the page that takes its place"),
    };
    Diagnostic::warning(Code::PAGE_LEFT, format!("{path} leaves the site, and links to it will find nothing"))
        .help(help)
}

/// The new page of the same folder that has most lines of a page, if it has most of them. Ties go by path.
fn most_similar<'s>(root: &OutputRoot, stage: &str, path: &str, staged: &'s [Staged]) -> Option<&'s str> {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let before = read(root, path).ok()?;
    let lines: HashSet<&str> = lines_of(&before).collect();
    let new = staged.iter().filter(|file| {
        file.change == FileChange::New && file.path.is_page() && folder(file.path.as_str()) == folder(path)
    });
    let mut best: Option<(usize, &str)> = None;
    for file in new.take(MOST_COMPARED) {
        let Ok(text) = read(root, &format!("{stage}/{}", file.path)) else { continue };
        let common = lines_of(&text).filter(|line| lines.contains(line)).count();
        if 3 * common >= 2 * lines.len() && best.is_none_or(|(most, _)| common > most) {
            best = Some((common, file.path.as_str()));
        }
    }
    best.filter(|(common, _)| *common > 0).map(|(_, path)| path)
}

fn read(root: &OutputRoot, path: &str) -> io::Result<String> {
    io::read_to_string(root.open_file(path)?)
}

/// The long lines of what a page is about.
fn lines_of(html: &str) -> impl Iterator<Item = &str> {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    main.lines().map(str::trim).filter(|line| line.len() >= SHORTEST_LINE)
}
