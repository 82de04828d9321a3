//! Pages at addresses that have no other page: withdrawn, expired, moved, not found.

use crate::render::pages::briefing::briefing;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::layout::{PageHeading, make_site_view, page_title, page_view, site_view};
use crate::render::pages::parts::texts::{stub_title, withdrawn_why};
use crate::render::views::{BriefingView, NotFoundView, PageView, Shared, StubView, Url};
use crate::site::{BriefingIx, Page, StubIx, StubReason};

/// At the address of a withdrawn or expired briefing.
pub fn stub(context: &PageContext<'_>, ix: StubIx) -> StubView {
    let stub = &context.site.stubs[ix];
    let (reason, key) = match stub.reason {
        StubReason::Withdrawn => ("withdrawn", "title-withdrawn"),
        StubReason::Expired => ("expired", "title-expired"),
    };
    let mut heading = PageHeading::new("stub", context.word(key));
    heading.as_of = Some(stub.at);
    heading.next_due = stub.article.next_due;
    let (what, what_lang) = stub_title(context, ix);
    let (why, why_lang) = withdrawn_why(context, ix);
    StubView {
        site: site_view(context),
        page: page_view(context, heading),
        reason,
        what,
        what_lang,
        url: Url::default(),
        at: Some(context.time(stub.at)),
        why,
        why_lang,
    }
}

/// At a former address of a page. The context's page is the one that moved.
pub fn redirect(context: &PageContext<'_>) -> StubView {
    let mut heading = PageHeading::new("stub", context.word("title-moved"));
    match context.page {
        Page::Briefing(ix) => heading.set_times(context, &[], &[ix]),
        Page::Stub(ix) => heading.as_of = Some(context.site.stubs[ix].at),
        _ => {}
    }
    let mut page = page_view(context, heading);
    set_former(&mut page);
    page.languages.clear();
    page.card = None;
    StubView {
        site: site_view(context),
        page,
        reason: "moved",
        what: page_title(context, context.page),
        what_lang: String::new(),
        url: context.url(context.page),
        at: None,
        why: String::new(),
        why_lang: String::new(),
    }
}

/// Whether links may reach a part of a briefing that a redirect would lose.
pub fn has_anchored_claims(context: &PageContext<'_>, ix: BriefingIx) -> bool {
    context.site.briefings[ix].article.claim_ids().next().is_some()
}

/// The whole briefing at a former address. A page that redirects loses the fragment, and with it the claim that a
/// citation is about; only a script could keep it.
pub fn moved_briefing(context: &PageContext<'_>, ix: BriefingIx) -> BriefingView {
    let mut view = briefing(context, ix);
    set_former(&mut view.page);
    // Search engines look for other languages at the address that stays.
    view.page.languages.iter_mut().for_each(|language| language.address.clear());
    view.moved_to = context.url(Page::Briefing(ix));
    view
}

/// A former address has no plain text, and is not for search engines.
fn set_former(page: &mut PageView) {
    page.text = Url::default();
    page.noindex = true;
}

pub fn not_found(context: &PageContext<'_>) -> NotFoundView {
    let mut site = make_site_view(context);
    // 404.html is served at any depth, where a relative link would be wrong.
    site.menu.clear();
    site.home = Url::default();
    NotFoundView {
        site: Shared::new(site),
        page: page_view(context, PageHeading::new("404", context.word("title-404"))),
        home: context.site.config.base_url.as_deref().unwrap_or_default().to_owned(),
    }
}
