//! One file to one typed article, with spans; links are unresolved.
//!
//! Owns what a single file says. Knows no other file, no output path and no view.

pub mod front_matter;
