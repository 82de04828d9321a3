//! Files that are copied into the output.
//!
//! Owns what happens to each kind: pictures lose their metadata, documents are reported because they
//! keep theirs, and a file that would run in a browser or has an unfinished merge is refused. Reads no file.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place};
use crate::images;
use crate::site::OutputFile;
use crate::sources::merge_conflict;

/// Reports documents with metadata, and files of `content/` that would run in a browser.
#[must_use]
pub fn check(files: &[Arc<OutputFile>]) -> Vec<Diagnostic> {
    let documents = files.iter().filter_map(|file| document_metadata(file));
    documents.chain(files.iter().filter_map(|file| active_file(file))).collect()
}

/// The bytes that are published for the file at `path`: pictures without their metadata.
///
/// # Errors
/// A picture that cannot be cleaned, a text with two versions of a part.
pub fn published_bytes(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if !images::is_picture(name) && !images::has_content_of_picture(&bytes) {
        let unfinished = std::str::from_utf8(&bytes).ok().and_then(|text| merge_conflict(path, text));
        return unfinished.map_or(Ok(bytes), Err);
    }
    images::clean(name, bytes).map_err(|refusal| {
        Diagnostic::error(Code::PICTURE, format!("the picture {}", refusal.reason))
            .at(Place::file(path))
            .help(refusal.help)
    })
}

/// A page or a program next to a briefing would run with the trust that readers have in the site. In
/// static/ it is the operator's own choice.
fn active_file(file: &OutputFile) -> Option<Diagnostic> {
    const EXTENSIONS: [&str; 8] = ["html", "htm", "xhtml", "shtml", "xml", "js", "mjs", "swf"];
    let extension = file.path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())?;
    if !EXTENSIONS.contains(&extension.as_str()) || !file.path.starts_with("content/") {
        return None;
    }
    let message = format!("a .{extension} file can run in the reader's browser, with the name of this site");
    let help = "attach it as PDF, text or data, or put it into static/ if it is a part of the site itself";
    Some(Diagnostic::error(Code::ACTIVE_FILE, message).at(Place::file(&file.path)).help(help))
}

/// A document is copied with all its metadata.
fn document_metadata(file: &OutputFile) -> Option<Diagnostic> {
    if !images::carries_metadata(&file.path) {
        return None;
    }
    let message =
        "the file is copied as it is, with the names, times and places that its program may have put into it";
    let help = "export it again without document properties, and look at what is left";
    Some(Diagnostic::warning(Code::DOCUMENT_METADATA, message).at(Place::file(&file.path)).help(help))
}
