//! A plain report as a briefing to be finished: its title, its text, and sentences that may be claims.
//!
//! Owns what is certain in such a text. What a sentence claims, and who says so, a person decides: so claims are
//! comments, without a source.
//!
//! Invariant: no word of the result is missing in the report, but for the ids of records that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::mapping::toml_text;
use super::report::{Leftover, counted};
use crate::i18n::numbers_in;
use crate::paths::{Id, fold_name};
use crate::toml::{Lines, forbidden_character, without_bom};

/// Words of the longest name that is looked for.
const MOST_WORDS_OF_NAME: usize = 6;

/// Lines in which a report says of which day it is.
const LINES_WITH_DATE: usize = 8;

/// More are no report.
const MAX_BYTES: usize = 1 << 20;

/// The records of a site: each gives the id of what a name means, if it is known.
pub struct KnownRecords<'a> {
    pub neighbourhood: &'a dyn Fn(&str) -> Option<String>,
    /// Protected sources are not known: their names must not reach a file that others read.
    pub source: &'a dyn Fn(&str) -> Option<String>,
    /// The language of the site.
    pub language: &'a str,
}

/// The file to write, and what its writer must know.
#[derive(Debug)]
pub struct WirePlan {
    /// Relative to the root of the site.
    pub path: String,
    pub text: String,
    pub leftovers: Vec<Leftover>,
    /// How many sentences are offered as claims.
    pub offered: usize,
}

impl WirePlan {
    /// For people.
    #[must_use]
    pub fn in_words(&self) -> String {
        let lines = self.leftovers.iter().map(Leftover::in_words);
        let sentences = counted(self.offered, "sentence", "sentences");
        let found = format!(
            "{}: a draft; offered as claims, in comments of its front matter: {sentences}\n",
            self.path
        );
        found + &lines.collect::<String>()
    }

    /// For programs.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        let leftovers: Vec<_> = self.leftovers.iter().map(Leftover::as_json).collect();
        serde_json::json!({ "file": self.path, "offered": self.offered, "leftovers": leftovers })
    }
}

#[derive(Deserialize)]
struct WireWords {
    saying: BTreeSet<String>,
    months: Vec<String>,
}

static LANGUAGES: LazyLock<BTreeMap<String, WireWords>> = LazyLock::new(|| {
    toml::from_str(include_str!("wire_words.toml")).expect("a test reads the words of each language")
});

/// English is in the reports of every desk.
fn words_of(language: &str) -> impl Iterator<Item = &'static WireWords> {
    let own = language.split('-').next().unwrap_or_default().to_owned();
    let languages: BTreeSet<String> = [own, "en".to_owned()].into();
    languages.into_iter().filter_map(|language| LANGUAGES.get(&language))
}

/// Plans the briefing of a report, whose file is only named in messages.
///
/// # Errors
/// Why it can be no briefing.
pub fn plan_wire(file: &str, text: &str, known: &KnownRecords<'_>) -> Result<WirePlan, String> {
    if text.len() > MAX_BYTES {
        return Err(format!("a report has at most {MAX_BYTES} bytes"));
    }
    let text = without_bom(text).replace("\r\n", "\n");
    let mut leftovers = Vec::new();
    let clean = without_forbidden(file, &text, &mut leftovers);
    let mut lines = clean.trim_start().lines();
    let title = lines.next().map(str::trim).filter(|title| !title.is_empty()).ok_or("it has no text")?;
    let id = Id::from_name(title)
        .map_err(|fault| format!("no file can be named after its first line: {fault}"))?;
    let body = lines.collect::<Vec<_>>().join("\n");
    let date = certain_date(&clean, known.language);
    if date.is_none() {
        let remedy = "write `date` into the new file; without it the site does not build";
        leftovers.push(Leftover::of_file(file, "no date is certain", remedy));
    }
    let offered: Vec<&str> = body
        .unicode_sentences()
        .map(str::trim)
        .filter(|sentence| is_claim(sentence, known.language))
        .collect();
    let front = front_matter(title, date, &clean, &offered, known);
    Ok(WirePlan {
        path: format!("content/briefings/{id}.md"),
        text: format!("{front}\n{}\n", as_markdown(body.trim())),
        leftovers,
        offered: offered.len(),
    })
}

