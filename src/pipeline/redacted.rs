//! Words of redact.txt in what a build makes: which, and where they come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Prepared;
use crate::diag::{Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::site::Route;
use crate::source_set::{ArticleFile, Role};

/// How many files that hold a word are named.
const MOST_PLACES: usize = 5;

/// By line of redact.txt: the outputs that hold its word, as positions among the routes.
#[derive(Default)]
pub struct Redacted(BTreeMap<usize, Vec<usize>>);

impl Redacted {
    /// Looks through one output and its path.
    pub fn look(&mut self, prepared: &Prepared, index: usize, path: &OutPath, bytes: &[u8]) {
        self.add(index, &Self::lines(prepared, path, bytes));
    }

    /// The lines of redact.txt whose words an output or its path holds.
    pub fn lines(prepared: &Prepared, path: &OutPath, bytes: &[u8]) -> Vec<usize> {
        let redactions = &prepared.sources.redactions;
        redactions.found_in_output(bytes).into_iter().chain(redactions.found_in(path.as_str())).collect()
    }

    /// An output that holds the words of these lines.
    pub fn add(&mut self, index: usize, lines: &[usize]) {
        for line in lines {
            let outputs = self.0.entry(*line).or_default();
            if outputs.last() != Some(&index) {
                outputs.push(index);
            }
        }
    }

    pub fn merged(mut self, other: Self) -> Self {
        for (line, outputs) in other.0 {
            self.0.entry(line).or_default().extend(outputs);
        }
        self
    }

    pub fn into_diagnostics(self, prepared: &Prepared) -> Vec<Diagnostic> {
        self.0.into_iter().map(|(line, outputs)| tell(prepared, line, outputs)).collect()
    }
}

fn tell(prepared: &Prepared, line: usize, mut outputs: Vec<usize>) -> Diagnostic {
    outputs.sort_unstable();
    let routes = prepared.site.routes.all();
    let first = outputs.first().map_or("", |index| routes[*index].0.as_str());
    let message =
        format!("the word of line {line} of redact.txt would reach {} outputs, first {first}", outputs.len());
    let mut places = places(prepared, line, &outputs).into_iter();
    let mut told = Diagnostic::error("redacted-word", message).label("stands here");
    told = told.at(places.next().unwrap_or_else(|| Place::file("redact.txt")));
    for place in places.take(MOST_PLACES - 1) {
        told = told.also(place, "and here");
    }
    told.help("take the word out of what is published, or give it to a protected source, whose label is shown in its place")
}

/// Where the word stands in files that are published: texts first, then files that are copied.
fn places(prepared: &Prepared, line: usize, outputs: &[usize]) -> Vec<Place> {
    let sources = &prepared.sources;
    let is_source = |article: &&Arc<ArticleFile>| matches!(article.role, Role::Source { .. });
    let (records, texts): (Vec<_>, Vec<_>) = sources.articles.iter().partition(is_source);
    // A protected source may well hold the word in its record: what names it elsewhere comes first.
    let in_articles = texts.into_iter().chain(records).filter_map(|article| {
        let text = sources.text(&article.path);
        let range = sources.redactions.place_in(line, &text)?;
        Some(Place::new(&article.path, &text, Span::new(range)))
    });
    let copied = outputs.iter().filter_map(|index| match prepared.site.routes.all()[*index].1 {
        Route::File(file) => Some(Place::file(&prepared.site.files[file.get()].path)),
        _ => None,
    });
    in_articles.chain(copied).collect()
}
