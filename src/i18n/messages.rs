//! Messages in every language of the site, and moments and ranges in words.
//!
//! Owns which layer's message wins, and what a missing one falls back to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use unic_langid::LanguageIdentifier;

use super::fallback_marks::{as_spans, marked};
use super::file::{MessageFile, lower_first};
use super::formats::{Formats, TextCache, format_number};
use super::language_names::own_name;
use crate::bidi::{TextDirection, WordDirections, direction_of};
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::time::{End, Moment, Point, When, Zone};

/// The language whose messages replace those that another lacks.
pub const FALLBACK: &str = "en";

/// The message that has the words of site.toml's notice in a language.
pub const NOTICE_WORDS: &str = "site-notice";

/// How many missing messages a warning names.
const MOST_NAMED: usize = 20;

/// Messages that the generator fills in itself, each with its variables.
///
/// `moment`: `$offset` is whole, as in "GMT+3". `moment-here`: on a page that has the offset elsewhere. `when-…`: `$when`,
/// `$from` and `$to` are a date, a month, a year or a moment in words, or another `when-…`. `$precision` is `day` (of a
/// moment too), `month` or `year`, and `$about` is `yes` or `no`: in many languages, prepositions depend on them.
pub const REQUIRED: &[(&str, &[&str])] = &[
    ("language-name", &[]),
    ("moment", &["date", "time", "offset"]),
    ("moment-here", &["date", "time"]),
    ("when-range", &["from", "to"]),
    ("when-until", &["when", "precision", "about"]),
    ("when-since", &["when", "precision", "about"]),
    ("when-by", &["when", "precision", "about"]),
    ("when-from", &["when", "precision", "about"]),
    ("when-about", &["when", "precision"]),
    ("when-perhaps", &["when"]),
];

/// What a range with an open end means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeSense {
    /// Something happened at some time within it: "by", "from".
    Within,
    /// Something was so for all of it: "until", "since".
    Throughout,
    /// Something applies for all of it, which may be still to come: "until", "from".
    InForce,
}

/// Why there is no text for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageError {
    /// No message of that key; the nearest one that exists.
    Unknown { key: String, nearest: Option<String> },
    /// The message exists, and cannot be filled in.
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
    /// With the offset; by nanosecond, since the zone is the same for all.
    moments: TextCache<i128>,
    /// Without the offset.
    moments_here: TextCache<i128>,
    direction: TextDirection,
    /// Some words are those of the fallback.
    lacks_words: bool,
}

impl Messages {
    /// Combines the files, lowest layer first: a later message replaces an earlier one of the same language
    /// and key. A language with a region or script (`ar-SY`) builds on the messages of its base (`ar`).
    ///
    /// The diagnostics are all faults of the files. Files of other languages than the site's are ignored,
    /// except English, the fallback.
    #[must_use]
    pub fn new(languages: &[String], files: &[MessageFile], zone: Zone) -> (Self, Vec<Diagnostic>) {
        let codes: BTreeSet<&str> = languages.iter().map(String::as_str).chain([FALLBACK]).collect();
        let used = files.iter().filter(|file| codes.iter().any(|code| file.applies_to(code)));
        let mut diagnostics: Vec<Diagnostic> = used.flat_map(MessageFile::faults).collect();
        let mut languages_by_code: BTreeMap<String, Language> =
            codes.into_iter().map(|code| (code.to_owned(), Language::new(code, files, &zone))).collect();
        let known = languages_by_code[FALLBACK].keys.clone();
        for language in languages_by_code.values_mut() {
            language.lacks_words = !known.is_subset(&language.keys);
        }
        let messages = Self { languages: languages_by_code, zone };
        diagnostics.extend(languages.iter().filter_map(|code| messages.missing(code, files)));
        if diagnostics.is_empty() {
            diagnostics.extend(languages.iter().flat_map(|code| messages.try_required(code, files)));
        }
        (messages, diagnostics)
    }

    /// The codes of the site's languages, and English.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// Whether a language has a message itself.
    #[must_use]
    pub fn has(&self, lang: &str, key: &str) -> bool {
        self.language(lang).keys.contains(key)
    }

