//! One value, and the ways to refuse it.

use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};
use toml::value::Datetime;

use super::characters::{Lines, forbidden_character, has_markup, invisible_name, is_web_url, shown};
use super::document::TomlDocument;
use super::empty::is_empty_item;
use super::registry::{TableDoc, WrittenType, WrittenValue};
use crate::diag::{Code, Diagnostic, Span, Spanned, did_you_mean};
use crate::paths::{Id, slugify};
use crate::time::Zone;

/// How many items a list may have.
const MOST_ITEMS: usize = 2_000;

/// A value, and where it is written.
#[derive(Clone)]
pub struct TomlValue<'d> {
    pub(super) document: &'d TomlDocument<'d>,
    pub(super) raw: &'d DeValue<'d>,
    key: &'d str,
    key_span: Span,
    span: Span,
    is_item: bool,
    /// The table that the key is in.
    outer: Option<&'static TableDoc>,
}

/// A table before anything of it was read.
pub struct UnreadTable<'d> {
    pub(super) document: &'d TomlDocument<'d>,
    pub(super) entries: &'d DeTable<'d>,
    /// Its header, or the opening of the front matter. What is missing is reported there.
    pub(super) at: Span,
    /// The table around this one.
    pub(super) outer: Option<&'static TableDoc>,
    /// A key that this kind of table has elsewhere, but not here.
    pub(super) hidden: &'static str,
    /// The remedy for a key that belongs into another file.
    pub(super) elsewhere: Elsewhere,
}

/// For the name of a key, what to do with it.
pub type Elsewhere = fn(&str) -> Option<&'static str>;

impl UnreadTable<'_> {
    /// Makes a key an unknown one.
    #[must_use]
    pub fn without(self, key: &'static str) -> Self {
        Self { hidden: key, ..self }
    }

    /// Has a remedy for unknown keys that belong into another file.
    #[must_use]
    pub fn with_keys_elsewhere(self, elsewhere: Elsewhere) -> Self {
        Self { elsewhere, ..self }
    }
}

impl<'d> TomlValue<'d> {
    pub(super) fn new(
        document: &'d TomlDocument<'d>,
        key: &'d toml::Spanned<std::borrow::Cow<'d, str>>,
        value: &'d toml::Spanned<DeValue<'d>>,
        outer: Option<&'static TableDoc>,
    ) -> Self {
        Self {
            document,
            raw: value.get_ref(),
            key: key.get_ref(),
            key_span: document.source.span(key.span()),
            span: document.source.span(value.span()),
            is_item: false,
            outer,
        }
    }

    #[must_use]
    pub fn key(&self) -> &str {
        self.key
    }

    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The file that it is written in, as messages call it.
    #[must_use]
    pub fn file(&self) -> &str {
        self.document.source.file
    }

    /// The key, and where it is written.
    pub(super) fn spanned_key(&self) -> Spanned<Box<str>> {
        Spanned::new(self.key.trim().into(), self.key_span)
    }

    pub(super) fn zone(&self) -> &Zone {
        self.document.zone
    }

    pub(super) fn has_syntax_error(&self) -> bool {
        self.document.has_syntax_error_in(self.span)
    }

    #[must_use]
    pub fn is_table(&self) -> bool {
        matches!(self.raw, DeValue::Table(_))
    }

    /// Whether it is a table of which only the heading is written.
    pub(super) fn is_bare_heading(&self) -> bool {
        self.raw.as_table().is_some_and(DeTable::is_empty) && self.written().starts_with('[')
    }

    /// Whether the value is of a table, where everything is text.
    pub(super) fn is_cell(&self) -> bool {
        self.document.is_of_cells
    }

    /// The value as it is written.
    pub(super) fn written(&self) -> &str {
        self.document.source.written(self.span)
    }

    /// What messages call the value.
    #[must_use]
    pub fn name(&self) -> String {
        let key = shown(self.key);
        if self.is_item { format!("an item of `{key}`") } else { format!("`{key}`") }
    }

    /// Reports an error about the value, and returns `None`.
    pub fn refuse<T>(
        &self,
        code: Code,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) -> Option<T> {
        self.refuse_with(Diagnostic::error(code, message).label(label).help(help))
    }

