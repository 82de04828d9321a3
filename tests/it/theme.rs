//! The default theme keeps what the generator and the theme guide promise.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bulletin::config::SourceKind;
use bulletin::diag::Diagnostic;
use bulletin::i18n::{MessageFile, Messages, REQUIRED};
use bulletin::model::{BriefingKind, ClaimKind, CorrectionKind, Precision, Sees, Status, Word};
use bulletin::paths::OutPath;
use bulletin::render::templates::{Layer, PAGES, TemplateFile, Templates};
use bulletin::render::views::{FieldDoc, ViewDoc, docs};
use bulletin::time::Zone;
use expect_test::expect;
use serde_json::{Value, json};

use crate::common::Site;

const LANGUAGES: [&str; 4] = ["en", "ar", "fr", "es"];

/// Text that shows if it is not escaped.
const HOSTILE: &str = "<x>\"'&الهلك";

#[test]
#[expect(clippy::disallowed_methods, reason = "how the guide is updated")]
fn the_theme_guide_documents_the_views_as_they_are() {
    const BEGIN: &str = "<!-- views: written by `UPDATE_DOCS=1 cargo test --test it theme` -->\n";
    const END: &str = "<!-- end of views -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes.md");
    let guide = fs::read_to_string(&path).unwrap();
    let (before, rest) = guide.split_once(BEGIN).expect("the guide has the first marker");
    let (_, after) = rest.split_once(END).expect("the guide has the second marker");
    let wanted = format!("{before}{BEGIN}\n{}\n{END}{after}", views_as_markdown());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert!(guide == wanted, "docs/themes.md is not src/render/views/: run with UPDATE_DOCS=1");
    }
}

#[test]
fn every_page_of_the_templates_has_a_documented_view() {
    let documented: BTreeSet<&str> = docs().filter_map(page_of).collect();
    assert_eq!(documented, PAGES.into_iter().collect());
}

#[test]
fn law_7_every_page_renders_and_escapes_views_full_and_empty_in_each_language() {
    let templates = templates();
    let out = OutPath::new("briefings/a.html").unwrap();
    for (view, page) in docs().filter_map(|view| Some((view, page_of(view)?))) {
        for mut sample in samples(view) {
            for lang in LANGUAGES {
                sample["page"]["lang"] = json!(lang);
                let html = templates
                    .render(page, tera::Context::from_serialize(&sample).unwrap(), lang, &out)
                    .unwrap_or_else(|fault| panic!("{}", printed(&[*fault])));
                assert!(!html.contains("<x>"), "{page} prints a value without escaping it:\n{html}");
            }
        }
    }
}

#[test]
fn the_default_theme_has_no_unused_file() {
    let unused = templates().unused().into_iter().map(|(_, warning)| warning);
    assert_eq!(printed(&unused.collect::<Vec<_>>()), "");
}

#[test]
fn ids_in_templates_cannot_collide_with_those_of_headings_claims_and_notes() {
    for (file, text) in template_texts() {
        for id in text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let is_ours = ["page-", "claim-", "{{"].iter().any(|prefix| id.starts_with(prefix));
            assert!(is_ours, "{file}: id=\"{id}\" must begin with page-");
        }
    }
}

#[test]
fn law_7_only_finished_html_is_printed_without_escaping() {
    let fields = docs().flat_map(|view| view.fields).filter(|field| field.ty == "Html");
    let html: BTreeSet<&str> = fields.map(|field| field.name).collect();
    for (file, text) in template_texts() {
        let code: Vec<&str> = text.split("safe").collect();
        for before in code.split_last().map_or(&[][..], |(_, before)| before) {
            let Some(value) = before.trim_end().strip_suffix('|') else { continue };
            let name = value.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
            assert!(name.is_some_and(|name| html.contains(name)), "{file}: {name:?} | safe is not HTML");
        }
    }
}

