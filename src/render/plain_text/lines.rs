//! Text as blocks, and blocks as lines of a width.
//!
//! Owns white space, the breaking of lines and the marks of direction.
//!
//! Invariants: only a verbatim line, or one with a single long word, is wider than its limit; an
//! isolated text is isolated in each of its lines, since a paragraph of Unicode's bidirectional
//! algorithm ends with the line.

use crate::bidi::is_right_to_left;
use std::fmt::Write as _;

use memchr::{memchr, memrchr};
use unicode_width::UnicodeWidthChar as _;

/// The direction of the lines of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    Left,
    Right,
    /// By the first letter.
    #[default]
    Auto,
}

impl Direction {
    pub fn of(word: &str) -> Self {
        match word {
            "rtl" => Self::Right,
            "ltr" => Self::Left,
            _ => Self::Auto,
        }
    }
}

const LEFT_ISOLATE: char = '\u{2066}';
const RIGHT_ISOLATE: char = '\u{2067}';
const FIRST_ISOLATE: char = '\u{2068}';
const END_ISOLATE: char = '\u{2069}';
const LEFT_MARK: char = '\u{200e}';
const RIGHT_MARK: char = '\u{200f}';

/// How a block is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    /// Underlined with this.
    Heading(char),
    /// Line by line as it is.
    Verbatim,
}

impl Form {
    pub fn heading(level: usize) -> Option<Self> {
        match level {
            1 => Some(Self::Heading('=')),
            2 => Some(Self::Heading('-')),
            _ => None,
        }
    }
}

/// A text, not yet in lines.
#[derive(Debug)]
pub struct Block {
    /// The prefix of the first line, and of every other line.
    pub first: String,
    pub rest: String,
    pub text: String,
    /// There is an empty line before it.
    pub is_apart: bool,
    pub form: Form,
    direction: Direction,
}

impl Block {
    pub fn indent(&mut self, first: &str, rest: &str) {
        self.first.insert_str(0, first);
        self.rest.insert_str(0, rest);
    }

    fn break_into<'b>(&'b self, columns: usize, lines: &mut Vec<&'b str>) {
        match self.form {
            Form::Verbatim => lines.extend(self.text.trim_matches('\n').split('\n')),
            _ => break_text(&self.text, columns.saturating_sub(width(&self.rest)).max(8), lines),
        }
    }
}

#[derive(Default)]
pub struct Blocks {
    done: Vec<Block>,
    line: String,
    has_space: bool,
    has_gap: bool,
    /// Of the next blocks.
    pub direction: Direction,
}

impl Blocks {
    pub fn len(&self) -> usize {
        self.done.len()
    }

    pub fn line_is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Adds text, in which all white space is one space.
    pub fn text(&mut self, text: &str) {
        let from_word = text.trim_ascii_start();
        self.has_space |= from_word.len() < text.len();
        let words = from_word.trim_ascii_end();
        if words.is_empty() {
            return;
        }
        self.give_space();
        if is_single_spaced(words) {
            self.line.push_str(words);
        } else {
            for word in words.split_ascii_whitespace() {
                self.give_space();
                self.line.push_str(word);
                self.has_space = true;
            }
        }
        self.has_space = words.len() < from_word.len();
    }

    fn give_space(&mut self) {
        if self.has_space && !self.line.is_empty() {
            self.line.push(' ');
        }
        self.has_space = false;
    }

