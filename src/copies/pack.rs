//! A site as one file, to hand on.
//!
//! Owns the form of the archive: what SHA256SUMS lists, the list and its signature, below one folder. Invariant: the same
//! files give the same bytes, on any machine and any number of cores: names are sorted, times are the site's own, and
//! each file is compressed for itself.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek, Write};
use std::path::Path;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use zip::write::{PreparedZipFile, SimpleFileOptions, ZipFileBuilder};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::byte_limit::{BUFFER, ByteLimit, FileState};
use super::compare::Differences;
use super::file_list::FileList;
use super::lasting_file::LastingFile;
use super::places::{CopyFiles, FolderCopy};
use super::sign::{read_list, shown_key};
use super::signature::ListSignature;
use super::whole_file::{move_to_new, open_temporary};
use crate::diag::{Code, Diagnostic, Severity, has_errors};
use crate::engine::{Observer, Stage, Unobserved, in_stage};
use crate::paths::Id;
use crate::paths::kept_names::{MOST_SMALL, SIGNATURE, SUMS};
use crate::publish::{Hash, hash};
use crate::render::copy_record::CopyRecord;
use crate::site::COPY_RECORD;
use crate::sources::cannot_write;

pub struct PackOptions<'a> {
    /// The folder of the built site.
    pub folder: &'a Path,
    /// How messages call the folder.
    pub shown_as: &'a str,
    pub archive: &'a Path,
    /// How messages call the archive.
    pub archive_shown_as: &'a str,
    /// Whether a file of that name may be replaced.
    pub replace: bool,
    pub now: Timestamp,
    pub observer: &'a dyn Observer,
}

/// What was packed.
#[derive(Debug)]
pub struct Packed {
    pub files: usize,
    /// Of the archive.
    pub bytes: u64,
    pub warnings: Vec<Diagnostic>,
}

/// Packs a built site.
///
/// # Errors
/// If the folder differs from its list, if the archive would be in it or replace a file, or if it cannot be written.
pub fn pack(options: &PackOptions<'_>) -> Result<Packed, Vec<Diagnostic>> {
    let one = |error: Diagnostic| vec![error];
    let copy = FolderCopy::open(options.folder, options.shown_as).map_err(one)?;
    check_place(options).map_err(one)?;
    let (text, list) = read_list(&copy).map_err(one)?;
    let signature = copy.read_small(SIGNATURE, MOST_SMALL).map_err(one)?;
    let mut warnings = Differences::extra_of(&copy, &list).diagnostics(Severity::Warning);
    warnings.extend(signature_warning(&copy, signature.as_deref(), &text, &list).map_err(one)?);
    let record = copy.read_small(COPY_RECORD, MOST_SMALL).map_err(one)?;
    let record = record.and_then(|record| CopyRecord::from_json(&record));
    if let Some(refused) = record.as_ref().and_then(|record| record.why_not_for_readers(options.now)) {
        return Err(vec![refused]);
    }
    let layout = Layout::new(record.as_ref());
    let mut small = vec![(SUMS, text)];
    small.extend(signature.map(|signature| (SIGNATURE, signature)));
    let packed =
        in_stage(options.observer, Stage::Packing, || write_and_move(options, &layout, &list, small));
    let bytes = packed.map_err(|failure| failure.diagnostics(options, &copy, &list))?;
    Ok(Packed { files: list.files.len(), bytes, warnings })
}

