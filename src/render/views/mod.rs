//! The data that templates see: one closed, typed view per kind of page, and nothing else.
//!
//! Owns the shapes and their documentation: docs/themes.md is generated from here, and a test compares the
//! two. Builds no view (`render::pages` does) and knows no template.
//!
//! Invariants: no maps to iterate but `extra`, only sorted lists; every URL is a [`Url`], made from a
//! registered route; an empty text means "none".
//!
//! The order of the files; each imports only from those before it: `value`, `frame`, `items`, `boards`, `claims`,
//! `changes`, the pages.

mod boards;
mod briefing_pages;
mod changes;
mod claims;
mod frame;
mod items;
mod overview_pages;
mod record_pages;
mod value;

pub use boards::{BoardCell, BoardRow, BoardView, HeadlineView};
pub use briefing_pages::{
    BriefingView, CalendarView, ChartView, HeadingView, HomeView, LimitsLangs, ListView, Pagination,
    RelatedView,
};
pub use changes::ChangeView;
pub use claims::{
    ClaimPlaceView, ClaimTopicView, ClaimView, CorrectionView, EvidenceView, FigureTableRow, FigureTableView,
    FigureView, GoneClaimView, KeyFigureView, OriginView, WhyView,
};
pub use frame::{
    CardView, DataLink, FeedLink, LanguageLink, LinkView, LogoView, MenuLink, NoticeView, PageView, SiteView,
    TimeView,
};
pub use items::{DateItem, ItemView, Labelled, TermItem, TermLink, WhenView};
pub use overview_pages::{
    ChangeDayView, ChangesView, CorrectionsView, FigureRowView, FiguresView, LetterView, MapPlaceView,
    MapView, MeasureView, NameEntry, NamesView, NotFoundView, SearchView, StubView, TimelineRowView,
    TimelineView,
};
pub use record_pages::{
    ClaimGroupView, CodeView, ConditionView, CountedStatus, DateView, EventView, NameView, NeighbourhoodView,
    PlainView, SaidBy, SheetClaimView, SheetTopicView, SheetView, SourceView,
};
pub use value::{FieldDoc, Fields, Html, IntoTera, Shared, Url, View, ViewDoc, printable_table};

/// Every view, in the order of the theme guide.
pub fn docs() -> impl Iterator<Item = &'static ViewDoc> {
    let files = [
        frame::DOCS,
        items::DOCS,
        boards::DOCS,
        claims::DOCS,
        changes::DOCS,
        briefing_pages::DOCS,
        record_pages::DOCS,
        overview_pages::DOCS,
    ];
    files.into_iter().flatten()
}
