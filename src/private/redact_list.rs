//! The words of redact.txt, next to site.toml or in private/.
//!
//! Owns what a line may hold. A line that could be read in two ways is a fault: a word that is not looked for
//! as it was meant would be published.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use encoding_rs::Encoding;

use super::masking::Masking;
use super::matcher::{Matcher, Pattern};
use super::occurrence::Rule;
use crate::diag::Diagnostic;

/// The words of a site's redact.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedactList {
    matcher: Matcher,
    /// Of each word.
    lines: Vec<ListLine>,
    /// The first list, which may be empty.
    file: Option<&'static str>,
}

/// A line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListLine {
    /// The path of the list, relative to the root.
    pub file: &'static str,
    /// From 1.
    pub line: usize,
}

impl fmt::Display for ListLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of {}", self.line, self.file)
    }
}

/// Why a line cannot be read in one way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// There is nothing to look for.
    NoLetters,
    /// This character separates words.
    SeveralWords(char),
    /// It begins like an item of a numbered list.
    Numbered,
    /// It is longer than [`LONGEST_WORD`] letters.
    TooLong,
    /// It has a control character, or the mark of a letter that was lost.
    Damaged,
}

/// The letters of the longest word or name. Text of that length is no word, and would take long to look for.
pub const LONGEST_WORD: usize = 300;

/// The text of redact.txt: UTF-8, or UTF-16 with its mark. Else what can be read of it, to mask it.
///
/// # Errors
/// The text with replacements for what is neither.
pub fn text_of_list(bytes: &[u8]) -> Result<Cow<'_, str>, Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, has_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if has_errors { Err(text) } else { Ok(text) };
    }
    match String::from_utf8_lossy(bytes) {
        // UTF-16 without its mark.
        text if text.contains('\0') => Err(text.replace('\0', "").into()),
        Cow::Owned(text) => Err(text.into()),
        text => Ok(text),
    }
}

impl RedactList {
    /// Reads one word or name a line. `#` at the beginning of a line or after a space starts a comment, and empty lines
    /// do not count. Also returns the lines that are at fault; their words are still masked, but for one too long.
    #[must_use]
    pub fn parse(file: &'static str, text: &str) -> (Self, Vec<(ListLine, ListFault)>) {
        let mut patterns = Vec::new();
        let mut lines = Vec::new();
        let mut faults = Vec::new();
        let mut known = HashSet::new();
        for (line, word) in (1..).zip(lines_of(text)) {
            let line = ListLine { file, line };
            let word = without_comment(word).trim();
            if word.is_empty() {
                continue;
            }
            if word.chars().count() > LONGEST_WORD {
                faults.push((line, ListFault::TooLong));
                continue;
            }
            faults.extend(fault(word).map(|fault| (line, fault)));
            for part in std::iter::once(word).chain(word.split(is_separator).filter(|part| *part != word)) {
                if known.insert(part)
                    && let Some(pattern) = Pattern::new(part, Rule::AnyCase)
                {
                    patterns.push(pattern);
                    lines.push(line);
                }
            }
        }
        (Self { matcher: Matcher::new(patterns), lines, file: Some(file) }, faults)
    }

    /// The words of both lists.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        if self.file.is_none() {
            return other;
        }
        let patterns =
            [&self, &other].into_iter().flat_map(|list| list.matcher.patterns()).cloned().collect();
        let lines = [self.lines, other.lines].concat();
        Self { matcher: Matcher::new(patterns), lines, file: self.file }
    }

    /// The first list of the site, which may be empty.
    #[must_use]
    pub fn file(&self) -> Option<&'static str> {
        self.file
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Each word with its line.
    pub fn words(&self) -> impl Iterator<Item = (ListLine, &Pattern)> {
        self.lines.iter().copied().zip(self.matcher.patterns())
    }

    /// The text with each letter of each word masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.matcher.masked(text)
    }

    pub fn mask_all(&self, diagnostics: &mut [Diagnostic]) {
        Masking { matcher: &self.matcher, kept: &[] }.apply(diagnostics);
    }
}

/// Lines as any system ends them.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_start_matches('\u{feff}');
    // A line feed after a carriage return ends the same line.
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .flat_map(|line| line.split(is_line_end))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn without_comment(line: &str) -> &str {
    let starts = line.match_indices('#').map(|(at, _)| at);
    let comment =
        starts.into_iter().find(|at| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
    comment.map_or(line, |at| &line[..at])
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '|'
            | '='
            | '('
            | '['
            | '{'
            | '<'
            | '"'
            | '“'
            | '«'
            | '#'
            | '\t'
            | '\u{3000}'
            | '،'
            | '؛'
            | '，'
            | '；'
            | '、'
            | '（'
            | '／'
            | '・'
    )
}

/// Signs that join two names, and are within one word too, as in AT&T or an address.
fn joins_names(before: &str, sign: char, after: &str) -> bool {
    let is_name = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
    matches!(sign, '/' | '+' | '&' | '–')
        && before.ends_with(char::is_alphabetic)
        && after.starts_with(char::is_alphabetic)
        && is_name(before)
        && is_name(after)
        && !before.contains('.')
}

/// A mark between two words, as in `Zoe - driver`, `Zoe / Ali` and `Zoe: driver`.
fn mark_between_words(word: &str) -> Option<char> {
    let parts: Vec<&str> = word.split_whitespace().collect();
    let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    let mark =
        inner.iter().find(|part| !part.contains(char::is_alphanumeric)).and_then(|part| part.chars().next());
    let before_last = parts.split_last().map_or(&[][..], |(_, before)| before);
    mark.or_else(|| before_last.iter().any(|part| part.ends_with(':')).then_some(':'))
}

fn fault(word: &str) -> Option<ListFault> {
    let is_damaged = |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && c != '\t';
    if word.contains(is_damaged) {
        return Some(ListFault::Damaged);
    }
    let has_letters = |part: &str| Pattern::new(part, Rule::AnyCase).is_some();
    if !has_letters(word) {
        return Some(ListFault::NoLetters);
    }
    let joined = word
        .char_indices()
        .find(|(at, sign)| joins_names(&word[..*at], *sign, &word[*at + sign.len_utf8()..]));
    if let Some((_, sign)) = joined {
        return Some(ListFault::SeveralWords(sign));
    }
    if let Some((at, separator)) = word.char_indices().find(|(_, c)| is_separator(*c))
        // An address of a page may hold some of them, a telephone number begins with another.
        && !word.contains("://")
        && has_letters(&word[..at])
        && has_letters(&word[at + separator.len_utf8()..])
    {
        return Some(ListFault::SeveralWords(separator));
    }
    if let Some(mark) = mark_between_words(word) {
        return Some(ListFault::SeveralWords(mark));
    }
    let from_number = word.trim_start_matches('(');
    let behind = from_number.trim_start_matches(|c: char| c.is_numeric());
    let text = behind.strip_prefix(['.', ')']).map(str::trim_start);
    let is_numbered =
        behind.len() < from_number.len() && text.is_some_and(|text| text.starts_with(char::is_alphabetic));
    is_numbered.then_some(ListFault::Numbered)
}
