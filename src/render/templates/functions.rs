//! The functions that templates have in addition to Tera's own.
//!
//! They return text, which is escaped when it is printed. They know only the language of the page.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::i18n::{FALLBACK, Messages};

/// What [`register`] registers.
pub const NAMES: [&str; 4] = ["t", "number", "dir", "language"];

pub fn register(tera: &mut Tera, words: &Arc<Messages>, lang: &str) {
    let lang: Arc<str> = lang.into();
    tera.register_function("t", {
        let plain = plain_words(words, &lang);
        let words = Arc::clone(words);
        let lang = Arc::clone(&lang);
        move |args: Kwargs, _: &State| match plain_word(&plain, &args) {
            Some(word) => Ok(word.clone()),
            None => translate(&words, &lang, &args).map(Value::from),
        }
    });
    tera.register_function("number", {
        let words = Arc::clone(words);
        let lang = Arc::clone(&lang);
        move |args: Kwargs, _: &State| Ok::<_, Error>(words.number(&lang, args.must_get("value")?))
    });
    tera.register_function("dir", {
        let words = Arc::clone(words);
        let lang = Arc::clone(&lang);
        move |args: Kwargs, _: &State| direction(&words, &lang, &args).map(ToOwned::to_owned)
    });
    tera.register_function("language", {
        let words = Arc::clone(words);
        move |args: Kwargs, _: &State| Ok::<_, Error>(words.language_name(args.must_get("lang")?))
    });
}

/// `dir(lang="…")`: the direction of a language. `dir(text="…", lang="…")`: that of a text in a language, or in the
/// page's; empty if it is the page's.
fn direction(words: &Messages, page: &str, args: &Kwargs) -> TeraResult<&'static str> {
    match args.get::<&str>("text")? {
        Some(text) => Ok(words.dir_of_text(page, text, args.get("lang")?.unwrap_or_default())),
        None => Ok(words.dir(args.must_get("lang")?)),
    }
}

type PlainWords = HashMap<String, Value, ahash::RandomState>;

/// The messages without variables, as values: most of those on a page, so that printing one is a look-up.
fn plain_words(words: &Messages, lang: &str) -> PlainWords {
    let keys: BTreeSet<&str> = words.keys(lang).chain(words.keys(FALLBACK)).collect();
    let value = |key| Some(Value::from(words.mark(lang, key, words.word(lang, key)?)));
    keys.into_iter().filter_map(|key| Some((key.to_owned(), value(key)?))).collect()
}

fn plain_word<'a>(plain: &'a PlainWords, args: &Kwargs) -> Option<&'a Value> {
    let mut args = args.iter();
    let (Some((name, key)), None) = (args.next(), args.next()) else { return None };
    plain.get(key.as_str().filter(|_| name.as_str() == Some("key"))?)
}

/// `t(key="…", name=value)`: a message of the theme; the other arguments are its variables.
fn translate(words: &Messages, lang: &str, args: &Kwargs) -> TeraResult<String> {
    let key: &str = args.must_get("key")?;
    let mut variables = FluentArgs::new();
    for (name, value) in args.iter() {
        let name = name.as_str().unwrap_or_default();
        if name != "key" {
            variables.set(name, variable(name, value)?);
        }
    }
    words.format(lang, key, &variables).map(|text| words.mark(lang, key, text)).map_err(Error::message)
}

fn variable<'a>(name: &str, value: &'a Value) -> TeraResult<FluentValue<'a>> {
    if let Some(text) = value.as_str() {
        return Ok(FluentValue::from(text));
    }
    match value.as_f64() {
        // Plural rules are not defined for infinity, and Fluent panics on it.
        Some(number) if number.is_finite() => Ok(FluentValue::from(number)),
        _ => Err(Error::message(format!(
            "the argument `{name}` is neither text nor a number, but {}",
            value.name()
        ))),
    }
}
