//! Names: which record or page each spelling means, across the whole site.
//!
//! A name, an id or a spelling resolves to its record whatever its case and accents; a name
//! without a record gets a term of its own. Nothing is ever merged by likeness: a name close to
//! a known one is a warning.

mod contacts;
mod implied;
pub mod index;
mod mentions;
mod near;
mod people;
mod phonetic;
pub mod record;
mod unnamed;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::diagnostics::Diagnostics;
use super::indices::{EventIx, NeighbourhoodIx, SourceIx};
use super::published::{Sorted, TranslationsByFile};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{ArticleBase, EventRecord, Name, NeighbourhoodRecord, SourceRecord, UNATTRIBUTED};
use crate::paths::{Id, IdError, fold_name, slugify};
use implied::{Implied, ImpliedTerm};
use index::{ByName, NameIndex};
use mentions::{At, Mention, Mentions};
use near::{ComparedName, NearIndex, Nearness};
use people::NamedSource;
use record::Record;
use unnamed::AnonymousNames;

/// A term before anything is attached to it.
pub struct Entry<R> {
    pub id: Id,
    pub name: Box<str>,
    pub record: Option<Arc<R>>,
}

/// The terms of one kind and the spellings that lead to them.
pub struct Names<R, Ix> {
    /// By id.
    pub entries: Vec<Entry<R>>,
    /// For each entry, the record that its name is close to, if it has none of its own.
    pub near: Vec<Option<Ix>>,
    pub by_fold: HashMap<String, Ix, ahash::RandomState>,
}

pub struct Registry {
    pub neighbourhoods: Names<NeighbourhoodRecord, NeighbourhoodIx>,
    pub sources: Names<SourceRecord, SourceIx>,
    /// By id: those with a record, and those that only claims name.
    pub events: Vec<Entry<EventRecord>>,
    pub index: NameIndex,
}

impl Registry {
    pub fn new(sorted: &Sorted, diagnostics: &mut Diagnostics<'_>) -> Self {
        let anonymous = AnonymousNames::of(sorted, &diagnostics.sources.config);
        let Mentions { neighbourhoods, sources, events, unattributed, unnamed } =
            Mentions::of(sorted, &anonymous);
        warn_of_unnamed(&unnamed, diagnostics);
        let first_places: Vec<(&str, At<'_>)> =
            sources.iter().map(|mention| (mention.name, mention.first)).collect();
        let (translations, mut of_sources) = (&sorted.translations, diagnostics.fork());
        let ((neighbourhoods, written), (sources, written_sources)) = rayon::join(
            || {
                Names::new(
                    &sorted.neighbourhoods,
                    translations,
                    neighbourhoods,
                    NeighbourhoodIx::from,
                    diagnostics,
                )
            },
            || Names::new(&sorted.sources, translations, sources, SourceIx::from, &mut of_sources),
        );
        diagnostics.append(of_sources);
        let named = named_sources(&sources, &first_places, &written_sources);
        people::ask_for_kinds(&named, diagnostics);
        people::warn_of_contacts(&named, translations, diagnostics);
        let events = event_entries(sorted, events, diagnostics);
        let by_id = events.iter().map(|entry| entry.id.clone()).zip((0..).map(EventIx::from)).collect();
        let index =
            NameIndex { neighbourhoods: written, sources: written_sources, events: by_id, unattributed };
        Self { neighbourhoods, sources, events, index }
    }
}

/// All sources, each with its record's place or the first place of its name, but for those that may be another.
fn named_sources<'a>(
    sources: &'a Names<SourceRecord, SourceIx>,
    written: &[(&str, At<'a>)],
    meanings: &ByName<SourceIx>,
) -> Vec<NamedSource<'a>> {
    let mut first: BTreeMap<SourceIx, At<'a>> = BTreeMap::new();
    for (name, place) in written {
        if let Some(Some(ix)) = meanings.get(*name) {
            let known = first.entry(*ix).or_insert(*place);
            *known = place.min(known).to_owned();
        }
    }
    let is_clear = |(index, _): &(usize, &Entry<SourceRecord>)| sources.near[*index].is_none();
    let named = sources.entries.iter().enumerate().filter(is_clear).filter_map(|(index, entry)| {
        let record = entry.record.as_deref();
        let of_record = record.map(|record| (&*record.file, record.title_span));
        let place = of_record.or_else(|| first.get(&SourceIx::from(index)).copied())?;
        Some(NamedSource { id: &entry.id, name: &entry.name, record, place })
    });
    named.collect()
}

/// What a spelling means before terms are sorted into their order.
enum TermRef {
    Record(usize),
    Implied(usize),
    Refused,
}

impl<R: Record, Ix: Copy> Names<R, Ix> {
    fn new(
        records: &[Arc<R>],
        translations: &TranslationsByFile,
        mentions: Vec<Mention<'_, &str>>,
        ix: fn(usize) -> Ix,
        diagnostics: &mut Diagnostics<'_>,
    ) -> (Self, ByName<Ix>) {
        let spellings = RecordNames::of(records, translations, diagnostics);
        spellings.warn_of_alike_records(diagnostics);
        let mut implied = Implied::default();
        let mut meanings = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let meaning = spellings.meaning(&mention, &mut implied, diagnostics);
            meanings.push((mention.name, meaning));
        }
        implied::warn::<R>(&implied.terms, diagnostics);
        Self::ordered(records, spellings, implied, meanings, ix)
    }

