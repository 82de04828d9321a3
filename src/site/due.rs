//! What changes by itself, or is awaited, in the next two days: for `check`.
//!
//! Nothing of this reaches a page.
//!
//! Invariant: each note is about the file of its own article.

use std::collections::BTreeMap;

use super::options::LinkOptions;
use crate::config::Exception;
use crate::diag::{Code, Diagnostic};
use crate::model::{Article, ArticleBase, Briefing};
use crate::sources::SourceSet;
use crate::time::{Moment, Zone};

/// How far `check` looks ahead.
const HOURS_AHEAD: i64 = 48;

/// A note for each moment within the next 48 hours.
#[derive(Clone, Debug)]
pub struct Due {
    of_settings: Vec<Diagnostic>,
    /// By the path of the article.
    of_articles: BTreeMap<Box<str>, Vec<Diagnostic>>,
}

impl Due {
    /// What is due by site.toml.
    pub fn new(sources: &SourceSet, options: &LinkOptions) -> Self {
        let SourceSet { config, .. } = sources;
        let ends = config.allow.iter().filter_map(|own| exception_ends(own, &config.timezone, options.now));
        Self { of_settings: ends.collect(), of_articles: BTreeMap::new() }
    }

    pub fn add(&mut self, sources: &SourceSet, article: &Article, options: &LinkOptions) {
        let mut due = Vec::new();
        match article {
            Article::Briefing(briefing) => list_briefing(sources, briefing, options, &mut due),
            Article::Page(page) if !page.draft || options.drafts => {
                let awaited = page.next_due.filter(|at| is_within(*at, options.now));
                due.extend(awaited.map(|at| tell(sources, page, NEWER_COPY, at)));
            }
            Article::Source(record) => {
                let zone = &sources.config.timezone;
                due.extend(record.allow.iter().filter_map(|own| exception_ends(own, zone, options.now)));
            }
            _ => {}
        }
        if !due.is_empty() {
            self.of_articles.insert(article.file().into(), due);
        }
    }

    pub fn remove(&mut self, file: &str) {
        self.of_articles.remove(file);
    }

    /// Those of site.toml, then in order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of_settings.iter().chain(self.of_articles.values().flatten())
    }
}

fn list_briefing(sources: &SourceSet, briefing: &Briefing, options: &LinkOptions, due: &mut Vec<Diagnostic>) {
    let zone = &sources.config.timezone;
    let mut tell = |at: Moment, what: &str| due.push(tell(sources, briefing, what, at));
    if briefing.draft && !options.drafts {
        return;
    }
    let within = |at: &Moment| is_within(*at, options.now);
    let out_of_the_box = |at: Moment| hours_after(at, super::corrections::HOURS_IN_THE_BOX).filter(within);
    if let Some(withdrawn) = &briefing.withdrawn {
        if let Some(end) = out_of_the_box(withdrawn.at) {
            tell(end, "that it was withdrawn leaves the home page at");
        }
        return;
    }
    if let Some(at) = briefing.embargo_until.filter(within) {
        tell(at, "the embargo ends at");
    }
    if let Some(at) = briefing.expires.filter(within) {
        tell(at, "it expires at");
    }
    if let Some(at) = briefing.next_due.filter(within) {
        tell(at, NEWER_COPY);
    }
    for correction in briefing.corrections.iter().filter(|correction| correction.serious) {
        if let Some(end) = out_of_the_box(correction.at) {
            tell(end, "a serious correction leaves the home page at");
        }
    }
    due.extend(briefing.allow.iter().filter_map(|exception| exception_ends(exception, zone, options.now)));
}

const NEWER_COPY: &str = "readers were asked to look for a newer copy after";

fn tell(sources: &SourceSet, article: &ArticleBase, what: &str, at: Moment) -> Diagnostic {
    let message = format!("{what} {}", sources.config.timezone.local(at));
    Diagnostic::note(Code::DUE, message).at(sources.place(&article.file, article.id_span))
}

fn exception_ends(exception: &Exception, zone: &Zone, now: Moment) -> Option<Diagnostic> {
    let end = end_of(exception.until, zone).filter(|end| is_within(*end, now))?;
    let message = format!("the exception to \"{}\" ends at {}", exception.guard.value, zone.local(end));
    Some(Diagnostic::note(Code::DUE, message).at(exception.place.clone()))
}

fn is_within(at: Moment, now: Moment) -> bool {
    at > now && hours_after(now, HOURS_AHEAD).is_none_or(|end| at <= end)
}

fn hours_after(at: Moment, hours: i64) -> Option<Moment> {
    let later = at.at.checked_add(jiff::SignedDuration::from_hours(hours)).ok()?;
    Some(Moment { at: later, offset: at.offset })
}

/// The midnight at the end of a day.
fn end_of(day: jiff::civil::Date, zone: &Zone) -> Option<Moment> {
    zone.start_of(day.tomorrow().ok()?)
}
