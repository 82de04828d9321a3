//! The types that a value can be read as.
//!
//! Types without values, such as [`OneLine`], only say how to read: their output is a plain text.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use toml::de::DeValue;

use super::characters::{Lines, is_web_url, shown};
use super::empty::is_empty_entry;
use super::registry::ValueType;
use super::value::TomlValue;
use super::words::{Word, words_of};
use crate::diag::{Code, Diagnostic, Spanned};
use crate::fold::with_ascii_marks;
use crate::paths::Id;

/// A name, an id or a spelling, as written.
pub type Name = Spanned<Box<str>>;

/// A type that a TOML value can be read as.
pub trait FromToml<'d> {
    type Output;
    const TYPE: ValueType;
    /// What messages call a list of it.
    const LIST: &'static str = "a list of texts";

    /// None: it was refused, and that was reported.
    fn from_toml(value: &TomlValue<'d>) -> Option<Self::Output>;

    /// Items that are refused are left out.
    fn list_from_toml(value: &TomlValue<'d>) -> Option<Vec<Self::Output>> {
        Some(value.items(Self::LIST)?.filter_map(|item| Self::from_toml(&item)).collect())
    }
}

/// A type that is written as text in one line.
pub trait FromLine {
    type Output;
    const TYPE: ValueType;
    const LIST: &'static str = "a list of texts";

    /// `line` is not blank. None: it was refused, and that was reported.
    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Self::Output>;
}

impl<'d, T: FromLine> FromToml<'d> for T {
    type Output = T::Output;
    const TYPE: ValueType = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn from_toml(value: &TomlValue<'d>) -> Option<T::Output> {
        T::from_line(value.trimmed_text(Lines::One)?, value)
    }
}

/// Text in one line.
pub struct OneLine;

impl FromLine for OneLine {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("text");

    fn from_line(line: Box<str>, _: &TomlValue<'_>) -> Option<Box<str>> {
        Some(line)
    }
}

/// Text of any number of lines.
pub struct ManyLines;

impl<'d> FromToml<'d> for ManyLines {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Lines;

    fn from_toml(value: &TomlValue<'d>) -> Option<Box<str>> {
        value.trimmed_text(Lines::Many)
    }
}

impl FromLine for Id {
    type Output = Self;
    const TYPE: ValueType = ValueType::Line("id");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Self> {
        value.id(&format!("`{}`", value.key()), &line)
    }
}

/// An address that begins with `http://` or `https://`.
pub struct WebAddress;

impl FromLine for WebAddress {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::WebAddress;
    const LIST: &'static str = "a list of addresses";

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        if is_web_url(&line) {
            return Some(line);
        }
        let message = format!("{} is not a web address", value.name());
        let with_scheme = format!("https://{}", line.trim_start_matches("//"));
        let help = if is_web_url(&with_scheme) && line.contains('.') && !line.contains("://") {
            value.rewritten(&format!("\"{}\"", shown(&with_scheme)))
        } else {
            value.rewritten("\"https://…\"")
        };
        value.refuse(Code::BAD_URL, message, "not http:// or https:// with a host", help)
    }
}

/// One of the words of a closed list.
pub struct OneOf<W>(PhantomData<W>);

impl<'d, W: Word> FromToml<'d> for OneOf<W> {
    type Output = W;
    const TYPE: ValueType = ValueType::Words(words_of::<W>);

    fn from_toml(value: &TomlValue<'d>) -> Option<W> {
        let word = value.trimmed_text(Lines::One)?;
        W::from_word(&word).or_else(|| value.refuse_word(&word, &words_of::<W>(), "write one of "))
    }
}

impl<'d> FromToml<'d> for bool {
    type Output = Self;
    const TYPE: ValueType = ValueType::Flag;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        match value.raw {
            DeValue::Boolean(flag) => Some(*flag),
            _ => value.wrong_type("true or false", value.rewritten("true")),
        }
    }
}

/// A whole number from `MIN` to `MAX`, both of which fit `N`.
pub struct Whole<N, const MIN: i64, const MAX: i64>(PhantomData<N>);

impl<'d, N: TryFrom<i64>, const MIN: i64, const MAX: i64> FromToml<'d> for Whole<N, MIN, MAX> {
    type Output = N;
    const TYPE: ValueType = ValueType::Integer { min: MIN, max: MAX };

    fn from_toml(value: &TomlValue<'d>) -> Option<N> {
        let number = match value.raw {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            DeValue::String(text) if value.is_cell() && text.parse::<i64>().is_ok() => text.parse().ok(),
            _ if value.is_cell() => {
                return value.wrong_type("a whole number", format!("write a number from {MIN} to {MAX}"));
            }
            _ => return value.wrong_type("a whole number", value.rewritten(&Self::TYPE.suggestion())),
        };
        number
            .filter(|number| (MIN..=MAX).contains(number))
            .and_then(|number| N::try_from(number).ok())
            .or_else(|| value.out_of_range(&MIN.to_string(), Some(&MAX.to_string())))
    }
}

