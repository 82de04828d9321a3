//! Claims, figures and corrections.

codes! {
    "Claims, figures and corrections";

    /// Two claims of a briefing have one id.
    DUPLICATE_CLAIM = "duplicate-claim", Error;

    /// A correction, figure or translation names a claim that is not there.
    UNKNOWN_CLAIM = "unknown-claim", Error;

    /// A claim's `happened` begins after the claim was published, and it is neither a forecast nor an instruction.
    HAPPENED_LATER = "happened-later", Warning;

    /// A status says more than the origins of the claim or its event carry, and no `status_why` says why.
    STATUS_TOO_HIGH = "status-too-high", Error;

    /// A claim is withdrawn or disproved, and nothing tells readers why.
    NO_REASON = "no-reason", Error;

    /// A text states a number about people that no figure of its briefing holds.
    UNOWNED_NUMBER = "unowned-number", Warning;

    /// A correction names a field that no claim, or no briefing, has.
    UNKNOWN_FIELD = "unknown-field", Error;

    /// `was` or `now` is not of the kind of its field.
    CORRECTION_VALUE = "correction-value", Error;

    /// The last `now` of a field is not what the file says.
    CORRECTION_UNTRUE = "correction-untrue", Error;

    /// A `was` is not the `now` of the correction before it.
    CORRECTION_GAP = "correction-gap", Error;
}
