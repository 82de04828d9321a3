//! The sheet of a neighbourhood: what is known of it, on one page of paper.
//!
//! Owns which claims are on it: the newest, as many as fit. A claim is whole or left out, and what is left out is
//! counted. The first correction, or the first claim, is always there, even if it alone is too long for a sheet.

use std::collections::BTreeMap;

use crate::model::Status;
use crate::paths::fold_name;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::claim_on_paper;
use crate::render::pages::parts::corrections::corrected_at;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, newest_briefings};
use crate::render::pages::parts::notice::notice;
use crate::render::pages::parts::silence::silent_since;
use crate::render::pages::parts::texts::other_names;
use crate::render::paper::{Sheet, Type};
use crate::render::views::{CorrectionView, LinkView, PageView, SheetClaimView, SheetTopicView, SheetView};
use crate::site::{ClaimIx, Corrected, CorrectionIx, NeighbourhoodIx, Page, StubIx};
use crate::time::Moment;

/// What the theme leaves around texts, in tenths of points: see `parts/sheet_style.html`.
const AROUND_HEAD: u32 = 160;
const AROUND_BOX: u32 = 120;
const AROUND_HEADING: u32 = 100;
const AROUND_CLAIM: u32 = 80;
const LOGO: u32 = 280;
const AROUND_FOOT: u32 = 120;

pub fn sheet(context: &PageContext<'_>, ix: NeighbourhoodIx) -> SheetView {
    let term = &context.site.neighbourhoods[ix].term;
    let naming = term.record.as_ref().map(|record| &record.naming);
    let mut view = SheetView {
        site: site_view(context),
        page: page(context, ix),
        names: other_names(context, &term.name, naming),
        address: site_address(context).unwrap_or_default().to_owned(),
        place: place_link(context, ix),
        silent_since: silent_since(context, ix),
        boxed: Vec::new(),
        more_boxed: 0,
        topics: Vec::new(),
        left_out: 0,
    };
    let mut sheet = Sheet::new(context.lang());
    sheet.take(height_of_head(context, &view, term.claims.is_empty(), &sheet));
    sheet.take(height_of_foot(context, &view, term.claims.len(), &sheet));
    add_corrections(context, ix, &mut view, &mut sheet);
    add_claims(context, &term.claims, &mut view, &mut sheet);
    view
}

/// As on the page of the place, but little leads away from paper.
fn page(context: &PageContext<'_>, ix: NeighbourhoodIx) -> PageView {
    let term = &context.site.neighbourhoods[ix].term;
    let claims = items_on_page(context, &term.claims, 0);
    let briefings = items_on_page(context, &term.briefings, 0);
    let mut heading = PageHeading::dated("sheet", context.neighbourhood_name(ix), context, claims, briefings);
    // Of a place without any report the site knows nothing up to its own time.
    heading.as_of = heading.as_of.or_else(|| site_as_of(context));
    heading.promise(term.record.as_ref().map(|record| &record.currency), 0);
    PageView {
        breadcrumbs: Vec::new(),
        mirrors: Vec::new(),
        feeds: Vec::new(),
        ..page_view(context, heading)
    }
}

fn site_as_of(context: &PageContext<'_>) -> Option<Moment> {
    let newest = newest_briefings(context.site).into_iter();
    newest.map(|ix| context.site.briefings[ix].article.known_until()).max()
}

fn site_address<'s>(context: &PageContext<'s>) -> Option<&'s str> {
    context.site.config.base_url.as_deref().or(context.site.config.onion.as_deref())
}

/// The page of the place, by what a reader of paper types: its address, in its own letters, or its path in a copy.
fn place_link(context: &PageContext<'_>, ix: NeighbourhoodIx) -> LinkView {
    let page = Page::Neighbourhood(ix, 0);
    let path = context.site.path(context.language, page);
    let text = [site_address(context).unwrap_or_default(), path.as_str()].concat();
    LinkView { text, url: context.url(page) }
}

/// The serious corrections of the place that are recent, on half of what is left at most. The first one is always
/// there.
fn add_corrections(context: &PageContext<'_>, ix: NeighbourhoodIx, view: &mut SheetView, sheet: &mut Sheet) {
    let of_place = context.site.corrections.boxed.iter().filter(|which| is_of_place(context, **which, ix));
    let kept_for_claims = sheet.left() / 2;
    for which in of_place {
        let correction = corrected_at(context, *which);
        let height = height_of_correction(context, &correction, sheet);
        let fits = view.more_boxed == 0 && height + kept_for_claims <= sheet.left();
        if fits || view.boxed.is_empty() {
            if view.boxed.is_empty() {
                sheet.take(sheet.height(Type::Heading, &context.word("corrections")) + AROUND_HEADING);
            }
            sheet.take(height);
            view.boxed.push(correction);
        } else {
            view.more_boxed += 1;
        }
    }
    if view.more_boxed > 0 {
        let more = context.word_with_count("sheet-more-corrections", view.more_boxed);
        sheet.take(sheet.height(Type::Text, &more));
    }
}

