//! `check --external` as a process, through a proxy that plays all other sites.
//!
//! A proxy of the environment is asked for every name, so that no test needs a network.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::common::running::wait;
use crate::common::terminal::Terminal;
use crate::common::{NOW, Run, Site};

/// All other sites, behind one proxy.
struct OtherSites {
    address: SocketAddr,
    /// `METHOD host/path`, and the head of each request.
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl OtherSites {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, log) = (stream.unwrap(), Arc::clone(&log));
                // A client that goes away is no fault of the test.
                thread::spawn(move || serve(stream, &log).ok());
            }
        });
        Self { address, asked }
    }

    /// The program, with the proxy and a folder of its own for what it remembers.
    fn command(&self, site: &Site, arguments: &[&str]) -> Command {
        let mut command = site.command(arguments);
        command.env("HTTP_PROXY", format!("http://{}", self.address));
        command.env("XDG_STATE_HOME", site.path(".state"));
        command
    }

    fn check(&self, site: &Site, arguments: &[&str]) -> Run {
        let all = [&["check", "--external", "--now", NOW], arguments].concat();
        Run::of(&mut self.command(site, &all))
    }

    /// What was asked since the last call, sorted.
    fn take_asked(&self) -> Vec<String> {
        let mut asked: Vec<String> =
            self.asked.lock().unwrap().drain(..).map(|(request, _)| request).collect();
        asked.sort();
        asked
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<(String, String)>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let tunnel = head(&mut reader)?;
    let target = tunnel.strip_prefix("CONNECT ").expect("a proxy is asked for a tunnel");
    let host = target.split(':').next().unwrap_or_default().to_owned();
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    loop {
        let head = head(&mut reader)?;
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        log.lock().unwrap().push((format!("{method} {host}{path}"), head.clone()));
        stream.write_all(answer(method, &host, path).as_bytes())?;
    }
}

/// The head of a request; an error at the end of the connection.
fn head(reader: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}

fn answer(method: &str, host: &str, path: &str) -> String {
    let (status, more, body) = match (host, path) {
        ("gone.example", _) => ("404 Not Found", "", ""),
        ("blocked.example", _) => ("403 Forbidden", "", ""),
        ("busy.example", _) => ("429 Too Many Requests", "Retry-After: 3600\r\n", ""),
        ("head.example", _) if method == "HEAD" => ("404 Not Found", "", ""),
        ("moved.example", "/old") => ("301 Moved Permanently", "Location: /new\r\n", ""),
        ("removed.example", "/2016/page") => ("302 Found", "Location: /\r\n", ""),
        ("inward.example", _) => ("302 Found", "Location: http://169.254.169.254/latest/\r\n", ""),
        ("circle.example", _) => ("302 Found", "Location: /\r\n", ""),
        ("parts.example", _) => ("200 OK", "Content-Type: text/html\r\n", "<p id=there>a</p>"),
        ("silent.example", _) => {
            thread::sleep(Duration::from_secs(60));
            ("200 OK", "", "")
        }
        ("slow.example", _) => {
            thread::sleep(Duration::from_millis(700));
            ("200 OK", "", "")
        }
        _ => ("200 OK", "", ""),
    };
    let body = if method == "HEAD" { "" } else { body };
    format!("HTTP/1.1 {status}\r\n{more}Content-Length: {}\r\n\r\n{body}", body.len())
}

const SITE: &str = r##"
-- site.toml --
title = "Port Brine briefings"
base_url = "http://brine.example/"
notice = { text = "Help", url = "http://blocked.example/notice" }
-- content/briefings/first.md --
+++
title = "Water is back"
date = 2031-05-02T10:00:00Z

