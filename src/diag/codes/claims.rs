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

    /// A correction, figure or translation names a claim that does not exist.
    ///
    /// Correct the id, or give the claim that `id`.
    ///
    /// ```toml
    /// [[corrections]]
    /// claim = "pump"     # the claim is called pumps
    /// ```
    UNKNOWN_CLAIM = "unknown-claim", Error;

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

    /// A claim is withdrawn or disproved without a reason.
    ///
    /// Readers who relied on it should learn why. Give the reason in `status_why`, or in a
    /// correction of the claim.
    ///
    /// ```toml
    /// status = "withdrawn"
    /// ```
    NO_REASON = "no-reason", Error;

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
}
