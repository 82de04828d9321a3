//! One row of a table as the keys of a claim.
//!
//! Owns how cells become values, and what a row needs. An empty cell is as if its column were missing; what a
//! claim cannot do without is reported at the cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cells::{CellCount, CellNumber, count, number, with_ascii_digits};
use super::columns::Columns;
use super::csv_text::{CsvCell, CsvRow};
use super::made_id::made_id;
use super::text_template::TextTemplate;
use crate::diag::{Code, Diagnostic, Span, Spanned};
use crate::model::{ClaimKind, Name, Word as _};
use crate::paths::{Id, slugify};
use crate::toml::{RowEntries, RowTables, TomlTable, shown};

/// The values that all rows of a table share.
pub struct SharedValues {
    pub source: Option<Name>,
    pub via: Vec<Name>,
    pub kind: Option<Spanned<ClaimKind>>,
    pub neighbourhoods: Vec<Name>,
    pub topic: Option<Name>,
    pub measure: Option<Name>,
    pub who: Option<Name>,
    pub cumulative: bool,
    pub template: Option<TextTemplate>,
}

/// Reads the rows of one table.
pub struct RowReader<'t> {
    columns: Columns<'t>,
    shared: SharedValues,
    /// The ids that were made so far, and for which row.
    made: BTreeMap<Id, Span>,
}

/// The columns that say how many.
const COUNTS: [&str; 4] = ["count", "min", "best", "max"];

impl<'t> RowReader<'t> {
    /// `None` if no row could be a claim, or a key has two values: both are reported.
    pub fn new(table: &TomlTable<'_>, columns: Columns<'t>, mut shared: SharedValues) -> Option<Self> {
        if shared.measure.is_none() && columns.of("measure").is_none() {
            shared.measure = columns.counted.map(|(span, measure)| Spanned::new(measure.into(), span));
        }
        let reader = Self { columns, shared, made: BTreeMap::new() };
        let is_whole = reader.check_needed(table);
        let is_clear = reader.check_values_once(table);
        (is_whole && is_clear).then_some(reader)
    }

