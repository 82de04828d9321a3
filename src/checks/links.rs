//! Checks every link of rendered pages, fragments and assets included, as a browser resolves it.
//!
//! The types of views guarantee their links. Links that a template writes out need checking.
//! Owns the rules for a link in finished HTML. Reads no file.
//!
//! Invariant: a link that passes resolves on a server root, under a sub-path and from disk.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use memchr::memmem;
use percent_encoding::percent_decode_str;

use super::page_fault::{PageFault, Sought};
use crate::diag::{Code, Diagnostic};
use crate::html::{StartTag, Token, Tokens, lower_case};
use crate::paths::{OutPath, resolve_url};
use crate::site::{Page, Route, Routes, Site};

/// The ids of a page and the fragments of other pages that it links to. A preview keeps those of every page.
#[derive(Clone, Debug, Default)]
pub struct PageFacts {
    /// Hashes of the page's ids, sorted.
    anchors: Arc<[u64]>,
    wanted: Arc<[WantedFragment]>,
    /// The texts of the wanted fragments, one after the other.
    texts: Arc<str>,
}

/// A fragment of another page that a page links to.
#[derive(Clone, Copy, Debug)]
struct WantedFragment {
    /// Hashes of the path and of the fragment.
    key: (u64, u64),
    /// The end of its text.
    end: u32,
}

impl PageFacts {
    /// Each wanted fragment, and its text.
    fn wanted(&self) -> impl Iterator<Item = ((u64, u64), &str)> {
        let mut begin = 0;
        self.wanted.iter().map(move |wanted| {
            let text = &self.texts[begin..wanted.end as usize];
            begin = wanted.end as usize;
            (wanted.key, text)
        })
    }
}

/// The facts of a page, and the faults that the page alone shows.
#[must_use]
pub fn read(html: &str, path: &OutPath, route: Route, site: &Site) -> (PageFacts, Vec<PageFault>) {
    let mut links = LinkReader::new(path, route, site);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        links.token(&token);
    }
    links.finish()
}

/// The facts of all pages, collected while they are rendered.
#[derive(Debug, Default)]
pub struct Fragments {
    /// The route's index, the hash of the path, the facts.
    pages: Vec<(usize, u64, PageFacts)>,
}

impl Fragments {
    /// `page` is the index of the route.
    pub fn add(&mut self, page: usize, path: &OutPath, facts: PageFacts) {
        self.pages.push((page, hash(path.as_str()), facts));
    }

    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        self.pages.extend(other.pages);
        self
    }

    /// The wanted fragments that no page has, each with the first page that links to it.
    #[must_use]
    pub fn missing(&self, routes: &Routes) -> Vec<(usize, PageFault)> {
        let missing = self.first_missing();
        let targets: HashSet<u64> = missing.keys().map(|(target, _)| *target).collect();
        let paths = routes.all().iter().map(|(path, _)| (hash(path.as_str()), path));
        let paths: BTreeMap<u64, &OutPath> = paths.filter(|(hash, _)| targets.contains(hash)).collect();
        let mut missing: Vec<(usize, &str, u64)> =
            missing.into_iter().map(|((target, _), (page, text))| (page, text, target)).collect();
        missing.sort_by_key(|(page, text, target)| (*page, *text, paths.get(target).copied()));
        let fault = |(page, text, target): (usize, &str, u64)| {
            let to = paths.get(&target)?;
            Some((page, dead(&routes.all()[page].0, &format!("{to}#{text}"), "the page has no such part")))
        };
        missing.into_iter().filter_map(fault).collect()
    }

    /// By the hashes of path and fragment: the first page that links to it, and the fragment's text.
    fn first_missing(&self) -> BTreeMap<(u64, u64), (usize, &str)> {
        let anchors: HashMap<u64, &[u64], ahash::RandomState> =
            self.pages.iter().map(|(_, path, facts)| (*path, facts.anchors.as_ref())).collect();
        let mut missing = BTreeMap::new();
        for (page, _, facts) in &self.pages {
            for ((target, fragment), text) in facts.wanted() {
                let target_anchors = anchors.get(&target);
                if target_anchors.is_some_and(|anchors| anchors.binary_search(&fragment).is_ok()) {
                    continue;
                }
                let first = missing.entry((target, fragment)).or_insert((*page, text));
                first.0 = first.0.min(*page);
            }
        }
        missing
    }
}

/// How a page uses a URL.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum UrlUse {
    /// A reader may follow it.
    Link,
    /// The page mentions it (its canonical address, its feed) and does not load it.
    Name,
    /// A browser fetches it without a click.
    Load,
}

