//! Dates of claims and of briefings: what is read has its days in order, and pages in a calendar.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::time::{When, Zone, parse_day_or_moment_in};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let zones = [Zone::utc(), Zone::named("Asia/Damascus").expect("in the bundled data")];
    for zone in &zones {
        if let Ok(when) = When::parse(text, zone) {
            if let (Some(first), Some(last)) = (when.first_day(zone), when.last_day(zone)) {
                // A day and a moment are compared without a zone, so they may be a day apart.
                assert!(first <= last.tomorrow().unwrap_or(last), "{first} is after {last}");
            }
            black_box(when.calendar_pages(zone));
        }
        if let Ok(day) = parse_day_or_moment_in(zone, text)
            && let Ok(moment) = day.moment_in(zone)
        {
            black_box(zone.day_of(moment));
            black_box(zone.local(moment));
        }
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
