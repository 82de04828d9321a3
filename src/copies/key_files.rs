//! Secret keys: made, read from their files, and used to sign.
//!
//! Owns the form of the file, which is minisign's. Asks for no passphrase itself.
//!
//! Invariant: no type here shows a secret with `Debug` or `Display`, and no message quotes a key file.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox};

use crate::diag::{Code, Diagnostic};
use crate::keys::{SiteKey, UNENCRYPTED, secret_key_in};

/// A new pair of keys.
pub struct NewKey {
    /// What the file of the secret key holds, encrypted with the passphrase.
    pub secret_file: String,
    pub public: SiteKey,
}

/// Makes a pair of keys.
///
/// # Errors
/// If the system gives no random bytes.
pub fn generate_key(passphrase: String) -> io::Result<NewKey> {
    let pair = KeyPair::generate_encrypted_keypair(Some(passphrase)).map_err(io::Error::other)?;
    let secret = pair.sk.to_box(Some("minisign encrypted secret key")).map_err(io::Error::other)?;
    let public = SiteKey::from_text(&pair.pk.to_base64()).ok_or_else(|| io::Error::other("no public key"))?;
    Ok(NewKey { secret_file: secret.into_string(), public })
}

/// The line of a file with a secret key.
pub struct SecretKeyFile(String);

/// A secret key that can sign.
pub struct SigningKey {
    secret: SecretKey,
    public: SiteKey,
}

impl SecretKeyFile {
    /// # Errors
    /// If the file holds no secret key of minisign. `name` is the file's.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let line =
            secret_key_in(bytes).and_then(|at| bytes[at..].split(|byte| byte.is_ascii_whitespace()).next());
        let line = line.and_then(|line| String::from_utf8(line.to_vec()).ok());
        line.map(Self).ok_or_else(|| {
            let help =
                "give the file of two lines that `bulletin keys new` or `minisign -G` wrote with --key";
            Diagnostic::error(Code::BAD_KEY, format!("{name} is not a secret key of minisign")).help(help)
        })
    }

    /// Whether a passphrase is needed.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        !self.0.starts_with(UNENCRYPTED)
    }

    /// # Errors
    /// If the passphrase is wrong, or the file is damaged.
    pub fn open(self, passphrase: Option<String>) -> Result<SigningKey, Diagnostic> {
        let secret = match passphrase {
            Some(passphrase) => {
                SecretKeyBox::from(format!("\n{}", self.0)).into_secret_key(Some(passphrase)).ok()
            }
            None if self.is_encrypted() => None,
            // minisign writes no checksum into these, which the library would ask for.
            None => STANDARD.decode(&self.0).ok().and_then(|bytes| SecretKey::from_bytes(&bytes).ok()),
        };
        let opened = secret.and_then(|secret| {
            let public = PublicKey::from_secret_key(&secret).ok()?.to_base64();
            Some(SigningKey { public: SiteKey::from_text(&public)?, secret })
        });
        opened.ok_or_else(|| {
            let help = "type the passphrase that the key was made with; if it is lost, make a new key";
            let message = "the passphrase does not fit the key, or the key is damaged";
            Diagnostic::error(Code::BAD_KEY, message).help(help)
        })
    }
}

impl SigningKey {
    #[must_use]
    pub fn public(&self) -> SiteKey {
        self.public
    }

    /// The file of the signature, with a line of comment that is signed too.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn sign(&self, list: &[u8], comment: &str) -> io::Result<String> {
        const UNTRUSTED: &str = "signature of SHA256SUMS by bulletin";
        let public = PublicKey::from_base64(&self.public.to_text()).map_err(io::Error::other)?;
        let signed = minisign::sign(Some(&public), &self.secret, list, Some(comment), Some(UNTRUSTED));
        signed.map(minisign::SignatureBox::into_string).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copies::ListSignature;

    #[test]
    fn a_key_signs_with_its_passphrase_only_and_flipping_a_byte_is_found() {
        let new = generate_key("a passphrase".to_owned()).unwrap();
        let file = || SecretKeyFile::new("k", new.secret_file.as_bytes()).ok().unwrap();
        assert!(file().is_encrypted());
        for wrong in [Some("a passphrasf".to_owned()), Some(String::new()), None] {
            assert!(file().open(wrong).is_err());
        }
        let key = file().open(Some("a passphrase".to_owned())).ok().unwrap();
        assert_eq!(key.public(), new.public);
        let text = key.sign(b"list\n", "comment").unwrap();
        let signature = ListSignature::from_text(&text).unwrap();
        assert_eq!(signature.key_id(), new.public.id());
        assert!(signature.is_of(&new.public, b"list\n"));
        assert!(!signature.is_of(&new.public, b"lisu\n"));
        // The first line is a remark that no one signs or reads.
        let signed_from = text.find('\n').unwrap() + 1;
        for at in signed_from..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let other = String::from_utf8(bytes).unwrap();
            let is_good =
                ListSignature::from_text(&other).is_some_and(|other| other.is_of(&new.public, b"list\n"));
            assert!(!is_good, "byte {at}");
        }
        for end in 0..text.len() {
            assert!(ListSignature::from_text(&text[..end]).is_none(), "cut at {end}");
        }
    }
}
