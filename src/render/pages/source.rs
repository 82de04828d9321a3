//! The page of a source: who it is, its claims, and what became of them.

use std::collections::BTreeMap;

use crate::model::{Sees, Status};
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::body::record_body;
use crate::render::pages::parts::claim_groups::claim_groups;
use crate::render::pages::parts::claims::claims;
use crate::render::pages::parts::corrections::of_claim;
use crate::render::pages::parts::items::items;
use crate::render::pages::parts::labels::{side, source_kind};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::source_links;
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::texts::{other_names, spellings, written_summary};
use crate::render::pages::parts::times::checked_record;
use crate::render::views::{CountedStatus, Labelled, SourceView, Url, printable_table};
use crate::site::PageNumber;
use crate::site::{ClaimIx, Page, SourceIx};

pub fn source(context: &PageContext<'_>, ix: SourceIx, number: PageNumber) -> SourceView {
    let source = &context.site.sources[ix];
    let term = &source.term;
    let record = term.record.as_deref();
    let naming = record.map(|record| &record.naming);
    let sees = record.map(|record| record.sees).filter(|sees| *sees != Sees::Unknown);
    let (body, is_original) = record_body(context);
    let shown_claims = items_on_page(context, &term.claims, number);
    let relayed = items_on_page(context, &source.relayed, number);
    let briefings = items_on_page(context, &term.briefings, number);
    let (summary, summary_lang) =
        written_summary(context, record.and_then(|record| record.summary.as_deref()), &term.translations);
    let dated_claims = [shown_claims, relayed].concat();
    let mut heading =
        PageHeading::dated("source", context.source_name(ix), context, &dated_claims, briefings);
    heading.is_original = is_original;
    heading.promise(record.map(|record| &record.currency), number);
    heading.description.clone_from(&summary);
    SourceView {
        site: site_view(context),
        page: page_view(context, heading),
        has_record: record.is_some(),
        names: other_names(context, &term.name, naming),
        spellings: spellings(naming),
        summary,
        summary_lang,
        checked: record.and_then(|record| checked_record(context, &record.currency)),
        body,
        short: record.and_then(|record| record.short.as_deref()).unwrap_or_default().to_owned(),
        kind: record.and_then(|record| record.kind.as_ref()).map(|kind| source_kind(context, kind)),
        party: record.and_then(|record| party(context, &record.party)),
        sees: sees.map(|sees| context.labelled("sees-", sees)),
        owner: record.and_then(|record| record.owner.as_deref()).unwrap_or_default().to_owned(),
        relays: source_links(context, &source.relays),
        url: record.and_then(|record| record.url.as_deref()).map(Url::external).unwrap_or_default(),
        all_claims: term.claims.len(),
        fared: context.shared(|shared| &shared.fared, ix.into(), || counts_by_status(context, &term.claims)),
        corrected: context.shared(
            |shared| &shared.corrected,
            ix.into(),
            || term.claims.iter().filter(|ix| is_corrected(context, **ix)).count(),
        ),
        claims: claim_groups(context, shown_claims),
        relayed: claims(context, relayed),
        briefings: items(context, briefings),
        pagination: pagination(context, |number| Page::Source(ix, number), number),
        extra: record.map(|record| printable_table(&record.extra)).unwrap_or_default(),
    }
}

/// How many of its claims have each status, in the order of the statuses. No sum and no score.
fn counts_by_status(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<CountedStatus> {
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for ix in claims {
        *counts.entry(context.site.status(*ix)).or_default() += 1;
    }
    let counted = |(status, count)| CountedStatus { status: context.labelled("status-", status), count };
    counts.into_iter().map(counted).collect()
}

fn is_corrected(context: &PageContext<'_>, ix: ClaimIx) -> bool {
    let article = &context.site.briefings[ix.briefing].article;
    of_claim(&article.corrections, context.site.claim(ix)).any(|correction| correction.is_fault())
}

/// The side of the conflict in the words of site.toml, or that it is not known.
fn party(context: &PageContext<'_>, id: &str) -> Option<Labelled> {
    match id {
        "none" => None,
        "unknown" => Some(context.labelled_id("party-", id)),
        _ => side(context, id),
    }
}
