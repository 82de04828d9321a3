//! One value as the type that its reader wants, or the diagnostic that says why not.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::{DeArray, DeTable, DeValue};
use toml::value::Datetime;

use super::Context;
use super::characters::{Shape, forbidden_character, is_blank, is_web_url, shown};
use crate::diag::{Code, Diagnostic, Span, Spanned, did_you_mean};
use crate::time::{DateError, DayOrMoment, Moment, Point, When, Zone, parse_day_or_moment};

/// A value, where it stands, and how messages call it.
#[derive(Clone)]
pub(super) struct Value<'d> {
    pub context: &'d Context<'d>,
    pub key: &'d str,
    pub is_item: bool,
    pub raw: &'d DeValue<'d>,
    pub span: Span,
}

impl<'d> Value<'d> {
    fn name(&self) -> String {
        if self.is_item {
            format!("an item of `{}`", shown(self.key))
        } else {
            format!("`{}`", shown(self.key))
        }
    }

    /// Tells an error about this value, and gives nothing.
    pub(super) fn refuse<T>(
        &self,
        code: Code,
        message: String,
        label: &str,
        help: impl Into<String>,
    ) -> Option<T> {
        let place = self.context.place(self.span);
        self.context.tell(Diagnostic::error(code, message).at(place).label(label).help(help));
        None
    }

    fn wrong_type<T>(&self, wanted: &str, help: impl Into<String>) -> Option<T> {
        let label = format!("this is {}", kind_of(self.raw));
        self.refuse(Code::WRONG_TYPE, format!("{} must be {wanted}", self.name()), &label, help)
    }

    /// How the line would look with another value.
    fn example(&self, value: &str) -> String {
        if self.is_item { format!("write {value}") } else { format!("write {} = {value}", self.key) }
    }

