//! Merges that a version control system left unfinished: both versions are in the file.

use crate::diag::{Code, Diagnostic, Place, Span};

/// An error if a text holds the marks of an unfinished merge. `file` is relative to the root of the site.
#[must_use]
pub fn merge_conflict(file: &str, text: &str) -> Option<Diagnostic> {
    // Almost no text has them.
    if !text.contains(OURS) && !text.contains(THEIRS) {
        return None;
    }
    let marks = marks(text);
    let mut from_first = marks.iter().skip_while(|(mark, _)| *mark != OURS);
    let ours = from_first.next();
    let mut from_divide = from_first.skip_while(|(mark, _)| *mark != DIVIDE);
    let theirs = from_divide.find(|(mark, _)| *mark == THEIRS);
    let whole = ours.zip(theirs).map(|((_, ours), (_, theirs))| unfinished(file, text, *ours, *theirs));
    let is_left = |mark: &&(&str, Span)| mark.0 == OURS || mark.0 == THEIRS && !is_quotation(text, mark.1);
    whole.or_else(|| marks.iter().find(is_left).map(|(_, left)| left_over(file, text, *left)))
}

const OURS: &str = "<<<<<<<";
const DIVIDE: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// Each line that may be a mark, and which one.
fn marks(text: &str) -> Vec<(&'static str, Span)> {
    let mut marks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let span = Span::new(start..start + content.len());
        start += line.len();
        let mark = [OURS, DIVIDE, THEIRS].into_iter().find(|mark| is_mark(content, mark));
        marks.extend(mark.filter(|mark| *mark != DIVIDE || content == DIVIDE).map(|mark| (mark, span)));
    }
    marks
}

/// A line before or after it begins with `>` too: a quotation of quotations. Without a name it may be one as well.
fn is_quotation(text: &str, line: Span) -> bool {
    let range = line.range();
    let is_quoted = |line: Option<&str>| line.is_some_and(|line| line.starts_with('>'));
    let before = text[..range.start].lines().next_back();
    let after = text[range.end..].lines().nth(1);
    text[range].len() == THEIRS.len() || is_quoted(before) || is_quoted(after)
}

/// A text with empty lines for the marks.
pub(super) fn without_conflict_marks(text: &str) -> String {
    let is_kept =
        |line: &&str| [OURS, "|||||||", DIVIDE, THEIRS].iter().all(|mark| !is_mark(line.trim_end(), mark));
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

/// One mark of a merge without the others: somebody deleted too few lines.
fn left_over(file: &str, text: &str, mark: Span) -> Diagnostic {
    Diagnostic::error(Code::UNFINISHED_MERGE, "an unfinished merge: one of its marks is left")
        .at(Place::new(file, text, mark))
        .label("would be published")
        .help("delete the line, and look whether lines of the other version are left, too")
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
        assert_eq!(line("a\n>>>>>>> x\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> branch\n"), Some(3));
    }

    #[test]
    fn one_mark_that_is_left_is_found() {
        assert_eq!(line("a\n<<<<<<< HEAD\nb\n"), Some(2));
        assert_eq!(line("a\n<<<<<<<\r\nb"), Some(2));
        assert_eq!(line("a\n\n>>>>>>> 1a2b3c (water)\nb\n"), Some(3));
        assert_eq!(line("a\n=======\nb\n>>>>>>> theirs"), Some(4));
        assert_eq!(line("<<<<<<< a\n>>>>>>> b\n=======\n"), Some(1));
    }

    #[test]
    fn headings_quotations_and_drawings_are_no_merge() {
        for text in [
            "Title\n=======\n",
            ">>>>>> a line before\n>>>>>>> a quotation\n",
            ">>>>>>> a quotation\n>>>>>>> of two lines\n",
            ">>>>>>>\n",
            "<<<<<<<< a\n=======\n>>>>>>>> b\n",
            " <<<<<<< a\n =======\n >>>>>>> b\n",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
