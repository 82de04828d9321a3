//! Every route rendered and checked, and what of that need not be done again.
//!
//! Owns what rendering finds out about the whole site: faults of templates, dead links and
//! fragments, words that must not be seen, pages over their budget. Where the bytes go is told by a [`Take`].
//!
//! Invariant: with a [`Memory`] or without, the diagnostics are the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Prepared;
use super::weights;
use crate::checks::leaks::{LeakCheck, Leaks, PrivateWord};
use crate::checks::links::{self, Fragments, PageFacts};
use crate::config::Budget;
use crate::diag::{Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::render::templates::{Templates, fold_render_faults};
use crate::render::{PageSource, Renderer};
use crate::site::{LanguageIx, Route, Site};

/// How many routes one core renders before the others may help with the rest.
const AT_A_TIME: usize = 128;

/// Takes what is rendered, from any thread.
pub trait Take: Sync {
    /// # Errors
    /// Where the output cannot be taken.
    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic>;

    /// The output is the same as when it was last rendered; false where its bytes are wanted anyway.
    fn keep(&self, path: &OutPath) -> bool;

    /// Room is worth more than time.
    fn is_patient(&self) -> bool {
        false
    }

    /// Nobody wants the rest, nor what was found so far.
    fn is_over(&self) -> bool {
        false
    }
}

/// Wants the bytes of everything.
struct Everything<F>(F);

impl<F: Fn(&OutPath, &[u8]) -> Result<(), Diagnostic> + Sync> Take for Everything<F> {
    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.0(path, bytes)
    }

    fn keep(&self, _: &OutPath) -> bool {
        false
    }
}

/// What is remembered of the last time that all routes were rendered.
#[derive(Default)]
pub struct Memory {
    /// What a page's bytes and its check depend on beside its page_source.
    of: Option<Ground>,
    /// By output path; for looking up, never to iterate.
    pages: HashMap<Box<str>, Arc<Known>, ahash::RandomState>,
}

struct Ground {
    templates: Arc<Templates>,
    leak_check: LeakCheck,
    budget: Budget,
    site: Arc<Site>,
}

struct Known {
    /// Of the page_source.
    fingerprint: u64,
    facts: PageFacts,
    links: Vec<Diagnostic>,
    private_words: Vec<PrivateWord>,
    /// Compressed, where that is over the budget.
    overweight: Option<u64>,
    plain_text: Option<PlainTextCheck>,
}

/// What is remembered of the plain text of a page.
struct PlainTextCheck {
    private_words: Vec<PrivateWord>,
    /// Compressed bytes, where they are over the budget.
    over_budget: Option<u64>,
}

impl PlainTextCheck {
    fn new(prepared: &Prepared, path: &OutPath, text: &str) -> Self {
        let private_words = prepared.leak_check.found(path, text.as_bytes());
        Self { private_words, over_budget: weights::text_over(text, &prepared.site.config.budget) }
    }
}

impl Memory {
    /// Forgets everything where something else than single sheets has changed. New paths mend links,
    /// and break none.
    fn fit(&mut self, prepared: &Prepared) {
        let fits = self.of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.templates, &prepared.templates)
                && of.leak_check == prepared.leak_check
                && of.budget == prepared.site.config.budget
                && (Arc::ptr_eq(&of.site, &prepared.site) || has_all_paths_of(&prepared.site, &of.site))
        });
        if fits {
            self.pages.retain(|_, known| known.links.is_empty());
        } else {
            self.pages.clear();
        }
        self.of = Some(Ground {
            templates: Arc::clone(&prepared.templates),
            leak_check: prepared.leak_check.clone(),
            budget: prepared.site.config.budget,
            site: Arc::clone(&prepared.site),
        });
    }
}

fn has_all_paths_of(site: &Site, before: &Site) -> bool {
    let mut now = site.routes.all().iter().map(|(path, _)| path);
    // Both are sorted.
    before.routes.all().iter().all(|(path, _)| now.any(|known| known == path))
}

impl Prepared {
    /// Renders every route and hands its bytes to `take`, in no particular order, on all cores.
    ///
    /// Returns what is wrong with templates, pictures and links, in the order of the routes.
    pub fn render_all(
        &self,
        take: impl Fn(&OutPath, &[u8]) -> Result<(), Diagnostic> + Sync,
    ) -> Vec<Diagnostic> {
        let found = self.render(None, &Everything(take));
        self.told(found)
    }

    /// As [`Prepared::render_all`], but a page that the memory knows, and that nothing has changed,
    /// is not rendered where `take` can keep it. Remembers what it found, unless `take` is over.
    pub fn render_again(&self, memory: &mut Memory, take: &impl Take) -> Vec<Diagnostic> {
        memory.fit(self);
        let mut found = self.render(Some(memory), take);
        if take.is_over() {
            return Vec::new();
        }
        let routes = self.site.routes.all();
        let learnt = std::mem::take(&mut found.learnt).into_iter();
        memory.pages.extend(learnt.map(|(index, known)| (routes[index].0.as_str().into(), known)));
        self.told(found)
    }

