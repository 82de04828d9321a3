//! What rendering finds wrong with a whole site.
//!
//! Owns the gathering of what many threads find, and its order in the report: by route. Owns no check.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::prepared::Prepared;
use crate::checks::leaks::{Leaks, PrivateWord};
use crate::checks::links::{Fragments, PageFacts};
use crate::checks::page_fault::{PageFault, Sought};
use crate::checks::page_weight;
use crate::diag::{Diagnostic, Place, Span};
use crate::hosts::Occupancy;
use crate::paths::OutPath;
use crate::render::templates::fold_render_faults;
use crate::site::{FileIx, Route, ShownPicture, Site};
use crate::sources::{DEFAULT_THEME, ThemeFile};

/// What rendering found.
#[derive(Default)]
pub struct RenderReport {
    pub diagnostics: Vec<Diagnostic>,
    /// Of all outputs that were rendered, or whose check was kept.
    pub occupancy: Occupancy,
}

/// The checks of one page and of its plain text.
pub(super) struct PageCheck {
    pub(super) bytes: u64,
    pub(super) facts: PageFacts,
    pub(super) faults: Vec<PageFault>,
    pub(super) private_words: Vec<PrivateWord>,
    /// Compressed bytes, if they are over the budget.
    pub(super) over_budget: Option<u64>,
    pub(super) plain_text: Option<PlainTextCheck>,
}

/// The checks of the plain text of a page.
pub(super) struct PlainTextCheck {
    bytes: u64,
    pub(super) private_words: Vec<PrivateWord>,
    /// Compressed bytes, if they are over the budget.
    pub(super) over_budget: Option<u64>,
}

impl PlainTextCheck {
    pub(super) fn new(prepared: &Prepared, path: &OutPath, text: &str) -> Self {
        Self {
            bytes: text.len() as u64,
            private_words: prepared.leak_check.found(path, text.as_bytes()),
            over_budget: page_weight::text_over(text, &prepared.site.config.budget),
        }
    }
}

/// Where a page and its plain text are among the routes. Both are one place if there is no plain text.
#[derive(Clone, Copy)]
pub(super) struct RouteIndices {
    pub(super) page: usize,
    pub(super) plain_text: usize,
}

/// What many routes were found to have.
#[derive(Default)]
pub(super) struct Findings {
    /// By route, like all below.
    pub(super) file_faults: Vec<(usize, Diagnostic)>,
    pub(super) template_faults: Vec<(usize, Diagnostic)>,
    page_faults: Vec<(usize, PageFault)>,
    fragments: Fragments,
    pub(super) leaks: Leaks,
    pub(super) occupancy: Occupancy,
    pages_over_budget: Vec<(usize, u64)>,
    texts_over_budget: Vec<(usize, u64)>,
    /// Of a picture at its own address, or of its copy of a width.
    pub(super) picture_bytes: BTreeMap<(FileIx, Option<u32>), u64>,
    /// Checks that were made now, for the cache.
    pub(super) new_entries: Vec<NewEntry>,
}

/// A check for the cache, with the index of its route and the fingerprint of its page.
pub(super) struct NewEntry {
    pub(super) index: usize,
    pub(super) fingerprint: u64,
    pub(super) check: Arc<PageCheck>,
}

impl Findings {
    pub(super) fn add(&mut self, at: RouteIndices, routes: &[(OutPath, Route)], check: &PageCheck) {
        let (path, route) = &routes[at.page];
        self.occupancy.add(path, *route, check.bytes);
        self.page_faults.extend(check.faults.iter().map(|fault| (at.page, fault.clone())));
        self.fragments.add(at.page, path, check.facts.clone());
        self.leaks.add(at.page, &check.private_words);
        self.pages_over_budget.extend(check.over_budget.map(|bytes| (at.page, bytes)));
        if let Some(check) = &check.plain_text {
            let (path, route) = &routes[at.plain_text];
            self.occupancy.add(path, *route, check.bytes);
            self.leaks.add(at.plain_text, &check.private_words);
            self.texts_over_budget.extend(check.over_budget.map(|bytes| (at.plain_text, bytes)));
        }
    }

