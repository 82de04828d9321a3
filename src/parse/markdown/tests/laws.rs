//! What holds for every text: law 7, and that no text is too much.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::RawHtml;
use super::{FILE, with_x};
use crate::bidi::TextDirection;
use crate::model::Piece;
use crate::parse::markdown::{MarkdownOptions, ParsedBody, parse};

const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];
/// A browser ends a paragraph or a heading where one of these begins.
const BLOCKS: [&str; 16] = [
    "blockquote",
    "details",
    "div",
    "dl",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "section",
    "table",
    "ul",
];
const CLOSED_TO_BLOCKS: [&str; 6] = ["h2", "h3", "h4", "h5", "h6", "p"];
const ATTRIBUTES: [&str; 22] = [
    "alt",
    "aria-hidden",
    "aria-label",
    "class",
    "colspan",
    "datetime",
    "dir",
    "href",
    "id",
    "lang",
    "loading",
    "open",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "value",
];

/// Reads HTML as our own writer is meant to write it, and says what is wrong with it.
#[derive(Default)]
struct Reader<'a> {
    open: Vec<&'a str>,
    /// How many of them end where a block begins; how many are links.
    closed_to_blocks: usize,
    links: usize,
    ids: BTreeSet<&'a str>,
    fragments: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn read(html: &'a str) -> Result<Self, String> {
        let mut reader = Self::default();
        let mut rest = html;
        while let Some((text, tag)) = rest.split_once('<') {
            if text.contains('>') {
                return Err(format!("a stray > in {text:?}"));
            }
            rest = match tag.strip_prefix('/') {
                Some(tag) => reader.end(tag)?,
                None => reader.start(tag)?,
            };
        }
        if rest.contains('>') {
            return Err(format!("a stray > in {rest:?}"));
        }
        if reader.open.is_empty() { Ok(reader) } else { Err(format!("open at the end: {:?}", reader.open)) }
    }

    fn end(&mut self, tag: &'a str) -> Result<&'a str, String> {
        let (name, rest) = tag.split_once('>').ok_or("an end tag without an end")?;
        match self.open.pop() {
            Some(open) if open == name => {
                self.closed_to_blocks -= usize::from(CLOSED_TO_BLOCKS.contains(&name));
                self.links -= usize::from(name == "a");
                Ok(rest)
            }
            open => Err(format!("</{name}> ends {open:?}")),
        }
    }

    fn start(&mut self, tag: &'a str) -> Result<&'a str, String> {
        let name = &tag[..tag.find([' ', '>']).ok_or("a tag without an end")?];
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Err(format!("a tag named {name:?}"));
        }
        if BLOCKS.contains(&name) && self.closed_to_blocks > 0 {
            return Err(format!("<{name}> within {:?}", self.open));
        }
        if name == "a" && self.links > 0 {
            return Err("a link within a link".to_owned());
        }
        if !VOID.contains(&name) {
            self.open.push(name);
            self.closed_to_blocks += usize::from(CLOSED_TO_BLOCKS.contains(&name));
            self.links += usize::from(name == "a");
        }
        let mut rest = &tag[name.len()..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (attribute_name, value) =
                attribute.split_once("=\"").ok_or("an attribute without a value")?;
            let (value, behind) = value.split_once('"').ok_or("a value without an end")?;
            self.attribute(name, attribute_name, value)?;
            rest = behind;
        }
        rest.strip_prefix('>').ok_or_else(|| format!("<{name}> goes on with {:?}", rest.get(..20)))
    }

    fn attribute(&mut self, tag: &str, name: &str, value: &'a str) -> Result<(), String> {
        if !ATTRIBUTES.contains(&name) || tag == "script" || value.contains('<') {
            return Err(format!("<{tag} {name}=\"{value}\">"));
        }
        if matches!(name, "href" | "src") {
            let allowed = ["x", "#f", "http://", "https://", "mailto:", "tel:", "sms:", "geo:"];
            if !allowed.iter().any(|start| value.to_lowercase().starts_with(start)) {
                return Err(format!("<{tag} {name}=\"{value}\">"));
            }
            self.fragments.extend(value.strip_prefix('#'));
        }
        if name == "id" && !self.ids.insert(value) {
            return Err(format!("two of id {value:?}"));
        }
        Ok(())
    }
}

