//! Text without markup: for the lead, for headings, for text alternatives.

use unicode_segmentation::UnicodeSegmentation as _;

use super::characters::is_bidi_control;

/// About as much as a list shows of a briefing, in scalar values.
const LEAD_CHARS: usize = 240;

/// How far back from there a lead is cut for the sake of a whole word. Scripts without spaces, and addresses,
/// have none.
const LONGEST_WORD: usize = 40;

/// White space folded, ends trimmed.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The text, cut after a word if it is long, and never within a letter and its marks.
pub(super) fn lead(text: &str) -> Box<str> {
    let folded = fold(text);
    let Some((limit, _)) = folded.char_indices().nth(LEAD_CHARS) else { return folded.into() };
    let starts = folded.grapheme_indices(true).map(|(start, _)| start);
    let end = starts.take_while(|start| *start <= limit).last().unwrap_or(limit);
    let cut = &folded[..end];
    let last_space = cut.rfind(' ').filter(|space| cut[*space..].chars().count() <= LONGEST_WORD);
    let at_word = if folded[end..].starts_with(' ') { end } else { last_space.unwrap_or(end) };
    // A cut may separate a direction control from its end; a lead needs neither.
    let mut lead: String = cut[..at_word].chars().filter(|&c| !is_bidi_control(c)).collect();
    let ends = [' ', ',', ';', ':', '·', '،', '؛', '、', '，', '；', '：'];
    lead.truncate(lead.trim_end_matches(ends).len());
    lead.push('…');
    lead.into()
}
