//! Open data as CSV: RFC 4180, UTF-8 with a BOM, which spreadsheet programs need.

use csv::{Terminator, Writer, WriterBuilder};

use super::cells::Cells;
use super::json::in_chunks;
use super::parts::other_languages;
use super::table::{DataColumn, DataTable, columns_of};
use crate::site::Site;

const BOM: &str = "\u{feff}";

/// The table of a dataset.
pub fn table<T: DataTable>(site: &Site) -> String {
    let columns = columns_of::<T>(other_languages(site));
    let all: Vec<usize> = (0..columns.len()).collect();
    written::<T>(site, &all, &[columns.iter().map(|column| column.name.as_str()).collect()])
}

/// The columns that have a hashtag of HXL, with these in the second row.
pub fn with_hashtags<T: DataTable>(site: &Site) -> String {
    let columns = columns_of::<T>(other_languages(site));
    let tagged: Vec<usize> = (0..columns.len()).filter(|index| !columns[*index].hashtag.is_empty()).collect();
    let row = |text: fn(&DataColumn) -> &String| {
        tagged.iter().map(|index| text(&columns[*index]).as_str()).collect()
    };
    written::<T>(site, &tagged, &[row(|column| &column.name), row(|column| &column.hashtag)])
}

/// Some columns of all records below the rows of a header.
fn written<T: DataTable>(site: &Site, columns: &[usize], header: &[Vec<&str>]) -> String {
    let mut begin = writer();
    header.iter().for_each(|row| write_row(&mut begin, row.iter().copied()));
    let begin = String::from_utf8(bytes_of(begin)).expect("each name is text");
    in_chunks::<T>(site, &[BOM, &begin].concat(), |parts| rows::<T>(site, columns, parts))
}

fn rows<T: DataTable>(site: &Site, columns: &[usize], parts: &[T::Part]) -> Vec<u8> {
    let mut writer = writer();
    let mut cells = Cells::new(other_languages(site));
    for record in parts.iter().flat_map(|part| T::records(site, part)) {
        cells.clear();
        record.push_cells(&mut cells);
        write_row(&mut writer, columns.iter().map(|column| cells.cell(*column)));
    }
    bytes_of(writer)
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new())
}

fn write_row<'c>(writer: &mut Writer<Vec<u8>>, cells: impl Iterator<Item = &'c str>) {
    writer.write_record(cells).expect("memory takes every write, and each row has every column");
}

fn bytes_of(writer: Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().expect("memory takes every write")
}
