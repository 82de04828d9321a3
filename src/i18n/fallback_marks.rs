//! Words of the interface in another language than their page, from the message to the HTML.
//!
//! Owns two characters that are no text (Unicode keeps them for such use), and how they become markup: a word goes into
//! elements and attributes alike, and only the finished page shows which.

/// Before and after a word in the fallback language.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Elements whose content is no HTML, or in which a span cannot be.
const WITHOUT_SPANS: [&str; 6] = ["title", "style", "script", "svg", "textarea", "option"];

pub fn marked(word: &str) -> String {
    format!("{OPEN}{word}{CLOSE}")
}

/// The page with a span around each marked word; within tags and some elements the marks are only removed.
/// `attributes` are those of the span.
pub fn as_spans(html: &str, attributes: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut in_tag = false;
    let mut without_spans: Option<&str> = None;
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', OPEN, CLOSE]) {
        out.push_str(&rest[..at]);
        let sign = rest[at..].chars().next().unwrap_or_default();
        rest = &rest[at + sign.len_utf8()..];
        let has_spans = !in_tag && without_spans.is_none();
        match sign {
            OPEN if has_spans => out.push_str(&["<span", attributes, ">"].concat()),
            CLOSE if has_spans => out.push_str("</span>"),
            OPEN | CLOSE => {}
            _ => out.push(sign),
        }
        if sign == '<' && !in_tag {
            in_tag = true;
            without_spans = after_tag(rest, without_spans);
        } else if sign == '>' {
            in_tag = false;
        }
    }
    out.push_str(rest);
    out
}

/// The element without spans that is open after a tag, which follows its `<`.
fn after_tag<'h>(tag: &'h str, open: Option<&'h str>) -> Option<&'h str> {
    let name = |tag: &'h str| &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
    match (open, tag.strip_prefix('/')) {
        (Some(element), Some(end)) if name(end) == element => None,
        (Some(element), _) => Some(element),
        (None, _) => Some(name(tag)).filter(|name| WITHOUT_SPANS.contains(name)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_marked_word_is_a_span_in_text_and_plain_elsewhere() {
        let word = marked("Menu");
        let html = format!(
            "<title>{word}</title><a aria-label=\"{word}\" href=\"a\">{word}</a><svg><title>{word}</title><text>{word}</text></svg><p>{word}</p>"
        );
        assert_eq!(
            as_spans(&html, " lang=\"en\""),
            "<title>Menu</title><a aria-label=\"Menu\" href=\"a\"><span lang=\"en\">Menu</span></a>\
             <svg><title>Menu</title><text>Menu</text></svg><p><span lang=\"en\">Menu</span></p>"
        );
    }

    proptest! {
        #[test]
        fn nothing_but_marks_is_changed(text in any::<String>()) {
            let marks = [OPEN, CLOSE];
            let text = text.replace(marks, "");
            prop_assert_eq!(as_spans(&text, ""), text);
        }
    }
}
