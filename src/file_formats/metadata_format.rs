//! How metadata are found in a file.

/// How metadata are found in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataFormat {
    Pdf,
    Zip,
    IsoMedia,
    Riff,
    Id3,
    Rtf,
    /// Texts of places: GeoJSON.
    Geography,
    Text,
    Other,
}
