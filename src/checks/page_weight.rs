//! The weight of pages and their texts: bytes after compression, as a static host sends them.
//!
//! Owns the measure, the warnings over the budget of site.toml, and the list of the heaviest pages
//! for `check`. Changes no page.
//!
//! Invariant: the diagnostics do not depend on the order in which pages were rendered.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Mutex;

use flate2::{Compress, Compression, FlushCompress, Status};
use rayon::prelude::*;

use crate::config::Budget;
use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::site::Site;

/// The default of zlib, and of most hosts.
const LEVEL: u32 = 6;
/// The header and trailer of gzip.
const GZIP_FRAME: u64 = 18;
/// How many pages over the budget are named: a site that sets it too low has thousands.
const NAMED: usize = 10;
/// How many pages `check` lists, out of how many of the largest before compression.
const LISTED: usize = 5;
const CANDIDATES: usize = 32;

thread_local! {
    // Kept, because their tables are as large as many pages.
    static CAREFUL: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
    static FAST: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// Bytes after compression by gzip.
#[must_use]
pub fn weight(bytes: &[u8]) -> u64 {
    CAREFUL.with_borrow_mut(|compress| compressed(bytes, compress))
}

/// The weight, if it is over the budget. Fast compression takes a third of the time, and mostly shows
/// that a page is light enough.
fn weight_over(bytes: &[u8], budget: u64) -> Option<u64> {
    let may_be_over = FAST.with_borrow_mut(|compress| compressed(bytes, compress)) > budget;
    Some(bytes).filter(|_| may_be_over).map(weight).filter(|weight| *weight > budget)
}

fn compressed(bytes: &[u8], compress: &mut Compress) -> u64 {
    let mut unused = [0; 16 * 1024];
    compress.reset();
    loop {
        let rest = &bytes[usize::try_from(compress.total_in()).expect("a part of what is in memory")..];
        let status = compress.compress(rest, &mut unused, FlushCompress::Finish);
        if status.expect("memory takes every write") == Status::StreamEnd {
            return compress.total_out() + GZIP_FRAME;
        }
    }
}

/// The weight of a page that is over its budget.
#[must_use]
pub fn over(path: &OutPath, bytes: &[u8], budget: &Budget) -> Option<u64> {
    // Compressing every page would take as long as rendering it. Styles, tags and addresses shrink
    // to a third or less, so a page below twice its budget is never over it.
    if !path.is_page() || bytes.len() as u64 <= budget.page.saturating_mul(2) {
        return None;
    }
    weight_over(bytes, budget.page)
}

/// The weight of the plain text of a page that is over its budget. Words with their links compress to
/// a third or less, so only longer texts are weighed.
#[must_use]
pub fn text_over(text: &str, budget: &Budget) -> Option<u64> {
    let times = |n| budget.text.saturating_mul(n);
    match text.len() as u64 {
        len if len < times(3) => None,
        len if len < times(5) => weight_over(text.as_bytes(), budget.text),
        // The fast way would hardly ever find it light enough.
        _ => Some(weight(text.as_bytes())).filter(|weight| *weight > budget.text),
    }
}

/// A warning for each of the heaviest pages over their budget, and one for the others.
/// `pages` are indices of routes, with weights.
pub fn diagnostics(mut pages: Vec<(usize, u64)>, site: &Site) -> Vec<Diagnostic> {
    pages.sort_unstable_by_key(|(index, weight)| (Reverse(*weight), *index));
    let (named, others) = pages.split_at(pages.len().min(NAMED));
    let routes = site.routes.all();
    let mut diagnostics: Vec<Diagnostic> = named
        .iter()
        .map(|(index, weight)| page_over_budget(&routes[*index].0, *weight, site.config.budget.page))
        .collect();
    if !others.is_empty() {
        let message = format!("{} more pages are over their budget", others.len());
        let help = "the heaviest are named; what helps them helps the others";
        diagnostics.push(Diagnostic::warning(Code::PAGE_OVER_BUDGET, message).help(help));
    }
    diagnostics
}

/// One warning for all texts over their budget, with the largest. `texts` are as `pages` of [`diagnostics`].
pub fn texts_over_budget(texts: &[(usize, u64)], site: &Site) -> Option<Diagnostic> {
    let (index, weight) = texts.iter().max_by_key(|(index, weight)| (*weight, Reverse(*index)))?;
    let path = &site.routes.all()[*index].0;
    let budget = site.config.budget.text;
    let fact = match texts.len() {
        1 => format!("the text {path} has {weight} bytes when it is compressed"),
        count => {
            format!(
                "{count} texts are too large; the largest, {path}, has {weight} bytes when it is compressed"
            )
        }
    };
    let warning = Diagnostic::warning(Code::TEXT_OVER_BUDGET, format!("{fact}, over the budget of {budget}"));
    Some(warning.help("lower `page_size` in site.toml if it is a list, or raise `text` under `[budget]`"))
}

/// One warning for all pages whose pictures are over their budget, with the largest. `pages` are output paths, with bytes.
pub fn pictures_over_budget(mut pages: Vec<(OutPath, u64)>, budget: u64) -> Option<Diagnostic> {
    pages.retain(|(_, bytes)| *bytes > budget);
    let (path, bytes) = pages.iter().min_by_key(|(path, bytes)| (Reverse(*bytes), path))?;
    let fact = match pages.len() {
        1 => format!("the pictures of {path} have {bytes} bytes on a phone"),
        count => {
            format!(
                "{count} pages have heavy pictures; those of the heaviest, {path}, have {bytes} bytes on a phone"
            )
        }
    };
    let warning =
        Diagnostic::warning(Code::PICTURES_OVER_BUDGET, format!("{fact}, over the budget of {budget}"));
    let help = "take out a picture, link to it instead, or save a photo as JPEG; `[budget] pictures` in site.toml sets \
                the limit";
    Some(warning.help(help))
}

fn page_over_budget(path: &OutPath, weight: u64, budget: u64) -> Diagnostic {
    let message = format!("{path} weighs {weight} bytes compressed, and the budget is {budget}");
    let help = "divide a long text, or make lists shorter by `page_size`; `[budget] page` in site.toml sets the limit";
    Diagnostic::warning(Code::PAGE_OVER_BUDGET, message).help(help)
}

/// The largest pages so far, before compression: the candidates for the list of the heaviest.
#[derive(Default)]
pub struct LargestPages(Mutex<BTreeSet<SizedPage>>);

/// Ordered by size, the smallest first; ties by path.
type SizedPage = (usize, Reverse<String>, Vec<u8>);

impl LargestPages {
    /// One output, from any thread.
    pub fn add(&self, path: &OutPath, bytes: &[u8]) {
        if !path.is_page() {
            return;
        }
        let mut largest = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_small = largest.len() == CANDIDATES
            && largest.first().is_some_and(|(size, name, _)| {
                (bytes.len(), Reverse(path.as_str())) < (*size, Reverse(name.0.as_str()))
            });
        if !is_small {
            largest.insert((bytes.len(), Reverse(path.to_string()), bytes.to_vec()));
            if largest.len() > CANDIDATES {
                largest.pop_first();
            }
        }
    }

    /// A note with the heaviest pages that weigh more than half of the budget; `None` if there are none.
    pub fn note(self, budget: &Budget) -> Option<Diagnostic> {
        let largest = self.0.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut weights: Vec<(Reverse<u64>, String)> =
            largest.into_par_iter().map(|(_, name, bytes)| (Reverse(weight(&bytes)), name.0)).collect();
        weights.sort();
        weights.retain(|(weight, _)| weight.0 > budget.page / 2);
        weights.truncate(LISTED);
        let listed: Vec<String> =
            weights.iter().map(|(weight, path)| format!("{path} {}", weight.0)).collect();
        let message = format!("the heaviest pages, in bytes compressed: {}", listed.join(", "));
        let help = format!("the budget for a page is {}", budget.page);
        (!listed.is_empty()).then(|| Diagnostic::note(Code::HEAVIEST_PAGES, message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget { page: 1_000, text: 500, pictures: 0 };

    /// Bytes that do not shrink.
    fn noise(len: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        std::iter::repeat_with(&mut next).take(len).collect()
    }

    fn path(path: &str) -> OutPath {
        OutPath::new(path).expect("a path")
    }

    #[test]
    fn only_pages_are_weighed() {
        for (name, len, is_over) in [
            ("a.html", 2_001, true),
            ("a.html", 1_000, false),
            ("a.txt", 9_000, false),
            ("a.jpg", 9_000, false),
        ] {
            assert_eq!(over(&path(name), &noise(len), &BUDGET).is_some(), is_over, "{name} {len}");
        }
        assert_eq!(over(&path("a.html"), &[b' '; 90_000], &BUDGET), None, "it shrinks");
    }

    #[test]
    fn one_warning_names_the_page_with_the_heaviest_pictures() {
        let pages = |bytes: &[u64]| {
            let page = |(index, bytes): (usize, &u64)| (path(&format!("{index}.html")), *bytes);
            bytes.iter().enumerate().map(page).collect::<Vec<_>>()
        };
        let message = |bytes: &[u64]| pictures_over_budget(pages(bytes), 100).map(|found| found.message);
        assert_eq!(message(&[100, 3]), None);
        let one = "the pictures of 1.html have 101 bytes on a phone, over the budget of 100";
        assert_eq!(message(&[100, 101]).as_deref(), Some(one));
        let three = "3 pages have heavy pictures; those of the heaviest, 1.html, have 300 bytes on a phone, over the \
                     budget of 100";
        assert_eq!(message(&[101, 300, 300, 100]).as_deref(), Some(three));
    }

    #[test]
    fn only_a_text_over_the_budget_has_a_weight() {
        assert_eq!(text_over(&"same ".repeat(2_000), &BUDGET), None);
        let words: String = (0..4_000_u32).map(|n| format!("{:x} ", n.wrapping_mul(2_654_435_761))).collect();
        assert!(text_over(&words, &BUDGET).is_some_and(|weight| weight > 10_000));
    }

    #[test]
    fn law_1_the_heaviest_are_listed_whatever_the_order() {
        let pages: Vec<(OutPath, Vec<u8>)> =
            (0..80).map(|n| (path(&format!("{n}.html")), noise(600 + n % 40))).collect();
        let note = |pages: &mut dyn Iterator<Item = &(OutPath, Vec<u8>)>| {
            let largest = LargestPages::default();
            pages.for_each(|(path, bytes)| largest.add(path, bytes));
            largest.note(&BUDGET).expect("a note").message
        };
        let forth = note(&mut pages.iter());
        assert!(forth.starts_with("the heaviest pages, in bytes compressed: 39.html 66"), "{forth}");
        assert_eq!(forth, note(&mut pages.iter().rev()));
    }
}
