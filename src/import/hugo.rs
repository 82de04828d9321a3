//! A site of Hugo: its settings, its tree of content, and where its pages were.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::addresses::{date_part, filled, hugo_name};
use super::content_tree::{ContentTree, TreeRules};
use super::front_matter::{FrontEntry, FrontTable, FrontValue};
use super::other_site::{
    Generator, OtherFile, OtherFilePlace, OtherKeys, OtherPage, OtherSettings, OtherSite,
};
use super::reading::{files_below, read_settings};
use super::report::Leftover;
use crate::sources::Store;
use crate::time::{DayOrMoment, Zone};

const KEYS: OtherKeys = OtherKeys {
    updated: &["lastmod"],
    summary: &["summary", "description"],
    expires: &["expirydate"],
    embargo_until: &["publishdate"],
    addresses: &["url", "slug", "aliases", "translationkey"],
};

const SETTINGS: [&str; 12] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
];

/// Settings that may have a file of their own.
const PARTS: [&str; 3] = ["languages", "permalinks", "taxonomies"];

/// Reads the site. `None` if there is none.
#[must_use]
pub fn read(store: &Store) -> Option<OtherSite> {
    let mut leftovers = Vec::new();
    let settings = settings(store, &mut leftovers);
    if settings.is_none() && !store.is_folder("content") {
        return None;
    }
    let hugo = Hugo::new(&settings.unwrap_or_default(), &mut leftovers);
    let mut site = OtherSite {
        generator: Generator::Hugo,
        keys: &KEYS,
        taxonomies: hugo.taxonomies.clone(),
        settings: hugo.settings.clone(),
        content: hugo.default_content().to_owned(),
        variables: BTreeMap::new(),
        pages: Vec::new(),
        files: Vec::new(),
        leftovers,
    };
    for folder in &hugo.content_folders {
        let tree = ContentTree::read(store, &hugo.rules(folder));
        site.pages.extend(tree.pages);
        site.files.extend(tree.files);
        site.leftovers.extend(tree.leftovers);
    }
    for page in &mut site.pages {
        page.addresses = hugo.addresses(page);
        if let Some(key) = page.table.text("translationKey") {
            page.group = format!("translationKey {key}");
        }
    }
    for (folder, at) in &hugo.static_folders {
        for file in files_below(store, folder, &mut site.leftovers) {
            let place = OtherFilePlace::Static(format!("{at}{}", &file[folder.len() + 1..]));
            site.files.push(OtherFile { file, place });
        }
    }
    add_assets(store, &mut site);
    Some(site)
}

fn settings(store: &Store, leftovers: &mut Vec<Leftover>) -> Option<FrontTable> {
    let mut settings = read_settings(store, &SETTINGS, leftovers);
    for part in PARTS {
        let names = ["toml", "yaml", "yml", "json"].map(|ending| format!("config/_default/{part}.{ending}"));
        let names = names.each_ref().map(String::as_str);
        if let Some(table) = read_settings(store, &names, leftovers) {
            let entry = FrontEntry { key: part.to_owned(), value: FrontValue::Table(table), at: 0 };
            settings.get_or_insert_default().set(entry);
        }
    }
    add_language_files(store, &mut settings, leftovers);
    settings
}

/// `config/_default/languages.ar.toml` holds the settings of Arabic alone.
fn add_language_files(store: &Store, settings: &mut Option<FrontTable>, leftovers: &mut Vec<Leftover>) {
    let mut languages =
        settings.as_ref().and_then(|table| table.table("languages")).cloned().unwrap_or_default();
    for name in store.names_in("config/_default") {
        let code =
            name.strip_prefix("languages.").and_then(|rest| rest.rsplit_once('.')).map(|(code, _)| code);
        let Some(code) = code else { continue };
        if let Some(table) = read_settings(store, &[&format!("config/_default/{name}")], leftovers) {
            languages.set(FrontEntry { key: code.to_owned(), value: FrontValue::Table(table), at: 0 });
        }
    }
    if !languages.entries.is_empty() {
        let value = FrontValue::Table(languages);
        settings.get_or_insert_default().set(FrontEntry { key: "languages".to_owned(), value, at: 0 });
    }
}

