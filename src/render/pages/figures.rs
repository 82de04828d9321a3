//! The page of all figures: one block per measure with a chart and one row per source.

use std::sync::Arc;

use fluent_bundle::FluentArgs;

use crate::charts::figures;
use crate::model::Figure;
use crate::paths::fold_name;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::charts::{chart_view, frame};
use crate::render::pages::parts::claims::{claim_source, figure, holds};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::source_links;
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::texts::briefing_title;
use crate::render::pages::parts::times::when;
use crate::render::views::{ChartView, FigureRowView, FiguresView, LinkView, MeasureView};
use crate::site::FigureRow;
use crate::site::PageNumber;
use crate::site::{ClaimIx, Page};

pub fn figures(context: &PageContext<'_>, number: PageNumber) -> FiguresView {
    let shown = items_on_page(context, &context.site.figures, number);
    let claims: Vec<ClaimIx> = shown.iter().flat_map(|row| row.claims.iter().copied()).collect();
    let heading = PageHeading::dated("figures", context.word("title-figures"), context, &claims, &[]);
    FiguresView {
        site: site_view(context),
        page: page_view(context, heading),
        measures: measures(context, shown),
        pagination: pagination(context, Page::Figures, number),
    }
}

/// The rows of one measure on a page.
struct Measure<'s> {
    /// From the writer's words, whatever the page's language calls it.
    key: String,
    rows: Vec<&'s FigureRow>,
    view: MeasureView,
}

fn measures(context: &PageContext<'_>, rows: &[Arc<FigureRow>]) -> Vec<MeasureView> {
    let mut measures: Vec<Measure<'_>> = Vec::new();
    for row in rows {
        let Some(view) = row_view(context, row) else { continue };
        let Some(figure) = figure_of(context, row) else { continue };
        let key = fold_name(&figure.measure);
        if measures.last().is_none_or(|last| last.key != key) {
            let anchor = format!("page-measure-{key}");
            let name = view.figure.measure.clone();
            let view = MeasureView { name, anchor, chart: None, rows: Vec::new() };
            measures.push(Measure { key, rows: Vec::new(), view });
        }
        let measure = measures.last_mut().expect("one was just pushed");
        measure.rows.push(row);
        measure.view.rows.push(view);
    }
    let with_chart = |(number, mut measure): (usize, Measure<'_>)| {
        measure.view.chart = chart(context, &measure, number + 1);
        measure.view
    };
    measures.into_iter().enumerate().map(with_chart).collect()
}

fn row_view(context: &PageContext<'_>, row: &FigureRow) -> Option<FigureRowView> {
    let ix = *row.claims.first()?;
    let linked = context.site.linked_claim(ix);
    let claim = context.site.claim(ix);
    let status = context.site.status(ix);
    let link =
        |ix: &ClaimIx| LinkView { text: briefing_title(context, ix.briefing).0, url: context.claim_url(*ix) };
    Some(FigureRowView {
        figure: figure(context, claim.figure.as_ref()?, linked, claim),
        source: claim_source(context, linked),
        via: source_links(context, &linked.via),
        happened: claim.happened.as_ref().map(|happened| when(context, happened)),
        status: context.labelled("status-", status),
        struck: !holds(status),
        depth: row.depth,
        claims: row.claims.iter().map(link).collect(),
    })
}

fn figure_of<'a>(context: &PageContext<'a>, row: &FigureRow) -> Option<&'a Figure> {
    context.site.claim(*row.claims.first()?).figure.as_deref()
}

/// The rows of one measure, on the scale of the whole measure. Running totals are left out: they do not
/// compare with the figures of a day. None for fewer than two numbers, which need no comparing.
fn chart(context: &PageContext<'_>, measure: &Measure<'_>, number: usize) -> Option<ChartView> {
    let rows: Vec<figures::FigureBar> =
        measure.rows.iter().filter_map(|row| chart_row(context, row)).collect();
    let numbers = rows.iter().filter(|row| row.has_number());
    if numbers.count() < 2 {
        return None;
    }
    let words = figures::FigureWords {
        number: &|number| context.number(number),
        open: &context.word("chart-no-limit"),
        best: &context.word("chart-best"),
        vague: &context.word("chart-vague"),
    };
    let id = format!("page-figures-{number}");
    let description = context.word("chart-figures-description");
    let most = largest_number(context, &measure.key);
    let chart = figures::draw(&frame(context, &id, &measure.view.name, &description), &rows, most, &words)?;
    let note = match measure.rows.len() - rows.len() + chart.left_out {
        0 => String::new(),
        count => context.word_with_count("chart-undrawn-figures", count),
    };
    Some(chart_view(chart, note))
}

/// The largest number of a measure, on whichever page.
fn largest_number(context: &PageContext<'_>, key: &str) -> f64 {
    let all = &context.site.figures;
    let rows = &all.as_slice()[all.rows_of(&context.site.briefings, key)];
    let figures = rows.iter().filter_map(|row| figure_of(context, row)).filter(|figure| !figure.cumulative);
    figures.flat_map(|figure| [figure.min, figure.best, figure.max]).flatten().fold(0.0, f64::max)
}

/// None for a running total.
fn chart_row(context: &PageContext<'_>, row: &FigureRow) -> Option<figures::FigureBar> {
    let ix = *row.claims.first()?;
    let figure = context.site.claim(ix).figure.as_deref().filter(|figure| !figure.cumulative)?;
    let source = match context.site.linked_claim(ix).source {
        Some(ix) => context.source_name(ix),
        None => context.word("unattributed"),
    };
    Some(figures::FigureBar {
        label: format!("{source}: {}", range_in_words(context, figure)),
        min: figure.min,
        best: figure.best,
        max: figure.max,
        vague: figure.vague,
        struck: !holds(context.site.status(ix)),
        depth: row.depth,
    })
}

fn range_in_words(context: &PageContext<'_>, figure: &Figure) -> String {
    match (figure.min, figure.best, figure.max) {
        (_, Some(best), _) => context.number(best),
        (Some(min), None, Some(max)) if min == max => context.number(min),
        (Some(min), None, Some(max)) => {
            let mut args = FluentArgs::new();
            args.set("min", context.number(min));
            args.set("max", context.number(max));
            context.words.format(context.lang(), "figure-range", &args).unwrap_or_default()
        }
        (Some(min), None, None) => context.word_with("figure-min", "min", context.number(min)),
        (None, None, Some(max)) => context.word_with("figure-max", "max", context.number(max)),
        (None, None, None) => context.word("figure-no-number"),
    }
}
