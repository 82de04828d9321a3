//! Whether letters in a row are a private word: its spaces, its borders, its case.
//!
//! Owns what makes `will rain` no Will, and `J o h n` a John.

use std::ops::Range;

use super::forms::{Condition, WordForm};
use super::letters::{Gap, Letters, TAG};
use super::scripts::{Stem, is_long_for_unspaced, is_prefix, is_suffix, may_have_particles};

/// A word of at least this many letters is found within longer words, and in files that are no texts.
pub const FOUND_WITHIN: usize = 5;

/// As [`FOUND_WITHIN`], for several words with spaces between them.
const FOUND_WITHIN_SPACED: usize = 7;

/// As [`FOUND_WITHIN`], for several words written as one or with spaces elsewhere.
const FOUND_WITHIN_JOINED: usize = 12;

/// A shorter word is a part of too many contractions, as in `we're`, and of too many names in program code.
const SHORTEST_NEXT_TO_APOSTROPHE: usize = 3;

/// What a word must look like to count, apart from its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Any case counts: a word of redact.txt.
    AnyCase,
    /// A name: a single word counts with a capital only if the name has one, but for addresses and ids, and never
    /// within another word. `mark` and `will` are words of any text.
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Text,
    /// Bytes of a picture or another file that is no text.
    Binary,
    /// A file name or the path of a URL: its words have no capitals.
    Path,
}

/// A word as it was written, and how it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenWord {
    pub written: Box<str>,
    pub rule: Rule,
}

impl WrittenWord {
    fn begins_with_capital(&self) -> bool {
        self.written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }

    /// Whether the word counts within longer words.
    pub fn is_found_within(&self, form: &WordForm) -> bool {
        let count = form.letters.chars().count();
        let is_long = if form.is_single_word() {
            self.rule == Rule::AnyCase && count >= FOUND_WITHIN
        } else {
            count >= FOUND_WITHIN_SPACED
        };
        is_long || is_long_for_unspaced(&form.letters)
    }
}

/// Where a form of a word was found.
pub struct Occurrence<'a> {
    pub word: &'a WrittenWord,
    pub form: &'a WordForm,
    pub text: &'a Letters<'a>,
    pub kind: TextKind,
    /// Bytes of the folded text.
    pub range: Range<usize>,
}

