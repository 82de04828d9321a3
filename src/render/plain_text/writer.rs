//! Tokens of a page to blocks of text.
//!
//! Owns what becomes of each element, the numbers of links, and what is left out.

use std::borrow::Cow;
use std::collections::HashMap;

use super::elements::{ElementKind, is_void};
use super::lines::{Blocks, Direction, Form};
use super::options::{COLUMNS, PlainTextOptions};
use super::tables::{TextCell, TextTable};
use crate::html::{StartTag, Token, decode};

/// More than most pages have.
const LINKS: usize = 100;

/// An element that has begun and not ended.
struct OpenElement<'h> {
    name: &'h str,
    kind: ElementKind,
    /// The number of blocks before it.
    start: usize,
    /// The direction around it.
    outer_direction: Direction,
    /// Its direction does not affect the text around it.
    is_isolated: bool,
    /// The target of a link, the label of a cell, the captions of a drawing.
    value: Cow<'h, str>,
    /// One more than the next number of a list, or 0; the level of a heading. 1 for a meaning on the line of its name,
    /// and for a cell that is a heading.
    number: usize,
}

/// Writes the text of one page, token by token.
pub struct PlainTextWriter<'o, 'h> {
    options: &'o PlainTextOptions<'o>,
    open: Vec<OpenElement<'h>>,
    /// Elements from this index on are not shown.
    skipped_from: Option<usize>,
    blocks: Blocks,
    tables: Vec<TextTable>,
    /// How many open elements allow no empty lines.
    tight: usize,
    verbatim: usize,
    headers: usize,
    navs: usize,
    /// The next word of a `nav` begins another entry of its line.
    is_next_entry: bool,
    nav_links: usize,
    /// By address; 0 for a link within the page.
    number_by_href: HashMap<Cow<'h, str>, usize, ahash::RandomState>,
    /// By target, counted from 1.
    number_by_target: HashMap<String, usize, ahash::RandomState>,
}

impl<'o, 'h> PlainTextWriter<'o, 'h> {
    #[must_use]
    pub fn new(options: &'o PlainTextOptions<'o>) -> Self {
        Self {
            options,
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
            number_by_href: HashMap::with_capacity_and_hasher(LINKS, ahash::RandomState::default()),
            number_by_target: HashMap::with_capacity_and_hasher(LINKS, ahash::RandomState::default()),
        }
    }

