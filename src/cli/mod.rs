//! Turns arguments into typed options, and results into output and an exit code.
//!
//! The only reader of the clock, the environment and the current folder. What was typed
//! (`args`) becomes what is meant (`engine::BuildOptions`), and the rest of the program sees
//! only the second.

mod adopting;
mod args;
mod card;
mod check;
mod conclusion;
mod copies;
mod diff;
mod due;
mod exit_codes;
mod explain;
mod following;
mod forms;
mod import;
mod list;
mod manual;
mod options;
mod progress;
mod proxies;
mod publish;
mod run_observer;
mod run_times;
mod scaffold;
mod session;
mod sizes;
mod themes;
mod unchanged;
mod user_folders;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{CommandFactory as _, Parser as _};

use crate::copies::stale_signature;
use crate::diag::{Code, Diagnostic};
use crate::engine::{self, Stage};
use crate::private::without_credentials;
use crate::publish::{BuiltRecord, PublishOptions, Published, Publisher};
use crate::report::{Format, harmless_lines};
use crate::schema;
use crate::sources;
use adopting::publish_options;
use args::{Args, Command, FormatName, Publishing};
use options::{Output, bad_out, build_options, build_time, masked_path, output, summary};
use progress::ProgressLine;
use run_observer::RunObserver;
use run_times::RunTimes;
use session::{EXIT_SETUP, Session, exit_code, unless_closed};
use unchanged::SinceLastBuild;

/// All commands and options; docs/cli.md is written from them.
#[must_use]
pub fn command_line() -> clap::Command {
    let mut command = Args::command();
    command.build();
    command
}

/// Runs the program with its arguments and returns the exit code.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are results; everything else clap says is a usage error.
            let code = if error.use_stderr() { EXIT_SETUP } else { 0 };
            let text = error.to_string();
            let shown = harmless_lines(&without_credentials(&text), "");
            // With what was typed in it, which clap repeats as it is.
            let _ = if shown == text { error.print() } else { write!(io::stderr(), "{shown}") };
            return code;
        }
    };
    let session = Session {
        format: args.common.format.into(),
        colour: args.common.color,
        quiet: args.common.quiet,
        verbose: args.common.verbose,
        folder: args.folder_from_outside(),
        redactions: sources::private_words(&args.root()),
        observer: Arc::new(observer(&args)),
    };
    let done = command(&args, &session);
    drop(session.observer.hold());
    match done {
        Ok(code) => code,
        // The reader of the output has all that it wanted, as `head` has.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            let failure = Diagnostic::error(Code::SYSTEM_ERROR, sources::reason(&error)).setup();
            // If stderr is what failed, only the exit code is left.
            let _ = session.report(&[failure.help("check free space, permissions and limits of the system")]);
            EXIT_SETUP
        }
    }
}

/// Programs get no line that is written over, and no table.
fn observer(args: &Args) -> RunObserver {
    let is_for_people = !args.common.quiet && !Format::from(args.common.format).is_for_programs();
    let has_times = matches!(args.command, Command::Build { watch: false, .. } | Command::Check(_));
    RunObserver {
        line: is_for_people.then(ProgressLine::on_terminal).flatten(),
        times: (is_for_people && has_times && args.common.verbose).then(RunTimes::new),
    }
}

