//! Dates, times and numbers of one language, by ICU.
//!
//! Owns the formatters and the texts that they made. Knows no message.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use fluent_bundle::FluentValue;
use icu_calendar::week::WeekInformation;
use icu_calendar::{Gregorian, Iso};
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::fieldsets::zone::LocalizedOffsetShort;
use icu_datetime::fieldsets::{M, MD, T, Y, YM, YMD};
use icu_datetime::input::{Time, UtcOffset};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use icu_locale_core::extensions::unicode::Value;
use icu_locale_core::preferences::extensions::unicode::keywords::HourCycle;
use icu_locale_core::subtags::Region;
use icu_time::zone::IanaParser;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;
use writeable::TryWriteable as _;

use crate::time::Zone;

/// ICU's formatters of one language.
pub struct Formats {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    short_day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    month: PatternFormatter,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
    month_name: FixedCalendarDateTimeFormatter<Gregorian, M>,
    /// From Monday: abbreviated, and in the form for narrow columns.
    weekdays: [Vec<String>; 2],
    /// From 0 for Monday.
    first_weekday: usize,
    time: NoCalendarFormatter<T>,
    offset: NoCalendarFormatter<LocalizedOffsetShort>,
    number: DecimalFormatter,
    days: TextCache<Date>,
}

impl Formats {
    /// `zone`: the clocks of the site's readers, and so the country whose names of months they know.
    pub fn new(code: &str, zone: &Zone) -> Self {
        const COMPILED: &str = "compiled data holds every locale, by falling back to the root";
        let locale = locale_of(code);
        let preferences = preferences_of(&locale, zone);
        let mut clock = preferences;
        clock.hour_cycle = Some(HourCycle::H23);
        let week = WeekInformation::try_new((&locale).into());
        Self {
            day: FixedCalendarDateTimeFormatter::try_new(preferences, YMD::long()).expect(COMPILED),
            short_day: FixedCalendarDateTimeFormatter::try_new(preferences, MD::medium()).expect(COMPILED),
            month: PatternFormatter::of_month(preferences),
            year: FixedCalendarDateTimeFormatter::try_new(preferences, Y::long()).expect(COMPILED),
            month_name: FixedCalendarDateTimeFormatter::try_new(preferences, M::long()).expect(COMPILED),
            weekdays: ["EEE", "EEEEEE"].map(|pattern| weekdays(preferences, pattern)),
            first_weekday: week.map_or(0, |week| week.first_weekday as usize - 1),
            time: NoCalendarFormatter::try_new(clock, T::hm()).expect(COMPILED),
            offset: NoCalendarFormatter::try_new(preferences, LocalizedOffsetShort).expect(COMPILED),
            number: decimal_formatter(code).expect(COMPILED),
            days: TextCache::default(),
        }
    }

    pub fn date(&self, date: Date) -> String {
        self.days.get_or_make(date, || {
            as_icu(date.year(), date.month(), date.day())
                .map_or_else(|| date.to_string(), |icu| self.day.format(&icu).to_string())
        })
    }

    /// Without the year, as "2 Oct".
    pub fn short_date(&self, date: Date) -> String {
        as_icu(date.year(), date.month(), date.day())
            .map_or_else(|| date.to_string(), |icu| self.short_day.format(&icu).to_string())
    }

    pub fn month(&self, year: i16, month: i8) -> String {
        as_icu(year, month, 1).map_or_else(|| format!("{year:04}-{month:02}"), |icu| self.month.format(&icu))
    }

    pub fn year(&self, year: i16) -> String {
        as_icu(year, 1, 1).map_or_else(|| format!("{year:04}"), |icu| self.year.format(&icu).to_string())
    }

    pub fn month_name(&self, month: i8) -> String {
        as_icu(2000, month, 1).map_or_else(String::new, |icu| self.month_name.format(&icu).to_string())
    }

    /// The short and the still shorter names of weekdays in the order of the language's region, and which
    /// day comes first, from 0 for Monday.
    pub fn week(&self) -> ([Vec<String>; 2], usize) {
        let mut names = self.weekdays.clone();
        for names in &mut names {
            names.rotate_left(self.first_weekday);
        }
        (names, self.first_weekday)
    }

    pub fn time(&self, time: jiff::civil::Time) -> String {
        let part = |n: i8| u8::try_from(n).unwrap_or_default();
        Time::try_new(part(time.hour()), part(time.minute()), part(time.second()), 0)
            .map_or_else(|_| time.to_string(), |icu| self.time.format(&icu).to_string())
    }