    /// A message without arguments; none if it is unknown, or needs some.
    #[must_use]
    pub fn word(&self, lang: &str, key: &str) -> Option<String> {
        // Many callers have a default of their own, and looking for the nearest key is slow.
        let is_known = self.language(lang).keys.contains(key) || self.fallback().keys.contains(key);
        if is_known { self.format(lang, key, &FluentArgs::new()).ok() } else { None }
    }

    /// # Errors
    /// If no message has the key, or the arguments do not fill it in.
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

    /// A text that the message of a key gave, for a page: marked if it is in the fallback language.
    #[must_use]
    pub fn mark(&self, lang: &str, key: &str, text: String) -> String {
        if self.language(lang).keys.contains(key) { text } else { marked(&text) }
    }

    /// A finished page in which each marked word says its language.
    #[must_use]
    pub fn with_marks(&self, lang: &str, html: String) -> String {
        if !self.language(lang).lacks_words {
            return html;
        }
        let (own, fallback) = (self.direction(lang), self.direction(FALLBACK));
        let dir = if own == fallback { String::new() } else { format!(" dir=\"{}\"", fallback.as_str()) };
        as_spans(&html, &format!(" lang=\"{FALLBACK}\"{dir}"))
    }

    /// The keys that the language itself has, sorted.
    pub fn keys(&self, lang: &str) -> impl Iterator<Item = &str> {
        self.language(lang).keys.iter().map(String::as_str)
    }

