//! A program on a terminal: all that it writes there, and what the screen shows at the end.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::running::wait;

pub struct Terminal {
    child: Child,
    begun: Instant,
    received: Arc<Mutex<Received>>,
    reader: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Received {
    text: String,
    /// When the first of it came.
    first: Option<Instant>,
}

impl Terminal {
    /// Starts a program whose output goes to a terminal.
    pub fn start(command: &mut Command) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap();
        let path = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
        let theirs = OpenOptions::new().read(true).write(true).open(path).unwrap();
        let begun = Instant::now();
        let child = command.stdout(theirs.try_clone().unwrap()).stderr(theirs).spawn().unwrap();
        // The terminal ends when no program has it open, and a command keeps its files.
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let received: Arc<Mutex<Received>> = Arc::default();
        let reader = thread::spawn({
            let received = Arc::clone(&received);
            move || read(File::from(ours), &received)
        });
        Self { child, begun, received, reader: Some(reader) }
    }

    pub fn wait_for(&self, text: &str) {
        wait(|| {
            let received = self.received();
            received.contains(text).then_some(()).ok_or_else(|| format!("{text:?} in {received:?}"))
        });
    }

    pub fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
    }

    /// Waits for the end; returns the exit code, and all that was written.
    pub fn end(&mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        self.reader.take().into_iter().for_each(|reader| reader.join().unwrap());
        (code, self.received())
    }

    /// How long the program wrote nothing.
    pub fn silence(&self) -> Option<Duration> {
        self.received.lock().unwrap().first.map(|first| first.duration_since(self.begun))
    }

    pub fn received(&self) -> String {
        self.received.lock().unwrap().text.clone()
    }

    /// What the screen shows, without colours and spaces at the end of lines.
    pub fn screen(&self) -> String {
        let mut screen = Screen::default();
        screen.take(&self.received());
        let lines = screen.lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reading fails when the last program has closed the terminal.
fn read(mut terminal: File, received: &Mutex<Received>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read) = terminal.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..read]);
        let mut received = received.lock().unwrap();
        received.first.get_or_insert_with(Instant::now);
        // A letter may be cut here, and is whole the next time.
        received.text = String::from_utf8_lossy(&bytes).into_owned();
    }
}

/// As much of a terminal as a line that is written over needs. It is endlessly wide and high.
#[derive(Default)]
struct Screen {
    lines: Vec<Vec<char>>,
    at: (usize, usize),
}

impl Screen {
    fn take(&mut self, text: &str) {
        let mut rest = text.chars();
        while let Some(letter) = rest.next() {
            match letter {
                '\n' => self.at.0 += 1,
                '\r' => self.at.1 = 0,
                '\u{1b}' => {
                    assert_eq!(rest.next(), Some('['), "an unknown sequence");
                    let mut number = String::new();
                    let end = rest.by_ref().find(|letter| {
                        number.push(*letter);
                        letter.is_ascii_alphabetic()
                    });
                    self.obey(end, number.trim_end_matches(char::is_alphabetic));
                }
                letter => self.write(letter),
            }
        }
    }

    fn obey(&mut self, command: Option<char>, number: &str) {
        let count = number.parse().unwrap_or(1);
        match command {
            Some('A') => self.at.0 = self.at.0.saturating_sub(count),
            Some('B') => self.at.0 += count,
            Some('C') => self.at.1 += count,
            Some('D') => self.at.1 = self.at.1.saturating_sub(count),
            Some('K') if number == "2" => self.line().clear(),
            Some('K') => {
                let column = self.at.1;
                self.line().truncate(column);
            }
            Some('m') => {}
            other => panic!("the screen does not know {other:?}"),
        }
    }

    fn line(&mut self) -> &mut Vec<char> {
        if self.lines.len() <= self.at.0 {
            self.lines.resize(self.at.0 + 1, Vec::new());
        }
        &mut self.lines[self.at.0]
    }

    fn write(&mut self, letter: char) {
        let column = self.at.1;
        let line = self.line();
        if line.len() <= column {
            line.resize(column + 1, ' ');
        }
        line[column] = letter;
        self.at.1 += 1;
    }
}
