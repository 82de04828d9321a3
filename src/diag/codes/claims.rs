//! Claims, figures and corrections.

codes! {
    "Claims, figures and corrections";

    /// Two claims of a briefing have one id.
    ///
    /// The id is a part of the claim's address, so it must be unique within the briefing. Give one
    /// of them another.
    ///
    /// ```toml
    /// [[claims]]
    /// id = "pumps"
    ///
    /// [[claims]]
    /// id = "pumps"
    /// ```
    DUPLICATE_CLAIM = "duplicate-claim", Error;

    /// A claim has a `source`, and says with `unattributed` that no one is named.
    ///
    /// Only one of them can be true. Remove the other.
    ///
    /// ```toml
    /// source = "sohr"
    /// unattributed = true
    /// ```
    SOURCE_OF_UNATTRIBUTED = "source-of-unattributed", Error;

    /// A correction, figure, translation or repeat names a claim that does not exist.
    ///
    /// Correct the id, or give the claim that `id`.
    ///
    /// ```toml
    /// [[corrections]]
    /// claim = "pump"     # the claim is called pumps
    /// ```
    UNKNOWN_CLAIM = "unknown-claim", Error;

    /// Two corrections of a briefing have the same id.
    ///
    /// Translations would not know which is meant. Give one of them another id.
    ///
    /// ```toml
    /// [[corrections]]
    /// id = "six-not-eight"
    ///
    /// [[corrections]]
    /// id = "six-not-eight"
    /// ```
    DUPLICATE_CORRECTION = "duplicate-correction", Error;

    /// A claim is about something that happened after the claim was published.
    ///
    /// This is possible for a forecast or an instruction only. Correct `happened`, set `kind`, or
    /// say in `added` when the claim was added.
    ///
    /// ```toml
    /// date = 2031-05-02
    /// [[claims]]
    /// happened = 2031-05-04
    /// ```
    HAPPENED_LATER = "happened-later", Warning;

    /// A status is higher than the origins of the claim or of its event support.
    ///
    /// Relays of one report, and sources of one owner, count as one origin. Lower the status, or
    /// give the reason in `status_why`; readers see it.
    ///
    /// ```toml
    /// status = "corroborated"     # by one source
    /// ```
    STATUS_TOO_HIGH = "status-too-high", Error;

    /// A source without a record adds no origin, and a status depends on it.
    ///
    /// Independence is declared, never assumed: a misspelt name, or one of two names of the same people,
    /// would otherwise count as a second source. Write the record that the message shows, or write the name
    /// of the source that is meant. To accept the lower status, write it as the claim's `status`.
    ///
    /// ```toml
    /// source = "Lowmarsh Councl"     # next to a claim of the Lowmarsh Council
    /// ```
    UNRECORDED_ORIGIN = "unrecorded-origin", Warning;

    /// The record of a source does not say on which side it is, and a status depends on it.
    ///
    /// In a site with parties, and for military, government and state media in every site, a side that no one
    /// wrote is unknown, and an unknown side never makes a claim surer. Write `party` in the record.
    ///
    /// ```toml
    /// kind = "government"     # without `party`
    /// ```
    UNKNOWN_PARTY = "unknown-party", Warning;

    /// The source of a claim is a word that names no one.
    ///
    /// Anonymous, eyewitnesses, social media and the names of social networks say how a claim came, and not
    /// who makes it. It counts as unattributed, and adds no origin. Name the source, or write
    /// `unattributed`. If a source really has this name, write a record for it.
    ///
    /// ```toml
    /// source = "Facebook"
    /// ```
    UNNAMED_SOURCE = "unnamed-source", Warning;

    /// A claim is withdrawn or disproved without a reason.
    ///
    /// Readers who relied on it should learn why. Give the reason in `status_why`, or in a
    /// correction of the claim.
    ///
    /// ```toml
    /// status = "withdrawn"
    /// ```
    NO_REASON = "no-reason", Error;

    /// The text of a claim, or what its figure quotes, gives other numbers than the figure.
    ///
    /// Readers would see two numbers for one thing. It is reported if a text has numbers, and none of them is
    /// between the lowest and the highest of `min`, `best` and `max`. Dates, times, ages, distances and shares
    /// do not count. Correct the wrong one, or give each number a claim of its own.
    ///
    /// ```toml
    /// text   = "At least 60 people were killed."
    /// figure = { measure = "killed", min = 6 }
    /// ```
    FIGURE_DIFFERS = "figure-differs", Warning;

    /// A running total of one source is lower than it was before.
    ///
    /// A cumulative figure can only grow. Correct the number, or the date; if the source has lowered its
    /// count, say so in a correction of the earlier claim.
    ///
    /// ```toml
    /// figure = { measure = "killed", best = 120, cumulative = true }     # the day before it was 140
    /// ```
    CUMULATIVE_FALLS = "cumulative-falls", Warning;

    /// Two briefings have nearly the same claim, of one source about one place and day.
    ///
    /// The claim is one, and a correction of it would reach only one of the two. Replace the later one by
    /// `repeats`, with the briefing and the id of the earlier one.
    ///
    /// ```toml
    /// [[claims]]
    /// repeats = "monday/well"
    /// ```
    REPEATED_CLAIM = "repeated-claim", Note;

    /// A claim that repeats another has a key of its own.
    ///
    /// All of it but `id`, `checked` and `note` is the original's, so that a correction reaches both. Remove the
    /// key. If the original is wrong, correct it there; if the source says something else now, write a claim with
    /// `text` and `source`.
    ///
    /// ```toml
    /// repeats = "monday/well"
    /// source  = "council"
    /// ```
    REPEAT_WITH_KEYS = "repeat-with-keys", Error;

    /// A claim repeats a claim that has no words of its own, or one of its own briefing.
    ///
    /// A claim is stated once, with its source, and every repeat names that one. The message says which it is. In
    /// its own briefing, link to the claim instead.
    ///
    /// ```toml
    /// repeats = "tuesday/well"     # which repeats monday/well
    /// ```
    BAD_REPEAT = "bad-repeat", Error;

    /// A claim repeats one that was stated later.
    ///
    /// The earlier of the two briefings states the claim, and the later one repeats it. If the earlier briefing was
    /// changed since, say when in `updated`.
    ///
    /// ```toml
    /// date = 2031-05-02
    /// [[claims]]
    /// repeats = "third-of-may/well"
    /// ```
    REPEAT_OF_LATER = "repeat-of-later", Error;

    /// A claim repeats one of a briefing that was withdrawn or has expired.
    ///
    /// Its words are no longer shown, nor are they here. Readers see that they are gone, and why. Remove the repeat,
    /// or state the claim here if it still holds.
    ///
    /// ```toml
    /// repeats = "monday/well"     # monday.md is withdrawn
    /// ```
    REPEAT_OF_GONE = "repeat-of-gone", Warning;

    /// A briefing repeats one claim twice.
    ///
    /// Remove one of the two, and link to the other in the text.
    ///
    /// ```toml
    /// [[claims]]
    /// repeats = "monday/well"
    ///
    /// [[claims]]
    /// repeats = "monday/well"
    /// ```
    REPEATED_TWICE = "repeated-twice", Error;

    /// A correction, a figure or a translation names a claim that repeats another.
    ///
    /// A repeat has nothing of its own that could change. Correct or translate the original, in its own files; every
    /// page with the claim then shows that.
    ///
    /// ```toml
    /// [[corrections]]
    /// claim = "again"     # which repeats monday/well
    /// ```
    NAMED_REPEAT = "named-repeat", Error;

    /// A text, a claim or a record was `checked` later than now.
    ///
    /// `checked` says that something was still so at that time. Write when that was. The clock is that of the
    /// computer, or `--now`.
    ///
    /// ```toml
    /// checked = 2032-05-02T18:00:00Z     # in 2031
    /// ```
    CHECKED_LATER = "checked-later", Error;

    /// A text states a number about people that no figure of its briefing holds.
    ///
    /// A number without a source is easily taken as established. Put it into a claim with a
    /// `figure`, or make it a link to that claim.
    ///
    /// ```text
    /// At least six people were killed.
    /// ```
    UNOWNED_NUMBER = "unowned-number", Warning;

    /// A correction names a field that a claim or briefing does not have.
    ///
    /// Use the suggested field, such as `text` or `figure.min`.
    ///
    /// ```toml
    /// field = "figure.minimum"
    /// ```
    UNKNOWN_FIELD = "unknown-field", Error;

    /// `was` or `now` of a correction has the wrong type for its field.
    ///
    /// With `field`, both are whole values of that field, written as in the claim.
    ///
    /// ```toml
    /// field = "figure.min"
    /// was = "a few"
    /// ```
    CORRECTION_VALUE = "correction-value", Error;

    /// The last `now` of a field is not what the file says.
    ///
    /// Readers would see a correction to something that the page does not say. Make the corrected
    /// value and `now` the same.
    ///
    /// ```toml
    /// now = "6"     # while the claim has min = 8
    /// ```
    CORRECTION_UNTRUE = "correction-untrue", Error;

    /// The `was` of a correction is not the `now` of the correction before it.
    ///
    /// The corrections of a field are one chain, in order of `at`. Make each `was` the `now` before
    /// it.
    ///
    /// ```toml
    /// was = "7"     # the correction before it ends with now = "8"
    /// ```
    CORRECTION_GAP = "correction-gap", Error;

    /// A published claim says something else now, and nothing says so to readers.
    ///
    /// A build compares its claims with those that were published last. If a claim was wrong, write the
    /// correction that the message shows; if it only changed, set `updated` of the briefing. `silent-change =
    /// "error"` under `[check]` in site.toml stops a publish until then.
    ///
    /// ```toml
    /// text = "The mill burned down."     # published as "The mill burned."
    /// ```
    SILENT_CHANGE = "silent-change", Warning;
}
