//! Text.

codes! {
    "Text";

    /// A character that cannot be seen.
    CONTROL_CHARACTER = "control-character", Error;

    /// A direction control that is not closed in its line.
    BIDI_CONTROL = "bidi-control", Error;

    /// `#` in a text, where the page's title is the only heading of that level.
    HEADING_LEVEL = "heading-level", Warning;

    /// `{#id}` behind a heading.
    HEADING_ATTRIBUTES = "heading-attributes", Error;

    /// `[a][b]` without a definition of b.
    UNDEFINED_REFERENCE = "undefined-reference", Error;

    /// `[^x]` without its footnote.
    UNDEFINED_FOOTNOTE = "undefined-footnote", Error;

    /// Two footnotes have one label.
    DUPLICATE_FOOTNOTE = "duplicate-footnote", Error;

    /// Nothing refers to a footnote.
    UNUSED_FOOTNOTE = "unused-footnote", Warning;

    /// A footnote stands within a link.
    FOOTNOTE_IN_LINK = "footnote-in-link", Error;

    /// References expand to more than the parser takes.
    TOO_MANY_REFERENCES = "too-many-references", Error;

    /// HTML is shown as text.
    RAW_HTML = "raw-html", Warning;

    /// An element or attribute is taken out (`html = "sanitise"`).
    HTML_REMOVED = "html-removed", Warning;

    /// A link or picture is written in HTML, where it cannot be checked.
    HTML_LINK = "html-link", Error;

    /// Elements stand more than 50 deep within each other.
    HTML_NESTING = "html-nesting", Error;

    /// Elements cannot stand within each other; shown as text.
    HTML_MISPLACED = "html-misplaced", Warning;

    /// An end tag closes nothing.
    HTML_STRAY_END = "html-stray-end", Warning;

    /// An element is not closed where it was opened.
    HTML_UNCLOSED = "html-unclosed", Warning;

    /// A text has more than 100 problems; the rest are counted.
    MORE_PROBLEMS = "more-problems", Error | Warning;
}
