//! Which fields of pages and records are text only: nothing is linked by them.
//!
//! Each kind is taken apart field by field, so that a new field does not compile until it is listed here.

use std::collections::BTreeMap;

use crate::diag::Spanned;
use crate::model::{
    Article, ArticleBase, Checked, Currency, EventRecord, Name, Naming, NeighbourhoodRecord, PlainPage,
    SourceRecord,
};
use crate::paths::OutPath;

/// Linking makes the same of both articles, but for their texts. Positions in the file do not count.
pub fn differs_in_text_only(before: &Article, after: &Article) -> bool {
    match (before, after) {
        (Article::Page(before), Article::Page(after)) => same_pages(before, after),
        (Article::Neighbourhood(before), Article::Neighbourhood(after)) => same_neighbourhoods(before, after),
        (Article::Source(before), Article::Source(after)) => same_sources(before, after),
        (Article::Event(before), Article::Event(after)) => same_events(before, after),
        _ => false,
    }
}

/// The titles are not compared: they link only records.
pub fn same_bases(before: &ArticleBase, after: &ArticleBase) -> bool {
    let ArticleBase {
        file,
        id,
        id_span: _,
        title: _,
        title_span: _,
        summary: _,
        aliases,
        extra: _,
        // Its links and headings are compared where they are resolved.
        body: _,
    } = before;
    *file == after.file && *id == after.id && same_aliases(aliases, &after.aliases)
}

fn same_pages(before: &PlainPage, after: &PlainPage) -> bool {
    // The template is compared where pages are rendered.
    let PlainPage { base, as_of: _, next_due: _, draft, template: _ } = before;
    same_bases(base, &after.base) && *draft == after.draft
}

fn same_neighbourhoods(before: &NeighbourhoodRecord, after: &NeighbourhoodRecord) -> bool {
    let NeighbourhoodRecord { base, naming, currency, parent, point, geometry, codes: _, not } = before;
    same_bases(base, &after.base)
        && base.title == after.title
        && same_naming(naming, &after.naming)
        && same_checks(currency, &after.currency)
        && value(parent) == value(&after.parent)
        && *point == after.point
        && value(geometry) == value(&after.geometry)
        && same_names(not, &after.not)
}

fn same_sources(before: &SourceRecord, after: &SourceRecord) -> bool {
    let SourceRecord {
        base,
        naming,
        currency,
        short,
        kind,
        party,
        has_party,
        sees,
        owner,
        relays,
        url: _,
        protected,
        label,
        not,
        allow,
    } = before;
    same_bases(base, &after.base)
        && base.title == after.title
        && same_naming(naming, &after.naming)
        && same_checks(currency, &after.currency)
        && *short == after.short
        && *kind == after.kind
        && *party == after.party
        && *has_party == after.has_party
        && *sees == after.sees
        && *owner == after.owner
        && same_names(relays, &after.relays)
        && *protected == after.protected
        && *label == after.label
        && same_names(not, &after.not)
        && *allow == after.allow
}

fn same_events(before: &EventRecord, after: &EventRecord) -> bool {
    let EventRecord { base, naming, currency } = before;
    same_bases(base, &after.base)
        && base.title == after.title
        && same_naming(naming, &after.naming)
        && same_checks(currency, &after.currency)
}

/// A check may be later than now, which is an error.
fn same_checks(before: &Currency, after: &Currency) -> bool {
    let Currency { checked, next_due: _ } = before;
    let moment = |checked: &Option<Checked>| checked.as_ref().map(|checked| checked.value);
    moment(checked) == moment(&after.checked)
}

fn same_naming(before: &Naming, after: &Naming) -> bool {
    fn by_language(names: &BTreeMap<Box<str>, Name>) -> impl Iterator<Item = (&str, &str)> {
        names.iter().map(|(language, name)| (language.as_ref(), name.value.as_ref()))
    }
    let Naming { names, spellings } = before;
    by_language(names).eq(by_language(&after.names)) && same_names(spellings, &after.spellings)
}

fn same_names(before: &[Name], after: &[Name]) -> bool {
    let values = |names: &[Name]| names.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    values(before) == values(after)
}

fn same_aliases(before: &[Spanned<OutPath>], after: &[Spanned<OutPath>]) -> bool {
    before.iter().map(|alias| &alias.value).eq(after.iter().map(|alias| &alias.value))
}

fn value(name: &Option<Name>) -> Option<&str> {
    name.as_ref().map(|name| name.value.as_ref())
}
