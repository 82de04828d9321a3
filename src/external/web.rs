//! Requests to other sites over HTTP.
//!
//! Owns what a server sees of us: an address that a page links to and the name of this check, no cookie and no page that
//! the link is on. Owns the limits of one request, and that no connection leads into a private network, whatever the name
//! of a host says by the time it is asked.

use std::fmt;
use std::io::Read as _;
use std::time::Duration;

use jiff::fmt::rfc2822;
use percent_encoding::percent_decode_str;
use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, Proxy, ProxyProtocol};

use super::address::is_public;
use super::answer::{AskFailure, AskMethod, FragmentSearch, LinkAnswer, LinkReply, LinkRequest};
use super::ask::AskSites;
use crate::html::{Token, Tokens};

/// For a connection, over Tor too.
const CONNECT: Duration = Duration::from_secs(15);
/// For one request as a whole.
const REQUEST: Duration = Duration::from_secs(30);
/// A longer page is not searched for its parts.
const LONGEST_PAGE: u64 = 4 << 20;
/// What servers see.
const USER_AGENT: &str = "bulletin (link check)";

/// Other sites, over the network.
pub struct Web {
    agent: Agent,
    has_proxy: bool,
    reaches_onions: bool,
}

impl Web {
    /// Through the proxy of the environment, if there is one.
    pub fn new() -> Self {
        Self::through(Proxy::try_from_env().map(with_names_looked_up_there))
    }

    fn through(proxy: Option<Proxy>) -> Self {
        let is_socks =
            |proxy: &Proxy| matches!(proxy.protocol(), ProxyProtocol::Socks5 | ProxyProtocol::Socks5h);
        let reaches_onions = proxy.as_ref().is_some_and(is_socks);
        let proxy_host = proxy.as_ref().map(|proxy| proxy.host().to_owned());
        let has_proxy = proxy.is_some();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .accept("*/*")
            .accept_encoding("identity")
            .proxy(proxy)
            .max_idle_connections_per_host(2)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(REQUEST))
            .build();
        let resolver = PublicOnly { inner: DefaultResolver::default(), proxy_host };
        let agent = Agent::with_parts(config, DefaultConnector::new(), resolver);
        Self { agent, has_proxy, reaches_onions }
    }

    /// Whether a proxy may know names of the Tor network.
    pub fn reaches_onions(&self) -> bool {
        self.reaches_onions
    }

    fn failure(&self, error: &Error) -> AskFailure {
        match failure(error) {
            // It may be the proxy's own name, or the proxy that looks at certificates.
            AskFailure::NoSuchHost | AskFailure::NoNameServer | AskFailure::Refused if self.has_proxy => {
                AskFailure::Proxy
            }
            failure => failure,
        }
    }
}

/// A name that this machine looks up is seen on the way, which is what such a proxy is there to prevent.
fn with_names_looked_up_there(proxy: Proxy) -> Proxy {
    let protocol = match proxy.protocol() {
        ProxyProtocol::Socks5 => ProxyProtocol::Socks5h,
        ProxyProtocol::Socks4 => ProxyProtocol::Socks4A,
        _ => return proxy,
    };
    let mut builder = Proxy::builder(protocol).host(proxy.host()).port(proxy.port());
    if let (Some(name), Some(password)) = (proxy.username(), proxy.password()) {
        builder = builder.username(name).password(password);
    }
    builder.build().unwrap_or(proxy)
}

impl AskSites for Web {
    fn ask(&self, request: &LinkRequest) -> LinkAnswer {
        let address = request.url.as_str();
        let sent = match request.method {
            AskMethod::Head => self.agent.head(address).call(),
            AskMethod::Get => self.agent.get(address).call(),
        };
        match sent {
            Ok(response) => LinkAnswer::Reply(reply(response, request)),
            Err(error) => LinkAnswer::Failed(self.failure(&error)),
        }
    }

    fn give_up(&self) {
        self.agent.clone().shutdown();
    }
}