    /// An offset from UTC, as "GMT+3"; UTC itself without a number, as "GMT".
    pub fn offset(&self, seconds: i32) -> String {
        let text = UtcOffset::try_from_seconds(seconds)
            .map_or_else(|_| seconds.to_string(), |offset| self.offset.format(&offset).to_string());
        if seconds == 0 { text.trim_matches(|c: char| !c.is_alphabetic()).to_owned() } else { text }
    }

    pub fn number(&self, number: f64) -> String {
        format_with(&self.number, number)
    }
}

/// The pattern of a date, with the names and digits that it needs.
struct PatternFormatter {
    names: FixedCalendarDateTimeNames<Gregorian, DateFieldSet>,
    pattern: DateTimePattern,
}

impl PatternFormatter {
    const COMPILED: &str = "compiled data holds the names of every locale";

    fn new(preferences: DateTimeFormatterPreferences, pattern: DateTimePattern) -> Self {
        let mut names = FixedCalendarDateTimeNames::try_new(preferences).expect(Self::COMPILED);
        names.include_for_pattern(&pattern).expect(Self::COMPILED);
        Self { names, pattern }
    }

    /// A month and its year. ICU's own formatter loads no digits for it in Portuguese, whose pattern with an era
    /// lacks the year; so the pattern without an era serves all years.
    fn of_month(preferences: DateTimeFormatterPreferences) -> Self {
        let formatter = FixedCalendarDateTimeFormatter::<Gregorian, YM>::try_new(preferences, YM::long());
        let any_month = as_icu(2000, 1, 1).expect("a day of this calendar");
        Self::new(preferences, formatter.expect(Self::COMPILED).format(&any_month).pattern())
    }

    fn format(&self, date: &icu_calendar::Date<Gregorian>) -> String {
        let formatted = self.names.with_pattern_unchecked(&self.pattern);
        formatted.format(date).try_write_to_string().expect(Self::COMPILED).into_owned()
    }
}

/// The names of the weekdays, from Monday. By a pattern: ICU's field sets have only abbreviated names, and in
/// Arabic these are the full ones.
fn weekdays(preferences: DateTimeFormatterPreferences, pattern: &str) -> Vec<String> {
    let formatter = PatternFormatter::new(preferences, pattern.parse().expect("a pattern of ours"));
    // 3 January 2000 was a Monday.
    (3..10).filter_map(|day| as_icu(2000, 1, day)).map(|day| formatter.format(&day)).collect()
}

/// Texts that were made before. Every item of every list needs its date again, and a moment takes ICU and
/// Fluent more than a microsecond.
pub struct TextCache<K>(RwLock<HashMap<K, Box<str>>>);

impl<K> Default for TextCache<K> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash> TextCache<K> {
    /// A full cache is emptied, so that a million moments do not stay in memory. Texts that are needed
    /// again are mostly near in time, and so near in the order of requests.
    const CAPACITY: usize = 1 << 15;

    pub fn get_or_make(&self, key: K, make: impl FnOnce() -> String) -> String {
        // A poisoned lock still holds whole entries: nothing else is done under it.
        if let Some(text) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return text.to_string();
        }
        let text = make();
        let mut texts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() >= Self::CAPACITY {
            texts.clear();
        }
        texts.insert(key, text.as_str().into());
        text
    }
}

fn as_icu(year: i16, month: i8, day: i8) -> Option<icu_calendar::Date<Gregorian>> {
    let month = u8::try_from(month).ok()?;
    let day = u8::try_from(day).ok()?;
    let date = icu_calendar::Date::<Iso>::try_new_iso(year.into(), month, day).ok()?;
    Some(date.to_calendar(Gregorian))
}

/// English without a region is British: day, month, year, as in the briefings.
fn locale_of(code: &str) -> Locale {
    let code = if code == "en" { "en-GB" } else { code };
    Locale::try_from_str(code).unwrap_or(Locale::UNKNOWN)
}

/// Languages of one script in which the names of months differ between countries: April is نيسان in Damascus, أبريل in
/// Cairo and أفريل in Algiers, and January is Jänner in Vienna.
const MONTHS_BY_COUNTRY: [&str; 2] = ["ar", "de"];

