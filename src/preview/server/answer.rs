//! A request to an answer.
//!
//! Owns addresses, content types and headers. What a page holds comes from `lookup`, what the preview adds
//! to it from `inject`.
//!
//! Invariant: an address names an output path of the site, a file of its forms, or nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::{self, map_response};
use axum::response::IntoResponse as _;
use percent_encoding::percent_decode_str;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::events::{self, Streams};
use super::fault_page::{self, plain};
use super::forms::Forms;
use super::guard::{self, Guard};
use super::inject;
use super::lookup::Lookup;
use crate::file_formats::media_type;
use crate::paths::ascii_url_path;
use crate::preview::state::{PreviewState, Revision};
use crate::render::fingerprint;

const CLIENT: &str = include_str!("../client.js");
/// How long the first request waits for the first site.
const FIRST_SITE_TIMEOUT: Duration = Duration::from_secs(20);

/// What every answer needs.
#[derive(Clone)]
pub struct Preview {
    pub state: Arc<PreviewState>,
    pub guard: Arc<Guard>,
    pub streams: Arc<Streams>,
    pub forms: Arc<Forms>,
}

impl Preview {
    pub fn new(state: Arc<PreviewState>, guard: Guard, forms: Forms) -> Self {
        Self { state, guard: Arc::new(guard), streams: Arc::default(), forms: Arc::new(forms) }
    }

    /// The current revision, once there is a site or a fault to show.
    async fn revision(&self) -> Arc<Revision> {
        let mut revisions = self.state.subscribe();
        let first = revisions.wait_for(|revision| revision.edition.is_some() || !revision.faults.is_empty());
        // After the timeout the page says that the site is still being read.
        let _ = tokio::time::timeout(FIRST_SITE_TIMEOUT, first).await;
        self.state.current()
    }
}

/// One way through for every request, so that none bypasses the guard.
pub fn app(preview: Preview) -> Router {
    // On the same machine time matters more than bytes.
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Router::new()
        .fallback(answer)
        .layer(compression)
        .layer(map_response(with_fixed_headers))
        .layer(middleware::from_fn_with_state(preview.clone(), guarded))
        .with_state(preview)
}

async fn guarded(State(preview): State<Preview>, request: Request, next: middleware::Next) -> Response<Body> {
    if !preview.guard.lets_in(request.uri(), request.headers()) {
        let refusal = plain(StatusCode::FORBIDDEN, "This preview answers to localhost only.");
        return with_fixed_headers(refusal).await;
    }
    next.run(request).await
}

/// Headers of every answer.
async fn with_fixed_headers(mut response: Response<Body>) -> Response<Body> {
    let fixed: [(HeaderName, &str); 3] = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn answer(State(preview): State<Preview>, request: Request) -> Response<Body> {
    // Bodies are not read: nothing here takes one.
    let (request, _) = request.into_parts();
    if request.method != Method::GET && request.method != Method::HEAD {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (allowed, plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.")).into_response();
    }
    match request.uri.path() {
        "/.bulletin/preview.js" => {
            file(&request.headers, Bytes::from_static(CLIENT.as_bytes()), "preview.js")
        }
        "/.bulletin/events" if !guard::is_of_this_site(&request.headers) => {
            plain(StatusCode::FORBIDDEN, "Events are for this preview's own pages.")
        }
        "/.bulletin/events" => {
            events::answer(&preview.state, &preview.streams, &request.uri, &request.method)
        }
        _ => page(&preview, &request).await,
    }
}

async fn page(preview: &Preview, request: &Parts) -> Response<Body> {
    let Some(path) = output_path(request.uri.path()) else {
        return plain(StatusCode::BAD_REQUEST, "This is no address of a page.");
    };
    let found = Lookup::find(preview.revision().await, path.clone()).await;
    let with_block = |page: &[u8]| inject::with_block(page, &path, &found.version());
    if let Lookup::Missing(_) | Lookup::Fault(_) = &found
        && let Some(answer) = of_forms(preview, request, &path).await
    {
        return answer;
    }
    match &found {
        Lookup::Page(page) if is_html(&path) => file(&request.headers, with_block(&page.bytes).into(), &path),
        Lookup::Page(page) => file(&request.headers, page.bytes.clone(), &path),
        Lookup::Missing(Some(page)) => html(StatusCode::NOT_FOUND, with_block(&page.bytes)),
        Lookup::Missing(None) => plain(StatusCode::NOT_FOUND, "There is no such page."),
        Lookup::Folder => redirect(&path, &request.uri),
        Lookup::Fault(fault) => {
            let status = match fault.is_of_page {
                true => StatusCode::INTERNAL_SERVER_ERROR,
                false => StatusCode::SERVICE_UNAVAILABLE,
            };
            html(status, with_block(fault_page::html(fault).as_bytes()))
        }
    }
}

/// A file of the forms, if it is one. They are there while the site has a fault too: that may be what is to be mended.
async fn of_forms(preview: &Preview, request: &Parts, path: &str) -> Option<Response<Body>> {
    if path == "admin" {
        return Some(redirect(path, &request.uri));
    }
    let (forms, wanted) = (Arc::clone(&preview.forms), path.to_owned());
    let found = tokio::task::spawn_blocking(move || forms.file(&wanted)).await.ok()??;
    Some(file(&request.headers, found.into(), path))
}

/// The output path that an address means; `None` if no output path could look like it.
///
/// Decoded once: what is encoded twice names a file with `%` in it. Dots need no special care, because a
/// path is looked up among the site's and never walked.
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

/// The bytes, or the answer that the browser has them already.
fn file(request: &HeaderMap, bytes: Bytes, path: &str) -> Response<Body> {
    // Weak: the same bytes may be sent compressed or not.
    let tag = format!("W/\"{:016x}\"", fingerprint::of_bytes(&bytes));
    let held = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let headers = [(header::ETAG, tag.clone()), (header::CONTENT_TYPE, media_type(path))];
    if held.is_some_and(|held| held.contains(&tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, bytes).into_response()
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Response<Body> {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes).into_response()
}

/// Not a permanent one: the next site may have a file of that name.
fn redirect(path: &str, uri: &Uri) -> Response<Body> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("/{}/{query}", ascii_url_path(path));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
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
