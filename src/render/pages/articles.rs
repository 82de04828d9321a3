//! Briefings, plain pages, the home page, and what stands where a page was.

use super::Scene;
use super::layout::Heading;
use crate::model::Briefing;
use crate::render::views::{
    BriefingView, HomeView, LimitsLangs, LinkView, NotFoundView, PlainView, RelatedView, Shared, StubView,
    Url,
};
use crate::site::{
    BriefingIx, DEFAULT_LANGUAGE, LinkedText, NeighbourhoodIx, Page, PlainIx, Site, SourceIx, StubIx,
    StubReason,
};

/// How many briefings, days, neighbourhoods and sources the home page begins with.
const LATEST_ON_HOME: usize = 10;
const DAYS_ON_HOME: usize = 7;
const TERMS_ON_HOME: usize = 12;

/// A page that every briefing links to must not grow with each of them.
const MOST_BACKLINKS: usize = 50;

#[must_use]
pub fn home(scene: &Scene<'_>) -> HomeView {
    let site = scene.site;
    let newest = newest_briefings(site);
    let mut heading = Heading::new("home", scene.site_title());
    scene.date(&mut heading, &[], &newest);
    let mut body = Default::default();
    if let Some(home) = &site.home {
        let shown = scene.shown_body(&home.article.body, &home.text);
        heading.is_original = shown.is_original && !shown.body.html.is_empty();
        let translation = home.text.translations.get(scene.lang());
        let summary = translation.and_then(|t| t.summary.as_deref()).or(home.article.summary.as_deref());
        heading.description = summary.unwrap_or(&shown.body.lead).to_owned();
        let title = translation.and_then(|t| t.title.as_deref());
        if !home.article.title.is_empty() || title.is_some() {
            (heading.title, heading.title_lang) = scene.translated(&home.article.title, title);
        }
        body = scene.html(&shown);
    }
    HomeView {
        site: scene.site_view(),
        page: scene.page_view(heading),
        body,
        boxed: scene.corrected(&site.corrections.boxed),
        all_corrections: scene.url(Page::Corrections(0)),
        briefings: scene.items(&newest),
        all_briefings: scene.url(Page::Briefings(0)),
        neighbourhoods: latest_places(scene),
        all_neighbourhoods: scene.url(Page::Neighbourhoods(0)),
        sources: latest_sources(scene),
        all_sources: scene.url(Page::Sources(0)),
        days: scene.latest_days(DAYS_ON_HOME),
        all_dates: scene.url(Page::Dates),
    }
}

/// Those that the home page begins with.
pub fn newest_briefings(site: &Site) -> Vec<BriefingIx> {
    (0..site.briefings.len().min(LATEST_ON_HOME)).map(BriefingIx::new).collect()
}

fn latest_places(scene: &Scene<'_>) -> Vec<crate::render::views::TermItem> {
    let newest = |ix: &NeighbourhoodIx| scene.site.neighbourhoods[ix.get()].term.briefings.first().copied();
    let places = (0..scene.site.neighbourhoods.len()).map(NeighbourhoodIx::new);
    latest(places, newest).into_iter().map(|ix| scene.neighbourhood_item(ix)).collect()
}

fn latest_sources(scene: &Scene<'_>) -> Vec<crate::render::views::TermItem> {
    let newest = |ix: &SourceIx| scene.site.sources[ix.get()].term.briefings.first().copied();
    latest(scene.site.listed_sources(), newest).into_iter().map(|ix| scene.source_item(ix)).collect()
}

/// The terms with the newest briefings; ties by id.
fn latest<T: Ord>(terms: impl Iterator<Item = T>, newest: impl Fn(&T) -> Option<BriefingIx>) -> Vec<T> {
    let mut terms: Vec<(BriefingIx, T)> = terms.filter_map(|term| Some((newest(&term)?, term))).collect();
    if terms.len() > TERMS_ON_HOME {
        terms.select_nth_unstable(TERMS_ON_HOME);
        terms.truncate(TERMS_ON_HOME);
    }
    terms.sort();
    terms.into_iter().map(|(_, term)| term).collect()
}

/// Up to when a briefing's information reaches: its own word, or when it was last touched.
pub fn as_of(briefing: &Briefing) -> crate::time::Moment {
    briefing.as_of.or(briefing.updated).unwrap_or(briefing.date)
}

