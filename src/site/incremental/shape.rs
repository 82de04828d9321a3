//! What an article says beside its texts.
//!
//! Owns the list of what is text. Everything else is shape by default: a copy of each article is made
//! in which the texts are empty and spans begin at nothing, and the copies are compared whole.
//!
//! Invariant: nothing that linking derives anything from is emptied here, but for what
//! [`super::relink`] looks at itself: instructions, corrections, links and headings.

use std::fmt::Debug;

use crate::diag::{Span, Spanned};
use crate::model::{
    Article, ArticleBase, Body, Briefing, Claim, Correction, EventRecord, Extra, Name, Naming,
    NeighbourhoodRecord, PlainPage, SourceRecord, Translation,
};

/// Linking sees no difference between the two but in their bodies, and in what `relink` looks at.
pub fn has_same_shape(before: &Article, after: &Article) -> bool {
    match (before, after) {
        (Article::Briefing(before), Article::Briefing(after)) => is_same(&briefing(before), &briefing(after)),
        (Article::Page(before), Article::Page(after)) => is_same(&page(before), &page(after)),
        (Article::Neighbourhood(before), Article::Neighbourhood(after)) => {
            is_same(&neighbourhood(before), &neighbourhood(after))
        }
        (Article::Source(before), Article::Source(after)) => is_same(&source(before), &source(after)),
        (Article::Event(before), Article::Event(after)) => is_same(&event(before), &event(after)),
        (Article::Translation(before), Article::Translation(after)) => {
            is_same(&translation(before), &translation(after))
        }
        _ => false,
    }
}

/// The two differ at most in what they claim, whom and what they name, of what kind they are, and in when
/// they were changed and what they reach up to.
pub fn has_same_frame(before: &Briefing, after: &Briefing) -> bool {
    let frame = |article: &Briefing| {
        let mut frame = briefing(article);
        frame.neighbourhoods.clear();
        frame.sources.clear();
        frame.claims = Box::default();
        (frame.kind, frame.updated, frame.as_of) = (None, None, None);
        frame
    };
    is_same(&frame(before), &frame(after))
}

/// Compared as written out: equality leaves out the offset of a moment, which readers see.
fn is_same<T: Debug>(before: &T, after: &T) -> bool {
    format!("{before:?}") == format!("{after:?}")
}

fn base(article: &ArticleBase) -> ArticleBase {
    let mut shape = ArticleBase { body: Body::default(), extra: Extra::new(), ..article.clone() };
    shape.summary = None;
    shape.id_span = Span::default();
    shape.title_span = Span::default();
    shape.aliases.iter_mut().for_each(unplace);
    shape
}

fn base_without_title(article: &ArticleBase) -> ArticleBase {
    ArticleBase { title: "".into(), ..base(article) }
}

fn briefing(article: &Briefing) -> Briefing {
    let mut shape = Briefing { base: base_without_title(article), ..article.clone() };
    shape.authors.clear();
    shape.not_known.clear();
    shape.not_reached.clear();
    shape.withheld.clear();
    unplace_names(&mut shape.neighbourhoods);
    unplace_names(&mut shape.sources);
    shape.claims.iter_mut().for_each(empty_claim);
    shape.corrections.iter_mut().for_each(empty_correction);
    shape
}

fn empty_claim(claim: &mut Claim) {
    claim.text = "".into();
    // That there is a reason counts, and not which.
    claim.status_why = claim.status_why.take().map(|_| "".into());
    unplace(&mut claim.id);
    unplace(&mut claim.source);
    unplace_names(&mut claim.via);
    claim.neighbourhoods.iter_mut().for_each(|names| unplace_names(names));
    claim.event.iter_mut().for_each(unplace);
    claim.status.iter_mut().for_each(unplace);
    if let Some(figure) = &mut claim.figure {
        figure.part_of.iter_mut().for_each(unplace);
    }
}

fn empty_correction(correction: &mut Correction) {
    correction.why = "".into();
    correction.claim.iter_mut().for_each(unplace);
    correction.field.iter_mut().for_each(unplace);
    // Texts that the corrections tell are looked at again: see `is_corrected_truly`.
    correction.was.iter_mut().for_each(unplace);
    correction.now.iter_mut().for_each(unplace);
}

fn page(article: &PlainPage) -> PlainPage {
    PlainPage { base: base_without_title(article), ..article.clone() }
}

fn neighbourhood(record: &NeighbourhoodRecord) -> NeighbourhoodRecord {
    let mut shape = NeighbourhoodRecord { base: base(record), ..record.clone() };
    unplace_naming(&mut shape.naming);
    shape.parent.iter_mut().for_each(unplace);
    shape.geometry.iter_mut().for_each(unplace);
    unplace_names(&mut shape.not);
    shape
}

fn source(record: &SourceRecord) -> SourceRecord {
    let mut shape = SourceRecord { base: base(record), ..record.clone() };
    unplace_naming(&mut shape.naming);
    unplace_names(&mut shape.relays);
    unplace_names(&mut shape.not);
    shape
}

fn event(record: &EventRecord) -> EventRecord {
    let mut shape = EventRecord { base: base(record), ..record.clone() };
    unplace_naming(&mut shape.naming);
    shape
}

/// The title stays, as that of a record is one of its names.
fn translation(article: &Translation) -> Translation {
    let mut shape = Translation { body: Body::default(), ..article.clone() };
    shape.summary = None;
    shape.not_known = None;
    shape.not_reached = None;
    shape.withheld = None;
    for (claim, text) in &mut shape.claim_text {
        unplace(claim);
        *text = "".into();
    }
    shape
}

fn unplace<T>(value: &mut Spanned<T>) {
    value.span = Span::default();
}

fn unplace_names(names: &mut [Name]) {
    names.iter_mut().for_each(unplace);
}

fn unplace_naming(naming: &mut Naming) {
    naming.names.values_mut().for_each(unplace);
    unplace_names(&mut naming.spellings);
}
