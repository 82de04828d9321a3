//! The requests of `object_store`, sent by the same HTTP client as everywhere in this program.
//!
//! Owns time limits, and that credentials go over an open connection only to this machine or a service that lends them
//! to it. Knows nothing of storage.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use ureq::Agent;
use ureq::http::{Request, Response, Uri};

/// A connection that gives nothing for so long is cut.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest answer: what is read back is as long as the largest file of a site.
const LONGEST_ANSWER: u64 = 1 << 30;
/// Where clouds lend credentials to their machines.
const LENDERS: [&str; 4] = ["169.254.169.254", "169.254.170.2", "169.254.170.23", "metadata.google.internal"];

#[derive(Debug)]
pub(super) struct Connector {
    /// The storage may be asked without encryption, as somebody said so.
    pub(super) allow_http: bool,
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .timeout_per_write(Some(PATIENCE))
            .timeout_recv_response(Some(4 * PATIENCE))
            .max_idle_connections(64)
            .max_idle_connections_per_host(64);
        Ok(HttpClient::new(Service { agent: config.build().new_agent(), allow_http: self.allow_http }))
    }
}

#[derive(Debug)]
struct Service {
    agent: Agent,
    allow_http: bool,
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if !self.allow_http && !is_private_way(request.uri()) {
            return Err(HttpError::new(HttpErrorKind::Unknown, Unreachable::Open));
        }
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = self.agent.clone();
        let send = move || answer(&agent, Request::from_parts(parts, body.as_ref()));
        tokio::task::spawn_blocking(send)
            .await
            .map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?
            .map_err(as_http_error)
    }
}

fn answer(agent: &Agent, request: Request<&[u8]>) -> Result<HttpResponse, ureq::Error> {
    let (parts, mut body) = agent.run(request)?.into_parts();
    let bytes = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
    Ok(Response::from_parts(parts, bytes.into()))
}

/// Whether what is sent can be read by no one on the way.
fn is_private_way(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    let is_here = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    uri.scheme_str() == Some("https") || is_here || LENDERS.contains(&host)
}

/// Why nothing was answered.
#[derive(Debug)]
pub(super) enum Unreachable {
    Open,
    NoSuchHost,
    TooSlow,
    NoTls,
    Other,
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "the address of the storage begins with http://, so that anyone on the way could read the keys",
            Self::NoSuchHost => "the host of the storage was not found",
            Self::TooSlow => "the storage did not answer in time",
            Self::NoTls => "the storage has no certificate that this machine trusts",
            Self::Other => "the storage could not be reached",
        })
    }
}

impl std::error::Error for Unreachable {}

/// A request whose answer is late or was cut is sent again, whatever it asks for: a publish finds out by itself what its
/// own first attempt wrote.
fn as_http_error(error: ureq::Error) -> HttpError {
    use ureq::Error;
    match error {
        Error::Io(error) => HttpError::new(HttpErrorKind::Request, error),
        Error::Timeout(_) => HttpError::new(HttpErrorKind::Request, Unreachable::TooSlow),
        Error::HostNotFound => HttpError::new(HttpErrorKind::Connect, Unreachable::NoSuchHost),
        Error::Tls(_) | Error::Rustls(_) => HttpError::new(HttpErrorKind::Unknown, Unreachable::NoTls),
        _ => HttpError::new(HttpErrorKind::Request, Unreachable::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_over_an_open_connection_only_to_this_machine_or_who_lends_them() {
        let check = |address: &str| is_private_way(&address.parse().expect("an address"));
        for address in [
            "https://s3.example.org/a",
            "http://localhost:9000/",
            "http://127.0.0.1/",
            "http://[::1]:1/",
            "http://169.254.169.254/latest",
            "http://metadata.google.internal/",
        ] {
            assert!(check(address), "{address}");
        }
        for address in [
            "http://s3.example.org/a",
            "http://localhost.example.org/",
            "http://10.0.0.1/",
            "http://169.254.169.254.example.org/",
        ] {
            assert!(!check(address), "{address}");
        }
    }
}
