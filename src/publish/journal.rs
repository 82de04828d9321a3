//! The journal `.bulletin`: the lock of the folder, and the paths of a publish that is under way.
//!
//! Owns the file's format and the way it comes into being. Does not know what is done with the
//! paths that it gives back.
//!
//! A journal is empty while nothing is under way. A publish appends one block:
//!
//! ```text
//! bulletin journal 1, 2 files
//! <sha256 of the bytes>  briefings/a.html
//! <sha256 of the bytes>  briefings/old.html
//! end <sha256 of the block up to here>
//! ```
//!
//! It names what will be written, with its new bytes, and what will be removed, with the bytes
//! that we once gave it. Blocks are appended and never rewritten, so that a kill while one is
//! being written cannot destroy the one of an earlier killed build. A block that is cut off, corrupt or
//! edited does not match its end line, and is ignored: nothing is renamed before a block is whole, so a torn
//! one describes nothing.
//!
//! Invariant: a folder that does not hold `.bulletin` gets it by one rename, with its first
//! block inside, and only when a publish begins. Until then the lock is a temporary file. An
//! empty `.bulletin` next to a SHA256SUMS of somebody else would make their files ours.

use std::fs::{File, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::handles::{Create, EntryKind, OutputRoot};
use super::ownership::{Hash, hash, parse_line, push_hex, push_line};
use crate::paths::OutPath;
use crate::paths::kept_names::{JOURNAL, MOST_LIST};
use crate::sources::read_at_most;

const TEMPORARY_NAME: &str = ".bulletin-tmp-journal";

/// The journal of a folder, locked for as long as this lives.
pub(super) struct Journal {
    file: File,
    root: Arc<OutputRoot>,
    /// There is no `.bulletin` yet; the file still has its temporary name.
    fresh: bool,
    /// Length of the blocks that are whole.
    sound: u64,
    length: u64,
    files: Vec<(OutPath, Hash)>,
}

pub(super) enum OpenError {
    /// Another build holds the lock.
    Locked,
    /// Something that is no plain file has the journal's name.
    NotAFile(EntryKind),
    Io(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Journal {
    /// Locks the folder, which must be there, and reads what an earlier build left.
    pub(super) fn open(root: &Arc<OutputRoot>) -> Result<Self, OpenError> {
        let (file, fresh) = lock(root)?;
        let root = Arc::clone(root);
        let mut journal = Self { file, root, fresh, sound: 0, length: 0, files: Vec::new() };
        if fresh {
            journal.file.set_len(0)?;
        } else {
            journal.read()?;
        }
        Ok(journal)
    }

    fn read(&mut self) -> io::Result<()> {
        let bytes = read_at_most(&self.file, MOST_LIST)?;
        self.length = bytes.len() as u64;
        (self.files, self.sound) = parse(&bytes);
        Ok(())
    }

    /// Whether the folder did not hold a journal, and so none of our files.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether a name in the folder is the one of this lock.
    pub(super) fn is_named(&self, name: &str) -> bool {
        name == if self.fresh { TEMPORARY_NAME } else { JOURNAL }
    }

    /// Whether killed builds listed files that [`Journal::take_files`] did not take yet.
    pub(super) fn lists_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// What killed builds listed; none the second time.
    pub(super) fn take_files(&mut self) -> Vec<(OutPath, Hash)> {
        std::mem::take(&mut self.files)
    }

    /// Appends a block, and returns when it is on the disk.
    pub(super) fn append(&mut self, block: &str) -> io::Result<()> {
        self.file.set_len(self.sound)?;
        self.file.seek(SeekFrom::Start(self.sound))?;
        let written = self.file.write_all(block.as_bytes()).and_then(|()| self.file.sync_all());
        if written.is_err() {
            // On a full disk: take back what is there of the block. Where even this fails, the
            // block has no end line and counts for nothing.
            let _ = self.file.set_len(self.sound);
        }
        written?;
        self.length = self.sound + block.len() as u64;
        self.sound = self.length;
        self.settle()
    }

    fn settle(&mut self) -> io::Result<()> {
        if self.fresh {
            self.root.replace(TEMPORARY_NAME, JOURNAL)?;
            self.fresh = false;
        }
        Ok(())
    }

    /// Leaves everything as the end of the process does.
    #[cfg(test)]
    pub(super) fn abandon(&mut self, elsewhere: &Arc<OutputRoot>) {
        self.root = Arc::clone(elsewhere);
    }

    /// Forgets all blocks at once.
    pub(super) fn empty(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        (self.sound, self.length) = (0, 0);
        Ok(())
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Nothing can report an error here, and the next build copes with both.
        if self.fresh {
            let _ = self.root.remove_file(TEMPORARY_NAME);
        }
        // Closing the file is not enough: a process that is just being started elsewhere in the
        // program has a copy of it for a moment, and with it the lock.
        let _ = self.file.unlock();
    }
}

/// The locked journal, and whether it still has its temporary name.
fn lock(root: &OutputRoot) -> Result<(File, bool), OpenError> {
    // Another build may rename or remove the file between our opening and our locking of it;
    // the lock would be on a file that is no longer at this path. Then try again.
    for _ in 0..100 {
        let fresh = match root.entry_kind(JOURNAL)? {
            EntryKind::File { .. } => false,
            EntryKind::Nothing => true,
            other => return Err(OpenError::NotAFile(other)),
        };
        let (name, create) =
            if fresh { (TEMPORARY_NAME, Create::IfMissing) } else { (JOURNAL, Create::Never) };
        if fresh && root.entry_kind(name)? == EntryKind::Link {
            root.remove_file(name)?;
        }
        let file = root.open_to_write(name, create)?;
        lock_soon(&file)?;
        if root.is_at(name, &file)? && !(fresh && root.entry_kind(JOURNAL)? != EntryKind::Nothing) {
            return Ok((file, fresh));
        }
    }
    Err(OpenError::Locked)
}

/// Waits up to half a second: a build that was killed a moment ago may still be on its way out.
fn lock_soon(file: &File) -> Result<(), OpenError> {
    for _ in 0..25 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(20)),
            // A few network file systems know no locks; a build there is better than none.
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(error.into());
            }
            Err(TryLockError::Error(_)) | Ok(()) => return Ok(()),
        }
    }
    Err(OpenError::Locked)
}

