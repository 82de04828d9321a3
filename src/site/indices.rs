//! Indices into the lists of a site, each of its own type.

/// An index into one of the site's lists, typed by the list.
macro_rules! indices {
    ($($name:ident),+) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).expect("a site has fewer than 4 billion of anything"))
            }
        }

        impl From<$name> for usize {
            fn from(index: $name) -> Self {
                index.0 as Self
            }
        }
    )+};
}

indices!(
    BriefingIx,
    NeighbourhoodIx,
    SourceIx,
    EventIx,
    DateIx,
    PlainIx,
    StubIx,
    FileIx,
    FigureIx,
    LanguageIx
);

/// A claim: that of a briefing at a position. What is claimed in one briefing moves no other claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx {
    pub briefing: BriefingIx,
    /// In its briefing's claims, in the order of the file.
    position: u32,
}

impl ClaimIx {
    pub(crate) fn new(briefing: BriefingIx, position: usize) -> Self {
        let position = u32::try_from(position).expect("a file has fewer than 4 billion claims");
        Self { briefing, position }
    }

    pub(super) fn position(self) -> usize {
        self.position as usize
    }
}

/// The default language.
pub const DEFAULT_LANGUAGE: LanguageIx = LanguageIx(0);