fn without_forbidden(file: &str, text: &str, leftovers: &mut Vec<Leftover>) -> String {
    let mut clean = text.to_owned();
    while let Some(c) = forbidden_character(&clean, Lines::Many) {
        clean = clean.replace(c, "");
        leftovers.push(Leftover::of_file(file, format!("the character {c:?} is left out"), "nothing to do"));
    }
    clean
}

fn front_matter(
    title: &str,
    date: Option<Date>,
    text: &str,
    offered: &[&str],
    known: &KnownRecords<'_>,
) -> String {
    let mut front = format!("+++\ntitle = {}\n", toml_text(title));
    match date {
        Some(date) => front += &format!("date = {date}\n"),
        None => front += "# date = the day of publication, as 2016-10-02\n",
    }
    front += "draft = true\n";
    let places = names_in(text, known.neighbourhood);
    let sources = names_in(text, known.source);
    if !places.is_empty() || !sources.is_empty() {
        front += "# The text names these. Take away the # where the briefing is about them:\n";
    }
    front += &list("neighbourhoods", &places);
    front += &list("sources", &sources);
    if !offered.is_empty() {
        front += "\n# These sentences have a number, or say who said something. Where one is a claim, take away the # and write\n\
                  # who says so:\n";
    }
    for sentence in offered {
        front += &claim(sentence, known);
    }
    front + "+++\n"
}

fn claim(sentence: &str, known: &KnownRecords<'_>) -> String {
    let text = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = names_in(sentence, known.source);
    let named = if named.is_empty() { String::new() } else { format!(" # it names: {}", named.join(", ")) };
    let places = list("neighbourhoods", &names_in(sentence, known.neighbourhood));
    format!("#\n# [[claims]]\n# text = {}\n# source = \"\"{named}\n{places}", toml_text(&text))
}

/// Empty for an empty list.
fn list(key: &str, ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let ids: Vec<String> = ids.iter().map(|id| toml_text(id)).collect();
    format!("# {key} = [{}]\n", ids.join(", "))
}

/// The ids of all records that a text names, in order. Of names in a name, the longest counts.
fn names_in(text: &str, find: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let mut ids = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=MOST_WORDS_OF_NAME.min(words.len() - at)).rev().find_map(|count| {
            let (last, word) = words[at + count - 1];
            let name = &text[words[at].0..last + word.len()];
            // A name does not go over the end of a sentence or a line.
            (!name.contains(['\n', '.', ';'])).then(|| find(&fold_name(name))).flatten().map(|id| (count, id))
        });
        at += longest.as_ref().map_or(1, |(count, _)| *count);
        ids.extend(longest.map(|(_, id)| id));
    }
    ids.into_iter().collect()
}

fn is_claim(sentence: &str, language: &str) -> bool {
    let says = |word: &str| words_of(language).any(|words| words.saying.contains(&word.to_lowercase()));
    // A day or an hour alone is no count.
    numbers_in(sentence, language).iter().any(|number| !number.is_doubtful)
        || sentence.unicode_words().any(says)
}

/// The day that the begin of a report names, if it names one only.
fn certain_date(text: &str, language: &str) -> Option<Date> {
    let begin = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_WITH_DATE);
    let days: BTreeSet<Date> = begin.flat_map(|line| days_in(line, language)).collect();
    if days.len() == 1 { days.into_iter().next() } else { None }
}

/// `2016-10-02`, `2 October 2016`, `October 2, 2016`. Other forms have two readings.
fn days_in(line: &str, language: &str) -> Vec<Date> {
    let parts: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | ':' | '–' | '—'))
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect();
    let whole = parts.iter().filter(|part| part.len() == 10).filter_map(|part| part.parse::<Date>().ok());
    let named = parts.windows(3).filter_map(|three| {
        let (day, month) = match (month_of(three[0], language), month_of(three[1], language)) {
            (None, Some(month)) => (three[0], month),
            (Some(month), None) => (three[1], month),
            _ => return None,
        };
        let year = three[2].parse::<i16>().ok().filter(|_| three[2].len() == 4)?;
        Date::new(year, month, day.parse().ok()?).ok()
    });
    whole.chain(named).collect()
}

fn month_of(word: &str, language: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let position =
        words_of(language).find_map(|words| words.months.iter().position(|month| *month == word))?;
    i8::try_from(position + 1).ok()
}

