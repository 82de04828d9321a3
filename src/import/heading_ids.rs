//! Ids of headings, to which links lead: those of the other generator, wherever a heading of ours can have them.
//!
//! Owns how each generator makes ids of headings. A heading keeps its id: as it is, written behind it, or in letters
//! that an id of ours can have; then links follow.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::addresses::zola_name;
use super::edits::TextFindings;
use super::other_site::Generator;
use crate::parse::markdown::{HeadingIds, heading_attributes};
use crate::paths::slugify;

/// What to change in a text.
#[derive(Debug, Default)]
pub struct HeadingChanges {
    pub findings: TextFindings,
    /// Old ids that no heading of ours has, with the new ones.
    pub renamed: BTreeMap<String, String>,
}

/// The extensions of Markdown that texts of other generators have.
pub const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// What the headings of a text need.
#[must_use]
pub fn changes(generator: Generator, text: &str) -> HeadingChanges {
    let mut pass = HeadingPass {
        generator,
        text,
        old_ids: BTreeMap::new(),
        ids: HeadingIds::default(),
        changes: HeadingChanges::default(),
    };
    let mut shown: Option<String> = None;
    for (event, range) in Parser::new_ext(text, EXTENSIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => shown = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => pass.add(&shown.take().unwrap_or_default(), range),
            Event::Text(text) | Event::Code(text) => {
                shown.iter_mut().for_each(|shown| shown.push_str(&text));
            }
            _ => {}
        }
    }
    pass.changes
}

struct HeadingPass<'a> {
    generator: Generator,
    text: &'a str,
    /// By id: how many headings had it.
    old_ids: BTreeMap<String, usize>,
    /// Those of ours.
    ids: HeadingIds,
    changes: HeadingChanges,
}

impl HeadingPass<'_> {
    fn add(&mut self, shown: &str, range: Range<usize>) {
        let source = &self.text[range.clone()];
        match heading_attributes(source) {
            Some(attributes) => {
                let at = range.start + attributes.start..range.start + attributes.end;
                let bare = shown.rfind('{').map_or(shown, |open| shown[..open].trim_end());
                self.add_with_attributes(bare, source[..attributes.start].trim_end(), at);
            }
            None => self.add_plain(shown, source, range.start),
        }
    }

    /// A heading with `{#id .class}` behind it.
    fn add_with_attributes(&mut self, shown: &str, source: &str, at: Range<usize>) {
        let words = self.text[at.clone()].trim_matches(['{', '}']).split_whitespace();
        let (ids, others): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('#'));
        if !others.is_empty() {
            let fact = format!("the attributes {} of a heading are left out", others.join(" "));
            self.changes.findings.fault(
                at.start,
                fact,
                "nothing to do: the theme decides how a heading looks",
            );
        }
        let Some(old) = ids.first().map(|id| id.trim_start_matches('#')) else {
            self.changes.findings.edit(at.clone(), "");
            // What is behind the text now is nothing, and no other attribute can be.
            let id = self.old_id(shown, source);
            self.keep(id, shown, at.start..at.start);
            return;
        };
        *self.old_ids.entry(old.to_owned()).or_default() += 1;
        let new = self.take(old).unwrap_or_else(|| self.take_like(old));
        if new != old || !others.is_empty() || ids.len() > 1 {
            self.changes.findings.edit(at.clone(), format!("{{#{new}}}"));
        }
        if new != old {
            let fact = format!("the id \"{old}\" of a heading is \"{new}\" now");
            let remedy = "nothing to do: links of this site follow; those on other sites lead to the page";
            self.changes.findings.fault(at.start, fact, remedy);
            self.changes.renamed.insert(old.to_owned(), new);
        }
    }

    fn add_plain(&mut self, shown: &str, source: &str, start: usize) {
        let source = source.trim_end();
        let id = self.old_id(shown, source);
        let can_have_attributes = source.starts_with('#') && !source.ends_with(['#', '}']);
        if can_have_attributes {
            let end = start + source.len();
            self.keep(id, shown, end..end);
        } else {
            let given = self.ids.give(shown);
            self.rename(id, &given);
        }
    }

    /// Gives a heading its old id, written at `end` if ours would be another one.
    fn keep(&mut self, old: Option<String>, shown: &str, end: Range<usize>) {
        let ours = self.ids.next(shown);
        if let Some(id) = old.as_ref().filter(|id| **id != *ours)
            && let Some(id) = self.take(id)
        {
            self.changes.findings.edit(end, format!(" {{#{id}}}"));
            return;
        }
        let given = self.ids.give(shown);
        self.rename(old, &given);
    }

    fn rename(&mut self, old: Option<String>, given: &str) {
        if let Some(old) = old.filter(|old| *old != *given) {
            self.changes.renamed.insert(old, given.to_owned());
        }
    }

    /// The id, if a heading of ours can have it and none has it yet.
    fn take(&mut self, id: &str) -> Option<String> {
        self.ids.take(&format!("{{#{id}}}")).ok().map(String::from)
    }

    /// An id in our letters that is like another one.
    fn take_like(&mut self, id: &str) -> String {
        let slug = slugify(id);
        self.take(&slug).unwrap_or_else(|| self.ids.give(&slug).into())
    }

    /// The id that the other generator made. `None` if that is not known.
    fn old_id(&mut self, shown: &str, source: &str) -> Option<String> {
        let base = match self.generator {
            Generator::Hugo => hugo_id(content(source)),
            Generator::Jekyll => jekyll_id(content(source)),
            Generator::Zola => zola_name(shown).filter(|id| !id.is_empty())?,
        };
        let mut id = base.clone();
        let mut count = self.old_ids.get(&base).copied().unwrap_or(0);
        while self.old_ids.contains_key(&id) {
            count += 1;
            id = format!("{base}-{count}");
        }
        self.old_ids.insert(base, count);
        self.old_ids.entry(id.clone()).or_insert(0);
        Some(id)
    }
}

