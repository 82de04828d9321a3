//! How a run prints, and the exit code that it ends with.
//!
//! Invariant: a diagnostic leaves the program as text in one place, where private words are masked.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use codespan_reporting::term::termcolor::{ColorChoice, StandardStream, WriteColor};

use super::args::Colour;
pub use super::exit_codes::{EXIT_CONTENT, EXIT_INTERRUPTED, EXIT_REMOVALS, EXIT_SETUP};
use super::run_observer::RunObserver;
use crate::diag::{Cause, Diagnostic, Severity};
use crate::engine::Observer;
use crate::private::{RedactList, mask_record_files};
use crate::report::{self, Format};

/// How this run prints: diagnostics to stderr (those of `check` to stdout), results to stdout.
#[derive(Clone)]
pub struct Session {
    pub format: Format,
    pub colour: Colour,
    pub quiet: bool,
    pub verbose: bool,
    /// The folder of the site as seen from the top of its repository, with `/` at its end; often empty.
    pub folder: String,
    /// Words of the site that must not be printed.
    pub redactions: RedactList,
    pub observer: Arc<RunObserver>,
}

impl Session {
    pub fn report(&self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let colour = self.colour(io::stderr().is_terminal());
        self.write_to(&mut StandardStream::stderr(colour).lock(), diagnostics)
    }

    /// Reports what stopped a command, and returns the exit code that it asks for.
    pub fn fail(&self, faults: &[Diagnostic]) -> io::Result<u8> {
        self.report(faults)?;
        Ok(exit_code(faults, false))
    }

    pub fn report_on_stdout(&self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let colour = self.colour(io::stdout().is_terminal());
        self.write_to(&mut StandardStream::stdout(colour).lock(), diagnostics)
    }

    /// The only place where a diagnostic leaves the program as text. With `--quiet`, notes do not.
    fn write_to(&self, out: &mut dyn WriteColor, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let mut reported = diagnostics.to_vec();
        reported.retain(|diagnostic| !self.quiet || diagnostic.severity != Severity::Note);
        self.redactions.mask_all(&mut reported);
        if !self.format.stays_at_the_desk() {
            mask_record_files(&mut reported);
        }
        if self.format.names_files_from_outside() {
            let related = |diagnostic: &mut Diagnostic| {
                let Diagnostic { place, related, .. } = diagnostic;
                let places = place.iter_mut().chain(related.iter_mut().map(|(place, _)| place));
                places.for_each(|place| place.file.insert_str(0, &self.folder));
            };
            reported.iter_mut().for_each(related);
        }
        let _held = self.observer.hold();
        report::write(out, self.format, &reported)
    }

    /// A text without private words, and without what a terminal would obey.
    pub fn harmless(&self, text: &str) -> String {
        report::harmless(&self.redactions.masked(text))
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
    pub fn say(&self, line: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let _held = self.observer.hold();
        writeln!(io::stdout(), "{}", self.harmless(line))
    }

    /// What follows the run of a command.
    pub fn observer(&self) -> Arc<dyn Observer> {
        Arc::clone(&self.observer) as Arc<dyn Observer>
    }

    /// From now on the command ends itself at a signal.
    pub fn leave_signals(&self) {
        if let Some(line) = &self.observer.line {
            line.leave_signals();
        }
    }

    /// With `--verbose`, what a build or a check spent its time on. `masked` takes private words out of a path.
    pub fn say_times(&self, masked: impl Fn(&str) -> String) -> io::Result<()> {
        let Some(times) = &self.observer.times else { return Ok(()) };
        let _held = self.observer.hold();
        let masked = |path: &str| self.harmless(&masked(path));
        write!(io::stderr(), "\n{}", times.tables(masked))
    }

    /// What to do next, on stderr: stdout has the result alone. With `--quiet`, nothing.
    pub fn advise(&self, line: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let _held = self.observer.hold();
        writeln!(io::stderr(), "{}", self.harmless(line))
    }

    /// Lines that a question is about, on stdout, also with `--quiet`.
    pub fn print(&self, lines: &str) -> io::Result<()> {
        let _held = self.observer.hold();
        let mut out = io::stdout().lock();
        write!(out, "{}", report::harmless_lines(&self.redactions.masked(lines), ""))?;
        out.flush()
    }
}

/// The exit code that the diagnostics ask for: the highest wins.
pub fn exit_code(diagnostics: &[Diagnostic], deny_warnings: bool) -> u8 {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let code = |error: &Diagnostic| match error.cause {
        Cause::Content => EXIT_CONTENT,
        Cause::Setup => EXIT_SETUP,
        Cause::Removals => EXIT_REMOVALS,
    };
    let worst = errors.map(code).max();
    let has_warnings = || diagnostics.iter().any(|d| d.severity == Severity::Warning);
    worst.unwrap_or(if deny_warnings && has_warnings() { EXIT_CONTENT } else { 0 })
}

/// The exit code is that of the work also if its reader went away, as `head` does after its last line.
pub fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
