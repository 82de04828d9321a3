//! The targets of the links of every text. A broken link is an error with its span.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::diagnostics::{CHUNK, Diagnostics};
use super::indices::{BriefingIx, FileIx, LanguageIx, StubIx};
use super::linked::{Content, Links};
use super::notice;
use super::page::Page;
use super::parts::{LinkTarget, NoticeLinks, ResolvedBody, TextLinks, Translations};
use super::routes::date_id;
use crate::diag::{Code, Diagnostic, Nearest, Span, did_you_mean};
use crate::model::{ArticleBase, Body, BodyLink, Target};
use crate::paths::{Id, OutPath, fold_name, relative_url};
use crate::sources::is_left_over;

/// Resolves the links of every text. A broken link is an error.
pub fn resolve(
    site: &Content,
    hidden: &BTreeMap<Arc<str>, &'static str>,
    diagnostics: &mut Diagnostics<'_>,
) -> Links {
    let texts: Vec<Text<'_>> = texts(site).collect();
    let resolver = Resolver::new(site, &texts, hidden);
    let shared: &Diagnostics<'_> = diagnostics;
    let resolve = |text: &Text<'_>| resolver.text(text, shared.fork());
    let resolved = texts.par_iter().with_max_len(CHUNK).map(resolve);
    let resolved: Vec<(TextLinks, Diagnostics<'_>)> = resolved.collect();
    let mut briefings = Vec::with_capacity(site.briefings.len());
    let mut others = BTreeMap::new();
    let mut backlinks = BTreeMap::new();
    let mut found = Vec::new();
    for (text, (links, diagnostics)) in texts.iter().zip(resolved) {
        add_backlinks(&mut backlinks, text.page, &links.own);
        match text.page {
            Page::Briefing(_) => briefings.push(links),
            page => drop(others.insert(page, links)),
        }
        found.push(diagnostics);
    }
    found.into_iter().for_each(|found| diagnostics.append(found));
    let notice = Arc::new(resolver.notice(diagnostics));
    Links { briefings: briefings.into(), others: Arc::new(others), backlinks: Arc::new(backlinks), notice }
}

fn add_backlinks(backlinks: &mut BTreeMap<Page, Vec<Page>>, from: Page, links: &ResolvedBody) {
    for to in backlinked(from, links) {
        backlinks.entry(to).or_default().push(from);
    }
}

/// The pages that list this one as linking to them: briefings and plain pages list each other.
pub fn backlinked(from: Page, links: &ResolvedBody) -> BTreeSet<Page> {
    let is_listed = |page: Page| matches!(page, Page::Briefing(_) | Page::Plain(_));
    let targets = links.iter().filter_map(|link| match link {
        LinkTarget::Page { page, .. } => Some(*page),
        _ => None,
    });
    targets.filter(|to| is_listed(from) && is_listed(*to) && *to != from).collect()
}

/// The text of an article, with its translations.
struct Text<'a> {
    page: Page,
    article: &'a ArticleBase,
    translations: &'a Translations,
}

/// Every text of the site: briefings, the home page, then the others.
fn texts(site: &Content) -> impl Iterator<Item = Text<'_>> {
    let text = |(page, article)| Text {
        page,
        article,
        translations: site.translations(page).expect("the page shows an article"),
    };
    articles(site).map(text)
}

/// The articles whose text a page shows.
pub fn articles(site: &Content) -> impl Iterator<Item = (Page, &ArticleBase)> {
    let briefings = site.briefings.enumerated();
    let briefings = briefings.map(|(ix, briefing)| (Page::Briefing(ix), &briefing.article.base));
    let home = site.home.iter().map(|page| (Page::Home, &page.article.base));
    let pages = site.pages.enumerated().map(|(ix, page)| (Page::Plain(ix), &page.article.base));
    let places = site
        .neighbourhoods
        .enumerated()
        .filter_map(|(ix, place)| Some((Page::Neighbourhood(ix, 0), &place.term.record.as_ref()?.base)));
    let sources = site
        .sources
        .enumerated()
        .filter_map(|(ix, source)| Some((Page::Source(ix, 0), &source.term.record.as_ref()?.base)));
    let events = site
        .events
        .enumerated()
        .filter_map(|(ix, event)| Some((Page::Event(ix, 0), &event.term.record.as_ref()?.base)));
    briefings.chain(home).chain(pages).chain(places).chain(sources).chain(events)
}

