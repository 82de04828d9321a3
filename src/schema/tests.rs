//! Schemas of single values.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::diag::Diagnostic;
use crate::sources::{SourceSet, Store};
use crate::time::{DayOrMoment, When, Zone, parse_day_or_moment_in};

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

/// Texts of which many are ids or paths.
const LIKE_NAMES: &str = "[a-z0-9][a-zé٣ع0-9A-Z_. %/-]{0,6}(-[a-z0-9]{1,3}){0,2}([.](html|HTML|csv|Csv|geojson)|/)?|[a-z0-9-]{1,4}/[a-z0-9-]{1,4}|[0-9a-fA-F]{63,65}|[ -~]{0,8}|\\PC{0,4}";

/// What the registry calls a line, and a file with such a line.
const LINES: [(&str, &str, &str); 9] = [
    ("id", "briefings/a", "slug = {}"),
    ("path that ends in .html", "briefings/b", "aliases = [{}]"),
    ("id of `topics` in site.toml", "briefings/c", "[[claims]]\ntext = \"x\"\nsource = \"y\"\ntopic = {}"),
    ("briefing and claim", "briefings/d", "[[claims]]\nrepeats = {}"),
    (
        "64 hexadecimal digits",
        "briefings/e",
        "[[claims]]\ntext = \"x\"\nsource = \"y\"\nevidence = [{ url = \"https://example.org/\", sha256 = {} }]",
    ),
    ("name of a .csv file", "briefings/f", "[[include]]\nfigures = {}"),
    ("name of a .geojson file", "neighbourhoods/g", "geometry = {}"),
    ("id of `parties` in site.toml", "sources/h", "party = {}"),
    ("id of `source_kinds` in site.toml", "sources/i", "kind = {}"),
];

const SETTINGS: &str = "title = \"T\"\ntopics = [\"water\", \"a\", \"b-1\"]\n[parties]\na = \"A\"\nb-1 = \"B\"\n[source_kinds]\na = \"A\"\nb-1 = \"B\"\n";

/// The kinds of lines that a text is accepted for; that its file is missing is no matter of the line.
fn kinds_that_take(text: &str) -> Vec<&'static str> {
    let value = toml::Value::from(text).to_string();
    let file = |(_, path, line): &(&str, &str, &str)| {
        let date = if path.starts_with("briefings") { "date = 2031-05-01\n" } else { "" };
        let front = format!("+++\ntitle = \"T\"\n{date}{}\n+++\n", line.replace("{}", &value));
        (format!("content/{path}.md"), front.into_bytes())
    };
    let settings = ("site.toml".to_owned(), SETTINGS.as_bytes().to_vec());
    let files = LINES.iter().map(file).chain([settings]);
    let (sources, _) = SourceSet::load(Store::memory(files.collect::<Vec<_>>()));
    let sources = sources.expect("the settings are right");
    let is_about_the_line = |fault: &Diagnostic| fault.is_error() && fault.code.name() != "missing-file";
    let refused = |path: &str| {
        let path = format!("content/{path}.md");
        let file = sources.article_with_text(&path).expect("it was just written");
        crate::parse::article(&file, &sources.config).diagnostics.iter().any(is_about_the_line)
    };
    LINES.iter().filter(|(_, path, _)| !refused(path)).map(|(kind, ..)| *kind).collect()
}

#[test]
fn lines_that_are_read_are_known_to_the_law() {
    for (kind, path, _) in LINES {
        let good = match path.rsplit('/').next() {
            Some("b") => "old/",
            Some("d") => "monday/well",
            Some("e") => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            Some("f") => "a.CSV",
            Some("g") => "a.geojson",
            _ => "b-1",
        };
        assert!(kinds_that_take(good).contains(&kind), "{good} is no {kind}");
    }
}

proptest! {
    #[test]
    fn no_line_that_is_read_is_refused_by_its_pattern(text in LIKE_NAMES) {
        for kind in kinds_that_take(&text) {
            let pattern = patterns::line(kind);
            prop_assert!(text.trim().is_empty() || matches(&pattern, &text), "{:?} is {}: {}", text, kind, pattern);
        }
        let code = crate::config::parse("site.toml", &format!("title = \"T\"\nlanguages = [{}]\n", toml::Value::from(&*text)));
        if code.1.is_empty() && !text.trim().is_empty() {
            prop_assert!(matches(&patterns::line("language code"), &text), "{:?}", text);
        }
    }
}

proptest! {
    #[test]
    fn no_date_that_is_read_is_refused_by_its_pattern(
        text in "[ ]?20[01][0-9]([-–−]?[01][0-9]([-–][0-3][0-9])?)?(([tT]| {1,2}T?)[0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.,٫][0-9])?)?( ?(Z|[+−-]0[0-9]:?[0-5][0-9]|[+＋]03))?)?[~?؟%]?(( ?[/–—-] ?| to | till )(\\.\\.|20[1-3][0-9]([-][01][0-9](-[0-3][0-9])?)?))?"
    ) {
        let zone = Zone::utc();
        if When::parse(&text, &zone).is_ok() {
            prop_assert!(matches(&patterns::when(), &text), "{}", text);
        }
        match parse_day_or_moment_in(&zone, &text) {
            Ok(DayOrMoment::Day(_)) => prop_assert!(matches(&patterns::only_day(), &text), "{}", text),
            Ok(DayOrMoment::Moment(_)) => prop_assert!(matches(&patterns::moment(), &text), "{}", text),
            Err(_) => {}
        }
    }
}

#[test]
fn a_schema_is_the_same_whatever_was_asked_before() {
    assert_eq!(of_all(), of_all());
    assert_eq!(of_kind("claim"), None);
    for kind in kinds() {
        let schema = of_kind(kind).unwrap();
        assert!(schema.ends_with("}\n"), "{kind}");
        assert!(!schema.contains("\"type\": []"), "{kind}");
    }
}
