//! Private words in finished outputs: words of redact.txt and what is private of protected sources.
//!
//! Owns what is looked for, how many words that is, and what is reported if an output holds one.
//! [`crate::private`] finds the words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::protected_names::{PrivateParts, name_in_label};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::SourceRecord;
use crate::paths::OutPath;
use crate::private::{ListLine, Masking, Matcher, Pattern, is_packed};
use crate::site::{Route, Site, SourceIx};
use crate::sources::{ArticleFile, CITY_MAP, Role, SourceSet};

/// At most this many places are named for one private word.
const MOST_PLACES: usize = 5;

/// A line of redact.txt with so many words may be a list of names.
const WORDS_OF_A_SENTENCE: usize = 4;

/// A word that must not reach an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrivateWord {
    /// The word of a line of redact.txt.
    Line(ListLine),
    /// A name of a protected source, or something else that is private of it.
    Name(SourceIx),
}

/// Looks for all private words of a site.
#[derive(Clone, PartialEq, Eq)]
pub struct LeakCheck {
    matcher: Matcher,
    /// By pattern.
    words: Arc<[PrivateWord]>,
    /// Patterns of ids that are no names.
    handles: Arc<BTreeSet<usize>>,
    /// Files of protected records, which messages name.
    records: Arc<[String]>,
    /// Names of protected sources that are not looked for.
    left_out: usize,
    has_list: bool,
}

impl LeakCheck {
    /// With the search of `last` if it is for the same words: to prepare a long list takes longer than to link a site
    /// again.
    #[must_use]
    pub fn new(site: &Site, sources: &SourceSet, last: Option<&Self>) -> Self {
        let list =
            sources.redactions.words().map(|(line, pattern)| (PrivateWord::Line(line), pattern.clone()));
        let (mut words, mut patterns): (Vec<PrivateWord>, Vec<Pattern>) = list.unzip();
        let mut handles = BTreeSet::new();
        let mut records = Vec::new();
        let mut left_out = 0;
        for (ix, record) in protected(site) {
            let parts = PrivateParts::of(&site.sources[ix], record);
            handles.extend(parts.handle.map(|handle| patterns.len() + handle));
            words.extend(parts.patterns.iter().map(|_| PrivateWord::Name(ix)));
            patterns.extend(parts.patterns);
            records.push(record.file.to_string());
            left_out += parts.left_out;
        }
        let matcher = match last {
            Some(last) if last.matcher.patterns() == patterns => last.matcher.clone(),
            _ => Matcher::new(patterns),
        };
        let has_list = !sources.redactions.is_empty();
        let handles = Arc::new(handles);
        Self { matcher, words: words.into(), handles, records: records.into(), left_out, has_list }
    }

    #[must_use]
    pub fn masked_path(&self, path: &str) -> String {
        self.matcher.masked_path(path)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.matcher.is_empty()
    }

    /// The private words in an output and its path.
    #[must_use]
    pub fn found(&self, path: &OutPath, bytes: &[u8]) -> Vec<PrivateWord> {
        self.words_of(self.patterns_in(path.as_str(), bytes))
    }

    /// The private words in a file of a repository and its path. The id of a protected source that is no name is
    /// none there: briefings say so who their source is.
    #[must_use]
    pub fn found_in_repository(&self, path: &str, bytes: &[u8]) -> Vec<PrivateWord> {
        self.words_of(self.patterns_in(path, bytes).filter(|pattern| !self.handles.contains(pattern)))
    }

    fn patterns_in(&self, path: &str, bytes: &[u8]) -> impl Iterator<Item = usize> {
        self.matcher.found_in_output(bytes).into_iter().chain(self.matcher.found_in_path(path))
    }

    fn words_of(&self, patterns: impl Iterator<Item = usize>) -> Vec<PrivateWord> {
        let found: BTreeSet<PrivateWord> = patterns.map(|pattern| self.words[pattern]).collect();
        found.into_iter().collect()
    }

    /// Labels of protected sources that give a name away, and what is looked for.
    #[must_use]
    pub fn diagnostics(&self, site: &Site, sources: &SourceSet) -> Vec<Diagnostic> {
        let in_labels = protected(site).filter_map(|(_, record)| name_in_label(record, sources));
        in_labels.chain(self.summary(sources)).collect()
    }

    /// How many words are looked for; `None` if there are neither a list nor protected sources.
    fn summary(&self, sources: &SourceSet) -> Option<Diagnostic> {
        let list = sources.redactions.file();
        let place = list.or(self.records.first().map(String::as_str))?;
        let lines: BTreeSet<ListLine> = self.words.iter().filter_map(|word| word.line()).collect();
        let names = self.words.iter().filter(|word| word.line().is_none()).count();
        let lists = [
            (list.is_some(), counted(lines.len(), "word") + " of redact.txt"),
            (!self.records.is_empty(), counted(names, "name") + " or other parts of protected records"),
        ];
        let lists: Vec<String> =
            lists.into_iter().filter(|(is_there, _)| *is_there).map(|(_, list)| list).collect();
        let message = format!("looked for in every output: {}", lists.join(", "));
        let note = Diagnostic::note(Code::PRIVATE_WORDS, message).at(Place::file(place));
        Some(self.limits().into_iter().fold(note, Diagnostic::help))
    }

