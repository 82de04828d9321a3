//! Character references, decoded as the HTML standard reads them (13.2.5.72).

use std::borrow::Cow;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};
use memchr::memchr;

/// A text with its character references decoded. `<` and quotes have no meaning in it.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let decoded = decode_escapes(text).unwrap_or_else(|| {
        let mut tokenizer = Tokenizer::new_with_emitter(text, strings());
        // The state of a `<title>`: only references are markup in it.
        tokenizer.set_state(State::RcData);
        tokenizer.flatten().collect()
    });
    Cow::Owned(decoded)
}

/// The value of an attribute, where `&copy=` is no reference: a URL may hold it.
pub(super) fn decode_value(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let decoded = decode_escapes(value).unwrap_or_else(|| {
        let tag = format!("<a b=\"{}\">", value.replace('"', "&quot;"));
        Tokenizer::new_with_emitter(&tag, strings()).flatten().collect()
    });
    Cow::Owned(decoded)
}

/// The quick way, if all references are ones that escaping makes.
fn decode_escapes(text: &str) -> Option<String> {
    const ESCAPES: [(&str, char); 6] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#x27;", '\''), ("#39;", '\'')];
    let mut parts = text.split('&');
    let mut decoded = parts.next()?.to_owned();
    for part in parts {
        let (name, character) = ESCAPES.iter().find(|(name, _)| part.starts_with(name))?;
        decoded.push(*character);
        decoded.push_str(&part[name.len()..]);
    }
    Some(decoded)
}

/// Hands out the texts and the values that a tokenizer reads.
fn strings() -> CallbackEmitter<impl FnMut(CallbackEvent<'_>, Span<()>) -> Option<String>, String> {
    CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| match event {
        CallbackEvent::String { value } | CallbackEvent::AttributeValue { value } => {
            Some(String::from_utf8_lossy(value).into_owned())
        }
        _ => None,
    })
}