/// One block, ready to append.
pub(super) fn block<'a>(files: impl ExactSizeIterator<Item = (&'a str, &'a Hash)>) -> String {
    let mut text = format!("bulletin journal 1, {} files\n", files.len());
    for (path, hash) in files {
        push_line(&mut text, hash, path);
    }
    let sum = hash(text.as_bytes());
    text.push_str("end ");
    push_hex(&mut text, &sum);
    text.push('\n');
    text
}

/// The files of all blocks up to the first that is not whole, and the length of those blocks.
fn parse(bytes: &[u8]) -> (Vec<(OutPath, Hash)>, u64) {
    let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut files = Vec::new();
    let mut sound = 0;
    while let Some((more, length)) = parse_block(&text[sound..]) {
        files.extend(more);
        sound += length;
    }
    (files, sound as u64)
}

fn parse_block(text: &str) -> Option<(Vec<(OutPath, Hash)>, usize)> {
    let (header, body) = text.split_once('\n')?;
    let count: usize = header.strip_prefix("bulletin journal 1, ")?.strip_suffix(" files")?.parse().ok()?;
    let mut files = Vec::new();
    let mut rest = body;
    for _ in 0..count {
        let (line, after) = rest.split_once('\n')?;
        files.push(parse_line(line)?);
        rest = after;
    }
    let listed = &text[..text.len() - rest.len()];
    let mut end = "end ".to_owned();
    push_hex(&mut end, &hash(listed.as_bytes()));
    end.push('\n');
    rest.starts_with(&end).then_some((files, listed.len() + end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_blocks() -> (String, String) {
        let x = hash(b"x");
        let y = hash(b"y");
        (block([("a", &x), ("b/ح.html", &y)].into_iter()), block([("c", &y)].into_iter()))
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        parse(bytes).0.into_iter().map(|(path, _)| path.to_string()).collect()
    }

    #[test]
    fn a_torn_block_counts_for_nothing_and_hides_no_earlier_one() {
        let (first, second) = two_blocks();
        let whole = format!("{first}{second}");
        assert_eq!(names(whole.as_bytes()), ["a", "b/ح.html", "c"]);
        for cut in 0..whole.len() {
            let expected: &[&str] = if cut < first.len() { &[] } else { &["a", "b/ح.html"] };
            assert_eq!(names(&whole.as_bytes()[..cut]), expected, "cut at {cut}");
        }
    }

    #[test]
    fn law_4_a_corrupt_block_makes_nothing_ours() {
        let (first, _) = two_blocks();
        for at in 0..first.len() {
            let mut bytes = first.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(parse(&bytes), (vec![], 0), "byte {at}");
        }
        let outside = block([("../x", &hash(b""))].into_iter());
        assert_eq!(parse(outside.as_bytes()), (vec![], 0));
    }
}
