//! The A–Z: every spelling of every name.

use crate::render::pages::context::PageContext;
use crate::render::pages::orders::{NameTarget, Spelling};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::views::{LetterView, NameEntry, NamesView};
use crate::site::PageNumber;
use crate::site::{BriefingIx, Page};

pub fn names(context: &PageContext<'_>, number: PageNumber) -> NamesView {
    let shown = items_on_page(context, &context.orders().spellings, number);
    let newest: Vec<BriefingIx> =
        shown.iter().filter_map(|spelling| newest_briefing(context, spelling.of)).collect();
    let heading = PageHeading::dated("names", context.word("title-names"), context, &[], &newest);
    NamesView {
        site: site_view(context),
        page: page_view(context, heading),
        letters: letters(context, shown),
        pagination: pagination(context, Page::Names, number),
    }
}

fn newest_briefing(context: &PageContext<'_>, named: NameTarget) -> Option<BriefingIx> {
    let briefings = match named {
        NameTarget::Neighbourhood(ix) => &context.site.neighbourhoods[ix].term.briefings,
        NameTarget::Source(ix) => &context.site.sources[ix].term.briefings,
    };
    briefings.first().copied()
}

fn letters(context: &PageContext<'_>, spellings: &[Spelling]) -> Vec<LetterView> {
    let mut letters: Vec<LetterView> = Vec::new();
    let mut script = None;
    for spelling in spellings {
        let Some(first) = spelling.key.letter() else { continue };
        // By the folded letter: i and ı share a capital and are still two letters.
        let anchor = format!("page-letter-{first}");
        if letters.last().is_none_or(|last| last.anchor != anchor) {
            let begins_script = script.replace(spelling.key.script) != Some(spelling.key.script);
            let letter = if first == '0' { "0–9".to_owned() } else { first.to_uppercase().collect() };
            letters.push(LetterView { letter, anchor, begins_script, names: Vec::new() });
        }
        let names = &mut letters.last_mut().expect("one was just pushed").names;
        names.push(name_entry(context, spelling));
    }
    letters
}

fn name_entry(context: &PageContext<'_>, spelling: &Spelling) -> NameEntry {
    let (shown, page, of) = match spelling.of {
        NameTarget::Neighbourhood(ix) => {
            (context.neighbourhood_name(ix), Page::Neighbourhood(ix, 0), "neighbourhood")
        }
        NameTarget::Source(ix) => (context.source_name(ix), Page::Source(ix, 0), "source"),
    };
    NameEntry {
        text: spelling.text.clone(),
        dir: spelling.lang.as_deref().map_or("auto", |lang| context.words.dir(lang)),
        url: context.url(page),
        see: if shown == spelling.text { String::new() } else { shown },
        of: context.labelled_id("of-", of),
    }
}
