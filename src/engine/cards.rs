//! The fonts of cards, and which cards cannot be drawn for lack of a letter.
//!
//! Owns no letter and no drawing. A card that cannot be drawn has no route: no page names it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Prepared;
use crate::cards::Fonts;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::ArticleBase;
use crate::site::{LanguageIx, Page, Route, Site};
use crate::sources::{FilePlace, PlainFile, SourceSet};

/// How many letters a warning names.
const MOST_LETTERS: usize = 5;

/// The fonts of the program and those in the `static/` folders of the site and its themes.
pub fn fonts(site: &Site, sources: &SourceSet) -> Arc<Fonts> {
    if !site.has_cards() {
        return Arc::default();
    }
    let own = sources.files.iter().filter(|file| is_font(file));
    // One that cannot be read is reported where it is copied.
    Arc::new(Fonts::new(own.filter_map(|file| sources.read(file).ok()).collect()))
}

fn is_font(file: &PlainFile) -> bool {
    let FilePlace::Static(out) = &file.place else { return false };
    let ending = out.as_str().rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ttf", "otf"].iter().any(|font| ending.eq_ignore_ascii_case(font))
}

impl Prepared {
    /// Leaves out the cards with a letter that no font has, with a warning for each set of such letters.
    pub(super) fn leave_out_cards(&mut self) -> Vec<Diagnostic> {
        if !self.site.has_cards() {
            return Vec::new();
        }
        let renderer = self.renderer();
        let missing = |(_, route): &(_, Route)| {
            let Route::Card(language, page) = *route else { return None };
            let letters = renderer.picture_card(language, page)?.missing_letters(&self.fonts);
            (!letters.is_empty()).then_some((letters, (language, page)))
        };
        let found: Vec<_> = self.site.routes.all().par_iter().filter_map(missing).collect();
        let pages: Vec<(LanguageIx, Page)> = found.iter().map(|(_, page)| *page).collect();
        let mut by_letters: BTreeMap<Vec<char>, Vec<(LanguageIx, Page)>> = BTreeMap::new();
        for (letters, page) in found {
            by_letters.entry(letters).or_default().push(page);
        }
        let warnings =
            by_letters.iter().map(|(letters, pages)| self.without_letters(letters, pages)).collect();
        if !pages.is_empty() {
            self.site = Arc::new(self.site.without_cards_of(&pages));
        }
        warnings
    }

    fn without_letters(&self, letters: &[char], pages: &[(LanguageIx, Page)]) -> Diagnostic {
        let named = letters.iter().take(MOST_LETTERS);
        let named = named.map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter)));
        let more = letters.len().saturating_sub(MOST_LETTERS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = named.collect::<Vec<_>>().join(", ");
        let cards = match pages.len() {
            1 => "a page has no card".to_owned(),
            count => format!("{count} pages have no card"),
        };
        let message = format!("{cards}: no font has {named}{more}");
        let help =
            "put a font that has it into static/, as a .ttf or .otf file, or write it in other letters";
        let warning = Diagnostic::warning(Code::NO_LETTER_FOR_CARD, message).help(help);
        let place =
            pages.first().zip(letters.first()).and_then(|(page, letter)| self.place_of(*letter, *page));
        match place {
            Some(place) => warning.at(place).label("the first of them"),
            None => warning,
        }
    }

    /// Where a letter of a card is written: in the translation, the briefing or site.toml. For a word of the interface,
    /// the briefing as a whole.
    fn place_of(&self, letter: char, (language, page): (LanguageIx, Page)) -> Option<Place> {
        let (article, translations): (&ArticleBase, _) = match page {
            Page::Briefing(ix) => (&self.site.briefings[ix].article, &self.site.briefings[ix].translations),
            Page::Stub(ix) => (&self.site.stubs[ix].article, &self.site.stubs[ix].translations),
            _ => return None,
        };
        let translation = translations.get(self.site.language(language)).map(|own| own.file.as_ref());
        let place = |file: &str| {
            let text = self.sources.text(file);
            let at = text.find(letter)?;
            Some(Place::new(file, &text, Span::new(at..at + letter.len_utf8())))
        };
        let mut files = translation.into_iter().chain([article.file.as_ref(), "site.toml"]);
        files.find_map(place).or_else(|| Some(self.sources.place(&article.file, article.id_span)))
    }
}
