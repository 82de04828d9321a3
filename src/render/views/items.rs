//! Periods, labels, links to terms and items of lists.

use super::frame::{LinkView, TimeView};
use super::value::{Shared, Url, views};

views! {
    /// When something happened or was said: a point or a range.
    WhenView {
        /// EDTF.
        edtf: String,
        /// In words, with "about", "perhaps", "until" and "since" if they apply.
        text: String,
        approximate: bool,
        uncertain: bool,
        /// The calendar pages that list it.
        days: Vec<Shared<LinkView>>,
    }

    /// A value of the front matter and its label in the interface.
    Labelled {
        id: String,
        label: String,
    }

    /// A link to a neighbourhood or a source.
    TermLink {
        text: String,
        /// Empty without a page: a protected source, or no source at all.
        url: Url,
        /// `ltr`, `rtl` or `auto`: put names in `<bdi>`.
        dir: &'static str,
    }

    /// A briefing in a list.
    ItemView {
        title: String,
        url: Url,
        /// The language of the title; empty if it is the page's.
        lang: String,
        /// The direction of the title, for `dir`; empty if it is the page's.
        dir: &'static str,
        published: Shared<TimeView>,
        updated: Option<TimeView>,
        /// When all of it was last found to be still so.
        checked: Option<TimeView>,
        kind: Option<Shared<Labelled>>,
        /// The writer's summary, or the beginning of the text.
        summary: String,
        /// The language of the summary; empty if it is the page's.
        summary_lang: String,
        /// The direction of the summary, for `dir`; empty if it is the page's.
        summary_dir: &'static str,
        neighbourhoods: Vec<Shared<TermLink>>,
        sources: Vec<Shared<TermLink>>,
        draft: bool,
        /// It has a correction, a clarification or a withdrawal; updates do not count.
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
        /// Claims about what happened then.
        claims: usize,
        /// The months of a year, the days of a month; empty for a day.
        within: Vec<DateItem>,
    }
}