#[must_use]
pub fn briefing(scene: &Scene<'_>, ix: BriefingIx) -> BriefingView {
    let briefing = &scene.site.briefings[ix.get()];
    let article = &briefing.article;
    let shown = scene.shown_body(&article.body, &briefing.text);
    let translation = briefing.text.translations.get(scene.lang());
    let (title, title_lang) = scene.briefing_title(ix);
    let heading = Heading {
        kind: "briefing",
        title,
        title_lang,
        description: scene.summary(ix).0,
        is_original: shown.is_original,
        as_of: Some(as_of(article)),
        next_due: article.next_due,
    };
    let written = article
        .summary
        .as_deref()
        .map(|own| scene.translated(own, translation.and_then(|t| t.summary.as_deref())));
    let (summary, summary_lang) = written.unwrap_or_default();
    let own_corrections: Vec<_> = (0..article.corrections.len()).map(|position| (ix, position)).collect();
    let lines = |own: &[Box<str>], translated: Option<&Vec<Box<str>>>| {
        translated.map_or(own, Vec::as_slice).iter().map(ToString::to_string).collect()
    };
    let page = scene.page_view(heading);
    let lang_of = |is_translated: bool| {
        let translated = is_translated.then_some("");
        scene.translated("", translated).1
    };
    BriefingView {
        site: scene.site_view(),
        json_ld: super::json_ld::news_article(scene, ix, &page),
        page,
        published: scene.published(ix),
        updated: article.updated.map(|moment| scene.time(moment)),
        expires: article.expires.map(|moment| scene.time(moment)),
        kind: article.kind.map(|kind| scene.labelled("kind-", kind)),
        summary,
        summary_lang,
        authors: article.authors.iter().map(ToString::to_string).collect(),
        draft: article.draft,
        neighbourhoods: briefing.neighbourhoods.iter().map(|ix| scene.neighbourhood_link(*ix)).collect(),
        sources: briefing.sources.iter().map(|ix| scene.source_link(*ix)).collect(),
        locator: scene.locator(&briefing.neighbourhoods),
        contents: scene.contents(shown.body),
        body: scene.html(&shown),
        claims: scene.site.claims_of(ix).map(|claim| scene.claim(claim)).collect(),
        boxed: scene.boxed_of(ix),
        corrections: scene.corrections(&own_corrections),
        not_known: lines(&article.not_known, translation.and_then(|t| t.not_known.as_ref())),
        not_reached: lines(&article.not_reached, translation.and_then(|t| t.not_reached.as_ref())),
        withheld: lines(&article.withheld, translation.and_then(|t| t.withheld.as_ref())),
        older: scene.site.briefings.get(ix.get() + 1).map(|_| scene.item(BriefingIx::new(ix.get() + 1))),
        newer: ix.get().checked_sub(1).map(|newer| scene.item(BriefingIx::new(newer))),
        related: related(scene, ix),
        backlinks: backlinks(scene, &briefing.backlinks),
        more_backlinks: briefing.backlinks.len().saturating_sub(MOST_BACKLINKS),
        original: original(scene, &briefing.text),
        behind: translation.and_then(|t| t.is_behind(article)).map(|changed| scene.time(changed)),
        limits_langs: LimitsLangs {
            not_known: lang_of(translation.is_some_and(|t| t.not_known.is_some())),
            not_reached: lang_of(translation.is_some_and(|t| t.not_reached.is_some())),
            withheld: lang_of(translation.is_some_and(|t| t.withheld.is_some())),
        },
        extra: super::items::shown_table(&article.extra),
    }
}

/// How many related briefings stand under one: the neighbourhoods' own pages have all of them.
const MOST_RELATED: usize = 4;

/// Other briefings about each neighbourhood, the next older and the next newer one: a new
/// briefing changes the pages beside it and no others. Each stands once, under the first
/// neighbourhood that it shares.
fn related(scene: &Scene<'_>, ix: BriefingIx) -> Vec<RelatedView> {
    let neighbourhoods = &scene.site.briefings[ix.get()].neighbourhoods;
    let mut shown = vec![ix];
    let mut groups = Vec::new();
    for place in neighbourhoods {
        if shown.len() > MOST_RELATED {
            break;
        }
        let list = &scene.site.neighbourhoods[place.get()].term.briefings;
        let Ok(at) = list.binary_search(&ix) else { continue };
        let near = [at.checked_sub(1), Some(at + 1)];
        let mut near: Vec<BriefingIx> =
            near.into_iter().flatten().filter_map(|at| list.get(at).copied()).collect();
        near.retain(|ix| !shown.contains(ix));
        near.truncate(MOST_RELATED + 1 - shown.len());
        shown.extend(&near);
        if !near.is_empty() {
            groups.push(RelatedView {
                neighbourhood: scene.neighbourhood_link(*place),
                briefings: scene.items(&near),
            });
        }
    }
    groups
}

