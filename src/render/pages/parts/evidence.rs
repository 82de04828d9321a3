//! Why a claim has its status, in words: outlets, origins, relays, and who disagrees.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::links::{source_link, source_links};
use crate::render::views::{OriginView, Shared, TermLink, WhyView};
use crate::site::evidence::{Assessment, Strength, Support};
use crate::site::{ClaimIx, SourceIx};

/// The most sources of one kind below a claim. An event with more has pages for all of them.
const MOST_SHOWN: usize = 12;

/// Why a claim has its status. Claims of one event share it, and so do claims that one source makes alone.
pub fn why_of_claim(context: &PageContext<'_>, ix: ClaimIx) -> Shared<WhyView> {
    let linked = context.site.linked_claim(ix);
    let make = || why(context, &context.site.assessment(ix));
    let is_alone = linked.via.is_empty() && !context.site.claim(ix).denies;
    match (linked.event, linked.source) {
        (Some(event), _) => context.shared(|shared| &shared.whys_of_events, event.into(), make),
        (None, Some(source)) if is_alone => {
            context.shared(|shared| &shared.whys_of_sources, source.into(), make)
        }
        _ => Shared::new(make()),
    }
}

pub fn why(context: &PageContext<'_>, weight: &Assessment) -> WhyView {
    why_at_most(context, weight, MOST_SHOWN)
}

/// For the page of an event: up to as many sources as a page has claims.
pub fn why_of_event(context: &PageContext<'_>, weight: &Assessment) -> WhyView {
    why_at_most(context, weight, MOST_SHOWN.max(2 * context.site.config.page_size))
}

fn why_at_most(context: &PageContext<'_>, weight: &Assessment, most: usize) -> WhyView {
    let says = &weight.says;
    let shown = |sources: &mut dyn Iterator<Item = SourceIx>| -> Vec<Shared<TermLink>> {
        sources.take(most).map(|ix| source_link(context, ix)).collect()
    };
    let denying = weight.denies.origins.iter().flat_map(|origin| &origin.sources);
    let relays = says.relays.iter().copied().filter(|ix| !is_protected(context, *ix));
    let mut denied_by: Vec<SourceIx> = denying.chain(&weight.denies.relays).copied().collect();
    let undescribed = weight.denies.unrecorded.iter().filter(|ix| !denied_by.contains(ix));
    denied_by.extend(undescribed.copied().collect::<Vec<_>>());
    WhyView {
        counts: counts(context, says),
        rule: context.word(rule(weight)),
        origins: says
            .origins
            .iter()
            .take(most)
            .map(|origin| origin_view(context, &origin.sources, most))
            .collect(),
        more_origins: says.origins.len().saturating_sub(most),
        more_relays: relays.clone().count().saturating_sub(most),
        relays: shown(&mut relays.into_iter()),
        more_unrecorded: says.unrecorded.len().saturating_sub(most),
        unrecorded: shown(&mut says.unrecorded.iter().copied()),
        more_denied: denied_by.len().saturating_sub(most),
        denied_by: shown(&mut denied_by.into_iter()),
    }
}

fn is_protected(context: &PageContext<'_>, ix: SourceIx) -> bool {
    context.site.sources[ix].is_protected()
}

/// A protected source is not named next to others, as its owner and whom it relays may identify it. It
/// still counts.
fn origin_view(context: &PageContext<'_>, sources: &[SourceIx], most: usize) -> OriginView {
    let open: Vec<SourceIx> = sources.iter().copied().filter(|ix| !is_protected(context, *ix)).collect();
    let named = if open.is_empty() { sources } else { &open };
    OriginView { sources: source_links(context, named.iter().take(most)) }
}

/// "3 outlets, 1 origin"
fn counts(context: &PageContext<'_>, support: &Support) -> String {
    let outlets = support.outlets;
    let origins = support.origins.len();
    let make = || {
        format!(
            "{}{} {}",
            context.word_with_count("outlets-count", outlets),
            context.word("comma"),
            context.word_with_count("origins-count", origins)
        )
    };
    match context.shared {
        Some(shared) => shared.counts.get_or_make(outlets, origins, make),
        None => make(),
    }
}

fn rule(weight: &Assessment) -> &'static str {
    if weight.is_contested() {
        return "why-contested";
    }
    match weight.says.strength {
        Strength::Nothing => "why-nothing",
        Strength::OneOrigin => "why-one-origin",
        Strength::OneParty => "why-one-party",
        Strength::PartyUnknown => "why-party-unknown",
        Strength::NoParty => "why-no-party",
        Strength::Parties => "why-parties",
    }
}
