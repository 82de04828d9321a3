//! `serve` and `build --watch`: what is said while one build follows another, and how they end.
//!
//! Owns no rule of building and serving.

use std::io::{self, Write as _};
use std::mem;
use std::net::{Ipv4Addr, SocketAddr};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use super::args::{Args, Serve, Watching};
use super::{EXIT_INTERRUPTED, EXIT_SETUP, Output, Session, bad_out, build_options, exit_code, output, told};
use crate::diag::{self, Code, Diagnostic, has_errors};
use crate::engine::{self, RenderCache, Workspace};
use crate::preview::follow::{Follower, Round};
use crate::preview::server::{ServeOptions, Server, interrupted};
use crate::preview::state::Live;
use crate::preview::updater::{Presenter, Told};
use crate::preview::watch::{Ender, Watcher};
use crate::publish::{List, Published, Publisher};
use crate::sources::Changes;

/// Builds into the output folder after every change, until somebody ends it.
pub fn build(args: &Args, watching: &Watching, session: &Session) -> io::Result<u8> {
    let output = output(args);
    if let Some(refused) = bad_out(args, &output) {
        session.on_stderr(&[refused])?;
        return Ok(EXIT_SETUP);
    }
    let watcher = Watcher::new(&args.lasting_root(), watching.poll);
    end_when_interrupted(watcher.ender())?;
    let mut follower = Follower::new(&args.lasting_root(), watcher, Workspace::new(build_options(args)));
    let mut builder =
        Builder { session, output, news: News::default(), cache: RenderCache::default(), list: None };
    let mut trouble = Ok(());
    builder.first(follower.first())?;
    tell_notice(session, follower.watch())?;
    follower.run(|round, watcher| {
        let said = builder.again(round).and_then(|()| tell_notice(session, watcher.take_notice()));
        if said.is_err() {
            // Nobody is left to tell.
            watcher.ender().end();
            trouble = said;
        }
    });
    trouble.map(|()| EXIT_INTERRUPTED)
}

struct Builder<'a> {
    session: &'a Session,
    output: Output,
    news: News,
    cache: RenderCache,
    /// Of the last publish.
    list: Option<List>,
}

impl Builder<'_> {
    fn first(&mut self, round: Round) -> io::Result<()> {
        let (published, diagnostics) = self.publish(&round);
        self.session.on_stderr(&self.news.of(&diagnostics, has_errors(&diagnostics)))?;
        match published {
            Some(published) => self.session.say(&told(&published, &self.output)),
            None => self.session.tell_unpublished(&diagnostics, &self.output),
        }
    }

    fn again(&mut self, round: Round) -> io::Result<()> {
        let (published, diagnostics) = self.publish(&round);
        self.session.on_stderr(&self.news.of(&diagnostics, has_errors(&diagnostics)))?;
        let Some(published) = published else {
            return self.session.tell_unpublished(&diagnostics, &self.output);
        };
        let written = published.written + published.changed;
        self.session.say(&format!(
            "{}: {written} written, {} removed, {} ms",
            named(&round),
            published.removed,
            round.since.elapsed().as_millis()
        ))
    }

    fn publish(&mut self, round: &Round) -> (Option<Published>, Vec<Diagnostic>) {
        let mut diagnostics = round.diagnostics.clone();
        let open = || {
            let publisher = Publisher::open(&self.output.folder, &self.output.shown_as)?;
            Ok(publisher.trusting(self.list))
        };
        let published = round
            .prepared
            .as_ref()
            .and_then(|prepared| engine::publish(prepared, Some(&mut self.cache), open, &mut diagnostics));
        self.list = published.as_ref().map(|published| published.list);
        if let Some(prepared) = &round.prepared {
            prepared.sources.redactions.mask_all(&mut diagnostics);
        }
        diag::sort(&mut diagnostics);
        (published, diagnostics)
    }
}

/// What was not said yet: a warning that stays is told once.
#[derive(Default)]
struct News(Vec<Diagnostic>);

impl News {
    /// With `hides`, there are errors, of whatever part of the work.
    fn of(&mut self, diagnostics: &[Diagnostic], hides: bool) -> Vec<Diagnostic> {
        let news = diag::new_ones(&self.0, diagnostics);
        let mut known = diagnostics.to_vec();
        if hides {
            // An error hides what comes behind it, and a warning that is not seen now may be there still.
            let warnings = mem::take(&mut self.0).into_iter().filter(|told| !told.is_error());
            let hidden: Vec<Diagnostic> = warnings.collect();
            known.extend(diag::new_ones(diagnostics, &hidden));
            diag::sort(&mut known);
        }
        self.0 = known;
        news
    }
}

