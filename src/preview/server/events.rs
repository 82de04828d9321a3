//! Word of changes to the pages that browsers have open.
//!
//! Owns what is told to whom: each stream knows one page, compares its version with the one that a
//! browser holds, and is silent about everything else.
//!
//! Invariant: after any gap, of time or of connection, a browser is told whatever it missed.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{oneshot, watch};

use super::answer::{Preview, plain};
use super::connections::Busy;
use super::lookup::{self, Seen};
use super::styles;
use crate::preview::state::Showing;

const MOST_STREAMS: usize = 256;
const BETWEEN_SIGNS_OF_LIFE: Duration = Duration::from_secs(15);
/// Former pages are for telling what differs, of those that somebody looked at lately.
const MOST_REMEMBERED: usize = 128;
const MOST_REMEMBERED_BYTES: usize = 16 << 20;

/// What a browser has.
#[derive(Deserialize)]
struct Asked {
    path: String,
    version: String,
    /// The last `now` that it was told; none on a page that was just loaded.
    now: Option<String>,
}

/// The streams that are open, and the pages that were served.
pub struct Streams {
    open: Mutex<Open>,
    former: Mutex<Former>,
    /// Tells this run from another, whose numbers begin anew.
    run: u64,
}

#[derive(Default)]
struct Open {
    next: u64,
    /// By number, so that the oldest is the first. Dropping an end ends its stream.
    ends: BTreeMap<u64, oneshot::Sender<Infallible>>,
}

/// The newest last.
#[derive(Default)]
struct Former {
    pages: VecDeque<(String, Bytes)>,
    bytes: usize,
}

impl Default for Streams {
    fn default() -> Self {
        let run = std::hash::RandomState::new().hash_one(0);
        Self { open: Mutex::default(), former: Mutex::default(), run }
    }
}

impl Streams {
    /// Keeps a page for comparing; the oldest ones go.
    pub fn remember(&self, version: &str, bytes: &Bytes) {
        let mut former = lock(&self.former);
        if bytes.len() > MOST_REMEMBERED_BYTES || former.pages.iter().any(|(held, _)| held == version) {
            return;
        }
        former.bytes += bytes.len();
        former.pages.push_back((version.to_owned(), bytes.clone()));
        while former.pages.len() > MOST_REMEMBERED || former.bytes > MOST_REMEMBERED_BYTES {
            let Some((_, gone)) = former.pages.pop_front() else { return };
            former.bytes -= gone.len();
        }
    }

    fn recall(&self, version: &str) -> Option<Bytes> {
        lock(&self.former).pages.iter().find(|(held, _)| held == version).map(|(_, bytes)| bytes.clone())
    }

    /// A place among the streams; where all are taken, that of the oldest.
    fn begin(&self) -> (u64, oneshot::Receiver<Infallible>) {
        let (end, ended) = oneshot::channel();
        let mut open = lock(&self.open);
        while open.ends.len() >= MOST_STREAMS {
            open.ends.pop_first();
        }
        let number = open.next;
        open.next += 1;
        open.ends.insert(number, end);
        (number, ended)
    }

    fn now(&self, number: u64) -> String {
        format!("{:016x}-{number}", self.run)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What they hold is whole between any two lines of this file.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a stream.
pub fn answer(preview: Preview, busy: Busy, uri: &Uri, method: &Method) -> Response<Body> {
    let Ok(Query(asked)) = Query::<Asked>::try_from_uri(uri) else {
        return plain(StatusCode::BAD_REQUEST, "Events are asked for with a path and a version.");
    };
    if method == Method::HEAD {
        return ([(header::CONTENT_TYPE, "text/event-stream")], Body::empty()).into_response();
    }
    let stream = Stream::new(preview, busy, asked);
    let events = futures_util::stream::unfold(stream, |mut stream| async {
        let event = stream.next().await?;
        Some((Ok::<_, Infallible>(event), stream))
    });
    let alive = KeepAlive::new().interval(BETWEEN_SIGNS_OF_LIFE);
    let mut response = Sse::new(events).keep_alive(alive).into_response();
    // A stream that was ended has no more use for its connection, and others may.
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// One open page.
struct Stream {
    preview: Preview,
    live: watch::Receiver<Arc<Showing>>,
    path: String,
    /// What the browser shows.
    version: String,
    /// The last number that was told.
    number: Option<u64>,
    /// What the browser said that it was told before this stream.
    before: Option<String>,
    faults: Option<String>,
    waiting: VecDeque<Event>,
    place: u64,
    ended: oneshot::Receiver<Infallible>,
    _busy: Busy,
}

impl Drop for Stream {
    fn drop(&mut self) {
        lock(&self.preview.streams.open).ends.remove(&self.place);
    }
}

impl Stream {
    fn new(preview: Preview, busy: Busy, asked: Asked) -> Self {
        let (place, ended) = preview.streams.begin();
        let mut live = preview.live.watch();
        // The first look is at what there is already.
        live.mark_changed();
        Self {
            preview,
            live,
            path: asked.path,
            version: asked.version,
            number: None,
            before: asked.now,
            faults: None,
            waiting: VecDeque::new(),
            place,
            ended,
            _busy: busy,
        }
    }

    /// The next word, when there is one; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            tokio::select! {
                _ = &mut self.ended => return None,
                changed = self.live.changed() => changed.ok()?,
            }
            self.compare().await;
        }
    }

    async fn compare(&mut self) {
        let showing = Arc::clone(&self.live.borrow_and_update());
        if showing.edition.is_none() && showing.faults.is_empty() {
            return;
        }
        self.tell_faults(&showing);
        self.tell_files(&showing);
        let seen = lookup::look(Arc::clone(&showing), self.path.clone()).await;
        self.tell_page(&seen);
        self.number = Some(showing.number);
        let now = self.preview.streams.now(showing.number);
        self.tell("now", &now);
    }

    fn tell(&mut self, name: &str, data: &str) {
        self.waiting.push_back(Event::default().event(name).data(data));
    }

    fn tell_faults(&mut self, showing: &Showing) {
        let text = lookup::text_of(&showing.faults);
        if self.faults.as_ref() != Some(&text) {
            // As JSON: the lines of an event lose what a carriage return is.
            self.tell("faults", &json!(text).to_string());
            self.faults = Some(text);
        }
    }

    /// Where numbers were missed, files may have changed that nobody can name now: all of them.
    fn tell_files(&mut self, showing: &Showing) {
        let has_missed = match (self.number, &self.before) {
            (Some(number), _) => showing.number > number + 1,
            (None, Some(before)) => *before != self.preview.streams.now(showing.number),
            // A page that was just loaded has what there is.
            (None, None) => false,
        };
        if has_missed {
            self.tell("files", &json!({ "all": true }).to_string());
        } else if self.number.is_some() && !showing.files.is_empty() {
            let files: Vec<&str> = showing.files.iter().map(|file| &**file).collect();
            self.tell("files", &json!({ "files": files }).to_string());
        }
    }

    fn tell_page(&mut self, seen: &Seen) {
        let version = seen.version();
        if version == self.version {
            return;
        }
        let streams = Arc::clone(&self.preview.streams);
        let former = streams.recall(&self.version);
        let styles =
            former.zip(seen.bytes()).and_then(|(former, now)| styles::only_styles_differ(&former, now));
        if let Some(bytes) = seen.bytes() {
            streams.remember(&version, bytes);
        }
        match styles {
            Some(styles) => {
                self.tell("style", &json!({ "version": version, "styles": styles }).to_string());
            }
            None => self.tell("reload", &json!(version).to_string()),
        }
        self.version = version;
    }
}
