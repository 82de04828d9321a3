//! Words of redact.txt and names of protected sources in what a build makes: which, and where they come
//! from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Prepared;
use crate::diag::{Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::site::{Route, SourceIx};
use crate::sources::{ArticleFile, Role};

/// How many files that hold a word are named.
const MOST_PLACES: usize = 5;

/// What must not be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private {
    /// The word of a line of redact.txt.
    Line(usize),
    /// A name of a protected source.
    Name(SourceIx),
}

/// By what must not be seen: the outputs that hold it, as positions among the routes.
#[derive(Default)]
pub struct Redacted(BTreeMap<Private, Vec<usize>>);

impl Redacted {
    /// Looks through one output and its path.
    pub fn look(&mut self, prepared: &Prepared, index: usize, path: &OutPath, bytes: &[u8]) {
        self.add(index, &Self::found(prepared, path, bytes));
    }

    /// What of it an output or its path holds.
    pub fn found(prepared: &Prepared, path: &OutPath, bytes: &[u8]) -> Vec<Private> {
        let (redactions, hidden) = (&prepared.sources.redactions, &prepared.hidden);
        let lines = redactions.found_in_output(bytes).into_iter().chain(redactions.found_in(path.as_str()));
        let names = hidden.found_in(bytes).into_iter().chain(hidden.found_in_path(path.as_str()));
        lines.map(Private::Line).chain(names.map(Private::Name)).collect()
    }

    /// An output that holds these.
    pub fn add(&mut self, index: usize, found: &[Private]) {
        for private in found {
            let outputs = self.0.entry(*private).or_default();
            if outputs.last() != Some(&index) {
                outputs.push(index);
            }
        }
    }

    pub fn merged(mut self, other: Self) -> Self {
        for (private, outputs) in other.0 {
            self.0.entry(private).or_default().extend(outputs);
        }
        self
    }

    pub fn into_diagnostics(self, prepared: &Prepared) -> Vec<Diagnostic> {
        self.0.into_iter().map(|(private, outputs)| tell(prepared, private, outputs)).collect()
    }
}

fn tell(prepared: &Prepared, private: Private, mut outputs: Vec<usize>) -> Diagnostic {
    outputs.sort_unstable();
    let routes = prepared.site.routes.all();
    let first = outputs.first().map_or("", |index| routes[*index].0.as_str());
    let reaches = match outputs.len() {
        1 => format!("would reach {first}"),
        count => format!("would reach {count} outputs, first {first}"),
    };
    let mut places = places(prepared, private, &outputs).into_iter();
    let (told, otherwise) = match private {
        Private::Line(line) => {
            let message = format!("the word of line {line} of redact.txt {reaches}");
            (Diagnostic::error("redacted-word", message), Place::file("redact.txt"))
        }
        Private::Name(ix) => {
            let record =
                prepared.site.sources[ix.get()].term.record.as_ref().expect("only a record protects");
            let message = format!("a name of the protected source {} {reaches}", record.origin.file);
            (Diagnostic::error("protected-name", message), Place::file(&record.origin.file))
        }
    };
    let mut told = told.label("stands here").at(places.next().unwrap_or(otherwise));
    for place in places.take(MOST_PLACES - 1) {
        told = told.also(place, "and here");
    }
    told.help(match private {
        Private::Line(_) => "take the word out of what is published, or give it to a protected source, whose label is shown in its place",
        Private::Name(_) => "write its label in the place of the name; if the text means something else, give the record a longer title, which nobody sees",
    })
}

/// Where the word stands in files that are published: texts first, then files that are copied.
fn places(prepared: &Prepared, private: Private, outputs: &[usize]) -> Vec<Place> {
    let sources = &prepared.sources;
    let is_source = |article: &&Arc<ArticleFile>| matches!(article.role, Role::Source { .. });
    let (records, texts): (Vec<_>, Vec<_>) = sources.articles.iter().partition(is_source);
    // A protected source may well hold the word in its record: what names it elsewhere comes first.
    let in_articles = texts.into_iter().chain(records).filter_map(|article| {
        let text = sources.text(&article.path);
        let range = match private {
            Private::Line(line) => sources.redactions.place_in(line, &text)?,
            Private::Name(ix) if is_own(prepared, ix, &article.path) => return None,
            Private::Name(ix) => prepared.hidden.place_in(ix, &text)?,
        };
        Some(Place::new(&article.path, &text, Span::new(range)))
    });
    let copied = outputs.iter().filter_map(|index| match prepared.site.routes.all()[*index].1 {
        Route::File(file) => Some(Place::file(&prepared.site.files[file.get()].path)),
        _ => None,
    });
    in_articles.chain(copied).collect()
}

/// The record itself, or a translation of it.
fn is_own(prepared: &Prepared, ix: SourceIx, file: &str) -> bool {
    let term = &prepared.site.sources[ix.get()].term;
    term.record.as_ref().is_some_and(|record| *record.origin.file == *file)
        || term.text.translations.values().any(|translation| *translation.file == *file)
}
