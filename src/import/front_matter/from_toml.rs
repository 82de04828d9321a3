//! Front matter in TOML.

use toml::de::{DeTable, DeValue};

use super::fault::FrontFault;
use super::value::{FrontEntry, FrontTable, FrontValue};

/// Reads `text`, which begins at the byte `base` of its file.
///
/// # Errors
/// What is not TOML.
pub fn read(text: &str, base: usize) -> Result<FrontTable, FrontFault> {
    match DeTable::parse(text) {
        Ok(parsed) => Ok(table(parsed.into_inner(), base)),
        Err(error) => Err(FrontFault {
            at: base + error.span().map_or(0, |span| span.start),
            message: format!("the front matter is not TOML: {}", error.message()),
        }),
    }
}

fn table(parsed: DeTable<'_>, base: usize) -> FrontTable {
    let mut table = FrontTable::default();
    for (key, item) in parsed {
        let at = base + key.span().start;
        table.set(FrontEntry {
            key: key.into_inner().into_owned(),
            value: value(item.into_inner(), base),
            at,
        });
    }
    table
}

fn value(parsed: DeValue<'_>, base: usize) -> FrontValue {
    match parsed {
        DeValue::String(text) => FrontValue::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| FrontValue::Text(number.as_str().to_owned()), FrontValue::Integer),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| FrontValue::Text(number.as_str().to_owned()), FrontValue::Float),
        DeValue::Boolean(value) => FrontValue::Bool(value),
        DeValue::Datetime(date) => FrontValue::Date(date),
        DeValue::Array(items) => {
            FrontValue::List(items.into_iter().map(|item| value(item.into_inner(), base)).collect())
        }
        DeValue::Table(parsed) => FrontValue::Table(table(parsed, base)),
    }
}
