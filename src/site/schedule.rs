//! At which moments the site changes by itself, and what is awaited from its writers.
//!
//! Owns the list of these moments. The rules behind them are in `published` and `corrections`: a new rule
//! that depends on the clock needs an entry here, or a preview would miss its moment.
//!
//! Invariant: holds moments later than the build only, by the path of the article.

use std::collections::BTreeMap;

use super::corrections::HOURS_IN_THE_BOX;
use super::future_dates;
use super::guards::quiet_period::over_for_long_at;
use super::options::LinkOptions;
use crate::config::Exception;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{Article, ArticleBase, Briefing, Checked, Currency};
use crate::sources::SourceSet;
use crate::time::{Moment, Zone};

/// How far the notes of `check` look ahead.
const HOURS_AHEAD: i64 = 48;

/// All moments that are still to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// By site.toml.
    of_settings: Vec<ScheduledMoment>,
    of_articles: BTreeMap<Box<str>, Vec<ScheduledMoment>>,
}

/// Something that will happen to the site.
#[derive(Clone, Debug, PartialEq)]
pub struct DueMoment {
    /// In the site's zone.
    pub at: Moment,
    /// What happens, for programs.
    pub kind: &'static str,
    /// The same for people, with its place.
    pub note: Diagnostic,
}

#[derive(Clone, Debug, PartialEq)]
struct ScheduledMoment {
    at: Moment,
    change: TimedChange,
}

#[derive(Clone, Debug, PartialEq)]
enum TimedChange {
    EmbargoEnds(Span),
    Expires(Span),
    CorrectionLeavesBox(Span),
    WithdrawalLeavesBox(Span),
    /// Readers were promised a newer version.
    NewVersionDue(Span),
    /// A date is no longer too far ahead, a check no longer of the future, or a movement over for long enough:
    /// that was an error.
    DateIsReached,
    ExceptionEnds {
        guard: Box<str>,
        place: Place,
    },
}

impl TimedChange {
    /// Whether pages or errors change at that moment without a change of files.
    fn changes_pages(&self) -> bool {
        match self {
            Self::EmbargoEnds(_)
            | Self::Expires(_)
            | Self::CorrectionLeavesBox(_)
            | Self::WithdrawalLeavesBox(_)
            | Self::DateIsReached => true,
            Self::NewVersionDue(_) | Self::ExceptionEnds { .. } => false,
        }
    }

    /// What happens at the moment, and how programs call it; `None` for what is reported otherwise.
    fn event(&self) -> Option<(String, &'static str)> {
        let (sentence, kind) = match self {
            Self::EmbargoEnds(_) => ("the embargo ends", "embargo-ends"),
            Self::Expires(_) => ("it expires", "expires"),
            Self::CorrectionLeavesBox(_) => {
                ("a serious correction leaves the home page", "correction-leaves-home")
            }
            Self::WithdrawalLeavesBox(_) => {
                ("the withdrawal notice leaves the home page", "withdrawal-leaves-home")
            }
            Self::NewVersionDue(_) => ("the newer version that readers were promised is due", "new-version"),
            Self::ExceptionEnds { guard, .. } => {
                return Some((format!("the exception to \"{guard}\" ends"), "exception-ends"));
            }
            Self::DateIsReached => return None,
        };
        Some((sentence.to_owned(), kind))
    }

    fn place(&self, sources: &SourceSet, file: &str) -> Place {
        match self {
            Self::ExceptionEnds { place, .. } => place.clone(),
            Self::EmbargoEnds(span)
            | Self::Expires(span)
            | Self::CorrectionLeavesBox(span)
            | Self::WithdrawalLeavesBox(span)
            | Self::NewVersionDue(span) => sources.place(file, *span),
            Self::DateIsReached => Place::file(file),
        }
    }
}

impl Schedule {
    /// The moments of site.toml.
    pub fn new(sources: &SourceSet, options: &LinkOptions) -> Self {
        let SourceSet { config, .. } = sources;
        let mut of_settings = exception_ends(&config.allow, &config.timezone);
        of_settings.retain(|entry| entry.at > options.now);
        Self { of_settings, of_articles: BTreeMap::new() }
    }

    /// Replaces the moments of an article. `zone` is the site's.
    pub fn set(&mut self, article: &Article, zone: &Zone, options: &LinkOptions) {
        let entries = entries_to_come(article, zone, options);
        if entries.is_empty() {
            self.of_articles.remove(article.file());
        } else {
            self.of_articles.insert(article.file().into(), entries);
        }
    }

    /// Whether these are the moments of an article already.
    pub fn has(&self, article: &Article, zone: &Zone, options: &LinkOptions) -> bool {
        let known = self.of_articles.get(article.file()).map_or(&[][..], Vec::as_slice);
        known == entries_to_come(article, zone, options)
    }

    /// Forgets what has come by then.
    pub fn forget_until(&mut self, now: Moment) {
        let is_to_come = |entry: &ScheduledMoment| entry.at > now;
        self.of_settings.retain(is_to_come);
        self.of_articles.retain(|_, entries| {
            entries.retain(is_to_come);
            !entries.is_empty()
        });
    }

    /// Whether anything has come by then.
    pub fn has_any_until(&self, now: Moment) -> bool {
        self.all().any(|(_, entry)| entry.at <= now)
    }

    /// The next moment at which pages change.
    pub fn next_change(&self) -> Option<Moment> {
        self.all().filter(|(_, entry)| entry.change.changes_pages()).map(|(_, entry)| entry.at).min()
    }

    /// The next moment of all, also if only messages may change then.
    pub fn next_moment(&self) -> Option<Moment> {
        self.all().map(|(_, entry)| entry.at).min()
    }

