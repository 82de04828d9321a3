//! `serve` and `build --watch`: what is said while one build follows another, and how they end.
//!
//! Owns no rule of building and serving.

use std::io::{self, Write as _};
use std::process;
use std::sync::{Arc, Mutex};
use std::thread;

use super::args::{Args, Watching};
use super::{EXIT_INTERRUPTED, EXIT_SETUP, Output, Session, bad_out, build_options, exit_code, output, told};
use crate::diag::{self, Diagnostic};
use crate::pipeline::{self, Memory, Workspace};
use crate::preview::follow::{Follower, Round};
use crate::preview::live::Live;
use crate::preview::present::Presenter;
use crate::preview::server::{ServeOptions, Server};
use crate::preview::watch::{Ender, Watcher};
use crate::publish::{List, Published, Publisher};
use crate::source_set::Changes;

/// Builds into the output folder after every change, until somebody ends it.
pub fn build(args: &Args, watching: &Watching, session: &Session) -> io::Result<u8> {
    let output = output(args);
    if let Some(refused) = bad_out(args, &output) {
        session.on_stderr(&[refused])?;
        return Ok(EXIT_SETUP);
    }
    let watcher = Watcher::new(&args.root(), watching.poll);
    end_when_interrupted(watcher.ender())?;
    let mut follower = Follower::new(&args.root(), watcher, Workspace::new(build_options(args)));
    let mut builder =
        Builder { session, output, news: News::default(), memory: Memory::default(), list: None };
    let mut trouble = Ok(());
    builder.first(follower.first())?;
    tell_notice(session, follower.take_notice())?;
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
    memory: Memory,
    /// Of the last publish.
    list: Option<List>,
}

impl Builder<'_> {
    fn first(&mut self, round: Round) -> io::Result<()> {
        let (published, diagnostics) = self.publish(&round);
        self.session.on_stderr(&self.news.of(&diagnostics))?;
        match published {
            Some(published) => self.session.say(&told(&published, &self.output)),
            None => self.session.tell_unpublished(&diagnostics, &self.output),
        }
    }

    fn again(&mut self, round: Round) -> io::Result<()> {
        let (published, diagnostics) = self.publish(&round);
        self.session.on_stderr(&self.news.of(&diagnostics))?;
        let Some(published) = published else {
            return self.session.tell_unpublished(&diagnostics, &self.output);
        };
        let written = published.written + published.changed;
        self.session.say(&format!(
            "{}: {written} written, {} removed, {} ms",
            named(&round.changes),
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
            .and_then(|prepared| pipeline::publish(prepared, Some(&mut self.memory), open, &mut diagnostics));
        self.list = published.as_ref().map(|published| published.list);
        diag::sort(&mut diagnostics);
        (published, diagnostics)
    }
}

/// What was not said yet: a warning that stays is told once.
#[derive(Default)]
struct News(Vec<Diagnostic>);

impl News {
    fn of(&mut self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let news = diagnostics.iter().filter(|diagnostic| !self.0.contains(diagnostic)).cloned().collect();
        self.0 = diagnostics.to_vec();
        news
    }
}

/// The first of the files that changed, and how many more.
fn named(changes: &Changes) -> String {
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
        Some(notice) => session.on_stderr(&[Diagnostic::note("no-events", notice)]),
        None => Ok(()),
    }
}

/// Serves what is built after every change, until somebody ends it.
pub fn serve(args: &Args, port: u16, watching: &Watching, session: &Session) -> io::Result<u8> {
    let live = Arc::new(Live::default());
    let options = ServeOptions { host: "127.0.0.1".to_owned(), port };
    let server = Server::bind(Arc::clone(&live), &options)?;
    let address = server.address()?;
    if address.port() != port {
        writeln!(io::stderr(), "port {port} is taken, using {}", address.port())?;
    }
    let watcher = Watcher::new(&args.root(), watching.poll);
    let mut follower = Follower::new(&args.root(), watcher, Workspace::new(build_options(args)));
    let first = follower.first();
    if let Some(code) = nothing_to_serve(&first, session)? {
        return Ok(code);
    }
    let pages = first.prepared.as_ref().map(|prepared| prepared.site.routes.all().len());
    let said = session.clone();
    let news = Mutex::new(News::default());
    let presenter = Presenter::new(
        live,
        Arc::new(move |diagnostics: &[Diagnostic]| {
            let news = news.lock().map(|mut news| news.of(diagnostics)).unwrap_or_default();
            // A terminal that is gone is no reason to stop serving.
            let _ = said.on_stderr(&news);
        }),
    );
    presenter.show(first);
    tell_notice(session, follower.take_notice())?;
    session.say(&match pages {
        Some(pages) => format!("{pages} pages at http://{address}/ (Ctrl-C ends it)"),
        None => format!("http://{address}/ shows what is wrong until it is mended (Ctrl-C ends it)"),
    })?;
    let said = session.clone();
    thread::spawn(move || {
        follower.run(|round, watcher| {
            let changes = round.changes.clone();
            let since = round.since;
            let is_good = !pipeline::has_errors(&round.diagnostics);
            presenter.show(round);
            let _ = tell_notice(&said, watcher.take_notice());
            if is_good {
                let _ =
                    said.say(&format!("{}: shown after {} ms", named(&changes), since.elapsed().as_millis()));
            }
        })
    });
    server.run()?;
    Ok(EXIT_INTERRUPTED)
}

/// A folder that is no site at all is a slip of the command line, which no waiting would mend.
fn nothing_to_serve(first: &Round, session: &Session) -> io::Result<Option<u8>> {
    if !first.diagnostics.iter().any(|diagnostic| diagnostic.code == "no-site") {
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
            crate::preview::server::interrupted().await;
            ender.end();
            crate::preview::server::interrupted().await;
            process::exit(EXIT_INTERRUPTED.into());
        });
    });
    Ok(())
}