fn reply(response: Response<Body>, request: &LinkRequest) -> LinkReply {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    // Some servers write addresses in UTF-8.
    let location = response.headers().get("location").map(|value| String::from_utf8_lossy(value.as_bytes()));
    let location = location.unwrap_or_default().trim().to_owned();
    let retry_after = header("retry-after").and_then(|wait| waiting_time(wait, header("date")));
    let is_plain = header("content-encoding").is_none_or(|encoding| encoding == "identity");
    let is_html =
        header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"));
    let status = response.status().as_u16();
    let is_searched = status == 200 && is_plain && is_html && request.method == AskMethod::Get;
    let parts = if is_searched { searched(response, &request.fragments) } else { FragmentSearch::default() };
    LinkReply { status, location, retry_after, parts }
}

/// In seconds, or until a time by the clock of the server.
fn waiting_time(wait: &str, now: Option<&str>) -> Option<Duration> {
    let wait = wait.trim();
    if let Ok(seconds) = wait.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let (until, now) = (rfc2822::parse(wait).ok()?, rfc2822::parse(now?.trim()).ok()?);
    Some(Duration::try_from(now.duration_until(&until)).unwrap_or_default())
}

/// Looks for parts of a page. If the page does not arrive as a whole, nothing is said of any.
fn searched(response: Response<Body>, fragments: &[String]) -> FragmentSearch {
    let mut bytes = Vec::new();
    let mut reader = response.into_body().into_with_config().limit(u64::MAX).reader().take(LONGEST_PAGE);
    let length = if fragments.is_empty() { Ok(0) } else { reader.read_to_end(&mut bytes) };
    if length.map_or(true, |length| length as u64 == LONGEST_PAGE) {
        return FragmentSearch::default();
    }
    find_parts(&String::from_utf8_lossy(&bytes), fragments)
}

fn find_parts(html: &str, fragments: &[String]) -> FragmentSearch {
    let mut present = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        let Token::Start(tag) = token else { continue };
        for name in ["id", "name"].into_iter().filter_map(|attribute| tag.attribute(attribute)) {
            let is_meant =
                |fragment: &&String| percent_decode_str(fragment).decode_utf8_lossy() == name.as_ref();
            present.extend(fragments.iter().find(is_meant).cloned());
        }
    }
    present.sort_unstable();
    present.dedup();
    let missing = fragments.iter().filter(|fragment| !present.contains(fragment)).cloned().collect();
    FragmentSearch { present, missing }
}

/// Looks up names, and leaves out addresses of private networks.
#[derive(Debug)]
struct PublicOnly {
    inner: DefaultResolver,
    /// The user's own, wherever it is.
    proxy_host: Option<String>,
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(error) => Error::Other(Box::new(LookupFailure { is_unknown: is_unknown_name(&error) })),
            error => error,
        })?;
        if uri.host() == self.proxy_host.as_deref() {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| is_public(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(Error::Other(Box::new(OnlyPrivate))) } else { Ok(public) }
    }
}

#[derive(Debug)]
struct OnlyPrivate;

impl fmt::Display for OnlyPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host is of a private network")
    }
}

impl std::error::Error for OnlyPrivate {}

#[derive(Debug)]
struct LookupFailure {
    /// There is no such name.
    is_unknown: bool,
}

impl fmt::Display for LookupFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host was not found")
    }
}

impl std::error::Error for LookupFailure {}

/// Whether there is no such name, by the word of the system. All else may be gone in a minute.
fn is_unknown_name(error: &std::io::Error) -> bool {
    const WORDS: [&str; 4] = [
        // glibc, musl, macOS and BSD.
        "Name or service not known",
        "Name does not resolve",
        "nodename nor servname provided",
        "No address associated with hostname",
    ];
    /// `WSAHOST_NOT_FOUND` of Windows.
    const HOST_NOT_FOUND: i32 = 11001;
    let text = error.to_string();
    WORDS.iter().any(|word| text.contains(word)) || error.raw_os_error() == Some(HOST_NOT_FOUND)
}

