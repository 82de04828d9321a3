//! The page of all figures: one block per measure with a chart, and one row per place and source.

use std::sync::Arc;

use fluent_bundle::FluentArgs;

use crate::charts::{RowName, figures};
use crate::i18n::numbers_in;
use crate::model::Figure;
use crate::parse::front_matter::figure_agreement::other_numbers;
use crate::paths::fold_name;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::charts::{chart_view, frame};
use crate::render::pages::parts::claims::{MOST_REPEATS, claim_source, figure, repeat_links};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::{neighbourhood_links, source_links};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::texts::{briefing_title, claim_text};
use crate::render::pages::parts::times::{range_sense, when};
use crate::render::views::{ChartView, FigureRowView, FiguresView, LinkView, MeasureView};
use crate::site::FigureRow;
use crate::site::PageNumber;
use crate::site::{ClaimIx, NeighbourhoodIx, Page};

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
        let Some(mut view) = row_view(context, row) else { continue };
        let Some(figure) = figure_of(context, row) else { continue };
        let key = fold_name(&figure.measure);
        if measures.last().is_none_or(|last| last.key != key) {
            let anchor = format!("page-measure-{key}");
            let name = view.figure.measure.clone();
            let block = MeasureView { name, anchor, chart: None, rows: Vec::new() };
            measures.push(Measure { key, rows: Vec::new(), view: block });
        }
        let measure = measures.last_mut().expect("one was just pushed");
        view.begins_place =
            measure.rows.last().is_none_or(|above| places(context, above) != places(context, row));
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
    let repeats = row.claims.iter().flat_map(|ix| context.site.repeats_of(*ix));
    let also_in: Vec<LinkView> =
        row.claims.iter().skip(1).map(link).chain(repeat_links(context, repeats)).collect();
    let (text, lang) = claim_text(context, linked, claim);
    let own = claim.figure.as_ref()?;
    let mut figure = figure(context, own, linked, claim);
    // A number is shown once: as the source said it, or in the digits of the page's language.
    let said_lang = if figure.said_lang.is_empty() { context.lang() } else { &figure.said_lang };
    let says_number = says_number(&figure.said, said_lang, own);
    let is_read_here = figure.said_lang.is_empty();
    if says_number && !is_read_here {
        figure.said.clear();
    }
    Some(FigureRowView {
        figure,
        quote_suffices: says_number && is_read_here,
        neighbourhoods: neighbourhood_links(context, &linked.neighbourhoods),
        begins_place: true,
        text,
        lang,
        url: context.claim_url(ix),
        source: claim_source(context, linked),
        via: source_links(context, &linked.via),
        happened: claim.happened.as_ref().map(|happened| when(context, happened, range_sense(claim.kind))),
        status: context.labelled("status-", status),
        struck: !status.holds(),
        depth: row.depth,
        more_also_in: also_in.len().saturating_sub(MOST_REPEATS),
        also_in: also_in.into_iter().take(MOST_REPEATS).collect(),
    })
}

/// The source's own words have the number of the figure.
fn says_number(said: &str, language: &str, figure: &Figure) -> bool {
    !numbers_in(said, language).is_empty() && other_numbers(said, language, figure).is_none()
}

fn figure_of<'a>(context: &PageContext<'a>, row: &FigureRow) -> Option<&'a Figure> {
    context.site.claim(*row.claims.first()?).figure.as_deref()
}

fn places<'s>(context: &PageContext<'s>, row: &FigureRow) -> &'s [NeighbourhoodIx] {
    row.claims.first().map_or(&[], |ix| &context.site.linked_claim(*ix).neighbourhoods)
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
        name: RowName {
            text: row_label(context, ix, &source, figure),
            struck: !context.site.status(ix).holds(),
            ..RowName::default()
        },
        min: figure.min,
        best: figure.best,
        max: figure.max,
        vague: figure.vague,
        depth: row.depth,
    })
}

/// Where, how many, who says so, and in which words; a narrow screen cuts the end.
fn row_label(context: &PageContext<'_>, ix: ClaimIx, source: &str, figure: &Figure) -> String {
    let linked = context.site.linked_claim(ix);
    let places = linked.neighbourhoods.iter().map(|ix| context.neighbourhood_name(*ix));
    let places: Vec<String> = places.collect();
    let place = match places.as_slice() {
        [] => context.word("figure-no-place"),
        places => places.join(&format!("{} ", context.word("comma"))),
    };
    let (text, _) = claim_text(context, linked, context.site.claim(ix));
    format!("{place}: {} · {source} · {text}", range_in_words(context, figure))
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
