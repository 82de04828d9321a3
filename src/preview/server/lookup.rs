//! What stands at an address now.
//!
//! Owns the difference between a page, a folder, a missing page and a fault, and the version by
//! which a browser's page is told from the one that there is. Answers nobody.

use std::sync::Arc;

use axum::body::Bytes;

use crate::diag::Diagnostic;
use crate::preview::edition::Page;
use crate::preview::state::Showing;
use crate::render::fingerprint;
use crate::report::{self, Format};

/// What stands at an output path.
pub enum Seen {
    Page(Page),
    /// There is none; the site's own page that says so, if it has one.
    Missing(Option<Page>),
    /// A folder, asked for without the slash at its end.
    Folder,
    Fault(Fault),
}

/// Why there is nothing to see.
pub struct Fault {
    /// The diagnostics, as the terminal shows them.
    pub text: String,
    /// There is a site, and only this page of it is at fault.
    pub is_of_page: bool,
}

impl Seen {
    /// Looks, which may render: not for a thread that others wait for.
    pub fn at(showing: &Showing, path: &str) -> Self {
        let Some(edition) = &showing.edition else { return Self::Fault(Fault::without_site(showing)) };
        let of_page = |fault| Fault::of_page(showing, fault);
        let page = |index| edition.page(index).map_err(of_page);
        let seen = match edition.find(path) {
            Some(index) => page(index).map(Self::Page),
            None if edition.find(&format!("{path}/index.html")).is_some() => Ok(Self::Folder),
            None => match edition.search_file(path) {
                Some(file) => file.map(Self::Page).map_err(of_page),
                None => edition.find("404.html").map(page).transpose().map(Self::Missing),
            },
        };
        seen.unwrap_or_else(Self::Fault)
    }

    /// Where rendering itself failed.
    pub fn broken() -> Self {
        let text = "This page could not be rendered: bulletin itself failed. The terminal says more.\n";
        Self::Fault(Fault { text: text.to_owned(), is_of_page: true })
    }

    /// Equal where a browser would show the same.
    pub fn version(&self) -> String {
        match self {
            Self::Page(page) | Self::Missing(Some(page)) => version(page),
            Self::Missing(None) => "missing".to_owned(),
            Self::Folder => "folder".to_owned(),
            Self::Fault(fault) => fault.version(),
        }
    }

    pub fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Page(page) | Self::Missing(Some(page)) => Some(&page.bytes),
            Self::Missing(None) | Self::Folder | Self::Fault(_) => None,
        }
    }
}

impl Fault {
    fn without_site(showing: &Showing) -> Self {
        let text = match text_of(&showing.faults) {
            text if text.is_empty() => "The site is still being read.\n".to_owned(),
            text => text,
        };
        Self { text, is_of_page: false }
    }

    /// All that is wrong with the files, where that tells of this page; else what is wrong here.
    fn of_page(showing: &Showing, fault: Diagnostic) -> Self {
        let (own, all) = (text_of(&[fault]), text_of(&showing.faults));
        let text = if all.contains(own.trim_end()) { all } else { own };
        Self { text, is_of_page: true }
    }

    pub fn version(&self) -> String {
        format!("fault-{:016x}", fingerprint::of_bytes(self.text.as_bytes()))
    }
}

pub fn version(page: &Page) -> String {
    format!("{:016x}", page.version)
}

/// Diagnostics as the terminal shows them.
pub fn text_of(faults: &[Diagnostic]) -> String {
    report::text(Format::Human, faults)
}

/// Looks on a thread that may take its time. A panic there is one page's fault.
pub async fn look(showing: Arc<Showing>, path: String) -> Seen {
    let seen = tokio::task::spawn_blocking(move || Seen::at(&showing, &path)).await;
    seen.unwrap_or_else(|_| Seen::broken())
}
