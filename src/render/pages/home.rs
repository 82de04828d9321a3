//! The home page: the last reports, what changed, and the newest briefings.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::render::pages::changes::days_of;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::board::{board, newest_day};
use crate::render::pages::parts::body::{html, shown_body};
use crate::render::pages::parts::changes::one_of_each;
use crate::render::pages::parts::corrections::corrected;
use crate::render::pages::parts::items::item;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::newest_briefings;
use crate::render::pages::parts::texts::written_summary;
use crate::render::views::{HeadlineView, HomeView, Html};
use crate::site::{BriefingIx, Changed, Page, Site, SiteChange};

/// How many briefings the page names.
const MOST_HEADLINES: usize = 5;
/// How many changes of the latest day the page lists.
const MOST_CHANGES: usize = 4;

pub fn home(context: &PageContext<'_>) -> HomeView {
    let site = context.site;
    let newest = newest_briefings(site);
    let board = board(context);
    let on_board = board.as_ref().map(|board| board.claims.as_slice()).unwrap_or_default();
    let mut heading = PageHeading::dated("home", context.site_title(), context, on_board, &newest);
    let mut body = Html::default();
    let (mut summary, mut summary_lang) = Default::default();
    if let Some((home, text)) = site.home.as_ref().zip(site.text(Page::Home)) {
        let shown = shown_body(context, text);
        heading.is_original = shown.is_original && !shown.body.html.is_empty();
        (summary, summary_lang) =
            written_summary(context, home.article.summary.as_deref(), &home.translations);
        let described: &str = if summary.is_empty() { &shown.body.lead } else { &summary };
        described.clone_into(&mut heading.description);
        let title = home.translations.get(context.lang()).and_then(|t| t.title.as_deref());
        if !home.article.title.is_empty() || title.is_some() {
            (heading.title, heading.title_lang) = context.translated(&home.article.title, title);
        }
        body = html(context, &shown);
    }
    let latest = LatestChanges::of(context);
    HomeView {
        site: site_view(context),
        page: page_view(context, heading),
        summary,
        summary_lang,
        body,
        boxed: corrected(context, &site.corrections.boxed),
        all_corrections: context.url(Page::Corrections(0)),
        board: board.map(|board| board.view),
        all_neighbourhoods: context.url(Page::Neighbourhoods(0)),
        changed_since: latest.since.map(|day| context.words.date(context.lang(), day)).unwrap_or_default(),
        changes: one_of_each(context, latest.turns.into_iter(), MOST_CHANGES),
        new_briefings: latest.briefings,
        new_claims: latest.claims,
        all_changes: context.url(Page::Changes(0)),
        headlines: headlines(context, &newest),
        all_briefings: context.url(Page::Briefings(0)),
    }
}

fn headlines(context: &PageContext<'_>, newest: &[BriefingIx]) -> Vec<HeadlineView> {
    let Some(today) = newest_day(context.site) else { return Vec::new() };
    let headline = |ix: &BriefingIx| {
        let published = context.site.briefings[*ix].article.date;
        HeadlineView {
            briefing: item(context, *ix),
            when: context.words.hour_or_day(context.lang(), published, today),
        }
    };
    newest.iter().take(MOST_HEADLINES).map(headline).collect()
}

/// What changed on the latest day with changes.
#[derive(Default)]
struct LatestChanges<'s> {
    /// The day before.
    since: Option<Date>,
    /// What readers must not miss, without what is in the box above.
    turns: Vec<&'s SiteChange>,
    briefings: usize,
    claims: usize,
}

impl<'s> LatestChanges<'s> {
    fn of(context: &PageContext<'s>) -> Self {
        let site = context.site;
        let Some(latest) = days_of(context, &site.changes.all).next() else { return Self::default() };
        let mut turns: Vec<&SiteChange> =
            latest.changes.iter().filter(|change| change.is_turn() && !is_boxed(site, change)).collect();
        turns.sort_by_key(|change| change.changed);
        let came = latest.changes.iter().filter_map(|change| match change.changed {
            Changed::Published(ix) => Some(ix),
            Changed::Claimed(claim) => {
                let article = &site.briefings[claim.briefing].article;
                (change.at() == article.shown_from()).then_some(claim.briefing)
            }
            _ => None,
        });
        let is_claim = |change: &&SiteChange| matches!(change.changed, Changed::Claimed(_));
        Self {
            since: latest.day.yesterday().ok(),
            turns,
            briefings: came.collect::<BTreeSet<BriefingIx>>().len(),
            claims: latest.changes.iter().filter(is_claim).count(),
        }
    }
}

fn is_boxed(site: &Site, change: &SiteChange) -> bool {
    matches!(change.changed, Changed::Corrected(which) if site.corrections.boxed.contains(&which))
}