fn failure(error: &Error) -> AskFailure {
    match error {
        Error::Timeout(_) => AskFailure::Silent,
        Error::Tls(_) | Error::TlsRequired | Error::Pem(_) => AskFailure::NoTls,
        Error::Rustls(error) => tls_failure(&error.to_string()),
        Error::Io(error) => io_failure(error),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => AskFailure::Proxy,
        Error::HostNotFound => AskFailure::NoNameServer,
        Error::Other(error) if error.is::<OnlyPrivate>() => AskFailure::PrivateNetwork,
        Error::Other(error) => match error.downcast_ref() {
            Some(LookupFailure { is_unknown: true }) => AskFailure::NoSuchHost,
            _ => AskFailure::NoNameServer,
        },
        Error::ConnectionFailed => AskFailure::Refused,
        _ => AskFailure::NotHttp,
    }
}

fn io_failure(error: &std::io::Error) -> AskFailure {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            AskFailure::Refused
        }
        ErrorKind::TimedOut | ErrorKind::WouldBlock => AskFailure::Silent,
        // What rustls says arrives so while hands are shaken.
        ErrorKind::InvalidData => tls_failure(&error.to_string()),
        _ => AskFailure::Cut,
    }
}

/// By rustls's words, since its types are not promised to stay: what is not recognised is the mildest of all.
fn tls_failure(text: &str) -> AskFailure {
    let Some((_, fault)) = text.split_once("invalid peer certificate: ") else { return AskFailure::NoTls };
    if fault.starts_with("certificate expired") || fault == "Expired" {
        AskFailure::CertificateExpired
    } else if fault.starts_with("certificate not valid for name") || fault == "NotValidForName" {
        AskFailure::CertificateOfOthers
    } else {
        AskFailure::CertificateUnknown
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::thread;

    use rustls::CertificateError;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    fn request(address: &str, fragments: &[&str]) -> LinkRequest {
        let fragments: Vec<String> = fragments.iter().map(|name| (*name).to_owned()).collect();
        let method = if fragments.is_empty() { AskMethod::Head } else { AskMethod::Get };
        LinkRequest { about: 0, url: address.parse().unwrap(), method, fragments }
    }

    fn read_head(stream: &TcpStream) -> String {
        let mut head = String::new();
        let mut reader = BufReader::new(stream);
        while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
        head
    }

    fn proxy_at(listener: &TcpListener) -> Option<Proxy> {
        Some(Proxy::new(&format!("http://{}", listener.local_addr().unwrap())).unwrap())
    }

    /// What is said of a site behind a proxy that connects, and then does this.
    fn ask(address: &str, fragments: &[&str], serve: fn(TcpStream)) -> LinkAnswer {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let web = Web::through(proxy_at(&listener));
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            read_head(&stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            serve(stream);
        });
        web.ask(&request(address, fragments))
    }

    #[test]
    fn no_name_leads_into_a_private_network() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Web::through(None).ask(&request(&format!("http://localhost:{port}/"), &[]));
        assert_eq!(answer, LinkAnswer::Failed(AskFailure::PrivateNetwork));
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err(), "no one connected");
    }

    #[test]
    fn what_is_cut_or_no_answer_is_a_failure_of_its_kind() {
        let cut = |stream: TcpStream| drop(read_head(&stream));
        assert_eq!(ask("http://a.org/", &[], cut), LinkAnswer::Failed(AskFailure::Cut));
        let nonsense = |mut stream: TcpStream| {
            read_head(&stream);
            stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n\r\n").unwrap();
        };
        assert_eq!(ask("http://a.org/", &[], nonsense), LinkAnswer::Failed(AskFailure::NotHttp));
        let no_tls = |mut stream: TcpStream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        assert_eq!(ask("https://a.org/", &[], no_tls), LinkAnswer::Failed(AskFailure::NoTls));
    }

    #[test]
    fn an_endless_page_ends_and_nothing_is_said_of_its_parts() {
        let endless = |mut stream: TcpStream| {
            read_head(&stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n").unwrap();
            while stream.write_all(&[b'a'; 1 << 16]).is_ok() {}
        };
        let answer = ask("http://a.org/", &["part"], endless);
        let reply = LinkReply { status: 200, ..LinkReply::default() };
        assert_eq!(answer, LinkAnswer::Reply(reply));
    }

    #[test]
    fn a_proxy_that_does_not_connect_says_nothing_of_a_site() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let web = Web::through(proxy_at(&listener));
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            read_head(&stream);
            stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").unwrap();
        });
        assert_eq!(web.ask(&request("http://a.org/", &[])), LinkAnswer::Failed(AskFailure::Proxy));
        server.join().unwrap();
        let answer = web.ask(&request("http://a.org/", &[]));
        assert_eq!(answer, LinkAnswer::Failed(AskFailure::Proxy), "no one listens now");
    }

    #[test]
    fn a_proxy_of_tor_looks_up_the_name_itself() {
        use std::io::Read as _;

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let proxy = Proxy::new(&format!("socks5://{}", listener.local_addr().unwrap())).unwrap();
        let web = Web::through(Some(with_names_looked_up_there(proxy)));
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut greeting = [0; 2];
            stream.read_exact(&mut greeting).unwrap();
            stream.read_exact(&mut vec![0; greeting[1].into()]).unwrap();
            stream.write_all(&[5, 0]).unwrap();
            let mut request = [0; 10];
            stream.read_exact(&mut request).unwrap();
            // The host cannot be reached.
            stream.write_all(&[5, 4, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
            request
        });
        let answer = web.ask(&request("http://a.org/", &[]));
        // A name of five letters follows.
        assert_eq!(server.join().unwrap(), *b"\x05\x01\x00\x03\x05a.org");
        assert!(web.reaches_onions());
        assert!(matches!(answer, LinkAnswer::Failed(_)), "{answer:?}");
    }

    #[test]
    fn parts_are_found_by_id_and_by_name_in_each_encoding() {
        let fragments = ["a", "b", "%D8%A7", "c"].map(str::to_owned);
        let html = "<p id=a><a name='b'></a><h2 id=\"ا\">c</h2><!-- <p id=c> -->";
        let found = find_parts(html, &fragments);
        assert_eq!(found.present, ["%D8%A7", "a", "b"]);
        assert_eq!(found.missing, ["c"]);
    }

    /// The words of the library, which may change with it.
    #[test]
    fn faults_of_certificates_are_told_apart() {
        let time = UnixTime::since_unix_epoch(Duration::from_secs(1));
        let expected = ServerName::try_from("a.org").unwrap();
        for (error, expected) in [
            (CertificateError::Expired, AskFailure::CertificateExpired),
            (CertificateError::ExpiredContext { time, not_after: time }, AskFailure::CertificateExpired),
            (CertificateError::NotValidForName, AskFailure::CertificateOfOthers),
            (
                CertificateError::NotValidForNameContext { expected, presented: Vec::new() },
                AskFailure::CertificateOfOthers,
            ),
            (CertificateError::UnknownIssuer, AskFailure::CertificateUnknown),
            (CertificateError::NotValidYet, AskFailure::CertificateUnknown),
        ] {
            let error = rustls::Error::InvalidCertificate(error);
            let text = error.to_string();
            let wrapped = std::io::Error::new(std::io::ErrorKind::InvalidData, error);
            assert_eq!(failure(&Error::Io(wrapped)), expected, "{text}");
        }
        assert_eq!(tls_failure("received fatal alert: CertificateExpired"), AskFailure::NoTls);
    }

    #[test]
    fn only_what_the_name_system_says_of_a_name_means_that_there_is_none() {
        let said = |text: &str| is_unknown_name(&std::io::Error::other(text.to_owned()));
        assert!(said("failed to lookup address information: Name or service not known"));
        assert!(said("failed to lookup address information: Name does not resolve"));
        assert!(!said("failed to lookup address information: Temporary failure in name resolution"));
        assert!(!said("failed to lookup address information: Try again"));
    }

    #[test]
    fn a_server_may_name_the_time_until_which_it_wants_to_be_left_alone() {
        let now = Some("Wed, 21 Oct 2015 07:28:00 GMT");
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(waiting_time("30", now), seconds(30));
        assert_eq!(waiting_time("Wed, 21 Oct 2015 07:29:30 GMT", now), seconds(90));
        assert_eq!(waiting_time("Wed, 21 Oct 2015 07:00:00 GMT", now), seconds(0));
        assert_eq!(waiting_time("soon", now), None);
    }
}
