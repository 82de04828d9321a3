//! `serve` and `build --watch`: what they print while one build follows another, and how they end.
//!
//! Owns no rule of building and serving.

use std::io;
use std::mem;
use std::net::{Ipv4Addr, SocketAddr};
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::adopting::publish_options;
use super::args::{Args, Publishing, Serve, Watching};
use super::options::{Output, bad_out, build_options, clock, output, published, summary};
use super::session::{EXIT_INTERRUPTED, EXIT_SETUP, Session};
use crate::diag::{self, Code, Diagnostic, has_errors};
use crate::engine::{self, OpenPublished, Outcome, RenderCache, Workspace};
use crate::preview::follow::{Follower, Round};
use crate::preview::server::{ServeOptions, Server, interrupted};
use crate::preview::state::PreviewState;
use crate::preview::updater::{PreviewUpdater, Report};
use crate::preview::watch::{StopHandle, Watcher};
use crate::publish::{ListHash, PublishOptions, Published, Publisher};
use crate::sources::{self, Changes};

/// Builds into the output folder after every change, and whenever the time changes what is shown, until it is interrupted.
pub fn build(args: &Args, watching: &Watching, publishing: &Publishing, session: &Session) -> io::Result<u8> {
    let output = output(args);
    if let Some(refused) = bad_out(args, &output) {
        session.report(&[refused])?;
        return Ok(EXIT_SETUP);
    }
    let watcher = Watcher::new(&args.absolute_root(), watching.poll);
    session.leave_signals();
    stop_when_interrupted(watcher.stop_handle())?;
    let workspace = Workspace::new(build_options(args)).observed_by(session.observer());
    let mut follower = Follower::new(&args.absolute_root(), watcher, workspace, clock(args));
    let mut builder = Builder {
        session,
        output,
        options: publish_options(publishing, session),
        news: NewDiagnostics::default(),
        cache: RenderCache::default(),
        list: None,
    };
    let mut outcome = Ok(());
    builder.first(follower.first())?;
    report_notice(session, follower.watch())?;
    follower.run(|round, watcher| {
        outcome = builder.again(round).and_then(|()| report_notice(session, watcher.take_notice()));
        if outcome.is_err() {
            // The terminal is gone.
            watcher.stop_handle().stop();
        }
    });
    outcome.map(|()| EXIT_INTERRUPTED)
}

struct Builder<'a> {
    session: &'a Session,
    output: Output,
    options: PublishOptions,
    news: NewDiagnostics,
    cache: RenderCache,
    /// What the last publish listed.
    list: Option<ListHash>,
}

impl Builder<'_> {
    fn first(&mut self, round: Round) -> io::Result<()> {
        let (outcome, diagnostics) = self.publish(&round);
        self.report(&outcome, &diagnostics, summary)
    }

    fn again(&mut self, round: Round) -> io::Result<()> {
        let (outcome, diagnostics) = self.publish(&round);
        self.report(&outcome, &diagnostics, |published, _| {
            let written = published.written + published.changed;
            let took = round.since.elapsed().as_millis();
            format!("{}: {written} written, {} removed, {took} ms", named(&round), published.removed)
        })
    }

    fn report(
        &mut self,
        outcome: &Outcome<Published>,
        diagnostics: &[Diagnostic],
        summary: impl FnOnce(&Published, &Output) -> String,
    ) -> io::Result<()> {
        self.session.report(&self.news.of(diagnostics, has_errors(diagnostics)))?;
        self.session.conclude_build(diagnostics, outcome, &self.output, summary)
    }

    fn publish(&mut self, round: &Round) -> (Outcome<Published>, Vec<Diagnostic>) {
        let mut diagnostics = round.diagnostics.clone();
        let open = || {
            let options = self.options.clone();
            let publisher = Publisher::open(&self.output.folder, &self.output.shown_as, options)?;
            Ok(publisher.skip_unmodified_since(self.list))
        };
        let outcome = match &round.prepared {
            Some(prepared) => {
                let observer = &*self.session.observer;
                engine::publish(prepared, Some(&mut self.cache), observer, open, &mut diagnostics)
            }
            None => Outcome::NotStarted,
        };
        self.list = match &outcome {
            Outcome::Done(published) => Some(published.list),
            Outcome::NotStarted | Outcome::Partly(_) => None,
        };
        if let Some(prepared) = &round.prepared {
            prepared.mask_all(&mut diagnostics);
        }
        diag::sort(&mut diagnostics);
        (outcome, diagnostics)
    }
}

/// Finds the diagnostics that were not printed yet: a warning that stays is printed once.
#[derive(Default)]
struct NewDiagnostics(Vec<Diagnostic>);

impl NewDiagnostics {
    /// The new ones. With `has_errors`, keeps the warnings that an error may have masked.
    fn of(&mut self, diagnostics: &[Diagnostic], has_errors: bool) -> Vec<Diagnostic> {
        let new = diag::new_ones(&self.0, diagnostics);
        let mut known = diagnostics.to_vec();
        if has_errors {
            let mut masked = mem::take(&mut self.0);
            masked.retain(|diagnostic| !diagnostic.is_error());
            known.extend(diag::new_ones(diagnostics, &masked));
            diag::sort(&mut known);
        }
        self.0 = known;
        new
    }
}

