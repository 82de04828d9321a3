//! What becomes of every part of the dialect.

use insta::assert_snapshot;

use super::super::WORDS;
use super::{FILE, body, html, html_with, problems, problems_with, sanitised, with_x};
use crate::bidi::TextDirection;
use crate::model::{Heading, Piece, Slot, Target};
use crate::parse::markdown::{MarkdownOptions, RawHtml, parse};

#[test]
fn text_is_escaped() {
    assert_snapshot!(html("a < b & \"c\" 'd' > e &lt;x&gt; \\<br>"), @"<p>a &lt; b &amp; &quot;c&quot; 'd' &gt; e &lt;x&gt; &lt;br&gt;</p>");
    assert_snapshot!(html("*a* **b** ~~c~~ `d<e>`  \nf\ng"), @"
    <p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;e&gt;</code><br>
    f
    g</p>
    ");
}

#[test]
fn links_become_slots_and_addresses() {
    assert_snapshot!(html(
        "[al-Heluk](place:al-heluk) [SOHR](source:sohr) [one](claim:heluk-edge) [it](claim:d2/heluk-edge)\n\
         [Sunday](date:2016-10-02) [other](other.md#part) [up](../about.md) [here](#part \"title\")"
    ), @r#"
    <p><a href="{Neighbourhood("al-heluk")}" class="q">al-Heluk</a> <a href="{Source("sohr")}" class="q">SOHR</a> <a href="{Claim { briefing: None, claim: "heluk-edge" }}">one{status}</a> <a href="{Claim { briefing: Some("d2"), claim: "heluk-edge" }}">it{status}</a>
    <a href="{Date(Day(2016-10-02))}" class="q">Sunday</a> <a href="{File { path: "content/briefings/other.md", fragment: "part" }}">other</a> <a href="{File { path: "content/about.md", fragment: "" }}">up</a> <a href="{Fragment("part")}" title="title">here</a></p>
    "#);
    assert_snapshot!(html("[B](<place:Bustan al-Basha>) [b][] [c][b]\n\n[b]: place:Bustan%20al-Basha \"t\""), @r#"<p><a href="{Neighbourhood("Bustan al-Basha")}" class="q">B</a> <a href="{Neighbourhood("Bustan al-Basha")}" class="q" title="t">b</a> <a href="{Neighbourhood("Bustan al-Basha")}" class="q" title="t">c</a></p>"#);
    assert_snapshot!(html("[x](https://example.org/?a=1&b=%22 \"t\") <https://example.org> <a@b.org> [t](tel:+963)"), @r#"<p><a href="https://example.org/?a=1&amp;b=%22" rel="noreferrer" title="t">x</a> <a href="https://example.org" rel="noreferrer">https://example.org</a> <a href="mailto:a@b.org">a@b.org</a> <a href="tel:+963">t</a></p>"#);
}

#[test]
fn a_link_knows_where_it_stands() {
    let text = "+++\n+++\nSee [SOHR](source:sohr).";
    let body = parse(FILE, text, 8, &MarkdownOptions::default()).body;
    assert_eq!(body.links[0].target, Target::Source("sohr".into()));
    assert_eq!(&text[body.links[0].span.range()], "[SOHR](source:sohr)");
}

#[test]
fn a_link_by_the_address_of_a_claim_has_its_status_too() {
    assert_snapshot!(html("[a](#claim-b) [c](other.md#claim-d) [e](https://f.org/#claim-g)"), @r#"<p><a href="{Fragment("claim-b")}">a{status}</a> <a href="{File { path: "content/briefings/other.md", fragment: "claim-d" }}">c{status}</a> <a href="https://f.org/#claim-g" rel="noreferrer">e</a></p>"#);
}

#[test]
fn pictures_are_figures_where_they_have_a_caption_and_stand_alone() {
    assert_snapshot!(html("[![A map](map.png)](place:x)"), @r#"<p><a href="{Neighbourhood("x")}" class="q"><img src="{Picture { path: "content/briefings/map.png" }}"{size} alt="A map"></a></p>"#);
    assert_snapshot!(html("![A *map*](map.png)"), @r#"<p><img src="{Picture { path: "content/briefings/map.png" }}"{size} alt="A map"></p>"#);
    assert_snapshot!(html("![A map](map.png \"Who holds what\")"), @r#"<figure><img src="{Picture { path: "content/briefings/map.png" }}"{size} alt="A map"><figcaption>Who holds what</figcaption></figure>"#);
    assert_snapshot!(html("![A map](map.png \"Who holds what\") text"), @r#"<p><img src="{Picture { path: "content/briefings/map.png" }}"{size} alt="A map" title="Who holds what"> text</p>"#);
}

#[test]
fn headings_have_ids_and_are_listed() {
    let text = "## What we *know*\n\n## What we know\n\nSetext `x`\n---\n\n#### claim-1[^a]\n\n[^a]: x";
    assert_snapshot!(html(text), @r##"
    <h2 id="what-we-know">What we <em>know</em></h2>
    <h2 id="what-we-know-1">What we know</h2>
    <h2 id="setext-x">Setext <code>x</code></h2>
    <h4 id="h-claim-1">claim-1<sup class="fn"><a id="fnref-1" href="#fn-1">1</a></sup></h4>
    <section class="footnotes" role="doc-endnotes" aria-label="{footnotes}">
    <ol>
    <li id="fn-1">
    <p>x <a class="fn-back" href="#fnref-1" aria-label="{footnote-back} 1">↩</a></p>
    </li>
    </ol>
    </section>
    "##);
    let heading = |level, id: &str, text: &str| Heading { level, id: id.into(), text: text.into() };
    assert_eq!(
        *body(text).headings,
        [
            heading(2, "what-we-know", "What we know"),
            heading(2, "what-we-know-1", "What we know"),
            heading(2, "setext-x", "Setext x"),
            heading(4, "h-claim-1", "claim-1"),
        ]
    );
}

#[test]
fn footnotes_are_numbered_by_first_reference() {
    assert_snapshot!(html("a[^y] b[^x] c[^Y]\n\n[^x]: ex\n[^y]: why\n\n    two"), @r##"
    <p>a<sup class="fn"><a id="fnref-1" href="#fn-1">1</a></sup> b<sup class="fn"><a id="fnref-2" href="#fn-2">2</a></sup> c<sup class="fn"><a id="fnref-1-2" href="#fn-1">1</a></sup></p>
    <section class="footnotes" role="doc-endnotes" aria-label="{footnotes}">
    <ol>
    <li id="fn-1">
    <p>why</p>
    <p>two <a class="fn-back" href="#fnref-1" aria-label="{footnote-back} 1">↩</a> <a class="fn-back" href="#fnref-1-2" aria-label="{footnote-back} 1-2">↩<sup>2</sup></a></p>
    </li>
    <li id="fn-2">
    <p>ex <a class="fn-back" href="#fnref-2" aria-label="{footnote-back} 2">↩</a></p>
    </li>
    </ol>
    </section>
    "##);
    assert_snapshot!(html("a[^x]\n\n[^x]: - list"), @r##"
    <p>a<sup class="fn"><a id="fnref-1" href="#fn-1">1</a></sup></p>
    <section class="footnotes" role="doc-endnotes" aria-label="{footnotes}">
    <ol>
    <li id="fn-1">
    <ul>
    <li>list</li>
    </ul>
    <p> <a class="fn-back" href="#fnref-1" aria-label="{footnote-back} 1">↩</a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn a_footnote_that_nothing_refers_to_is_still_shown() {
    assert_snapshot!(html("a\n\n[^x]: see [^y]\n[^y]: why"), @r##"
    <p>a</p>
    <section class="footnotes" role="doc-endnotes" aria-label="{footnotes}">
    <ol>
    <li id="fn-1">
    <p>why <a class="fn-back" href="#fnref-1" aria-label="{footnote-back} 1">↩</a></p>
    </li>
    <li id="fn-2">
    <p>see <sup class="fn"><a id="fnref-1" href="#fn-1">1</a></sup></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn lists_tasks_and_definitions() {
    assert_snapshot!(html("- a\n- b\n  1. c\n\n3. d\n\n   e"), @r#"
    <ul>
    <li>a</li>
    <li>b
    <ol>
    <li>c</li>
    </ol>
    </li>
    </ul>
    <ol start="3">
    <li><p>d</p>
    <p>e</p>
    </li>
    </ol>
    "#);
    assert_snapshot!(html("- [x] done\n- [ ] open\n\n* [x] loose\n\n* b"), @r#"
    <ul>
    <li class="task"><span class="box" aria-hidden="true">☑</span><span class="visually-hidden">{task-done}</span> done</li>
    <li class="task"><span class="box" aria-hidden="true">☐</span><span class="visually-hidden">{task-open}</span> open</li>
    </ul>
    <ul>
    <li class="task"><p><span class="box" aria-hidden="true">☑</span><span class="visually-hidden">{task-done}</span> loose</p>
    </li>
    <li><p>b</p>
    </li>
    </ul>
    "#);
    assert_snapshot!(html("term\n: one\n: two"), @"
    <dl>
    <dt>term</dt>
    <dd>one</dd>
    <dd>two</dd>
    </dl>
    ");
}

#[test]
fn tables_scroll_and_align_by_class() {
    assert_snapshot!(html("| | a | b |\n|---|:-:|--:|\n| x | [y](#z) | 1 |"), @r#"
    <div class="scroll" role="group" tabindex="0" aria-label="{table}">
    <table>
    <thead>
    <tr><td></td><th scope="col" class="center">a</th><th scope="col" class="end">b</th></tr>
    </thead>
    <tbody>
    <tr><td>x</td><td class="center"><a href="{Fragment("z")}">y</a></td><td class="end">1</td></tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn alerts_and_quotes() {
    assert_snapshot!(html("> [!WARNING]\n> Do *not* go.\n\n> quote"), @r#"
    <div class="alert alert-warning" role="note">
    <p class="alert-title">{alert-warning}</p>
    <p>Do <em>not</em> go.</p>
    </div>
    <blockquote>
    <p>quote</p>
    </blockquote>
    "#);
}

#[test]
fn code_reads_from_left_to_right_and_its_language_is_harmless() {
    assert_snapshot!(html("```js\" onclick=x\n<b>[^x]\n```\n\n    indented"), @r#"
    <pre dir="ltr" tabindex="0"><code class="language-js">&lt;b&gt;[^x]
    </code></pre>
    <pre dir="ltr" tabindex="0"><code>indented</code></pre>
    "#);
    assert_snapshot!(html("***"), @"<hr>");
}

#[test]
fn the_lead_is_the_first_paragraph_as_text() {
    let lead = |text: &str| body(text).lead.into_string();
    assert_eq!(lead("## h\n\n> q\n\nSee [SOHR](source:sohr)[^1],  *now*\nand `x`.\n\nMore.\n\n[^1]: n"), "q");
    assert_eq!(lead("![alt](a.png)\n\nText."), "Text.");
    assert_eq!(lead("- list"), "list");
    let long = lead(&"word, ".repeat(100));
    assert!(long.ends_with("word…") && long.chars().count() <= 241, "{long}");
    assert_eq!(lead(&"ع".repeat(300)).chars().count(), 241);
}

#[test]
fn every_word_is_in_the_list() {
    let text = "> [!NOTE]\n> x\n\n> [!TIP]\n> x\n\n> [!IMPORTANT]\n> x\n\n> [!WARNING]\n> x\n\n> [!CAUTION]\n> x\n\n\
                - [x] a\n- [ ] b[^1]\n\n|a|\n|-|\n\n[^1]: x";
    let mut words: Vec<_> = body(text)
        .html
        .pieces()
        .filter_map(|piece| match piece {
            Piece::Slot(Slot::Word(word)) => Some(word),
            _ => None,
        })
        .collect();
    words.sort_unstable();
    assert_eq!(words, WORDS);
}

#[test]
fn brackets_in_prose_stay() {
    let text = "he said [sic], a[0], \\[^x], [ ] and [^]";
    assert_eq!(html(text), "<p>he said [sic], a[0], [^x], [ ] and [^]</p>\n");
    assert_eq!(problems(text), "");
}

#[test]
fn html_is_text_unless_allowed() {
    assert_snapshot!(html("a <b onclick=\"x\">b</b>\n\n<div>\n<!-- note -->\n</div>"), @"
    <p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>
    <p>&lt;div&gt;

    &lt;/div&gt;</p>
    ");
}

#[test]
fn allowed_html_is_sanitised() {
    assert_snapshot!(sanitised("a <b onclick=\"x\" title='t'>b *c*</b> <br> <!-- note --> <u>open\n\nnext"), @r#"
    <p>a <b title="t">b <em>c</em></b> <br>  <u>open</u></p>
    <p>next</p>
    "#);
    assert_snapshot!(sanitised("<details open class=x>\n<summary>More</summary>\n\n**Markdown**\n\n</details>\n\nafter"), @r#"
    <details open="">
    <summary>More</summary>
    <p><strong>Markdown</strong></p>
    </details>
    <p>after</p>
    "#);
    assert_snapshot!(sanitised("<script>alert(1)</script>\n\n<div id=fn-1 style=x><p>text\n\nmore"), @"
    <div><p>text</p>
    <p>more</p>
    </div>
    ");
    assert_snapshot!(sanitised("x <textarea> y\n\n<plaintext>\n\nz </p></div> &#1; <b title='&#1;'>w</b>"), @r#"
    <p>x  y</p>
    <p>z  � <b title="�">w</b></p>
    "#);
}

#[test]
fn bare_addresses_are_links() {
    assert_snapshot!(html("See https://example.org/a_b_c*d* and desk@example.org, www.example.org/?a=1&amp;b=2."), @r#"<p>See <a href="https://example.org/a_b_c" rel="noreferrer">https://example.org/a_b_c</a><em>d</em> and <a href="mailto:desk@example.org">desk@example.org</a>, <a href="http://www.example.org/?a=1&amp;b=2" rel="noreferrer">www.example.org/?a=1&amp;b=2</a>.</p>"#);
    assert_snapshot!(html("[https://a.org](place:x) `https://b.org` <https://c.org> https\\://d.org desk\\@e.org **https://f.org**"), @r#"<p><a href="{Neighbourhood("x")}" class="q">https://a.org</a> <code>https://b.org</code> <a href="https://c.org" rel="noreferrer">https://c.org</a> https://d.org desk@e.org <strong><a href="https://f.org" rel="noreferrer">https://f.org</a></strong></p>"#);
    assert_snapshot!(html("- https://a.org\n\n| https://b.org |\n|---|\n\n## https://c.org\n\n    https://d.org"), @r#"
    <ul>
    <li><a href="https://a.org" rel="noreferrer">https://a.org</a></li>
    </ul>
    <div class="scroll" role="group" tabindex="0" aria-label="{table}">
    <table>
    <thead>
    <tr><th scope="col"><a href="https://b.org" rel="noreferrer">https://b.org</a></th></tr>
    </thead>
    <tbody>
    </tbody>
    </table>
    </div>
    <h2 id="httpscorg"><a href="https://c.org" rel="noreferrer">https://c.org</a></h2>
    <pre dir="ltr" tabindex="0"><code>https://d.org</code></pre>
    "#);
    assert_eq!(problems("https://example.org/**a:**b www.example.org/__a:__b"), "");
}

#[test]
fn a_line_break_between_letters_of_scripts_without_spaces_is_no_space() {
    assert_snapshot!(html("这个段落是那么长，\n在一行写不行。最好\n用**三行**\n**写**。“好”\n好 abc\n好\nabc  \n好\n> 引\n> 用\n\n한국\n어\n\n- に\n  ほ"), @"
    <p>这个段落是那么长，在一行写不行。最好用<strong>三行</strong><strong>写</strong>。“好”好 abc
    好
    abc<br>
    好</p>
    <blockquote>
    <p>引用</p>
    </blockquote>
    <p>한국
    어</p>
    <ul>
    <li>にほ</li>
    </ul>
    ");
    assert_eq!(
        &*body("这个段落是那么长，\n在一行写不行。最好\n用三行写。").lead,
        "这个段落是那么长，在一行写不行。最好用三行写。"
    );
}

#[test]
fn a_lead_is_near_its_length_in_every_script() {
    let chars = |text: &str| body(text).lead.chars().count();
    for text in
        ["北京 市政府表示供水将在今晚恢复", "น้ำประปากลับมาแล้ว", "ទឹកត្រឡប់មកវិញ", "ရေပြန်လာပြီ", "水が戻りました。"]
    {
        let length = chars(&text.repeat(40));
        assert!((200..=241).contains(&length), "{length} of {text}");
    }
    assert_eq!(chars(&format!("See {}", "x".repeat(500))), 241);
    let family = "👩\u{200D}👩\u{200D}👧";
    let lead = body(&family.repeat(100)).lead;
    assert!(lead.trim_end_matches('…').len().is_multiple_of(family.len()), "{lead}");
}

#[test]
fn a_lead_begins_with_a_list_or_a_quotation_too() {
    let lead = |text: &str| body(text).lead.into_string();
    assert_eq!(lead("- one\n- two.\n- [x] three\n  - four\n\ntext"), "one · two. three · four");
    assert_eq!(lead("> one\n>\n> two\n\ntext"), "one two");
    assert_eq!(lead("> [!NOTE]\n> one"), "one");
    assert_eq!(lead("```\ncode\n```\n\n| a |\n|---|\n\n## b\n\ntext"), "text");
}

#[test]
fn headings_keep_the_id_that_is_written() {
    assert_snapshot!(html("## What we know {#known}\n\n### Known *so* far {#so_far} ###\n\nA {#حلب}\n---\n\n## Known"), @r#"
    <h2 id="known">What we know</h2>
    <h3 id="so_far">Known <em>so</em> far</h3>
    <h2 id="حلب">A</h2>
    <h2 id="known-1">Known</h2>
    "#);
    assert_eq!(*body("## Pumps {#pumps-2}").headings[0].text, *"Pumps");
    assert_eq!(problems("## Pumps {#pumps}"), "");
}

fn html_in(direction: TextDirection, markdown: &str) -> String {
    let body = parse(FILE, markdown, 0, &MarkdownOptions { direction, ..MarkdownOptions::default() }).body;
    body.html.pieces().map(with_x).collect()
}

#[test]
fn blocks_against_the_direction_of_the_language_have_their_own() {
    let text = "قال شهود: القصف مستمر!\n\n- بند (واحد).\n- one\n\n> اقتباس.\n\n## عنوان {#a}\n\nUNICEF: توزيع المياه. See.\n\nWater (ماء).\n\n\
        7. *سبعة*\n9. تسعة\n\n- [x] تم\n\nكلمة\n: معنى[^1]\n\n[^1]: حاشية";
    assert_snapshot!(html_in(TextDirection::LeftToRight, text), @r##"
    <p dir="auto">قال شهود: القصف مستمر!</p>
    <ul dir="auto">
    <li>بند (واحد).</li>
    <li dir="auto">one</li>
    </ul>
    <blockquote dir="auto">
    <p>اقتباس.</p>
    </blockquote>
    <h2 dir="auto" id="a">عنوان</h2>
    <p>UNICEF: توزيع المياه. See.</p>
    <p>Water (ماء).</p>
    <ol dir="auto" start="7">
    <li><em>سبعة</em></li>
    <li value="9">تسعة</li>
    </ol>
    <ul dir="rtl">
    <li class="task"><span class="box" aria-hidden="true">☑</span><span class="visually-hidden">x</span> تم</li>
    </ul>
    <dl dir="auto">
    <dt>كلمة</dt>
    <dd>معنى<sup class="fn"><a id="fnref-1" href="#fn-1">1</a></sup></dd>
    </dl>
    <section class="footnotes" role="doc-endnotes" aria-label="x">
    <ol>
    <li id="fn-1">
    <p dir="auto">حاشية <a class="fn-back" href="#fnref-1" aria-label="x 1">↩</a></p>
    </li>
    </ol>
    </section>
    "##);
    assert_snapshot!(html_in(TextDirection::LeftToRight, "`a` قال شهود\n\n> [!NOTE]\n> ملاحظة"), @r#"
    <p dir="rtl"><code>a</code> قال شهود</p>
    <div dir="rtl" class="alert alert-note" role="note">
    <p class="alert-title">x</p>
    <p>ملاحظة</p>
    </div>
    "#);
    assert_snapshot!(html_in(TextDirection::RightToLeft, "قال: 5.\n\nWater is back.\n\n12\n\nUNICEF: قال شهود"), @r#"
    <p>قال: 5.</p>
    <p dir="auto">Water is back.</p>
    <p>12</p>
    <p>UNICEF: قال شهود</p>
    "#);
}

#[test]
fn a_table_has_the_direction_of_its_words_and_numbers_follow_it() {
    let text =
        "| الحي | قتلى |\n|---|---|\n| الهلك | 12 |\n| Salah al-Din | - |\n\n![خريطة](x.png \"من يسيطر\")";
    assert_snapshot!(html_in(TextDirection::LeftToRight, text), @r#"
    <div class="scroll" role="group" tabindex="0" aria-label="x">
    <table dir="auto">
    <thead>
    <tr><th scope="col">الحي</th><th scope="col">قتلى</th></tr>
    </thead>
    <tbody>
    <tr><td>الهلك</td><td>12</td></tr>
    <tr><td dir="auto">Salah al-Din</td><td>-</td></tr>
    </tbody>
    </table>
    </div>
    <figure><img src="x" alt="خريطة"><figcaption dir="auto">من يسيطر</figcaption></figure>
    "#);
}

#[test]
fn links_and_pictures_in_html_are_written_as_those_of_markdown() {
    let text = "> <div>\n> <a href='../about.md#x' target=_blank title=\"a'b\">one</a>,\n\
         > <A HREF=https://a.example/?b&amp;c>two</a></div>\n\n\
         <a href=\"place:Mill Lane\">*three*</a> and <img src=a.png alt='a \"b\"' width=3>";
    assert_snapshot!(html_with(text, RawHtml::Sanitise), @r#"
    <blockquote>
    <div>
    <a href="{File { path: "content/about.md", fragment: "x" }}" title="a'b">one</a>,
    <a href="https://a.example/?b&amp;c" rel="noreferrer">two</a></div>
    </blockquote>
    <p><a href="{Neighbourhood("Mill Lane")}" class="q"><em>three</em></a> and <img src="{Picture { path: "content/briefings/a.png" }}"{size} alt="a &quot;b&quot;"></p>
    "#);
    assert_snapshot!(problems_with(text, RawHtml::Sanitise), @r#"
    warning html-removed 2:3 <a href=\'../about.md#x\' target=_blank title=\"a\'b\">
    warning html-removed 5:43 <img src=a.png alt=\'a \"b\"\' width=3>
    "#);
}
