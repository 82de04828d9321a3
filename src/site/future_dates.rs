//! Dates that are still to come, where only a past one makes sense.
//!
//! A slip in the year would put a briefing above all others until somebody notices. Owns how far ahead
//! a date may be. When something happens is no such date: forecasts and instructions are about what is to come.
//!
//! Invariant: with `--as-of` nothing is reported, since what is later than that time is left out.

use super::diagnostics::Diagnostics;
use super::options::LinkOptions;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Article, Briefing, StatedTime};
use crate::time::{Moment, When, Zone};

/// How far ahead of the build a date may be: days begin at other times elsewhere, and clocks differ.
const HOURS_AHEAD: i64 = 24;

/// How far back the same day of the year before is a likely slip: early in a year people write the old one.
const DAYS_OF_A_NEW_YEAR: i64 = 92;

/// Reports the dates of briefings that are still to come.
pub fn check(articles: &[Article], options: &LinkOptions, diagnostics: &mut Diagnostics<'_>) {
    diagnostics.check_each(articles, |article, diagnostics| {
        let Article::Briefing(briefing) = article else { return };
        for stated in find(briefing, options) {
            report(briefing, stated, options, diagnostics);
        }
    });
}

/// The dates that are too far ahead. A draft may be for next week.
pub fn find<'b>(
    briefing: &'b Briefing,
    options: &LinkOptions,
) -> impl Iterator<Item = &'b StatedTime> + use<'b> {
    let is_checked = options.as_of.is_none() && !briefing.draft;
    let limit = limit(briefing, options.now).filter(|_| is_checked);
    let stated = briefing.stated.iter();
    stated.filter(move |stated| limit.is_some_and(|limit| stated.at > limit))
}

/// When a date that is too far ahead no longer is, if nothing is edited.
pub fn reached_at(stated: &StatedTime) -> Option<Moment> {
    stated.at.hours_later(-HOURS_AHEAD)
}

/// The latest time that is not too far ahead of the build, or of the end of the embargo.
fn limit(briefing: &Briefing, now: Moment) -> Option<Moment> {
    now.max(briefing.embargo_until.unwrap_or(now)).hours_later(HOURS_AHEAD)
}

fn report(
    briefing: &Briefing,
    stated: &StatedTime,
    options: &LinkOptions,
    diagnostics: &mut Diagnostics<'_>,
) {
    let zone = &diagnostics.sources.config.timezone;
    let place = diagnostics.place(&briefing.file, stated.span);
    let written = written(&place);
    let is_under_embargo = briefing.embargo_until.is_some_and(|until| until > options.now);
    let ahead_of = if is_under_embargo { "after `embargo_until`" } else { "in the future" };
    let message = format!("`{}` is more than a day {ahead_of}", stated.key);
    let mut diagnostic =
        Diagnostic::error(Code::FUTURE_DATE, message).at(place.clone()).label("still to come");
    diagnostic = match likely_value(written, options.now, zone) {
        Some(value) => diagnostic.help(format!("did you mean {value}?")),
        None => diagnostic.help("check the year, the month and the day"),
    };
    if stated.key == "date" {
        let help = format!("if the briefing is to be published then, write embargo_until = {written}");
        diagnostic = diagnostic.help(help);
    }
    diagnostics.push(diagnostic);
}

/// The value as the file has it.
fn written(place: &Place) -> &str {
    &place.excerpt[place.mark.clone()]
}

/// The value with the year that was probably meant: this one, or early in a year the one before.
fn likely_value(written: &str, now: Moment, zone: &Zone) -> Option<String> {
    let this_year = zone.day_of(now).year();
    let latest = now.hours_later(HOURS_AHEAD)?;
    let earliest = now.hours_later(-24 * DAYS_OF_A_NEW_YEAR)?;
    [this_year, this_year - 1].into_iter().find_map(|year| {
        let value = in_year(written, year)?;
        let begins = begin(&value, zone)?;
        let is_likely = begins <= latest && (year == this_year || begins >= earliest);
        is_likely.then_some(value)
    })
}

fn in_year(written: &str, year: i16) -> Option<String> {
    let (before, bare) = written.split_at(written.find(|c: char| c != '"' && c != '\'')?);
    let (digits, rest) = bare.split_at_checked(4)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{before}{year}{rest}"))
}

/// The first moment of a day, a month or a year, or a moment; `None` for what is no such value.
fn begin(value: &str, zone: &Zone) -> Option<Moment> {
    When::parse(value.trim_matches(['"', '\'']), zone).ok()?.begin(zone)
}