/// The source of a heading without its signs. Both generators make the id of the last line of it.
fn content(source: &str) -> &str {
    let source = source.trim_end();
    if source.starts_with('#') {
        let text = source.trim_start_matches('#');
        let open = text.trim_end_matches('#');
        // Only behind a space do signs close a heading.
        return if open.ends_with([' ', '\t']) { open.trim() } else { text.trim() };
    }
    let above = source.rsplit_once('\n').map_or(source, |(above, _)| above);
    above.rsplit('\n').next().unwrap_or(above).trim()
}

fn hugo_id(source: &str) -> String {
    let id: String = source
        .chars()
        .filter_map(|c| match c {
            '-' | ' ' => Some('-'),
            c if c == '_' || c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect();
    if id.is_empty() { "heading".to_owned() } else { id }
}

/// As GitHub does, which is what Jekyll is set to.
fn jekyll_id(source: &str) -> String {
    let kept = source.chars().flat_map(char::to_lowercase).filter(|c| is_kept_by_jekyll(*c));
    kept.map(|c| if c == ' ' || c == '\t' { '-' } else { c }).collect()
}

fn is_kept_by_jekyll(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '\t') || c.is_alphanumeric() || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::super::edits::EditedText;
    use super::*;

    fn check(generator: Generator, text: &str, expected: &str, renamed: &str) {
        let HeadingChanges { findings, renamed: changed } = changes(generator, text);
        assert_eq!(EditedText::new(text, findings.edits).text, expected);
        let changed: Vec<String> = changed.iter().map(|(old, new)| format!("{old} {new}")).collect();
        assert_eq!(changed.join(", "), renamed, "{text}");
    }

    #[test]
    fn headings_keep_the_ids_that_they_had() {
        use Generator::{Hugo, Jekyll, Zola};
        check(Hugo, "## Water and food\n", "## Water and food\n", "");
        check(Hugo, "## 🚰 Water / food\n", "## 🚰 Water / food\n", "");
        check(Hugo, "## [Setup](/x/)\n", "## [Setup](/x/) {#setupx}\n", "");
        check(Hugo, "## A {#faq}\n", "## A {#faq}\n", "");
        check(Hugo, "## A {#FAQ/Setup}\n", "## A {#faq-setup}\n", "FAQ/Setup faq-setup");
        check(Hugo, "## A {#🚰}\n\n## B {#v1.2}\n", "## A {#h-}\n\n## B {#v1-2}\n", "v1.2 v1-2, 🚰 h-");
        check(Hugo, "## A {#b .wide}\n", "## A {#b}\n", "");
        check(Hugo, "## A B {.wide}\n", "## A B \n", "");
        check(Hugo, "## Claim-1\n", "## Claim-1\n", "claim-1 h-claim-1");
        check(Hugo, "## 🚰\n", "## 🚰 {#heading}\n", "");
        check(Hugo, "## A\n\n## A\n", "## A\n\n## A\n", "");
        check(Jekyll, "## What's `new`?\n", "## What's `new`?\n", "");
        check(Jekyll, "[Setup](/x)\n=====\n", "[Setup](/x)\n=====\n", "setupx setup");
        check(Zola, "## Café & bar\n", "## Café & bar {#cafe-bar}\n", "");
    }
}
