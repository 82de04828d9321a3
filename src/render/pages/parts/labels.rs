//! What the interface calls a status, a kind, a topic, a side of the conflict or a measure.

use crate::config::KindOfSource;
use crate::model::{BriefingKind, ClaimKind, Status};
use crate::paths::slugify;
use crate::render::pages::context::PageContext;
use crate::render::views::{Labelled, Shared};

pub fn status(context: &PageContext<'_>, status: Status) -> Shared<Labelled> {
    context.shared(|shared| &shared.statuses, status as usize, || context.labelled("status-", status))
}

pub fn briefing_kind(context: &PageContext<'_>, kind: BriefingKind) -> Shared<Labelled> {
    context.shared(|shared| &shared.briefing_kinds, kind as usize, || context.labelled("kind-", kind))
}

pub fn claim_kind(context: &PageContext<'_>, kind: ClaimKind) -> Shared<Labelled> {
    context.shared(|shared| &shared.claim_kinds, kind as usize, || context.labelled("claim-kind-", kind))
}

pub fn topic(context: &PageContext<'_>, topic: &str) -> Shared<Labelled> {
    let make = || context.labelled_id("topic-", topic);
    match context.site.config.topics.iter().position(|known| known.as_ref() == topic) {
        Some(index) => context.shared(|shared| &shared.topics, index, make),
        None => Shared::new(make()),
    }
}

/// A kind of sources, in the words of the theme or of site.toml.
pub fn source_kind(context: &PageContext<'_>, kind: &KindOfSource) -> Labelled {
    let id = kind.id();
    let own = context.site.config.source_kinds.label(id).unwrap_or(id);
    Labelled { id: id.to_owned(), label: context.word_or(&["source-kind-", id].concat(), own) }
}

/// A party of site.toml.
pub fn side(context: &PageContext<'_>, id: &str) -> Option<Labelled> {
    let party = context.site.config.parties.iter().find(|party| party.id.as_str() == id)?;
    Some(Labelled { id: id.to_owned(), label: context.word_or(&["side-", id].concat(), &party.label) })
}

/// The name of what a figure counts.
pub fn measure_name(context: &PageContext<'_>, measure: &str) -> String {
    context.word_or(&["measure-", &slugify(measure)].concat(), measure)
}
