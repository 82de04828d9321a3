//! Home page, lists and briefings, and parts that only pages have.

use super::boards::{BoardView, HeadlineView};
use super::changes::ChangeView;
use super::claims::{
    ClaimPlaceView, ClaimView, CorrectionView, FigureTableView, GoneClaimView, KeyFigureView,
};
use super::frame::{LinkView, PageView, SiteView, TimeView};
use super::items::{DateItem, ItemView, Labelled, TermItem, TermLink};
use super::value::{Html, Shared, Url, views};

views! {
    /// The position of a page in its list. Numbered pages count from the oldest.
    Pagination {
        /// 0 on the unnumbered page, which has the newest items.
        number: usize,
        /// Empty on the newest page.
        newer: Url,
        /// Empty on the oldest page.
        older: Url,
        newest: Url,
        oldest: Url,
    }

    /// A chart. The same data is on the page as text.
    ChartView {
        /// Inline SVG; its ids begin with `page-`, and it has the colour of the text around it.
        svg: Html,
        /// The statuses whose marks are in it, for a legend; may be empty.
        statuses: Vec<Labelled>,
        /// What it leaves out, in words; may be empty.
        note: String,
        /// Where the data of the city behind a map is from; empty if none is drawn. As its publisher wrote it.
        credit: String,
    }

    /// `home.html`
    HomeView {
        site: Shared<SiteView>,
        page: PageView,
        /// Of content/index.md; may be empty.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        /// The text of content/index.md.
        body: Html,
        /// Serious corrections of the last 48 hours, newest first.
        boxed: Vec<CorrectionView>,
        all_corrections: Url,
        /// The last reports; none without claims about places.
        board: Option<BoardView>,
        all_neighbourhoods: Url,
        /// The day before the latest day with changes, in words; empty without changes.
        changed_since: String,
        /// Corrections and what became surer or less sure on that latest day, what readers must not miss first; at
        /// most 4.
        changes: Vec<ChangeView>,
        /// How many briefings and claims were new on that day.
        new_briefings: usize,
        new_claims: usize,
        /// That day on the page of all changes.
        all_changes: Url,
        /// The newest briefings.
        headlines: Vec<HeadlineView>,
        all_briefings: Url,
    }

    /// `list.html`: all briefings, neighbourhoods, sources or dates.
    ListView {
        site: Shared<SiteView>,
        page: PageView,
        /// `briefings neighbourhoods sources dates`: which of the next three lists has items.
        of: &'static str,
        briefings: Vec<Shared<ItemView>>,
        terms: Vec<TermItem>,
        /// Years, with their months.
        dates: Vec<DateItem>,
        /// Of dates: the latest months as calendars.
        calendars: Vec<CalendarView>,
        pagination: Pagination,
    }

    /// A calendar of a month with the number of claims of each day.
    CalendarView {
        month: LinkView,
        chart: ChartView,
    }

    /// `briefing.html`
    BriefingView {
        site: Shared<SiteView>,
        page: PageView,
        published: Shared<TimeView>,
        updated: Option<TimeView>,
        /// When all of it was last found to be still so.
        checked: Option<TimeView>,
        /// When it stops being shown.
        expires: Option<TimeView>,
        kind: Option<Labelled>,
        /// May be empty.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        authors: Vec<String>,
        draft: bool,
        /// The page is at a former address of the briefing, which is now here; else empty.
        moved_to: Url,
        neighbourhoods: Vec<Shared<TermLink>>,
        sources: Vec<Shared<TermLink>>,
        /// A map of its neighbourhoods; none without a known position.
        locator: Option<ChartView>,
        /// Headings of the text; empty for fewer than two.
        contents: Vec<HeadingView>,
        body: Html,
        /// The first figures that hold, have a named source and are no part of another, for the top of the page; at most 3.
        key_figures: Vec<KeyFigureView>,
        /// Its own and those that it repeats, in the order of the file; empty if there are more than 60.
        claims: Vec<ClaimView>,
        /// These more than 60 claims by place and topic.
        claim_places: Vec<ClaimPlaceView>,
        /// Their figures, if several places have several measures in common.
        figure_table: Option<FigureTableView>,
        /// Claims that it repeats, and that are gone.
        gone_claims: Vec<GoneClaimView>,
        /// Serious corrections of the last 48 hours, of the claims that it repeats too, newest first.
        boxed: Vec<CorrectionView>,
        /// All of its own, without those in `boxed`, in the order of the file.
        corrections: Vec<CorrectionView>,
        not_known: Vec<String>,
        not_reached: Vec<String>,
        withheld: Vec<String>,
        /// The briefing before this one in time.
        older: Option<Shared<ItemView>>,
        /// The briefing after this one in time.
        newer: Option<Shared<ItemView>>,
        /// Other briefings about the same neighbourhoods, nearest in time.
        related: Vec<RelatedView>,
        /// Briefings and pages that link here, the newest first; at most 50.
        backlinks: Vec<LinkView>,
        /// How many are not listed.
        more_backlinks: usize,
        /// The original, if this page is a translation.
        original: Option<LinkView>,
        /// As data for search engines and archives, JSON-LD, for `<script type="application/ld+json">`; empty without a base_url.
        json_ld: Html,
        /// The SHA-256 of its lines in data/claims.json; empty without claims, and without open data.
        claims_sha256: String,
        /// When the original was changed, if that was after this translation.
        behind: Option<TimeView>,
        /// The language of each list; empty if it is the page's: `not_known`, `not_reached`, `withheld`.
        limits_langs: LimitsLangs,
        /// `[extra]` of the front matter.
        extra: toml::Table,
    }

    /// The languages of the limits of a briefing; empty if they are the page's.
    LimitsLangs {
        not_known: String,
        not_reached: String,
        withheld: String,
    }

    HeadingView {
        level: u8,
        text: String,
        url: Url,
    }

    RelatedView {
        neighbourhood: Shared<TermLink>,
        briefings: Vec<Shared<ItemView>>,
    }
}
