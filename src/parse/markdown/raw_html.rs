//! Raw HTML in Markdown, if a site allows it.
//!
//! Ammonia cleans each fragment separately and closes all its elements. A marker makes Markdown
//! within an element possible: it is appended to the fragment, and the end tags after it in the
//! clean HTML belong to elements that the fragment left open. They are kept here until the author
//! closes them, or until the block around them ends.
//!
//! Sanitising the whole page at once was the alternative. It cannot distinguish our ids and classes
//! from an author's, and one stray `<textarea>` or `</div>` breaks our own markup.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;

use super::body_html::BodyHtml;
use super::problems::Problems;
use crate::diag::{Code, Diagnostic};
use crate::html::{StartTag, Token, Tokens};

/// Not in any text: control characters are replaced before.
const MARKER: char = '\u{1}';

/// The deepest nesting that one fragment may leave open. More makes no sense, and takes the HTML
/// parser quadratic time.
const DEEPEST: usize = 50;

const INLINE: [&str; 31] = [
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];
const BLOCK: [&str; 23] = [
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements that may contain Markdown.
const STAY_OPEN: [&str; 4] = ["blockquote", "details", "div", "figure"];
const VOID: [&str; 3] = ["br", "hr", "wbr"];
const ATTRIBUTES: [&str; 3] = ["dir", "lang", "title"];
const ATTRIBUTES_OF: [(&str, &[&str]); 6] = [
    ("data", &["value"]),
    ("details", &["open"]),
    ("ol", &["start", "reversed"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];
/// Elements that link or load something: Markdown has its own form for them.
const LINKS: [&str; 10] =
    ["a", "area", "audio", "embed", "iframe", "img", "link", "object", "source", "video"];

static INLINE_CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(&INLINE, &[]));
static BLOCK_CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(&INLINE, &BLOCK));

fn cleaner(inline: &[&'static str], block: &[&'static str]) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .add_tags(inline.iter().copied())
        .add_tags(block.iter().copied())
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(
            ATTRIBUTES_OF.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect(),
        )
        .link_rel(None);
    builder
}

struct OpenHtmlElement {
    name: Box<str>,
    is_block: bool,
    range: Range<usize>,
}

/// The author's elements that are open, within each block of Markdown.
#[derive(Default)]
pub(super) struct RawElements {
    open: Vec<OpenHtmlElement>,
    /// How many were open when each block or span of Markdown began.
    frames: Vec<usize>,
}

impl RawElements {
    /// A block or a span of Markdown begins. A block ends the author's spans.
    pub(super) fn enter(&mut self, is_block: bool, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        if is_block {
            self.close_spans(out, problems);
        }
        self.frames.push(self.open.len());
    }

    /// The block or span of Markdown that began last ends.
    pub(super) fn leave(&mut self, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        let frame = self.frames.pop().unwrap_or(0);
        self.close_down_to(frame, out, problems);
    }

    /// Closes what the text leaves open at its end.
    pub(super) fn finish(&mut self, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        self.close_down_to(0, out, problems);
    }

    /// One tag or comment within a line of text.
    pub(super) fn inline(
        &mut self,
        html: &str,
        range: Range<usize>,
        out: &mut BodyHtml,
        problems: &mut Problems<'_>,
    ) {
        self.fragment(html, range, false, out, problems);
    }

    /// A block of lines.
    pub(super) fn block(
        &mut self,
        html: &str,
        range: Range<usize>,
        out: &mut BodyHtml,
        problems: &mut Problems<'_>,
    ) {
        self.close_spans(out, problems);
        let before = out.len();
        self.fragment(html, range, true, out, problems);
        if out.len() > before {
            out.raw("\n");
        }
    }

    fn fragment(
        &mut self,
        html: &str,
        range: Range<usize>,
        is_block: bool,
        out: &mut BodyHtml,
        problems: &mut Problems<'_>,
    ) {
        let mut rest = html.trim();
        while let Some((name, behind)) = leading_end_tag(rest) {
            self.close(&name, &range, out, problems);
            rest = behind.trim_start();
        }
        if rest.is_empty() {
            return;
        }
        if !check(rest, is_block, self.open.len(), &range, problems) {
            return out.escaped(rest);
        }
        let cleaner = if is_block { &BLOCK_CLEANER } else { &INLINE_CLEANER };
        let marked: String = rest.chars().map(visible_or_replaced).chain([MARKER]).collect();
        let clean = cleaner.clean(&marked).to_string();
        // HTML that is parsed differently a second time is parsed differently by a browser, too.
        if cleaner.clean(&clean).to_string() != clean {
            unstable(range, problems);
            return out.escaped(rest);
        }
        self.write(&clean, is_block, &range, out, problems);
    }

    fn write(
        &mut self,
        clean: &str,
        is_block: bool,
        range: &Range<usize>,
        out: &mut BodyHtml,
        problems: &mut Problems<'_>,
    ) {
        let (before, behind) = clean.rsplit_once(MARKER).unwrap_or((clean, ""));
        out.raw(&before.replace(MARKER, "\u{FFFD}"));
        let Some(names) = end_tags(behind) else { return out.raw(behind) };
        let stays = |name: &&str| !is_block || STAY_OPEN.contains(name);
        // From the outermost in: an element that may not contain Markdown ends here, with all in it.
        let kept = names.iter().rev().take_while(|name| stays(name)).count();
        for name in &names[..names.len() - kept] {
            write_end_tag(name, out);
            unclosed(name, range.clone(), problems);
        }
        let open = |name: &&str| OpenHtmlElement { name: (*name).into(), is_block, range: range.clone() };
        self.open.extend(names.iter().rev().take(kept).map(open));
    }