impl Occurrence<'_> {
    /// The letters of the word, if it is meant here.
    pub fn letters(&self) -> Option<Range<usize>> {
        // Three letters in a row are in every picture by chance.
        if self.kind == TextKind::Binary && self.count() < FOUND_WITHIN
            || !self.text.are_whole_characters(&self.range)
        {
            return None;
        }
        let range = match &self.form.condition {
            Condition::Endings(stems) => self.with_endings(stems)?,
            Condition::LastNameFirst(comma) if !self.has_comma(self.range.start + comma) => return None,
            Condition::Umlauts(places) if !places.iter().all(|at| self.is_umlaut(*at)) => return None,
            _ if self.is_meant() => self.range.clone(),
            _ => return None,
        };
        (self.has_its_capital() && self.has_its_last_letter()).then_some(range)
    }

    fn count(&self) -> usize {
        self.form.letters.chars().count()
    }

    fn is_meant(&self) -> bool {
        let Some(spacing) = Spacing::of(self.text, &self.range, &self.form.words) else { return false };
        let count = self.count();
        if spacing.is_broken {
            return count >= FOUND_WITHIN_JOINED || self.may_be_broken(&spacing) && self.is_bordered();
        }
        if spacing.is_letter_spaced {
            return self.text.gap(self.range.start) >= Gap::Soft
                && self.text.gap(self.range.end) >= Gap::Soft;
        }
        if !self.has_whole_numbers() {
            return false;
        }
        if self.form.is_single_word() || spacing.has_all_spaces {
            return self.word.is_found_within(self.form) || self.is_bordered();
        }
        count >= FOUND_WITHIN_JOINED || is_long_for_unspaced(&self.form.letters) || self.is_bordered()
    }

    /// عبد الرحمن for عبدالرحمن; a telephone number in any groups.
    fn may_be_broken(&self, spacing: &Spacing) -> bool {
        let letters = &self.form.letters;
        let is_number = letters.bytes().all(|byte| byte.is_ascii_digit());
        self.count() >= FOUND_WITHIN_SPACED && (is_number || spacing.breaks == 1)
    }

    /// A short number at an edge is not a part of a longer one: room 217, not 2170.
    fn has_whole_numbers(&self) -> bool {
        let (text, Range { start, end }) = (self.text, self.range.clone());
        let letters = self.form.letters.as_str();
        let digits =
            |characters: &mut dyn Iterator<Item = char>| characters.take_while(char::is_ascii_digit).count();
        let (first, last) = (digits(&mut letters.chars()), digits(&mut letters.chars().rev()));
        let goes_on_before =
            text.gap(start) == Gap::Nothing && text.folded()[..start].ends_with(|c: char| c.is_ascii_digit());
        let goes_on_after =
            text.gap(end) == Gap::Nothing && text.folded()[end..].starts_with(|c: char| c.is_ascii_digit());
        !((1..FOUND_WITHIN).contains(&first) && goes_on_before
            || (1..FOUND_WITHIN).contains(&last) && goes_on_after)
    }

    fn has_its_capital(&self) -> bool {
        let may_be_another_word = match (self.word.rule, &self.form.condition) {
            (Rule::AnyCase, Condition::Endings(_)) => self.count() < FOUND_WITHIN,
            (Rule::AnyCase, _) => false,
            (Rule::Name, Condition::Endings(stems)) => stems.len() == 1,
            (Rule::Name, _) => self.form.is_single_word(),
        };
        self.kind == TextKind::Path
            || !may_be_another_word
            || !self.word.begins_with_capital()
            || self.text.character(self.range.start).is_uppercase()
            || is_address_or_id(self.text.surroundings(&self.range))
    }

    /// In a short name the final ي and ى are two letters: the second makes علي the word for "on".
    fn has_its_last_letter(&self) -> bool {
        let is_short = self.form.is_single_word() && self.count() <= 3;
        let ends_with_ya = self.word.written.ends_with(['ي', 'ی']);
        !(is_short && ends_with_ya && self.text.character_before(self.range.end) == Some('ى'))
    }

    /// A comma, or something without a space, as in an address: `doe.jane@`.
    fn has_comma(&self, at: usize) -> bool {
        let between = self.text.between(at);
        let separates = |c: char| matches!(c, ',' | ';' | '،' | '؛' | '，' | '、' | '\t' | TAG);
        (between.contains(separates) || !between.contains(char::is_whitespace)) && self.is_meant()
    }

    fn is_umlaut(&self, at: usize) -> bool {
        let at = self.range.start + at;
        let is_one =
            matches!(self.text.character(at), 'ä' | 'Ä' | 'ö' | 'Ö' | 'ü' | 'Ü' | 'ø' | 'Ø' | 'å' | 'Å');
        let next = at + 1;
        let has_mark =
            next <= self.text.folded().len() && self.text.between(next).starts_with(['\u{308}', '\u{30a}']);
        is_one || has_mark
    }

    fn with_endings(&self, stems: &[Stem]) -> Option<Range<usize>> {
        let text = self.text;
        let mut end = self.range.start;
        for stem in stems {
            if text.gap(end) < Gap::Apostrophe || end > self.range.start && text.gap(end) == Gap::Masked {
                return None;
            }
            let start = end;
            end = text.end_of_word(start);
            if !stem.is_stem_of(text.folded().get(start..end)?) {
                return None;
            }
        }
        Some(self.range.start..end)
    }

    /// A short word counts if it is a word of its own, or has only next to it what its language writes as one with
    /// it.
    fn is_bordered(&self) -> bool {
        self.begins_a_word() && self.ends_a_word()
    }

    fn begins_a_word(&self) -> bool {
        let (text, start) = (self.text, self.range.start);
        if let Some(is_border) = self.is_gap_a_border(text.gap(start)) {
            return is_border;
        }
        let Some(before) = text.character_before(start) else { return true };
        let first = text.character(start);
        is_border_of_number(first, before)
            || before.is_lowercase() && first.is_uppercase() && self.count() >= SHORTEST_NEXT_TO_APOSTROPHE
            || is_prefix(&text.folded()[text.start_of_word(start)..start], &self.form.letters)
    }

    fn ends_a_word(&self) -> bool {
        let (text, end) = (self.text, self.range.end);
        if let Some(is_border) = self.is_gap_a_border(text.gap(end)) {
            return is_border;
        }
        let (Some(last), after) = (text.character_before(end), text.character(end)) else { return true };
        let rest = &text.folded()[end..text.end_of_word(end)];
        let is_accusative = text.between(end).contains('\u{64b}')
            || text.folded()[end..]
                .chars()
                .next()
                .is_some_and(|c| text.between(end + c.len_utf8()).contains('\u{64b}'));
        is_border_of_number(last, after)
            || last.is_lowercase() && after.is_uppercase() && self.count() >= SHORTEST_NEXT_TO_APOSTROPHE
            || is_suffix(rest, &self.form.letters, is_accusative)
            || may_have_particles(&self.form.letters)
    }

    /// `None` if the letters go on.
    fn is_gap_a_border(&self, gap: Gap) -> Option<bool> {
        match gap {
            Gap::Nothing => None,
            Gap::Apostrophe => Some(self.count() >= SHORTEST_NEXT_TO_APOSTROPHE),
            Gap::Soft | Gap::Break | Gap::Masked => Some(true),
        }
    }
}

