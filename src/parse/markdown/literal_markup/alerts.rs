//! Alerts that are none: `[!DANGER]`, an alert outside of a quotation, `:::warning`.

use super::text::{LiteralText, TextLine};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::parse::markdown::problems::Problems;

const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// What other programs call their alerts, and the nearest of ours.
const NEAREST: [(&str, &[&str]); 4] = [
    ("CAUTION", &["attention", "bug", "critical", "danger", "error", "fail", "failure"]),
    (
        "NOTE",
        &["abstract", "example", "faq", "help", "info", "question", "quote", "seealso", "summary", "todo"],
    ),
    ("TIP", &["check", "done", "hint", "success"]),
    ("WARNING", &["alert", "notice"]),
];

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    for line in block.lines() {
        if let Some(name) = bracketed(line.text) {
            alert(block, line, name, problems);
        } else if let Some(name) = fenced(line.text) {
            container(block, line, name, problems);
        }
    }
}

fn alert(block: &LiteralText<'_>, line: TextLine<'_>, name: &str, problems: &mut Problems<'_>) {
    let end = "[!".len() + name.len() + "]".len();
    let upper = name.to_uppercase();
    let (message, help) = if !ALERTS.contains(&name.to_lowercase().as_str()) {
        let message = format!("there is no alert \"{name}\", so `[!{name}]` is shown as text");
        (message, format!("write `> [!{}]` on a line of its own", nearest(name)))
    } else if line.text[end..].trim().is_empty() {
        let message = format!("`[!{name}]` is not the first line of a quotation, so it is shown as text");
        (message, format!("write `> [!{upper}]`, and > before each line of the alert"))
    } else {
        let message = format!("text follows `[!{name}]` in its line, so it is shown as text");
        (message, format!("write `> [!{upper}]` on a line of its own, and the text below it"))
    };
    let range = block.range(line.start..line.start + end);
    problems.add(range, Diagnostic::warning(Code::UNKNOWN_ALERT, message).help(help));
}

fn container(block: &LiteralText<'_>, line: TextLine<'_>, name: &str, problems: &mut Problems<'_>) {
    let message = "blocks with colons are of other programs; this line is shown as text";
    let help = format!("write `> [!{}]`, and > before each line of the block", nearest(name));
    let range = block.range(line.start..line.start + line.text.trim_end().len());
    problems.add(range, Diagnostic::warning(Code::UNKNOWN_ALERT, message).help(help));
}

/// The alert of ours that is nearest.
fn nearest(name: &str) -> String {
    let name = name.to_lowercase();
    let known = NEAREST.iter().find(|(_, others)| others.contains(&name.as_str())).map(|(ours, _)| *ours);
    known.or_else(|| did_you_mean(&name, ALERTS)).unwrap_or("NOTE").to_uppercase()
}

/// The name of an alert that a line begins with.
fn bracketed(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("[!")?.split_once(']')?;
    is_name(name).then_some(name)
}

/// The name in `:::name` or `::: {.name}`.
fn fenced(line: &str) -> Option<&str> {
    let name = line.strip_prefix(":::")?.trim_start_matches(':').trim_start();
    let name = name.strip_prefix("{.").unwrap_or(name);
    let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    is_name(&name[..end]).then_some(&name[..end])
}

fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
}
