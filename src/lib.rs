pub mod diag;
pub mod paths;
pub mod time;
