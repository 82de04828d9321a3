//! Liquid in pages of Jekyll, `{% … %}` and `{{ … }}`, as Markdown where there is an exact equivalent.
//!
//! Owns the attribute lists of kramdown too, `{: … }`, which pages of Jekyll have as often.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edits::TextFindings;
use super::link_map::LinkMap;
use super::other_site::OtherPage;
use super::shortcodes::{Shortcode, arguments, end_of_tag, fence, figure, link_to_embedded, report};

/// What to change in a body, and what stays.
#[must_use]
pub fn translate(
    page: &OtherPage,
    body: &str,
    links: &LinkMap,
    variables: &BTreeMap<String, String>,
) -> TextFindings {
    let mut liquid =
        Liquid { page, body, links, variables, findings: TextFindings::default(), endless: BTreeSet::new() };
    let mut at = 0;
    while let Some(offset) = body[at..].find('{') {
        let begin = at + offset;
        let end = match body.as_bytes().get(begin + 1) {
            Some(b'%') => liquid.tag(begin),
            Some(b'{') => liquid.output(begin),
            Some(b':') => liquid.attributes(begin),
            _ => None,
        };
        at = end.unwrap_or(begin + 1);
    }
    liquid.findings
}

struct Liquid<'a> {
    page: &'a OtherPage,
    body: &'a str,
    links: &'a LinkMap,
    variables: &'a BTreeMap<String, String>,
    findings: TextFindings,
    /// Names of blocks that have no end from here on.
    endless: BTreeSet<&'a str>,
}

impl<'a> Liquid<'a> {
    /// Translates the tag at a byte; gives the byte after it.
    fn tag(&mut self, begin: usize) -> Option<usize> {
        let (text, end) = self.between(begin, "%}")?;
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match name {
            "raw" | "comment" | "highlight" => {
                if let Some(after) = self.block(name, rest, begin, end) {
                    return Some(after);
                }
            }
            "post_url" | "link" => {
                if let Some(target) = self.links.named(self.page, &format!("/{}", in_posts(name, rest))) {
                    self.findings.edit(begin..end, target);
                    return Some(end);
                }
            }
            "include" | "figure" | "youtube" | "vimeo" | "gist" => {
                if let Some(translated) = included(name, rest) {
                    self.findings.edit(begin..end, translated);
                    return Some(end);
                }
            }
            // The begin of its block is reported.
            name if name.starts_with("end") || matches!(name, "else" | "elsif" | "when") => return Some(end),
            _ => {}
        }
        report(&mut self.findings, begin, "Liquid tag", name);
        Some(end)
    }

    /// The text between the signs of a tag or output, and the byte after it.
    fn between(&self, begin: usize, closing: &str) -> Option<(&'a str, usize)> {
        let inner = begin + 2;
        let length = end_of_tag(&self.body[inner..], closing)?;
        let text = self.body[inner..inner + length].trim_start_matches('-').trim_end_matches('-').trim();
        Some((text, inner + length + closing.len()))
    }

    /// A block whose text is not Liquid; gives the byte after it.
    fn block(&mut self, name: &'a str, arguments: &str, begin: usize, end: usize) -> Option<usize> {
        let Some((closing, after)) = self.end_of_block(name, end) else {
            self.endless.insert(name);
            return None;
        };
        let inner = &self.body[end..closing];
        let replacement = match name {
            "raw" => inner.to_owned(),
            "comment" => String::new(),
            _ => fence(arguments.split_whitespace().next().unwrap_or_default(), inner),
        };
        self.findings.edit(begin..after, replacement);
        Some(after)
    }

    /// Where the tag that ends a block begins and ends.
    fn end_of_block(&self, name: &str, from: usize) -> Option<(usize, usize)> {
        if self.endless.contains(name) {
            return None;
        }
        let mut at = from;
        loop {
            let closing = at + self.body[at..].find("{%")?;
            match self.between(closing, "%}") {
                Some((text, after)) if text.strip_prefix("end") == Some(name) => {
                    return Some((closing, after));
                }
                _ => at = closing + 2,
            }
        }
    }

    /// Translates the output at a byte; gives the byte after it.
    fn output(&mut self, begin: usize) -> Option<usize> {
        let (text, end) = self.between(begin, "}}")?;
        let path = text.split_once('|').and_then(|(path, filter)| {
            let is_address =
                matches!(filter.trim(), "relative_url" | "absolute_url" | "prepend: site.baseurl");
            is_address.then(|| path.trim().trim_matches(['"', '\'']))
        });
        let replacement = match (text, path) {
            ("site.baseurl" | "site.url", _) => Some(String::new()),
            (_, Some(path)) if path.starts_with('/') => Some(path.to_owned()),
            _ => self.variable(text),
        };
        match replacement {
            Some(replacement) => self.findings.edit(begin..end, replacement),
            None => report(&mut self.findings, begin, "Liquid output", text),
        }
        Some(end)
    }

