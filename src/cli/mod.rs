//! Arguments to typed options, and the end of every run: what is said, and the exit code.
//!
//! The only reader of the clock, the environment and the current folder. What was typed
//! (`args`) becomes what is meant (`engine::BuildOptions`), and the rest of the program sees
//! only the second.

mod args;
mod explain;
mod following;
mod scaffold;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{CommandFactory as _, Parser as _};
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream, WriteColor};

use crate::diag::{Cause, Code, Diagnostic, Severity};
use crate::engine::{self, BuildOptions};
use crate::private::RedactList;
use crate::publish::{Published, Publisher};
use crate::report::{self, Format};
use crate::sources;
use crate::time::{DayOrMoment, Moment};
use args::{Args, Colour, Command, absolute};

/// Content or templates have errors.
const EXIT_CONTENT: u8 = 1;
/// Usage, set-up, input and output.
const EXIT_SETUP: u8 = 2;
const EXIT_INTERRUPTED: u8 = 130;

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
            let _ = error.print();
            return code;
        }
    };
    let session = Session {
        format: args.common.format.into(),
        colour: args.common.color,
        quiet: args.common.quiet,
        redactions: sources::private_words(&args.root()),
    };
    match command(&args, &session) {
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

fn command(args: &Args, session: &Session) -> io::Result<u8> {
    if let Some(root) = &args.common.root
        && !root.is_dir()
        && !matches!(args.command, Command::Init { .. } | Command::Explain { .. })
    {
        let message = format!("--root names no folder: {}", root.to_string_lossy());
        session.report(&[Diagnostic::error(Code::NO_ROOT, message).setup().help("check the path")])?;
        return Ok(EXIT_SETUP);
    }
    match &args.command {
        Command::Explain { code } => explain::explain(code.as_deref(), session),
        Command::Init { dir } => scaffold::init(&dir.clone().unwrap_or_else(|| args.root()), session),
        Command::New { title } => scaffold::new(&args.root(), title, clock(), session),
        Command::Build { watch: false, .. } => build(args, session),
        Command::Build { watch: true, watching } => following::build(args, watching, session),
        Command::Check { deny_warnings } => check(args, *deny_warnings, session),
        Command::Serve(options) => following::serve(args, options, session),
    }
}

/// How this run prints: diagnostics to stderr (those of `check` to stdout), results to stdout.
#[derive(Clone)]
pub struct Session {
    format: Format,
    colour: Colour,
    quiet: bool,
    /// Words of the site that must not be printed.
    redactions: RedactList,
}

impl Session {
    fn report(&self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let colour = self.colour(io::stderr().is_terminal());
        self.write_to(&mut StandardStream::stderr(colour).lock(), diagnostics)
    }

    fn report_on_stdout(&self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let colour = self.colour(io::stdout().is_terminal());
        self.write_to(&mut StandardStream::stdout(colour).lock(), diagnostics)
    }

    /// The only place where a diagnostic leaves the program as text. With `--quiet`, notes do not.
    fn write_to(&self, out: &mut dyn WriteColor, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let mut reported = diagnostics.to_vec();
        reported.retain(|diagnostic| !self.quiet || diagnostic.severity != Severity::Note);
        self.redactions.mask_all(&mut reported);
        report::write(out, self.format, &reported)
    }

    /// Says that the output is as it was.
    fn say_unpublished(&self, diagnostics: &[Diagnostic], output: &Output) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let folder = self.redactions.masked(&output.shown_as);
        writeln!(io::stderr(), "{}; {} is as it was", counted(diagnostics), report::harmless(&folder))
    }

    #[expect(clippy::disallowed_methods, reason = "options enter here, those of the environment too")]
    fn colour(&self, is_terminal: bool) -> ColorChoice {
        let wanted = match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                is_terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
            }
        };
        if wanted { ColorChoice::Always } else { ColorChoice::Never }
    }

    /// A line about the result on stdout; with `--quiet`, nothing.
    fn say(&self, line: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(io::stdout(), "{}", report::harmless(&self.redactions.masked(line)))
    }
}

