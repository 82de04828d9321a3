//! Addresses of onion services (Tor, rend-spec-v3, section 6).
//!
//! Owns their form and their checksum: one letter that is wrong names no service, or that of somebody else.

use sha3::{Digest as _, Sha3_256};
use url::Url;

/// Whether an address is of an onion service. No page links there: a click in a browser without Tor asks the reader's
/// network for the name of the service.
#[must_use]
pub fn is_of_onion_service(url: &str) -> bool {
    onion_name(url).is_some()
}

/// The host of an address without `.onion`, in small letters; `None` if it is of no onion service. Browsers leave letters
/// out of a host that no one sees, and take wide ones for plain ones.
pub(super) fn onion_name(url: &str) -> Option<String> {
    let absolute = if url.starts_with("//") { format!("http:{url}") } else { url.to_owned() };
    name_in(&Url::parse(&absolute).ok()?).map(str::to_owned)
}

/// Whether the host of an address is an onion service.
#[must_use]
pub fn is_onion(url: &Url) -> bool {
    name_in(url).is_some()
}

fn name_in(url: &Url) -> Option<&str> {
    url.host_str()?.trim_end_matches('.').strip_suffix(".onion")
}

/// Bytes of a public key, a checksum and a version.
const ADDRESS_BYTES: usize = 32 + 2 + 1;
const ADDRESS_LETTERS: usize = ADDRESS_BYTES * 8 / 5;

/// What is wrong with a name before `.onion`.
pub(super) fn fault_of(name: &str) -> Option<&'static str> {
    let label = name.rsplit('.').next().unwrap_or_default();
    // Names that Tor Browser translates, such as those of the SecureDrop directory.
    if label == "tor" && name.len() > label.len() {
        return None;
    }
    if label.chars().count() != ADDRESS_LETTERS {
        return Some("it does not have 56 letters before .onion");
    }
    let Some(bytes) = from_base32(label) else {
        return Some("only the letters a to z and the digits 2 to 7 can be in it");
    };
    let (key, rest) = bytes.split_at(32);
    let version = &rest[2..];
    let mut hash = Sha3_256::new();
    hash.update(b".onion checksum");
    hash.update(key);
    hash.update(version);
    let is_right = version == [3] && hash.finalize()[..2] == rest[..2];
    (!is_right).then_some("its checksum does not fit: a letter is wrong")
}

/// Small letters and digits by RFC 4648, without padding.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(ADDRESS_BYTES);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'a'..=b'z' => letter - b'a',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = bits << 5 | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "sdolvtfhatvsysc6l34d65ymdwxcujausv7k5jk4cy5ttzhjoi6fzvyd";

    #[test]
    fn an_onion_address_with_one_wrong_letter_is_found() {
        assert_eq!(fault_of(SERVICE), None);
        assert_eq!(fault_of(&format!("www.{SERVICE}")), None);
        assert_eq!(fault_of("nyworld.securedrop.tor"), None);
        for at in 0..SERVICE.len() {
            let other = if SERVICE.as_bytes()[at] == b'q' { "r" } else { "q" };
            let wrong = format!("{}{other}{}", &SERVICE[..at], &SERVICE[at + 1..]);
            assert!(fault_of(&wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_an_onion_address_is_refused() {
        for name in ["", "tor", "abcdef", "facebookcorewwwi", &SERVICE[1..], &SERVICE.replace('s', "1")] {
            assert!(fault_of(name).is_some(), "{name}");
        }
        assert_eq!(onion_name("http://AB.Onion:8080/x").as_deref(), Some("ab"));
        for url in [
            "http://AB.onion.",
            "http://ab.onion?x",
            "http://ab.onion\\x",
            "http://ab%2Eonion/",
            "http://ab\u{3002}onion/",
            "http://ａｂ．ｏｎｉｏｎ/",
            // Letters that no one sees.
            "http://ab.on\u{ad}ion/",
            "http://ab.o\u{200b}nion/",
            "http://ab.oni%C2%ADon/",
            "//ab.onion/x",
        ] {
            assert_eq!(onion_name(url).as_deref(), Some("ab"), "{url}");
        }
        for url in
            ["https://example.org/x.onion", "https://onion/", "https://onion.example/", "mailto:a@b.onion"]
        {
            assert_eq!(onion_name(url), None, "{url}");
        }
    }
}
