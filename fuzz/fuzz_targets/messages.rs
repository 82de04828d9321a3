//! Fluent files of a theme: any text is read, or reported, and every word and time can be written with it.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::hint::black_box;

use bulletin::i18n::{MessageFile, Messages, RangeSense};
use bulletin::time::{Moment, When, Zone};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let languages = ["ar".to_owned(), "en".to_owned()];
    let files = [MessageFile { language: "ar".into(), file: "i18n/ar.ftl".into(), text: text.to_owned() }];
    let (messages, _) = Messages::new(&languages, &files, Zone::utc());
    for key in messages.keys("ar") {
        black_box(messages.word("ar", key));
    }
    black_box(messages.moment("ar", Moment { at: jiff::Timestamp::UNIX_EPOCH, offset: 0 }));
    black_box(messages.language_name("ar"));
    for when in ["2031-05-02", "2031-05/2031-06", "2031~", "../2031-05-02T10:00Z"] {
        if let Ok(when) = When::parse(when, &Zone::utc()) {
            black_box(messages.when("ar", &when, RangeSense::Within));
        }
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
