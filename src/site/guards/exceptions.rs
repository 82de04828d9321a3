//! Exceptions to guards, as each build reports them.
//!
//! Owns how long an exception may last. It holds for what is published until its last day, so that an archive
//! builds for ever.
//!
//! Invariant: every exception is reported, whether it lifts a guard or none.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::guard_check::{ExceptionUses, GUARDS, key};
use crate::config::Exception;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::site::diagnostics::Diagnostics;
use crate::site::linked::Content;

/// So long after a publication an exception may end: somebody then looks again whether it does harm.
const MOST_DAYS: i32 = 90;

pub fn report(site: &Content, uses: &ExceptionUses, diagnostics: &mut Diagnostics<'_>) {
    let zone = &site.config.timezone;
    for briefing in &site.briefings {
        let published = zone.day_of(briefing.article.last_published());
        for exception in &briefing.article.allow {
            report_one(site, uses, exception, Some(published), diagnostics);
        }
    }
    let records = site.sources.iter().filter_map(|source| source.term.record.as_ref());
    for exception in site.config.allow.iter().chain(records.flat_map(|record| &record.allow)) {
        // A record that no briefing names is for no publication yet.
        let last_lifted = uses.lifting.get(&key(&exception.place)).copied().filter(|day| *day > Date::MIN);
        report_one(site, uses, exception, last_lifted, diagnostics);
    }
}

/// `published` is the publication that limits the exception. With `--as-of` nothing but its use is reported: what
/// was published later is missing.
fn report_one(
    site: &Content,
    uses: &ExceptionUses,
    exception: &Exception,
    published: Option<Date>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let place = key(&exception.place);
    let is_used = uses.lifting.contains_key(&place);
    let is_whole_site = site.as_of.is_none();
    // A copy without its repository needs no exception, and keeps it.
    let is_elsewhere =
        *exception.guard.value == *Code::TRACKED_SECRET.name() && diagnostics.sources.tracked.is_empty();
    if is_used || is_whole_site && !is_elsewhere && !uses.ended.contains(&place) {
        diagnostics.push(use_of(exception, is_used));
    }
    let latest = published.and_then(|day| day.checked_add(MOST_DAYS.days()).ok());
    if let Some(latest) = latest.filter(|latest| is_whole_site && exception.until > *latest) {
        diagnostics.push(too_long(exception, latest));
    }
}

fn too_long(exception: &Exception, latest: Date) -> Diagnostic {
    let message = format!(
        "the exception to \"{}\" ends on {}, more than {MOST_DAYS} days after the publication that it is for",
        exception.guard.value, exception.until
    );
    Diagnostic::error(Code::LONG_EXCEPTION, message)
        .at(exception.place.clone())
        .label("lasts too long")
        .help(format!("write until = {latest} or an earlier day; what is published later can move it on"))
}

fn use_of(exception: &Exception, is_used: bool) -> Diagnostic {
    let guard = exception.guard.value.as_ref();
    let known = GUARDS.map(Code::name);
    if !known.contains(&guard) {
        let help = match did_you_mean(guard, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("the guards are {}", known.join(", ")),
        };
        return Diagnostic::error(Code::UNKNOWN_GUARD, format!("there is no guard \"{guard}\""))
            .at(exception.place.clone())
            .label("lifts nothing")
            .help(help);
    }
    if is_used {
        let message = format!("the guard \"{guard}\" is lifted until {}: {}", exception.until, exception.why);
        return Diagnostic::note(Code::EXCEPTION, message).at(exception.place.clone());
    }
    Diagnostic::warning(Code::UNUSED_EXCEPTION, format!("nothing needs this exception to \"{guard}\""))
        .at(exception.place.clone())
        .label("lifts nothing")
        .help("remove it, so that the guard applies to later reports")
}
