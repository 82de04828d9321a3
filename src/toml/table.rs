//! One table, while its keys are read.

use toml::de::DeTable;

use super::characters::shown;
use super::document::TomlDocument;
use super::empty::is_empty;
use super::registry::{KeyDoc, TableDoc, ValueType};
use super::types::FromToml;
use super::value::{Elsewhere, TomlValue, UnreadTable, bad_id, bad_word};
use crate::diag::{Code, Diagnostic, Place, Span, Spanned, did_you_mean};
use crate::paths::Id;

/// The keys of a table, as [`table!`](super::table) declares them.
pub trait TableKeys<'d>: Sized {
    const TABLE: &'static TableDoc;

    /// Reads every key, and reports those that are unknown.
    fn read(table: UnreadTable<'d>) -> Self;
}

/// A table whose keys are known.
#[derive(Clone, Copy)]
pub struct TomlTable<'d> {
    document: &'d TomlDocument<'d>,
    entries: &'d DeTable<'d>,
    at: Span,
    doc: &'static TableDoc,
    outer: Option<&'static TableDoc>,
    hidden: &'static str,
    elsewhere: Elsewhere,
}

impl<'d> UnreadTable<'d> {
    /// For [`table!`](super::table) only.
    #[must_use]
    pub fn with_keys(self, doc: &'static TableDoc) -> TomlTable<'d> {
        let Self { document, entries, at, outer, hidden, elsewhere } = self;
        TomlTable { document, entries, at, doc, outer, hidden, elsewhere }
    }
}

/// What the rules of [`table!`](super::table) do. Each takes the name of a key.
impl<'d> TomlTable<'d> {
    pub fn required<T: FromToml<'d>>(&self, key: &'static str) -> Option<T::Output> {
        if !self.has(key) {
            self.missing(key, "", &format!("write {key} = {}", T::TYPE.suggestion()));
        }
        self.optional::<T>(key)
    }

    pub fn optional<T: FromToml<'d>>(&self, key: &'static str) -> Option<T::Output> {
        T::from_toml(&self.value(key, &T::TYPE)?)
    }

    /// As `required`, but without a report if the key is missing.
    pub fn needed<T: FromToml<'d>>(&self, key: &'static str) -> Option<T::Output> {
        self.optional::<T>(key)
    }

    pub fn list<T: FromToml<'d>>(&self, key: &'static str) -> Vec<T::Output> {
        self.optional::<Vec<T>>(key).unwrap_or_default()
    }

    pub fn table<T: FromToml<'d>>(&self, key: &'static str) -> T::Output
    where
        T::Output: Default,
    {
        self.optional::<T>(key).unwrap_or_default()
    }

    pub fn default<T: FromToml<'d>>(&self, key: &'static str, default: T::Output) -> T::Output {
        self.optional::<T>(key).unwrap_or(default)
    }

    /// None as well if it is empty or has a syntax error.
    fn value(&self, key: &'static str, expected: &ValueType) -> Option<TomlValue<'d>> {
        if key == self.hidden {
            return None;
        }
        let (key, value) = self.entries.get_key_value(key)?;
        let is_empty = is_empty(value.get_ref(), expected);
        let value = TomlValue::new(self.document, key, value, Some(self.doc));
        if is_empty {
            self.warn_of_bare_heading(&value, expected);
            return None;
        }
        (!value.has_syntax_error()).then_some(value)
    }

    /// Forms leave tables whose keys are empty, and those count as missing. A heading without any key was typed, and
    /// means something if the table needs keys.
    fn warn_of_bare_heading(&self, value: &TomlValue<'d>, expected: &ValueType) {
        let Some(table) = expected.table().filter(|table| table.keys.iter().any(|key| key.is_required))
        else {
            return;
        };
        if !value.is_bare_heading() || value.has_syntax_error() {
            return;
        }
        let message = format!("nothing is below {}, which counts as missing", shown(value.written()));
        let needed: Vec<&str> = table.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
        let warning = Diagnostic::warning(Code::BARE_HEADING, message)
            .at(self.place(value.span()))
            .label("has no keys")
            .help(format!("write {} below it, or remove it", needed.join(" and ")));
        self.report(warning);
    }

    pub fn report_unknown_keys(&self) {
        for (key, _) in self.entries {
            let span = self.document.source.span(key.span());
            if !self.is_known(key.get_ref()) && !self.document.has_syntax_error_in(span) {
                self.report_unknown(key.get_ref(), span);
            }
        }
    }

    fn is_known(&self, key: &str) -> bool {
        self.known_keys().any(|known| known == key)
    }

    fn instead_of(&self, unknown: &str) -> Option<String> {
        self.meant_by(unknown).map(|meant| format!("did you mean `{meant}`?"))
    }

    /// The key that was probably meant by one that is not known.
    fn meant_by(&self, unknown: &str) -> Option<&'static str> {
        let near = || did_you_mean(unknown, self.known_keys()).filter(|_| !self.is_of_outer(unknown));
        self.missing_key_for(unknown).or_else(near)
    }

    fn is_of_outer(&self, key: &str) -> bool {
        self.outer.is_some_and(|outer| outer.has_key(key))
    }

    fn known_keys(&self) -> impl Iterator<Item = &'static str> {
        self.doc.keys.iter().map(|key| key.name).filter(|name| *name != self.hidden)
    }

    fn report_unknown(&self, key: &str, span: Span) {
        let noun = self.doc.noun;
        let message = format!("`{}` is not a key of {noun}", shown(key));
        let help = match (self.elsewhere)(key).map(str::to_owned).or_else(|| self.instead_of(key)) {
            Some(help) => help,
            None if self.is_of_outer(key) => {
                format!("move `{key}` above the first line that begins with [")
            }
            None => format!("the keys of {noun} are {}", self.known_keys().collect::<Vec<_>>().join(", ")),
        };
        self.error(Code::UNKNOWN_KEY, span, message, "unknown key", help);
    }

    /// A key that the table needs and lacks, and that a date or time under another name is probably meant for.
    fn missing_key_for(&self, unknown: &str) -> Option<&'static str> {
        let value = self.entries.get(unknown)?.get_ref();
        let is_missing = |key: &&KeyDoc| key.is_required && !self.has(key.name);
        let missing = self.doc.keys.iter().find(is_missing)?;
        (value.is_datetime() && matches!(missing.value, ValueType::Moment)).then_some(missing.name)
    }
}

