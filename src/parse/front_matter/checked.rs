//! `checked`: when a text or a claim was last found to be still so.
//!
//! Owns how it goes together with the other keys of one table. Knows no clock: linking refuses what is later than
//! now.

use crate::diag::{Code, Diagnostic, Span, Spanned};
use crate::model::{Checked, Status, Word as _};
use crate::time::{Moment, When, Zone};
use crate::toml::TomlTable;

/// Reports a check that is earlier than what it checks; `key` says when that was written.
pub(super) fn check_order(table: &TomlTable<'_>, checked: &Checked, key: &str, written: Option<Moment>) {
    if written.is_some_and(|written| checked.value < written) {
        report_early(table, checked, key);
    }
}

/// Reports a check that is earlier than the words that it checks.
pub(super) fn check_said(
    table: &TomlTable<'_>,
    checked: &Checked,
    said: Option<&Spanned<When>>,
    zone: &Zone,
) {
    if said.is_some_and(|said| said.value.begins_after(checked.value, zone)) {
        report_early(table, checked, "`said`");
    }
}

/// Reports a check of a claim that does not hold.
pub(super) fn check_status(table: &TomlTable<'_>, checked: &Checked, status: Option<Status>) {
    let Some(status) = status.filter(|status| matches!(status, Status::Withdrawn | Status::Disproved)) else {
        return;
    };
    let message = format!("`checked` means that a claim still holds, and this one is {}", status.word());
    let diagnostic =
        Diagnostic::warning(Code::UNUSED_KEY, message).at(table.place(checked.span)).label("not shown");
    table.report(diagnostic.help("remove it"));
}

fn report_early(table: &TomlTable<'_>, checked: &Checked, than: &str) {
    let message = format!("`checked` is before {than}");
    let help = order_remedy(table, checked.span);
    table.error(Code::BAD_ORDER, checked.span, message, "nothing to check yet", help);
}

/// What to do about a moment that is too early.
pub(super) fn order_remedy(table: &TomlTable<'_>, span: Span) -> &'static str {
    if table.written(span).contains(':') {
        "correct one of the two"
    } else {
        "a date without a time means 00:00 of that day: write the time too"
    }
}