    /// `rtl` or `ltr`, for HTML's `dir`.
    #[must_use]
    pub fn dir(&self, lang: &str) -> &'static str {
        self.direction(lang).as_str()
    }

    /// The `dir` of a block of text on a page in `page`; empty if it has the direction of the page. `lang` is the
    /// text's language if it is not the page's, else empty.
    #[must_use]
    pub fn dir_of_text(&self, page: &str, text: &str, lang: &str) -> &'static str {
        let words = WordDirections::of(text);
        if lang.is_empty() {
            return words.attribute_within(self.direction(page)).unwrap_or_default();
        }
        let own = self.direction(lang);
        words.attribute_within(own).unwrap_or_else(|| own.as_str())
    }

    fn direction(&self, lang: &str) -> TextDirection {
        self.languages.get(lang).map_or_else(|| direction_of(lang), |language| language.direction)
    }

    /// The language's name in itself: its message `language-name`, CLDR's, or its code.
    #[must_use]
    pub fn language_name(&self, lang: &str) -> String {
        let own = self.languages.get(lang).filter(|language| language.keys.contains("language-name"));
        let written = own.and_then(|_| self.word(lang, "language-name"));
        written.or_else(|| own_name(lang)).unwrap_or_else(|| lang.to_owned())
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
        self.language(lang).formats.month_name(month)
    }

    /// The short and the still shorter names of weekdays in the order of the language's region, and which
    /// day comes first, from 0 for Monday.
    #[must_use]
    pub fn week(&self, lang: &str) -> ([Vec<String>; 2], usize) {
        self.language(lang).formats.week()
    }

    /// Date, time and offset in the site's zone; only the date if it is midnight there.
    #[must_use]
    pub fn moment(&self, lang: &str, moment: Moment) -> String {
        let local = self.zone.local(moment);
        let moments = &self.language(lang).moments;
        moments.get_or_make(local.at.as_nanosecond(), || self.format_moment(lang, local))
    }

    /// For narrow columns: the hour of a moment of this day in the site's zone, and of others the day: "21:40", "2 Oct".
    /// A midnight is its day.
    #[must_use]
    pub fn hour_or_day(&self, lang: &str, moment: Moment, today: Date) -> String {
        let clock = self.zone.clock(moment);
        let formats = &self.language(lang).formats;
        if clock.date() == today && clock.time() != Time::midnight() {
            formats.time(clock.time())
        } else {
            formats.short_date(clock.date())
        }
    }

    /// Date and time in the site's zone, for a page that has the offset elsewhere; with the offset in an hour that
    /// the clocks there show twice. Only the date if it is midnight.
    #[must_use]
    pub fn moment_here(&self, lang: &str, moment: Moment) -> String {
        let clock = self.zone.clock(moment);
        if self.zone.is_doubled(clock) {
            return self.moment(lang, moment);
        }
        let language = self.language(lang);
        language.moments_here.get_or_make(moment.at.as_nanosecond(), || {
            let date = language.formats.date(clock.date());
            if clock.time() == Time::midnight() {
                return date;
            }
            let time = language.formats.time(clock.time());
            self.fill(lang, "moment-here", [("date", date), ("time", time)], &[])
        })
    }

    fn format_moment(&self, lang: &str, local: Moment) -> String {
        let Ok(offset) = Offset::from_seconds(local.offset) else { return local.to_string() };
        let there = offset.to_datetime(local.at);
        let formats = &self.language(lang).formats;
        let date = formats.date(there.date());
        if there.time() == Time::midnight() {
            return date;
        }
        let time = formats.time(there.time());
        let parts = [("date", date), ("time", time), ("offset", formats.offset(local.offset))];
        self.fill(lang, "moment", parts, &[])
    }

    /// The time of day in the site's zone; empty if it is midnight there.
    #[must_use]
    pub fn time_of(&self, lang: &str, moment: Moment) -> String {
        let time = self.zone.clock(moment).time();
        if time == Time::midnight() { String::new() } else { self.language(lang).formats.time(time) }
    }

    /// The offset of the site's zone at a moment, as "GMT+3".
    #[must_use]
    pub fn offset_at(&self, lang: &str, moment: Moment) -> String {
        self.language(lang).formats.offset(self.zone.local(moment).offset)
    }

    /// A point or range in words, with the doubts of its writer.
    #[must_use]
    pub fn when(&self, lang: &str, when: &When, sense: RangeSense) -> String {
        match (when, sense) {
            (When::At(end), _) => self.end(lang, end),
            (When::Between(from, to), _) => {
                let ends = [("from", self.end(lang, from)), ("to", self.end(lang, to))];
                self.fill(lang, "when-range", ends, &[])
            }
            (When::Until(to), RangeSense::Within) => self.open_range(lang, "when-by", to),
            (When::Until(to), _) => self.open_range(lang, "when-until", to),
            (When::Since(from), RangeSense::Throughout) => self.open_range(lang, "when-since", from),
            (When::Since(from), _) => self.open_range(lang, "when-from", from),
        }
    }

    /// The doubts are in the words of the range: "perhaps until about October 2016".
    fn open_range(&self, lang: &str, key: &str, end: &End) -> String {
        let about = if end.approximate { "yes" } else { "no" };
        let selectors = [("precision", precision(end.point)), ("about", about)];
        let text = self.fill(lang, key, [("when", self.point(lang, end.point))], &selectors);
        if end.uncertain { self.fill(lang, "when-perhaps", [("when", text)], &[]) } else { text }
    }

    /// In the digits and groups of the language; with a fraction only if it has one.
    #[must_use]
    pub fn number(&self, lang: &str, number: f64) -> String {
        self.language(lang).formats.number(number)
    }

    fn end(&self, lang: &str, end: &End) -> String {
        let mut text = self.point(lang, end.point);
        if end.approximate {
            let selectors = [("precision", precision(end.point))];
            text = self.fill(lang, "when-about", [("when", text)], &selectors);
        }
        if end.uncertain {
            text = self.fill(lang, "when-perhaps", [("when", text)], &[]);
        }
        text
    }

    fn point(&self, lang: &str, point: Point) -> String {
        match point {
            Point::Year(year) => self.year(lang, year),
            Point::Month(year, month) => self.month(lang, year, month),
            Point::Day(day) => self.date(lang, day),
            Point::Moment(moment) => self.moment_here(lang, moment),
        }
    }

    /// One of [`REQUIRED`]. If it is missing or broken, which `new` reports as an error, the parts follow
    /// one another: nothing is lost, and nothing panics.
    fn fill<const N: usize>(
        &self,
        lang: &str,
        key: &str,
        parts: [(&'static str, String); N],
        selectors: &[(&'static str, &'static str)],
    ) -> String {
        let mut args = FluentArgs::with_capacity(N + selectors.len());
        for (name, part) in &parts {
            args.set(*name, part.as_str());
        }
        for (name, value) in selectors {
            args.set(*name, *value);
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

    /// The messages that a language of the site lacks.
    fn missing(&self, code: &str, files: &[MessageFile]) -> Option<Diagnostic> {
        let Some(file) = nearest_file(files, code) else {
            let known: BTreeSet<&str> = files.iter().map(|file| file.language.as_str()).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            let message = format!("the theme has no words in the language \"{code}\"");
            return Some(
                Diagnostic::error(Code::MISSING_WORDS, message)
                    .help(format!("add i18n/{code}.ftl to a theme; there are words in {known}"))
                    .setup(),
            );
        };
        let own = &self.language(code).keys;
        let fallback = &self.fallback().keys;
        let required = REQUIRED.iter().map(|(key, _)| (*key).to_owned()).collect();
        let is_lacking = |key: &&String| {
            !own.contains(*key)
                // Those who know site.toml report it.
                && key.as_str() != NOTICE_WORDS
                && (key.as_str() != "language-name" || own_name(code).is_none())
        };
        let lacking: Vec<&str> = fallback.union(&required).filter(is_lacking).map(String::as_str).collect();
        if lacking.is_empty() {
            return None;
        }
        let count = lacking.len();
        let message = format!("the language \"{code}\" lacks {count} of the theme's words");
        let named = lacking[..count.min(MOST_NAMED)].join(", ");
        let help = match count.saturating_sub(MOST_NAMED) {
            0 => format!("add to its .ftl file: {named}"),
            more => format!("add to its .ftl file: {named} and {more} more of themes/default/i18n/en.ftl"),
        };
        let place = Place::file(&file.file);
        if lacking.iter().any(|key| !fallback.contains(*key)) {
            return Some(Diagnostic::error(Code::MISSING_WORDS, message).at(place).help(help));
        }
        let label = "these are shown in English";
        Some(Diagnostic::warning(Code::UNTRANSLATED_WORDS, message).at(place).label(label).help(help))
    }

    /// Fills in each of [`REQUIRED`] with every value of its selectors, so that none of them can fail later.
    fn try_required(&self, code: &str, files: &[MessageFile]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (key, variables) in REQUIRED {
            let mut tried =
                (0..COMBINATIONS).map(|combination| self.try_once(code, key, variables, combination));
            let Some(Err(error)) = tried.find(Result::is_err) else { continue };
            let help = match variables {
                [] => "it gets no variables".to_owned(),
                _ => format!("it gets ${}", variables.join(" and $")),
            };
            let place = nearest_file(files, code).map(|file| file.place_of(key));
            diagnostics.push(Diagnostic {
                place,
                ..Diagnostic::error(Code::WORDS_SYNTAX, error.to_string()).help(help)
            });
        }
        diagnostics
    }

    fn try_once(
        &self,
        code: &str,
        key: &str,
        variables: &[&'static str],
        combination: usize,
    ) -> Result<String, MessageError> {
        let mut args = FluentArgs::new();
        for variable in variables {
            let values = values_of(variable);
            args.set(*variable, values[combination % values.len()]);
        }
        self.format(code, key, &args)
    }
}

/// What a variable of [`REQUIRED`] may be; a text has no values of its own.
fn values_of(variable: &str) -> &'static [&'static str] {
    match variable {
        "precision" => &["day", "month", "year"],
        "about" => &["no", "yes"],
        _ => &["x"],
    }
}

/// So many rounds through two and three values give each pair once.
const COMBINATIONS: usize = 6;

fn precision(point: Point) -> &'static str {
    match point {
        Point::Year(_) => "year",
        Point::Month(..) => "month",
        Point::Day(_) | Point::Moment(_) => "day",
    }
}

/// The file of the highest layer.
fn nearest_file<'f>(files: &'f [MessageFile], code: &str) -> Option<&'f MessageFile> {
    files.iter().rev().find(|file| file.applies_to(code))
}

impl Language {
    fn new(code: &str, files: &[MessageFile], zone: &Zone) -> Self {
        let locale = code.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolating marks would surround every value, in attributes and in plain text too. Templates have
        // <bdi> for names.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(format_number));
        let mut keys = BTreeSet::new();
        let base = files.iter().filter(|file| file.applies_to(code) && file.language != code);
        let own = files.iter().filter(|file| file.language == code);
        for file in base.chain(own) {
            keys.extend(file.keys().map(|(key, _)| key.to_owned()));
            bundle.add_resource_overriding(file.resource());
        }
        keys.retain(|key| bundle.get_message(key).is_some_and(|message| message.value().is_some()));
        Self {
            bundle,
            keys,
            formats: Formats::new(code, zone),
            moments: TextCache::default(),
            moments_here: TextCache::default(),
            direction: direction_of(code),
            lacks_words: false,
        }
    }
}
