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

use super::edition::Edition;
use super::live::Live;

/// How many ports after the wanted one are tried.
const PORTS_TO_TRY: u16 = 20;

/// A server that has its port and waits to run.
pub struct Server {
    listener: std::net::TcpListener,
    live: Arc<Live>,
}

/// Where the server listens.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    pub host: String,
    pub port: u16,
}

impl Server {
    /// Takes the port, or the next free one.
    ///
    /// # Errors
    /// Where none of them is free.
    pub fn bind(live: Arc<Live>, options: &ServeOptions) -> io::Result<Self> {
        let port = options.port;
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in port..=port.saturating_add(PORTS_TO_TRY) {
            match std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
                Ok(listener) => return Ok(Self { listener, live }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// # Errors
    /// Of the socket.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
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
            let app = Router::new().fallback(answer).with_state(self.live);
            tokio::select! {
                served = axum::serve(listener, app).into_future() => served,
                () = interrupted() => Ok(()),
            }
        })
    }
}

/// Waits until the program is asked to end: Ctrl-C, a kill, a terminal that is closed.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut kill), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup()))
        else {
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = kill.recv() => {}
            _ = hangup.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}

async fn answer(State(live): State<Arc<Live>>, request: Request) -> Response<Body> {
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
    let response = tokio::task::spawn_blocking(move || match &live.now().edition {
        Some(edition) => page(edition, &name),
        None => plain(StatusCode::SERVICE_UNAVAILABLE, "There is no site yet."),
    })
    .await;
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

fn page(edition: &Edition, name: &str) -> Response<Body> {
    let (found, status) = match edition.find(name) {
        Some(index) => (Some(index), StatusCode::OK),
        None => (edition.find("404.html"), StatusCode::NOT_FOUND),
    };
    let Some(index) = found else { return plain(StatusCode::NOT_FOUND, "There is no such page.") };
    match edition.page(index) {
        Ok(page) => {
            let mut response = Response::new(Body::from(page.bytes));
            *response.status_mut() = status;
            response.headers_mut().insert(header::CONTENT_TYPE, content_type(edition.path(index).as_str()));
            response
        }
        Err(fault) => plain(StatusCode::INTERNAL_SERVER_ERROR, &fault.message),
    }
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
