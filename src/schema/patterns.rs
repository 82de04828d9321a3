//! The forms of texts, as regular expressions that every validator reads alike.

/// Digits of Latin, Arabic and Persian keyboards.
const DIGIT: &str = "[0-9٠-٩۰-۹０-９]";

/// Text that is not blank.
pub(super) const FILLED: &str = r"\S";

pub(super) const WEB_ADDRESS: &str = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://\S";

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
