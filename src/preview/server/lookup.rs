//! What there is at an address.
//!
//! Owns the difference between a page, a folder, a missing page and a fault, and the version of each.
//! Sends no answer.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::paths::kept_names::SUMS;
use crate::preview::edition::RenderedPage;
use crate::preview::state::Revision;
use crate::render::fingerprint;
use crate::report::{self, Format};

use super::version;

/// What there is at an output path.
pub enum Lookup {
    Page(RenderedPage),
    /// Nothing; with the site's own 404 page, if it has one.
    Missing(Option<RenderedPage>),
    /// A folder, requested without the slash at its end.
    Folder,
    Fault(LookupFault),
}

/// Why there is nothing to show.
pub struct LookupFault {
    /// The diagnostics, as the terminal shows them.
    pub text: String,
    /// There is a site, and only this page of it has a fault.
    pub is_of_page: bool,
}

impl Lookup {
    /// Looks up a path on a thread that may take its time, because this may render. A panic there is the
    /// fault of one page.
    pub async fn find(revision: Arc<Revision>, path: String) -> Self {
        let found = tokio::task::spawn_blocking(move || Self::find_now(&revision, &path)).await;
        found.unwrap_or_else(|_| Self::crashed())
    }

    fn find_now(revision: &Revision, path: &str) -> Self {
        let Some(edition) = &revision.edition else {
            return Self::Fault(LookupFault::without_site(revision));
        };
        let of_page = |faults: Vec<Diagnostic>| LookupFault::of_page(revision, &faults);
        let page = |index| edition.page(index).map_err(of_page);
        let found = match edition.find(path) {
            Some(index) => page(index).map(Self::Page),
            None if path == SUMS => edition.list().map(Self::Page).map_err(of_page),
            None if edition.find(&format!("{path}/index.html")).is_some() => Ok(Self::Folder),
            None => match edition.search_file(path) {
                Some(file) => file.map(Self::Page).map_err(of_page),
                None => edition.find("404.html").map(page).transpose().map(Self::Missing),
            },
        };
        found.unwrap_or_else(Self::Fault)
    }

    fn crashed() -> Self {
        let text = "This page could not be rendered: bulletin itself failed. The terminal says more.\n";
        Self::Fault(LookupFault { text: text.to_owned(), is_of_page: true })
    }

    /// Equal if a browser would show the same.
    pub fn version(&self) -> String {
        match self {
            Self::Page(page) | Self::Missing(Some(page)) => version::of_page(&page.bytes),
            Self::Missing(None) => "missing".to_owned(),
            Self::Folder => "folder".to_owned(),
            Self::Fault(fault) => {
                format!("fault-{:016x}", fingerprint::of_bytes(fault.text.as_bytes()))
            }
        }
    }
}

impl LookupFault {
    fn without_site(revision: &Revision) -> Self {
        let faults = text_of(&revision.faults);
        let text = if faults.is_empty() { "The site is still being read.\n".to_owned() } else { faults };
        Self { text, is_of_page: false }
    }

    /// Everything that is wrong with the files, if this page's faults are a part of it; else these alone.
    fn of_page(revision: &Revision, faults: &[Diagnostic]) -> Self {
        let own = text_of(faults);
        let all = text_of(&revision.faults);
        let text = if all.contains(own.trim_end()) { all } else { own };
        Self { text, is_of_page: true }
    }
}

/// Diagnostics as the terminal shows them.
pub fn text_of(faults: &[Diagnostic]) -> String {
    report::text(Format::Human, faults)
}
