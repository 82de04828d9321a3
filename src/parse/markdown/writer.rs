//! Events of the parser to HTML: blocks. Text and spans are in `inlines`.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::block_directions::{BlockNumber, DirectionReader};
use super::body_html::BodyHtml;
use super::definitions::References;
use super::fences;
use super::footnotes::Footnotes;
use super::headings::{HeadingIds, OpeningHeading, attributes, first_level};
use super::lead::Lead;
use super::list_numbers::ListNumbers;
use super::literal_markup::{self, BlockKind, BlockText};
use super::open_spans::{Bracket, OpenLink, OpenPicture};
use super::people_counts::{PeopleCount, ProseReader};
use super::plain;
use super::problems::Problems;
use super::quotations;
use super::raw_html::{RawElements, TypedHtml};
use super::source::{BodySource, MarkdownOptions, RawHtml};
use super::tables::TableWriter;
use super::text_run::TextRun;
use crate::diag::{Code, Diagnostic};
use crate::model::{Body, BodyLink, Heading, Slot};

/// The result of writing a body.
pub(super) struct WrittenBody<'a> {
    pub(super) body: Body,
    pub(super) people_counts: Vec<PeopleCount>,
    /// `None` for a body without definitions.
    pub(super) references: Option<References<'a>>,
    pub(super) opening_heading: Option<OpeningHeading>,
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
    pub(super) raw_block: TypedHtml,
    headings: Vec<Heading>,
    heading_ids: HeadingIds,
    /// Text without markup, while a heading is read.
    pub(super) heading_text: String,
    pub(super) in_heading: bool,
    heading_block: Option<BlockNumber>,
    /// Where the open heading has attributes in the body.
    pub(super) heading_attributes: Option<Range<usize>>,
    pub(super) lead: Lead,
    /// The last character that readers see of the open block.
    pub(super) last_seen: Option<char>,
    /// Text that is not yet written.
    pub(super) text_run: TextRun,
    pub(super) directions: DirectionReader,
    /// How many blocks are open.
    depth: usize,
    /// The offset in `out` of the open `<p>` or heading.
    pub(super) block_start: usize,
    /// The offset in `out` of each open `<li>`.
    items: Vec<usize>,
    list_numbers: ListNumbers,
    table: TableWriter,
    pub(super) in_code: bool,
    /// Whether a fence opened the code.
    in_fence: bool,
    pub(super) literal: BlockText,
    references: Option<References<'a>>,
    opening_heading: Option<OpeningHeading>,
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
            raw_block: TypedHtml::default(),
            headings: Vec::new(),
            heading_ids: HeadingIds::default(),
            heading_text: String::new(),
            in_heading: false,
            heading_block: None,
            heading_attributes: None,
            lead: Lead::default(),
            last_seen: None,
            text_run: TextRun::default(),
            directions: DirectionReader::new(source.body, options.direction),
            depth: 0,
            block_start: 0,
            items: Vec::new(),
            list_numbers: ListNumbers::default(),
            table: TableWriter::default(),
            in_code: false,
            in_fence: false,
            literal: BlockText::default(),
            references: source.body.contains("]:").then(References::default),
            opening_heading: None,
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
            html: self.out.finished(&self.directions.finish()),
            headings: self.headings.into(),
            links: self.links.into(),
            lead: self.lead.into_text(),
        };
        let people_counts = self.people_prose.map(ProseReader::finish).unwrap_or_default();
        WrittenBody {
            body,
            people_counts,
            references: self.references,
            opening_heading: self.opening_heading,
            problems: self.problems,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        self.refer(&event, &range);
        if !matches!(event, Event::Text(_)) {
            self.end_text_run();
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
            Event::Code(code) => self.code(&code, &range),
            Event::Html(html) => {
                self.raw_block.push(&html, range.start);
                if let Some(prose) = &mut self.people_prose {
                    prose.text(&html, range);
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.soft_break(&range),
            Event::HardBreak => self.line_break("<br>\n", &range),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Definitions are what is neither shown nor referred to.
    fn refer(&mut self, event: &Event<'a>, range: &Range<usize>) {
        let Some(references) = &mut self.references else { return };
        match event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                references.show(range);
                if is_reference(*link_type) {
                    references.refer(id.clone());
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) | Tag::Heading { .. })
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_) => references.show(range),
            _ => {}
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
            Tag::HtmlBlock => self.raw_block = TypedHtml::default(),
            block => {
                self.raw.enter(true, &mut self.out, &mut self.problems);
                self.end_prose_block();
                self.end_literal_text();
                self.bracket = Bracket::default();
                self.last_seen = None;
                self.start_in_lead(&block);
                self.start_block(block, range);
                self.depth += 1;
            }
        }
    }

    fn start_span(&mut self, html: &str) {
        self.raw.enter(false, &mut self.out, &mut self.problems);
        self.out.raw(html);
    }

    fn start_in_lead(&mut self, tag: &Tag<'a>) {
        match tag {
            Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) if self.depth == 0 => self.lead.start(),
            Tag::Item => self.lead.item(),
            _ => self.lead.push(" "),
        }
    }

    fn start_block(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { .. } => self.start_heading(&range),
            Tag::BlockQuote(None) => {
                quotations::check(&range, self.source.body, &mut self.problems);
                self.open_block("<blockquote>\n");
            }
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::CodeBlock(kind) => {
                fences::check_indented(&kind, &range, self.source.body, &mut self.problems);
                self.start_code(&kind);
            }
            Tag::List(start) => self.start_list(start),
            Tag::Item => {
                self.items.push(self.out.len());
                self.list_numbers.item(&self.source.body[range.start..], self.out.len());
                self.open_block("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                self.notes.begin(&label, range, &mut self.problems);
                self.directions.begin_apart();
                self.interrupted.push(std::mem::take(&mut self.out));
            }
            Tag::DefinitionList => self.open_block("<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>"),
            Tag::DefinitionListDefinition => self.open_block("<dd>"),
            Tag::Table(alignments) => {
                self.table = TableWriter::start(alignments, &mut self.directions, &mut self.out);
            }
            Tag::TableHead => self.table.start_head(&mut self.out),
            Tag::TableRow => self.table.start_row(&mut self.out),
            Tag::TableCell => {
                self.literal.begin(BlockKind::Line);
                self.table.start_cell(&mut self.directions, &mut self.out);
            }
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
                if self.depth == 0 {
                    self.lead.end();
                }
                self.last_seen = None;
                self.end_prose_block();
                self.end_literal_text();
                self.bracket = Bracket::default();
                self.end_block(block, range);
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::BlockQuote(None) => self.close_block("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.close_block("</div>\n"),
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::List(is_ordered) => {
                self.list_numbers.end_list(&mut self.out);
                self.close_block(if is_ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.items.pop();
                self.close_block("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                self.directions.end();
                let outer = self.interrupted.pop().unwrap_or_default();
                self.notes.end(std::mem::replace(&mut self.out, outer));
            }
            TagEnd::DefinitionList => self.close_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::Table => self.close_block("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => self.table.end_head(&mut self.out),
            TagEnd::TableRow => {
                self.table.end_row(&range, self.source.body, &mut self.out, &mut self.problems)
            }
            TagEnd::TableCell => self.table.end_cell(range.end, &mut self.directions, &mut self.out),
            _ => {}
        }
    }

    fn end_literal_text(&mut self) {
        literal_markup::check(&mut self.literal, self.source.body, &mut self.problems);
    }

    pub(super) fn end_prose_block(&mut self) {
        if let Some(prose) = &mut self.people_prose {
            prose.end_block();
        }
    }

    /// Writes HTML that begins with the tag of a block.
    pub(super) fn open_block(&mut self, html: &str) {
        let tag = self.out.len();
        self.out.raw(html);
        if let Some(block) = self.directions.begin() {
            self.out.direction(block, tag);
        }
    }

    pub(super) fn close_block(&mut self, html: &str) {
        self.directions.end();
        self.out.raw(html);
    }

    fn start_paragraph(&mut self) {
        self.block_start = self.out.len();
        self.open_block("<p>");
    }

    fn end_paragraph(&mut self) {
        // A picture with a caption replaces its paragraph.
        let end = if self.out.ends_with("</figure>\n") { "" } else { "</p>\n" };
        self.close_block(end);
    }

    fn start_heading(&mut self, range: &Range<usize>) {
        self.block_start = self.out.len();
        self.in_heading = true;
        self.heading_block = self.directions.begin();
        self.literal.begin(BlockKind::Line);
        let attributes = attributes(&self.source.body[range.clone()]);
        self.heading_attributes =
            attributes.map(|attributes| range.start + attributes.start..range.start + attributes.end);
    }

    fn end_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.in_heading = false;
        let text = plain::fold(&std::mem::take(&mut self.heading_text));
        self.check_heading(level, &text, &range);
        let id = match self.heading_attributes.take() {
            Some(attributes) => self.written_id(attributes, &text),
            None => self.heading_ids.give(&text),
        };
        let level = (level as u8).max(2);
        let name = ["h2", "h3", "h4", "h5", "h6"][usize::from(level - 2)];
        self.out.insert(self.block_start, &format!("<{name} id=\"{id}\">"));
        if let Some(block) = self.heading_block.take() {
            self.out.direction(block, self.block_start);
        }
        self.directions.end();
        self.out.raw("</");
        self.out.raw(name);
        self.out.raw(">\n");
        self.headings.push(Heading { level, id, text: text.into() });
    }

    fn check_heading(&mut self, level: HeadingLevel, text: &str, range: &Range<usize>) {
        if text.is_empty() {
            let diagnostic = Diagnostic::warning(Code::EMPTY_HEADING, "this heading has no text");
            self.problems
                .add(range.clone(), diagnostic.help("write its text in the same line, or delete it"));
        } else if text.ends_with(['.', '。', '۔', '।']) && !self.source.body[range.clone()].starts_with('#')
        {
            let message = "the line below this sentence makes a heading of it";
            let help = "delete the full stop if it is a heading; if not, delete the line below, or write an empty line and --- there";
            let diagnostic = Diagnostic::warning(Code::UNDERLINED_SENTENCE, message);
            self.problems.add(range.clone(), diagnostic.help(help));
        } else if self.block_start == 0 && self.depth == 0 {
            // Its level is checked together with the title.
            let is_first_level = level == HeadingLevel::H1;
            self.opening_heading =
                Some(OpeningHeading { text: text.into(), range: range.clone(), is_first_level });
        } else if level == HeadingLevel::H1 {
            self.problems.add(range.clone(), first_level());
        }
    }

    /// The id that a heading ends with, in `attributes`; one made from its text if that is not allowed.
    fn written_id(&mut self, attributes: Range<usize>, text: &str) -> Box<str> {
        let taken = self.heading_ids.take(&self.source.body[attributes.clone()]);
        taken.unwrap_or_else(|refusal| {
            self.problems.add(attributes, refusal);
            self.heading_ids.give(text)
        })
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (name, word) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        self.open_block(&format!("<div class=\"alert alert-{name}\" role=\"note\">\n"));
        self.out.raw("<p class=\"alert-title\">");
        self.out.slot(Slot::Word(word));
        self.directions.word();
        self.out.raw("</p>\n");
    }

    /// Code is left to right on an Arabic page, too. It scrolls, so it takes the focus.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.in_fence = matches!(kind, CodeBlockKind::Fenced(_));
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

    fn end_code(&mut self, range: Range<usize>) {
        self.in_code = false;
        if std::mem::take(&mut self.in_fence) {
            fences::check(&range, self.source.body, &mut self.problems);
        }
        self.out.raw("</code></pre>\n");
    }

    fn start_list(&mut self, start: Option<u64>) {
        self.list_numbers.start_list(start.is_some());
        if self.out.len() > 0 && !self.out.ends_with("\n") {
            self.out.raw("\n");
        }
        match start {
            None => self.open_block("<ul>\n"),
            Some(1) => self.open_block("<ol>\n"),
            Some(start) => self.open_block(&format!("<ol start=\"{start}\">\n")),
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
        self.directions.word();
        self.out.raw("</span> ");
    }

    fn rule(&mut self) {
        self.raw.enter(true, &mut self.out, &mut self.problems);
        self.raw.leave(&mut self.out, &mut self.problems);
        self.out.raw("<hr>\n");
    }

    fn html_block(&mut self, range: Range<usize>) {
        self.end_prose_block();
        let typed = std::mem::take(&mut self.raw_block);
        typed.check_comments(&mut self.problems);
        match self.options.raw_html {
            RawHtml::Escape => {
                let visible = typed.visible();
                if visible.trim().is_empty() {
                    return;
                }
                self.shown_as_text(range);
                self.out.raw("<p>");
                self.out.escaped(visible.trim());
                self.out.raw("</p>\n");
            }
            RawHtml::Sanitise => self.with_raw(|raw, to| raw.block(&typed, to)),
        }
    }

    pub(super) fn shown_as_text(&mut self, range: Range<usize>) {
        let diagnostic = Diagnostic::warning(Code::RAW_HTML, "HTML is shown as text on this site")
            .help("write it in Markdown, or set html = \"sanitise\" in site.toml");
        self.problems.add(range, diagnostic);
    }
}

pub(super) fn is_reference(link: LinkType) -> bool {
    matches!(link, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}
