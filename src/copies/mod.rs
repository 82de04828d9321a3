//! Copies of a site that can be trusted: signed, packed into one file, and checked.
//!
//! Owns the signature next to SHA256SUMS and what it says, the archive, and what a check of a copy finds and remembers.
//! Works on a built site alone: a copy is signed, packed and checked where its sources are not.
//!
//! Invariants: a secret key and its passphrase reach no message; a check reads every byte of a copy once, in bounded
//! memory, and no more than its signed list announces; it changes nothing in the copy.

#![allow(clippy::result_large_err, reason = "a diagnostic is made once per trouble, not once per file")]

mod announcement;
mod byte_limit;
mod compare;
mod file_list;
mod key_files;
mod known_copies;
mod lasting_file;
mod pack;
mod places;
mod sign;
mod signature;
mod verify;
mod whole_file;

pub use announcement::Announcement;
pub use file_list::{FileList, bad_list};
pub use key_files::{NewKey, SecretKeyFile, SigningKey, generate_key};
pub use known_copies::KnownCopies;
pub use pack::{PackOptions, Packed, pack};
pub use places::{CopyFiles, FolderCopy, WebCopy, ZipCopy};
pub use sign::{Signed, sign, stale_signature};
pub use signature::ListSignature;
pub use verify::{CopyReport, KeyTrust, VerifyOptions, verify};
pub use whole_file::{create_file, create_private_file, replace_file, replace_private_file};

#[cfg(test)]
mod tests;
