//! Text in, text out: a file's front matter, and its diagnostics.

mod any_text;
mod examples;
mod keys;
mod tables;

use std::sync::Arc;

use super::{FrontOptions, Split, split};
use crate::config::{self, Config};
use crate::diag::{self, Diagnostic};
use crate::model::Body;
use crate::sources::TableFile;

/// The site of the examples.
const SITE: &str = r#"
title = "East Aleppo briefings"
languages = ["en", "ar"]
timezone = "Asia/Damascus"
topics = ["health", "water", "food", "shelter", "movement", "security"]
[parties]
government = "Government and its allies"
opposition = "Opposition"
"#;

/// The table that the example of `[[include]]` names.
const TABLE: &str = "Row,Note,Source,Via,Kind,District,Date,Said on,Added,Topic,Event,Indicator,Deaths,Deaths (min),\
Deaths (best),Deaths (max),Group,Period,Status,Why,Credibility,Links,Checked on\n";

fn site() -> Config {
    let (config, diagnostics) = config::parse("site.toml", SITE);
    assert_eq!(diagnostics, []);
    config.unwrap()
}

/// The kinds of articles, with a file of each.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Briefing,
    Page,
    Home,
    Neighbourhood,
    Source,
    Event,
    Translation,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Briefing,
        Self::Page,
        Self::Home,
        Self::Neighbourhood,
        Self::Source,
        Self::Event,
        Self::Translation,
    ];

    fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Briefing => ("content/briefings/d2.md", "d2"),
            Self::Page => ("content/about.md", "about"),
            Self::Home => ("content/index.md", "index"),
            Self::Neighbourhood => ("content/neighbourhoods/al-heluk.md", "al-heluk"),
            Self::Source => ("content/sources/sohr.md", "sohr"),
            Self::Event => ("content/events/heluk-2016-10-02.md", "heluk-2016-10-02"),
            Self::Translation => ("content/briefings/d2.ar.md", "d2"),
        }
    }
}

/// Reads a whole file, and returns its diagnostics, sorted.
fn diagnostics_of(kind: Kind, stem: &str, text: &str, config: &Config) -> Vec<Diagnostic> {
    let (file, _) = kind.file();
    let split = match split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return vec![*diagnostic],
    };
    let tables = [TableFile {
        path: "content/briefings/deaths.csv".into(),
        start: text.len() + 1,
        text: Ok(TABLE.to_owned()),
    }];
    let options = FrontOptions { config, tables: &tables };
    let mut diagnostics = read(kind, &Arc::from(file), stem, text, &split, &options);
    diag::sort(&mut diagnostics);
    diagnostics
}

fn read(
    kind: Kind,
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    options: &FrontOptions<'_>,
) -> Vec<Diagnostic> {
    match kind {
        Kind::Briefing => super::briefing(file, stem, text, split, Body::default(), options).1,
        Kind::Page => super::page(file, stem, text, split, Body::default(), options).1,
        Kind::Home => super::home(file, text, split, Body::default(), options).1,
        Kind::Neighbourhood => super::neighbourhood(file, stem, text, split, Body::default(), options).1,
        Kind::Source => super::source(file, stem, text, split, Body::default(), options).1,
        Kind::Event => super::event(file, stem, text, split, Body::default(), options).1,
        Kind::Translation => {
            let of = Arc::from("content/briefings/d2.md");
            super::translation(file, &of, "ar", text, split, Body::default(), options).1
        }
    }
}

/// Each diagnostic whole: message, place, marked text, label and remedies.
fn shown(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(one).collect()
}

fn one(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().expect("every fault of front matter has a place");
    let Diagnostic { code, message, .. } = diagnostic;
    let (severity, file) = (diagnostic.severity.word(), &place.file);
    let mut text = format!("{severity}[{code}] {file}:{}:{} {message}\n", place.line, place.column);
    if !place.excerpt.is_empty() {
        text += &format!("  |{}| {}\n", &place.excerpt[place.mark.clone()], diagnostic.label);
    }
    for (place, label) in &diagnostic.related {
        text +=
            &format!("  {}:{} |{}| {label}\n", place.line, place.column, &place.excerpt[place.mark.clone()]);
    }
    for help in &diagnostic.help {
        text += &format!("  = {help}\n");
    }
    text
}