fn check(text: &str, raw_html: RawHtml) -> Result<(), String> {
    let ParsedBody { body, people_counts, diagnostics, .. } = parse(
        FILE,
        text,
        0,
        &MarkdownOptions { raw_html, people_counts: true, ..MarkdownOptions::default() },
    );
    for count in people_counts {
        assert!(text.get(count.range).is_some(), "a count is whole characters");
    }
    let mut html = String::new();
    let mut html_before = false;
    for piece in body.html.pieces() {
        let is_html = matches!(piece, Piece::Html(_));
        if is_html && html_before {
            return Err("two pieces of HTML that could be one".to_owned());
        }
        html_before = is_html;
        match piece {
            Piece::Html("") => return Err("an empty piece".to_owned()),
            Piece::Html(text) => html.push_str(text),
            slot => html.push_str(with_x(slot)),
        }
    }
    let read = Reader::read(&html).map_err(|wrong| format!("{wrong}\nin {html}"))?;
    if html.chars().any(|c| c < ' ' && c != '\n' && c != '\t') {
        return Err(format!("a control character in {html:?}"));
    }
    let dangling = read.fragments.iter().find(|fragment| !read.ids.contains(**fragment));
    match dangling {
        Some(dangling) if !diagnostics.iter().any(crate::diag::Diagnostic::is_error) => {
            Err(format!("nothing has the id {dangling} in {html}"))
        }
        _ => Ok(()),
    }
}

const FRAGMENTS: &[&str] = &[
    "[",
    "]",
    "](",
    ")",
    "![",
    "[^a]",
    "[^a]: ",
    "[^b]",
    "[^b]: ",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "  ",
    "    ",
    "`",
    "```\n",
    "*",
    "**",
    "_",
    "~~",
    "\n# ",
    "\n## ",
    "\n---\n",
    "|",
    "\n|---|\n",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<a href=\"javascript:x\">",
    "</a>",
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "<!--",
    "-->",
    "<details>",
    "</details>",
    "<table>",
    "<td>",
    "<p>",
    "</p>",
    "<p id=fn-1 class=fn style=x>",
    "javascript:x",
    "place:x",
    "x.md#y",
    "(https://x.org)",
    "https://x.org/a_b",
    "www.x.org",
    "a@x.org",
    "北",
    "<javascript:x>",
    "<https://x.org>",
    "&#1;",
    "&#x202E;",
    "&lt;",
    "\n: ",
    "[!NOTE]\n",
    "[x] ",
    "\"",
    "'",
    "\\",
    "{#x}",
    "=",
    "\u{202E}",
    "\u{1}",
    "ع",
    "\r\n",
    "\t",
    "<plaintext>",
    "<textarea>",
    "<svg>",
    "<math><mi>",
    "<style>",
    "<select>",
    "<template>",
    "<title>",
    "a",
    "b ",
    "\n[a]: place:x\n",
    "[a]",
    "<li>",
    "<pre>\n",
    "<summary>",
    "<br>",
    "<u title='x'>",
    "</u>",
    "(x.png \"t\")",
    "<td title=\"\u{1}",
    "<noscript>",
    "<a href=place:x>",
    "<a href='javascript:x' title=\"'>\">",
    "</a>",
    "<img src=x.png alt='\"><b>'>",
    "<ruby>",
    "<rt>",
    "<ol>",
    "<dd>",
];

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn law_7_no_text_of_any_kind_breaks_out(text in any::<String>()) {
        prop_assert_eq!(check(&text, RawHtml::Escape), Ok(()));
        prop_assert_eq!(check(&text, RawHtml::Sanitise), Ok(()));
    }

    #[test]
    fn law_7_no_markdown_breaks_out(text in markdown()) {
        prop_assert_eq!(check(&text, RawHtml::Escape), Ok(()));
    }

    #[test]
    fn law_7_no_html_breaks_out_where_html_is_allowed(text in markdown()) {
        prop_assert_eq!(check(&text, RawHtml::Sanitise), Ok(()));
    }
}

