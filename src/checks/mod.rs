//! Everything that inspects finished bytes.

pub mod csp;
pub mod leaks;
pub mod links;