/// How many broken links of one text are reported: enough to see the pattern.
const MOST_REPORTED: usize = 100;

/// An article that a link can name.
struct Linkable<'a> {
    page: Page,
    language: Option<LanguageIx>,
    body: &'a Body,
}

type LookUp<'a, T> = HashMap<&'a str, T, ahash::RandomState>;

struct Resolver<'a> {
    site: &'a Content,
    hidden: &'a BTreeMap<Arc<str>, &'static str>,
    articles: LookUp<'a, Linkable<'a>>,
    files: LookUp<'a, FileIx>,
    briefings: LookUp<'a, BriefingIx>,
    stubs: LookUp<'a, StubIx>,
    suggestions: OnceLock<Suggestions<'a>>,
    terms: Terms<'a>,
}

/// All that a link can name. Made for the first broken link.
struct Suggestions<'a> {
    texts_and_files: Paths<'a>,
    files: Paths<'a>,
    briefings: Nearest<'a>,
    /// Paths of articles and files that are not ASCII, by their composed form (NFC).
    composed: BTreeMap<String, &'a str>,
}

/// Paths, by the name of the file.
struct Paths<'a> {
    names: Nearest<'a>,
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Paths<'a> {
    /// `paths` are in order.
    fn new(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        paths.for_each(|path| by_name.entry(name(path)).or_default().push(path));
        Self { names: Nearest::new(by_name.keys().copied()), by_name }
    }

    /// The path with the name nearest to that of `path`, in the same folder if there is one.
    fn nearest(&self, path: &str) -> Option<&'a str> {
        let named = self.by_name.get(self.names.find(name(path))?)?;
        named.iter().find(|known| folder(known) == folder(path)).or(named.first()).copied()
    }
}

/// The neighbourhoods and sources that a link can name. Made for the first broken link to one.
#[derive(Default)]
pub struct Terms<'a> {
    neighbourhoods: OnceLock<Nearest<'a>>,
    sources: OnceLock<Nearest<'a>>,
}

impl<'a> Terms<'a> {
    fn neighbourhood(&self, site: &'a Content, name: &str) -> Option<&'a str> {
        let known =
            || site.neighbourhoods.iter().flat_map(|place| [place.term.id.as_str(), &place.term.name]);
        self.neighbourhoods.get_or_init(|| Nearest::new(known())).find(name)
    }

    fn source(&self, site: &'a Content, name: &str) -> Option<&'a str> {
        let listed = || site.listed_sources().map(|ix| &site.sources[ix].term);
        let known = || listed().flat_map(|term| [term.id.as_str(), &term.name]);
        self.sources.get_or_init(|| Nearest::new(known())).find(name)
    }
}

/// What is wrong with a broken link, and the remedy.
pub struct BrokenLink {
    code: Code,
    message: String,
    help: String,
}

impl BrokenLink {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    fn unknown(what: &str, name: &str, near: Option<&str>, otherwise: &str) -> Self {
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => otherwise.to_owned(),
        };
        Self::new(Code::DEAD_LINK, format!("there is no {what} \"{name}\""), help)
    }
}

impl<'a> Resolver<'a> {
    fn new(site: &'a Content, texts: &[Text<'a>], hidden: &'a BTreeMap<Arc<str>, &'static str>) -> Self {
        let mut articles = LookUp::with_capacity_and_hasher(texts.len(), ahash::RandomState::new());
        for &Text { page, article, translations } in texts {
            articles.insert(&*article.file, Linkable { page, language: None, body: &article.body });
            for (language, translation) in translations {
                let language =
                    site.languages.iter().position(|known| known == language).map(LanguageIx::from);
                articles.insert(&*translation.file, Linkable { page, language, body: &translation.body });
            }
        }
        for (ix, stub) in site.stubs.enumerated() {
            let page = Page::Stub(ix);
            articles.insert(&*stub.article.file, Linkable { page, language: None, body: &stub.article.body });
        }
        Self {
            site,
            hidden,
            articles,
            files: site.files.enumerated().map(|(ix, file)| (file.path.as_ref(), ix)).collect(),
            briefings: site.briefings.enumerated().map(|(ix, b)| (b.article.id.as_str(), ix)).collect(),
            stubs: site.stubs.enumerated().map(|(ix, stub)| (stub.article.id.as_str(), ix)).collect(),
            suggestions: OnceLock::new(),
            terms: Terms::default(),
        }
    }

