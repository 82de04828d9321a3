//! `serve` and `build --watch` as running processes, and waiting for their output.

use std::env;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
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
        Self::of(site, &mut site.command(arguments))
    }

    /// A command in the folder of the site.
    pub fn of(site: &Site, command: &mut Command) -> Self {
        // A hidden file, which is no file of the site: writing to it is no change.
        let output = site.path(".output");
        let file = File::create(&output).unwrap();
        let child = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
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

pub fn wait(is_done: impl FnMut() -> Result<(), String>) {
    wait_at_most(PATIENCE, is_done);
}

pub fn wait_at_most(patience: Duration, mut is_done: impl FnMut() -> Result<(), String>) {
    let end = Instant::now() + patience;
    while let Err(missing) = is_done() {
        assert!(Instant::now() < end, "still not: {missing}");
        sleep(Duration::from_millis(20));
    }
}

/// A program or a folder that `tests/run` installed.
#[expect(clippy::disallowed_methods, reason = "tests/run says where they are")]
pub fn installed(variable: &str) -> PathBuf {
    env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set: run tests/run")).into()
}

/// Servers that root starts give up its rights, and could not read the folders of a test.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}

/// A user without privileges: for root, no permission is missing.
const UNPRIVILEGED: u32 = 65_534;

/// Gives a site to a user without privileges, as whom the command then runs. Needs root.
pub fn give_to_unprivileged(site: &Site, command: &mut Command) {
    for entry in walkdir::WalkDir::new(site.root()).into_iter().map(Result::unwrap) {
        chown(entry.path(), Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
    }
    command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
}

/// An rsync server that takes files into a folder, ended with the test.
pub struct RsyncDaemon {
    child: Child,
    pub target: String,
}

impl RsyncDaemon {
    /// `host` holds its settings.
    pub fn start(host: &Site, folder: &Path) -> Self {
        let port = free_port();
        let settings = format!(
            "{}port = {port}\naddress = 127.0.0.1\n[www]\nuse chroot = no\npath = {}\nread only = no\n",
            if is_root() { "uid = root\ngid = root\n" } else { "" },
            folder.display()
        );
        host.write_bytes("rsyncd.conf", settings.as_bytes());
        let mut command = Command::new("rsync");
        command.args(["--daemon", "--no-detach"]);
        command.arg(format!("--config={}", host.path("rsyncd.conf").display()));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait(|| TcpStream::connect(format!("127.0.0.1:{port}")).map(drop).map_err(|error| error.to_string()));
        Self { child, target: format!("rsync://127.0.0.1:{port}/www") }
    }
}

impl Drop for RsyncDaemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port without a listener, like the one 10,000 higher, which some servers open as well.
///
/// Both are below those that the system gives to connections, and no other test of this process gets them or the
/// next ones, which `serve` may take instead.
pub fn free_port() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let is_free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    let candidates = std::iter::repeat_with(|| {
        let number = (process::id() % 50) * 20 + NEXT.fetch_add(1, Ordering::Relaxed);
        10_240 + u16::try_from(number % 1_000).unwrap() * 10
    });
    let mut free = candidates.take(1_000).filter(|port| is_free(*port) && is_free(port + 10_000));
    free.next().expect("a free port").to_string()
}