    /// Sorts records and implied terms by id, and makes every meaning an index into that order.
    fn ordered(
        records: &[Arc<R>],
        spellings: RecordNames<'_, R>,
        implied: Implied<'_>,
        meanings: Vec<(&str, TermRef)>,
        ix: fn(usize) -> Ix,
    ) -> (Self, ByName<Ix>) {
        let mut order: Vec<(Id, Box<str>, Option<usize>)> = Vec::new();
        for (index, record) in records.iter().enumerate() {
            order.push((record.id.clone(), record.title.clone(), Some(index)));
        }
        let mut near_record = vec![None; records.len()];
        for term in implied.terms {
            order.push((term.id, term.name, None));
            near_record.push(term.near);
        }
        let mut ranks: Vec<usize> = (0..order.len()).collect();
        ranks.sort_by(|a, b| order[*a].0.cmp(&order[*b].0).then(a.cmp(b)));
        let mut rank_of = vec![0; order.len()];
        for (rank, index) in ranks.iter().enumerate() {
            rank_of[*index] = rank;
        }
        let at = |index: usize| ix(rank_of[index]);
        let by_text = meanings.into_iter().map(|(text, meaning)| {
            let found = match meaning {
                TermRef::Record(index) => Some(at(index)),
                TermRef::Implied(index) => Some(at(records.len() + index)),
                TermRef::Refused => None,
            };
            (text.into(), found)
        });
        let by_text = by_text.collect();
        let by_record = spellings.by_fold.into_iter().map(|(fold, (index, _))| (fold, at(index)));
        let by_implied = implied.by_fold.into_iter().map(|(fold, index)| (fold, at(records.len() + index)));
        let by_fold = by_record.chain(by_implied).collect();
        let entry = |rank: &usize| {
            let (id, name, record) = &order[*rank];
            let record = record.map(|index| Arc::clone(&records[index]));
            Entry { id: id.clone(), name: name.clone(), record }
        };
        let near = ranks.iter().map(|rank| near_record[*rank].map(at)).collect();
        (Self { entries: ranks.iter().map(entry).collect(), near, by_fold }, by_text)
    }
}

/// What the records' names lead to, each with where it was claimed.
struct RecordNames<'a, R> {
    by_fold: BTreeMap<String, (usize, Place)>,
    /// Names of homonyms, which are no id of any of them: the records that have it.
    ambiguous: BTreeMap<String, Vec<usize>>,
    records: &'a [Arc<R>],
    known: Vec<KnownName<'a>>,
    /// Of all known names.
    near: NearIndex,
}

/// A name that a record goes by.
struct KnownName<'a> {
    name: &'a str,
    /// Its record, among those of its kind.
    record: usize,
    is_protected: bool,
}

impl<'a, R: Record> RecordNames<'a, R> {
    fn of(
        records: &'a [Arc<R>],
        translations: &'a TranslationsByFile,
        diagnostics: &mut Diagnostics<'_>,
    ) -> Self {
        let mut spellings = Self {
            by_fold: BTreeMap::new(),
            ambiguous: BTreeMap::new(),
            records,
            known: Vec::new(),
            near: NearIndex::default(),
        };
        for (index, record) in records.iter().enumerate() {
            spellings.claim(index, record.id.as_str(), record.id_span, diagnostics);
            let naming = record.naming();
            spellings.claim(index, &record.title, record.title_span, diagnostics);
            for name in naming.names.values().chain(&naming.spellings) {
                spellings.claim(index, &name.value, name.span, diagnostics);
            }
            for name in record.short().into_iter().chain(record.translated_titles(translations)) {
                spellings.claim(index, name, record.title_span, diagnostics);
            }
        }
        let names = spellings.known.par_iter().map(|known| ComparedName::new(known.name));
        spellings.near = NearIndex::new(names.collect());
        spellings
    }

