//! Tests in a real browser: Chromium, driven over WebDriver.
//!
//! They are ignored by `cargo test`, since they need Chromium, its driver, axe-core and the Nu HTML
//! checker. `tests/run` installs these and runs them.

mod forms;
mod pages;
mod preview;
#[cfg(feature = "search")]
mod search;
mod sheets;
mod themes;
