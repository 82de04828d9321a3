//! Comments in HTML. Writers put names and telephone numbers into them: they reach no output.

use std::ops::Range;

const OPEN: &str = "<!--";

/// The comments of a piece of HTML; the last one may have no end.
fn comments(html: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + html.get(at..)?.find(OPEN)?;
        let inside = &html[start + OPEN.len()..];
        // `<!-->` and `<!--->` are whole comments.
        let end = ["->", ">"].iter().find(|end| inside.starts_with(**end)).map(|end| end.len());
        let end = end.or_else(|| inside.find("-->").map(|found| found + "-->".len()));
        at = end.map_or(html.len(), |end| start + OPEN.len() + end);
        Some((start..at, end.is_some()))
    })
}

/// What is left of a piece of HTML.
#[must_use]
pub fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for (comment, _) in comments(html) {
        kept.push_str(&html[from..comment.start]);
        from = comment.end;
    }
    kept.push_str(&html[from..]);
    kept
}

/// Where a comment begins that has no end.
pub(super) fn unended_comment(html: &str) -> Option<usize> {
    comments(html).find(|(_, has_end)| !has_end).map(|(comment, _)| comment.start)
}
