//! A text in lines of a width.
//!
//! Owns where lines are broken, and how much of a text is read at all.

use unicode_segmentation::UnicodeSegmentation;

use super::shaping::{Style, shape};

/// More than a card has room for: nothing after it is read.
const MOST_LETTERS: usize = 1000;

const CUT: char = '…';

/// A text in lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    pub lines: Vec<String>,
    /// The last line ends in `…` for what had no room.
    pub is_cut: bool,
}

/// A text without line breaks and controls.
pub fn in_one_line(text: &str) -> String {
    text.chars().map(|letter| if is_break(letter) || letter.is_control() { ' ' } else { letter }).collect()
}

/// A text whose words are measured, to be broken for several sizes.
pub struct MeasuredText<'s> {
    style: &'s Style<'s>,
    /// With their widths, in letters' sizes.
    words: Vec<(String, f32)>,
    space: f32,
    /// The text is longer than any card.
    is_cut: bool,
}

pub fn measured<'s>(text: &str, style: &'s Style<'s>) -> MeasuredText<'s> {
    let text = in_one_line(text);
    let end = text.char_indices().nth(MOST_LETTERS).map(|(end, _)| end);
    let read = &text[..end.unwrap_or(text.len())];
    let words = read.split(' ').filter(|word| !word.is_empty());
    let words = words.map(|word| (word.to_owned(), shape(word, style).width)).collect();
    MeasuredText { style, words, space: shape(" ", style).width, is_cut: end.is_some() }
}

/// Breaks a text between words, or a word that is longer than a line between letters. `width` is in letters' sizes.
pub fn wrap(text: &MeasuredText<'_>, width: f32, most_lines: usize) -> Wrapped {
    let mut is_cut = text.is_cut;
    let mut breaker = LineBreaker { style: text.style, width, space: text.space, lines: Vec::new() };
    for (word, word_width) in &text.words {
        breaker.add(word, *word_width);
        if breaker.lines.len() > most_lines {
            is_cut = true;
            break;
        }
    }
    let mut lines: Vec<String> = breaker.lines.into_iter().map(|line| line.text).collect();
    lines.truncate(most_lines);
    if is_cut && let Some(last) = lines.last_mut() {
        *last = with_cut(last, text.style, width);
    }
    Wrapped { lines, is_cut }
}

/// Where a line may be broken; spaces of numbers and times hold them together.
fn is_break(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

struct LineBreaker<'s> {
    style: &'s Style<'s>,
    width: f32,
    space: f32,
    lines: Vec<OpenLine>,
}

struct OpenLine {
    text: String,
    width: f32,
}

impl LineBreaker<'_> {
    fn add(&mut self, word: &str, width: f32) {
        if width > self.width {
            self.add_letters(word);
            return;
        }
        match self.lines.last_mut() {
            Some(line) if line.width + self.space + width <= self.width => {
                line.text.push(' ');
                line.text.push_str(word);
                line.width += self.space + width;
            }
            _ => self.lines.push(OpenLine { text: word.to_owned(), width }),
        }
    }

    /// A word that is longer than a line, in lines of its own.
    fn add_letters(&mut self, word: &str) {
        let mut line = OpenLine { text: String::new(), width: 0.0 };
        for letter in word.graphemes(true) {
            let width = shape(letter, self.style).width;
            if line.width + width > self.width && !line.text.is_empty() {
                self.lines.push(std::mem::replace(&mut line, OpenLine { text: String::new(), width: 0.0 }));
            }
            line.text.push_str(letter);
            line.width += width;
        }
        self.lines.push(line);
    }
}

/// The most of a line, up to the end of a word, that leaves room for the sign of what is missing.
fn with_cut(line: &str, style: &Style<'_>, width: f32) -> String {
    let cut = |text: &str| format!("{}{CUT}", text.trim_end_matches([' ', ',', ';', ':', '،', '؛', '.']));
    let fits = |text: &str| shape(&cut(text), style).width <= width;
    let ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
    let whole_words = ends.collect::<Vec<_>>().into_iter().rev().map(|end| &line[..end]);
    let letters = line.grapheme_indices(true).map(|(at, _)| &line[..at]).rev();
    let found = whole_words.chain(letters).find(|text| fits(text));
    cut(found.unwrap_or_default())
}