[[claims]]
id = "pumps"
text = "The pumps run."
source = "Radio Brine"
evidence = [
  { url = "http://gone.example/kept", archived = "http://archive.example/http://gone.example/kept" },
  { url = "http://gone.example/lost" },
  { url = "http://good.example/video" },
]
+++
[Good](http://good.example/page), [gone](http://gone.example/page), [blocked](http://blocked.example/a) and
[blocked too](http://blocked.example/b), [busy](http://busy.example/a), [moved](http://moved.example/old),
[removed](http://removed.example/2016/page), [inward](http://inward.example/a), [circle](http://circle.example/),
[head](http://head.example/a), [part](http://parts.example/page#there), [no part](http://parts.example/page#missing),
[router](http://192.168.1.20/report.pdf), [own](http://brine.example/about.html).
-- content/briefings/second.md --
+++
title = "Water is gone"
date = 2031-05-03T10:00:00Z
+++
[Gone again](http://gone.example/page).
-- content/briefings/draft.md --
+++
title = "Draft"
date = 2031-05-02T10:00:00Z
draft = true
+++
[Not asked](http://draft.example/), [gone](http://gone.example/page).
-- content/briefings/embargoed.md --
+++
title = "Embargo"
date = 2031-05-02T10:00:00Z
embargo_until = 2031-07-02T10:00:00Z
+++
[Not asked](http://embargoed.example/).
-- content/sources/nurse.md --
+++
title = "Vornelia Maskatu"
kind = "medical"
protected = true
label = "A nurse"
url = "http://protected.example/"
+++
-- content/sources/radio-brine.md --
+++
title = "Radio Brine"
kind = "newsroom"
url = "http://good.example/radio"
+++
"##;

#[test]
fn each_link_is_reported_at_its_place_and_what_is_blocked_is_not_called_gone() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    let run = sites.check(&site, &[]);
    expect![[r#"
        -- stdout --
        note[archived-external-link]: http://gone.example/kept is gone: its server answers 404; readers have the copy in an archive
           ┌─ content/briefings/first.md:10:12
           │
        10 │   { url = "http://gone.example/kept", archived = "http://archive.example/http://gone.example/kept" },
           │            ^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: nothing needs to be done while http://archive.example/http://gone.example/kept answers

        note[unchecked-external-link]: 3 addresses of blocked.example could not be checked: the server refuses this check, with 403
           ┌─ content/briefings/first.md:15:79
           │
        15 │ [Good](http://good.example/page), [gone](http://gone.example/page), [blocked](http://blocked.example/a) and
           │                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: the others: http://blocked.example/b, http://blocked.example/notice
           = help: it may be blocked from here only: open it in a browser, or check again from another network

        note[unchecked-external-link]: http://busy.example/a could not be checked: the server refuses this check, with 429
           ┌─ content/briefings/first.md:16:49
           │
        16 │ [blocked too](http://blocked.example/b), [busy](http://busy.example/a), [moved](http://moved.example/old),
           │                                                 ^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: it may be blocked from here only: open it in a browser, or check again from another network

        note[moved-external-link]: http://moved.example/old has moved for good
           ┌─ content/briefings/first.md:16:81
           │
        16 │ [blocked too](http://blocked.example/b), [busy](http://busy.example/a), [moved](http://moved.example/old),
           │                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: write http://moved.example/new

        note[unchecked-external-link]: http://inward.example/a could not be checked: the server redirects to what is no public web address
           ┌─ content/briefings/first.md:17:55
           │
        17 │ [removed](http://removed.example/2016/page), [inward](http://inward.example/a), [circle](http://circle.example/),
           │                                                       ^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: it may be blocked from here only: open it in a browser, or check again from another network

        note[unchecked-external-link]: http://circle.example/ could not be checked: the server redirects without end
           ┌─ content/briefings/first.md:17:90
           │
        17 │ [removed](http://removed.example/2016/page), [inward](http://inward.example/a), [circle](http://circle.example/),
           │                                                                                          ^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: it may be blocked from here only: open it in a browser, or check again from another network

        note[missing-external-part]: http://parts.example/page answers, and has no part "missing"
           ┌─ content/briefings/first.md:18:83
           │
        18 │ [head](http://head.example/a), [part](http://parts.example/page#there), [no part](http://parts.example/page#missing),
           │                                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: link to another part, or to the page; a part that a script makes is not seen here

        note[private-words]: looked for in every output: 2 names or other parts of protected records
          ┌─ content/sources/nurse.md:1:1

        warning[dead-external-link]: http://gone.example/lost is gone: its server answers 404
           ┌─ content/briefings/first.md:11:12
           │
        11 │   { url = "http://gone.example/lost" },
           │            ^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: write `archived` with the address of a copy; https://web.archive.org/web/http://gone.example/lost may be one

        warning[dead-external-link]: http://gone.example/page is gone: its server answers 404
           ┌─ content/briefings/first.md:15:42
           │
        15 │ [Good](http://good.example/page), [gone](http://gone.example/page), [blocked](http://blocked.example/a) and
           │                                          ^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           ┌─ content/briefings/second.md:5:14
           │
         5 │ [Gone again](http://gone.example/page).
           │              ------------------------ and here
           │
           = help: link to a copy, or remove the link; https://web.archive.org/web/http://gone.example/page may be one

        warning[external-home-page]: http://removed.example/2016/page leads to the home page of its site
           ┌─ content/briefings/first.md:17:11
           │
        17 │ [removed](http://removed.example/2016/page), [inward](http://inward.example/a), [circle](http://circle.example/),
           │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: open it, and link to a copy if what it showed is no longer there

        warning[private-external-link]: readers cannot reach http://192.168.1.20/report.pdf: it is in a private network
           ┌─ content/briefings/first.md:19:10
           │
        19 │ [router](http://192.168.1.20/report.pdf), [own](http://brine.example/about.html).
           │          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is linked here
           │
           = help: link to a public address, or remove the link
        -- stderr --
        18 addresses of 12 other sites: 8 answer, 3 are gone, 1 of a private network, 6 could not be checked
        0 errors, 4 warnings
        -- exit 0 --
    "#]].assert_eq(&run.to_string());
}

#[test]
fn only_published_addresses_are_asked_each_once_and_those_that_answered_not_again() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    sites.check(&site, &[]);
    let heads = sites.asked.lock().unwrap().clone();
    for (request, head) in &heads {
        let head = head.to_ascii_lowercase();
        assert!(head.contains("user-agent: bulletin (link check)\r\n"), "{head}");
        assert!(!head.contains("referer") && !head.contains("cookie") && !head.contains('#'), "{head}");
        for hidden in ["draft", "embargoed", "protected", "192.168", "169.254", "onion", "brine.example"] {
            assert!(!request.contains(hidden), "{request}");
        }
    }
    let first = sites.take_asked();
    expect![[r#"
        GET blocked.example/a
        GET blocked.example/b
        GET blocked.example/notice
        GET gone.example/kept
        GET gone.example/lost
        GET gone.example/page
        GET head.example/a
        GET parts.example/page
        HEAD archive.example/http://gone.example/kept
        HEAD blocked.example/a
        HEAD blocked.example/b
        HEAD blocked.example/notice
        HEAD busy.example/a
        HEAD circle.example/
        HEAD gone.example/kept
        HEAD gone.example/lost
        HEAD gone.example/page
        HEAD good.example/page
        HEAD good.example/radio
        HEAD good.example/video
        HEAD head.example/a
        HEAD inward.example/a
        HEAD moved.example/new
        HEAD moved.example/old
        HEAD removed.example/
        HEAD removed.example/2016/page"#]]
    .assert_eq(&first.join("\n"));
    sites.check(&site, &[]);
    expect![[r#"
        GET blocked.example/a
        GET blocked.example/b
        GET blocked.example/notice
        GET gone.example/kept
        GET gone.example/lost
        GET gone.example/page
        HEAD blocked.example/a
        HEAD blocked.example/b
        HEAD blocked.example/notice
        HEAD busy.example/a
        HEAD circle.example/
        HEAD gone.example/kept
        HEAD gone.example/lost
        HEAD gone.example/page
        HEAD inward.example/a"#]]
    .assert_eq(&sites.take_asked().join("\n"));
    let later = ["check", "--external", "--now", "2031-06-09T00:00:00Z"];
    Run::of(&mut sites.command(&site, &later));
    assert_eq!(sites.take_asked(), first, "an answer counts for a week");
    sites.check(&site, &["--fresh"]);
    assert_eq!(sites.take_asked(), first);
}

#[test]
fn a_missing_part_is_named_in_its_own_letters_however_it_is_written() {
    for written in ["#ناقص", "#%D9%86%D8%A7%D9%82%D8%B5"] {
        let (sites, site) = (OtherSites::new(), Site::new(SITE));
        site.edit("content/briefings/first.md", "page#missing", &format!("page{written}"));
        let run = sites.check(&site, &["--format", "short"]);
        assert!(
            run.stdout.contains("http://parts.example/page answers, and has no part \"ناقص\""),
            "{written}: {run}"
        );
    }
}

#[test]
fn nothing_is_asked_while_the_site_has_errors() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    site.edit("content/briefings/second.md", "[Gone again]", "[dead](dead.md) [gone]");
    let run = sites.check(&site, &["--format", "short"]);
    assert!(
        run.stdout.contains("note[external-not-checked]: links to other sites were not checked"),
        "{run}"
    );
    assert_eq!((run.code, sites.take_asked()), (Some(1), Vec::new()));
}

#[test]
fn no_other_command_asks_other_sites() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    for arguments in
        [&["check", "--now", NOW][..], &["build", "--now", NOW], &["list", "claims", "--now", NOW]]
    {
        let run = Run::of(&mut sites.command(&site, arguments));
        assert_eq!(run.code, Some(0), "{run}");
    }
    assert_eq!(sites.take_asked(), Vec::<String>::new());
    assert!(!site.exists(".state"), "nothing is remembered either");
}

#[test]
fn without_time_nothing_is_asked_and_programs_get_the_numbers() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    let run = sites.check(&site, &["--minutes", "0", "--format", "json"]);
    assert_eq!(sites.take_asked(), Vec::<String>::new());
    expect![[r#"{"summary":{"errors":0,"exit":0,"links":{"addresses":18,"answer":0,"gone":0,"known":0,"private":1,"sites":12,"unchecked":17},"notes":2,"warnings":1}}"#]].assert_eq(run.stdout.lines().last().unwrap());
    assert_eq!(
        run.stdout.matches("17 addresses could not be checked: there was no time left").count(),
        1,
        "{run}"
    );
}

#[test]
fn warnings_can_be_denied_and_levels_changed() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    assert_eq!(sites.check(&site, &["--deny-warnings"]).code, Some(1));
    site.edit("site.toml", "base_url", "check = { dead-external-link = \"error\" }\nbase_url");
    let run = sites.check(&site, &["--format", "short"]);
    assert!(run.stdout.contains("error[dead-external-link]: http://gone.example/lost is gone"), "{run}");
    assert!(run.stdout.contains("note[archived-external-link]"), "a copy is as good: {run}");
    assert_eq!(run.code, Some(1));
}

#[test]
fn a_damaged_memory_is_said_and_replaced() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    fs::write(site.path(".links.json"), "{\n  \"version\": 1,").unwrap();
    let arguments = ["--state", ".links.json", "--format", "short"];
    let run = sites.check(&site, &arguments);
    assert!(
        run.stdout.starts_with("note[link-memory]: the memory of earlier link checks is damaged"),
        "{run}"
    );
    let run = sites.check(&site, &arguments);
    assert!(!run.stdout.contains("link-memory"), "{run}");
}

#[test]
fn law_4_a_file_that_is_no_memory_of_links_is_left_as_it_is() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    let before = site.read("site.toml");
    let run = sites.check(&site, &["--state", "site.toml", "--format", "short"]);
    assert!(run.stdout.contains("cannot be written: it is another file than that of a link check"), "{run}");
    assert_eq!(site.read("site.toml"), before);
}

#[test]
fn a_proxy_that_cannot_be_used_stops_every_command_that_asks_others() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    site.build();
    for arguments in [
        &["check", "--external", "--now", NOW][..],
        &["verify", "https://mirror.example/"],
        &["diff", "https://mirror.example/"],
        &["publish", "s3://bucket"],
    ] {
        let mut command = sites.command(&site, arguments);
        let run = Run::of(command.env("ALL_PROXY", "tor://127.0.0.1:9050"));
        let message = "error[bad-proxy]: ALL_PROXY is set, and names no proxy that can be used";
        assert!(format!("{}{}", run.stdout, run.stderr).contains(message), "{arguments:?}: {run}");
        assert_eq!(run.code, Some(2), "{arguments:?}: {run}");
    }
    assert_eq!(sites.take_asked(), Vec::<String>::new());
}

#[test]
fn an_interrupted_check_reports_and_keeps_what_it_knows() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    site.edit("content/briefings/second.md", "[Gone again]", "[Silent](http://silent.example/) [gone]");
    let arguments = ["check", "--external", "--now", NOW, "--format", "short"];
    let mut command = sites.command(&site, &arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| {
        let asked = sites.asked.lock().unwrap();
        let is_last =
            |(request, _): &(String, String)| request.contains("silent") || request.contains("radio");
        if asked.iter().filter(|one| is_last(one)).count() >= 2 { Ok(()) } else { Err(format!("{asked:?}")) }
    });
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let code = child.wait().unwrap().code();
    assert!(begun.elapsed() < Duration::from_secs(10), "running requests are ended");
    let mut stdout = String::new();
    child.stdout.unwrap().read_to_string(&mut stdout).unwrap();
    assert_eq!(code, Some(130), "{stdout}");
    assert!(stdout.contains("could not be checked: the check was interrupted"), "{stdout}");
    assert!(site.read(".state/bulletin/links.json").contains("http://good.example/radio"));
}

#[test]
fn a_terminal_shows_how_many_addresses_are_asked_and_how_long_it_takes() {
    let (sites, site) = (OtherSites::new(), Site::new(SITE));
    let links: String = (0..4).map(|page| format!("[{page}](http://slow.example/{page}) ")).collect();
    site.write(&format!(
        "-- content/briefings/slow.md --\n+++\ntitle = \"S\"\ndate = 2031-05-01\n+++\n{links}\n"
    ));
    let mut command = sites.command(&site, &["check", "--external", "--now", NOW]);
    let mut terminal = Terminal::start(command.env("TERM", "xterm"));
    let received = terminal.end().1;
    let counts = received.split("asking: ").filter(|text| text.contains(" of 21, about ")).count();
    assert!(counts > 1 && received.contains("==>"), "{received:?}");
    let screen = terminal.screen();
    assert!(!screen.contains("asking"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("error") || line.contains("warning")), "{screen}");
}