impl UrlUse {
    fn of_href(tag: &StartTag<'_>) -> Self {
        const MENTIONS: [&str; 7] = ["canonical", "alternate", "me", "license", "author", "next", "prev"];
        if tag.is("a") || tag.is("area") || tag.is("base") {
            return Self::Link;
        }
        let rel = tag.attribute("rel").filter(|_| tag.is("link")).map_or("", AsRef::as_ref);
        let mut words = rel.split_whitespace();
        // `alternate stylesheet` is loaded all the same.
        let is_mention = words.all(|word| MENTIONS.iter().any(|mention| mention.eq_ignore_ascii_case(word)));
        if !rel.is_empty() && is_mention { Self::Name } else { Self::Load }
    }
}

/// Reads the links and the ids of one page.
pub struct LinkReader<'a> {
    path: &'a OutPath,
    routes: &'a Routes,
    /// Where the site will be online, if it says so.
    base_url: Option<&'a str>,
    at_any_depth: bool,
    /// Links that were checked already: lists repeat the same few.
    seen: HashSet<(UrlUse, u64), ahash::RandomState>,
    own_fragments: Vec<(u64, Box<str>)>,
    anchors: Vec<u64>,
    wanted: Vec<WantedFragment>,
    texts: String,
    faults: Vec<PageFault>,
}

impl<'a> LinkReader<'a> {
    #[must_use]
    pub fn new(path: &'a OutPath, route: Route, site: &'a Site) -> Self {
        Self {
            path,
            routes: &site.routes,
            base_url: site.config.base_url.as_deref(),
            at_any_depth: matches!(route, Route::Page(_, Page::NotFound)),
            // Most pages have some dozens of links.
            seen: HashSet::with_capacity_and_hasher(100, ahash::RandomState::default()),
            own_fragments: Vec::new(),
            anchors: Vec::new(),
            wanted: Vec::new(),
            texts: String::new(),
            faults: Vec::new(),
        }
    }

    pub fn token(&mut self, token: &Token<'_, '_>) {
        let Token::Start(tag) = token else { return };
        for (name, value) in &tag.attributes {
            let Some(value) = value else { continue };
            match lower_case(name).as_bytes() {
                b"id" => self.id(value),
                b"href" | b"xlink:href" => self.url(value, UrlUse::of_href(tag)),
                b"src" | b"poster" | b"data" => self.url(value, UrlUse::Load),
                b"action" | b"formaction" => self.url(value, UrlUse::Link),
                b"srcset" | b"imagesrcset" => {
                    for candidate in value.split(',') {
                        self.url(candidate.split_whitespace().next().unwrap_or_default(), UrlUse::Load);
                    }
                }
                b"style" => self.style(value),
                _ => {}
            }
        }
        if tag.is("style") {
            self.style(tag.raw_text);
        }
        self.refresh(tag);
        self.picture(tag);
    }

    /// `<meta property="og:image" content="…">`: a messenger knows no page that an address could start from.
    fn picture(&mut self, tag: &StartTag<'_>) {
        if !tag.is("meta") || tag.attribute("property").is_none_or(|property| property != "og:image") {
            return;
        }
        let address = tag.attribute("content").map_or("", AsRef::as_ref);
        if scheme(address).is_none_or(|scheme| !scheme.starts_with("http")) {
            self.faults.push(dead(self.path, address, "messengers need a full address"));
            return;
        }
        let Some(path) = self.base_url.and_then(|base| address.strip_prefix(base)) else { return };
        let path = percent_decode_str(path).decode_utf8_lossy();
        if self.routes.find(&path).is_none() {
            self.faults.push(dead(self.path, address, "no page and no file is there"));
        }
    }

    /// `<meta http-equiv="refresh" content="0; url=…">`
    fn refresh(&mut self, tag: &StartTag<'_>) {
        let directive = tag.attribute("http-equiv").filter(|_| tag.is("meta"));
        if !directive.is_some_and(|value| value.trim().eq_ignore_ascii_case("refresh")) {
            return;
        }
        let content = tag.attribute("content").map_or("", AsRef::as_ref);
        if let Some(at) = content.to_ascii_lowercase().find("url=") {
            self.url(content[at + "url=".len()..].trim_matches(['\'', '"', ' ']), UrlUse::Link);
        }
    }

    /// The URLs that a style sheet loads; relative ones are in the theme's own `static/`.
    fn style(&mut self, css: &str) {
        let found = |word: &'static str| memmem::find_iter(css.as_bytes(), word);
        for at in found("url(").chain(found("@import")) {
            let rest = css[at..].trim_start_matches("url(").trim_start_matches("@import");
            let url = rest.trim_start().trim_start_matches("url(").trim_start_matches(['"', '\'']);
            let url = url.split(['"', '\'', ')', ';']).next().unwrap_or_default().trim();
            if !url.is_empty() {
                self.url(url, UrlUse::Load);
            }
        }
    }

    fn id(&mut self, id: &str) {
        self.anchors.push(hash(id));
        if id.is_empty() || id.contains(char::is_whitespace) {
            let message = format!("{} has the id {id:?}, which nothing can link to", self.path);
            let diagnostic = Diagnostic::error(Code::BAD_ANCHOR, message)
                .help("an id in a template is not empty and holds no space");
            self.faults.push(PageFault { diagnostic, sought: Sought::Value(id.into()) });
        }
    }

