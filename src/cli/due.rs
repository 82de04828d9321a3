//! `due`: what lapses or is due, for people and for schedulers.

use std::io;

use serde_json::{Value, json};

use super::args::Args;
use super::options::build_options;
use super::session::{Session, exit_code};
use crate::diag::Diagnostic;
use crate::engine::{self, Due};
use crate::report::{Format, json_line};

/// Lists what is due. Of a site with errors, what could be read of it, and the errors.
pub fn due(args: &Args, session: &Session) -> io::Result<u8> {
    let (due, mut diagnostics) = engine::due(&build_options(args));
    diagnostics.retain(Diagnostic::is_error);
    session.report(&diagnostics)?;
    if let Some(due) = &due {
        let text = if session.format == Format::Json { as_json(due) } else { in_words(due) };
        session.print(&text)?;
    }
    Ok(exit_code(&diagnostics, false))
}

fn in_words(due: &Due) -> String {
    let mut text = match due.next_build {
        Some(at) => format!("the next build is needed at {at}\n"),
        None => "no build is needed until a file changes\n".to_owned(),
    };
    for note in &due.overdue {
        text += &format!("overdue: {}{}\n", place(note), note.message);
    }
    for moment in &due.to_come {
        text += &format!("{}{}\n", place(&moment.note), moment.note.message);
    }
    text
}

fn place(note: &Diagnostic) -> String {
    note.place.as_ref().map_or(String::new(), |place| format!("{}: ", place.file))
}

fn as_json(due: &Due) -> String {
    let to_come = due.to_come.iter().map(|moment| {
        let mut entry = noted(&moment.note);
        entry["at"] = json!(moment.at.to_string());
        entry["kind"] = json!(moment.kind);
        entry
    });
    let object = json!({
        "next_build": due.next_build.map(|at| at.to_string()),
        "due": to_come.collect::<Vec<_>>(),
        "overdue": due.overdue.iter().map(noted).collect::<Vec<_>>(),
    });
    json_line(&object) + "\n"
}

fn noted(note: &Diagnostic) -> Value {
    json!({
        "message": note.message,
        "file": note.place.as_ref().map(|place| &place.file),
        "line": note.place.as_ref().map(|place| place.line),
    })
}
