//! What rendering finds wrong with a whole site.
//!
//! Owns the gathering of what many threads find, and its order in the report: by route. Owns no check.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::prepared::Prepared;
use super::weights;
use crate::checks::leaks::{Leaks, PrivateWord};
use crate::checks::links::{self, Fragments, PageFacts};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::render::templates::fold_render_faults;

/// The checks of one page and of its plain text.
pub(super) struct PageCheck {
    pub(super) facts: PageFacts,
    pub(super) links: Vec<Diagnostic>,
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
            over_budget: weights::text_over(text, &prepared.site.config.budget),
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
    /// By route.
    pub(super) file_faults: BTreeMap<usize, Diagnostic>,
    /// By route, like all below.
    pub(super) template_faults: Vec<(usize, Diagnostic)>,
    links: Vec<(usize, Diagnostic)>,
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
        let mut all: Vec<Diagnostic> = self.file_faults.into_values().collect();
        all.extend(self.leaks.into_diagnostics(&prepared.leak_check, &prepared.site, &prepared.sources));
        all.extend(weights::diagnostics(self.pages_over_budget, prepared));
        all.extend(texts_over_budget(&self.texts_over_budget, prepared));
        let mut faults = self.template_faults;
        // A page that was not rendered has no anchors: its template must be mended first.
        if faults.is_empty() {
            faults = self.links;
            faults.extend(self.fragments.missing(&prepared.site.routes));
            for (_, fault) in &mut faults {
                fault.place = place_in_templates(fault, prepared);
            }
        }
        faults.sort_by_key(|(index, _)| *index);
        all.extend(fold_render_faults(faults.into_iter().map(|(_, fault)| fault).collect()));
        all
    }
}

/// Where a template has the link of a fault, letter for letter.
fn place_in_templates(fault: &Diagnostic, prepared: &Prepared) -> Option<Place> {
    let url = links::url_of(fault)?;
    let quoted = [format!("\"{url}\""), format!("'{url}'")];
    // The nearest layer comes last.
    prepared.sources.templates.iter().rev().find_map(|template| {
        let at = quoted.iter().find_map(|url| template.text.find(url.as_str()))? + 1;
        Some(Place::new(&template.file, &template.text, Span::new(at..at + url.len())))
    })
}

/// One warning for all texts over the budget, with the largest.
fn texts_over_budget(texts: &[(usize, u64)], prepared: &Prepared) -> Option<Diagnostic> {
    let (index, size) = texts.iter().max_by_key(|(index, size)| (*size, Reverse(*index)))?;
    let budget = prepared.sources.config.budget.text;
    let path = &prepared.site.routes.all()[*index].0;
    let fact = match texts.len() {
        1 => format!("the text {path} has {size} bytes when it is compressed"),
        count => {
            format!(
                "{count} texts are too large; the largest, {path}, has {size} bytes when it is compressed"
            )
        }
    };
    let warning = Diagnostic::warning(Code::TEXT_OVER_BUDGET, format!("{fact}, over the budget of {budget}"));
    Some(warning.help("lower `page_size` in site.toml if it is a list, or raise `text` under `[budget]`"))
}
