//! Events of the parser to HTML: blocks. Text and spans are in `inlines`.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::body_html::BodyHtml;
use super::footnotes::Footnotes;
use super::headings::{HeadingIds, attributes};
use super::open_spans::{Bracket, OpenLink, OpenPicture};
use super::people_counts::{PeopleCount, ProseReader};
use super::plain;
use super::problems::Problems;
use super::raw_html::RawElements;
use super::source::{BodySource, MarkdownOptions, RawHtml};
use super::tables::TableWriter;
use crate::diag::{Code, Diagnostic};
use crate::model::{Body, BodyLink, Heading, Slot};

/// The result of writing a body.
pub(super) struct WrittenBody<'a> {
    pub(super) body: Body,
    pub(super) people_counts: Vec<PeopleCount>,
    pub(super) problems: Problems<'a>,
}

pub(super) struct BodyWriter<'a> {
    pub(super) source: BodySource<'a>,
    pub(super) options: MarkdownOptions,
    pub(super) problems: Problems<'a>,
    pub(super) out: BodyHtml,
    /// The HTML around each open definition of a footnote.
    interrupted: Vec<BodyHtml>,
    pub(super) links: Vec<BodyLink>,
    pub(super) open_links: Vec<OpenLink>,
    pub(super) picture: Option<OpenPicture<'a>>,
    pub(super) notes: Footnotes,
    pub(super) raw: RawElements,
    pub(super) raw_block: String,
    headings: Vec<Heading>,
    heading_ids: HeadingIds,
    /// Text without markup, while a heading or the lead is read.
    pub(super) plain: Option<String>,
    pub(super) in_heading: bool,
    lead: Box<str>,
    /// How many blocks are open.
    depth: usize,
    /// The offset in `out` of the open `<p>` or heading.
    pub(super) block_start: usize,
    /// The offset in `out` of each open `<li>`.
    items: Vec<usize>,
    table: TableWriter,
    pub(super) in_code: bool,
    pub(super) bracket: Bracket,
    /// `None` unless the options ask for numbers about people.
    pub(super) people_prose: Option<ProseReader>,
    /// How many bytes references to definitions may still expand to.
    pub(super) expansion_left: usize,
}

impl<'a> BodyWriter<'a> {
    pub(super) fn new(source: BodySource<'a>, options: MarkdownOptions, problems: Problems<'a>) -> Self {
        Self {
            source,
            options,
            problems,
            out: BodyHtml::with_capacity(source.body.len() + source.body.len() / 2),
            interrupted: Vec::new(),
            links: Vec::new(),
            open_links: Vec::new(),
            picture: None,
            notes: Footnotes::default(),
            raw: RawElements::default(),
            raw_block: String::new(),
            headings: Vec::new(),
            heading_ids: HeadingIds::default(),
            plain: None,
            in_heading: false,
            lead: Box::default(),
            depth: 0,
            block_start: 0,
            items: Vec::new(),
            table: TableWriter::default(),
            in_code: false,
            bracket: Bracket::default(),
            people_prose: options.people_counts.then(|| ProseReader::with_capacity(source.body.len())),
            expansion_left: source.body.len().max(100_000),
        }
    }

    pub(super) fn run(mut self, events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> WrittenBody<'a> {
        let mut events = events.peekable();
        while let Some((event, range)) = events.next() {
            if self.picture.is_some() {
                self.in_picture(event, range, &mut events);
            } else {
                self.event(event, range);
            }
        }
        self.raw.finish(&mut self.out, &mut self.problems);
        self.notes.write(&mut self.out, &mut self.problems);
        let body = Body {
            html: self.out.finished(),
            headings: self.headings.into(),
            links: self.links.into(),
            lead: self.lead,
        };
        let people_counts = self.people_prose.map(ProseReader::finish).unwrap_or_default();
        WrittenBody { body, people_counts, problems: self.problems }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
            Event::Code(code) => self.code(&code),
            Event::Html(html) => {
                if let Some(prose) = &mut self.people_prose {
                    prose.text(&html, range);
                }
                self.raw_block.push_str(&html);
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.start_span("<em>"),
            Tag::Strong => self.start_span("<strong>"),
            Tag::Strikethrough => self.start_span("<del>"),
            Tag::Superscript => self.start_span("<sup>"),
            Tag::Subscript => self.start_span("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.raw.enter(false, &mut self.out, &mut self.problems);
                self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.start_picture(link_type, dest_url, title, range);
            }
            // Not a block of ours: an element that it opens stays open after it.
            Tag::HtmlBlock => self.raw_block.clear(),
            block => {
                self.raw.enter(true, &mut self.out, &mut self.problems);
                self.end_prose_block();
                self.bracket = Bracket::default();
                self.start_block(block, range);
                self.depth += 1;
            }
        }
    }

