//! Figures, timeline, map, search, corrections, names, and pages at addresses without content.

use super::briefing_pages::{ChartView, Pagination};
use super::changes::ChangeView;
use super::claims::{CorrectionView, FigureView};
use super::frame::{LinkView, PageView, SiteView, TimeView};
use super::items::{Labelled, TermLink, WhenView};
use super::value::{Shared, Url, views};

views! {
    /// `figures.html`: all figures of the site, by what they count. Never add them up.
    FiguresView {
        site: Shared<SiteView>,
        page: PageView,
        measures: Vec<MeasureView>,
        pagination: Pagination,
    }

    /// What is counted, with who counted it.
    MeasureView {
        /// In the words of the writer.
        name: String,
        /// For `id`, unique on the page.
        anchor: String,
        /// Its figures on one scale; none for a single figure.
        chart: Option<ChartView>,
        rows: Vec<FigureRowView>,
    }

    /// The figure of one source. The rows of a measure are together by place.
    FigureRowView {
        figure: FigureView,
        /// `said` gives the number in words that readers of the page understand: the range says no more.
        quote_suffices: bool,
        /// Where; may be empty.
        neighbourhoods: Vec<Shared<TermLink>>,
        /// The row above is about another place.
        begins_place: bool,
        /// What its source counted here over time; on the latest of at least three counts.
        trend: Option<ChartView>,
        /// How many earlier counts of the same source begin with this row, to be folded; 0 elsewhere.
        earlier: usize,
        /// The last of these.
        ends_earlier: bool,
        /// The newest claim with this figure.
        text: String,
        /// The language of the text; empty if it is the page's.
        lang: String,
        /// That claim on its briefing.
        url: Url,
        source: Shared<TermLink>,
        via: Vec<Shared<TermLink>>,
        happened: Option<WhenView>,
        status: Labelled,
        /// Withdrawn or disproved.
        struck: bool,
        /// 0 for a whole, 1 for a part of the row above, 2 for a part of a part, at most 3.
        depth: usize,
        /// Further claims with this figure, newest first, then repeats, each by the title of its briefing; at most 12.
        also_in: Vec<LinkView>,
        /// How many are not listed.
        more_also_in: usize,
    }

    /// `timeline.html`: when things happened, the latest first.
    TimelineView {
        site: Shared<SiteView>,
        page: PageView,
        chart: Option<ChartView>,
        /// The rows of the chart.
        rows: Vec<TimelineRowView>,
    }

    /// Claims about one event and one time, or one claim.
    TimelineRowView {
        when: WhenView,
        /// The event, or the claim without one.
        what: LinkView,
        /// The language of the text; empty if it is the page's.
        lang: String,
        sources: Vec<Shared<TermLink>>,
        status: Labelled,
    }

    /// `map.html`: where the neighbourhoods are.
    MapView {
        site: Shared<SiteView>,
        page: PageView,
        chart: Option<ChartView>,
        /// The places on the map.
        places: Vec<MapPlaceView>,
        all_neighbourhoods: Url,
    }

    MapPlaceView {
        place: Shared<TermLink>,
        /// How precise its point is; none if it has an outline.
        precision: Option<Labelled>,
        /// When the last claim or briefing about it was added; none if there is none.
        last: Option<TimeView>,
        /// The site has briefings of a later day: no reports do not mean that it is quiet.
        silent: bool,
    }

    /// `search.html`: finds words, on a site with `search = true` under `[outputs]`. Its script reads a
    /// form with the id `page-search`, a field called `q` and, in `data-` attributes, what to say: `zero`
    /// (the digit), `busy` `none` `lost` `found`. It says that in `page-said`, lists what it finds in
    /// `page-found`, ten at a time, and shows the button `page-more` while there is more. The form is `hidden`
    /// until the script shows it.
    SearchView {
        site: Shared<SiteView>,
        page: PageView,
        /// The script of the search, for `<script src>`.
        script: Url,
        /// Lists to look through without it.
        ways: Vec<LinkView>,
    }

    /// `corrections.html`: all corrections of the site, newest first.
    CorrectionsView {
        site: Shared<SiteView>,
        page: PageView,
        corrections: Vec<CorrectionView>,
        pagination: Pagination,
    }

    /// `changes.html`: what changed on the site, by day, newest first.
    ChangesView {
        site: Shared<SiteView>,
        page: PageView,
        days: Vec<ChangeDayView>,
        pagination: Pagination,
    }

    /// The changes of one day that are on the page.
    ChangeDayView {
        /// `2016-10-02`
        id: String,
        text: String,
        /// The page of the day; empty without one.
        url: Url,
        changes: Vec<ChangeView>,
    }

    /// `names.html`: every spelling of every name.
    NamesView {
        site: Shared<SiteView>,
        page: PageView,
        letters: Vec<LetterView>,
        pagination: Pagination,
    }

    LetterView {
        letter: String,
        /// For `id`, unique on the page.
        anchor: String,
        /// The first letter of its script.
        begins_script: bool,
        names: Vec<NameEntry>,
    }

    NameEntry {
        text: String,
        dir: &'static str,
        url: Url,
        /// The name of the page, if the text is another spelling; else empty.
        see: String,
        /// `neighbourhood` or `source`, and its label in the interface.
        of: Labelled,
    }

    /// `404.html`
    NotFoundView {
        site: Shared<SiteView>,
        page: PageView,
        /// The absolute URL of the home page; empty without a base_url.
        home: String,
    }

    /// `stub.html`: at the address of a page that is gone.
    StubView {
        site: Shared<SiteView>,
        page: PageView,
        /// `moved withdrawn expired`
        reason: &'static str,
        /// The title of the page that moved or is gone.
        what: String,
        /// The language of the title; empty if it is the page's.
        what_lang: String,
        /// Its new address; empty otherwise.
        url: Url,
        at: Option<TimeView>,
        why: String,
        /// The language of `why`; empty if it is the page's.
        why_lang: String,
    }
}
