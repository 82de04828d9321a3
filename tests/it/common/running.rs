//! `serve` and `build --watch` as running processes, and waiting for their output.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Site;

/// How long a result may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running program, killed at the end of the test.
pub struct Running {
    pub child: Child,
    output: PathBuf,
}

impl Running {
    pub fn start(site: &Site, arguments: &[&str]) -> Self {
        // A hidden file, which is no file of the site: writing to it is no change.
        let output = site.path(".output");
        let file = File::create(&output).unwrap();
        let child = site.command(arguments).stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        Self { child, output }
    }

    /// All that it has printed, on stdout and stderr.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.output).unwrap()
    }

    pub fn wait_for(&self, text: &str) {
        wait(|| {
            self.output().contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {}", self.output()))
        });
    }

    /// Its URL, with a trailing slash.
    pub fn url(&self) -> String {
        self.wait_for("http://");
        let output = self.output();
        output.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned()
    }
}

impl Drop for Running {
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
