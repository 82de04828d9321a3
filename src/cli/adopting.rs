//! The question of `build --adopt`.
//!
//! Owns its words and who answers it. What a build does with the answer is the matter of `publish`.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use super::args::Publishing;
use super::session::Session;
use crate::publish::{Adoption, AdoptionAnswer, PublishOptions};

pub fn publish_options(publishing: &Publishing, session: &Session) -> PublishOptions {
    let (session, yes) = (session.clone(), publishing.yes);
    let ask = move |adoption: &Adoption| {
        let shown = session.print(&text(adoption));
        match shown.and_then(|()| answer(yes, &adoption.shown_as, &session)) {
            Ok(answer) => answer,
            // What was not shown, or not asked, is not agreed to.
            Err(_) => AdoptionAnswer::No,
        }
    };
    let adopt = publishing.adopt.then(|| Arc::new(ask) as Arc<_>);
    PublishOptions { durable: publishing.durable, adopt, before: None }
}

fn answer(yes: bool, folder: &str, session: &Session) -> io::Result<AdoptionAnswer> {
    if yes {
        return Ok(AdoptionAnswer::Yes);
    }
    if !io::stdin().is_terminal() {
        return Ok(AdoptionAnswer::NotAsked);
    }
    write!(io::stderr(), "{} ", session.harmless(&format!("Take {folder} over? [y/N]")))?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let is_yes = matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes");
    Ok(if is_yes { AdoptionAnswer::Yes } else { AdoptionAnswer::No })
}

/// What the build would do, a file a line.
fn text(adoption: &Adoption) -> String {
    let Adoption { shown_as, kept, replaced, staying } = adoption;
    let mut text = format!("{shown_as}: {kept} kept, as they have the bytes of this build\n");
    text.push_str(&format!("{} to be replaced:\n", replaced.len()));
    push_names(&mut text, replaced);
    text.push_str(&format!("{} not of this build; they stay", staying.named.len() + staying.secret));
    text.push_str(if staying.named.is_empty() { "\n" } else { ":\n" });
    push_names(&mut text, &staying.named);
    text
}

fn push_names(text: &mut String, names: &[String]) {
    for name in names {
        // A line break in a name must not look like another name.
        let name: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        text.push_str(&format!("  {name}\n"));
    }
}