    fn text_help(&self) -> String {
        match self.raw {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                self.example(&format!("\"{}\"", shown(self.context.written(self.span))))
            }
            DeValue::Array(items) if items.len() == 1 => "write it without [ and ]".to_owned(),
            _ => self.example("\"…\""),
        }
    }

    /// Trimmed, `\r\n` as `\n`; may be empty.
    pub(super) fn text(&self, shape: Shape) -> Option<Spanned<Box<str>>> {
        let DeValue::String(text) = self.raw else { return self.wrong_type("text", self.text_help()) };
        let text = text.trim();
        let text: Box<str> =
            if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() };
        self.check_characters(&text, shape)?;
        Some(Spanned::new(text, self.span))
    }

    pub(super) fn filled_text(&self, shape: Shape) -> Option<Spanned<Box<str>>> {
        let text = self.text(shape)?;
        if is_blank(&text.value) {
            return self.refuse(
                Code::EMPTY_TEXT,
                format!("{} is empty", self.name()),
                "nothing in it",
                "write it, or remove it",
            );
        }
        Some(text)
    }

    fn check_characters(&self, text: &str, shape: Shape) -> Option<()> {
        let Some(c) = forbidden_character(text, shape) else { return Some(()) };
        let message = format!("{} holds U+{:04X}, which must not reach a page", self.name(), c as u32);
        let (label, help) = match c {
            '\n' => ("holds a line break", "write it on one line"),
            '\t' => ("holds a tab", "write a space for it"),
            _ => (
                "holds a character that cannot be seen",
                "type the text again, or paste it without formatting",
            ),
        };
        self.refuse(Code::CONTROL_CHARACTER, message, label, help)
    }

    pub(super) fn url(&self) -> Option<Spanned<Box<str>>> {
        let url = self.filled_text(Shape::Line)?;
        if is_web_url(&url.value) {
            return Some(url);
        }
        let message = format!("{} is not a web address", self.name());
        self.refuse(
            Code::BAD_URL,
            message,
            "not http:// or https:// with a host",
            self.example("\"https://…\""),
        )
    }

    pub(super) fn flag(&self) -> Option<bool> {
        let DeValue::Boolean(flag) = self.raw else {
            return self.wrong_type("true or false", self.example("true"));
        };
        Some(*flag)
    }

    pub(super) fn integer(&self, range: &RangeInclusive<i64>) -> Option<Spanned<i64>> {
        let DeValue::Integer(digits) = self.raw else {
            return self.wrong_type("a whole number", self.example(&range.start().max(&1).to_string()));
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        match number.filter(|number| range.contains(number)) {
            Some(number) => Some(Spanned::new(number, self.span)),
            None => self.out_of_range(range.start(), range.end()),
        }
    }

    pub(super) fn number(&self, range: &RangeInclusive<f64>) -> Option<Spanned<f64>> {
        let number = match self.raw {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(as_f64),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            DeValue::String(text) if text.trim().parse::<f64>().is_ok() => {
                return self
                    .wrong_type("a number", self.example(&format!("{}, without quotes", text.trim())));
            }
            _ => return self.wrong_type("a number", self.example("6")),
        };
        match number.filter(|number: &f64| number.is_finite() && range.contains(number)) {
            Some(number) => Some(Spanned::new(number, self.span)),
            None => self.out_of_range(range.start(), range.end()),
        }
    }

    fn out_of_range<T, N: ToString>(&self, from: N, to: N) -> Option<T> {
        let (from, to) = (from.to_string(), to.to_string());
        let allowed = if to.len() > 12 {
            format!("a number from {from} on")
        } else {
            format!("a number from {from} to {to}")
        };
        let message = format!("{} is out of range", self.name());
        self.refuse(Code::OUT_OF_RANGE, message, "too small or too large", format!("write {allowed}"))
    }

    fn bad_date<T>(&self, error: &DateError) -> Option<T> {
        let code = if *error == DateError::NoOffset { Code::NO_OFFSET } else { Code::BAD_DATE };
        let written = shown(self.context.written(self.span));
        let label = if *error == DateError::NoOffset { "in which time zone?" } else { "cannot be used" };
        self.refuse(code, format!("{written} {error}"), label, error.help())
    }

    fn day_or_moment(&self) -> Option<DayOrMoment> {
        match self.raw {
            DeValue::Datetime(date) => {
                DayOrMoment::from_toml(date).map_or_else(|error| self.bad_date(&error), Some)
            }
            DeValue::String(text) => {
                let help = if parse_day_or_moment(text).is_ok() {
                    format!("write it without quotes: {}", self.example(text).trim_start_matches("write "))
                } else {
                    self.example("2016-10-02T21:40:00+03:00, without quotes")
                };
                self.wrong_type("a date", help)
            }
            _ => self.wrong_type("a date", self.example("2016-10-02T21:40:00+03:00")),
        }
    }

    /// A bare date is 00:00 of that day in `zone`.
    pub(super) fn moment(&self, zone: &Zone) -> Option<Spanned<Moment>> {
        let moment = self.day_or_moment()?.moment_in(zone);
        moment.map_or_else(|error| self.bad_date(&error), |moment| Some(Spanned::new(moment, self.span)))
    }

    pub(super) fn day(&self) -> Option<Spanned<Date>> {
        match self.day_or_moment()? {
            DayOrMoment::Day(day) => Some(Spanned::new(day, self.span)),
            DayOrMoment::Moment(_) => self.wrong_type("a day without a time", self.example("2016-10-09")),
        }
    }

    pub(super) fn when(&self) -> Option<Spanned<When>> {
        let when = match self.raw {
            DeValue::String(text) => When::parse(text.trim()),
            DeValue::Datetime(date) => DayOrMoment::from_toml(date).map(Point::from).map(When::from_point),
            DeValue::Integer(year) if When::parse(year.as_str()).is_ok() => {
                return self.wrong_type(
                    "a date or a range of dates",
                    self.example(&format!("\"{}\"", year.as_str())),
                );
            }
            _ => return self.wrong_type("a date or a range of dates", self.example("\"2016-10-02\"")),
        };
        when.map_or_else(|error| self.bad_date(&error), |when| Some(Spanned::new(when, self.span)))
    }

    /// The place of a word in `words`.
    pub(super) fn word(&self, words: &[&str], remedy: &str) -> Option<Spanned<usize>> {
        let typed = self.filled_text(Shape::Line)?;
        let position = words.iter().position(|word| **word == *typed.value);
        if let Some(position) = position {
            return Some(Spanned::new(position, self.span));
        }
        let message = format!("{} cannot be \"{}\"", self.name(), shown(&typed.value));
        let mut diagnostic = Diagnostic::error(Code::BAD_WORD, message).at(self.context.place(self.span));
        diagnostic.label = "not one of the words that are known here".to_owned();
        if let Some(near) = did_you_mean(&typed.value, words.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean \"{near}\"?"));
        }
        self.context.tell(diagnostic.help(format!("{remedy}{}", words.join(", "))));
        None
    }

    /// The items of a list that wants `wanted` in it.
    pub(super) fn items(&self, wanted: &str) -> Option<impl Iterator<Item = Value<'d>> + use<'d>> {
        let DeValue::Array(items) = self.raw else {
            let written = self.context.written(self.span);
            let help = match self.raw {
                DeValue::String(_) if !written.contains('\n') => {
                    self.example(&format!("[{}]", shown(written)))
                }
                _ => self.example("[\"…\", \"…\"]"),
            };
            return self.wrong_type(wanted, help);
        };
        Some(self.items_of(items).filter(Self::is_whole))
    }

    /// All items, those with a syntax error too, so that positions count.
    fn items_of(&self, items: &'d DeArray<'d>) -> impl Iterator<Item = Value<'d>> + use<'d> {
        let (context, key) = (self.context, self.key);
        items.iter().map(move |item| {
            let span = context.span(item.span());
            Value { context, key, is_item: true, raw: item.get_ref(), span }
        })
    }

    fn is_whole(&self) -> bool {
        !self.context.has_syntax_error_in(self.span)
    }

    pub(super) fn table(&self) -> Option<&'d DeTable<'d>> {
        let DeValue::Table(table) = self.raw else {
            return self.wrong_type("a table", self.example("{ … }"));
        };
        Some(table)
    }

    /// The tables of `[[key]]`, or of a list of inline tables, each with its position in the list.
    pub(super) fn tables(&self) -> Vec<(usize, Span, &'d DeTable<'d>)> {
        let DeValue::Array(items) = self.raw else {
            let help = if self.context.written(self.span).starts_with('{') {
                "put the table between [ and ]".to_owned()
            } else {
                format!("write [[{}]] on a line of its own, with two brackets on each side", self.key)
            };
            self.wrong_type::<()>("a list of tables", help);
            return Vec::new();
        };
        let numbered = self.items_of(items).enumerate();
        numbered.filter_map(|(position, item)| Some((position, item.span, item.table()?))).collect()
    }

    /// The value as it is, for a theme; refused characters are told.
    pub(super) fn free(&self) -> Option<toml::Value> {
        Some(match self.raw {
            DeValue::String(text) => {
                self.check_characters(&text.replace("\r\n", "\n"), Shape::Lines)?;
                toml::Value::String(text.to_string())
            }
            DeValue::Integer(_) => toml::Value::Integer(self.integer(&(i64::MIN..=i64::MAX))?.value),
            DeValue::Float(digits) => toml::Value::Float(digits.as_str().parse().ok()?),
            DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
            DeValue::Datetime(date) => toml::Value::Datetime(Datetime::clone(date)),
            DeValue::Array(items) => toml::Value::Array(
                self.items_of(items).filter(Self::is_whole).filter_map(|item| item.free()).collect(),
            ),
            DeValue::Table(table) => toml::Value::Table(free_table(self.context, table)),
        })
    }
}

/// A table as it is, for a theme.
pub(super) fn free_table<'d>(context: &'d Context<'d>, table: &'d DeTable<'d>) -> toml::Table {
    let mut free = toml::Table::new();
    for (key, value) in table {
        let span = context.span(value.span());
        let value = Value { context, key: key.get_ref(), is_item: false, raw: value.get_ref(), span };
        let key_value = Value { span: context.span(key.span()), ..value.clone() };
        if context.has_syntax_error_in(span)
            || key_value.check_characters(key.get_ref(), Shape::Line).is_none()
        {
            continue;
        }
        if let Some(value) = value.free() {
            free.insert(key.get_ref().to_string(), value);
        }
    }
    free
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts beyond 2^53 are rounded, as every reader of JSON does"
)]
fn as_f64(number: i64) -> f64 {
    number as f64
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(date) if date.time.is_some() => "a time",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
