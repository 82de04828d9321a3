//! The cards of briefings: where they are, and a site without those that cannot be drawn.

use std::sync::Arc;

use super::paths::card_of;
use super::table::Routes;
use crate::paths::OutPath;
use crate::site::indices::LanguageIx;
use crate::site::linked::Site;
use crate::site::page::{Page, Route};

impl Site {
    /// Where the card of a page is; `None` if it has none.
    #[must_use]
    pub fn card_path(&self, language: LanguageIx, page: Page) -> Option<OutPath> {
        if !self.has_cards() || !matches!(page, Page::Briefing(_) | Page::Stub(_)) {
            return None;
        }
        Some(card_of(&self.path(language, page))).filter(|path| self.routes.find(path.as_str()).is_some())
    }

    /// This site without the cards of some pages, which cannot be drawn.
    #[must_use]
    pub fn without_cards_of(&self, pages: &[(LanguageIx, Page)]) -> Self {
        let is_gone = |route: &Route| match route {
            Route::Card(language, page) => pages.contains(&(*language, *page)),
            _ => false,
        };
        let routes = self.routes.all().iter().filter(|(_, route)| !is_gone(route)).cloned().collect();
        Self { routes: Arc::new(Routes::new(routes)), ..self.clone() }
    }
}
