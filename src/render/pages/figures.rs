//! The page of all figures: one block for each measure, one row for each source.

use std::sync::Arc;

use super::Scene;
use super::layout::Heading;
use super::lists::pagination;
use crate::model::Status;
use crate::paths::fold_name;
use crate::render::views::{FigureRowView, FiguresView, LinkView, MeasureView};
use crate::site::figures::FigureRow;
use crate::site::routes::PageNumber;
use crate::site::{ClaimIx, Page};

#[must_use]
pub fn figures(scene: &Scene<'_>, number: PageNumber) -> FiguresView {
    let all = &scene.site.figures;
    let shown = &all[scene.site.paging(all.len()).items(number)];
    let claims: Vec<ClaimIx> = shown.iter().flat_map(|row| row.claims.iter().copied()).collect();
    let mut heading = Heading::new("figures", scene.word("title-figures"));
    scene.date(&mut heading, &claims, &[]);
    FiguresView {
        site: scene.site_view(),
        page: scene.page_view(heading),
        measures: measures(scene, shown),
        pagination: pagination(scene, Page::Figures, number),
    }
}

fn measures(scene: &Scene<'_>, rows: &[Arc<FigureRow>]) -> Vec<MeasureView> {
    let mut measures: Vec<(String, MeasureView)> = Vec::new();
    // The key of a measure is that of its writer's words, whatever the language calls it.
    let mut drawn: Vec<Vec<&FigureRow>> = Vec::new();
    for row in rows {
        let Some(view) = self::row(scene, row) else { continue };
        let Some(figure) = scene.figure_of(row) else { continue };
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
        measure.chart = scene.chart_of_measure(&measure.name, key, &rows, number);
    }
    measures.into_iter().map(|(_, measure)| measure).collect()
}

fn row(scene: &Scene<'_>, row: &FigureRow) -> Option<FigureRowView> {
    let ix = *row.claims.first()?;
    let (linked, claim) = (scene.site.linked_claim(ix), scene.site.claim(ix));
    let status = scene.site.status(ix);
    let link = |ix: &ClaimIx| {
        let briefing = ix.briefing;
        let fragment = format!("claim-{}", scene.site.claim(*ix).id.value);
        LinkView {
            text: scene.briefing_title(briefing).0,
            url: scene.url_at(Page::Briefing(briefing), &fragment),
        }
    };
    Some(FigureRowView {
        figure: scene.figure(claim.figure.as_ref()?, linked, claim),
        source: scene.claim_source(linked),
        via: linked.via.iter().map(|ix| scene.source_link(*ix)).collect(),
        happened: claim.happened.as_ref().map(|when| scene.when(when)),
        status: scene.labelled("status-", status),
        struck: matches!(status, Status::Withdrawn | Status::Disproved),
        depth: row.depth,
        claims: row.claims.iter().map(link).collect(),
    })
}
