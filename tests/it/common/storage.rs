//! A server that speaks as much of S3 as a publish needs, and fails when a test says so.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Works,
    /// Each request is answered 500 the first time.
    FirstFails,
    /// Each connection is cut without an answer the first time, after the request was done.
    FirstIsCut,
    /// From this request on none is done or answered.
    StopsAt(usize),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredObject {
    pub bytes: Vec<u8>,
    pub headers: BTreeMap<String, String>,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, StoredObject>,
    versions: BTreeMap<String, usize>,
    seen: BTreeSet<String>,
    requests: Vec<String>,
}

pub struct StorageServer {
    pub address: String,
    state: Arc<Mutex<State>>,
}

struct Asked {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
    /// All that came before the body.
    text: String,
}

impl StorageServer {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                thread::spawn(move || answer(stream, mood, &state));
            }
        });
        Self { address, state }
    }

    /// The same objects behind a server of another mood.
    pub fn with_mood(&self, mood: Mood) -> Self {
        let other = Self::start(mood);
        let state = self.state.lock().unwrap();
        let mut copied = other.state.lock().unwrap();
        copied.objects.clone_from(&state.objects);
        copied.versions.clone_from(&state.versions);
        drop(copied);
        other
    }

    /// By path behind the bucket.
    pub fn objects(&self) -> BTreeMap<String, StoredObject> {
        self.state.lock().unwrap().objects.clone()
    }

    /// The lines and headers of all requests.
    pub fn requests(&self) -> Vec<String> {
        self.state.lock().unwrap().requests.clone()
    }
}

fn answer(mut stream: TcpStream, mood: Mood, state: &Mutex<State>) {
    let Some(asked) = read(&stream) else { return };
    let mut state = state.lock().unwrap();
    let number = state.requests.len();
    state.requests.push(asked.text.clone());
    if matches!(mood, Mood::StopsAt(at) if number >= at) {
        return;
    }
    let what = format!("{} {} {}", asked.method, asked.path, asked.headers.contains_key("if-none-match"));
    let is_first = state.seen.insert(what);
    if mood == Mood::FirstFails && is_first {
        let _ = stream.write_all(b"HTTP/1.1 500 no\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        return;
    }
    let answer = done(&asked, &mut state);
    drop(state);
    if mood != Mood::FirstIsCut || !is_first {
        let _ = stream.write_all(&answer);
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        if reader.read_line(&mut text).ok()? == 0 {
            return None;
        }
    }
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, headers, body, text })
}

fn done(asked: &Asked, state: &mut State) -> Vec<u8> {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    let key = path.trim_start_matches("/bucket").trim_start_matches('/').to_owned();
    if query.contains("list-type=2") {
        return with(200, "", list(state).as_bytes());
    }
    let tag = |state: &State| format!("\"v{}\"", state.versions.get(&key).copied().unwrap_or(0));
    match asked.method.as_str() {
        "PUT" => {
            let is_there = state.objects.contains_key(&key);
            let condition = asked.headers.get("if-match");
            if asked.headers.contains_key("if-none-match") && is_there
                || condition.is_some_and(|wanted| !is_there || *wanted != tag(state))
            {
                return with(412, "", b"<Error><Code>PreconditionFailed</Code></Error>");
            }
            let object = StoredObject { bytes: asked.body.clone(), headers: asked.headers.clone() };
            state.objects.insert(key.clone(), object);
            *state.versions.entry(key.clone()).or_default() += 1;
            with(200, &format!("etag: {}\r\n", tag(state)), b"")
        }
        "GET" => match state.objects.get(&key) {
            Some(object) => {
                let kept = object.headers.iter().filter(|(name, _)| name.starts_with("x-amz-meta-"));
                let kept: String = kept.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
                let date = "last-modified: Sun, 02 Oct 2016 18:40:00 GMT\r\n";
                with(200, &format!("etag: {}\r\n{date}{kept}", tag(state)), &object.bytes)
            }
            None => with(404, "", b"<Error><Code>NoSuchKey</Code></Error>"),
        },
        "DELETE" => {
            state.objects.remove(&key);
            with(204, "", b"")
        }
        _ => with(405, "", b""),
    }
}

fn list(state: &State) -> String {
    let entry = |(key, object): (&String, &StoredObject)| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2016-10-02T18:40:00.000Z</LastModified><ETag>\"x\"</ETag>\
             <Size>{}</Size></Contents>",
            object.bytes.len()
        )
    };
    let entries: String = state.objects.iter().map(entry).collect();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>")
}

fn with(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut answer =
        format!("HTTP/1.1 {status} x\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
    if status == 204 {
        answer = "HTTP/1.1 204 x\r\nconnection: close\r\n\r\n".to_owned();
    }
    [answer.as_bytes(), body].concat()
}
