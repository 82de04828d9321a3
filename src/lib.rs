pub mod config;
pub mod diag;
pub mod model;
pub mod parse;
pub mod paths;
pub mod render;
pub mod time;
pub mod toml_reader;
