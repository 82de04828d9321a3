//! A page of the other site as a file of ours: its front matter and its text.

use super::addresses::{alias, path_on_server};
use super::bodies::{NewBody, translate};
use super::dates::{read_date, written_date};
use super::front_matter::{FrontEntry, FrontValue};
use super::jekyll;
use super::link_map::LinkMap;
use super::mapping::{TermMap, toml_key, toml_text};
use super::other_site::{Generator, OtherPage, OtherSite, PageRole};
use super::report::ImportReport;
use crate::time::{DayOrMoment, Moment, Zone};
use crate::toml::{Lines, forbidden_character};

/// What all pages are translated with.
pub struct ArticleContext<'a> {
    pub site: &'a OtherSite,
    pub links: &'a LinkMap,
    pub terms: &'a TermMap,
    /// Of times without an offset.
    pub zone: &'a Zone,
    pub now: Moment,
}

/// Keys of TOML in their order, those of `[extra]` apart.
#[derive(Default)]
struct NewFrontMatter {
    keys: Vec<(String, String)>,
    extra: Vec<(String, toml::Value)>,
}

impl NewFrontMatter {
    fn text(&mut self, key: &str, value: &str) {
        self.keys.push((key.to_owned(), toml_text(value)));
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let items: Vec<String> = values.iter().map(|value| toml_text(value)).collect();
            self.keys.push((key.to_owned(), format!("[{}]", items.join(", "))));
        }
    }

    fn written(&self, body: &str) -> String {
        let mut text = "+++\n".to_owned();
        for (key, value) in &self.keys {
            text += &format!("{key} = {value}\n");
        }
        if !self.extra.is_empty() {
            text += "\n[extra]\n";
        }
        for (key, value) in &self.extra {
            text += &format!("{} = {}\n", toml_key(key), inline(value));
        }
        let body = body.trim_start_matches('\n');
        if body.is_empty() { text + "+++\n" } else { format!("{text}+++\n\n{body}") }
    }
}

/// A value on one line.
fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => toml_text(text),
        toml::Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        toml::Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| format!("{} = {}", toml_key(key), inline(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        single => single.to_string(),
    }
}

/// The file of a briefing, a plain page or the home page.
#[must_use]
pub fn original(
    page: &OtherPage,
    own_aliases: &[String],
    context: &ArticleContext<'_>,
    report: &mut ImportReport,
) -> String {
    let body = translated_body(page, context, report);
    let mut writer =
        ArticleWriter { page, context, report, front: NewFrontMatter::default(), used: vec!["title"] };
    writer.title(&body);
    if page.role == PageRole::Briefing {
        writer.dates();
    }
    writer.summary();
    writer.draft();
    if page.role == PageRole::Briefing {
        writer.authors();
    }
    writer.terms();
    if page.role != PageRole::Home {
        writer.aliases(own_aliases);
    }
    writer.rest();
    writer.front.written(&body.text)
}

/// The file of a translation, which is text alone.
#[must_use]
pub fn translation(page: &OtherPage, context: &ArticleContext<'_>, report: &mut ImportReport) -> String {
    let body = translated_body(page, context, report);
    let mut writer =
        ArticleWriter { page, context, report, front: NewFrontMatter::default(), used: vec!["title"] };
    writer.title(&body);
    writer.summary();
    // It says when the translation was brought in line.
    if let Some((name, date)) = writer.date_of(context.site.keys.updated) {
        writer.used.push(name);
        writer.front.keys.push(("updated".to_owned(), written_date(date)));
    }
    let used = writer.used.clone();
    let text = writer.front.written(&body.text);
    let left = page.table.entries.iter().filter(|entry| !is_used(&used, &entry.key));
    left.for_each(|entry| report.dropped_keys.add(&entry.key));
    text
}

fn translated_body(page: &OtherPage, context: &ArticleContext<'_>, report: &mut ImportReport) -> NewBody {
    let mut body = translate(page, context.site, context.links);
    report.leftovers.append(&mut body.leftovers);
    if body.html > 0 {
        report.html.0 += body.html;
        report.html.1 += 1;
    }
    body
}

/// The old addresses of a page as paths of redirects, each once; what no file can have is reported.
#[must_use]
pub fn aliases(page: &OtherPage, base_url: &str, report: &mut ImportReport) -> Vec<String> {
    let mut paths = Vec::new();
    for address in &page.addresses {
        match path_on_server(address, base_url).and_then(alias) {
            Some(path) if !paths.contains(&path) => paths.push(path),
            Some(_) => {}
            None if page.role == PageRole::Home => {}
            None => {
                let fact = format!("no redirect can be made for the old address \"{address}\"");
                report.leftovers.push(page.leftover(
                    page.place_of("aliases"),
                    fact,
                    "let the server redirect it, if others link to it",
                ));
            }
        }
    }
    paths
}

fn is_used(used: &[&str], key: &str) -> bool {
    used.iter().any(|used| used.eq_ignore_ascii_case(key))
}

