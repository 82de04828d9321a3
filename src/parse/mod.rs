//! One file of `content/` to one typed article.

pub mod markdown;
