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
    let placed = placing::place(&site, options.target, &mut report);
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
