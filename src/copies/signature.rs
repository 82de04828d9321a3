//! A signature of minisign over SHA256SUMS.
//!
//! Owns its form as a file, and whether a key made it. Invariant: a signature that is read is the text that would be
//! written, so that no byte of it but those of its first line can change unseen.

use std::io::Cursor;

use minisign::{PublicKey, SignatureBox};

use super::announcement::Announcement;
use crate::keys::SiteKey;

/// A signature of minisign over a list of files.
pub struct ListSignature(SignatureBox);

/// Letters of the second signature in base64, which is over the first one and the comment.
const GLOBAL_SIGNATURE: usize = 88;

impl ListSignature {
    /// `None` if it is no signature as minisign writes it, with the list hashed before.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        // minisign takes the last line without asking for its length.
        (text.lines().nth(3)?.len() == GLOBAL_SIGNATURE).then_some(())?;
        let read = SignatureBox::from_string(text).ok()?;
        (read.is_prehashed() && read.to_string() == text).then_some(Self(read))
    }

    /// The id of the key, as [`SiteKey::id`].
    #[must_use]
    pub fn key_id(&self) -> String {
        self.0.keynum().iter().rev().map(|byte| format!("{byte:02X}")).collect()
    }

    /// Whether the key made this signature of the list and its comment.
    #[must_use]
    pub fn is_of(&self, key: &SiteKey, list: &[u8]) -> bool {
        let Ok(key) = PublicKey::from_base64(&key.to_text()) else { return false };
        minisign::verify(&key, &self.0, Cursor::new(list), true, false, false).is_ok()
    }

    /// What the comment says of the copy, whether the signature is good or not.
    #[must_use]
    pub fn announcement(&self) -> Option<Announcement> {
        Announcement::from_comment(&self.0.trusted_comment().ok()?)
    }
}