    fn suggestions(&self) -> &Suggestions<'a> {
        fn sorted<'a, T>(named: &LookUp<'a, T>) -> Vec<&'a str> {
            let mut names: Vec<&str> = named.keys().copied().collect();
            names.sort_unstable();
            names
        }
        self.suggestions.get_or_init(|| {
            let (articles, files) = (sorted(&self.articles), sorted(&self.files));
            let both = || articles.iter().chain(&files).copied();
            let accented = both().filter(|path| !path.is_ascii());
            Suggestions {
                composed: accented.map(|path| (path.nfc().collect(), path)).collect(),
                texts_and_files: Paths::new(both()),
                files: Paths::new(files.iter().copied()),
                briefings: Nearest::new(sorted(&self.briefings)),
            }
        })
    }

    /// The path of the same letters: some systems name a file with accents as characters of their own (NFD).
    fn same_letters(&self, path: &str) -> Option<&'a str> {
        if path.is_ascii() {
            return None;
        }
        let composed: String = path.nfc().collect();
        self.suggestions().composed.get(&composed).copied().filter(|found| *found != path)
    }

    fn text<'d>(&self, text: &Text<'_>, mut diagnostics: Diagnostics<'d>) -> (TextLinks, Diagnostics<'d>) {
        let own = self.body(&text.article.body, &text.article.file, text.page, &mut diagnostics);
        let mut translated = BTreeMap::new();
        for (language, translation) in text.translations {
            let links = self.body(&translation.body, &translation.file, text.page, &mut diagnostics);
            translated.insert(language.clone(), links);
        }
        (TextLinks { own, translated }, diagnostics)
    }

    fn body(&self, body: &Body, file: &str, owner: Page, diagnostics: &mut Diagnostics<'_>) -> ResolvedBody {
        let mut reported = 0;
        body.links
            .iter()
            .map(|link| match self.link(link, body, file, owner) {
                Ok(target) => target,
                Err(_) if leads_to_broken(&link.target, file, diagnostics) => LinkTarget::Nowhere,
                // Bodies are those of today: their targets may not have existed then.
                Err(_) if self.site.as_of.is_some() && !is_picture(&link.target) => to(owner, ""),
                Err(dead) => {
                    reported += 1;
                    if reported <= MOST_REPORTED {
                        diagnostics.push(dead_link(&dead, file, link.span, diagnostics));
                    }
                    LinkTarget::Nowhere
                }
            })
            .collect()
    }

    fn notice(&self, diagnostics: &mut Diagnostics<'_>) -> NoticeLinks {
        let Some(written) = &self.site.config.notice else { return NoticeLinks::default() };
        let find = |target: &Target| {
            let link = BodyLink { target: target.clone(), span: Span::default() };
            match self.link(&link, &Body::default(), notice::FILE, Page::Home) {
                Ok(target) => Ok(target),
                Err(_) if leads_to_broken(target, notice::FILE, diagnostics) => Ok(LinkTarget::Nowhere),
                // What it names may not have existed then.
                Err(_) if self.site.as_of.is_some() => Ok(LinkTarget::Nowhere),
                Err(broken) => Err(Diagnostic::error(broken.code, broken.message).help(broken.help)),
            }
        };
        let (links, found) = notice::resolve(written, find);
        diagnostics.extend(found);
        links
    }

    fn link(&self, link: &BodyLink, body: &Body, file: &str, owner: Page) -> Result<LinkTarget, BrokenLink> {
        match &link.target {
            Target::Claim { briefing: Some(id), claim } => match self.briefings.get(id.as_ref()) {
                Some(ix) => claim_of(self.site, *ix, claim),
                None => self.claim_of_stub(id),
            },
            Target::File { path, fragment } => self.file(path, fragment, file),
            Target::Picture { path } => self.picture(path, file),
            near => without_files(self.site, &self.terms, near, body, owner)
                .expect("the other targets name no file"),
        }
    }

    /// A withdrawn briefing has no claims any more; the link leads to what says so.
    fn claim_of_stub(&self, id: &str) -> Result<LinkTarget, BrokenLink> {
        match self.stubs.get(id) {
            Some(ix) => Ok(to(Page::Stub(*ix), "")),
            None => {
                let near = self.suggestions().briefings.find(id);
                let otherwise = "the first part is the id of a briefing: its file's name";
                Err(BrokenLink::unknown("briefing", id, near, otherwise))
            }
        }
    }

    fn file(&self, path: &str, fragment: &str, from: &str) -> Result<LinkTarget, BrokenLink> {
        let path = path.trim_end_matches('/');
        if let Some(linked) =
            self.articles.get(path).or_else(|| self.articles.get(format!("{path}/index.md").as_str()))
        {
            return self.article(linked, path, fragment);
        }
        if let Some(file) = self.files.get(path) {
            return Ok(LinkTarget::File(*file));
        }
        if let Some(page) = folder_page(path) {
            return Ok(to(page, ""));
        }
        if let Some((other, path)) = self.published_path(path) {
            return match other {
                Ok(file) => Ok(LinkTarget::File(file)),
                Err(linkable) => self.article(linkable, &path, fragment),
            };
        }
        if let Some(why) = self.hidden.get(path) {
            return Err(hidden(path, why));
        }
        if path.split('/').any(is_left_over) {
            return Err(left_out(path));
        }
        if let Some(same) = self.same_letters(path).or_else(|| self.same_letters(&format!("{path}/index.md")))
        {
            return self.file(same, fragment, from);
        }
        let near = self.suggestions().texts_and_files.nearest(path);
        Err(dead_file("file", path, from, near, "the path counts from the file that holds the link"))
    }

    /// A path as the published site has it, or from content/ on: `leaflet.pdf` of static/, `about.html`, `about`
    /// or `about.md` of content/.
    fn published_path(&self, path: &str) -> Option<(Result<FileIx, &Linkable<'a>>, String)> {
        let in_static = format!("static/{path}");
        if let Some(file) = self.files.get(in_static.as_str()) {
            return Some((Ok(*file), in_static));
        }
        let endings = ["/index.html", ".html", "/index.md", ".md"];
        let stem = endings.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
        let candidates = [format!("content/{stem}.md"), format!("content/{stem}/index.md")];
        candidates.into_iter().find_map(|path| Some((Err(self.articles.get(path.as_str())?), path)))
    }

    fn article(&self, linkable: &Linkable<'_>, path: &str, fragment: &str) -> Result<LinkTarget, BrokenLink> {
        let is_stub = matches!(linkable.page, Page::Stub(_));
        if let Page::Source(ix, _) = linkable.page
            && self.site.sources[ix].is_protected()
        {
            return Err(protected());
        }
        if !fragment.is_empty()
            && !is_stub
            && !has_fragment(fragment, linkable.body)
            && !has_claim(self.site, linkable.page, fragment)
        {
            return Err(dead_fragment(fragment, linkable.body, path));
        }
        let fragment = if is_stub { "" } else { fragment };
        Ok(LinkTarget::Page { page: linkable.page, language: linkable.language, fragment: fragment.into() })
    }

    fn picture(&self, path: &str, from: &str) -> Result<LinkTarget, BrokenLink> {
        let in_static = || self.files.get(format!("static/{path}").as_str());
        if let Some(file) = self.files.get(path).or_else(in_static) {
            return Ok(LinkTarget::Picture(*file));
        }
        if path.split('/').any(is_left_over) {
            return Err(left_out(path));
        }
        if let Some(same) = self.same_letters(path) {
            return self.picture(same, from);
        }
        let near = self.suggestions().files.nearest(path);
        let otherwise = "put it next to the briefing's index.md, or into static/";
        Err(dead_file("picture", path, from, near, otherwise))
    }
}

