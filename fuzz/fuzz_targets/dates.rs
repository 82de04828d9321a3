//! Dates of claims and of briefings: what is read has its days in order, and pages in a calendar.

#![no_main]

use bulletin::time::{When, Zone, parse_day_or_moment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let zones = [Zone::utc(), Zone::named("Asia/Damascus").expect("in the bundled data")];
    for zone in &zones {
        if let Ok(when) = When::parse(text) {
            if let (Some(first), Some(last)) = (when.first_day(zone), when.last_day(zone)) {
                assert!(first <= last, "{first} is after {last}");
            }
            when.sort_day(zone);
            when.calendar_pages(zone);
        }
        if let Ok(day) = parse_day_or_moment(text)
            && let Ok(moment) = day.moment_in(zone)
        {
            zone.day_of(moment);
            zone.local(moment);
        }
    }
});
