//! A briefing with tables of figures next to it.

use std::fmt::Write as _;

/// The most rows of a table.
const ROWS_OF_A_TABLE: usize = 10_000;

/// The files of a site whose one briefing includes so many rows.
pub fn files(rows: usize) -> Vec<(String, Vec<u8>)> {
    let mut briefing = "+++\ntitle = \"The toll\"\ndate = 2024-01-01T10:00:00Z\n".to_owned();
    let mut files = vec![("site.toml".to_owned(), b"title = \"Tables\"\n".to_vec())];
    for (number, first) in (0..rows).step_by(ROWS_OF_A_TABLE).enumerate() {
        briefing += &format!(
            "[[include]]\nfigures = \"toll-{number}.csv\"\nmeasure = \"killed\"\ntext = \"{{Deaths}} killed in {{District}}.\"\n\
             columns = {{ id = \"Row\", happened = \"Date\", neighbourhoods = \"District\", source = \"Source\", count = \"Deaths\" }}\n"
        );
        let table = table(first..rows.min(first + ROWS_OF_A_TABLE));
        files.push((format!("content/briefings/toll/toll-{number}.csv"), table.into_bytes()));
    }
    briefing += "+++\nText.\n";
    files.push(("content/briefings/toll/index.md".to_owned(), briefing.into_bytes()));
    files
}

fn table(rows: std::ops::Range<usize>) -> String {
    let mut table = "Row,Date,District,Source,Deaths\n".to_owned();
    for row in rows {
        let (day, district, source) = (row % 28 + 1, row % 40, row % 9);
        let count = if row % 3 == 0 { format!("at least {}", row % 12) } else { (row % 12).to_string() };
        writeln!(table, "r{row},2023-12-{day:02},District {district},Source {source},{count}")
            .expect("memory takes every write");
    }
    table
}