    /// Adds text right after the last word, without the white space between.
    pub fn close_with(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// ` [7]`
    pub fn close_with_number(&mut self, number: usize) {
        write!(self.line, " [{number}]").expect("a string takes all that is written");
    }

    /// Adds text with its white space.
    pub fn verbatim(&mut self, text: &str) {
        self.line.push_str(text);
    }

    pub fn isolate(&mut self, direction: Direction) {
        self.give_space();
        self.line.push(match direction {
            Direction::Left => LEFT_ISOLATE,
            Direction::Right => RIGHT_ISOLATE,
            Direction::Auto => FIRST_ISOLATE,
        });
    }

    pub fn end_isolate(&mut self) {
        if self.line.ends_with([LEFT_ISOLATE, RIGHT_ISOLATE, FIRST_ISOLATE]) {
            self.line.pop();
        } else {
            self.line.push(END_ISOLATE);
        }
    }

    pub fn forget_line(&mut self) {
        self.line.clear();
        self.has_space = false;
    }

    /// Leaves an empty line before the next block.
    pub fn gap(&mut self) {
        self.has_gap = true;
    }

    pub fn flush(&mut self) {
        self.flush_as(Form::Text);
    }

    pub fn flush_as(&mut self, form: Form) {
        self.has_space = false;
        if self.line.is_empty() {
            return;
        }
        // A clone, so that the buffer of the line is used again.
        let text = self.line.clone();
        self.line.clear();
        self.push(form, text);
    }

    pub fn push(&mut self, form: Form, text: String) {
        let is_apart = std::mem::take(&mut self.has_gap);
        let direction = self.direction;
        self.done.push(Block { first: String::new(), rest: String::new(), text, is_apart, form, direction });
    }

    pub fn push_block(&mut self, mut block: Block) {
        block.is_apart |= std::mem::take(&mut self.has_gap);
        self.done.push(block);
    }

    /// Adds a prefix to the blocks from `start` on: `first` to the very first line.
    pub fn indent(&mut self, start: usize, first: &str, rest: &str) {
        for (index, block) in self.done.iter_mut().enumerate().skip(start) {
            block.indent(if index == start { first } else { rest }, rest);
        }
    }

    pub fn take_from(&mut self, start: usize) -> Vec<Block> {
        self.has_gap = false;
        self.done.split_off(start.min(self.done.len()))
    }

    /// All blocks as lines.
    pub fn lay_out(self, columns: usize) -> String {
        let len = self.done.iter().map(|block| block.text.len() + 16).sum();
        let mut out = String::with_capacity(len);
        let mut lines = Vec::new();
        for block in &self.done {
            if block.is_apart && !out.is_empty() {
                out.push('\n');
            }
            lines.clear();
            block.break_into(columns, &mut lines);
            lay_out(block, &lines, &mut out);
        }
        out
    }
}

/// All white space is single spaces, as in nearly all texts. The folds have no early end, so that they
/// check many bytes at once.
fn is_single_spaced(words: &str) -> bool {
    let bytes = words.as_bytes();
    let pairs = bytes.iter().zip(&bytes[1..]);
    let has_two = pairs.fold(false, |found, (a, b)| found | (*a == b' ') & (*b == b' '));
    let has_other =
        bytes.iter().fold(false, |found, byte| found | matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c'));
    !has_two && !has_other
}

fn lay_out(block: &Block, lines: &[&str], out: &mut String) {
    // Without a letter from right to left no isolation is needed, and a program that does not know
    // the marks may show a box for each.
    let is_plain = block.direction != Direction::Right && !has_right_to_left(&block.text);
    let mut isolates: Vec<char> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if block.form != Form::Verbatim && !is_plain {
            out.extend(mark(line, &isolates, block.direction));
        }
        out.push_str(if index == 0 { &block.first } else { &block.rest });
        if is_plain {
            push_without_isolates(line, out);
        } else {
            push_isolated(line, &mut isolates, out);
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
    if let Form::Heading(sign) = block.form {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        out.push_str(&block.rest);
        out.extend(std::iter::repeat_n(sign, widest));
        out.push('\n');
    }
}

/// The first byte of all isolating marks, and of little else.
const MARK: u8 = 0xe2;

fn push_without_isolates(mut line: &str, out: &mut String) {
    while let Some(at) = memchr(MARK, line.as_bytes()) {
        let (before, from) = line.split_at(at);
        let mut rest = from.chars();
        let c = rest.next();
        out.push_str(before);
        out.extend(c.filter(|c| !matches!(*c, LEFT_ISOLATE..=END_ISOLATE)));
        line = rest.as_str();
    }
    out.push_str(line);
}

/// Writes a line that opens the isolates of the line before again, and closes all at its end.
fn push_isolated(line: &str, isolates: &mut Vec<char>, out: &mut String) {
    out.extend(isolates.iter());
    if !line.as_bytes().contains(&MARK) {
        out.push_str(line);
    } else {
        for c in line.chars() {
            match c {
                LEFT_ISOLATE | RIGHT_ISOLATE | FIRST_ISOLATE => isolates.push(c),
                END_ISOLATE if isolates.pop().is_none() => continue,
                _ => {}
            }
            out.push(c);
        }
    }
    out.extend(isolates.iter().map(|_| END_ISOLATE));
}

/// The mark that a line needs for the direction of its block. Programs that show text go by the first
/// letter.
fn mark(line: &str, isolates: &[char], direction: Direction) -> Option<char> {
    let first = first_direction(line, isolates.len());
    match direction {
        Direction::Right => (first != Some(Direction::Right)).then_some(RIGHT_MARK),
        Direction::Left => (first == Some(Direction::Right)).then_some(LEFT_MARK),
        Direction::Auto => None,
    }
}

/// The direction of the first letter that is not isolated (UAX #9, P2).
fn first_direction(line: &str, mut depth: usize) -> Option<Direction> {
    for c in line.chars() {
        match c {
            LEFT_ISOLATE | RIGHT_ISOLATE | FIRST_ISOLATE => depth += 1,
            END_ISOLATE => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if is_right_to_left(c) => return Some(Direction::Right),
            c if c.is_alphabetic() => return Some(Direction::Left),
            _ => {}
        }
    }
    None
}

fn has_right_to_left(text: &str) -> bool {
    // The first bytes of such letters, and of others: most texts have none. A fold without an early
    // end checks many bytes at once.
    let may_be = |byte: u8| byte >= 0xd6 && byte != MARK;
    text.bytes().fold(false, |found, byte| found | may_be(byte)) && text.chars().any(is_right_to_left)
}

/// The width of a text in columns.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(columns_of).sum() }
}

fn columns_of(c: char) -> usize {
    if c.is_ascii() { 1 } else { c.width().unwrap_or(0) }
}

/// The lines of a text with single spaces: each holds as many words as it can.
pub fn break_text<'t>(text: &'t str, room: usize, lines: &mut Vec<&'t str>) {
    // The start of the line, the end of its last word, and the width up to there.
    let (mut start, mut end, mut wide) = (0, 0, 0);
    let mut at = 0;
    while at <= text.len() {
        if at == start
            && let Some(fits) = end_within(text, start, room)
        {
            (end, wide) = (fits, width(&text[start..fits]));
            at = end + 1;
            continue;
        }
        let word_end = memchr(b' ', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        let word_width = width(&text[at..word_end]);
        if at > start && wide + 1 + word_width > room {
            lines.push(&text[start..end]);
            (start, wide) = (at, 0);
            continue;
        }
        wide += usize::from(at > start) + word_width;
        if wide > room && at == start {
            (start, wide) = break_within(text, at, word_end, room, lines);
        }
        end = word_end;
        at = end + 1;
    }
    lines.push(&text[start..end.max(start)]);
}

/// The end of the last word that fits by its bytes: no character has more columns than bytes.
fn end_within(text: &str, start: usize, room: usize) -> Option<usize> {
    let rest = &text.as_bytes()[start..];
    if rest.len() <= room {
        return Some(text.len());
    }
    memrchr(b' ', &rest[..=room]).filter(|space| *space > 0).map(|space| start + space)
}

/// Breaks a word that is too wide, if its script has no spaces. Returns the start of the last line and
/// its width.
fn break_within<'t>(
    text: &'t str,
    mut start: usize,
    end: usize,
    room: usize,
    lines: &mut Vec<&'t str>,
) -> (usize, usize) {
    let word_start = start;
    let (mut wide, mut may_break) = (0, false);
    for (at, c) in text[word_start..end].char_indices() {
        let at = word_start + at;
        let here = is_without_spaces(c);
        if wide + columns_of(c) > room && (here || may_break) && columns_of(c) > 0 && at > start {
            lines.push(&text[start..at]);
            (start, wide) = (at, 0);
        }
        wide += columns_of(c);
        may_break = here;
    }
    (start, wide)
}

/// Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
