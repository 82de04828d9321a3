//! From a save to the screen: a real `bulletin serve` on the corpus, with files that are saved
//! while a client asks for pages.
//!
//! `cargo bench --bench preview` measures 1,000 and 10,000 briefings;
//! `BULLETIN_BENCH_SIZES=100000 cargo bench --bench preview` another size. Each time runs from before
//! the call that writes the file to the new bytes over HTTP; medians of 20. Memory and idle time
//! are read from /proc, and left out elsewhere.

#![expect(clippy::disallowed_methods, reason = "the sizes come from the environment")]
#![expect(clippy::print_stdout, reason = "a program of its own talks to a terminal")]

mod corpus;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

const TIMES: usize = 20;

/// Between two saves: longer than a change is followed after it, when all files are looked at once more.
fn pause(briefings: usize) -> Duration {
    Duration::from_millis(400 + briefings as u64 / 50)
}

fn main() {
    let sizes = std::env::var("BULLETIN_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    for size in sizes.split(',') {
        let size = size.trim().parse().expect("BULLETIN_BENCH_SIZES: 1000,10000");
        measure(size);
    }
}

fn measure(briefings: usize) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the target folder can be written");
    let root = folder.path().join("site");
    corpus::write(&root, briefings).expect("the target folder can be written");
    let site = Site::new(&root, briefings);
    let preview = Preview::start(&root);
    let neighbourhood = site.neighbourhood_page(&preview);
    println!("{briefings} briefings");
    tell("ready", preview.ready);
    let busy = preview.wait_until_idle();
    println!("  {:<42}{:>9.1} s", "all pages looked through after", busy.as_secs_f64());
    tell("the page itself", site.save_title(&preview, &site.page));
    tell("its date page", site.save_title(&preview, &site.date));
    tell("its neighbourhood's page", site.save_title(&preview, &neighbourhood));
    tell("the list of briefings", site.save_newest(&preview, "briefings/index.html"));
    tell("the home page", site.save_newest(&preview, "index.html"));
    tell("the feed of all briefings", site.save_newest(&preview, "feed.atom"));
    tell("a page with another claim", site.save_claim(&preview));
    tell("a style", site.save_style(&preview));
    preview.wait_until_idle();
    preview.tell_memory_and_idle_time();
}

fn tell(what: &str, time: Duration) {
    println!("  {what:<42}{:>9.1} ms", time.as_secs_f64() * 1000.0);
}

/// Files that are saved, and pages that show it.
struct Site {
    root: PathBuf,
    middle: PathBuf,
    newest: PathBuf,
    page: String,
    date: String,
    /// The first page of the neighbourhood's, without its ending.
    neighbourhood: String,
    pause: Duration,
}

impl Site {
    fn new(root: &Path, briefings: usize) -> Self {
        let mut files: Vec<(String, PathBuf)> = Vec::new();
        for index in 0..briefings {
            let (path, text) = corpus::briefing(index, briefings);
            files.push((value(&text, "date"), root.join(path)));
        }
        files.sort();
        let (date, middle) = files[files.len() / 2].clone();
        let text = fs::read_to_string(&middle).expect("it was written");
        let id = middle.file_stem().expect("it is a file").to_string_lossy().into_owned();
        let place = value(&text, "neighbourhoods");
        let place = place.split('"').nth(1).expect("it has a neighbourhood").to_lowercase().replace(' ', "-");
        Self {
            root: root.to_owned(),
            newest: files[files.len() - 1].1.clone(),
            page: format!("briefings/{id}.html"),
            date: format!("dates/{}.html", &date[..10]),
            neighbourhood: format!("neighbourhoods/{place}"),
            middle,
            pause: pause(briefings),
        }
    }

    /// The page of the neighbourhood that lists the briefing.
    fn neighbourhood_page(&self, preview: &Preview) -> String {
        let link = format!("../{}\"", self.page);
        let numbered = (1..).map(|number| format!("{}-page-{number}.html", self.neighbourhood));
        let mut pages = std::iter::once(format!("{}.html", self.neighbourhood)).chain(numbered);
        pages.find(|page| preview.get(page).contains(&link)).expect("the numbers go on until it is found")
    }

    fn save_title(&self, preview: &Preview, page: &str) -> Duration {
        self.save_often(preview, &self.middle, page, with_title)
    }