    pub fn token(&mut self, token: &Token<'_, 'h>) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Start(tag) => self.start(tag),
            Token::End(name) => self.end(name),
            Token::Comment(_) => {}
        }
    }

    /// The text, with the address of the page and of its links at the end.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.end_from(0);
        self.blocks.flush();
        self.blocks.gap();
        self.blocks.push(Form::Text, [self.options.page_word, " ", self.options.page_url].concat());
        if !self.number_by_target.is_empty() {
            self.blocks.gap();
            self.blocks.push(Form::Text, self.options.links_word.to_owned());
        }
        let mut links: Vec<(String, usize)> = self.number_by_target.into_iter().collect();
        links.sort_unstable_by_key(|(_, number)| *number);
        for (link, number) in links {
            self.blocks.push(Form::Verbatim, format!("[{number}] {link}"));
        }
        with_byte_order_mark(self.blocks.lay_out(COLUMNS))
    }

    fn text(&mut self, text: &str) {
        if self.skipped_from.is_some() {
            return;
        }
        match self.open.last_mut() {
            Some(top) if top.kind == ElementKind::Drawing => {}
            Some(top) if top.kind == ElementKind::Caption => top.value.to_mut().push_str(text),
            _ if self.verbatim > 0 => self.blocks.verbatim(text),
            _ => self.words(text),
        }
    }

    fn words(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.begin_entry();
        }
        self.blocks.text(text);
    }

    /// Separates the entries of a `nav`.
    fn begin_entry(&mut self) {
        if std::mem::take(&mut self.is_next_entry) && !self.blocks.line_is_empty() {
            self.blocks.text(" · ");
        }
    }

    fn start(&mut self, tag: &StartTag<'h>) {
        let lower_name = tag.lower_name();
        let name = &*lower_name;
        if is_void(name) {
            if self.skipped_from.is_none() {
                self.void(name, tag);
            }
            return;
        }
        self.end_implied(name);
        let kind = self.kind_here(name);
        if self.skipped_from.is_none() && (kind == ElementKind::Skipped || self.is_left_out(name, kind, tag))
        {
            self.skipped_from = Some(self.open.len());
        }
        let mut element = OpenElement {
            name: tag.name,
            kind: if self.skipped_from.is_some() { ElementKind::Skipped } else { kind },
            start: self.blocks.len(),
            outer_direction: self.blocks.direction,
            is_isolated: false,
            value: Cow::default(),
            number: 0,
        };
        if self.skipped_from.is_none() {
            self.begin(&mut element, name, tag);
        }
        self.open.push(element);
    }

    /// Of a drawing, only the title and the description are text.
    fn kind_here(&self, name: &str) -> ElementKind {
        match self.open.last() {
            Some(top) if matches!(top.kind, ElementKind::Drawing | ElementKind::Caption) => {
                if matches!(name, "title" | "desc") { ElementKind::Caption } else { ElementKind::Skipped }
            }
            _ => ElementKind::of(name),
        }
    }

    /// Whether an element is hidden, or only for getting around within the page.
    fn is_left_out(&self, name: &str, kind: ElementKind, tag: &StartTag<'h>) -> bool {
        let is_menu = name == "details" && self.headers > 0;
        is_menu
            || kind == ElementKind::Link && self.is_needless_link(tag)
            || tag.attribute("aria-hidden").is_some_and(|value| value == "true")
            || tag.has("hidden")
    }

    /// A link to this very text or a part of it, the way back from a footnote, or a menu of the page's own parts.
    fn is_needless_link(&self, tag: &StartTag<'h>) -> bool {
        if tag.attribute("type").is_some_and(|kind| kind == "text/plain") {
            return true;
        }
        if !tag.attribute("href").is_some_and(|href| href.starts_with('#')) {
            return false;
        }
        self.navs > 0
            || tag.attribute("rel").is_some_and(|rel| rel == "bookmark")
            || self.open.iter().all(|open| open.name != "main")
            || tag.attribute("class").is_some_and(|class| class.split(' ').any(|name| name == "fn-back"))
    }

    /// Ends the elements whose end tag may be left out before this one.
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
        let nearest =
            self.open.iter().rposition(|open| ends.contains(&open.name) || within.contains(&open.name));
        if let Some(index) = nearest.filter(|index| ends.contains(&self.open[*index].name)) {
            self.end_from(index);
        }
    }

    fn begin(&mut self, element: &mut OpenElement<'h>, name: &str, tag: &StartTag<'h>) {
        self.begin_direction(element, name, tag);
        element.start = self.blocks.len();
        if element.kind.has_gap_before() && self.tight == 0 {
            self.blocks.gap();
        }
        self.tight += usize::from(element.kind.is_tight());
        match element.kind {
            ElementKind::Heading => element.number = usize::from(name.as_bytes()[1] - b'0'),
            ElementKind::List => element.number = first_number(name, tag),
            ElementKind::Item => self.begin_item(tag),
            ElementKind::Meaning => element.number = usize::from(!self.blocks.line_is_empty()),
            ElementKind::Verbatim => self.verbatim += 1,
            ElementKind::Table => self.tables.push(TextTable::default()),
            ElementKind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
            }
            ElementKind::Cell => {
                element.value = tag.attribute("data-l").cloned().unwrap_or_default();
                element.number = usize::from(name == "th");
            }
            ElementKind::Nav => self.begin_nav(),
            ElementKind::Header => self.headers += 1,
            ElementKind::Link => element.value = tag.attribute("href").cloned().unwrap_or_default(),
            ElementKind::Struck => self.words("~~"),
            ElementKind::Raised => self.words("^"),
            ElementKind::Quoted => self.words("“"),
            ElementKind::Caption => element.value = decode(tag.raw_text),
            _ => {}
        }
        if !tag.raw_text.is_empty() && element.kind != ElementKind::Caption {
            self.words(&decode(tag.raw_text));
        }
    }

    /// Within a line, an element with a direction is isolated; otherwise it begins a line.
    fn begin_direction(&mut self, element: &mut OpenElement<'h>, name: &str, tag: &StartTag<'h>) {
        let direction = tag.attribute("dir").map(|word| Direction::of(word));
        if element.kind.is_in_line() {
            element.is_isolated = name == "bdi" || direction.is_some();
            if element.is_isolated {
                self.begin_entry();
                self.blocks.isolate(direction.unwrap_or_default());
            }
        } else if !matches!(element.kind, ElementKind::Caption | ElementKind::Drawing) {
            // A meaning follows on the line of its name.
            if element.kind != ElementKind::Meaning {
                self.flush();
            }
            self.blocks.direction = direction.unwrap_or(self.blocks.direction);
        }
    }

    fn begin_nav(&mut self) {
        if self.navs == 0 {
            self.nav_links = 0;
            self.is_next_entry = false;
            if self.tight == 0 && self.headers == 0 {
                self.blocks.gap();
            }
        }
        self.navs += 1;
    }

    fn void(&mut self, name: &str, tag: &StartTag<'h>) {
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
                let src = tag.attribute("src").filter(|src| !src.starts_with("data:"));
                // The words next to a logo say the same.
                if let Some(src) = src.filter(|_| self.headers == 0) {
                    self.number(src.clone());
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
        let index = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        // An end tag does not reach out of its cell.
        let cell = self.open.iter().rposition(|open| open.kind == ElementKind::Cell);
        if let Some(index) = index
            && (cell.is_none_or(|cell| index >= cell) || self.open[index].kind.is_of_table())
        {
            self.end_from(index);
        }
    }

    fn end_from(&mut self, index: usize) {
        while self.open.len() > index {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if self.skipped_from.is_some_and(|from| self.open.len() <= from) {
            self.skipped_from = None;
            return;
        }
        if self.skipped_from.is_none() {
            self.finish_element(element);
        }
    }

    /// Ends the line; the line of a `nav` goes on with another entry.
    fn flush(&mut self) {
        if self.navs > 0 {
            self.is_next_entry = true;
        } else {
            self.blocks.flush();
        }
    }

    fn finish_element(&mut self, element: OpenElement<'h>) {
        let is_loose = self.tight == 0;
        if element.kind.is_tight() {
            self.flush();
            self.tight -= 1;
        }
        match element.kind {
            ElementKind::Inline | ElementKind::Raised | ElementKind::Skipped => {}
            ElementKind::Link => self.finish_link(element.value),
            ElementKind::Struck => self.blocks.close_with("~~"),
            ElementKind::Quoted => self.blocks.close_with("”"),
            ElementKind::Caption => self.finish_caption(&element.value),
            ElementKind::Drawing => self.finish_drawing(&element.value),
            ElementKind::Heading => self.finish_heading(element.number),
            ElementKind::Summary => self.finish_summary(),
            ElementKind::Item => self.finish_item(element.start),
            ElementKind::Name if self.navs == 0 => self.finish_name(),
            ElementKind::Meaning => {
                let first = if element.number > 0 { "" } else { "  " };
                self.blocks.indent(element.start, first, "  ");
            }
            ElementKind::Quote => {
                self.flush();
                self.blocks.indent(element.start, "> ", "> ");
            }
            ElementKind::Verbatim => {
                self.verbatim -= 1;
                self.blocks.flush_as(Form::Verbatim);
                self.blocks.indent(element.start, "    ", "    ");
            }
            ElementKind::Cell => {
                let blocks = self.blocks.take_from(element.start);
                if let Some(table) = self.tables.last_mut() {
                    let label = element.value.into_owned();
                    table.push(TextCell { label, is_head: element.number > 0, blocks });
                }
            }
            ElementKind::Table => self.finish_table(),
            ElementKind::Nav => self.finish_nav(),
            ElementKind::Header => {
                self.flush();
                self.headers -= 1;
            }
            _ => self.flush(),
        }
        if element.is_isolated {
            self.blocks.end_isolate();
        }
        if element.kind.has_gap_after() && is_loose && self.headers == 0 {
            self.blocks.gap();
        }
        self.blocks.direction = element.outer_direction;
    }

    /// In a `nav`, a heading is the name of the entries after it.
    fn finish_heading(&mut self, level: usize) {
        if self.navs > 0 {
            self.blocks.close_with(":");
            self.blocks.text(" ");
            self.is_next_entry = false;
            return;
        }
        let is_loose = self.tight == 0;
        let form = Form::heading(level).filter(|_| is_loose);
        self.blocks.flush_as(form.unwrap_or(Form::Text));
        if is_loose {
            self.blocks.gap();
        }
    }

    fn finish_summary(&mut self) {
        if !self.blocks.line_is_empty() {
            self.blocks.close_with(":");
        }
        self.flush();
    }

    fn finish_name(&mut self) {
        if !self.blocks.line_is_empty() {
            self.blocks.close_with(":");
            self.blocks.text(" ");
        }
    }

    /// An item may have a number of its own.
    fn begin_item(&mut self, tag: &StartTag<'h>) {
        let Some(value) = tag.attribute("value").and_then(|value| value.parse::<usize>().ok()) else {
            return;
        };
        let list = self.open.iter_mut().rev().find(|open| open.kind == ElementKind::List);
        if let Some(list) = list.filter(|list| list.number > 0) {
            list.number = value.saturating_add(1);
        }
    }

    fn finish_item(&mut self, start: usize) {
        if self.navs > 0 {
            return;
        }
        let list = self.open.iter_mut().rev().find(|open| open.kind == ElementKind::List);
        let marker = match list {
            Some(list) if list.number > 0 => {
                let marker = format!("{}. ", list.number - 1);
                list.number = list.number.saturating_add(1);
                marker
            }
            _ => "- ".to_owned(),
        };
        self.blocks.indent(start, &marker, &" ".repeat(marker.len()));
        if self.blocks.len() > start + 1 && self.tight == 0 {
            self.blocks.gap();
        }
    }

    fn finish_table(&mut self) {
        self.flush();
        let Some(table) = self.tables.pop() else { return };
        if self.tight == 0 {
            self.blocks.gap();
        }
        table.write(&mut self.blocks, COLUMNS.saturating_sub(4 * self.tight));
    }

    /// A `nav` with links to other pages is one line; one within the page is not shown.
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

    fn finish_caption(&mut self, text: &str) {
        let drawing = self.open.last_mut().filter(|open| open.kind == ElementKind::Drawing);
        let Some(drawing) = drawing else { return };
        if !drawing.value.is_empty() && !text.trim().is_empty() {
            let is_sentence = drawing.value.trim_end().ends_with(['.', '!', '?', ':', '؟']);
            drawing.value.to_mut().push_str(if is_sentence { " " } else { ". " });
        }
        drawing.value.to_mut().push_str(text);
    }

    fn finish_drawing(&mut self, captions: &str) {
        let text = captions.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.words(&["[", &text, "]"].concat());
        }
    }

    /// Writes the number of a link after its words.
    fn number(&mut self, href: Cow<'h, str>) {
        let number = match self.number_by_href.get(&href) {
            Some(number) => *number,
            None => {
                let number = self.options.target(&href).map_or(0, |target| self.number_of(target));
                self.number_by_href.insert(href, number);
                number
            }
        };
        if number > 0 {
            self.blocks.close_with_number(number);
        }
    }

    /// Links that differ only in their fragment have one number.
    fn number_of(&mut self, target: String) -> usize {
        let next = self.number_by_target.len() + 1;
        *self.number_by_target.entry(target).or_insert(next)
    }
}

/// One more than the first number of a list; 0 without numbers. A list with a class has marks by its theme, or none.
fn first_number(name: &str, tag: &StartTag<'_>) -> usize {
    if name != "ol" || tag.attribute("class").is_some() {
        return 0;
    }
    tag.attribute("start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1).saturating_add(1)
}

/// Many servers send no encoding with a plain text, and a file on a disk has none. A browser then takes it for that of
/// its own language, and no Arabic letter is right; but it knows UTF-8 by this mark.
fn with_byte_order_mark(mut text: String) -> String {
    if !text.is_ascii() {
        text.insert(0, '\u{feff}');
    }
    text
}
