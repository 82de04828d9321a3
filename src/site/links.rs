//! Where the links of every text lead; what leads nowhere is an error with its span.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::{AT_A_TIME, BriefingIx, FileIx, LanguageIx, LinkedText, Notes, Page, Site, StubIx};
use crate::diag::{Code, Diagnostic, Span, did_you_mean};
use crate::model::{Body, BodyLink, Target};
use crate::paths::{OutPath, fold_name, relative_url};

/// One target for each link of a body.
pub type ResolvedBody = Vec<LinkTarget>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Page {
        page: Page,
        /// The language that was asked for by linking to a translation; `None`: the reader's.
        language: Option<LanguageIx>,
        fragment: Box<str>,
    },
    /// A part of the page itself.
    Fragment(Box<str>),
    File(FileIx),
    /// Was told as an error; the site will not be published.
    Nowhere,
}

pub fn resolve(site: &mut Site, hidden: &BTreeMap<Arc<str>, &'static str>, notes: &mut Notes<'_>) {
    let bodies: Vec<OwnBody<'_>> = bodies(site).collect();
    let resolver = Resolver::new(site, &bodies, hidden);
    let shared: &Notes<'_> = notes;
    let resolve = |own: &OwnBody<'_>| resolver.text(own, shared.beside());
    let resolved: Vec<Resolved> = bodies.par_iter().with_max_len(AT_A_TIME).map(resolve).collect();
    for own in resolved {
        for link in &own.links {
            if let LinkTarget::Page { page, .. } = link {
                add_backlink(site, *page, own.owner);
            }
        }
        let text = text_mut(site, own.owner);
        text.links = own.links;
        text.translated_links = own.translated;
        notes.diagnostics.extend(own.diagnostics);
    }
}

/// The links of one text.
struct Resolved {
    owner: Page,
    links: ResolvedBody,
    translated: BTreeMap<String, ResolvedBody>,
    diagnostics: Vec<Diagnostic>,
}

fn add_backlink(site: &mut Site, to: Page, from: Page) {
    let is_article = matches!(from, Page::Briefing(_) | Page::Plain(_));
    if !is_article || from == to {
        return;
    }
    let backlinks = match to {
        Page::Briefing(ix) => &mut site.briefings.edit(ix).backlinks,
        Page::Plain(ix) => &mut site.pages.edit(ix).backlinks,
        _ => return,
    };
    // Links of one body come together, so that looking at the last one finds every repetition.
    if backlinks.last() != Some(&from) {
        backlinks.push(from);
    }
}

/// A text of the site: who owns it, its links' slot, its body and its file.
type OwnBody<'a> = (Page, &'a LinkedText, &'a Body, &'a str);

/// Every text of the site.
fn bodies(site: &Site) -> impl Iterator<Item = OwnBody<'_>> {
    let briefings = site
        .briefings
        .enumerated()
        .map(|(ix, b)| (Page::Briefing(ix), &b.text, &b.article.body, b.article.file.as_ref()));
    let home = site.home.iter().map(|p| (Page::Home, &p.text, &p.article.body, p.article.file.as_ref()));
    let pages = site
        .pages
        .enumerated()
        .map(|(ix, p)| (Page::Plain(ix), &p.text, &p.article.body, p.article.file.as_ref()));
    let places = site.neighbourhoods.enumerated().filter_map(|(ix, n)| {
        let record = n.term.record.as_ref()?;
        let page = Page::Neighbourhood(ix, 0);
        Some((page, &n.term.text, &record.body, record.file.as_ref()))
    });
    let sources = site.sources.enumerated().filter_map(|(ix, s)| {
        let record = s.term.record.as_ref()?;
        Some((Page::Source(ix, 0), &s.term.text, &record.body, record.file.as_ref()))
    });
    let events = site.events.enumerated().filter_map(|(ix, e)| {
        let record = e.term.record.as_ref()?;
        Some((Page::Event(ix, 0), &e.term.text, &record.body, record.file.as_ref()))
    });
    briefings.chain(home).chain(pages).chain(places).chain(sources).chain(events)
}

pub fn text_mut(site: &mut Site, owner: Page) -> &mut LinkedText {
    match owner {
        Page::Briefing(ix) => &mut site.briefings.edit(ix).text,
        Page::Plain(ix) => &mut site.pages.edit(ix).text,
        Page::Neighbourhood(ix, _) => &mut site.neighbourhoods.edit(ix).term.text,
        Page::Source(ix, _) => &mut site.sources.edit(ix).term.text,
        Page::Event(ix, _) => &mut site.events.edit(ix).term.text,
        _ => &mut site.home.as_mut().expect("the other texts are the home page's").text,
    }
}

