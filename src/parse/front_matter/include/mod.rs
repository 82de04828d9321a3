//! `[[include]]`: the rows of a CSV file next to the briefing as claims with figures.
//!
//! Owns which file, which columns, and what a row lacks. Each row becomes a table of the keys of a claim, so that
//! everything that holds for a written claim holds for a row.

mod cells;
mod columns;
mod csv_text;
mod hxl;
mod made_id;
mod row;
mod text_template;

use std::sync::Arc;

use super::claim::known_topic;
use super::values::{CsvName, TopicName};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Spanned, did_you_mean};
use crate::model::{ClaimKind, Name};
use crate::sources::TableFile;
use crate::toml::{Once, OneLine, OneOf, RowTables, TomlTable, shown, table};
use columns::{ColumnKeys, Columns};
use csv_text::{CsvRow, CsvRows, OpenQuote};
use row::{RowReader, SharedValues};
use text_template::TextTemplate;

/// How many rows a table may have.
const MOST_ROWS: usize = 10_000;

table! {
    /// The rows of a table next to the briefing, each a claim with a figure. A value that is written here is that of
    /// every row; `columns` says where the others are. A table with HXL tags needs no `columns`.
    pub(super) IncludeKeys, "an include" {
        /// The name of a CSV file in the folder of the briefing. Its cells are separated by commas, semicolons or
        /// tabs: the one that its first row has most of.
        required figures: Spanned<CsvName>, example "deaths.csv",
            seen "as claims of the briefing, behind those that are written";

        /// Which column holds what.
        optional columns: ColumnKeys<'d>, seen "not shown";

        /// What the source says, with the headers of columns in braces.
        optional text: Spanned<OneLine>, example "{Deaths} people were killed in {District}.",
            seen "as the text of each claim";

        /// Who says so.
        optional source: Spanned<OneLine>, example "sohr", seen "on each claim";

        /// Who passed it on.
        list via: Once<Spanned<OneLine>>, example ["afp"], seen "on each claim";

        /// What kind of statement it is.
        optional kind: Spanned<OneOf<ClaimKind>>, example "event", seen "on each claim";

        /// Where it happened.
        list neighbourhoods: Once<Spanned<OneLine>>, example ["al-heluk"], seen "on each claim";

        /// What it is about: one of `topics` in site.toml.
        optional topic: Spanned<TopicName>, example "security", seen "on each claim";

        /// What is counted.
        optional measure: Spanned<OneLine>, example "killed", seen "in each figure";

        /// Who was counted.
        optional who: Spanned<OneLine>, example "civilians", seen "in each figure";

        /// Each count includes all earlier ones of the source.
        default cumulative: bool = false, example false, seen "“running total” next to each figure";
    }
}

/// What an include is read with.
pub(super) struct IncludeContext<'a> {
    /// The tables next to the briefing.
    pub tables: &'a [TableFile],
    /// The path of the briefing.
    pub briefing: &'a str,
    pub config: &'a Config,
}

/// The rows of one file.
pub(super) struct IncludedRows<'d> {
    pub file: Arc<str>,
    pub rows: RowTables<'d>,
    /// False if some of its rows could not be read.
    pub is_complete: bool,
}

impl<'d> IncludeKeys<'d> {
    /// `None` if there is no such file.
    pub(super) fn into_rows(self, context: &IncludeContext<'_>) -> Option<IncludedRows<'d>> {
        let file = find_file(&self.table, self.figures.as_ref()?, context)?;
        let mut rows = RowTables::new(&self.table, file.start);
        let is_complete = match &file.text {
            Ok(_) => self.read_rows(&mut rows, file.start, context.config).is_some(),
            Err(fault) => {
                rows.report(Diagnostic::clone(fault));
                false
            }
        };
        Some(IncludedRows { file: Arc::clone(&file.path), rows, is_complete })
    }

    /// `None` if some row could not be read.
    fn read_rows(self, rows: &mut RowTables<'d>, start: usize, config: &Config) -> Option<()> {
        let mut lines = CsvRows::new(rows.text(), start);
        let Header { mut columns, tags, first_row } = Header::read(&mut lines, rows)?;
        let mapped = self.columns.map_or(Some(()), |keys| columns.map(keys));
        let tagged = tags.as_ref().map_or(Some(()), |tags| columns.tag(tags, rows));
        let topic = self.topic.filter(|topic| known_topic(&self.table, topic.clone(), config).is_some());
        let template = match &self.text {
            Some(text) => Some(TextTemplate::parse(&self.table, text, &columns)?),
            None => None,
        };
        mapped.and(tagged)?;
        let shared = SharedValues {
            source: self.source,
            via: self.via,
            kind: self.kind,
            neighbourhoods: self.neighbourhoods,
            topic,
            measure: self.measure,
            who: self.who,
            cumulative: self.cumulative,
            template,
        };
        let mut reader = RowReader::new(&self.table, columns, shared)?;
        let mut is_complete = true;
        let mut rest = first_row.into_iter().map(Ok).chain(lines).enumerate();
        rest.try_for_each(|(index, row)| {
            let row = checked_row(index, row, reader.columns().len(), rows)?;
            match row.and_then(|row| Some((row.span, reader.entries(row, rows)?))) {
                Some((span, entries)) => rows.push(span, entries),
                None => is_complete = false,
            }
            Some(())
        })?;
        is_complete.then_some(())
    }
}

/// The first rows of a table.
struct Header<'t> {
    columns: Columns<'t>,
    /// The HXL tags: the row itself, or the one below.
    tags: Option<CsvRow<'t>>,
    /// The row below, if it has no tags.
    first_row: Option<CsvRow<'t>>,
}

