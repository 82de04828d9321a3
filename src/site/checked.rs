//! Checks that claim to be of the future.
//!
//! Owns that one fault: front matter compares a check with the other keys, and knows no clock.

use super::diagnostics::Diagnostics;
use super::published::Sorted;
use crate::diag::{Code, Diagnostic};
use crate::model::{Briefing, Checked};
use crate::time::Moment;

/// Reports the checks of everything that is shown which are later than now.
pub fn check(sorted: &Sorted, now: Moment, diagnostics: &mut Diagnostics<'_>) {
    diagnostics.check_each(&sorted.briefings, |briefing, diagnostics| {
        check_briefing(briefing, now, diagnostics);
    });
    let neighbourhoods = sorted.neighbourhoods.iter().map(|record| (&record.file, &record.currency));
    let sources = sorted.sources.iter().map(|record| (&record.file, &record.currency));
    let events = sorted.events.iter().map(|record| (&record.file, &record.currency));
    for (file, currency) in neighbourhoods.chain(sources).chain(events) {
        report_later(file, currency.checked.as_ref(), now, diagnostics);
    }
}

pub fn check_briefing(briefing: &Briefing, now: Moment, diagnostics: &mut Diagnostics<'_>) {
    for checked in briefing.checks() {
        report_later(&briefing.file, Some(checked), now, diagnostics);
    }
}

fn report_later(file: &str, checked: Option<&Checked>, now: Moment, diagnostics: &mut Diagnostics<'_>) {
    let Some(checked) = checked.filter(|checked| checked.value > now) else { return };
    let zone = &diagnostics.sources.config.timezone;
    let diagnostic = Diagnostic::error(Code::CHECKED_LATER, "`checked` is later than now")
        .at(diagnostics.place(file, checked.span))
        .label(format!("now it is {}", zone.local(now)))
        .help("write when it was last checked; no one knows yet what will still be so");
    diagnostics.push(diagnostic);
}