/// The first of the files that changed, and how many more, without the words of redact.txt as it is now:
/// those of the session are from its begin.
fn named(round: &Round) -> String {
    let name = first_of(&round.changes);
    round.prepared.as_ref().map_or_else(|| name.clone(), |prepared| prepared.sources.redactions.masked(&name))
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

fn tell_notice(session: &Session, notice: Option<String>) -> io::Result<()> {
    match notice {
        Some(notice) => session.on_stderr(&[Diagnostic::note(Code::NO_EVENTS, notice)]),
        None => Ok(()),
    }
}

/// Serves what is built after every change, until somebody ends it.
pub fn serve(args: &Args, options: &Serve, session: &Session) -> io::Result<u8> {
    let live = Arc::new(Live::default());
    let wanted = ServeOptions { host: options.host.clone(), port: options.port };
    let server = Server::bind(Arc::clone(&live), &wanted)?;
    let watcher = Watcher::new(&args.lasting_root(), options.watching.poll);
    let mut follower = Follower::new(&args.lasting_root(), watcher, Workspace::new(build_options(args)));
    let first = follower.first();
    if let Some(code) = nothing_to_serve(&first, session)? {
        return Ok(code);
    }
    let pages = first.prepared.as_ref().map(|prepared| prepared.site.routes.all().len());
    let presenter = presenter(live, session);
    presenter.show(first);
    let url = tell_address(&server, options, pages, session)?;
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        writeln!(io::stderr(), "no browser could be opened: {error}")?;
    }
    follow(follower, presenter, session);
    server.run()?;
    Ok(EXIT_INTERRUPTED)
}

fn presenter(live: Arc<Live>, session: &Session) -> Presenter {
    let session = session.clone();
    let (linked, rendered) = (Mutex::new(News::default()), Mutex::new(News::default()));
    let tell = move |told: Told<'_>| {
        let (Told::Linked(found) | Told::Rendered(found)) = told;
        let mut hides = has_errors(found);
        let news = match told {
            Told::Linked(_) => &linked,
            Told::Rendered(_) => {
                hides |= linked.lock().is_ok_and(|linked: MutexGuard<'_, News>| has_errors(&linked.0));
                &rendered
            }
        };
        let news = news.lock().map(|mut news| news.of(found, hides)).unwrap_or_default();
        // A terminal that is gone is no reason to stop serving.
        let _ = session.on_stderr(&news);
    };
    Presenter::new(live, Arc::new(tell))
}

/// Says where the preview is; the port is taken, and who asks now waits.
fn tell_address(
    server: &Server,
    options: &Serve,
    pages: Option<usize>,
    session: &Session,
) -> io::Result<String> {
    let address = server.address();
    let (wanted, taken) = (options.port, address.port());
    if taken != wanted {
        writeln!(io::stderr(), "port {wanted} is taken, using {taken}")?;
    }
    // Every address is none that a browser could open.
    let ip = if address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address.ip() };
    let url = format!("http://{}/", SocketAddr::new(ip, taken));
    session.say(&match pages {
        Some(pages) => format!("{pages} pages at {url} (Ctrl-C ends it)"),
        None => format!("{url} shows what is wrong until it is mended (Ctrl-C ends it)"),
    })?;
    Ok(url)
}

/// Shows every change from now on, on a thread of its own.
fn follow(mut follower: Follower, presenter: Presenter, session: &Session) {
    let session = session.clone();
    thread::spawn(move || {
        // A terminal that is gone is no reason to stop serving.
        let _ = tell_notice(&session, follower.watch());
        follower.run(|round, watcher| {
            let (named, since) = (named(&round), round.since);
            let is_good = !has_errors(&round.diagnostics);
            presenter.show(round);
            let took = since.elapsed().as_millis();
            let _ = tell_notice(&session, watcher.take_notice());
            if is_good {
                let _ = session.say(&format!("{named}: shown after {took} ms"));
            }
        });
    });
}

/// A folder that is no site at all is a slip of the command line, which no waiting would mend.
fn nothing_to_serve(first: &Round, session: &Session) -> io::Result<Option<u8>> {
    if !first.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::NO_SITE) {
        return Ok(None);
    }
    session.on_stderr(&first.diagnostics)?;
    Ok(Some(exit_code(&first.diagnostics, false)))
}

/// The first signal ends when the build that runs is done; a second one at once. What stands in
/// the output folder holds together at any moment.
fn end_when_interrupted(ender: Ender) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            // Without word of signals the system's own way to end holds.
            if interrupted().await.is_err() {
                return;
            }
            ender.end();
            let _ = interrupted().await;
            process::exit(EXIT_INTERRUPTED.into());
        });
    });
    Ok(())
}
