//! The text of a short piece of HTML.

use super::tokens::{Token, Tokens};

/// Elements that begin a line.
const LINES: [&str; 4] = ["br", "p", "div", "li"];

/// What a reader sees of a piece of HTML without its links. What is no markup stays as it is.
#[must_use]
pub fn text_of(html: &str) -> String {
    let mut tokens = Tokens::new(html);
    let mut text = String::new();
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Text(part) => text.push_str(&part),
            Token::Start(tag) if LINES.iter().any(|name| tag.is(name)) => text.push(' '),
            Token::Start(_) | Token::End(_) | Token::Comment(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_markup_goes() {
        for (html, text) in [
            ("© A & B, 3 < 4", "© A & B, 3 < 4"),
            ("&copy; <a href=\"https://a.example/?x=1&copy=2\">A</a> contributors", "© A contributors"),
            ("A<br>B<!-- c --><script>d</script>", "A B"),
            ("<img src=\"a.png\">", ""),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }
}
