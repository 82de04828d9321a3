//! Footnotes: their numbers, and their section at the end of a body.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body_html::BodyHtml;
use super::problems::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::Slot;

#[derive(Default)]
struct Footnote {
    label: Box<str>,
    /// In the order of first references, from 1; 0 without a reference.
    number: usize,
    references: usize,
    first_reference: Range<usize>,
    definition: Option<(BodyHtml, Range<usize>)>,
}

/// The footnotes of a body.
#[derive(Default)]
pub(super) struct Footnotes {
    notes: Vec<Footnote>,
    /// Labels in lower case.
    by_label: BTreeMap<Box<str>, usize>,
    /// Notes with a number, in the order of the numbers.
    order: Vec<usize>,
    /// Open definitions; `None` for a note that was defined before.
    reading: Vec<(Option<usize>, Range<usize>)>,
}

impl Footnotes {
    fn find(&mut self, label: &str) -> usize {
        let key = label.to_lowercase().into_boxed_str();
        *self.by_label.entry(key).or_insert_with(|| {
            self.notes.push(Footnote { label: label.into(), ..Footnote::default() });
            self.notes.len() - 1
        })
    }

    /// The number of a note, and which of the references to it this is, from 1.
    pub(super) fn refer(&mut self, label: &str, range: Range<usize>) -> (usize, usize) {
        let index = self.find(label);
        let note = &mut self.notes[index];
        if note.number == 0 {
            self.order.push(index);
            note.number = self.order.len();
            note.first_reference = range;
        }
        note.references += 1;
        (note.number, note.references)
    }

    pub(super) fn begin(&mut self, label: &str, range: Range<usize>, problems: &mut Problems<'_>) {
        let index = self.find(label);
        let note = &mut self.notes[index];
        let Some((_, first)) = &note.definition else {
            note.definition = Some((BodyHtml::default(), range.clone()));
            self.reading.push((Some(index), range));
            return;
        };
        let message = format!("the footnote \"{label}\" is defined twice");
        let diagnostic =
            Diagnostic::error(Code::DUPLICATE_FOOTNOTE, message).help("give one of them another label");
        problems.add_with(range.clone(), diagnostic, (first.clone(), "defined here first"));
        self.reading.push((None, range));
    }

    /// Ends the definition that was begun last.
    pub(super) fn end(&mut self, html: BodyHtml) {
        if let Some((Some(index), range)) = self.reading.pop() {
            self.notes[index].definition = Some((html, range));
        }
    }

    /// Writes the section of notes, if any.
    pub(super) fn write(mut self, out: &mut BodyHtml, problems: &mut Problems<'_>) {
        self.number_unused(problems);
        if self.order.is_empty() {
            return;
        }
        out.raw("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        out.slot(Slot::Word("footnotes"));
        out.raw("\">\n<ol>\n");
        for index in std::mem::take(&mut self.order) {
            write_note(std::mem::take(&mut self.notes[index]), out, problems);
        }
        out.raw("</ol>\n</section>\n");
    }

    /// A note without a reference is still shown: it may be the one that matters.
    fn number_unused(&mut self, problems: &mut Problems<'_>) {
        for (index, note) in self.notes.iter_mut().enumerate().filter(|(_, note)| note.number == 0) {
            self.order.push(index);
            note.number = self.order.len();
            let range = note.definition.as_ref().map_or(0..0, |(_, range)| range.clone());
            let message = format!("nothing refers to the footnote \"{}\"", note.label);
            let help = format!("write [^{}] where it belongs, or delete it", note.label);
            problems.add(range, Diagnostic::warning(Code::UNUSED_FOOTNOTE, message).help(help));
        }
    }
}

fn write_note(note: Footnote, out: &mut BodyHtml, problems: &mut Problems<'_>) {
    out.raw("<li id=\"fn-");
    out.number(note.number);
    out.raw("\">\n");
    let Some((content, _)) = note.definition else {
        // The parser compares labels more loosely than we do, in a few letters.
        undefined(&note.label, note.first_reference, problems);
        return out.raw("</li>\n");
    };
    out.append(content);
    let in_paragraph = out.ends_with("</p>\n");
    if in_paragraph {
        out.truncate(out.len() - "</p>\n".len());
    } else if note.references > 0 {
        out.raw("<p>");
    }
    write_ways_back(note.number, note.references, out);
    if in_paragraph || note.references > 0 {
        out.raw("</p>\n");
    }
    out.raw("</li>\n");
}

/// To so many of its references a note leads back: more would be longer than any note.
const MOST_WAYS_BACK: usize = 100;

fn write_ways_back(number: usize, references: usize, out: &mut BodyHtml) {
    for nth in 1..=references.min(MOST_WAYS_BACK) {
        out.raw(" <a class=\"fn-back\" href=\"#");
        write_reference_id(number, nth, out);
        out.raw("\" aria-label=\"");
        out.slot(Slot::Word("footnote-back"));
        out.raw(" ");
        write_place(number, nth, out);
        out.raw("\">↩");
        if nth > 1 {
            out.raw("<sup>");
            out.number(nth);
            out.raw("</sup>");
        }
        out.raw("</a>");
    }
}

/// `fnref-1`, and `fnref-1-2` for the second reference to the same note.
pub(super) fn write_reference_id(number: usize, nth: usize, out: &mut BodyHtml) {
    out.raw("fnref-");
    write_place(number, nth, out);
}

fn write_place(number: usize, nth: usize, out: &mut BodyHtml) {
    out.number(number);
    if nth > 1 {
        out.raw("-");
        out.number(nth);
    }
}

pub(super) fn undefined(label: &str, range: Range<usize>, problems: &mut Problems<'_>) {
    let message = format!("there is no footnote \"{label}\"");
    let help = format!("add a line `[^{label}]: …`, or write `\\[` if brackets are meant");
    problems
        .add(range, Diagnostic::error(Code::UNDEFINED_FOOTNOTE, message).label("has no target").help(help));
}
