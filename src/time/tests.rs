use super::*;
use proptest::prelude::*;

fn pages(text: &str) -> String {
    let zone = Zone::named("Asia/Damascus").unwrap();
    let name = |page: &CalendarPage| match page {
        CalendarPage::Year(y) => format!("{y}"),
        CalendarPage::Month(y, m) => format!("{y}-{m:02}"),
        CalendarPage::Day(day) => day.to_string(),
    };
    When::parse(text, &Zone::utc())
        .unwrap()
        .calendar_pages(&zone)
        .iter()
        .map(name)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn ranges_up_to_seven_days_stand_on_their_days_and_others_on_their_ends() {
    assert_eq!(pages("2016-10-02"), "2016-10-02");
    assert_eq!(pages("2016-10-01/2016-10-02"), "2016-10-01 2016-10-02");
    assert_eq!(pages("2016-09-26/2016-10-02").split(' ').count(), 7);
    assert_eq!(pages("2016-09-25/2016-10-02"), "2016-09 2016-10");
    assert_eq!(pages("2016-10-01/2016-10-31"), "2016-10");
    assert_eq!(pages("2016-10"), "2016-10");
    assert_eq!(pages("2011-03/.."), "2011-03");
    assert_eq!(pages("../2016"), "2016");
    assert_eq!(pages("2016-10-02T23:30:00Z"), "2016-10-03", "the day is the site's");
}

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    for (text, error) in [
        ("2016-13", DateError::Impossible),
        ("2016-02-30", DateError::Impossible),
        ("2016-10-02T25:00:00+03:00", DateError::NoTime),
        ("21:40", DateError::NoDate),
        ("yesterday", DateError::Shape),
        ("", DateError::Shape),
        ("0A𞹗 ", DateError::Shape),
        ("../..", DateError::OpenAtBothEnds),
        ("2016-10-02/2016-10-01", DateError::EndsBeforeItBegins),
        ("2016-10/2016-09", DateError::EndsBeforeItBegins),
        ("2016-10-03/2016-10-02T21:40:00+03:00", DateError::EndsBeforeItBegins),
    ] {
        assert_eq!(When::parse(text, &Zone::utc()), Err(error), "{text}");
    }
}

#[test]
fn a_bare_day_begins_at_midnight_in_the_zone() {
    let zone = Zone::named("Asia/Damascus").unwrap();
    let moment = parse_day_or_moment("2016-10-02").unwrap().moment_in(&zone).unwrap();
    assert_eq!(moment.to_string(), "2016-10-02T00:00:00+03:00");
}

#[test]
fn a_time_without_an_offset_needs_a_zone() {
    assert_eq!(parse_day_or_moment("2016-10-02T21:40"), Err(DateError::NoOffset));
    let zone = Zone::named("Asia/Damascus").unwrap();
    let when = |text| When::parse(text, &zone).map(|when| when.to_string());
    assert_eq!(when("2016-10-02 21:40"), Ok("2016-10-02T21:40:00+03:00".to_owned()));
    assert_eq!(
        when("2016-10-02T21:40~ / 2017-01-02T23:10?"),
        Ok("2016-10-02T21:40:00+03:00~/2017-01-02T23:10:00+02:00?".to_owned()),
        "each with the offset of its day"
    );
}

