//! The files of a copy that are not pages: their names, and how large each may be.

/// The most bytes of a list: a million files have a tenth of a gigabyte.
pub const MOST_LIST: u64 = 256 << 20;

/// The most bytes of a signature, a public key and a record.
pub const MOST_SMALL: u64 = 16 << 10;
