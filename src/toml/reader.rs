//! The keys of one table, each asked for by name and type.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::DeTable;

use super::Context;
use super::characters::{Shape, is_blank, shown};
use super::value::{Value, free_table};
use crate::diag::{Code, Diagnostic, Place, Span, Spanned, did_you_mean};
use crate::paths::{Id, slugify};
use crate::time::{Moment, When, Zone};

type Text = Spanned<Box<str>>;

/// One table that is being read. Each method names the key that it reads; what nobody named
/// is told once the table ends.
///
/// Spans count in the file without its byte order mark. A value that was refused reads as if
/// it were not there; its diagnostic is told.
pub struct Reader<'d> {
    context: &'d Context<'d>,
    table: &'d DeTable<'d>,
    /// Where to point for what is missing: the header, or the opening of the front matter.
    at: Span,
    noun: &'static str,
    /// The keys of the table around this one, asked for so far.
    outer: &'d [&'static str],
    known: Vec<&'static str>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(
        context: &'d Context<'d>,
        table: &'d DeTable<'d>,
        at: Span,
        noun: &'static str,
        outer: &'d [&'static str],
    ) -> Self {
        Self { context, table, at, noun, outer, known: Vec::new() }
    }

    /// Where this table is written: its header, or the opening of the front matter.
    #[must_use]
    pub fn at(&self) -> Span {
        self.at
    }

    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Is there a value other than an empty text? Where reading it gave nothing, its fault is told.
    #[must_use]
    pub fn has_content(&self, key: &str) -> bool {
        let value = self.table.get(key).map(toml::Spanned::get_ref);
        value.is_some_and(|value| value.as_str().is_none_or(|text| !is_blank(text)))
    }

    /// Does the text hold syntax errors, so that something may be missing for that alone?
    #[must_use]
    pub fn is_broken(&self) -> bool {
        !self.context.broken.is_empty()
    }

    /// Where a key is written, or else the table itself.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Span {
        self.table.get_key_value(key).map_or(self.at, |(key, _)| self.context.span(key.span()))
    }

    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.context.place(span)
    }

    /// What stands in the file at a span.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        self.context.written(span)
    }

    pub fn tell(&self, diagnostic: Diagnostic) {
        self.context.tell(diagnostic);
    }

    /// Tells an error: the fact, what is said beside the mark, and the remedy.
    pub fn error(
        &self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.tell(Diagnostic::error(code, message).at(self.place(span)).label(label).help(help));
    }

    /// Tells an error that no line of the file is at fault for, such as its name.
    pub fn error_of_file(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.tell(Diagnostic::error(code, message).at(Place::file(self.context.file)).help(help));
    }

    /// The id that a person wrote as one; anything else is told. `noun` says what it was for.
    pub fn id_from(&self, noun: &str, text: &Text) -> Option<Spanned<Id>> {
        match Id::from_slug(&text.value) {
            Ok(id) => Some(Spanned::new(id, text.span)),
            Err(error) => {
                let slug = slugify(&text.value);
                let is_remedy = Id::from_slug(&slug).is_ok();
                let help = if is_remedy { format!("write \"{slug}\"") } else { "choose another".to_owned() };
                let message = format!("\"{}\" cannot be {noun}: {error}", shown(&text.value));
                self.error(Code::BAD_ID, text.span, message, "not an id", help);
                None
            }
        }
    }

    /// Tells that a key which this table needs is not there.
    pub fn missing(&self, key: &str, why: &str, help: &str) {
        if self.is_broken() {
            return;
        }
        let message = format!("{} needs `{key}`{why}", self.noun);
        let diagnostic = Diagnostic::error(Code::MISSING_KEY, message).at(self.place(self.at));
        self.tell(diagnostic.label(format!("`{key}` is missing")).help(help));
    }

    fn find(&mut self, key: &'static str) -> Option<Value<'d>> {
        self.known.push(key);
        let raw = self.table.get(key)?;
        let span = self.context.span(raw.span());
        if self.context.has_syntax_error_in(span) {
            return None;
        }
        Some(Value { context: self.context, key, is_item: false, raw: raw.get_ref(), span })
    }

    fn require(&mut self, key: &'static str, example: &str) -> Option<Value<'d>> {
        if !self.has(key) {
            self.missing(key, "", &format!("write {key} = {example}"));
        }
        self.find(key)
    }

    /// One line of text. `None` where absent, empty or refused.
    pub fn line(&mut self, key: &'static str) -> Option<Text> {
        self.find(key)?.text(Shape::Line).filter(|text| !is_blank(&text.value))
    }

    /// Text of any number of lines. `None` where absent, empty or refused.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        self.find(key)?.text(Shape::Lines).filter(|text| !is_blank(&text.value))
    }

    /// One line of text that must be there and not be empty.
    pub fn required_line(&mut self, key: &'static str) -> Option<Text> {
        self.require(key, "\"…\"")?.filled_text(Shape::Line)
    }

    /// Text of any number of lines that must be there and not be empty.
    pub fn required_text(&mut self, key: &'static str) -> Option<Text> {
        self.require(key, "\"…\"")?.filled_text(Shape::Lines)
    }

    /// An address that begins with `http://` or `https://`. `None` where absent, empty or refused.
    pub fn url(&mut self, key: &'static str) -> Option<Text> {
        self.find(key).filter(|_| self.has_content(key))?.url()
    }

    pub fn required_url(&mut self, key: &'static str) -> Option<Text> {
        self.require(key, "\"https://…\"")?.url()
    }

    /// `default` where absent or refused.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        self.find(key).and_then(|value| value.flag()).unwrap_or(default)
    }

    pub fn integer(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<Spanned<i64>> {
        self.find(key)?.integer(&range)
    }

    /// Finite; whole numbers are taken too.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<Spanned<f64>> {
        self.find(key)?.number(&range)
    }

    pub fn required_number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<Spanned<f64>> {
        self.require(key, "0.0")?.number(&range)
    }

    /// A TOML date-time with its offset, or a TOML date: 00:00 of that day in `zone`.
    pub fn moment(&mut self, key: &'static str, zone: &Zone) -> Option<Spanned<Moment>> {
        self.find(key)?.moment(zone)
    }

    pub fn required_moment(&mut self, key: &'static str, zone: &Zone) -> Option<Spanned<Moment>> {
        self.require(key, "2016-10-02T21:40:00+03:00")?.moment(zone)
    }

    pub fn required_day(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        self.require(key, "2016-10-02")?.day()
    }

    /// Text in our subset of EDTF, a TOML date, or a TOML date-time with its offset.
    pub fn when(&mut self, key: &'static str) -> Option<Spanned<When>> {
        self.find(key)?.when()
    }

    /// One of a closed list of words.
    pub fn one_of<'w, T>(
        &mut self,
        key: &'static str,
        choices: impl IntoIterator<Item = (&'w str, T)>,
    ) -> Option<Spanned<T>> {
        let value = self.find(key)?;
        let (words, mut values): (Vec<&str>, Vec<T>) = choices.into_iter().unzip();
        let position = value.word(&words, "write one of ")?;
        Some(Spanned::new(values.swap_remove(position.value), position.span))
    }

    /// One of the words that the site itself defines; `remedy` says before the list of them
    /// where. `None` where absent, empty or refused.
    pub fn known_word<'w>(
        &mut self,
        key: &'static str,
        words: impl IntoIterator<Item = &'w str>,
        remedy: &str,
    ) -> Option<Text> {
        let value = self.find(key).filter(|_| self.has_content(key))?;
        let words: Vec<&str> = words.into_iter().collect();
        let position = value.word(&words, remedy)?;
        Some(Spanned::new(words[position.value].into(), position.span))
    }

    /// A list of names, each on one line; one given twice is a warning, and stands once.
    pub fn names(&mut self, key: &'static str) -> Option<Vec<Text>> {
        let value = self.find(key)?;
        let mut names: Vec<Text> =
            value.items("a list of texts")?.filter_map(|item| item.filled_text(Shape::Line)).collect();
        self.drop_repeated(key, &mut names);
        Some(names)
    }

    fn drop_repeated(&self, key: &str, names: &mut Vec<Text>) {
        let mut seen = BTreeSet::new();
        names.retain(|name| {
            let is_new = seen.insert(name.value.clone());
            if !is_new {
                self.tell_repeated(key, name);
            }
            is_new
        });
    }

    fn tell_repeated(&self, key: &str, name: &Text) {
        let message = format!("`{key}` names \"{}\" twice", shown(&name.value));
        let diagnostic = Diagnostic::warning(Code::REPEATED_NAME, message).at(self.place(name.span));
        self.tell(diagnostic.label("the second time").help("remove one of the two"));
    }

    /// A list of texts of any number of lines.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<Box<str>>> {
        let items = self.find(key)?.items("a list of texts")?;
        Some(items.filter_map(|item| item.filled_text(Shape::Lines)).map(|text| text.value).collect())
    }

    /// A list of addresses that begin with `http://` or `https://`.
    pub fn urls(&mut self, key: &'static str) -> Vec<Text> {
        let items = self.find(key).and_then(|value| value.items("a list of addresses"));
        items.into_iter().flatten().filter_map(|item| item.url()).collect()
    }

    /// A table with keys of its own; `noun` says what it is, as in "a figure".
    pub fn table<T>(
        &mut self,
        key: &'static str,
        noun: &'static str,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> Option<T> {
        let value = self.find(key)?;
        let table = value.table()?;
        let at = self.header_span(key, value.span);
        let mut reader = Reader::new(self.context, table, at, noun, &self.known);
        let result = read(&mut reader);
        reader.finish();
        Some(result)
    }

    /// `[key]` for a table with a header; the key where the table is written inline.
    fn header_span(&self, key: &str, value: Span) -> Span {
        if self.written(value).starts_with('[') { value } else { self.key_span(key) }
    }

    /// `[[key]]`, or a list of inline tables, in the order of the file. `read` gets the position
    /// of its table too, from 0.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        noun: &'static str,
        mut read: impl FnMut(&mut Reader<'_>, usize) -> T,
    ) -> Vec<T> {
        let tables = self.find(key).map(|value| value.tables()).unwrap_or_default();
        let mut results = Vec::with_capacity(tables.len());
        for (position, at, table) in tables {
            let mut reader = Reader::new(self.context, table, at, noun, &self.known);
            results.push(read(&mut reader, position));
            reader.finish();
        }
        results
    }

    /// What the tables of `[[key]]` have under `inner`, where that is text; for what must be
    /// known before the tables are read. Tells nothing.
    #[must_use]
    pub fn peek(&self, key: &str, inner: &str) -> Vec<Option<Text>> {
        let tables = self.table.get(key).and_then(|value| value.get_ref().as_array());
        let text = |table: &DeTable<'_>| {
            let value = table.get(inner)?;
            Some(Spanned::new(value.get_ref().as_str()?.trim().into(), self.context.span(value.span())))
        };
        let tables = tables.into_iter().flat_map(|tables| tables.iter());
        tables.map(|item| text(item.get_ref().as_table()?)).collect()
    }

    /// A table whose keys are free and whose values are text: each key with its value, in the
    /// order of the file. The keys are as written: what they may be is the caller's to check.
    pub fn entries(&mut self, key: &'static str, shape: Shape) -> Vec<(Text, Text)> {
        let table = self.find(key).and_then(|value| value.table());
        table.into_iter().flatten().filter_map(|(key, value)| self.entry(key, value, shape)).collect()
    }

    fn entry(
        &self,
        key: &'d toml::Spanned<std::borrow::Cow<'d, str>>,
        value: &'d toml::Spanned<toml::de::DeValue<'d>>,
        shape: Shape,
    ) -> Option<(Text, Text)> {
        let (key_span, span) = (self.context.span(key.span()), self.context.span(value.span()));
        let value =
            Value { context: self.context, key: key.get_ref(), is_item: false, raw: value.get_ref(), span };
        if self.context.has_syntax_error_in(span) {
            return None;
        }
        let value = value.filled_text(shape)?;
        Some((Spanned::new(key.get_ref().trim().into(), key_span), value))
    }

    /// A table for a theme, with all its values as they are. Empty where absent.
    pub fn free_table(&mut self, key: &'static str) -> toml::Table {
        let table = self.find(key).and_then(|value| value.table());
        table.map(|table| free_table(self.context, table)).unwrap_or_default()
    }

    /// Tells every key that nobody asked for.
    pub(super) fn finish(self) {
        for (key, _) in self.table {
            if !self.known.iter().any(|known| known == key.get_ref()) {
                self.tell_unknown(key.get_ref(), self.context.span(key.span()));
            }
        }
    }

    fn tell_unknown(&self, key: &str, span: Span) {
        let message = format!("`{}` is not a key of {}", shown(key), self.noun);
        let diagnostic =
            Diagnostic::error(Code::UNKNOWN_KEY, message).at(self.place(span)).label("unknown key");
        self.tell(if self.outer.contains(&key) {
            diagnostic.help(format!("move `{key}` above the first line that begins with ["))
        } else if let Some(near) = did_you_mean(key, self.known.iter().copied()) {
            diagnostic.help(format!("did you mean `{near}`?"))
        } else {
            diagnostic.help(format!("the keys of {} are {}", self.noun, self.known.join(", ")))
        });
    }
}
