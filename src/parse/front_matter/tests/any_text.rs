//! No input panics, and reading the same text twice gives the same result.

use proptest::prelude::*;

use super::examples::example;
use super::*;

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

/// What may happen to a line of a file.
#[derive(Clone, Debug)]
enum Change {
    Delete(prop::sample::Index),
    Duplicate(prop::sample::Index, prop::sample::Index),
    Replace(prop::sample::Index, String),
    Insert(prop::sample::Index, char),
    Truncate(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let line = prop_oneof![
        any::<String>(),
        "(title|date|claims|id|names|point|figure|x)( = |\\.| )(\"[a-z\u{202e}]{0,4}\"|[0-9T:-]{0,12}|\\[|\\{ ?\\}|''')",
        "\\[{0,2}(claims|extra|corrections|point|x|claims\\.figure)\\]{0,2}",
    ];
    let at = any::<prop::sample::Index>;
    prop_oneof![
        at().prop_map(Change::Delete),
        (at(), at()).prop_map(|(from, to)| Change::Duplicate(from, to)),
        (at(), line).prop_map(|(at, line)| Change::Replace(at, line)),
        (at(), any::<char>()).prop_map(|(at, c)| Change::Insert(at, c)),
        (at(), at()).prop_map(|(at, end)| Change::Truncate(at, end)),
    ]
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for change in changes {
        if lines.is_empty() {
            break;
        }
        let count = lines.len();
        let cut = |line: &str, at: &prop::sample::Index| {
            line.char_indices().map(|(at, _)| at).nth(at.index(line.chars().count().max(1))).unwrap_or(0)
        };
        match change {
            Change::Delete(at) => drop(lines.remove(at.index(count))),
            Change::Duplicate(from, to) => lines.insert(to.index(count), lines[from.index(count)].clone()),
            Change::Replace(at, line) => lines[at.index(count)].clone_from(line),
            Change::Insert(at, c) => {
                let line = &mut lines[at.index(count)];
                let at = cut(line, at);
                line.insert(at, *c);
            }
            Change::Truncate(at, end) => {
                let line = &mut lines[at.index(count)];
                line.truncate(cut(line, end));
            }
        }
    }
    lines.join("\n")
}

/// The line `a = [{ b = VALUE }]` for `a.0.b`.
fn assign(path: &str, value: &str) -> String {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let parts = rest.rsplit('.').filter(|part| !part.is_empty());
    let wrap = |inner: String, part| {
        if part == "0" { format!("[{inner}]") } else { format!("{{ {part} = {inner} }}") }
    };
    format!("{first} = {}", parts.fold(value.to_owned(), wrap))
}

fn check(kind: Kind, text: &str) {
    let config = site();
    let once = diagnostics_of(kind, kind.file().1, text, &config);
    assert_eq!(shown(&once), shown(&diagnostics_of(kind, kind.file().1, text, &config)));
    for diagnostic in &once {
        assert!(!diagnostic.help.is_empty(), "no remedy: {diagnostic:?}");
        let is_whole_file = diagnostic.place.as_ref().is_some_and(|place| place.excerpt.is_empty());
        assert!(is_whole_file || !diagnostic.label.is_empty(), "no label: {diagnostic:?}");
        assert!(!diagnostic.message.contains(char::is_control), "{diagnostic:?}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(kind in kind(), text in any::<String>()) {
        check(kind, &text);
        check(kind, &format!("+++\n{text}\n+++\n"));
        let _ = crate::config::parse("site.toml", &text);
    }

    #[test]
    fn no_stem_panics(stem in any::<String>()) {
        let _ = diagnostics_of(Kind::Briefing, &stem, "+++\ntitle = \"T\"\ndate = 2016-10-02\n+++\n", &site());
    }

    #[test]
    fn no_change_of_a_good_file_panics(kind in kind(), changes in prop::collection::vec(change(), 1..6)) {
        check(kind, &apply(example(kind), &changes));
    }

    #[test]
    fn no_change_of_a_good_site_toml_panics(changes in prop::collection::vec(change(), 1..6)) {
        let (config, diagnostics) = crate::config::parse("site.toml", &apply(SITE, &changes));
        prop_assert_eq!(config.is_none(), diagnostics.iter().any(Diagnostic::is_error));
    }
}

proptest! {
    // Each case reads a file for each of the keys.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(8)))]

    #[test]
    fn no_value_panics(text in any::<String>(), date in "[0-9A-Z./~?+:é-]{0,24}") {
        for value in [text, date] {
            let value = toml::Value::String(value).to_string();
            for (kind, keys) in [
                (Kind::Briefing, &["slug", "aliases.0", "claims.0.happened", "claims.0.id", "claims.0.event"][..]),
                (Kind::Briefing, &["claims.0.evidence.0.url", "claims.0.figure.part_of", "corrections.0.claim"]),
                (Kind::Neighbourhood, &["geometry", "names.ar", "spellings.0", "point.precision"]),
                (Kind::Source, &["url", "party", "label", "relays.0"]),
            ] {
                for key in keys {
                    check(kind, &format!("+++\n{}\n+++\n", assign(key, &value)));
                }
            }
            let _ = crate::config::parse("site.toml", &format!("title = {value}\nbase_url = {value}\ntimezone = {value}"));
        }
    }
}