/// How many dead links of one text are told: enough to see the pattern.
const MOST_TOLD: usize = 100;

/// What a file of the content is in the site.
struct Linked<'a> {
    page: Page,
    language: Option<LanguageIx>,
    body: &'a Body,
}

/// For looking up; what was perhaps meant is looked for in [`Known`].
type Named<'a, T> = HashMap<&'a str, T, ahash::RandomState>;

struct Resolver<'a> {
    site: &'a Site,
    hidden: &'a BTreeMap<Arc<str>, &'static str>,
    articles: Named<'a, Linked<'a>>,
    files: Named<'a, FileIx>,
    briefings: Named<'a, BriefingIx>,
    stubs: Named<'a, StubIx>,
    known: OnceLock<Known<'a>>,
}

/// All that a link can name, in order; made when the first one leads nowhere.
struct Known<'a> {
    articles: Vec<&'a str>,
    files: Vec<&'a str>,
    briefings: Vec<&'a str>,
}

/// The fact and the remedy of a link that leads nowhere.
pub struct Dead {
    code: Code,
    message: String,
    help: String,
}

impl Dead {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    fn unknown<'n>(
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: &str,
    ) -> Self {
        let help = match did_you_mean(name, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => otherwise.to_owned(),
        };
        Self::new(Code::DEAD_LINK, format!("there is no {what} \"{name}\""), help)
    }
}

impl<'a> Resolver<'a> {
    fn new(site: &'a Site, bodies: &[OwnBody<'a>], hidden: &'a BTreeMap<Arc<str>, &'static str>) -> Self {
        let mut articles = Named::with_capacity_and_hasher(bodies.len(), ahash::RandomState::new());
        for (page, text, body, file) in bodies {
            articles.insert(*file, Linked { page: *page, language: None, body });
            for (language, translation) in &text.translations {
                let language =
                    site.languages.iter().position(|known| known == language).map(LanguageIx::from);
                articles.insert(&translation.file, Linked { page: *page, language, body: &translation.body });
            }
        }
        for (ix, stub) in site.stubs.enumerated() {
            let page = Page::Stub(ix);
            articles.insert(&stub.article.file, Linked { page, language: None, body: &stub.article.body });
        }
        Self {
            site,
            hidden,
            articles,
            files: site.files.enumerated().map(|(ix, file)| (file.path.as_ref(), ix)).collect(),
            briefings: site.briefings.enumerated().map(|(ix, b)| (b.article.id.as_str(), ix)).collect(),
            stubs: site.stubs.enumerated().map(|(ix, s)| (s.article.id.as_str(), ix)).collect(),
            known: OnceLock::new(),
        }
    }

    fn known(&self) -> &Known<'a> {
        fn sorted<'a, T>(named: &Named<'a, T>) -> Vec<&'a str> {
            let mut names: Vec<&str> = named.keys().copied().collect();
            names.sort_unstable();
            names
        }
        self.known.get_or_init(|| Known {
            articles: sorted(&self.articles),
            files: sorted(&self.files),
            briefings: sorted(&self.briefings),
        })
    }

    fn text(&self, (owner, text, body, file): &OwnBody<'_>, mut notes: Notes<'_>) -> Resolved {
        let links = self.body(body, file, *owner, &mut notes);
        let mut translated = BTreeMap::new();
        for (language, translation) in &text.translations {
            let links = self.body(&translation.body, &translation.file, *owner, &mut notes);
            translated.insert(language.clone(), links);
        }
        Resolved { owner: *owner, links, translated, diagnostics: notes.diagnostics }
    }

    fn body(&self, body: &Body, file: &str, owner: Page, notes: &mut Notes<'_>) -> ResolvedBody {
        let mut told = 0;
        body.links
            .iter()
            .map(|link| match self.link(link, body, file, owner) {
                Ok(target) => target,
                Err(_) if leads_to_broken(&link.target, notes) => LinkTarget::Nowhere,
                // Bodies are as they stand: what they lead to may not have been there yet.
                Err(_) if self.site.as_of.is_some() && !is_picture(&link.target) => to(owner, ""),
                Err(dead) => {
                    told += 1;
                    if told <= MOST_TOLD {
                        notes.push(dead_link(&dead, file, link.span, notes));
                    }
                    LinkTarget::Nowhere
                }
            })
            .collect()
    }

    fn link(&self, link: &BodyLink, body: &Body, file: &str, owner: Page) -> Result<LinkTarget, Dead> {
        match &link.target {
            Target::Claim { briefing: Some(id), claim } => match self.briefings.get(id.as_ref()) {
                Some(ix) => claim_of(self.site, *ix, claim),
                None => self.claim_of_stub(id),
            },
            Target::File { path, fragment } => self.file(path, fragment, file),
            Target::Picture { path } => self.picture(path, file),
            near => without_files(self.site, near, body, owner).expect("the other targets name no file"),
        }
    }

    /// A withdrawn briefing has no claims any more; the link leads to what says so.
    fn claim_of_stub(&self, id: &str) -> Result<LinkTarget, Dead> {
        match self.stubs.get(id) {
            Some(ix) => Ok(to(Page::Stub(*ix), "")),
            None => {
                let known = self.known().briefings.iter().copied();
                Err(Dead::unknown(
                    "briefing",
                    id,
                    known,
                    "the first part is the id of a briefing: its file's name",
                ))
            }
        }
    }

    fn file(&self, path: &str, fragment: &str, from: &str) -> Result<LinkTarget, Dead> {
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
        if let Some(why) = self.hidden.get(path) {
            return Err(hidden(path, why));
        }
        let known = self.known();
        let known = known.articles.iter().chain(&known.files).copied();
        Err(dead_file("file", path, from, known, "the path counts from the file that the link stands in"))
    }

    fn article(&self, linked: &Linked<'_>, path: &str, fragment: &str) -> Result<LinkTarget, Dead> {
        let is_stub = matches!(linked.page, Page::Stub(_));
        if let Page::Source(ix, _) = linked.page
            && self.site.sources[ix].is_protected()
        {
            return Err(protected());
        }
        if !fragment.is_empty()
            && !is_stub
            && !has_fragment(fragment, linked.body)
            && !has_claim(self.site, linked.page, fragment)
        {
            return Err(dead_fragment(fragment, linked.body, path));
        }
        let fragment = if is_stub { "" } else { fragment };
        Ok(LinkTarget::Page { page: linked.page, language: linked.language, fragment: fragment.into() })
    }

    fn picture(&self, path: &str, from: &str) -> Result<LinkTarget, Dead> {
        if let Some(file) = self.files.get(path) {
            return Ok(LinkTarget::File(*file));
        }
        let known = self.known().files.iter().copied();
        Err(dead_file("picture", path, from, known, "put it beside the briefing's index.md, or into static/"))
    }
}