/// The first of the changed files, and how many more, without private words. The time if no file changed. Where the
/// site cannot be read, no one knows what is private.
fn named(round: &Round) -> String {
    let name = match &round.prepared {
        Some(prepared) if round.changes.is_empty() => format!("at {}", prepared.site.local_now()),
        _ => first_of(&round.changes),
    };
    round.prepared.as_ref().map_or_else(|| "a change".to_owned(), |prepared| prepared.masked_path(&name))
}

fn first_of(changes: &Changes) -> String {
    let all = changes.all();
    let mut names = all.iter().filter(|path| path.contains('.')).chain(&all);
    match (names.next(), all.len()) {
        (Some(first), 1) => first.to_string(),
        (Some(first), n) => format!("{first} and {} more", n - 1),
        (None, _) => "nothing".to_owned(),
    }
}

fn report_notice(session: &Session, notice: Option<Diagnostic>) -> io::Result<()> {
    session.report(notice.as_slice())
}

/// Serves the site, built again after every change, until it is interrupted.
pub fn serve(args: &Args, options: &Serve, session: &Session) -> io::Result<u8> {
    let state = Arc::new(PreviewState::default());
    let wanted = ServeOptions { host: options.host.clone(), port: options.port, root: args.absolute_root() };
    let server = match Server::bind(Arc::clone(&state), &wanted) {
        Ok(server) => server,
        Err(refused) => {
            session.report(&[refused])?;
            return Ok(EXIT_SETUP);
        }
    };
    // A slip of the command line: no edit would turn this folder into a site.
    if let Err(no_site) = sources::check_root(&args.absolute_root()) {
        session.report(&[*no_site])?;
        return Ok(EXIT_SETUP);
    }
    let watcher = Watcher::new(&args.absolute_root(), options.watching.poll);
    let workspace = Workspace::new(build_options(args)).observed_by(session.observer());
    let mut follower = Follower::new(&args.absolute_root(), watcher, workspace, clock(args));
    let first = follower.first();
    let pages = first.prepared.as_ref().map(|prepared| prepared.site.routes.all().len());
    let updater = updater(state, session, published(args));
    updater.show(first);
    let url = print_address(&server, options, pages, session)?;
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        let message = format!("no browser could be opened: {}", sources::reason(&error));
        let warning = Diagnostic::warning(Code::NO_BROWSER, message);
        session.report(&[warning.help(format!("open {url} in a browser yourself"))])?;
    }
    follow(follower, updater, session);
    server.run()?;
    Ok(EXIT_INTERRUPTED)
}

/// An updater that prints what it reports.
fn updater(state: Arc<PreviewState>, session: &Session, published: Arc<OpenPublished>) -> PreviewUpdater {
    let session = session.clone();
    let linked: Mutex<NewDiagnostics> = Mutex::default();
    let rendered: Mutex<NewDiagnostics> = Mutex::default();
    let on_report = move |report: Report<'_>| {
        let mut linked = linked.lock().unwrap_or_else(PoisonError::into_inner);
        let new = match report {
            Report::Linked(found) => linked.of(found, has_errors(found)),
            Report::Rendered(found) => {
                let mut rendered = rendered.lock().unwrap_or_else(PoisonError::into_inner);
                rendered.of(found, has_errors(found) || has_errors(&linked.0))
            }
        };
        // A terminal that is gone is no reason to stop serving.
        let _ = session.report(&new);
    };
    PreviewUpdater::new(state, Arc::new(on_report), published)
}

/// Prints where the preview is. The port is taken already, and requests wait.
fn print_address(
    server: &Server,
    options: &Serve,
    pages: Option<usize>,
    session: &Session,
) -> io::Result<String> {
    let address = server.address();
    let wanted = options.port;
    let taken = address.port();
    // Port 0 asks the system for any free one.
    if taken != wanted && wanted != 0 {
        let message = format!("port {wanted} is in use; using {taken}");
        session
            .report(&[Diagnostic::warning(Code::PORT_IN_USE, message)
                .help(format!("open the preview at port {taken}"))])?;
    }
    // No browser can open the address that means all of them.
    let ip = if address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address.ip() };
    let url = format!("http://{}/", SocketAddr::new(ip, taken));
    session.say(&match pages {
        Some(pages) => format!("{pages} pages at {url} (Ctrl-C ends it)"),
        None => format!("{url} shows what is wrong until it is fixed (Ctrl-C ends it)"),
    })?;
    Ok(url)
}

/// Shows every change from now on, on a thread of its own.
fn follow(mut follower: Follower, updater: PreviewUpdater, session: &Session) {
    let session = session.clone();
    thread::spawn(move || {
        // A terminal that is gone is no reason to stop serving.
        let _ = report_notice(&session, follower.watch());
        follower.run(|round, watcher| {
            let named = named(&round);
            let since = round.since;
            let is_good = !has_errors(&round.diagnostics);
            updater.show(round);
            let took = since.elapsed().as_millis();
            let _ = report_notice(&session, watcher.take_notice());
            if is_good {
                let _ = session.say(&format!("{named}: shown after {took} ms"));
            }
        });
    });
}

/// The first signal stops after the build that runs, the second one at once. The output folder holds a
/// whole site at any moment.
fn stop_when_interrupted(watcher: StopHandle) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            // Without reports of signals, the system's own way to end applies.
            if interrupted().await.is_err() {
                return;
            }
            watcher.stop();
            let _ = interrupted().await;
            process::exit(EXIT_INTERRUPTED.into());
        });
    });
    Ok(())
}
