pub mod diag;
pub mod model;
pub mod paths;
pub mod render;
pub mod time;
