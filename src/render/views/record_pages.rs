//! Pages of neighbourhoods, sources, dates and events, and plain pages.

use super::briefing_pages::{ChartView, HeadingView, Pagination};
use super::changes::ChangeView;
use super::claims::{ClaimView, CorrectionView, WhyView};
use super::frame::{LinkView, PageView, SiteView, TimeView};
use super::items::{DateItem, ItemView, Labelled, TermItem, TermLink};
use super::value::{Html, Shared, Url, views};

views! {
    /// `neighbourhood.html`
    NeighbourhoodView {
        site: Shared<SiteView>,
        page: PageView,
        /// It has a record in content/neighbourhoods/.
        has_record: bool,
        /// The name in other languages.
        names: Vec<NameView>,
        spellings: Vec<String>,
        /// From its record; may be empty.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        /// When its record was last found to be still so.
        checked: Option<TimeView>,
        /// The text of its record.
        body: Html,
        parent: Option<Shared<TermLink>>,
        children: Vec<TermItem>,
        /// The site's topics with reports, and the latest of each; last, reports without a topic. On the unnumbered page.
        conditions: Vec<ConditionView>,
        /// Of one of them there was no report on the day of the newest briefing.
        has_silence: bool,
        /// The site's topics that no claim here has.
        unreported: Vec<Labelled>,
        /// Corrections, and what became surer or less sure, in the last week of reports, newest first; at most 5.
        changes: Vec<ChangeView>,
        /// Set if the site has briefings of a later day than the last report here: no reports do not mean that it is quiet.
        silent_since: Option<TimeView>,
        /// Its codes in other data sets.
        codes: Vec<CodeView>,
        /// Empty, or latitude and longitude in degrees.
        point: Vec<f64>,
        /// The same in words; empty without one.
        point_text: String,
        /// How precise the point is; none without one.
        precision: Option<Labelled>,
        /// A map of it and its neighbours; none without a known position.
        locator: Option<ChartView>,
        /// When its claims happened, if they are few; on the unnumbered page.
        timeline: Option<ChartView>,
        /// By the day that they were added, newest first.
        claims: Vec<ClaimGroupView>,
        briefings: Vec<Shared<ItemView>>,
        /// The same on one sheet to print; empty without one.
        sheet: Url,
        pagination: Pagination,
        extra: toml::Table,
    }

    /// What was reported last about one topic in a neighbourhood.
    ConditionView {
        /// With an empty id: claims without a topic.
        topic: Labelled,
        /// The latest claim.
        claim: ClaimView,
        /// The latest condition, if that is another claim.
        condition: Option<ClaimView>,
        /// When the last claim was added, or found to be still so.
        last: TimeView,
        /// The site has briefings of a later day: nothing since.
        silent: bool,
    }

    /// Claims that were added on one day, or of older ones in one month or year.
    ClaimGroupView {
        /// For `id`, unique on the page.
        id: String,
        /// The day, the month or the year, in words.
        text: String,
        /// Its page; may be empty.
        url: Url,
        /// Not of the newest days: to be folded.
        folded: bool,
        claims: Vec<ClaimView>,
    }

    /// The code of a place in another data set.
    CodeView {
        /// `pcode geonames wikidata`
        id: String,
        /// What it is, in words.
        name: String,
        value: String,
    }

    /// `sheet.html`: what is known of a neighbourhood, on one sheet of paper.
    SheetView {
        site: Shared<SiteView>,
        page: PageView,
        /// The name in other languages.
        names: Vec<NameView>,
        /// What to type to come to the site, or to its onion service; empty without both.
        address: String,
        /// The page of the neighbourhood, by its address, or by its path in the copy.
        place: LinkView,
        /// Set if the site has briefings of a later day than the last report here: no reports do not mean that it is quiet.
        silent_since: Option<TimeView>,
        /// Recent serious corrections of claims about the place.
        boxed: Vec<CorrectionView>,
        /// How many of them found no room.
        more_boxed: usize,
        /// The latest claims that fit, by topic.
        topics: Vec<SheetTopicView>,
        /// How many earlier claims found no room.
        left_out: usize,
    }

    /// The claims of a sheet about one topic.
    SheetTopicView {
        /// Its name; empty for claims without one.
        topic: String,
        /// Newest first.
        claims: Vec<SheetClaimView>,
    }

    /// A claim on paper: words without links.
    SheetClaimView {
        text: String,
        /// The language of the text; empty if it is the page's.
        lang: String,
        /// The direction of the text, for `dir`; empty if it is the page's.
        dir: &'static str,
        /// Withdrawn or disproved: show the text struck.
        struck: bool,
        status: Labelled,
        /// Sources disagree about it, and the status does not say so.
        contested: bool,
        /// What kind it is, in words; empty if not given.
        kind: String,
        /// The party to the conflict whose statement or instruction it is: show it as such, never as advice. Else empty.
        by_party: String,
        /// Who says so.
        source: String,
        /// Who passed it on.
        via: Vec<String>,
        /// When it happened; may be empty.
        happened: String,
        /// When it was added.
        added: String,
        /// When it was last found to be still so; may be empty.
        checked: String,
        /// It says that the event's other claims are wrong.
        denies: bool,
        /// It was corrected.
        corrected: bool,
        /// The writer's reason for the status; may be empty.
        status_why: String,
        /// The language of `status_why`; empty if it is the page's.
        status_why_lang: String,
    }

    /// How many claims have a status.
    CountedStatus {
        status: Labelled,
        count: usize,
    }

    /// A name in another language or script.
    NameView {
        lang: String,
        dir: &'static str,
        text: String,
    }

    /// `source.html`
    SourceView {
        site: Shared<SiteView>,
        page: PageView,
        has_record: bool,
        names: Vec<NameView>,
        spellings: Vec<String>,
        /// From its record; may be empty.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        /// When its record was last found to be still so.
        checked: Option<TimeView>,
        body: Html,
        /// Empty if there is none.
        short: String,
        kind: Option<Labelled>,
        /// The side of the conflict; none if it takes none.
        party: Option<Labelled>,
        /// How it gets its information; none if unknown.
        sees: Option<Labelled>,
        owner: String,
        /// Sources that it mainly relays.
        relays: Vec<Shared<TermLink>>,
        /// Its own site; may be empty.
        url: Url,
        /// How many claims of its own there are, on all pages.
        all_claims: usize,
        /// How many of them have each status. Not a score.
        fared: Shared<Vec<CountedStatus>>,
        /// How many of its claims were corrected.
        corrected: Shared<usize>,
        /// Claims of its own, by the day that they were added, newest first.
        claims: Vec<ClaimGroupView>,
        /// Claims of others that it passed on.
        relayed: Vec<ClaimView>,
        briefings: Vec<Shared<ItemView>>,
        pagination: Pagination,
        extra: toml::Table,
    }

    /// `date.html`: a day, a month or a year.
    DateView {
        site: Shared<SiteView>,
        page: PageView,
        /// `day month year`
        level: &'static str,
        /// `2016-10-02`, `2016-10`, `2016`
        id: String,
        /// The month of a day, the year of a month.
        above: Option<LinkView>,
        /// The neighbouring page of the same level that exists.
        earlier: Option<LinkView>,
        later: Option<LinkView>,
        /// The months of a year, the days of a month.
        within: Vec<DateItem>,
        /// The days of a month, the months of a year; none for a day.
        calendar: Option<ChartView>,
        /// Claims about what happened then.
        happened: Vec<ClaimView>,
        /// Claims that were made then about another time.
        said: Vec<ClaimView>,
        published: Vec<Shared<ItemView>>,
        /// Later corrections of claims about that time.
        corrected: Vec<CorrectionView>,
        pagination: Pagination,
    }

    /// `event.html`: the claims about an event; the list is in order of time, and each page of it by source.
    EventView {
        site: Shared<SiteView>,
        page: PageView,
        /// JSON-LD for a `<script type="application/ld+json">`; empty without a base_url.
        json_ld: Html,
        has_record: bool,
        /// From its record; may be empty.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        /// When its record was last found to be still so.
        checked: Option<TimeView>,
        body: Html,
        neighbourhoods: Vec<Shared<TermLink>>,
        /// The status that all its claims support.
        status: Shared<Labelled>,
        why: WhyView,
        /// When its claims happened; none if they are about one time.
        timeline: Option<ChartView>,
        /// Sources that say it, then sources that deny it.
        said_by: Vec<SaidBy>,
        briefings: Vec<Shared<ItemView>>,
        pagination: Pagination,
        extra: toml::Table,
    }

    /// The claims of one source about an event.
    SaidBy {
        source: Shared<TermLink>,
        /// It says that the others are wrong.
        denies: bool,
        /// It is no origin: it only passes on claims of others.
        only_passes_on: bool,
        /// The sources that it mainly relays by its record, if it is no origin.
        passes_on: Vec<Shared<TermLink>>,
        /// Who passed it on.
        via: Vec<Shared<TermLink>>,
        /// Newest first; those in equal words are one, and `also_in` has the others.
        claims: Vec<ClaimView>,
    }

    /// `page.html`: a page of its own.
    PlainView {
        site: Shared<SiteView>,
        page: PageView,
        contents: Vec<HeadingView>,
        body: Html,
        /// Briefings and pages that link here, the newest first; at most 50.
        backlinks: Vec<LinkView>,
        /// How many are not listed.
        more_backlinks: usize,
        original: Option<LinkView>,
        extra: toml::Table,
    }
}
