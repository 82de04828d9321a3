//! A tree of content as Hugo and Zola have it: sections are folders, pages are files or folders with an index.

use std::collections::BTreeSet;

use super::front_matter::{self, FrontValue};
use super::other_site::{OtherFile, OtherFilePlace, OtherPage, PageRole};
use super::reading::{files_below, read_text};
use super::report::Leftover;
use crate::sources::Store;
use crate::time::{DayOrMoment, Zone};

/// How a generator reads its tree.
pub struct TreeRules<'a> {
    pub folder: &'a str,
    /// Where it is in the tree, with `/` at its end; empty for its top.
    pub mounted_at: &'a str,
    /// Folders in it that have rules of their own.
    pub others: Vec<&'a str>,
    /// The language of the whole folder; `None`: by the names of its files.
    pub language: Option<&'a str>,
    pub default_language: &'a str,
    pub other_languages: &'a BTreeSet<String>,
    /// Whether a page at the top with a date is a post.
    pub dated_top_is_briefing: bool,
    /// Whether `2016-10-02-water.md` has its date in its name.
    pub dates_in_names: bool,
}

/// What a tree holds.
#[derive(Default)]
pub struct ContentTree {
    pub pages: Vec<OtherPage>,
    pub files: Vec<OtherFile>,
    pub leftovers: Vec<Leftover>,
}

impl ContentTree {
    #[must_use]
    pub fn read(store: &Store, rules: &TreeRules<'_>) -> Self {
        let mut tree = Self::default();
        let mut paths = files_below(store, rules.folder, &mut tree.leftovers);
        paths.retain(|path| !rules.others.iter().any(|other| is_below(path, other)));
        let mut bundles: BTreeSet<&str> = paths.iter().filter_map(|path| bundle_of_index(path)).collect();
        bundles.remove(rules.folder);
        for path in &paths {
            let within = &format!("{}{}", rules.mounted_at, &path[rules.folder.len() + 1..]);
            if is_markdown(path) {
                tree.add_page(store, path, within, rules);
            } else if is_page_of_another_kind(path) {
                tree.leftovers.push(Leftover::of_file(
                    path,
                    "this page is not Markdown, and is not imported",
                    "write it as Markdown",
                ));
            } else {
                tree.files
                    .push(OtherFile { file: path.clone(), place: place_of_file(path, within, &bundles) });
            }
        }
        tree
    }

    fn add_page(&mut self, store: &Store, path: &str, within: &str, rules: &TreeRules<'_>) {
        let Some(text) = read_text(store, path, &mut self.leftovers) else { return };
        let found = match front_matter::read(&text) {
            Ok(found) => found,
            Err(fault) => {
                let remedy = "the page is not imported: mend it and import again";
                self.leftovers.push(Leftover::at(path, &text, fault.at, fault.message, remedy));
                return;
            }
        };
        let name = PageName::of(within, rules);
        let (stem, name_date) = match rules.dates_in_names.then(|| dated_stem(&name.stem)).flatten() {
            Some((date, rest)) => (rest, Some(date)),
            None => (name.stem.clone(), None),
        };
        let written = ["path", "url"].iter().find_map(|key| found.table.text(key));
        let address_date = written.and_then(|address| date_of_address(&address));
        let mut page = OtherPage {
            file: path.to_owned(),
            text,
            table: found.table,
            body_at: found.body_at,
            role: PageRole::Briefing,
            stem,
            language: name.language,
            group: name.group,
            bundle: name.is_bundle.then(|| parent(path).to_owned()),
            file_date: name_date.or(address_date),
            is_draft: false,
            sections: name.sections,
            addresses: Vec::new(),
        };
        match role(&page, name.is_section, rules) {
            Ok(role) => {
                page.role = role;
                self.pages.push(page);
            }
            Err((fact, remedy)) => self.leftovers.push(page.leftover(page.body_at, fact, remedy)),
        }
    }
}

