//! Finished pages.

codes! {
    "Finished pages";

    /// A finished page has a broken link.
    ///
    /// Links in texts were checked before, so this one comes from a template. Correct the template.
    ///
    /// ```text
    /// <a href="/no-such-page.html">
    /// ```
    DEAD_OUTPUT_LINK = "dead-output-link", Error;

    /// A page loads something from another site.
    ///
    /// That site would see who reads, and the page would look broken offline. Put a copy into
    /// static/.
    ///
    /// ```text
    /// <script src="https://cdn.example/x.js"></script>
    /// ```
    THIRD_PARTY = "third-party", Error;

    /// The content security policy of a page blocks something that the page has.
    ///
    /// Browsers leave it out without a word, so that a theme looks broken. The policy keeps what other people wrote
    /// from doing harm. Do what the message says: a class instead of `style="…"`, a file instead of a script in the
    /// page, or a permission in the block `policy` of the template.
    ///
    /// ```text
    /// <p style="color: red">
    /// ```
    POLICY_BLOCKS = "policy-blocks", Warning;

    /// An id in a page is empty or contains a space.
    ///
    /// Nothing can link to it. Correct the template.
    ///
    /// ```text
    /// <h2 id="what we know">
    /// ```
    BAD_ANCHOR = "bad-anchor", Error;

    /// A page has one id twice.
    ///
    /// A link would reach only the first. Ids of templates begin with `page-`, so that headings of
    /// a text cannot have them.
    ///
    /// ```text
    /// <section id="page-top"> … <section id="page-top">
    /// ```
    SAME_ANCHOR = "same-anchor", Error;

    /// No font has a letter of a card.
    ///
    /// A card is the picture of a briefing that messengers show. The fonts in the program have Latin, Greek, Cyrillic
    /// and Arabic letters. An empty box would look like a mistake, so the page has no card; everything else is as
    /// usual. Put a font with the letter into static/, as a .ttf or .otf file: cards then use it, and its licence must
    /// allow that it is published. Or write the title without the letter.
    ///
    /// ```toml
    /// title = "ရေပြတ်တောက်မှု"
    /// ```
    NO_LETTER_FOR_CARD = "no-letter-for-card", Warning;

    /// A page is larger, compressed, than `page` under `[budget]`.
    ///
    /// Readers on slow networks wait for every byte. Divide a long text, lower `page_size` for
    /// lists, or raise the budget.
    ///
    /// ```toml
    /// [budget]
    /// page = 14000
    /// ```
    PAGE_OVER_BUDGET = "page-over-budget", Warning;

    /// In `check`: the weight of the heaviest pages, if over half of the budget.
    ///
    /// Nothing has to be done. It shows what to shorten first.
    ///
    /// ```text
    /// note[heaviest-pages]: the heaviest pages, in bytes compressed: map.html 9120, index.html 8800
    /// ```
    HEAVIEST_PAGES = "heaviest-pages", Note;

    /// Plain-text pages are larger, compressed, than `text` under `[budget]`.
    ///
    /// Plain text is for the slowest networks. Lower `page_size` if it is a list, or raise the
    /// budget.
    ///
    /// ```toml
    /// [budget]
    /// text = 4000
    /// ```
    TEXT_OVER_BUDGET = "text-over-budget", Warning;

    /// The pictures in the text of a page have more bytes than `pictures` under `[budget]`, as a phone loads them.
    ///
    /// Counted is the copy that a phone takes, 390 points wide with two pixels a point, also of pictures that wait until
    /// a reader comes near them. Take out a picture, link to it instead, save it as JPEG if it is a photo, or raise the
    /// budget.
    ///
    /// ```toml
    /// [budget]
    /// pictures = 250000
    /// ```
    PICTURES_OVER_BUDGET = "pictures-over-budget", Warning;

    /// The index of the search page cannot be made.
    ///
    /// The message has the reason. Write `search = false` under `[outputs]` to publish without a
    /// search.
    ///
    /// ```toml
    /// [outputs]
    /// search = true
    /// ```
    SEARCH_INDEX = "search-index", Error;
}
