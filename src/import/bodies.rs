//! The text of a page: shortcodes first, then links and pictures, each with its place in the original.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::edits::{EditedText, TextFindings};
use super::link_map::LinkMap;
use super::other_site::{Generator, OtherPage};
use super::report::Leftover;
use super::{hugo_shortcodes, liquid, zola_shortcodes};

/// A text as it is in the new site.
#[derive(Debug, Default)]
pub struct NewBody {
    pub text: String,
    pub leftovers: Vec<Leftover>,
    /// Pieces of HTML other than comments.
    pub html: usize,
    /// The text of the first heading.
    pub heading: Option<String>,
}

/// Translates the body of a page.
#[must_use]
pub fn translate(page: &OtherPage, generator: Generator, links: &LinkMap) -> NewBody {
    let body = page.body();
    let shortcodes = match generator {
        Generator::Hugo => hugo_shortcodes::translate(page, body, links),
        Generator::Zola => zola_shortcodes::translate(body),
        Generator::Jekyll => liquid::translate(page, body, links),
    };
    let leftover = |at: usize, fact: &str, remedy: &str| page.leftover(page.body_at + at, fact, remedy);
    let mut leftovers: Vec<Leftover> =
        shortcodes.faults.iter().map(|fault| leftover(fault.at, &fault.fact, &fault.remedy)).collect();
    let plain = EditedText::new(body, shortcodes.edits);
    let mut markdown = MarkdownPass {
        page,
        links,
        text: &plain.text,
        findings: TextFindings::default(),
        html: 0,
        heading: None,
    };
    markdown.run();
    let MarkdownPass { findings, html, heading, .. } = markdown;
    leftovers.extend(
        findings
            .faults
            .iter()
            .map(|fault| leftover(plain.original_offset(fault.at), &fault.fact, &fault.remedy)),
    );
    let text = EditedText::new(&plain.text, findings.edits).text;
    NewBody { text, leftovers, html, heading }
}

struct MarkdownPass<'a> {
    page: &'a OtherPage,
    links: &'a LinkMap,
    text: &'a str,
    findings: TextFindings,
    html: usize,
    heading: Option<String>,
}

impl MarkdownPass<'_> {
    fn run(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let parser = Parser::new_ext(self.text, options);
        let definitions: Vec<(String, Range<usize>)> = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone()))
            .collect();
        for (destination, range) in definitions {
            self.destination(&destination, range, ": ");
        }
        let mut open_links = 0_usize;
        let mut heading: Option<String> = None;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    open_links += 1;
                    self.destination(&dest_url, range, "](");
                }
                Event::End(TagEnd::Link) => open_links = open_links.saturating_sub(1),
                Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url, range, open_links > 0),
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.count_html(range),
                Event::Start(Tag::Heading { .. }) if self.heading.is_none() => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => self.heading = self.heading.take().or(heading.take()),
                Event::Text(text) | Event::Code(text) => {
                    heading.iter_mut().for_each(|heading| heading.push_str(&text))
                }
                _ => {}
            }
        }
    }

    fn count_html(&mut self, range: Range<usize>) {
        self.html += usize::from(!self.text[range].trim_start().starts_with("<!--"));
    }

    /// Replaces the destination that is in a range, after a sign.
    fn destination(&mut self, destination: &str, range: Range<usize>, before: &str) {
        let new = match self.new_destination(destination) {
            Ok(Some(new)) => new,
            Ok(None) => return,
            Err((fact, remedy)) => return self.findings.fault(range.start, fact, remedy),
        };
        match find_destination(&self.text[range.clone()], destination, before) {
            Some(at) => {
                let begin = range.start + at;
                self.findings.edit(begin..begin + destination.len(), new);
            }
            // A reference, whose definition is changed, or a destination in escapes.
            None if before == "](" && !self.text[range.clone()].contains("](") => {}
            None => {
                let fact = format!("the link \"{destination}\" leads to another place now");
                self.findings.fault(range.start, fact, format!("write {new}"));
            }
        }
    }

    /// `None`: as it is. An error says why a destination cannot be used.
    fn new_destination(&self, destination: &str) -> Result<Option<String>, (String, String)> {
        if destination.is_empty() || destination.starts_with('#') || self.links.is_new(destination) {
            return Ok(None);
        }
        if let Some(rest) = destination.strip_prefix("//") {
            return Ok(Some(format!("https://{rest}")));
        }
        // What bulletin knows as text is text already.
        if destination.contains("{{") || destination.contains("{%") {
            return Ok(None);
        }
        if let Some(new) = self.links.resolve(self.page, destination) {
            return Ok((new != destination).then_some(new));
        }
        let scheme = destination.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel" | "sms" | "geo") => Ok(None),
            Some(scheme) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Err((
                format!("a page may not link to \"{scheme}:\""),
                "write a web address, or delete the link".to_owned(),
            )),
            _ => Err((
                format!("the link \"{destination}\" leads to nothing that came over"),
                "link to a file of content/ or static/, or delete the link".to_owned(),
            )),
        }
    }

    /// A picture on another server becomes a link to it: that server would see who reads the page.
    fn picture(&mut self, destination: &str, range: Range<usize>, is_in_link: bool) {
        let is_remote = destination.starts_with("http://")
            || destination.starts_with("https://")
            || destination.starts_with("//");
        if !is_remote || self.links.resolve(self.page, destination).is_some() {
            return self.destination(destination, range, "](");
        }
        let fact = format!("the picture \"{destination}\" is on another server, and is a link now");
        let remedy = "put a copy into static/ and show that";
        self.findings.fault(range.start, fact, remedy);
        let source = &self.text[range.clone()];
        let alt = source.strip_prefix("![").and_then(|rest| rest.split_once(']')).map_or("", |(alt, _)| alt);
        let name =
            if alt.trim().is_empty() { destination.rsplit('/').next().unwrap_or("picture") } else { alt };
        let name = name.replace(['[', ']', '\n'], " ");
        let url = if destination.starts_with("//") {
            format!("https:{destination}")
        } else {
            destination.to_owned()
        };
        self.findings.edit(range, if is_in_link { name } else { format!("[{name}](<{url}>)") });
    }
}

/// Where the destination is in the source of a link, after its last sign.
fn find_destination(source: &str, destination: &str, before: &str) -> Option<usize> {
    let signs = source.rmatch_indices(before).map(|(at, sign)| at + sign.len());
    let mut places = signs.map(|at| {
        let rest = &source[at..];
        let trimmed = rest.trim_start();
        let begin = at + rest.len() - trimmed.len();
        begin + usize::from(trimmed.starts_with('<'))
    });
    places.find(|at| source[*at..].starts_with(destination))
}
