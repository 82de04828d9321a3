//! Front matter and site.toml.

codes! {
    "Front matter and site.toml";

    /// A file does not begin with `+++`.
    NO_FRONT_MATTER = "no-front-matter", Error;

    /// The closing `+++` is missing.
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter", Error;

    /// A line is not TOML.
    TOML_SYNTAX = "toml-syntax", Error;

    /// A key stands twice.
    DUPLICATE_KEY = "duplicate-key", Error;

    /// Nothing has this key; the nearest is named.
    UNKNOWN_KEY = "unknown-key", Error;

    /// A key that is needed is not there.
    MISSING_KEY = "missing-key", Error;

    /// A key has no effect beside the others.
    UNUSED_KEY = "unused-key", Warning;

    /// Text where a date must be, and the like.
    WRONG_TYPE = "wrong-type", Error;

    /// A text that must say something is empty.
    EMPTY_TEXT = "empty-text", Error;

    /// Not one of the words that the key takes.
    BAD_WORD = "bad-word", Error;

    /// A number is too small or too large.
    OUT_OF_RANGE = "out-of-range", Error;

    /// Dates or figures are in an order that cannot be; for `as_of` a warning.
    BAD_ORDER = "bad-order", Error | Warning;

    /// Not a date, or one that does not exist.
    BAD_DATE = "bad-date", Error;

    /// A time does not say in which offset.
    NO_OFFSET = "no-offset", Error;

    /// Not a zone of the IANA database.
    BAD_TIMEZONE = "bad-timezone", Error;

    /// Not a language code, or the default is not listed.
    BAD_LANGUAGE = "bad-language", Error;

    /// Not an address that begins with http:// or https://.
    BAD_URL = "bad-url", Error;

    /// Not a path that the output, or a theme's folder, can have.
    BAD_PATH = "bad-path", Error;

    /// Not a SHA-256 digest.
    BAD_DIGEST = "bad-digest", Error;

    /// No id can be made of this, or it is reserved.
    BAD_ID = "bad-id", Error;

    /// A list names the same thing twice.
    REPEATED_NAME = "repeated-name", Warning;
}