    pub(super) fn refuse_with<T>(&self, diagnostic: Diagnostic) -> Option<T> {
        self.document.report(diagnostic.at(self.document.source.place(self.span)));
        None
    }

    pub(super) fn wrong_type<T>(&self, wanted: &str, help: impl Into<String>) -> Option<T> {
        self.refuse_with(self.of_wrong_type(wanted).help(help))
    }

    pub(super) fn of_wrong_type(&self, wanted: &str) -> Diagnostic {
        Diagnostic::error(Code::WRONG_TYPE, format!("{} must be {wanted}", self.name()))
            .label(format!("this is {}", type_name(self.raw)))
    }

    /// The line with another value, as a remedy; of an item or a cell, the value.
    pub(super) fn rewritten(&self, value: &str) -> String {
        if self.is_item || self.is_cell() {
            format!("write {value}")
        } else {
            format!("write {} = {value}", self.key)
        }
    }

    /// Text, trimmed, `\r\n` as `\n`. Blank values count as missing, and are not read.
    pub(super) fn trimmed_text(&self, lines: Lines) -> Option<Box<str>> {
        let DeValue::String(text) = self.raw else { return self.wrong_type("text", self.text_help()) };
        let text = text.trim();
        let text: Box<str> =
            if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() };
        self.check_characters(&text, lines)?;
        self.check_markup(&text);
        Some(text)
    }

    fn text_help(&self) -> String {
        match self.raw {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                self.rewritten(&format!("\"{}\"", shown(self.written())))
            }
            DeValue::Array(items) if items.len() == 1 => "write it without [ and ]".to_owned(),
            DeValue::Array(items) => match items.iter().find_map(|item| item.get_ref().as_str()) {
                Some(first) => {
                    format!("{}, or another one of them", self.rewritten(&format!("\"{}\"", shown(first))))
                }
                None => self.rewritten("\"…\""),
            },
            _ => self.rewritten("\"…\""),
        }
    }

    /// Reports markup: a value is text, and no Markdown or HTML.
    fn check_markup(&self, text: &str) {
        if !has_markup(text) {
            return;
        }
        let message = format!("{} holds markup, which readers see as it is", self.name());
        self.document.report(
            Diagnostic::warning(Code::MARKUP_IN_TEXT, message)
                .at(self.document.source.place(self.span))
                .label("shown as text")
                .help("write the words alone; emphasis and links are for the text below the front matter"),
        );
    }

    fn check_characters(&self, text: &str, lines: Lines) -> Option<()> {
        if text.contains("<!--") {
            let message = format!("{} holds a comment, which readers would see", self.name());
            let help = "write it behind # on a line of its own, where it stays in this file";
            return self.refuse(Code::COMMENT_IN_TEXT, message, "no comment here", help);
        }
        let Some(c) = forbidden_character(text, lines) else { return Some(()) };
        let name = invisible_name(c).map(|name| format!(" ({name})")).unwrap_or_default();
        let message = format!("{} holds U+{:04X}{name}, which must not reach a page", self.name(), c as u32);
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

    /// The id that the value is. `noun` says what the id is for.
    pub fn id(&self, noun: &str, text: &str) -> Option<Id> {
        match Id::from_slug(text) {
            Ok(id) => Some(id),
            Err(error) => self.refuse_with(bad_id(noun, text, &error.to_string())),
        }
    }

    /// A word that is not one of `words`.
    pub(super) fn refuse_word<T>(&self, typed: &str, words: &[&str], remedy: &str) -> Option<T> {
        self.refuse_with(bad_word(&self.name(), typed, words, remedy))
    }

    pub(super) fn out_of_range<T>(&self, min: &str, max: Option<&str>) -> Option<T> {
        let allowed = match max {
            Some(max) => format!("write a number from {min} to {max}"),
            None => format!("write a number from {min} on"),
        };
        let message = format!("{} is out of range", self.name());
        self.refuse(Code::OUT_OF_RANGE, message, "too small or too large", allowed)
    }

    /// The items of a list, but for those that are empty or have a syntax error. `wanted` says what the list holds.
    pub(super) fn items(&self, wanted: &str) -> Option<impl Iterator<Item = Self> + use<'d>> {
        let DeValue::Array(items) = self.raw else {
            let written = self.written();
            let help = match self.raw {
                DeValue::String(_) if !written.contains('\n') => {
                    self.rewritten(&format!("[{}]", shown(written)))
                }
                _ => self.rewritten("[\"…\", \"…\"]"),
            };
            return self.wrong_type(wanted, help);
        };
        Some(self.items_of(items).filter(|item| !item.has_syntax_error()))
    }

    /// The items that are not empty, as many as a list may have.
    fn items_of(&self, items: &'d DeArray<'d>) -> impl Iterator<Item = Self> + use<'d> {
        self.all_items(items).filter(|item| !is_empty_item(item.raw))
    }

    /// The items, as many as a list may have.
    fn all_items(&self, items: &'d DeArray<'d>) -> impl Iterator<Item = Self> + use<'d> {
        let list = self.clone();
        if let Some(first_too_many) = items.get(MOST_ITEMS) {
            self.report_too_many(items.len(), first_too_many.span());
        }
        items.iter().take(MOST_ITEMS).map(move |item| Self {
            raw: item.get_ref(),
            span: list.document.source.span(item.span()),
            is_item: true,
            ..list.clone()
        })
    }

    fn report_too_many(&self, len: usize, first_too_many: Range<usize>) {
        let source = self.document.source;
        let message = format!("`{}` has {len} items", self.key);
        let diagnostic = Diagnostic::error(Code::TOO_MANY_ITEMS, message)
            .at(source.place(source.span(first_too_many)))
            .label("too many")
            .help(format!("{MOST_ITEMS} are the most; split the file"));
        self.document.report(diagnostic);
    }

    /// A table with keys of its own.
    pub fn table(&self, doc: &TableDoc) -> Option<UnreadTable<'d>> {
        let DeValue::Table(entries) = self.raw else {
            return self.wrong_type("a table", self.rewritten(&doc.smallest_with(&self.parts())));
        };
        // An inline table has no header: its key is where to point.
        let has_header = self.is_item || self.written().starts_with('[');
        let at = if has_header { self.span } else { self.key_span };
        Some(UnreadTable {
            document: self.document,
            entries,
            at,
            outer: self.outer,
            hidden: "",
            elsewhere: |_| None,
        })
    }

    /// The tables of `[[key]]`, or of a list of inline tables.
    pub fn tables(&self, doc: &TableDoc) -> Option<Vec<UnreadTable<'d>>> {
        let DeValue::Array(items) = self.raw else {
            let help = if self.written().starts_with('{') {
                "put the table between [ and ]".to_owned()
            } else if self.written().starts_with('[') {
                format!("write [[{}]] on a line of its own, with two brackets on each side", self.key)
            } else {
                self.rewritten(&format!("[{}]", doc.smallest_with(&self.parts())))
            };
            return self.wrong_type("a list of tables", help);
        };
        Some(self.items_of(items).filter_map(|item| item.table(doc)).collect())
    }

    /// The value, or the items of a list: what a writer gave instead of a table.
    fn parts(&self) -> Vec<WrittenValue<'_>> {
        let part = |raw: &DeValue<'_>, text| WrittenValue { is: written_type(raw), text };
        match self.raw {
            DeValue::Array(items) => {
                let source = self.document.source;
                items
                    .iter()
                    .map(|item| part(item.get_ref(), source.written(source.span(item.span()))))
                    .collect()
            }
            DeValue::String(text) if is_list_of_numbers(text) => text
                .split(',')
                .map(|text| WrittenValue { is: WrittenType::Number, text: text.trim() })
                .collect(),
            raw => vec![part(raw, self.written())],
        }
    }

    /// The values of a table with free keys, but for those with a syntax error.
    pub(super) fn values(&self) -> Option<impl Iterator<Item = Self> + use<'d>> {
        let DeValue::Table(entries) = self.raw else {
            return self.wrong_type("a table", self.rewritten("{ … }"));
        };
        let document = self.document;
        let values = entries.iter().map(move |(key, value)| Self::new(document, key, value, None));
        Some(values.filter(|value| !value.has_syntax_error()))
    }

    /// The value as it is, for a theme. Refused characters are reported.
    fn free(&self) -> Option<toml::Value> {
        Some(match self.raw {
            DeValue::String(text) => {
                self.check_characters(&text.replace("\r\n", "\n"), Lines::Many)?;
                toml::Value::String(text.to_string())
            }
            DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(number) => toml::Value::Integer(number),
                Err(_) => return self.out_of_range(&i64::MIN.to_string(), None),
            },
            DeValue::Float(digits) => toml::Value::Float(digits.as_str().parse().ok()?),
            DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
            DeValue::Datetime(date) => toml::Value::Datetime(Datetime::clone(date)),
            DeValue::Array(items) => {
                let items = self.all_items(items).filter(|item| !item.has_syntax_error());
                toml::Value::Array(items.filter_map(|item| item.free()).collect())
            }
            DeValue::Table(_) => toml::Value::Table(self.free_table()?),
        })
    }

    /// A table as it is, for a theme.
    pub(super) fn free_table(&self) -> Option<toml::Table> {
        let mut table = toml::Table::new();
        for value in self.values()? {
            let key = Self { span: value.key_span, ..value.clone() };
            if key.check_characters(value.key, Lines::One).is_none() {
                continue;
            }
            if let Some(free) = value.free() {
                table.insert(value.key.to_owned(), free);
            }
        }
        Some(table)
    }
}

