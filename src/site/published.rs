//! Which articles are part of the site at the time of the build, sorted by what they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::diagnostics::Diagnostics;
use super::options::LinkOptions;
use super::parts::{Stub, StubReason, Translations};
use super::translations;
use crate::model::{Article, Briefing, EventRecord, NeighbourhoodRecord, PlainPage, SourceRecord};
use crate::paths::Id;
use crate::time::Moment;

/// Translations by the path of the original, and by language.
pub type TranslationsByFile = BTreeMap<Arc<str>, Translations>;

/// The articles by kind; drafts and embargoed briefings are gone.
#[derive(Default)]
pub struct Sorted {
    /// Newest first, ties by path.
    pub briefings: Vec<Arc<Briefing>>,
    pub stubs: Vec<Stub>,
    pub home: Option<Arc<PlainPage>>,
    pub pages: Vec<Arc<PlainPage>>,
    pub neighbourhoods: Vec<Arc<NeighbourhoodRecord>>,
    pub sources: Vec<Arc<SourceRecord>>,
    pub events: Vec<Arc<EventRecord>>,
    pub translations: TranslationsByFile,
    /// Files that exist and are not shown now, with the reason; a link to one is an error.
    pub hidden: BTreeMap<Arc<str>, &'static str>,
    /// The same for briefings, by id.
    pub hidden_ids: BTreeMap<Id, &'static str>,
}

/// The id that the text of the home page has.
pub const HOME_FILE: &str = "content/index.md";

enum Visibility {
    Shown,
    Hidden(&'static str),
    Stub(StubReason, Moment),
}

fn visibility(briefing: &Briefing, options: &LinkOptions) -> Visibility {
    if briefing.draft && !options.drafts {
        return Visibility::Hidden("a draft");
    }
    let known_at = options.known_at();
    if briefing.embargo_until.is_some_and(|until| known_at < until) {
        return Visibility::Hidden("under embargo");
    }
    if options.as_of.is_some() && briefing.date > known_at {
        return Visibility::Hidden("later than --as-of");
    }
    if let Some(withdrawn) =
        briefing.withdrawn.as_ref().filter(|w| options.as_of.is_none() || w.at <= known_at)
    {
        return Visibility::Stub(StubReason::Withdrawn, withdrawn.at);
    }
    match briefing.expires {
        Some(expires) if expires <= known_at => Visibility::Stub(StubReason::Expired, expires),
        _ => Visibility::Shown,
    }
}

pub fn sort(articles: &[Article], options: &LinkOptions, diagnostics: &mut Diagnostics<'_>) -> Sorted {
    let mut sorted = Sorted::default();
    // Briefings are scattered in memory, so that visiting them all pays on all cores.
    let looked_at = articles.par_iter().map(|article| match article {
        Article::Briefing(briefing) => visibility(briefing, options),
        _ => Visibility::Shown,
    });
    let looked_at: Vec<Visibility> = looked_at.collect();
    for (article, visibility) in articles.iter().zip(looked_at) {
        match article {
            Article::Briefing(briefing) => sort_briefing(briefing, visibility, &mut sorted),
            Article::Page(page) => sort_page(page, options, &mut sorted),
            Article::Neighbourhood(record) => sorted.neighbourhoods.push(Arc::clone(record)),
            Article::Source(record) => sorted.sources.push(Arc::clone(record)),
            Article::Event(record) => sorted.events.push(Arc::clone(record)),
            Article::Translation(translation) => {
                let of = sorted.translations.entry(Arc::clone(&translation.of)).or_default();
                of.insert(translation.language.to_string(), Arc::clone(translation));
            }
        }
    }
    put_in_order(&mut sorted.briefings);
    for stub in &mut sorted.stubs {
        stub.translations = sorted.translations.get(&stub.article.file).cloned().unwrap_or_default();
    }
    sorted.stubs.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    sorted.pages.sort_by(|a, b| a.id.cmp(&b.id));
    translations::check(articles, diagnostics);
    sorted
}

/// Newest first, ties by path. Sorts copies of the dates, as looking each up where its briefing is takes
/// longer than all the rest.
fn put_in_order(briefings: &mut Vec<Arc<Briefing>>) {
    let mut keyed: Vec<(Moment, Arc<Briefing>)> =
        std::mem::take(briefings).into_par_iter().map(|briefing| (briefing.date, briefing)).collect();
    keyed.par_sort_by(|(a_date, a), (b_date, b)| b_date.cmp(a_date).then_with(|| a.file.cmp(&b.file)));
    briefings.extend(keyed.into_iter().map(|(_, briefing)| briefing));
}

fn sort_briefing(briefing: &Arc<Briefing>, visibility: Visibility, sorted: &mut Sorted) {
    match visibility {
        Visibility::Shown => sorted.briefings.push(Arc::clone(briefing)),
        Visibility::Stub(reason, at) => sorted.stubs.push(Stub {
            article: Arc::clone(briefing),
            translations: Translations::new(),
            reason,
            at,
        }),
        Visibility::Hidden(why) => {
            sorted.hidden.insert(Arc::clone(&briefing.file), why);
            sorted.hidden_ids.insert(briefing.id.clone(), why);
        }
    }
}

fn sort_page(page: &Arc<PlainPage>, options: &LinkOptions, sorted: &mut Sorted) {
    if page.draft && !options.drafts {
        sorted.hidden.insert(Arc::clone(&page.file), "a draft");
    } else if page.file.as_ref() == HOME_FILE {
        sorted.home = Some(Arc::clone(page));
    } else {
        sorted.pages.push(Arc::clone(page));
    }
}
