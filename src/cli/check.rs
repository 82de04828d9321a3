//! `bulletin check`: every diagnostic, and with `--external` what other sites say of the links to them.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::args::{Args, CheckOptions, absolute};
use super::options::{build_options, build_time, masked_path, now, published};
use super::proxies;
use super::session::{EXIT_INTERRUPTED, Session, exit_code, unless_closed};
use super::user_folders;
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::{self, CheckScope, CheckedSite};
use crate::external::{self, ExternalOptions, LinkTally, LinkedAddresses, MemoryFile};
use crate::paths::OutPath;

pub fn check(args: &Args, options: &CheckOptions, session: &Session) -> io::Result<u8> {
    let scope = if options.sources { CheckScope::SiteAndRepository } else { CheckScope::Site };
    let linked = options.external.then(LinkedAddresses::default);
    let look = |path: &OutPath, bytes: &[u8]| {
        if let Some(linked) = &linked {
            linked.add(path, bytes);
        }
    };
    let mut checked =
        engine::check(&build_options(args), &session.observer(), &*published(args), scope, &look);
    let asked = match linked {
        Some(linked) => ask_other_sites(args, options, &mut checked, linked, session)?,
        None => OtherSites::default(),
    };
    let (prepared, mut diagnostics) = checked.into_parts();
    // Notes of what is due first: what must be mended is next to the prompt.
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity != Severity::Note);
    unless_closed(session.report_on_stdout(&diagnostics))?;
    let exit = match exit_code(&diagnostics, options.deny_warnings) {
        _ if asked.was_stopped => EXIT_INTERRUPTED,
        exit => exit,
    };
    unless_closed(session.conclude_check(&diagnostics, exit, asked.tally.as_ref()))?;
    unless_closed(session.say_times(|path| masked_path(prepared.as_ref(), path)))?;
    Ok(exit)
}

#[derive(Default)]
struct OtherSites {
    tally: Option<LinkTally>,
    was_stopped: bool,
}

/// Asks nothing while there are errors: they may be about an address that must not be published.
fn ask_other_sites(
    args: &Args,
    options: &CheckOptions,
    checked: &mut CheckedSite,
    linked: LinkedAddresses,
    session: &Session,
) -> io::Result<OtherSites> {
    let has_errors = checked.has_errors();
    let Some(prepared) = checked.prepared.as_ref().filter(|_| !has_errors) else {
        checked.extend([not_checked()]);
        return Ok(OtherSites::default());
    };
    if let Err(refused) = proxies::check() {
        checked.extend([refused]);
        return Ok(OtherSites::default());
    }
    session.leave_signals();
    let is_stopped = stop_when_interrupted()?;
    let memory = options.state.clone().map(absolute).or_else(user_folders::links);
    let is_forgetful = memory.is_none();
    let external_options = ExternalOptions {
        memory: memory.map(MemoryFile::new),
        uses_memory: !options.fresh,
        now: build_time(args).moment_in(&prepared.site.config.timezone).unwrap_or_else(|_| now()).at,
        time_limit: Duration::from_secs(u64::from(options.minutes) * 60),
        is_stopped: &|| is_stopped.load(Ordering::Relaxed),
        observer: &*session.observer,
    };
    let found = external::check(prepared, linked, &external_options);
    checked.extend(found.diagnostics);
    checked.extend(is_forgetful.then(not_remembered));
    Ok(OtherSites { tally: Some(found.tally), was_stopped: found.was_stopped })
}

fn not_checked() -> Diagnostic {
    let message = "links to other sites were not checked: the site has errors";
    Diagnostic::note(Code::EXTERNAL_NOT_CHECKED, message).help("correct the errors, and check again")
}

fn not_remembered() -> Diagnostic {
    let message = "nothing is remembered of this link check: neither XDG_STATE_HOME nor HOME is set";
    Diagnostic::note(Code::LINK_MEMORY, message).help("give a file with --state")
}

/// The first signal ends the questions, and what is known is reported; the second one ends the program.
fn stop_when_interrupted() -> io::Result<Arc<AtomicBool>> {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_stopped);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            // Without reports of signals, the system's own way to end applies.
            if crate::preview::server::interrupted().await.is_err() {
                return;
            }
            flag.store(true, Ordering::Relaxed);
            let _ = crate::preview::server::interrupted().await;
            process::exit(EXIT_INTERRUPTED.into());
        });
    });
    Ok(is_stopped)
}