    pub fn columns(&self) -> &Columns<'t> {
        &self.columns
    }

    /// Reports what neither a column nor a value gives.
    fn check_needed(&self, table: &TomlTable<'_>) -> bool {
        let SharedValues { source, measure, template, .. } = &self.shared;
        let listed = self.columns.listed();
        let needs = [
            ("text", template.is_some(), "write text = \"…\" with the headers of columns in { }"),
            ("source", source.is_some(), "write source = \"…\", or name its column in `columns`"),
            ("measure", measure.is_some(), "write what is counted, as in measure = \"killed\""),
        ];
        let mut is_whole = true;
        for (key, has_value, help) in needs {
            if !has_value && self.columns.of(key).is_none() {
                table.missing(key, "", &format!("{help}; the columns are {listed}"));
                is_whole = false;
            }
        }
        if COUNTS.iter().all(|key| self.columns.of(key).is_none()) {
            let help = format!(
                "name the column with the numbers, as in columns = {{ count = \"…\" }}; the columns are {listed}"
            );
            table.missing("columns", " that say how many", &help);
            is_whole = false;
        }
        is_whole
    }

    /// Reports keys with a value for all rows and a column: the value must not take the place of an empty cell, as
    /// if its source had said what the row says.
    fn check_values_once(&self, table: &TomlTable<'_>) -> bool {
        let SharedValues { source, via, kind, neighbourhoods, topic, measure, who, template, .. } =
            &self.shared;
        let given = [
            ("text", template.is_some()),
            ("source", source.is_some()),
            ("via", !via.is_empty()),
            ("kind", kind.is_some()),
            ("neighbourhoods", !neighbourhoods.is_empty()),
            ("topic", topic.is_some()),
            ("measure", measure.is_some()),
            ("who", who.is_some()),
        ];
        let mut is_clear = true;
        for (key, _) in given.into_iter().filter(|(_, has_value)| *has_value) {
            let Some(column) = self.columns.of(key) else { continue };
            let message = format!(
                "`{key}` has a value for all rows, and the column \"{}\"",
                shown(self.columns.header(column))
            );
            let help = "remove one of the two";
            table.error(Code::AMBIGUOUS_COLUMN, table.key_span(key), message, "given twice", help);
            is_clear = false;
        }
        is_clear
    }

    /// The keys of a claim. `None` if the row cannot be one, which is reported.
    pub fn entries(&mut self, row: CsvRow<'t>, rows: &RowTables<'t>) -> Option<RowEntries<'t>> {
        self.check_filled(&row, rows)?;
        let mut claim = RowEntries::default();
        let mut figure = RowEntries::default();
        let mut is_good = true;
        for (key, column) in self.columns.by_key() {
            let cell = &row.cells[column];
            if cell.text.is_empty() {
                continue;
            }
            let added = match key {
                "id" => {
                    claim.text(key, cell.span, Cow::Owned(slugify(&cell.text)));
                    Some(())
                }
                "via" | "neighbourhoods" => {
                    claim.list(key, cell.span, names(cell));
                    Some(())
                }
                "happened" | "said" | "added" | "checked" | "credibility" => {
                    claim.text(key, cell.span, Cow::Owned(with_ascii_digits(&cell.text)));
                    Some(())
                }
                "period" => {
                    figure.text(key, cell.span, Cow::Owned(with_ascii_digits(&cell.text)));
                    Some(())
                }
                "evidence" => {
                    claim.tables(key, cell.span, pieces_of_evidence(cell));
                    Some(())
                }
                "count" => add_count(&mut figure, cell, rows),
                "min" | "best" | "max" => add_number(&mut figure, key, cell, rows),
                "measure" | "who" => {
                    figure.text(key, cell.span, cell.text.clone());
                    Some(())
                }
                _ => {
                    claim.text(key, cell.span, cell.text.clone());
                    Some(())
                }
            };
            is_good &= added.is_some();
        }
        self.add_shared(&row, &mut claim, &mut figure, rows)?;
        if self.cell(&row, "id").is_none() {
            claim.text("id", row.span, Cow::Owned(self.make_id(&row, rows)?.to_string()));
        }
        claim.table("figure", row.span, figure);
        is_good.then_some(claim)
    }

    /// The cell of a key, if it has content.
    fn cell<'r>(&self, row: &'r CsvRow<'t>, key: &str) -> Option<&'r CsvCell<'t>> {
        self.columns.of(key).map(|column| &row.cells[column]).filter(|cell| !cell.text.is_empty())
    }

    /// Reports the empty cells that a claim cannot do without.
    fn check_filled(&self, row: &CsvRow<'t>, rows: &RowTables<'t>) -> Option<()> {
        for key in ["text", "source", "measure", "id"] {
            if self.columns.of(key).is_some() && self.cell(row, key).is_none() {
                report_empty(key, row, rows);
                return None;
            }
        }
        if COUNTS.iter().all(|key| self.cell(row, key).is_none()) {
            report_empty("how many", row, rows);
            return None;
        }
        Some(())
    }

    fn add_shared(
        &self,
        row: &CsvRow<'t>,
        claim: &mut RowEntries<'t>,
        figure: &mut RowEntries<'t>,
        rows: &RowTables<'t>,
    ) -> Option<()> {
        let shared = &self.shared;
        if let Some(template) = &shared.template {
            claim.text("text", row.span, Cow::Owned(template.fill(row, &self.columns, rows)?));
        }
        let lists = [("via", &shared.via), ("neighbourhoods", &shared.neighbourhoods)];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            claim.list(key, row.span, list.iter().map(|name| (name.span, owned(name))));
        }
        for (key, value) in [("source", &shared.source), ("topic", &shared.topic)] {
            if let Some(value) = value {
                claim.text(key, value.span, owned(value));
            }
        }
        if let Some(kind) = &shared.kind {
            claim.text("kind", kind.span, Cow::Borrowed(kind.value.word()));
        }
        for (key, value) in [("measure", &shared.measure), ("who", &shared.who)] {
            if let Some(value) = value {
                figure.text(key, value.span, owned(value));
            }
        }
        if shared.cumulative {
            figure.flag("cumulative", row.span);
        }
        Some(())
    }

    /// The id of a row that has none. Two rows with the same one are reported.
    fn make_id(&mut self, row: &CsvRow<'t>, rows: &RowTables<'t>) -> Option<Id> {
        let of_cell = |key: &str| self.cell(row, key).map(|cell| with_ascii_digits(&cell.text));
        let happened = of_cell("happened").or_else(|| of_cell("period")).unwrap_or_default();
        let places = self.shared.neighbourhoods.iter().map(|name| &*name.value).collect::<Vec<_>>().join(" ");
        let place = of_cell("neighbourhoods").unwrap_or(places);
        let shared =
            |value: &Option<Name>| value.as_ref().map_or_else(String::new, |value| value.value.to_string());
        let measure = of_cell("measure").unwrap_or_else(|| shared(&self.shared.measure));
        let who = of_cell("who").unwrap_or_else(|| shared(&self.shared.who));
        let id = made_id(&[&happened, &place, &measure, &who])?;
        if let Some(first) = self.made.insert(id.clone(), row.span) {
            let message = "two rows have the same date, place, measure and group";
            let diagnostic = Diagnostic::error(Code::DUPLICATE_CLAIM, message)
                .at(rows.place(row.span))
                .label("the second")
                .also(rows.place(first), "the first");
            let help = "name a column that distinguishes them, as in columns = { id = \"…\" }; if it is the same row, remove one";
            rows.report(diagnostic.help(help));
            return None;
        }
        Some(id)
    }
}

