//! Which file each page and picture becomes, before any text is translated: links need all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::link_map::LinkMap;
use super::new_article;
use super::other_site::{OtherFilePlace, OtherPage, OtherSite, PageRole};
use super::report::{ImportReport, Leftover};
use super::static_files::{StaticVerdict, verdict};
use crate::paths::Id;
use crate::sources::Store;
use crate::time::{DayOrMoment, Zone};

/// A page with its new file.
pub struct PlacedPage<'a> {
    pub page: &'a OtherPage,
    /// Relative to the root of the new site.
    pub path: String,
    /// Paths of redirects, those of its translations too.
    pub aliases: Vec<String>,
}

/// All pages and files with their new places.
pub struct Placed<'a> {
    pub pages: Vec<PlacedPage<'a>>,
    /// From where, and to where.
    pub copies: Vec<(String, String)>,
    pub links: LinkMap,
}

/// Places everything that comes over.
pub fn place<'a>(site: &'a OtherSite, target: &Store, report: &mut ImportReport) -> Placed<'a> {
    let mut placing = Placing { site, target, report, taken: BTreeSet::new(), redirects: BTreeSet::new() };
    let originals = placing.originals();
    let translations = placing.translations(&originals);
    let mut pages = originals;
    placing.add_aliases(&mut pages, &translations);
    pages.extend(translations.into_iter().map(|(_, placed)| placed));
    let mut links = LinkMap::new(&site.settings.base_url, &site.content);
    pages.iter().for_each(|placed| links.add_page(placed.page, &format!("/{}", placed.path)));
    let copies = placing.copies(&pages);
    copies.iter().for_each(|(from, to)| links.add_file(from, &format!("/{to}")));
    add_addresses_in_bundles(site, &pages, &mut links);
    Placed { pages, copies, links }
}

struct Placing<'a, 'r> {
    site: &'a OtherSite,
    target: &'r Store,
    report: &'r mut ImportReport,
    /// Ids of briefings, and `page ID` of pages.
    taken: BTreeSet<String>,
    /// Paths of redirects, in small letters: one path has one page.
    redirects: BTreeSet<String>,
}

