//! The forms of texts, as regular expressions that every validator reads alike.

/// Digits of Latin, Arabic and Persian keyboards.
const DIGIT: &str = "[0-9٠-٩۰-۹０-９]";

/// Text that is not blank.
pub(super) const FILLED: &str = r"\S";

pub(super) const WEB_ADDRESS: &str = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://\S";

/// What no name of a file may hold: a slash, and signs that not every file system can store.
const NO_FILE_NAME: &str = r#"/\\:*?"<>|"#;

/// The form of a line of text, by what the registry calls it. It may accept more than the reader, and never less.
pub(super) fn line(noun: &str) -> String {
    let id = r"[^\x00-,./:-`{-\x7F-]+(-[^\x00-,./:-`{-\x7F-]+)*";
    match noun {
        "id" => format!(r"^\s*{id}\s*$"),
        _ if noun.starts_with("id of ") => format!(r"^\s*{id}\s*$"),
        "briefing and claim" => format!(r"^\s*{id}/{id}\s*$"),
        "path that ends in .html" => {
            // A percent sign may be a part of any letter of the ending.
            let sign = &NO_FILE_NAME[1..];
            format!(r"^\s*([^{sign}]*([.]html|/)|[^{sign}]*%[^{sign}]*)\s*$")
        }
        "name of a .geojson file" => format!(r"^\s*[^{NO_FILE_NAME}]*[.]geojson\s*$"),
        "name of a .csv file" => format!(r"^\s*[^{NO_FILE_NAME}]*[.][Cc][Ss][Vv]\s*$"),
        "name of a folder" => format!(r"^\s*[^{NO_FILE_NAME}]+\s*$"),
        "language code" => r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$".to_owned(),
        "64 hexadecimal digits" => r"^\s*[0-9A-Fa-f]{64}\s*$".to_owned(),
        _ => FILLED.to_owned(),
    }
}

/// The minus sign, and the hyphens and dashes that keyboards have in its place.
const HYPHEN: &str = "[-−‐‑–－]";

fn day() -> String {
    format!("{DIGIT}{{4}}{HYPHEN}{DIGIT}{{2}}{HYPHEN}{DIGIT}{{2}}")
}

fn time() -> String {
    let clock = format!("{DIGIT}{{2}}:{DIGIT}{{2}}(:{DIGIT}{{2}}([.,٫،]{DIGIT}+)?)?");
    let offset = format!("[Zz]|([+＋]|{HYPHEN}){DIGIT}{{2}}:?{DIGIT}{{2}}|[+＋]{DIGIT}{{2}}");
    format!(r"((\s*[Tt]|\s+){clock}(\s*({offset}))?)?")
}

pub(super) fn only_day() -> String {
    format!(r"^\s*{}\s*$", day())
}

pub(super) fn moment() -> String {
    format!(r"^\s*{}{}\s*$", day(), time())
}

/// A year, a month, a day or a time, or a range of them.
pub(super) fn when() -> String {
    let month = format!("{DIGIT}{{4}}{HYPHEN}{DIGIT}{{2}}");
    let point = format!("(({}{}|{month}|{DIGIT}{{4}})[~～〜?？؟%]?|[.][.])", day(), time());
    let joint = format!(r"(\s*([/／—]|{HYPHEN})\s*|\s+(to|until|till)\s+)");
    format!(r"^\s*{point}({joint}{point})?\s*$")
}
