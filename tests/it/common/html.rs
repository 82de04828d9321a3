//! Pages as a browser parses them: html5ever's tree, independent of the tokenizer of the build.

use scraper::{ElementRef, Html, Selector};

pub struct Page(Html);

impl Page {
    pub fn parse(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// The elements that match a selector, in document order.
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

    /// The visible text, with white space collapsed.
    pub fn text(&self) -> String {
        self.all("body").iter().map(text_of).collect()
    }

    pub fn lang(&self) -> String {
        self.values("html", "lang").concat()
    }
}

/// The descendants that match a selector.
pub fn within<'a>(element: &ElementRef<'a>, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    element.select(&selector).collect::<Vec<_>>().into_iter()
}

pub fn text_of(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The target of a relative link: file and fragment, decoded.
///
/// # Panics
/// If the link leaves the site, or begins with `/`.
pub fn resolve(from: &str, href: &str) -> (String, String) {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
    assert!(!file.starts_with('/'), "{from}: {href} counts from a server's root");
    if file.is_empty() {
        return (from.to_owned(), decode(fragment));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{from}: {href} leaves the site"),
            part => parts.push(part),
        }
    }
    (decode(&parts.join("/")), decode(fragment))
}

/// Whether a link has a scheme that may lead out of the site.
pub fn is_external(href: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:", "data:"].iter().any(|scheme| href.starts_with(scheme))
}
