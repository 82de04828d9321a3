//! Taking over a folder with files that no list of ours names.
//!
//! Owns what a person is shown before they agree, and the answer. Reads and changes no file.

/// What a build does to a folder that it takes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adoption {
    /// How the folder is called.
    pub shown_as: String,
    /// How many files have the bytes of this build already, and become ours as they are.
    pub kept: usize,
    /// Files of others at paths of this build, with other bytes; sorted.
    pub replaced: Vec<String>,
    /// Files that are no outputs of this build and stay.
    pub staying: StayingFiles,
}

/// Files of the folder that are no outputs of this build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StayingFiles {
    /// Sorted.
    pub named: Vec<String>,
    /// How many have a name that must not be shown.
    pub secret: usize,
}

/// What a person says to an [`Adoption`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdoptionAnswer {
    Yes,
    No,
    /// There is no one to ask.
    NotAsked,
}

/// Shows an adoption and returns the answer.
pub type AskAdoption = dyn Fn(&Adoption) -> AdoptionAnswer + Send + Sync;
