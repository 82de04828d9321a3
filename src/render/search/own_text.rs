//! What a page itself says, as HTML for Pagefind.
//!
//! Owns which parts of a page are searched. Pagefind would leave them out by selectors, but reads every tag and
//! attribute for it, which takes longer than the words. The words and their order stay the same.

use std::borrow::Cow;

use crate::html::{StartTag, Token, Tokens};

/// Classes of the theme for text that is not a page's own: lists of other pages, and words of the interface next
/// to claims and facts.
const LEFT_OUT_CLASSES: [&str; 9] = ["dateline", "note", "items", "index", "chart", "key", "m", "s", "k"];
/// Elements that Pagefind leaves out: menus, forms, drawings, and what is not text.
const LEFT_OUT: [&str; 11] =
    ["head", "style", "script", "noscript", "label", "form", "svg", "footer", "nav", "iframe", "template"];
/// Elements without an end tag.
const VOID: [&str; 13] =
    ["br", "img", "hr", "wbr", "input", "source", "col", "track", "area", "base", "embed", "link", "meta"];
/// Elements whose tags mean something to Pagefind: weights, sentences, spaces, the first picture.
const KEPT: [&str; 15] =
    ["h1", "h2", "h3", "h4", "h5", "h6", "p", "td", "div", "ul", "li", "article", "section", "br", "img"];
/// Elements after which Pagefind would not end a word.
const ENDS_OF_WORDS: [&str; 5] = ["dt", "th", "summary", "figcaption", "pre"];

/// The part of a page that is its own. `gathers` if its sections repeat texts of other pages.
pub fn own_text(html: &str, gathers: bool) -> String {
    let mut writer = OwnText { text: String::with_capacity(html.len() / 4), gathers, open: Vec::new() };
    let mut tokens = Tokens::new(html);
    loop {
        let rest = tokens.rest();
        match tokens.next_token() {
            Some(Token::Start(tag)) => writer.start(tag),
            Some(Token::End(name)) => writer.end(name),
            Some(Token::Comment(_)) => {}
            Some(Token::Text(_)) => {
                // As written, since Pagefind reads character references too.
                let length = rest.len() - tokens.rest().len();
                writer.text(&rest[..length]);
            }
            None => return writer.text,
        }
    }
}

struct OwnText<'h> {
    text: String,
    gathers: bool,
    open: Vec<Element<'h>>,
}

struct Element<'h> {
    name: Cow<'h, str>,
    is_left_out: bool,
    /// The tag is written, and so is its end tag.
    is_kept: bool,
    is_in_claims: bool,
}

impl<'h> OwnText<'h> {
    fn start(&mut self, tag: &StartTag<'h>) {
        let name = tag.lower_name();
        let classes = tag.attribute("class").map(Cow::as_ref).unwrap_or_default();
        let has_class = |class: &str| classes.split_ascii_whitespace().any(|known| known == class);
        let is_in_claims = self.open.last().is_some_and(|parent| parent.is_in_claims);
        let is_inside_left_out = self.is_left_out();
        let is_left_out = is_inside_left_out
            || LEFT_OUT.contains(&&*name)
            || tag.has("hidden")
            || LEFT_OUT_CLASSES.iter().any(|class| has_class(class))
            || (name == "thead" && is_in_claims)
            || (name == "dt" && self.is_in_group_of_names())
            || (self.gathers && name == "section" && !has_class("footnotes"));
        // Pagefind takes an element that can be linked to for the start of a word.
        if !is_inside_left_out && tag.has("id") {
            self.text.push(' ');
        }
        let is_kept = !is_left_out && (KEPT.contains(&&*name) || tag.attributes.iter().any(is_for_pagefind));
        if is_kept {
            self.push_tag(&name, tag);
        }
        if !is_left_out {
            self.text.push_str(tag.raw_text);
        }
        if !VOID.contains(&&*name) {
            let is_in_claims = is_in_claims || has_class("claims");
            self.open.push(Element { name, is_left_out, is_kept, is_in_claims });
        }
    }

