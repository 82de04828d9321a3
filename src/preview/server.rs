//! An HTTP server on the loopback that renders a page when it is asked for.
//!
//! Owns addresses, content types and who may ask. What it serves are the build's bytes.
//!
//! Invariant: only paths of the site's routes are answered; nothing else of the disk is in reach.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;

use crate::paths::OutPath;
use crate::pipeline::Prepared;
use crate::render::Renderer;
use crate::site::Route;

/// How many ports after the wanted one are tried.
const PORTS_TO_TRY: u16 = 20;

/// A server that has its port and waits to run.
pub struct Server {
    listener: std::net::TcpListener,
    prepared: Arc<Prepared>,
}

impl Server {
    /// Takes the port, or the next free one.
    ///
    /// # Errors
    /// Where none of them is free.
    pub fn bind(prepared: Prepared, port: u16) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in port..=port.saturating_add(PORTS_TO_TRY) {
            match std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
                Ok(listener) => return Ok(Self { listener, prepared: Arc::new(prepared) }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// # Errors
    /// Of the socket.
    pub fn port(&self) -> io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// Of the socket or the runtime.
    pub fn run(self) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = TcpListener::from_std(self.listener)?;
            let app = Router::new().fallback(answer).with_state(self.prepared);
            tokio::select! {
                served = axum::serve(listener, app).into_future() => served,
                interrupted = tokio::signal::ctrl_c() => interrupted,
            }
        })
    }
}

async fn answer(State(prepared): State<Arc<Prepared>>, request: Request) -> Response<Body> {
    if !is_local(request.headers().get(header::HOST)) {
        return plain(StatusCode::FORBIDDEN, "This preview answers to localhost only.");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.");
    }
    let Ok(path) = percent_decode_str(request.uri().path()).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "The path is not UTF-8.");
    };
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let is_head = request.method() == Method::HEAD;
    let response = tokio::task::spawn_blocking(move || page(&prepared, &name)).await;
    match response {
        Ok(response) if is_head => response.map(|_| Body::empty()),
        Ok(response) => response,
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be rendered."),
    }
}

/// Another host name that leads here is a page of somebody else's (DNS rebinding).
fn is_local(host: Option<&HeaderValue>) -> bool {
    let Some(host) = host.and_then(|host| host.to_str().ok()) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn page(prepared: &Prepared, name: &str) -> Response<Body> {
    match prepared.site.routes.find(name) {
        Some((index, route)) => respond(prepared, index, route, StatusCode::OK),
        None => match prepared.site.routes.find("404.html") {
            Some((index, route)) => respond(prepared, index, route, StatusCode::NOT_FOUND),
            None => plain(StatusCode::NOT_FOUND, "There is no such page."),
        },
    }
}

fn respond(prepared: &Prepared, index: usize, route: Route, status: StatusCode) -> Response<Body> {
    let path = &prepared.site.routes.all()[index].0;
    match bytes(prepared, path, route) {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            *response.status_mut() = status;
            response.headers_mut().insert(header::CONTENT_TYPE, content_type(path.as_str()));
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
                .headers_mut()
                .insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        }
        Err(message) => plain(StatusCode::INTERNAL_SERVER_ERROR, &message),
    }
}

fn bytes(prepared: &Prepared, path: &OutPath, route: Route) -> Result<Vec<u8>, String> {
    if let Route::File(file) = route {
        return prepared.file(file).map_err(|diagnostic| diagnostic.message);
    }
    let renderer = Renderer::new(&prepared.site, &prepared.templates, &prepared.words);
    let rendered = renderer.render(path, route).map_err(|diagnostic| diagnostic.message)?;
    Ok(rendered.unwrap_or_default().into_bytes())
}

fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text =
        guess.type_() == mime_guess::mime::TEXT || matches!(guess.subtype().as_str(), "xml" | "json");
    let value = if is_text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.to_string() };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

fn plain(status: StatusCode, message: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{message}\n")));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
