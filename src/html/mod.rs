//! Reading HTML.

pub mod tokens;
