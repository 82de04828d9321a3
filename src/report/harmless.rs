//! Text from files and arguments, made harmless for a terminal.

/// Like [`harmless`], for a text of several lines: those after the first are indented.
#[must_use]
pub fn harmless_lines(text: &str, indent: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join(&format!("\n{indent}"))
}

/// What could move a terminal's cursor or turn its text around becomes U+FFFD.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

pub(super) fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\t' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
