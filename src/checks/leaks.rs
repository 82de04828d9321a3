//! Private words in finished outputs: words of redact.txt and names of protected sources.
//!
//! Owns which names of a source are private, and what is reported if an output holds one. [`crate::private`]
//! finds the words.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::SourceRecord;
use crate::paths::OutPath;
use crate::private::{Matcher, Pattern, Rule, is_packed};
use crate::site::{Route, Site, SourceIx};
use crate::sources::{ArticleFile, Role, SourceSet};

/// At most this many places are named for one private word.
const MOST_PLACES: usize = 5;

/// A shorter name, in bytes, is part of too many words to look for.
const SHORTEST_NAME: usize = 3;

/// A word that must not reach an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrivateWord {
    /// The word of a line of redact.txt.
    Line(usize),
    /// A name of a protected source.
    Name(SourceIx),
}

/// Looks for all private words of a site.
#[derive(Clone, PartialEq, Eq)]
pub struct LeakCheck {
    matcher: Matcher,
    /// By pattern.
    words: Arc<[PrivateWord]>,
    has_redactions: bool,
}

impl LeakCheck {
    #[must_use]
    pub fn new(site: &Site, sources: &SourceSet) -> Self {
        let redactions =
            sources.redactions.words().map(|(line, pattern)| (PrivateWord::Line(line), pattern.clone()));
        let names = site.sources.indices().flat_map(|ix| {
            let record = site.sources[ix].term.record.as_deref().filter(|record| record.protected);
            let names = record.into_iter().flat_map(private_names);
            names.filter_map(move |name| Some((PrivateWord::Name(ix), Pattern::new(name, Rule::Name)?)))
        });
        let (words, patterns): (Vec<_>, Vec<_>) = redactions.chain(names).unzip();
        Self {
            matcher: Matcher::new(patterns),
            words: words.into(),
            has_redactions: !sources.redactions.is_empty(),
        }
    }

    /// The private words in an output and its path.
    #[must_use]
    pub fn found(&self, path: &OutPath, bytes: &[u8]) -> Vec<PrivateWord> {
        let mut found: Vec<PrivateWord> = self
            .matcher
            .found_in_output(bytes)
            .into_iter()
            .chain(self.matcher.found_in_path(path.as_str()))
            .map(|pattern| self.words[pattern])
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A warning for a copied file in which no word can be found.
    #[must_use]
    pub fn unsearched(&self, file: &str, bytes: &[u8]) -> Option<Diagnostic> {
        if !self.has_redactions || !is_packed(bytes) {
            return None;
        }
        let message = "the file is packed, and words of redact.txt were not looked for in it";
        let help = "look through it yourself, or attach it as plain text";
        Some(Diagnostic::warning(Code::UNSEARCHED_FILE, message).at(Place::file(file)).help(help))
    }

    fn place_in(&self, word: PrivateWord, text: &str) -> Option<Span> {
        self.matcher.place_in(text, |pattern| self.words[pattern] == word).map(Span::new)
    }
}

/// The names of a protected source that its label does not show.
///
/// A single word in small letters is no name: any text may hold it.
fn private_names(record: &SourceRecord) -> impl Iterator<Item = &str> {
    let label = record.label.as_deref().unwrap_or_default().to_lowercase();
    let names = record.naming.names.values().chain(&record.naming.spellings);
    let names = names.map(|name| name.value.as_ref());
    let names = names.chain([record.title.as_ref()]).chain(record.short.as_deref());
    names.filter(move |name| {
        let is_plain_word = name.bytes().all(|byte| byte.is_ascii_lowercase());
        name.len() >= SHORTEST_NAME && !is_plain_word && !label.contains(&name.to_lowercase())
    })
}

/// By private word: the outputs that hold it, as positions among the routes.
#[derive(Default)]
pub struct Leaks(BTreeMap<PrivateWord, Vec<usize>>);

impl Leaks {
    /// Notes that an output holds these words.
    pub fn add(&mut self, output: usize, found: &[PrivateWord]) {
        for word in found {
            let outputs = self.0.entry(*word).or_default();
            if outputs.last() != Some(&output) {
                outputs.push(output);
            }
        }
    }

    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        for (word, outputs) in other.0 {
            self.0.entry(word).or_default().extend(outputs);
        }
        self
    }

    #[must_use]
    pub fn into_diagnostics(self, check: &LeakCheck, site: &Site, sources: &SourceSet) -> Vec<Diagnostic> {
        let leaks = self.0.into_iter();
        leaks.map(|(word, outputs)| Leak::new(word, outputs).diagnostic(check, site, sources)).collect()
    }
}

/// One private word, and the outputs that hold it.
struct Leak {
    word: PrivateWord,
    outputs: Vec<usize>,
}

impl Leak {
    fn new(word: PrivateWord, mut outputs: Vec<usize>) -> Self {
        outputs.sort_unstable();
        Self { word, outputs }
    }

    fn diagnostic(&self, check: &LeakCheck, site: &Site, sources: &SourceSet) -> Diagnostic {
        let first = self.outputs.first().map_or("", |index| site.routes.all()[*index].0.as_str());
        let reaches = match self.outputs.len() {
            1 => format!("would reach {first}"),
            count => format!("would reach {count} outputs, first {first}"),
        };
        let (error, otherwise, help) = match self.word {
            PrivateWord::Line(line) => (
                Diagnostic::error(
                    Code::REDACTED_WORD,
                    format!("the word of line {line} of redact.txt {reaches}"),
                ),
                Place::file("redact.txt"),
                "take the word out of what is published, or give it to a protected source, whose label is shown in its place",
            ),
            PrivateWord::Name(ix) => {
                let record = site.sources[ix].term.record.as_ref().expect("only a record protects");
                let file = &record.file;
                (
                    Diagnostic::error(
                        Code::PROTECTED_NAME,
                        format!("a name of the protected source {file} {reaches}"),
                    ),
                    Place::file(file),
                    "write its label instead of the name; if the text means something else, give the record a longer title, which no reader sees",
                )
            }
        };
        let mut places = self.places(check, site, sources).into_iter();
        let error = error.label("is here").at(places.next().unwrap_or(otherwise));
        places.take(MOST_PLACES - 1).fold(error, |error, place| error.also(place, "and here")).help(help)
    }

    /// The word's places in published files: texts first, then copied files.
    fn places(&self, check: &LeakCheck, site: &Site, sources: &SourceSet) -> Vec<Place> {
        let is_source = |article: &&Arc<ArticleFile>| matches!(article.role, Role::Source { .. });
        // A protected source's own record may hold the word: other files come first.
        let (records, texts): (Vec<_>, Vec<_>) = sources.articles.iter().partition(is_source);
        let in_articles = texts
            .into_iter()
            .chain(records)
            .filter(|article| !self.is_named_in_own_record(site, &article.path))
            .filter_map(|article| {
                let text = sources.text(&article.path);
                let span = check.place_in(self.word, &text)?;
                Some(Place::new(&article.path, &text, span))
            });
        let copied = self.outputs.iter().filter_map(|index| match site.routes.all()[*index].1 {
            Route::File(file) => Some(Place::file(&site.files[file].path)),
            _ => None,
        });
        in_articles.chain(copied).collect()
    }

    /// The file is the record of the source whose name it is, or a translation of that record.
    fn is_named_in_own_record(&self, site: &Site, file: &str) -> bool {
        let PrivateWord::Name(ix) = self.word else { return false };
        let term = &site.sources[ix].term;
        term.record.as_ref().is_some_and(|record| *record.file == *file)
            || term.translations.values().any(|translation| *translation.file == *file)
    }
}