/// What a page becomes, or why it is not imported.
fn role(
    page: &OtherPage,
    is_section: bool,
    rules: &TreeRules<'_>,
) -> Result<PageRole, (&'static str, &'static str)> {
    let is_dated = page.file_date.is_some() || page.first(&["date"]).is_some();
    let is_empty = page.body().trim().is_empty();
    let is_hidden = page.table.get("headless").and_then(FrontValue::to_bool) == Some(true);
    if is_section && page.sections.is_empty() {
        return Ok(PageRole::Home);
    }
    if is_section || is_hidden {
        return Err(match is_empty {
            true => {
                ("a section without a text is not imported", "nothing to do: bulletin makes its lists itself")
            }
            false => {
                ("the text of a section is not imported", "move it to a page of content/ if readers need it")
            }
        });
    }
    if page.sections.is_empty() && !(is_dated && rules.dated_top_is_briefing) {
        return match is_empty {
            true => {
                Err(("a page without a text is not imported", "nothing to do if the old theme filled it"))
            }
            false => Ok(PageRole::Plain),
        };
    }
    // A translation has the date of its original.
    if is_dated || page.language.is_some() {
        return Ok(PageRole::Briefing);
    }
    Err((
        "the page has no date, and is not imported",
        "give it a `date` and import again, or copy it to content/ as a plain page",
    ))
}

/// What the path of a page says.
struct PageName {
    stem: String,
    language: Option<String>,
    group: String,
    sections: Vec<String>,
    is_section: bool,
    is_bundle: bool,
}

impl PageName {
    fn of(within: &str, rules: &TreeRules<'_>) -> Self {
        let stem_path = within.rsplit_once('.').map_or(within, |(stem, _)| stem);
        let (folder, stem) = stem_path.rsplit_once('/').unwrap_or(("", stem_path));
        let (stem, written) = split_language(stem, rules);
        let language = rules.language.or(written).filter(|language| *language != rules.default_language);
        let mut sections: Vec<String> =
            folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let is_bundle = stem == "index" && !sections.is_empty();
        let group = format!("{folder}/{stem}");
        let stem = if is_bundle { sections.pop().unwrap_or_default() } else { stem.to_owned() };
        let is_section = stem == "_index" || stem == "index" && !is_bundle;
        Self { stem, language: language.map(str::to_owned), group, sections, is_section, is_bundle }
    }
}

/// `post.ar` is `post` in Arabic, if the site has Arabic.
fn split_language<'s>(stem: &'s str, rules: &TreeRules<'_>) -> (&'s str, Option<&'s str>) {
    match stem.rsplit_once('.') {
        Some((bare, code)) if code == rules.default_language || rules.other_languages.contains(code) => {
            (bare, Some(code))
        }
        _ => (stem, None),
    }
}

/// The date that a name begins with, and the rest of it.
#[must_use]
pub fn dated_stem(stem: &str) -> Option<(DayOrMoment, String)> {
    let mut parts = stem.splitn(4, '-');
    let date = format!("{}-{}-{}", parts.next()?, parts.next()?, parts.next()?);
    let rest = parts.next().filter(|rest| !rest.is_empty())?;
    let date = super::dates::read_date(&date, &Zone::utc())?;
    Some((date, rest.to_owned()))
}

/// The day that an address was given by hand, as in `/2016/10/02/water/`.
fn date_of_address(address: &str) -> Option<DayOrMoment> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|three| {
        let is_day = [4, 2, 2].iter().zip(three).all(|(length, part)| part.len() == *length);
        if is_day { super::dates::read_date(&three.join("-"), &Zone::utc()) } else { None }
    })
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[must_use]
pub fn is_markdown(path: &str) -> bool {
    ending(path).is_some_and(|ending| ["md", "markdown", "mdown", "mkd"].contains(&ending.as_str()))
}

/// Pages that other readers of text make.
fn is_page_of_another_kind(path: &str) -> bool {
    const KINDS: [&str; 10] =
        ["html", "htm", "adoc", "asciidoc", "ad", "rst", "org", "pandoc", "pdc", "mmark"];
    ending(path).is_some_and(|ending| KINDS.contains(&ending.as_str()))
}

fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

#[must_use]
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folder of a page that is the index of its folder.
fn bundle_of_index(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    (is_markdown(name) && name.starts_with("index.")).then_some(folder)
}

fn place_of_file(path: &str, within: &str, bundles: &BTreeSet<&str>) -> OtherFilePlace {
    let mut folder = parent(path);
    while !folder.is_empty() {
        if bundles.contains(folder) {
            return OtherFilePlace::Bundle {
                folder: folder.to_owned(),
                within: path[folder.len() + 1..].to_owned(),
            };
        }
        folder = parent(folder);
    }
    OtherFilePlace::Static(within.to_owned())
}
