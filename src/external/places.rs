//! Where addresses are written, so that a writer can mend them.
//!
//! Owns the search in the files that pages are made of. Files of drafts, and of protected sources, are not among them.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use percent_encoding::percent_decode_str;

use crate::diag::{Place, Span};
use crate::engine::Prepared;
use crate::site::Site;
use crate::sources::{ArticleFile, DEFAULT_THEME, Role};

/// How many places of one address are shown.
const MOST_SHOWN: usize = 3;

/// Where one address is written.
#[derive(Debug, Default)]
pub struct AddressPlaces {
    /// The first few.
    pub shown: Vec<Place>,
    /// How many more there are.
    pub more: usize,
}

/// The places of each address, in the order of files.
pub fn find_places<'a>(
    addresses: impl Iterator<Item = &'a str>,
    prepared: &Prepared,
) -> BTreeMap<&'a str, AddressPlaces> {
    let search = AddressSearch::new(addresses);
    let mut places: BTreeMap<&str, AddressPlaces> = BTreeMap::new();
    let Some(search) = search else { return places };
    let published = published_files(&prepared.site);
    for article in prepared.sources.articles.iter().filter(|article| is_published(article, &published)) {
        let tables =
            article.tables.iter().map(|table| &table.path).filter(|path| published.contains(path.as_ref()));
        for file in std::iter::once(&article.path).chain(tables) {
            let text = prepared.sources.text(file);
            search.each(&text, |address, span| add(&mut places, address, || Place::new(file, &text, span)));
        }
    }
    add_notice(&search, prepared, &mut places);
    let templates = prepared.sources.templates.iter();
    for template in templates.filter(|template| template.theme.as_deref() != Some(DEFAULT_THEME)) {
        let place = |span| Place::new(&template.file, &template.text, span);
        search.each(&template.text, |address, span| add(&mut places, address, || place(span)));
    }
    places
}

fn add<'a>(places: &mut BTreeMap<&'a str, AddressPlaces>, address: &'a str, place: impl FnOnce() -> Place) {
    let known = places.entry(address).or_default();
    if known.shown.len() < MOST_SHOWN {
        known.shown.push(place());
    } else {
        known.more += 1;
    }
}

fn add_notice<'a>(
    search: &AddressSearch<'a>,
    prepared: &Prepared,
    places: &mut BTreeMap<&'a str, AddressPlaces>,
) {
    let notice = prepared.site.config.notice.iter();
    for url in notice.flat_map(|notice| notice.url.iter().chain(notice.urls.values())) {
        search.each(&url.text, |address, _| add(places, address, || url.place.clone()));
    }
}

/// The articles that pages are made of, and the tables that they include.
fn published_files(site: &Site) -> BTreeSet<&str> {
    let mut files: BTreeSet<&str> = BTreeSet::new();
    for briefing in &site.briefings {
        files.insert(&briefing.article.file);
        files.extend(briefing.article.tables.iter().map(AsRef::as_ref));
    }
    files.extend(site.home.iter().map(|page| page.article.file.as_ref()));
    files.extend(site.pages.iter().map(|page| page.article.file.as_ref()));
    let neighbourhoods = site.neighbourhoods.iter().filter_map(|one| one.term.record.as_ref());
    files.extend(neighbourhoods.map(|record| record.file.as_ref()));
    let events = site.events.iter().filter_map(|one| one.term.record.as_ref());
    files.extend(events.map(|record| record.file.as_ref()));
    let sources = site.sources.iter().filter(|source| !source.is_protected());
    files.extend(sources.filter_map(|source| source.term.record.as_ref()).map(|record| record.file.as_ref()));
    files
}

fn is_published(article: &ArticleFile, published: &BTreeSet<&str>) -> bool {
    let original = match &article.role {
        Role::Translation { of, .. } => of,
        _ => &article.path,
    };
    published.contains(original.as_ref())
}

/// Finds addresses in texts, in each way that they can be written.
struct AddressSearch<'a> {
    finder: AhoCorasick,
    /// By the index of a pattern.
    addresses: Vec<&'a str>,
}

impl<'a> AddressSearch<'a> {
    fn new(addresses: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        for address in addresses {
            for form in written_forms(address) {
                patterns.push(form);
                owners.push(address);
            }
        }
        // Only patterns of many gigabytes are refused.
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok()?;
        Some(Self { finder, addresses: owners })
    }

    fn each(&self, text: &str, mut found: impl FnMut(&'a str, Span)) {
        for hit in self.finder.find_iter(text) {
            let is_whole = !goes_on_before(&text[..hit.start()]) && !goes_on_after(&text[hit.end()..]);
            if is_whole {
                found(self.addresses[hit.pattern().as_usize()], Span::new(hit.range()));
            }
        }
    }
}

fn written_forms(address: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([address.to_owned(), address.replace('&', "&amp;")]);
    forms.extend(percent_decode_str(address).decode_utf8().ok().map(|decoded| decoded.into_owned()));
    forms
}

/// An address of an archive has the archived one in it.
fn goes_on_before(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || "/=%&?_-.+@#:".contains(c))
}

fn goes_on_after(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        // The end of a sentence, unless something follows.
        Some('.' | '?' | ':' | '&' | ';' | ',' | '!') => rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || "/=%_-+@#".contains(c),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_as_a_whole_in_each_form() {
        let address = ["https://a.org/x?a=1&b", "https://a.org/%D8%A7", "https://a.org/x"];
        let search = AddressSearch::new(address.into_iter()).unwrap();
        let found = |text: &str| {
            let mut found = Vec::new();
            search.each(text, |address, span| found.push((address, text[span.range()].to_owned())));
            found
        };
        let owned = |address, text: &str| (address, text.to_owned());
        for text in
            ["[a](https://a.org/x)", "<https://a.org/x>", "url = \"https://a.org/x\"", "https://a.org/x."]
        {
            assert_eq!(found(text), [owned(address[2], address[2])], "{text}");
        }
        assert_eq!(found("<https://a.org/x?a=1&amp;b>"), [owned(address[0], "https://a.org/x?a=1&amp;b")]);
        assert_eq!(found("(https://a.org/ا)"), [owned(address[1], "https://a.org/ا")]);
        for text in
            ["https://a.org/xy", "https://a.org/x/y", "https://a.org/x.pdf", "https://b.org/?https://a.org/x"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