fn owned<'t>(name: &Name) -> Cow<'t, str> {
    Cow::Owned(name.value.to_string())
}

fn report_empty(what: &str, row: &CsvRow<'_>, rows: &RowTables<'_>) {
    let message = format!(
        "the row does not say {}",
        if what == "how many" { what.to_owned() } else { format!("its `{what}`") }
    );
    let diagnostic =
        Diagnostic::error(Code::EMPTY_CELL, message).at(rows.place(row.span)).label("the cell is empty");
    rows.report(diagnostic.help("fill the cell, or remove the row"));
}

/// Several names in one cell.
fn names<'t>(cell: &CsvCell<'t>) -> Vec<(Span, Cow<'t, str>)> {
    let names = cell.text.split(';').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| (cell.span, Cow::Owned(name.to_owned()))).collect()
}

/// Where readers can look: addresses with spaces or semicolons between them.
fn pieces_of_evidence<'t>(cell: &CsvCell<'t>) -> Vec<RowEntries<'t>> {
    let addresses =
        cell.text.split(|c: char| c.is_whitespace() || c == ';').filter(|address| !address.is_empty());
    let piece = |address: &str| {
        let mut piece = RowEntries::default();
        piece.text("url", cell.span, Cow::Owned(address.to_owned()));
        piece
    };
    addresses.map(piece).collect()
}

fn add_number<'t>(
    to: &mut RowEntries<'t>,
    key: &'static str,
    cell: &CsvCell<'t>,
    rows: &RowTables<'t>,
) -> Option<()> {
    match number(&cell.text) {
        CellNumber::Clear(number) => {
            to.text(key, cell.span, Cow::Owned(number.to_string()));
            return Some(());
        }
        CellNumber::TwoReadings(readings) => report_two_readings(cell, &readings, rows),
        CellNumber::None => {
            let message = format!("\"{}\" is not a number", shown(&cell.text));
            let diagnostic = Diagnostic::error(Code::BAD_NUMBER, message).at(rows.place(cell.span));
            let help =
                "write digits only; for words such as \"at least 6\", name the column `count` in `columns`";
            rows.report(diagnostic.label(format!("`{key}` needs a number")).help(help));
        }
    }
    None
}

fn add_count<'t>(to: &mut RowEntries<'t>, cell: &CsvCell<'t>, rows: &RowTables<'t>) -> Option<()> {
    let CellCount { min, best, max, is_vague, has_words } = match count(&cell.text) {
        Ok(count) => count,
        Err(readings) => {
            report_two_readings(cell, &readings, rows);
            return None;
        }
    };
    for (key, value) in [("min", min), ("best", best), ("max", max)] {
        if let Some(value) = value {
            to.text(key, cell.span, Cow::Owned(value.to_string()));
        }
    }
    if is_vague {
        to.flag("vague", cell.span);
    }
    if has_words {
        to.text("said", cell.span, cell.text.clone());
    }
    Some(())
}

fn report_two_readings(cell: &CsvCell<'_>, readings: &[String; 2], rows: &RowTables<'_>) {
    let message = format!("\"{}\" may be two numbers", shown(&cell.text));
    let diagnostic = Diagnostic::error(Code::BAD_NUMBER, message).at(rows.place(cell.span));
    let label = "thousands, or a decimal part?";
    rows.report(diagnostic.label(label).help(format!("write {}", readings.join(" or "))));
}
