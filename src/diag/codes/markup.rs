//! Markup that is shown as text, or that readers do not see.

codes! {
    "Markup";

    /// Marks of emphasis are shown as they are.
    ///
    /// A mark between punctuation and a letter does not open or close emphasis. Move the punctuation
    /// out, write a space, or `\*` if the mark is meant.
    ///
    /// ```text
    /// **Update:**water is back
    /// ```
    LITERAL_EMPHASIS = "literal-emphasis", Warning;

    /// A link is shown as text.
    ///
    /// A space ends the target of a link. Write the target between `<` and `>`.
    ///
    /// ```text
    /// [Old Town](place:Old Town)
    /// ```
    LITERAL_LINK = "literal-link", Error;

    /// A name in double brackets is shown as text.
    ///
    /// Other programs make a link of it. Write `[text](target)`.
    ///
    /// ```text
    /// [[Old Town]]
    /// ```
    WIKI_LINK = "wiki-link", Warning;

    /// No plain space separates a mark from its text.
    ///
    /// `#` and `-` make a heading and a list only if a space follows. A no-break space looks like one and is
    /// none. Type a plain space.
    ///
    /// ```text
    /// ##What we know
    /// ```
    MARK_WITHOUT_SPACE = "mark-without-space", Warning;

    /// An alert is shown as text.
    ///
    /// The alerts are note, tip, important, warning and caution. Each is a quotation, with its name alone in
    /// the first line.
    ///
    /// ```text
    /// > [!DANGER]
    /// > Do not drink the water.
    /// ```
    UNKNOWN_ALERT = "unknown-alert", Warning;

    /// Attributes in braces are shown as text.
    ///
    /// Markdown here has none. Delete them.
    ///
    /// ```text
    /// [the report](report.pdf){target="_blank"}
    /// ```
    LITERAL_ATTRIBUTES = "literal-attributes", Warning;

    /// Rows of a table are shown as text.
    ///
    /// A table begins with its header and a line of dashes below it, with as many cells. Tabs do not
    /// separate cells.
    ///
    /// ```text
    /// | place | dead |
    /// | Old Town | 2 |
    /// ```
    LITERAL_TABLE = "literal-table", Warning;

    /// A row has more cells than its table has columns.
    ///
    /// No reader sees the cells beyond the header. Add a column, or write `\|` for a bar in the text.
    ///
    /// ```text
    /// | place | dead |
    /// |---|---|
    /// | Old Town | 2 | 14 hurt |
    /// ```
    LOST_CELL = "lost-cell", Error;

    /// Code is not closed.
    ///
    /// All that follows is shown as code. Close it with a line like the one that opens it.
    ///
    /// ```text
    /// ~~~
    /// pump --on
    ///
    /// ## What we know
    /// ```
    UNCLOSED_CODE = "unclosed-code", Warning;

    /// A template tag of another generator is shown as text.
    ///
    /// Texts have no tags. Write in Markdown what the tag meant, or delete it.
    ///
    /// ```text
    /// {{< figure src="pumps.jpg" >}}
    /// ```
    TEMPLATE_TAG = "template-tag", Warning;

    /// A bullet such as • begins a line.
    ///
    /// It makes no list: readers see the lines as one paragraph. Write `-` and a space.
    ///
    /// ```text
    /// • Water is back.
    /// • The pumps run.
    /// ```
    TYPED_BULLET = "typed-bullet", Warning;

    /// A line behind a quotation has no `>` and no empty line before it.
    ///
    /// It is a part of the quotation all the same, and readers take it for words of the person who is quoted. Write an
    /// empty line before it, or `>` if it is quoted.
    ///
    /// ```text
    /// > We have no water.
    /// The council did not answer.
    /// ```
    QUOTATION_GOES_ON = "quotation-goes-on", Warning;

    /// Lines begin with four spaces or a tab.
    ///
    /// Markdown takes them for code, whose lines do not wrap on a phone. Delete the spaces; put code between lines of
    /// three backticks.
    ///
    /// ```text
    ///     The pumps run again since this morning.
    /// ```
    INDENTED_CODE = "indented-code", Warning;

    /// A line of `-` or `=` is right below a sentence.
    ///
    /// It makes a heading of the paragraph above. Write an empty line between them if the line is to divide the text,
    /// or delete the full stop if the sentence is a heading.
    ///
    /// ```text
    /// The pumps run again.
    /// ---
    /// ```
    UNDERLINED_SENTENCE = "underlined-sentence", Warning;

    /// A heading has no text.
    ///
    /// Readers who move from heading to heading land on nothing. Write its text, or delete it.
    ///
    /// ```text
    /// ##
    /// ```
    EMPTY_HEADING = "empty-heading", Warning;

    /// A text begins with its title.
    ///
    /// The page shows the title above the text already. Delete the line.
    ///
    /// ```text
    /// # Water is back
    /// ```
    REPEATED_TITLE = "repeated-title", Warning;

    /// Nothing refers to a definition.
    ///
    /// A line like `[label]: target` defines the target of a link, and readers do not see it. Write `\[` if
    /// the brackets are meant.
    ///
    /// ```text
    /// [Update]: Confirmed.
    /// ```
    UNUSED_DEFINITION = "unused-definition", Warning;

    /// Two definitions have one label.
    ///
    /// Only the first has an effect, and readers see neither. Delete one, or give it another label.
    ///
    /// ```text
    /// [report]: report.pdf
    /// [report]: report-2.pdf
    /// ```
    DUPLICATE_DEFINITION = "duplicate-definition", Warning;
}