/// A text that cannot be the id of `noun`.
pub(super) fn bad_id(noun: &str, text: &str, error: &str) -> Diagnostic {
    let slug = slugify(text);
    let is_remedy = Id::from_slug(&slug).is_ok();
    let help = if is_remedy { format!("write \"{slug}\"") } else { "choose another".to_owned() };
    let message = format!("\"{}\" cannot be {noun}: {error}", shown(text));
    Diagnostic::error(Code::BAD_ID, message).label("not an id").help(help)
}

/// A text that is none of `words`. `name` is what messages call the value; `remedy` is the help
/// before the list of words.
pub(super) fn bad_word(name: &str, typed: &str, words: &[&str], remedy: &str) -> Diagnostic {
    let message = format!("{name} cannot be \"{}\"", shown(typed));
    let mut diagnostic =
        Diagnostic::error(Code::BAD_WORD, message).label("not one of the words that are known here");
    if let Some(meant) = word_meant_by(typed, words) {
        diagnostic = diagnostic.help(format!("did you mean \"{meant}\"?"));
    }
    diagnostic.help(format!("{remedy}{}", words.join(", ")))
}

/// The word of the same meaning, or else the nearest. `verified` is a typing error away from `unverified`, and
/// its opposite.
fn word_meant_by<'w>(typed: &str, words: &[&'w str]) -> Option<&'w str> {
    const SAME_MEANING: [(&str, &str); 10] = [
        ("verified", "confirmed"),
        ("true", "confirmed"),
        ("false", "disproved"),
        ("fake", "disproved"),
        ("debunked", "disproved"),
        ("refuted", "disproved"),
        ("unconfirmed", "unverified"),
        ("denied", "contested"),
        ("disputed", "contested"),
        ("retracted", "withdrawn"),
    ];
    let typed = typed.to_lowercase();
    let mut of_same_meaning = SAME_MEANING.iter().filter(|(other, _)| *other == typed);
    let found = of_same_meaning.find_map(|(_, word)| words.iter().find(|known| *known == word));
    found
        .copied()
        .or_else(|| did_you_mean(&typed, words.iter().copied().filter(|word| !is_opposite(word, &typed))))
}

fn is_opposite(one: &str, other: &str) -> bool {
    let negates = |negated: &str, word: &str| {
        ["un", "in", "non-", "not-"].iter().any(|prefix| negated.strip_prefix(prefix) == Some(word))
    };
    negates(one, other) || negates(other, one)
}

/// `36.2, 37.1`, as maps show a point.
fn is_list_of_numbers(text: &str) -> bool {
    let is_number =
        |part: &str| !part.trim().is_empty() && part.trim().parse::<f64>().is_ok_and(f64::is_finite);
    text.contains(',') && text.split(',').all(is_number)
}

fn written_type(value: &DeValue<'_>) -> WrittenType {
    match value {
        DeValue::String(text) if is_web_url(text) => WrittenType::WebAddress,
        // A long text would hide the table around it.
        DeValue::String(text) if text.len() <= 60 && !text.contains('\n') => WrittenType::Text,
        DeValue::Integer(_) | DeValue::Float(_) => WrittenType::Number,
        DeValue::Datetime(_) => WrittenType::Date,
        _ => WrittenType::Other,
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
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