/// Whether a correction is of a claim about the place, or of a whole briefing about it.
fn is_of_place(context: &PageContext<'_>, which: Corrected, place: NeighbourhoodIx) -> bool {
    let site = context.site;
    match which {
        Corrected::In(ix) => match corrected_claim(context, ix) {
            Some(claim) => is_in(context, &site.linked_claim(claim).neighbourhoods, place),
            None => site.neighbourhoods.named_by(&site.briefings[ix.0]).any(|ix| ix == place),
        },
        Corrected::Withdrawn(stub) => is_in(context, &places_of_stub(context, stub), place),
    }
}

fn corrected_claim(context: &PageContext<'_>, (briefing, position): CorrectionIx) -> Option<ClaimIx> {
    let site = context.site;
    let id = site.briefings[briefing].article.corrections[position].claim.as_ref()?;
    site.claims_of(briefing).find(|ix| site.claim(*ix).id.value == id.value)
}

fn is_in(context: &PageContext<'_>, places: &[NeighbourhoodIx], place: NeighbourhoodIx) -> bool {
    context.site.neighbourhoods.with_ancestors(places).any(|ix| ix == place)
}

/// The places of a withdrawn briefing, as far as others name them too.
fn places_of_stub(context: &PageContext<'_>, ix: StubIx) -> Vec<NeighbourhoodIx> {
    let article = &context.site.stubs[ix].article;
    let of_claims = article.claims.iter().filter_map(|claim| claim.neighbourhoods.as_ref()).flatten();
    let names = article.neighbourhoods.iter().chain(of_claims);
    let known = &context.site.spellings.neighbourhoods;
    names.filter_map(|name| known.get(&fold_name(&name.value)).copied()).collect()
}

/// The newest claims, until one does not fit: so all that are left out are earlier.
fn add_claims(context: &PageContext<'_>, claims: &[ClaimIx], view: &mut SheetView, sheet: &mut Sheet) {
    let topics = &context.site.config.topics;
    let mut by_topic: BTreeMap<usize, Vec<SheetClaimView>> = BTreeMap::new();
    let mut shown = 0;
    for ix in claims {
        let claim = claim_on_paper(context, *ix);
        let topic = context.site.claim(*ix).topic.as_deref();
        let topic = topics.iter().position(|known| Some(known.as_ref()) == topic).unwrap_or(topics.len());
        let mut height = height_of_claim(context, &claim, sheet);
        if !by_topic.contains_key(&topic) {
            height += sheet.height(Type::Heading, &topic_heading(context, topic)) + AROUND_HEADING;
        }
        let is_first = shown == 0 && view.boxed.is_empty();
        if height > sheet.left() && !is_first {
            break;
        }
        sheet.take(height);
        by_topic.entry(topic).or_default().push(claim);
        shown += 1;
    }
    let topic = |(topic, claims)| SheetTopicView { topic: topic_heading(context, topic), claims };
    view.topics = by_topic.into_iter().map(topic).collect();
    view.left_out = claims.len() - shown;
}

/// The topic at a position of site.toml, or what claims of no topic are under.
fn topic_heading(context: &PageContext<'_>, position: usize) -> String {
    match context.site.config.topics.get(position) {
        Some(topic) => context.topic_name(topic),
        None => context.word(if position == 0 { "claims" } else { "sheet-other" }),
    }
}

