//! Tokens of a page, as the HTML standard reads them (13.2.5, tokenization).
//!
//! Owns the only walk over the bytes of a page. Checks of links, text and policy read tokens, so that
//! one walk can feed all of them.
//!
//! Invariant: every byte of a page is in exactly one token, or in the raw text of a start tag.
//!
//! A tokenizer for the whole of HTML spends most of its time on text, which is passed on here as a
//! slice of the page. A property test compares this one with html5gum.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

use super::entities::{decode, decode_value};

/// Elements whose content is text up to their end tag.
const RAW_TEXT: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A part of a page.
pub enum Token<'t, 'h> {
    /// Character references are decoded. One text may come in pieces.
    Text(Cow<'h, str>),
    Start(&'t StartTag<'h>),
    /// The name of an end tag, as written.
    End(&'h str),
    /// A comment, a declaration, an end tag that is cut off, or what is read as a comment: all of it, as written.
    Comment(&'h str),
}

/// A start tag. Names are as written: compare them without case.
#[derive(Default)]
pub struct StartTag<'h> {
    pub name: &'h str,
    /// In the order of the page, values decoded. `None` for an attribute without `=`.
    pub attributes: Vec<(&'h str, Option<Cow<'h, str>>)>,
    /// The content of an element that holds only text, as written. It does not come as a token.
    pub raw_text: &'h str,
    /// Bytes of the page, from `<` to `>`.
    pub span: Range<usize>,
}

impl<'h> StartTag<'h> {
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The name in lower case; nearly always as written.
    #[must_use]
    pub fn lower_name(&self) -> Cow<'h, str> {
        lower_case(self.name)
    }

    /// The value of an attribute. If there are two of one name, the first counts.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Cow<'h, str>> {
        let mut with_value = self.attributes.iter().filter(|(_, value)| value.is_some());
        with_value.find(|(known, _)| known.eq_ignore_ascii_case(name))?.1.as_ref()
    }

    /// Whether there is such an attribute, with a value or without.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// A name in lower case, without a copy if it is that already.
#[must_use]
pub fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Where a tag ends.
#[derive(PartialEq, Eq)]
enum TagEnd {
    Bracket,
    /// The page ends within the tag: a browser drops it.
    Page,
}

/// Reads a page token by token.
pub struct Tokens<'h> {
    html: &'h str,
    /// Byte offset of the next token; always at a character's boundary.
    at: usize,
    /// Reused, so that its attributes need no new memory.
    tag: StartTag<'h>,
}

impl<'h> Tokens<'h> {
    #[must_use]
    pub fn new(html: &'h str) -> Self {
        Self { html, at: 0, tag: StartTag::default() }
    }

