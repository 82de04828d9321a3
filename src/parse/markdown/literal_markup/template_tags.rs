//! Template tags and shortcodes of other generators: `{{< ref >}}`, `{% include %}`, `{{ site.title }}`.

use std::ops::Range;

use super::text::{LiteralText, beginning};
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::problems::Problems;

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let text = block.text();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let Some(tag) = tag(text, open) else {
            from = open + 1;
            continue;
        };
        from = tag.end;
        let name = first_word(&text[tag.clone()]);
        let message = "a template tag of another program is shown as text";
        let diagnostic = Diagnostic::warning(Code::TEMPLATE_TAG, message).help(remedy(name));
        problems.add(block.range(tag), diagnostic);
    }
}

/// The tag that begins at `open`.
pub(super) fn tag(text: &str, open: usize) -> Option<Range<usize>> {
    let rest = beginning(&text[open..]);
    let (inner, close) = match rest.get(..2)? {
        "{{" => (&rest[2..], "}}"),
        "{%" => (&rest[2..], "%}"),
        "{#" if rest[2..].starts_with([' ', '-']) => (&rest[2..], "#}"),
        _ => return None,
    };
    let name = inner.trim_start_matches(|c: char| c.is_ascii_whitespace() || "<%#/&!>~-^+*".contains(c));
    let is_tag = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '.' | '$' | '"' | '\''));
    let length = inner.find(close)?;
    (is_tag && inner.len() - name.len() < length).then(|| open..open + 2 + length + close.len())
}

fn first_word(tag: &str) -> &str {
    let start = tag.trim_start_matches(|c: char| !c.is_alphanumeric());
    &start[..start.find(|c: char| !c.is_alphanumeric()).unwrap_or(start.len())]
}

/// What the tag meant, in Markdown.
fn remedy(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "figure" | "image" | "img" | "picture" => "write a picture as `![what it shows](FILE)`",
        "ref" | "relref" | "link" | "url" | "post" => "write a link as `[text](FILE.md)`",
        "alert" | "admonition" | "callout" | "caution" | "hint" | "info" | "note" | "notice" | "tip"
        | "warning" => "write an alert as `> [!WARNING]`, and > before each line of it",
        "youtube" | "vimeo" | "tweet" | "video" | "gist" => "write a link to it: `[text](https://…)`",
        "highlight" | "code" => "write code between two lines of ```",
        _ => "delete it, or write in Markdown what it meant",
    }
}
