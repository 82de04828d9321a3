//! Raw HTML in Markdown, if a site allows it.
//!
//! Ammonia cleans each fragment separately and closes all its elements. A marker makes Markdown
//! within an element possible: it is appended to the fragment, and the end tags after it in the
//! clean HTML belong to elements that the fragment left open. They are kept here until the author
//! closes them, or until the block around them ends.
//!
//! Links and pictures are written as those of Markdown are, so that their targets are checked and their
//! addresses fit every page.
//!
//! Sanitising the whole page at once was the alternative. It cannot distinguish our ids and classes
//! from an author's, and one stray `<textarea>` or `</div>` breaks our own markup.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;

use super::body_html::BodyHtml;
use super::characters::{check_comment, check_decoded};
use super::comments::{unended_comment, without_comments};
use super::links::{LinkRefusal, SCHEMES, recording_as_picture, resolve, resolve_picture};
use super::problems::Problems;
use super::source::BodySource;
use super::targets::{end_picture_tag, recording, write_href, write_picture_tag};
use crate::diag::{Code, Diagnostic};
use crate::html::{StartTag, Token, Tokens};
use crate::model::{BodyLink, Target};

/// Not in any text: control characters are replaced before.
const MARKER: char = '\u{1}';

/// The deepest nesting that one fragment may leave open. More makes no sense, and takes the HTML
/// parser quadratic time.
const DEEPEST: usize = 50;

/// The most attributes of an element: the HTML parser compares each with all others.
const MOST_ATTRIBUTES: usize = 100;

const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
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
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];
const ATTRIBUTES: [&str; 3] = ["dir", "lang", "title"];
const ATTRIBUTES_OF: [(&str, &[&str]); 8] = [
    ("a", &["href"]),
    ("data", &["value"]),
    ("details", &["open"]),
    ("img", &["src", "alt"]),
    ("ol", &["start", "reversed"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];
/// Elements that load something, or lead somewhere from a place that cannot be named.
const LOADS: [&str; 8] = ["area", "audio", "embed", "iframe", "link", "object", "source", "video"];

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
        // Every address is looked at again where it is written.
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None);
    builder
}

/// HTML as it is typed, and where each piece of it is in the body: a block within a list or a quotation
/// leaves out their marks.
#[derive(Default)]
pub(super) struct TypedHtml {
    html: String,
    /// Where pieces begin: in `html`, and in the body.
    pieces: Vec<(usize, usize)>,
}

impl TypedHtml {
    /// `at` is where the piece begins in the body.
    pub(super) fn push(&mut self, html: &str, at: usize) {
        self.pieces.push((self.html.len(), at));
        self.html.push_str(html);
    }

    /// As text, without comments.
    pub(super) fn visible(&self) -> String {
        without_comments(&self.html)
    }

    /// Reports a comment that hides all that follows it.
    pub(super) fn check_comments(&self, problems: &mut Problems<'_>) {
        if let Some(at) = unended_comment(&self.html) {
            let message = "a comment that begins here has no end, and hides what follows";
            let diagnostic = Diagnostic::error(Code::COMMENT_WITHOUT_END, message);
            let range = self.in_body(&(at..at + "<!--".len()));
            problems.add(range, diagnostic.help("write --> where it ends"));
        }
    }

    fn at(&self, offset: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.pieces.get(piece).map_or(0, |(start, at)| at + (offset - start))
    }

    /// The range in the body of a range that is not empty.
    fn in_body(&self, range: &Range<usize>) -> Range<usize> {
        self.at(range.start)..self.at(range.end - 1) + 1
    }
}

/// What raw HTML is written to.
pub(super) struct RawOutput<'o, 'a> {
    pub(super) out: &'o mut BodyHtml,
    pub(super) problems: &'o mut Problems<'a>,
    pub(super) links: &'o mut Vec<BodyLink>,
    pub(super) source: BodySource<'a>,
    /// A link of Markdown is open.
    pub(super) is_in_link: bool,
}

struct OpenHtmlElement {
    name: Box<str>,
    is_block: bool,
    /// In the body.
    range: Range<usize>,
    /// Where its content begins in the output.
    content: usize,
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

