//! A value of front matter, whatever language it is written in.

use toml::value::Datetime;

/// A value, as far as TOML can hold it too.
#[derive(Clone, Debug, PartialEq)]
pub enum FrontValue {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Date(Datetime),
    List(Vec<FrontValue>),
    Table(FrontTable),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontEntry {
    pub key: String,
    pub value: FrontValue,
    /// Byte offset of the key in its file.
    pub at: usize,
}

/// Keys in the order of the file. No key is there twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontTable {
    pub entries: Vec<FrontEntry>,
}

impl FrontTable {
    /// The value of a key, whatever its case: Hugo ignores it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&FrontValue> {
        self.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
    }

    /// The text of a key, if it has one.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(FrontValue::to_text)
    }

    /// The table of a key, if it is one.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<&FrontTable> {
        match self.get(key) {
            Some(FrontValue::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// Adds a key, or replaces its value: the last one wins, as in Jekyll.
    pub fn set(&mut self, entry: FrontEntry) {
        match self.entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
    }

    /// Takes all keys of another table that this one does not have.
    pub fn add_missing(&mut self, other: FrontTable) {
        for entry in other.entries {
            if self.get(&entry.key).is_none() {
                self.entries.push(entry);
            }
        }
    }
}

impl FrontValue {
    /// A single value as text; `None` for nothing, lists and tables.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Integer(value) => Some(value.to_string()),
            Self::Float(value) => Some(value.to_string()),
            Self::Date(value) => Some(value.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Null | Self::List(_) | Self::Table(_) => None,
        }
    }

    /// True or false, in the words that YAML 1.1 has for them too.
    #[must_use]
    pub fn to_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The texts of a list, or the one text. Of a table, its `name`, as authors have.
    #[must_use]
    pub fn to_texts(&self) -> Vec<String> {
        let texts: Vec<String> = match self {
            Self::List(items) => items.iter().flat_map(Self::to_texts).collect(),
            Self::Table(table) => table.text("name").into_iter().collect(),
            single => single.to_text().into_iter().collect(),
        };
        texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    }

    /// Whether it says nothing: no value, no letter, no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Table(table) => table.entries.is_empty(),
            _ => false,
        }
    }

    /// The same in TOML, without what has no value.
    #[must_use]
    pub fn to_toml(&self) -> Option<toml::Value> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(value) => toml::Value::Boolean(*value),
            Self::Integer(value) => toml::Value::Integer(*value),
            Self::Float(value) => toml::Value::Float(*value),
            Self::Text(text) => toml::Value::String(text.clone()),
            Self::Date(value) => toml::Value::Datetime(*value),
            Self::List(items) => toml::Value::Array(items.iter().filter_map(Self::to_toml).collect()),
            Self::Table(table) => {
                let entries = table.entries.iter();
                let entries = entries.filter_map(|entry| Some((entry.key.clone(), entry.value.to_toml()?)));
                toml::Value::Table(entries.collect())
            }
        })
    }
}
