//! Reads rendered pages as a browser would, and checks every internal link, fragments and
//! assets included.
//!
//! The views' links are right by their types; what a template or a theme writes by hand is not.
//! Owns the rules for a link in finished HTML. Reads no file.
//!
//! Invariant: what passes resolves on a server root, under a sub-path and from disk.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use memchr::{memchr, memmem, memrchr};
use percent_encoding::percent_decode_str;

use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::site::{Page, Route, Routes};

use crate::html::tokens::{self, Tag};

/// What one page offers to others, and asks of them. A preview keeps those of every page.
#[derive(Clone, Debug, Default)]
pub struct PageFacts {
    /// Hashes of the page's ids, sorted.
    anchors: Arc<[u64]>,
    asked: Arc<[AskedFragment]>,
    /// The texts of the fragments that it asks for, one behind the other.
    texts: Arc<str>,
}

/// A fragment of another page that a page links to.
#[derive(Clone, Copy, Debug)]
struct AskedFragment {
    /// Hashes of the path and of the fragment.
    key: (u64, u64),
    /// Where its text ends.
    end: u32,
}

impl PageFacts {
    /// Each fragment that is asked for, and its text.
    fn asked(&self) -> impl Iterator<Item = ((u64, u64), &str)> {
        let mut begin = 0;
        self.asked.iter().map(move |asked| {
            let text = &self.texts[begin..asked.end as usize];
            begin = asked.end as usize;
            (asked.key, text)
        })
    }
}

/// The facts of a page, and what is wrong with its links as far as the page alone tells.
#[must_use]
pub fn read(html: &str, path: &OutPath, route: Route, routes: &Routes) -> (PageFacts, Vec<Diagnostic>) {
    let mut reader = Reader::new(path, route, routes);
    tokens::start_tags(html, |tag| reader.tag(tag));
    reader.finish()
}

/// The fragments that all pages ask for, gathered while they are rendered.
#[derive(Debug, Default)]
pub struct Fragments {
    /// The place among the routes, the hash of the path, the facts.
    pages: Vec<(usize, u64, PageFacts)>,
}

impl Fragments {
    /// The facts of the page at a path, which is at this place among the routes.
    pub fn add(&mut self, page: usize, path: &OutPath, facts: PageFacts) {
        self.pages.push((page, hash(path.as_str()), facts));
    }

    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        self.pages.extend(other.pages);
        self
    }

    /// What was asked for and is not there, by the page that asks first.
    #[must_use]
    pub fn missing(&self, routes: &Routes) -> Vec<(usize, Diagnostic)> {
        let missing = self.first_to_miss();
        let targets: HashSet<u64> = missing.keys().map(|(target, _)| *target).collect();
        let named = routes.all().iter().map(|(path, _)| (hash(path.as_str()), path));
        let named: BTreeMap<u64, &OutPath> = named.filter(|(hash, _)| targets.contains(hash)).collect();
        let mut missing: Vec<(usize, &str, u64)> =
            missing.into_iter().map(|((target, _), (page, text))| (page, text, target)).collect();
        missing.sort_by_key(|(page, text, target)| (*page, *text, named.get(target).copied()));
        let diagnostic = |(page, text, target): (usize, &str, u64)| {
            let to = named.get(&target)?;
            let told = dead(&routes.all()[page].0, &format!("{to}#{text}"), "the page has no such part");
            Some((page, told))
        };
        missing.into_iter().filter_map(diagnostic).collect()
    }

    /// By the hashes of path and fragment: the first page that asks for what is not there, and the text.
    fn first_to_miss(&self) -> BTreeMap<(u64, u64), (usize, &str)> {
        let offered: HashMap<u64, &[u64], ahash::RandomState> =
            self.pages.iter().map(|(_, path, facts)| (*path, facts.anchors.as_ref())).collect();
        let is_missing = |(target, fragment): (u64, u64)| {
            offered.get(&target).is_none_or(|anchors| anchors.binary_search(&fragment).is_err())
        };
        let mut missing = BTreeMap::new();
        for (page, _, facts) in &self.pages {
            for (key, text) in facts.asked().filter(|(key, _)| is_missing(*key)) {
                let first = missing.entry(key).or_insert((*page, text));
                first.0 = first.0.min(*page);
            }
        }
        missing
    }
}

/// What a page does with a URL.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Use {
    /// A reader may follow it.
    Link,
    /// The page names it (its canonical address, its feed) and does not load it.
    Name,
    /// A browser fetches it by itself.
    Load,
}

