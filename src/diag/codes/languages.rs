//! Languages.

codes! {
    "Languages";

    /// A language that site.toml does not list.
    UNKNOWN_LANGUAGE = "unknown-language", Error;

    /// A translation into the site's own language.
    DEFAULT_LANGUAGE = "default-language", Error;

    /// A translation of a file that is not there.
    NO_ORIGINAL = "no-original", Error;

    /// The original was changed after this translation; its page says so.
    TRANSLATION_BEHIND = "translation-behind", Warning;

    /// A Fluent file cannot be read, or a word of it cannot be filled in.
    WORDS_SYNTAX = "words-syntax", Error;

    /// A word is given twice.
    DUPLICATE_WORD = "duplicate-word", Error;

    /// A language has no words, or none for what English lacks too.
    MISSING_WORDS = "missing-words", Error;

    /// Words are shown in English.
    UNTRANSLATED_WORDS = "untranslated-words", Warning;
}
