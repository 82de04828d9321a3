//! A tree for each language: complete, and text in another language is marked.

use std::collections::BTreeMap;

use expect_test::expect;
use scraper::ElementRef;

use crate::common::built::{self, Tree, output_of, text};
use crate::common::html::{Page, resolve, text_of};
use crate::common::{NOW, Site, tree};

fn demo_and_invented() -> [&'static Tree; 2] {
    [built::demo(), built::port_brine()]
}

fn pages(tree: &Tree) -> impl Iterator<Item = (&str, Page)> {
    built::pages(tree).map(|(path, html)| (path, Page::parse(html)))
}

fn page(tree: &Tree, path: &str) -> Page {
    Page::parse(text(tree, path))
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}') && c.is_alphabetic()
}

/// A text node whose script is not that of the language around it, and its parent.
fn strangers(element: ElementRef<'_>, lang: &str, is_apart: bool, found: &mut Vec<String>) {
    let of = element.value();
    let lang = of.attr("lang").unwrap_or(lang);
    // A name of any language, or a text of unknown language, marked as such.
    let is_apart = match of.name() {
        "bdi" | "code" | "pre" | "style" | "script" => true,
        _ => of.attr("lang").is_none() && (is_apart || of.attr("dir").is_some()),
    };
    for child in element.children() {
        if let Some(child) = ElementRef::wrap(child) {
            strangers(child, lang, is_apart, found);
        } else if let Some(text) = child.value().as_text()
            && !is_apart
        {
            let (arabic, others): (Vec<char>, Vec<char>) =
                text.chars().filter(|c| c.is_alphabetic()).partition(|c| is_arabic(*c));
            // The name of a digest, or a name in a chart, which has its own marks.
            if text.contains("SHA-256") || text.trim().starts_with('\u{2068}') {
                continue;
            }
            let (own, strange) = if lang == "ar" { (arabic, others) } else { (others, arabic) };
            // Names within a sentence are marked by the writer, if at all.
            if strange.len() > own.len() {
                found.push(format!("<{}> in {lang}: {}", of.name(), text.trim()));
            }
        }
    }
}