/// Hugo publishes files of assets/ only where a template asks for them. Those that a text names come over.
fn add_assets(store: &Store, site: &mut OtherSite) {
    let files = files_below(store, "assets", &mut site.leftovers);
    let within: BTreeMap<&str, &String> =
        files.iter().filter_map(|file| Some((file.strip_prefix("assets/")?, file))).collect();
    let is_edge = |c: char| c.is_whitespace() || "()[]<>\"'=".contains(c);
    let words = site.pages.iter().flat_map(|page| page.text.split(is_edge));
    let named: BTreeSet<&str> = words
        .map(|word| word.trim_start_matches("./").trim_start_matches('/'))
        .filter_map(|word| within.get_key_value(word).map(|(within, _)| *within))
        .collect();
    let taken: BTreeSet<OtherFilePlace> = site.files.iter().map(|file| file.place.clone()).collect();
    let copies: Vec<OtherFile> = named
        .iter()
        .map(|name| OtherFile {
            file: format!("assets/{name}"),
            place: OtherFilePlace::Static((*name).to_owned()),
        })
        .filter(|copy| !taken.contains(&copy.place))
        .collect();
    let left = files.len() - copies.len();
    site.files.extend(copies);
    if left > 0 {
        let files = if left == 1 { "1 file" } else { &format!("{left} files") };
        let fact = format!("{files} of assets/ that no text names did not come over");
        site.leftovers.push(Leftover::of_file(
            "assets",
            fact,
            "copy pictures that readers need into static/",
        ));
    }
}

/// A folder of pages.
struct ContentFolder {
    folder: String,
    /// Where it is among the pages, with `/` at its end; empty for the top.
    mounted_at: String,
    /// If all of it has one.
    language: Option<String>,
}

struct Hugo {
    settings: OtherSettings,
    zone: Zone,
    taxonomies: Vec<String>,
    content_folders: Vec<ContentFolder>,
    /// Folders of files that are copied, each with its place below static/.
    static_folders: Vec<(String, String)>,
    /// Patterns by section.
    permalinks: Vec<(String, String)>,
    is_ugly: bool,
    /// Whether the default language has a folder in addresses too.
    default_in_folder: bool,
}

impl Hugo {
    fn new(table: &FrontTable, leftovers: &mut Vec<Leftover>) -> Self {
        let default = table.text("defaultContentLanguage").unwrap_or_else(|| "en".to_owned()).to_lowercase();
        let languages = table.table("languages");
        let codes: BTreeSet<String> =
            languages.iter().flat_map(|table| &table.entries).map(|entry| entry.key.to_lowercase()).collect();
        let zone = table.text("timeZone").and_then(|name| Some((name.clone(), Zone::named(&name)?)));
        let of_default = languages.and_then(|languages| languages.table(&default));
        let title = table.text("title").or_else(|| of_default.and_then(|table| table.text("title")));
        let taxonomies = match table.table("taxonomies") {
            Some(table) => table.entries.iter().filter_map(|entry| entry.value.to_text()).collect(),
            None => vec!["tags".to_owned(), "categories".to_owned()],
        };
        let mounts = mounts(table, leftovers);
        Self {
            content_folders: content_folders(table, &default, &mounts),
            static_folders: static_folders(table, &mounts),
            permalinks: permalinks(table),
            is_ugly: table.get("uglyURLs").and_then(FrontValue::to_bool) == Some(true),
            default_in_folder: table.get("defaultContentLanguageInSubdir").and_then(FrontValue::to_bool)
                == Some(true),
            zone: zone.as_ref().map_or_else(Zone::utc, |(_, zone)| zone.clone()),
            settings: OtherSettings {
                title,
                base_url: table.text("baseURL").unwrap_or_default(),
                other_languages: codes.into_iter().filter(|code| *code != default).collect(),
                language: default,
                zone,
            },
            taxonomies,
        }
    }

