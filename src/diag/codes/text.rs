//! Text.

codes! {
    "Text";

    /// A text contains an invisible control character.
    ///
    /// It comes from copied text and may change what a reader or a search sees. Delete it, or paste
    /// the text without formatting.
    ///
    /// ```toml
    /// title = "a\u200Bb"
    /// ```
    CONTROL_CHARACTER = "control-character", Error;

    /// A direction control is not closed in its line.
    ///
    /// It would turn round the text that follows it, so that readers see other words than are
    /// written. Delete it, or close it in the same line.
    ///
    /// ```text
    /// The text \u202E turns round from here.
    /// ```
    BIDI_CONTROL = "bidi-control", Error;

    /// `#` is used in a text.
    ///
    /// The title of a page is its only heading of the first level; the heading is shown as one of
    /// the second. Write `##`.
    ///
    /// ```text
    /// # What we know
    /// ```
    HEADING_LEVEL = "heading-level", Warning;

    /// A heading ends with attributes in braces.
    ///
    /// A heading takes only an id, as `{#id}`. Without one its fragment is made from its text.
    ///
    /// ```text
    /// ## What we know {.known}
    /// ```
    HEADING_ATTRIBUTES = "heading-attributes", Error;

    /// A heading cannot have the id that is written for it.
    ///
    /// An id holds letters, digits, `-` and `_`, and is used once in a text. Those that begin with `claim-`,
    /// `fn-`, `fnref-` or `page-` are made by the program.
    ///
    /// ```text
    /// ## What we know {#claim-known}
    /// ```
    BAD_HEADING_ID = "bad-heading-id", Error;

    /// A link refers to a definition that does not exist.
    ///
    /// It would be shown as plain text in brackets. Add the definition, or write `\[` if a bracket
    /// is meant.
    ///
    /// ```text
    /// [the report][rep]
    /// ```
    UNDEFINED_REFERENCE = "undefined-reference", Error;

    /// A footnote is referred to but not written.
    ///
    /// Add it, or write `\[` if a bracket is meant.
    ///
    /// ```text
    /// The pumps run.[^1]
    /// ```
    UNDEFINED_FOOTNOTE = "undefined-footnote", Error;

    /// Two footnotes have one label.
    ///
    /// A reference could mean either. Give one of them another label.
    ///
    /// ```text
    /// [^1]: The council, on 2 May.
    /// [^1]: The radio, on 3 May.
    /// ```
    DUPLICATE_FOOTNOTE = "duplicate-footnote", Error;

    /// Nothing refers to a footnote.
    ///
    /// Readers do not see it. Refer to it, or delete it.
    ///
    /// ```text
    /// [^2]: The council, on 2 May.
    /// ```
    UNUSED_FOOTNOTE = "unused-footnote", Warning;

    /// A footnote is inside of a link.
    ///
    /// The footnote is a link itself, and links cannot be nested. Put it after the link.
    ///
    /// ```text
    /// [the report[^1]](report.pdf)
    /// ```
    FOOTNOTE_IN_LINK = "footnote-in-link", Error;

    /// References expand to more text than the parser takes.
    ///
    /// This limit keeps a small file from becoming a huge page. Write the links as
    /// `[text](target)`, or split the text.
    ///
    /// ```text
    /// [a]: https://example.org/ and a long address, referred to 100,000 times
    /// ```
    TOO_MANY_REFERENCES = "too-many-references", Error;

    /// HTML in a text is shown as text.
    ///
    /// HTML is not interpreted unless the site asks for it. Write it in Markdown, or set `html =
    /// "sanitise"` in site.toml.
    ///
    /// ```text
    /// The pumps <u>run</u>.
    /// ```
    RAW_HTML = "raw-html", Warning;

    /// A comment in a text has no end, so that what follows it would be hidden with it.
    ///
    /// Comments are for writers, and are in no output. End it with `-->`.
    ///
    /// ```text
    /// <!-- ask the clinic again
    /// ```
    COMMENT_WITHOUT_END = "comment-without-end", Error;

    /// An element or attribute is removed from a text.
    ///
    /// With `html = "sanitise"`, only harmless HTML is kept: no scripts, no styles, nothing that
    /// loads from elsewhere. Write it in Markdown.
    ///
    /// ```text
    /// <b style="color: red">now</b>
    /// ```
    HTML_REMOVED = "html-removed", Warning;

    /// HTML in a text loads something from elsewhere, such as a video or a frame.
    ///
    /// Pages load nothing but their pictures. Write a link to it.
    ///
    /// ```text
    /// <iframe src="https://maps.example.org/"></iframe>
    /// ```
    HTML_LINK = "html-link", Error;

    /// Elements are nested more than 50 deep.
    ///
    /// Browsers and feed readers treat such pages differently. Write it in Markdown.
    ///
    /// ```text
    /// <div><div><div>… 51 times
    /// ```
    HTML_NESTING = "html-nesting", Error;

    /// An element has more than 100 attributes.
    ///
    /// Nothing that is written by hand needs so many. Write it in Markdown.
    ///
    /// ```text
    /// <span a1 a2 a3 … a101>six people</span>
    /// ```
    HTML_ATTRIBUTES = "html-attributes", Error;

    /// Elements cannot be nested in this way, so the HTML is shown as text.
    ///
    /// A browser would rearrange them, and other elements of the page with them. Write it in
    /// Markdown.
    ///
    /// ```text
    /// <pre>
    ///
    /// six people</pre>
    /// ```
    HTML_MISPLACED = "html-misplaced", Warning;

    /// An end tag closes nothing.
    ///
    /// Delete it, or open the element in the same fragment.
    ///
    /// ```text
    /// The pumps run.</b>
    /// ```
    HTML_STRAY_END = "html-stray-end", Warning;

    /// An element is not closed where it was opened.
    ///
    /// It is closed at the end of its fragment. Close it where it should end.
    ///
    /// ```text
    /// The <b>pumps run.
    /// ```
    HTML_UNCLOSED = "html-unclosed", Warning;

    /// Quotations and lists are nested more than 100 deep in one line.
    ///
    /// No screen could show it, and the text is not read. Remove the marks.
    ///
    /// ```text
    /// > > > > > > > > > > … 101 times
    /// ```
    DEEP_NESTING = "deep-nesting", Error;

    /// A text or a file has more than 100 problems; the rest are counted.
    ///
    /// Usually they have one cause. Correct those that are listed, and check again.
    ///
    /// ```text
    /// 137 pictures without a text alternative in one text
    /// ```
    MORE_PROBLEMS = "more-problems", Error | Warning | Note;
}
