//! Tags with their attributes, and what stands between them, as the HTML standard reads them
//! (13.2.5, tokenization).
//!
//! A tokenizer for the whole of HTML spends most of its time on text, which is only passed on here,
//! as it is written. A property test holds this reader against html5gum, which also decodes what
//! holds character references.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use memchr::{memchr, memmem};

/// Elements whose content is text up to their end tag, whatever it looks like.
const RAW_TEXT: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A start tag: its name and its attributes that have a value, in the order of the text. Names
/// are as written: compare them without case.
pub struct Tag<'h> {
    pub name: &'h str,
    pub attributes: Vec<(&'h str, Cow<'h, str>)>,
    /// Attributes without a value.
    pub bare: Vec<&'h str>,
    /// What follows, up to the end tag, where the element holds only text.
    pub raw_text: &'h str,
}

impl<'h> Tag<'h> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute; the first counts where it stands twice.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.value(name).map(AsRef::as_ref)
    }

    /// As [`Tag::attribute`], for longer than the tag; empty where there is none. Mostly a part of the page.
    pub fn cloned(&self, name: &str) -> Cow<'h, str> {
        self.value(name).cloned().unwrap_or_default()
    }

    fn value(&self, name: &str) -> Option<&Cow<'h, str>> {
        let found = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// An attribute stands there, with a value or without.
    pub fn has(&self, name: &str) -> bool {
        self.bare.iter().any(|known| known.eq_ignore_ascii_case(name)) || self.attribute(name).is_some()
    }
}

/// A part of a page. Text is as written, with its character references: see [`decoded`].
pub enum Token<'t, 'h> {
    Text(&'h str),
    /// What an element that holds only text holds stands here, and is not told again.
    Start(&'t Tag<'h>),
    End(&'h str),
}

/// Calls `visit` with every start tag that has attributes or raw text.
pub fn start_tags<'h>(html: &'h str, mut visit: impl FnMut(&Tag<'h>)) {
    tokens(html, |token| match token {
        Token::Start(tag) if !tag.attributes.is_empty() || !tag.raw_text.is_empty() => visit(tag),
        _ => {}
    });
}

/// Calls `visit` with every part of a page but comments and declarations. A text may come in pieces.
pub fn tokens<'h>(html: &'h str, mut visit: impl FnMut(Token<'_, 'h>)) {
    let mut reader = Reader { html, at: 0 };
    let mut tag = Tag { name: "", attributes: Vec::new(), bare: Vec::new(), raw_text: "" };
    while let Some(found) = memchr(b'<', &html.as_bytes()[reader.at..]) {
        if found > 0 {
            visit(Token::Text(&html[reader.at..reader.at + found]));
        }
        reader.at += found + 1;
        match html.as_bytes().get(reader.at) {
            Some(b'!') => reader.declaration(),
            Some(b'?') => reader.skip_past(">"),
            Some(b'/') if reader.next_is_letter() => {
                reader.at += 1;
                visit(Token::End(reader.tag(|_, _| {})));
            }
            Some(b'/') => reader.bogus_end_tag(),
            Some(letter) if letter.is_ascii_alphabetic() => {
                tag.attributes.clear();
                tag.bare.clear();
                tag.name = reader.tag(|name, value| match value {
                    Some(value) => tag.attributes.push((name, value)),
                    None => tag.bare.push(name),
                });
                tag.raw_text = reader.raw_text(tag.name);
                visit(Token::Start(&tag));
            }
            _ => visit(Token::Text(&html[reader.at - 1..reader.at])),
        }
    }
    if reader.at < html.len() {
        visit(Token::Text(&html[reader.at..]));
    }
}

struct Reader<'h> {
    html: &'h str,
    /// Byte offset; always at a character's boundary.
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

impl<'h> Reader<'h> {
    fn byte(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn next_is_letter(&self) -> bool {
        self.html.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_alphabetic)
    }

    fn skip_past(&mut self, end: &str) {
        let found = memmem::find(&self.html.as_bytes()[self.at..], end.as_bytes());
        self.at = found.map_or(self.html.len(), |found| self.at + found + end.len());
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
        if !self.html[self.at..].starts_with("--") {
            self.skip_past(">");
            return;
        }
        self.at += 2;
        let rest = &self.html[self.at..];
        if rest.starts_with('>') || rest.starts_with("->") {
            self.skip_past(">");
            return;
        }
        let ends = ["-->", "--!>"].map(|end| rest.find(end).map(|found| found + end.len()));
        self.at += ends.into_iter().flatten().min().unwrap_or(rest.len());
    }

    /// `</` without a letter: `</>` is nothing, everything else is read as a comment.
    fn bogus_end_tag(&mut self) {
        self.at += 1;
        self.skip_past(">");
    }

    /// A tag from its name on; returns the name.
    fn tag(&mut self, mut visit: impl FnMut(&'h str, Option<Cow<'h, str>>)) -> &'h str {
        let name = self.skip_while(|byte| !is_space(byte) && byte != b'/' && byte != b'>');
        loop {
            self.skip_while(|byte| is_space(byte) || byte == b'/');
            match self.byte() {
                None => return name,
                Some(b'>') => {
                    self.at += 1;
                    return name;
                }
                Some(_) => {
                    let start = self.at;
                    // An `=` at the beginning is a part of the name.
                    if self.byte() == Some(b'=') {
                        self.at += 1;
                    }
                    self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
                    let attribute = &self.html[start..self.at];
                    let value = self.value();
                    visit(attribute, value.map(decoded));
                }
            }
        }
    }