fn backlinks(scene: &Scene<'_>, from: &[Page]) -> Vec<LinkView> {
    from.iter()
        .take(MOST_BACKLINKS)
        .filter_map(|page| match page {
            Page::Briefing(ix) => Some(scene.briefing_link(*ix)),
            Page::Plain(ix) => Some(LinkView { text: scene.plain_title(ix.get()).0, url: scene.url(*page) }),
            _ => None,
        })
        .collect()
}

/// The page in the site's own language, where this one is a translation.
fn original(scene: &Scene<'_>, text: &LinkedText) -> Option<LinkView> {
    text.translations.get(scene.lang())?;
    let lang = scene.site.language(DEFAULT_LANGUAGE);
    let url = scene.url_in(DEFAULT_LANGUAGE, scene.page, "");
    Some(LinkView { text: scene.words.language_name(lang), url })
}

#[must_use]
pub fn page(scene: &Scene<'_>, ix: PlainIx) -> PlainView {
    let page = &scene.site.pages[ix.get()];
    let shown = scene.shown_body(&page.article.body, &page.text);
    let translation = page.text.translations.get(scene.lang());
    let (title, title_lang) = scene.plain_title(ix.get());
    let mut heading = Heading::new("page", title);
    heading.title_lang = title_lang;
    heading.is_original = shown.is_original;
    (heading.as_of, heading.next_due) = (page.article.as_of, page.article.next_due);
    let summary = translation.and_then(|t| t.summary.as_deref()).or(page.article.summary.as_deref());
    heading.description = summary.unwrap_or(&shown.body.lead).to_owned();
    PlainView {
        site: scene.site_view(),
        page: scene.page_view(heading),
        contents: scene.contents(shown.body),
        body: scene.html(&shown),
        backlinks: backlinks(scene, &page.backlinks),
        more_backlinks: page.backlinks.len().saturating_sub(MOST_BACKLINKS),
        original: original(scene, &page.text),
        extra: super::items::shown_table(&page.article.extra),
    }
}

#[must_use]
pub fn not_found(scene: &Scene<'_>) -> NotFoundView {
    let mut site = scene.make_site_view();
    // Served at any depth, where a relative link would lead astray.
    site.menu.clear();
    site.home = Url::default();
    NotFoundView {
        site: Shared::new(site),
        page: scene.page_view(Heading::new("404", scene.word("title-404"))),
        home: scene.site.config.base_url.as_deref().unwrap_or_default().to_owned(),
    }
}

/// What stands where a withdrawn or expired briefing was.
#[must_use]
pub fn stub(scene: &Scene<'_>, ix: StubIx) -> StubView {
    let stub = &scene.site.stubs[ix.get()];
    let (reason, key) = match stub.reason {
        StubReason::Withdrawn => ("withdrawn", "title-withdrawn"),
        StubReason::Expired => ("expired", "title-expired"),
    };
    let mut heading = Heading::new("stub", scene.word(key));
    (heading.as_of, heading.next_due) = (Some(stub.at), stub.article.next_due);
    let why = stub.article.withdrawn.as_ref().map(|withdrawn| withdrawn.why.to_string());
    StubView {
        site: scene.site_view(),
        page: scene.page_view(heading),
        reason,
        what: stub.article.title.to_string(),
        url: Url::default(),
        at: Some(scene.time(stub.at)),
        why: why.unwrap_or_default(),
    }
}

/// What stands at a path that a page had before. The scene's page is the one that moved.
#[must_use]
pub fn redirect(scene: &Scene<'_>) -> StubView {
    let mut heading = Heading::new("stub", scene.word("title-moved"));
    match scene.page {
        Page::Briefing(ix) => scene.date(&mut heading, &[], &[ix]),
        Page::Stub(ix) => heading.as_of = Some(scene.site.stubs[ix.get()].at),
        _ => {}
    }
    let mut page = scene.page_view(heading);
    page.languages.clear();
    page.text = Url::default();
    StubView {
        site: scene.site_view(),
        page,
        reason: "moved",
        what: scene.page_title(scene.page),
        url: scene.url(scene.page),
        at: None,
        why: String::new(),
    }
}