impl Use {
    fn of_href(tag: &Tag<'_>) -> Self {
        if tag.is("a") || tag.is("area") || tag.is("base") {
            return Self::Link;
        }
        let rel = tag.attribute("rel").filter(|_| tag.is("link")).unwrap_or_default();
        let names = ["canonical", "alternate", "me", "license", "author", "next", "prev"];
        let is_name = |word: &str| names.iter().any(|name| name.eq_ignore_ascii_case(word));
        // `alternate stylesheet` is loaded all the same.
        if !rel.is_empty() && rel.split_whitespace().all(is_name) { Self::Name } else { Self::Load }
    }
}

/// Reads one page, tag by tag.
pub struct Reader<'a> {
    path: &'a OutPath,
    routes: &'a Routes,
    at_any_depth: bool,
    /// Links that were looked at: lists repeat the same few.
    seen: HashSet<(Use, u64), ahash::RandomState>,
    own_fragments: Vec<(u64, Box<str>)>,
    anchors: Vec<u64>,
    asked: Vec<AskedFragment>,
    texts: String,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    #[must_use]
    pub fn new(path: &'a OutPath, route: Route, routes: &'a Routes) -> Self {
        Self {
            path,
            routes,
            at_any_depth: matches!(route, Route::Page(_, Page::NotFound)),
            // Most pages have some dozens of links: this spares growing.
            seen: HashSet::with_capacity_and_hasher(100, ahash::RandomState::default()),
            own_fragments: Vec::new(),
            anchors: Vec::new(),
            asked: Vec::new(),
            texts: String::new(),
            diagnostics: Vec::new(),
        }
    }

    pub fn tag(&mut self, tag: &Tag<'_>) {
        for (name, value) in &tag.attributes {
            let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
            let name = if is_lower { Cow::Borrowed(*name) } else { Cow::Owned(name.to_ascii_lowercase()) };
            match name.as_bytes() {
                b"id" => self.id(value),
                b"href" | b"xlink:href" => self.url(value, Use::of_href(tag)),
                b"src" | b"poster" | b"data" => self.url(value, Use::Load),
                b"action" | b"formaction" => self.url(value, Use::Link),
                b"srcset" | b"imagesrcset" => {
                    for candidate in value.split(',') {
                        self.url(candidate.split_whitespace().next().unwrap_or_default(), Use::Load);
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
    }

    /// `<meta http-equiv="refresh" content="0; url=…">`
    fn refresh(&mut self, tag: &Tag<'_>) {
        let is_refresh = |value: &str| value.trim().eq_ignore_ascii_case("refresh");
        if !tag.is("meta") || !tag.attribute("http-equiv").is_some_and(is_refresh) {
            return;
        }
        let content = tag.attribute("content").unwrap_or_default();
        if let Some(at) = content.to_ascii_lowercase().find("url=") {
            self.url(content[at + "url=".len()..].trim_matches(['\'', '"', ' ']), Use::Link);
        }
    }

    /// What a style sheet loads; relative URLs of it are the theme's own `static/`.
    fn style(&mut self, css: &str) {
        let found = |word: &'static str| memmem::find_iter(css.as_bytes(), word);
        for at in found("url(").chain(found("@import")) {
            let rest = css[at..].trim_start_matches("url(").trim_start_matches("@import");
            let url = rest.trim_start().trim_start_matches("url(").trim_start_matches(['"', '\'']);
            let url = url.split(['"', '\'', ')', ';']).next().unwrap_or_default().trim();
            if !url.is_empty() {
                self.url(url, Use::Load);
            }
        }
    }

    fn id(&mut self, id: &str) {
        self.anchors.push(hash(id));
        if id.is_empty() || id.contains(char::is_whitespace) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::BAD_ANCHOR,
                    format!("{} has the id {id:?}, which nothing can link to", self.path),
                )
                .help("an id in a template is not empty and holds no space"),
            );
        }
    }

    fn url(&mut self, url: &str, how: Use) {
        if !self.seen.insert((how, hash(url))) {
            return;
        }
        if let Some(fragment) = url.strip_prefix('#') {
            self.own_fragment(fragment);
        } else if let Some(scheme) = scheme(url) {
            self.external(url, scheme, how);
        } else if url.starts_with("//") {
            self.diagnostics.push(dead(self.path, url, "an address of another site begins with https://"));
        } else {
            self.internal(url);
        }
    }

    fn own_fragment(&mut self, fragment: &str) {
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        // An empty one is the top of the page, in every browser.
        if !fragment.is_empty() {
            self.own_fragments.push((hash(&fragment), fragment.into()));
        }
    }

    fn external(&mut self, url: &str, scheme: &str, how: Use) {
        match (scheme.to_ascii_lowercase().as_str(), how) {
            ("http" | "https", Use::Link | Use::Name)
            | ("mailto" | "tel", Use::Link)
            | ("data", Use::Load) => {}
            ("http" | "https", Use::Load) => self.diagnostics.push(
                fault(Code::THIRD_PARTY, format!("a page loads {url:?} from another site"), self.path)
                    .help("put the file into static/ and link to it there"),
            ),
            _ => self.diagnostics.push(
                fault(Code::UNSAFE_URL, format!("a page links to {url:?}"), self.path)
                    .help("only http, https, mailto and tel lead out of the site"),
            ),
        }
    }

    fn internal(&mut self, url: &str) {
        if self.at_any_depth {
            let why = "this page is served at any depth, and only a full address works from everywhere";
            self.diagnostics.push(dead(self.path, url, why));
            return;
        }
        let (file, fragment) = url.split_once('#').unwrap_or((url, ""));
        let target = match resolve(self.path.as_str(), file) {
            Ok(target) => target,
            Err(why) => {
                self.diagnostics.push(dead(self.path, url, why));
                return;
            }
        };
        if self.routes.find(&target).is_none() {
            self.diagnostics.push(dead(self.path, url, "no page and no file is there"));
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
            let end = u32::try_from(self.texts.len()).expect("a page is too short for that");
            self.asked.push(AskedFragment { key: (hash(&target), hash(&fragment)), end });
        }
    }

    /// The facts of the page, and what is wrong with its links as far as the page alone tells.
    #[must_use]
    pub fn finish(mut self) -> (PageFacts, Vec<Diagnostic>) {
        self.anchors.sort_unstable();
        if self.anchors.windows(2).any(|pair| pair[0] == pair[1]) {
            self.diagnostics.push(
                fault(Code::SAME_ANCHOR, "a page has one id twice".to_owned(), self.path)
                    .help("ids in templates begin with page-, and each stands once on a page"),
            );
        }
        for (hash, text) in std::mem::take(&mut self.own_fragments) {
            if self.anchors.binary_search(&hash).is_err() {
                self.diagnostics.push(dead(self.path, &format!("#{text}"), "the page has no such part"));
            }
        }
        let (anchors, asked, texts) = (self.anchors.into(), self.asked.into(), self.texts.into());
        (PageFacts { anchors, asked, texts }, self.diagnostics)
    }
}

