//! Secret keys among the files of a site: with one, anyone can sign false copies.

use crate::diag::{Code, Diagnostic, Place};
use crate::keys::secret_key_in;

/// An error if a file holds a secret key of minisign. It shows no line of the file.
#[must_use]
pub fn secret_key(file: &str, bytes: &[u8]) -> Option<Diagnostic> {
    secret_key_in(bytes)?;
    let message = "the file holds a secret key, with which anyone can sign copies of the site";
    let help =
        "move it out of the site, and make a new key with `bulletin keys new` if others may have seen it";
    Some(Diagnostic::error(Code::SECRET_KEY, message).at(Place::file(file)).help(help))
}
