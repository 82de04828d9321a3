//! A copy on a web server.
//!
//! Owns the requests: only GET, a few at a time, to the host of the address alone, and each with an end. Nothing that a
//! server sends is unpacked.
//!
//! A server does not list its files, so that extra ones cannot be seen.

use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::http::{Response, Uri};
use ureq::{Agent, Body};

use super::copy_files::{CopyFiles, CopyListing, too_long, unreadable};
use crate::copies::byte_limit::{BUFFER, ByteLimit, FileState, read_small};
use crate::diag::{Code, Diagnostic};
use crate::paths::{OutPath, ascii_url_path};
use crate::private::has_credentials;

const CONNECTIONS: usize = 6;
const MOST_REDIRECTS: usize = 5;
/// Until an answer begins, and for the whole of one file.
const ANSWER: Duration = Duration::from_secs(30);
const FILE: Duration = Duration::from_secs(600);

/// A copy on a web server.
pub struct WebCopy {
    agent: Agent,
    /// With `/` at its end.
    address: String,
}

impl WebCopy {
    /// Asks for nothing yet. The proxy of the environment is used, as for an onion service.
    ///
    /// # Errors
    /// If it is no address of a folder.
    pub fn new(address: &str) -> Result<Self, Diagnostic> {
        let refuse = |fault: &str| {
            let help = "write the address of the home page, such as https://example.org/aleppo/";
            Diagnostic::error(Code::UNREADABLE_COPY, format!("the address {fault}")).setup().help(help)
        };
        if has_credentials(address) {
            return Err(refuse("has a user name or a password"));
        }
        if address.contains(['?', '#']) {
            return Err(refuse("has a query or a fragment"));
        }
        let folder = match address.strip_suffix("index.html") {
            Some(folder) if folder.ends_with('/') => folder.to_owned(),
            _ if address.ends_with('/') => address.to_owned(),
            _ => format!("{address}/"),
        };
        let parsed: Uri = folder.parse().map_err(|_| refuse("is no web address"))?;
        if parsed.host().is_none_or(str::is_empty) {
            return Err(refuse("names no host"));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("bulletin/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .max_idle_connections_per_host(CONNECTIONS)
            .timeout_connect(Some(ANSWER))
            .timeout_recv_response(Some(ANSWER))
            .timeout_global(Some(FILE))
            .build();
        Ok(Self { agent: Agent::from(config), address: folder })
    }

    /// The address of the folder, with `/` at its end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The bytes of a file, or of what the server shows for a folder; `None` if it has none.
    fn open(&self, path: &str) -> Result<Option<impl Read + use<>>, String> {
        let mut address = format!("{}{}", self.address, ascii_url_path(path));
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.agent.get(&address).call().map_err(|error| short_reason(&error))?;
            match answer.status().as_u16() {
                200 => return body(answer).map(Some),
                404 | 410 => return Ok(None),
                // So does a storage answer that has no pages for folders.
                403 if path.is_empty() || path.ends_with('/') => return Ok(None),
                301 | 302 | 303 | 307 | 308 => address = redirect(&address, &answer)?,
                status => return Err(format!("the server answers {status}")),
            }
        }
        Err("the server redirects without end".to_owned())
    }

    fn hash(&self, path: &str, limit: &ByteLimit<'_>, buffer: &mut [u8]) -> FileState {
        match self.open(path) {
            Ok(Some(body)) => limit
                .hash(body, buffer)
                .unwrap_or_else(|_| FileState::Unreadable("the answer ends early".to_owned())),
            Ok(None) => FileState::Missing,
            Err(reason) => FileState::Unreadable(reason),
        }
    }

    /// Several at once, in the order of the paths.
    fn hash_at_once(&self, paths: &[&str], limit: &ByteLimit<'_>) -> Vec<FileState> {
        let next = AtomicUsize::new(0);
        let states = Mutex::new(vec![FileState::Missing; paths.len()]);
        let work = || {
            let mut buffer = vec![0; BUFFER];
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(path) = paths.get(index) else { return };
                let state = self.hash(path, limit, &mut buffer);
                states.lock().expect("no holder panics")[index] = state;
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(work);
            }
        });
        states.into_inner().expect("no holder panics")
    }
}

