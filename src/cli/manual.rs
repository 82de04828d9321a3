//! `completions` and `man`: what packages of the program hold besides it.

use std::io::{self, Write as _};

use clap_complete::Shell;
use clap_mangen::Man;

use super::session::{EXIT_SETUP, Session, unless_closed};
use crate::diag::{Code, Diagnostic, did_you_mean};

pub fn completions(shell: Shell, mut program: clap::Command) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, "bulletin", &mut script);
    unless_closed(io::stdout().write_all(&script))?;
    Ok(0)
}

/// The manual page of the program, or of one of its commands.
pub fn man(name: Option<&str>, program: &clap::Command, session: &Session) -> io::Result<u8> {
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command,
            None => {
                session.report(&[unknown(name, program)])?;
                return Ok(EXIT_SETUP);
            }
        },
    };
    let mut page = Vec::new();
    let version = concat!("bulletin ", env!("CARGO_PKG_VERSION"));
    Man::new(command.clone()).source(version).render(&mut page)?;
    unless_closed(io::stdout().write_all(&page))?;
    Ok(0)
}

fn unknown(name: &str, program: &clap::Command) -> Diagnostic {
    let names = program.get_subcommands().map(clap::Command::get_name);
    let help = match did_you_mean(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`bulletin --help` lists all commands".to_owned(),
    };
    Diagnostic::error(Code::UNKNOWN_COMMAND, format!("there is no command `{name}`")).setup().help(help)
}