impl<'t> Header<'t> {
    fn read(lines: &mut CsvRows<'t>, rows: &RowTables<'t>) -> Option<Self> {
        let mut next = || match lines.next() {
            Some(Ok(row)) => Some(row),
            Some(Err(quote)) => {
                report_open_quote(&quote, rows);
                None
            }
            None => None,
        };
        let Some(header) = next() else {
            if rows.text().trim().is_empty() {
                let message = "the table is empty";
                let empty = Diagnostic::error(Code::EMPTY_TABLE, message).at(rows.place(rows.start()));
                rows.report(
                    empty.help("its first row has the names of the columns, and each other one a figure"),
                );
            }
            return None;
        };
        if hxl::is_row_of_tags(&header) {
            return Some(Self { columns: Columns::new(header.clone()), tags: Some(header), first_row: None });
        }
        let second = next();
        let (tags, first_row) = match second {
            Some(row) if hxl::is_row_of_tags(&row) => (Some(row), None),
            row => (None, row),
        };
        Some(Self { columns: Columns::new(header), tags, first_row })
    }
}

/// A row that can be read, or `None` if its cells are too many or too few. The outer `None` ends the table.
#[expect(clippy::option_option, reason = "a row is left out, or all that follow are")]
fn checked_row<'t>(
    index: usize,
    row: Result<CsvRow<'t>, OpenQuote>,
    columns: usize,
    rows: &RowTables<'t>,
) -> Option<Option<CsvRow<'t>>> {
    let row = row.inspect_err(|quote| report_open_quote(quote, rows)).ok()?;
    if index >= MOST_ROWS {
        let message = format!("the table has more than {MOST_ROWS} rows");
        let diagnostic = Diagnostic::error(Code::TOO_MANY_ITEMS, message).at(rows.place(row.span));
        rows.report(
            diagnostic.label("too many").help("split it, and include each part in a briefing of its own"),
        );
        return None;
    }
    let cells = row.cells.len();
    if cells == columns {
        return Some(Some(row));
    }
    let message = format!("the row has {cells} cells, and the first row {columns}");
    let label = if cells > columns { "too many" } else { "too few" };
    let diagnostic = Diagnostic::error(Code::UNEVEN_ROW, message).at(rows.place(row.span)).label(label);
    let help =
        "put a cell with a separator in it between quotation marks, and leave cells empty rather than out";
    rows.report(diagnostic.help(help));
    Some(None)
}

fn report_open_quote(quote: &OpenQuote, rows: &RowTables<'_>) {
    let message = "a quotation mark is not closed";
    let diagnostic = Diagnostic::error(Code::OPEN_QUOTE, message).at(rows.place(quote.span));
    let help = "close it behind the text of the cell; a quotation mark within the text is written twice";
    rows.report(diagnostic.label("the cell begins here").help(help));
}

fn find_file<'t>(table: &TomlTable<'_>, name: &Name, context: &IncludeContext<'t>) -> Option<&'t TableFile> {
    let folder = &context.briefing[..context.briefing.rfind('/').map_or(0, |slash| slash + 1)];
    let path = format!("{folder}{}", name.value);
    let found = context.tables.iter().find(|file| *file.path == *path);
    if found.is_none() {
        let names = context.tables.iter().map(|file| &file.path[folder.len()..]);
        let help = match (did_you_mean(&name.value, names), context.briefing.strip_suffix("/index.md")) {
            (Some(near), _) => format!("did you mean \"{}\"?", shown(near)),
            (None, Some(folder)) => format!("put the file into {folder}/, next to the briefing"),
            (None, None) => {
                let stem = context.briefing.trim_end_matches(".md");
                format!("move the briefing to {stem}/index.md, and put the file next to it")
            }
        };
        let message = format!("there is no {}", shown(&path));
        table.error(Code::MISSING_FILE, name.span, message, "no such file", help);
    }
    found
}