struct ArticleWriter<'a, 'r> {
    page: &'a OtherPage,
    context: &'a ArticleContext<'a>,
    report: &'r mut ImportReport,
    front: NewFrontMatter,
    /// Keys that need no place under `[extra]`.
    used: Vec<&'a str>,
}

impl<'a> ArticleWriter<'a, '_> {
    fn leftover(&mut self, key: &str, fact: impl Into<String>, remedy: &str) {
        let leftover = self.page.leftover(self.page.place_of(key), fact, remedy);
        self.report.leftovers.push(leftover);
    }

    fn title(&mut self, body: &NewBody) {
        let written = self.page.first(&["title"]).and_then(FrontValue::to_text);
        let found = written.is_none();
        if found && self.page.role == PageRole::Home && self.page.language.is_none() {
            return;
        }
        let title = written.or_else(|| body.heading.clone()).filter(|title| !title.trim().is_empty());
        let from = if title.is_some() { "its first heading" } else { "the name of its file" };
        let title = title.unwrap_or_else(|| self.page.stem.replace(['-', '_'], " "));
        if found {
            self.leftover(
                "title",
                format!("the page has no title, and takes that of {from}"),
                "write a better one, if needed",
            );
        }
        let title = self.clean("title", &title, Lines::One);
        self.front.text("title", &title);
    }

    /// The text without characters that no page may have.
    fn clean(&mut self, key: &str, text: &str, lines: Lines) -> String {
        let mut clean = match lines {
            Lines::One => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Lines::Many => text.trim().to_owned(),
        };
        while let Some(c) = forbidden_character(&clean, lines) {
            clean = clean.replace(c, "");
            self.leftover(
                key,
                format!("\"{key}\" holds the character {c:?}, which is left out"),
                "nothing to do",
            );
        }
        clean
    }

    fn dates(&mut self) {
        self.used.push("date");
        let zone = self.context.zone;
        let date = self.page.date(zone).unwrap_or_else(|| {
            self.leftover(
                "date",
                "the draft has no date, and has that of the import",
                "write its date when it is published",
            );
            DayOrMoment::Day(zone.day_of(self.context.now))
        });
        self.front.keys.push(("date".to_owned(), written_date(date)));
        let keys = self.context.site.keys;
        let Ok(published) = date.moment_in(zone) else { return };
        self.later("updated", keys.updated, published);
        self.later("expires", keys.expires, published);
        self.embargo(keys.embargo_until, date, published);
    }

    /// The first date of these keys that is certain, with its key.
    fn date_of(&mut self, names: &'static [&'static str]) -> Option<(&'static str, DayOrMoment)> {
        for name in names {
            let Some(text) = self.page.first(&[name]).and_then(FrontValue::to_text) else { continue };
            match read_date(&text, self.context.zone) {
                Some(date) => return Some((name, date)),
                None => self.leftover(
                    name,
                    format!("\"{name}\" is no certain date, and is kept under [extra]"),
                    "write it as 2016-10-02T21:40:00+03:00",
                ),
            }
        }
        None
    }

    /// A date that cannot be before the publication.
    fn later(&mut self, key: &str, names: &'static [&'static str], published: Moment) {
        let Some((name, date)) = self.date_of(names) else { return };
        match date.moment_in(self.context.zone) {
            Ok(moment) if moment < published => {
                self.leftover(
                    name,
                    format!("\"{name}\" is before \"date\", and is kept under [extra]"),
                    "put one of the two right",
                );
            }
            _ => {
                self.used.push(name);
                self.front.keys.push((key.to_owned(), written_date(date)));
            }
        }
    }

    /// What is dated in the future is held back until then, as most generators do.
    fn embargo(&mut self, names: &'static [&'static str], date: DayOrMoment, published: Moment) {
        if let Some((name, until)) = self.date_of(names) {
            self.used.push(name);
            self.front.keys.push(("embargo_until".to_owned(), written_date(until)));
        } else if published > self.context.now {
            self.leftover(
                "date",
                "the date is in the future, and the briefing is held back until then",
                "delete `embargo_until` to publish it at once",
            );
            self.front.keys.push(("embargo_until".to_owned(), written_date(date)));
        }
    }

    fn summary(&mut self) {
        for name in self.context.site.keys.summary {
            let Some(text) = self.page.first(&[name]).and_then(FrontValue::to_text) else { continue };
            self.used.push(name);
            let text = self.clean(name, &text, Lines::Many);
            return self.front.text("summary", &text);
        }
    }

    fn draft(&mut self) {
        self.used.push("draft");
        let says =
            |key: &str, value: bool| self.page.table.get(key).and_then(FrontValue::to_bool) == Some(value);
        if self.page.is_draft || says("draft", true) || says("published", false) {
            self.report.counts.drafts += 1;
            self.front.keys.push(("draft".to_owned(), "true".to_owned()));
        }
    }

    fn authors(&mut self) {
        let mut authors = Vec::new();
        for name in ["authors", "author"] {
            let texts = self.page.table.get(name).map(FrontValue::to_texts).unwrap_or_default();
            if !texts.is_empty() {
                self.used.push(name);
            }
            for text in texts {
                let text = self.clean(name, &text, Lines::One);
                if !authors.contains(&text) {
                    authors.push(text);
                }
            }
        }
        self.front.list("authors", &authors);
    }

    /// Terms that are mapped become what they are; the others are kept.
    fn terms(&mut self) {
        let (mut places, mut sources, mut topics) = (Vec::new(), Vec::new(), Vec::new());
        let mut kept: Vec<(String, Vec<String>)> = Vec::new();
        for (taxonomy, term) in self.written_terms() {
            let mapped =
                self.context.terms.get(&taxonomy, &term).filter(|_| self.page.role == PageRole::Briefing);
            let known = mapped.cloned().unwrap_or_default();
            let is_kept = known == super::mapping::MappedTerm::default();
            places.extend(known.neighbourhood);
            sources.extend(known.source);
            topics.extend(known.topic);
            if !is_kept {
                continue;
            }
            if mapped.is_none() {
                self.report.unmapped.add(&taxonomy, &term);
            }
            match kept.iter_mut().find(|(name, _)| *name == taxonomy) {
                Some((_, terms)) => terms.push(term),
                None => kept.push((taxonomy, vec![term])),
            }
        }
        self.front.list("neighbourhoods", &unique(places));
        self.front.list("sources", &unique(sources));
        // A briefing has no topic: its claims have.
        kept.push(("topics".to_owned(), topics));
        for (name, terms) in kept {
            let terms: Vec<toml::Value> = unique(terms).into_iter().map(toml::Value::String).collect();
            if !terms.is_empty() {
                self.front.extra.push((name, toml::Value::Array(terms)));
            }
        }
    }

    fn written_terms(&mut self) -> Vec<(String, String)> {
        let site = self.context.site;
        let mut found = Vec::new();
        for name in &site.taxonomies {
            let Some(value) = self.page.table.get(name) else { continue };
            self.used.push(name);
            let plural = match name.as_str() {
                "tag" => "tags",
                "category" => "categories",
                name => name,
            };
            match value {
                FrontValue::Table(table) => {
                    for entry in &table.entries {
                        found
                            .extend(entry.value.to_texts().into_iter().map(|term| (entry.key.clone(), term)));
                    }
                }
                value if site.generator == Generator::Jekyll && plural == name => {
                    found.extend(jekyll::terms(value).into_iter().map(|term| (plural.to_owned(), term)));
                }
                value => found.extend(value.to_texts().into_iter().map(|term| (plural.to_owned(), term))),
            }
        }
        for (_, term) in &mut found {
            *term = self.clean("tags", term, Lines::One);
        }
        found.retain(|(_, term)| !term.is_empty());
        found
    }

    fn aliases(&mut self, paths: &[String]) {
        self.report.counts.aliases += paths.len();
        self.front.list("aliases", paths);
    }

    /// Everything else is kept.
    fn rest(&mut self) {
        self.used.extend(self.context.site.keys.addresses);
        let entries: Vec<&FrontEntry> =
            self.page.table.entries.iter().filter(|entry| !is_used(&self.used, &entry.key)).collect();
        for entry in entries {
            let inner = match &entry.value {
                FrontValue::Table(table) if entry.key == "extra" => table.entries.iter().collect(),
                _ => vec![entry],
            };
            for FrontEntry { key, value, at } in inner {
                match value.to_toml().filter(|_| !value.is_empty()) {
                    Some(value) => self.keep(key, value, *at),
                    None => {
                        let leftover = self.page.leftover(
                            *at,
                            format!("\"{key}\" has no value, and is left out"),
                            "nothing to do",
                        );
                        self.report.leftovers.push(leftover);
                    }
                }
            }
        }
    }

    fn keep(&mut self, key: &str, value: toml::Value, at: usize) {
        if self.front.extra.iter().any(|(known, _)| known == key) {
            let leftover = self.page.leftover(
                at,
                format!("\"{key}\" is there twice, and is left out"),
                "put it under [extra] by another name",
            );
            self.report.leftovers.push(leftover);
            return;
        }
        self.report.kept_keys.add(key);
        let value = self.clean_value(key, value);
        self.front.extra.push((key.to_owned(), value));
    }

    fn clean_value(&mut self, key: &str, value: toml::Value) -> toml::Value {
        match value {
            toml::Value::String(text) => toml::Value::String(self.clean(key, &text, Lines::Many)),
            toml::Value::Array(items) => {
                toml::Value::Array(items.into_iter().map(|item| self.clean_value(key, item)).collect())
            }
            toml::Value::Table(table) => toml::Value::Table(
                table.into_iter().map(|(name, value)| (name, self.clean_value(key, value))).collect(),
            ),
            single => single,
        }
    }
}

/// Each once, in their order.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
