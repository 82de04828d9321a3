//! All tests of the program as a whole, in one binary: it is linked once, and its tests run in parallel.
//!
//! `common` has what they share: a site in a folder of its own, and the real program run on it.
//! `cargo test --test it watch::` runs one module.

#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

mod architecture;
mod boards;
mod browser;
mod card;
mod charts;
mod claims;
mod cli;
mod clock;
mod common;
mod content;
mod copies;
mod crawled;
mod determinism;
mod diagnostics;
mod diff;
mod docs;
mod empty_keys;
mod external_links;
mod faults;
mod feeds;
mod formats;
mod forms;
mod guards;
mod hosts;
mod import;
mod include;
mod languages;
mod laws;
mod links;
mod list;
mod many_claims;
mod masthead;
mod metadata;
mod names;
mod object_storage;
mod open_data;
mod output_folder;
mod page_weight;
mod pictures;
mod pictures_of_briefings;
mod plain_english;
mod plain_text;
mod power_cuts;
mod preview;
mod private_words;
mod progress;
mod publish;
mod recipes;
mod repeats;
mod repository;
mod resource_bombs;
mod schema;
#[cfg(feature = "search")]
mod search;
mod sheets;
mod silent_changes;
mod supply_chain;
mod system_faults;
mod theme;
mod traces;
mod unchanged;
mod watch;
mod watch_faults;