/// Where a link leads that names neither a file nor another briefing; `None` for those that do.
pub fn without_files<'a>(
    site: &'a Content,
    terms: &Terms<'a>,
    target: &Target,
    body: &Body,
    owner: Page,
) -> Option<Result<LinkTarget, BrokenLink>> {
    Some(match target {
        Target::Neighbourhood(name) => neighbourhood(site, terms, name),
        Target::Source(name) => source(site, terms, name),
        Target::Claim { briefing: None, claim } => own_claim(site, claim, owner),
        Target::Date(page) => match site.date(*page) {
            Some(ix) => Ok(to(Page::Date(ix, 0), "")),
            None => Err(BrokenLink::new(
                Code::DEAD_LINK,
                format!("nothing happened, was said or published on {}", date_id(*page)),
                "a date has a page where a claim or a briefing belongs to it",
            )),
        },
        Target::Fragment(fragment) => own_fragment(site, fragment, body, owner),
        Target::Claim { briefing: Some(_), .. } | Target::File { .. } | Target::Picture { .. } => {
            return None;
        }
    })
}

fn neighbourhood<'a>(site: &'a Content, terms: &Terms<'a>, name: &str) -> Result<LinkTarget, BrokenLink> {
    match site.spellings.neighbourhoods.get(&fold_name(name)) {
        Some(ix) => Ok(to(Page::Neighbourhood(*ix, 0), "")),
        None => {
            let near = terms.neighbourhood(site, name);
            let otherwise = "name it in a briefing, or write a record for it in content/neighbourhoods/";
            Err(BrokenLink::unknown("neighbourhood", name, near, otherwise))
        }
    }
}

