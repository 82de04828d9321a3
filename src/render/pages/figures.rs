//! The page of all figures: one block per measure with a chart, and one row per place and source.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::charts::trend::{self, TrendPoint};
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
use crate::site::{ClaimIx, NeighbourhoodIx, Page, SourceIx};

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
}

fn measures(context: &PageContext<'_>, rows: &[Arc<FigureRow>]) -> Vec<MeasureView> {
    let mut measures: Vec<Measure<'_>> = Vec::new();
    for row in rows {
        let Some(figure) = figure_of(context, row) else { continue };
        let key = fold_name(&figure.measure);
        match measures.last_mut().filter(|last| last.key == key) {
            Some(measure) => measure.rows.push(row),
            None => measures.push(Measure { key, rows: vec![row] }),
        }
    }
    let numbered = measures.iter().zip(1..);
    numbered.map(|(measure, number)| measure_view(context, measure, number)).collect()
}

fn measure_view(context: &PageContext<'_>, measure: &Measure<'_>, number: usize) -> MeasureView {
    let places = measure.rows.chunk_by(|above, row| places(context, above) == places(context, row));
    let mut rows = Vec::new();
    let mut latest: Vec<&FigureRow> = Vec::new();
    for place in places {
        for series in series(context, place) {
            if series.earlier == 0 {
                latest.extend(&series.rows);
            } else {
                latest.extend(series.rows.first());
            }
            let first = rows.len();
            rows.extend(series.rows.iter().filter_map(|row| row_view(context, row)));
            series.mark(context, &mut rows[first..], &format!("page-trend-{number}-{first}"));
        }
        let first = rows.len() - place.len().min(rows.len());
        rows[first..].iter_mut().enumerate().for_each(|(index, row)| row.begins_place = index == 0);
    }
    let name = rows.first().map(|row| row.figure.measure.clone()).unwrap_or_default();
    MeasureView {
        chart: chart(context, measure, &latest, &name, number),
        anchor: format!("page-measure-{}", measure.key),
        name,
        rows,
    }
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
        trend: None,
        earlier: 0,
        ends_earlier: false,
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

/// Rows of one measure, on the scale of the whole measure: of counts of one source over time the latest. Running totals
/// are left out: they do not compare with the figures of a day. None for fewer than two numbers, which need no comparing.
fn chart(
    context: &PageContext<'_>,
    measure: &Measure<'_>,
    latest: &[&FigureRow],
    name: &str,
    number: usize,
) -> Option<ChartView> {
    let rows: Vec<figures::FigureBar> = latest.iter().filter_map(|row| chart_row(context, row)).collect();
    let numbers = rows.iter().filter(|row| row.has_number());
    if numbers.count() < 2 {
        return None;
    }
    let words = figures::FigureWords {
        open: &context.word("chart-no-limit"),
        best: &context.word("chart-best"),
        vague: &context.word("chart-vague"),
    };
    let id = format!("page-figures-{number}");
    let description = context.word("chart-figures-description");
    let most = largest_number(context, &measure.key);
    let chart = figures::draw(&frame(context, &id, name, &description), &rows, most, &words)?;
    let note = match latest.len() - rows.len() + chart.left_out {
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
    let figure = figure_of(context, row).filter(|figure| !figure.cumulative)?;
    let source = match context.site.linked_claim(ix).source {
        Some(ix) => context.source_name(ix),
        None => context.word("unattributed"),
    };
    Some(figures::FigureBar {
        name: RowName {
            text: row_name(context, ix, &source),
            struck: !context.site.status(ix).holds(),
            ..RowName::default()
        },
        label: range_in_words(context, figure),
        min: figure.min,
        best: figure.best,
        max: figure.max,
        vague: figure.vague,
        depth: row.depth,
    })
}

/// Where, who says so, and in which words; a narrow screen cuts the end.
fn row_name(context: &PageContext<'_>, ix: ClaimIx, source: &str) -> String {
    let linked = context.site.linked_claim(ix);
    let places = linked.neighbourhoods.iter().map(|ix| context.neighbourhood_name(*ix));
    let places: Vec<String> = places.collect();
    let place = match places.as_slice() {
        [] => context.word("figure-no-place"),
        places => places.join(&format!("{} ", context.word("comma"))),
    };
    let (text, _) = claim_text(context, linked, context.site.claim(ix));
    format!("{place} · {source} · {text}")
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

/// Rows of one place that stay together: a whole and its parts; or the counts of one source over time, latest first.
struct Series<'s> {
    rows: Vec<&'s FigureRow>,
    /// How many counts follow the latest; 0 if it is no series over time.
    earlier: usize,
}

/// The fewest counts that are shown over time.
const LEAST_COUNTS: usize = 3;

/// Counts that compare over time: the same source counts the same people in the same way.
type Counting<'s> = (SourceIx, Option<&'s str>, bool);

/// The series of one place, each where its first row is. A row with parts is no part of a series over time.
fn series<'s>(context: &PageContext<'_>, place: &[&'s FigureRow]) -> Vec<Series<'s>> {
    let blocks: Vec<&[&FigureRow]> = place.chunk_by(|_, row| row.depth > 0).collect();
    let of_block = |block: &[&FigureRow]| counting(context, block.first().filter(|_| block.len() == 1)?);
    let mut counts: BTreeMap<Counting<'_>, Vec<&'s FigureRow>> = BTreeMap::new();
    for block in &blocks {
        if let Some(counting) = of_block(block) {
            counts.entry(counting).or_default().push(block[0]);
        }
    }
    counts.retain(|_, rows| {
        rows.sort_by_key(|row| Reverse(day_of(context, row)));
        let mut days: Vec<Option<Date>> = rows.iter().map(|row| day_of(context, row)).collect();
        days.dedup();
        days.len() >= LEAST_COUNTS
    });
    let mut series = Vec::with_capacity(blocks.len());
    let mut begun: BTreeSet<Counting<'_>> = BTreeSet::new();
    for block in blocks {
        match of_block(block).and_then(|counting| counts.get_key_value(&counting)) {
            Some((counting, rows)) if begun.insert(*counting) => {
                series.push(Series { rows: rows.clone(), earlier: rows.len() - 1 });
            }
            Some(_) => {}
            None => series.push(Series { rows: block.to_vec(), earlier: 0 }),
        }
    }
    series
}

fn counting<'s>(context: &PageContext<'s>, row: &FigureRow) -> Option<Counting<'s>> {
    let ix = *row.claims.first()?;
    let figure = figure_of(context, row)?;
    let has_number = figure.min.or(figure.best).or(figure.max).is_some();
    day_of(context, row).filter(|_| has_number && context.site.status(ix).holds())?;
    Some((context.site.linked_claim(ix).source?, figure.who.as_deref(), figure.cumulative))
}

