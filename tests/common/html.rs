//! Pages as a browser sees them: html5ever's tree, not the tokenizer that the build uses.

use scraper::{ElementRef, Html, Selector};

pub struct Page(Html);

impl Page {
    pub fn parse(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// The elements that a selector finds, in the order of the page.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// Every element of the page.
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.0.tree.root().descendants().filter_map(ElementRef::wrap)
    }

    /// The value of an attribute of each element that has it.
    pub fn values(&self, selector: &str, attribute: &str) -> Vec<String> {
        self.all(selector).iter().filter_map(|e| e.attr(attribute)).map(str::to_owned).collect()
    }

    /// What a reader reads, each run of white space as one space.
    pub fn text(&self) -> String {
        self.all("body").iter().map(text_of).collect()
    }

    pub fn lang(&self) -> String {
        self.values("html", "lang").concat()
    }
}

pub fn text_of(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
