//! Merges that a version control system left unfinished: both versions are in the file.

use crate::diag::{Code, Diagnostic, Place, Span};

/// An error if a text holds the marks of an unfinished merge. `file` is relative to the root of the site.
#[must_use]
pub fn merge_conflict(file: &str, text: &str) -> Option<Diagnostic> {
    // Almost no text has them.
    if !text.contains("<<<<<<<") {
        return None;
    }
    let mut ours = None;
    let mut is_divided = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let span = Span::new(start..start + content.len());
        start += line.len();
        if is_mark(content, "<<<<<<<") {
            (ours, is_divided) = (Some(span), false);
        } else if content == "=======" {
            is_divided = ours.is_some();
        } else if is_divided && is_mark(content, ">>>>>>>") {
            return ours.map(|ours| unfinished(file, text, ours, span));
        }
    }
    None
}

/// A text with empty lines for the marks.
pub(super) fn without_conflict_marks(text: &str) -> String {
    let is_kept = |line: &&str| {
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().all(|mark| !is_mark(line.trim_end(), mark))
    };
    text.lines().map(|line| Some(line).filter(is_kept).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Seven of a character, and perhaps the name of a version.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|name| name.is_empty() || name.starts_with(' '))
}

fn unfinished(file: &str, text: &str, begin: Span, end: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UNFINISHED_MERGE,
        "an unfinished merge: the file has two versions of what follows",
    )
    .at(Place::new(file, text, begin))
    .label("the first version begins")
    .also(Place::new(file, text, end), "the second version ends")
    .help("keep the right lines, and delete the others and the three lines of <, = and >")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<u32> {
        merge_conflict("a.md", text).and_then(|found| Some(found.place?.line))
    }

    #[test]
    fn a_merge_is_found_wherever_it_is() {
        assert_eq!(line("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> branch\n"), Some(2));
        assert_eq!(line("<<<<<<<\r\nb\r\n||||||| base\r\n=======\r\n>>>>>>>\r\n"), Some(1));
        assert_eq!(line("+++\n<<<<<<< a\n+++\n```\n=======\n>>>>>>> b\n```"), Some(2));
    }

    #[test]
    fn headings_quotations_and_drawings_are_no_merge() {
        for text in [
            "Title\n=======\n",
            ">>>>>>> a quotation\n",
            "<<<<<<<\nnothing\n",
            "<<<<<<<< a\n=======\n>>>>>>>> b\n",
            " <<<<<<< a\n=======\n>>>>>>> b\n",
            "<<<<<<< a\n>>>>>>> b\n=======\n",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
