//! `explain`: what a code means, from the registry of diagnostics.

use std::io::{self, Write as _};

use super::session::{EXIT_SETUP, Session};
use crate::diag::codes::AREAS;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::report::{Format, json_line};

/// Explains one code, or lists them all; as JSON, one object a line.
pub fn explain(code: Option<&str>, session: &Session) -> io::Result<u8> {
    let is_json = session.format == Format::Json;
    let text = match code {
        None if is_json => Code::all().map(object).collect(),
        None => list(),
        Some(name) => match Code::from_name(name) {
            Some(code) if is_json => object(code),
            Some(code) => page(code),
            None => {
                session.report(&[unknown(name)])?;
                return Ok(EXIT_SETUP);
            }
        },
    };
    write!(io::stdout(), "{text}")?;
    Ok(0)
}

fn object(code: Code) -> String {
    let severities: Vec<&str> = code.severities().iter().map(|severity| severity.word()).collect();
    let object = serde_json::json!({
        "code": code.name(),
        "severities": severities,
        "summary": code.summary(),
        "explanation": code.explanation(),
        "example": code.example().1,
    });
    json_line(&object) + "\n"
}

fn list() -> String {
    let longest = Code::all().map(|code| code.name().len()).max().unwrap_or_default();
    let mut text = String::new();
    for area in &AREAS {
        text.push_str(&format!("{}\n\n", area.title));
        for code in area.codes {
            text.push_str(&format!("  {code:longest$}  {}\n", code.summary()));
        }
        text.push('\n');
    }
    text + "bulletin explain CODE has more about each.\n"
}

fn page(code: Code) -> String {
    let severities: Vec<&str> = code.severities().iter().map(|severity| severity.word()).collect();
    let (_, example) = code.example();
    let example: Vec<String> =
        example.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    format!(
        "{code} ({})\n\n{}\n\n{}\n\nExample:\n\n{}\n",
        severities.join(" or "),
        code.summary(),
        code.explanation(),
        example.join("\n")
    )
}

fn unknown(name: &str) -> Diagnostic {
    let help = match did_you_mean(name, Code::all().map(Code::name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `bulletin explain` for a list of all codes".to_owned(),
    };
    Diagnostic::error(Code::UNKNOWN_CODE, format!("there is no code `{name}`")).setup().help(help)
}