fn command(args: &Args, session: &Session) -> io::Result<u8> {
    if let Some(root) = &args.common.root
        && !root.is_dir()
        && args.command.needs_site()
    {
        let message = format!("--root names no folder: {}", root.to_string_lossy());
        session.report(&[Diagnostic::error(Code::NO_ROOT, message).setup().help("check the path")])?;
        return Ok(EXIT_SETUP);
    }
    if matches!(args.common.format, FormatName::Table | FormatName::Csv)
        && !matches!(args.command, Command::List(_))
    {
        let message = "only `bulletin list` has the formats table and csv";
        let help = "write human, short, json, github or sarif";
        session.report(&[Diagnostic::error(Code::BAD_FILTER, message).setup().help(help)])?;
        return Ok(EXIT_SETUP);
    }
    // At the start, where a failure is no panic.
    rayon::ThreadPoolBuilder::new().build_global().map_err(io::Error::other)?;
    match &args.command {
        Command::Explain { code } => explain::explain(code.as_deref(), session),
        Command::Completions { shell } => manual::completions(*shell, command_line()),
        Command::Man { command } => manual::man(command.as_deref(), &command_line(), session),
        Command::Schema { kind } => print_schema(kind.as_deref()),
        Command::Init { dir, ci } => scaffold::init(
            &dir.clone().or_else(|| args.common.root.clone()).unwrap_or_else(|| PathBuf::from(".")),
            ci.map(Into::into),
            build_time(args),
            session,
        ),
        Command::New { words } => scaffold::new(&args.root(), words, build_time(args), session),
        Command::Build { watch: false, publishing, .. } => build(args, publishing, session),
        Command::Build { watch: true, watching, publishing } => {
            following::build(args, watching, publishing, session)
        }
        Command::Check(options) => check::check(args, options, session),
        Command::Import(options) => import::import(args, options, session),
        Command::Cms(options) => forms::cms(&args.root(), options, session),
        Command::Publish(options) => publish::publish(args, options, session),
        Command::Due => due::due(args, session),
        Command::Diff(options) => diff::diff(args, options, session),
        Command::Card(options) => card::card(args, options, session),
        Command::Keys { command } => copies::keys(command, session),
        Command::Sign(options) => copies::sign(args, options, session),
        Command::Pack { file, replace } => copies::pack(args, file, *replace, session),
        Command::Verify(options) => copies::verify(args, options, session),
        Command::Theme { command } => themes::theme(&args.root(), command, session),
        Command::List(options) => list::list(args, options, session),
        Command::Serve(options) => following::serve(args, options, session),
    }
}

fn print_schema(kind: Option<&str>) -> io::Result<u8> {
    let schema = kind.map_or_else(schema::of_all, |kind| schema::of_kind(kind).unwrap_or_default());
    write!(io::stdout(), "{schema}")?;
    Ok(0)
}

fn build(args: &Args, publishing: &Publishing, session: &Session) -> io::Result<u8> {
    let output = output(args);
    if let Some(refused) = bad_out(args, &output) {
        session.report(&[refused])?;
        return Ok(EXIT_SETUP);
    }
    let options = build_options(args);
    let observer = session.observer();
    let mut since = engine::in_stage(&*observer, Stage::Comparing, || {
        SinceLastBuild::look(args, &options, publishing, &output)
    });
    if let Some(record) = since.unchanged(options.now) {
        let exit = say_unchanged(record, &output, session)?;
        unless_closed(session.say_times(str::to_owned))?;
        return Ok(exit);
    }
    since.wait_for_the_clock();
    let publish_options = PublishOptions { before: since.outputs(), ..publish_options(publishing, session) };
    let open = || Publisher::open(&output.folder, &output.shown_as, publish_options);
    let mut built = engine::build(&options, &observer, open);
    if matches!(built.outcome, engine::Outcome::Done(_)) {
        built.diagnostics.extend(stale_signature(&output.folder, &output.shown_as));
    }
    since.remember(&built, &output);
    // The process ends soon: to free a site piece by piece would only make its user wait.
    let prepared = std::mem::ManuallyDrop::new(built.prepared.take());
    let said = session
        .report(&built.diagnostics)
        .and_then(|()| session.conclude_build(&built.diagnostics, &built.outcome, &output, summary))
        .and_then(|()| session.say_times(|path| masked_path(prepared.as_ref(), path)));
    unless_closed(said)?;
    Ok(exit_code(&built.diagnostics, false))
}

/// The same as a build that finds every output as it should be, and a line that says why it was fast.
fn say_unchanged(record: BuiltRecord, output: &Output, session: &Session) -> io::Result<u8> {
    let BuiltRecord { outputs, diagnostics, .. } = record;
    let outcome = engine::Outcome::Done(Published { unchanged: outputs, ..Published::default() });
    let said = session.report(&diagnostics).and_then(|()| {
        if !session.format.is_for_programs() {
            session.advise(&format!("nothing has changed since the last build of {}", output.shown_as))?;
        }
        session.conclude_build(&diagnostics, &outcome, output, summary)
    });
    unless_closed(said)?;
    Ok(exit_code(&diagnostics, false))
}