impl<'a> Placing<'a, '_> {
    fn leave(&mut self, page: &OtherPage, fact: impl Into<String>, remedy: &str) {
        self.report.leftovers.push(page.leftover(0, fact, remedy));
    }

    fn originals(&mut self) -> Vec<PlacedPage<'a>> {
        let site = self.site;
        let mut placed = Vec::new();
        for page in site.pages.iter().filter(|page| page.language.is_none()) {
            if page.role == PageRole::Briefing && !page.is_draft && page.date(&Zone::utc()).is_none() {
                self.leave(
                    page,
                    "the date is not certain, and the page is not imported",
                    "write it as 2016-10-02T21:40:00+03:00 and import again",
                );
                continue;
            }
            let Some(path) = self.path(page) else { continue };
            if page.role != PageRole::Briefing && self.target.exists(&path) {
                let fact = format!("{path} is there already, and is left as it is");
                self.leave(
                    page,
                    fact,
                    "move the text by hand, or delete the file and import again into an empty folder",
                );
                continue;
            }
            placed.push(PlacedPage { page, path, aliases: Vec::new() });
        }
        placed
    }

    /// The new file of an original. `None` if it can have none, which is reported.
    fn path(&mut self, page: &OtherPage) -> Option<String> {
        if page.role == PageRole::Home {
            return Some("content/index.md".to_owned());
        }
        let Some(id) = self.free_id(page) else {
            self.leave(
                page,
                "no file can be named after this page, and it is not imported",
                "give it a `slug` of letters and digits",
            );
            return None;
        };
        Some(match page.role {
            PageRole::Plain => format!("content/{id}.md"),
            _ if page.bundle.is_some() => format!("content/briefings/{id}/index.md"),
            _ => format!("content/briefings/{id}.md"),
        })
    }

    /// By the slug, the name of the file, and then with its folder or its day, which keep equal names apart.
    fn free_id(&mut self, page: &OtherPage) -> Option<String> {
        let kind = if page.role == PageRole::Plain { "page " } else { "" };
        let slug = page.table.text("slug").map(|slug| slug.trim_matches('/').to_owned());
        let stem = page.stem.as_str();
        let day = page.date(&Zone::utc()).map(|date| match date {
            DayOrMoment::Day(day) => day,
            DayOrMoment::Moment(moment) => Zone::utc().day_of(moment),
        });
        let mut names: Vec<String> = slug.into_iter().chain([stem.to_owned()]).collect();
        names.extend(page.sections.last().map(|section| format!("{section} {stem}")));
        names.extend(day.map(|day| format!("{stem} {day}")));
        names.extend((2..1000).map(|number| format!("{stem} {number}")));
        let ids = names.iter().filter_map(|name| Id::from_name(name).ok());
        let id = ids.map(|id| id.to_string()).find(|id| self.taken.insert(format!("{kind}{id}")))?;
        let is_first =
            names.first().and_then(|name| Id::from_name(name).ok()).is_some_and(|first| first.as_str() == id);
        if !is_first {
            self.leave(
                page,
                format!("the name \"{stem}\" is taken or reserved, and the file is called \"{id}\""),
                "nothing to do: the old address redirects",
            );
        }
        Some(id)
    }

    /// Each translation with the place of its original in the list.
    fn translations(&mut self, originals: &[PlacedPage<'a>]) -> Vec<(usize, PlacedPage<'a>)> {
        let by_group: BTreeMap<&str, usize> =
            originals.iter().enumerate().map(|(index, placed)| (placed.page.group.as_str(), index)).collect();
        let mut placed = Vec::new();
        let mut taken = BTreeSet::new();
        for page in &self.site.pages {
            let Some(language) = &page.language else { continue };
            let Some(index) = by_group.get(page.group.as_str()) else {
                let fact = format!(
                    "the page in \"{language}\" has no original in \"{}\", and is not imported",
                    self.site.settings.language
                );
                self.leave(page, fact, "write the original, which holds date and data, and import again");
                continue;
            };
            let original = &originals[*index].path;
            let path = format!("{}.{language}.md", original.trim_end_matches(".md"));
            if taken.insert(path.clone()) {
                placed.push((*index, PlacedPage { page, path, aliases: Vec::new() }));
            } else {
                self.leave(
                    page,
                    format!("{path} has another text already, and the page is not imported"),
                    "keep one of the two",
                );
            }
        }
        placed
    }

    /// Redirects of a translation are those of its original, which has the keys.
    fn add_aliases(&mut self, originals: &mut [PlacedPage<'a>], translations: &[(usize, PlacedPage<'a>)]) {
        let base_url = &self.site.settings.base_url;
        for placed in originals.iter_mut() {
            placed.aliases = new_article::aliases(placed.page, base_url, self.report);
        }
        for (index, translation) in translations {
            let language = translation.page.language.as_deref().unwrap_or_default();
            let own = &mut originals[*index].aliases;
            for path in new_article::aliases(translation.page, base_url, self.report) {
                // An alias works in the folder of each language by itself.
                let is_made = path
                    .strip_prefix(language)
                    .is_some_and(|rest| own.iter().any(|own| rest.strip_prefix('/') == Some(own)));
                if !is_made && !own.contains(&path) {
                    own.push(path);
                }
            }
        }
        for placed in originals {
            let page = placed.page;
            let own_page = placed
                .path
                .trim_start_matches("content/")
                .replace("/index.md", ".html")
                .replace(".md", ".html");
            let aliases = std::mem::take(&mut placed.aliases);
            for path in aliases {
                if path == own_page {
                    continue;
                }
                if self.redirects.insert(path.to_lowercase()) {
                    placed.aliases.push(path);
                } else {
                    self.leave(
                        page,
                        format!("the old address \"{path}\" belongs to another page too"),
                        "nothing to do: it redirects to the other one",
                    );
                }
            }
        }
    }

    fn copies(&mut self, pages: &[PlacedPage<'_>]) -> Vec<(String, String)> {
        let bundles: BTreeMap<&str, &str> = pages
            .iter()
            .filter_map(|placed| Some((placed.page.bundle.as_deref()?, placed.path.as_str())))
            .collect();
        let mut copies = Vec::new();
        let mut lost: BTreeMap<&str, usize> = BTreeMap::new();
        let mut of_theme = 0;
        for file in &self.site.files {
            let to = match &file.place {
                OtherFilePlace::Static(within) => format!("static/{within}"),
                OtherFilePlace::Bundle { folder, within } => match bundles.get(folder.as_str()) {
                    Some(path) => place_in_bundle(path, within),
                    None => {
                        *lost.entry(folder).or_default() += 1;
                        continue;
                    }
                },
            };
            match verdict(to.strip_prefix("static/").unwrap_or(&to)) {
                StaticVerdict::Copied => copies.push((file.file.clone(), to)),
                StaticVerdict::Theme => of_theme += 1,
                StaticVerdict::Refused(fact) => {
                    let remedy = "copy it into static/ by hand, if readers need it";
                    self.report.leftovers.push(Leftover::of_file(&file.file, fact, remedy));
                }
            }
        }
        for (folder, count) in lost {
            let fact = format!("{count} files of a page that is not imported are not copied");
            self.report.leftovers.push(Leftover::of_file(
                folder,
                fact,
                "import the page, or copy them into static/",
            ));
        }
        if of_theme > 0 {
            let fact = format!("{of_theme} style sheets, scripts and fonts of the old theme are not copied");
            self.report.leftovers.push(Leftover::of_file(
                "static",
                fact,
                "nothing to do: pages have a theme of bulletin",
            ));
        }
        self.first_of_each_path(copies)
    }

    fn first_of_each_path(&mut self, copies: Vec<(String, String)>) -> Vec<(String, String)> {
        let mut taken = BTreeSet::new();
        let mut first = Vec::with_capacity(copies.len());
        for (from, to) in copies {
            if taken.insert(to.to_lowercase()) {
                first.push((from, to));
            } else {
                let fact = format!("another file is at {to} already, and this one is not copied");
                self.report.leftovers.push(Leftover::of_file(
                    &from,
                    fact,
                    "rename one of the two and import again",
                ));
            }
        }
        first
    }
}

/// On the old server, the files of a bundle were below the address of its page.
fn add_addresses_in_bundles(site: &OtherSite, pages: &[PlacedPage<'_>], links: &mut LinkMap) {
    let addresses: BTreeMap<&str, &str> = pages
        .iter()
        .filter_map(|placed| Some((placed.page.bundle.as_deref()?, placed.page.addresses.first()?.as_str())))
        .collect();
    for file in &site.files {
        let OtherFilePlace::Bundle { folder, within } = &file.place else { continue };
        if let Some(address) = addresses.get(folder.as_str()) {
            links.add_address(&format!("{}/{within}", address.trim_end_matches('/')), &file.file);
        }
    }
}

/// Files of a briefing are next to it; plain pages have theirs in static/.
fn place_in_bundle(path: &str, within: &str) -> String {
    match path.strip_suffix("/index.md") {
        Some(folder) => format!("{folder}/{within}"),
        None => {
            let name = path.trim_start_matches("content/").trim_end_matches(".md");
            format!("static/{name}/{within}")
        }
    }
}