    fn close(&mut self, name: &str, range: &Range<usize>, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        let frame = self.frames.last().copied().unwrap_or(0);
        let found = self.open[frame..].iter().rposition(|open| *open.name == *name);
        let Some(found) = found else {
            // The start tag of a forbidden element was reported already.
            if !INLINE.contains(&name) && !BLOCK.contains(&name) {
                return;
            }
            let message = format!("</{name}> closes nothing that is open here");
            let help = "open and close an element within the same paragraph, item or cell";
            return problems
                .add(range.clone(), Diagnostic::warning(Code::HTML_STRAY_END, message).help(help));
        };
        self.close_down_to(frame + found + 1, out, problems);
        self.open.pop();
        write_end_tag(name, out);
    }

    fn close_spans(&mut self, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        let frame = self.frames.last().copied().unwrap_or(0);
        let spans = self.open[frame..].iter().rev().take_while(|open| !open.is_block).count();
        self.close_down_to(self.open.len() - spans, out, problems);
    }

    fn close_down_to(&mut self, count: usize, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        for open in self.open.drain(count.min(self.open.len())..).rev() {
            write_end_tag(&open.name, out);
            unclosed(&open.name, open.range, problems);
        }
    }
}

fn visible_or_replaced(c: char) -> char {
    if c.is_control() && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c }
}

fn write_end_tag(name: &str, out: &mut BodyHtml) {
    out.raw("</");
    out.raw(name);
    out.raw(">");
}

fn unclosed(name: &str, range: Range<usize>, problems: &mut Problems<'_>) {
    let message = format!("<{name}> is not closed where it was opened, and ends at the end of that block");
    let help = format!("write </{name}> within the same paragraph, item or cell");
    problems.add(range, Diagnostic::warning(Code::HTML_UNCLOSED, message).help(help));
}

fn unstable(range: Range<usize>, problems: &mut Problems<'_>) {
    let message = "these elements cannot be within each other; the HTML is shown as text";
    problems.add(range, Diagnostic::warning(Code::HTML_MISPLACED, message).help("write it in Markdown"));
}

/// The name of the end tag that a text begins with, and what follows it.
fn leading_end_tag(html: &str) -> Option<(String, &str)> {
    let mut tokens = Tokens::new(html);
    match tokens.next_token()? {
        Token::End(name) => {
            let name = name.to_ascii_lowercase();
            Some((name, tokens.rest()))
        }
        _ => None,
    }
}

/// The names of a run of end tags; `None` if it holds anything else.
fn end_tags(html: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        let Token::End(name) = token else { return None };
        names.push(name);
    }
    Some(names)
}

/// Reports what ammonia will take out. False if the fragment is too deep for it.
fn check(html: &str, is_block: bool, open: usize, range: &Range<usize>, problems: &mut Problems<'_>) -> bool {
    let mut depth = open;
    let mut deepest = 0;
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        match token {
            Token::End(_) => depth = depth.saturating_sub(1),
            Token::Start(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if !VOID.contains(&name.as_str()) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                check_tag(&name, tag, is_block, range, problems);
            }
            Token::Text(_) | Token::Comment(_) => {}
        }
    }
    if deepest > DEEPEST {
        let message =
            format!("this HTML has {deepest} elements within each other, and {DEEPEST} is the most");
        let diagnostic = Diagnostic::error(Code::HTML_NESTING, message).help("write it in Markdown");
        problems.add(range.clone(), diagnostic);
    }
    deepest <= DEEPEST
}

/// `name` is that of the tag, in lower case.
fn check_tag(
    name: &str,
    tag: &StartTag<'_>,
    is_block: bool,
    range: &Range<usize>,
    problems: &mut Problems<'_>,
) {
    if LINKS.contains(&name) {
        let message = format!("<{name}> in HTML cannot be checked, and is taken out");
        let help = "write links as [text](target) and pictures as ![what it shows](file)";
        return problems.add(range.clone(), Diagnostic::error(Code::HTML_LINK, message).help(help));
    }
    let is_allowed = INLINE.contains(&name) || is_block && BLOCK.contains(&name);
    if !is_allowed {
        let message = format!("<{name}> is not allowed here, and is taken out");
        return problems.add(
            range.clone(),
            Diagnostic::warning(Code::HTML_REMOVED, message).help("write it in Markdown"),
        );
    }
    let of_tag = ATTRIBUTES_OF.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, names)| names);
    for (attribute, _) in &tag.attributes {
        let attribute = attribute.to_ascii_lowercase();
        if !ATTRIBUTES.contains(&attribute.as_str()) && !of_tag.contains(&attribute.as_str()) {
            let message =
                format!("the attribute \"{attribute}\" of <{name}> is not allowed, and is taken out");
            let diagnostic = Diagnostic::warning(Code::HTML_REMOVED, message).help("delete it");
            problems.add(range.clone(), diagnostic);
        }
    }
}