/// The HTML without the direction of any block.
fn without_directions(text: &str, direction: TextDirection) -> (String, usize) {
    let options = MarkdownOptions { direction, ..MarkdownOptions::default() };
    let html = parse(FILE, text, 0, &options).body.html;
    let html: String = html.pieces().map(with_x).collect();
    let count = html.matches(" dir=\"").count();
    (
        ["auto", "rtl", "ltr"].iter().fold(html, |html, dir| html.replace(&format!(" dir=\"{dir}\""), "")),
        count,
    )
}

proptest! {
    #[test]
    fn the_direction_of_a_language_changes_directions_alone(text in markdown()) {
        let (from_the_left, count) = without_directions(&text, TextDirection::LeftToRight);
        let (from_the_right, _) = without_directions(&text, TextDirection::RightToLeft);
        prop_assert_eq!(&from_the_left, &from_the_right);
        let code_blocks = from_the_left.matches("<pre").count();
        prop_assert!(text.contains('ع') || count == code_blocks, "a text of one direction: {}", count);
    }
}

/// Pieces of comments, and of what is around them.
const COMMENTS: &[&str] = &[
    "<!--",
    "-->",
    "<!-->",
    "--",
    "SECRET",
    "a ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "`",
    "<div>",
    "</div>",
    "<b>",
    "\\",
    "# ",
    "| a |\n|---|\n",
];

proptest! {
    #[test]
    fn nothing_of_a_comment_is_in_a_text_without_errors(
        parts in prop::collection::vec(prop::sample::select(COMMENTS), 0..20),
    ) {
        let text = parts.concat();
        for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
            let parsed = parse(FILE, &text, 0, &MarkdownOptions { raw_html, ..MarkdownOptions::default() });
            let has_error = parsed.diagnostics.iter().any(crate::diag::Diagnostic::is_error);
            let html: String =
                parsed.body.html.pieces().map(|piece| if let Piece::Html(html) = piece { html } else { "" }).collect();
            // What is escaped, or is code, is meant to be seen.
            let is_meant = text.contains('`') || text.contains('\\');
            prop_assert!(has_error || is_meant || !html.contains("&lt;!--"), "{}", html);
        }
    }
}

/// A reader that finds nothing wrong with anything would prove nothing.
#[test]
fn the_reader_of_these_tests_refuses_what_it_should() {
    for html in [
        "<p>",
        "<p></b>",
        "<p onclick=\"x\"></p>",
        "<p style=\"x\"></p>",
        "<a href=\"javascript:x\"></a>",
        "<a href=\"x\"><a href=\"x\"></a></a>",
        "<p><div></div></p>",
        "<i id=\"a\"></i><i id=\"a\"></i>",
        "<script src=\"x\"></script>",
        "a > b",
        "a < b",
    ] {
        assert!(Reader::read(html).is_err(), "{html}");
    }
}

/// In a stack that recursion over the nesting would leave at once.
#[test]
fn no_text_is_too_deep_or_too_long() {
    let texts = [
        ">".repeat(10_000),
        "[".repeat(10_000),
        "![".repeat(10_000),
        format!("{}x{}", "[".repeat(10_000), "](y)".repeat(10_000)),
        "*".repeat(100_000),
        "*a _b ".repeat(10_000),
        "- ".repeat(5_000),
        "<div>\n\n".repeat(500),
        "<b>".repeat(500),
        "`".repeat(10_000) + &"a`b``".repeat(5_000),
        (0..5_000).map(|n| format!("[^{n}]")).chain((0..5_000).map(|n| format!("\n\n[^{n}]: x"))).collect(),
        "[^a] ".repeat(5_000) + "\n\n[^a]: x",
        "[^a]: x\n\n".repeat(5_000),
        "# a\n\n".repeat(5_000),
        "[a][b] ".repeat(5_000),
        "&".repeat(10_000),
        "\u{202B}".repeat(10_000),
    ];
    let run = move || {
        for text in &texts {
            for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
                assert_eq!(check(text, raw_html), Ok(()), "{}", &text[..20]);
            }
        }
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(run).unwrap().join().unwrap();
}
