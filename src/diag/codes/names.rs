//! Names and records.

codes! {
    "Names and records";

    /// No neighbourhood or source can be called this.
    BAD_NAME = "bad-name", Error;

    /// Two records claim one name or spelling.
    NAME_CLAIMED_TWICE = "name-claimed-twice", Error;

    /// A name without a record is close to one that has one, or sounds like it.
    NEAR_KNOWN_NEIGHBOURHOOD = "near-known-neighbourhood", Warning;

    /// The same, for a source.
    NEAR_KNOWN_SOURCE = "near-known-source", Warning;

    /// Kept for the same, for an event; not told yet.
    NEAR_KNOWN_EVENT = "near-known-event", Warning;

    /// Two records have names that sound alike, and neither lists the other under `not`.
    ALIKE_RECORDS = "alike-records", Warning;

    /// A name is that of two records that list each other under `not`.
    AMBIGUOUS_NAME = "ambiguous-name", Error;

    /// "unattributed" stands where only a source can.
    RESERVED_SOURCE = "reserved-source", Error;

    /// A neighbourhood is its own ancestor.
    PARENT_CIRCLE = "parent-circle", Error;

    /// A GeoJSON file cannot be read, or holds something else than areas.
    BAD_OUTLINE = "bad-outline", Error;

    /// A record names a file that is not beside it.
    MISSING_FILE = "missing-file", Error;
}
