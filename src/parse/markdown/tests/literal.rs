//! Markup that readers see as text, or do not see at all; and what must never be taken for it.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::RawHtml;
use super::{FILE, html, problems, problems_with};
use crate::parse::markdown::{MarkdownOptions, parse};

fn helps(markdown: &str) -> String {
    let diagnostics = parse(FILE, markdown, 0, &MarkdownOptions::default()).diagnostics;
    diagnostics.iter().map(|diagnostic| format!("{}\n", diagnostic.help.join("; "))).collect()
}

#[test]
fn emphasis_that_does_not_take() {
    assert_snapshot!(problems(
        "**Update:**water is back. **真，**她 **مهم:**النص\n\n** Update ** water\n\n**Update: **water\n\n**Update: water\n\n\
         ~~old:~~new and __one:__two\n\n*Update:*water\n\ntext**\"quoted\"** more\n\n| **a:**b |\n|---|\n\n## **a:**b\n\n- **a:**b"
    ), @r#"
    warning literal-emphasis 1:1 **Update:**
    warning literal-emphasis 1:27 **真，**
    warning literal-emphasis 1:35 **مهم:**
    warning literal-emphasis 3:1 ** Update **
    warning literal-emphasis 5:1 **Update: **
    warning literal-emphasis 7:1 **
    warning literal-emphasis 9:1 ~~old:~~
    warning literal-emphasis 9:17 __one:__
    warning literal-emphasis 11:1 *Update:*
    warning literal-emphasis 13:5 **\"quoted\"**
    warning literal-emphasis 15:3 **a:**
    warning literal-emphasis 18:4 **a:**
    warning literal-emphasis 20:3 **a:**
    "#);
    assert_snapshot!(helps("**Update:**water\n\n**真，**她\n\n** Update ** water\n\n__one:__two\n\n**a [b](place:c):**d\n\n**a: b"), @r"
    write `**Update**:`
    write `**真**，`
    write `**Update**`
    write `**one**:`
    put spaces outside of `**`, and marks of punctuation too
    write `**` where the emphasis ends, or `\*\*` if the marks are meant
    ");
}

#[test]
fn marks_without_a_plain_space() {
    assert_snapshot!(problems(
        "##\u{A0}Heading\n\n-\u{A0}one\n-\u{A0}two\n\n##Heading\n\n\u{3000}## Heading\n\n1.\u{202F}one\n2.\u{202F}two\n\n3.\u{A0}May: text\n\n-\u{A0}5 °C"
    ), @r"
    warning mark-without-space 1:1 ##\u{a0}
    warning mark-without-space 3:1 -\u{a0}
    warning mark-without-space 4:1 -\u{a0}
    warning mark-without-space 6:1 ##
    warning mark-without-space 8:1 \u{3000}##
    warning mark-without-space 10:1 1.\u{202f}
    warning mark-without-space 11:1 2.\u{202f}
    ");
    assert_snapshot!(helps("##\u{A0}Heading\n\n-\u{A0}one"), @"
    write `## Heading`, with a plain space
    write `- one`, with a plain space
    ");
}

#[test]
fn links_that_are_none() {
    assert_snapshot!(problems(
        "[Old Town](place:Old Town), [the list](Water points.md) and [there](https://example.org/a b).\n\n\
         ![A map](my map.png \"title\") [a](b(c [[Old Town]] ![[map.png]] [[about|About us]]"
    ), @r#"
    error literal-link 1:1 [Old Town](place:Old Town)
    error literal-link 1:29 [the list](Water points.md)
    error literal-link 1:61 [there](https://example.org/a b)
    error literal-link 3:1 ![A map](my map.png \"title\")
    error literal-link 3:30 [a](b(c
    warning wiki-link 3:38 [[Old Town]]
    warning wiki-link 3:51 ![[map.png]]
    warning wiki-link 3:64 [[about|About us]]
    "#);
    assert_snapshot!(helps("[Old *Town*](place:Old Town) ![A map](my map.png \"t t\") [[Old Town]] ![[m.png]] [[about|us]]"), @r#"
    write `[Old *Town](<place:Old Town>)`
    write `![A map](<my map.png> "t t")`
    write `[Old Town](<place:Old Town>)` for a place, `[Old Town](<Old Town.md>)` for a file
    write `![what it shows](m.png)`
    write `[us](place:about)` for a place, `[us](about.md)` for a file
    "#);
}

#[test]
fn alerts_that_are_none() {
    assert_snapshot!(problems("> [!DANGER]\n> Do not drink.\n\n> [!NOTE] text\n\n[!TIP]\ntext\n\ntext\n:::warning\nBoil it\n:::"), @"
    warning unknown-alert 1:3 [!DANGER]
    warning unknown-alert 4:3 [!NOTE]
    warning unknown-alert 6:1 [!TIP]
    warning unknown-alert 10:1 :::warning
    ");
    assert_snapshot!(helps("> [!DANGER]\n> Do not drink.\n\n> [!NOTE] text\n\n[!TIP]\ntext\n\n:::warning\nBoil it\n:::"), @"
    write `> [!CAUTION]` on a line of its own
    write `> [!NOTE]` on a line of its own, and the text below it
    write `> [!TIP]`, and > before each line of the alert
    write `> [!WARNING]`, and > before each line of the block
    ");
}

#[test]
fn tables_that_are_none() {
    assert_snapshot!(problems(
        "| a | b |\n|---|\n| 1 | 2 |\n\n|---|---|\n| 1 | 2 |\n\n| a | b |\n| 1 | 2 |\n\nplace\tdead\nOld Town\t2\n\n+---+---+\n| a | b |\n+---+---+"
    ), @r"
    warning literal-table 2:1 |---|
    warning literal-table 5:1 |---|---|
    warning literal-table 8:1 | a | b |
    warning literal-table 11:1 place\tdead
    warning literal-table 14:1 +---+---+
    ");
    assert_snapshot!(problems("| place | dead |\n|---|---|\n| Old Town | 2 | 14 hurt |\n| `a|b` | 3 |\n| x | y | | |\n| x |\n| a \\| b | c |"), @"
    error lost-cell 3:18 14 hurt
    error lost-cell 4:11 3
    ");
}

#[test]
fn what_other_programs_take() {
    assert_snapshot!(problems(
        "{{< figure src=\"x.jpg\" >}} {{% note %}} {% include x %} {{ site.title }} {{x}} {# note #}\n\n\
         [a]({{ site.url }}/b c)\n\n[x](place:y){target=\"_blank\"} text {.big}\n{: #id}"
    ), @r#"
    warning template-tag 1:1 {{< figure src=\"x.jpg\" >}}
    warning template-tag 1:28 {{% note %}}
    warning template-tag 1:41 {% include x %}
    warning template-tag 1:57 {{ site.title }}
    warning template-tag 1:74 {{x}}
    warning template-tag 1:80 {# note #}
    warning template-tag 3:5 {{ site.url }}
    warning literal-attributes 5:13 {target=\"_blank\"}
    warning literal-attributes 5:36 {.big}
    warning literal-attributes 6:1 {: #id}
    "#);
}

#[test]
fn definitions_that_readers_miss() {
    assert_snapshot!(problems(
        "[14:05]: shelling\n\n[Update]: Confirmed.\n\n[a][x] [Straße][]\n\n[x]: place:x\n[X]: place:y\n[STRASSE]: place:z\n\n\
         [//]: # (a comment)\n[//]: # (more)\n\n> [q]: place:q\n\n- [i]: place:i\n\n`[x]: code`\n\n    [x]: code\n\ntext\n[x]: text"
    ), @"
    warning unused-definition 1:1 [14:05]: shelling
    warning unused-definition 3:1 [Update]: Confirmed.
    warning duplicate-definition 8:1 [X]: place:y
    warning unused-definition 14:3 [q]: place:q
    warning unused-definition 16:3 [i]: place:i
    warning indented-code 20:5 [x]: code
    ");
}

#[test]
fn fences_and_headings_without_an_end_or_a_text() {
    assert_snapshot!(problems("##\n\n#\n\n## [](#a)\n\n```\ncode\n\n## What we know"), @"
    warning empty-heading 1:1 ##
    warning empty-heading 3:1 #
    warning empty-heading 5:1 ## [](#a)
    error empty-link-text 5:4 [](#a)
    warning unclosed-code 7:1 ```
    ");
    assert_eq!(problems("> ```\n> code\n> ```\n\n~~~\na\n~~~~\n\n- ```\n  b\n  ```\n"), "");
    assert_eq!(problems("- ```\n  code\n\ntext"), "");
    assert_eq!(problems("```\n```"), "");
    assert_eq!(problems("````\n```\n"), "warning unclosed-code 1:1 ````\n");
}

#[test]
fn only_a_colon_and_white_space_begin_a_definition() {
    assert_snapshot!(html("Come at noon\n:) thanks\n\nWater points\n:::warning\nBoil it\n:::\n\n> a\n> :b\n\nterm\n: one\n:\ttwo\n\n```\n:x\n```\n\n|a|b|\n:--|:-:\n|c|d|"), @r#"
    <p>Come at noon
    :) thanks</p>
    <p>Water points
    :::warning
    Boil it
    :::</p>
    <blockquote>
    <p>a
    :b</p>
    </blockquote>
    <dl>
    <dt>term</dt>
    <dd>one</dd>
    <dd>two</dd>
    </dl>
    <pre dir="ltr" tabindex="0"><code>:x
    </code></pre>
    <div class="scroll" role="group" tabindex="0" aria-label="{table}">
    <table>
    <thead>
    <tr><th scope="col" class="start">a</th><th scope="col" class="center">b</th></tr>
    </thead>
    <tbody>
    <tr><td class="start">c</td><td class="center">d</td></tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn numbers_of_lists_are_those_that_were_typed() {
    assert_snapshot!(html("3. January: cut\n\n7. January: back\n\n12. January: cut"), @r#"
    <ol start="3">
    <li><p>January: cut</p>
    </li>
    <li value="7"><p>January: back</p>
    </li>
    <li value="12"><p>January: cut</p>
    </li>
    </ol>
    "#);
    assert_snapshot!(html("3. a\n2. [x](place:y)\n   1. c\n   5. [d](place:e)\n9. [ ] f\n10. g"), @r#"
    <ol start="3">
    <li>a</li>
    <li value="2"><a href="{Neighbourhood("y")}" class="q">x</a>
    <ol>
    <li>c</li>
    <li value="5"><a href="{Neighbourhood("e")}" class="q">d</a></li>
    </ol>
    </li>
    <li value="9" class="task"><span class="box" aria-hidden="true">☐</span><span class="visually-hidden">{task-open}</span> f</li>
    <li>g</li>
    </ol>
    "#);
    assert_snapshot!(html("1. a\n1. b\n\ntext\n\n0) a\n0) b"), @r#"
    <ol>
    <li>a</li>
    <li>b</li>
    </ol>
    <p>text</p>
    <ol start="0">
    <li>a</li>
    <li>b</li>
    </ol>
    "#);
}

/// As people write it.
#[test]
fn prose_is_no_markup() {
    for text in [
        "2 * 3 * 4 = 24, 2 ** 3 ** 4, 5*(3+2)*4 and a*b",
        "snake_case_name, a__b__c, __init__, _id, MAX_LEN",
        "a|b, x | y, :-| and :-| again, |x|",
        ":-) ;-) :( :D (: 10:30 a:b :: ::",
        "[sic] […] [...] [1] a[0] a[i] [x] [ ] [[1]] [[…]] () {}",
        "f**k, s**t happens, 20 people** and more** here",
        "dial **21*555# or *#06# or ##002#, call #1, #water #food",
        "Name: ____ Date: __/__/____ Sign: ______",
        "approx ~20, ~~ and haha~~, ~/home, a~b~c",
        "{sic} {a, b} {1} {} {{}} { x } ${HOME} 100% {x=1}",
        "* * *text -- --- ... -5 °C +10 %",
        "\u{AB}\u{A0}Bonjour\u{A0}\u{BB}, dit-il\u{A0}: 5\u{A0}%\n3.\u{A0}Mai",
        "https://example.org/a__b__c?x=**y**:z&a=~~b~~c [x](https://example.org/a_b_(c))",
        "<https://example.org/**a:**b> <x@example.org>",
        "50% off! (see below) [see below] *sic* \"quoted\" 'q' <3 >2 1<2",
        "tel: +1 (555) 010-0100; a/b/c; C:\\path\\*.md,*.txt; ^_^ T_T >_< o_O -_- *_*",
        "* Provisional.\n** As of Monday.",
        "a\tb\n\nc\td",
    ] {
        let found: String = problems(text).lines().filter(|line| !line.contains("raw-html")).collect();
        assert_eq!(found, "", "{text}");
    }
}

/// Marks that are markup, and each form that is reported.
const MARKS: &[&str] = &[
    "**a:**b",
    "** a ** b",
    "**a",
    "~~a:~~b",
    "__a:__b",
    "*a:*b",
    "##\u{A0}a",
    "-\u{A0}a\n-\u{A0}b",
    "##a",
    "[a](b c)",
    "[a](b(c",
    "[[a b]]",
    "![[a]]",
    "[!DANGER]\n",
    "[!NOTE] a",
    ":::warning",
    "|---|---|",
    "| a |\n| b |",
    "a\tb\nc\td",
    "{{< a >}}",
    "{{% a %}}",
    "{% a %}",
    "{{ a }}",
    "{.a}",
    "{: #a}",
    "[a]: b",
    "[!a]: c",
    "+---+---+",
    "a",
    " ",
    "\n",
    "###",
    "1.\u{A0}a\n2.\u{A0}b",
];

fn marked() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MARKS), 1..12).prop_map(|parts| parts.join(" "))
}

/// With a backslash before each character that may have one.
fn escaped(text: &str) -> String {
    let text = text.replace(['\n', '\t', '\u{A0}'], " ");
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// The first problem but for indented code, which four spaces make of any text.
fn other_than_code(problems: &str) -> Option<String> {
    let mut others = problems.lines().filter(|line| !line.starts_with("warning indented-code"));
    others.next().map(str::to_owned)
}

proptest! {
    #[test]
    fn escaped_marks_are_no_markup(text in marked()) {
        prop_assert_eq!(other_than_code(&problems(&escaped(&text))), None);
    }

    #[test]
    fn marks_in_code_are_no_markup(text in marked()) {
        let line = text.replace('\n', " ");
        for quoted in [
            format!("```\n{text}\n```"),
            format!("- ~~~\n  {}\n  ~~~", text.replace('\n', "\n  ")),
            format!("> ```\n> {}\n> ```", text.replace('\n', "\n> ")),
            format!("text\n\n    {}", text.replace('\n', "\n    ")),
            format!("a `{line}` b"),
            format!("- *a* ``{line}`` b"),
        ] {
            prop_assert_eq!(other_than_code(&problems(&quoted)), None, "{}", quoted);
        }
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let in_html = format!("<div>\n{}\n</div>", lines.join("\n"));
        let found = problems_with(&in_html, RawHtml::Sanitise);
        prop_assert_eq!(found, "");
    }

    #[test]
    fn plain_words_are_no_markup(text in prose()) {
        // At the begin of a line, that is a definition, and the words are lost.
        prop_assume!(!text.contains("]:"));
        prop_assert_eq!(problems(&text), "", "{}", text);
    }
}

/// Words with punctuation as people write it.
fn prose() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "water",
        "a",
        "I",
        "Old",
        "هلك",
        "真的",
        "2",
        "10:30",
        "3.5",
        "20%",
        "snake_case",
        "a|b",
        "a/b",
        "it's",
        "e-mail",
        "[sic]",
        "[…]",
        "(see",
        "below)",
        "\"yes\"",
        "“no”",
        ":-)",
        ":)",
        "*",
        "–",
        "—",
        "-",
        "&",
        "#1",
        "#water",
        "+5",
        "~20",
        "$5",
        "@desk",
        "a_b_c",
        "1,200",
        "x=1",
        "5*3",
        "C++",
        "C#",
        "etc.",
        "!",
        "?",
        "…",
        "|",
        "=",
        "°C",
        "\n",
        "\n\n",
        "{x}",
    ];
    const ENDS: &[&str] = &["", "", "", ".", ",", ";", ":", "!", "?", ")", "”", "،", "。"];
    let word = (prop::sample::select(WORDS), prop::sample::select(ENDS))
        .prop_map(|(word, end)| format!("{word}{end}"));
    prop::collection::vec(word, 1..30).prop_map(|words| words.join(" ").replace("\n ", "\n"))
}
