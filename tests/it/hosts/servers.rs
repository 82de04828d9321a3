//! The configurations that a build writes, in real servers.
//!
//! `tests/run` installs nginx and rsync, and Caddy as `BULLETIN_CADDY`.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bulletin::file_formats::media_type;
use bulletin::hosts::cache_control;
use bulletin::paths::ascii_url_path;

use super::port_brine_on;
use crate::common::running::{RsyncDaemon, free_port, installed, is_root, wait};
use crate::common::{Run, Site, tree};

/// A server of a folder `www`, ended with the test.
struct WebServer {
    child: Child,
    url: String,
    agent: ureq::Agent,
}

struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl WebServer {
    fn start(command: &mut Command, port: &str, log: &Path) -> Self {
        let log_file = fs::File::create(log).unwrap();
        let child = command.stdout(Stdio::null()).stderr(log_file).spawn().unwrap();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .accept_encoding("identity")
            .timeout_global(Some(Duration::from_secs(30)));
        let server =
            Self { child, url: format!("http://127.0.0.1:{port}"), agent: ureq::Agent::from(config.build()) };
        wait(|| {
            let answer = server.agent.get(&server.url).call();
            answer.map(drop).map_err(|error| format!("{error}: {}", fs::read_to_string(log).unwrap()))
        });
        server
    }

    fn get(&self, path: &str) -> Answer {
        let mut answer = self.agent.get(format!("{}{path}", self.url)).call().unwrap();
        let body = answer.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap();
        Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), body }
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// nginx with the file that a build wrote, as an administrator includes it.
fn nginx(host: &Site, snippet: &Path) -> WebServer {
    let (port, root) = (free_port(), host.root().display());
    let settings = format!(
        "daemon off;\npid {root}/nginx.pid;\nerror_log stderr;\nworker_processes 1;\n{}events {{}}\nhttp {{\n\
         client_body_temp_path {root}/body;\nproxy_temp_path {root}/proxy;\nfastcgi_temp_path {root}/fastcgi;\n\
         uwsgi_temp_path {root}/uwsgi;\nscgi_temp_path {root}/scgi;\n\
         server {{\nlisten 127.0.0.1:{port};\nroot {root}/www;\ninclude {};\n}}\n}}\n",
        if is_root() { "user root;\n" } else { "" },
        snippet.display()
    );
    host.write_bytes("nginx.conf", settings.as_bytes());
    let mut command = Command::new("nginx");
    command.arg("-c").arg(host.path("nginx.conf")).arg("-p").arg(host.root());
    WebServer::start(&mut command, &port, &host.path("nginx.log"))
}

/// Caddy with the file that a build wrote, as an administrator imports it.
fn caddy(host: &Site, snippet: &Path) -> WebServer {
    let port = free_port();
    let settings = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\troot * {}\n\timport {}\n}}\n",
        host.path("www").display(),
        snippet.display()
    );
    host.write_bytes("Caddyfile", settings.as_bytes());
    let mut command = Command::new(installed("BULLETIN_CADDY"));
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(host.path("Caddyfile"));
    command.env("HOME", host.root());
    WebServer::start(&mut command, &port, &host.path("caddy.log"))
}

const POLICY: [(&str, &str); 4] = [
    ("content-security-policy", "frame-ancestors 'self'"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
];

fn assert_policy(answer: &Answer, path: &str) {
    for (name, value) in POLICY {
        assert_eq!(answer.header(name), value, "{path}: {name}");
    }
    assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
    assert!(!answer.header("server").contains('/'), "{path}: {}", answer.header("server"));
}

/// Asks for every file of a site at `folder`, and for what is none.
fn check(server: &WebServer, folder: &str, site: &Site) {
    let files = tree(&site.public());
    for (path, bytes) in files.iter().filter(|(path, _)| *path != ".bulletin") {
        let answer = server.get(&format!("{folder}{}", ascii_url_path(path)));
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body == *bytes, "{path} has its bytes");
        assert_eq!(answer.header("content-type"), media_type(path), "{path}");
        assert_eq!(answer.header("cache-control"), cache_control(path), "{path}");
        assert!(!answer.header("etag").is_empty(), "{path}");
        assert_policy(&answer, path);
    }
    let moved = server.get(&format!("{folder}old/water.html"));
    assert!(String::from_utf8(moved.body).unwrap().contains("id=\"page-moved\""));
    for path in
        ["missing.html", "deep/er/missing.atom", "missing.jpg", "missing", ".bulletin", ".bulletin-built"]
    {
        let answer = server.get(&format!("{folder}{path}"));
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.body == files["404.html"], "{path} answers with the page for what is missing");
        assert_policy(&answer, path);
    }
    check_folders(server, folder, &files["briefings/index.html"], &files["index.html"]);
    let mut zipped = server.agent.get(format!("{}{folder}index.html", server.url));
    zipped = zipped.header("accept-encoding", "gzip");
    let answer = zipped.call().unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(answer.headers()["vary"].to_str().unwrap().to_lowercase(), "accept-encoding");
    let posted = server.agent.post(format!("{}{folder}index.html", server.url)).send("x").unwrap();
    assert_eq!(posted.status(), 405);
}

