//! A site of Jekyll: its settings, posts, drafts and pages, and where they were.

use jiff::civil::Date;

use super::addresses::{date_part, filled, jekyll_name};
use super::content_tree::{dated_stem, is_markdown, parent};
use super::front_matter::{self, FrontEntry, FrontTable, FrontValue};
use super::other_site::{
    Generator, OtherFile, OtherFilePlace, OtherKeys, OtherPage, OtherSettings, OtherSite, PageRole,
};
use super::reading::{files_below, read_settings, read_text};
use super::report::Leftover;
use crate::sources::Store;
use crate::time::{DayOrMoment, Zone};

const KEYS: OtherKeys = OtherKeys {
    updated: &["last_modified_at", "updated"],
    summary: &["description", "excerpt"],
    expires: &[],
    embargo_until: &[],
    addresses: &["permalink", "redirect_from", "slug", "published"],
};

/// Folders that Jekyll, or what it is installed with, writes.
const NOT_CONTENT: [&str; 5] = ["_site", "vendor", "node_modules", "script", "bin"];

/// Reads the site. `None` if there is none.
#[must_use]
pub fn read(store: &Store) -> Option<OtherSite> {
    let mut leftovers = Vec::new();
    let settings = read_settings(store, &["_config.yml", "_config.yaml", "_config.toml"], &mut leftovers);
    if settings.is_none() && !store.is_folder("_posts") {
        return None;
    }
    let settings = settings.unwrap_or_default();
    let variables = settings.entries.iter();
    let variables =
        variables.filter_map(|entry| Some((format!("site.{}", entry.key), entry.value.to_text()?)));
    let variables = variables.collect();
    let jekyll = Jekyll::new(settings);
    let mut site = OtherSite {
        generator: Generator::Jekyll,
        keys: &KEYS,
        taxonomies: ["tags", "categories", "tag", "category"].map(str::to_owned).to_vec(),
        settings: jekyll.settings.clone(),
        content: String::new(),
        variables,
        pages: Vec::new(),
        files: Vec::new(),
        leftovers,
    };
    for path in all_files(store, &jekyll.collections, &mut site.leftovers) {
        jekyll.add(store, &path, &mut site);
    }
    Some(site)
}

/// The files of the site, without those of its theme and its tools.
fn all_files(store: &Store, collections: &[Collection], leftovers: &mut Vec<Leftover>) -> Vec<String> {
    let mut files = Vec::new();
    for name in store.names_in("") {
        if name.starts_with('.') || NOT_CONTENT.contains(&name.as_str()) {
            continue;
        }
        if !store.is_folder(&name) {
            files.push(name);
            continue;
        }
        let below = files_below(store, &name, leftovers);
        match name.strip_prefix('_') {
            None | Some("posts" | "drafts") => files.extend(below),
            Some(own) if collections.iter().any(|collection| collection.name == own) => files.extend(below),
            // Templates and data are no texts.
            Some("layouts" | "includes" | "sass" | "data" | "plugins") => {}
            Some(_) => {
                let fact = format!("the collection {name}/ is not imported (files: {})", below.len());
                leftovers.push(Leftover::of_file(
                    &name,
                    fact,
                    "if readers need it, write it under `collections` in _config.yml with output: true, and import again",
                ));
            }
        }
    }
    files
}

/// A folder `_NAME` whose files are pages.
struct Collection {
    name: String,
    permalink: Option<String>,
}

fn collections(table: &FrontTable) -> Vec<Collection> {
    let entries = table.table("collections").map(|table| table.entries.as_slice()).unwrap_or_default();
    let read = entries.iter().filter_map(|entry| {
        let FrontValue::Table(settings) = &entry.value else { return None };
        let has_pages = settings.get("output").and_then(FrontValue::to_bool) == Some(true);
        let is_own = !matches!(entry.key.as_str(), "posts" | "drafts");
        let permalink = settings.text("permalink");
        (has_pages && is_own).then(|| Collection { name: entry.key.clone(), permalink })
    });
    read.collect()
}

struct Jekyll {
    settings: OtherSettings,
    zone: Zone,
    permalink: String,
    /// Those that have pages.
    collections: Vec<Collection>,
    /// Values that files of a folder have if they do not say otherwise: folder, kind, values.
    defaults: Vec<(String, String, FrontTable)>,
}

impl Jekyll {
    fn new(table: FrontTable) -> Self {
        let zone = table.text("timezone").and_then(|name| Some((name.clone(), Zone::named(&name)?)));
        let base_url =
            format!("{}{}", table.text("url").unwrap_or_default(), table.text("baseurl").unwrap_or_default());
        Self {
            permalink: table.text("permalink").unwrap_or_else(|| "date".to_owned()),
            defaults: defaults(&table),
            collections: collections(&table),
            zone: zone.as_ref().map_or_else(Zone::utc, |(_, zone)| zone.clone()),
            settings: OtherSettings {
                title: table.text("title"),
                base_url,
                language: table.text("lang").unwrap_or_else(|| "en".to_owned()),
                other_languages: std::collections::BTreeSet::new(),
                zone,
            },
        }
    }

