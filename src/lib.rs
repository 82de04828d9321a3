pub mod diag;
pub mod paths;
pub mod publish;
pub mod time;