    fn render(&self, memory: Option<&Memory>, take: &impl Take) -> Rendered {
        // Parts that many pages share are kept by the renderer, those of every briefing among them.
        let of_all = (!take.is_patient()).then(|| Arc::new(self.renderer()));
        let pass = || {
            let renderer = of_all.clone().unwrap_or_else(|| Arc::new(self.renderer()));
            Pass { prepared: self, renderer, memory, take }
        };
        (0..self.site.routes.all().len())
            .into_par_iter()
            .with_max_len(AT_A_TIME)
            .fold(
                || (pass(), Rendered::default()),
                |(pass, mut rendered), index| {
                    if !take.is_over() {
                        pass.route(index, &mut rendered);
                    }
                    (pass, rendered)
                },
            )
            .map(|(_, rendered)| rendered)
            .collect::<Vec<Rendered>>()
            .into_iter()
            .fold(Rendered::default(), Rendered::merged)
    }

    fn told(&self, found: Rendered) -> Vec<Diagnostic> {
        let mut diagnostics = found.into_diagnostics(self);
        self.sources.redactions.mask_all(&mut diagnostics);
        diagnostics
    }

    /// Where a template holds the link that a fault is about, letter for letter.
    fn written_in(&self, fault: &Diagnostic) -> Option<Place> {
        let url = links::url_of(fault)?;
        let quoted = [format!("\"{url}\""), format!("'{url}'")];
        // The nearest layer comes last.
        self.sources.templates.iter().rev().find_map(|template| {
            let at = quoted.iter().find_map(|url| template.text.find(url.as_str()))? + 1;
            Some(Place::new(&template.file, &template.text, Span::new(at..at + url.len())))
        })
    }
}

/// One time that routes are rendered.
struct Pass<'a, T> {
    prepared: &'a Prepared,
    renderer: Arc<Renderer>,
    memory: Option<&'a Memory>,
    take: &'a T,
}

impl<T: Take> Pass<'_, T> {
    fn route(&self, index: usize, rendered: &mut Rendered) {
        let (path, route) = &self.prepared.site.routes.all()[index];
        let page_source = match route {
            // Made of its page, when that is rendered.
            Route::PlainText(..) => return,
            _ => self.renderer.page_source(path, *route),
        };
        let outcome = match (route, page_source) {
            (Route::File(file), _) => self.prepared.file(*file).and_then(|bytes| {
                let leak_check = &self.prepared.leak_check;
                rendered.leaks.add(index, &leak_check.found(path, &bytes));
                let name = &self.prepared.site.files[file.get()].path;
                if let Some(warning) = leak_check.unsearched(name, &bytes) {
                    rendered.faults.insert(index, warning);
                }
                self.take.stage(path, &bytes)
            }),
            (_, Some(page_source)) => self.page_source(index, page_source, rendered),
            (_, None) => Ok(()),
        };
        if let Err(fault) = outcome {
            rendered.faults.insert(index, fault);
        }
    }

    fn page_source(
        &self,
        index: usize,
        page_source: PageSource,
        rendered: &mut Rendered,
    ) -> Result<(), Diagnostic> {
        let (path, route) = &self.prepared.site.routes.all()[index];
        let fingerprint = self.memory.map(|_| page_source.fingerprint());
        let plain_text = self.plain_text_of(*route);
        let plain_text_index = self.plain_text_index(index, plain_text.as_ref());
        let known = self.known(path, fingerprint);
        let is_page_kept = known.is_some() && self.take.keep(path);
        if let Some(known) = known.filter(|_| is_page_kept)
            && plain_text.as_ref().is_none_or(|(_, path)| self.take.keep(path))
        {
            rendered.add(index, path, plain_text_index, &known);
            return Ok(());
        }
        let text = match self.renderer.print(page_source, path) {
            Ok(text) => text,
            Err(fault) => {
                rendered.template_faults.push((index, *fault));
                return Ok(());
            }
        };
        let (facts, links, plain) = if path.as_str().ends_with(".html") {
            self.renderer.read(&text, path, *route, plain_text.as_ref().map(|(language, _)| *language))
        } else {
            Default::default()
        };
        let private_words = self.prepared.leak_check.found(path, text.as_bytes());
        let overweight = weights::over(path, text.as_bytes(), &self.prepared.site.config.budget);
        let plain = plain.zip(plain_text).map(|(plain, (_, path))| (plain, path));
        let plain_text = plain.as_ref().map(|(plain, path)| PlainTextCheck::new(self.prepared, path, plain));
        let known = Known {
            fingerprint: fingerprint.unwrap_or_default(),
            facts,
            links,
            private_words,
            overweight,
            plain_text,
        };
        rendered.learn(index, path, known, plain_text_index, fingerprint.is_some());
        if !is_page_kept {
            self.take.stage(path, text.as_bytes())?;
        }
        plain.map_or(Ok(()), |(plain, path)| self.take.stage(&path, plain.as_bytes()))
    }

    /// Where the plain text of a page stands among the routes; its own place where it has none.
    fn plain_text_index(&self, index: usize, plain_text: Option<&(LanguageIx, OutPath)>) -> usize {
        let routes = &self.prepared.site.routes;
        plain_text.and_then(|(_, path)| routes.find(path.as_str())).map_or(index, |(index, _)| index)
    }

    /// Where the plain text of a page goes, and its language.
    fn plain_text_of(&self, route: Route) -> Option<(LanguageIx, OutPath)> {
        let Route::Page(language, page) = route else { return None };
        self.prepared.site.plain_text_path(language, page).map(|path| (language, path))
    }

    fn known(&self, path: &OutPath, fingerprint: Option<u64>) -> Option<Arc<Known>> {
        let known = self.memory?.pages.get(path.as_str())?;
        (Some(known.fingerprint) == fingerprint).then(|| Arc::clone(known))
    }
}

