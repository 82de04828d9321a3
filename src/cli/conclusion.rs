//! What is said at the end of a run: in words, or to programs as a last object.

use std::io::{self, Write as _};

use serde_json::{Value, json};

use super::options::Output;
use super::session::{Session, exit_code};
use crate::comparison::PageDifferences;
use crate::diag::{Diagnostic, Severity};
use crate::engine::{Outcome, Progress};
use crate::external::LinkTally;
use crate::paths::OutPath;
use crate::publish::Published;
use crate::report::{Format, json_line};

/// How many removed pages are named without `--verbose`.
const MOST_REMOVED: usize = 50;

impl Session {
    /// How a build ended; `done` says it in words if it was published.
    pub fn conclude_build(
        &self,
        diagnostics: &[Diagnostic],
        outcome: &Outcome<Published>,
        output: &Output,
        done: impl FnOnce(&Published, &Output) -> String,
    ) -> io::Result<()> {
        if self.format == Format::Json {
            return self.say_object(
                diagnostics,
                exit_code(diagnostics, false),
                Some(("published", as_json(outcome, self.verbose))),
            );
        }
        match outcome {
            Outcome::Done(published) => {
                self.say_pages(&published.pages)?;
                self.say(&done(published, output))
            }
            Outcome::Partly(progress) => self.say_partly(diagnostics, *progress, output),
            Outcome::NotStarted => self.say_unpublished(diagnostics, output),
        }
    }

    /// How a check ended, with the exit code that it has, and how many links to other sites answered.
    pub fn conclude_check(
        &self,
        diagnostics: &[Diagnostic],
        exit: u8,
        links: Option<&LinkTally>,
    ) -> io::Result<()> {
        if self.format == Format::Json {
            let links = links.map(|tally| ("links", tally_as_json(tally)));
            return self.say_object(diagnostics, exit, links);
        }
        if self.quiet {
            return Ok(());
        }
        if let Some(links) = links {
            writeln!(io::stderr(), "{}", links.line())?;
        }
        writeln!(io::stderr(), "{}", counted(diagnostics))
    }

    fn say_object(
        &self,
        diagnostics: &[Diagnostic],
        exit: u8,
        more: Option<(&str, Value)>,
    ) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let mut summary = json!({
            "errors": count(diagnostics, Severity::Error),
            "warnings": count(diagnostics, Severity::Warning),
            "notes": count(diagnostics, Severity::Note),
            "exit": exit,
        });
        if let Some((name, value)) = more {
            summary[name] = value;
        }
        writeln!(io::stdout(), "{}", json_line(&json!({ "summary": summary })))
    }

    /// Names the pages that went, and with `--verbose` those that came or changed, as `publish --dry-run` does.
    fn say_pages(&self, pages: &PageDifferences) -> io::Result<()> {
        if self.verbose {
            self.say_each("new", &pages.new)?;
            self.say_each("changed", &pages.changed)?;
        }
        let shown = if self.verbose { pages.removed.len() } else { pages.removed.len().min(MOST_REMOVED) };
        self.say_each("removed", &pages.removed[..shown])?;
        match pages.removed.len() - shown {
            0 => Ok(()),
            more => self.say(&format!("{more} more removed; --verbose names all")),
        }
    }

    /// Paths, each behind what happened to it.
    pub fn say_each(&self, word: &str, paths: &[OutPath]) -> io::Result<()> {
        self.say_each_masked(word, paths, |path| path.to_owned())
    }

    /// As [`Session::say_each`], without what a site hides besides its private words.
    pub fn say_each_masked(
        &self,
        word: &str,
        paths: &[OutPath],
        masked: impl Fn(&str) -> String,
    ) -> io::Result<()> {
        paths.iter().try_for_each(|path| self.say(&format!("{word:<8} {}", masked(path.as_str()))))
    }

    /// Says that the output is as it was, or that there is none.
    fn say_unpublished(&self, diagnostics: &[Diagnostic], output: &Output) -> io::Result<()> {
        if self.is_silent() {
            return Ok(());
        }
        let counted = counted(diagnostics);
        if !output.folder.exists() {
            return writeln!(io::stderr(), "{counted}; nothing was written");
        }
        writeln!(io::stderr(), "{counted}; {} is as it was", self.harmless(&output.shown_as))
    }

    /// Says how far a publish came that failed after its first change.
    fn say_partly(&self, diagnostics: &[Diagnostic], progress: Progress, output: &Output) -> io::Result<()> {
        if self.is_silent() {
            return Ok(());
        }
        let (counted, folder) = (counted(diagnostics), self.harmless(&output.shown_as));
        let Progress { done, of } = progress;
        if done == of {
            let rest = "holds the new site, but the end of the publish failed; build again";
            return writeln!(io::stderr(), "{counted}; {folder} {rest}");
        }
        writeln!(io::stderr(), "{counted}; {folder} is partly published: {done} of {of} files; build again")
    }

    /// Whether a sentence among the diagnostics would be too much.
    fn is_silent(&self) -> bool {
        self.quiet || self.format.is_for_programs()
    }
}

fn as_json(outcome: &Outcome<Published>, verbose: bool) -> Value {
    match outcome {
        Outcome::Done(Published { written, changed, unchanged, removed, pages, .. }) => {
            let mut pages = pages.as_json();
            if !verbose {
                pages = json!({ "removed": pages["removed"] });
            }
            json!({
                "new": written,
                "changed": changed,
                "unchanged": unchanged,
                "removed": removed,
                "pages": pages,
            })
        }
        Outcome::Partly(Progress { done, of }) => json!({ "done": done, "of": of }),
        Outcome::NotStarted => Value::Null,
    }
}

fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

fn tally_as_json(tally: &LinkTally) -> Value {
    json!({
        "addresses": tally.addresses,
        "sites": tally.sites,
        "answer": tally.answer,
        "known": tally.known,
        "gone": tally.gone,
        "private": tally.private,
        "unchecked": tally.unchecked,
    })
}

/// "2 errors, 1 warning"
fn counted(diagnostics: &[Diagnostic]) -> String {
    let errors = count(diagnostics, Severity::Error);
    let warnings = count(diagnostics, Severity::Warning);
    format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
