//! Why front matter cannot be read, whatever language it is written in.

/// How deep lists and tables may be.
pub const MOST_DEPTH: usize = 32;

/// Why front matter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontFault {
    /// Byte offset in the file.
    pub at: usize,
    pub message: String,
}