    /// Whether a link is open that was written in HTML.
    pub(super) fn has_open_link(&self) -> bool {
        self.open.iter().any(|open| &*open.name == "a")
    }

    /// One tag or comment within a line of text.
    pub(super) fn inline(&mut self, typed: &TypedHtml, to: &mut RawOutput<'_, '_>) {
        self.fragment(typed, false, to);
    }

    /// A block of lines.
    pub(super) fn block(&mut self, typed: &TypedHtml, to: &mut RawOutput<'_, '_>) {
        self.close_spans(to.out, to.problems);
        let before = to.out.len();
        self.fragment(typed, true, to);
        if to.out.len() > before {
            to.out.raw("\n");
        }
    }

    fn fragment(&mut self, typed: &TypedHtml, is_block: bool, to: &mut RawOutput<'_, '_>) {
        let whole = typed.html.trim_end();
        let mut rest = whole.trim_start();
        while let Some((name, behind)) = leading_end_tag(rest) {
            let range = whole.len() - rest.len()..whole.len() - behind.len();
            self.close(&name, &typed.in_body(&range), to.out, to.problems);
            rest = behind.trim_start();
        }
        if rest.is_empty() {
            return;
        }
        let at = whole.len() - rest.len();
        let place = |range: Range<usize>| typed.in_body(&(at + range.start..at + range.end));
        let fragment = Fragment { html: rest, is_block, place: &place };
        let is_in_link = to.is_in_link || self.has_open_link();
        let Some(begun) = check(&fragment, self.open.len(), is_in_link, to) else {
            return to.out.escaped(&without_comments(rest));
        };
        let cleaner = if is_block { &BLOCK_CLEANER } else { &INLINE_CLEANER };
        let marked: String = rest.chars().map(visible_or_replaced).chain([MARKER]).collect();
        let clean = cleaner.clean(&marked).to_string();
        // HTML that is parsed differently a second time is parsed differently by a browser, too.
        if cleaner.clean(&clean).to_string() != clean {
            unstable(place(0..rest.len()), to.problems);
            return to.out.escaped(&without_comments(rest));
        }
        self.write(&clean, is_block, begun, to);
    }

