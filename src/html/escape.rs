//! Escaping: the only place that turns text into HTML or XML.

use std::borrow::Cow;

/// Escapes for text, and for attribute values in double quotes.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    push_escaped(&mut escaped, text);
    Cow::Owned(escaped)
}

/// As [`escape`], at the end of `out`.
///
/// Control characters become U+FFFD and carriage returns are dropped, so that neither reaches a page.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_escaped) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' => "",
            _ => "\u{FFFD}",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn is_escaped(byte: u8) -> bool {
    IS_ESCAPED[usize::from(byte)]
}

// A table, because every byte of every text is looked up.
static IS_ESCAPED: [bool; 256] = {
    let mut is_escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        is_escaped[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    is_escaped[0x7F] = true;
    is_escaped[b'&' as usize] = true;
    is_escaped[b'<' as usize] = true;
    is_escaped[b'>' as usize] = true;
    is_escaped[b'"' as usize] = true;
    is_escaped
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters_are_escaped() {
        assert_eq!(escape("a<b>&\"c' é\t\n"), "a&lt;b&gt;&amp;&quot;c' é\t\n");
        assert_eq!(escape("\r\u{1}\u{7f}"), "\u{FFFD}\u{FFFD}");
        assert!(matches!(escape("plain"), Cow::Borrowed("plain")));
    }
}
