//! How a link of a text is written: its address is a slot, which each page fills with its own way there.

use std::ops::Range;

use super::body_html::BodyHtml;
use super::links::Destination;
use super::source::BodySource;
use crate::diag::Span;
use crate::file_formats::Recording;
use crate::model::{BodyLink, Slot, Target};

/// The attributes of a link to a destination; returns its position in the body's links, if it is in them. `range` is the
/// link in the body.
pub(super) fn write_href(
    destination: Destination,
    range: &Range<usize>,
    source: BodySource<'_>,
    out: &mut BodyHtml,
    links: &mut Vec<BodyLink>,
) -> Option<u32> {
    out.raw(" href=\"");
    match destination {
        Destination::Internal(target) => {
            // Names of places, people and days are in every sentence, and would drown what was claimed.
            let is_quiet = matches!(target, Target::Neighbourhood(_) | Target::Source(_) | Target::Date(_));
            let index = write_link_slot(target, range, source, out, links);
            out.raw(if is_quiet { "\" class=\"q\"" } else { "\"" });
            Some(index)
        }
        Destination::External(url) => {
            out.escaped(&url);
            let is_web = url.as_bytes()[..4].eq_ignore_ascii_case(b"http");
            out.raw(if is_web { "\" rel=\"noreferrer\"" } else { "\"" });
            None
        }
    }
}

/// What shows a picture or plays a recording, up to its text alternative, with the room that it takes. The first picture
/// of a text is loaded at once, and nothing of a recording before a reader plays it. [`end_picture_tag`] ends the tag.
pub(super) fn write_picture_tag(
    target: Target,
    alt: &str,
    range: &Range<usize>,
    source: BodySource<'_>,
    out: &mut BodyHtml,
    links: &mut Vec<BodyLink>,
) -> Option<PlayedRecording> {
    if let Some(recording) = recording(&target) {
        out.raw("<");
        out.raw(recording.element());
        out.raw(" src=\"");
        let index = write_link_slot(target, range, source, out, links);
        out.raw("\" controls preload=\"none\"");
        if recording == Recording::Video {
            out.slot(Slot::Poster(index));
        }
        out.raw(" aria-label=\"");
        out.escaped(alt);
        out.raw("\"");
        return Some(PlayedRecording { recording, index });
    }
    let is_picture = |link: &BodyLink| {
        matches!(link.target, Target::Picture { .. }) && self::recording(&link.target).is_none()
    };
    let is_first = !links.iter().any(is_picture);
    out.raw("<img src=\"");
    let index = write_link_slot(target, range, source, out, links);
    out.raw("\"");
    out.slot(Slot::PictureSize(index));
    out.raw(" alt=\"");
    out.escaped(alt);
    out.raw(if is_first { "\"" } else { "\" loading=\"lazy\"" });
    None
}

/// A recording whose tag is not ended yet.
pub(super) struct PlayedRecording {
    recording: Recording,
    /// Among the links of the body.
    index: u32,
}

/// Ends a tag that [`write_picture_tag`] began. Within a recording is a link for browsers that do not play it.
pub(super) fn end_picture_tag(played: Option<&PlayedRecording>, words: &str, out: &mut BodyHtml) {
    out.raw(">");
    let Some(PlayedRecording { recording, index }) = played else { return };
    out.raw("<a href=\"");
    out.slot(Slot::Link(*index));
    // The name of a file does not decide the direction of the text around it.
    out.raw("\"><bdi>");
    out.escaped(words);
    out.raw("</bdi></a></");
    out.raw(recording.element());
    out.raw(">");
}

/// The recording that a page plays at a target.
pub(super) fn recording(target: &Target) -> Option<Recording> {
    let Target::Picture { path } = target else { return None };
    Recording::of_name(path)
}

/// The address of a page or picture of the site. Returns its position in the body's links.
fn write_link_slot(
    target: Target,
    range: &Range<usize>,
    source: BodySource<'_>,
    out: &mut BodyHtml,
    links: &mut Vec<BodyLink>,
) -> u32 {
    let index = u32::try_from(links.len()).expect("a text has fewer links than bytes");
    out.slot(Slot::Link(index));
    links.push(BodyLink { target, span: Span::new(range.clone()).shifted(source.at) });
    index
}
