//! Diagnostics without private words and passwords.

use std::ops::Range;

use super::credentials::without_credentials;
use super::matcher::Matcher;
use crate::diag::{Diagnostic, Place};

/// Masks private words in what is printed, and user names and passwords in addresses.
#[derive(Clone, Copy)]
pub struct Masking<'a> {
    pub matcher: &'a Matcher,
    /// Paths that stay readable, although they may hold a private word: a writer must find the file.
    pub kept: &'a [String],
}

impl Masking<'_> {
    pub fn apply(self, diagnostics: &mut [Diagnostic]) {
        diagnostics.iter_mut().for_each(|diagnostic| self.mask(diagnostic));
    }

    fn mask(self, diagnostic: &mut Diagnostic) {
        for text in [&mut diagnostic.message, &mut diagnostic.label].into_iter().chain(&mut diagnostic.help) {
            *text = self.masked(text);
        }
        for (place, label) in &mut diagnostic.related {
            self.mask_place(place);
            *label = self.masked(label);
        }
        diagnostic.place.iter_mut().for_each(|place| self.mask_place(place));
    }

    /// A mask has more bytes than most letters, so the marked range moves with its characters.
    fn mask_place(self, place: &mut Place) {
        if !self.kept.contains(&place.file) {
            place.file = self.matcher.masked_path(&place.file);
        }
        let masked = self.masked_paths(&self.matcher.masked(&without_credentials(&place.excerpt)));
        place.mark = moved(&place.mark, &place.excerpt, &masked);
        place.excerpt = masked;
    }

    fn masked(self, text: &str) -> String {
        let kept =
            self.kept.iter().find_map(|path| text.split_once(path.as_str()).map(|around| (around, path)));
        match kept {
            Some(((before, after), path)) => {
                [&self.masked(before), path.as_str(), &self.masked(after)].concat()
            }
            None => self.masked_paths(&self.matcher.masked(&without_credentials(text))),
        }
    }

    /// Masks paths in a text as paths, whose names have no capitals.
    fn masked_paths(self, text: &str) -> String {
        let is_edge = |c: char| c.is_whitespace() || "\"`'()<>[]".contains(c);
        let masked = |part: &str| {
            if part.contains(['/', '.']) { self.matcher.masked_path(part) } else { part.to_owned() }
        };
        text.split_inclusive(is_edge)
            .map(|part| match part.char_indices().next_back().filter(|(_, c)| is_edge(*c)) {
                Some((at, _)) => masked(&part[..at]) + &part[at..],
                None => masked(part),
            })
            .collect()
    }
}

fn moved(mark: &Range<usize>, text: &str, masked: &str) -> Range<usize> {
    let offset = |at: usize| {
        let characters = text[..at].chars().count();
        masked.char_indices().nth(characters).map_or(masked.len(), |(at, _)| at)
    };
    offset(mark.start)..offset(mark.end)
}
