//! Front matter and site.toml.

codes! {
    "Front matter and site.toml";

    /// The file does not begin with `+++`.
    ///
    /// Every article and record begins with TOML between two lines of `+++`. A briefing needs
    /// `title` and `date`, anything else a `title`.
    ///
    /// ```text
    /// # Water is back
    /// ```
    NO_FRONT_MATTER = "no-front-matter", Error;

    /// The closing `+++` of the front matter is missing.
    ///
    /// Write `+++` on a line of its own after the last key. The message points to the line that
    /// opens the front matter.
    ///
    /// ```text
    /// +++
    /// title = "Water is back"
    ///
    /// The pumps run again.
    /// ```
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter", Error;

    /// A line is not valid TOML.
    ///
    /// Often a quote is missing or a text is not in quotes. TOML is read as a whole, so correct
    /// this first: other faults of the file are reported afterwards.
    ///
    /// ```toml
    /// title = Water is back
    /// ```
    TOML_SYNTAX = "toml-syntax", Error;

    /// A key is written twice in one table.
    ///
    /// Only one of the two could count, so neither is used. Keep one.
    ///
    /// ```toml
    /// title = "Water"
    /// title = "Water is back"
    /// ```
    DUPLICATE_KEY = "duplicate-key", Error;

    /// There is no such key here.
    ///
    /// Nearly always a spelling mistake, which would otherwise lose what was written. Use the
    /// suggested key, or put keys of your own under `[extra]`.
    ///
    /// ```toml
    /// sumary = "The pumps run."
    /// ```
    UNKNOWN_KEY = "unknown-key", Error;

    /// A list has more than 2,000 items.
    ///
    /// The rest was not read. Split the file: a page with so many items does not open on a phone.
    ///
    /// ```toml
    /// spellings = ["Heluk", "Hulluk", "Haluk"]     # and 1,998 more
    /// ```
    TOO_MANY_ITEMS = "too-many-items", Error;

    /// A briefing names more than 300 neighbourhoods or sources.
    ///
    /// Each of their pages shows all that the briefing names, so that a longer list would fill all of them.
    /// Split the briefing, or name the larger places.
    ///
    /// ```toml
    /// neighbourhoods = ["district-1", "district-2", "district-3"]     # and so on, to district-301
    /// ```
    TOO_MANY_NAMES = "too-many-names", Error;

    /// A required key is missing.
    ///
    /// A briefing needs `title` and `date`, a claim `text` and `source`, a record `title`. A key
    /// with an empty value counts as missing.
    ///
    /// ```toml
    /// title = "A briefing without a date"
    /// ```
    MISSING_KEY = "missing-key", Error;

    /// A key has no effect together with the others.
    ///
    /// Remove it, or add the key that it belongs to.
    ///
    /// ```toml
    /// status_why = "Two reports agree."     # without status
    /// ```
    UNUSED_KEY = "unused-key", Warning;

    /// A value has the wrong type, such as text instead of a list.
    ///
    /// The message shows the value as it should be written.
    ///
    /// ```toml
    /// neighbourhoods = "harbour"     # write ["harbour"]
    /// ```
    WRONG_TYPE = "wrong-type", Error;

    /// A key that is needed is empty.
    ///
    /// Write its value. Where a key may be missing, an empty one counts as missing.
    ///
    /// ```toml
    /// title = ""
    /// ```
    EMPTY_TEXT = "empty-text", Error;

    /// A table has a heading, and no key below it.
    ///
    /// An empty table counts as missing: a briefing with this heading is not withdrawn. Write the keys that the table
    /// needs, or remove the heading.
    ///
    /// ```toml
    /// [withdrawn]
    /// ```
    BARE_HEADING = "bare-heading", Warning;

    /// The value is not one of the words that the key takes.
    ///
    /// Choose one of those in the message.
    ///
    /// ```toml
    /// kind = "dayly"     # did you mean "daily"?
    /// ```
    BAD_WORD = "bad-word", Error;

    /// A number is too small or too large.
    ///
    /// Write a number within the limits that the message gives.
    ///
    /// ```toml
    /// credibility = 7     # 1 to 6
    /// ```
    OUT_OF_RANGE = "out-of-range", Error;

    /// Two dates or two figures are in an impossible order.
    ///
    /// `updated` cannot be before `date`, nor `max` smaller than `min`. An `as_of` after the day of
    /// publication is a warning, since clocks differ.
    ///
    /// ```toml
    /// figure = { measure = "killed", said = "six to eight", min = 8, max = 6 }
    /// ```
    BAD_ORDER = "bad-order", Error | Warning;

    /// A date is more than a day in the future, and nothing says that it is meant.
    ///
    /// A slip in the year would keep a briefing above all others. Correct the date; if the briefing is to be
    /// published then, write the same time as `embargo_until`. Drafts are not checked, and `happened` may be
    /// in the future.
    ///
    /// ```toml
    /// date = 2062-10-02     # 2026?
    /// ```
    FUTURE_DATE = "future-date", Error;

    /// Not a date, or a date that does not exist.
    ///
    /// Write 2016-10-02 or a date with a time, in quotes or without. Where the key takes ranges, write also 2016,
    /// 2016-10, or a range.
    ///
    /// ```toml
    /// date = "2016-02-30"
    /// ```
    BAD_DATE = "bad-date", Error;

    /// A time that the site's clocks show twice, or never.
    ///
    /// A time without an offset is one in the `timezone` of site.toml. When clocks are put back, an hour comes twice;
    /// when they are put forward, one is left out. The message has both times that may be meant, with their offsets.
    ///
    /// ```toml
    /// said = "2016-10-28T00:30"     # in Asia/Damascus: 2016-10-28T00:30:00+03:00 or +02:00
    /// ```
    CLOCK_CHANGE = "clock-change", Error;

    /// `timezone` is not a zone of the IANA database.
    ///
    /// Days begin and end by this zone. Write a name such as Asia/Damascus; the program has its own
    /// copy of the database.
    ///
    /// ```toml
    /// timezone = "Damascus"
    /// ```
    BAD_TIMEZONE = "bad-timezone", Error;

    /// Not a language code, or the default language is not in `languages`.
    ///
    /// Write a code such as `ar`, `en` or `pt-br`, and list the default language among `languages`.
    ///
    /// ```toml
    /// languages = ["english"]
    /// ```
    BAD_LANGUAGE = "bad-language", Error;

    /// Not an address that begins with http:// or https://.
    ///
    /// Write the whole address, as a browser shows it.
    ///
    /// ```toml
    /// base_url = "briefings.example"
    /// ```
    BAD_URL = "bad-url", Error;

    /// A path that the output, or a theme's folder, cannot have.
    ///
    /// Write a plain relative path with forward slashes and without `..`.
    ///
    /// ```toml
    /// aliases = ["/old/../page.html"]
    /// ```
    BAD_PATH = "bad-path", Error;

    /// A value, or the title or text alternative of a link or picture, holds an HTML comment, which readers would
    /// see.
    ///
    /// These are text, and no HTML. A comment of TOML begins with # and is in no output; in Markdown one is outside of
    /// links and pictures.
    ///
    /// ```toml
    /// summary = "Water is back. <!-- ask the clinic -->"
    /// ```
    COMMENT_IN_TEXT = "comment-in-text", Error;

    /// A value holds emphasis, a link, a tag or a character reference.
    ///
    /// Values are text, and readers see the marks. Write the words alone.
    ///
    /// ```toml
    /// title = "Water is **back**"
    /// ```
    MARKUP_IN_TEXT = "markup-in-text", Warning;

    /// Not a SHA-256 digest.
    ///
    /// Write its 64 hexadecimal digits, as `sha256sum` prints them. Readers check evidence against
    /// it.
    ///
    /// ```toml
    /// evidence = [{ url = "https://example.org/a.pdf", sha256 = "e3b0c442" }]
    /// ```
    BAD_DIGEST = "bad-digest", Error;

    /// No id can be made of this, or the id is reserved.
    ///
    /// Ids become file names and addresses: lower case, letters and digits of any script, joined by
    /// `-`. Names that the build uses itself, such as `index`, are reserved.
    ///
    /// ```toml
    /// slug = "Harbour Edge"     # its slug is "harbour-edge"
    /// ```
    BAD_ID = "bad-id", Error;

    /// A list names the same thing twice.
    ///
    /// Two spellings of one record count as the same. Remove one of the two.
    ///
    /// ```toml
    /// neighbourhoods = ["harbour", "The Docks"]     # two names of one place
    /// ```
    REPEATED_NAME = "repeated-name", Warning;
}
