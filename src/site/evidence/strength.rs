//! Origins, and how much a number of them supports.

use crate::model::Status;
use crate::site::indices::SourceIx;

/// Sources that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In order of their ids.
    pub sources: Vec<SourceIx>,
}

/// How much a number of origins supports, in the words of the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// There is no origin.
    #[default]
    Nothing,
    OneOrigin,
    /// Two or more, all of one party.
    OneParty,
    /// Two or more. The party of some is unknown, and no two are known to differ.
    PartyUnknown,
    /// Two or more, of different parties.
    Parties,
    /// Two or more, one of them of no party.
    NoParty,
}

impl Strength {
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Nothing => Status::Unverified,
            Self::OneOrigin => Status::SingleSource,
            Self::OneParty | Self::PartyUnknown => Status::OneSide,
            Self::NoParty | Self::Parties => Status::Corroborated,
        }
    }
}
