//! The registry of keys: what documentation and schemas say about every key of every file.
//!
//! Owns the descriptions. Knows no key itself: the rooms that read a kind of file declare its tables with
//! [`table!`](super::declare).

use std::collections::BTreeMap;

/// A kind of file that people write, and everything that it may say in TOML.
#[derive(Clone, Copy, Debug)]
pub struct FileKind {
    /// For commands, as in `briefing`.
    pub name: &'static str,
    /// For headings, as in "Briefing".
    pub title: &'static str,
    /// Relative to the root of the site, as in `content/briefings/**/*.md`.
    pub path: &'static str,
    /// What the file is for.
    pub meaning: &'static str,
    /// A short file of this kind.
    pub example: &'static str,
    pub table: &'static TableDoc,
}

/// A table and its keys.
#[derive(Clone, Copy, Debug)]
pub struct TableDoc {
    /// What messages call it, as in "a claim".
    pub noun: &'static str,
    /// May be empty.
    pub meaning: &'static str,
    /// In the order in which messages list them.
    pub keys: &'static [KeyDoc],
}

#[derive(Clone, Copy, Debug)]
pub struct KeyDoc {
    pub name: &'static str,
    pub value: ValueType,
    pub is_required: bool,
    /// The keys of which any makes up for a required one.
    pub substitutes: &'static [&'static str],
    pub default: DefaultDoc,
    /// A TOML value, but for the quotes around a date. Empty for tables with keys of their own.
    example: &'static str,
    /// One or two sentences.
    pub meaning: &'static str,
    /// Where readers of the site see it.
    pub seen: &'static str,
}

