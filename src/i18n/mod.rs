//! The words of the interface, and dates and numbers, in each language of the site.
//!
//! Owns the Fluent bundles, which layer's message wins, what a missing one falls back to, and
//! the ICU formatters. Reads no file, no clock and no locale of the machine. Escapes nothing:
//! what it returns is text.
//!
//! Invariants: a language without a message of its own has the English one; dates are in the
//! Gregorian calendar in every language, because date pages are; dates, times and numbers of
//! one language use the same digits. Messages that this module itself fills in are
//! [`REQUIRED`], and were tried out before [`Messages::new`] returned without an error.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use icu_calendar::week::WeekInformation;
use icu_calendar::{Gregorian, Iso};
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::fieldsets::zone::LocalizedOffsetShort;
use icu_datetime::fieldsets::{M, T, Y, YM, YMD};
use icu_datetime::input::{Time, UtcOffset};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use icu_locale_core::preferences::extensions::unicode::keywords::HourCycle;
use intl_memoizer::Memoizable;
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;
use writeable::TryWriteable as _;

use crate::diag::{Code, Diagnostic, Place, Span, did_you_mean};
use crate::time::{End, Moment, Point, When, Zone};

/// The language whose messages stand in for those that another lacks.
pub const FALLBACK: &str = "en";

/// Messages that the generator fills in itself, each with the variables that it gets.
///
/// `moment`: `$offset` is whole, as in "GMT+3". `when-…`: `$when`, `$from` and `$to` are a
/// date, a month, a year or a moment in words, or another `when-…`.
pub const REQUIRED: &[(&str, &[&str])] = &[
    ("language-name", &[]),
    ("moment", &["date", "time", "offset"]),
    ("when-range", &["from", "to"]),
    ("when-until", &["when"]),
    ("when-since", &["when"]),
    ("when-about", &["when"]),
    ("when-perhaps", &["when"]),
];

/// A Fluent file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFile {
    pub language: String,
    /// How diagnostics name it.
    pub file: String,
    pub text: String,
}

/// Why there is no word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageError {
    /// No message of that key; the nearest one that exists.
    Unknown { key: String, nearest: Option<String> },
    /// The message is there, and cannot be filled in.
    Broken { key: String, why: String },
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { key, nearest: Some(nearest) } => {
                write!(f, "there is no word \"{key}\"; did you mean \"{nearest}\"?")
            }
            Self::Unknown { key, nearest: None } => write!(f, "there is no word \"{key}\""),
            Self::Broken { key, why } => write!(f, "the word \"{key}\" cannot be filled in: {why}"),
        }
    }
}

impl std::error::Error for MessageError {}

/// Messages, dates and numbers in every language of the site.
pub struct Messages {
    /// By code; the fallback is always there.
    languages: BTreeMap<String, Language>,
    zone: Zone,
}

struct Language {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
    formats: Formats,
    dir: &'static str,
}