#[test]
fn every_language_has_the_same_words_with_the_same_variables() {
    let words = words();
    let english = ftl("en");
    let (keys, wanted) = (words.keys("en").collect::<BTreeSet<_>>(), variables(&english));
    for lang in LANGUAGES {
        assert_eq!(words.keys(lang).collect::<BTreeSet<_>>(), keys, "{lang}.ftl");
        for (key, own) in variables(&ftl(lang)) {
            // What the generator fills in itself gets more than English needs.
            let required = REQUIRED.iter().find(|(name, _)| **name == *key);
            let required = required.into_iter().flat_map(|(_, variables)| variables.iter().copied());
            let allowed: BTreeSet<&str> = wanted[key].iter().copied().chain(required).collect();
            assert!(own.is_subset(&allowed), "{lang}.ftl: {key} uses {own:?}, not only {allowed:?}");
        }
    }
}

#[test]
fn every_count_has_all_the_plurals_of_its_language() {
    for lang in LANGUAGES {
        let locale: icu_locale_core::Locale = lang.parse().unwrap();
        let rules = icu_plurals::PluralRules::try_new_cardinal((&locale).into()).unwrap();
        let wanted: BTreeSet<String> =
            rules.categories().map(|category| format!("{category:?}").to_lowercase()).collect();
        let text = ftl(lang);
        // `t(key=…, count=…)` is how templates count.
        let selections: Vec<&str> = text.split("{ $count ->\n").skip(1).collect();
        let others = ["{ $precision ->\n", "{ $about ->\n"].map(|selector| text.matches(selector).count());
        let all = text.matches("->\n").count();
        assert_eq!(all, selections.len() + others.iter().sum::<usize>(), "{lang}.ftl");
        assert!(selections.len() >= 5, "{lang}.ftl");
        for selection in selections {
            let variants = selection.lines().take_while(|line| line.trim() != "}");
            let names = variants.filter_map(|line| line.split_once('[')?.1.split_once(']'));
            let given: BTreeSet<String> = names.map(|(name, _)| name.to_owned()).collect();
            assert_eq!(given, wanted, "{lang}.ftl: {selection:.200}");
        }
    }
}

#[test]
fn unreviewed_translations_say_so() {
    for lang in LANGUAGES.into_iter().filter(|lang| *lang != "en") {
        assert!(
            ftl(lang).lines().nth(1).unwrap().starts_with("# This text awaits a native editor"),
            "{lang}.ftl"
        );
    }
}

#[test]
fn every_message_of_a_template_exists() {
    let words = words();
    let keys: BTreeSet<&str> = words.keys("en").collect();
    for (file, text) in template_texts() {
        for rest in text.split("key=\"").skip(1) {
            let (key, rest) = rest.split_once('"').unwrap();
            let is_beginning = rest.trim_start().starts_with('~');
            let exists =
                keys.contains(key) || is_beginning && keys.iter().any(|other| other.starts_with(key));
            assert!(exists, "{file}: there is no word \"{key}\"");
        }
    }
}

#[test]
fn every_front_matter_value_has_a_message() {
    fn labels<W: Word>(prefix: &str) -> Vec<String> {
        W::ALL.iter().map(|value| format!("{prefix}-{}", value.word())).collect()
    }
    let names = |prefix: &str, ids: &[&str]| ids.iter().map(|id| format!("{prefix}-{id}")).collect();
    let wanted: [Vec<String>; 9] = [
        labels::<BriefingKind>("kind"),
        labels::<ClaimKind>("claim-kind"),
        labels::<Status>("status"),
        labels::<SourceKind>("source-kind"),
        labels::<Sees>("sees"),
        labels::<CorrectionKind>("correction"),
        labels::<Precision>("precision"),
        names("topic", &["health", "water", "food", "shelter", "movement", "security"]),
        names(
            "menu",
            &[
                "briefings",
                "neighbourhoods",
                "sources",
                "dates",
                "timeline",
                "map",
                "figures",
                "corrections",
                "names",
                "search",
            ],
        ),
    ];
    let words = words();
    let keys: BTreeSet<&str> = words.keys("en").collect();
    let missing: Vec<&String> = wanted.iter().flatten().filter(|key| !keys.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "en.ftl and ar.ftl lack {missing:?}");
}

fn themes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes")
}