fn source<'a>(site: &'a Content, terms: &Terms<'a>, name: &str) -> Result<LinkTarget, BrokenLink> {
    match site.spellings.sources.get(&fold_name(name)) {
        Some(ix) if site.sources[*ix].is_protected() => Err(protected()),
        Some(ix) => Ok(to(Page::Source(*ix, 0), "")),
        None => {
            let near = terms.source(site, name);
            let otherwise = "name it in a briefing, or write a record for it in content/sources/";
            Err(BrokenLink::unknown("source", name, near, otherwise))
        }
    }
}

fn protected() -> BrokenLink {
    let message = "this source is protected, and has no page";
    BrokenLink::new(Code::PROTECTED_SOURCE, message, "write of it without a link and without its name")
}

fn own_claim(site: &Content, claim: &str, owner: Page) -> Result<LinkTarget, BrokenLink> {
    let Page::Briefing(ix) = owner else {
        let message = "only a briefing has claims of its own";
        return Err(BrokenLink::new(
            Code::DEAD_LINK,
            message,
            "write the briefing too: claim:BRIEFING/CLAIM",
        ));
    };
    claim_of(site, ix, claim)
}

fn claim_of(site: &Content, ix: BriefingIx, claim: &str) -> Result<LinkTarget, BrokenLink> {
    let article = &site.briefings[ix].article;
    if article.has_claim(claim) {
        return Ok(to(Page::Briefing(ix), &format!("claim-{claim}")));
    }
    let renamed = article.renamed_claim(claim).map(Id::as_str);
    let near = renamed.or_else(|| did_you_mean(claim, article.claim_ids().map(Id::as_str)));
    Err(BrokenLink::unknown("claim", claim, near, &format!("{} has no such claim", article.file)))
}

fn own_fragment(site: &Content, fragment: &str, body: &Body, owner: Page) -> Result<LinkTarget, BrokenLink> {
    if has_fragment(fragment, body) || has_claim(site, owner, fragment) {
        return Ok(LinkTarget::Fragment(fragment.into()));
    }
    Err(dead_fragment(fragment, body, "this page"))
}