/// Where a link leads that names neither a file nor another briefing; `None` for those that do.
pub fn without_files(
    site: &Site,
    target: &Target,
    body: &Body,
    owner: Page,
) -> Option<Result<LinkTarget, Dead>> {
    Some(match target {
        Target::Neighbourhood(name) => neighbourhood(site, name),
        Target::Source(name) => source(site, name),
        Target::Claim { briefing: None, claim } => own_claim(site, claim, owner),
        Target::Date(page) => match site.date(*page) {
            Some(ix) => Ok(to(Page::Date(ix, 0), "")),
            None => Err(Dead::new(
                Code::DEAD_LINK,
                format!("nothing happened, was said or published on {}", super::routes::date_id(*page)),
                "a date has a page where a claim or a briefing belongs to it",
            )),
        },
        Target::Fragment(fragment) => own_fragment(site, fragment, body, owner),
        Target::Claim { briefing: Some(_), .. } | Target::File { .. } | Target::Picture { .. } => {
            return None;
        }
    })
}

fn neighbourhood(site: &Site, name: &str) -> Result<LinkTarget, Dead> {
    match site.spellings.neighbourhoods.get(&fold_name(name)) {
        Some(ix) => Ok(to(Page::Neighbourhood(*ix, 0), "")),
        None => {
            let known = site.neighbourhoods.iter().flat_map(|n| [n.term.id.as_str(), &n.term.name]);
            let otherwise = "name it in a briefing, or write a record for it in content/neighbourhoods/";
            Err(Dead::unknown("neighbourhood", name, known, otherwise))
        }
    }
}