/// Why an archive was not written.
enum Failure {
    /// A file is not as the list says.
    Differs,
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Failure {
    fn diagnostics(self, options: &PackOptions<'_>, copy: &FolderCopy, list: &FileList) -> Vec<Diagnostic> {
        match self {
            Self::Differs => {
                let differences = Differences::find(copy, list, &ByteLimit::new(u64::MAX), &Unobserved);
                let mut faults = differences.diagnostics(Severity::Warning);
                faults.retain(Diagnostic::is_error);
                if !has_errors(&faults) {
                    let message = "a file of the site changed while it was packed";
                    faults.push(Diagnostic::error(Code::ALTERED_FILE, message));
                }
                faults.iter_mut().for_each(|fault| fault.help = vec!["build again, then pack".to_owned()]);
                faults
            }
            Self::Io(error) => vec![cannot_write(options.archive_shown_as, &error).setup()],
        }
    }
}

/// Refuses a place where the archive would be a file of the site, or replace one.
fn check_place(options: &PackOptions<'_>) -> Result<(), Diagnostic> {
    let shown_as = options.archive_shown_as;
    let folder = options.archive.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let site = options.folder.canonicalize();
    if let (Ok(folder), Ok(site)) = (folder, site)
        && folder.starts_with(site)
    {
        let message = format!("{shown_as} would be in the folder that it is made of");
        let help = "write it elsewhere";
        return Err(Diagnostic::error(Code::BAD_OUT, message).setup().help(help));
    }
    match options.archive.symlink_metadata() {
        Ok(found) if found.is_file() && options.replace => Ok(()),
        Ok(_) => {
            let message = format!("{shown_as} is already there, and left as it is");
            let help = "choose another name, or replace a file with --replace";
            Err(Diagnostic::error(Code::FILE_EXISTS, message).setup().help(help))
        }
        Err(_) => Ok(()),
    }
}

/// What readers of the archive should know of its signature.
fn signature_warning(
    copy: &dyn CopyFiles,
    signature: Option<&[u8]>,
    text: &[u8],
    list: &FileList,
) -> Result<Option<Diagnostic>, Diagnostic> {
    let Some(signature) = signature else {
        let message = "the site is not signed, so that no one can see who the archive is from";
        let help = "sign it first: bulletin sign";
        return Ok(Some(Diagnostic::warning(Code::UNSIGNED_COPY, message).help(help)));
    };
    let read = std::str::from_utf8(signature).ok().and_then(ListSignature::from_text);
    let announced = read.as_ref().and_then(ListSignature::announcement);
    let is_of_list = match (shown_key(copy)?, &read) {
        (Some(key), Some(signature)) => signature.is_of(&key, text),
        _ => announced.is_none_or(|announced| announced.list == list.hash),
    };
    Ok((!is_of_list || read.is_none()).then(|| {
        let message = format!("{SIGNATURE} does not fit the site: it was built again after it was signed");
        Diagnostic::warning(Code::STALE_SIGNATURE, message).help("sign again, then pack: bulletin sign")
    }))
}

/// The form of an archive.
struct Layout {
    /// With `/` at its end.
    top: String,
    time: DateTime,
}

impl Layout {
    fn new(record: Option<&CopyRecord>) -> Self {
        let id = record.and_then(|record| Id::from_name(&record.title).ok());
        let name = id.map_or_else(|| "site".to_owned(), |id| id.as_str().to_owned());
        let as_of = record.and_then(|record| record.as_of);
        let day = as_of.map(|at| format!("-{}", at.to_zoned(TimeZone::UTC).date())).unwrap_or_default();
        Self { top: format!("{name}{day}/"), time: as_of.and_then(archive_time).unwrap_or_default() }
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.top)
    }

