//! The forms of texts, as regular expressions that every validator reads alike.

/// Digits of Latin, Arabic and Persian keyboards.
const DIGIT: &str = "[0-9٠-٩۰-۹]";

/// Text that is not blank.
pub(super) const FILLED: &str = r"\S";

pub(super) const WEB_ADDRESS: &str = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://\S";

fn day() -> String {
    format!("{DIGIT}{{4}}-{DIGIT}{{2}}-{DIGIT}{{2}}")
}

fn time() -> String {
    format!(
        "(([Tt]| +){DIGIT}{{2}}:{DIGIT}{{2}}(:{DIGIT}{{2}}([.,]{DIGIT}+)?)?( *([Zz]|[+-]{DIGIT}{{2}}:{DIGIT}{{2}}))?)?"
    )
}

pub(super) fn only_day() -> String {
    format!(r"^\s*{}\s*$", day())
}

pub(super) fn moment() -> String {
    format!(r"^\s*{}{}\s*$", day(), time())
}

/// A year, a month, a day or a time, or a range of them.
pub(super) fn when() -> String {
    let month = format!("{DIGIT}{{4}}-{DIGIT}{{2}}");
    let point = format!("(({}{}|{month}|{DIGIT}{{4}})[~?]?|[.][.])", day(), time());
    format!(r"^\s*{point}(/{point})?\s*$")
}
