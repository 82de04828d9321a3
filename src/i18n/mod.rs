//! The words of the interface, and dates and numbers, in each language of the site.
//!
//! Owns the Fluent bundles (`messages`, from each `file`), ICU's formatters (`formats`) and numbers in
//! texts (`numbers`, `bound_words`), the names of languages (`language_names`), the marks of words that a language lacks
//! (`fallback_marks`) and the words that name no one (`unnamed_sources`). Reads no file,
//! no clock and no locale of the machine. Escapes nothing: it returns text.
//!
//! Invariants: a language without a message of its own has the English one; dates are in the Gregorian
//! calendar in every language, because date pages are; dates, times and numbers of one language use the
//! same digits. Messages that this module fills in itself are [`REQUIRED`], and [`Messages::new`] has
//! tried each of them if it returns no error.

mod bound_words;
mod fallback_marks;
mod file;
mod formats;
mod language_names;
mod messages;
mod numbers;
mod unnamed_sources;

pub use bound_words::{Bound, bound_in, range_ends};
pub use file::MessageFile;
pub use language_names::own_name;
pub use messages::{FALLBACK, MessageError, Messages, NOTICE_WORDS, REQUIRED, RangeSense};
pub use numbers::{TextNumber, digit_value, numbers_in};
pub use unnamed_sources::UnnamedSources;

#[cfg(test)]
mod tests;

/// Fails unless these are the languages of the default theme: each table of words has all of them.
#[cfg(test)]
#[track_caller]
pub fn assert_has_every_shipped_language<'a>(languages: impl IntoIterator<Item = &'a str>) {
    let files = std::fs::read_dir("themes/default/i18n").expect("the theme has words");
    let files = files.map(|file| file.expect("it is listed").path());
    let stems = files.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let shipped: std::collections::BTreeSet<String> = stems.collect();
    let known = languages.into_iter().map(ToOwned::to_owned).collect();
    assert_eq!(shipped, known);
}