    fn add(&self, store: &Store, path: &str, site: &mut OtherSite) {
        let is_html = path.ends_with(".html") || path.ends_with(".htm");
        let is_post = path.split('/').any(|part| part == "_posts" || part == "_drafts");
        if is_markdown(path) || is_html {
            if let Some(text) = read_text(store, path, &mut site.leftovers) {
                self.add_text(path, text, is_post, site);
            }
        } else if is_post {
            let leftover = Leftover::of_file(
                path,
                "this file among the posts is not Markdown, and is not imported",
                "write it as Markdown",
            );
            site.leftovers.push(leftover);
        } else if path.contains('/') || is_media(path) {
            // A file of a collection is published without the sign of its folder.
            let published = self.collection(path).map_or(path, |_| &path[1..]);
            let place = OtherFilePlace::Static(published.to_owned());
            site.files.push(OtherFile { file: path.to_owned(), place });
        }
    }

    /// The collection that a file is in.
    fn collection(&self, path: &str) -> Option<&Collection> {
        let folder = path.strip_prefix('_')?.split('/').next()?;
        self.collections.iter().find(|collection| collection.name == folder)
    }

    fn add_text(&self, path: &str, text: String, is_post: bool, site: &mut OtherSite) {
        let found = match front_matter::read(&text) {
            Ok(found) => found,
            Err(fault) => {
                let remedy = "the page is not imported: mend it and import again";
                site.leftovers.push(Leftover::at(path, &text, fault.at, fault.message, remedy));
                return;
            }
        };
        if !found.is_there && !is_post {
            let fact = "a text without front matter is no page, and is not imported";
            site.leftovers.push(Leftover::of_file(path, fact, "nothing to do, unless readers need it"));
            return;
        }
        let mut page = self.page(path, text, found.table, found.body_at);
        match self.role(&page, path, is_post) {
            Ok(role) => page.role = role,
            Err((fact, remedy)) => {
                site.leftovers.push(page.leftover(page.body_at, fact, remedy));
                return;
            }
        }
        page.addresses = self.addresses(&page);
        // The index of a folder is the page of that name.
        if let (PageRole::Plain, "index", Some(folder)) =
            (&page.role, page.stem.as_str(), page.sections.last())
        {
            page.stem = folder.clone();
        }
        site.pages.push(page);
    }

