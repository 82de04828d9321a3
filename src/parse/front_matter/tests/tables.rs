//! A table says the same as claims that are written.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::model::{Claim, Name};

/// A claim in words that a table and front matter can both have.
#[derive(Clone, Debug)]
struct PlainClaim {
    text: String,
    source: String,
    places: Vec<String>,
    day: u8,
    min: u16,
    max: Option<u16>,
    added: Option<u8>,
}

fn plain_claims() -> impl Strategy<Value = Vec<PlainClaim>> {
    let claim = (
        "[a-zع,;]([a-z ,;ع]{0,12}[a-z])?",
        "[A-Z][a-z,]{1,6}",
        prop::collection::vec("[A-Z][a-zع]{1,6}", 1..3),
        1..=28_u8,
        (0..500_u16, prop::option::of(500..999_u16)),
        prop::option::of(1..=28_u8),
    );
    let claim = claim.prop_map(|(text, source, mut places, day, (min, max), added)| {
        places.dedup();
        PlainClaim { text, source, places, day, min, max, added }
    });
    prop::collection::vec(claim, 0..8)
}

fn as_toml(claims: &[PlainClaim]) -> String {
    let mut text = String::new();
    for (index, claim) in claims.iter().enumerate() {
        let PlainClaim { text: words, source, places, day, min, max, added } = claim;
        let max = max.map_or_else(String::new, |max| format!(", max = {max}"));
        let added = added.map_or_else(String::new, |day| format!("added = 2016-11-{day:02}\n"));
        let _ = writeln!(
            text,
            "[[claims]]\nid = \"r{index}\"\ntext = \"{words}\"\nsource = \"{source}\"\nneighbourhoods = {places:?}\n\
             happened = \"2016-10-{day:02}\"\n{added}figure = {{ measure = \"killed\", min = {min}{max} }}"
        );
    }
    text
}

fn as_csv(claims: &[PlainClaim], separator: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    writer.write_record(["Row", "Note", "Source", "District", "Date", "Min", "Max", "Added"]).unwrap();
    for (index, claim) in claims.iter().enumerate() {
        let number = |number: Option<u16>| number.map_or_else(String::new, |number| number.to_string());
        writer
            .write_record([
                format!("R{index}"),
                claim.text.clone(),
                claim.source.clone(),
                claim.places.join("; "),
                format!("2016-10-{:02}", claim.day),
                number(Some(claim.min)),
                number(claim.max),
                claim.added.map_or_else(String::new, |day| format!("2016-11-{day:02}")),
            ])
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const INCLUDE: &str = "[[include]]\nfigures = \"deaths.csv\"\nmeasure = \"killed\"\ncolumns = { id = \"Row\", text = \"Note\", \
                       source = \"Source\", neighbourhoods = \"District\", happened = \"Date\", min = \"Min\", \
                       max = \"Max\", added = \"Added\" }\n";

/// The claims of a briefing, without their places in the file.
fn claims_of(keys: &str, table: &str) -> Vec<String> {
    let (config, file) = (site(), Arc::from("content/briefings/d2.md"));
    let text = format!("+++\ntitle = \"T\"\ndate = 2016-10-30\n{keys}+++\n");
    let split = split(&file, &text).unwrap();
    let path = Arc::from("content/briefings/deaths.csv");
    let tables = [TableFile { path, start: text.len() + 1, text: Ok(table.to_owned()) }];
    let options = FrontOptions { config: &config, tables: &tables };
    let (briefing, diagnostics) =
        super::super::briefing(&file, "d2", &text, &split, Body::default(), &options);
    assert_eq!(shown(&diagnostics), "");
    briefing.unwrap().claims.iter().map(facts).collect()
}

fn facts(claim: &Claim) -> String {
    let names = |names: &[Name]| names.iter().map(|name| name.value.to_string()).collect::<Vec<_>>();
    let figure = claim.figure.as_ref().unwrap();
    let places = names(claim.neighbourhoods.as_deref().unwrap_or_default());
    let (when, added) = (claim.happened, claim.added);
    let numbers = (figure.min, figure.best, figure.max, &figure.measure, &figure.said);
    format!(
        "{} {:?} {} {places:?} {when:?} {added:?} {numbers:?}",
        claim.id.value, claim.text, claim.source.value
    )
}

proptest! {
    #[test]
    fn rows_of_a_table_are_the_claims_that_are_written(claims in plain_claims(), separator in prop::sample::select(vec![b',', b';', b'\t'])) {
        let written = claims_of(&as_toml(&claims), "");
        prop_assert_eq!(claims_of(INCLUDE, &as_csv(&claims, separator)), written);
    }

    #[test]
    fn no_table_panics(table in "[a-zA-Z#+,;\t\"\n0-9 .ع]{0,120}") {
        let text = format!("+++\ntitle = \"T\"\ndate = 2016-10-30\n{INCLUDE}+++\n");
        let (config, file) = (site(), Arc::from("content/briefings/d2.md"));
        let split = split(&file, &text).unwrap();
        for header in ["", "Row,Note,Source,District,Date,Min,Max,Added\n"] {
            let path = Arc::from("content/briefings/deaths.csv");
            let table = TableFile { path, start: text.len() + 1, text: Ok(format!("{header}{table}")) };
            let options = FrontOptions { config: &config, tables: &[table] };
            let _ = super::super::briefing(&file, "d2", &text, &split, Body::default(), &options);
        }
    }
}
