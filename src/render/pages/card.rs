//! A briefing as a short text.

use crate::model::Status;
use crate::render::card::CardParts;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::texts::{briefing_title, claim_text, stub_title, withdrawn_why};
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
    let at = context.time(stub.at).text;
    let what = format!("{} ({at}): {}", context.word(keys.0), stub_title(context, ix).0);
    let why = withdrawn_why(context, ix).0;
    let why = if why.is_empty() { String::new() } else { format!("\n{why}") };
    CardParts {
        as_of: format!("{what}{why}\n{}", context.word(keys.1)),
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

/// A claim with who says so, who passed it on, and how sure it is: "The pumps run. (Radio Brine / One source)"
fn claim_line(context: &PageContext<'_>, ix: ClaimIx) -> String {
    let linked = context.site.linked_claim(ix);
    let claim = context.site.claim(ix);
    let (text, _) = claim_text(context, linked, claim);
    let source =
        linked.source.map_or_else(|| context.word("unattributed"), |source| context.source_name(source));
    let mut about = vec![source];
    if !linked.via.is_empty() {
        let comma = format!("{} ", context.word("comma"));
        let via: Vec<String> = linked.via.iter().map(|via| context.source_name(*via)).collect();
        about.push(format!("{} {}", context.word("claim-via"), via.join(&comma)));
    }
    about.extend(claim.kind.map(|kind| context.labelled("claim-kind-", kind).label));
    let status = context.site.status(ix);
    about.push(context.labelled("status-", status).label);
    if context.site.is_contested(ix) && status != Status::Contested {
        about.push(context.labelled("status-", Status::Contested).label);
    }
    format!("{text} ({})", about.join(" / "))
}

fn as_of(context: &PageContext<'_>, ix: BriefingIx) -> String {
    let known = context.site.briefings[ix].article.known_until();
    let known = context.site.as_of.map_or(known, |at| at.min(known));
    format!("{} {}", context.word("as-of"), context.time(known).text)
}

/// Without a `base_url`, the path in the site.
fn address(context: &PageContext<'_>) -> String {
    let address = context.absolute(context.page);
    if address.is_empty() { context.path.to_string() } else { address }
}
