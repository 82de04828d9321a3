//! The page of all corrections.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::corrections::corrected;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::views::CorrectionsView;
use crate::site::Corrected;
use crate::site::PageNumber;
use crate::site::{BriefingIx, Page};
use crate::time::Moment;

pub fn corrections(context: &PageContext<'_>, number: PageNumber) -> CorrectionsView {
    let shown = items_on_page(context, &context.site.corrections.all, number);
    let briefings = shown.iter().filter_map(|corrected| match corrected {
        Corrected::In((briefing, _)) => Some(*briefing),
        Corrected::Withdrawn(_) => None,
    });
    let briefings: Vec<BriefingIx> = briefings.collect();
    let title = context.word("title-corrections");
    let mut heading = PageHeading::dated("corrections", title, context, &[], &briefings);
    // The news on this page is the corrections, whatever time the corrected texts cover.
    heading.as_of = shown.iter().map(|corrected| corrected_at(context, *corrected)).max();
    heading.next_due = heading.next_due.filter(|due| Some(*due) > heading.as_of);
    CorrectionsView {
        site: site_view(context),
        page: page_view(context, heading),
        corrections: corrected(context, shown),
        pagination: pagination(context, Page::Corrections, number),
    }
}

fn corrected_at(context: &PageContext<'_>, corrected: Corrected) -> Moment {
    match corrected {
        Corrected::In((briefing, position)) => {
            context.site.briefings[briefing].article.corrections[position].at
        }
        Corrected::Withdrawn(ix) => context.site.stubs[ix].at,
    }
}