fn ftl(lang: &str) -> String {
    fs::read_to_string(themes().join(format!("default/i18n/{lang}.ftl"))).unwrap()
}

fn words() -> Arc<Messages> {
    let source =
        |lang: &str| MessageFile { language: lang.into(), file: format!("{lang}.ftl"), text: ftl(lang) };
    let (words, diagnostics) =
        Messages::new(&LANGUAGES.map(str::to_owned), &LANGUAGES.map(source), Zone::utc());
    assert_eq!(printed(&diagnostics), "");
    Arc::new(words)
}

/// The default theme's templates by name.
fn template_texts() -> BTreeMap<String, String> {
    let root = themes().join("default/templates");
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (name(entry.path()), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn templates() -> Templates {
    let file = |(name, text): (String, String)| TemplateFile {
        layer: Layer::Default,
        file: format!("default theme: {name}"),
        name,
        text,
    };
    let files: Vec<TemplateFile> = template_texts().into_iter().map(file).collect();
    Templates::new(&files, &[], &words()).unwrap_or_else(|faults| panic!("{}", printed(&faults)))
}

fn printed(diagnostics: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let place =
            d.place.as_ref().map_or_else(String::new, |p| format!("{}:{}:{} ", p.file, p.line, p.column));
        format!("{}: {place}{} | {}", d.code, d.message, d.help.join(" | "))
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The variables of each message of a Fluent file.
fn variables(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut key = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key = line.split('=').next().unwrap_or_default().trim();
        }
        let names = line
            .split('$')
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next());
        found.entry(key).or_default().extend(names);
    }
    found
}

/// The template of a view, from its documentation.
fn page_of(view: &ViewDoc) -> Option<&'static str> {
    view.doc.trim().strip_prefix('`')?.split('`').next().filter(|name| name.ends_with(".html"))
}

/// How a sample of a view is filled.
#[derive(Clone, Copy, PartialEq)]
enum Fill {
    /// Empty texts and lists, `None`, 0 and `false`.
    Empty,
    /// All fields filled, every flag on.
    On,
    /// All fields filled, every flag off.
    Off,
}

/// Views of one page, filled in every way, with each word that a field can have.
fn samples(view: &ViewDoc) -> Vec<Value> {
    let mut samples = Vec::new();
    for fill in [Fill::Empty, Fill::On, Fill::Off] {
        let sample = sample_view(view, fill, 3);
        for field in view.fields {
            for word in words_of(field) {
                let mut sample = sample.clone();
                sample[field.name] = json!(word);
                samples.push(sample);
            }
        }
        samples.push(sample);
    }
    samples
}

fn sample_view(view: &ViewDoc, fill: Fill, depth: usize) -> Value {
    let value = |field: &FieldDoc| match words_of(field).first() {
        Some(word) => json!(word),
        None => sample(field.ty, fill, depth),
    };
    Value::Object(view.fields.iter().map(|field| (field.name.to_owned(), value(field))).collect())
}

/// `depth` limits nested lists, as in `DateItem`.
fn sample(ty: &str, fill: Fill, depth: usize) -> Value {
    if let Some(ty) = inner(ty, "Option") {
        return if fill == Fill::Empty { Value::Null } else { sample(ty, fill, depth) };
    }
    if let Some(ty) = inner(ty, "Shared") {
        return sample(ty, fill, depth);
    }
    if let Some(ty) = inner(ty, "Vec") {
        let items = if fill == Fill::Empty || depth == 0 { 0 } else { 2 };
        return (0..items).map(|_| sample(ty, fill, depth - 1)).collect();
    }
    match ty {
        "String" | "&'static str" | "Url" if fill == Fill::Empty => json!(""),
        "String" | "&'static str" => json!(HOSTILE),
        "Url" => json!("../a.html"),
        "Html" => json!("<p>text</p>"),
        "bool" => json!(fill == Fill::On),
        "usize" | "u8" => json!(if fill == Fill::Empty { 0 } else { 3 }),
        "f64" => json!(36.25),
        "toml::Table" => json!({}),
        name => {
            let view = docs().find(|view| view.name == name);
            sample_view(view.unwrap_or_else(|| panic!("no view is called {name}")), fill, depth)
        }
    }
}