#[test]
fn offsets_may_be_short_and_ranges_may_be_joined_as_people_do() {
    let zone = Zone::named("Asia/Damascus").unwrap();
    let when = |text| When::parse(text, &zone).map(|when| when.to_string());
    for (text, meaning) in [
        ("2026-03-01 – 2026-03-02", "2026-03-01/2026-03-02"),
        ("2026-03-01–2026-03-02", "2026-03-01/2026-03-02"),
        ("2026-03-01—2026-03-02?", "2026-03-01/2026-03-02?"),
        ("2026-03-01 to 2026-03-02", "2026-03-01/2026-03-02"),
        ("2026-03 - 2026-04", "2026-03/2026-04"),
        ("2016–2017", "2016/2017"),
        ("2026-03-01T10:00+0300", "2026-03-01T10:00:00+03:00"),
        ("2026-03-01 10:00 -0330", "2026-03-01T10:00:00-03:30"),
        ("2026-03-01T10:00+03/2026-03-01T12:00+0300", "2026-03-01T10:00:00+03:00/2026-03-01T12:00:00+03:00"),
        ("2026-03-01 10:00 to 2026-03-01 11:00", "2026-03-01T10:00:00+03:00/2026-03-01T11:00:00+03:00"),
    ] {
        assert_eq!(when(text).as_deref(), Ok(meaning), "{text}");
    }
    assert_eq!(when("2026-03-02 to 2026-03-01"), Err(DateError::EndsBeforeItBegins));
    assert_eq!(when("2026-03-01T10:00-11"), Err(DateError::NoTime), "an offset, or an hour");
    assert_eq!(when("2016-10-0221:40 +0300"), Err(DateError::NoTime));
    for hours in ["2016-10-02 09:00-11:00", "2016-10-02 0900-1100", "2016-10-02 09:00 - 11:00"] {
        let error = when(hours).unwrap_err();
        assert_eq!(
            error.help(),
            "write 2016-10-02T09:00/2016-10-02T11:00 for the time between them, or 2016-10-02T09:00-11:00 for one with an offset",
            "{hours}"
        );
        assert!(when("2016-10-02T09:00/2016-10-02T11:00").is_ok() && when("2016-10-02T09:00-11:00").is_ok());
    }
    for offset in ["2016-10-02T09:00-11:00", "2016-10-02 09:00:00-11:00", "2016-10-02 14:00-05:00"] {
        assert!(when(offset).is_ok(), "{offset}");
    }
    let [before, _] = when("2016-10-27T12:00 – 2016-10-27T23:30").unwrap_err().choices().unwrap().clone();
    assert_eq!(&*before, "2016-10-27T12:00/2016-10-27T23:30:00+03:00");
}

#[test]
fn a_date_in_another_form_has_one_reading_or_both() {
    let read = |text| match readings(text, |date| When::parse(date, &Zone::utc()).is_ok()) {
        Some(Readings::One(date)) => date,
        Some(Readings::ByOrder { day_first, month_first }) => format!("{day_first} or {month_first}"),
        None => String::new(),
    };
    for (text, meaning) in [
        ("20260301", "2026-03-01"),
        ("20260301T1000Z", "2026-03-01T10:00:00Z"),
        ("2026/03/01", "2026-03-01"),
        ("2026.3.1 9:05", "2026-03-01T09:05:00"),
        ("01.03.2026", "2026-03-01 or 2026-01-03"),
        ("3/1/2026 18:00", "2026-01-03T18:00:00 or 2026-03-01T18:00:00"),
        ("13.03.2026", "2026-03-13"),
        ("3/13/2026", "2026-03-13"),
        ("03.03.2026", "2026-03-03"),
        ("01.03.2026 - 05.03.2026", "2026-03-01/2026-03-05 or 2026-01-03/2026-05-03"),
        ("01.03.2026–13.03.2026", "2026-03-01/2026-03-13"),
        ("2026-3-1/2026-3-5?", "2026-03-01/2026-03-05?"),
        ("2026-03-01T10:00+3/2026-03-01T11:00+3", "2026-03-01T10:00:00+03:00/2026-03-01T11:00:00+03:00"),
        ("2026-03-01 10:00pm", "2026-03-01T22:00:00"),
        ("2026-03-01, 12 am UTC", "2026-03-01T00:00:00Z"),
        ("3/2026", "2026-03"),
        ("2026/3~", "2026-03~"),
        ("1 March 2026", "2026-03-01"),
        ("March 1st, 2026 at noon", ""),
        ("Sept. 1, 2026", "2026-09-01"),
        ("1. Mar 2026 to 3. Mar 2026", "2026-03-01/2026-03-03"),
        ("May 2026", "2026-05"),
        ("01.03.26", ""),
        ("1 May", ""),
        ("202603", ""),
        ("31.02.2026", ""),
        ("32/13/2026", ""),
        ("soon", ""),
        ("2026-03-01 13:00 pm", ""),
    ] {
        assert_eq!(read(text), meaning, "{text}");
    }
}

#[test]
fn a_doubled_or_skipped_time_has_both_choices_in_the_whole_value() {
    let zone = Zone::named("Asia/Damascus").unwrap();
    let choices = |text| When::parse(text, &zone).unwrap_err().choices().unwrap().clone();
    let [before, after] = choices("2016-10-27T12:00/2016-10-27T23:30?");
    assert_eq!(&*before, "2016-10-27T12:00/2016-10-27T23:30:00+03:00?");
    assert_eq!(&*after, "2016-10-27T12:00/2016-10-27T23:30:00+02:00?");
    let [before, after] = choices("2016-03-25 00:30/..");
    assert_eq!((&*before, &*after), ("2016-03-24T23:30:00+02:00/..", "2016-03-25T01:30:00+03:00/.."));
}

