//! Private words: words of redact.txt, names of protected sources, and passwords in addresses.
//!
//! Owns how a private word is found, whatever its case, accents, spacing, script forms and encoding, and
//! how it is masked. Reads no file, and does not decide what happens when a word is found.
//!
//! Invariant: a masked text holds none of the words, and has as many characters as before.

mod credentials;
mod decoded;
mod encodings;
mod forms;
mod letters;
mod look_alikes;
mod masking;
mod matcher;
mod occurrence;
mod packed_words;
mod reading;
mod readings;
mod record_files;
mod redact_list;
mod scripts;

pub use credentials::{has_credentials, without_credentials};
pub use encodings::is_packed;
pub use masking::Masking;
pub use matcher::{Matcher, Pattern};
pub use occurrence::Rule;
pub use record_files::{RECORDS_FOLDER, mask_record_files};
pub use redact_list::{LONGEST_WORD, ListFault, ListLine, RedactList, text_of_list};

#[cfg(test)]
mod tests;
