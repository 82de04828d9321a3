//! `copy.json`: what a copy of the site says about itself.
//!
//! Owns its form, for the build that writes it and for `copies`, which signs what it says. A copy may be signed where
//! its sources are not, so that all that a signature names must be in the output.
//!
//! Invariant: what `to_json` writes, `from_json` reads.

use std::str::FromStr as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic};
use crate::model::Briefing;
use crate::site::Site;
use crate::time::Moment;

/// Rises when a field changes its meaning.
const VERSION: u32 = 1;

/// What a copy of the site says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyRecord {
    pub title: String,
    /// `base_url`.
    pub address: Option<String>,
    /// The newest time up to which a briefing covers what was known.
    pub as_of: Option<Timestamp>,
    /// When something last changed for readers: a publication, an edit, a correction, a check, a withdrawal, an end.
    pub changed: Option<Timestamp>,
    /// When readers were promised something newer.
    pub next_due: Option<Timestamp>,
    /// It has drafts.
    pub drafts: bool,
    /// Set if it is the site as it was known then.
    pub known_at: Option<Timestamp>,
    /// When the last embargo of all that it shows ended, or ends: a build for a later time can be made earlier.
    pub embargoed_until: Option<Timestamp>,
}

/// The same, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRecord {
    version: u32,
    title: String,
    address: Option<String>,
    as_of: Option<String>,
    changed: Option<String>,
    next_due: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    drafts: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    embargoed_until: Option<String>,
}

impl CopyRecord {
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let briefings = || site.briefings.iter().map(|briefing| &*briefing.article);
        let of_stubs = site.stubs.iter().flat_map(|stub| [stub.at, last_change(&stub.article)]);
        let changed = briefings().map(last_change).chain(of_stubs).max();
        let published = briefings().map(Briefing::last_published).max();
        // A promise that is not later than all that was published has been kept.
        let promised = briefings().filter_map(|briefing| briefing.next_due);
        let known = |moment: Moment| site.as_of.map_or(moment, |as_of| as_of.min(moment)).at;
        Self {
            title: site.config.title.to_string(),
            address: site.config.base_url.as_deref().map(str::to_owned),
            as_of: briefings().map(Briefing::known_until).max().map(known),
            changed: changed.map(known),
            next_due: promised.filter(|due| Some(*due) > published).min().map(|due| due.at),
            drafts: site.has_drafts(),
            known_at: site.as_of.map(|moment| moment.at),
            embargoed_until: briefings()
                .filter_map(|briefing| briefing.embargo_until)
                .max()
                .map(|until| until.at),
        }
    }

    /// An address names a site; without one, its title does.
    #[must_use]
    pub fn is_of_same_site(&self, other: &Self) -> bool {
        match (&self.address, &other.address) {
            (Some(one), Some(other)) => one == other,
            _ => self.title == other.title,
        }
    }

    /// Why it is not for readers as the site; `None` for a usual build.
    #[must_use]
    pub fn why_not_for_readers(&self, now: Timestamp) -> Option<Diagnostic> {
        let embargo = self.embargoed_until.filter(|until| *until > now);
        let (fact, option) = match (self.known_at, embargo) {
            _ if self.drafts => ("this build has drafts, which no one released".to_owned(), "--drafts"),
            (_, Some(until)) => (format!("this build shows what is under embargo until {until}"), "--now"),
            (Some(at), None) => (format!("this build shows the site as it was known at {at}"), "--as-of"),
            (None, None) => return None,
        };
        Some(Diagnostic::error(Code::PREVIEW_BUILD, fact).help(format!("build again without {option}")))
    }

    /// Each key on a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let written = WrittenRecord {
            version: VERSION,
            title: self.title.clone(),
            address: self.address.clone(),
            as_of: text(self.as_of),
            changed: text(self.changed),
            next_due: text(self.next_due),
            drafts: self.drafts,
            known_at: text(self.known_at),
            embargoed_until: text(self.embargoed_until),
        };
        let json = serde_json::to_string_pretty(&written).expect("texts and numbers are always JSON");
        json.replace("\n  ", "\n") + "\n"
    }

    /// `None` if it is not of this version, or no such record.
    #[must_use]
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let written: WrittenRecord = serde_json::from_slice(json).ok()?;
        let time = |text: Option<String>| match text {
            Some(text) => Timestamp::from_str(&text).ok().map(Some),
            None => Some(None),
        };
        (written.version == VERSION).then_some(())?;
        Some(Self {
            title: written.title,
            address: written.address,
            as_of: time(written.as_of)?,
            changed: time(written.changed)?,
            next_due: time(written.next_due)?,
            drafts: written.drafts,
            known_at: time(written.known_at)?,
            embargoed_until: time(written.embargoed_until)?,
        })
    }
}

/// When there was something new in a briefing, a check of it included.
fn last_change(briefing: &Briefing) -> Moment {
    let checks = briefing.checks().map(|check| check.value);
    checks.chain([briefing.known_until(), briefing.last_change()]).fold(briefing.date, Ord::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_survives_the_way_to_json_and_back() {
        let time = |text: &str| Some(text.parse().unwrap());
        let record = CopyRecord {
            title: "A \"site\"\u{2028}".to_owned(),
            address: Some("https://example.org/".to_owned()),
            as_of: time("2031-05-04T09:00:00Z"),
            changed: time("2031-05-04T10:00:00Z"),
            next_due: None,
            drafts: true,
            known_at: time("2031-05-04T11:00:00Z"),
            embargoed_until: time("2031-05-04T12:00:00Z"),
        };
        assert_eq!(CopyRecord::from_json(record.to_json().as_bytes()), Some(record.clone()));
        assert_eq!(
            CopyRecord::from_json(record.to_json().replace("\"version\": 1", "\"version\": 2").as_bytes()),
            None
        );
        assert_eq!(CopyRecord::from_json(record.to_json().replace("T09:00:00Z", "").as_bytes()), None);
    }
}
