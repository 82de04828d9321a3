//! Front matter in JSON, as Hugo allows it: one object at the beginning of the file.

use serde_json::{Deserializer, Map, Value};

use super::fault::FrontFault;
use super::value::{FrontEntry, FrontTable, FrontValue};

/// Reads the object that `text` begins with, and gives the byte after it too.
///
/// # Errors
/// What is no object of JSON.
pub fn read(text: &str) -> Result<(FrontTable, usize), FrontFault> {
    let mut values = Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    match values.next() {
        Some(Ok(object)) => {
            let end = values.byte_offset();
            Ok((table(object, &text[..end]), end))
        }
        Some(Err(error)) => {
            let message = format!("the front matter is not JSON: {error}");
            Err(FrontFault { at: values.byte_offset().min(text.len()), message })
        }
        None => Ok((FrontTable::default(), 0)),
    }
}

/// `written` is where the keys are; a key that is there twice has the first place.
fn table(object: Map<String, Value>, written: &str) -> FrontTable {
    let entries = object.into_iter().map(|(key, item)| {
        let at = written.find(&Value::String(key.clone()).to_string()).unwrap_or_default();
        FrontEntry { key, value: value(item, written), at }
    });
    FrontTable { entries: entries.collect() }
}

fn value(item: Value, written: &str) -> FrontValue {
    match item {
        Value::Null => FrontValue::Null,
        Value::Bool(value) => FrontValue::Bool(value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => FrontValue::Integer(whole),
            (None, Some(fraction)) => FrontValue::Float(fraction),
            (None, None) => FrontValue::Text(number.to_string()),
        },
        Value::String(text) => FrontValue::Text(text),
        Value::Array(items) => FrontValue::List(items.into_iter().map(|item| value(item, written)).collect()),
        Value::Object(object) => FrontValue::Table(table(object, written)),
    }
}
