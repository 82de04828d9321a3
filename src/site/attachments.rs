//! Files next to a briefing that no text links to. They are not published: readers could not find them, and
//! often they are what the author worked with.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::diagnostics::Diagnostics;
use super::indices::FileIx;
use super::linked::{Content, Links};
use super::parts::{LinkTarget, OutputFile, shown_files};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::diag::{Code, Diagnostic, Place};
use crate::parse::markdown::in_angle_brackets;
use crate::sources::FilePlace;

/// The files that are not published, each with a warning.
pub fn unlinked(site: &Content, links: &Links, diagnostics: &mut Diagnostics<'_>) -> BTreeSet<FileIx> {
    let is_attachment = |file: &OutputFile| {
        matches!(diagnostics.sources.files[file.source].place, FilePlace::Attachment { .. })
    };
    let mut unlinked: BTreeSet<FileIx> =
        site.files.enumerated().filter(|(_, file)| is_attachment(file)).map(|(ix, _)| ix).collect();
    if unlinked.is_empty() {
        return unlinked;
    }
    for ix in linked_files(links.all().map(|(_, target)| target)) {
        unlinked.remove(&ix);
    }
    for ix in shown_files(links.all().map(|(_, target)| target)) {
        site.poster(ix).map(|poster| unlinked.remove(&poster));
    }
    // The links of a text that could not be read are not known.
    if site.is_whole {
        let included: BTreeSet<&Arc<str>> =
            site.briefings.iter().flat_map(|briefing| &briefing.article.tables).collect();
        let unused = unlinked.iter().map(|ix| &site.files[*ix]).filter(|file| !included.contains(&file.path));
        let warnings: Vec<Diagnostic> = unused.filter_map(|file| warning(file, diagnostics)).collect();
        diagnostics.extend(warnings);
    }
    unlinked
}

/// The files among the targets of links.
pub fn linked_files<'a>(targets: impl Iterator<Item = &'a LinkTarget>) -> BTreeSet<FileIx> {
    let files = targets.filter_map(|target| match target {
        LinkTarget::File(ix) | LinkTarget::Picture(ix) => Some(*ix),
        _ => None,
    });
    files.collect()
}

/// Characters of a file's name that mean something else in a target.
const SIGNS_OF_ADDRESSES: AsciiSet =
    CONTROLS.add(b'#').add(b'%').add(b'&').add(b'?').add(b'<').add(b'>').add(b'\\');

fn warning(file: &OutputFile, diagnostics: &Diagnostics<'_>) -> Option<Diagnostic> {
    let FilePlace::Attachment { of, within } = &diagnostics.sources.files[file.source].place else {
        return None;
    };
    let escaped = utf8_percent_encode(within, &SIGNS_OF_ADDRESSES).to_string();
    let target = in_angle_brackets(&escaped);
    let link = format!("link to it in {of}, as in [the file]({target})");
    let text = within.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("txt"));
    let help = match text {
        Some((stem, _)) => format!("{link}, or rename it to {stem}.md if it is an article"),
        None => format!("{link}, or put it into static/"),
    };
    let message = "no text links to this file, so it is not published";
    Some(Diagnostic::warning(Code::UNLINKED_FILE, message).at(Place::file(&file.path)).help(help))
}
