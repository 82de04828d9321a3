//! Attributes in braces, as other programs take them: `{.class}`, `{: #id}`, `{width="50%"}`.
//!
//! Those at the end of a heading are refused elsewhere.

use super::text::LiteralText;
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::problems::Problems;

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    for line in block.lines() {
        let mut from = 0;
        while let Some(open) = line.text[from..].find('{').map(|at| from + at) {
            from = open + 1;
            let Some(length) = line.text[from..].find('}') else { break };
            let close = from + length + 1;
            let start = line.start + open;
            let is_at_an_end =
                open == 0 || line.text[close..].trim().is_empty() || is_behind_a_link(block, start);
            if is_at_an_end && are_attributes(&line.text[from..close - 1]) {
                let message = "attributes in braces are shown as text";
                let help = "delete them; Markdown here takes no attributes";
                let diagnostic = Diagnostic::warning(Code::LITERAL_ATTRIBUTES, message).help(help);
                problems.add(block.range(start..line.start + close), diagnostic);
            }
            from = close;
        }
    }
}

fn is_behind_a_link(block: &LiteralText<'_>, start: usize) -> bool {
    block.body[..block.offset(start)].ends_with([')', ']'])
}

fn are_attributes(inner: &str) -> bool {
    let inner = inner.strip_prefix(':').unwrap_or(inner).trim();
    let is_plain = |c: char| c.is_alphanumeric() || "-_.#:=\"'% ".contains(c);
    let is_named = |part: &str| part.starts_with(['#', '.']) && part[1..].starts_with(char::is_alphabetic);
    let is_set = |part: &str| {
        part.split_once('=').is_some_and(|(key, value)| {
            key.starts_with(char::is_alphabetic) && value.starts_with(['"', '\''])
        })
    };
    inner.chars().all(is_plain) && inner.split(' ').next().is_some_and(|part| is_named(part) || is_set(part))
}