/// A finite number from `MIN` to `MAX`; without `MAX` there is no limit. Whole numbers are numbers too.
pub struct Number<const MIN: i32, const MAX: i32 = { i32::MAX }>;

impl<const MIN: i32, const MAX: i32> Number<MIN, MAX> {
    const LIMIT: Option<i32> = if MAX == i32::MAX { None } else { Some(MAX) };
}

impl<'d, const MIN: i32, const MAX: i32> FromToml<'d> for Number<MIN, MAX> {
    type Output = f64;
    const TYPE: ValueType = ValueType::Number { min: MIN, max: Self::LIMIT };

    fn from_toml(value: &TomlValue<'d>) -> Option<f64> {
        let number = match value.raw {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(as_f64),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            DeValue::String(text) if value.is_cell() => text.parse().ok(),
            DeValue::String(text) if with_ascii_marks(text).trim().parse::<f64>().is_ok() => {
                let help = value.rewritten(&format!("{}, without quotes", with_ascii_marks(text).trim()));
                return value.wrong_type("a number", help);
            }
            _ => return value.wrong_type("a number", value.rewritten("6")),
        };
        let max = Self::LIMIT.map_or(f64::MAX, f64::from);
        number.filter(|number: &f64| (f64::from(MIN)..=max).contains(number)).or_else(|| {
            value.out_of_range(&MIN.to_string(), Self::LIMIT.map(|max| max.to_string()).as_deref())
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 are rounded, as readers of JSON do")]
fn as_f64(number: i64) -> f64 {
    number as f64
}

/// The value, and where it is written.
impl<'d, T: FromToml<'d>> FromToml<'d> for Spanned<T> {
    type Output = Spanned<T::Output>;
    const TYPE: ValueType = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self::Output> {
        Some(Spanned::new(T::from_toml(value)?, value.span()))
    }
}

impl<'d, T: FromToml<'d>> FromToml<'d> for Vec<T> {
    type Output = Vec<T::Output>;
    const TYPE: ValueType = ValueType::List(&T::TYPE);

    fn from_toml(value: &TomlValue<'d>) -> Option<Self::Output> {
        T::list_from_toml(value)
    }
}

/// An item of a list of names: one that is given twice is a warning, and counts once.
pub struct Once<T>(PhantomData<T>);

impl<'d, T: FromToml<'d>> FromToml<'d> for Once<T> {
    type Output = T::Output;
    const TYPE: ValueType = T::TYPE;

    fn from_toml(value: &TomlValue<'d>) -> Option<T::Output> {
        T::from_toml(value)
    }

    fn list_from_toml(value: &TomlValue<'d>) -> Option<Vec<T::Output>> {
        let mut seen = BTreeSet::new();
        let mut names = Vec::new();
        for item in value.items(T::LIST)? {
            let text = item.raw.as_str().unwrap_or_default().trim();
            if text.is_empty() || seen.insert(text) {
                names.extend(T::from_toml(&item));
            } else {
                let message = format!("`{}` names \"{}\" twice", value.key(), shown(text));
                let diagnostic = Diagnostic::warning(Code::REPEATED_NAME, message).label("the second time");
                item.refuse_with::<()>(diagnostic.help("remove one of the two"));
            }
        }
        Some(names)
    }
}

/// A table with free keys: each key, as written, and its value, in the order of the file. An empty value counts as
/// none.
pub struct ByKey<T>(PhantomData<T>);

impl<'d, T: FromToml<'d>> FromToml<'d> for ByKey<T> {
    type Output = Vec<(Name, Spanned<T::Output>)>;
    const TYPE: ValueType = ValueType::ByKey(&T::TYPE);

    fn from_toml(value: &TomlValue<'d>) -> Option<Self::Output> {
        let entry = |value: TomlValue<'d>| Some((value.spanned_key(), Spanned::<T>::from_toml(&value)?));
        let filled = value.values()?.filter(|value| !is_empty_entry(value.raw, &T::TYPE));
        Some(filled.filter_map(entry).collect())
    }
}

/// A table with free keys and values, for themes.
impl<'d> FromToml<'d> for toml::Table {
    type Output = Self;
    const TYPE: ValueType = ValueType::Free;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        value.free_table()
    }
}

/// A value as TOML, for the documentation of defaults.
pub trait ToToml {
    fn to_toml(&self) -> String;
}

impl ToToml for bool {
    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl ToToml for u64 {
    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl ToToml for usize {
    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl<W: Word> ToToml for W {
    fn to_toml(&self) -> String {
        format!("\"{}\"", self.word())
    }
}
