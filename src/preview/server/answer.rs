//! A request to an answer.
//!
//! Owns addresses, content types and headers. What a page holds comes from `seen`; what the preview
//! adds to it from `inject`.
//!
//! Invariant: an address names an output path of the site or nothing; the disk is never asked.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::{self, map_response};
use axum::response::IntoResponse as _;
use axum::{Extension, Router};
use percent_encoding::percent_decode_str;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::connections::Seat;
use super::events::{self, Streams};
use super::guard::{self, Guard};
use super::lookup::{self, Seen};
use super::validators::{self, Part};
use super::{fault_page, inject};
use crate::paths::ascii_url_path;
use crate::preview::state::{Live, Showing};
use crate::render::fingerprint;

const CLIENT: &str = include_str!("../client.js");
/// How long the first request waits for the first site.
const FOR_A_SITE: Duration = Duration::from_secs(20);

/// What every answer needs.
#[derive(Clone)]
pub struct Preview {
    pub live: Arc<Live>,
    pub guard: Arc<Guard>,
    pub streams: Arc<Streams>,
}

impl Preview {
    pub fn new(live: Arc<Live>, guard: Guard) -> Self {
        Self { live, guard: Arc::new(guard), streams: Arc::default() }
    }

    /// What there is to see, once there is something.
    pub async fn showing(&self) -> Arc<Showing> {
        let mut live = self.live.watch();
        let has_begun = |showing: &Arc<Showing>| showing.edition.is_some() || !showing.faults.is_empty();
        // Too late, or nobody will ever show anything: what there is then says so.
        let _ = tokio::time::timeout(FOR_A_SITE, live.wait_for(has_begun)).await;
        self.live.now()
    }
}

/// One way through for every request, so that none goes past the guard.
pub fn app(preview: Preview) -> Router {
    // To the same machine, time counts for more than bytes.
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Router::new()
        .fallback(answer)
        .layer(compression)
        .layer(map_response(finished))
        .layer(middleware::from_fn_with_state(preview.clone(), guarded))
        .with_state(preview)
}

async fn guarded(State(preview): State<Preview>, request: Request, next: middleware::Next) -> Response<Body> {
    if !preview.guard.lets_in(request.uri(), request.headers()) {
        return finished(plain(StatusCode::FORBIDDEN, "This preview answers to localhost only.")).await;
    }
    next.run(request).await
}

/// Headers of every answer.
async fn finished(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 3] = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Two encodings of one page are not the same bytes, and a strong tag would say so.
    if headers.contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = headers.get(header::ETAG)
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat())
    {
        headers.insert(header::ETAG, weak);
    }
    response
}