    fn page(&self, path: &str, text: String, mut table: FrontTable, body_at: usize) -> OtherPage {
        for (folder, kind, values) in &self.defaults {
            let is_of_kind = kind.is_empty() || (kind == "posts") == path.contains("_posts/");
            if path.starts_with(folder.as_str()) && is_of_kind {
                table.add_missing(values.clone());
            }
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let dated = dated_stem(stem);
        let folders = parent(path).split('/').filter(|part| !part.is_empty() && !part.starts_with('_'));
        let sections: Vec<String> = folders.map(str::to_owned).collect();
        OtherPage {
            file: path.to_owned(),
            text,
            table,
            body_at,
            role: PageRole::Briefing,
            stem: dated.as_ref().map_or_else(|| stem.to_owned(), |(_, rest)| rest.clone()),
            language: None,
            group: path.to_owned(),
            bundle: None,
            file_date: dated.map(|(date, _)| date),
            is_draft: path.split('/').any(|part| part == "_drafts"),
            sections,
            addresses: Vec::new(),
        }
    }

    fn role(
        &self,
        page: &OtherPage,
        path: &str,
        is_post: bool,
    ) -> Result<PageRole, (&'static str, &'static str)> {
        if is_post {
            return match page.is_draft || page.date(&self.zone).is_some() {
                true => Ok(PageRole::Briefing),
                false => Err((
                    "the post has no date, and is not imported",
                    "name it YEAR-MONTH-DAY-TITLE.md and import again",
                )),
            };
        }
        if self.collection(path).is_some() && is_markdown(path) {
            return match page.date(&self.zone) {
                Some(_) => Ok(PageRole::Briefing),
                None if page.body().trim().is_empty() => {
                    Err(("a page without a text is not imported", "nothing to do if the old theme filled it"))
                }
                None => Ok(PageRole::Plain),
            };
        }
        let is_index = page.stem == "index";
        match page.sections.len() {
            0 if is_index && is_markdown(path) => Ok(PageRole::Home),
            _ if !is_markdown(path) => Err((
                "a page of the old theme is not imported",
                "nothing to do: bulletin makes its lists itself",
            )),
            _ if page.body().trim().is_empty() => {
                Err(("a page without a text is not imported", "nothing to do if the old theme filled it"))
            }
            0 => Ok(PageRole::Plain),
            1 if is_index => Ok(PageRole::Plain),
            _ => Err((
                "a page in a folder is not imported",
                "move it to the top of the site and import again, or copy it to content/",
            )),
        }
    }

    /// Where a page was, then what led there.
    fn addresses(&self, page: &OtherPage) -> Vec<String> {
        let by_default = match self.collection(&page.file) {
            Some(collection) => Some(self.pattern_of_collection(collection)),
            None => matches!(page.role, PageRole::Briefing).then(|| self.permalink.clone()),
        };
        let pattern = page.table.text("permalink").or(by_default);
        let own = match pattern {
            Some(pattern) => filled(&long_pattern(&pattern), &|name| self.part(page, name)),
            None => Some(format!("/{}.html", page.file.rsplit_once('.').map_or("", |(stem, _)| stem))),
        };
        let redirects = page.table.get("redirect_from").map(FrontValue::to_texts).unwrap_or_default();
        own.map(|own| with_ending(&own)).into_iter().chain(redirects).collect()
    }

    /// A style of the site decides about the end of addresses of collections too.
    fn pattern_of_collection(&self, collection: &Collection) -> String {
        let has_folders = self.permalink == "pretty" || self.permalink.ends_with('/');
        let ending = if has_folders { "/" } else { ".html" };
        collection.permalink.clone().unwrap_or_else(|| format!("/:collection/:path{ending}"))
    }

    fn part(&self, page: &OtherPage, name: &str) -> Option<String> {
        let collection = self.collection(&page.file);
        if let Some(collection) = collection {
            match name {
                "collection" => return Some(collection.name.clone()),
                "path" => return Some(path_in_collection(page)),
                "name" => return Some(page.stem.clone()),
                _ => {}
            }
        }
        Some(match name {
            "title" => page.table.text("slug").unwrap_or_else(|| page.stem.clone()),
            "slug" => jekyll_name(&page.table.text("slug").unwrap_or_else(|| page.stem.clone())),
            "categories" => categories(page).join("/"),
            "output_ext" => ".html".to_owned(),
            "path" => parent(&page.file).to_owned(),
            "basename" => page.stem.clone(),
            name => return date_part(self.day(page), name),
        })
    }

    fn day(&self, page: &OtherPage) -> Option<Date> {
        Some(match page.date(&self.zone)? {
            DayOrMoment::Day(day) => day,
            DayOrMoment::Moment(moment) => self.zone.day_of(moment),
        })
    }
}

/// The path of a page below the folder of its collection, without its ending.
fn path_in_collection(page: &OtherPage) -> String {
    let within = page.file.split_once('/').map_or("", |(_, within)| within);
    within.rsplit_once('.').map_or(within, |(path, _)| path).to_owned()
}

/// The folders above the posts, then those that a post names.
fn categories(page: &OtherPage) -> Vec<String> {
    let own = page.first(&["categories", "category"]).map(terms).unwrap_or_default();
    let mut all: Vec<String> = Vec::new();
    for category in page.sections.iter().cloned().chain(own) {
        let category = category.to_lowercase();
        if !all.contains(&category) {
            all.push(category);
        }
    }
    all
}

/// Jekyll takes a text of words for a list.
pub fn terms(value: &FrontValue) -> Vec<String> {
    match value {
        FrontValue::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
        value => value.to_texts(),
    }
}

/// The styles that have a name.
fn long_pattern(pattern: &str) -> String {
    match pattern {
        "date" => "/:categories/:year/:month/:day/:title.html",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title.html",
        "none" => "/:categories/:title.html",
        own => own,
    }
    .to_owned()
}

/// Servers find `title.html` for `/title`.
fn with_ending(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    let is_whole = name.is_empty() || name.ends_with(".html") || name.ends_with(".htm");
    if is_whole { address.to_owned() } else { format!("{address}.html") }
}

fn defaults(table: &FrontTable) -> Vec<(String, String, FrontTable)> {
    let Some(FrontValue::List(items)) = table.get("defaults") else { return Vec::new() };
    let read = items.iter().filter_map(|item| {
        let FrontValue::Table(item) = item else { return None };
        let scope = item.table("scope")?;
        let values = FrontTable {
            entries: item
                .table("values")?
                .entries
                .iter()
                .filter(|entry| is_default(entry))
                .cloned()
                .collect(),
        };
        Some((scope.text("path").unwrap_or_default(), scope.text("type").unwrap_or_default(), values))
    });
    // The last one wins, as the first one is kept here.
    let mut read: Vec<_> = read.collect();
    read.reverse();
    read
}

/// Defaults that say something about a text; the others are for templates.
fn is_default(entry: &FrontEntry) -> bool {
    ["permalink", "published", "author", "categories", "category", "tags"].contains(&entry.key.as_str())
}

/// Files at the top that readers see, as opposed to those of tools.
fn is_media(path: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "pdf", "mp3", "mp4", "zip", "csv", "docx", "xlsx",
    ];
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    path == "CNAME" || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