/// Only ever compared within one run.
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

/// The quick way for what most links look like: one folder up, and nothing to decode.
fn from_folder(from: &str, path: &str) -> Option<String> {
    let rest = path.strip_prefix("../")?;
    if memchr(b'%', rest.as_bytes()).is_some() || rest.as_bytes().windows(2).any(|pair| pair == b"./") {
        return None;
    }
    let folder = &from[..memrchr(b'/', from.as_bytes())?];
    let above = memrchr(b'/', folder.as_bytes()).map_or("", |slash| &from[..=slash]);
    Some([above, rest].concat())
}

/// The output path that a relative URL on a page leads to.
pub fn resolve(from: &str, url: &str) -> Result<String, &'static str> {
    let path = url.split_once('?').map_or(url, |(path, _)| path);
    if path.starts_with('/') {
        return Err("it counts from a server's root, which a sub-path or a USB stick does not have");
    }
    if path.is_empty() {
        return Ok(from.to_owned());
    }
    if let Some(target) = from_folder(from, path) {
        return Ok(target);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop().ok_or("it leaves the site")?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    percent_decode_str(&joined).decode_utf8().map(Into::into).map_err(|_| "it is not UTF-8")
}

fn dead(path: &OutPath, url: &str, why: &str) -> Diagnostic {
    fault(Code::DEAD_OUTPUT_LINK, format!("a page links to {url:?}: {why}"), path)
        .help("the link comes from a template; links to pages come from the views")
}

/// A fault of a rendered page. Many pages share one: the page stands in the help.
fn fault(code: Code, message: String, path: &OutPath) -> Diagnostic {
    Diagnostic::error(code, message).help(format!("while rendering {path}"))
}

/// The URL that a fault of this module is about, as it stands in the page.
#[must_use]
pub fn url_of(fault: &Diagnostic) -> Option<&str> {
    let (_, quoted) = fault.message.split_once('"')?;
    quoted.split_once('"').map(|(url, _)| url)
}
