//! Definitions of references, `[label]: target`: readers never see these lines.
//!
//! Owns which of them nothing refers to and which the parser dropped, as it keeps only the first of a label.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, RefDefs};

use super::problems::Problems;
use crate::diag::{Code, Diagnostic};

/// Collects what a body refers to, and what of it readers see.
#[derive(Default)]
pub(super) struct References<'a> {
    /// Labels, as written.
    used: Vec<CowStr<'a>>,
    /// Ranges of the body that became blocks or text, in order. They may contain each other.
    shown: Vec<Range<usize>>,
}

impl<'a> References<'a> {
    pub(super) fn refer(&mut self, label: CowStr<'a>) {
        self.used.push(label);
    }

    pub(super) fn show(&mut self, range: &Range<usize>) {
        self.shown.push(range.clone());
    }

    /// Reports the definitions that readers miss.
    pub(super) fn check(&self, definitions: &RefDefs<'_>, body: &str, problems: &mut Problems<'_>) {
        let used: BTreeSet<usize> =
            self.used.iter().filter_map(|label| Some(definitions.get(label)?.span.start)).collect();
        let first: BTreeSet<usize> =
            definitions.iter().map(|(_, definition)| definition.span.start).collect();
        // In the order of the body, whatever the order of the parser's table.
        let mut known: Vec<_> = definitions.iter().collect();
        known.sort_by_key(|(_, definition)| definition.span.start);
        for (label, definition) in known {
            if !used.contains(&definition.span.start) && !is_comment(&definition.dest) {
                unused(label, definition.span.clone(), body, problems);
            }
        }
        for line in dropped(body, &self.shown).filter(|line| !first.contains(&line.start)) {
            let label = label(&body[line.clone()]);
            if let Some(first) = definitions.get(label).filter(|first| !is_comment(&first.dest)) {
                duplicate(label, line, first.span.clone(), problems);
            }
        }
    }
}

/// `[//]: # (a comment)` is how people write what readers are not to see.
fn is_comment(target: &str) -> bool {
    matches!(target, "#" | "")
}

/// Lines that look like definitions and became neither a block nor text.
fn dropped<'b>(body: &'b str, shown: &'b [Range<usize>]) -> impl Iterator<Item = Range<usize>> + 'b {
    let mut start = 0;
    let mut next = 0;
    let mut shown_to = 0;
    body.split_inclusive('\n').filter_map(move |line| {
        let at = start + line.len() - line.trim_start_matches(is_before_a_definition).len();
        let end = start + line.trim_end().len();
        start += line.len();
        while shown.get(next).is_some_and(|range| range.start <= at) {
            shown_to = shown_to.max(shown[next].end);
            next += 1;
        }
        let text = body.get(at..end)?;
        let looks_like_one = text.starts_with('[') && !text.starts_with("[^") && text.contains("]:");
        (looks_like_one && shown_to <= at).then_some(at..end)
    })
}

/// What marks of lists and quotations are made of.
fn is_before_a_definition(c: char) -> bool {
    matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | ':' | '.' | ')' | '0'..='9')
}

fn label(line: &str) -> &str {
    line[1..].split_once("]:").map_or("", |(label, _)| label)
}

fn unused(label: &str, range: Range<usize>, body: &str, problems: &mut Problems<'_>) {
    let message = format!("nothing refers to the definition \"{label}\", and readers do not see this line");
    let line = body[range.clone()].lines().next().unwrap_or_default();
    let help = format!("write `\\{line}` if readers are to see it, or delete it");
    problems.add(range, Diagnostic::warning(Code::UNUSED_DEFINITION, message).help(help));
}

fn duplicate(label: &str, range: Range<usize>, first: Range<usize>, problems: &mut Problems<'_>) {
    let message = format!("the reference \"{label}\" is defined twice, and this line has no effect");
    let diagnostic = Diagnostic::warning(Code::DUPLICATE_DEFINITION, message)
        .help("delete it, give it another label, or write `\\[` if readers are to see it");
    problems.add_with(range, diagnostic, (first, "this one counts"));
}
