//! Front matter in YAML, as the TOML to write instead.
//!
//! Owns a remedy, not a reader of YAML: what is more than lines of keys and plain lists is left to the writer.

use std::str::FromStr as _;

use toml::value::Datetime;

/// More lines would hide the message.
const MOST_LINES: usize = 30;

/// The front matter of a file that begins with `---`, between lines of `+++`. `None` if a line of it is not
/// a key with a plain value, or an item of a plain list.
pub(super) fn as_toml(text: &str) -> Option<String> {
    let mut lines = text.lines().skip(1).take_while(|line| line.trim_end() != "---").peekable();
    let mut toml = vec!["+++".to_owned()];
    while let Some(line) = lines.next() {
        if toml.len() > MOST_LINES {
            return None;
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if key.is_empty() || !key.chars().all(is_key) {
            return None;
        }
        let value = value.trim();
        if !value.is_empty() {
            toml.push(format!("{key} = {}", toml_value(value)?));
            continue;
        }
        let mut items = Vec::new();
        while let Some(item) = lines.peek().and_then(|line| line.trim_start().strip_prefix("- ")) {
            items.push(scalar(item.trim())?);
            lines.next();
        }
        toml.push(format!("{key} = [{}]", items.join(", ")));
    }
    toml.push("+++".to_owned());
    (toml.len() > 2).then(|| toml.join("\n"))
}

fn toml_value(yaml: &str) -> Option<String> {
    match yaml.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(items) if items.trim().is_empty() => Some("[]".to_owned()),
        Some(items) => {
            let items: Option<Vec<String>> = items.split(',').map(|item| scalar(item.trim())).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        None => scalar(yaml),
    }
}

fn scalar(yaml: &str) -> Option<String> {
    let quoted = |quote| yaml.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(text) = quoted('"').or_else(|| quoted('\'')) {
        // Escapes have rules of their own in each language.
        return (!text.contains(['\\', '"', '\''])).then(|| format!("\"{text}\""));
    }
    if yaml.is_empty() || yaml.starts_with(['&', '*', '!', '|', '>', '{', '%', '@', '`', '[']) {
        return None;
    }
    let is_number = yaml.parse::<i64>().is_ok_and(|number| number.to_string() == yaml);
    if matches!(yaml, "true" | "false") || is_number || is_date(yaml) {
        return Some(yaml.to_owned());
    }
    Some(toml::Value::String(yaml.to_owned()).to_string())
}

/// Whether TOML has it as a date without quotes.
fn is_date(yaml: &str) -> bool {
    Datetime::from_str(yaml).is_ok_and(|date| date.date.is_some())
}