#[test]
fn text_of_another_script_than_its_page_is_marked() {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for tree in demo_and_invented() {
        for (path, page) in pages(tree) {
            let mut found = Vec::new();
            for body in page.all("body") {
                strangers(body, &page.lang(), false, &mut found);
            }
            // Text that mixes scripts is marked by its writer; this site does so on purpose.
            found.retain(|text| !(path.ends_with("briefings/markup.html") && text.contains(" in en: ")));
            all.extend(found.into_iter().map(|text| (text, path.to_owned())));
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn every_page_links_to_its_translations_and_back() {
    for tree in demo_and_invented() {
        for (path, page) in pages(tree) {
            if path == "404.html" || page.has("meta[http-equiv=refresh], #page-moved") {
                continue;
            }
            let ways: Vec<String> = page.values("header a[hreflang]", "href");
            assert_eq!(ways.len(), 1, "{path}");
            let (other, _) = resolve(path, &ways[0]);
            let wanted = path.strip_prefix("ar/").map_or_else(|| format!("ar/{path}"), str::to_owned);
            assert_eq!(other, wanted, "{path}");
            assert!(tree.contains_key(&other), "{other} is not there");
        }
    }
}

const HARBOUR: &str = r#"-- site.toml --
title = "Harbour"
languages = ["en", "uk"]
timezone = "Europe/Kyiv"
-- content/briefings/water.md --
+++
title = "Water is back"
date = 2031-05-01T10:00:00+03:00
updated = 2031-05-02T10:00:00+03:00
not_known = ["for how long"]

[[claims]]
id = "back"
text = "Water is back."
source = "Desk"
+++
The pumps run.
-- content/briefings/water.uk.md --
+++
title = "Вода повернулася"
[claim_text]
back = "Вода повернулася."
+++
Насоси працюють.
"#;

#[test]
fn one_fluent_file_adds_a_language() {
    let site = Site::new(HARBOUR);
    site.write("-- i18n/uk.ftl --\nlanguage-name = Українська\nmenu-briefings = Зведення\nmoment-here = { $date } о { $time }\n");
    let run = site.build();
    assert!(run.stderr.contains("warning[untranslated-words]: the language \"uk\" lacks"), "{run}");
    let tree = tree(&site.public());
    let page = page(&tree, "uk/briefings/water.html");
    assert_eq!(page.lang(), "uk");
    let text = page.text();
    for wanted in [
        "Зведення",
        "2 травня 2031 р. о 10:00 · Information up to 10:00 (GMT+3)",
        "Вода повернулася",
        "Sources",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    let twins = tree.keys().filter(|path| path.starts_with("uk/")).count();
    assert_eq!(twins, tree.keys().filter(|path| tree.contains_key(&format!("uk/{path}"))).count());
    assert!(twins > 20);
}

#[test]
fn a_theme_adds_a_language_with_one_fluent_file() {
    let site = Site::new(HARBOUR);
    site.edit("site.toml", "title =", "theme = \"night\"\ntitle =");
    site.write("-- themes/night/theme.toml --\nname = \"night\"\n-- themes/night/i18n/uk.ftl --\nlanguage-name = Українська\nmenu-briefings = Зведення\nmenu-sources = Джерела\n");
    site.build();
    let built = tree(&site.public());
    let text = page(&built, "uk/briefings/water.html").text();
    assert!(text.contains("Зведення") && text.contains("1 травня 2031 р."), "{text}");
    assert!(page(&built, "briefings/water.html").text().contains("Українська"), "the way to it");
    // The site's own messages win.
    site.write("-- i18n/uk.ftl --\nmenu-briefings = Новини\n");
    site.build();
    let text = page(&tree(&site.public()), "uk/briefings/water.html").text();
    assert!(text.contains("Новини") && text.contains("Джерела") && !text.contains("Зведення"), "{text}");
}

#[test]
fn topics_and_parties_have_names_in_each_language() {
    let site = Site::named("port-brine");
    site.write("-- i18n/ar.ftl --\nsite-title = مكتب بورت برين\nside-council = المجلس\nside-guild = نقابة الميناء\nmeasure-households-without-water = أسر بلا ماء\n");
    let built = output_of(&site);
    let heading = |path: &str| page(&built, path).all("h2").iter().map(text_of).collect::<Vec<_>>();
    assert_eq!(heading("ar/figures.html"), ["أسر بلا ماء"]);
    assert_eq!(heading("figures.html"), ["households without water"]);
    let council = page(&built, "ar/sources/council.html");
    assert!(council.all("main bdi").iter().map(text_of).any(|side| side == "المجلس"));
    let statement = page(&built, "ar/briefings/guild-denies.html");
    assert!(statement.all(".tab").iter().map(text_of).all(|tab| tab.contains("نقابة الميناء")));
    assert_eq!(council.all("header .site").iter().map(text_of).collect::<Vec<_>>(), ["مكتب بورت برين"]);
    assert!(council.all("title").iter().map(text_of).all(|title| title.ends_with("– مكتب بورت برين")));
    assert_eq!(
        page(&built, "404.html").all(".site").iter().map(text_of).collect::<Vec<_>>(),
        ["Port Brine desk (invented)"]
    );
}

#[test]
fn an_outdated_translation_says_so() {
    let site = Site::new(HARBOUR);
    site.write("-- i18n/uk.ftl --\nlanguage-name = Українська\n");
    let run = site.build();
    assert!(run.stderr.contains("warning[translation-behind]: content/briefings/water.md was changed at 2031-05-02T10:00:00+03:00, after this translation"), "{run}");
    let said = |tree: &Tree, path: &str| page(tree, path).text().contains("after this translation");
    let built = tree(&site.public());
    assert!(said(&built, "uk/briefings/water.html") && !said(&built, "briefings/water.html"));
    site.edit(
        "content/briefings/water.uk.md",
        "[claim_text]",
        "updated = 2031-05-02T10:00:00+03:00\n[claim_text]",
    );
    let run = site.build();
    assert!(!run.stderr.contains("translation-behind"), "{run}");
    assert!(!said(&tree(&site.public()), "uk/briefings/water.html"));
}

#[test]
fn untranslated_content_is_shown_and_marked() {
    let site = Site::new(HARBOUR);
    site.write("-- i18n/uk.ftl --\nlanguage-name = Українська\n-- content/about.md --\n+++\ntitle = \"About\"\n+++\nWho we are.\n");
    let tree = output_of(&site);
    let about = page(&tree, "uk/about.html");
    assert_eq!(about.values("h1[lang]", "lang"), ["en"]);
    assert_eq!(about.values(".b[lang]", "lang"), ["en"]);
    assert!(about.text().contains("Who we are.") && about.text().contains("Not translated yet"));
    let water = page(&tree, "uk/briefings/water.html");
    assert_eq!(water.values("ul[lang]", "lang"), ["en"], "what is not known is the original");
}

const QUAY: &str = r#"-- site.toml --
title = "Harbour"
base_url = "https://harbour.example/"
languages = ["en", "ar"]
timezone = "UTC"
-- content/briefings/quay.md --
+++
title = "Six homes flooded"
date = 2031-05-01T10:00:00Z

[[claims]]
id = "homes"
text = "Six homes are flooded."
source = "Desk"
status = "unverified"
status_why = "Nobody was there."
figure = { measure = "homes", said = "six homes", who = "families", best = 6 }

[[corrections]]
id = "six-not-eight"
at = 2031-05-02T10:00:00Z
kind = "correction"
claim = "homes"
field = "figure.best"
was = "8"
now = "6"
why = "Two reports had been added."
+++
The quay is under water.
-- content/briefings/gone.md --
+++
title = "The bridge is open"
date = 2031-05-01T12:00:00Z
withdrawn = { at = 2031-05-02T12:00:00Z, why = "It was another bridge." }
+++
Text.
"#;

const QUAY_IN_ARABIC: &str = r#"-- content/briefings/quay.ar.md --
+++
title = "فيضان في ستة منازل"
updated = 2031-05-02T10:00:00Z
[claim_text]
homes = "غمر الماء ستة منازل."
[status_why]
homes = "لم يكن أحد هناك."
[figure_said]
homes = "ستة منازل"
[figure_who]
homes = "عائلات"
[correction_why]
six-not-eight = "جُمع بلاغان."
+++
الرصيف تحت الماء.
-- content/briefings/gone.ar.md --
+++
title = "الجسر مفتوح"
withdrawn_why = "كان جسرًا آخر."
+++
"#;

#[test]
fn corrections_and_reasons_reach_readers_of_a_translation() {
    let site = Site::new(QUAY);
    site.write(QUAY_IN_ARABIC);
    let tree = output_of(&site);
    let quay = page(&tree, "ar/briefings/quay.html");
    for wanted in ["لم يكن أحد هناك.", "ستة منازل", "عائلات", "جُمع بلاغان."]
    {
        assert!(quay.text().contains(wanted), "{wanted}");
    }
    for path in ["ar/corrections.html", "ar/corrections.atom", "ar/figures.html"] {
        let text = text(&tree, path);
        assert!(text.contains("جُمع بلاغان.") || text.contains("عائلات"), "{path}");
        assert!(!text.contains("Two reports"), "{path}");
    }
    assert!(text(&tree, "ar/corrections.atom").contains("كان جسرًا آخر."));
    let gone = page(&tree, "ar/briefings/gone.html");
    assert!(gone.text().contains("الجسر مفتوح") && gone.text().contains("كان جسرًا آخر."));
    let run = site.run(&["check", "--now", NOW]);
    assert!(!run.stdout.contains("untranslated-text"), "{run}");
}

#[test]
fn what_is_not_translated_is_marked_and_counted() {
    let site = Site::new(QUAY);
    site.write("-- content/briefings/quay.ar.md --\n+++\ntitle = \"فيضان\"\n+++\n");
    let tree = output_of(&site);
    let quay = page(&tree, "ar/briefings/quay.html");
    let marked = quay.values("main [lang=en]", "lang").len();
    assert!(marked >= 8, "the text, the claim, its reason, its figure and the correction: {marked}");
    for (selector, wanted) in
        [(".fix p[lang=en]", "Two reports"), (".fix ins[lang=en]", "6"), ("bdi[lang=en]", "Nobody")]
    {
        assert!(quay.all(selector).iter().any(|found| text_of(found).contains(wanted)), "{selector}");
    }
    // An empty text is no translation, so that only one of the two notes is true.
    assert!(quay.text().contains("لم يُترجم هذا النص بعد") && !quay.text().contains("هذه ترجمة."));
    let run = site.run(&["check", "--now", NOW]);
    expect![[r#"
        texts without a translation into "ar": 1 of 2
          ┌─ site.toml:1:1
          = help: readers see these in "en": content/briefings/gone.md
        translations into "ar" that lack a part: 1
          ┌─ site.toml:1:1
          = help: readers see these in "en": content/briefings/quay.ar.md (text, claim_text.homes, status_why.homes, figure_said.homes, figure_who.homes, correction_why.six-not-eight)
    "#]].assert_eq(&notes_of(&run.stdout));
}

/// The notes of untranslated texts, each with its help.
fn notes_of(output: &str) -> String {
    let of_code = output.split("note[untranslated-text]: ").skip(1);
    of_code.map(|note| note.split("\n\n").next().unwrap_or_default().to_owned() + "\n").collect()
}

#[test]
fn an_empty_file_is_enough_for_a_language_and_its_words_say_that_they_are_english() {
    let site = Site::new(HARBOUR);
    site.edit("site.toml", "\"uk\"]", "\"uk\", \"fa\"]");
    site.write("-- i18n/uk.ftl --\n-- i18n/fa.ftl --\n");
    let run = site.build();
    assert_eq!(run.stderr.matches("warning[untranslated-words]").count(), 2, "one for each: {run}");
    assert!(run.stderr.contains(" and ") && run.stderr.contains(" more of "), "not all words: {run}");
    let built = tree(&site.public());
    for (lang, dir) in [("uk", None), ("fa", Some("ltr"))] {
        let page = page(&built, &format!("{lang}/briefings/water.html"));
        let marked = page.all("main h2 > span[lang=en]");
        assert!(marked.iter().any(|span| text_of(span) == "Claims"), "{lang}");
        assert_eq!(marked[0].attr("dir"), dir, "{lang}");
        assert!(page.has(".s > span[lang=en]"), "the status, which is a word of the view");
        assert!(page.all("title").iter().all(|title| !title.html().contains("<span")), "{lang}");
        assert!(page.values("[aria-label]", "aria-label").contains(&"Menu".to_owned()), "{lang}");
        assert!(page.text().contains("Вода") == (lang == "uk"));
    }
    assert_eq!(page(&built, "index.html").values("header a[hreflang]", "lang"), ["uk", "fa"]);
    let text = page(&built, "index.html").text();
    assert!(text.contains("українська") && text.contains("فارسی"), "their own names: {text}");
    for (path, bytes) in &built {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(['\u{fdd0}', '\u{fdd1}']), "{path} has a mark");
    }
    let english = page(&built, "briefings/water.html");
    assert!(!english.has("span[lang]"), "nothing is marked in English");
}

#[test]
fn more_than_six_languages_fold_into_a_disclosure() {
    let site = Site::new(HARBOUR);
    let codes = ["uk", "fa", "ku", "tr", "so"];
    let all = |codes: &[&str]| codes.iter().map(|code| format!(", \"{code}\"")).collect::<String>();
    for code in codes.iter().chain(&["ti"]) {
        site.write(&format!("-- i18n/{code}.ftl --\n"));
    }
    site.edit("site.toml", ", \"uk\"]", &format!("{}]", all(&codes)));
    let home = || page(&output_of(&site), "index.html").all("header .many a[hreflang]").len();
    assert_eq!(home(), 0, "they fold on a phone alone");
    site.edit("site.toml", ", \"so\"]", ", \"so\", \"ti\"]");
    assert_eq!(home(), 6);
    assert!(page(&output_of(&site), "index.html").has("header details > summary"), "no script is needed");
}

#[test]
fn kinds_of_sources_of_a_site_have_its_words_in_each_language() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguages = [\"en\", \"ar\"]\n\
         [source_kinds]\nfishers = \"Fishing cooperative\"\n\
         -- i18n/ar.ftl --\nsource-kind-fishers = تعاونية صيادين\n\
         -- content/sources/boats.md --\n+++\ntitle = \"Boats\"\nkind = \"fishers\"\n+++\n\
         -- content/sources/hall.md --\n+++\ntitle = \"Hall\"\nkind = \"council\"\n+++\n",
    );
    site.build();
    for (path, label) in [
        ("sources/boats.html", "Fishing cooperative"),
        ("sources/index.html", "Fishing cooperative"),
        ("sources/hall.html", "Council"),
        ("ar/sources/boats.html", "تعاونية صيادين"),
        ("ar/sources/boats.txt", "تعاونية صيادين"),
        ("ar/sources/index.html", "مجلس محلي"),
    ] {
        assert!(site.output(path).contains(label), "{path}");
    }
}