/// The type within `Option<…>` or `Vec<…>`.
fn inner<'a>(ty: &'a str, outer: &str) -> Option<&'a str> {
    ty.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// The words that a field can have, if its documentation lists them: `` `one two` ``.
fn words_of(field: &FieldDoc) -> Vec<&'static str> {
    let listed = field.doc.trim().strip_prefix('`').and_then(|doc| doc.split('`').next());
    let listed = listed.filter(|listed| field.ty == "&'static str" && listed.contains(' '));
    listed.map_or_else(Vec::new, |listed| listed.split(' ').collect())
}

fn views_as_markdown() -> String {
    docs().map(view_as_markdown).collect::<Vec<_>>().join("\n")
}

fn view_as_markdown(view: &ViewDoc) -> String {
    let doc = if view.doc.is_empty() { String::new() } else { format!("{}\n\n", view.doc.trim()) };
    let row =
        |field: &FieldDoc| format!("| `{}` | {} | {} |\n", field.name, holds(field.ty), field.doc.trim());
    let rows: String = view.fields.iter().map(row).collect();
    format!("### {}\n\n{doc}| field | holds | |\n| --- | --- | --- |\n{rows}", view.name)
}

/// A type in the words of theme authors.
fn holds(ty: &str) -> String {
    if let Some(ty) = inner(ty, "Option") {
        return format!("{} or none", holds(ty));
    }
    if let Some(ty) = inner(ty, "Shared") {
        return holds(ty);
    }
    if let Some(ty) = inner(ty, "Vec") {
        return format!("list of {}", holds(ty));
    }
    match ty {
        "String" | "&'static str" => "text".to_owned(),
        "Url" => "URL".to_owned(),
        "Html" => "HTML".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "f64" => "number".to_owned(),
        "toml::Table" => "free values".to_owned(),
        view => format!("[{view}](#{})", view.to_lowercase()),
    }
}

#[test]
fn a_theme_is_written_shown_and_listed_without_the_source() {
    let site = Site::new("-- site.toml --\ntitle = \"T\"\n-- content/index.md --\n+++\n+++\nText.\n");
    expect![[r#"
        -- stdout --
        themes/night/theme.toml
        themes/night/templates/parts/style.html
        -- stderr --
        write theme = "night" in site.toml, then change the colours
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["theme", "new", "night"]).to_string());
    site.write("-- site.toml --\ntitle = \"T\"\ntheme = \"night\"\n-- templates/base.html --\n{% extends \"default/base.html\" %}\n{% block notice %}<p class=\"note\">Call 112</p>{% endblock notice %}\n");
    site.build();
    let page = site.output("index.html");
    assert!(page.contains("--a:#7a0036") && page.contains("<p class=\"note\">Call 112</p>"), "{page}");
    assert_eq!(site.run(&["theme", "list"]).stdout, "default  extended by it\nnight  used by this site\n");
    let files = site.run(&["theme", "show"]).stdout;
    for line in [
        "templates/base.html                this site",
        "templates/parts/style.html         night",
        "i18n/en.ftl                        default",
    ] {
        assert!(
            files.lines().any(|found| found.split_whitespace().eq(line.split_whitespace())),
            "{line}: {files}"
        );
    }
    assert!(site.run(&["theme", "show", "base.html"]).stdout.contains("Call 112"));
    assert!(site.run(&["theme", "show", "default/base.html"]).stdout.contains("<!doctype html>"));
    expect![[r#"
        -- stderr --
        error[no-theme-file]: no theme of this site has a file bas.html
         = help: did you mean `base.html`?
        -- exit 2 --
    "#]]
    .assert_eq(&site.run(&["theme", "show", "bas.html"]).to_string());
    for refused in [
        &["new", "night"][..],
        &["new", "Night Shift"],
        &["new", "../x"],
        &["new", "day", "--extends", "dawn"],
    ] {
        assert_eq!(site.run(&[&["theme"][..], refused].concat()).code, Some(2), "{refused:?}");
    }
}
