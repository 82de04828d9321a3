//! Where a diagnostic points: a line, a column, and the part of the line that is worth showing.
//!
//! Owns how both are counted. A text with thousands of faults gets an index of its lines, so that the place of
//! each costs the same, wherever it is.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::span::Span;

/// A span of one line of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Relative to the root of the site, forward slashes.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values, in the whole line.
    pub column: u32,
    /// The line itself, without its line break; of a long one the part around the mark. Empty
    /// where the file as a whole is meant.
    pub excerpt: String,
    /// Byte offsets of the marked part within `excerpt`.
    pub mark: Range<usize>,
}

impl Place {
    /// The place of `span` in `text`. A span over several lines is cut at the end of its first.
    #[must_use]
    pub fn new(file: &str, text: &str, span: Span) -> Self {
        PlaceIndex::default().place(file, text, span)
    }

    /// A whole file, shown as its first line and column.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, excerpt: String::new(), mark: 0..0 }
    }
}

/// The lines and columns of a text at equal distances.
#[derive(Debug, Default)]
pub struct PlaceIndex {
    /// In the order of the text. The begin of the text is not among them.
    milestones: Vec<Milestone>,
}

/// An offset at which line and column are known.
#[derive(Clone, Copy, Debug, Default)]
struct Milestone {
    at: usize,
    /// Line breaks before it.
    line: usize,
    line_start: usize,
    /// Characters between the start of the line and it.
    column: usize,
}

impl Milestone {
    /// The milestone at a later offset.
    fn moved_to(self, text: &str, at: usize) -> Self {
        let between = &text[self.at..at];
        match between.rfind('\n') {
            Some(newline) => {
                let line_start = self.at + newline + 1;
                let line = self.line + between.bytes().filter(|byte| *byte == b'\n').count();
                Self { at, line, line_start, column: text[line_start..at].chars().count() }
            }
            None => Self { at, column: self.column + between.chars().count(), ..self },
        }
    }
}

impl PlaceIndex {
    /// How far a place is from a milestone at most, in bytes.
    const DISTANCE: usize = 512;

    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut last = Milestone::default();
        let offsets = (Self::DISTANCE..text.len()).step_by(Self::DISTANCE);
        let milestones = offsets.map(|offset| {
            last = last.moved_to(text, floor_char_boundary(text, offset));
            last
        });
        Self { milestones: milestones.collect() }
    }

    /// As [`Place::new`]. `text` is the text that the index was made of.
    #[must_use]
    pub fn place(&self, file: &str, text: &str, span: Span) -> Place {
        let start = floor_char_boundary(text, span.start as usize);
        let line = self.milestone(text, start);
        let line_end = line_end(text, line.line_start, start);
        let start = start.min(line_end);
        let end = floor_char_boundary(text, span.end as usize).clamp(start, line_end);
        let shown = window(text, line.line_start..line_end, start..end);
        Place {
            file: file.to_owned(),
            line: count_as_u32(line.line) + 1,
            column: count_as_u32(self.milestone(text, start).column) + 1,
            mark: start - shown.start..end.min(shown.end) - shown.start,
            excerpt: text[shown].to_owned(),
        }
    }

    fn milestone(&self, text: &str, at: usize) -> Milestone {
        let passed = self.milestones.partition_point(|milestone| milestone.at <= at);
        let last = passed.checked_sub(1).map(|index| self.milestones[index]).unwrap_or_default();
        last.moved_to(text, at)
    }
}

/// How much of a long line is shown before and behind the beginning of the mark, in bytes.
const SHOWN_BEFORE: usize = 80;
const SHOWN_BEHIND: usize = 160;

/// The end of the line around an offset, without its line break, or an offset behind all of it that is shown.
fn line_end(text: &str, line_start: usize, at: usize) -> usize {
    let looked_at = floor_char_boundary(text, at + SHOWN_BEFORE + SHOWN_BEHIND + 1);
    match text[at..looked_at].find('\n') {
        None if looked_at < text.len() => looked_at,
        newline => {
            let end = newline.map_or(text.len(), |newline| at + newline);
            line_start + text[line_start..end].trim_end_matches('\r').len()
        }
    }
}

/// The part of a line that is worth showing: all of it, unless it is a paragraph in one line.
fn window(text: &str, line: Range<usize>, mark: Range<usize>) -> Range<usize> {
    if line.len() <= SHOWN_BEFORE + SHOWN_BEHIND {
        return line;
    }
    let start = floor_char_boundary(text, mark.start.saturating_sub(SHOWN_BEFORE)).max(line.start);
    let end = floor_char_boundary(text, mark.start + SHOWN_BEHIND).clamp(mark.start, line.end);
    start..end
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn count_as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_scalar_values_from_one() {
        let text = "a\nالهلك = x\r\n";
        let at = text.find('x').unwrap();
        let place = Place::new("f.md", text, Span::new(at..at + 1));
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (2, 9, "الهلك = x"));
        assert_eq!(&place.excerpt[place.mark.clone()], "x");
    }

    #[test]
    fn a_span_past_the_end_or_inside_a_character_is_clipped_not_a_panic() {
        for span in [Span::new(0..99), Span::new(50..99), Span::new(1..2), Span { start: 3, end: 1 }] {
            let place = Place::new("f.md", "é\né", span);
            assert!(place.mark.start <= place.mark.end);
        }
    }

    fn texts() -> impl Strategy<Value = String> {
        let line = prop_oneof!["[aé中\\r ]{0,20}", "[aé]{200,900}"];
        prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn an_index_finds_the_place_that_a_walk_finds(text in texts(), start in 0..4000_u32, length in 0..300_u32) {
            let span = Span { start, end: start + length };
            prop_assert_eq!(PlaceIndex::new(&text).place("f.md", &text, span), Place::new("f.md", &text, span));
        }

        #[test]
        fn line_and_column_lead_back_to_the_span(text in texts(), start in 0..4000_usize) {
            let start = floor_char_boundary(&text, start);
            let place = PlaceIndex::new(&text).place("f.md", &text, Span::new(start..start));
            let line = text.split('\n').nth(place.line as usize - 1).unwrap();
            let line = line.trim_end_matches('\r');
            let before: usize = text.split('\n').take(place.line as usize - 1).map(|line| line.len() + 1).sum();
            let column: usize = line.chars().take(place.column as usize - 1).map(char::len_utf8).sum();
            prop_assert_eq!(before + column, start.min(before + line.len()));
            prop_assert!(line.contains(&place.excerpt));
        }
    }
}
