//! The only reader and the only escaper of HTML and XML.
//!
//! Owns tokens, comments, character references, text without markup, and escaping. Builds no tree, and of elements knows
//! only which begin a line.

mod comments;
mod entities;
mod escape;
mod text;
mod tokens;

pub use comments::page_without_comments;
pub use entities::decode;
pub use escape::{escape, push_escaped};
pub use text::text_of;
pub use tokens::{StartTag, Token, Tokens, lower_case};
