//! Words along an axis: which of them a phone has room for.

use super::{NARROWEST, Share, WHOLE, width_of};

/// How much of the narrowest picture a text of 12 pixels takes, with a gap behind it.
pub fn share_of(text: &str) -> Share {
    let pixels = i64::try_from(width_of(text) * 13 / 100).unwrap_or(NARROWEST) + 12;
    (pixels * WHOLE / NARROWEST).min(WHOLE)
}

/// Which of the words are written, by where each begins and ends: the last one, since the newest and the
/// largest is what readers look for, and of those before it, from the first, what leaves the others free.
pub fn written(spans: &[(Share, Share)]) -> Vec<bool> {
    let last = spans.last().map_or(WHOLE, |last| last.0);
    let mut free_from = Share::MIN;
    let mut are_written: Vec<bool> = Vec::with_capacity(spans.len());
    for (begin, end) in spans {
        let is_last = are_written.len() + 1 == spans.len();
        let fits = *begin >= free_from && *end <= last;
        if fits {
            free_from = *end;
        }
        are_written.push(fits || is_last);
    }
    are_written
}
