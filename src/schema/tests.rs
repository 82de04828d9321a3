//! Schemas of single values.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::time::{DayOrMoment, When, Zone, parse_day_or_moment_in};

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

proptest! {
    #[test]
    fn no_date_that_is_read_is_refused_by_its_pattern(
        text in "[ ]?20[01][0-9]([-–−]?[01][0-9]([-–][0-3][0-9])?)?(([tT]| {1,2}T?)[0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.,٫][0-9])?)?( ?(Z|[+−-]0[0-9]:?[0-5][0-9]|[+＋]03))?)?[~?؟%]?(( ?[/–—-] ?| to | till )(\\.\\.|20[1-3][0-9]([-][01][0-9](-[0-3][0-9])?)?))?"
    ) {
        let zone = Zone::utc();
        if When::parse(&text, &zone).is_ok() {
            prop_assert!(matches(&patterns::when(), &text), "{}", text);
        }
        match parse_day_or_moment_in(&zone, &text) {
            Ok(DayOrMoment::Day(_)) => prop_assert!(matches(&patterns::only_day(), &text), "{}", text),
            Ok(DayOrMoment::Moment(_)) => prop_assert!(matches(&patterns::moment(), &text), "{}", text),
            Err(_) => {}
        }
    }
}

#[test]
fn a_schema_is_the_same_whatever_was_asked_before() {
    assert_eq!(of_all(), of_all());
    assert_eq!(of_kind("claim"), None);
    for kind in kinds() {
        let schema = of_kind(kind).unwrap();
        assert!(schema.ends_with("}\n"), "{kind}");
        assert!(!schema.contains("\"type\": []"), "{kind}");
    }
}
