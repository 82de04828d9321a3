//! What earlier checks found.
//!
//! Owns how long an answer counts, and the form of the file. Reads no file.
//!
//! Invariant: only addresses that answered are kept. What is gone or could not be checked is asked again each time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::answer::FragmentSearch;
use super::verdict::{LinkVerdict, Moved};

/// Rises when a field changes its meaning.
const VERSION: u32 = 1;
/// How long an answer counts, in seconds.
const CURRENT: i64 = 7 * 24 * 60 * 60;

/// What earlier checks found, by address.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownAnswers {
    version: u32,
    addresses: BTreeMap<String, KnownAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownAnswer {
    /// In seconds since 1970.
    asked: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    moved_to_home_page: bool,
    /// Parts of the page that were looked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    present: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
}

impl Default for KnownAnswers {
    fn default() -> Self {
        Self { version: VERSION, addresses: BTreeMap::new() }
    }
}

impl KnownAnswers {
    /// What each file of them begins with, whatever its version.
    pub const BEGINNING: &str = "{\n  \"version\": ";

    /// `None` if it is damaged, or of another version.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|known| known.version == VERSION)
    }

    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    /// What is known of an address and these parts of its page, if it still counts.
    pub fn verdict(&self, address: &str, fragments: &[String], now: Timestamp) -> Option<LinkVerdict> {
        let known = self.addresses.get(address).filter(|known| known.is_current(now))?;
        let is_searched =
            |fragment: &String| known.present.contains(fragment) || known.missing.contains(fragment);
        // A part that could not be looked for does not make the page be asked again and again.
        if !known.present.is_empty() || !known.missing.is_empty() {
            fragments.iter().all(is_searched).then_some(())?;
        }
        let moved = match &known.moved_to {
            _ if known.moved_to_home_page => Some(Moved::ToHomePage),
            moved_to => moved_to.clone().map(Moved::ForGood),
        };
        let missing = known.missing.iter().filter(|fragment| fragments.contains(fragment)).cloned().collect();
        let parts = FragmentSearch { present: known.present.clone(), missing };
        Some(LinkVerdict::Answers { moved, parts })
    }

    pub fn remember(&mut self, address: &str, verdict: &LinkVerdict, now: Timestamp) {
        match verdict {
            LinkVerdict::Answers { moved, parts } => {
                let moved_to = match moved {
                    Some(Moved::ForGood(to)) => Some(to.clone()),
                    _ => None,
                };
                let answer = KnownAnswer {
                    asked: now.as_second(),
                    moved_to,
                    moved_to_home_page: *moved == Some(Moved::ToHomePage),
                    present: parts.present.clone(),
                    missing: parts.missing.clone(),
                };
                self.addresses.insert(address.to_owned(), answer);
            }
            LinkVerdict::Gone(_) | LinkVerdict::Private => {
                self.addresses.remove(address);
            }
            // It answered once, and may be blocked now.
            LinkVerdict::Unchecked(_) => {}
        }
    }

    /// Forgets what counts no more.
    pub fn forget_old(&mut self, now: Timestamp) {
        self.addresses.retain(|_, known| known.is_current(now));
    }
}

impl KnownAnswer {
    /// An answer of the future is one of another clock.
    fn is_current(&self, now: Timestamp) -> bool {
        (0..CURRENT).contains(&now.as_second().saturating_sub(self.asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::verdict::{GoneReason, UncheckedReason};

    fn day(day: u8) -> Timestamp {
        format!("2031-05-{day:02}T12:00:00Z").parse().unwrap()
    }

    fn answers(moved: Option<Moved>, present: &[&str], missing: &[&str]) -> LinkVerdict {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        LinkVerdict::Answers {
            moved,
            parts: FragmentSearch { present: owned(present), missing: owned(missing) },
        }
    }

    #[test]
    fn an_answer_counts_for_a_week() {
        let mut known = KnownAnswers::default();
        let good = answers(Some(Moved::ForGood("https://b.org/".to_owned())), &[], &[]);
        known.remember("https://a.org/", &good, day(8));
        let known = KnownAnswers::from_json(&known.to_json().unwrap()).unwrap();
        let check = |now| known.verdict("https://a.org/", &[], now);
        assert_eq!(check(day(8)), Some(good.clone()));
        assert_eq!(check(day(14)), Some(good));
        assert_eq!(check(day(15)), None);
        assert_eq!(check(day(7)), None, "an answer of the future does not count");
        assert_eq!(known.verdict("https://a.org/b", &[], day(8)), None);
    }

    #[test]
    fn what_is_gone_is_forgotten_and_what_is_blocked_is_not() {
        let mut known = KnownAnswers::default();
        known.remember("a", &answers(None, &[], &[]), day(1));
        known.remember("a", &LinkVerdict::Unchecked(UncheckedReason::Status(403)), day(2));
        assert!(known.verdict("a", &[], day(2)).is_some());
        known.remember("a", &LinkVerdict::Gone(GoneReason::Status(404)), day(2));
        assert_eq!(known, KnownAnswers::default());
    }

    #[test]
    fn a_part_that_was_not_looked_for_is_asked_for() {
        let mut known = KnownAnswers::default();
        known.remember("a", &answers(None, &["b"], &["c"]), day(1));
        let check = |fragments: &[&str]| {
            let fragments: Vec<String> = fragments.iter().map(|name| (*name).to_owned()).collect();
            known.verdict("a", &fragments, day(1))
        };
        assert_eq!(check(&["b"]), Some(answers(None, &["b"], &[])));
        assert_eq!(check(&["c"]), Some(answers(None, &["b"], &["c"])));
        assert_eq!(check(&["d"]), None);
    }

    #[test]
    fn a_damaged_text_is_none() {
        for text in
            ["", "{", "{}", "{\"version\":2,\"addresses\":{}}", "{\"version\":1,\"addresses\":{\"a\":{}}}"]
        {
            assert_eq!(KnownAnswers::from_json(text), None, "{text}");
        }
    }
}