    /// Closes all that is open within the element, too. An end tag of no open element means nothing.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            return;
        };
        for element in self.open.drain(at..).rev() {
            if element.is_kept {
                self.text.extend(["</", &element.name, ">"]);
            } else if !element.is_left_out && ENDS_OF_WORDS.contains(&&*element.name) {
                self.text.push(' ');
            }
        }
    }

    fn text(&mut self, text: &str) {
        if !self.is_left_out() {
            self.text.push_str(text);
        }
    }

    fn is_left_out(&self) -> bool {
        self.open.last().is_some_and(|parent| parent.is_left_out)
    }

    /// In a `<div>` that groups a name and its meaning in a `<dl>`.
    fn is_in_group_of_names(&self) -> bool {
        let mut parents = self.open.iter().rev().map(|element| &*element.name);
        parents.next() == Some("div") && parents.next() == Some("dl")
    }

    /// The tag with the attributes that Pagefind reads. It finds the first picture by its address and text.
    fn push_tag(&mut self, name: &str, tag: &StartTag<'h>) {
        self.text.extend(["<", name]);
        for attribute in &tag.attributes {
            let is_of_picture = name == "img" && ["src", "alt"].contains(&attribute.0);
            if is_of_picture || is_for_pagefind(attribute) {
                let value = attribute.1.as_deref().unwrap_or_default();
                self.text.extend([" ", attribute.0, "=\""]);
                crate::html::push_escaped(&mut self.text, value);
                self.text.push('"');
            }
        }
        self.text.push('>');
    }
}

/// A theme may say something to Pagefind.
fn is_for_pagefind((name, _): &(&str, Option<Cow<'_, str>>)) -> bool {
    name.starts_with("data-pagefind-")
}

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::*;

    proptest! {
        #[test]
        fn an_element_that_is_left_out_ends_with_the_one_around_it(
            html in "(<p class=m>|<div hidden>|<svg>|<br>|</div>|<p>|</p>|</ul>|A|é){0,12}"
        ) {
            let text = own_text(&format!("<main>{html}</main>c"), false);
            assert!(text.ends_with('c') && !text.contains("class"), "{text}");
        }

        #[test]
        fn any_text_can_be_read(html in "([ab<>/!&;é -]|<svg|<p|id=|<title>){0,20}") {
            own_text(&html, true);
        }
    }

    #[test]
    fn only_tags_that_mean_something_stay() {
        let html = "<main id=x><h1 class=t>A &amp; <bdi>b</bdi></h1><p lang=en>c<sup id=f>1</sup> <!-- d --><img src=e.png alt=\"f &quot;\" width=1></p></main>";
        let text = " <h1>A &amp; b</h1><p>c 1 <img src=\"e.png\" alt=\"f &quot;\"></p>";
        assert_eq!(own_text(html, false), text);
        assert_eq!(own_text("<b data-pagefind-weight=2>a</b>", false), "<b data-pagefind-weight=\"2\">a</b>");
    }

    #[test]
    fn what_other_pages_say_is_left_out() {
        for html in [
            "<p class='l m'>A <b>B</b></p>c",
            "<table class=claims><thead><tr><th>A</table>c",
            "<dl><div><dt>A</dt></div></dl>c",
            "<p hidden>A</p>c",
            "<nav>A<nav>B</nav>A</nav>c",
            "<div class=note><p>A</div>c",
        ] {
            let text = own_text(html, false);
            assert!(text.ends_with('c') && !text.contains(['A', 'B']), "{html}: {text}");
        }
        let html = "<section>a</section><section class=footnotes>b</section>";
        assert_eq!(own_text(html, true), "<section>b</section>");
        assert_eq!(own_text("<table><thead>a</thead></table>", false), "a");
    }

    #[test]
    fn words_of_two_elements_are_not_joined() {
        assert_eq!(own_text("<dl><dt>a</dt><dd>b</dd></dl>", false), "a b");
        assert_eq!(own_text("</i>a<br>b</p>c", false), "a<br>bc");
    }
}