impl<'d> TomlTable<'d> {
    pub(super) fn document(&self) -> &'d TomlDocument<'d> {
        self.document
    }
}

/// For checks after reading.
impl TomlTable<'_> {
    /// Where the table is written: its header, or the opening of the front matter.
    #[must_use]
    pub fn at(&self) -> Span {
        self.at
    }

    /// The keys of the table that have a value in it, in the order of their declaration.
    pub fn filled_keys(&self) -> impl Iterator<Item = &'static str> {
        self.known_keys().filter(|key| self.has(key))
    }

    /// Whether there is a value that is not empty. If reading it gave nothing, it was refused.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        let (Some(value), Some(doc)) = (self.entries.get(key), self.doc.key(key)) else { return false };
        !is_empty(value.get_ref(), &doc.value)
    }

    /// Whether the key is there, whatever its value.
    #[must_use]
    pub fn is_written(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether the table at a key has a key, whatever its value: a table of empty values counts as missing.
    #[must_use]
    pub fn is_written_in(&self, table: &str, key: &str) -> bool {
        let table = self.entries.get(table).and_then(|table| table.get_ref().as_table());
        table.is_some_and(|entries| entries.contains_key(key))
    }

    /// Whether a key that is not known was probably meant as this one.
    #[must_use]
    pub fn is_misspelt(&self, key: &str) -> bool {
        let mut unknown =
            self.entries.keys().map(toml::Spanned::get_ref).filter(|written| !self.is_known(written));
        !self.has(key) && unknown.any(|written| self.meant_by(written) == Some(key))
    }

    /// Whether the document has syntax errors, so that keys may be missing for that alone.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        !self.document.broken.is_empty()
    }

    /// Where a key is written, or else the table itself.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Span {
        let key = self.entries.get_key_value(key);
        key.map_or(self.at, |(key, _)| self.document.source.span(key.span()))
    }

    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.document.source.place(span)
    }

    /// The text of the file at a span.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        self.document.source.written(span)
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.document.report(diagnostic);
    }

    /// Reports an error: the fact, the label of the mark, and the remedy.
    pub fn error(
        &self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.report(Diagnostic::error(code, message).at(self.place(span)).label(label).help(help));
    }

    /// Reports an error of the whole file, such as its name.
    pub fn error_of_file(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        let place = Place::file(self.document.source.file);
        self.report(Diagnostic::error(code, message).at(place).help(help));
    }

    /// Reports that the table needs a key, which is missing or empty. `why` continues the sentence.
    pub fn missing(&self, key: &str, why: &str, help: &str) {
        if let Some(empty) = self.entries.get(key) {
            let span = self.document.source.span(empty.span());
            if !self.document.has_syntax_error_in(span) {
                self.error(Code::EMPTY_TEXT, span, format!("`{key}` is empty"), "nothing in it", help);
            }
            return;
        }
        if self.is_broken() {
            return;
        }
        if self.is_misspelt(key) {
            // The unknown key is an error already, with this one as the remedy.
            return;
        }
        let message = format!("{} needs `{key}`{why}", self.doc.noun);
        self.error(Code::MISSING_KEY, self.at, message, &format!("`{key}` is missing"), help);
    }

    /// The text as an id; `noun` says what the id is for. Anything else is reported.
    #[must_use]
    pub fn id(&self, noun: &str, text: &Spanned<Box<str>>) -> Option<Id> {
        Id::from_slug(&text.value)
            .inspect_err(|error| {
                self.report(bad_id(noun, &text.value, &error.to_string()).at(self.place(text.span)));
            })
            .ok()
    }

    /// The text if it is one of the words that the site defines. `remedy` is the help before the
    /// list of words.
    #[must_use]
    pub fn known_word(
        &self,
        key: &str,
        text: Spanned<Box<str>>,
        words: &[&str],
        remedy: &str,
    ) -> Option<Box<str>> {
        if words.contains(&&*text.value) {
            return Some(text.value);
        }
        let diagnostic = bad_word(&format!("`{key}`"), &text.value, words, remedy);
        self.report(diagnostic.at(self.place(text.span)));
        None
    }
}