/// What rendering finds out about many routes.
#[derive(Default)]
struct Rendered {
    /// By route.
    faults: BTreeMap<usize, Diagnostic>,
    template_faults: Vec<(usize, Diagnostic)>,
    links: Vec<(usize, Diagnostic)>,
    fragments: Fragments,
    leaks: Leaks,
    /// By route.
    overweight: Vec<(usize, u64)>,
    /// Compressed bytes, and the route.
    texts_over_budget: Vec<(u64, usize)>,
    learnt: Vec<(usize, Arc<Known>)>,
}

impl Rendered {
    fn add(&mut self, index: usize, path: &OutPath, plain_text: usize, known: &Known) {
        self.links.extend(known.links.iter().map(|fault| (index, fault.clone())));
        self.fragments.add(index, path, known.facts.clone());
        self.add_words(index, plain_text, known);
    }

    fn add_words(&mut self, index: usize, plain_text: usize, known: &Known) {
        self.leaks.add(index, &known.private_words);
        self.overweight.extend(known.overweight.map(|weight| (index, weight)));
        if let Some(known) = &known.plain_text {
            self.leaks.add(plain_text, &known.private_words);
            self.texts_over_budget.extend(known.over_budget.map(|size| (size, plain_text)));
        }
    }

    fn learn(&mut self, index: usize, path: &OutPath, known: Known, plain_text: usize, is_remembered: bool) {
        if is_remembered {
            self.add(index, path, plain_text, &known);
            self.learnt.push((index, Arc::new(known)));
            return;
        }
        self.add_words(index, plain_text, &known);
        self.links.extend(known.links.into_iter().map(|fault| (index, fault)));
        self.fragments.add(index, path, known.facts);
    }

    fn merged(mut self, other: Self) -> Self {
        self.faults.extend(other.faults);
        self.template_faults.extend(other.template_faults);
        self.links.extend(other.links);
        self.fragments = self.fragments.merged(other.fragments);
        self.leaks = self.leaks.merged(other.leaks);
        self.overweight.extend(other.overweight);
        self.texts_over_budget.extend(other.texts_over_budget);
        self.learnt.extend(other.learnt);
        self
    }

    fn into_diagnostics(self, prepared: &Prepared) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.faults.into_values().collect();
        all.extend(self.leaks.into_diagnostics(&prepared.leak_check, &prepared.site, &prepared.sources));
        all.extend(weights::diagnostics(self.overweight, prepared));
        all.extend(over_budget(&self.texts_over_budget, prepared));
        let mut faults = self.template_faults;
        // A page that was not rendered offers no anchors: what its template says comes first.
        if faults.is_empty() {
            faults = self.links;
            faults.extend(self.fragments.missing(&prepared.site.routes));
            for (_, fault) in &mut faults {
                fault.place = prepared.written_in(fault);
            }
        }
        faults.sort_by_key(|(index, _)| *index);
        all.extend(fold_render_faults(faults.into_iter().map(|(_, fault)| fault).collect()));
        all
    }
}

/// One word for all texts that are too large, with the largest.
fn over_budget(texts: &[(u64, usize)], prepared: &Prepared) -> Option<Diagnostic> {
    let (size, route) = texts.iter().max_by_key(|(size, route)| (*size, std::cmp::Reverse(*route)))?;
    let (budget, path) = (prepared.sources.config.budget.text, &prepared.site.routes.all()[*route].0);
    let what = match texts.len() {
        1 => format!("the text {path} has {size} bytes when it is compressed"),
        more => {
            format!("{more} texts are too large; the largest, {path}, has {size} bytes when it is compressed")
        }
    };
    let warning = Diagnostic::warning("text-over-budget", format!("{what}, over the budget of {budget}"));
    Some(warning.help("lower `page_size` in site.toml if it is a list, or raise `text` under `[budget]`"))
}
