pub mod templates;
pub mod views;
pub mod words;
