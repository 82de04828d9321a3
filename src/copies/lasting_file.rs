//! A file that takes everything, also after the disk refused a write.
//!
//! The library that writes archives finishes what it holds when it is dropped, and panics if the file has not taken what
//! was written before. Here the file seems to take it, and what was refused is known besides.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::rc::Rc;

pub struct LastingFile {
    file: BufWriter<File>,
    /// The first error. Its owner may take it at any time: nothing is written after it.
    failed: Rc<Cell<Option<io::Error>>>,
    is_lost: bool,
    position: u64,
    length: u64,
}

impl LastingFile {
    pub fn new(file: File, failed: Rc<Cell<Option<io::Error>>>) -> Self {
        Self { file: BufWriter::new(file), failed, is_lost: false, position: 0, length: 0 }
    }

    /// Writes what is left, and waits until it is on the disk.
    ///
    /// # Errors
    /// The first error of the disk.
    pub fn finish(mut self) -> io::Result<()> {
        self.attempt(|file| {
            file.flush()?;
            file.get_ref().sync_all()
        });
        self.failed.take().map_or(Ok(()), Err)
    }

    fn attempt(&mut self, action: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) {
        if !self.is_lost
            && let Err(error) = action(&mut self.file)
        {
            self.is_lost = true;
            self.failed.set(Some(error));
        }
    }
}

impl Write for LastingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|file| file.write_all(bytes));
        self.position += bytes.len() as u64;
        self.length = self.length.max(self.position);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(Write::flush);
        Ok(())
    }
}

impl Seek for LastingFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        let position = self.position;
        self.attempt(|file| file.seek(SeekFrom::Start(position)).map(drop));
        Ok(position)
    }
}
