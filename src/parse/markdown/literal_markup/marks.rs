//! Marks at the begin of a line that no plain space follows: no heading, no list.

use super::text::{LiteralText, TextLine, name_of_space};
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::problems::Problems;

/// A mark at the begin of a line.
struct LineMark<'a> {
    /// The offset in the line.
    start: usize,
    mark: &'a str,
    makes: &'static str,
}

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    check_bullets(block, problems);
    let numbered = block.lines().filter(|line| is_number_with_other_space(line.text)).count();
    let joined = block.lines().filter(|line| is_mark_next_to_word(line.text)).count();
    // One such line is a date, a word that goes on or a speaker.
    let is_list = joined > 1;
    for line in block.lines() {
        let Some(mark) = line_mark(line.text) else { continue };
        let is_number = mark.mark.starts_with(|c: char| c.is_ascii_digit());
        // `3.` and a no-break space begin a date more often than a list.
        if is_number && numbered < 2 && !is_list {
            continue;
        }
        check_mark(block, line, &mark, is_list, problems);
    }
}

/// Characters that look like the marks of a list, and make none.
const BULLETS: [char; 10] = ['•', '●', '▪', '▸', '►', '◦', '‣', '⁃', '■', '○'];

/// Reports lines that begin with a bullet: readers see them as one paragraph.
fn check_bullets(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let with_bullet = || block.lines().filter(|line| line.text.starts_with(BULLETS));
    if with_bullet().nth(1).is_none() {
        return;
    }
    for line in with_bullet() {
        let bullet = line.text.chars().next().unwrap_or_default();
        let message = format!("`{bullet}` makes no list, and the lines are shown as one paragraph");
        let text = line.text[bullet.len_utf8()..].trim_start();
        let range = block.range(line.start..line.start + bullet.len_utf8());
        let help = format!("write `- {}`", first_words(text));
        problems.add(range, Diagnostic::warning(Code::TYPED_BULLET, message).help(help));
    }
}

fn check_mark(
    block: &LiteralText<'_>,
    line: TextLine<'_>,
    mark: &LineMark<'_>,
    is_list: bool,
    problems: &mut Problems<'_>,
) {
    let end = mark.start + mark.mark.len();
    let rest = &line.text[end..];
    let Some(next) = rest.chars().next() else { return };
    let before = line.text[..mark.start].chars().next();
    let (message, range) = if let Some(name) = name_of_space(next) {
        // `-` and a no-break space begin a negative number, too.
        if matches!(mark.mark, "-" | "+") && rest[next.len_utf8()..].starts_with(|c: char| c.is_numeric()) {
            return;
        }
        (made_by(name, next, "follows", mark), mark.start..end + next.len_utf8())
    } else if let Some((c, name)) = before.and_then(|c| Some((c, name_of_space(c)?)))
        && next.is_ascii_whitespace()
    {
        (made_by(name, c, "is before", mark), 0..end)
    } else if (mark.mark.len() > 1 && mark.mark.starts_with('#') || mark.makes == "list" && is_list)
        && next.is_alphabetic()
    {
        let message = format!("no space follows `{}`, so this is no {}", mark.mark, mark.makes);
        (message, mark.start..end)
    } else {
        return;
    };
    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || name_of_space(c).is_some());
    let mut help = format!("write `{} {}`, with a plain space", mark.mark, first_words(text));
    if mark.mark == "-" && next.is_alphabetic() {
        help += &format!("; if somebody says this, write `– {}`", first_words(text));
    }
    let range = block.range(line.start + range.start..line.start + range.end);
    problems.add(range, Diagnostic::warning(Code::MARK_WITHOUT_SPACE, message).help(help));
}

fn made_by(name: &str, c: char, how: &str, mark: &LineMark<'_>) -> String {
    format!("{name} (U+{:04X}) {how} `{}`, so this is no {}", u32::from(c), mark.mark, mark.makes)
}

/// Enough of a line to recognise it.
fn first_words(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The mark that a line begins with, after any white space of Unicode.
fn line_mark(line: &str) -> Option<LineMark<'_>> {
    let start = line.len() - line.trim_start_matches(|c| name_of_space(c).is_some()).len();
    let text = &line[start..];
    let hashes = text.len() - text.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) {
        return Some(LineMark { start, mark: &text[..hashes], makes: "heading" });
    }
    if text.starts_with(['-', '*', '+']) {
        return Some(LineMark { start, mark: &text[..1], makes: "list" });
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_number = (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']);
    is_number.then(|| LineMark { start, mark: &text[..=digits], makes: "list" })
}

/// `-one` or `1.one`.
fn is_mark_next_to_word(line: &str) -> bool {
    let Some(mark) = line_mark(line).filter(|mark| mark.makes == "list") else { return false };
    line[mark.start + mark.mark.len()..].starts_with(char::is_alphabetic)
}

fn is_number_with_other_space(line: &str) -> bool {
    let Some(mark) = line_mark(line) else { return false };
    let next = line[mark.start + mark.mark.len()..].chars().next();
    mark.mark.ends_with(['.', ')']) && next.is_some_and(|c| name_of_space(c).is_some())
}
