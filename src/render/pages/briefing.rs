//! The page of a briefing.

use crate::open_data::claims_digest;
use crate::render::pages::context::PageContext;
use crate::render::pages::json_ld::news_article;
use crate::render::pages::parts::backlinks::{backlinks, original};
use crate::render::pages::parts::body::{contents, html, shown_body};
use crate::render::pages::parts::claims::{claims_on_page, gone_claims, indices_on_page, key_figures};
use crate::render::pages::parts::corrections::{boxed_of, corrections, is_boxed};
use crate::render::pages::parts::items::{item, items};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::{neighbourhood_link, neighbourhood_links, source_links};
use crate::render::pages::parts::many_claims::{by_place, figure_table};
use crate::render::pages::parts::maps::locator;
use crate::render::pages::parts::texts::{briefing_title, summary, written_summary};
use crate::render::pages::parts::times::published;
use crate::render::views::{BriefingView, LimitsLangs, RelatedView, Url, printable_table};
use crate::site::{BriefingIx, Page};

/// The most related briefings: the pages of the neighbourhoods have all of them.
const MOST_RELATED: usize = 4;

pub fn briefing(context: &PageContext<'_>, ix: BriefingIx) -> BriefingView {
    let briefing = &context.site.briefings[ix];
    let article = &briefing.article;
    let shown = shown_body(context, context.site.briefing_text(ix));
    let translation = briefing.translations.get(context.lang());
    let (title, title_lang) = briefing_title(context, ix);
    let page = page_view(
        context,
        PageHeading {
            kind: "briefing",
            title,
            title_lang,
            description: summary(context, ix).0,
            is_original: shown.is_original,
            as_of: Some(article.known_until()),
            next_due: article.next_due,
        },
    );
    let (summary, summary_lang) =
        written_summary(context, article.summary.as_deref(), &briefing.translations);
    let lines = |own: &[Box<str>], translated: Option<&Vec<Box<str>>>| {
        let shown = translated.filter(|_| !own.is_empty()).map_or(own, Vec::as_slice);
        shown.iter().map(ToString::to_string).collect()
    };
    let lang_of = |is_translated: bool| context.translated("", is_translated.then_some("")).1;
    let (backlinks, more_backlinks) = backlinks(context, context.site.backlinks(Page::Briefing(ix)));
    let own_corrections = (0..article.corrections.len()).map(|position| (ix, position));
    let below: Vec<_> = own_corrections.filter(|correction| !is_boxed(context, *correction)).collect();
    let mut claims = claims_on_page(context, ix);
    let key_figures = key_figures(&claims);
    let indices = indices_on_page(context, ix);
    let figure_table = figure_table(context, &indices, &claims);
    let claim_places = by_place(context, &indices, &mut claims);
    BriefingView {
        site: site_view(context),
        json_ld: news_article(context, ix, &page),
        page,
        claims_sha256: if context.site.config.outputs.data {
            claims_digest(context.site, ix)
        } else {
            String::new()
        },
        published: published(context, ix),
        updated: article.updated.map(|moment| context.time(moment)),
        checked: article.checked.as_ref().map(|checked| context.time(checked.value)),
        expires: article.expires.map(|moment| context.time(moment)),
        kind: article.kind.map(|kind| context.labelled("kind-", kind)),
        summary,
        summary_lang,
        authors: article.authors.iter().map(ToString::to_string).collect(),
        draft: article.draft,
        moved_to: Url::default(),
        neighbourhoods: neighbourhood_links(context, &briefing.neighbourhoods),
        sources: source_links(context, &briefing.sources),
        locator: locator(context, &briefing.neighbourhoods),
        contents: contents(context, shown.body),
        body: html(context, &shown),
        key_figures,
        claims,
        claim_places,
        figure_table,
        gone_claims: gone_claims(context, ix),
        boxed: boxed_of(context, ix),
        corrections: corrections(context, &below),
        not_known: lines(&article.not_known, translation.and_then(|t| t.not_known.as_ref())),
        not_reached: lines(&article.not_reached, translation.and_then(|t| t.not_reached.as_ref())),
        withheld: lines(&article.withheld, translation.and_then(|t| t.withheld.as_ref())),
        older: context.site.briefings.after(ix).map(|older| item(context, older)),
        newer: context.site.briefings.before(ix).map(|newer| item(context, newer)),
        related: related(context, ix),
        backlinks,
        more_backlinks,
        original: original(context, article, &briefing.translations),
        behind: translation
            .filter(|t| t.has_body_of(article))
            .and_then(|t| t.is_behind(article))
            .map(|changed| context.time(changed)),
        limits_langs: LimitsLangs {
            not_known: lang_of(translation.is_some_and(|t| t.not_known.is_some())),
            not_reached: lang_of(translation.is_some_and(|t| t.not_reached.is_some())),
            withheld: lang_of(translation.is_some_and(|t| t.withheld.is_some())),
        },
        extra: printable_table(&article.extra),
    }
}

/// For each neighbourhood, the next older and the next newer briefing about it, so that a new briefing
/// changes the pages next to it and no others. Each is listed once, under the first neighbourhood in common.
fn related(context: &PageContext<'_>, ix: BriefingIx) -> Vec<RelatedView> {
    let mut listed = vec![ix];
    let mut groups = Vec::new();
    for place in &context.site.briefings[ix].neighbourhoods {
        if listed.len() > MOST_RELATED {
            break;
        }
        let list = &context.site.neighbourhoods[*place].term.briefings;
        let Ok(at) = list.binary_search(&ix) else { continue };
        let positions = [at.checked_sub(1), Some(at + 1)];
        let mut near: Vec<BriefingIx> =
            positions.into_iter().flatten().filter_map(|at| list.get(at).copied()).collect();
        near.retain(|ix| !listed.contains(ix));
        near.truncate(MOST_RELATED + 1 - listed.len());
        listed.extend(&near);
        if !near.is_empty() {
            groups.push(RelatedView {
                neighbourhood: neighbourhood_link(context, *place),
                briefings: items(context, &near),
            });
        }
    }
    groups
}
