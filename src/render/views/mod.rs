//! What templates see: one closed, typed view per page kind, and nothing behind it.
//!
//! Owns the shapes and their documentation: `docs/themes.md` is written from here, and a test
//! holds the two together. Builds no view (`render::pages` does) and knows no template.
//!
//! Invariants: no maps to iterate but `extra`, only sorted lists; every URL is a [`Url`], made
//! from a registered route; an empty text means "none".

mod value;

use std::collections::BTreeMap;

use tera::{Context, Value};

pub use value::{FieldDoc, Fields, Html, Shared, Shown, Url, View, ViewDoc, printable_table};

macro_rules! views {
    ($( $(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $fdoc:literal])* $field:ident : $ty:ty ),* $(,)? } )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $( $(#[doc = $fdoc])* pub $field: $ty ),* }

            impl Shown for $name {
                fn into_value(self) -> Value {
                    // Tera makes its own map of whatever map it is given: this one need not hash.
                    let mut map = BTreeMap::new();
                    $( map.insert(stringify!($field), self.$field.into_value()); )*
                    Value::from(map)
                }
            }

            impl From<$name> for Fields {
                fn from(view: $name) -> Self {
                    Self(vec![$( (stringify!($field), view.$field.into_value()) ),*])
                }
            }

            impl View for $name {
                fn into_context(self) -> Context {
                    Fields::from(self).into_context()
                }
            }
        )*

        /// Every view, in the order of this file.
        pub const DOCS: &[ViewDoc] = &[$(
            ViewDoc {
                name: stringify!($name),
                doc: concat!($($doc),*),
                fields: &[$(
                    FieldDoc { name: stringify!($field), ty: stringify!($ty), doc: concat!($($fdoc),*) }
                ),*],
            }
        ),*];
    };
}

