//! Files.

codes! {
    "Files";

    /// Nothing says what a file is for.
    UNCLAIMED_FILE = "unclaimed-file", Error;

    /// A name that not every file system can hold.
    BAD_FILE_NAME = "bad-file-name", Error;

    /// A static file has a name that the build writes itself.
    RESERVED_NAME = "reserved-name", Error;

    /// Neither a file nor a folder.
    NOT_A_FILE = "not-a-file", Error;

    /// A folder holds a link to itself.
    LINK_LOOP = "link-loop", Error;

    /// A link leads out of the site.
    LINK_OUT = "link-out", Error;

    /// The system does not let a file be read.
    UNREADABLE = "unreadable", Error;

    /// A text is not UTF-8.
    NOT_UTF8 = "not-utf8", Error;

    /// A text has more than 16 MiB.
    TOO_LARGE = "too-large", Error;

    /// Two files want one output path.
    SAME_OUTPUT = "same-output", Error;

    /// A picture cannot be cleaned, is damaged, or is not what its name says.
    PICTURE = "picture", Error;
}
