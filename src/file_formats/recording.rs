//! Recordings that browsers play, by the name of a file.

/// A recording that a page can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    Video,
    Audio,
}

const VIDEO: [&str; 3] = ["mp4", "webm", "ogv"];
const AUDIO: [&str; 5] = ["mp3", "m4a", "ogg", "opus", "wav"];

impl Recording {
    /// `None` for other files. What a recording is named decides, as it does for a server.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is_one_of = |endings: &[&str]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
        if is_one_of(&VIDEO) {
            return Some(Self::Video);
        }
        is_one_of(&AUDIO).then_some(Self::Audio)
    }

    /// The element of HTML that plays it.
    #[must_use]
    pub fn element(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_known_by_the_ending_of_its_name() {
        assert_eq!(Recording::of_name("a/quay.MP4"), Some(Recording::Video));
        assert_eq!(Recording::of_name("a/quay.opus"), Some(Recording::Audio));
        for name in ["a/mp4", "a/quay.mov", "a/quay.jpg", "mp3"] {
            assert_eq!(Recording::of_name(name), None, "{name}");
        }
    }
}
