//! Names that a build keeps for itself at the top of its output: its list, its journal, its records.
//!
//! Owns which names those are, and how large such a file may be. What the files hold is said where they are written.

/// The list of what a build owns; `sha256sum -c` checks a copy with it.
pub const SUMS: &str = "SHA256SUMS";
/// The signature of the list.
pub const SIGNATURE: &str = "SHA256SUMS.minisig";
/// Marks the folder as ours, and holds what a publish is about to do.
pub const JOURNAL: &str = ".bulletin";
/// What the last build was made of.
pub const BUILT: &str = ".bulletin-built";

/// What builds keep for the next one, next to site.toml.
pub const CACHE: &str = ".bulletin-cache";

/// The most bytes of the list: a million files have a tenth of a gigabyte.
pub const MOST_LIST: u64 = 256 << 20;
/// The most bytes of a signature, a public key and a record.
pub const MOST_SMALL: u64 = 16 << 10;

/// Whether a path is never a page's, in whatever case: some file systems know no other.
#[must_use]
pub fn is_kept(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or(path).to_ascii_lowercase();
    top.starts_with(JOURNAL) || [SUMS, SIGNATURE].iter().any(|name| top.eq_ignore_ascii_case(name))
}
