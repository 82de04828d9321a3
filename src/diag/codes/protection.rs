//! Protection of people.

codes! {
    "Protection of people";

    /// A line of redact.txt holds nothing that could be looked for.
    REDACT_LINE = "redact-line", Error;

    /// A word of redact.txt would reach an output or its name.
    REDACTED_WORD = "redacted-word", Error;

    /// A name of a protected source would reach an output or its name.
    PROTECTED_NAME = "protected-name", Error;

    /// Leads to a source that has no page for its safety.
    PROTECTED_SOURCE = "protected-source", Error;

    /// A copied file is packed, and words of redact.txt were not looked for in it.
    UNSEARCHED_FILE = "unsearched-file", Warning;

    /// A document or recording is copied with what its program put into it.
    DOCUMENT_METADATA = "document-metadata", Warning;

    /// A page or program beside a briefing would run in the reader's browser.
    ACTIVE_FILE = "active-file", Error;

    /// A source of kind `resident` is not `protected`.
    UNPROTECTED_RESIDENT = "unprotected-resident", Error;

    /// A claim about health or shelter stands at a point finer than a neighbourhood.
    PRECISE_POINT = "precise-point", Error;

    /// An event of topic `movement` is published less than 12 hours after it ends.
    MILITARY_MOVEMENT = "military-movement", Error;

    /// A title or summary repeats the text of an `instruction`.
    INSTRUCTION_AS_ADVICE = "instruction-as-advice", Error;

    /// An exception names no guard.
    UNKNOWN_GUARD = "unknown-guard", Error;

    /// An exception lifts a guard, with its reason.
    EXCEPTION = "exception", Note;

    /// An exception lifts nothing.
    UNUSED_EXCEPTION = "unused-exception", Warning;
}
