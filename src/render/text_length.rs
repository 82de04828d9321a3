//! How long a text is in letters, or in parts of a text message.
//!
//! Owns the counting of 3GPP TS 23.038: a message in the GSM alphabet has 160 letters, or 153 in each of several parts;
//! in any other alphabet 70, or 67, of UTF-16.

/// How long a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLimit {
    /// Unicode scalar values.
    Characters(usize),
    /// Parts of a text message.
    MessageParts(usize),
}

impl TextLimit {
    /// Whether it counts text messages, which have an alphabet of their own.
    pub fn is_of_messages(self) -> bool {
        matches!(self, Self::MessageParts(_))
    }

    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        self.length(text) <= self.most()
    }

    /// How long the text is, in the unit of the limit.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Characters(_) => text.chars().count(),
            Self::MessageParts(_) => message_parts(text),
        }
    }

    #[must_use]
    pub fn most(self) -> usize {
        let (Self::Characters(most) | Self::MessageParts(most)) = self;
        most
    }
}

/// The letters of the GSM alphabet, and those of its extension, which take the room of two.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many parts a message with this text has.
fn message_parts(text: &str) -> usize {
    let sizes: Option<Vec<usize>> = text.chars().map(gsm_size).collect();
    match sizes {
        Some(sizes) => parts(&sizes, 160, 153),
        None => parts(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

/// `None` if the letter is not in the alphabet.
fn gsm_size(letter: char) -> Option<usize> {
    if GSM.contains(letter) {
        return Some(1);
    }
    GSM_EXTENSION.contains(letter).then_some(2)
}

/// A letter of two units is never cut between two parts.
fn parts(sizes: &[usize], single: usize, of_several: usize) -> usize {
    if sizes.iter().sum::<usize>() <= single {
        return 1;
    }
    let mut parts = 1;
    let mut room = of_several;
    for size in sizes {
        if *size > room {
            parts += 1;
            room = of_several;
        }
        room -= size;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_parts_by_its_alphabet() {
        for (text, parts) in [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            // Each takes the room of two.
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            // 153 is odd: one unit of each part stays empty.
            ("€".repeat(152), 2),
            ("€".repeat(153), 3),
            ("ح".repeat(70), 1),
            ("ح".repeat(71), 2),
            ("ح".repeat(134), 2),
            ("ح".repeat(135), 3),
            // Two units of UTF-16.
            ("😀".repeat(35), 1),
            ("😀".repeat(66), 2),
            ("😀".repeat(67), 3),
            // One letter outside of the alphabet changes all.
            ("a".repeat(160) + "’", 3),
        ] {
            assert_eq!(message_parts(&text), parts, "{text}");
        }
    }

    #[test]
    fn letters_are_counted_and_not_bytes() {
        assert!(TextLimit::Characters(3).fits("حلب"));
        assert!(!TextLimit::Characters(2).fits("حلب"));
    }
}
