//! The output folder.

codes! {
    "The output folder";

    /// A file or folder is in the way, and `bulletin` did not write it.
    FOREIGN_FILE = "foreign-file", Error;

    /// A symbolic link is in the way; a warning where it only stays behind.
    OUTPUT_LINK = "output-link", Error | Warning;

    /// An output was changed by somebody else, and is put right.
    OUTPUT_CHANGED = "output-changed", Warning;

    /// Another build is writing to the folder.
    OUTPUT_LOCKED = "output-locked", Error;

    /// An output has a name that `bulletin` keeps for itself.
    OUTPUT_RESERVED = "output-reserved", Error;

    /// Two outputs go to one path.
    OUTPUT_TWICE = "output-twice", Error;

    /// The system does not let the folder be read or written.
    OUTPUT_IO = "output-io", Error;
}
