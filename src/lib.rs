pub mod diag;
pub mod paths;
pub mod render;
pub mod time;