impl CopyFiles for WebCopy {
    fn listing(&self) -> Option<&CopyListing> {
        None
    }

    fn read_small(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        let name = format!("{}{path}", self.address);
        let Some(body) = self.open(path).map_err(|reason| unreadable(&name, &reason))? else {
            return Ok(None);
        };
        match read_small(body, most) {
            Ok(Some(bytes)) => Ok(Some(bytes)),
            Ok(None) => Err(too_long(path, most)),
            Err(_) => Err(unreadable(&name, "the answer ends early")),
        }
    }

    fn hash_all(&self, paths: &[&OutPath], limit: &ByteLimit<'_>) -> Vec<FileState> {
        let paths: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
        self.hash_at_once(&paths, limit)
    }

    fn hash_folders(&self, folders: &[&str], limit: &ByteLimit<'_>) -> Vec<FileState> {
        self.hash_at_once(folders, limit)
    }
}

/// A body that is as the server has the file: an encoded one could unpack without end.
fn body(answer: Response<Body>) -> Result<impl Read + use<>, String> {
    let encoding = answer.headers().get("content-encoding");
    if encoding.is_some_and(|encoding| encoding != "identity") {
        return Err("the server compresses the file, without having been asked to".to_owned());
    }
    // The limit of the copy holds, not one for each answer.
    Ok(answer.into_body().into_with_config().limit(u64::MAX).reader())
}

/// The address that an answer redirects to, on the same host.
fn redirect(from: &str, answer: &Response<Body>) -> Result<String, String> {
    let location = answer.headers().get("location").and_then(|location| location.to_str().ok());
    let target = location.and_then(|location| resolved(from, location));
    target.ok_or_else(|| "the server redirects to another host".to_owned())
}

/// `None` if the target is not on the host of `from`, or less safe.
fn resolved(from: &str, location: &str) -> Option<String> {
    let base: Uri = from.parse().ok()?;
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    if location.starts_with('/') && !location.starts_with("//") {
        return Some(format!("{scheme}://{authority}{location}"));
    }
    if !location.contains("//") {
        let folder = &from[..=from.rfind('/')?];
        return Some(format!("{folder}{location}"));
    }
    let target: Uri = location.parse().ok()?;
    let is_same_host = target.host()?.eq_ignore_ascii_case(base.host()?);
    let is_safe = target.scheme_str() == Some(scheme) && target.port() == base.port()
        || target.scheme_str() == Some("https");
    (is_same_host && is_safe).then(|| location.to_owned())
}

/// Why there is no answer, without addresses.
fn short_reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "no host has this name".to_owned(),
        ureq::Error::ConnectionFailed => "the server cannot be reached".to_owned(),
        ureq::Error::Timeout(_) => "the server does not answer in time".to_owned(),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "the server refuses connections".to_owned()
        }
        ureq::Error::BadUri(_) => "it is no web address".to_owned(),
        _ => "the connection fails".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_its_host() {
        let from = "http://example.org:80/a/index.html";
        for (location, target) in [
            ("/a/", Some("http://example.org:80/a/")),
            ("./", Some("http://example.org:80/a/./")),
            ("b.html", Some("http://example.org:80/a/b.html")),
            ("https://example.org/a/", Some("https://example.org/a/")),
            ("http://EXAMPLE.org:80/x", Some("http://EXAMPLE.org:80/x")),
            ("http://example.org:8080/x", None),
            ("http://example.com/a/", None),
            ("//example.com/a/", None),
            ("https://example.org.example.com/", None),
        ] {
            assert_eq!(resolved(from, location).as_deref(), target, "{location}");
        }
        assert_eq!(resolved("https://example.org/", "http://example.org/"), None, "less safe");
    }

    #[test]
    fn an_address_is_one_of_a_folder() {
        let address = |address| WebCopy::new(address).map(|copy| copy.address().to_owned());
        assert_eq!(address("https://example.org/a").unwrap(), "https://example.org/a/");
        assert_eq!(address("https://example.org/a/index.html").unwrap(), "https://example.org/a/");
        for bad in [
            "https://a:b@example.org/",
            "https://example.org/?a",
            "https://example.org/#a",
            "http://",
            "http:// a/",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
