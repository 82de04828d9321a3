//! The registry of keys: what documentation and schemas say about every key of every file.
//!
//! Owns the descriptions and [`table!`], which declares the keys of a table and reads them. Knows no
//! key itself: the rooms that read a kind of file declare its tables.
//!
//! Invariant: one declaration makes the field that the reader fills, its documentation, and its
//! entry in the list of known keys. So no key is read that is not documented. A key that is
//! documented but not used is a field that is never read, which the compiler reports.

/// A kind of file that people write, and everything that it may say in TOML.
#[derive(Clone, Copy, Debug)]
pub struct FileKind {
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
}

impl KeyDoc {
    /// For [`table!`] only.
    #[must_use]
    pub const fn new(
        name: &'static str,
        value: ValueType,
        is_required: bool,
        default: DefaultDoc,
        example: &'static str,
        [meaning, seen]: [&'static str; 2],
    ) -> Self {
        Self { name, value, is_required, default, example, meaning, seen }
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
            Self::List(item) => item.table(),
            _ => None,
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
            Self::Table(_) | Self::ByKey(..) | Self::Free => "{ … }".to_owned(),
        }
    }
}

/// Declares tables: a struct with a field for each key, and its documentation.
///
/// ```text
/// /// What the table is for; this line is optional.
/// pub(super) CorrectionKeys, "a correction" {
///     /// What the key means.
///     required at: Moment, example "2016-10-03", seen "where readers see it";
/// }
/// ```
///
/// | rule | gives | if the key is missing |
/// | --- | --- | --- |
/// | `required` | `Option<T::Output>` | reported, `None` |
/// | `optional` | `Option<T::Output>` | `None` |
/// | `list` | `Vec<T::Output>` | empty |
/// | `table` | `T::Output` | empty |
/// | `default` | `T::Output` | the value behind `=` |
///
/// `as_if VALUE` and `otherwise "remark"` document what `None` means. A value that is refused is
/// reported, and counts as missing.
macro_rules! table {
    (@field required $ty:ty) => { Option<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field optional $ty:ty) => { Option<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field list $ty:ty) => { Vec<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field $rule:ident $ty:ty) => { <$ty as $crate::toml::FromToml<'d>>::Output };

    (@value list $ty:ty) => { <Vec<$ty> as $crate::toml::FromToml<'d>>::TYPE };
    (@value $rule:ident $ty:ty) => { <$ty as $crate::toml::FromToml<'d>>::TYPE };

    (@is_required required) => { true };
    (@is_required $rule:ident) => { false };

    (@default $ty:ty, ) => { $crate::toml::DefaultDoc::Nothing };
    (@default $ty:ty, otherwise $remark:literal) => { $crate::toml::DefaultDoc::Remark($remark) };
    (@default $ty:ty, as_if $value:literal) => {
        $crate::toml::DefaultDoc::Value(|| stringify!($value).to_owned())
    };
    (@default $ty:ty, value $value:expr) => {
        $crate::toml::DefaultDoc::Value(|| {
            let value: <$ty as $crate::toml::FromToml<'_>>::Output = $value;
            $crate::toml::ToToml::to_toml(&value)
        })
    };

    ($(
        $(#[doc = $doc:literal])*
        $vis:vis $name:ident, $noun:literal {$(
            $(#[doc = $meaning:literal])+
            $rule:ident $key:ident: $ty:ty $(= $default:expr)?,
            $(example $example:tt,)? $(as_if $as_if:literal,)? $(otherwise $otherwise:literal,)?
            seen $seen:literal;
        )+}
    )+) => {$(
        $vis struct $name<'d> {
            /// Where the keys are written, for checks between them.
            pub table: $crate::toml::TomlTable<'d>,
            $(pub $key: $crate::toml::table!(@field $rule $ty)),+
        }

        impl<'d> $crate::toml::TableKeys<'d> for $name<'d> {
            const TABLE: &'static $crate::toml::TableDoc = &$crate::toml::TableDoc {
                noun: $noun,
                meaning: concat!($($doc),*),
                keys: &[$($crate::toml::KeyDoc::new(
                    stringify!($key),
                    $crate::toml::table!(@value $rule $ty),
                    $crate::toml::table!(@is_required $rule),
                    $crate::toml::table!(@default $ty, $(value $default)? $(as_if $as_if)? $(otherwise $otherwise)?),
                    concat!($(stringify!($example))?),
                    [concat!($($meaning),+), $seen],
                )),+],
            };

            fn read(table: $crate::toml::UnreadTable<'d>) -> Self {
                let table = table.with_keys(Self::TABLE);
                let keys = Self {
                    $($key: table.$rule::<$ty>(stringify!($key) $(, $default)?),)+
                    table,
                };
                keys.table.report_unknown_keys();
                keys
            }
        }

        impl<'d> $crate::toml::FromToml<'d> for $name<'d> {
            type Output = Self;
            const TYPE: $crate::toml::ValueType =
                $crate::toml::ValueType::Table(<Self as $crate::toml::TableKeys>::TABLE);

            fn from_toml(value: &$crate::toml::TomlValue<'d>) -> Option<Self> {
                value.table().map($crate::toml::TableKeys::read)
            }

            fn list_from_toml(value: &$crate::toml::TomlValue<'d>) -> Option<Vec<Self>> {
                Some(value.tables()?.into_iter().map($crate::toml::TableKeys::read).collect())
            }
        }
    )+};
}
pub(crate) use table;
