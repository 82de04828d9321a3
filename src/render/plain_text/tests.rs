//! What each element becomes, and what is true for every page.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::lines::{Blocks, break_text, width};
use super::options::COLUMNS;
use super::*;
use crate::paths::OutPath;
use crate::site::Routes;

fn text_of(html: &str) -> String {
    with_mark(html).trim_start_matches('\u{feff}').to_owned()
}

fn with_mark(html: &str) -> String {
    let (path, routes) = (OutPath::new("briefings/a.html").unwrap(), Routes::new(Vec::new()));
    let options = PlainTextOptions {
        path: &path,
        routes: &routes,
        base_url: None,
        page_url: "a.html",
        page_word: "Page:",
        links_word: "Links",
    };
    of_page(html, &options)
}

/// Marks of direction are shown as braces and `<L>`, `<R>`.
fn check(html: &str, expected: Expect) {
    let text = text_of(&format!("<main>{html}</main>"));
    let text = text.strip_suffix("\nPage: a.html\n").map_or_else(|| text.clone(), str::to_owned);
    let marks = [
        ('\u{2066}', "{L:"),
        ('\u{2067}', "{R:"),
        ('\u{2068}', "{"),
        ('\u{2069}', "}"),
        ('\u{200e}', "<L>"),
        ('\u{200f}', "<R>"),
    ];
    let shown = marks.iter().fold(text, |text, (mark, shown)| text.replace(*mark, shown));
    expected.assert_eq(&shown);
}

