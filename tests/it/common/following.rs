//! The program while it follows the files of a site, and waiting for what it makes of them.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Site;

/// How long everything may take to be right after a change, on a machine with much else to do.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A program that follows the files, killed at the end of the test.
pub struct Following {
    pub child: Child,
    said: PathBuf,
}

impl Following {
    pub fn start(site: &Site, arguments: &[&str]) -> Self {
        // Beside the site: a file of it would be a change.
        let said = site.path(".said");
        let file = File::create(&said).unwrap();
        let child = site.command(arguments).stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        Self { child, said }
    }

    /// All that it said so far, on both of its streams.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    pub fn wait_for(&self, text: &str) {
        wait(|| {
            self.said().contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {}", self.said()))
        });
    }

    /// Where it serves, with a slash at the end.
    pub fn url(&self) -> String {
        self.wait_for("http://");
        let said = self.said();
        said.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned()
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn wait(mut is_done: impl FnMut() -> Result<(), String>) {
    let end = Instant::now() + PATIENCE;
    while let Err(missing) = is_done() {
        assert!(Instant::now() < end, "still not: {missing}");
        sleep(Duration::from_millis(20));
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> String {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port().to_string()
}
