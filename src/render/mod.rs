//! A route to bytes.

pub mod build;
pub mod pictures;
pub mod views;
