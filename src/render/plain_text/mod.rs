//! The plain-text twin of a page, from the finished HTML of the page.
//!
//! Owns what becomes of each element. Knows no view and no template, so that the pages of every theme
//! have twins, and the facts of both are the same. `blocks` owns lines: their width, and direction.
//!
//! Invariants: what a reader of the page reads stands in the twin, in the same order, but for the
//! ways around the page; one pass, and no tree.

mod elements;
mod lines;
mod tables;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::checks::links::resolve;
use crate::html::tokens::{self, Tag, Token, decoded};
use crate::paths::{OutPath, ascii_url_path};
use crate::site::{Page, Route, Routes};
use elements::{Kind, is_of_table, is_void, kind_of};
use lines::{Blocks, Dir, Form};
use tables::{Cell, Table};

/// Columns of a line, as wide as they are shown. A word or an address that is longer stands alone.
pub const COLUMNS: usize = 72;

/// More than most pages have: this spares growing.
const LINKS: usize = 100;

/// What a twin is told beside the HTML of its page.
pub struct PlainText<'a> {
    /// Of the page.
    pub path: &'a OutPath,
    pub routes: &'a Routes,
    pub base_url: Option<&'a str>,
    /// Where the page is.
    pub page_url: &'a str,
    /// What stands before the address of the page.
    pub page_word: &'a str,
    /// What stands above the links.
    pub links_word: &'a str,
}

impl PlainText<'_> {
    /// The text of a page.
    #[must_use]
    pub fn of(&self, html: &str) -> String {
        let mut writer = Writer::new(self);
        tokens::tokens(html, |token| writer.token(&token));
        writer.finish()
    }

    /// Where a link of the page leads from its twin: to the twin of a page, or to what has none; to
    /// nowhere within the page.
    fn target(&self, href: &str) -> Option<String> {
        let (path, _) = href.split_once('#').unwrap_or((href, ""));
        let found = resolve(self.path.as_str(), path).unwrap_or_default();
        if found == self.path.as_str() {
            return None;
        }
        let is_page = |route| matches!(route, Route::Page(_, page) if page != Page::NotFound);
        let target = match (self.routes.find(&found), self.base_url) {
            (Some((_, route)), _) if is_page(route) => {
                path.strip_suffix(".html").map(|stem| [stem, ".txt"].concat())
            }
            (Some((index, _)), Some(base)) => {
                Some([base, &ascii_url_path(self.routes.all()[index].0.as_str())].concat())
            }
            _ => None,
        };
        Some(target.unwrap_or_else(|| href.to_owned()))
    }
}

/// An element that has begun and not ended.
struct Open<'h> {
    name: &'h str,
    kind: Kind,
    /// How many blocks there were.
    start: usize,
    /// The direction around it.
    dir: Dir,
    /// Its text is held apart from what stands around it.
    is_isolated: bool,
    /// Of a link; of a cell what its column is called.
    value: Cow<'h, str>,
    /// Of a list: its next number, or 0. Of a heading its level. Of a meaning whether its name stands
    /// on its line; of a cell whether it is a heading.
    number: usize,
}

/// Writes the text of one page, part by part of its HTML.
pub(super) struct Writer<'t, 'h> {
    twin: &'t PlainText<'t>,
    open: Vec<Open<'h>>,
    /// Elements from this one on are not shown.
    skipped_from: Option<usize>,
    blocks: Blocks,
    tables: Vec<Table>,
    /// Within how many lists and cells, where no lines are left empty.
    tight: usize,
    verbatim: usize,
    headers: usize,
    /// Within how many `nav`, each of which is one line, and whether the next word of it is another
    /// entry; how many links it has.
    navs: usize,
    is_next_entry: bool,
    nav_links: usize,
    numbers: HashMap<Cow<'h, str>, usize, ahash::RandomState>,
    /// Their numbers, which count from 1.
    links: HashMap<String, usize, ahash::RandomState>,
}

impl<'t, 'h> Writer<'t, 'h> {
    pub fn new(twin: &'t PlainText<'t>) -> Self {
        Self {
            twin,
            open: Vec::new(),
            skipped_from: None,
            blocks: Blocks::default(),
            tables: Vec::new(),
            tight: 0,
            verbatim: 0,
            headers: 0,
            navs: 0,
            is_next_entry: false,
            nav_links: 0,
            numbers: HashMap::with_capacity_and_hasher(LINKS, ahash::RandomState::default()),
            links: HashMap::with_capacity_and_hasher(LINKS, ahash::RandomState::default()),
        }
    }

