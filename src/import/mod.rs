//! Sites of other generators as a site of ours.
//!
//! Owns what their front matter, shortcodes, addresses and folders mean here. Writes nothing: the result is a list of
//! files and a report.
//!
//! Invariants: nothing is invented, and nothing is left out without a line in the report; no path of the result is
//! outside of content/, static/ and site.toml; any input gives a result, in bounded time and memory.

mod addresses;
mod bodies;
mod content_tree;
mod dates;
mod edits;
pub mod front_matter;
mod heading_ids;
mod hugo;
mod hugo_shortcodes;
mod jekyll;
mod link_map;
mod liquid;
mod mapping;
mod new_article;
mod other_site;
mod placing;
mod reading;
mod report;
mod settings;
mod shortcodes;
mod static_files;
mod wire;
mod zola;
mod zola_shortcodes;

use crate::sources::Store;
use crate::time::{Moment, Zone};
pub use mapping::TermMap;
use new_article::ArticleContext;
pub use other_site::Generator;
use other_site::{OtherSite, PageRole};
use placing::{Placed, PlacedPage};
pub use report::{ImportReport, Leftover};
pub use settings::{NewSite, NewSiteSettings};
pub use wire::{KnownRecords, WirePlan, plan_wire};

/// A file of the new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFile {
    /// Relative to the root of the new site.
    pub path: String,
    pub content: PlannedContent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedContent {
    Text(String),
    /// The bytes of this file of the other site.
    CopyOf(String),
}

/// What an import needs to know of the new site and of the time.
pub struct ImportOptions<'a> {
    /// The new site, of which only the names of files are read.
    pub target: &'a Store,
    pub new_site: NewSite,
    pub terms: TermMap,
    pub now: Moment,
}

/// The files to write, and what the user reads.
#[derive(Debug, Default)]
pub struct ImportPlan {
    /// In the order of their paths.
    pub files: Vec<PlannedFile>,
    pub report: ImportReport,
}

/// Plans the import of another site. `None` if the folder holds no site of that generator.
#[must_use]
pub fn plan(generator: Generator, originals: &Store, options: &ImportOptions<'_>) -> Option<ImportPlan> {
    let mut site = match generator {
        Generator::Hugo => hugo::read(originals),
        Generator::Zola => zola::read(originals),
        Generator::Jekyll => jekyll::read(originals),
    }?;
    let mut report =
        ImportReport { leftovers: std::mem::take(&mut site.leftovers), ..ImportReport::default() };
    let mut placed = placing::place(&site, options.target, &mut report);
    // Links follow the ids of headings, so all of them come first.
    let links = &placed.links;
    let of_page = |placed: &PlacedPage<'_>| {
        (format!("/{}", placed.path), bodies::renamed_ids(placed.page, &site, links))
    };
    let renamed: Vec<_> = placed.pages.iter().map(of_page).collect();
    renamed.into_iter().for_each(|(path, ids)| placed.links.add_renamed_ids(path, ids));
    let zone = site.settings.zone.as_ref().map_or_else(Zone::utc, |(_, zone)| zone.clone());
    let context = ArticleContext {
        site: &site,
        links: &placed.links,
        terms: &options.terms,
        zone: &zone,
        now: options.now,
    };
    let mut files = articles(&placed, &context, &mut report);
    files.extend(
        placed.copies.iter().map(|(from, to)| PlannedFile {
            path: to.clone(),
            content: PlannedContent::CopyOf(from.clone()),
        }),
    );
    report.counts.files = placed.copies.len();
    files.extend(site_settings(&site, &placed, options, &mut report));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    report.finish();
    Some(ImportPlan { files, report })
}

fn articles(
    placed: &Placed<'_>,
    context: &ArticleContext<'_>,
    report: &mut ImportReport,
) -> Vec<PlannedFile> {
    let mut files = Vec::with_capacity(placed.pages.len());
    for PlacedPage { page, path, aliases } in &placed.pages {
        let text = if page.language.is_some() {
            report.counts.translations += 1;
            new_article::translation(page, context, report)
        } else {
            match page.role {
                PageRole::Briefing => report.counts.briefings += 1,
                PageRole::Plain | PageRole::Home => report.counts.pages += 1,
            }
            new_article::original(page, aliases, context, report)
        };
        files.push(PlannedFile { path: path.clone(), content: PlannedContent::Text(text) });
    }
    files
}