    fn rules<'a>(&'a self, folder: &'a ContentFolder) -> TreeRules<'a> {
        let others = self.content_folders.iter().map(|other| other.folder.as_str());
        TreeRules {
            folder: &folder.folder,
            mounted_at: &folder.mounted_at,
            others: others
                .filter(|other| *other != folder.folder && !is_below(&folder.folder, other))
                .collect(),
            language: folder.language.as_deref(),
            default_language: &self.settings.language,
            other_languages: &self.settings.other_languages,
            dated_top_is_briefing: false,
            dates_in_names: false,
        }
    }

    /// The folder of pages in the default language.
    fn default_content(&self) -> &str {
        let of_default = |folder: &&ContentFolder| {
            folder.language.as_ref().is_none_or(|language| *language == self.settings.language)
        };
        self.content_folders.iter().find(of_default).map_or("content", |folder| &folder.folder)
    }

    /// Where a page was, then what led there.
    fn addresses(&self, page: &OtherPage) -> Vec<String> {
        let own = match page.table.text("url") {
            Some(url) if url.starts_with('/') => url,
            Some(url) => format!("{}/{url}", self.folder_of_language(page)),
            None => format!("{}{}", self.folder_of_language(page), self.made_address(page)),
        };
        let folder = own.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let aliases = page.table.get("aliases").map(FrontValue::to_texts).unwrap_or_default();
        // An alias without a slash is next to the page.
        let aliases =
            aliases.into_iter().map(|alias| match alias.starts_with('/') || alias.contains("://") {
                true => alias,
                false => format!("{folder}/{alias}"),
            });
        std::iter::once(own).chain(aliases).collect()
    }

    fn folder_of_language(&self, page: &OtherPage) -> String {
        match &page.language {
            Some(language) => format!("/{language}"),
            None if self.default_in_folder => format!("/{}", self.settings.language),
            None => String::new(),
        }
    }

    fn made_address(&self, page: &OtherPage) -> String {
        let section = page.sections.first().map_or("", String::as_str);
        let pattern = self.permalinks.iter().find(|(of, _)| of == section).map(|(_, pattern)| pattern);
        let made = pattern.and_then(|pattern| filled(pattern, &|name| self.part(page, name)));
        let address = made.unwrap_or_else(|| {
            let folder: String = page.sections.iter().map(|part| format!("/{}", hugo_name(part))).collect();
            format!("{folder}/{}/", slug_or(page, &page.stem))
        });
        match self.is_ugly && !address.ends_with(".html") {
            true => format!("{}.html", address.trim_end_matches('/')),
            false => address,
        }
    }