    fn claim(&mut self, index: usize, name: &'a str, span: Span, diagnostics: &mut Diagnostics<'_>) {
        let record = &self.records[index];
        let place = diagnostics.place(&record.file, span);
        let fold = fold_name(name);
        if fold == UNATTRIBUTED {
            diagnostics.push(
                Diagnostic::error(Code::RESERVED_SOURCE, format!("\"{name}\" means that no source is named"))
                    .at(place)
                    .help("give the record another name"),
            );
            return;
        }
        match self.by_fold.get(&fold) {
            None => {
                self.by_fold.insert(fold, (index, place));
                self.known.push(KnownName { name, record: index, is_protected: record.is_protected() });
            }
            Some((other, _)) if *other == index => {}
            Some((other, _)) if self.are_homonyms(index, *other) => self.share(index, *other, fold, place),
            Some((other, first)) => {
                let other = &self.records[*other].file;
                let help = "a name means one record: take it out of one of them; write the id where the other is meant";
                diagnostics.push(
                    Diagnostic::error(
                        Code::NAME_CLAIMED_TWICE,
                        format!("\"{name}\" is also a name of {other}"),
                    )
                    .at(place)
                    .label("claimed here too")
                    .also(first.clone(), "first claimed here")
                    .help(help),
                );
            }
        }
    }

    /// Whether either record lists the other under `not`.
    fn are_homonyms(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.records[one], &self.records[other]);
        is_listed(&one.id, other.not()) || is_listed(&other.id, one.not())
    }

    /// Homonyms have one name: it means the one whose id it is, or none of them.
    fn share(&mut self, index: usize, other: usize, fold: String, place: Place) {
        if self.records[index].id.as_str() == fold {
            self.by_fold.insert(fold, (index, place));
        } else if self.records[other].id.as_str() != fold {
            let records = self.ambiguous.entry(fold).or_insert_with(|| vec![other]);
            records.push(index);
        }
    }

    fn meaning<'m>(
        &self,
        mention: &Mention<'m, &'m str>,
        implied: &mut Implied<'m>,
        diagnostics: &mut Diagnostics<'_>,
    ) -> TermRef {
        let Mention { name: text, first: (file, span), count } = *mention;
        let fold = fold_name(text);
        if let Some(records) = self.ambiguous.get(&fold) {
            diagnostics.push(self.ambiguous_name(text, records, diagnostics.place(file, span)));
            return TermRef::Refused;
        }
        if let Some((record, _)) = self.by_fold.get(&fold) {
            return TermRef::Record(*record);
        }
        if let Some(index) = implied.by_fold.get(&fold) {
            implied.terms[*index].count += count;
            return TermRef::Implied(*index);
        }
        match Id::from_name(text) {
            Ok(id) => {
                let near = self.warn_if_near(text, &id, diagnostics.place(file, span), diagnostics);
                implied.terms.push(ImpliedTerm { id, name: text.into(), first: mention.first, count, near });
                implied.by_fold.insert(fold, implied.terms.len() - 1);
                TermRef::Implied(implied.terms.len() - 1)
            }
            Err(error) => {
                diagnostics.push(bad_name::<R>(text, &error, diagnostics.place(file, span)));
                TermRef::Refused
            }
        }
    }

    fn ambiguous_name(&self, text: &str, records: &[usize], place: Place) -> Diagnostic {
        let ids: Vec<String> =
            records.iter().map(|index| format!("\"{}\"", self.records[*index].id)).collect();
        Diagnostic::error(
            Code::AMBIGUOUS_NAME,
            format!("\"{text}\" is the name of more than one {}", R::WHAT),
        )
        .at(place)
        .label("which one?")
        .help(format!("write the id of the one that is meant: {}", ids.join(" or ")))
    }

    /// Two records whose names are alike or differ in one letter, and neither says that the other is another.
    fn warn_of_alike_records(&self, diagnostics: &mut Diagnostics<'_>) {
        let mut reported: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (position, known) in self.known.iter().enumerate() {
            let is_other_record = |(near, nearness): &(usize, Nearness)| {
                let near_record = self.known[*near].record;
                *near < position
                    && (nearness.is_alike || nearness.edits <= 1)
                    && near_record != known.record
                    && !self.are_homonyms(near_record, known.record)
            };
            let Some((near, _)) = self.near.near_of(position).into_iter().find(is_other_record) else {
                continue;
            };
            let pair = (self.known[near].record, known.record);
            if reported.insert(pair) {
                let (one, other) = (&self.records[pair.0], &self.records[pair.1]);
                diagnostics.push(alike_records::<R>(one, other, diagnostics));
            }
        }
    }

    /// The record that a name without one is close to.
    fn warn_if_near(
        &self,
        text: &str,
        id: &Id,
        place: Place,
        diagnostics: &mut Diagnostics<'_>,
    ) -> Option<usize> {
        let near = self.near.near(&ComparedName::new(text)).into_iter();
        let near = near.map(|(position, nearness)| (nearness.edits, &self.known[position]));
        let near = near.filter(|(_, known)| !is_listed(id, self.records[known.record].not()));
        let (_, known) = near.min_by_key(|(edits, known)| (*edits, known.name))?;
        let record = &self.records[known.record];
        let near = if known.is_protected { &*record.file } else { &*record.title };
        diagnostics.push(near_known::<R>(text, id, near, known.is_protected, place));
        Some(known.record)
    }
}