/// The date and time in one of the forms that editors and people write.
fn written(moment: &Moment, [separator, zulu, seconds, digits]: [usize; 4]) -> String {
    let text = moment.to_string();
    let (day, rest) = text.split_once('T').unwrap();
    let (clock, offset) = rest.split_at("21:40:00".len());
    let clock = match seconds {
        0 => clock.trim_end_matches(":00").to_owned(),
        1 => format!("{clock}.25"),
        _ => clock.to_owned(),
    };
    let clock = if clock.len() == 2 { format!("{clock}:00") } else { clock };
    let offset = if offset == "+00:00" { ["Z", "z", offset][zulu] } else { offset };
    // A space, and minutes on both sides of a dash: those may be two times of a day.
    let may_be_hours = seconds == 0 && offset.starts_with('-');
    let separator = ["T", "t", if may_be_hours { "T" } else { " " }][separator];
    let text = format!("{day}{separator}{clock}{offset}");
    let zero = ['0', '٠', '۰'][digits];
    text.chars()
        .map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32(zero as u32 + digit).unwrap()))
        .collect()
}

/// The change of clocks after an instant, and a time of day near to it.
fn near_a_change(zone: usize, after: i64, minutes: i64) -> Option<(Zone, jiff::civil::DateTime)> {
    let names = Zone::names();
    let name = &names[zone % names.len()];
    let data = jiff::tz::TimeZoneDatabase::bundled().get(name).unwrap();
    let change = data.following(jiff::Timestamp::from_second(after).unwrap()).next()?.timestamp();
    let clock = data.to_datetime(change).checked_add(jiff::Span::new().minutes(minutes)).unwrap();
    Some((Zone::named(name).unwrap(), clock))
}

fn moment(text: &str) -> Moment {
    match parse_day_or_moment(text) {
        Ok(DayOrMoment::Moment(moment)) => moment,
        other => panic!("{text}: {other:?}"),
    }
}

/// The form of [`in_form`] that is ours.
const OUR_FORM: usize = 5;

/// A time as people write it in other forms than ours. In the first two, the order of day and month is open.
fn in_form(at: jiff::civil::DateTime, form: usize, time: usize) -> String {
    let day = ["%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%-d %B %Y", "%Y-%m-%d"][form];
    let time = ["", " %H:%M", " %-I:%M %p", " %H%M+0000"][time];
    let time = if form == OUR_FORM && !time.is_empty() { "T%H:%M" } else { time };
    at.to_zoned(jiff::tz::TimeZone::UTC).unwrap().strftime(&format!("{day}{time}")).to_string()
}