#[test]
fn headings_paragraphs_and_lists() {
    check(
        "<h1>Title &amp; more</h1>\n<p class=\"lead\">One\n  two <b>three</b>.</p><h2>Part</h2><p>x<br>y</p><h3>Sub</h3>\
         <ul><li>one<li>two<ul><li>three</ul></ul><ol start=3><li><p>a</p><p>b</p></li><li value=7>c</li></ol>\
         <ol class=\"items\"><li>plain</li></ol><hr><p>end",
        expect![[r#"
            Title & more
            ============

            One two three.

            Part
            ----

            x
            y

            Sub

            - one
            - two
              - three

            3. a
               b

            7. c

            - plain

            * * *

            end
        "#]],
    );
}

#[test]
fn definitions_quotes_code_details_and_what_is_struck() {
    check(
        "<dl><div><dt>Where</dt><dd>here</dd></div><dt>When</dt><dd>now</dd><dd>then</dd></dl>\
         <blockquote><p>She said.</p><p>Twice.</p></blockquote><pre><code>a  b\n  c\n</code></pre>\
         <details><summary>Why</summary><p>Because</p></details><p><s>gone</s> x<sup>2</sup> <q>so</q> <del>8</del></p>",
        expect![[r#"
            Where: here
            When: now
              then

            > She said.

            > Twice.

                a  b
                  c

            Why:

            Because

            ~~gone~~ x^2 “so” ~~8~~
        "#]],
    );
}

#[test]
fn a_narrow_table_stays_a_table_and_a_wide_one_is_read_row_by_row() {
    check(
        "<table><thead><tr><th>Day</th><th>Dead</th></tr></thead><tbody><tr><td>Sunday</td><td>6</td></tr></tbody></table>",
        expect![[r#"
            Day     Dead
            ------  ----
            Sunday  6
        "#]],
    );
    check(
        "<table><thead><tr><th>Status</th><th>Claim</th></tr></thead><tbody><tr><td>One source</td>\
         <td data-l=\"Said\"><p>It was the seventh time in a single month, and nobody came to help.</p><p>More</p></td></tr>\
         <tr><td></td><td><ul><li>a</li></ul></td></tr></tbody></table><p>after</p>",
        expect![[r#"
            Status: One source
            Said: It was the seventh time in a single month, and nobody came to
              help.
              More

            Claim:
            - a

            after
        "#]],
    );
}

#[test]
fn pictures_are_their_words() {
    check(
        "<p><img src=\"a.jpg\" alt=\"A bridge\"> <svg><title>Claims by day</title><desc>Most on 2 October</desc><text>12</text>\
         </svg><svg aria-hidden=\"true\"><title>no</title></svg></p>",
        expect![[r#"
            [A bridge] [1] [Claims by day. Most on 2 October]

            Page: a.html

            Links
            [1] a.jpg
        "#]],
    );
}

#[test]
fn links_are_counted_once_and_ways_around_the_page_are_left_out() {
    let html = "<html><head><title>no</title><style>a{}</style></head><body><a href=\"#page-main\">Skip</a>\
         <header><a href=\"../index.html\">Site</a><details><summary>Menu</summary><nav><a href=x.html>x</a></nav></details>\
         <nav aria-label=\"l\"><ul><li><a href=\"../ar/a.html\" hreflang=ar>العربية</a></li></ul></nav></header>\
         <main><nav class=toc><h2>On this page</h2><ul><li><a href=\"#b\">B</a></li></ul></nav>\
         <p><a href=\"https://x.example/?a=1&amp;b=2\">out</a>, <a href=\"https://x.example/?a=1&amp;b=2\">again</a>, <a href=\"#b\">here</a>\
         , <a href=\"a.html#b\">here too</a> <a class=\"fn-back\" href=\"#fnref-1\">↩</a></p>\
         <nav><ul><li><a href=\"b.html\">Older</a></li><li><a href=\"c.html\">Oldest</a></li></ul></nav></main>\
         <footer hidden>no</footer><footer><p><a href=\"a.txt\" type=\"text/plain\">Text</a></p></footer>";
    expect![[r#"
        Site [1]

        العربية [2]

        out [3], again [3], here, here too

        Older [4] · Oldest [5]

        Page: a.html

        Links
        [1] ../index.html
        [2] ../ar/a.html
        [3] https://x.example/?a=1&b=2
        [4] b.html
        [5] c.html
    "#]]
    .assert_eq(&text_of(html));
}

#[test]
fn names_of_another_script_are_held_apart_within_each_line() {
    check(
        "<div dir=ltr><p>From <bdi>Heluk</bdi> alone.</p><p>From <bdi>الهلك</bdi>, 12 dead; and so on and on to the end of the line, \
         <bdi>حي بستان الباشا</bdi> (<span dir=rtl>حلب</span>).</p><p><b>حلب</b> is a city</p></div>\
         <div dir=rtl><p>قال <bdi>AFP</bdi></p><p>AFP قالت</p></div>",
        expect![[r#"
            From Heluk alone.

            From {الهلك}, 12 dead; and so on and on to the end of the line, {حي بستان}
            {الباشا} ({R:حلب}).

            <L>حلب is a city

            قال {AFP}

            <R>AFP قالت
        "#]],
    );
}

#[test]
fn wide_letters_take_two_columns_and_break_where_their_script_lets_them() {
    let text =
        text_of(&format!("<main><p>{} https://example.org/{}</p></main>", "水".repeat(80), "a".repeat(90)));
    let widths: Vec<usize> = text.lines().take(4).map(width).collect();
    assert_eq!(widths, [72, 72, 16, 110]);
}

#[test]
fn no_character_has_more_columns_than_bytes() {
    assert!(('\0'..=char::MAX).all(|c| width(c.encode_utf8(&mut [0; 4])) <= c.len_utf8()));
}

/// Lines that take one word after the other.
fn word_by_word(text: &str, room: usize) -> Vec<&str> {
    let (mut lines, mut start, mut end, mut at) = (Vec::new(), 0, 0, 0);
    for word in text.split(' ') {
        let word_end = at + word.len();
        if at > start && width(&text[start..word_end]) > room {
            lines.push(&text[start..end]);
            start = at;
        }
        (end, at) = (word_end, word_end + 1);
    }
    lines.push(&text[start..end]);
    lines
}

/// Words of what a reader reads, by an HTML parser of its own.
fn words_of(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_fragment(html);
    let text: String = page.root_element().text().flat_map(|text| [text, " "]).collect();
    text.split_whitespace().map(str::to_owned).collect()
}

proptest! {
    #[test]
    fn a_line_holds_as_many_words_as_it_can(text in "[a-z é\u{2068}\u{2069}ا·]{0,300}", room in 8_usize..80) {
        let mut lines = Vec::new();
        break_text(&text, room, &mut lines);
        prop_assert_eq!(lines, word_by_word(&text, room));
    }

    #[test]
    fn white_space_of_any_length_is_one_space(texts in proptest::collection::vec("[ab \t\n]{0,9}", 0..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let expected = texts.concat().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let mut blocks = Blocks::default();
        texts.iter().for_each(|text| blocks.text(text));
        blocks.flush();
        let text = blocks.lay_out(COLUMNS);
        prop_assert_eq!(text.trim_end(), expected);
    }

    #[test]
    fn no_word_is_lost_and_no_line_is_too_wide(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("<p>"), Just("</p>"), Just("<ul>"), Just("<li>"), Just("</li>"), Just("</ul>"), Just("<bdi>"),
                Just("</bdi>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("</td>"), Just("</tr>"), Just("</table>"),
                Just("<dl>"), Just("<dt>"), Just("<dd>"), Just("</dl>"), Just("<blockquote>"), Just("</blockquote>"),
                Just("<h2>"), Just("</h2>"), Just("<a href=\"b.html\">"), Just("</a>"), Just("<div dir=rtl>"), Just("</div>"),
                Just("word "), Just("الهلك "), Just("水水 "), Just("&lt;b&gt; "), Just("a1 "), Just("<section>"), Just("</section>"),
            ],
            0..60,
        )
    ) {
        let html = parts.concat();
        let text = text_of(&["<main>", &html].concat());
        for line in text.lines() {
            prop_assert!(width(line) <= COLUMNS + 24, "{line:?} of {html}");
        }
        let bare: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')).collect();
        let mut rest = bare.as_str();
        // A parser moves misplaced content out of a table.
        if !html.contains("<t") {
            for word in words_of(&html) {
                let at = rest.find(&word);
                prop_assert!(at.is_some(), "{word} of {html} in {bare}");
                rest = &rest[at.unwrap_or_default() + word.len()..];
            }
        }
    }

    #[test]
    fn no_text_panics(html in any::<String>()) {
        text_of(&html);
    }
}

#[test]
fn a_text_that_is_not_ascii_begins_with_a_byte_order_mark() {
    assert!(with_mark("<main>حلب</main>").starts_with('\u{feff}'));
    assert!(with_mark("<main>Aleppo</main>").starts_with('A'));
}
