//! Why an image may not be published, and the remedy.

/// Why an image may not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRefusal {
    /// The end of a sentence that begins with the name of the file.
    pub reason: String,
    /// The remedy, as a sentence without a full stop.
    pub help: String,
}

impl ImageRefusal {
    pub fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: help.into() }
    }

    pub fn damaged(what: &str) -> Self {
        Self::new(
            format!("is cut short or damaged: {what}"),
            "copy the original again, or open it in a picture editor and export it",
        )
    }
}

impl From<img_parts::Error> for ImageRefusal {
    fn from(error: img_parts::Error) -> Self {
        Self::damaged(match error {
            img_parts::Error::WrongSignature => "it does not begin as its format does",
            img_parts::Error::BadCRC => "a checksum in it is wrong",
            img_parts::Error::Truncated => "it ends before its picture does",
        })
    }
}