    /// What was not read yet.
    #[must_use]
    pub fn rest(&self) -> &'h str {
        &self.html[self.at..]
    }

    /// The next token. Not an `Iterator`, because a start tag borrows from this reader.
    pub fn next_token(&mut self) -> Option<Token<'_, 'h>> {
        let start = self.at;
        let rest = self.html.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        match memchr(b'<', rest) {
            Some(0) => self.at += 1,
            found => {
                self.at += found.unwrap_or(rest.len());
                return Some(Token::Text(decode(&self.html[start..self.at])));
            }
        }
        match self.byte() {
            Some(b'!') => self.declaration(),
            Some(b'?') => self.skip_past_bracket(),
            Some(b'/') if self.html.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                self.at += 1;
                let (name, end) = self.tag(|_, _| {});
                if end == TagEnd::Bracket {
                    return Some(Token::End(name));
                }
            }
            // Without a letter, an end tag is read as a comment.
            Some(b'/') => self.skip_past_bracket(),
            Some(letter) if letter.is_ascii_alphabetic() => return Some(self.start_tag(start)),
            _ => return Some(Token::Text(Cow::Borrowed("<"))),
        }
        Some(Token::Comment(&self.html[start..self.at]))
    }

    fn start_tag(&mut self, start: usize) -> Token<'_, 'h> {
        let mut attributes = std::mem::take(&mut self.tag.attributes);
        attributes.clear();
        // A start tag that is cut off is kept: what is in it may still be private.
        let (name, _) = self.tag(|name, value| attributes.push((name, value.map(decode_value))));
        let span = start..self.at;
        let raw_text = self.raw_text(name);
        self.tag = StartTag { name, attributes, raw_text, span };
        Token::Start(&self.tag)
    }

    fn byte(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn skip_past_bracket(&mut self) {
        let found = memchr(b'>', &self.html.as_bytes()[self.at..]);
        self.at = found.map_or(self.html.len(), |found| self.at + found + 1);
    }

    fn skip_while(&mut self, mut is_part: impl FnMut(u8) -> bool) -> &'h str {
        let start = self.at;
        let rest = &self.html.as_bytes()[start..];
        self.at += rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len());
        &self.html[start..self.at]
    }

    /// `<!` and what follows: a comment, a doctype, or what is read as a comment.
    fn declaration(&mut self) {
        self.at += 1;
        let Some(comment) = self.rest().strip_prefix("--") else { return self.skip_past_bracket() };
        self.at += 2;
        if comment.starts_with('>') || comment.starts_with("->") {
            return self.skip_past_bracket();
        }
        while let Some(found) = memmem::find(self.rest().as_bytes(), b"--") {
            let behind = &self.rest()[found + 2..];
            if let Some(rest) = behind.strip_prefix('>').or_else(|| behind.strip_prefix("!>")) {
                self.at = self.html.len() - rest.len();
                return;
            }
            self.at += found + 1;
        }
        self.at = self.html.len();
    }

    /// A tag from its name on; returns the name. Calls `visit` with each attribute, as written.
    fn tag(&mut self, mut visit: impl FnMut(&'h str, Option<&'h str>)) -> (&'h str, TagEnd) {
        let name = self.skip_while(|byte| !is_space(byte) && byte != b'/' && byte != b'>');
        loop {
            self.skip_while(|byte| is_space(byte) || byte == b'/');
            match self.byte() {
                None => return (name, TagEnd::Page),
                Some(b'>') => {
                    self.at += 1;
                    return (name, TagEnd::Bracket);
                }
                Some(_) => {
                    let start = self.at;
                    // An `=` at the beginning is a part of the name.
                    if self.byte() == Some(b'=') {
                        self.at += 1;
                    }
                    self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
                    let attribute = &self.html[start..self.at];
                    visit(attribute, self.value());
                }
            }
        }
    }

    /// The value after an attribute's name; `None` without `=`.
    fn value(&mut self) -> Option<&'h str> {
        let after_name = self.at;
        self.skip_while(is_space);
        if self.byte() != Some(b'=') {
            self.at = after_name;
            return None;
        }
        self.at += 1;
        self.skip_while(is_space);
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let rest = &self.html[self.at..];
                let end = memchr(quote, rest.as_bytes());
                self.at += end.map_or(rest.len(), |end| end + 1);
                // Without a closing quote the page ends within the tag, and there is no value.
                end.map(|end| &rest[..end])
            }
            _ => Some(self.skip_while(|byte| !is_space(byte) && byte != b'>')),
        }
    }

    /// Skips the content of an element that holds only text, and returns it.
    fn raw_text(&mut self, name: &str) -> &'h str {
        let Some(name) = RAW_TEXT.iter().find(|raw| raw.eq_ignore_ascii_case(name)) else { return "" };
        let bytes = self.html.as_bytes();
        let start = self.at;
        let mut from = start;
        self.at = self.html.len();
        while let Some(found) = memmem::find(&bytes[from..], b"</") {
            let tag = from + found + 2;
            let is_end =
                bytes.get(tag..tag + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
                    && bytes
                        .get(tag + name.len())
                        .is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'));
            if is_end {
                self.at = from + found;
                break;
            }
            from = tag;
        }
        &self.html[start..self.at]
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use html5gum::Tokenizer;
    use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
    use proptest::prelude::*;

    use super::*;

    /// Tags, attributes with a value and texts, one a line.
    fn ours(html: &str) -> String {
        let mut read = String::new();
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next_token() {
            match token {
                Token::Text(text) => push_text(&mut read, &text),
                Token::Start(tag) => {
                    push_line(&mut read, '<', &tag.name.to_ascii_lowercase());
                    // html5gum is silent about empty values.
                    for (name, value) in
                        tag.attributes.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)))
                    {
                        if !value.is_empty() {
                            push_line(&mut read, ' ', &name.to_ascii_lowercase());
                            push_line(&mut read, '=', value);
                        }
                    }
                    let is_decoded = tag.is("title") || tag.is("textarea");
                    push_text(
                        &mut read,
                        &if is_decoded { decode(tag.raw_text) } else { tag.raw_text.into() },
                    );
                }
                Token::End(name) => push_line(&mut read, '/', &name.to_ascii_lowercase()),
                Token::Comment(_) => {}
            }
        }
        read
    }

    fn by_html5gum(html: &str) -> String {
        let mut read = String::new();
        let mut attribute = String::new();
        let mut is_start = false;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let callback = |event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<()> {
            match event {
                CallbackEvent::OpenStartTag { name } => {
                    is_start = true;
                    push_line(&mut read, '<', &text(name));
                }
                CallbackEvent::AttributeName { name } => attribute = text(name),
                CallbackEvent::AttributeValue { value } if is_start => {
                    push_line(&mut read, ' ', &attribute);
                    push_line(&mut read, '=', &text(value));
                }
                CallbackEvent::CloseStartTag { .. } => is_start = false,
                CallbackEvent::EndTag { name } => {
                    is_start = false;
                    push_line(&mut read, '/', &text(name));
                }
                CallbackEvent::String { value } => push_text(&mut read, &text(value)),
                _ => {}
            }
            None
        };
        let mut emitter = CallbackEmitter::new(callback);
        emitter.naively_switch_states(true);
        assert!(Tokenizer::new_with_emitter(html, emitter).next().is_none(), "the callback takes everything");
        read
    }

    fn push_line(read: &mut String, kind: char, text: &str) {
        read.push('\n');
        read.push(kind);
        read.push_str(text);
    }

    /// A text may come in pieces.
    fn push_text(read: &mut String, text: &str) {
        let is_text = read.rsplit('\n').next().is_some_and(|line| line.starts_with('"'));
        if !text.is_empty() && !is_text {
            push_line(read, '"', "");
        }
        read.push_str(&text.replace('\n', "␤"));
    }

    #[test]
    fn attributes_are_read_and_look_alikes_are_not() {
        let html = "<!-- <a href=no> --><style>a[href=\"no\"]{}</style><A HREF='x y' id=z hidden>&lt;a href=\"no\"&gt;</a \
                    href=no><img src=\"a&amp;b\"/><title><a href=no></title><p \"id=no\">";
        let expected = "\n<style\n\"a[href=\"no\"]{}\n/style\n<a\n href\n=x y\n id\n=z\n\"<a href=\"no\">\n/a\
                        \n<img\n src\n=a&b\n<title\n\"<a href=no>\n/title\n<p\n \"id\n=no\"";
        assert_eq!(ours(html), expected);
    }

    #[test]
    fn an_end_tag_that_is_cut_off_is_no_end_tag() {
        for html in ["</p", "</p ", "</p a=\"'>", "</p a='>-->"] {
            assert_eq!(ours(html), by_html5gum(html), "{html}");
            assert_eq!(ours(html), "");
        }
    }

    proptest! {
        #[test]
        fn every_token_is_what_the_standard_says(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("<a "), Just("<p"), Just("</a"), Just("<style>"), Just("</style>"), Just("<title>"),
                    Just("</title"), Just("href=\""), Just("id='"), Just("src=x"), Just("\""), Just("'"), Just(">"),
                    Just("/>"), Just(" "), Just("="), Just("<!--"), Just("-->"), Just("<!"), Just("<?"), Just("</"),
                    Just("&amp;"), Just("&eacute;"), Just("&#233;"), Just("&copy"), Just("&"), Just("é"), Just("t"),
                    Just("\n"), Just("<"), Just("--!>"), Just("->"),
                ],
                0..30,
            )
        ) {
            // Most tags are closed, so that few pages end within one.
            let html = format!("{}\"'>-->", parts.concat());
            prop_assert_eq!(ours(&html), by_html5gum(&html), "{}", html);
        }

        #[test]
        fn every_byte_of_a_page_is_in_one_token(html in any::<String>()) {
            let mut tokens = Tokens::new(&html);
            let mut before = html.len();
            while tokens.next_token().is_some() {
                let after = tokens.rest().len();
                prop_assert!(after < before);
                before = after;
            }
            prop_assert_eq!(before, 0);
        }
    }
}
