//! `bulletin`: Markdown briefings in, a linked static site out.
//!
//! The stages and the direction of imports are told in ARCHITECTURE.md; `pipeline` is the only
//! place that knows their order.

pub mod cli;
pub mod config;
pub mod diag;
pub mod fitted;
pub mod model;
pub mod parse;
pub mod paths;
pub mod pipeline;
pub mod preview;
pub mod publish;
pub mod redact;
pub mod render;
pub mod report;
pub mod site;
pub mod source_set;
pub mod time;
pub mod toml_reader;