    /// A note for each moment within the next 48 hours.
    pub fn notes(&self, sources: &SourceSet, now: Moment) -> Vec<Diagnostic> {
        let soon = self.all().filter(|(_, entry)| is_soon(entry.at, now));
        soon.filter_map(|(file, entry)| Some(due(sources, file, entry)?.note)).collect()
    }

    /// Every moment at which something happens that writers know of, the next one first.
    pub fn to_come(&self, sources: &SourceSet) -> Vec<DueMoment> {
        let mut all: Vec<_> = self.all().filter_map(|(file, entry)| due(sources, file, entry)).collect();
        all.sort_by_key(|due| due.at);
        all
    }

    /// Those of site.toml, which name no file, then in order of the files.
    fn all(&self) -> impl Iterator<Item = (&str, &ScheduledMoment)> {
        let of_settings = self.of_settings.iter().map(|entry| ("", entry));
        let of_articles = self.of_articles.iter();
        of_settings.chain(
            of_articles.flat_map(|(file, entries)| entries.iter().map(move |entry| (file.as_ref(), entry))),
        )
    }
}

fn entries_to_come(article: &Article, zone: &Zone, options: &LinkOptions) -> Vec<ScheduledMoment> {
    let mut entries = entries(article, zone, options);
    entries.retain(|entry| entry.at > options.now);
    entries
}

fn entries(article: &Article, zone: &Zone, options: &LinkOptions) -> Vec<ScheduledMoment> {
    match article {
        Article::Briefing(briefing) if !briefing.draft || options.drafts => {
            let mut entries = briefing_entries(briefing, zone);
            let reached = future_dates::find(briefing, options).filter_map(future_dates::reached_at);
            let over = movements_over(briefing, zone, options);
            let at = reached.chain(over);
            entries.extend(at.map(|at| ScheduledMoment { at, change: TimedChange::DateIsReached }));
            entries
        }
        Article::Page(page) if !page.draft || options.drafts => {
            entry(page.next_due, TimedChange::NewVersionDue(page.id_span)).into_iter().collect()
        }
        Article::Neighbourhood(record) => record_entries(record, &record.currency),
        Article::Event(record) => record_entries(record, &record.currency),
        Article::Source(record) => {
            let mut entries = record_entries(record, &record.currency);
            entries.extend(exception_ends(&record.allow, zone));
            entries
        }
        _ => Vec::new(),
    }
}

/// When the guard of movements, which reads no date as later than the build, no longer stops a claim.
fn movements_over<'b>(
    briefing: &'b Briefing,
    zone: &'b Zone,
    options: &LinkOptions,
) -> impl Iterator<Item = Moment> + use<'b> {
    let published = briefing.last_published();
    let claims = if published > options.now { &*briefing.claims } else { &[] };
    let over = claims.iter().filter_map(|claim| over_for_long_at(claim.happened.as_ref()?, zone));
    over.filter(move |at| *at <= published)
}

fn record_entries(record: &ArticleBase, currency: &Currency) -> Vec<ScheduledMoment> {
    let due = entry(currency.next_due, TimedChange::NewVersionDue(record.id_span));
    due.into_iter().chain(currency.checked.iter().map(check_is_past)).collect()
}

fn check_is_past(checked: &Checked) -> ScheduledMoment {
    ScheduledMoment { at: checked.value, change: TimedChange::DateIsReached }
}

fn briefing_entries(briefing: &Briefing, zone: &Zone) -> Vec<ScheduledMoment> {
    let span = briefing.id_span;
    let mut entries: Vec<ScheduledMoment> =
        entry(briefing.embargo_until, TimedChange::EmbargoEnds(span)).into_iter().collect();
    if let Some(withdrawn) = &briefing.withdrawn {
        entries.extend(entry(out_of_box(withdrawn.at), TimedChange::WithdrawalLeavesBox(span)));
        return entries;
    }
    entries.extend(entry(briefing.expires, TimedChange::Expires(span)));
    entries.extend(entry(briefing.next_due, TimedChange::NewVersionDue(span)));
    for correction in briefing.corrections.iter().filter(|correction| correction.serious) {
        entries.extend(entry(out_of_box(correction.at), TimedChange::CorrectionLeavesBox(span)));
    }
    entries.extend(briefing.checks().map(check_is_past));
    entries.extend(exception_ends(&briefing.allow, zone));
    entries
}

fn entry(at: Option<Moment>, change: TimedChange) -> Option<ScheduledMoment> {
    Some(ScheduledMoment { at: at?, change })
}

fn out_of_box(at: Moment) -> Option<Moment> {
    at.hours_later(HOURS_IN_THE_BOX)
}

fn exception_ends(exceptions: &[Exception], zone: &Zone) -> Vec<ScheduledMoment> {
    let ends = exceptions.iter().filter_map(|exception| {
        let midnight_after = zone.start_of(exception.until.tomorrow().ok()?)?;
        let Exception { guard, place, .. } = exception;
        let change = TimedChange::ExceptionEnds { guard: guard.value.clone(), place: place.clone() };
        Some(ScheduledMoment { at: midnight_after, change })
    });
    ends.collect()
}

fn is_soon(at: Moment, now: Moment) -> bool {
    at > now && now.hours_later(HOURS_AHEAD).is_none_or(|end| at <= end)
}

fn due(sources: &SourceSet, file: &str, moment: &ScheduledMoment) -> Option<DueMoment> {
    let (sentence, kind) = moment.change.event()?;
    let at = sources.config.timezone.local(moment.at);
    let note = Diagnostic::note(Code::DUE, format!("{sentence} at {at}"));
    Some(DueMoment { at, kind, note: note.at(moment.change.place(sources, file)) })
}
