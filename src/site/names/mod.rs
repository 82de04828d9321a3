//! Names: which record or page each spelling means, across the whole site.
//!
//! A name, an id or a spelling resolves to its record whatever its case and accents; a name
//! without a record gets a term of its own. Nothing is ever merged by likeness: a name close to
//! a known one is a warning.

pub mod index;
mod mentions;
mod phonetic;
pub mod record;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::diagnostics::Diagnostics;
use super::indices::{EventIx, NeighbourhoodIx, SourceIx};
use super::published::{Sorted, TranslationsByFile};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{ArticleBase, EventRecord, Name, NeighbourhoodRecord, SourceRecord, UNATTRIBUTED};
use crate::paths::{Id, IdError, fold_name};
use index::{ByName, NameIndex};
use mentions::{At, Mentions};
use phonetic::phonetic_key;
use record::Record;

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
        let Mentions { neighbourhoods, sources, events, unattributed } = Mentions::of(sorted);
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
        let events = event_entries(sorted, events, diagnostics);
        let by_id = events.iter().map(|entry| entry.id.clone()).zip((0..).map(EventIx::from)).collect();
        let index =
            NameIndex { neighbourhoods: written, sources: written_sources, events: by_id, unattributed };
        Self { neighbourhoods, sources, events, index }
    }
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
        mentions: Vec<(&str, At<'_>)>,
        ix: fn(usize) -> Ix,
        diagnostics: &mut Diagnostics<'_>,
    ) -> (Self, ByName<Ix>) {
        let spellings = RecordNames::of(records, translations, diagnostics);
        spellings.warn_of_alike_records(diagnostics);
        let mut implied = Implied::default();
        let mut meanings = Vec::with_capacity(mentions.len());
        for (text, place) in mentions {
            let meaning = spellings.meaning(text, place, &mut implied, diagnostics);
            meanings.push((text, meaning));
        }
        Self::ordered(records, spellings, implied, meanings, ix)
    }

    /// Sorts records and implied terms by id, and makes every meaning an index into that order.
    fn ordered(
        records: &[Arc<R>],
        spellings: RecordNames<'_, R>,
        implied: Implied,
        meanings: Vec<(&str, TermRef)>,
        ix: fn(usize) -> Ix,
    ) -> (Self, ByName<Ix>) {
        let mut order: Vec<(Id, Box<str>, Option<usize>)> = Vec::new();
        for (index, record) in records.iter().enumerate() {
            order.push((record.id.clone(), record.title.clone(), Some(index)));
        }
        order.extend(implied.terms.into_iter().map(|(id, name)| (id, name, None)));
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
        (Self { entries: ranks.iter().map(entry).collect(), by_fold }, by_text)
    }
}

/// What the records' names lead to, each with where it was claimed.
struct RecordNames<'a, R> {
    by_fold: BTreeMap<String, (usize, Place)>,
    /// Names of homonyms, which are no id of any of them: the records that have it.
    ambiguous: BTreeMap<String, Vec<usize>>,
    records: &'a [Arc<R>],
    known: Vec<KnownName<'a>>,
}

/// A name that a record goes by, prepared for a quick refusal.
struct KnownName<'a> {
    name: &'a str,
    /// What its spellings have in common.
    phonetic_key: String,
    /// Of its record, among those of its kind.
    record: usize,
    length: usize,
    /// A bit for each character that occurs, modulo 64.
    letters: u64,
    is_protected: bool,
}

impl<'a> KnownName<'a> {
    fn new(name: &'a str, record: usize, is_protected: bool) -> Self {
        Self {
            name,
            phonetic_key: phonetic_key(name),
            record,
            length: name.chars().count(),
            letters: letters(name),
            is_protected,
        }
    }
}

fn letters(name: &str) -> u64 {
    name.chars().flat_map(char::to_lowercase).fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// New terms, by the names without a record.
#[derive(Default)]
struct Implied {
    terms: Vec<(Id, Box<str>)>,
    by_fold: BTreeMap<String, usize>,
}

/// The names that a record's translations give it.
fn translated_titles<'a>(
    translations: &'a TranslationsByFile,
    record: &impl Record,
) -> impl Iterator<Item = &'a str> {
    let of = translations.get(&record.file).into_iter().flat_map(BTreeMap::values);
    of.filter_map(|translation| translation.title.as_deref())
}

