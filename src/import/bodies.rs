//! The text of a page: shortcodes first, then links and pictures, each with its place in the original.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::edits::{EditedText, TextFindings};
use super::heading_ids::{self, EXTENSIONS};
use super::link_map::LinkMap;
use super::other_site::{Generator, OtherPage, OtherSite};
use super::report::Leftover;
use super::{hugo_shortcodes, liquid, zola_shortcodes};
use crate::diag::{PlaceIndex, Span};

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
pub fn translate(page: &OtherPage, site: &OtherSite, links: &LinkMap) -> NewBody {
    let body = page.body();
    let shortcodes = shortcodes(page, site, links);
    // A text with thousands of tags is counted through once.
    let index = LazyCell::new(|| PlaceIndex::new(&page.text));
    let leftover = |at: usize, fact: &str, remedy: &str| {
        let at = page.body_at + at;
        Leftover::at_place(&index.place(&page.file, &page.text, Span::new(at..at)), fact, remedy)
    };
    let mut leftovers: Vec<Leftover> =
        shortcodes.faults.iter().map(|fault| leftover(fault.at, &fault.fact, &fault.remedy)).collect();
    let without_shortcodes = EditedText::new(body, shortcodes.edits);
    let headings = heading_ids::changes(site.generator, &without_shortcodes.text).findings;
    leftovers.extend(
        headings
            .faults
            .iter()
            .map(|fault| leftover(without_shortcodes.original_offset(fault.at), &fault.fact, &fault.remedy)),
    );
    let plain = EditedText::new(&without_shortcodes.text, headings.edits);
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
    leftovers.extend(findings.faults.iter().map(|fault| {
        let at = without_shortcodes.original_offset(plain.original_offset(fault.at));
        leftover(at, &fault.fact, &fault.remedy)
    }));
    let text = EditedText::new(&plain.text, findings.edits).text;
    NewBody { text, leftovers, html, heading }
}

/// The ids of headings that are other ones now.
#[must_use]
pub fn renamed_ids(page: &OtherPage, site: &OtherSite, links: &LinkMap) -> BTreeMap<String, String> {
    let plain = EditedText::new(page.body(), shortcodes(page, site, links).edits);
    heading_ids::changes(site.generator, &plain.text).renamed
}

/// What shortcodes, Liquid and attribute lists become.
fn shortcodes(page: &OtherPage, site: &OtherSite, links: &LinkMap) -> TextFindings {
    let body = page.body();
    match site.generator {
        Generator::Hugo => hugo_shortcodes::translate(page, body, links),
        Generator::Zola => zola_shortcodes::translate(body),
        Generator::Jekyll => liquid::translate(page, body, links, &site.variables),
    }
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
        let parser = Parser::new_ext(self.text, EXTENSIONS);
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
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    self.heading.get_or_insert(without_attributes(heading.take().unwrap_or_default()));
                }
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
        let Some(new) = self.new_destination(destination, range.start) else { return };
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

    /// `None`: as it is. What cannot be used is reported at a byte.
    fn new_destination(&mut self, destination: &str, at: usize) -> Option<String> {
        if let Some(id) = destination.strip_prefix('#') {
            return self.links.renamed_id(self.page, id).map(|new| format!("#{new}"));
        }
        // A tag that stays is text.
        let is_tag = destination.contains("{{") || destination.contains("{%");
        if destination.is_empty() || is_tag || self.links.is_new(destination) {
            return None;
        }
        if let Some(rest) = destination.strip_prefix("//") {
            return Some(format!("https://{rest}"));
        }
        if let Some(new) = self.links.resolve(self.page, destination) {
            return (new != destination).then_some(new);
        }
        match scheme(destination).as_deref() {
            Some("http" | "https" | "mailto" | "tel" | "sms" | "geo") => None,
            Some(scheme) => {
                let fact = format!("a page may not link to \"{scheme}:\"");
                self.findings.fault(at, fact, "write a web address, or delete the link");
                None
            }
            None => self.at_old_address(destination, at),
        }
    }

    /// A link to what did not come over leads to where that was, as before.
    fn at_old_address(&mut self, destination: &str, at: usize) -> Option<String> {
        let old = self.links.old_address(self.page, destination);
        let (fact, remedy) = match &old {
            Some(_) => (
                "did not come over, and the link leads to its old address",
                "link to a file of content/ or static/, if there is one",
            ),
            None => (
                "did not come over, and the link leads to nothing",
                "link to a file of content/ or static/, or delete the link",
            ),
        };
        self.findings.fault(at, format!("\"{destination}\" {fact}"), remedy);
        old
    }

    /// A picture on another server becomes a link to it: that server would see who reads the page.
    fn picture(&mut self, destination: &str, range: Range<usize>, is_in_link: bool) {
        let source = &self.text[range.clone()];
        let alt =
            source.strip_prefix("![").and_then(|rest| rest.split_once(']')).map_or("", |(alt, _)| alt).trim();
        let Some(address) = self.remote_picture(destination) else {
            if alt.is_empty() {
                let fact = "the picture has no text for people who cannot see it";
                self.findings.fault(range.start, fact, "write between [ and ] what it shows");
            }
            return self.destination(destination, range, "](");
        };
        let fact = format!(
            "the picture \"{destination}\" is on another server or did not come over, and is a link now"
        );
        self.findings.fault(range.start, fact, "put a copy into static/ and show that");
        let name = if alt.is_empty() { destination.rsplit('/').next().unwrap_or("picture") } else { alt };
        let name = name.replace(['[', ']', '\n'], " ");
        self.findings.edit(range, if is_in_link { name } else { format!("[{name}](<{address}>)") });
    }

    /// The address of a picture that is not among the files that came over.
    fn remote_picture(&self, destination: &str) -> Option<String> {
        if self.links.is_new(destination) || self.links.resolve(self.page, destination).is_some() {
            return None;
        }
        if let Some(rest) = destination.strip_prefix("//") {
            return Some(format!("https://{rest}"));
        }
        match scheme(destination).as_deref() {
            Some("http" | "https") => Some(destination.to_owned()),
            Some(_) => None,
            None => self.links.old_address(self.page, destination),
        }
    }
}

/// The scheme of an address, in small letters.
fn scheme(destination: &str) -> Option<String> {
    let (scheme, _) = destination.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// A heading without the `{#id}` behind it.
fn without_attributes(heading: String) -> String {
    match heading.rfind("{#").filter(|_| heading.ends_with('}')) {
        Some(open) => heading[..open].trim_end().to_owned(),
        None => heading,
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
