//! Asks other sites whether the addresses that the pages link to still answer.
//!
//! Owns which addresses are asked, how often and how fast, what an answer means, and what is remembered of it. Only
//! `bulletin check --external` calls it: a build never depends on the network.
//!
//! Invariants: only addresses of published pages are asked, each at most a few times, and none of a private network. An
//! address is reported as gone only if its server or the domain name system said so; everything else could not be checked.

mod address;
mod answer;
mod ask;
mod check;
mod hosts;
mod known_answers;
mod linked_addresses;
mod memory_file;
mod messages;
mod places;
mod redirect;
mod schedule;
mod tally;
#[cfg(test)]
mod tests;
mod verdict;
mod web;

pub use check::{ExternalCheck, ExternalOptions, check};
pub use linked_addresses::LinkedAddresses;
pub use memory_file::MemoryFile;
pub use tally::LinkTally;
