//! Briefings, plain pages, the home page, and what stands where a page was.

use super::PageContext;
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
pub fn home(context: &PageContext<'_>) -> HomeView {
    let site = context.site;
    let newest = newest_briefings(site);
    let mut heading = Heading::new("home", context.site_title());
    context.date(&mut heading, &[], &newest);
    let mut body = Default::default();
    if let Some(home) = &site.home {
        let shown = context.shown_body(&home.article.body, &home.text);
        heading.is_original = shown.is_original && !shown.body.html.is_empty();
        let translation = home.text.translations.get(context.lang());
        let summary = translation.and_then(|t| t.summary.as_deref()).or(home.article.summary.as_deref());
        heading.description = summary.unwrap_or(&shown.body.lead).to_owned();
        let title = translation.and_then(|t| t.title.as_deref());
        if !home.article.title.is_empty() || title.is_some() {
            (heading.title, heading.title_lang) = context.translated(&home.article.title, title);
        }
        body = context.html(&shown);
    }
    HomeView {
        site: context.site_view(),
        page: context.page_view(heading),
        body,
        boxed: context.corrected(&site.corrections.boxed),
        all_corrections: context.url(Page::Corrections(0)),
        briefings: context.items(&newest),
        all_briefings: context.url(Page::Briefings(0)),
        neighbourhoods: latest_places(context),
        all_neighbourhoods: context.url(Page::Neighbourhoods(0)),
        sources: latest_sources(context),
        all_sources: context.url(Page::Sources(0)),
        days: context.latest_days(DAYS_ON_HOME),
        all_dates: context.url(Page::Dates),
    }
}

/// Those that the home page begins with.
pub fn newest_briefings(site: &Site) -> Vec<BriefingIx> {
    (0..site.briefings.len().min(LATEST_ON_HOME)).map(BriefingIx::new).collect()
}

fn latest_places(context: &PageContext<'_>) -> Vec<crate::render::views::TermItem> {
    let newest = |ix: &NeighbourhoodIx| context.site.neighbourhoods[ix.get()].term.briefings.first().copied();
    let places = (0..context.site.neighbourhoods.len()).map(NeighbourhoodIx::new);
    latest(places, newest).into_iter().map(|ix| context.neighbourhood_item(ix)).collect()
}

