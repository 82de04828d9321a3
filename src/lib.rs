pub mod diag;
pub mod model;
pub mod parse;
pub mod paths;
pub mod time;