/// What it means if a key is missing.
#[derive(Clone, Copy, Debug)]
pub enum DefaultDoc {
    Nothing,
    /// The same as this TOML value.
    Value(fn() -> String),
    /// What this remark says, in Markdown.
    Remark(&'static str),
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum ValueType {
    /// Text in one line. The field says what it is, as in "text" or "id".
    Line(&'static str),
    /// `http://…` or `https://…`
    WebAddress,
    /// Text of any number of lines.
    Lines,
    Flag,
    Integer {
        min: i64,
        max: i64,
    },
    /// No `max`: no limit.
    Number {
        min: i32,
        max: Option<i32>,
    },
    /// A date, or a date and time with its offset.
    Moment,
    /// A date without a time.
    Day,
    /// A date, a less exact one, or a range of them.
    When,
    /// One of a closed list of words.
    Words(fn() -> Vec<&'static str>),
    List(&'static ValueType),
    Table(&'static TableDoc),
    /// A table with free keys.
    ByKey(&'static ValueType),
    /// A table with free keys and values, for themes.
    Free,
    /// One of two forms. Messages suggest the first.
    Either(&'static ValueType, &'static ValueType),
}

impl TableDoc {
    /// "claim" of "a claim", "[outputs]" as it is.
    #[must_use]
    pub fn bare_noun(&self) -> &'static str {
        self.noun.strip_prefix("an ").or(self.noun.strip_prefix("a ")).unwrap_or(self.noun)
    }

    #[must_use]
    pub fn has_key(&self, name: &str) -> bool {
        self.key(name).is_some()
    }

    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static KeyDoc> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The smallest table that is complete, as a message suggests it: examples for the keys that it needs,
    /// and the values that the writer gave instead of a table.
    pub(super) fn smallest_with(&self, written: &[WrittenValue<'_>]) -> String {
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        for value in written {
            let is_free = |key: &&KeyDoc| !values.contains_key(key.name) && key.value.takes(value.is);
            let required = self.keys.iter().filter(|key| key.is_required).find(is_free);
            if let Some(key) = required.or_else(|| self.keys.iter().find(is_free)) {
                values.insert(key.name, value.text);
            }
        }
        let entry = |key: &KeyDoc| {
            let value =
                values.get(key.name).copied().or(key.is_required.then(|| key.stand_in()).flatten())?;
            Some(format!("{} = {value}", key.name))
        };
        let mut entries: Vec<String> = self.keys.iter().filter_map(entry).collect();
        if entries.is_empty() {
            let first = self.keys.iter().find_map(|key| Some(format!("{} = {}", key.name, key.example()?)));
            entries.extend(first);
        }
        format!("{{ {} }}", entries.join(", "))
    }
}

impl KeyDoc {
    /// What a remedy has for a value that only the writer knows. The text of an example would be published if
    /// somebody copied it.
    fn stand_in(&self) -> Option<&'static str> {
        if matches!(self.value, ValueType::Line(_) | ValueType::Lines) {
            Some("\"…\"")
        } else {
            self.example()
        }
    }
}

/// A value as it is written, with its type.
pub(super) struct WrittenValue<'w> {
    pub is: WrittenType,
    pub text: &'w str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WrittenType {
    Text,
    WebAddress,
    Number,
    Date,
    Other,
}

impl KeyDoc {
    /// For [`table!`] only.
    #[must_use]
    pub const fn new(
        name: &'static str,
        value: ValueType,
        (is_required, substitutes): (bool, &'static [&'static str]),
        default: DefaultDoc,
        example: &'static str,
        [meaning, seen]: [&'static str; 2],
    ) -> Self {
        Self { name, value, is_required, substitutes, default, example, meaning, seen }
    }

    /// "As of" for `as_of`.
    #[must_use]
    pub fn title(&self) -> String {
        capitalised(&self.name.replace('_', " "))
    }

    /// What it means, and what holds without it, in one line.
    #[must_use]
    pub fn description(&self) -> String {
        let meaning = one_line(self.meaning);
        match self.default {
            DefaultDoc::Remark(remark) => format!("{meaning} If missing: {remark}."),
            DefaultDoc::Value(_) | DefaultDoc::Nothing => meaning,
        }
    }

    /// A TOML value. None for tables with keys of their own, and lists of them.
    #[must_use]
    pub fn example(&self) -> Option<&'static str> {
        let is_bare_date = matches!(self.value, ValueType::Moment | ValueType::Day);
        let example = if is_bare_date { self.example.trim_matches('"') } else { self.example };
        (!example.is_empty()).then_some(example)
    }
}

impl ValueType {
    /// The table, of a table with keys of its own or of a list of such tables.
    #[must_use]
    pub fn table(&self) -> Option<&'static TableDoc> {
        match self {
            Self::Table(table) => Some(table),
            Self::List(item) | Self::ByKey(item) | Self::Either(_, item) => item.table(),
            _ => None,
        }
    }

    /// Whether a value of that type could be of this one.
    fn takes(&self, written: WrittenType) -> bool {
        match self {
            Self::WebAddress => written == WrittenType::WebAddress,
            Self::Line(_) | Self::Lines => written == WrittenType::Text,
            Self::Number { .. } => written == WrittenType::Number,
            Self::Moment | Self::Day | Self::When => written == WrittenType::Date,
            Self::Flag
            | Self::Integer { .. }
            | Self::Words(_)
            | Self::List(_)
            | Self::Table(_)
            | Self::ByKey(_)
            | Self::Free
            | Self::Either(..) => false,
        }
    }

    /// A value that a message suggests for a missing key.
    pub(super) fn suggestion(&self) -> String {
        match self {
            Self::Words(words) => match words().split_last() {
                Some((last, [])) => format!("\"{last}\""),
                Some((last, words)) => format!("\"{}\" or \"{last}\"", words.join("\", \"")),
                None => String::new(),
            },
            Self::WebAddress => "\"https://…\"".to_owned(),
            Self::Flag => "true".to_owned(),
            Self::Integer { min, .. } => min.max(&1).to_string(),
            Self::Number { .. } => "0.0".to_owned(),
            Self::Moment => "2016-10-02T21:40:00+03:00".to_owned(),
            Self::Day => "2016-10-02".to_owned(),
            Self::Line(_) | Self::Lines | Self::When => "\"…\"".to_owned(),
            Self::List(item) => format!("[{}]", item.suggestion()),
            Self::Either(first, _) => first.suggestion(),
            Self::Table(_) | Self::ByKey(..) | Self::Free => "{ … }".to_owned(),
        }
    }
}

/// With a capital at the beginning.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Without the breaks of its lines.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