    fn start_span(&mut self, html: &str) {
        self.raw.enter(false, &mut self.out, &mut self.problems);
        self.out.raw(html);
    }

    fn start_block(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(None) => self.out.raw("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(start) => self.start_list(start),
            Tag::Item => {
                self.items.push(self.out.len());
                self.out.raw("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                self.notes.begin(&label, range, &mut self.problems);
                self.interrupted.push(std::mem::take(&mut self.out));
            }
            Tag::DefinitionList => self.out.raw("<dl>\n"),
            Tag::DefinitionListTitle => self.out.raw("<dt>"),
            Tag::DefinitionListDefinition => self.out.raw("<dd>"),
            Tag::Table(alignments) => self.table = TableWriter::start(alignments, &mut self.out),
            Tag::TableHead => self.table.start_head(&mut self.out),
            Tag::TableRow => self.table.start_row(&mut self.out),
            Tag::TableCell => self.table.start_cell(&mut self.out),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::HtmlBlock {
            return self.html_block(range);
        }
        self.raw.leave(&mut self.out, &mut self.problems);
        match tag {
            TagEnd::Emphasis => self.out.raw("</em>"),
            TagEnd::Strong => self.out.raw("</strong>"),
            TagEnd::Strikethrough => self.out.raw("</del>"),
            TagEnd::Superscript => self.out.raw("</sup>"),
            TagEnd::Subscript => self.out.raw("</sub>"),
            TagEnd::Link => self.end_link(),
            block => {
                self.depth -= 1;
                self.end_prose_block();
                self.bracket = Bracket::default();
                self.end_block(block, range);
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::BlockQuote(None) => self.out.raw("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.raw("</div>\n"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(true) => self.out.raw("</ol>\n"),
            TagEnd::List(false) => self.out.raw("</ul>\n"),
            TagEnd::Item => {
                self.items.pop();
                self.out.raw("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                let outer = self.interrupted.pop().unwrap_or_default();
                self.notes.end(std::mem::replace(&mut self.out, outer));
            }
            TagEnd::DefinitionList => self.out.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.raw("</dd>\n"),
            TagEnd::Table => self.out.raw("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => self.table.end_head(&mut self.out),
            TagEnd::TableRow => self.out.raw("</tr>\n"),
            TagEnd::TableCell => self.table.end_cell(&mut self.out),
            _ => {}
        }
    }

    pub(super) fn end_prose_block(&mut self) {
        if let Some(prose) = &mut self.people_prose {
            prose.end_block();
        }
    }

    fn start_paragraph(&mut self) {
        self.block_start = self.out.len();
        self.out.raw("<p>");
        if self.depth == 0 && self.lead.is_empty() {
            self.plain = Some(String::new());
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(text) = self.plain.take() {
            self.lead = plain::lead(&text);
        }
        // A picture with a caption replaces its paragraph.
        if !self.out.ends_with("</figure>\n") {
            self.out.raw("</p>\n");
        }
    }

    fn start_heading(&mut self) {
        self.block_start = self.out.len();
        self.in_heading = true;
        self.plain = Some(String::new());
    }

    fn end_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.in_heading = false;
        self.check_heading(level, &range);
        let text = plain::fold(&self.plain.take().unwrap_or_default());
        let id = self.heading_ids.give(&text);
        let level = (level as u8).max(2);
        let name = ["h2", "h3", "h4", "h5", "h6"][usize::from(level - 2)];
        self.out.insert(self.block_start, &format!("<{name} id=\"{id}\">"));
        self.out.raw("</");
        self.out.raw(name);
        self.out.raw(">\n");
        self.headings.push(Heading { level, id, text: text.into() });
    }

    fn check_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        if level == HeadingLevel::H1 {
            let message = "the page's title is its only heading of the first level";
            let diagnostic =
                Diagnostic::warning(Code::HEADING_LEVEL, message).label("shown as the second level");
            self.problems.add(range.clone(), diagnostic.help("write ##"));
        }
        let Some(found) = attributes(&self.source.body[range.clone()]) else { return };
        let diagnostic = Diagnostic::error(Code::HEADING_ATTRIBUTES, "headings take no attributes")
            .help("delete this; the heading's id is made from its text, as on GitHub");
        self.problems.add(range.start + found.start..range.start + found.end, diagnostic);
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (name, word) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        self.out.raw("<div class=\"alert alert-");
        self.out.raw(name);
        self.out.raw("\" role=\"note\">\n<p class=\"alert-title\">");
        self.out.slot(Slot::Word(word));
        self.out.raw("</p>\n");
    }

    /// Code is left to right on an Arabic page, too. It scrolls, so it takes the focus.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.out.raw("<pre dir=\"ltr\" tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let word = info.split_whitespace().next().unwrap_or_default();
            let language = || word.chars().filter(|c| c.is_ascii_alphanumeric() || "+-_.".contains(*c));
            if language().next().is_some() {
                self.out.raw(" class=\"language-");
                self.out.raw(&language().collect::<String>());
                self.out.raw("\"");
            }
        }
        self.out.raw(">");
    }

    fn end_code(&mut self) {
        self.in_code = false;
        self.out.raw("</code></pre>\n");
    }

    fn start_list(&mut self, start: Option<u64>) {
        if self.out.len() > 0 && !self.out.ends_with("\n") {
            self.out.raw("\n");
        }
        match start {
            None => self.out.raw("<ul>\n"),
            Some(1) => self.out.raw("<ol>\n"),
            Some(start) => {
                self.out.raw("<ol start=\"");
                self.out.number(start);
                self.out.raw("\">\n");
            }
        }
    }

    fn task(&mut self, done: bool) {
        if let Some(item) = self.items.last() {
            self.out.insert(item + "<li".len(), " class=\"task\"");
        }
        let (sign, word) = if done { ("☑", "task-done") } else { ("☐", "task-open") };
        self.out.raw("<span class=\"box\" aria-hidden=\"true\">");
        self.out.raw(sign);
        self.out.raw("</span><span class=\"visually-hidden\">");
        self.out.slot(Slot::Word(word));
        self.out.raw("</span> ");
    }

    fn rule(&mut self) {
        self.raw.enter(true, &mut self.out, &mut self.problems);
        self.raw.leave(&mut self.out, &mut self.problems);
        self.out.raw("<hr>\n");
    }

    fn html_block(&mut self, range: Range<usize>) {
        self.end_prose_block();
        let html = std::mem::take(&mut self.raw_block);
        match self.options.raw_html {
            RawHtml::Escape => {
                self.shown_as_text(range);
                self.out.raw("<p>");
                self.out.escaped(html.trim_end());
                self.out.raw("</p>\n");
            }
            RawHtml::Sanitise => self.raw.block(&html, range, &mut self.out, &mut self.problems),
        }
    }

    pub(super) fn shown_as_text(&mut self, range: Range<usize>) {
        let diagnostic = Diagnostic::warning(Code::RAW_HTML, "HTML is shown as text on this site")
            .help("write it in Markdown, or set html = \"sanitise\" in site.toml");
        self.problems.add(range, diagnostic);
    }
}
