//! What the card of a briefing says: the picture that messengers show with its address.
//!
//! Invariant: a card says nothing that its page does not say, and says first what makes the page less certain.

use crate::bidi::TextDirection;
use crate::cards::{CardText, HEIGHT, PictureCard, WIDTH};
use crate::paths::ascii_url_path;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::corrections::{correction_at, correction_heading};
use crate::render::pages::parts::texts::{briefing_title, stub_title};
use crate::render::views::CardView;
use crate::site::{BriefingIx, CorrectionIx, Original, Page, StubIx, StubReason};
use crate::time::Moment;

/// The card of a briefing, or of the page that replaces it; `None` for other pages.
pub fn picture_card(context: &PageContext<'_>) -> Option<PictureCard> {
    // Words that a language lacks are not marked: no HTML is drawn.
    let context = &PageContext { is_page: false, ..*context };
    match context.page {
        Page::Briefing(ix) => Some(of_briefing(context, ix)),
        Page::Stub(ix) => Some(of_stub(context, ix)),
        _ => None,
    }
}

/// The card as a page names it; `None` if the page has none.
pub fn card_view(context: &PageContext<'_>) -> Option<CardView> {
    let path = context.site.card_path(context.language, context.page)?;
    let base_url = context.site.config.base_url.as_deref()?;
    let card = picture_card(context)?;
    Some(CardView {
        address: [base_url, &ascii_url_path(path.as_str())].concat(),
        width: WIDTH,
        height: HEIGHT,
        text: card.lines().collect::<Vec<_>>().join(" · "),
    })
}

fn of_briefing(context: &PageContext<'_>, ix: BriefingIx) -> PictureCard {
    let briefing = &context.site.briefings[ix];
    let draft = briefing.article.draft.then(|| context.word("draft"));
    let corrected = last_serious(context, ix).map(|correction| {
        let view = correction_at(context, correction);
        format!("{} · {}", correction_heading(context, &view), view.at.text)
    });
    let behind = briefing
        .translations
        .get(context.lang())
        .filter(|translation| translation.has_body_of(&briefing.article))
        .and_then(|translation| translation.is_behind(&briefing.article))
        .map(|changed| {
            context.word_with("original-newer", "time", context.words.moment_here(context.lang(), changed))
        });
    PictureCard {
        alert: draft.into_iter().chain(corrected).collect::<Vec<_>>().join(" · "),
        title: text(context, briefing_title(context, ix)),
        detail: text(context, (behind.unwrap_or_default(), String::new())),
        ..frame(context, briefing.article.known_until())
    }
}

/// Of a briefing that was withdrawn or has expired: that in large letters, and its title in small ones.
fn of_stub(context: &PageContext<'_>, ix: StubIx) -> PictureCard {
    let stub = &context.site.stubs[ix];
    let (alert, title) = match stub.reason {
        StubReason::Withdrawn => ("title-withdrawn", "stub-withdrawn"),
        StubReason::Expired => ("title-expired", "stub-expired"),
    };
    PictureCard {
        alert: context.word(alert),
        title: text(context, (context.word(title), String::new())),
        detail: text(context, stub_title(context, ix)),
        ..frame(context, stub.at)
    }
}

/// What every card says.
fn frame(context: &PageContext<'_>, known_until: Moment) -> PictureCard {
    let known = context.site.as_of.map_or(known_until, |at| at.min(known_until));
    PictureCard {
        direction: direction(context.words.dir(context.lang())),
        as_of: format!("{} {}", context.word("as-of"), context.words.moment(context.lang(), known)),
        site: context.site_title(),
        ..PictureCard::default()
    }
}

/// The last serious correction of a briefing, or of the claims that it repeats. However old: a card stays in chats.
fn last_serious(context: &PageContext<'_>, ix: BriefingIx) -> Option<CorrectionIx> {
    let corrections = |ix: BriefingIx| &context.site.briefings[ix].article.corrections;
    let own = (0..corrections(ix).len()).map(|position| (ix, position));
    let repeated =
        context.site.briefings[ix].repeats.iter().flatten().filter_map(|original| match original {
            Original::Claim(claim) => Some(*claim),
            Original::Gone(_) => None,
        });
    let repeated = repeated.flat_map(|claim| {
        let id = &context.site.claim(claim).id.value;
        let of = corrections(claim.briefing).iter().enumerate();
        let own = of.filter(|(_, each)| each.claim.as_ref().is_some_and(|claim| claim.value == *id));
        own.map(|(position, _)| (claim.briefing, position)).collect::<Vec<_>>()
    });
    let serious = own.chain(repeated).filter(|(ix, position)| corrections(*ix)[*position].serious);
    serious.max_by_key(|(ix, position)| (corrections(*ix)[*position].at, *ix, *position))
}

/// A text of a writer, whose language is empty if it is the page's.
fn text(context: &PageContext<'_>, (text, lang): (String, String)) -> CardText {
    let own = context.dir_of(&text, &lang);
    let dir = if own.is_empty() { context.words.dir(context.lang()) } else { own };
    CardText { text, direction: direction(dir) }
}

fn direction(dir: &str) -> TextDirection {
    if dir == TextDirection::RightToLeft.as_str() {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    }
}