/// The exit code that the diagnostics ask for: the highest wins.
fn exit_code(diagnostics: &[Diagnostic], deny_warnings: bool) -> u8 {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let worst = errors.map(|error| if error.cause == Cause::Setup { EXIT_SETUP } else { EXIT_CONTENT }).max();
    let has_warnings = || diagnostics.iter().any(|d| d.severity == Severity::Warning);
    worst.unwrap_or(if deny_warnings && has_warnings() { EXIT_CONTENT } else { 0 })
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here, once, where --now does not fix it")]
fn clock() -> Moment {
    let now = jiff::Timestamp::now();
    Moment { at: jiff::Timestamp::from_second(now.as_second()).unwrap_or(now), offset: 0 }
}

fn build_options(args: &Args) -> BuildOptions {
    BuildOptions {
        store: crate::sources::Store::Disk(args.absolute_root()),
        now: args.common.now.unwrap_or_else(|| DayOrMoment::Moment(clock())),
        as_of: args.common.as_of,
        drafts: args.common.drafts,
        base_url: args.common.base_url.clone(),
    }
}

/// Where a build is written.
struct Output {
    folder: PathBuf,
    /// How messages call the folder: as it was given.
    shown_as: String,
}

fn output(args: &Args) -> Output {
    match &args.common.out {
        Some(out) => Output { folder: absolute(out.clone()), shown_as: out.to_string_lossy().into_owned() },
        None => Output { folder: args.absolute_root().join("public"), shown_as: "public".to_owned() },
    }
}

/// The folder of the site that a build into `out` would write among its own sources.
fn sources_in_the_way(args: &Args, out: &Path) -> Option<&'static str> {
    // `a/./b` and `a/b` are one place: whole paths hold only `..`, which a link could make another.
    let within = out.strip_prefix(args.absolute_root()).ok()?;
    let first = within.components().next();
    match first.and_then(|part| part.as_os_str().to_str()) {
        None => Some("the folder of the site itself"),
        Some("content") => Some("content/"),
        Some("static") => Some("static/"),
        Some("templates") => Some("templates/"),
        Some("themes") => Some("themes/"),
        Some("i18n") => Some("i18n/"),
        Some(_) => None,
    }
}

fn build(args: &Args, session: &Session) -> io::Result<u8> {
    let output = output(args);
    if let Some(refused) = bad_out(args, &output) {
        session.report(&[refused])?;
        return Ok(EXIT_SETUP);
    }
    let open = || Publisher::open(&output.folder, &output.shown_as);
    let mut built = engine::build(&build_options(args), open);
    // The process ends soon: to free a site piece by piece would only make its user wait.
    std::mem::forget(built.prepared.take());
    let said = session.report(&built.diagnostics).and_then(|()| match &built.published {
        Some(published) => session.say(&summary(published, &output)),
        None => session.say_unpublished(&built.diagnostics, &output),
    });
    unless_closed(said)?;
    Ok(exit_code(&built.diagnostics, false))
}

/// The exit code is that of the work also if its reader went away, as `head` does after its last line.
fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Why a site must not be built where it is asked for.
fn bad_out(args: &Args, output: &Output) -> Option<Diagnostic> {
    let place = sources_in_the_way(args, &output.folder)?;
    let message = format!("--out lies in {place}, among what the site is built from");
    Some(Diagnostic::error(Code::BAD_OUT, message).setup().help("choose a folder of its own, as public/"))
}

fn summary(published: &Published, output: &Output) -> String {
    let Published { written, changed, unchanged, removed, .. } = published;
    format!("{}: {written} new, {changed} changed, {unchanged} unchanged, {removed} removed", output.shown_as)
}

fn check(args: &Args, deny_warnings: bool, session: &Session) -> io::Result<u8> {
    let diagnostics = engine::check(&build_options(args));
    unless_closed(session.report_on_stdout(&diagnostics))?;
    if !session.quiet {
        unless_closed(writeln!(io::stderr(), "{}", counted(&diagnostics)))?;
    }
    Ok(exit_code(&diagnostics, deny_warnings))
}

/// "2 errors, 1 warning"
fn counted(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let errors = count(Severity::Error);
    let warnings = count(Severity::Warning);
    format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
