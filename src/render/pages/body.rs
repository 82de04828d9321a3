//! Fills the slots of a Markdown body for one page.

use super::PageContext;
use crate::html::push_escaped;
use crate::model::{Body, Piece, Slot};
use crate::render::views::{HeadingView, Html, Url};
use crate::site::{LanguageIx, LinkTarget, LinkedText, Page};

/// The body that a reader of the page's language sees.
pub struct ShownBody<'a> {
    pub body: &'a Body,
    links: &'a [LinkTarget],
    /// It is the original, in the place of a missing translation.
    pub is_original: bool,
}

impl<'a> PageContext<'a> {
    /// The translation into the page's language, or the original.
    pub fn shown_body(&self, original: &'a Body, text: &'a LinkedText) -> ShownBody<'a> {
        let lang = self.lang();
        match (text.translations.get(lang), text.translated_links.get(lang)) {
            (Some(translation), Some(links)) if !translation.body.html.is_empty() => {
                ShownBody { body: &translation.body, links, is_original: false }
            }
            _ => ShownBody { body: original, links: &text.links, is_original: self.language.get() != 0 },
        }
    }

    pub fn html(&self, shown: &ShownBody<'_>) -> Html {
        let mut html = String::with_capacity(shown.body.html.expected_len());
        for piece in shown.body.html.pieces() {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Slot(Slot::Link(index)) => {
                    push_escaped(&mut html, self.target_url(&shown.links[index as usize]).as_str())
                }
                // In the language of the text around it.
                Piece::Slot(Slot::Word(key)) if shown.is_original => {
                    let word = self.words.word(self.original_lang(), key);
                    push_escaped(&mut html, &word.unwrap_or_else(|| self.word(key)));
                }
                Piece::Slot(Slot::Word(key)) => push_escaped(&mut html, &self.word(key)),
            }
        }
        Html(html)
    }

    fn target_url(&self, target: &LinkTarget) -> Url {
        match target {
            LinkTarget::File(file) => self.file_url(*file),
            LinkTarget::Fragment(fragment) => self.url_at(self.page, fragment),
            LinkTarget::Page { page, language, fragment } => {
                let language = language.unwrap_or(self.language);
                self.url_in(language, *page, self.kept_fragment(*page, language, fragment))
            }
            // Only in the preview of a site that has errors: a build stops before this.
            LinkTarget::Nowhere => Url::default(),
        }
    }

    /// A fragment leads to a heading of the original; where a translation stands in its place
    /// and has no such heading, the link leads to the top of it.
    fn kept_fragment<'f>(&self, page: Page, language: LanguageIx, fragment: &'f str) -> &'f str {
        if fragment.is_empty() || fragment.starts_with("claim-") {
            return fragment;
        }
        let text = match page {
            Page::Briefing(ix) => &self.site.briefings[ix.get()].text,
            Page::Plain(ix) => &self.site.pages[ix.get()].text,
            Page::Neighbourhood(ix, _) => &self.site.neighbourhoods[ix.get()].term.text,
            Page::Source(ix, _) => &self.site.sources[ix.get()].term.text,
            Page::Event(ix, _) => &self.site.events[ix.get()].term.text,
            _ => return fragment,
        };
        match text.translations.get(self.site.language(language)) {
            Some(translation)
                if !translation.body.html.is_empty()
                    && translation.body.headings.iter().all(|h| h.id.as_ref() != fragment) =>
            {
                ""
            }
            _ => fragment,
        }
    }

    /// The headings, where there are enough of them to need a list.
    pub fn contents(&self, body: &Body) -> Vec<HeadingView> {
        if body.headings.len() < 2 {
            return Vec::new();
        }
        let view = |heading: &crate::model::Heading| HeadingView {
            level: heading.level,
            text: heading.text.to_string(),
            url: self.url_at(self.page, &heading.id),
        };
        body.headings.iter().map(view).collect()
    }
}
