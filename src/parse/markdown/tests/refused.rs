//! What is refused, and where it is said to be.

use insta::assert_snapshot;

use super::super::RawHtml;
use super::{FILE, problems, problems_with};
use crate::parse::markdown::{MarkdownOptions, parse};

#[test]
fn references_that_lead_nowhere() {
    assert_snapshot!(problems("a [b][c] and [d][] and [sic]\n\nx[^y] ![^z]\n\n| [^t] |\n|---|"), @"
    error undefined-reference 1:3 [b][c]
    error undefined-reference 1:14 [d][]
    error undefined-footnote 3:2 [^y]
    error undefined-footnote 3:8 [^z]
    error undefined-footnote 5:3 [^t]
    ");
    assert_snapshot!(problems("a[^x]\n\n[^x]: one\n[^X]: two\n[^z]: three"), @"
    error duplicate-footnote 4:1 [^X]: two
    warning unused-footnote 5:1 [^z]: three
    ");
    assert_snapshot!(problems("[a[^x] b](place:c)\n\n[^x]: one"), @"error footnote-in-link 1:1 [a[^x] b](");
}

#[test]
fn links_that_may_not_be() {
    assert_snapshot!(problems(
        "[a](javascript:x) [b](<JAVA&Tab;SCRIPT:x>) <vbscript:x> [c](//x.org) [d](ftp://x)\n\
         [e](../../../x) [f](x.md?y) [g]() [](place:x) [&#8203;](place:x)\n\
         [h](date:2016-02-30) [i](claim:a/b/c) [j](place:%FF) [k <https://x.org>](place:y)"
    ), @"
    error unsafe-url 1:1 [a](javascript:x)
    error unsafe-url 1:19 [b](<JAVA&Tab;SCRIPT:x>)
    error unsafe-url 1:44 <vbscript:x>
    error unsafe-url 1:57 [c](//x.org)
    error unsafe-url 1:70 [d](ftp://x)
    error outside-the-site 2:1 [e](../../../x)
    error link-query 2:17 [f](x.md?y)
    error empty-target 2:29 [g]()
    error empty-link-text 2:35 [](place:x)
    error empty-link-text 2:47 [&#8203;](place:x)
    error bad-date 3:1 [h](date:2016-02-30)
    error bad-claim 3:22 [i](claim:a/b/c)
    error bad-encoding 3:39 [j](place:%FF)
    error nested-link 3:57 <https://x.org>
    ");
}

#[test]
fn pictures_that_may_not_be() {
    assert_snapshot!(problems(
        "![](a.png) ![x](https://x.org/a.png)\n![x](data:image/png;base64,x) ![x](place:y) ![a [b](c)](d.png)"
    ), @"
    error no-alt 1:1 ![](a.png)
    error remote-picture 1:12 ![x](https://x.org/a.png)
    error unsafe-url 2:1 ![x](data:image/png;base64,x)
    error not-a-picture 2:31 ![x](place:y)
    error nested-link 2:45 ![a [b](c)](d.png)
    ");
}

#[test]
fn headings_that_may_not_be() {
    assert_snapshot!(problems("text\n\n# One\n\n## Two {#x}\n\nThree {.y}\n---\n\n## Four {z}\n\n\
         ## A {#a .b}\n\n## B {#b}\n\n## C {#b}\n\n## D {#fn-1}\n\n## E {#}\n\n## F {#a/b}\n\n## G {#d}"), @"
    warning heading-level 3:1 # One
    error heading-attributes 7:7 {.y}
    error heading-attributes 12:6 {#a .b}
    error bad-heading-id 16:6 {#b}
    error bad-heading-id 18:6 {#fn-1}
    error bad-heading-id 20:6 {#}
    error bad-heading-id 22:6 {#a/b}
    error bad-heading-id 24:6 {#d}
    ");
}

#[test]
fn characters_that_may_not_be() {
    assert_snapshot!(problems("a\u{1}b\u{85}c\u{FEFF}\n\u{2067}ok\u{2069} \u{202E}open\n\u{2069} \u{202B}x\u{2069}y\u{202C}"), @r#"
    error control-character 1:2 \u{1}
    error control-character 1:4 \u{85}
    error control-character 1:6 \u{feff}
    error bidi-control 2:6 \u{202e}
    error bidi-control 3:1 \u{2069}
    error bidi-control 3:5 \u{2069}
    "#);
    assert_snapshot!(problems("&#1; &#x202E; [x](<place:&#2;>) ![&#3;](a.png) [y](place:y '&#4;')"), @r#"
    error control-character 1:1 &#1;
    error bidi-control 1:6 &#x202E;
    error unsafe-url 1:15 [x](<place:&#2;>)
    error control-character 1:33 ![&#3;](a.png)
    error no-alt 1:33 ![&#3;](a.png)
    error control-character 1:48 [y](place:y \'&#4;\')
    "#);
}

#[test]
fn html_where_it_is_text() {
    assert_snapshot!(problems("a <b>b</b> <!-- c -->\n\n<!-- note -->"), @"warning raw-html 1:3 <b>");
}

#[test]
fn comments_that_hide_or_show_too_much() {
    let text = "a <!-- b\n\nc -->\n\n`<!--` \\<!-- &lt;!--\n\n> <!-- d\n> e\n\nf";
    for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
        assert_eq!(
            problems_with(text, raw_html),
            "error comment-without-end 1:3 <!--\nerror comment-without-end 7:3 <!--\n"
        );
    }
}

#[test]
fn html_where_it_is_sanitised() {
    let problems = |text| problems_with(text, RawHtml::Sanitise);
    assert_snapshot!(problems("<a href='javascript:x'>y</a> <img src=x.png>\n\n<video src=x>\n<a href=https://a.example/></a>"), @"
    error unsafe-url 1:1 <a href=\\'javascript:x\\'>
    error no-alt 1:30 <img src=x.png>
    error html-link 3:1 <video src=x>
    error empty-link-text 4:1 <a href=https://a.example/>
    ");
    assert_snapshot!(problems("[a <a href=x>b</a>](y) <a href=x>[c](y)</a> <a href=x></a>"), @"
    error nested-link 1:4 <a href=x>
    warning html-stray-end 1:15 </a>
    error nested-link 1:34 [c](y)
    error empty-link-text 1:45 <a href=x>
    ");
    assert_snapshot!(problems("<p>a &#x1b;</p>\n\nb <b title='&#xFDD0;'>&#x202e;</b> <a href='https://[::1'>c</a> <a href='http://e.example:99999/'>d</a>"), @"
    error control-character 1:4 a
    error control-character 3:3 <b title=\\'&#xFDD0;\\'>
    error bidi-control 3:23 &#x202e;
    error unsafe-url 3:36 <a href=\\'https://[::1\\'>
    error unsafe-url 3:65 <a href=\\'http://e.example:99999/\\'>
    ");
    assert_snapshot!(problems("a <b onclick=x STYLE='y>z' title=t lang=ar>b</b> <script>x</script>\n\n<div>x"), @r#"
    warning html-removed 1:3 <b onclick=x STYLE=\'y>z\' title=t lang=ar>
    warning html-removed 1:3 <b onclick=x STYLE=\'y>z\' title=t lang=ar>
    warning html-removed 1:50 <script>
    warning html-unclosed 3:1 <div>
    "#);
    assert_snapshot!(problems("a <b>b\n\nc </b> <u>*d</u>*"), @"
    warning html-unclosed 1:3 <b>
    warning html-stray-end 3:3 </b>
    warning html-unclosed 3:8 <u>
    warning html-stray-end 3:13 </u>
    ");
    assert_eq!(
        problems("<details open>\n<summary>x</summary>\n\n*y*\n\n</details>\n\na <!-- <a> --> <b>c</b>"),
        ""
    );
    assert_eq!(problems("<pre>\n\nx</pre>"), "warning html-misplaced 1:1 <pre>\n");
    let deep = "<div>".repeat(60);
    let wide = format!("a <b{}>c</b>", " d".repeat(101));
    assert_eq!(problems(&wide).matches("error html-attributes 1:3").count(), 1);
    // Of a long line, only the part around the mark is shown.
    assert_eq!(problems(&deep), format!("error html-nesting 1:1 {}\n", "<div>".repeat(32)));
}

#[test]
fn a_flood_is_cut_and_its_errors_come_before_its_warnings() {
    let text = format!("a\n\n{}{}", "# a\n\n".repeat(200), "[^x] ".repeat(50));
    let diagnostics = parse(FILE, &text, 0, &MarkdownOptions::default()).diagnostics;
    assert_eq!(diagnostics.len(), 101);
    assert_eq!(diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count(), 50);
    assert_eq!(diagnostics[100].message, "150 more problems in this text are not listed");
}