/// How a language writes dates: as in the country of the site's zone, if the code names none. The digits stay those of
/// the language, as in its numbers.
fn preferences_of(locale: &Locale, zone: &Zone) -> DateTimeFormatterPreferences {
    let language = locale.id.language;
    let country = zone.name().and_then(country_of_zone);
    let (true, None, Some(country)) =
        (MONTHS_BY_COUNTRY.contains(&language.as_str()), locale.id.region, country)
    else {
        return DateTimeFormatterPreferences::from(locale);
    };
    let mut there = locale.clone();
    there.id.region = Some(country);
    let mut preferences = DateTimeFormatterPreferences::from(&there);
    let digits = decimal_formatter(language.as_str());
    if digits.is_some_and(|digits| format_with(&digits, 1.0) == "1") {
        preferences.numbering_system = "latn".parse().ok().and_then(|value: Value| (&value).try_into().ok());
    }
    preferences
}

/// The country of a zone: its short name in BCP 47 begins with it, as `sydam` for Asia/Damascus.
fn country_of_zone(name: &str) -> Option<Region> {
    let zone = IanaParser::new().parse(name);
    let short = zone.as_str();
    (short.len() == 5).then(|| short[..2].parse().ok()).flatten()
}

fn decimal_formatter(code: &str) -> Option<DecimalFormatter> {
    DecimalFormatter::try_new((&locale_of(code)).into(), DecimalFormatterOptions::default()).ok()
}

fn format_with(formatter: &DecimalFormatter, number: f64) -> String {
    // Rust prints the shortest decimal that reads back as the same float, never with an exponent.
    number
        .to_string()
        .parse::<Decimal>()
        .map_or_else(|_| number.to_string(), |decimal| formatter.format(&decimal).to_string())
}

/// The formatter of numbers within messages, which Fluent keeps per bundle.
struct MessageNumbers(DecimalFormatter);

impl Memoizable for MessageNumbers {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        decimal_formatter(&lang.to_string()).map(Self).ok_or(())
    }
}

/// Formats a number within a message; for [`fluent_bundle::FluentBundle::set_formatter`].
pub fn format_number(value: &FluentValue, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memoizer
        .with_try_get::<MessageNumbers, _, _>((), |formatter| format_with(&formatter.0, number.value))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ICU panics in a debug build if its data lack what a pattern needs.
    #[test]
    fn every_language_and_some_regions_have_dates_and_times() {
        let regions =
            ["zh-hant", "zh-hk", "pt-br", "pt-ao", "es-419", "sr-latn", "en-us", "ar-eg", "fa-af", "uz-cyrl"];
        for code in super::super::language_names::codes().chain(regions) {
            let formats = Formats::new(code, &Zone::utc());
            let (day, time) = (Date::constant(2031, 11, 28), jiff::civil::time(3, 4, 0, 0));
            let texts =
                [formats.date(day), formats.month(2031, 11), formats.year(2031), formats.month_name(11)];
            let texts =
                texts.into_iter().chain([formats.time(time), formats.offset(3600), formats.number(1.5)]);
            assert!(texts.map(|text| text.len()).all(|length| length > 0), "{code}");
        }
    }

    #[test]
    fn a_month_has_its_year() {
        assert_eq!(Formats::new("pt", &Zone::utc()).month(2031, 11), "novembro de 2031");
        assert_eq!(Formats::new("pt", &Zone::utc()).month(931, 11), "novembro de 931");
    }

    #[test]
    fn months_have_the_names_of_the_country_whose_clocks_the_site_has() {
        let october = |code: &str, zone: &str| {
            Formats::new(code, &Zone::named(zone).unwrap()).date(Date::constant(2016, 10, 2))
        };
        assert_eq!(october("ar", "Asia/Damascus"), "2 تشرين الأول 2016");
        assert_eq!(october("ar", "Africa/Cairo"), "2 أكتوبر 2016");
        assert_eq!(october("ar-eg", "Asia/Damascus"), october("ar-eg", "UTC"), "the code says the country");
        assert_eq!(october("ar", "UTC"), "2 أكتوبر 2016");
        assert_eq!(october("en", "America/New_York"), "2 October 2016");
    }

    #[test]
    fn utc_has_no_number() {
        let offset = |code: &str| Formats::new(code, &Zone::utc()).offset(0);
        assert_eq!(["en", "fr", "ar"].map(offset), ["GMT", "UTC", "غرينتش"]);
    }
}