    fn save_newest(&self, preview: &Preview, page: &str) -> Duration {
        self.save_often(preview, &self.newest, page, with_title)
    }

    fn save_claim(&self, preview: &Preview) -> Duration {
        self.save_often(preview, &self.middle, &self.page, |text, mark| {
            // A new id each time, so that it is a claim more and one less.
            let id = mark.to_lowercase().replace(' ', "-");
            let claim =
                format!("\n[[claims]]\nid = \"{id}\"\ntext = \"{mark}\"\nsource = \"unattributed\"\n+++\n\n");
            text.replacen("\n+++\n\n", &claim, 1)
        })
    }

    fn save_style(&self, preview: &Preview) -> Duration {
        let own = self.root.join("templates/parts/style.html");
        fs::create_dir_all(own.parent().expect("it has one")).expect("the site can be written");
        let theirs = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/parts/style.html");
        fs::copy(theirs, &own).expect("the site can be written");
        sleep(Duration::from_secs(2));
        self.save_often(preview, &own, &self.page, |text, mark| format!("{text}/*{mark}*/"))
    }

    fn save_often(
        &self,
        preview: &Preview,
        file: &Path,
        page: &str,
        change: impl Fn(&str, &str) -> String,
    ) -> Duration {
        let text = fs::read_to_string(file).expect("it was written");
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|n| {
                let mark = format!("Mark {n} of {}", page.replace(['/', '.'], " "));
                let saved = change(&text, &mark);
                assert_ne!(saved, text, "the edit is none");
                let begin = Instant::now();
                fs::write(file, saved).expect("the site can be written");
                while !preview.get(page).contains(&mark) {
                    assert!(begin.elapsed() < Duration::from_secs(60), "{page} never shows {mark:?}");
                }
                let time = begin.elapsed();
                sleep(self.pause);
                time
            })
            .collect();
        fs::write(file, text).expect("the site can be written");
        sleep(self.pause);
        times.sort();
        times[times.len() / 2]
    }
}

fn value(text: &str, key: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(key)).expect("the corpus has the key");
    line.split_once('=').expect("it is a line of TOML").1.trim().to_owned()
}

fn with_title(text: &str, mark: &str) -> String {
    let lines = text.lines().map(|line| match line.starts_with("title") {
        true => format!("title = \"{mark}\"\n"),
        false => format!("{line}\n"),
    });
    lines.collect()
}

struct Preview {
    child: Child,
    url: String,
    ready: Duration,
}

impl Preview {
    fn start(root: &Path) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
        let port = port.expect("there is a free port").port().to_string();
        let begin = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bulletin"))
            .args(["serve", "--now", "2026-01-01T00:00:00Z", "--port", &port, "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program was built");
        let mut said = BufReader::new(child.stdout.take().expect("it is a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("the program speaks");
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let url = url.expect("it prints its address").to_owned();
        let mut preview = Self { child, url, ready: Duration::ZERO };
        preview.get("index.html");
        preview.ready = begin.elapsed();
        thread::spawn(move || said.lines().for_each(drop));
        preview
    }

    fn get(&self, path: &str) -> String {
        let mut answer = ureq::get(format!("{}{path}", self.url)).call().expect("the page is there");
        answer.body_mut().read_to_string().expect("the page is text")
    }

    /// Processor time so far, in hundredths of a second; none where there is no /proc.
    fn ticks(&self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    }

    /// How long it took until nothing was done for a second.
    fn wait_until_idle(&self) -> Duration {
        let begin = Instant::now();
        let mut before = self.ticks();
        loop {
            sleep(Duration::from_secs(1));
            let now = self.ticks();
            if now == before || begin.elapsed() > Duration::from_secs(600) {
                return begin.elapsed().saturating_sub(Duration::from_secs(1));
            }
            before = now;
        }
    }

    fn tell_memory_and_idle_time(&self) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        for (what, key) in [("memory", "VmRSS:"), ("memory at most", "VmHWM:")] {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            if let Some(kilobytes) = kilobytes {
                println!("  {what:<42}{:>9} MB", kilobytes / 1024);
            }
        }
        let before = self.ticks();
        sleep(Duration::from_secs(10));
        if let (Some(before), Some(after)) = (before, self.ticks()) {
            println!("  {:<42}{:>9} ms", "processor time in 10 s of rest", (after - before) * 10);
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
