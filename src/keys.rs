//! Keys of minisign (<https://jedisct1.github.io/minisign/>) as text.
//!
//! Owns the form and the fingerprint of a public key, and how a secret key looks in a file. Makes no key and checks no
//! signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use sha2::{Digest as _, Sha256};

/// A public key: two letters for Ed25519, the id of the key, the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteKey([u8; 42]);

impl SiteKey {
    /// The key in a text: its line of 56 letters, or a file of minisign with a comment above it.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next()?;
        let line = if first.starts_with(COMMENT) { lines.next()? } else { first };
        let bytes: [u8; 42] = STANDARD.decode(line).ok()?.try_into().ok()?;
        (lines.next().is_none() && bytes.starts_with(ED25519)).then_some(Self(bytes))
    }

    /// As `site.toml`, `--key` and `minisign -P` take it.
    #[must_use]
    pub fn to_text(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// The id that minisign shows. It is a random number next to the key, so that anyone can make a key with the
    /// same one.
    #[must_use]
    pub fn id(&self) -> String {
        self.0[2..10].iter().rev().map(|byte| format!("{byte:02X}")).collect()
    }

    /// What people compare: 128 bits of the SHA-256 of the whole key, as `1A2B 3C4D …`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.0);
        let groups = hash[..16].chunks(2).map(|pair| format!("{:02X}{:02X}", pair[0], pair[1]));
        groups.collect::<Vec<_>>().join(" ")
    }

    /// A file that `minisign -p` reads.
    #[must_use]
    pub fn to_file(&self) -> String {
        format!("{COMMENT}minisign public key {}\n{}\n", self.id(), self.to_text())
    }
}

const COMMENT: &str = "untrusted comment: ";
const ED25519: &[u8] = b"Ed";

/// How every secret key begins in base64: `EdScB2`, or without a passphrase `Ed`, two zeros and `B2`.
const BEGINNINGS: [&str; 2] = ["RWRTY0Iy", UNENCRYPTED];
/// How a secret key begins that needs no passphrase.
pub const UNENCRYPTED: &str = "RWQAAEIy";
/// Letters of a secret key in base64, without what fills up its end.
const LETTERS: usize = 211;

/// The offset of a secret key of minisign in a file, if it has one.
#[must_use]
pub fn secret_key_in(bytes: &[u8]) -> Option<usize> {
    let found = BEGINNINGS.iter().flat_map(|beginning| memmem::find_iter(bytes, beginning));
    found.filter(|at| is_base64(&bytes[*at..])).min()
}

fn is_base64(bytes: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    bytes.get(..LETTERS).is_some_and(|key| key.iter().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn a_public_key_is_read_from_a_line_and_from_a_file_of_minisign() {
        let key = SiteKey::from_text(KEY).unwrap();
        assert_eq!(key.to_text(), KEY);
        assert_eq!(key.id(), "E7620F1842B4E81F");
        assert_eq!(SiteKey::from_text(&key.to_file()), Some(key));
        assert_eq!(SiteKey::from_text(&key.to_file().replace('\n', "\r\n")), Some(key));
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in [
            "",
            "RW",
            &KEY[1..],
            &format!("{KEY}\n{KEY}"),
            &KEY.replace("RWQ", "RXQ"),
            "untrusted comment: a",
        ] {
            assert_eq!(SiteKey::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_fingerprint_depends_on_the_key_and_not_on_its_id_alone() {
        let key = SiteKey::from_text(KEY).unwrap();
        let mut other = key;
        other.0[41] ^= 1;
        assert_eq!(key.id(), other.id());
        assert_ne!(key.fingerprint(), other.fingerprint());
        assert_eq!(key.fingerprint().len(), 39);
    }

    #[test]
    fn a_secret_key_is_found_wherever_it_is() {
        for beginning in BEGINNINGS {
            let key = [beginning.as_bytes(), &[b'A'; 204]].concat();
            let text = [b"untrusted comment: x\n".as_slice(), &key, b"\n"].concat();
            assert_eq!(secret_key_in(&text), Some(21));
            assert_eq!(secret_key_in(&key[..210]), None, "too short");
        }
        assert_eq!(secret_key_in(KEY.as_bytes()), None);
    }
}
