//! Tables whose rows are claims.

codes! {
    "Tables of figures";

    /// A briefing names a column that the table does not have.
    ///
    /// The header must be written as in the first row of the table. Correct the name in the briefing or in the
    /// table.
    ///
    /// ```toml
    /// columns = { count = "Death" }     # the header is "Deaths"
    /// ```
    UNKNOWN_COLUMN = "unknown-column", Error;

    /// It is not clear which column or value is meant.
    ///
    /// Two columns have one header, two tags give one key, or a key has a value for all rows and a column too. A
    /// guess could give a figure to the wrong source. Rename or remove one of the two.
    ///
    /// ```toml
    /// source  = "sohr"
    /// columns = { source = "Source", count = "Deaths" }
    /// ```
    AMBIGUOUS_COLUMN = "ambiguous-column", Error;

    /// A table has no row.
    ///
    /// Its first row has the names of the columns. Save it again from the spreadsheet, or remove the `[[include]]`.
    ///
    /// ```text
    /// deaths.csv has 0 bytes
    /// ```
    EMPTY_TABLE = "empty-table", Error;

    /// A row has more or fewer cells than the first row.
    ///
    /// Its values could be in the wrong columns. Put a cell with a comma in it between quotation marks.
    ///
    /// ```text
    /// Date,District,Deaths
    /// 2031-05-02,Harbour, east side,6
    /// ```
    UNEVEN_ROW = "uneven-row", Error;

    /// A cell begins with a quotation mark, and none closes it.
    ///
    /// All that follows would be one cell. Close it, and write a quotation mark within a cell twice.
    ///
    /// ```text
    /// 2031-05-02,"Harbour,6
    /// ```
    OPEN_QUOTE = "open-quote", Error;

    /// A row lacks what every claim has.
    ///
    /// A claim needs a text, a source, a measure and a number. Fill the cell, or remove the row.
    ///
    /// ```text
    /// Date,Source,Deaths
    /// 2031-05-02,,6
    /// ```
    EMPTY_CELL = "empty-cell", Error;

    /// A cell is not a number, or may be two.
    ///
    /// `1,900` is more than a thousand in one language, and less than two in another. Write the digits alone.
    ///
    /// ```text
    /// Deaths
    /// "1,900"
    /// ```
    BAD_NUMBER = "bad-number", Error;

    /// Some columns have an HXL tag without a meaning here.
    ///
    /// Their cells are not shown. If one of them is needed, name its column in `columns`.
    ///
    /// ```text
    /// #date,#adm3+name,#geo+lat,#affected+killed
    /// ```
    UNUSED_HXL_TAG = "unused-hxl-tag", Note;
}
