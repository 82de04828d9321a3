//! Templates: the layers of a theme as one engine, and a view as HTML.
//!
//! Owns which layer's file a name means, the functions of templates, and every diagnostic about templates.
//! Knows no view by name, builds none, and reads no file.
//!
//! Invariants: every template name ends in `.html`, so every printed value is escaped unless its template
//! says `| safe`; the same view and templates give the same bytes; if [`Templates::new`] returns templates,
//! they include every page and every part that they refer to.
//!
//! The order of the files; each imports only from those before it: `files`, `functions`, `tags`, `pairs`,
//! `recursion`, `reports`, `faults`, `own_templates`, this file.

mod faults;
mod files;
mod functions;
mod own_templates;
mod pairs;
mod recursion;
mod reports;
mod tags;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tera::Tera;

use crate::diag::Diagnostic;
use crate::i18n::{FALLBACK, Messages};
use crate::paths::OutPath;
use crate::render::views::View;
use faults::CheckedTemplates;
use files::Files;

pub use files::{DEFAULT, Layer, PAGES, TemplateFile};

/// Templates without faults, ready to render.
pub struct Templates {
    /// By language. A component sees only its arguments, so `t` cannot look up the language of the page, and
    /// each language has an engine of a few hundred kB.
    engines: BTreeMap<String, Tera>,
    files: Files,
    words: Arc<Messages>,
}

impl Templates {
    /// Reads every layer. `order` is the themes between the site's own templates and the default theme,
    /// nearest first. Files of other themes are left out.
    ///
    /// # Errors
    /// All faults of the templates of all layers, in no particular order.
    pub fn new(
        files: &[TemplateFile],
        order: &[String],
        words: &Arc<Messages>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let files = Files::new(files, order);
        let checked = CheckedTemplates::new(&files, &engine(&files.prefixes, words));
        let Some(tera) = checked.tera.filter(|_| checked.diagnostics.is_empty()) else {
            return Err(checked.diagnostics);
        };
        let engine_of = |lang: &str| {
            let mut tera = tera.clone();
            functions::register(&mut tera, words, lang);
            (lang.to_owned(), tera)
        };
        Ok(Self { engines: words.languages().map(engine_of).collect(), files, words: Arc::clone(words) })
    }

    /// Files that replace nothing and that nothing refers to, each with its name: a page may name it.
    #[must_use]
    pub fn unused(&self) -> Vec<(String, Diagnostic)> {
        faults::unused(&self.files)
    }

    /// Why a plain page cannot be rendered with the template that it names.
    #[must_use]
    pub fn fault_of_own(&self, name: &str) -> Option<Diagnostic> {
        own_templates::fault(name, &self.files)
    }

    /// A plain page whose text is not printed by the template that it names.
    #[must_use]
    pub fn without_text(&self, template: &str, page: &OutPath) -> Diagnostic {
        own_templates::without_text(template, page, &self.files)
    }

    /// The page of a view in a language; `page` is for the diagnostic.
    ///
    /// # Errors
    /// The first fault of the template, with its place and the page.
    pub fn render(
        &self,
        template: &str,
        view: impl View,
        lang: &str,
        page: &OutPath,
    ) -> Result<String, Box<Diagnostic>> {
        let engine = self.engines.get(lang).unwrap_or_else(|| &self.engines[FALLBACK]);
        engine
            .render(template, &view.into_context())
            .map(|html| self.words.with_marks(lang, html))
            .map_err(|error| Box::new(reports::render_fault(&error, template, page, &self.files)))
    }
}

/// An engine without templates.
fn engine(prefixes: &[String], words: &Arc<Messages>) -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(prefixes.to_vec()).expect("an engine without templates takes prefixes");
    functions::register(&mut tera, words, FALLBACK);
    tera
}

/// One diagnostic per fault instead of one per page with it: names the first page and counts the others.
/// `faults` are in the order of the pages.
#[must_use]
pub fn fold_render_faults(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut folded: Vec<(Diagnostic, usize)> = Vec::new();
    let mut by_fact: HashMap<_, usize> = HashMap::new();
    for fault in faults {
        let place = fault.place.as_ref().map(|place| (place.file.clone(), place.line, place.column));
        match by_fact.entry((place, fault.message.clone())) {
            Entry::Occupied(first) => folded[*first.get()].1 += 1,
            Entry::Vacant(slot) => {
                slot.insert(folded.len());
                folded.push((fault, 0));
            }
        }
    }
    let with_counts = folded.into_iter().map(|(fault, more)| match more {
        0 => fault,
        1 => fault.help("and 1 more page"),
        _ => fault.help(format!("and {more} more pages")),
    });
    with_counts.collect()
}

#[cfg(test)]
mod tests;
