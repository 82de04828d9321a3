//! Which column of a table is which key of a claim or figure.
//!
//! Owns the mapping of `columns` and of HXL tags, and what is wrong with either. Reads no row.

use std::collections::BTreeMap;

use super::csv_text::{CsvCell, CsvRow};
use super::hxl::{HxlMeaning, meaning_of};
use crate::diag::{Code, Diagnostic, Span, Spanned, did_you_mean};
use crate::model::Name;
use crate::toml::{OneLine, RowTables, TomlTable, shown, table};

table! {
    /// The headers of the columns that a table has for the keys of a claim and its figure.
    pub ColumnKeys, "the columns of a table" {
        /// What distinguishes the rows: a number or a name that stays. It becomes the id of the claim.
        optional id: Spanned<OneLine>, example "Row",
            otherwise "the date, the place, the measure and who was counted", seen "in the address of the claim";

        /// What the source says.
        optional text: Spanned<OneLine>, example "Note", seen "as the text of the claim";

        /// Who says so.
        optional source: Spanned<OneLine>, example "Source", seen "on the claim";

        /// Who passed it on; several are separated by `;`.
        optional via: Spanned<OneLine>, example "Via", seen "on the claim";

        /// What kind of statement it is.
        optional kind: Spanned<OneLine>, example "Kind", seen "on the claim";

        /// Where it happened; several are separated by `;`.
        optional neighbourhoods: Spanned<OneLine>, example "District", seen "on the claim";

        /// When it happened.
        optional happened: Spanned<OneLine>, example "Date", seen "on the claim";

        /// When the source said it.
        optional said: Spanned<OneLine>, example "Said on", seen "on the claim";

        /// When the row was put into the briefing.
        optional added: Spanned<OneLine>, example "Added", otherwise "`date` of the briefing", seen "on the claim";

        /// What it is about: one of `topics` in site.toml.
        optional topic: Spanned<OneLine>, example "Topic", seen "on the claim";

        /// The id of the event.
        optional event: Spanned<OneLine>, example "Event", seen "a link to the page of the event";

        /// How certain the claim is. More than the sources support needs `status_why`.
        optional status: Spanned<OneLine>, example "Status", otherwise "computed from the sources",
            seen "on the claim";

        /// Why the claim has this status.
        optional status_why: Spanned<OneLine>, example "Why", seen "as the reason, on the claim";

        /// How credible the statement itself is, from 1 to 6.
        optional credibility: Spanned<OneLine>, example "Credibility", seen "on the claim";

        /// Addresses of documents, pictures and videos that show it, with spaces or `;` between them.
        optional evidence: Spanned<OneLine>, example "Links", seen "links on the claim";

        /// When the claim was checked, and nothing had changed.
        optional checked: Spanned<OneLine>, example "Checked on", seen "on the claim";

        /// What is counted.
        optional measure: Spanned<OneLine>, example "Indicator", seen "in the figure";

        /// How many, as the source says it: `6`, `6+`, `at least 6`, `6-9`. Other words are shown as they are.
        optional count: Spanned<OneLine>, example "Deaths", seen "in the figure";

        /// The lowest number that it can mean.
        optional min: Spanned<OneLine>, example "Deaths (min)", seen "in the figure";

        /// The source's best estimate.
        optional best: Spanned<OneLine>, example "Deaths (best)", seen "in the figure";

        /// The highest number that it can mean.
        optional max: Spanned<OneLine>, example "Deaths (max)", seen "in the figure";

        /// Who was counted.
        optional who: Spanned<OneLine>, example "Group", seen "in the figure";

        /// The time that the count covers.
        optional period: Spanned<OneLine>, example "Period", seen "in the figure";
    }
}

impl ColumnKeys<'_> {
    /// Each key with the header that it names, if any.
    fn headers(self) -> [(&'static str, Option<Name>); 23] {
        [
            ("id", self.id),
            ("text", self.text),
            ("source", self.source),
            ("via", self.via),
            ("kind", self.kind),
            ("neighbourhoods", self.neighbourhoods),
            ("happened", self.happened),
            ("said", self.said),
            ("added", self.added),
            ("topic", self.topic),
            ("event", self.event),
            ("status", self.status),
            ("status_why", self.status_why),
            ("credibility", self.credibility),
            ("evidence", self.evidence),
            ("checked", self.checked),
            ("measure", self.measure),
            ("count", self.count),
            ("min", self.min),
            ("best", self.best),
            ("max", self.max),
            ("who", self.who),
            ("period", self.period),
        ]
    }
}

/// The columns of one table.
pub struct Columns<'t> {
    header: Vec<CsvCell<'t>>,
    header_span: Span,
    /// Where the values of a key are.
    by_key: BTreeMap<&'static str, usize>,
    /// What an HXL tag says that the numbers count, and where.
    pub counted: Option<(Span, &'static str)>,
}

impl<'t> Columns<'t> {
    /// Without any key yet.
    pub fn new(header: CsvRow<'t>) -> Self {
        Self { header: header.cells, header_span: header.span, by_key: BTreeMap::new(), counted: None }
    }

    pub fn len(&self) -> usize {
        self.header.len()
    }