impl Messages {
    /// Gathers the sources, lowest layer first: a later message replaces an earlier one of the
    /// same language and key. A language with a region or script (`ar-SY`) has the messages of
    /// its base (`ar`) below its own.
    ///
    /// The diagnostics are all that is wrong with the sources; words of languages that the
    /// site does not have are left alone, except English, which others fall back to.
    #[must_use]
    pub fn new(languages: &[String], sources: &[MessageFile], zone: Zone) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        for source in sources.iter().filter(|source| is_wanted(source, languages)) {
            diagnostics.extend(syntax_errors(source));
        }
        let codes: BTreeSet<&str> = languages.iter().map(String::as_str).chain([FALLBACK]).collect();
        let languages_by_code =
            codes.into_iter().map(|code| (code.to_owned(), Language::new(code, sources))).collect();
        let words = Self { languages: languages_by_code, zone };
        for code in languages {
            diagnostics.extend(words.missing(code, sources));
        }
        if diagnostics.is_empty() {
            diagnostics.extend(languages.iter().flat_map(|code| words.untried(code, sources)));
        }
        (words, diagnostics)
    }

    /// The codes of the languages that it speaks: the site's, and English.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// A message that needs no arguments; none where it is unknown, or does need some.
    #[must_use]
    pub fn word(&self, lang: &str, key: &str) -> Option<String> {
        // Many of these are asked for in vain, and looking for the nearest one takes its time.
        let is_known = self.language(lang).keys.contains(key) || self.fallback().keys.contains(key);
        is_known.then_some(())?;
        self.format(lang, key, &FluentArgs::new()).ok()
    }

    /// # Errors
    /// Where no message has the key, or the arguments do not fill it in.
    pub fn format(&self, lang: &str, key: &str, args: &FluentArgs) -> Result<String, MessageError> {
        let own = self.language(lang);
        let bundle = if own.keys.contains(key) { &own.bundle } else { &self.fallback().bundle };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return Err(MessageError::Unknown { key: key.to_owned(), nearest: self.nearest_key(lang, key) });
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        let why = match errors.first() {
            None => return Ok(text),
            Some(FluentError::ResolverError(error)) => error.to_string(),
            Some(error) => error.to_string(),
        };
        Err(MessageError::Broken { key: key.to_owned(), why: lower_first(&why) })
    }

    /// The keys that the language itself has, sorted.
    pub fn keys(&self, lang: &str) -> impl Iterator<Item = &str> {
        self.language(lang).keys.iter().map(String::as_str)
    }

    /// `rtl` or `ltr`, for HTML's `dir`.
    #[must_use]
    pub fn dir(&self, lang: &str) -> &'static str {
        self.languages.get(lang).map_or_else(|| direction_of(lang), |language| language.dir)
    }

    /// The language's name in itself: its message `language-name`, or its code.
    #[must_use]
    pub fn language_name(&self, lang: &str) -> String {
        let own = self.languages.get(lang).filter(|language| language.keys.contains("language-name"));
        own.and_then(|_| self.word(lang, "language-name")).unwrap_or_else(|| lang.to_owned())
    }

    /// "2 October 2016"
    #[must_use]
    pub fn date(&self, lang: &str, date: Date) -> String {
        self.language(lang).formats.date(date)
    }

    /// "October 2016"; month 1 to 12.
    #[must_use]
    pub fn month(&self, lang: &str, year: i16, month: i8) -> String {
        self.language(lang).formats.month(year, month)
    }

    /// "2016"
    #[must_use]
    pub fn year(&self, lang: &str, year: i16) -> String {
        self.language(lang).formats.year(year)
    }

    /// "October"; 1 to 12.
    #[must_use]
    pub fn month_name(&self, lang: &str, month: i8) -> String {
        let formats = &self.language(lang).formats;
        as_icu(2000, month, 1).map_or_else(String::new, |icu| formats.month_name.format(&icu).to_string())
    }

    /// The names of the days of a week in the order of the language's region, short ones and still shorter
    /// ones, and which day comes first, from 0 for Monday.
    #[must_use]
    pub fn week(&self, lang: &str) -> ([Vec<String>; 2], usize) {
        let first = WeekInformation::try_new((&locale_of(lang)).into());
        let first = first.map_or(0, |week| week.first_weekday as usize - 1);
        let mut names = self.language(lang).formats.weekdays.clone();
        for names in &mut names {
            names.rotate_left(first);
        }
        (names, first)
    }

    /// Date, time and offset in the site's zone; the date alone where it is midnight there.
    #[must_use]
    pub fn moment(&self, lang: &str, moment: Moment) -> String {
        let local = self.zone.local(moment);
        let moments = &self.language(lang).formats.moments;
        moments.get_or(local.at.as_nanosecond(), || self.new_moment(lang, local))
    }

    fn new_moment(&self, lang: &str, local: Moment) -> String {
        let Ok(offset) = jiff::tz::Offset::from_seconds(local.offset) else { return local.to_string() };
        let there = offset.to_datetime(local.at);
        let formats = &self.language(lang).formats;
        let date = formats.date(there.date());
        if there.time() == jiff::civil::Time::midnight() {
            return date;
        }
        let time = formats.time(there.time());
        self.fill(lang, "moment", [("date", date), ("time", time), ("offset", formats.offset(local.offset))])
    }

    /// A point or range in words, with what its writer was unsure of.
    #[must_use]
    pub fn when(&self, lang: &str, when: &When) -> String {
        match when {
            When::At(end) => self.end(lang, end),
            When::Between(from, to) => {
                self.fill(lang, "when-range", [("from", self.end(lang, from)), ("to", self.end(lang, to))])
            }
            When::Until(to) => self.fill(lang, "when-until", [("when", self.end(lang, to))]),
            When::Since(from) => self.fill(lang, "when-since", [("when", self.end(lang, from))]),
        }
    }

    /// In the digits and groups of the language; a fraction only where there is one.
    #[must_use]
    pub fn number(&self, lang: &str, number: f64) -> String {
        self.language(lang).formats.number(number)
    }

    fn end(&self, lang: &str, end: &End) -> String {
        let mut text = match end.point {
            Point::Year(year) => self.year(lang, year),
            Point::Month(year, month) => self.month(lang, year, month),
            Point::Day(day) => self.date(lang, day),
            Point::Moment(moment) => self.moment(lang, moment),
        };
        if end.approximate {
            text = self.fill(lang, "when-about", [("when", text)]);
        }
        if end.uncertain {
            text = self.fill(lang, "when-perhaps", [("when", text)]);
        }
        text
    }

    /// One of [`REQUIRED`]. Where it is missing or broken, which `new` has told as an error,
    /// the parts stand one after the other: nothing is lost, and nothing panics.
    fn fill<const N: usize>(&self, lang: &str, key: &str, parts: [(&'static str, String); N]) -> String {
        let mut args = FluentArgs::with_capacity(N);
        for (name, part) in &parts {
            args.set(*name, part.as_str());
        }
        self.format(lang, key, &args)
            .unwrap_or_else(|_| parts.each_ref().map(|(_, part)| part.as_str()).join(" "))
    }

    fn language(&self, lang: &str) -> &Language {
        self.languages.get(lang).unwrap_or_else(|| self.fallback())
    }

    fn fallback(&self) -> &Language {
        &self.languages[FALLBACK]
    }

    fn nearest_key(&self, lang: &str, key: &str) -> Option<String> {
        did_you_mean(key, self.keys(lang).chain(self.keys(FALLBACK))).map(str::to_owned)
    }

    /// What a language of the site lacks.
    fn missing(&self, code: &str, sources: &[MessageFile]) -> Option<Diagnostic> {
        let Some(source) = sources.iter().rev().find(|source| applies(source, code)) else {
            let known: BTreeSet<&str> = sources.iter().map(|source| source.language.as_str()).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            return Some(
                Diagnostic::error(
                    Code::MISSING_WORDS,
                    format!("the theme has no words in the language \"{code}\""),
                )
                .help(format!("add i18n/{code}.ftl to a theme; there are words in {known}"))
                .setup(),
            );
        };
        let own = &self.language(code).keys;
        let required = REQUIRED.iter().map(|(key, _)| (*key).to_owned()).collect();
        let lacking: Vec<&str> = self
            .fallback()
            .keys
            .union(&required)
            .filter(|key| !own.contains(*key))
            .map(String::as_str)
            .collect();
        if lacking.is_empty() {
            return None;
        }
        let count = lacking.len();
        let fact = format!("the language \"{code}\" lacks {count} of the theme's words");
        let label = "these are shown in English";
        let help = format!("add to its .ftl file: {}", lacking.join(", "));
        if lacking.iter().any(|key| !self.fallback().keys.contains(*key)) {
            return Some(
                Diagnostic::error(Code::MISSING_WORDS, fact).at(Place::file(&source.file)).help(help),
            );
        }
        Some(
            Diagnostic::warning(Code::UNTRANSLATED_WORDS, fact)
                .at(Place::file(&source.file))
                .label(label)
                .help(help),
        )
    }

    /// Fills in each of [`REQUIRED`] once, so that nothing can go wrong with them later.
    fn untried(&self, code: &str, sources: &[MessageFile]) -> Vec<Diagnostic> {
        let tried = REQUIRED.iter().map(|(key, variables)| {
            let mut args = FluentArgs::new();
            for variable in *variables {
                args.set(*variable, "x");
            }
            (*key, *variables, self.format(code, key, &args))
        });
        let source = sources.iter().rev().find(|source| applies(source, code));
        tried
            .filter_map(|(key, variables, result)| Some((key, variables, result.err()?)))
            .map(|(key, variables, error)| {
                let help = match variables {
                    [] => "it gets no variables".to_owned(),
                    _ => format!("it gets ${}", variables.join(" and $")),
                };
                let place = source.map(|source| {
                    let span = entries(&source.text).filter(|(name, _)| *name == key).last();
                    let span = span.map_or(Span::default(), |(_, span)| span);
                    Place::new(&source.file, &source.text, span)
                });
                Diagnostic { place, ..Diagnostic::error(Code::WORDS_SYNTAX, error.to_string()).help(help) }
            })
            .collect()
    }
}

impl Language {
    fn new(code: &str, sources: &[MessageFile]) -> Self {
        let locale = code.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolating marks would stand around every value, in the middle of attributes and of
        // plain text too. Templates have <bdi> for names.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(format_number));
        let mut keys = BTreeSet::new();
        let base_first = sources
            .iter()
            .filter(|source| applies(source, code) && source.language != code)
            .chain(sources.iter().filter(|source| source.language == code));
        for source in base_first {
            // Errors are told by `syntax_errors`; the messages around them are used.
            let resource =
                FluentResource::try_new(source.text.clone()).unwrap_or_else(|(resource, _)| resource);
            keys.extend(entries(&source.text).map(|(key, _)| key.to_owned()));
            bundle.add_resource_overriding(resource);
        }
        keys.retain(|key| bundle.get_message(key).is_some_and(|message| message.value().is_some()));
        Self { bundle, keys, formats: Formats::new(code), dir: direction_of(code) }
    }
}

fn is_wanted(source: &MessageFile, languages: &[String]) -> bool {
    applies(source, FALLBACK) || languages.iter().any(|code| applies(source, code))
}

/// A source is for its language, and for those that only add a script or region to it.
fn applies(source: &MessageFile, code: &str) -> bool {
    code.strip_prefix(source.language.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// What is wrong with one file by itself.
fn syntax_errors(source: &MessageFile) -> Vec<Diagnostic> {
    let at = |range| Place::new(&source.file, &source.text, Span::new(range));
    let mut found = Vec::new();
    if let Err((_, errors)) = FluentResource::try_new(source.text.clone()) {
        found.extend(errors.into_iter().map(|error| {
            Diagnostic::error(Code::WORDS_SYNTAX, lower_first(&error.kind.to_string())).at(at(error.pos)).help(
                "a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/",
            )
        }));
    }
    let mut seen = HashMap::new();
    for (key, span) in entries(&source.text) {
        if let Some(first) = seen.insert(key, span) {
            found.push(
                Diagnostic::error(Code::DUPLICATE_WORD, format!("the word \"{key}\" is given twice"))
                    .at(at(span.range()))
                    .also(at(first.range()), "first here")
                    .help("delete one of them"),
            );
        }
    }
    found
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The keys of a Fluent file in the order of the text, terms included. A key is whatever stands
/// before `=` at the start of a line, since every line that goes on is indented.
fn entries(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut offset = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let key = line.split_once('=')?.0.trim_end_matches(' ');
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        // A term `-name` and a message `name` share one slot in a bundle.
        is_key.then(|| (key.trim_start_matches('-'), Span::new(start..start + key.len())))
    })
}

/// The direction of the script, or of the one that the language is usually written in.
fn direction_of(code: &str) -> &'static str {
    const SCRIPTS: [&str; 10] =
        ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand", "Aran"];
    const LANGUAGES: [&str; 26] = [
        "ar", "apc", "apd", "arz", "ary", "acm", "ajp", "aeb", "azb", "bal", "ckb", "dv", "fa", "prs", "glk",
        "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    ];
    let is_rtl = match code.parse::<LanguageIdentifier>() {
        Ok(id) => id.script.map_or_else(
            || LANGUAGES.contains(&id.language.as_str()),
            |script| SCRIPTS.contains(&script.as_str()),
        ),
        Err(_) => false,
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// ICU's formatters of one language.
struct Formats {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
    month_name: FixedCalendarDateTimeFormatter<Gregorian, M>,
    /// From Monday: abbreviated, and in the form that is made for narrow columns.
    weekdays: [Vec<String>; 2],
    time: NoCalendarFormatter<T>,
    offset: NoCalendarFormatter<LocalizedOffsetShort>,
    number: DecimalFormatter,
    days: Remembered<Date>,
    /// By nanosecond: the zone is the same for all.
    moments: Remembered<i128>,
}

/// From Monday. ICU's own field sets know the abbreviated names, which in Arabic are the whole ones.
fn weekdays(preferences: icu_datetime::DateTimeFormatterPreferences, pattern: &str) -> Vec<String> {
    const COMPILED: &str = "compiled data holds the days of every locale";
    let pattern: DateTimePattern = pattern.parse().expect("a pattern of ours");
    let mut names =
        FixedCalendarDateTimeNames::<Gregorian, DateFieldSet>::try_new(preferences).expect(COMPILED);
    let formatter = names.include_for_pattern(&pattern).expect(COMPILED);
    // 3 January 2000 was a Monday.
    let days = (3..10).filter_map(|day| as_icu(2000, 1, day));
    days.map(|day| formatter.format(&day).try_write_to_string().expect(COMPILED).into_owned()).collect()
}

impl Formats {
    fn new(code: &str) -> Self {
        let locale = locale_of(code);
        let preferences = icu_datetime::DateTimeFormatterPreferences::from(&locale);
        let mut clock = preferences;
        clock.hour_cycle = Some(HourCycle::H23);
        const COMPILED: &str = "compiled data holds every locale, by falling back to the root";
        Self {
            day: FixedCalendarDateTimeFormatter::try_new(preferences, YMD::long()).expect(COMPILED),
            month: FixedCalendarDateTimeFormatter::try_new(preferences, YM::long()).expect(COMPILED),
            year: FixedCalendarDateTimeFormatter::try_new(preferences, Y::long()).expect(COMPILED),
            month_name: FixedCalendarDateTimeFormatter::try_new(preferences, M::long()).expect(COMPILED),
            weekdays: ["EEE", "EEEEEE"].map(|pattern| weekdays(preferences, pattern)),
            time: NoCalendarFormatter::try_new(clock, T::hm()).expect(COMPILED),
            offset: NoCalendarFormatter::try_new(preferences, LocalizedOffsetShort).expect(COMPILED),
            number: decimal_formatter(code).expect(COMPILED),
            days: Remembered::default(),
            moments: Remembered::default(),
        }
    }

    fn date(&self, date: Date) -> String {
        self.days.get_or(date, || {
            as_icu(date.year(), date.month(), date.day())
                .map_or_else(|| date.to_string(), |icu| self.day.format(&icu).to_string())
        })
    }

    fn month(&self, year: i16, month: i8) -> String {
        as_icu(year, month, 1)
            .map_or_else(|| format!("{year:04}-{month:02}"), |icu| self.month.format(&icu).to_string())
    }

    fn year(&self, year: i16) -> String {
        as_icu(year, 1, 1).map_or_else(|| format!("{year:04}"), |icu| self.year.format(&icu).to_string())
    }

    fn time(&self, time: jiff::civil::Time) -> String {
        let part = |n: i8| u8::try_from(n).unwrap_or_default();
        Time::try_new(part(time.hour()), part(time.minute()), part(time.second()), 0)
            .map_or_else(|_| time.to_string(), |icu| self.time.format(&icu).to_string())
    }

    fn offset(&self, seconds: i32) -> String {
        UtcOffset::try_from_seconds(seconds)
            .map_or_else(|_| seconds.to_string(), |offset| self.offset.format(&offset).to_string())
    }

    fn number(&self, number: f64) -> String {
        format_with(&self.number, number)
    }
}

/// Texts that were made before. Every item of every list asks for its date again, and a moment
/// takes ICU and Fluent more than a microsecond.
struct Remembered<K>(RwLock<HashMap<K, Box<str>>>);

impl<K> Default for Remembered<K> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash> Remembered<K> {
    /// Then all are forgotten, so that a million moments do not stay in memory. What is asked for
    /// again is mostly near in time, and so in the order of asking.
    const MOST: usize = 1 << 15;

    fn get_or(&self, key: K, make: impl FnOnce() -> String) -> String {
        // A poisoned lock still holds whole entries: nothing else is done under it.
        if let Some(text) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return text.to_string();
        }
        let text = make();
        let mut texts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() >= Self::MOST {
            texts.clear();
        }
        texts.insert(key, text.as_str().into());
        text
    }
}

fn as_icu(year: i16, month: i8, day: i8) -> Option<icu_calendar::Date<Gregorian>> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    icu_calendar::Date::<Iso>::try_new_iso(year.into(), month, day)
        .ok()
        .map(|date| date.to_calendar(Gregorian))
}

/// English without a region is the British one: day, month, year, as in the briefings.
fn locale_of(code: &str) -> Locale {
    let code = if code == "en" { "en-GB" } else { code };
    Locale::try_from_str(code).unwrap_or(Locale::UNKNOWN)
}

fn decimal_formatter(code: &str) -> Option<DecimalFormatter> {
    DecimalFormatter::try_new(
        (&locale_of(code)).into(),
        icu_decimal::options::DecimalFormatterOptions::default(),
    )
    .ok()
}

fn format_with(formatter: &DecimalFormatter, number: f64) -> String {
    // Rust prints a float in full and as short as reads back the same, never with an exponent.
    number
        .to_string()
        .parse::<Decimal>()
        .map_or_else(|_| number.to_string(), |decimal| formatter.format(&decimal).to_string())
}

/// The formatter of numbers within messages, which Fluent keeps per bundle.
struct NumbersInWords(DecimalFormatter);

impl Memoizable for NumbersInWords {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        decimal_formatter(&lang.to_string()).map(Self).ok_or(())
    }
}

fn format_number(
    value: &FluentValue,
    memoizer: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memoizer
        .with_try_get::<NumbersInWords, _, _>((), |formatter| format_with(&formatter.0, number.value))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "language-name = English\nmoment = { $date }, { $time } ({ $offset })\n\
        when-range = { $from } to { $to }\nwhen-until = until { $when }\nwhen-since = since { $when }\n\
        when-about = about { $when }\nwhen-perhaps = perhaps { $when }\n\
        claims = { $count ->\n    [one] { $count } claim\n   *[other] { $count } claims\n }\n";
    const AR: &str = "language-name = العربية\nmoment = { $date }، { $time } ({ $offset })\n\
        when-range = { $from } – { $to }\nwhen-until = حتى { $when }\nwhen-since = منذ { $when }\n\
        when-about = نحو { $when }\nwhen-perhaps = ربما { $when }\n\
        claims = { $count ->\n    [one] ادعاء واحد\n    [two] ادعاءان\n    [few] { $count } ادعاءات\n   *[other] { $count } ادعاء\n }\n";

    fn source(language: &str, file: &str, text: &str) -> MessageFile {
        MessageFile { language: language.into(), file: file.into(), text: text.into() }
    }

    fn words() -> Messages {
        let (words, diagnostics) =
            build(&["en", "ar"], &[source("en", "en.ftl", EN), source("ar", "ar.ftl", AR)]);
        assert_eq!(diagnostics, []);
        words
    }

    fn build(languages: &[&str], sources: &[MessageFile]) -> (Messages, Vec<Diagnostic>) {
        let languages: Vec<String> = languages.iter().map(|code| (*code).to_owned()).collect();
        Messages::new(&languages, sources, Zone::named("Asia/Damascus").unwrap())
    }

    /// Code, place, message and help of each diagnostic, a line each.
    fn told(diagnostics: &[Diagnostic]) -> String {
        let line = |d: &Diagnostic| {
            let place =
                d.place.as_ref().map_or_else(String::new, |p| format!("{}:{}:{} ", p.file, p.line, p.column));
            format!("{}[{}] {place}{} | {}", d.severity.word(), d.code, d.message, d.help.join("; "))
        };
        diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn when(lang: &str, text: &str) -> String {
        words().when(lang, &When::parse(text).unwrap())
    }

    #[test]
    fn dates_and_numbers_are_in_the_order_and_digits_of_the_language() {
        let words = words();
        let date = jiff::civil::date(2016, 10, 2);
        insta::assert_snapshot!(words.date("en", date), @"2 October 2016");
        insta::assert_snapshot!(words.date("ar", date), @"2 أكتوبر 2016");
        insta::assert_snapshot!(words.month("en", 2016, 10), @"October 2016");
        insta::assert_snapshot!(words.month("ar", 2016, 10), @"أكتوبر 2016");
        insta::assert_snapshot!(words.year("en", 2016), @"2016");
        insta::assert_snapshot!(words.year("ar", 2016), @"2016");
        insta::assert_snapshot!(words.number("en", 12345.0), @"12,345");
        insta::assert_snapshot!(words.number("ar", 12345.5), @"12,345.5");
        insta::assert_snapshot!(words.number("en", -0.25), @"-0.25");
        insta::assert_snapshot!(words.week("en").0[0].join(" "), @"Mon Tue Wed Thu Fri Sat Sun");
        insta::assert_snapshot!(words.week("ar").0[1].join(" "), @"سبت أحد إثنين ثلاثاء أربعاء خميس جمعة");
        let (syrian, _) = build(&["ar-SY"], &[source("en", "en.ftl", EN), source("ar", "ar.ftl", AR)]);
        let moment = When::parse("2016-10-02T18:40:00Z").unwrap();
        insta::assert_snapshot!(syrian.when("ar-SY", &moment), @"٢ تشرين الأول ٢٠١٦، ٢١:٤٠ (غرينتش؜+٣)");
        insta::assert_snapshot!(syrian.number("ar-SY", 12345.5), @"١٢٬٣٤٥٫٥");
        assert_eq!(words.date("ar", date), words.date("ar", date), "the second is from the cache");
    }

    #[test]
    fn a_moment_is_told_in_the_sites_zone_and_midnight_as_a_date() {
        insta::assert_snapshot!(when("en", "2016-10-02T18:40:00Z"), @"2 October 2016, 21:40 (GMT+3)");
        insta::assert_snapshot!(when("ar", "2016-10-02T18:40:00Z"), @"2 أكتوبر 2016، 21:40 (غرينتش‎+3)");
        insta::assert_snapshot!(when("en", "2016-10-01T21:00:00Z"), @"2 October 2016");
        insta::assert_snapshot!(when("en", "2016-10-01T21:00:01Z"), @"2 October 2016, 00:00 (GMT+3)");
    }

    #[test]
    fn ranges_and_doubts_are_in_words() {
        insta::assert_snapshot!(when("en", "2016-10-01/2016-10-02~"), @"1 October 2016 to about 2 October 2016");
        insta::assert_snapshot!(when("en", "../2016-10?"), @"until perhaps October 2016");
        insta::assert_snapshot!(when("en", "2011-03%/.."), @"since perhaps about March 2011");
        insta::assert_snapshot!(when("ar", "2011"), @"2011");
    }

    #[test]
    fn plurals_follow_the_language_and_numbers_in_words_have_its_digits() {
        let words = words();
        let claims = |lang, count: u32| {
            let mut args = FluentArgs::new();
            args.set("count", count);
            words.format(lang, "claims", &args).unwrap()
        };
        assert_eq!([1, 1234].map(|n| claims("en", n)), ["1 claim", "1,234 claims"]);
        insta::assert_snapshot!([1, 2, 3, 1234].map(|n| claims("ar", n)).join(", "), @"ادعاء واحد, ادعاءان, 3 ادعاءات, 1,234 ادعاء");
    }

    #[test]
    fn a_later_layer_replaces_message_by_message_and_a_region_stands_on_its_language() {
        let sources = [
            source("en", "a.ftl", EN),
            source("en", "b.ftl", "menu = Menu\nlanguage-name = Plain English\n"),
            source("ar", "ar.ftl", AR),
            source("ar-SY", "ar-SY.ftl", "menu = قائمة\n"),
        ];
        let (words, diagnostics) = build(&["en", "ar-SY"], &sources);
        assert_eq!(told(&diagnostics), "");
        assert_eq!(words.language_name("en"), "Plain English");
        assert_eq!(words.language_name("ar-SY"), "العربية");
        assert_eq!(words.dir("ar-SY"), "rtl");
        assert_eq!(words.word("ar-SY", "menu").as_deref(), Some("قائمة"));
    }

    #[test]
    fn what_a_language_lacks_is_english_and_told_once() {
        let sources = [source("en", "en.ftl", &format!("{EN}a = A\nb = B\n")), source("ar", "ar.ftl", AR)];
        let (words, diagnostics) = build(&["en", "ar"], &sources);
        insta::assert_snapshot!(told(&diagnostics), @r#"warning[untranslated-words] ar.ftl:1:1 the language "ar" lacks 2 of the theme's words | add to its .ftl file: a, b"#);
        assert_eq!(words.word("ar", "a").as_deref(), Some("A"));
        assert_eq!(words.word("ar", "c"), None);
    }

    #[test]
    fn faults_of_the_files_are_all_told_with_their_places() {
        let broken = format!("{EN}ключ = x\nlanguage-name = Again\n");
        let (_, diagnostics) = build(&["en", "fr"], &[source("en", "en.ftl", &broken)]);
        insta::assert_snapshot!(told(&diagnostics), @r#"
        error[words-syntax] en.ftl:12:1 expected one of "a-zA-Z" | a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/
        error[duplicate-word] en.ftl:13:1 the word "language-name" is given twice | delete one of them
        error[missing-words] the theme has no words in the language "fr" | add i18n/fr.ftl to a theme; there are words in en
        "#);
    }

    #[test]
    fn a_required_word_that_cannot_be_filled_in_is_told_at_its_place() {
        let (_, diagnostics) =
            build(&["en"], &[source("en", "en.ftl", &EN.replace("until { $when }", "until { $date }"))]);
        insta::assert_snapshot!(told(&diagnostics), @r#"error[words-syntax] en.ftl:4:1 the word "when-until" cannot be filled in: unknown variable: $date | it gets $when"#);
        let (words, diagnostics) = build(&["en"], &[source("en", "en.ftl", "a = A")]);
        insta::assert_snapshot!(told(&diagnostics), @r#"error[missing-words] en.ftl:1:1 the language "en" lacks 7 of the theme's words | add to its .ftl file: language-name, moment, when-about, when-perhaps, when-range, when-since, when-until"#);
        assert_eq!(words.when("en", &When::parse("2011/2012").unwrap()), "2011 2012");
    }

    #[test]
    fn directions_are_those_of_the_script() {
        let words = words();
        let of = |codes: &[&str]| codes.iter().map(|code| words.dir(code)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            of(&["en", "ar", "ckb", "ku", "ku-Arab", "az-Latn", "he", "fa", "prs", "%"]),
            "ltr rtl rtl ltr rtl ltr rtl rtl rtl ltr"
        );
    }

    #[test]
    fn words_are_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Messages>();
    }
}
