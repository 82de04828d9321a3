//! Events of the parser to HTML: text, links, pictures and other spans.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::bare_addresses::{self, BareAddress};
use super::characters::{check_comment, check_decoded, is_visible, joins_lines};
use super::comments::without_comments;
use super::footnotes::{undefined, write_reference_id};
use super::links::{Destination, resolve, resolve_picture};
use super::open_spans::{Bracket, OpenLink, OpenPicture};
use super::plain;
use super::raw_html::{RawElements, RawOutput, TypedHtml, nested_link, no_link_text};
use super::source::{RawHtml, is_escaped};
use super::targets::{end_picture_tag, recording, write_href, write_picture_tag};
use super::text_run::TextRun;
use super::writer::{BodyWriter, is_reference};
use crate::diag::{Code, Diagnostic};
use crate::model::{Slot, Target};

impl<'a> BodyWriter<'a> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if !self.in_code {
            self.check_source(text, &range);
            self.shown_comment(text, &range);
            self.literal_text(text, &range);
        }
        self.prose(text, range.clone());
        if self.in_code {
            return self.out.escaped(text);
        }
        let text = self.without_attributes(text, &range);
        if is_escaped(self.source.body, range.start) {
            self.end_text_run();
        }
        self.text_run.push(text, &range);
    }

    /// A comment within a line ends in its paragraph, or Markdown takes it for text.
    fn shown_comment(&mut self, text: &str, range: &Range<usize>) {
        let begins = |(offset, _)| {
            let at = range.start + offset;
            let is_comment = self.source.body.get(at..).is_some_and(|rest| rest.starts_with("<!--"));
            (is_comment && !is_escaped(self.source.body, at)).then_some(at)
        };
        if let Some(at) = text.match_indices('<').find_map(begins) {
            let message = "a comment that begins here has no end in its paragraph, and readers would see it";
            let diagnostic = Diagnostic::error(Code::COMMENT_WITHOUT_END, message);
            let help = "write it on lines of its own, or `\\<` if readers are to see it";
            self.problems.add(at..at + "<!--".len(), diagnostic.help(help));
        }
    }

    /// The text of a heading without its `{#id}`.
    fn without_attributes<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str {
        let Some(attributes) = &self.heading_attributes else { return text };
        if range.start >= attributes.start {
            return "";
        }
        text.get(..attributes.start - range.start).map_or(text, str::trim_end)
    }

    /// Writes the text that was read since the last other event, with links for its addresses.
    pub(super) fn end_text_run(&mut self) {
        let TextRun { text, range } = std::mem::take(&mut self.text_run);
        let mut written = 0;
        if self.open_links.is_empty() {
            for BareAddress { range: part, target } in bare_addresses::find(&text) {
                self.shown_text(&text[written..part.start]);
                self.start_link(LinkType::Autolink, &target, "", range.clone());
                self.shown_text(&text[part.clone()]);
                self.end_link();
                written = part.end;
            }
        }
        self.shown_text(&text[written..]);
    }

    fn shown_text(&mut self, text: &str) {
        self.out.escaped(text);
        self.directions.text(text);
        self.seen(text);
    }

    /// Text in which marks may be shown. An address in `<` and `>` is not written as text.
    fn literal_text(&mut self, text: &str, range: &Range<usize>) {
        if self.open_links.last().is_some_and(|link| link.is_address) {
            return self.literal.other(range);
        }
        self.literal.text(text, range, self.source.body);
    }

    /// Text that may hold numbers about people.
    fn prose(&mut self, text: &str, range: Range<usize>) {
        if self.in_code || self.open_links.iter().any(|link| link.is_to_claim) {
            return;
        }
        if let Some(prose) = &mut self.people_prose {
            prose.text(text, range);
        }
    }

    pub(super) fn prose_gap(&mut self) {
        if let Some(prose) = &mut self.people_prose {
            prose.gap();
        }
    }

    /// Text that readers see: for the text of links, and for texts without markup.
    fn seen(&mut self, text: &str) {
        if let Some(link) = self.open_links.last_mut() {
            link.has_text = link.has_text || text.chars().any(is_visible);
        }
        self.last_seen = text.chars().next_back().or(self.last_seen);
        if self.in_heading {
            self.heading_text.push_str(text);
        } else {
            self.lead.push(text);
        }
    }

    fn check_source(&mut self, text: &str, range: &Range<usize>) {
        match self.source.body.as_bytes().get(range.start) {
            Some(b'&') => check_decoded(text, range, &mut self.problems),
            Some(b'[' | b'!') if text.ends_with('[') => self.opening_bracket(range.end - 1),
            Some(b']') => self.closing_bracket(range.start),
            _ => {}
        }
    }

    /// A `[` that opens no link. `[^x]` was meant as a footnote.
    fn opening_bracket(&mut self, at: usize) {
        let body = self.source.body;
        if is_escaped(body, at) {
            return;
        }
        self.bracket = Bracket::Open(at);
        let Some(label) = body.get(at + 1..).and_then(|rest| rest.strip_prefix('^')) else { return };
        let Some(end) = label.bytes().take(1000).position(|b| matches!(b, b']' | b'[' | b'\n' | b'\r'))
        else {
            return;
        };
        if label.as_bytes()[end] == b']' && !label[..end].trim().is_empty() {
            undefined(&label[..end], at..at + 2 + end + 1, &mut self.problems);
        }
    }

    /// A `]` that closes no link.
    fn closing_bracket(&mut self, at: usize) {
        if let Bracket::WithNote(open) = std::mem::take(&mut self.bracket)
            && self.source.body[at..].starts_with("](")
        {
            let message = "a footnote within the text of a link keeps it from being one";
            let diagnostic =
                Diagnostic::error(Code::FOOTNOTE_IN_LINK, message).help("put the footnote behind the link");
            self.problems.add(open..at + 2, diagnostic);
        }
    }

    pub(super) fn code(&mut self, code: &str, range: &Range<usize>) {
        self.prose_gap();
        self.literal.other(range);
        self.out.raw("<code>");
        self.out.escaped(code);
        self.directions.code(code);
        self.out.raw("</code>");
        self.seen(code);
    }

    /// The end of a line is a space, but for scripts that are written without them.
    pub(super) fn soft_break(&mut self, range: &Range<usize>) {
        if self
            .last_seen
            .zip(self.next_shown(range.end))
            .is_none_or(|(before, after)| !joins_lines(before, after))
        {
            return self.line_break("\n", range);
        }
        self.prose_gap();
        self.literal.line_break(range);
    }

    /// The first character from `at` on that is neither white space nor a mark.
    fn next_shown(&self, at: usize) -> Option<char> {
        self.source.body[at..].chars().find(|&c| !c.is_ascii_whitespace() && !"*_~[`!>".contains(c))
    }

    pub(super) fn line_break(&mut self, html: &str, range: &Range<usize>) {
        self.prose_gap();
        self.literal.line_break(range);
        self.out.raw(html);
        self.last_seen = None;
        if self.in_heading {
            self.heading_text.push(' ');
        } else {
            self.lead.push(" ");
        }
    }

    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        self.prose_gap();
        self.literal.other(&range);
        if self.options.raw_html == RawHtml::Sanitise {
            let mut typed = TypedHtml::default();
            typed.push(html, range.start);
            return self.with_raw(|raw, to| raw.inline(&typed, to));
        }
        let html = &without_comments(html);
        if html.is_empty() {
            return;
        }
        if !html.starts_with("</") {
            self.shown_as_text(range);
        }
        self.out.escaped(html);
        self.seen(html);
    }

    /// Calls `write` with the author's elements and what they are written to.
    pub(super) fn with_raw(&mut self, write: impl FnOnce(&mut RawElements, &mut RawOutput<'_, 'a>)) {
        let mut to = RawOutput {
            out: &mut self.out,
            problems: &mut self.problems,
            links: &mut self.links,
            source: self.source,
            is_in_link: !self.open_links.is_empty(),
        };
        write(&mut self.raw, &mut to);
    }

    pub(super) fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        self.prose_gap();
        self.literal.other(&range);
        if let Bracket::Open(at) = self.bracket {
            self.bracket = Bracket::WithNote(at);
        }
        if self.raw.has_open_link() {
            return nested_link(range, &mut self.problems);
        }
        let (number, nth) = self.notes.refer(label, range);
        self.out.raw("<sup class=\"fn\"><a id=\"");
        write_reference_id(number, nth, &mut self.out);
        self.out.raw("\" href=\"#fn-");
        self.out.number(number);
        self.out.raw("\">");
        self.out.number(number);
        self.out.raw("</a></sup>");
    }

    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str, range: Range<usize>) {
        self.expand(kind, destination.len() + title.len(), &range);
        let resolved = match kind {
            LinkType::Email => resolve(self.source.file, &format!("mailto:{destination}")),
            _ => resolve(self.source.file, destination),
        };
        let mut index = None;
        let has_tag = if self.open_links.is_empty() && !self.raw.has_open_link() {
            resolved
                .map(|destination| index = self.write_link(destination, title, &range))
                .map_err(|refusal| self.problems.add(range.clone(), refusal.diagnostic()))
                .is_ok()
        } else {
            nested_link(range.clone(), &mut self.problems);
            false
        };
        self.prose_gap();
        let is_to_claim = is_to_claim(destination);
        let status_of = index.filter(|_| is_to_claim || destination.contains(CLAIM_FRAGMENT));
        let is_address = matches!(kind, LinkType::Autolink | LinkType::Email);
        self.open_links.push(OpenLink {
            range,
            has_text: false,
            has_tag,
            is_to_claim,
            status_of,
            is_address,
        });
    }

    /// Returns its position in the body's links, if it is in them.
    fn write_link(&mut self, destination: Destination, title: &str, range: &Range<usize>) -> Option<u32> {
        self.out.raw("<a");
        let index = write_href(destination, range, self.source, &mut self.out, &mut self.links);
        self.title(title, range);
        self.out.raw(">");
        index
    }

    fn title(&mut self, title: &str, range: &Range<usize>) {
        if !title.is_empty() {
            self.check_hidden_text(title, range);
            self.out.raw(" title=\"");
            self.out.escaped(title);
            self.out.raw("\"");
        }
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.open_links.pop() else { return };
        if link.has_tag {
            if let Some(index) = link.status_of {
                self.out.slot(Slot::Status(index));
            }
            self.out.raw("</a>");
        }
        if let Some(outer) = self.open_links.last_mut() {
            outer.has_text |= link.has_text;
        }
        if !link.has_text {
            no_link_text(link.range, &mut self.problems);
        }
    }

    /// After so many bytes the parser silently stops expanding references to definitions.
    fn expand(&mut self, kind: LinkType, bytes: usize, range: &Range<usize>) {
        if !is_reference(kind) {
            return;
        }
        let left = self.expansion_left;
        self.expansion_left = left.saturating_sub(bytes);
        if left > 0 && self.expansion_left == 0 {
            let message = "too many references to long addresses: those after this one stay text";
            let diagnostic = Diagnostic::error(Code::TOO_MANY_REFERENCES, message);
            self.problems
                .add(range.clone(), diagnostic.help("write them as [text](target), or split the text"));
        }
    }

    pub(super) fn start_picture(
        &mut self,
        link_type: LinkType,
        destination: CowStr<'a>,
        title: CowStr<'a>,
        range: Range<usize>,
    ) {
        self.end_prose_block();
        self.literal.other(&range);
        let starts_paragraph = self.out.ends_with("<p>") && self.out.len() == self.block_start + "<p>".len();
        self.picture = Some(OpenPicture {
            link_type,
            destination,
            title,
            range,
            alt: String::new(),
            depth: 0,
            starts_paragraph,
        });
    }

    /// Collects the text alternative, without markup.
    pub(super) fn in_picture(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        events: &mut Peekable<impl Iterator<Item = (Event<'a>, Range<usize>)>>,
    ) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(Tag::Image { .. }) => {
                picture.depth += 1;
                let range = picture.range.clone();
                nested_link(range, &mut self.problems);
            }
            Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_) => {
                let range = picture.range.clone();
                nested_link(range, &mut self.problems);
            }
            Event::End(TagEnd::Image) if picture.depth > 0 => picture.depth -= 1,
            Event::End(TagEnd::Image) => {
                let ends_paragraph = matches!(events.peek(), Some((Event::End(TagEnd::Paragraph), _)));
                self.end_picture(ends_paragraph);
            }
            Event::Text(text) => {
                picture.alt.push_str(&text);
                self.prose(&text, range);
            }
            Event::Code(text) => picture.alt.push_str(&text),
            Event::InlineHtml(html) if self.options.raw_html == RawHtml::Escape => {
                picture.alt.push_str(&without_comments(&html))
            }
            Event::InlineHtml(_) => {
                let diagnostic =
                    Diagnostic::warning(Code::HTML_REMOVED, "HTML has no place in a text alternative");
                self.problems.add(picture.range.clone(), diagnostic.help("write it as plain text"));
            }
            Event::SoftBreak | Event::HardBreak => {
                picture.alt.push(' ');
                self.prose_gap();
            }
            _ => {}
        }
    }

    fn end_picture(&mut self, ends_paragraph: bool) {
        let Some(picture) = self.picture.take() else { return };
        self.end_prose_block();
        let OpenPicture { link_type, destination, title, range, alt, starts_paragraph, .. } = picture;
        self.expand(link_type, destination.len() + title.len(), &range);
        let alt = self.checked_alt(&alt, &range);
        let target = match resolve_picture(self.source.file, &destination) {
            Ok(target) => target,
            Err(refusal) => {
                self.problems.add(range, refusal.diagnostic());
                return self.text_of_picture(&alt);
            }
        };
        // Readers see no words in a recording before they play it: what it shows is below it, or next to it in a sentence.
        let is_recording = recording(&target).is_some();
        let is_figure = starts_paragraph && ends_paragraph && (is_recording || !title.is_empty());
        let is_alt_shown = if is_figure { title.is_empty() } else { is_recording };
        if is_figure {
            self.out.truncate(self.block_start);
            self.out.raw("<figure>");
        }
        self.check_recording_in_link(&target, &range);
        let played = write_picture_tag(target, &alt, &range, self.source, &mut self.out, &mut self.links);
        if !is_figure {
            self.title(&title, &range);
        }
        let file = destination.trim().rsplit('/').next().unwrap_or_default();
        end_picture_tag(played.as_ref(), if is_alt_shown { file } else { &alt }, &mut self.out);
        match (is_figure, is_alt_shown) {
            (true, true) => self.caption(&alt),
            (true, false) => {
                self.check_hidden_text(&title, &range);
                self.caption(&title);
            }
            (false, true) => self.words_next_to_it(&alt),
            (false, false) => {}
        }
        self.seen_picture(&alt);
    }

    /// A tap on what plays a recording plays it, and follows no link.
    fn check_recording_in_link(&mut self, target: &Target, range: &Range<usize>) {
        if recording(target).is_some() && !self.open_links.is_empty() {
            let message = "a recording cannot be within a link";
            let help = "write the link next to it";
            self.problems.add(range.clone(), Diagnostic::error(Code::NESTED_LINK, message).help(help));
        }
    }

    /// What a recording within a sentence shows.
    fn words_next_to_it(&mut self, alt: &str) {
        self.directions.text(alt);
        self.out.raw(" <small>");
        self.out.escaped(alt);
        self.out.raw("</small>");
    }

    /// Takes the place of the paragraph, which ends next.
    fn caption(&mut self, text: &str) {
        self.directions.end();
        self.open_block("<figcaption>");
        self.directions.text(text);
        self.out.escaped(text);
        self.out.raw("</figcaption></figure>\n");
    }

    fn checked_alt(&mut self, alt: &str, range: &Range<usize>) -> String {
        self.check_hidden_text(alt, range);
        if !alt.chars().any(is_visible) {
            let diagnostic =
                Diagnostic::error(Code::NO_ALT, "this picture has no text for people who cannot see it")
                    .help("write between [ and ] what it shows");
            self.problems.add(range.clone(), diagnostic);
        }
        plain::fold(alt)
    }

    /// Checks the comments and character references of a title or text alternative in `range`. The parser's
    /// text events are checked elsewhere.
    fn check_hidden_text(&mut self, text: &str, range: &Range<usize>) {
        check_comment(text, range, &mut self.problems);
        if self.source.body[range.clone()].contains('&') {
            check_decoded(text, range, &mut self.problems);
        }
    }

    /// The text alternative instead of a picture that was refused.
    fn text_of_picture(&mut self, alt: &str) {
        self.out.escaped(alt);
        self.seen_picture(alt);
    }

    /// A text alternative is part of a heading, and not of the lead.
    fn seen_picture(&mut self, alt: &str) {
        if let Some(link) = self.open_links.last_mut() {
            link.has_text = link.has_text || alt.chars().any(is_visible);
        }
        if self.in_heading {
            self.heading_text.push_str(alt);
        }
    }
}

/// What a link by the address of a claim has, on its own page or on another.
const CLAIM_FRAGMENT: &str = "#claim-";

fn is_to_claim(destination: &str) -> bool {
    let scheme = destination.trim_start().split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("claim")
}
