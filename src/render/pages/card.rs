//! A briefing as a short text.

use crate::render::card::CardParts;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::claim_line;
use crate::render::pages::parts::texts::{briefing_title, stub_title, withdrawn_why};
use crate::site::{BriefingIx, ClaimIx, Original, StubIx, StubReason};

pub fn card(context: &PageContext<'_>, ix: BriefingIx) -> CardParts {
    let briefing = &context.site.briefings[ix];
    let (title, _) = briefing_title(context, ix);
    let title = if briefing.article.draft { format!("{}: {title}", context.word("draft")) } else { title };
    let claims = claims_of(context, ix);
    let holds = |claim: &&ClaimIx| context.site.status(**claim).holds();
    let held: Vec<String> = claims.iter().filter(holds).map(|claim| claim_line(context, *claim)).collect();
    CardParts {
        title,
        withheld: claims.len() - held.len(),
        claims: held,
        as_of: as_of(context, ix),
        notes: Vec::new(),
        address: address(context),
    }
}

/// Of a briefing that was withdrawn or has expired: that, and none of its claims.
pub fn stub_card(context: &PageContext<'_>, ix: StubIx) -> CardParts {
    let stub = &context.site.stubs[ix];
    let keys = match stub.reason {
        StubReason::Withdrawn => ("title-withdrawn", "stub-withdrawn"),
        StubReason::Expired => ("title-expired", "stub-expired"),
    };
    let at = context.words.moment(context.lang(), stub.at);
    CardParts {
        as_of: format!("{} ({at}): {}", context.word(keys.0), stub_title(context, ix).0),
        notes: vec![context.word(keys.1), withdrawn_why(context, ix).0],
        address: address(context),
        ..CardParts::default()
    }
}

/// Its own claims and those that it repeats.
fn claims_of(context: &PageContext<'_>, ix: BriefingIx) -> Vec<ClaimIx> {
    let repeats = context.site.briefings[ix].repeats.iter().filter_map(|original| match original {
        Some(Original::Claim(claim)) => Some(*claim),
        _ => None,
    });
    context.site.claims_of(ix).chain(repeats).collect()
}

fn as_of(context: &PageContext<'_>, ix: BriefingIx) -> String {
    let known = context.site.briefings[ix].article.known_until();
    let known = context.site.as_of.map_or(known, |at| at.min(known));
    format!("{} {}", context.word("as-of"), context.words.moment(context.lang(), known))
}

/// Without a `base_url`, the path in the site.
fn address(context: &PageContext<'_>) -> String {
    let address = context.absolute(context.page);
    if address.is_empty() { context.path.to_string() } else { address }
}
