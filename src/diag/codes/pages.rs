//! Finished pages.

codes! {
    "Finished pages";

    /// A rendered page has a link that leads nowhere.
    DEAD_OUTPUT_LINK = "dead-output-link", Error;

    /// A page loads something from another site.
    THIRD_PARTY = "third-party", Error;

    /// An id that nothing can link to.
    BAD_ANCHOR = "bad-anchor", Error;

    /// A page has one id twice.
    SAME_ANCHOR = "same-anchor", Error;

    /// A page weighs more, compressed, than `[budget]` in site.toml says.
    PAGE_OVER_BUDGET = "page-over-budget", Warning;

    /// In `check`: what the heaviest pages weigh, where that is more than half the budget.
    HEAVIEST_PAGES = "heaviest-pages", Note;

    /// Plain texts have more bytes, compressed, than `text` under `[budget]`.
    TEXT_OVER_BUDGET = "text-over-budget", Warning;

    /// The index of the search cannot be made.
    SEARCH_INDEX = "search-index", Error;
}