/// Whether a row of characters without spaces is an address, a path, a file name or an id: names have no capitals there.
fn is_address_or_id(row: &str) -> bool {
    row.contains("://")
        || row.contains(['@', '#', '_', '='])
        || row.starts_with(['/', '.'])
        || row.matches('/').count() > 1
        || joins_letters(row, '.')
        || joins_letters(row, ':')
}

/// A dot or colon between two letters without a space: of a host, a file or a scheme.
fn joins_letters(row: &str, sign: char) -> bool {
    row.match_indices(sign).any(|(at, _)| {
        row[..at].ends_with(char::is_alphabetic)
            && row[at + sign.len_utf8()..].starts_with(char::is_alphabetic)
    })
}

/// A number goes on with digits, a name does not.
fn is_border_of_number(own: char, next: char) -> bool {
    own.is_alphabetic() && !next.is_alphabetic()
}

/// Where the spaces of a word are, compared with how it is written.
struct Spacing {
    /// Between all its words.
    has_all_spaces: bool,
    /// Between all letters of some of its words.
    is_letter_spaced: bool,
    /// Within a word, but not between all its letters.
    is_broken: bool,
    /// How many spaces are within words.
    breaks: usize,
}

impl Spacing {
    /// `None` if something in it was masked.
    fn of(text: &Letters<'_>, range: &Range<usize>, words: &[usize]) -> Option<Self> {
        let mut spacing = Self { has_all_spaces: true, is_letter_spaced: false, is_broken: false, breaks: 0 };
        let mut starts = words.iter().peekable();
        let mut word = WordGaps::default();
        for (offset, _) in text.folded()[range.clone()].char_indices().skip(1) {
            let gap = text.gap(range.start + offset);
            if gap == Gap::Masked {
                return None;
            }
            if starts.next_if_eq(&&offset).is_some() {
                spacing.has_all_spaces &= gap >= Gap::Soft;
                spacing.add(&std::mem::take(&mut word));
            } else {
                word.add(gap);
            }
        }
        spacing.add(&word);
        // Two letters with a space between them are in any text.
        if spacing.is_letter_spaced && text.folded()[range.clone()].chars().count() < 3 {
            spacing.is_broken = true;
        }
        Some(spacing)
    }

    fn add(&mut self, word: &WordGaps) {
        self.breaks += word.breaks;
        if word.breaks > 0 {
            let is_letter_spaced = word.separated == word.all;
            self.is_letter_spaced |= is_letter_spaced;
            self.is_broken |= !is_letter_spaced;
        }
    }
}

/// How many of the places between the letters of one word have something in them.
#[derive(Default)]
struct WordGaps {
    all: usize,
    separated: usize,
    breaks: usize,
}

impl WordGaps {
    fn add(&mut self, gap: Gap) {
        self.all += 1;
        self.separated += usize::from(gap >= Gap::Soft);
        self.breaks += usize::from(gap == Gap::Break);
    }
}