views! {
    /// The site, as seen from one page: in every template as `site`.
    SiteView {
        /// From site.toml, in the words of its writer.
        title: String,
        /// The home page in this page's language.
        home: Url,
        /// The menu: briefings, neighbourhoods, sources, dates, timeline, map, figures, corrections, names, search, then the plain pages.
        menu: Vec<MenuLink>,
        /// Empty where site.toml has none.
        contact: String,
        licence: String,
        /// `bulletin` and its version.
        generator: String,
        /// `[extra]` of site.toml.
        extra: toml::Table,
    }

    MenuLink {
        text: String,
        url: Url,
        /// The page is this one, or stands below it.
        current: bool,
    }

    /// The page itself: in every template as `page`.
    PageView {
        /// `home list briefing neighbourhood source date event page names timeline map figures corrections search 404 stub`.
        kind: &'static str,
        /// Language code for `lang`.
        lang: String,
        /// `ltr` or `rtl`, for `dir`.
        dir: &'static str,
        /// The heading of the page.
        title: String,
        /// The language of the title where it is not the page's, else empty.
        title_lang: String,
        /// Its direction, `ltr` or `rtl`; empty with `title_lang`.
        title_dir: &'static str,
        /// The language of the text where it is not the page's (an original shown in the place of a missing translation), else empty.
        original_lang: String,
        /// Its direction, `ltr` or `rtl`; empty with `original_lang`.
        original_dir: &'static str,
        /// One or two sentences, for `<meta>`; may be empty.
        description: String,
        /// Absolute; empty where site.toml has no base_url.
        canonical: String,
        /// The page's address as an onion service; empty where site.toml has no onion.
        onion: String,
        /// The page at each of site.toml's mirrors, named by its host.
        mirrors: Vec<LinkView>,
        /// The plain text of this page; empty where there is none.
        text: Url,
        /// `../` as often as leads to the root of the output: for files of the theme's `static/`.
        root: String,
        /// From the home page to the page above this one.
        breadcrumbs: Vec<LinkView>,
        /// This page in every language of the site, itself included; empty where there is one language.
        languages: Vec<LanguageLink>,
        /// Up to what time the information on the page reaches.
        as_of: Option<TimeView>,
        /// The site is told as it was known then; none for as it is known now.
        told_as_of: Option<TimeView>,
        /// After when to look for a newer copy.
        next_due: Option<TimeView>,
        /// What a reader of feeds can follow from here; empty where site.toml has no base_url.
        feeds: Vec<FeedLink>,
        /// The theme's templates may print nothing from outside where this is true: 404.html is served at any depth.
        any_depth: bool,
    }

    LinkView {
        text: String,
        url: Url,
    }

    /// A feed, for `<link rel="alternate">`.
    FeedLink {
        title: String,
        url: Url,
        /// `application/atom+xml` or `application/feed+json`
        mime: &'static str,
    }

    LanguageLink {
        lang: String,
        dir: &'static str,
        /// The language's name in itself.
        text: String,
        url: Url,
        current: bool,
    }

    /// A moment in the site's time zone.
    TimeView {
        /// RFC 3339, for `<time datetime>`.
        iso: String,
        /// Date, time and offset in words; no time where it is midnight.
        text: String,
        /// The date alone, in words.
        date: String,
        /// The page of the day; empty where there is none.
        day_url: Url,
    }

    /// When something happened or was said: a point or a range.
    WhenView {
        /// EDTF.
        edtf: String,
        /// In words, with "about", "perhaps", "until" and "since" where they belong.
        text: String,
        approximate: bool,
        uncertain: bool,
        /// The calendar pages that it stands on.
        days: Vec<Shared<LinkView>>,
    }

    /// A word of the front matter and what the interface calls it.
    Labelled {
        id: String,
        label: String,
    }

    /// A neighbourhood or a source that something names.
    TermLink {
        text: String,
        /// Empty where there is no page: a protected source, or nobody.
        url: Url,
        /// `ltr`, `rtl` or `auto`: put names in `<bdi>`.
        dir: &'static str,
    }

    /// A briefing in a list.
    ItemView {
        title: String,
        url: Url,
        /// The language of the title where it is not the page's, else empty.
        lang: String,
        published: Shared<TimeView>,
        updated: Option<TimeView>,
        kind: Option<Shared<Labelled>>,
        /// The writer's summary, or the beginning of the text.
        summary: String,
        /// The language of the summary where it is not the page's, else empty.
        summary_lang: String,
        neighbourhoods: Vec<Shared<TermLink>>,
        sources: Vec<Shared<TermLink>>,
        draft: bool,
        /// Something of it was corrected, clarified or withdrawn; an update does not count.
        corrected: bool,
    }

    /// A neighbourhood or a source in a list.
    TermItem {
        text: String,
        url: Url,
        dir: &'static str,
        /// The kind of a source; none for a neighbourhood.
        kind: Option<Labelled>,
        briefings: usize,
        claims: usize,
        /// When the newest briefing about it was published.
        newest: Option<Shared<TimeView>>,
    }

    /// A day, month or year in a list.
    DateItem {
        /// `2016`, `2016-10` or `2016-10-02`.
        id: String,
        text: String,
        url: Url,
        /// Briefings published then.
        briefings: usize,
        /// Claims of what happened then.
        claims: usize,
        /// The months of a year, the days of a month; empty for a day.
        within: Vec<DateItem>,
    }

    /// One statement by one source.
    ClaimView {
        /// Unique on its briefing.
        id: String,
        /// The fragment, `claim-ID`; set it as `id` on the claim's briefing only.
        anchor: String,
        /// The claim on its briefing.
        url: Url,
        text: String,
        /// The language of the text where it is not the page's, else empty.
        lang: String,
        kind: Option<Shared<Labelled>>,
        /// Who says so.
        source: Shared<TermLink>,
        /// Nobody is named as the source.
        unattributed: bool,
        /// Who passed it on.
        via: Vec<Shared<TermLink>>,
        neighbourhoods: Vec<Shared<TermLink>>,
        happened: Option<WhenView>,
        said: Option<WhenView>,
        added: Shared<TimeView>,
        /// It was added at another time than its briefing was published.
        added_apart: bool,
        topic: Option<Shared<Labelled>>,
        event: Option<Shared<LinkView>>,
        /// Says that the event's other claims are wrong.
        denies: bool,
        /// As written, or as much as the origins carry.
        status: Shared<Labelled>,
        /// Sources disagree about it, and the status does not say so.
        contested: bool,
        /// Withdrawn or disproved: show the text struck, with the reason.
        struck: bool,
        /// The writer's reason for the status; may be empty.
        status_why: String,
        why: Shared<WhyView>,
        /// 1 to 6; 0 where not given.
        credibility: u8,
        evidence: Vec<EvidenceView>,
        figure: Option<FigureView>,
        corrections: Vec<CorrectionView>,
        /// The briefing that it stands in.
        briefing: LinkView,
        /// A statement or instruction by a party to the conflict: show it as one, never as advice.
        by_party: String,
    }

    /// Why a claim has its status: who stands behind what is said of its event, or behind it alone.
    WhyView {
        /// How many sources there are and how many origins, as "3 outlets, 1 origin".
        counts: String,
        /// The rule that this comes to, in words.
        rule: String,
        /// At most 12; the pages of the event have all of them.
        origins: Vec<OriginView>,
        /// How many origins there are beside these.
        more_origins: usize,
        /// Those who only passed it on; at most 12.
        relays: Vec<Shared<TermLink>>,
        more_relays: usize,
        /// Those who say that it is wrong; at most 12.
        denied_by: Vec<Shared<TermLink>>,
        more_denied: usize,
    }

    /// Sources that count as one.
    OriginView {
        sources: Vec<Shared<TermLink>>,
    }

    EvidenceView {
        url: Url,
        archived: Url,
        captured: Option<TimeView>,
        sha256: String,
    }

    /// A count with its owner. Figures of different sources are never added up.
    FigureView {
        measure: String,
        /// As the source said it.
        said: String,
        /// In the digits of the page's language; empty where not given.
        min: String,
        best: String,
        max: String,
        vague: bool,
        rounded: bool,
        who: String,
        period: Option<WhenView>,
        cumulative: bool,
        /// A correction changed it.
        corrected: bool,
        /// The claim whose figure this one is a part of.
        part_of: Option<LinkView>,
    }

    CorrectionView {
        at: TimeView,
        kind: Labelled,
        serious: bool,
        /// Empty where not given.
        was: String,
        now: String,
        why: String,
        /// The text of the claim that was corrected; empty where it is the briefing.
        about: String,
        /// The language of `about` where it is not the page's, else empty.
        about_lang: String,
        /// The claim that was corrected, or the briefing.
        target: LinkView,
    }

    /// Where a page stands in its list. Numbered pages count from the oldest.
    Pagination {
        /// 0 on the unnumbered page, which holds the newest.
        number: usize,
        /// Empty on the newest page.
        newer: Url,
        /// Empty on the oldest page.
        older: Url,
        newest: Url,
        oldest: Url,
    }

    /// A picture of data. What it shows stands as text on the same page too.
    ChartView {
        /// Inline SVG; its ids begin with `page-`, its letters have the colour of the text around it.
        svg: Html,
        /// What it leaves out, in words; may be empty.
        note: String,
    }

    /// `home.html`
    HomeView {
        site: Shared<SiteView>,
        page: PageView,
        /// The text of content/index.md.
        body: Html,
        /// Serious corrections of the last 48 hours, newest first.
        boxed: Vec<CorrectionView>,
        all_corrections: Url,
        /// The newest briefings.
        briefings: Vec<Shared<ItemView>>,
        all_briefings: Url,
        /// Those with the newest briefings.
        neighbourhoods: Vec<TermItem>,
        all_neighbourhoods: Url,
        sources: Vec<TermItem>,
        all_sources: Url,
        /// The latest days with claims or briefings.
        days: Vec<DateItem>,
        all_dates: Url,
    }

    /// `list.html`: all briefings, neighbourhoods, sources or dates.
    ListView {
        site: Shared<SiteView>,
        page: PageView,
        /// `briefings neighbourhoods sources dates`; one of the next three lists is filled by it.
        of: &'static str,
        briefings: Vec<Shared<ItemView>>,
        terms: Vec<TermItem>,
        /// Years, with their months.
        dates: Vec<DateItem>,
        /// Of dates: the latest months as calendars.
        calendars: Vec<CalendarView>,
        pagination: Pagination,
    }

    /// A month or a year in days or months, each by its number of claims.
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
        /// When it stops being shown.
        expires: Option<TimeView>,
        kind: Option<Labelled>,
        /// May be empty.
        summary: String,
        /// The language of the summary where it is not the page's, else empty.
        summary_lang: String,
        authors: Vec<String>,
        draft: bool,
        neighbourhoods: Vec<Shared<TermLink>>,
        sources: Vec<Shared<TermLink>>,
        /// Where its neighbourhoods lie; none where that is not known of any.
        locator: Option<ChartView>,
        /// Headings of the text; empty where there are fewer than two.
        contents: Vec<HeadingView>,
        body: Html,
        claims: Vec<ClaimView>,
        /// Serious corrections of the last 48 hours, newest first.
        boxed: Vec<CorrectionView>,
        /// All of them, in the order of the file.
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
        /// How many more there are.
        more_backlinks: usize,
        /// The original in its own language, where this page is a translation.
        original: Option<LinkView>,
        /// As data for search engines and archives, JSON-LD, for `<script type="application/ld+json">`; empty without a base_url.
        json_ld: Html,
        /// When the original was changed, where that was after this translation.
        behind: Option<TimeView>,
        /// The language of each list where it is not the page's, else empty: `not_known`, `not_reached`, `withheld`.
        limits_langs: LimitsLangs,
        /// `[extra]` of the front matter.
        extra: toml::Table,
    }

    /// The languages of what a briefing does not say, where they are not the page's, else empty.
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
        /// The text of its record.
        body: Html,
        parent: Option<Shared<TermLink>>,
        children: Vec<TermItem>,
        /// The newest claim, on the unnumbered page.
        latest: Option<ClaimView>,
        /// The site's topics that something is reported of, with the latest of each; on the unnumbered page.
        conditions: Vec<ConditionView>,
        /// The site's topics that no claim here has.
        unreported: Vec<Labelled>,
        /// The site's newest briefing is later than the latest claim's here: no report since does not mean that it is quiet.
        silent_since: Option<TimeView>,
        /// `pcode`, `geonames`, `wikidata` with their values.
        codes: Vec<Labelled>,
        /// Empty, or latitude and longitude in degrees.
        point: Vec<f64>,
        /// How fine the point is; none without one.
        precision: Option<Labelled>,
        /// Where it lies among its neighbours; none where that is not known.
        locator: Option<ChartView>,
        /// When its claims happened, where these are few; on the unnumbered page.
        timeline: Option<ChartView>,
        claims: Vec<ClaimView>,
        briefings: Vec<Shared<ItemView>>,
        pagination: Pagination,
        extra: toml::Table,
    }

    /// How things stand with one topic in a neighbourhood.
    ConditionView {
        topic: Labelled,
        /// The latest condition, or the latest claim where there is no condition.
        claim: ClaimView,
        /// The day of the last report about the topic, in words.
        last_report: String,
        /// The page of that day; may be empty.
        last_url: Url,
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
        body: Html,
        /// Empty where there is none.
        short: String,
        kind: Option<Labelled>,
        /// The side of the conflict; none where it has none.
        party: Option<Labelled>,
        /// How it comes to know what it says; none where unknown.
        sees: Option<Labelled>,
        owner: String,
        /// Sources that it mainly passes on.
        relays: Vec<Shared<TermLink>>,
        /// Its own site; may be empty.
        url: Url,
        /// How its claims fared: how many have each status. Not a score.
        fared: Vec<CountedStatus>,
        /// How many of its claims were corrected.
        corrected: usize,
        /// What it said itself.
        claims: Vec<ClaimView>,
        /// What it passed on.
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
        /// Claims of what happened then.
        happened: Vec<ClaimView>,
        /// Claims that were made then about another time.
        said: Vec<ClaimView>,
        published: Vec<Shared<ItemView>>,
        /// What was corrected later about it.
        corrected: Vec<CorrectionView>,
        pagination: Pagination,
    }

    /// `event.html`: the claims that share an event; a list in order of time, each page of it by source.
    EventView {
        site: Shared<SiteView>,
        page: PageView,
        has_record: bool,
        /// From its record; may be empty.
        summary: String,
        body: Html,
        neighbourhoods: Vec<Shared<TermLink>>,
        /// What all claims of it come to.
        status: Labelled,
        why: WhyView,
        /// When its claims happened; none where they tell of one time.
        timeline: Option<ChartView>,
        /// Those who say it, then those who deny it.
        said_by: Vec<SaidBy>,
        briefings: Vec<Shared<ItemView>>,
        pagination: Pagination,
        extra: toml::Table,
    }

    /// What one source says of an event.
    SaidBy {
        source: Shared<TermLink>,
        /// It says that the others are wrong.
        denies: bool,
        /// It is no origin here: it passes on what others say.
        only_passes_on: bool,
        /// Whom it mainly passes on, by its record, where it is no origin.
        passes_on: Vec<Shared<TermLink>>,
        /// Who passed it on.
        via: Vec<Shared<TermLink>>,
        /// Newest first.
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
        /// How many more there are.
        more_backlinks: usize,
        original: Option<LinkView>,
        extra: toml::Table,
    }

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
        /// Its figures on one scale; none where there is one figure.
        chart: Option<ChartView>,
        rows: Vec<FigureRowView>,
    }

    /// What one source counted.
    FigureRowView {
        figure: FigureView,
        source: Shared<TermLink>,
        via: Vec<Shared<TermLink>>,
        happened: Option<WhenView>,
        status: Labelled,
        /// Withdrawn or disproved.
        struck: bool,
        /// 1 where it is a part of the row above, 2 of a part, at most 3; 0 for a whole.
        depth: usize,
        /// The claims that hold it, each named by its briefing, newest first.
        claims: Vec<LinkView>,
    }

    /// `timeline.html`: when things happened, the latest first.
    TimelineView {
        site: Shared<SiteView>,
        page: PageView,
        chart: Option<ChartView>,
        /// As many as the picture has.
        rows: Vec<TimelineRowView>,
    }

    /// What happened: claims about one event and one time, or one claim.
    TimelineRowView {
        when: WhenView,
        /// The event, or the claim where it has none.
        what: LinkView,
        /// The language of the text where it is not the page's, else empty.
        lang: String,
        sources: Vec<Shared<TermLink>>,
        status: Labelled,
    }

    /// `map.html`: where the neighbourhoods lie.
    MapView {
        site: Shared<SiteView>,
        page: PageView,
        chart: Option<ChartView>,
        /// Those of the map.
        places: Vec<MapPlaceView>,
        all_neighbourhoods: Url,
    }

    MapPlaceView {
        place: Shared<TermLink>,
        /// How fine its point is; none where an outline is drawn.
        precision: Option<Labelled>,
        /// When the last claim or briefing about it came; none where there is none.
        last: Option<TimeView>,
        /// The site has a newer briefing of a later day: no report does not mean that it is quiet.
        silent: bool,
    }

    /// `search.html`: finds words, where a site has `search = true` under `[outputs]`. Its script reads a
    /// form with the id `page-search`, a field called `q` and, in `data-` attributes, what to say: `zero`
    /// (the digit), `busy` `none` `lost` `found`. It says that in `page-said`, lists what it finds in
    /// `page-found`, ten at a time, and shows the button `page-more` while there is more. The form is `hidden`
    /// until the script shows it.
    SearchView {
        site: Shared<SiteView>,
        page: PageView,
        /// Of the search, for `<script src>`.
        script: Url,
        /// Where to look without it.
        ways: Vec<LinkView>,
    }

    /// `corrections.html`: all corrections of the site, newest first.
    CorrectionsView {
        site: Shared<SiteView>,
        page: PageView,
        corrections: Vec<CorrectionView>,
        pagination: Pagination,
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
        /// The letters before it are of another script, or there are none.
        begins_script: bool,
        names: Vec<NameEntry>,
    }

    NameEntry {
        text: String,
        dir: &'static str,
        url: Url,
        /// The name that the page goes by, where the text is another spelling; else empty.
        see: String,
        /// `neighbourhood` or `source`, and what the interface calls it.
        of: Labelled,
    }

    /// `404.html`
    NotFoundView {
        site: Shared<SiteView>,
        page: PageView,
        /// Absolute URL of the home page; empty where site.toml has no base_url.
        home: String,
    }

    /// `stub.html`: what stands where a page was.
    StubView {
        site: Shared<SiteView>,
        page: PageView,
        /// `moved withdrawn expired`
        reason: &'static str,
        /// The title of what moved or went.
        what: String,
        /// Where it moved; empty otherwise.
        url: Url,
        at: Option<TimeView>,
        why: String,
    }
}
