//! Reports changes to the pages that browsers have open.
//!
//! Owns what each stream reports: it knows one page, compares its version with the browser's, and reports
//! nothing about other pages.
//!
//! Invariant: after any gap, of time or of connection, a browser learns everything that it missed.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Query;
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{Semaphore, oneshot, watch};

use super::fault_page::plain;
use super::lookup::{self, Lookup};
use super::version;
use crate::preview::state::{PreviewState, Revision};

const MOST_STREAMS: usize = 256;
/// Streams that render their page at one time, so that requests need not wait for all of them.
const MOST_LOOKUPS_OF_STREAMS: usize = 2;
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What a browser has.
#[derive(Deserialize)]
struct Held {
    path: String,
    version: String,
    /// The last revision that it learned of; none on a page that was just loaded.
    now: Option<String>,
}

/// The open streams.
pub struct Streams {
    open: Mutex<OpenStreams>,
    lookups: Semaphore,
    /// Identifies this run: another one counts its revisions from the start again.
    run: u64,
}

#[derive(Default)]
struct OpenStreams {
    next: u64,
    /// By number, so that the oldest is the first. Dropping an end ends its stream.
    ends: BTreeMap<u64, oneshot::Sender<Infallible>>,
}

impl Default for Streams {
    fn default() -> Self {
        let run = std::hash::RandomState::new().hash_one(0);
        Self { open: Mutex::default(), lookups: Semaphore::new(MOST_LOOKUPS_OF_STREAMS), run }
    }
}

impl Streams {
    fn lock(&self) -> MutexGuard<'_, OpenStreams> {
        // It is whole between any two lines of this file.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a new stream, and its end. If there are too many, the oldest one is ended.
    fn begin(&self) -> (u64, oneshot::Receiver<Infallible>) {
        let (end, ended) = oneshot::channel();
        let mut open = self.lock();
        while open.ends.len() >= MOST_STREAMS {
            open.ends.pop_first();
        }
        let number = open.next;
        open.next += 1;
        open.ends.insert(number, end);
        (number, ended)
    }

    /// The name of a revision, for browsers.
    fn name_of(&self, revision: u64) -> String {
        format!("{:016x}-{revision}", self.run)
    }
}

/// Opens a stream.
pub fn answer(state: &PreviewState, streams: &Arc<Streams>, uri: &Uri, method: &Method) -> Response<Body> {
    let Ok(Query(held)) = Query::<Held>::try_from_uri(uri) else {
        return plain(StatusCode::BAD_REQUEST, "Events are asked for with a path and a version.");
    };
    if method == Method::HEAD {
        return ([(header::CONTENT_TYPE, "text/event-stream")], Body::empty()).into_response();
    }
    let (number, ended) = streams.begin();
    let stream = Stream::new(state, Arc::clone(streams), held, number);
    let events = futures_util::stream::unfold((stream, ended), |(mut stream, mut ended)| async {
        let event = tokio::select! {
            _ = &mut ended => None,
            event = stream.next() => event,
        };
        Some((Ok::<_, Infallible>(event?), (stream, ended)))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    // A connection whose stream has ended would only stay open.
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The events of one open page.
struct Stream {
    streams: Arc<Streams>,
    revisions: watch::Receiver<Arc<Revision>>,
    path: String,
    /// What the browser shows.
    version: String,
    /// The last revision that was reported.
    reported: Option<u64>,
    /// The last revision that the browser learned of before this stream.
    before: Option<String>,
    faults: Option<String>,
    waiting: VecDeque<Event>,
    /// Of this stream.
    number: u64,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.streams.lock().ends.remove(&self.number);
    }
}

impl Stream {
    fn new(state: &PreviewState, streams: Arc<Streams>, held: Held, number: u64) -> Self {
        let mut revisions = state.subscribe();
        // The revision that is there already is the first to compare with.
        revisions.mark_changed();
        Self {
            streams,
            revisions,
            path: held.path,
            version: held.version,
            reported: None,
            before: held.now,
            faults: None,
            waiting: VecDeque::new(),
            number,
        }
    }

    /// The next event; `None` when the preview ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            self.revisions.changed().await.ok()?;
            self.compare().await;
        }
    }

    async fn compare(&mut self) {
        let revision = Arc::clone(&self.revisions.borrow_and_update());
        if revision.edition.is_none() && revision.faults.is_empty() {
            return;
        }
        self.report_faults(&revision);
        self.report_files(&revision);
        let version = self.newest_version(Arc::clone(&revision)).await;
        self.report_page(version);
        self.reported = Some(revision.number);
        let name = self.streams.name_of(revision.number);
        self.report("now", &name);
    }

    async fn newest_version(&self, revision: Arc<Revision>) -> String {
        let _permit = self.streams.lookups.acquire().await;
        Lookup::find(revision, self.path.clone()).await.version()
    }

    fn report(&mut self, name: &str, data: &str) {
        self.waiting.push_back(Event::default().event(name).data(data));
    }

    fn report_faults(&mut self, revision: &Revision) {
        let text = lookup::text_of(&revision.faults);
        if self.faults.as_ref() != Some(&text) {
            // As JSON: the lines of an event cannot hold a carriage return.
            self.report("faults", &json!(text).to_string());
            self.faults = Some(text);
        }
    }

    /// If revisions were missed, it is not known which files changed in them: all count as changed.
    fn report_files(&mut self, revision: &Revision) {
        let has_missed = match (self.reported, &self.before) {
            (Some(reported), _) => revision.number > reported + 1,
            (None, Some(before)) => *before != self.streams.name_of(revision.number),
            // A page that was just loaded has the newest files.
            (None, None) => false,
        };
        if has_missed {
            self.report("files", &json!({ "all": true }).to_string());
        } else if self.reported.is_some() && !revision.changed_files.is_empty() {
            let files: Vec<&str> = revision.changed_files.iter().map(|file| &**file).collect();
            self.report("files", &json!({ "files": files }).to_string());
        }
    }

    fn report_page(&mut self, version: String) {
        if version == self.version {
            return;
        }
        let name = if version::only_styles_differ(&self.version, &version) { "style" } else { "reload" };
        self.report(name, &json!(version).to_string());
        self.version = version;
    }
}