    /// Which words are not found in every way.
    fn limits(&self) -> Vec<String> {
        let words = || self.matcher.patterns().iter().zip(self.words.iter());
        let short = || words().filter(|(pattern, _)| !pattern.is_found_within_words());
        let long = words().filter(|(pattern, _)| pattern.word_count() >= WORDS_OF_A_SENTENCE);
        let names = short().filter(|(_, word)| word.line().is_none()).count();
        let mut limits = Vec::new();
        if let Some(lines) = listed(short().filter_map(|(_, word)| word.line())) {
            limits.push(format!("too short to be found within longer words and in pictures: {lines}"));
        }
        if let Some(lines) = listed(long.filter_map(|(_, word)| word.line())) {
            limits.push(format!("looked for as a whole, not each word alone: {lines}"));
        }
        if names > 0 {
            let count = counted(names, "name");
            limits.push(format!("found as words of their own only, and outside of addresses with their capital: {count} of one word"));
        }
        if self.left_out > 0 {
            let count = counted(self.left_out, "name");
            limits.push(format!(
                "not looked for, since any text may hold it: {count} of one plain or very short word"
            ));
        }
        limits
    }

    /// Masks all private words. The paths of protected records stay readable.
    pub fn mask_all(&self, diagnostics: &mut [Diagnostic]) {
        Masking { matcher: &self.matcher, kept: &self.records }.apply(diagnostics);
    }

    /// A warning for a copied file in which no word can be found.
    #[must_use]
    pub fn unsearched(&self, file: &str, bytes: &[u8]) -> Option<Diagnostic> {
        if self.matcher.is_empty() || !is_packed(bytes) {
            return None;
        }
        let what = if self.has_list { "words of redact.txt" } else { "names of protected sources" };
        let message = format!("the file is packed, and {what} were not looked for in it");
        let help = "look through it yourself, or attach it as plain text";
        Some(Diagnostic::warning(Code::UNSEARCHED_FILE, message).at(Place::file(file)).help(help))
    }

    /// The first place of a word in a text.
    pub(super) fn place_in(&self, word: PrivateWord, text: &str) -> Option<Span> {
        self.matcher.place_in(text, |pattern| self.words[pattern] == word).map(Span::new)
    }
}

impl PrivateWord {
    fn line(self) -> Option<ListLine> {
        match self {
            Self::Line(line) => Some(line),
            Self::Name(_) => None,
        }
    }
}

fn protected(site: &Site) -> impl Iterator<Item = (SourceIx, &SourceRecord)> {
    let records =
        site.sources.indices().filter_map(|ix| Some((ix, site.sources[ix].term.record.as_deref()?)));
    records.filter(|(_, record)| record.protected)
}

/// The lines by their list: `redact.txt, line 3, 7`. `None` if there are none.
fn listed(lines: impl Iterator<Item = ListLine>) -> Option<String> {
    let mut lists: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    lines.for_each(|line| _ = lists.entry(line.file).or_default().insert(line.line));
    let lists = lists.into_iter().map(|(file, lines)| {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        format!("{file}, line {}", lines.join(", "))
    });
    let lists: Vec<String> = lists.collect();
    (!lists.is_empty()).then(|| lists.join("; "))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
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
        let first = check.matcher.masked_path(first);
        let reaches = match self.outputs.len() {
            1 => format!("would reach {first}"),
            count => format!("would reach {count} outputs, first {first}"),
        };
        let (error, otherwise, help) = match self.word {
            PrivateWord::Line(line) => (
                Diagnostic::error(Code::REDACTED_WORD, format!("the word of {line} {reaches}")),
                Place::file(line.file),
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
        let error = match places.next() {
            Some(place) => error.label("is here").at(place),
            None => error.at(otherwise),
        };
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
            .flat_map(|article| std::iter::once(&article.path).chain(included_tables(site, article)))
            .filter_map(|file| {
                let text = sources.text(file);
                let span = check.place_in(self.word, &text)?;
                Some(Place::new(file, &text, span))
            });
        let written = site
            .config
            .notice
            .iter()
            .flat_map(|notice| [&notice.text].into_iter().chain(&notice.url).chain(notice.urls.values()));
        let in_notice = written
            .filter(|written| check.place_in(self.word, &written.text).is_some())
            .map(|written| written.place.clone());
        let copied = self.outputs.iter().filter_map(|index| match site.routes.all()[*index].1 {
            Route::File(file) | Route::PictureCopy(file, _) => Some(Place::file(&site.files[file].path)),
            _ => None,
        });
        let credit = site.city.as_ref().and_then(|linked| linked.credit.as_deref());
        let in_credit = credit.filter(|credit| check.place_in(self.word, credit).is_some());
        let in_credit = in_credit.map(|_| Place::file(CITY_MAP));
        in_articles.chain(in_notice).chain(in_credit).chain(copied).collect()
    }

    /// The file is the record of the source whose name it is, or a translation of that record.
    fn is_named_in_own_record(&self, site: &Site, file: &str) -> bool {
        let PrivateWord::Name(ix) = self.word else { return false };
        let term = &site.sources[ix].term;
        term.record.as_ref().is_some_and(|record| *record.file == *file)
            || term.translations.values().any(|translation| *translation.file == *file)
    }
}

/// The tables whose rows are claims of an article.
fn included_tables<'a>(site: &'a Site, article: &'a ArticleFile) -> impl Iterator<Item = &'a Arc<str>> {
    let is_included =
        |path: &Arc<str>| site.briefings.iter().any(|briefing| briefing.article.tables.contains(path));
    article.tables.iter().map(|table| &table.path).filter(move |path| is_included(path))
}
