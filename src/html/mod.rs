//! The only reader and the only escaper of HTML and XML.

mod escape;
pub mod tokens;

pub use escape::{escape, push_escaped};
