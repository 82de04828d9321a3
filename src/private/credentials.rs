//! User names and passwords in web addresses, as in `https://desk:secret@example.org/`.
//!
//! Owns where they are. An address of a page never needs them, and everyone who reads the page would have them.

use std::borrow::Cow;
use std::ops::Range;

use super::letters::MASK;

/// Whether an address has a user name or a password.
#[must_use]
pub fn has_credentials(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| length(rest).is_some())
}

/// The text with each letter masked of the user names and passwords of its addresses.
#[must_use]
pub fn without_credentials(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut end = 0;
    for range in credentials(text) {
        // A password may look like an address itself.
        if range.start < end {
            continue;
        }
        masked.push_str(&text[end..range.start]);
        masked.extend(text[range.clone()].chars().map(|_| MASK));
        end = range.end;
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[end..]);
    Cow::Owned(masked)
}

fn credentials(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("://").filter_map(|(at, sign)| {
        let start = at + sign.len();
        Some(start..start + length(&text[start..])?)
    })
}

/// How many bytes they have at the beginning of an address without its scheme. `None` if it has none.
fn length(address: &str) -> Option<usize> {
    let address = &address[..address.find(ends_address).unwrap_or(address.len())];
    let authority = &address[..address.find(['/', '?', '#', '\\']).unwrap_or(address.len())];
    let has_some = authority.find('@').map_or_else(|| has_password_as_port(authority), |at| at > 0);
    // A password may hold any sign, an @ too.
    address.rfind('@').filter(|_| has_some)
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || "\"<>`".contains(c)
}

/// A password with a sign that ends the host, such as `pa#ss`: what seems to be the port is no number.
fn has_password_as_port(authority: &str) -> bool {
    let port = authority.split_once(':').map(|(_, port)| port).filter(|_| !authority.starts_with('['));
    port.is_some_and(|port| port.is_empty() || port.contains(|c: char| !c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_is_before_the_host_is_masked() {
        for (text, masked) in [
            (
                "base_url = \"https://desk:secret@example.org/\"",
                "base_url = \"https://███████████@example.org/\"",
            ),
            ("HTTP://desk@example.org and http://a:b@c", "HTTP://████@example.org and http://███@c"),
            ("https://d:a@b@example.org:80/x", "https://█████@example.org:80/x"),
            ("https://desk:pa#ss@example.org/", "https://██████████@example.org/"),
            ("https://desk:pa/ss?@example.org/", "https://███████████@example.org/"),
            ("https://desk:http://x@y/", "https://█████████████@y/"),
        ] {
            assert_eq!(without_credentials(text), masked, "{text}");
            assert!(has_credentials(text), "{text}");
        }
        for text in [
            "https://example.org/@desk",
            "https://example.org:8080/?a=b@c",
            "http://[::1]:80/@desk",
            "https://@example.org/",
            "mailto:desk@example.org",
            "https://example.org \"desk@example.org\"",
        ] {
            assert_eq!(without_credentials(text), text);
            assert!(!has_credentials(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_mask_keeps_the_number_of_characters_and_needs_no_second_one(
            text in "(https?://|[a-zé]{1,3}|[:/@#?. \"<\\[\\]0-9]){0,20}",
        ) {
            let masked = without_credentials(&text);
            prop_assert_eq!(masked.chars().count(), text.chars().count());
            prop_assert_eq!(without_credentials(&masked), masked.clone());
        }

        #[test]
        fn no_password_is_left(
            user in "[a-z]{0,3}",
            password in "([a-zA-Z:/#?@%!$&'()*+,;=._~-][a-zA-Z0-9:/#?@%!$&'()*+,;=._~-]{0,8})?SECRET[a-z0-9:#?@]{0,3}",
        ) {
            let text = format!("x = \"https://{user}:{password}@example.org/@desk\"");
            prop_assert!(!without_credentials(&text).contains("SECRET"));
        }
    }
}