    fn write(&mut self, clean: &str, is_block: bool, mut begun: Vec<Begun>, to: &mut RawOutput<'_, '_>) {
        let without_marker = |html: &str| html.replace(MARKER, "\u{FFFD}");
        let parts = clean.rsplit_once(MARKER);
        // Ammonia drops the marker with an element that it is in, and leaves one that the author wrote.
        let Some((before, names)) = parts.and_then(|(before, behind)| Some((before, end_tags(behind)?)))
        else {
            return write_clean(&without_marker(clean), &begun, to);
        };
        write_clean(&without_marker(before), &begun, to);
        // From the innermost out, each the last of its name that is not yet taken.
        let mut elements = Vec::with_capacity(names.len());
        for name in names {
            let index = begun.iter().rposition(|begun| *begun.name == *name);
            let range = index.map_or(0..0, |index| begun.swap_remove(index).range);
            elements.push(OpenHtmlElement { name: name.into(), is_block, range, content: to.out.len() });
        }
        let stays = |element: &OpenHtmlElement| !is_block || STAY_OPEN.contains(&&*element.name);
        // From the outermost in: an element that may not contain Markdown ends here, with all in it.
        let kept = elements.iter().rev().take_while(|element| stays(element)).count();
        let ended = elements.len() - kept;
        for element in elements.drain(..ended) {
            write_end_tag(&element.name, to.out);
            unclosed(&element.name, element.range, to.problems);
        }
        self.open.extend(elements.into_iter().rev());
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
        if let Some(element) = self.open.pop()
            && name == "a"
            && !says_something(out.from(element.content))
        {
            no_link_text(element.range, problems);
        }
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

/// One piece of HTML that is cleaned by itself.
struct Fragment<'f> {
    html: &'f str,
    is_block: bool,
    /// Where a range of `html` is in the body.
    place: &'f dyn Fn(Range<usize>) -> Range<usize>,
}

/// A start tag of a fragment.
struct Begun {
    /// In lower case.
    name: Box<str>,
    /// In the body.
    range: Range<usize>,
    /// It is a link to a page that there may be.
    is_link: bool,
}

/// Reports what ammonia will take out. Returns the start tags, or `None` if a link is within another or the
/// fragment is too much for ammonia.
fn check(
    fragment: &Fragment<'_>,
    open: usize,
    is_in_link: bool,
    to: &mut RawOutput<'_, '_>,
) -> Option<Vec<Begun>> {
    let mut depth = open;
    let mut deepest = 0;
    let mut begun = Vec::new();
    let mut open_links = usize::from(is_in_link);
    let mut is_nested = false;
    let mut has_too_many = false;
    // A link of which nothing was read yet that readers see.
    let mut without_text = None;
    // Characters as they are typed are checked with the whole text.
    let has_references = fragment.html.contains('&');
    let mut tokens = Tokens::new(fragment.html);
    loop {
        let start = fragment.html.len() - tokens.rest().len();
        let Some(token) = tokens.next_token() else { break };
        match token {
            Token::End(name) => {
                depth = depth.saturating_sub(1);
                if name.eq_ignore_ascii_case("a") {
                    open_links = open_links.saturating_sub(1);
                    if let Some(link) = without_text.take() {
                        no_link_text(link, to.problems);
                    }
                }
            }
            Token::Start(tag) => {
                let name: Box<str> = tag.name.to_ascii_lowercase().into();
                let range = (fragment.place)(tag.span.clone());
                if tag.attributes.len() > MOST_ATTRIBUTES {
                    has_too_many = true;
                    too_many_attributes(tag.attributes.len(), range, to.problems);
                    continue;
                }
                if !VOID.contains(&&*name) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                if &*name == "a" {
                    if open_links > 0 {
                        is_nested = true;
                        nested_link(range.clone(), to.problems);
                    }
                    open_links += 1;
                    without_text = Some(range.clone());
                } else if &*name == "img" {
                    without_text = None;
                }
                check_tag(&name, tag, fragment.is_block, &range, to.problems);
                for value in tag.attributes.iter().filter_map(|(_, value)| value.as_ref()) {
                    check_comment(value, &range, to.problems);
                    if has_references {
                        check_decoded(value, &range, to.problems);
                    }
                }
                let is_link = check_target(&name, tag, &range, to);
                begun.push(Begun { name, range, is_link });
            }
            Token::Text(text) => {
                if has_references {
                    check_decoded(&text, &(fragment.place)(start..start + 1), to.problems);
                }
                if !text.trim().is_empty() {
                    without_text = None;
                }
            }
            Token::Comment(_) => {}
        }
    }
    if deepest > DEEPEST {
        let message =
            format!("this HTML has {deepest} elements within each other, and {DEEPEST} is the most");
        let diagnostic = Diagnostic::error(Code::HTML_NESTING, message).help("write it in Markdown");
        to.problems.add((fragment.place)(0..fragment.html.len()), diagnostic);
    }
    (deepest <= DEEPEST && !is_nested && !has_too_many).then_some(begun)
}

fn too_many_attributes(count: usize, range: Range<usize>, problems: &mut Problems<'_>) {
    let message = format!("this element has {count} attributes, and {MOST_ATTRIBUTES} is the most");
    problems.add(range, Diagnostic::error(Code::HTML_ATTRIBUTES, message).help("write it in Markdown"));
}

/// Readers see or hear something of it.
fn says_something(html: &str) -> bool {
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Text(text) if !text.trim().is_empty() => return true,
            Token::Start(tag) if tag.is("img") => return true,
            _ => {}
        }
    }
    false
}

pub(super) fn no_link_text(range: Range<usize>, problems: &mut Problems<'_>) {
    let diagnostic = Diagnostic::error(Code::EMPTY_LINK_TEXT, "this link has no text to select");
    problems.add(range, diagnostic.help("write the words of the link: [words](target)"));
}

pub(super) fn nested_link(range: Range<usize>, problems: &mut Problems<'_>) {
    let diagnostic =
        Diagnostic::error(Code::NESTED_LINK, "a link or picture cannot lead anywhere from within another");
    problems.add(range, diagnostic.help("put them next to each other"));
}

