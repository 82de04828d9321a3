//! What briefings and their claims name.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::indices::{BriefingIx, NeighbourhoodIx};
use super::names::index::NameIndex;
use super::parts::{Briefings, LinkedBriefing, LinkedClaim, Translations};
use super::published::Sorted;
use crate::model::{Briefing, Claim, Correction};
use crate::paths::Id;

/// All briefings, in their order, with the terms that they name. Their repeats are not linked yet.
pub fn link(sorted: &Sorted, names: &NameIndex) -> Briefings {
    let linked = sorted.briefings.par_iter().enumerate().map(|(index, article)| {
        let translations = sorted.translations.get(&article.file).cloned().unwrap_or_default();
        Arc::new(link_briefing(BriefingIx::from(index), article, translations, names))
    });
    linked.collect::<Vec<_>>().into()
}

/// A briefing with the terms that it names.
pub fn link_briefing(
    ix: BriefingIx,
    article: &Arc<Briefing>,
    translations: Translations,
    names: &NameIndex,
) -> LinkedBriefing {
    let mut neighbourhoods = Vec::new();
    for name in &article.neighbourhoods {
        push_new(&mut neighbourhoods, names.neighbourhood(name));
    }
    let own = neighbourhoods.clone();
    let mut sources = Vec::new();
    let mut claims = Vec::with_capacity(article.claims.len());
    for claim in &article.claims {
        let claim = link_claim(ix, claim, article, &own, names);
        for neighbourhood in &claim.neighbourhoods {
            push_new(&mut neighbourhoods, Some(*neighbourhood));
        }
        push_new(&mut sources, claim.source);
        claims.push(claim);
    }
    for name in &article.sources {
        push_new(&mut sources, names.source(name));
    }
    LinkedBriefing {
        article: Arc::clone(article),
        translations,
        own_neighbourhoods: neighbourhoods.len(),
        neighbourhoods,
        own_sources: sources.len(),
        sources,
        claims,
        corrected: corrected_claims(article),
        repeats: Vec::new(),
    }
}

/// For each correction, the position of the claim that it is about.
fn corrected_claims(article: &Briefing) -> Vec<Option<usize>> {
    if article.corrections.is_empty() {
        return Vec::new();
    }
    // Not one search for each: a briefing with thousands of claims may have as many corrections.
    let ids = article.claims.iter().enumerate().map(|(position, claim)| (&claim.id.value, position));
    let positions: HashMap<&Id, usize, ahash::RandomState> = ids.collect();
    let position = |correction: &Correction| positions.get(&correction.claim.as_ref()?.value).copied();
    article.corrections.iter().map(position).collect()
}

fn link_claim(
    briefing: BriefingIx,
    claim: &Claim,
    article: &Briefing,
    of_briefing: &[NeighbourhoodIx],
    names: &NameIndex,
) -> LinkedClaim {
    let mut via = Vec::new();
    for name in &claim.via {
        push_new(&mut via, names.source(name));
    }
    let neighbourhoods = match &claim.neighbourhoods {
        None => of_briefing.to_vec(),
        Some(own) => {
            let mut found = Vec::new();
            for name in own {
                push_new(&mut found, names.neighbourhood(name));
            }
            found
        }
    };
    LinkedClaim {
        briefing,
        source: names.maker(&claim.source),
        via,
        neighbourhoods,
        event: claim.event.as_ref().map(|id| names.event(&id.value)),
        added: claim.added.unwrap_or(article.date),
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item
        && !list.contains(&item)
    {
        list.push(item);
    }
}