    /// What a name shows that is a plain value of the settings or of the page.
    fn variable(&self, name: &str) -> Option<String> {
        let value = match name.strip_prefix("page.") {
            Some(key) => self.page.table.text(key),
            None => self.variables.get(name).cloned(),
        };
        // Signs of Markdown could become markup.
        value.filter(|value| !value.contains(['*', '[', ']', '`', '<', '\n', '{']))
    }

    /// Leaves out an attribute list, which says how something looks; others stay.
    fn attributes(&mut self, begin: usize) -> Option<usize> {
        let length = end_of_tag(&self.body[begin..], "}")
            .filter(|length| !self.body[begin..begin + length].contains('\n'))?;
        let end = begin + length + 1;
        let text = &self.body[begin + 2..end - 1];
        if let Some(id) = text.split_whitespace().find_map(|attribute| attribute.strip_prefix('#')) {
            self.id(id, text, begin..end);
            return Some(end);
        }
        let looks = text.split_whitespace().all(is_look) && !text.trim().is_empty();
        if looks {
            self.findings.edit(begin..end, "");
            self.findings.fault(
                begin,
                format!("the attributes {{:{text}}} are left out"),
                "nothing to do: the theme decides how a text looks",
            );
        } else {
            report(&mut self.findings, begin, "attribute list", text.trim());
        }
        Some(end)
    }
}

impl Liquid<'_> {
    /// Moves the id of a heading behind it. Only headings have one here.
    fn id(&mut self, id: &str, attributes: &str, range: Range<usize>) {
        let others: Vec<&str> = attributes
            .split_whitespace()
            .filter(|attribute| attribute.strip_prefix('#') != Some(id))
            .collect();
        let at = range.start;
        match heading_before(self.body, &range) {
            Some(behind) => {
                self.findings.edit(behind..at, format!(" {{#{id}}}"));
                self.findings.edit(range, "");
                if !others.is_empty() {
                    let fact = format!("the attributes {} of a heading are left out", others.join(" "));
                    let remedy = "nothing to do: the theme decides how a heading looks";
                    self.findings.fault(at, fact, remedy);
                }
            }
            None => {
                self.findings.edit(range, "");
                let fact =
                    format!("the id \"{id}\" is left out: only headings have ids that links can lead to");
                self.findings.fault(at, fact, "make a heading above the text, with {#id} behind it");
            }
        }
    }
}

/// The end of the heading that an attribute list is about: it is behind the heading, or alone in the line below.
/// `None` if it is about something else.
fn heading_before(body: &str, list: &Range<usize>) -> Option<usize> {
    let behind = body[list.end..].trim_start_matches([' ', '\t']);
    if !behind.is_empty() && !behind.starts_with('\n') {
        return None;
    }
    let before = body[..list.start].trim_end_matches([' ', '\t']);
    let above = before.strip_suffix('\n').unwrap_or(before);
    let line = &above[above.rfind('\n').map_or(0, |newline| newline + 1)..];
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&level) || !line[level..].starts_with([' ', '\t']) {
        return None;
    }
    // Signs that close the heading would be part of its text.
    let open = above.trim_end().trim_end_matches('#');
    let end = if open.ends_with([' ', '\t']) { open.trim_end().len() } else { above.trim_end().len() };
    (end > above.len() - line.len() + level).then_some(end)
}

fn is_look(attribute: &str) -> bool {
    const LOOKS: [&str; 9] =
        ["target", "rel", "class", "style", "width", "height", "align", "loading", "title"];
    let name = attribute.split('=').next().unwrap_or_default();
    attribute.starts_with('.') || LOOKS.contains(&name)
}

/// The file that a tag names: a post without its folder and its ending.
fn in_posts(tag: &str, name: &str) -> String {
    match name.rsplit_once('/') {
        _ if tag == "link" => name.trim_matches('/').to_owned(),
        Some((folder, name)) => format!("_posts/{folder}/{name}"),
        None => format!("_posts/{name}"),
    }
}

/// A figure or a video of a plugin or of an include that is named so.
fn included(name: &str, rest: &str) -> Option<String> {
    let (name, rest) = match name {
        "include" => {
            let (file, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            (file.rsplit('/').next()?.split('.').next()?, rest)
        }
        name => (name, rest),
    };
    let shortcode = Shortcode { name: name.to_owned(), arguments: arguments(rest, &[' ', '\t', '\n']) };
    match name {
        "figure" | "image" | "img" => figure(&shortcode),
        _ => link_to_embedded(&shortcode),
    }
}
