//! Which rows are wanted.

use std::str::FromStr;

use crate::model::Status;
use crate::time::Moment;

/// What a list has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedKind {
    Briefings,
    Claims,
    Sources,
    Neighbourhoods,
    Events,
}

/// All conditions that a row must meet; the default asks for none.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub status: Option<Status>,
    pub unattributed: bool,
    pub without_record: bool,
    /// Nothing newer than so many hours.
    pub stale: Option<Hours>,
    pub draft: bool,
    pub embargoed: bool,
    /// Without a translation into this language.
    pub untranslated: Option<String>,
    /// Not older than this.
    pub since: Option<Moment>,
}

/// A time span, as `24h` or `3d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours(pub i64);

impl FromStr for Hours {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        const WANTED: &str = "write hours or days, as 24h or 3d";
        let text = text.trim();
        let (number, hours) = match (text.strip_suffix('h'), text.strip_suffix('d')) {
            (Some(number), _) => (number, 1),
            (_, Some(number)) => (number, 24),
            _ => return Err(WANTED),
        };
        number.trim().parse::<u16>().map(|number| Self(i64::from(number) * hours)).map_err(|_| WANTED)
    }
}

impl Filter {
    /// The first filter that says nothing about a kind, as it is typed.
    pub(super) fn unfit_for(&self, kind: ListedKind) -> Option<&'static str> {
        let of_claims = kind == ListedKind::Claims;
        let of_briefings = kind == ListedKind::Briefings;
        let of_terms = !of_claims && !of_briefings;
        let asked = [
            ("--status", self.status.is_some(), of_claims),
            ("--unattributed", self.unattributed, of_claims),
            ("--without-record", self.without_record, of_terms),
            ("--draft", self.draft, !of_terms),
            ("--embargoed", self.embargoed, !of_terms),
            ("--untranslated", self.untranslated.is_some(), !of_claims),
        ];
        asked.into_iter().find(|(_, is_asked, fits)| *is_asked && !fits).map(|(name, ..)| name)
    }

    /// Whether what was last touched at `last` is wanted. Without a time it is stale, and not recent.
    pub(super) fn takes_time(&self, last: Option<Moment>, now: Moment) -> bool {
        let is_stale = |Hours(hours): Hours| {
            last.is_none_or(|last| last.hours_later(hours).is_some_and(|end| end <= now))
        };
        self.stale.is_none_or(is_stale)
            && self.since.is_none_or(|since| last.is_some_and(|last| last >= since))
    }
}
