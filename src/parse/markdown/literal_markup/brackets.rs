//! Links that are none: `[[name]]`, and `[text](a target with spaces)`.

use std::ops::Range;

use super::template_tags;
use super::text::{LiteralText, OTHER, beginning};
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::links::SCHEMES;
use crate::parse::markdown::problems::Problems;

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    wiki_links(block, problems);
    links(block, problems);
}

fn wiki_links(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let text = block.text();
    let mut from = 0;
    while let Some(open) = text[from..].find("[[").map(|at| from + at) {
        from = open + 1;
        let Some(length) = beginning(&text[open + 2..]).find("]]") else { continue };
        let name = &text[open + 2..open + 2 + length];
        let end = open + 2 + length + 2;
        let before = text[..open].chars().next_back();
        let is_name = name.chars().any(char::is_alphabetic) && !name.contains(['[', ']', '\n', OTHER]);
        if !is_name || before.is_some_and(char::is_alphanumeric) || text[end..].starts_with('(') {
            continue;
        }
        from = end;
        let is_picture = before == Some('!');
        let start = open - usize::from(is_picture);
        let message = "double brackets make no link here, and are shown as text";
        let help = wiki_remedy(name, is_picture);
        let diagnostic = Diagnostic::warning(Code::WIKI_LINK, message).help(help);
        problems.add(block.range(start..end), diagnostic);
    }
}

fn wiki_remedy(name: &str, is_picture: bool) -> String {
    let (target, text) = name.split_once('|').unwrap_or((name, name));
    if is_picture {
        return format!("write `![what it shows]({})`", in_angles(target));
    }
    let file = format!("{target}.md");
    format!(
        "write `[{text}]({})` for a place, `[{text}]({})` for a file",
        in_angles(&format!("place:{target}")),
        in_angles(&file)
    )
}

fn in_angles(target: &str) -> String {
    if target.contains(' ') { format!("<{target}>") } else { target.to_owned() }
}

/// Markup `[label](target)` that the parser did not take for a link.
struct LiteralLink {
    /// With the `!` of a picture.
    whole: Range<usize>,
    label: Range<usize>,
    target: Range<usize>,
    is_closed: bool,
}

fn links(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let text = block.text();
    let mut open = Vec::new();
    let mut reported_to = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                let Some(start) = open.pop().filter(|_| at >= reported_to) else { continue };
                if let Some(target) = target_behind_a_space(text, start, at) {
                    reported_to = target.end + 1;
                    problems.add(block.range(start..reported_to), apart(block, start..at, target));
                }
                if !text[at..].starts_with("](") {
                    continue;
                }
                let link = link_around(text, start, at);
                if is_reported(text, &link) {
                    reported_to = link.whole.end;
                    let diagnostic = diagnostic(block, &link);
                    problems.add(block.range(link.whole), diagnostic);
                }
            }
            _ => {}
        }
    }
}

/// The target in `[label] (target)`, which is one beyond doubt.
fn target_behind_a_space(text: &str, open: usize, bracket: usize) -> Option<Range<usize>> {
    let behind = &text[bracket + 1..];
    let target = behind.trim_start_matches([' ', '\t']).strip_prefix('(')?;
    let start = text.len() - target.len();
    let rest = beginning(target);
    let target = &rest[..closing_parenthesis(rest)?];
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let is_target = scheme.is_some_and(|scheme| SCHEMES.contains(&scheme))
        || target.split('#').next().is_some_and(|path| path.ends_with(".md"));
    // `[1] (https://…)` and `[sic] (https://…)` are prose.
    let label = beginning(&text[open + 1..bracket]);
    let is_label = label.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let is_apart = is_label && behind.starts_with([' ', '\t']);
    (is_apart && is_target && !target.contains(char::is_whitespace)).then_some(start..start + target.len())
}

fn apart(block: &LiteralText<'_>, label: Range<usize>, target: Range<usize>) -> Diagnostic {
    let message = "a space between ] and ( makes this no link, and it is shown as text";
    let (label, target) = (block.source(label.start + 1..label.end), block.source(target));
    Diagnostic::error(Code::LITERAL_LINK, message).help(format!("write `[{label}]({target})`"))
}

/// Not a link with a template tag, which is reported itself, nor one that a footnote keeps from being one.
fn is_reported(text: &str, link: &LiteralLink) -> bool {
    let target = &text[link.target.clone()];
    let has_tag = target.match_indices('{').any(|(at, _)| template_tags::tag(target, at).is_some());
    let label = beginning(&text[link.label.clone()]);
    !has_tag && (target.trim().contains([' ', '\t']) || !label.contains(OTHER))
}

fn link_around(text: &str, open: usize, middle: usize) -> LiteralLink {
    let is_picture = text[..open].ends_with('!');
    let start = middle + 2;
    let rest = beginning(&text[start..]);
    let line = rest.split('\n').next().unwrap_or_default();
    let close = closing_parenthesis(line).map(|at| start + at);
    let end = close.unwrap_or_else(|| start + line.find(char::is_whitespace).unwrap_or(line.len()));
    LiteralLink {
        whole: open - usize::from(is_picture)..end + usize::from(close.is_some()),
        label: open + 1..middle,
        target: start..end,
        is_closed: close.is_some(),
    }
}

/// The `)` that closes what a text begins in.
fn closing_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn diagnostic(block: &LiteralText<'_>, link: &LiteralLink) -> Diagnostic {
    let (target, title) = without_title(block.source(link.target.clone()));
    let target = target.trim().trim_matches(['<', '>']);
    let (message, help) = if !link.is_closed {
        let message = "the target of this link has no `)`, so it is shown as text";
        (message, "write ) behind the target; a parenthesis in it is written %28 or %29")
    } else if target.contains(char::is_whitespace) {
        (
            "a space ends the target, so this is no link and is shown as text",
            "write the target between < and >",
        )
    } else {
        let message = "this is no link, and is shown as text";
        (message, "no link can be within another, and a target takes no `<`")
    };
    let written = block.short_source(link.whole.clone()).filter(|_| link.is_closed && target.contains(' '));
    let diagnostic = Diagnostic::error(Code::LITERAL_LINK, message);
    match written {
        Some(written) => {
            let bang = if written.starts_with('!') { "!" } else { "" };
            let label = block.source(link.label.clone());
            diagnostic.help(format!("write `{bang}[{label}](<{target}>{title})`"))
        }
        None => diagnostic.help(help),
    }
}

/// A target, and the title behind it with its quotes.
fn without_title(target: &str) -> (&str, &str) {
    let is_title = target.len() > 2 && (target.ends_with('"') || target.ends_with('\''));
    let start = is_title.then(|| target[..target.len() - 1].rfind([' ', '\t'])).flatten();
    let quoted = [" \"", " '"].iter().filter_map(|open| target.find(open)).min();
    match (start, quoted) {
        (Some(_), Some(at)) => target.split_at(at),
        _ => (target, ""),
    }
}
