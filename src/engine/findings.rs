//! What rendering finds wrong with a whole site.
//!
//! Owns the gathering of what many threads find, and its order in the report: by route. Owns no check.

use std::sync::Arc;

use super::prepared::Prepared;
use crate::checks::leaks::{Leaks, PrivateWord};
use crate::checks::links::{Fragments, LinkFault, PageFacts};
use crate::checks::page_weight;
use crate::diag::{Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::render::templates::fold_render_faults;

/// The checks of one page and of its plain text.
pub(super) struct PageCheck {
    pub(super) facts: PageFacts,
    pub(super) links: Vec<LinkFault>,
    pub(super) private_words: Vec<PrivateWord>,
    /// Compressed bytes, if they are over the budget.
    pub(super) over_budget: Option<u64>,
    pub(super) plain_text: Option<PlainTextCheck>,
}

/// The checks of the plain text of a page.
pub(super) struct PlainTextCheck {
    pub(super) private_words: Vec<PrivateWord>,
    /// Compressed bytes, if they are over the budget.
    pub(super) over_budget: Option<u64>,
}

impl PlainTextCheck {
    pub(super) fn new(prepared: &Prepared, path: &OutPath, text: &str) -> Self {
        Self {
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
    links: Vec<(usize, LinkFault)>,
    fragments: Fragments,
    pub(super) leaks: Leaks,
    pages_over_budget: Vec<(usize, u64)>,
    texts_over_budget: Vec<(usize, u64)>,
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
    pub(super) fn add(&mut self, at: RouteIndices, path: &OutPath, check: &PageCheck) {
        self.links.extend(check.links.iter().map(|fault| (at.page, fault.clone())));
        self.fragments.add(at.page, path, check.facts.clone());
        self.leaks.add(at.page, &check.private_words);
        self.pages_over_budget.extend(check.over_budget.map(|bytes| (at.page, bytes)));
        if let Some(check) = &check.plain_text {
            self.leaks.add(at.plain_text, &check.private_words);
            self.texts_over_budget.extend(check.over_budget.map(|bytes| (at.plain_text, bytes)));
        }
    }

    pub(super) fn merged(mut self, other: Self) -> Self {
        self.file_faults.extend(other.file_faults);
        self.template_faults.extend(other.template_faults);
        self.links.extend(other.links);
        self.fragments = self.fragments.merged(other.fragments);
        self.leaks = self.leaks.merged(other.leaks);
        self.pages_over_budget.extend(other.pages_over_budget);
        self.texts_over_budget.extend(other.texts_over_budget);
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
        let mut faults = self.template_faults;
        // A page that was not rendered has no anchors: its template must be mended first.
        if faults.is_empty() {
            let links = self.links.into_iter().chain(self.fragments.missing(&prepared.site.routes));
            faults.extend(links.map(|(index, LinkFault { mut diagnostic, value })| {
                diagnostic.place = value.and_then(|value| place_in_templates(&value, prepared));
                (index, diagnostic)
            }));
        }
        faults.sort_by_key(|(index, _)| *index);
        all.extend(fold_render_faults(faults.into_iter().map(|(_, fault)| fault).collect()));
        all
    }
}

/// Where a template has the value of an attribute, letter for letter.
fn place_in_templates(value: &str, prepared: &Prepared) -> Option<Place> {
    let quoted = [format!("\"{value}\""), format!("'{value}'")];
    // The nearest layer comes last.
    prepared.sources.templates.iter().rev().find_map(|template| {
        let at = quoted.iter().find_map(|quoted| template.text.find(quoted.as_str()))? + 1;
        Some(Place::new(&template.file, &template.text, Span::new(at..at + value.len())))
    })
}