proptest! {
    #[test]
    fn a_moment_is_the_same_in_every_form(
        second in 0_i64..4_000_000_000,
        minutes in prop_oneof![Just(0), -840_i32..=840],
        form in [0_usize..3, 0..3, 0..3, 0..3],
        is_full_hour: bool,
    ) {
        let second = if is_full_hour { second / 3600 * 3600 } else { second };
        let at = jiff::Timestamp::from_second(second).unwrap();
        let known = Moment { at, offset: minutes * 60 };
        let text = written(&known, form);
        prop_assert_eq!(moment(&text).to_string(), known.to_string(), "{}", text);
        let zone = Zone::named("Asia/Damascus").unwrap();
        prop_assert_eq!(When::parse(&text, &zone), Ok(When::from_point(Point::Moment(known))));
        if text.is_ascii() {
            let table: toml::Table = format!("t = {text}").parse().unwrap();
            let unquoted = DayOrMoment::from_toml(table["t"].as_datetime().unwrap(), &zone);
            prop_assert_eq!(unquoted, Ok(DayOrMoment::Moment(known)));
        }
    }

    #[test]
    fn a_local_time_is_one_moment_or_an_error_with_both(
        zone in any::<usize>(),
        after in 70_000_000_i64..2_200_000_000,
        minutes in -180_i64..180,
    ) {
        // Before 1972 some offsets have seconds, which RFC 3339 cannot write.
        let Some((zone, clock)) = near_a_change(zone, after, minutes) else { return Ok(()) };
        let shows = |moment: Moment| zone.local(moment).to_string();
        let text = clock.to_string();
        match parse_day_or_moment_in(&zone, &text) {
            Ok(DayOrMoment::Moment(moment)) => prop_assert!(shows(moment).starts_with(&text)),
            Err(error) => {
                let [before, after] = error.choices().expect("nothing else is wrong with it");
                let (first, second) = (moment(before), moment(after));
                prop_assert!(first < second);
                prop_assert_eq!((shows(first), shows(second)), (before.to_string(), after.to_string()));
                let is_doubled = matches!(error, DateError::Doubled(_));
                prop_assert_eq!(before.starts_with(&text), is_doubled);
                prop_assert_eq!(after.starts_with(&text), is_doubled);
            }
            Ok(DayOrMoment::Day(_)) => prop_assert!(false, "{} is a time", text),
        }
    }


    #[test]
    fn what_parses_prints_as_what_parses_to_the_same(text in "[0-9./T:~?+Z-]{0,30}|(\\.\\.|20[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?[~?]?)/(\\.\\.|20[0-9]{2}(-[01][0-9])?)") {
        if let Ok(when) = When::parse(&text, &Zone::utc()) {
            prop_assert_eq!(When::parse(&when.to_string(), &Zone::utc()), Ok(when));
            prop_assert!(!when.calendar_pages(&Zone::utc()).is_empty());
        }
    }

    #[test]
    fn a_reading_is_the_date_that_was_written(
        at in 0_i64..4_000_000_000,
        form in 0_usize..6,
        time in 0_usize..4,
        joint in 0_usize..4,
        days in 0_i64..300,
    ) {
        let first = jiff::Timestamp::from_second(at / 60 * 60).unwrap().to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let last = first.checked_add(jiff::Span::new().days(days)).unwrap();
        let (from, to) = (in_form(first, form, time), in_form(last, form, time));
        let ours = |moment: jiff::civil::DateTime| in_form(moment, OUR_FORM, time);
        let (text, meaning) = match [" - ", " to ", "–"].get(joint) {
            Some(joint) => (format!("{from}{joint}{to}"), format!("{}/{}", ours(first), ours(last))),
            None => (from, ours(first)),
        };
        let meaning = When::parse(&meaning, &Zone::utc());
        let read = readings(&text, |date| When::parse(date, &Zone::utc()).is_ok());
        let dates = match read.expect("the text is a date") {
            Readings::One(date) => vec![date],
            Readings::ByOrder { day_first, month_first } => vec![day_first, month_first],
        };
        let meanings: Vec<_> = dates.iter().map(|date| When::parse(date, &Zone::utc())).collect();
        prop_assert!(meanings.contains(&meaning), "{}: {:?}", text, dates);
        prop_assert!(meanings.len() == 1 || form < 2, "{}: {:?}", text, dates);
    }

    #[test]
    fn a_reading_is_accepted(text in "[0-9]{1,4}[./-]?[0-9]{1,2}[./-]?[0-9]{1,4}([T ,]+[0-9]{1,2}[:.]?[0-9]{2}( ?[ap]m)?([+-][0-9]{1,4})?)?( to |[-/–])?([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4})?[~?]?") {
        let zone = Zone::utc();
        match readings(&text, |date| parse_day_or_moment_in(&zone, date).is_ok()) {
            Some(Readings::One(date)) => prop_assert!(parse_day_or_moment_in(&zone, &date).is_ok()),
            Some(Readings::ByOrder { day_first, month_first }) => {
                prop_assert!(parse_day_or_moment_in(&zone, &day_first) != parse_day_or_moment_in(&zone, &month_first));
            }
            None => {}
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = When::parse(&text, &Zone::utc()).map(|when| when.calendar_pages(&Zone::utc()));
        let _ = readings(&text, |_| true);
    }
}

#[test]
fn a_time_is_read_with_spaces_and_a_comma_as_people_type_them() {
    let zone = Zone::named("Asia/Damascus").unwrap();
    let read = |text: &str| match parse_day_or_moment_in(&zone, text) {
        Ok(DayOrMoment::Moment(moment)) => moment.to_string(),
        Ok(DayOrMoment::Day(day)) => day.to_string(),
        Err(error) => error.to_string(),
    };
    for text in
        ["2026-03-01  10:00", "2026-03-01T10:00:00,5", "2026-03-01 10:00 +03:00", "2026-03-01 07:00 Z"]
    {
        assert_eq!(
            read(text).replace("07:00:00+00:00", "10:00:00+03:00"),
            "2026-03-01T10:00:00+03:00",
            "{text}"
        );
    }
    for text in
        ["2026-03-01 10:00pm", "2026-03-01T10", "2026-03-01 noon", "2026-03-01T10:00 - 11:00", "2026-03-01é"]
    {
        assert_eq!(read(text), "begins with a day, and what follows is no time", "{text}");
    }
    assert_eq!(read("2026-03-01T10:00+15:00"), "has an offset that no clock has");
    assert_eq!(read("2026-02-30"), "is not a date that exists");
}
