//! The preview server over real sockets, as a browser and as an attacker see it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::common::http::{Preview, get, without_preview_block};
use crate::common::{NOW, Site};

/// A response.
#[derive(Debug)]
struct Raw {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (held, value) = line.split_once(':')?;
            held.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn connect(preview: &Preview) -> TcpStream {
    let address = preview.url.strip_prefix("http://").unwrap().trim_end_matches('/');
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// Sends raw bytes, and reads until the server closes.
fn send(preview: &Preview, request: &[u8]) -> Raw {
    let mut stream = connect(preview);
    // A server that refuses early may close before all is sent.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Raw { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
}

fn ask(preview: &Preview, method: &str, path: &str, headers: &str) -> Raw {
    let host = if headers.contains("Host:") { "" } else { "Host: localhost\r\n" };
    let request = format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n");
    send(preview, request.as_bytes())
}

fn port_brine() -> (Site, Preview) {
    let site = Site::named("port-brine");
    site.write_bytes("static/tool.js", b"1;\n");
    site.write_bytes("static/numbers.csv", &b"0123456789".repeat(1000));
    let preview = Preview::of(&site, &[]);
    (site, preview)
}

/// The page without the block of the preview, which must be there.
fn as_built(page: &str) -> String {
    without_preview_block(page).expect("a block")
}

#[test]
fn every_response_has_its_type_and_security_headers() {
    let (_site, preview) = port_brine();
    for (path, wanted) in [
        ("/", "text/html; charset=utf-8"),
        ("/tool.js", "text/javascript; charset=utf-8"),
        ("/numbers.csv", "text/csv; charset=utf-8"),
        ("/nothing.html", "text/html; charset=utf-8"),
        ("/.bulletin/preview.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = ask(&preview, "GET", path, "");
        assert_eq!(answer.header("content-type"), Some(wanted), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}");
    }
    assert!(!ask(&preview, "GET", "/tool.js", "").text().contains("bulletin"), "only pages get the block");
}

#[test]
fn a_current_file_is_not_sent_again() {
    let (_site, preview) = port_brine();
    for path in ["/", "/numbers.csv", "/.bulletin/preview.js"] {
        let tag = ask(&preview, "GET", path, "").header("etag").unwrap().to_owned();
        assert!(tag.starts_with("W/\""), "{path}: {tag} is weak, for any encoding");
        let again = ask(&preview, "GET", path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        assert_eq!(ask(&preview, "GET", path, "If-None-Match: \"other\"\r\n").status, 200, "{path}");
    }
}

#[test]
fn compressed_responses_have_the_same_etag_and_content() {
    let (_site, preview) = port_brine();
    let plain = ask(&preview, "GET", "/numbers.csv", "");
    let small = ask(&preview, "GET", "/numbers.csv", "Accept-Encoding: gzip\r\n");
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    assert!(small.body.len() < plain.body.len() / 10, "{}", small.body.len());
    let tag = small.header("etag").unwrap();
    assert_eq!(tag, plain.header("etag").unwrap());
    assert!(small.header("vary").unwrap().eq_ignore_ascii_case("accept-encoding"));
    let headers = format!("Accept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n");
    let again = ask(&preview, "GET", "/numbers.csv", &headers);
    assert_eq!((again.status, again.header("etag")), (304, Some(tag)));
    let page = get(&preview.url);
    assert!(String::from_utf8(page.bytes).unwrap().contains("</html>"), "what ureq unpacked is the page");
}

#[test]
fn head_has_the_headers_of_get() {
    let (_site, preview) = port_brine();
    for path in ["/", "/numbers.csv", "/nothing.html", "/briefings"] {
        let (get, head) = (ask(&preview, "GET", path, ""), ask(&preview, "HEAD", path, ""));
        assert_eq!(head.body.len(), 0, "{path}");
        assert_eq!(head.status, get.status, "{path}");
        for name in ["content-type", "content-length", "etag", "location"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}

#[test]
fn a_missing_page_is_404_with_the_page_of_the_site() {
    let (site, preview) = port_brine();
    site.build();
    for path in [
        "/nothing.html",
        "/briefings/nothing/deep.html",
        "/content/about.md",
        "/site.toml",
        "/SHA256SUMS.html",
    ] {
        let answer = ask(&preview, "GET", path, "");
        assert_eq!(answer.status, 404, "{path}");
        assert!(as_built(&answer.text()) == site.output("404.html"), "{path}");
    }
}

#[test]
fn a_folder_without_slash_redirects() {
    let (_site, preview) = port_brine();
    for (path, wanted) in [("/briefings", "/briefings/"), ("/ar/dates?a=b", "/ar/dates/?a=b")] {
        let answer = ask(&preview, "GET", path, "");
        assert_eq!((answer.status, answer.header("location")), (302, Some(wanted)));
    }
    assert_eq!(ask(&preview, "GET", "//briefings", "").status, 404, "no way to another host");
}

#[test]
fn only_get_and_head_are_answered() {
    let (_site, preview) = port_brine();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY"] {
        let answer = ask(&preview, method, "/", "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn other_host_names_are_refused() {
    let (_site, preview) = port_brine();
    for host in ["evil.example", "localhost.evil.example", "192.168.0.1", "", "localhost@evil.example"] {
        for path in ["/", "/.bulletin/events?path=index.html&version=x", "/.bulletin/preview.js"] {
            let answer = ask(&preview, "GET", path, &format!("Host: {host}\r\n"));
            assert!(matches!(answer.status, 400 | 403), "{host} {path}: {}", answer.status);
            assert!(!answer.text().contains("<html"), "{host} {path}");
        }
    }
    for host in ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:4000", "desk.localhost"] {
        assert_eq!(ask(&preview, "GET", "/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
    assert_eq!(
        send(&preview, b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .status,
        403
    );
    assert_eq!(send(&preview, b"GET / HTTP/1.0\r\n\r\n").status, 403);
}

#[test]
fn other_origins_get_no_events() {
    let (_site, preview) = port_brine();
    for header in [
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ] {
        let answer =
            ask(&preview, "GET", "/.bulletin/events?path=index.html&version=x", &format!("{header}\r\n"));
        assert_eq!(answer.status, 403, "{header}");
    }
}

#[test]
fn no_url_leaves_the_site() {
    let site = Site::named("port-brine");
    site.write_bytes("secret.txt", b"do not tell");
    let preview = Preview::of(&site, &[]);
    let paths = [
        "/../secret.txt",
        "/briefings/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "//etc/passwd",
        "/./secret.txt",
        "/.bulletin",
        "/.bulletin/",
        "/.bulletin/../secret.txt",
        "/static/../secret.txt",
        "/file:///etc/passwd",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/.git/config",
        "/..;/secret.txt",
        "/....//secret.txt",
    ];
    for path in paths {
        let answer = ask(&preview, "GET", path, "");
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("do not tell") && !answer.text().contains("root:x:"), "{path}");
    }
    for request in
        ["GET secret.txt HTTP/1.1", "GET * HTTP/1.1", "GET /\u{0} HTTP/1.1", "CONNECT a:1 HTTP/1.1"]
    {
        let answer =
            send(&preview, format!("{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.status >= 400, "{request}: {}", answer.status);
    }
    assert_eq!(ask(&preview, "GET", "/", "").status, 200);
}

#[test]
fn too_large_requests_are_refused() {
    let (_site, preview) = port_brine();
    let long = "a".repeat(1_000_000);
    for request in [
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(5000)),
    ] {
        let answer = send(&preview, request.as_bytes());
        // If the request was refused while it was being sent, the response may be lost.
        assert!(matches!(answer.status, 0 | 414 | 431), "{}", answer.status);
    }
    assert_eq!(ask(&preview, "GET", "/", "").status, 200);
}

#[test]
fn a_copied_html_file_is_a_page() {
    let site = Site::named("port-brine");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\">";
    site.write_bytes(
        "static/own.html",
        format!("<!DOCTYPE html><title>Own</title>{policy}<p>Own</p>").as_bytes(),
    );
    let preview = Preview::of(&site, &[]);
    let page = ask(&preview, "GET", "/own.html", "").text();
    assert!(page.contains("content=\"script-src 'self'\""), "{page}");
    assert!(page.contains("<p>Own</p><!--bulletin-preview--><script "), "{page}");
    assert!(page.ends_with("<!--/bulletin-preview-->"), "{page}");
}

/// The first lines of a stream, up to one that contains a text.
pub fn events(preview: &Preview, query: &str, until: &str) -> String {
    let mut stream = connect(preview);
    let head = format!("GET /.bulletin/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut text = String::new();
    for line in BufReader::new(stream).lines() {
        let line = line.unwrap();
        text.push_str(&line);
        text.push('\n');
        if line.contains(until) {
            return text;
        }
    }
    panic!("no {until} in {text}");
}

/// The version in the block of a page.
pub fn version(page: &str) -> &str {
    page.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn an_old_page_is_reloaded_and_a_current_one_is_not() {
    let (_site, preview) = port_brine();
    let stream = events(&preview, "path=index.html&version=old", "event: now");
    assert!(stream.contains("content-type: text/event-stream"), "{stream}");
    assert!(stream.contains("event: reload"), "{stream}");
    let page = ask(&preview, "GET", "/", "").text();
    let stream = events(&preview, &format!("path=index.html&version={}", version(&page)), "event: now");
    assert!(!stream.contains("event: reload") && !stream.contains("event: files"), "{stream}");
    assert!(stream.contains("event: faults\ndata: \"\""), "{stream}");
    let stream =
        events(&preview, &format!("path=index.html&version={}&now=other", version(&page)), "event: now");
    assert!(stream.contains("event: files\ndata: {\"all\":true}"), "all that was missed is sent: {stream}");
    assert_eq!(ask(&preview, "GET", "/.bulletin/events", "").status, 400);
}

#[test]
fn a_missing_page_waits_for_its_creation() {
    let (_site, preview) = port_brine();
    let missing = ask(&preview, "GET", "/new.html", "").text();
    let stream = events(&preview, &format!("path=new.html&version={}", version(&missing)), "event: now");
    assert!(!stream.contains("event: reload"), "{stream}");
}

#[test]
fn a_site_that_never_built_shows_its_errors() {
    let site = Site::new(
        "-- content/briefings/a.md --\n+++\ntitle = \"A <x>\"\ndate = 2031-01-01\nsumary = \"S\"\n+++\n",
    );
    let preview = Preview::of(&site, &[]);
    let answer = ask(&preview, "GET", "/", "");
    assert_eq!(answer.status, 503, "{answer:?}");
    let page = answer.text();
    assert!(page.contains("<pre ") && page.contains("error[unknown-key]"), "{page}");
    assert!(page.contains("<script src=\"/.bulletin/preview.js\""), "{page}");
    let stream = events(&preview, &format!("path=index.html&version={}", version(&page)), "event: now");
    assert!(stream.contains("event: faults\ndata: \"error[unknown-key]"), "{stream}");
    assert!(!stream.contains("event: reload"), "{stream}");
}

#[test]
fn a_thousand_open_streams_do_not_stop_it() {
    let (_site, preview) = port_brine();
    let mut streams = Vec::new();
    for _ in 0..1000 {
        let mut stream = connect(&preview);
        let request = b"GET /.bulletin/events?path=index.html&version=x HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(request).unwrap();
        streams.push(stream);
    }
    let begun = Instant::now();
    assert_eq!(ask(&preview, "GET", "/", "").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let stream = events(&preview, "path=index.html&version=x", "event: reload");
    assert!(stream.contains("200 OK"), "{stream}");
    let mut first = Vec::new();
    // The server has closed the oldest.
    let _ = streams[0].read_to_end(&mut first);
}

#[test]
fn five_hundred_silent_connections_do_not_stop_it() {
    let (_site, preview) = port_brine();
    let silent: Vec<TcpStream> = (0..500).map(|_| connect(&preview)).collect();
    let begun = Instant::now();
    assert_eq!(ask(&preview, "GET", "/", "").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    drop(silent);
}

#[test]
fn signals_end_the_server_with_130() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let site = Site::named("port-brine");
        let mut preview = Preview::of(&site, &[]);
        assert_eq!(get(&preview.url).status, 200);
        let mut stream = connect(&preview);
        stream
            .write_all(b"GET /.bulletin/events?path=index.html&version=x HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        let process = preview.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &process]).status().unwrap().success());
        let begun = Instant::now();
        let code = loop {
            if let Some(status) = preview.child.try_wait().unwrap() {
                break status.code();
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "{signal}: it goes on");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(code, Some(130), "{signal}");
    }
}

#[test]
fn another_host_can_be_chosen() {
    let site = Site::named("port-brine");
    let preview = Preview::of(&site, &["--host", "0.0.0.0"]);
    assert_eq!(ask(&preview, "GET", "/", "Host: 192.168.1.5:4000\r\n").status, 200);
    assert_eq!(ask(&preview, "GET", "/", "Host: evil.example\r\n").status, 403);
    let run = site.run(&["serve", "--host", "no.such.host.invalid", "--now", NOW]);
    assert_eq!(run.code, Some(2), "{run}");
}

#[test]
fn an_output_with_a_private_word_is_not_served() {
    let site = Site::new(
        "-- redact.txt --\nZelda Example\n-- site.toml --\ntitle = \"S\"\nbase_url = \"https://s.example/\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-01-01\n+++\n\nShe is Zelda *Exam*ple.\n-- content/about.md --\n+++\ntitle = \"About\"\n+++\n\nNothing.\n-- content/sources/omar.md --\n+++\ntitle = \"Omar Doe\"\nprotected = true\nlabel = \"a driver\"\n+++\n-- static/list.csv --\nname\n\"Doe, Omar\"\n",
    );
    let preview = Preview::of(&site, &[]);
    for path in ["/briefings/a.html", "/briefings/a.txt", "/briefings/index.html", "/feed.json", "/list.csv"]
    {
        let answer = ask(&preview, "GET", path, "Accept: text/html\r\n");
        let text = answer.text();
        assert!(answer.status >= 500, "{path}: {text}");
        let is_masked = !["Zelda", "Exam*", "Omar Doe", "Doe, Omar"].iter().any(|word| text.contains(word));
        assert!(is_masked && text.contains("error["), "{path}: {text}");
    }
    assert_eq!(ask(&preview, "GET", "/about.html", "").status, 200);
    site.write("-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-01-01\n+++\n\nShe is a driver.\n-- static/list.csv --\nname\n");
    let end = Instant::now() + Duration::from_secs(20);
    while ask(&preview, "GET", "/briefings/a.html", "").status != 200 {
        assert!(Instant::now() < end, "the page comes back when the word is gone");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(ask(&preview, "GET", "/list.csv", "").status, 200);
}
