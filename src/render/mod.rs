pub mod views;
pub mod words;