/// `name` is that of the tag, in lower case.
fn check_tag(
    name: &str,
    tag: &StartTag<'_>,
    is_block: bool,
    range: &Range<usize>,
    problems: &mut Problems<'_>,
) {
    if LOADS.contains(&name) {
        let message = format!("<{name}> in HTML loads something from elsewhere, and is taken out");
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
    if name == "img" && tag.attribute("alt").is_none_or(|alt| alt.trim().is_empty()) {
        let diagnostic =
            Diagnostic::error(Code::NO_ALT, "this picture has no text for people who cannot see it");
        problems.add(range.clone(), diagnostic.help("write in `alt` what it shows"));
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

/// Reports an address that no page may have. Ammonia drops those that could do harm without a word. True for a
/// link with another address.
fn check_target(name: &str, tag: &StartTag<'_>, range: &Range<usize>, to: &mut RawOutput<'_, '_>) -> bool {
    let href = tag.attribute("href").filter(|_| name == "a");
    let refusal = match (name, href) {
        ("img", _) => picture_of(tag, to.source.file).err(),
        (_, Some(href)) => resolve(to.source.file, href).err(),
        _ => None,
    };
    let is_link = href.is_some() && refusal.is_none();
    if let Some(refusal) = refusal {
        to.problems.add(range.clone(), refusal.diagnostic());
    }
    is_link
}

/// Writes clean HTML, its links and pictures as those of Markdown. `begun` are the tags that it was made from.
fn write_clean(html: &str, begun: &[Begun], to: &mut RawOutput<'_, '_>) {
    let leads = |begun: &&Begun| matches!(&*begun.name, "a" | "img");
    // Ammonia keeps the order; an element that it repeats is that of the last tag.
    let mut tags = begun.iter().filter(leads);
    let mut range = 0..0;
    let mut is_link = false;
    let mut written = 0;
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        let Token::Start(tag) = token else { continue };
        if !tag.is("a") && !tag.is("img") {
            continue;
        }
        to.out.raw(&html[written..tag.span.start]);
        written = tag.span.end;
        if let Some(begun) = tags.next() {
            (range, is_link) = (begun.range.clone(), begun.is_link);
        }
        if is_link && tag.is("a") && !tag.has("href") {
            let diagnostic =
                Diagnostic::error(Code::UNSAFE_URL, "browsers cannot read the address of this link");
            to.problems.add(range.clone(), diagnostic.help("write it as https://example.org/page"));
        }
        if tag.is("a") { write_link(tag, &range, to) } else { write_picture(tag, &range, to) }
    }
    to.out.raw(&html[written..]);
}

fn write_link(tag: &StartTag<'_>, range: &Range<usize>, to: &mut RawOutput<'_, '_>) {
    to.out.raw("<a");
    let destination = tag.attribute("href").and_then(|href| resolve(to.source.file, href).ok());
    if let Some(destination) = destination {
        write_href(destination, range, to.source, to.out, to.links);
    }
    write_attributes(tag, to.out);
    to.out.raw(">");
}

fn write_picture(tag: &StartTag<'_>, range: &Range<usize>, to: &mut RawOutput<'_, '_>) {
    let Ok(target) = picture_of(tag, to.source.file) else { return };
    let alt = tag.attribute("alt").map_or("", |alt| alt);
    let played = write_picture_tag(target, alt, range, to.source, to.out, to.links);
    write_attributes(tag, to.out);
    end_picture_tag(played.as_ref(), alt, to.out);
}

/// The picture of an `<img>`, which plays no recording.
fn picture_of(tag: &StartTag<'_>, file: &str) -> Result<Target, LinkRefusal> {
    let source = tag.attribute("src").map_or("", |source| source);
    let target = resolve_picture(file, source)?;
    if recording(&target).is_none() {
        return Ok(target);
    }
    Err(recording_as_picture(source))
}

/// The attributes that every element may have.
fn write_attributes(tag: &StartTag<'_>, out: &mut BodyHtml) {
    for (name, value) in tag.attributes.iter().filter(|(name, _)| ATTRIBUTES.contains(name)) {
        out.raw(" ");
        out.raw(name);
        out.raw("=\"");
        out.escaped(value.as_deref().unwrap_or_default());
        out.raw("\"");
    }
}