    /// Where the values of a key are.
    pub fn of(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub fn by_key(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.by_key.iter().map(|(key, column)| (*key, *column))
    }

    /// What the table calls the column of a key.
    pub fn header(&self, column: usize) -> &str {
        &self.header[column].text
    }

    /// The headers, for a remedy.
    pub fn listed(&self) -> String {
        let headers = self.header.iter().map(|cell| cell.text.as_ref()).filter(|header| !header.is_empty());
        headers.map(|header| format!("\"{}\"", shown(header))).collect::<Vec<_>>().join(", ")
    }

    /// Takes the columns that the briefing names. `None` if the table lacks one, which is reported.
    pub(super) fn map(&mut self, columns: ColumnKeys<'_>) -> Option<()> {
        let table = columns.table;
        let mut are_known = true;
        for (key, header) in columns.headers() {
            let Some(header) = header else { continue };
            match self.find(&table, &header.value, header.span) {
                Some(column) => _ = self.by_key.insert(key, column),
                None => are_known = false,
            }
        }
        are_known.then_some(())
    }

    /// The column with a header, which is written at `span` of the briefing. None and two are reported.
    pub fn find(&self, table: &TomlTable<'_>, header: &str, span: Span) -> Option<usize> {
        let mut found = self.header.iter().enumerate().filter(|(_, cell)| cell.text == header);
        let Some((column, first)) = found.next() else {
            self.report_unknown(table, header, span);
            return None;
        };
        if let Some((_, second)) = found.next() {
            let message = format!("two columns are called \"{}\"", shown(header));
            let diagnostic = Diagnostic::error(Code::AMBIGUOUS_COLUMN, message)
                .at(table.place(second.span))
                .label("the second")
                .also(table.place(first.span), "the first");
            table.report(diagnostic.help("give one of them another name"));
            return None;
        }
        Some(column)
    }

    fn report_unknown(&self, table: &TomlTable<'_>, header: &str, span: Span) {
        let near = did_you_mean(header, self.header.iter().map(|cell| cell.text.as_ref()));
        let help = match near {
            Some(near) => format!("did you mean \"{}\"?", shown(near)),
            None => format!("its columns are {}", self.listed()),
        };
        let message = format!("the table has no column \"{}\"", shown(header));
        let diagnostic = Diagnostic::error(Code::UNKNOWN_COLUMN, message)
            .at(table.place(span))
            .label("no such column")
            .also(table.place(self.header_span), "its columns");
        table.report(diagnostic.help(help));
    }

    /// Takes the columns that a row of HXL tags names, unless the briefing names others. `None` if two of them
    /// give the same key, which is reported.
    pub fn tag(&mut self, tags: &CsvRow<'t>, rows: &RowTables<'_>) -> Option<()> {
        let mut places: Vec<(u8, usize)> = Vec::new();
        let mut tagged: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut unknown: Vec<&CsvCell<'_>> = Vec::new();
        let by_hand: Vec<usize> = self.by_key.values().copied().collect();
        for (column, cell) in tags.cells.iter().enumerate().take(self.header.len()) {
            let (key, counted) = match meaning_of(&cell.text) {
                _ if cell.text.is_empty() || by_hand.contains(&column) => continue,
                None => {
                    unknown.push(cell);
                    continue;
                }
                Some(HxlMeaning::Place(level)) => {
                    places.push((level, column));
                    continue;
                }
                Some(HxlMeaning::Key(key)) => (key, None),
                Some(HxlMeaning::Count { key, measure }) => (key, Some((cell.span, measure))),
            };
            if self.by_key.contains_key(key) {
                continue;
            }
            let other_count = counted.and_then(|(_, measure)| {
                self.counted.filter(|(_, other)| *other != measure).map(|(span, _)| span)
            });
            let second = tagged.insert(key, column).map(|first| tags.cells[first].span).or(other_count);
            if let Some(first) = second {
                report_two_tags(rows, key, first, cell.span);
                return None;
            }
            self.counted = counted.or(self.counted);
        }
        places.sort_unstable();
        // The smallest place; the others hold it.
        if let Some((_, column)) = places.pop().filter(|_| !self.by_key.contains_key("neighbourhoods")) {
            tagged.insert("neighbourhoods", column);
            unknown.extend(places.iter().map(|(_, column)| &tags.cells[*column]));
        }
        self.by_key.extend(tagged);
        report_unused_tags(rows, unknown);
        Some(())
    }
}

fn report_two_tags(rows: &RowTables<'_>, key: &str, first: Span, second: Span) {
    let message = format!("two tags give `{key}`, and a row is one figure");
    let diagnostic = Diagnostic::error(Code::AMBIGUOUS_COLUMN, message)
        .at(rows.place(second))
        .label("the second")
        .also(rows.place(first), "the first");
    let help = format!(
        "name the column that is meant, as in columns = {{ {key} = \"…\" }}; for both, include the file twice"
    );
    rows.report(diagnostic.help(help));
}

/// One note for all of them.
fn report_unused_tags(rows: &RowTables<'_>, mut unused: Vec<&CsvCell<'_>>) {
    unused.sort_by_key(|cell| cell.span);
    let Some(first) = unused.first() else { return };
    let tags: Vec<String> = unused.iter().map(|cell| shown(&cell.text)).collect();
    let message = format!("the columns with these tags are not used: {}", tags.join(", "));
    let note = Diagnostic::note(Code::UNUSED_HXL_TAG, message).at(rows.place(first.span)).label("the first");
    rows.report(note.help("if one is needed, name its column in `columns`"));
}