/// The text with its signs, which Markdown would take for markup.
fn as_markdown(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line_as_markdown).collect();
    lines.join("\n")
}

fn line_as_markdown(line: &str) -> String {
    let line = line.trim();
    let mut escaped = String::with_capacity(line.len());
    if line.starts_with(['#', '>', '-', '+', '=', '|', ':']) {
        escaped.push('\\');
    }
    let number = line
        .find(|c: char| !c.is_ascii_digit())
        .filter(|end| *end > 0 && line[*end..].starts_with(['.', ')']));
    for (at, c) in line.char_indices() {
        let is_sign = matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '&' | '~');
        if is_sign || Some(at) == number {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn plan(text: &str) -> Result<WirePlan, String> {
        let place = |name: &str| (name == "old-town").then(|| "old-town".to_owned());
        let source = |name: &str| {
            matches!(name, "city-water-utility" | "utility").then(|| "city-water-utility".to_owned())
        };
        plan_wire("wire.txt", text, &KnownRecords { neighbourhood: &place, source: &source, language: "en" })
    }

    fn check(text: &str, expected: Expect) {
        let plan = plan(text).unwrap();
        let leftovers: Vec<String> = plan.leftovers.iter().map(|leftover| leftover.fact.clone()).collect();
        expected.assert_eq(&format!("{}\n{}{}\n", plan.path, plan.text, leftovers.join("\n")));
    }

    #[test]
    fn sentences_with_numbers_or_sayings_are_offered_as_claims_without_a_source() {
        check(
            "Water is cut in Old Town\nOLD TOWN, 2 October 2016 –\n\nThe City Water Utility said the pump failed. People queue. Six streets are *dry*.\n1. Bring cans",
            expect![[r#"
                content/briefings/water-is-cut-in-old-town.md
                +++
                title = "Water is cut in Old Town"
                date = 2016-10-02
                draft = true
                # The text names these. Take away the # where the briefing is about them:
                # neighbourhoods = ["old-town"]
                # sources = ["city-water-utility"]

                # These sentences have a number, or say who said something. Where one is a claim, take away the # and write
                # who says so:
                #
                # [[claims]]
                # text = "The City Water Utility said the pump failed."
                # source = "" # it names: city-water-utility
                #
                # [[claims]]
                # text = "Six streets are *dry*."
                # source = ""
                +++

                OLD TOWN, 2 October 2016 –

                The City Water Utility said the pump failed. People queue. Six streets are \*dry\*.
                1\. Bring cans

            "#]],
        );
    }

    #[test]
    fn a_date_that_could_be_another_is_none() {
        for (text, date) in [
            ("A\n2016-10-02", Some("2016-10-02")),
            ("A\nOctober 2, 2016.", Some("2016-10-02")),
            ("A\n02/10/2016", None),
            ("A\n2 October", None),
            ("A\n2016-10-02 and 2016-10-03", None),
        ] {
            assert_eq!(certain_date(text, "en").map(|date| date.to_string()).as_deref(), date, "{text}");
        }
        assert_eq!(
            certain_date("A\n2 octobre 2016", "fr").map(|date| date.to_string()).as_deref(),
            Some("2016-10-02")
        );
    }

    #[test]
    fn what_has_no_first_line_is_no_report() {
        assert!(plan(" \n ").is_err());
        assert!(plan("!!!").is_err());
    }

    #[test]
    fn the_words_of_each_language_are_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n");
        for (language, words) in &*LANGUAGES {
            assert!(folder.join(format!("{language}.ftl")).exists(), "{language} is shipped");
            assert_eq!(words.months.len(), 12, "{language}");
            assert!(!words.saying.is_empty(), "{language}");
        }
        assert!(fs::exists(folder.join("en.ftl")).unwrap());
    }

    proptest! {
        #[test]
        fn any_report_gives_a_file_whose_front_matter_can_be_read(
            text in "[a-z]{1,9}(\n|\\.|\"|\\\\|'|\\+\\+\\+|#| said | 6 |é|Old Town|utility|\u{202e}|\t){0,30}",
        ) {
            if let Ok(plan) = plan(&text) {
                let front = plan.text.split("+++\n").nth(1).unwrap();
                let table: toml::Table = front.parse().unwrap();
                prop_assert!(table.keys().all(|key| ["title", "date", "draft"].contains(&key.as_str())));
            }
        }
    }
}
