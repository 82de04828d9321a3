//! The closed lists of words that front matter uses as values.

use crate::toml::words;

words!(BriefingKind {
    Flash = "flash",
    Daily = "daily",
    Situation = "situation",
    Explainer = "explainer",
    Notice = "notice",
});

words!(ClaimKind {
    Event = "event",
    Condition = "condition",
    Statement = "statement",
    Allegation = "allegation",
    Instruction = "instruction",
    Forecast = "forecast",
    Rumour = "rumour",
});

words!(
    /// How certain a claim is. The first five are in rising order.
    Status {
        Unverified = "unverified",
        SingleSource = "single-source",
        OneSide = "one-side",
        Corroborated = "corroborated",
        Confirmed = "confirmed",
        Contested = "contested",
        Withdrawn = "withdrawn",
        Disproved = "disproved",
    }
);

impl Status {
    /// Neither withdrawn nor disproved.
    #[must_use]
    pub fn holds(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Disproved)
    }
}

words!(CorrectionKind {
    Correction = "correction",
    Clarification = "clarification",
    Update = "update",
    Withdrawal = "withdrawal",
});

words!(
    /// How a source knows what it says.
    Sees {
        OnTheSpot = "on-the-spot",
        Network = "network",
        Relay = "relay",
        Desk = "desk",
        Unknown = "unknown",
    }
);

words!(
    /// The precision of a point on the map, from fine to coarse.
    Precision {
        Building = "building",
        Street = "street",
        Neighbourhood = "neighbourhood",
        District = "district",
        City = "city",
        Region = "region",
    }
);