    pub(super) fn merged(mut self, other: Self) -> Self {
        self.file_faults.extend(other.file_faults);
        self.template_faults.extend(other.template_faults);
        self.page_faults.extend(other.page_faults);
        self.fragments = self.fragments.merged(other.fragments);
        self.leaks = self.leaks.merged(other.leaks);
        self.occupancy = self.occupancy.merged(other.occupancy);
        self.pages_over_budget.extend(other.pages_over_budget);
        self.texts_over_budget.extend(other.texts_over_budget);
        self.picture_bytes.extend(other.picture_bytes);
        self.new_entries.extend(other.new_entries);
        self
    }

    pub(super) fn into_diagnostics(self, prepared: &Prepared) -> Vec<Diagnostic> {
        let mut file_faults = self.file_faults;
        file_faults.sort_by_key(|(index, _)| *index);
        let mut all: Vec<Diagnostic> = file_faults.into_iter().map(|(_, fault)| fault).collect();
        all.extend(self.leaks.into_diagnostics(&prepared.leak_check, &prepared.site, &prepared.sources));
        all.extend(page_weight::diagnostics(self.pages_over_budget, &prepared.site));
        all.extend(page_weight::texts_over_budget(&self.texts_over_budget, &prepared.site));
        all.extend(heavy_pictures(&self.picture_bytes, &prepared.site));
        let mut faults = self.template_faults;
        // A page that was not rendered has no anchors: its template must be mended first.
        if faults.is_empty() {
            let of_pages = self.page_faults.into_iter().chain(self.fragments.missing(&prepared.site.routes));
            faults.extend(of_pages.map(|(index, PageFault { mut diagnostic, sought })| {
                diagnostic.place = diagnostic.place.or_else(|| place_in_templates(&sought, prepared));
                (index, diagnostic)
            }));
        }
        faults.sort_by_key(|(index, _)| *index);
        all.extend(fold_render_faults(faults.into_iter().map(|(_, fault)| fault).collect()));
        all
    }
}

/// A warning if the pictures of some text are over their budget.
fn heavy_pictures(bytes: &BTreeMap<(FileIx, Option<u32>), u64>, site: &Site) -> Option<Diagnostic> {
    let of_picture = |ix: &FileIx| {
        let copy = site.picture(*ix).and_then(ShownPicture::copy_for_phones);
        bytes.get(&(*ix, copy)).copied().unwrap_or_default()
    };
    let pages = site.pictures_of_texts();
    let pages = pages
        .map(|(language, page, pictures)| (site.path(language, page), pictures.iter().map(of_picture).sum()));
    page_weight::pictures_over_budget(pages.collect(), site.config.budget.pictures)
}

/// Where a template has what is to blame, letter for letter.
fn place_in_templates(sought: &Sought, prepared: &Prepared) -> Option<Place> {
    match sought {
        Sought::Nothing => None,
        Sought::Value(value) => {
            let quoted = [format!("\"{value}\""), format!("'{value}'")];
            let length = value.len();
            quoted.iter().find_map(|quoted| place_of(quoted, 1, length, all_templates(prepared)))
        }
        // The default theme has none of it, so that a beginning in it is of something else.
        Sought::Markup { whole, begin } => {
            place_of(whole, 0, whole.len(), all_templates(prepared)).or_else(|| {
                let others = all_templates(prepared)
                    .filter(|template| template.theme.as_deref() != Some(DEFAULT_THEME));
                place_of(begin, 0, begin.len(), others)
            })
        }
    }
}

/// Nearest first.
fn all_templates(prepared: &Prepared) -> impl Iterator<Item = &ThemeFile> {
    prepared.sources.templates.iter().rev()
}

/// The place of a part of a text in the first template that has the text. The part begins `skipped` bytes after it.
fn place_of<'t>(
    text: &str,
    skipped: usize,
    length: usize,
    mut templates: impl Iterator<Item = &'t ThemeFile>,
) -> Option<Place> {
    templates.find_map(|template| {
        let at = template.text.find(text)? + skipped;
        Some(Place::new(&template.file, &template.text, Span::new(at..at + length)))
    })
}
