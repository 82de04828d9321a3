//! Languages.

codes! {
    "Languages";

    /// A translation or text is in a language that site.toml does not list.
    ///
    /// Add it to `languages`, or rename the file.
    ///
    /// ```text
    /// content/about.fr.md     # with languages = ["en", "ar"]
    /// ```
    UNKNOWN_LANGUAGE = "unknown-language", Error;

    /// A file is a translation into the site's own language.
    ///
    /// The original is in that language already. Put its text there.
    ///
    /// ```text
    /// content/about.en.md     # with language = "en"
    /// ```
    DEFAULT_LANGUAGE = "default-language", Error;

    /// A translation has no original.
    ///
    /// Dates, claims and sources come from the original, so it must exist. Write it, or rename the
    /// translation.
    ///
    /// ```text
    /// content/about.ar.md     # without content/about.md
    /// ```
    NO_ORIGINAL = "no-original", Error;

    /// A translation says that it is one of another file than its name says.
    ///
    /// `original` is there for forms, which name a file by its keys. What counts is the name of the file: correct the
    /// key, or rename the file.
    ///
    /// ```toml
    /// original = "harbour"     # in content/briefings/water.ar.md
    /// ```
    OTHER_ORIGINAL = "other-original", Error;

    /// A text is translated twice in one file.
    ///
    /// The tables `[claim_text]`, `[status_why]` and the like and the list `[[claims]]` are two ways to write the same.
    /// Keep one of the two texts.
    ///
    /// ```toml
    /// [claim_text]
    /// well = "…"
    ///
    /// [[claims]]
    /// id   = "well"
    /// text = "…"
    /// ```
    DUPLICATE_TRANSLATION = "duplicate-translation", Error;

    /// The original was changed after this translation.
    ///
    /// Its page says so to readers. Update the text, and set its `updated`.
    ///
    /// ```toml
    /// updated = 2031-05-03     # of content/about.md, and nothing newer in about.ar.md
    /// ```
    TRANSLATION_BEHIND = "translation-behind", Warning;

    /// A translation names a correction that its original does not have.
    ///
    /// Correct the id, or give the correction that `id`.
    ///
    /// ```toml
    /// [correction_why]
    /// six = "…"     # the correction is called six-not-eight
    /// ```
    UNKNOWN_CORRECTION = "unknown-correction", Error;

    /// A translation has a text that its original does not have.
    ///
    /// No reader would see it. Write the text into the original first, or delete it.
    ///
    /// ```toml
    /// withdrawn_why = "…"     # of a briefing that is not withdrawn
    /// ```
    NOTHING_TO_TRANSLATE = "nothing-to-translate", Warning;

    /// Texts of an original have no translation.
    ///
    /// Readers see them in the language of the original, and marked as such. Translate those that the message
    /// lists, or leave them as they are. `check` counts them once for each language.
    ///
    /// ```text
    /// content/about.md, without content/about.ar.md
    /// ```
    UNTRANSLATED_TEXT = "untranslated-text", Note;

    /// A Fluent file cannot be read, or one of its messages cannot be filled in.
    ///
    /// Write `key = text`, and indent the lines that continue it.
    ///
    /// ```text
    /// home Home page
    /// ```
    WORDS_SYNTAX = "words-syntax", Error;

    /// A Fluent file has one message twice.
    ///
    /// Only one could be used. Delete one of them.
    ///
    /// ```text
    /// home = Home
    /// home = Start
    /// ```
    DUPLICATE_WORD = "duplicate-word", Error;

    /// A language has no messages, or lacks one that English lacks too.
    ///
    /// Pages in that language could not be written. Add the file i18n/CODE.ftl to the theme or the
    /// site.
    ///
    /// ```toml
    /// languages = ["en", "de"]     # without i18n/de.ftl
    /// ```
    MISSING_WORDS = "missing-words", Error;

    /// Some messages of the theme are shown in English.
    ///
    /// Translate the ones that the message lists.
    ///
    /// ```text
    /// themes/mine/i18n/fr.ftl, without a message that en.ftl has
    /// ```
    UNTRANSLATED_WORDS = "untranslated-words", Warning;
}
