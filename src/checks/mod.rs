//! Everything that inspects finished bytes.

pub mod copied_files;
pub mod csp;
pub mod leaks;
pub mod links;
pub mod page_fault;
pub mod page_weight;
mod policy;
pub mod policy_blocks;
mod protected_names;
pub mod repository;
pub mod silent_changes;