async fn answer(
    State(preview): State<Preview>,
    Extension(seat): Extension<Arc<Seat>>,
    request: Request,
) -> Response<Body> {
    let busy = seat.busy();
    // Bodies are not read: nothing here takes one.
    let (request, _) = request.into_parts();
    if request.method != Method::GET && request.method != Method::HEAD {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (allowed, plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.")).into_response();
    }
    match request.uri.path() {
        "/.bulletin/preview.js" => client(&request.headers),
        "/.bulletin/events" if !guard::is_of_this_site(&request.headers) => {
            plain(StatusCode::FORBIDDEN, "Events are for this preview's own pages.")
        }
        "/.bulletin/events" => events::answer(preview, busy, &request.uri, &request.method),
        _ => page(&preview, &request).await,
    }
}

fn client(headers: &HeaderMap) -> Response<Body> {
    let version = fingerprint::of_bytes(CLIENT.as_bytes());
    of_bytes(headers, Bytes::from_static(CLIENT.as_bytes()), version, "preview.js")
}

async fn page(preview: &Preview, request: &Parts) -> Response<Body> {
    let Some(path) = output_path(request.uri.path()) else {
        return plain(StatusCode::BAD_REQUEST, "This is no address of a page.");
    };
    let showing = preview.showing().await;
    let seen = lookup::look(showing, path.clone()).await;
    let version = seen.version();
    match seen {
        Seen::Page(page) if !is_html(&path) => of_bytes(&request.headers, page.bytes, page.version, &path),
        Seen::Page(page) => {
            preview.streams.remember(&version, &page.bytes);
            let bytes = inject::inserted(&page.bytes, &path, &version);
            let version = fingerprint::of_bytes(&bytes);
            of_bytes(&request.headers, bytes.into(), version, &path)
        }
        Seen::Missing(Some(page)) => {
            preview.streams.remember(&version, &page.bytes);
            html(StatusCode::NOT_FOUND, inject::inserted(&page.bytes, &path, &version))
        }
        Seen::Missing(None) => plain(StatusCode::NOT_FOUND, "There is no such page."),
        Seen::Folder => redirect(&path, &request.uri),
        Seen::Fault(fault) => {
            let status = match fault.is_of_page {
                true => StatusCode::INTERNAL_SERVER_ERROR,
                false => StatusCode::SERVICE_UNAVAILABLE,
            };
            html(status, inject::inserted(fault_page::html(&fault).as_bytes(), &path, &version))
        }
    }
}

/// The output path that an address means; `None` where no output path could look like it.
///
/// Decoded once: what is encoded twice names a file with `%` in it. Dots need no care of their own,
/// because a path is looked up among the site's and never walked.
fn output_path(address: &str) -> Option<String> {
    let path = percent_decode_str(address.strip_prefix('/')?).decode_utf8().ok()?;
    if path.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    Some(format!("{path}{index}"))
}

fn is_html(path: &str) -> bool {
    mime_guess::from_path(path).first().is_some_and(|guess| guess.essence_str() == "text/html")
}

/// All or a part of something, or word that it has not changed.
fn of_bytes(headers: &HeaderMap, bytes: Bytes, version: u64, path: &str) -> Response<Body> {
    let tag = validators::tag(version);
    let tagged = |status: StatusCode, tag: &str, body: Body| {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        if let Ok(tag) = HeaderValue::from_str(tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    };
    if let Some(held) = validators::held(headers, &tag) {
        return tagged(StatusCode::NOT_MODIFIED, held, Body::empty());
    }
    let len = bytes.len();
    let (mut response, range) = match validators::part(headers, &tag, len) {
        Part::Whole => (tagged(StatusCode::OK, &tag, Body::from(bytes)), None),
        Part::Some(part) => {
            let range = validators::content_range(Some(&part), len);
            (tagged(StatusCode::PARTIAL_CONTENT, &tag, Body::from(bytes.slice(part))), Some(range))
        }
        Part::None => {
            let range = validators::content_range(None, len);
            (tagged(StatusCode::RANGE_NOT_SATISFIABLE, &tag, Body::empty()), Some(range))
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(path));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range {
        headers.insert(header::CONTENT_RANGE, range);
    }
    response
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Response<Body> {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes).into_response()
}

/// Not for ever: the next site may have a file of that name.
fn redirect(path: &str, uri: &Uri) -> Response<Body> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("/{}/{query}", ascii_url_path(path));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text =
        guess.type_() == mime_guess::mime::TEXT || matches!(guess.subtype().as_str(), "xml" | "json");
    let value = if is_text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.to_string() };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

pub fn plain(status: StatusCode, message: &str) -> Response<Body> {
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, content_type, format!("{message}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_decoded_once_and_names_an_output_path() {
        let check = |address: &str| output_path(address);
        assert_eq!(check("/").as_deref(), Some("index.html"));
        assert_eq!(check("/a/").as_deref(), Some("a/index.html"));
        assert_eq!(check("/a%20b.html").as_deref(), Some("a b.html"));
        assert_eq!(check("/%252e%252e/a").as_deref(), Some("%2e%2e/a"));
        for address in ["", "a", "/a%00b", "/a%5cb", "/a\\b", "/%c0%ae%c0%ae/a", "/%ff"] {
            assert_eq!(check(address), None, "{address}");
        }
    }
}
