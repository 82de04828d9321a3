//! Front matter of other generators: YAML, TOML or JSON, as one kind of table.
//!
//! Owns where front matter ends and what a value is. Knows no key.
//!
//! Invariant: any text is read, or refused with a place; nothing here panics or grows without bounds.

mod fault;
mod from_json;
mod from_toml;
mod from_yaml;
mod value;

use crate::toml::without_bom;
pub use fault::FrontFault;
pub use value::{FrontEntry, FrontTable, FrontValue};

/// The longest front matter, in bytes: more is a data file.
const MOST_BYTES: usize = 256 << 10;

/// The front matter of a file, and where its text begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherFrontMatter {
    pub table: FrontTable,
    /// Byte offset in the file.
    pub body_at: usize,
    /// Whether there is front matter, be it empty.
    pub is_there: bool,
}

/// Splits a file without its byte order mark, and reads its front matter. A file may have none.
///
/// # Errors
/// What cannot be read, or does not end.
pub fn read(text: &str) -> Result<OtherFrontMatter, FrontFault> {
    let first = text.lines().next().unwrap_or_default();
    match first.trim_end() {
        "---" => fenced(text, &["---", "..."], from_yaml::read),
        "+++" => fenced(text, &["+++"], from_toml::read),
        line if line.starts_with('{') && is_json(text) => {
            let (table, body_at) = from_json::read(text)?;
            Ok(OtherFrontMatter { table, body_at, is_there: true })
        }
        _ => Ok(OtherFrontMatter::default()),
    }
}

/// A whole file of settings, by the ending of its name.
///
/// # Errors
/// What cannot be read.
pub fn read_settings(name: &str, text: &str) -> Result<FrontTable, FrontFault> {
    let text = without_bom(text);
    if name.ends_with(".toml") {
        from_toml::read(text, 0)
    } else if name.ends_with(".json") {
        from_json::read(text).map(|(table, _)| table)
    } else {
        from_yaml::read(text, 0)
    }
}

/// Templates begin with braces too.
fn is_json(text: &str) -> bool {
    text[1..].trim_start().starts_with(['"', '}'])
}

fn fenced(
    text: &str,
    fences: &[&str],
    read: fn(&str, usize) -> Result<FrontTable, FrontFault>,
) -> Result<OtherFrontMatter, FrontFault> {
    let mut lines = text.split_inclusive('\n');
    let begin = lines.next().map_or(0, str::len);
    let mut at = begin;
    for line in lines {
        let body_at = at + line.len();
        if fences.contains(&line.trim_end()) {
            if at - begin > MOST_BYTES {
                let message = format!("the front matter has more than {MOST_BYTES} bytes");
                return Err(FrontFault { at: begin, message });
            }
            return Ok(OtherFrontMatter { table: read(&text[begin..at], begin)?, body_at, is_there: true });
        }
        at = body_at;
    }
    Err(FrontFault { at: 0, message: "the front matter does not end".to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            Ok(found) => {
                let values = found.table.entries.iter();
                let values = values.map(|entry| {
                    let value = entry.value.to_toml().map_or("nothing".to_owned(), |value| value.to_string());
                    format!("{}@{}={value}", entry.key, entry.at)
                });
                format!("{} | {:?}", values.collect::<Vec<_>>().join(" "), &text[found.body_at..])
            }
            Err(fault) => format!("{}: {}", fault.at, fault.message),
        }
    }

    #[test]
    fn the_three_languages_give_the_same_values() {
        for text in [
            "---\ntitle: Water\ntags: [old town, \"1.10\"]\nn: 7\n---\nText",
            "+++\ntitle = \"Water\"\ntags = [\"old town\", \"1.10\"]\nn = 7\n+++\nText",
            "{\"title\": \"Water\", \"tags\": [\"old town\", \"1.10\"], \"n\": 7}Text",
        ] {
            let found = shown(text).replace('@', " ");
            assert!(found.contains("title 4=\"Water\"") || found.contains("title 1=\"Water\""), "{found}");
            assert!(found.contains("=[\"old town\", \"1.10\"]"), "{found}");
            assert!(found.contains("n ") && found.contains("=7"), "{found}");
            assert!(found.ends_with(" | \"Text\""), "{found}");
        }
    }

    #[test]
    fn values_of_yaml_keep_their_letters() {
        let yaml =
            "---\nماء: 007\nv: 1.10\nw: ~\nx: |\n  a\n  b\ny: 2016-10-02 21:40:00 +0200\nz: yes\n...\n";
        assert_eq!(
            shown(yaml),
            "ماء@4=\"007\" v@16=\"1.10\" w@24=nothing x@29=\"\"\"\na\nb\n\"\"\" y@42=\"2016-10-02 21:40:00 +0200\" z@71=\"yes\" | \"\""
        );
    }

    #[test]
    fn what_cannot_be_read_has_a_place() {
        for (text, fault) in [
            ("---\ntitle: [a\n---\n", "not YAML"),
            ("+++\ntitle = \n+++\n", "not TOML"),
            ("{\"title\": }", "not JSON"),
            ("---\n- a\n---\n", "not a list of keys"),
            ("---\ntitle: a\n", "does not end"),
            ("---\na: *b\n---\n", "YAML"),
        ] {
            assert!(shown(text).contains(fault), "{text:?} gives {}", shown(text));
        }
        let deep = format!("---\na: {}1{}\n---\n", "[".repeat(100), "]".repeat(100));
        assert!(shown(&deep).contains("too deep"), "{}", shown(&deep));
        let bomb = (0..12).fold("---\na0: &a0 [x, x]\n".to_owned(), |text, n| {
            let items = vec![format!("*a{n}"); 9].join(", ");
            format!("{text}a{next}: &a{next} [{items}]\n", next = n + 1)
        });
        assert!(shown(&(bomb + "---\n")).contains("too many values"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(
            fence in prop::sample::select(vec!["---\n", "+++\n", "{", ""]),
            text in "([a-z]: |- |\\[|\\]|\\{|\\}|\"|'|&a |\\*a|\\||>|#|%|!|\n|  |é|1|=|,|<<: |\\?){0,40}",
        ) {
            let file = format!("{fence}{text}\n{fence}");
            match read(&file) {
                Ok(found) => prop_assert!(file.is_char_boundary(found.body_at)),
                Err(fault) => prop_assert!(fault.at <= file.len()),
            }
            let _ = read_settings("a.yml", &file);
        }
    }
}