fn alike_records<R: Record>(
    one: &ArticleBase,
    other: &ArticleBase,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let message = format!("the {}s \"{}\" and \"{}\" have names that are alike", R::WHAT, one.id, other.id);
    Diagnostic::warning(Code::ALIKE_RECORDS, message)
        .at(diagnostics.place(&other.file, other.id_span))
        .also(diagnostics.place(&one.file, one.id_span), "the other")
        .help(format!(
            "if they are one, make it one record; if not, write not = [\"{}\"] here, so that readers are not misled",
            one.id
        ))
}

/// A warning; an error where the near one is protected, since a slip of the pen would publish the name that must
/// not be seen. `near` is its file then, and else the name that readers know.
fn near_known<R: Record>(text: &str, id: &Id, near: &str, is_protected: bool, place: Place) -> Diagnostic {
    if is_protected {
        // The name itself is in no message: logs of others would have it but for a letter.
        let fact = format!("a name without a record is close to a protected {}", R::WHAT);
        return Diagnostic::error(R::NEAR_CODE, fact).at(place).label("would get a public page").help(
            format!(
                "if it is that one, write the name as {near} has it; if it is another, write a record in {}/",
                R::FOLDER
            ),
        );
    }
    Diagnostic::warning(R::NEAR_CODE, format!("\"{text}\" has no record, and is close to one that has"))
        .at(place)
        .label("gets a page of its own")
        .help(format!("did you mean \"{near}\"? If it is another {}, write {}/{id}.md", R::WHAT, R::FOLDER))
}

/// Whether a record lists this id under `not`.
fn is_listed(id: &Id, not: &[Name]) -> bool {
    not.iter().any(|name| fold_name(&name.value) == id.as_str())
}

fn bad_name<R: Record>(text: &str, error: &IdError, place: Place) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::BAD_NAME, format!("\"{text}\" cannot name a {}: {error}", R::WHAT)).at(place);
    match error {
        IdError::Empty => diagnostic.help("write a name with letters or digits"),
        IdError::Reserved(_) | IdError::NotASlug(_) => {
            diagnostic.help(format!("write a record with another id in {} and give it this title", R::FOLDER))
        }
    }
}

/// Events by id: those with a record, and those that only claims name.
fn event_entries(
    sorted: &Sorted,
    mentions: Vec<Mention<'_, &Id>>,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Entry<EventRecord>> {
    let mut entries: BTreeMap<Id, Entry<EventRecord>> = BTreeMap::new();
    for record in &sorted.events {
        let id = record.id.clone();
        let name = record.title.clone();
        entries.insert(id.clone(), Entry { id, name, record: Some(Arc::clone(record)) });
    }
    let known: Vec<&str> = sorted.events.iter().map(|record| record.id.as_str()).collect();
    let index = NearIndex::new(known.iter().map(|id| ComparedName::new(id)).collect());
    for Mention { name: id, first: (file, span), .. } in mentions {
        if entries.contains_key(id) {
            continue;
        }
        let near = index.near(&ComparedName::new(id.as_str())).into_iter();
        if let Some((_, near)) = near.map(|(at, nearness)| (nearness.edits, known[at])).min() {
            let place = diagnostics.place(file, span);
            diagnostics.push(near_known::<EventRecord>(id.as_str(), id, near, false, place));
        }
        entries.insert(id.clone(), Entry { id: id.clone(), name: id.as_str().into(), record: None });
    }
    entries.into_values().collect()
}

/// A warning for each of these names.
fn warn_of_unnamed(names: &[Mention<'_, &str>], diagnostics: &mut Diagnostics<'_>) {
    for Mention { name, first: (file, span), .. } in names {
        let message = format!("\"{name}\" names no one, and so counts as \"{UNATTRIBUTED}\"");
        let record = format!("content/sources/{}.md", slugify(name));
        diagnostics.push(
            Diagnostic::warning(Code::UNNAMED_SOURCE, message)
                .at(diagnostics.place(file, *span))
                .label("adds no origin")
                .help(format!(
                    "name who says it; if no one can be named, write source = \"{UNATTRIBUTED}\", and say in `text` who they are"
                ))
                .help(format!("if this is the name of a source, write {record} with this title")),
        );
    }
}