    fn part(&self, page: &OtherPage, name: &str) -> Option<String> {
        Some(match name {
            "section" => page.sections.first().map(|part| hugo_name(part)).unwrap_or_default(),
            "sections" => page.sections.iter().map(|part| hugo_name(part)).collect::<Vec<_>>().join("/"),
            "title" => hugo_name(&page.title()),
            "slug" => slug_or(page, &page.title()),
            "filename" | "contentbasename" => hugo_name(&page.stem),
            "slugorfilename" | "slugorcontentbasename" => slug_or(page, &page.stem),
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

/// A folder of the site that Hugo reads as one of those that it knows.
struct Mount {
    source: String,
    /// The folder that Hugo knows, as `content`.
    component: String,
    /// Where it is in that folder, with `/` at its end; empty for its top.
    at: String,
    language: Option<String>,
}

/// What the settings mount of the site's own folders. What other modules bring is reported.
fn mounts(table: &FrontTable, leftovers: &mut Vec<Leftover>) -> Vec<Mount> {
    let Some(module) = table.table("module") else { return Vec::new() };
    if module.get("imports").is_some() {
        leftovers.push(Leftover::of_file(
            "hugo.toml",
            "content and files of other modules are not read",
            "copy them into the folder of the site first, if there are any",
        ));
    }
    let Some(FrontValue::List(items)) = module.get("mounts") else { return Vec::new() };
    let tables = items.iter().filter_map(|item| match item {
        FrontValue::Table(mount) => Some(mount),
        _ => None,
    });
    let mut mounts = Vec::new();
    for mount in tables {
        let (Some(source), Some(target)) = (mount.text("source"), mount.text("target")) else { continue };
        let (Some(source), Some(target)) = (folder_of_site(&source), folder_of_site(&target)) else {
            let fact = format!("what is mounted from \"{source}\" is not read");
            leftovers.push(Leftover::of_file(
                "hugo.toml",
                fact,
                "copy it into the folder of the site first, if readers need it",
            ));
            continue;
        };
        let (component, at) = target.split_once('/').unwrap_or((&target, ""));
        let at = if at.is_empty() { String::new() } else { format!("{at}/") };
        let language = mount.text("lang").map(|language| language.to_lowercase());
        mounts.push(Mount { source, component: component.to_owned(), at, language });
    }
    mounts
}

/// A path below the folder of the site, without slashes around it. `None` if it leads out of it.
fn folder_of_site(path: &str) -> Option<String> {
    let bare = path.trim_start_matches("./").trim_end_matches('/');
    let is_inside = !bare.is_empty()
        && bare.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !bare.contains('\\');
    is_inside.then(|| bare.to_owned())
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn static_folders(table: &FrontTable, mounts: &[Mount]) -> Vec<(String, String)> {
    let mounted: Vec<(String, String)> = mounts
        .iter()
        .filter(|mount| mount.component == "static")
        .map(|mount| (mount.source.clone(), mount.at.clone()))
        .collect();
    // A mount takes the place of the folder by default.
    if !mounted.is_empty() {
        return mounted;
    }
    let written = table.get("staticDir").map(FrontValue::to_texts).unwrap_or_default();
    let folders: Vec<String> = written.iter().filter_map(|folder| folder_of_site(folder)).collect();
    let folders = if folders.is_empty() { vec!["static".to_owned()] } else { folders };
    folders.into_iter().map(|folder| (folder, String::new())).collect()
}

fn slug_or(page: &OtherPage, name: &str) -> String {
    hugo_name(&page.table.text("slug").unwrap_or_else(|| name.to_owned()))
}

fn content_folders(table: &FrontTable, default: &str, mounts: &[Mount]) -> Vec<ContentFolder> {
    let mounted = mounts.iter().filter(|mount| mount.component == "content").map(|mount| ContentFolder {
        folder: mount.source.clone(),
        mounted_at: mount.at.clone(),
        language: mount.language.clone(),
    });
    let mounted: Vec<ContentFolder> = mounted.collect();
    // A mount takes the place of the folder by default.
    if !mounted.is_empty() {
        return mounted;
    }
    let general = table.text("contentDir").unwrap_or_else(|| "content".to_owned());
    let languages = table.table("languages").map(|table| table.entries.as_slice()).unwrap_or_default();
    let mut folders: Vec<(String, Option<String>)> = languages
        .iter()
        .filter_map(|entry| match &entry.value {
            FrontValue::Table(language) => {
                Some((language.text("contentDir")?, Some(entry.key.to_lowercase())))
            }
            _ => None,
        })
        .collect();
    let has_default =
        folders.iter().any(|(folder, language)| *folder == general || language.as_deref() == Some(default));
    if !has_default {
        folders.push((general, None));
    }
    // A path out of the site is not read.
    let inside = folders.into_iter().filter_map(|(folder, language)| {
        let folder = folder_of_site(folder.trim_matches('/'))?;
        Some(ContentFolder { folder, mounted_at: String::new(), language })
    });
    inside.collect()
}

/// Patterns of pages by section; newer sites have them in a table `page`.
fn permalinks(table: &FrontTable) -> Vec<(String, String)> {
    let Some(permalinks) = table.table("permalinks") else { return Vec::new() };
    let of_pages = permalinks.table("page").map(|table| table.entries.as_slice()).unwrap_or_default();
    let all = of_pages.iter().chain(&permalinks.entries);
    all.filter_map(|entry| Some((entry.key.clone(), entry.value.to_text()?))).collect()
}
