//! Text without markup: for the lead, for headings, for text alternatives.

use super::characters::is_bidi_control;

/// About as much as a list shows of a briefing, in scalar values.
const LEAD_CHARS: usize = 240;

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

/// The text, cut after a word if it is long.
pub(super) fn lead(text: &str) -> Box<str> {
    let folded = fold(text);
    let Some((end, _)) = folded.char_indices().nth(LEAD_CHARS) else { return folded.into() };
    let cut = &folded[..end];
    let at_word = if folded[end..].starts_with(' ') { end } else { cut.rfind(' ').unwrap_or(end) };
    // A cut may separate a direction control from its end; a lead needs neither.
    let mut lead: String = cut[..at_word].chars().filter(|&c| !is_bidi_control(c)).collect();
    lead.truncate(lead.trim_end_matches([' ', ',', ';', ':', '،', '؛']).len());
    lead.push('…');
    lead.into()
}
