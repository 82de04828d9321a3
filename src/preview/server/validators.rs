//! Conditional requests and ranges, as RFC 9110 has them.
//!
//! Owns entity tags and the part of a file that is asked for. Knows no paths.

use std::ops::Range;

use axum::http::{HeaderMap, HeaderValue, header};
use http_range_header::{EndPosition, RangeUnsatisfiableError, StartPosition, parse_range_header};

/// A strong tag, quotes included.
pub fn tag(version: u64) -> String {
    format!("\"{version:016x}\"")
}

/// The tag of the client's that is this one, as the client holds it: compressed answers have the
/// weak form, and a cache finds its own copy by what it sent.
pub fn held<'a>(headers: &'a HeaderMap, tag: &'a str) -> Option<&'a str> {
    let mut texts = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    texts.find_map(|text| {
        let mut tags = text.split(',').map(str::trim);
        tags.find_map(|held| match held {
            "*" => Some(tag),
            held => (held.strip_prefix("W/").unwrap_or(held) == tag).then_some(held),
        })
    })
}

/// What of a file goes out.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Some(Range<usize>),
    /// None of the bytes that were asked for exist.
    None,
}

/// One range is answered; several, or one in words of its own, get the whole, as the standard allows.
pub fn part(headers: &HeaderMap, tag: &str, len: usize) -> Part {
    let Some(range) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Part::Whole;
    };
    // Only for this very version, by strong comparison; a date is none of ours.
    if headers.get(header::IF_RANGE).is_some_and(|held| held.as_bytes() != tag.as_bytes()) {
        return Part::Whole;
    }
    let ranges = match parse_range_header(range) {
        Ok(ranges) => ranges.ranges,
        Err(RangeUnsatisfiableError::ZeroSuffix) => return Part::None,
        Err(_) => return Part::Whole,
    };
    let [range] = ranges.as_slice() else { return Part::Whole };
    let begin = match range.start {
        StartPosition::Index(index) => usize::try_from(index).unwrap_or(usize::MAX),
        StartPosition::FromLast(count) => len.saturating_sub(usize::try_from(count).unwrap_or(usize::MAX)),
    };
    let end = match range.end {
        EndPosition::Index(last) => usize::try_from(last).unwrap_or(usize::MAX).saturating_add(1),
        EndPosition::LastByte => usize::MAX,
    };
    match (begin < end, begin < len) {
        (true, true) => Part::Some(begin..end.min(len)),
        (true, false) => Part::None,
        // Its last byte stands before its first: no range at all.
        (false, _) => Part::Whole,
    }
}

/// The bytes in `Content-Range`; `None` where there are none to give.
pub fn content_range(part: Option<&Range<usize>>, len: usize) -> HeaderValue {
    let text = match part {
        Some(part) => format!("bytes {}-{}/{len}", part.start, part.end - 1),
        None => format!("bytes */{len}"),
    };
    HeaderValue::from_str(&text).expect("digits and signs")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    fn check(range: &str) -> Part {
        part(&headers(&[("range", range)]), "\"v\"", 10)
    }

    #[test]
    fn one_range_is_answered_and_all_else_gets_the_whole() {
        assert_eq!(check("bytes=0-3"), Part::Some(0..4));
        assert_eq!(check("bytes=8-"), Part::Some(8..10));
        assert_eq!(check("bytes=8-99"), Part::Some(8..10));
        assert_eq!(check("bytes=-3"), Part::Some(7..10));
        assert_eq!(check("bytes=-99"), Part::Some(0..10));
        assert_eq!(check("bytes=10-"), Part::None);
        assert_eq!(check("bytes=-0"), Part::None);
        for whole in ["bytes=0-1,4-5", "bytes=5-3", "lines=1-2", "bytes", "bytes=a-b", ""] {
            assert_eq!(check(whole), Part::Whole, "{whole}");
        }
    }

    #[test]
    fn another_version_gets_the_whole() {
        let with = |held| part(&headers(&[("range", "bytes=0-3"), ("if-range", held)]), "\"v\"", 10);
        assert_eq!(with("\"v\""), Part::Some(0..4));
        for held in ["\"w\"", "W/\"v\"", "Tue, 01 Jan 2030 00:00:00 GMT"] {
            assert_eq!(with(held), Part::Whole, "{held}");
        }
    }

    #[test]
    fn tags_compare_weakly() {
        let held = |sent: &str| held(&headers(&[("if-none-match", sent)]), "\"v\"").map(str::to_owned);
        assert_eq!(held("\"v\""), Some("\"v\"".to_owned()));
        assert_eq!(held("\"a\", W/\"v\""), Some("W/\"v\"".to_owned()));
        assert_eq!(held("*"), Some("\"v\"".to_owned()));
        assert_eq!(held("\"a\", v"), None);
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_whole(range in "bytes=[0-9]{0,21}-[0-9]{0,21}", len in 0_usize..100) {
            if let Part::Some(part) = part(&headers(&[("range", &range)]), "\"v\"", len) {
                prop_assert!(part.start < part.end && part.end <= len);
            }
        }
    }
}
