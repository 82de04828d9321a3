//! Links and pictures.

codes! {
    "Links and pictures";

    /// The target of a link does not exist.
    ///
    /// Readers would get an error page. Use the suggested name, or remove the link.
    ///
    /// ```text
    /// [the report](harbor-report.md)
    /// ```
    DEAD_LINK = "dead-link", Error;

    /// The target exists, but has no such part.
    ///
    /// Use the suggested part. The fragment of a heading is its text in lower case, with `-` for
    /// spaces; that of a claim is `claim-` and its id.
    ///
    /// ```text
    /// [the pumps](first.md#pump)
    /// ```
    DEAD_FRAGMENT = "dead-fragment", Error;

    /// The target is a draft or under embargo.
    ///
    /// It has no page yet, and the link would give it away. Publish it too, or remove the link.
    ///
    /// ```text
    /// [tomorrow's report](tomorrow.md)
    /// ```
    HIDDEN_TARGET = "hidden-target", Error;

    /// `claim:` is not followed by the id of a claim.
    ///
    /// Write `claim:ID` for a claim of the same briefing, or `claim:BRIEFING/ID`.
    ///
    /// ```text
    /// [six people](claim:)
    /// ```
    BAD_CLAIM = "bad-claim", Error;

    /// Percent signs in an address encode no text.
    ///
    /// Write the letters themselves, or `%25` for a percent sign.
    ///
    /// ```text
    /// [100 %](100%.md)
    /// ```
    BAD_ENCODING = "bad-encoding", Error;

    /// A link has no target.
    ///
    /// Write it between `(` and `)`.
    ///
    /// ```text
    /// [the report]()
    /// ```
    EMPTY_TARGET = "empty-target", Error;

    /// A link has no text.
    ///
    /// It cannot be selected, and screen readers would read out its address. Write the text between
    /// `[` and `]`.
    ///
    /// ```text
    /// [](report.md)
    /// ```
    EMPTY_LINK_TEXT = "empty-link-text", Error;

    /// A link or picture with a link is inside of another link.
    ///
    /// A page can follow only one of them. Put them next to each other.
    ///
    /// ```text
    /// [see [the report](report.md)](other.md)
    /// ```
    NESTED_LINK = "nested-link", Error;

    /// The name of a file is followed by a query.
    ///
    /// Files on a USB stick take no queries. Remove it; write `%3F` if the question mark belongs to
    /// the name.
    ///
    /// ```text
    /// [the report](report.md?print=1)
    /// ```
    LINK_QUERY = "link-query", Error;

    /// The target is outside of the site's folder.
    ///
    /// Only files of the site are published. Remove a `../`, or copy the file into the site.
    ///
    /// ```text
    /// [the report](../../../report.pdf)
    /// ```
    OUTSIDE_THE_SITE = "outside-the-site", Error;

    /// An address is not of a kind that a page may link to.
    ///
    /// Addresses of the web, mail, telephone, messages and maps are allowed, in texts and in templates. Others can
    /// run programs or leak who reads.
    ///
    /// ```text
    /// [click](javascript:alert(1))
    /// ```
    UNSAFE_URL = "unsafe-url", Error;

    /// A picture has no text alternative.
    ///
    /// Readers who do not see it, or save data by leaving pictures out, get nothing. Write between
    /// `[` and `]` what it shows.
    ///
    /// ```text
    /// ![](harbour.jpg)
    /// ```
    NO_ALT = "no-alt", Error;

    /// A picture is on another server.
    ///
    /// That server would see who reads the page, and the picture would be missing offline. Put a
    /// copy next to the article.
    ///
    /// ```text
    /// ![The harbour](https://example.org/harbour.jpg)
    /// ```
    REMOTE_PICTURE = "remote-picture", Error;

    /// The target of a picture cannot be shown.
    ///
    /// Name a picture or a recording next to the article or in static/. Link to other files, such as a PDF, without the
    /// `!`. Videos play as .mp4, .webm or .ogv, and sounds as .mp3, .m4a, .ogg, .opus or .wav: save others, such as the
    /// .mov of a telephone, in one of these.
    ///
    /// ```text
    /// ![The report](report.pdf)
    /// ```
    NOT_A_PICTURE = "not-a-picture", Error;
}