    fn options(&self, path: &str) -> SimpleFileOptions {
        let method =
            if is_compressed(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // A level of its own: the default may change with a library.
        let level = (method == CompressionMethod::Deflated).then_some(6);
        SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(level)
            .last_modified_time(self.time)
            .unix_permissions(0o644)
            .system(System::Unix)
    }
}

/// In UTC. `None` outside of the years that an archive can name.
fn archive_time(at: Timestamp) -> Option<DateTime> {
    let at = at.to_zoned(TimeZone::UTC).datetime();
    let year = u16::try_from(at.year()).ok()?;
    let part = |part: i8| u8::try_from(part).ok();
    let (month, day) = (part(at.month())?, part(at.day())?);
    DateTime::from_date_and_time(year, month, day, part(at.hour())?, part(at.minute())?, part(at.second())?)
        .ok()
}

/// Whether a file would not get smaller.
fn is_compressed(path: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "jpg", "jpeg", "png", "webp", "gif", "avif", "woff", "woff2", "zip", "gz", "mp3", "mp4", "m4a",
        "ogg", "webm", "docx",
    ];
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// How many files are compressed at a time, and which are too large to be compressed in memory.
const FILES_AT_A_TIME: usize = 64;
const LARGE: u64 = 1 << 20;

/// Writes the archive next to its place, and moves it there. How many bytes it has.
fn write_and_move(
    options: &PackOptions<'_>,
    layout: &Layout,
    list: &FileList,
    small: Vec<(&'static str, Vec<u8>)>,
) -> Result<u64, Failure> {
    let (temporary, file) = open_temporary(options.archive, &mut OpenOptions::new())?;
    let written = write(file, options, layout, list, small);
    let finished = written.and_then(|()| finish(&temporary, options));
    if finished.is_err() {
        // What could not be finished is of no use.
        let _ = fs::remove_file(&temporary);
    }
    finished
}

/// Writes the archive. Each file is read once, and compared with the list on the way.
fn write(
    archive: File,
    options: &PackOptions<'_>,
    layout: &Layout,
    list: &FileList,
    small: Vec<(&'static str, Vec<u8>)>,
) -> Result<(), Failure> {
    let failed = Rc::new(Cell::new(None));
    let file = LastingFile::new(archive, Rc::clone(&failed));
    let mut writer = ZipWriter::new(file);
    let mut small = small.into_iter().peekable();
    let PackOptions { folder, observer, .. } = options;
    observer.expects(list.files.len());
    for files in list.files.chunks(FILES_AT_A_TIME) {
        let prepared: Vec<Result<Option<PreparedZipFile>, Failure>> =
            files.par_iter().map(|(path, hash)| prepared(folder, layout, path.as_str(), hash)).collect();
        for ((path, hash), prepared) in files.iter().zip(prepared) {
            while let Some((name, bytes)) = small.next_if(|(name, _)| *name < path.as_str()) {
                add_small(&mut writer, layout, name, &bytes)?;
            }
            match prepared? {
                Some(file) => writer.add_prepared_file(file).map_err(io::Error::from)?,
                None => add_large(&mut writer, folder, layout, path.as_str(), hash)?,
            }
            observer.items_done(1, 0);
            failed.take().map_or(Ok(()), Err)?;
        }
    }
    for (name, bytes) in small {
        add_small(&mut writer, layout, name, &bytes)?;
    }
    let file = writer.finish().map_err(io::Error::from)?;
    Ok(file.finish()?)
}

/// A file, compressed; `None` if it is too large for that.
fn prepared(
    folder: &Path,
    layout: &Layout,
    path: &str,
    expected: &Hash,
) -> Result<Option<PreparedZipFile>, Failure> {
    let file = open(folder, path)?;
    if file.metadata()?.len() > LARGE {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(LARGE + 1).read_to_end(&mut bytes)?;
    if hash(&bytes) != *expected {
        return Err(Failure::Differs);
    }
    let mut builder =
        ZipFileBuilder::new(layout.name(path), layout.options(path)).map_err(io::Error::from)?;
    builder.write_all(&bytes)?;
    Ok(Some(builder.finish().map_err(io::Error::from)?))
}

fn add_large<W: Write + Seek>(
    writer: &mut ZipWriter<W>,
    folder: &Path,
    layout: &Layout,
    path: &str,
    hash: &Hash,
) -> Result<(), Failure> {
    let file = open(folder, path)?;
    let options = layout.options(path).large_file(file.metadata()?.len() >= u64::from(u32::MAX));
    writer.start_file(layout.name(path), options).map_err(io::Error::from)?;
    let mut source = CopiedTo { source: file, target: writer };
    match ByteLimit::new(u64::MAX).hash(&mut source, &mut vec![0; BUFFER])? {
        FileState::Read { hash: found, .. } if found == *hash => Ok(()),
        _ => Err(Failure::Differs),
    }
}

/// Reads a file, and writes what was read to the archive.
struct CopiedTo<'w, W: Write + Seek> {
    source: File,
    target: &'w mut ZipWriter<W>,
}

impl<W: Write + Seek> io::Read for CopiedTo<'_, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.target.write_all(&buffer[..read])?;
        Ok(read)
    }
}

/// A link is no file of the site, whatever it leads to.
fn open(folder: &Path, path: &str) -> Result<File, Failure> {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        at.push(part);
        let is_link = at.symlink_metadata().map_err(differs_if_missing)?.file_type().is_symlink();
        if is_link {
            return Err(Failure::Differs);
        }
    }
    let file = File::open(&at).map_err(differs_if_missing)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(Failure::Differs) }
}

/// A file that is missing is not as the list says; else the disk failed.
fn differs_if_missing(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::Differs,
        _ => Failure::Io(error),
    }
}

fn add_small<W: Write + Seek>(
    writer: &mut ZipWriter<W>,
    layout: &Layout,
    name: &str,
    bytes: &[u8],
) -> Result<(), Failure> {
    writer.start_file(layout.name(name), layout.options(name)).map_err(io::Error::from)?;
    Ok(writer.write_all(bytes)?)
}

/// Moves the archive to its place, and returns its size.
fn finish(temporary: &Path, options: &PackOptions<'_>) -> Result<u64, Failure> {
    let bytes = fs::metadata(temporary)?.len();
    if options.replace {
        fs::rename(temporary, options.archive)?;
    } else {
        move_to_new(temporary, options.archive)?;
    }
    Ok(bytes)
}
