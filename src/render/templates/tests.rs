//! Layers, functions and diagnostics of templates.

use proptest::prelude::*;
use serde::Serialize;

use tera::Context;

use super::*;
use crate::i18n::MessageFile;
use crate::time::Zone;

const EN: &str = "language-name = English\nmoment = { $date } { $time } { $offset }\nmoment-here = { $date } { $time }\n\
    when-range = { $from } to { $to }\nwhen-until = until { $when }\nwhen-since = since { $when }\n\
    when-by = by { $when }\nwhen-from = from { $when }\n\
    when-about = about { $when }\nwhen-perhaps = perhaps { $when }\n\
    home = Home & <b>\nclaims = { $count ->\n    [one] one claim by { $who }\n   *[other] { $count } claims by { $who }\n }\n";

#[derive(Serialize)]
struct Sample {
    page: Page,
    title: String,
    names: Vec<String>,
}

#[derive(Serialize)]
struct Page {
    lang: &'static str,
}

fn view() -> Context {
    let page = Page { lang: "en" };
    let sample = Sample { page, title: "<i>\"الهلك\"</i>".into(), names: vec!["a".into(), "b".into()] };
    Context::from_serialize(&sample).unwrap()
}

fn words() -> Arc<Messages> {
    let source = |language: &str, text: String| MessageFile {
        language: language.into(),
        file: format!("{language}.ftl"),
        text,
    };
    let languages = ["en".to_owned(), "ar".to_owned()];
    let arabic = EN.replace("English", "العربية").replace("Home", "الرئيسية").replace("claims by", "ادعاءات");
    let sources = [source("en", EN.into()), source("ar", arabic)];
    Arc::new(Messages::new(&languages, &sources, Zone::utc()).0)
}

/// Files as `-- LAYER NAME --` blocks; the default theme has all other pages, empty.
fn files(text: &str) -> Vec<TemplateFile> {
    let mut files: Vec<TemplateFile> = PAGES.iter().map(|page| file("default", page, "")).collect();
    for block in text.split("-- ").skip(1) {
        let (head, text) = block.split_once(" --\n").unwrap();
        let (layer, name) = head.split_once(' ').unwrap();
        files.push(file(layer, name, text.trim_end()));
    }
    files
}

fn file(layer: &str, name: &str, text: &str) -> TemplateFile {
    let (layer, file) = match layer {
        "site" => (Layer::Site, format!("templates/{name}")),
        "default" => (Layer::Default, format!("default theme: {name}")),
        theme => (Layer::Theme(theme.into()), format!("themes/{theme}/templates/{name}")),
    };
    TemplateFile { layer, name: name.into(), file, text: text.into() }
}

fn templates(text: &str) -> Result<Templates, Vec<Diagnostic>> {
    Templates::new(&files(text), &["near".to_owned(), "far".to_owned()], &words())
}

fn home(text: &str) -> String {
    page(text, "en")
}