fn has_claim(site: &Content, page: Page, fragment: &str) -> bool {
    let (Page::Briefing(ix), Some(id)) = (page, fragment.strip_prefix("claim-")) else { return false };
    site.briefings[ix].article.has_claim(id)
}

/// A file that is not there, with what to type for the one that was probably meant.
fn dead_file(what: &str, path: &str, from: &str, near: Option<&str>, otherwise: &str) -> BrokenLink {
    let typed =
        near.and_then(|near| Some(relative_url(&OutPath::new(from).ok()?, &OutPath::new(near).ok()?, "")));
    let relative = path.strip_prefix(folder(from)).map_or(path, |path| path.trim_start_matches('/'));
    let help = address_without_scheme(relative)
        .or(typed)
        .map_or_else(|| otherwise.to_owned(), |typed| format!("did you mean \"{typed}\"?"));
    BrokenLink::new(Code::DEAD_LINK, format!("there is no {what} \"{path}\""), help)
}

/// The address that was meant by a mail address or the name of a server: without a scheme, they are files.
fn address_without_scheme(path: &str) -> Option<String> {
    let (server, _) = path.split_once('/').unwrap_or((path, ""));
    let has_domain = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    if let Some((name, domain)) = path.split_once('@') {
        return (!name.is_empty() && !path.contains('/') && has_domain(domain))
            .then(|| format!("mailto:{path}"));
    }
    let is_server = server.starts_with("www.") || path.contains('/');
    (is_server && has_domain(server) && !server.starts_with('.')).then(|| format!("https://{path}"))
}

fn hidden(path: &str, why: &str) -> BrokenLink {
    BrokenLink::new(Code::HIDDEN_TARGET, format!("{path} is {why}"), "publish it too, or take the link out")
}

fn left_out(path: &str) -> BrokenLink {
    let message =
        format!("{path} is left out: its name is one that systems and editors give to files of their own");
    BrokenLink::new(Code::HIDDEN_TARGET, message, "rename the file, or take the link out")
}

fn is_picture(target: &Target) -> bool {
    matches!(target, Target::Picture { .. })
}

/// The target is a file with errors of its own, which are reported already.
fn leads_to_broken(target: &Target, from: &str, diagnostics: &Diagnostics<'_>) -> bool {
    match target {
        Target::File { path, .. } => diagnostics.is_broken(path),
        Target::Claim { briefing: Some(id), .. } => diagnostics.has_broken_briefing(id),
        Target::Claim { briefing: None, .. } => diagnostics.is_broken(from),
        Target::Fragment(fragment) if fragment.starts_with("claim-") => diagnostics.is_broken(from),
        _ => false,
    }
}

fn to(page: Page, fragment: &str) -> LinkTarget {
    LinkTarget::Page { page, language: None, fragment: fragment.into() }
}

/// A folder of the content leads to its list, as it does on GitHub.
fn folder_page(path: &str) -> Option<Page> {
    Some(match path {
        "content" | "" => Page::Home,
        "content/briefings" => Page::Briefings(0),
        "content/neighbourhoods" => Page::Neighbourhoods(0),
        "content/sources" => Page::Sources(0),
        _ => return None,
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn has_fragment(fragment: &str, body: &Body) -> bool {
    body.headings.iter().any(|heading| heading.id.as_ref() == fragment)
}

fn dead_fragment(fragment: &str, body: &Body, of: &str) -> BrokenLink {
    let known = body.headings.iter().map(|heading| heading.id.as_ref());
    let help = match did_you_mean(fragment, known) {
        Some(near) => format!("did you mean \"#{near}\"?"),
        None => "a heading's fragment is its text in lower case, with - for spaces".to_owned(),
    };
    BrokenLink::new(Code::DEAD_FRAGMENT, format!("{of} has no part \"#{fragment}\""), help)
}

fn dead_link(broken: &BrokenLink, file: &str, span: Span, diagnostics: &Diagnostics<'_>) -> Diagnostic {
    Diagnostic::error(broken.code, broken.message.clone())
        .at(diagnostics.place(file, span))
        .label("has no target")
        .help(broken.help.clone())
}