impl<'a, R: Record> RecordNames<'a, R> {
    fn of(
        records: &'a [Arc<R>],
        translations: &'a TranslationsByFile,
        diagnostics: &mut Diagnostics<'_>,
    ) -> Self {
        let mut spellings =
            Self { by_fold: BTreeMap::new(), ambiguous: BTreeMap::new(), records, known: Vec::new() };
        for (index, record) in records.iter().enumerate() {
            spellings.claim(index, record.id.as_str(), record.id_span, diagnostics);
            let naming = record.naming();
            spellings.claim(index, &record.title, record.title_span, diagnostics);
            for name in naming.names.values().chain(&naming.spellings) {
                spellings.claim(index, &name.value, name.span, diagnostics);
            }
            for name in record.short().into_iter().chain(translated_titles(translations, record.as_ref())) {
                spellings.claim(index, name, record.title_span, diagnostics);
            }
        }
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
                self.known.push(KnownName::new(name, index, record.is_protected()));
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

    fn meaning(
        &self,
        text: &str,
        (file, span): (&str, Span),
        implied: &mut Implied,
        diagnostics: &mut Diagnostics<'_>,
    ) -> TermRef {
        let fold = fold_name(text);
        if let Some(records) = self.ambiguous.get(&fold) {
            diagnostics.push(self.ambiguous_name(text, records, diagnostics.place(file, span)));
            return TermRef::Refused;
        }
        if let Some((record, _)) = self.by_fold.get(&fold) {
            return TermRef::Record(*record);
        }
        if let Some(index) = implied.by_fold.get(&fold) {
            return TermRef::Implied(*index);
        }
        match Id::from_name(text) {
            Ok(id) => {
                self.warn_if_near(text, &id, diagnostics.place(file, span), diagnostics);
                implied.terms.push((id, text.into()));
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

    /// Two records whose names sound the same, and neither says that the other is another.
    fn warn_of_alike_records(&self, diagnostics: &mut Diagnostics<'_>) {
        let mut by_sound: BTreeMap<&str, &KnownName<'_>> = BTreeMap::new();
        let mut told: Vec<(usize, usize)> = Vec::new();
        for known in self.known.iter().filter(|known| !known.phonetic_key.is_empty()) {
            let first = *by_sound.entry(&known.phonetic_key).or_insert(known);
            let pair = (first.record, known.record);
            let (one, other) = (&self.records[pair.0], &self.records[pair.1]);
            let is_known_other = is_listed(&one.id, other.not()) || is_listed(&other.id, one.not());
            if first.record == known.record || is_known_other || told.contains(&pair) {
                continue;
            }
            told.push(pair);
            diagnostics.push(alike_records::<R>(one, other, diagnostics));
        }
    }

    fn warn_if_near(&self, text: &str, id: &Id, place: Place, diagnostics: &mut Diagnostics<'_>) {
        let is_other = |known: &KnownName<'_>| is_listed(id, self.records[known.record].not());
        if let Some(near) = near(&self.known, text, is_other) {
            diagnostics.push(near_known::<R>(text, id, near, place));
        }
    }
}

fn alike_records<R: Record>(
    one: &ArticleBase,
    other: &ArticleBase,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let message = format!("the {}s \"{}\" and \"{}\" have names that sound alike", R::WHAT, one.id, other.id);
    Diagnostic::warning(Code::ALIKE_RECORDS, message)
        .at(diagnostics.place(&other.file, other.id_span))
        .also(diagnostics.place(&one.file, one.id_span), "the other")
        .help(format!(
            "if they are one, make it one record; if not, write not = [\"{}\"] here, so that readers are not misled",
            one.id
        ))
}

/// A warning; an error where the near one is protected, since a slip of the pen would publish
/// the name that must not be seen.
fn near_known<R: Record>(text: &str, id: &Id, near: &KnownName<'_>, place: Place) -> Diagnostic {
    if near.is_protected {
        let fact = format!("\"{text}\" has no record, and is close to a protected {}", R::WHAT);
        return Diagnostic::error(R::NEAR_CODE, fact)
            .at(place)
            .label("would get a public page")
            .help(format!("did you mean \"{}\"? If it is another, write {}/{id}.md", near.name, R::FOLDER));
    }
    let near = near.name;
    Diagnostic::warning(R::NEAR_CODE, format!("\"{text}\" has no record, and is close to one that has"))
        .at(place)
        .label("gets a page of its own")
        .help(format!("did you mean \"{near}\"? If it is another {}, write {}/{id}.md", R::WHAT, R::FOLDER))
}

/// Whether a record lists this id under `not`.
fn is_listed(id: &Id, not: &[Name]) -> bool {
    not.iter().any(|name| fold_name(&name.value) == id.as_str())
}

/// The nearest known name: one that sounds the same, or is within one edit, or two for names of eight or
/// more letters. `is_other` is true for names that are known to be of another.
fn near<'k, 'a>(
    known: &'k [KnownName<'a>],
    text: &str,
    is_other: impl Fn(&KnownName<'a>) -> bool,
) -> Option<&'k KnownName<'a>> {
    let length = text.chars().count();
    let bits = letters(text);
    let key = phonetic_key(text);
    let most = if length < 8 { 1 } else { 2 };
    let lower = text.to_lowercase();
    let sounds_alike = |known: &KnownName<'_>| !key.is_empty() && known.phonetic_key == key;
    let may_be_near = |known: &&KnownName<'a>| {
        let is_close = known.length.abs_diff(length) <= most && (known.letters ^ bits).count_ones() <= 4;
        (is_close || sounds_alike(known)) && !is_other(known)
    };
    let near = known.iter().filter(may_be_near).filter_map(|known| {
        let distance = strsim::damerau_levenshtein(&lower, &known.name.to_lowercase());
        (distance <= most || sounds_alike(known)).then_some((distance, known.name, known))
    });
    near.min_by_key(|(distance, name, _)| (*distance, *name)).map(|(.., known)| known)
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
    mentions: Vec<(&Id, At<'_>)>,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Entry<EventRecord>> {
    let mut entries: BTreeMap<Id, Entry<EventRecord>> = BTreeMap::new();
    for record in &sorted.events {
        let id = record.id.clone();
        let name = record.title.clone();
        entries.insert(id.clone(), Entry { id, name, record: Some(Arc::clone(record)) });
    }
    let known: Vec<KnownName<'_>> =
        sorted.events.iter().map(|record| KnownName::new(record.id.as_str(), 0, false)).collect();
    for (id, (file, span)) in mentions {
        if entries.contains_key(id) {
            continue;
        }
        if let Some(near) = near(&known, id.as_str(), |_| false) {
            diagnostics.push(near_known::<EventRecord>(id.as_str(), id, near, diagnostics.place(file, span)));
        }
        entries.insert(id.clone(), Entry { id: id.clone(), name: id.as_str().into(), record: None });
    }
    entries.into_values().collect()
}