fn site_settings(
    site: &OtherSite,
    placed: &Placed<'_>,
    options: &ImportOptions<'_>,
    report: &mut ImportReport,
) -> Option<PlannedFile> {
    let languages = placed.pages.iter().filter_map(|placed| placed.page.language.clone()).collect();
    match &options.new_site.settings {
        Some(own) => {
            settings::report_missing(site, own, &languages, &options.terms, &mut report.leftovers);
            None
        }
        None => {
            let text = settings::written(site, &languages, &options.terms, &mut report.leftovers);
            Some(PlannedFile { path: "site.toml".to_owned(), content: PlannedContent::Text(text) })
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn plan_of(generator: Generator, files: &[(&str, &str)]) -> Option<ImportPlan> {
        let target = Store::memory::<&str, &str>([]);
        let options = ImportOptions {
            target: &target,
            new_site: NewSite::default(),
            terms: TermMap::default(),
            now: Moment { at: Timestamp::UNIX_EPOCH, offset: 0 },
        };
        plan(generator, &Store::memory(files.iter().copied()), &options)
    }

    fn check(plan: &ImportPlan) {
        for file in &plan.files {
            let is_inside = file.path == "site.toml"
                || file.path.starts_with("content/")
                || file.path.starts_with("static/");
            assert!(is_inside && !file.path.contains(".."), "{}", file.path);
            let PlannedContent::Text(text) = &file.content else { continue };
            let front =
                if file.path == "site.toml" { text.as_str() } else { text.split("+++\n").nth(1).unwrap() };
            let table: Result<toml::Table, _> = front.parse();
            assert!(table.is_ok(), "{}: {table:?}\n{text}", file.path);
        }
    }

    /// What pages of other generators are made of, and what breaks readers.
    fn pages() -> impl Strategy<Value = String> {
        let front = "(title: |date: |tags: |slug: |url: |aliases: |permalink: |x: )(2016-10-02|a b|\\[a, \"b\\]|\\.\\./|\\[|\"|é|'|\\\\|%|true|- |\u{202e}|\n  y: 1|\\+\\+\\+|){0,3}\n";
        let front = prop::collection::vec(front, 0..5).prop_map(|lines| lines.concat());
        let body = "(\\{\\{<|>\\}\\}|\\{%|%\\}|\\{\\{|\\}\\}|/\\*|\\*/|figure src=\"a\"|ref \"b\"|highlight |endhighlight|raw|endraw|\\[x\\]\\(|!\\[|\\)|\\]|/a/|//x|@/b|#|<b>|\n|\n\n|\"|`|\\{:|\\}|\\{#|\n## |\n===\n|#a/b|🚰| \\.c|é| |: |\\+\\+\\+\n){0,25}";
        (front, body).prop_map(|(front, body)| format!("---\n{front}---\n{body}"))
    }

    proptest! {
        #[test]
        fn any_page_gives_files_that_can_be_read_and_the_same_ones_each_time(page in pages(), other in pages()) {
            let sites = [
                (Generator::Hugo, vec![("hugo.toml", ""), ("content/posts/a.md", page.as_str()), ("content/b.md", &other)]),
                (Generator::Zola, vec![("config.toml", ""), ("content/blog/2016-10-02-a.md", &page), ("content/b.md", &other)]),
                (Generator::Jekyll, vec![("_config.yml", ""), ("_posts/2016-10-02-a.md", &page), ("b.md", &other)]),
            ];
            for (generator, files) in sites {
                let plan = plan_of(generator, &files).unwrap();
                check(&plan);
                let again = plan_of(generator, &files).unwrap();
                prop_assert_eq!(&plan.files, &again.files);
                prop_assert_eq!(plan.report.in_words(), again.report.in_words());
            }
        }
    }

    #[test]
    fn tags_without_an_end_cost_no_more_than_their_length() {
        let long = "{{< ".repeat(20_000) + &"{% raw ".repeat(20_000) + &"{:".repeat(20_000);
        let long = long + &"## a {#a/b}\n".repeat(1_000) + &"\n## a\n{: #b}\n".repeat(1_000);
        let page = format!("---\ndate: 2016-10-02\n---\n{long}");
        for (generator, file) in [
            (Generator::Hugo, "content/posts/a.md"),
            (Generator::Jekyll, "_posts/2016-10-02-a.md"),
            (Generator::Zola, "content/blog/a.md"),
        ] {
            assert_eq!(
                plan_of(generator, &[("_config.yml", ""), (file, &page)]).unwrap().report.counts.briefings,
                1
            );
        }
    }
}