    /// The value behind an attribute's name; none where there is no `=`.
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
                // Without a closing quote the file ends within the tag, which is then dropped.
                end.map(|end| &rest[..end])
            }
            _ => Some(self.skip_while(|byte| !is_space(byte) && byte != b'>')),
        }
    }

    /// Skips the content of an element that holds only text, and returns it.
    fn raw_text(&mut self, name: &str) -> &'h str {
        let Some(name) = RAW_TEXT.iter().find(|raw| raw.eq_ignore_ascii_case(name)) else { return "" };
        let bytes = self.html.as_bytes();
        let (start, mut from) = (self.at, self.at);
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

/// A value or a text with its character references decoded.
pub fn decoded(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    if let Some(text) = decoded_plainly(value) {
        return Cow::Owned(text);
    }
    let tag = format!("<a b=\"{}\">", value.replace('"', "&quot;"));
    let mut text = String::new();
    let emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
            if let CallbackEvent::AttributeValue { value } = event {
                text = String::from_utf8_lossy(value).into_owned();
            }
            None
        });
    read_to_the_end(Tokenizer::new_with_emitter(&tag, emitter));
    Cow::Owned(text)
}

/// The quick way, where there are none but those that escaping makes.
fn decoded_plainly(value: &str) -> Option<String> {
    const MADE_BY_ESCAPING: [(&str, char); 6] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#x27;", '\''), ("#39;", '\'')];
    let mut parts = value.split('&');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (name, meant) = MADE_BY_ESCAPING.iter().find(|(name, _)| part.starts_with(name))?;
        text.push(*meant);
        text.push_str(&part[name.len()..]);
    }
    Some(text)
}

/// Runs a tokenizer whose callback takes everything, so that it never hands out a token.
fn read_to_the_end(mut tokens: impl Iterator<Item = Result<Infallible, Infallible>>) {
    let token = tokens.next();
    debug_assert!(token.is_none());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(html: &str) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        start_tags(html, |tag| {
            let told = |(name, value): &(&str, Cow<'_, str>)| {
                (tag.name.to_ascii_lowercase(), name.to_ascii_lowercase(), value.to_string())
            };
            found.extend(tag.attributes.iter().map(told));
        });
        found
    }

    fn by_html5gum(html: &str) -> Vec<(String, String, String)> {
        let (mut tag, mut name, mut found) = (String::new(), String::new(), Vec::new());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
                match event {
                    CallbackEvent::OpenStartTag { name } => tag = text(name),
                    CallbackEvent::EndTag { .. } => tag.clear(),
                    CallbackEvent::AttributeName { name: bytes } => name = text(bytes),
                    CallbackEvent::AttributeValue { value } if !tag.is_empty() => {
                        found.push((tag.clone(), name.clone(), text(value)));
                    }
                    CallbackEvent::CloseStartTag { .. } => tag.clear(),
                    _ => {}
                }
                None
            });
        emitter.naively_switch_states(true);
        read_to_the_end(Tokenizer::new_with_emitter(html, emitter));
        found
    }

    #[test]
    fn attributes_are_read_and_look_alikes_are_not() {
        let html = "<!-- <a href=no> --><style>a[href=\"no\"]{}</style><A HREF='x y' id=z>&lt;a href=\"no\"&gt;</a \
                    href=no><img src=\"a&amp;b\"/><title><a href=no></title><p \"id=no\">";
        let expected = [("a", "href", "x y"), ("a", "id", "z"), ("img", "src", "a&b"), ("p", "\"id", "no\"")];
        let expected = expected.map(|(tag, name, value)| (tag.to_owned(), name.to_owned(), value.to_owned()));
        assert_eq!(ours(html), expected);
    }

    proptest! {
        #[test]
        fn what_it_reads_is_what_the_standard_reads(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("<a "), Just("<p"), Just("</a"), Just("<style>"), Just("</style>"), Just("<title>"),
                    Just("</title"), Just("href=\""), Just("id='"), Just("src=x"), Just("\""), Just("'"), Just(">"),
                    Just("/>"), Just(" "), Just("="), Just("<!--"), Just("-->"), Just("<!"), Just("<?"), Just("</"),
                    Just("&amp;"), Just("é"), Just("t"), Just("\n"), Just("<"), Just("--!>"), Just("->"),
                ],
                0..30,
            )
        ) {
            // Closed, so that no tag is cut off at the end of the file.
            let html = format!("{}\"'>-->", parts.concat());
            let mut ours = ours(&html);
            // html5gum is silent about empty values.
            ours.retain(|(_, _, value)| !value.is_empty());
            prop_assert_eq!(ours, by_html5gum(&html), "{}", html);
        }

        #[test]
        fn no_text_panics(html in any::<String>()) {
            ours(&html);
        }
    }
}
