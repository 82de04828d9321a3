//! HTTP: a client, a static file host, and the preview server as a process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use super::{NOW, Site};

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

pub fn get(url: &str) -> Answer {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    let mut response =
        ureq::Agent::from(config).get(url).call().unwrap_or_else(|error| panic!("{url}: {error}"));
    let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    Answer {
        status: response.status().as_u16(),
        content_type: content_type.unwrap_or_default(),
        bytes: response.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap(),
    }
}

/// A page as the build wrote it, without the preview's block and what the page's policy needs for it.
/// `None` if it has no block.
pub fn without_preview_block(page: &str) -> Option<String> {
    const BEGIN: &str = "<!--bulletin-preview-->";
    const END: &str = "<!--/bulletin-preview-->";
    let (begin, end) = (page.find(BEGIN)?, page.find(END)?);
    assert_eq!(page.matches(BEGIN).count(), 1, "a page has one block");
    let bare = format!("{}{}", &page[..begin], &page[end + END.len()..]);
    Some(bare.replacen("; script-src 'self'; connect-src 'self'", "", 1))
}

/// `bulletin serve`, killed at the end of the test.
pub struct Preview {
    pub child: Child,
    /// With a trailing slash.
    pub url: String,
    /// What it prints when it is ready.
    pub line: String,
}

impl Preview {
    /// At the time of the tests.
    pub fn of(site: &Site, arguments: &[&str]) -> Self {
        let mut all = vec!["--now", NOW];
        all.extend(arguments);
        Self::by_the_clock(site, &all)
    }

    /// At the time that the clock shows, unless the arguments fix it.
    pub fn by_the_clock(site: &Site, arguments: &[&str]) -> Self {
        // Tests run in parallel: each takes a port that was free a moment ago. If it no longer
        // is, the server takes the next one.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let free = free.to_string();
        let mut all = vec!["serve", "--port", &free];
        all.extend(arguments);
        let mut child = site.command(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let Some(url) = line.split_whitespace().find(|word| word.starts_with("http://")) else {
            let mut said = String::new();
            child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("the preview did not begin: {line}{said}");
        };
        let url = url.to_owned();
        Self { child, url, line }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a folder below a path (`""` or `/a/b`) until the process ends, as a static host does.
/// Returns the URL of the folder, with a trailing slash.
pub fn host(folder: &Path, mount: &str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (folder, mount_at) = (folder.to_owned(), format!("{mount}/"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (folder, mount_at) = (folder.clone(), mount_at.clone());
            std::thread::spawn(move || answer(stream, &folder, &mount_at));
        }
    });
    format!("http://127.0.0.1:{port}{mount}/")
}

fn answer(mut stream: TcpStream, folder: &Path, mount: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1)?.split('?').next()?;
    let (status, content_type, bytes) =
        match file(folder, mount, path).and_then(|f| Some((std::fs::read(&f).ok()?, f))) {
            Some((bytes, file)) => ("200 OK", content_type(&file), bytes),
            None => ("404 Not Found", "text/plain", b"nothing here".to_vec()),
        };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}

/// The file of a URL path; `None` outside of the folder.
fn file(folder: &Path, mount: &str, path: &str) -> Option<PathBuf> {
    let path = percent_encoding::percent_decode_str(path.strip_prefix(mount)?).decode_utf8().ok()?;
    if path.split('/').any(|part| part == "..") {
        return None;
    }
    let file = folder.join(path.as_ref());
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("css") => "text/css",
        // Browsers require this type for modules.
        Some("js") => "text/javascript",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