    fn url(&mut self, url: &str, how: UrlUse) {
        if !self.seen.insert((how, hash(url))) {
            return;
        }
        if let Some(fragment) = url.strip_prefix('#') {
            self.own_fragment(fragment);
        } else if let Some(scheme) = scheme(url) {
            self.external(url, scheme, how);
        } else if url.starts_with("//") {
            self.faults.push(dead(self.path, url, "an address of another site begins with https://"));
        } else {
            self.internal(url);
        }
    }

    fn own_fragment(&mut self, fragment: &str) {
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        // An empty fragment is the top of the page, in every browser.
        if !fragment.is_empty() {
            self.own_fragments.push((hash(&fragment), fragment.into()));
        }
    }

    fn external(&mut self, url: &str, scheme: &str, how: UrlUse) {
        match (scheme.to_ascii_lowercase().as_str(), how) {
            ("http" | "https", UrlUse::Link | UrlUse::Name)
            | ("mailto" | "tel" | "sms" | "geo", UrlUse::Link)
            | ("data", UrlUse::Load) => {}
            ("http" | "https", UrlUse::Load) => self.fault_of(
                url,
                fault(Code::THIRD_PARTY, format!("a page loads {url:?} from another site"), self.path)
                    .help("put the file into static/ and link to it there"),
            ),
            _ => self.fault_of(
                url,
                fault(Code::UNSAFE_URL, format!("a page links to {url:?}"), self.path)
                    .help("only http, https, mailto, tel, sms and geo lead out of the site"),
            ),
        }
    }

    fn fault_of(&mut self, url: &str, diagnostic: Diagnostic) {
        self.faults.push(PageFault { diagnostic, sought: Sought::Value(url.into()) });
    }

    fn internal(&mut self, url: &str) {
        if self.at_any_depth {
            let why = "this page is served at any depth, and only a full address works from everywhere";
            self.faults.push(dead(self.path, url, why));
            return;
        }
        let (file, fragment) = url.split_once('#').unwrap_or((url, ""));
        let target = match resolve_url(self.path.as_str(), file) {
            Ok(target) => target,
            Err(why) => {
                self.faults.push(dead(self.path, url, why));
                return;
            }
        };
        if self.routes.find(&target).is_none() {
            self.faults.push(dead(self.path, url, "no page and no file is there"));
            return;
        }
        if fragment.is_empty() {
            return;
        }
        if target == self.path.as_str() {
            self.own_fragment(fragment);
        } else {
            let fragment = percent_decode_str(fragment).decode_utf8_lossy();
            self.texts.push_str(&fragment);
            let end = u32::try_from(self.texts.len()).expect("a page is shorter than 4 GB");
            self.wanted.push(WantedFragment { key: (hash(&target), hash(&fragment)), end });
        }
    }

    /// The facts of the page, and the faults that the page alone shows.
    #[must_use]
    pub fn finish(mut self) -> (PageFacts, Vec<PageFault>) {
        self.anchors.sort_unstable();
        if self.anchors.windows(2).any(|pair| pair[0] == pair[1]) {
            let diagnostic = fault(Code::SAME_ANCHOR, "a page has one id twice".to_owned(), self.path)
                .help("ids in templates begin with page-, and each is on a page only once");
            self.faults.push(PageFault { diagnostic, sought: Sought::Nothing });
        }
        for (hash, text) in std::mem::take(&mut self.own_fragments) {
            if self.anchors.binary_search(&hash).is_err() {
                self.faults.push(dead(self.path, &format!("#{text}"), "the page has no such part"));
            }
        }
        let facts =
            PageFacts { anchors: self.anchors.into(), wanted: self.wanted.into(), texts: self.texts.into() };
        (facts, self.faults)
    }
}

/// Compared only within one run.
fn hash(text: &str) -> u64 {
    const SEEDS: ahash::RandomState = ahash::RandomState::with_seeds(1, 2, 3, 4);
    SEEDS.hash_one(text)
}

/// The scheme of an absolute URL.
fn scheme(url: &str) -> Option<&str> {
    if !url.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (scheme, _) = url.split_once(':')?;
    let is_one = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_one.then_some(scheme)
}

fn dead(path: &OutPath, url: &str, why: &str) -> PageFault {
    let diagnostic = fault(Code::DEAD_OUTPUT_LINK, format!("a page links to {url:?}: {why}"), path)
        .help("the link comes from a template; links to pages come from the views");
    PageFault { diagnostic, sought: Sought::Value(url.into()) }
}

/// A fault of a rendered page. Many pages share one, so the page is only in the help.
fn fault(code: Code, message: String, path: &OutPath) -> Diagnostic {
    Diagnostic::error(code, message).help(format!("while rendering {path}"))
}