fn latest_sources(context: &PageContext<'_>) -> Vec<crate::render::views::TermItem> {
    let newest = |ix: &SourceIx| context.site.sources[ix.get()].term.briefings.first().copied();
    latest(context.site.listed_sources(), newest).into_iter().map(|ix| context.source_item(ix)).collect()
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
pub fn briefing(context: &PageContext<'_>, ix: BriefingIx) -> BriefingView {
    let briefing = &context.site.briefings[ix.get()];
    let article = &briefing.article;
    let shown = context.shown_body(&article.body, &briefing.text);
    let translation = briefing.text.translations.get(context.lang());
    let (title, title_lang) = context.briefing_title(ix);
    let heading = Heading {
        kind: "briefing",
        title,
        title_lang,
        description: context.summary(ix).0,
        is_original: shown.is_original,
        as_of: Some(as_of(article)),
        next_due: article.next_due,
    };
    let written = article
        .summary
        .as_deref()
        .map(|own| context.translated(own, translation.and_then(|t| t.summary.as_deref())));
    let (summary, summary_lang) = written.unwrap_or_default();
    let own_corrections: Vec<_> = (0..article.corrections.len()).map(|position| (ix, position)).collect();
    let lines = |own: &[Box<str>], translated: Option<&Vec<Box<str>>>| {
        translated.map_or(own, Vec::as_slice).iter().map(ToString::to_string).collect()
    };
    let page = context.page_view(heading);
    let lang_of = |is_translated: bool| {
        let translated = is_translated.then_some("");
        context.translated("", translated).1
    };
    BriefingView {
        site: context.site_view(),
        json_ld: super::json_ld::news_article(context, ix, &page),
        page,
        published: context.published(ix),
        updated: article.updated.map(|moment| context.time(moment)),
        expires: article.expires.map(|moment| context.time(moment)),
        kind: article.kind.map(|kind| context.labelled("kind-", kind)),
        summary,
        summary_lang,
        authors: article.authors.iter().map(ToString::to_string).collect(),
        draft: article.draft,
        neighbourhoods: briefing.neighbourhoods.iter().map(|ix| context.neighbourhood_link(*ix)).collect(),
        sources: briefing.sources.iter().map(|ix| context.source_link(*ix)).collect(),
        locator: context.locator(&briefing.neighbourhoods),
        contents: context.contents(shown.body),
        body: context.html(&shown),
        claims: context.site.claims_of(ix).map(|claim| context.claim(claim)).collect(),
        boxed: context.boxed_of(ix),
        corrections: context.corrections(&own_corrections),
        not_known: lines(&article.not_known, translation.and_then(|t| t.not_known.as_ref())),
        not_reached: lines(&article.not_reached, translation.and_then(|t| t.not_reached.as_ref())),
        withheld: lines(&article.withheld, translation.and_then(|t| t.withheld.as_ref())),
        older: context.site.briefings.get(ix.get() + 1).map(|_| context.item(BriefingIx::new(ix.get() + 1))),
        newer: ix.get().checked_sub(1).map(|newer| context.item(BriefingIx::new(newer))),
        related: related(context, ix),
        backlinks: backlinks(context, &briefing.backlinks),
        more_backlinks: briefing.backlinks.len().saturating_sub(MOST_BACKLINKS),
        original: original(context, &briefing.text),
        behind: translation.and_then(|t| t.is_behind(article)).map(|changed| context.time(changed)),
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
fn related(context: &PageContext<'_>, ix: BriefingIx) -> Vec<RelatedView> {
    let neighbourhoods = &context.site.briefings[ix.get()].neighbourhoods;
    let mut shown = vec![ix];
    let mut groups = Vec::new();
    for place in neighbourhoods {
        if shown.len() > MOST_RELATED {
            break;
        }
        let list = &context.site.neighbourhoods[place.get()].term.briefings;
        let Ok(at) = list.binary_search(&ix) else { continue };
        let near = [at.checked_sub(1), Some(at + 1)];
        let mut near: Vec<BriefingIx> =
            near.into_iter().flatten().filter_map(|at| list.get(at).copied()).collect();
        near.retain(|ix| !shown.contains(ix));
        near.truncate(MOST_RELATED + 1 - shown.len());
        shown.extend(&near);
        if !near.is_empty() {
            groups.push(RelatedView {
                neighbourhood: context.neighbourhood_link(*place),
                briefings: context.items(&near),
            });
        }
    }
    groups
}

fn backlinks(context: &PageContext<'_>, from: &[Page]) -> Vec<LinkView> {
    from.iter()
        .take(MOST_BACKLINKS)
        .filter_map(|page| match page {
            Page::Briefing(ix) => Some(context.briefing_link(*ix)),
            Page::Plain(ix) => {
                Some(LinkView { text: context.plain_title(ix.get()).0, url: context.url(*page) })
            }
            _ => None,
        })
        .collect()
}

/// The page in the site's own language, where this one is a translation.
fn original(context: &PageContext<'_>, text: &LinkedText) -> Option<LinkView> {
    text.translations.get(context.lang())?;
    let lang = context.site.language(DEFAULT_LANGUAGE);
    let url = context.url_in(DEFAULT_LANGUAGE, context.page, "");
    Some(LinkView { text: context.words.language_name(lang), url })
}

#[must_use]
pub fn page(context: &PageContext<'_>, ix: PlainIx) -> PlainView {
    let page = &context.site.pages[ix.get()];
    let shown = context.shown_body(&page.article.body, &page.text);
    let translation = page.text.translations.get(context.lang());
    let (title, title_lang) = context.plain_title(ix.get());
    let mut heading = Heading::new("page", title);
    heading.title_lang = title_lang;
    heading.is_original = shown.is_original;
    (heading.as_of, heading.next_due) = (page.article.as_of, page.article.next_due);
    let summary = translation.and_then(|t| t.summary.as_deref()).or(page.article.summary.as_deref());
    heading.description = summary.unwrap_or(&shown.body.lead).to_owned();
    PlainView {
        site: context.site_view(),
        page: context.page_view(heading),
        contents: context.contents(shown.body),
        body: context.html(&shown),
        backlinks: backlinks(context, &page.backlinks),
        more_backlinks: page.backlinks.len().saturating_sub(MOST_BACKLINKS),
        original: original(context, &page.text),
        extra: super::items::shown_table(&page.article.extra),
    }
}

#[must_use]
pub fn not_found(context: &PageContext<'_>) -> NotFoundView {
    let mut site = context.make_site_view();
    // Served at any depth, where a relative link would lead astray.
    site.menu.clear();
    site.home = Url::default();
    NotFoundView {
        site: Shared::new(site),
        page: context.page_view(Heading::new("404", context.word("title-404"))),
        home: context.site.config.base_url.as_deref().unwrap_or_default().to_owned(),
    }
}

/// What stands where a withdrawn or expired briefing was.
#[must_use]
pub fn stub(context: &PageContext<'_>, ix: StubIx) -> StubView {
    let stub = &context.site.stubs[ix.get()];
    let (reason, key) = match stub.reason {
        StubReason::Withdrawn => ("withdrawn", "title-withdrawn"),
        StubReason::Expired => ("expired", "title-expired"),
    };
    let mut heading = Heading::new("stub", context.word(key));
    (heading.as_of, heading.next_due) = (Some(stub.at), stub.article.next_due);
    let why = stub.article.withdrawn.as_ref().map(|withdrawn| withdrawn.why.to_string());
    StubView {
        site: context.site_view(),
        page: context.page_view(heading),
        reason,
        what: stub.article.title.to_string(),
        url: Url::default(),
        at: Some(context.time(stub.at)),
        why: why.unwrap_or_default(),
    }
}

/// What stands at a path that a page had before. The context's page is the one that moved.
#[must_use]
pub fn redirect(context: &PageContext<'_>) -> StubView {
    let mut heading = Heading::new("stub", context.word("title-moved"));
    match context.page {
        Page::Briefing(ix) => context.date(&mut heading, &[], &[ix]),
        Page::Stub(ix) => heading.as_of = Some(context.site.stubs[ix.get()].at),
        _ => {}
    }
    let mut page = context.page_view(heading);
    page.languages.clear();
    page.text = Url::default();
    StubView {
        site: context.site_view(),
        page,
        reason: "moved",
        what: context.page_title(context.page),
        url: context.url(context.page),
        at: None,
        why: String::new(),
    }
}