/// The home page, or its diagnostics.
fn page(text: &str, lang: &str) -> String {
    let page = OutPath::new("index.html").unwrap();
    match templates(text) {
        Ok(templates) => {
            templates.render("home.html", view(), lang, &page).unwrap_or_else(|fault| lines(&[*fault]))
        }
        Err(faults) => lines(&faults),
    }
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    let mut diagnostics = diagnostics.to_vec();
    crate::diag::sort(&mut diagnostics);
    let line = |d: &Diagnostic| {
        let place = d.place.as_ref().map_or_else(String::new, |p| {
            format!("{}:{}:{} <{}> ", p.file, p.line, p.column, &p.excerpt[p.mark.clone()])
        });
        let related: String =
            d.related.iter().map(|(p, l)| format!(" | {l} {}:{}:{}", p.file, p.line, p.column)).collect();
        let help: String = d.help.iter().map(|help| format!(" | {help}")).collect();
        format!("{}: {place}{}{related}{help}", d.code, d.message)
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn values_and_words_are_escaped() {
    let text = r#"-- site home.html --
{{ title }} {{ t(key="home") }} <a title="{{ t(key="claims", count=1, who=title) }}">{{ number(value=1234.5) }}"#;
    insta::assert_snapshot!(home(text), @r#"&lt;i&gt;&quot;الهلك&quot;&lt;/i&gt; Home &amp; &lt;b&gt; <a title="one claim by &lt;i&gt;&quot;الهلك&quot;&lt;/i&gt;">1,234.5"#);
}

#[test]
fn words_are_in_the_language_of_the_page_within_components_and_includes_too() {
    let text = r#"-- site home.html --
{{ <card count={3} /> }} {% include "part.html" %} {{ dir(lang="ar") }} {{ language(lang="ar") }}
-- site part.html --
{{ t(key="home") }}{% component card(count) %}{{ t(key="claims", count=count, who="x") }}{% endcomponent card %}"#;
    insta::assert_snapshot!(page(text, "ar"), @"3 ادعاءات x الرئيسية &amp; &lt;b&gt; rtl العربية");
    insta::assert_snapshot!(page(text, "en"), @"3 claims by x Home &amp; &lt;b&gt; rtl العربية");
}

#[test]
fn a_nearer_layer_replaces_a_further_one_and_can_extend_it() {
    let text = r#"-- default home.html --
{% extends "base.html" %}{% block a %}default {% include "parts/x.html" %}{% endblock a %}
-- default base.html --
[{% block a %}{% endblock a %}]
-- default parts/x.html --
default-x
-- far home.html --
{% extends "default/home.html" %}{% block a %}far {{ super() }}{% endblock a %}
-- near parts/x.html --
near-x {% include "far/parts/x.html" %}
-- far parts/x.html --
far-x {% include "default/parts/x.html" %}
-- site base.html --
site {% include "default/base.html" %}({% block a %}{% endblock a %})
-- site home.html --
{% extends "far/home.html" %}{% block a %}site {{ super() }}{% endblock a %}
-- elsewhere home.html --
{% of a theme that is not in use"#;
    insta::assert_snapshot!(home(text), @"site [](site far default near-x far-x default-x)");
}

#[test]
fn every_layer_uses_the_nearest_component_of_a_name() {
    let text = r#"-- default parts/c.html --
{% component one() %}default-one{% endcomponent one %}{% component two() %}default-two {{ <one /> }}{% endcomponent two %}
-- far parts/c.html --
{% component one() %}far-one{% endcomponent one %}
-- near any.html --
{% component one() %}near-one{% endcomponent one %}
-- default home.html --
{{ <one /> }} {{ <two /> }}"#;
    insta::assert_snapshot!(home(text), @"near-one default-two near-one");
}

#[test]
fn one_run_reports_every_fault_of_every_template() {
    let text = r#"-- site home.html --
{% extends "bse.html" %}
-- default base.html --
-- site a.html --
الهلك {{ title | upperr }} {{ tt(key="x") }}
{% include "prts/x.html" %}{{ <crad /> }}{% if title is defned %}{% endif %}
-- default parts/x.html --
{% component card() %}{% endcomponent card %}
-- site b.html --
{% for x in %}
-- near date.html --
مرحبا {{ 1 + }}
-- site list.html --
{% extends "list.html" %}
-- site loop.html --
{% include "loop2.html" %}
-- site loop2.html --
  {% include "loop.html" %}
-- default loop.html --
-- site child.html --
{% extends "parts/x.html" %}{% block nope %}{% endblock nope %}
-- site dump.html --
{{ __tera_context }}"#;
    insta::assert_snapshot!(home(text), @r#"
    template-syntax: templates/a.html:1:18 <upperr> unknown filter `upperr` | did you mean `upper`?
    template-syntax: templates/a.html:1:31 <tt(key="x")> unknown function `tt` | did you mean `t`?
    template-syntax: templates/a.html:2:12 <"prts/x.html"> unknown template `prts/x.html` | did you mean `parts/x.html`?
    template-syntax: templates/a.html:2:57 <defned> unknown test `defned` | did you mean `defined`?
    template-syntax: templates/b.html:1:13 <%}> found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
    template-syntax: templates/dump.html:1:4 <__tera_context> `__tera_context` prints in another order each time | print the values that you want to see by their names
    template-syntax: templates/home.html:1:13 <bse.html> there is no template "bse.html" to extend | did you mean `base.html`?
    template-syntax: templates/list.html:1:13 <list.html> this template extends itself | templates/list.html → templates/list.html | the one that it replaces is "default/list.html"
    template-syntax: templates/loop2.html:1:15 <loop.html> this template includes itself | templates/loop.html → templates/loop2.html → templates/loop.html
    template-syntax: themes/near/templates/date.html:1:14 <}}> found `}}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
    "#);
}

#[test]
fn references_are_checked_on_every_template_even_on_those_that_no_page_uses() {
    let text = r#"-- site a.html --
الهلك {{ title | upperr }} {{ tt(key="x") }}
  {% include "prts/x.html" %}{{ <crad /> }}{% if title is defned %}{% endif %}
-- default parts/x.html --
{% component card() %}{% endcomponent card %}{% block body %}{% endblock body %}
-- site child.html --
{% extends "parts/x.html" %}{% block bdy %}{% endblock bdy %}"#;
    insta::assert_snapshot!(home(text), @r#"
    template-syntax: templates/a.html:1:18 <upperr> unknown filter `upperr` | did you mean `upper`?
    template-syntax: templates/a.html:1:31 <tt(key="x")> unknown function `tt` | did you mean `t`?
    template-syntax: templates/a.html:2:14 <"prts/x.html"> unknown template `prts/x.html` | did you mean `parts/x.html`?
    template-syntax: templates/a.html:2:33 <<crad />> unknown component `crad` | did you mean `card`?
    template-syntax: templates/a.html:2:59 <defned> unknown test `defned` | did you mean `defined`?
    template-syntax: templates/child.html:1:38 <bdy> block `bdy` is not defined in any parent template | did you mean `body`?
    "#);
}

#[test]
fn a_component_that_is_defined_twice_in_one_layer_is_an_error() {
    let text = r#"-- site a.html --
{% component card() %}{% endcomponent card %}
-- site b.html --

{%- component card() %}{% endcomponent card %}"#;
    insta::assert_snapshot!(home(text), @"template-syntax: templates/b.html:2:15 <card> the component `card` is defined twice in one layer | first here templates/a.html:1:14 | rename or delete one of them");
}

#[test]
fn ambiguous_names_and_names_that_are_not_escaped_are_refused() {
    insta::assert_snapshot!(home("-- site near/a.html --\n-- site style.css --\n"), @r#"
    template-name: templates/near/a.html:1:1 <> the folder "near" of templates has the name of a theme | "near/…" names the templates of that theme; call the folder, or the theme, something else
    template-name: templates/style.css:1:1 <> the name of the template "style.css" does not end in .html | what a template prints is escaped by that ending; files to copy go in static/
    "#);
    let faults = Templates::new(&[file("site", "homes.html", "")], &[], &words()).err().unwrap();
    insta::assert_snapshot!(lines(&faults[..2]), @r#"
    missing-template: no layer has the template "home.html" | is "homes.html" meant to be it?
    missing-template: no layer has the template "list.html" | add templates/list.html, or to theme.toml: extends = "default"
    "#);
}

#[test]
fn a_fault_while_rendering_names_the_template_the_place_and_the_page() {
    insta::assert_snapshot!(home("-- site home.html --\n\nالهلك {{ titel }}"), @"template-render: templates/home.html:2:10 <titel> variable `titel` is not defined | did you mean `title`? | while rendering index.html");
    insta::assert_snapshot!(home("-- site home.html --\n{{ page.lagn }}"), @"template-render: templates/home.html:1:9 <lagn> field `lagn` is not defined | did you mean `lang`? | while rendering index.html");
    insta::assert_snapshot!(home("-- site home.html --\n{{ t(key=\"hme\") }}"), @r#"template-render: templates/home.html:1:4 <t(key="hme")> there is no word "hme" | did you mean `home`? | while rendering index.html"#);
    insta::assert_snapshot!(home("-- site home.html --\n{{ t(key=\"claims\", count=1) }}"), @r#"template-render: templates/home.html:1:4 <t(key="claims", count=1)> the word "claims" cannot be filled in: unknown variable: $who | while rendering index.html"#);
    insta::assert_snapshot!(home("-- site home.html --\n{{ t(key=\"claims\", count=names, who=1) }}"), @r#"template-render: templates/home.html:1:4 <t(key="claims", count=names, who=1)> the argument `count` is neither text nor a number, but array | while rendering index.html"#);
    insta::assert_snapshot!(home("-- site home.html --\n{{ t(key=\"home\", x=page.none) }}"), @r#"template-render: templates/home.html:1:4 <t(key="home", x=page.none)> the argument `x` is neither text nor a number, but undefined | while rendering index.html"#);
    insta::assert_snapshot!(home("-- site home.html --\n{{ t() }}"), @"template-render: templates/home.html:1:4 <t()> missing keyword argument `key` | while rendering index.html");
    insta::assert_snapshot!(home("-- site home.html --\n{{ number(value=title) }}"), @"template-render: templates/home.html:1:4 <number(value=title)> invalid type for the value, expected `f64` but got `string` | while rendering index.html");
    insta::assert_snapshot!(home("-- site home.html --\n{{ throw(message=\"a\nb\") }}"), @r#"template-render: templates/home.html:1:4 <throw(message="a> a b | while rendering index.html"#);
    insta::assert_snapshot!(home("-- site home.html --\n{{ <a /> }}{% component a() %}{{ <a /> }}{% endcomponent a %}"), @"template-render: templates/home.html:1:34 <<a> the component `a` calls itself without end | put an `if` around the call that is false at some point | while rendering index.html");
}

#[test]
fn a_fault_in_a_component_also_names_its_callers() {
    let text = "-- default parts/c.html --\n{% component a(x) %}{{ x.y.z }}{% endcomponent a %}\n-- site home.html --\n{% include \"part.html\" %}\n-- site part.html --\n\n  {{ <a x={page} /> }}";
    insta::assert_snapshot!(home(text), @"template-render: default theme: parts/c.html:1:26 <y> field `y` is not defined | called from here templates/part.html:2:6 | called from here templates/home.html:1:12 | available: lang | while rendering index.html");
}

#[test]
fn one_fault_on_many_pages_is_reported_once() {
    let templates = templates("-- site home.html --\n{{ titel }}").unwrap();
    let fault =
        |page: &str| *templates.render("home.html", view(), "en", &OutPath::new(page).unwrap()).unwrap_err();
    let folded = fold_render_faults(vec![fault("a.html"), fault("b.html"), fault("c.html")]);
    insta::assert_snapshot!(lines(&folded), @"template-render: templates/home.html:1:4 <titel> variable `titel` is not defined | did you mean `title`? | while rendering a.html | and 2 more pages");
}

#[test]
fn a_file_that_nothing_uses_is_reported_with_the_probable_name() {
    let text = "-- site hoem.html --\n-- site mine.html --\n-- site list.html --\n{% include 'mine.html' %}\n-- near c.html --\n{% component c() %}{% endcomponent c %}\n";
    insta::assert_snapshot!(lines(&templates(text).unwrap().unused().into_iter().map(|(_, warning)| warning).collect::<Vec<_>>()), @r#"unused-template: templates/hoem.html:1:1 <> no page is rendered with "hoem.html" | did you mean `home.html`?"#);
}

#[test]
fn the_names_offered_for_a_mistyped_one_are_ones_that_tera_has() {
    for filter in reports::FILTERS {
        let text = format!("-- site home.html --\n{{{{ title | {filter} }}}}");
        assert!(!home(&text).contains("unknown"), "{filter}");
    }
    for test in reports::TESTS {
        let text = format!("-- site home.html --\n{{{{ title is {test} }}}}");
        assert!(!home(&text).contains("unknown"), "{test}");
    }
}

#[test]
fn templates_are_shared_between_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Templates>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2 * ProptestConfig::default().cases))]

    #[test]
    fn no_text_of_a_template_panics(
        text in prop_oneof![
            any::<String>(),
            "(\\{\\{|\\}\\}|\\{%|%\\}|\\{#|#\\}| |-|if|for|in|endif|endfor|title|names|page|set|block|endblock|extends|include|component|endcomponent|filter|\\||\\.|=|,|\\(|\\)|\\[|\\]|<|/>|\"a\"|'|1|9{40}|~|is|not|and|\\?|:|ا|\n){0,40}",
            "\\{\\{ (title|names|page|1|\"x\"|t|number)( \\| (length|first|last|sort|join|truncate|round|split|group_by|nth|get|indent)(\\((length|key|n|attribute|pat|name|width)=(1|-1|\"a\"|99999999999)\\))?| [+*/%~<-] (1|0|names|\"a\")|\\[(0|-1|9|:1|1:|::-1)\\]|\\.lang|\\(key=(1|title|\"home\"|\"claims\")\\)|\\(value=(1|1e999|title)\\)){0,4} \\}\\}",
        ],
    ) {
        let files = [files(""), vec![file("site", "home.html", &text)]].concat();
        if let Ok(templates) = Templates::new(&files, &[], &words()) {
            let _ = templates.render("home.html", view(), "ar", &OutPath::new("index.html").unwrap());
        }
    }
}
