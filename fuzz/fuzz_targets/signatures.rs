//! Signatures and what they say: no text panics, and what is read is what would be written.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::copies::{Announcement, ListSignature};
use bulletin::keys::SiteKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(announcement) = Announcement::from_comment(text) {
        assert_eq!(announcement.to_comment(), text);
    }
    let key = SiteKey::from_text(text);
    if let Some(key) = &key {
        assert_eq!(SiteKey::from_text(&key.to_file()), Some(*key));
    }
    let own = SiteKey::from_text("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");
    if let Some(signature) = ListSignature::from_text(text) {
        black_box(signature.announcement());
        for key in key.into_iter().chain(own) {
            assert!(!signature.is_of(&key, b"list\n"), "a signature was forged");
        }
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