/// The last day that a figure counts.
fn day_of(context: &PageContext<'_>, row: &FigureRow) -> Option<Date> {
    let zone = &context.site.config.timezone;
    let claim = context.site.claim(*row.claims.first()?);
    let when = figure_of(context, row)?.period.or(claim.happened)?;
    when.last_day(zone).or(when.first_day(zone))
}

impl Series<'_> {
    /// Marks the views of its rows: the first has the chart, the others are folded.
    fn mark(&self, context: &PageContext<'_>, views: &mut [FigureRowView], id: &str) {
        let [latest, earlier @ ..] = views else { return };
        if self.earlier == 0 || earlier.len() != self.earlier {
            return;
        }
        latest.trend = self.trend(context, id);
        if let [first, ..] = earlier {
            first.earlier = self.earlier;
        }
        if let [.., last] = earlier {
            last.ends_earlier = true;
        }
    }

    fn trend(&self, context: &PageContext<'_>, id: &str) -> Option<ChartView> {
        let point = |row: &&FigureRow| {
            let figure = figure_of(context, row)?;
            let day = day_of(context, row)?;
            Some(TrendPoint {
                day,
                when: context.words.date(context.lang(), day),
                label: range_in_words(context, figure),
                min: figure.min,
                best: figure.best,
                max: figure.max,
            })
        };
        let points: Vec<TrendPoint> = self.rows.iter().rev().filter_map(point).collect();
        let title = context.word("chart-trend");
        let description = context.word("chart-trend-description");
        let chart = trend::draw(&frame(context, id, &title, &description), &points)?;
        Some(chart_view(chart, String::new()))
    }
}
