//! The page of all figures: one block for each measure, one row for each source.

use std::sync::Arc;

use super::PageContext;
use super::layout::Heading;
use super::lists::pagination;
use crate::model::Status;
use crate::paths::fold_name;
use crate::render::views::{FigureRowView, FiguresView, LinkView, MeasureView};
use crate::site::figures::FigureRow;
use crate::site::routes::PageNumber;
use crate::site::{ClaimIx, Page};

#[must_use]
pub fn figures(context: &PageContext<'_>, number: PageNumber) -> FiguresView {
    let all = &context.site.figures;
    let shown = &all[context.site.paging(all.len()).items(number)];
    let claims: Vec<ClaimIx> = shown.iter().flat_map(|row| row.claims.iter().copied()).collect();
    let mut heading = Heading::new("figures", context.word("title-figures"));
    context.date(&mut heading, &claims, &[]);
    FiguresView {
        site: context.site_view(),
        page: context.page_view(heading),
        measures: measures(context, shown),
        pagination: pagination(context, Page::Figures, number),
    }
}

fn measures(context: &PageContext<'_>, rows: &[Arc<FigureRow>]) -> Vec<MeasureView> {
    let mut measures: Vec<(String, MeasureView)> = Vec::new();
    // The key of a measure is that of its writer's words, whatever the language calls it.
    let mut drawn: Vec<Vec<&FigureRow>> = Vec::new();
    for row in rows {
        let Some(view) = self::row(context, row) else { continue };
        let Some(figure) = context.figure_of(row) else { continue };
        let key = fold_name(&figure.measure);
        if measures.last().is_none_or(|(last, _)| *last != key) {
            let anchor = format!("page-measure-{key}");
            let name = view.figure.measure.clone();
            drawn.push(Vec::new());
            measures.push((key, MeasureView { name, anchor, chart: None, rows: Vec::new() }));
        }
        measures.last_mut().expect("one was just pushed").1.rows.push(view);
        drawn.last_mut().expect("as many as measures").push(row);
    }
    for (((key, measure), rows), number) in measures.iter_mut().zip(drawn).zip(1..) {
        measure.chart = context.chart_of_measure(&measure.name, key, &rows, number);
    }
    measures.into_iter().map(|(_, measure)| measure).collect()
}

fn row(context: &PageContext<'_>, row: &FigureRow) -> Option<FigureRowView> {
    let ix = *row.claims.first()?;
    let (linked, claim) = (context.site.linked_claim(ix), context.site.claim(ix));
    let status = context.site.status(ix);
    let link = |ix: &ClaimIx| {
        let briefing = ix.briefing;
        let fragment = format!("claim-{}", context.site.claim(*ix).id.value);
        LinkView {
            text: context.briefing_title(briefing).0,
            url: context.url_at(Page::Briefing(briefing), &fragment),
        }
    };
    Some(FigureRowView {
        figure: context.figure(claim.figure.as_ref()?, linked, claim),
        source: context.claim_source(linked),
        via: linked.via.iter().map(|ix| context.source_link(*ix)).collect(),
        happened: claim.happened.as_ref().map(|when| context.when(when)),
        status: context.labelled("status-", status),
        struck: matches!(status, Status::Withdrawn | Status::Disproved),
        depth: row.depth,
        claims: row.claims.iter().map(link).collect(),
    })
}