/// All that is above the corrections and claims.
fn height_of_head(context: &PageContext<'_>, view: &SheetView, is_empty: bool, sheet: &Sheet) -> u32 {
    let line = |text: &str| sheet.height(Type::Bold, text);
    let labelled = |key: &str, value: &str| line(&format!("{} {value}", context.word(key)));
    let boxed = |text: &str| match text {
        "" => 0,
        text => sheet.height(Type::Boxed, text) + AROUND_BOX,
    };
    let page = &view.page;
    let logo = if context.site.logo.is_some() { LOGO } else { 0 };
    let mut height = AROUND_HEAD + line(&context.site_title()) + logo;
    height += sheet.height(Type::Title, &page.title);
    let names: Vec<&str> = view.names.iter().map(|name| name.text.as_str()).collect();
    height += sheet.height(Type::Text, &names.join(" , "));
    height += page.as_of.as_ref().map_or(0, |time| labelled("as-of", &time.text));
    height += page.next_due.as_ref().map_or(0, |time| labelled("next-due", &time.text));
    if !view.address.is_empty() {
        height += labelled("sheet-from", &view.address);
    }
    if let Some(time) = &page.told_as_of {
        height += boxed(&context.word_with("told-as-of", "time", time.text.as_str()));
    }
    if let Some(notice) = notice(context) {
        // Paper shows the addresses of other sites.
        let url = Some(notice.url.as_str()).filter(|url| url.starts_with("http")).unwrap_or_default();
        height += boxed(&format!("{} {} <{url}>", notice.text, notice.address));
    }
    let silence = match &view.silent_since {
        Some(time) => context.word_with("silent-since", "date", time.text.as_str()),
        None if is_empty => context.word("map-no-report"),
        None => String::new(),
    };
    height + boxed(&silence)
}

/// All that is below the claims, with the line that counts those that are left out.
fn height_of_foot(context: &PageContext<'_>, view: &SheetView, claims: usize, sheet: &Sheet) -> u32 {
    let text = |text: &str| sheet.height(Type::Text, text);
    let config = &context.site.config;
    let mut height = AROUND_FOOT;
    height += text(&context.word_with_count("sheet-left-out", claims));
    height += text(&format!("{} {}", context.word("sheet-more"), view.place.text));
    height += text(&context.word("copy-hint"));
    let fingerprint = config.public_key.map(|key| key.fingerprint());
    let facts = [
        ("page-onion", Some(view.page.onion.as_str()).filter(|onion| !onion.is_empty())),
        ("contact", config.contact.as_deref()),
        ("licence", config.licence.as_deref()),
        ("key-fingerprint", fingerprint.as_deref()),
    ];
    for (key, value) in facts {
        height += value.map_or(0, |value| text(&format!("{} {value}", context.word(key))));
    }
    height
}

fn height_of_correction(context: &PageContext<'_>, correction: &CorrectionView, sheet: &Sheet) -> u32 {
    let text = |text: &str| sheet.height(Type::Boxed, text);
    let bold = |text: &str| sheet.height(Type::Bold, text);
    let heading = [
        context.word("correction-serious"),
        correction.kind.label.clone(),
        correction.at.text.clone(),
        correction.target.text.clone(),
    ];
    let mut height = AROUND_BOX + bold(&heading.join(" · "));
    height += text(&correction.about) + text(&correction.why);
    if !correction.was.is_empty() || !correction.now.is_empty() {
        let words = [
            context.word("correction-was"),
            correction.was.clone(),
            context.word("correction-now"),
            correction.now.clone(),
        ];
        height += bold(&words.join(" "));
    }
    height
}

fn height_of_claim(context: &PageContext<'_>, claim: &SheetClaimView, sheet: &Sheet) -> u32 {
    let bold = |text: &str| sheet.height(Type::Bold, text);
    let word = |key: &str| context.word(key);
    // Each status has its mark, as wide as two letters.
    let mut standing = vec![format!("MM {}", claim.status.label), claim.kind.clone()];
    if claim.contested {
        standing.push(format!("MM {}", context.labelled("status-", Status::Contested).label));
    }
    if claim.corrected {
        standing.push(word("corrected"));
    }
    let mut height = AROUND_CLAIM + bold(&standing.join(" · "));
    if claim.by_party.is_empty() {
        height += sheet.height(Type::Text, &claim.text);
    } else {
        let said_by = [word("party-statement"), claim.by_party.clone(), word("party-not-advice")];
        height += bold(&said_by.join(" ")) + sheet.height(Type::Boxed, &claim.text) + AROUND_BOX;
    }
    let mut about = format!("{} {}", word("claim-source"), claim.source);
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            about.push_str(&format!(" · {} {value}", word(key)));
        }
    };
    add("claim-via", &claim.via.join(" , "));
    add("claim-happened", &claim.happened);
    add("claim-added", if claim.happened.is_empty() { &claim.added } else { "" });
    add("checked", &claim.checked);
    // Some of its words are bold.
    height += sheet.height(Type::Text, &format!("{about} MM"));
    if claim.denies {
        height += bold(&word("claim-denies"));
    }
    if !claim.status_why.is_empty() {
        height += bold(&format!("{} {}", word("status-reason"), claim.status_why));
    }
    height
}
