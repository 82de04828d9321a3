//! One file to one typed article: bytes in, values and diagnostics out.

pub mod front_matter;
pub mod markdown;
pub mod outline;
