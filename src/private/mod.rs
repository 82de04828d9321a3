//! Private words: words of redact.txt and names of protected sources.
//!
//! Owns how a private word is found, whatever its case, accents, spacing, script forms and encoding, and
//! how it is masked. Reads no file, and does not decide what happens when a word is found.
//!
//! Invariant: a masked text holds none of the words, and has as many characters as before.

mod encodings;
mod folded;
mod matcher;
mod readings;
mod redact_list;

pub use encodings::is_packed;
pub use matcher::{Matcher, Pattern, Rule};
pub use redact_list::RedactList;

#[cfg(test)]
mod tests;