    pub fn token(&mut self, token: &Token<'_, 'h>) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Start(tag) => self.start(tag),
            Token::End(name) => self.end(name),
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped_from.is_some() {
            return;
        }
        let text = decoded(text);
        match self.open.last_mut() {
            Some(top) if top.kind == Kind::Drawing => {}
            Some(top) if top.kind == Kind::Caption => top.value.to_mut().push_str(&text),
            _ if self.verbatim > 0 => self.blocks.verbatim(&text),
            _ => self.words(&text),
        }
    }

    fn words(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.begin_entry();
        }
        self.blocks.text(text);
    }

    /// Parts the entries of a `nav`.
    fn begin_entry(&mut self) {
        if std::mem::take(&mut self.is_next_entry) && !self.blocks.line_is_empty() {
            self.blocks.text(" · ");
        }
    }

    fn start(&mut self, tag: &Tag<'h>) {
        let lower;
        let name = if tag.name.bytes().any(|b| b.is_ascii_uppercase()) {
            lower = tag.name.to_ascii_lowercase();
            lower.as_str()
        } else {
            tag.name
        };
        if is_void(name) {
            if self.skipped_from.is_none() {
                self.void(name, tag);
            }
            return;
        }
        self.end_implied(name);
        let mut kind = kind_of(name);
        if self.open.last().is_some_and(|top| matches!(top.kind, Kind::Drawing | Kind::Caption)) {
            kind = if matches!(name, "title" | "desc") { Kind::Caption } else { Kind::Skipped };
        }
        if self.skipped_from.is_none() && (kind == Kind::Skipped || self.is_skipped(name, kind, tag)) {
            self.skipped_from = Some(self.open.len());
        }
        let mut open = Open {
            name: tag.name,
            kind,
            start: self.blocks.len(),
            dir: self.blocks.dir,
            is_isolated: false,
            value: Cow::default(),
            number: 0,
        };
        if self.skipped_from.is_some() {
            open.kind = Kind::Skipped;
        } else {
            self.begin(&mut open, name, tag);
        }
        self.open.push(open);
    }

    /// What no reader sees, what only leads around the page, and the way from here to here.
    fn is_skipped(&self, name: &str, kind: Kind, tag: &Tag<'h>) -> bool {
        let is_here = || tag.attribute("href").is_some_and(|href| href.starts_with('#'));
        let is_back = || tag.attribute("class").is_some_and(|class| class.split(' ').any(|c| c == "fn-back"));
        let is_plain_text = || tag.attribute("type").is_some_and(|kind| kind == "text/plain");
        match kind {
            // A menu.
            Kind::Paragraph if name == "details" && self.headers > 0 => return true,
            Kind::Link => {
                let is_outside = || self.navs > 0 || self.open.iter().all(|open| open.name != "main");
                if is_plain_text() || is_here() && (is_outside() || is_back()) {
                    return true;
                }
            }
            _ => {}
        }
        // `hidden` has no value.
        tag.attribute("aria-hidden").is_some_and(|value| value == "true") || tag.has("hidden")
    }

    /// Elements whose end tag may be left out end where the next begins.
    fn end_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name.as_bytes() {
            b"li" => (&["li"], &["ul", "ol", "menu"]),
            b"dt" | b"dd" => (&["dt", "dd"], &["dl"]),
            b"tr" => (&["tr"], &["table"]),
            b"td" | b"th" => (&["td", "th"], &["tr", "table"]),
            b"p" | b"ul" | b"ol" | b"dl" | b"div" | b"section" | b"table" | b"blockquote" | b"pre"
            | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"hr" | b"details" | b"figure" => {
                if self.open.last().is_some_and(|top| top.name == "p") {
                    self.pop();
                }
                return;
            }
            _ => return,
        };
        let found =
            self.open.iter().rposition(|open| ends.contains(&open.name) || within.contains(&open.name));
        if let Some(found) = found.filter(|found| ends.contains(&self.open[*found].name)) {
            self.end_from(found);
        }
    }

    fn begin(&mut self, open: &mut Open<'h>, name: &str, tag: &Tag<'h>) {
        let is_loose = self.tight == 0;
        let dir = tag.attribute("dir").map(Dir::of);
        match open.kind {
            Kind::Inline | Kind::Link | Kind::Struck | Kind::Raised | Kind::Quoted => {
                open.is_isolated = name == "bdi" || dir.is_some();
                if open.is_isolated {
                    self.begin_entry();
                    self.blocks.isolate(dir.unwrap_or(Dir::Auto));
                }
            }
            Kind::Skipped | Kind::Caption | Kind::Drawing => {}
            _ => {
                // What it means follows on the line of the name.
                if open.kind != Kind::Meaning {
                    self.flush();
                }
                if let Some(dir) = dir {
                    self.blocks.dir = dir;
                }
            }
        }
        open.start = self.blocks.len();
        match open.kind {
            Kind::Paragraph | Kind::Names if is_loose => self.blocks.gap(),
            Kind::Heading => {
                if is_loose {
                    self.blocks.gap();
                }
                open.number = usize::from(name.as_bytes()[1] - b'0');
            }
            Kind::List => {
                if is_loose {
                    self.blocks.gap();
                }
                // A list that a theme gives a form has its own marks, or none.
                let is_counted = name == "ol" && tag.attribute("class").is_none();
                let start = tag.attribute("start").and_then(|start| start.parse().ok());
                open.number = if is_counted { start.unwrap_or(1) } else { 0 };
            }
            Kind::Item => self.tight += 1,
            Kind::Meaning => {
                self.tight += 1;
                open.number = usize::from(!self.blocks.line_is_empty());
            }
            Kind::Quote if is_loose => self.blocks.gap(),
            Kind::Verbatim => {
                if is_loose {
                    self.blocks.gap();
                }
                self.verbatim += 1;
            }
            Kind::Table => {
                if is_loose {
                    self.blocks.gap();
                }
                self.tables.push(Table::default());
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
            }
            Kind::Cell => {
                self.tight += 1;
                open.value = tag.cloned("data-l");
                open.number = usize::from(name == "th");
            }
            Kind::Nav => {
                if self.navs == 0 {
                    self.nav_links = 0;
                    self.is_next_entry = false;
                    if is_loose && self.headers == 0 {
                        self.blocks.gap();
                    }
                }
                self.navs += 1;
            }
            Kind::Header => self.headers += 1,
            Kind::Link => open.value = tag.cloned("href"),
            Kind::Struck => self.words("~~"),
            Kind::Raised => self.words("^"),
            Kind::Quoted => self.words("“"),
            Kind::Caption => open.value = decoded(tag.raw_text),
            _ => {}
        }
        if !tag.raw_text.is_empty() && !matches!(open.kind, Kind::Caption | Kind::Skipped) {
            self.words(&decoded(tag.raw_text));
        }
    }

    fn void(&mut self, name: &str, tag: &Tag<'h>) {
        match name {
            "br" if self.verbatim == 0 => self.blocks.flush(),
            "hr" => {
                self.end_implied("hr");
                self.flush();
                self.blocks.gap();
                self.blocks.push(Form::Text, "* * *".to_owned());
                self.blocks.gap();
            }
            "img" => {
                if let Some(alt) = tag.attribute("alt").filter(|alt| !alt.is_empty()) {
                    self.words(&["[", alt, "]"].concat());
                }
                if tag.attribute("src").is_some_and(|src| !src.starts_with("data:")) {
                    self.number(tag.cloned("src"));
                }
            }
            "input" if tag.attribute("type").is_some_and(|kind| kind == "checkbox") => {
                self.words(if tag.has("checked") { "[x] " } else { "[ ] " });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.open.last().is_some_and(|top| top.name == name) {
            return self.pop();
        }
        let found = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        // An end tag does not reach out of the cell that it stands in.
        let cell = self.open.iter().rposition(|open| open.kind == Kind::Cell);
        if let Some(found) = found
            && (cell.is_none_or(|cell| found >= cell) || is_of_table(self.open[found].kind))
        {
            self.end_from(found);
        }
    }

    fn end_from(&mut self, index: usize) {
        while self.open.len() > index {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if self.skipped_from.is_some_and(|from| self.open.len() <= from) {
            self.skipped_from = None;
            return;
        }
        if self.skipped_from.is_none() {
            self.finish_element(open);
        }
    }

    fn flush(&mut self) {
        if self.navs > 0 {
            self.is_next_entry = true;
        } else {
            self.blocks.flush();
        }
    }

    fn finish_element(&mut self, open: Open<'h>) {
        let is_loose = self.tight == 0;
        match open.kind {
            Kind::Link => self.finish_link(open.value),
            Kind::Struck => self.blocks.close_with("~~"),
            Kind::Quoted => self.blocks.close_with("”"),
            Kind::Caption => self.caption(&open.value),
            Kind::Drawing => {
                let told = open.value.split_whitespace().collect::<Vec<_>>().join(" ");
                if !told.is_empty() {
                    self.words(&["[", &told, "]"].concat());
                }
            }
            Kind::Heading if self.navs == 0 => {
                let form = Form::heading(open.number).filter(|_| is_loose);
                self.blocks.flush_as(form.unwrap_or(Form::Text));
                if is_loose {
                    self.blocks.gap();
                }
            }
            Kind::Heading => {
                self.blocks.close_with(":");
                self.blocks.text(" ");
                self.is_next_entry = false;
            }
            Kind::Summary => {
                if !self.blocks.line_is_empty() {
                    self.blocks.close_with(":");
                }
                self.flush();
            }
            Kind::Item => self.finish_item(open.start),
            Kind::Name if self.navs == 0 => {
                if !self.blocks.line_is_empty() {
                    self.blocks.close_with(":");
                    self.blocks.text(" ");
                }
            }
            Kind::Meaning => {
                self.flush();
                self.tight -= 1;
                let has_name = open.number > 0;
                self.blocks.indent(open.start, if has_name { "" } else { "  " }, "  ");
            }
            Kind::Quote => {
                self.flush();
                self.blocks.indent(open.start, "> ", "> ");
            }
            Kind::Verbatim => {
                self.verbatim -= 1;
                self.blocks.flush_as(Form::Verbatim);
                self.blocks.indent(open.start, "    ", "    ");
            }
            Kind::Cell => {
                self.flush();
                self.tight -= 1;
                let blocks = self.blocks.take_from(open.start);
                if let Some(table) = self.tables.last_mut() {
                    table.push(Cell { label: open.value.into_owned(), is_head: open.number > 0, blocks });
                }
            }
            Kind::Table => {
                self.flush();
                if let Some(table) = self.tables.pop() {
                    if is_loose {
                        self.blocks.gap();
                    }
                    let columns = COLUMNS.saturating_sub(4 * self.tight);
                    table.write(&mut self.blocks, columns);
                }
            }
            Kind::Nav => self.finish_nav(),
            Kind::Header => {
                self.flush();
                self.headers -= 1;
            }
            Kind::Inline | Kind::Raised | Kind::Skipped => {}
            _ => self.flush(),
        }
        if open.is_isolated {
            self.blocks.end_isolate();
        }
        let is_apart = matches!(
            open.kind,
            Kind::Paragraph
                | Kind::List
                | Kind::Names
                | Kind::Quote
                | Kind::Verbatim
                | Kind::Table
                | Kind::Nav
        );
        if is_apart && is_loose && self.headers == 0 {
            self.blocks.gap();
        }
        self.blocks.dir = open.dir;
    }

    fn finish_item(&mut self, start: usize) {
        self.flush();
        self.tight -= 1;
        if self.navs > 0 {
            return;
        }
        let list = self.open.iter_mut().rev().find(|open| open.kind == Kind::List);
        let marker = match list {
            Some(list) if list.number > 0 => {
                list.number += 1;
                format!("{}. ", list.number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.blocks.indent(start, &marker, &" ".repeat(marker.len()));
        if self.blocks.len() > start + 1 && self.tight == 0 {
            self.blocks.gap();
        }
    }

    /// A `nav` with links to other pages is one line; what only leads around the page is not shown.
    fn finish_nav(&mut self) {
        self.navs -= 1;
        if self.navs > 0 {
            return;
        }
        self.is_next_entry = false;
        if self.nav_links == 0 {
            self.blocks.forget_line();
        }
        self.blocks.flush();
    }

    fn finish_link(&mut self, href: Cow<'h, str>) {
        if !href.is_empty() && !href.starts_with('#') {
            self.nav_links += 1;
            self.number(href);
        }
    }

    fn caption(&mut self, text: &str) {
        let Some(drawing) = self.open.last_mut().filter(|open| open.kind == Kind::Drawing) else { return };
        if !drawing.value.is_empty() && !text.trim().is_empty() {
            let is_ended = drawing.value.trim_end().ends_with(['.', '!', '?', ':', '؟']);
            drawing.value.to_mut().push_str(if is_ended { " " } else { ". " });
        }
        drawing.value.to_mut().push_str(text);
    }

    /// The number of a link, behind its words.
    fn number(&mut self, href: Cow<'h, str>) {
        let number = match self.numbers.get(&href) {
            Some(number) => *number,
            None => {
                let number = self.twin.target(&href).map_or(0, |target| self.number_of(target));
                self.numbers.insert(href, number);
                number
            }
        };
        if number > 0 {
            self.blocks.close_with_number(number);
        }
    }

    /// Counts from 1; links that differ only in their fragment are one.
    fn number_of(&mut self, target: String) -> usize {
        let next = self.links.len() + 1;
        *self.links.entry(target).or_insert(next)
    }

    pub fn finish(mut self) -> String {
        self.end_from(0);
        self.blocks.flush();
        let twin = self.twin;
        self.blocks.gap();
        self.blocks.push(Form::Text, [twin.page_word, " ", twin.page_url].concat());
        if !self.links.is_empty() {
            self.blocks.gap();
            self.blocks.push(Form::Text, twin.links_word.to_owned());
        }
        let mut links: Vec<(String, usize)> = self.links.into_iter().collect();
        links.sort_unstable_by_key(|(_, number)| *number);
        for (link, number) in links {
            self.blocks.push(Form::Verbatim, format!("[{number}] {link}"));
        }
        self.blocks.lay_out(COLUMNS)
    }
}

#[cfg(test)]
mod tests;
