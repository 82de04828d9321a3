//! Labels along an axis: which of them fit on a phone.

use super::canvas::{NARROWEST, Share, WHOLE};
use super::text::width_of;

/// The width of a label of 12 pixels and the gap after it, on the narrowest chart.
pub fn label_width(text: &str) -> Share {
    let pixels = i64::try_from(width_of(text) * 13 / 100).unwrap_or(NARROWEST) + 12;
    (pixels * WHOLE / NARROWEST).min(WHOLE)
}

/// Which labels to write, by where each begins and ends. The last one always, as readers look for the
/// newest and the largest; of those before it, from the first, all that fit.
pub fn labels_that_fit(spans: &[(Share, Share)]) -> Vec<bool> {
    let last = spans.last().map_or(WHOLE, |last| last.0);
    let mut free_from = Share::MIN;
    let mut fitting: Vec<bool> = Vec::with_capacity(spans.len());
    for (begin, end) in spans {
        let is_last = fitting.len() + 1 == spans.len();
        let fits = *begin >= free_from && *end <= last;
        if fits {
            free_from = *end;
        }
        fitting.push(fits || is_last);
    }
    fitting
}
