//! `bulletin`: Markdown briefings in, a linked static site out.
//!
//! ARCHITECTURE.md has the stages and the direction of imports; `engine` is the only
//! place that knows their order.

pub mod bidi;
pub mod cards;
pub mod charts;
pub mod checks;
pub mod cli;
pub mod comparison;
pub mod config;
pub mod copies;
pub mod diag;
pub mod engine;
pub mod external;
pub mod file_formats;
pub mod fold;
pub mod forms;
pub mod hosts;
pub mod html;
pub mod i18n;
pub mod images;
pub mod import;
pub mod inventory;
pub mod keys;
pub mod model;
pub mod open_data;
pub mod parse;
pub mod paths;
pub mod picture_cache;
pub mod preview;
pub mod private;
pub mod publish;
pub mod render;
pub mod report;
pub mod schema;
pub mod site;
pub mod sources;
pub mod spreadsheet;
pub mod time;
pub mod toml;
pub mod upload;
