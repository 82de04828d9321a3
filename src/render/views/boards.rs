//! What readers see at a glance: boards of places and topics, and what changed.

use super::items::{ItemView, Labelled, TermLink};
use super::value::{Shared, Url, views};

views! {
    /// The last reports: a row for each place, a column for each topic.
    BoardView {
        /// The columns: topics of site.toml with reports. Last, with an empty id, reports without a topic.
        topics: Vec<Labelled>,
        /// The places with the latest changes, the latest first.
        rows: Vec<BoardRow>,
        /// Further places, to be folded.
        more_rows: Vec<BoardRow>,
        /// Topics of site.toml that none of the places has a report about.
        unreported: Vec<Labelled>,
        /// The statuses in the cells, for a legend.
        statuses: Vec<Labelled>,
        /// In a cell nothing was reported since an earlier day than that of the newest briefing, or ever.
        has_silence: bool,
    }

    BoardRow {
        place: Shared<TermLink>,
        /// One for each column; none without a report.
        cells: Vec<Option<BoardCell>>,
    }

    /// The last report about a topic.
    BoardCell {
        /// The latest claim that holds.
        url: Url,
        /// Of that claim; `contested` where sources disagree.
        status: Labelled,
        /// When the last report came, for `<time datetime>`.
        iso: String,
        /// The hour on the day of the newest briefing; else the day, short.
        when: String,
        /// The day of the newest briefing is later: nothing since.
        silent: bool,
    }

    /// A briefing on one line.
    HeadlineView {
        briefing: Shared<ItemView>,
        /// The hour on the day of the newest briefing; else the day, short.
        when: String,
    }
}
