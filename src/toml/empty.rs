//! Which values count as missing.
//!
//! Editors of front matter save every key of their form, filled or not.

use toml::de::DeValue;

use super::characters::is_blank;
use super::registry::ValueType;

/// Blank text, a list of nothing else, or a table of keys without a value. `expected` is what the key takes.
///
/// A table in a list is never empty: somebody added it, and its required keys are reported.
pub(super) fn is_empty(value: &DeValue<'_>, expected: &ValueType) -> bool {
    match (value, expected) {
        (DeValue::String(text), _) => is_blank(text),
        (DeValue::Array(items), _) => items.iter().all(|item| is_empty_item(item.get_ref())),
        (DeValue::Table(_), ValueType::Either(_, second)) => is_empty(value, second),
        (DeValue::Table(entries), ValueType::Table(doc)) => entries.iter().all(|(name, value)| {
            doc.key(name.get_ref()).is_some_and(|key| is_empty(value.get_ref(), &key.value))
        }),
        (DeValue::Table(entries), ValueType::ByKey(item)) => {
            entries.values().all(|value| is_empty_entry(value.get_ref(), item))
        }
        (DeValue::Table(entries), ValueType::Free) => entries.is_empty(),
        _ => false,
    }
}

/// An item of a list that is left out.
pub(super) fn is_empty_item(value: &DeValue<'_>) -> bool {
    value.as_str().is_some_and(is_blank)
}

/// A value of a table with free keys that is left out. A table there says something by its key alone.
pub(super) fn is_empty_entry(value: &DeValue<'_>, expected: &ValueType) -> bool {
    expected.table().is_none() && is_empty(value, expected)
}