fn check_folders(server: &WebServer, folder: &str, list: &[u8], home: &[u8]) {
    assert!(server.get(folder).body == home);
    assert!(server.get(&format!("{folder}briefings/")).body == list);
    let bare = folder.trim_end_matches('/');
    let mut without_slash = vec![format!("{folder}briefings")];
    without_slash.extend((folder != "/").then(|| bare.to_owned()));
    for path in without_slash {
        let answer = server.get(&path);
        assert!((301..=308).contains(&answer.status), "{path}: {}", answer.status);
        let location = answer.header("location").trim_start_matches(&server.url).to_owned();
        assert_eq!(location, format!("{path}/"), "a redirect stays on the server that was asked");
    }
}

/// A host with a built site in a folder of its web root, and its configuration out of that root.
fn served(kind: &str, file: &str, folder: &str) -> (Site, Site) {
    let site = port_brine_on(kind, &format!("https://brine.example{folder}"));
    site.build();
    let host = Site::empty();
    let www = format!("www{}", folder.trim_end_matches('/'));
    fs::create_dir_all(host.path(&www)).unwrap();
    publish(&site, &host, &www);
    fs::copy(host.path(&format!("{www}/{file}")), host.path("briefings.conf")).unwrap();
    (site, host)
}

/// Through rsync, as to a server of one's own. The site shows what is under embargo until 2031.
fn publish(site: &Site, host: &Site, www: &str) {
    let daemon = RsyncDaemon::start(host, &host.path(www));
    let mut command = site.command(&["publish", &daemon.target, "--run", "--force"]);
    let run = Run::of(command.env("PATH", installed("PATH")));
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
#[ignore = "needs nginx and rsync: tests/run"]
fn nginx_serves_what_rsync_brought_with_policy_types_and_caching() {
    for folder in ["/", "/news/east/"] {
        let (site, host) = served("nginx", "nginx.conf", folder);
        check(&nginx(&host, &host.path("briefings.conf")), folder, &site);
        let log = fs::read_to_string(host.path("nginx.log")).unwrap();
        // The wait for the server asks for its root.
        let is_expected = |line: &str| folder != "/" && line.contains("directory index of");
        let other: Vec<&str> = log.lines().filter(|line| !is_expected(line)).collect();
        assert_eq!(other, [""; 0], "no list of who asked for what");
    }
}

#[test]
#[ignore = "needs Caddy and rsync: tests/run"]
fn caddy_serves_what_rsync_brought_with_policy_types_and_caching() {
    for folder in ["/", "/news/east/"] {
        let (site, host) = served("caddy", "Caddyfile", folder);
        check(&caddy(&host, &host.path("briefings.conf")), folder, &site);
        let log = fs::read_to_string(host.path("caddy.log")).unwrap();
        let faults: Vec<&str> = log.lines().filter(|line| line.contains("\"level\":\"warn\"")).collect();
        assert!(faults.iter().all(|line| !line.contains("formatted")), "{faults:#?}");
    }
}

#[test]
#[ignore = "needs nginx: tests/run"]
fn a_copy_on_a_server_that_hides_its_own_files_is_whole() {
    let site = port_brine_on("netlify", "https://brine.example/");
    site.build();
    let host = Site::empty();
    for (path, bytes) in tree(&site.public()).iter().filter(|(path, _)| !path.starts_with('_')) {
        host.write_bytes(&format!("www/{path}"), bytes);
    }
    host.write_bytes("briefings.conf", b"location / { index index.html; }\n");
    let server = nginx(&host, &host.path("briefings.conf"));
    let verify = || site.run(&["verify", "--no-remember", &server.url]);
    let run = verify();
    assert!(run.stdout.contains("unsigned-copy") && !run.stdout.contains("absent-file"), "{run}");
    host.remove("www/robots.txt");
    let run = verify();
    assert!(run.stdout.contains("robots.txt is missing"), "{run}");
}