fn source(site: &Site, name: &str) -> Result<LinkTarget, Dead> {
    match site.spellings.sources.get(&fold_name(name)) {
        Some(ix) if site.sources[*ix].is_protected() => Err(protected()),
        Some(ix) => Ok(to(Page::Source(*ix, 0), "")),
        None => {
            let listed = site.listed_sources().map(|ix| &site.sources[ix].term);
            let known = listed.flat_map(|term| [term.id.as_str(), &term.name]);
            let otherwise = "name it in a briefing, or write a record for it in content/sources/";
            Err(Dead::unknown("source", name, known, otherwise))
        }
    }
}

fn protected() -> Dead {
    let message = "this source is protected, and has no page";
    Dead::new(Code::PROTECTED_SOURCE, message, "write of it without a link and without its name")
}

fn own_claim(site: &Site, claim: &str, owner: Page) -> Result<LinkTarget, Dead> {
    let Page::Briefing(ix) = owner else {
        let message = "only a briefing has claims of its own";
        return Err(Dead::new(Code::DEAD_LINK, message, "write the briefing too: claim:BRIEFING/CLAIM"));
    };
    claim_of(site, ix, claim)
}

fn claim_of(site: &Site, ix: BriefingIx, claim: &str) -> Result<LinkTarget, Dead> {
    let article = &site.briefings[ix].article;
    if article.claims.iter().any(|known| known.id.value.as_str() == claim) {
        return Ok(to(Page::Briefing(ix), &format!("claim-{claim}")));
    }
    let known = article.claims.iter().map(|known| known.id.value.as_str());
    Err(Dead::unknown("claim", claim, known, &format!("{} has no such claim", article.file)))
}

fn own_fragment(site: &Site, fragment: &str, body: &Body, owner: Page) -> Result<LinkTarget, Dead> {
    if has_fragment(fragment, body) || has_claim(site, owner, fragment) {
        return Ok(LinkTarget::Fragment(fragment.into()));
    }
    Err(dead_fragment(fragment, body, "this page"))
}

fn has_claim(site: &Site, page: Page, fragment: &str) -> bool {
    let (Page::Briefing(ix), Some(id)) = (page, fragment.strip_prefix("claim-")) else { return false };
    site.briefings[ix].article.claims.iter().any(|claim| claim.id.value.as_str() == id)
}

/// A file that is not there, with what to type for the one of nearly its name.
fn dead_file<'n>(
    what: &str,
    path: &str,
    from: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    otherwise: &str,
) -> Dead {
    let near = did_you_mean(name(path), known.clone().map(name));
    let typed = near.and_then(|near| {
        let is_near = |known: &&str| name(known) == near;
        let in_folder = known.clone().filter(is_near).find(|known| folder(known) == folder(path));
        let found = in_folder.or_else(|| known.clone().find(is_near))?;
        Some(relative_url(&OutPath::new(from).ok()?, &OutPath::new(found).ok()?, ""))
    });
    let help = typed.map_or_else(|| otherwise.to_owned(), |typed| format!("did you mean \"{typed}\"?"));
    Dead::new(Code::DEAD_LINK, format!("there is no {what} \"{path}\""), help)
}

fn hidden(path: &str, why: &str) -> Dead {
    Dead::new(Code::HIDDEN_TARGET, format!("{path} is {why}"), "publish it too, or take the link out")
}

fn is_picture(target: &Target) -> bool {
    matches!(target, Target::Picture { .. })
}

/// What an article is named after: its file, or the folder of an index.md.
fn stem(path: &str) -> &str {
    name(path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path))
}

/// The target is a file with errors of its own, which are told already.
fn leads_to_broken(target: &Target, notes: &Notes<'_>) -> bool {
    let is_named = |file: &Arc<str>, id: &str| crate::paths::slugify(stem(file)) == id;
    match target {
        Target::File { path, .. } => notes.is_broken(path),
        Target::Claim { briefing: Some(id), .. } => notes.broken.iter().any(|file| is_named(file, id)),
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

fn dead_fragment(fragment: &str, body: &Body, of: &str) -> Dead {
    let known = body.headings.iter().map(|heading| heading.id.as_ref());
    let help = match did_you_mean(fragment, known) {
        Some(near) => format!("did you mean \"#{near}\"?"),
        None => "a heading's fragment is its text in lower case, with - for spaces".to_owned(),
    };
    Dead::new(Code::DEAD_FRAGMENT, format!("{of} has no part \"#{fragment}\""), help)
}

fn dead_link(dead: &Dead, file: &str, span: Span, notes: &Notes<'_>) -> Diagnostic {
    Diagnostic::error(dead.code, dead.message.clone())
        .at(notes.place(file, span))
        .label("leads nowhere")
        .help(dead.help.clone())
}
