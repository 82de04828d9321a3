//! Which files of the output folder are ours, and which bytes we gave them.
//!
//! Owns the line that SHA256SUMS and the journal share (`<hex>  <path>`, as `sha256sum` writes
//! it) and the names that no page may take. Reads and writes no file.
//!
//! Invariant: a path gets in here only through [`OutPath::new`], so that a list which somebody
//! edited by hand never leads out of the folder.

use sha2::{Digest as _, Sha256};

use crate::paths::OutPath;
use crate::paths::kept_names::is_kept;

/// SHA-256.
pub type Hash = [u8; 32];

#[must_use]
pub fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// What is wrong with the records of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordFault {
    /// Neither `.bulletin` nor SHA256SUMS.
    NoRecords,
    NoJournal,
    NoList,
    /// The list does not go to its end.
    CutList,
    /// The list has a line, counted from 1, that no build writes there.
    ChangedList {
        line: usize,
    },
    /// The list leaves out most files of the site.
    PartialList,
}

impl RecordFault {
    /// `is_killed`: the journal lists what a killed build was about to write, which may be the first of all.
    pub(super) fn find(has_journal: bool, is_killed: bool, list: Option<&[u8]>) -> Option<Self> {
        match (has_journal, list) {
            (false, None) => Some(Self::NoRecords),
            (false, Some(_)) => Some(Self::NoJournal),
            (true, None) => (!is_killed).then_some(Self::NoList),
            (true, Some(text @ ([] | [.., b'\n']))) => {
                parse_sums(text).1.map(|line| Self::ChangedList { line })
            }
            (true, Some(_)) => Some(Self::CutList),
        }
    }

    /// Whether the lines of the list may be of somebody else: then they prove nothing.
    pub(super) fn is_of_others(self) -> bool {
        matches!(self, Self::NoJournal | Self::ChangedList { .. })
    }
}

/// Files of ours by path. A path may have several hashes: one from SHA256SUMS, and one for each build that
/// was killed since.
#[derive(Debug, Default)]
pub(super) struct Owned(Vec<(OutPath, Hash)>);

impl Owned {
    pub(super) fn new(mut files: Vec<(OutPath, Hash)>) -> Self {
        files.sort_unstable();
        files.dedup();
        Self(files)
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        self.hashes(path).next().is_some()
    }

    /// Every hash that the file may have without somebody else having changed it.
    pub(super) fn hashes(&self, path: &str) -> impl Iterator<Item = &Hash> {
        let start = self.0.partition_point(|(owned, _)| owned.as_str() < path);
        self.0[start..].iter().take_while(move |(owned, _)| owned.as_str() == path).map(|(_, hash)| hash)
    }

    pub(super) fn has_any_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let start = self.0.partition_point(|(owned, _)| owned.as_str() < prefix.as_str());
        self.0.get(start).is_some_and(|(owned, _)| owned.as_str().starts_with(&prefix))
    }

    /// Whether several files follow all of ours, as if the end of the list were missing.
    pub(super) fn ends_before(&self, files: &[String]) -> bool {
        let last = self.0.last().map(|(path, _)| path.as_str());
        files.len() > 1 && last.is_none_or(|last| files.iter().all(|file| last < file.as_str()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each path once, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &OutPath> {
        self.0.chunk_by(|a, b| a.0 == b.0).map(|same| &same[0].0)
    }
}

pub(super) fn push_line(text: &mut String, hash: &Hash, path: &str) {
    push_hex(text, hash);
    text.push_str("  ");
    text.push_str(path);
    text.push('\n');
}

/// The SHA-256 in small letters.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    let mut text = String::new();
    push_hex(&mut text, hash);
    text
}

pub(super) fn push_hex(text: &mut String, hash: &Hash) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in hash {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// None where the line names nothing that we could have written.
pub(super) fn parse_line(line: &str) -> Option<(OutPath, Hash)> {
    let (hex, path) = line.split_once("  ")?;
    if is_kept(path) {
        return None;
    }
    Some((OutPath::new(path).ok()?, parse_hex(hex)?))
}

/// Reads what [`hex`] writes; capitals too.
#[must_use]
pub fn parse_hex(hex: &str) -> Option<Hash> {
    let digits = hex.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

/// The text of SHA256SUMS, with a line for each file in the order given.
#[must_use]
pub fn write_sums<'a>(files: impl Iterator<Item = (&'a OutPath, &'a Hash)>) -> String {
    let mut text = String::new();
    for (path, hash) in files {
        push_line(&mut text, hash, path.as_str());
    }
    text
}

/// What a SHA256SUMS says, and the number (from 1) of its first line that no build writes there: it names nothing of
/// ours, or is out of order. A last line without its line break was cut: what it names may be the beginning of
/// another name.
#[must_use]
pub fn parse_sums(bytes: &[u8]) -> (Vec<(OutPath, Hash)>, Option<usize>) {
    let mut files: Vec<(OutPath, Hash)> = Vec::new();
    let mut foreign_line = None;
    let bytes = &bytes[..bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)];
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        // A carriage return is what git makes of a line break on Windows.
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let file = std::str::from_utf8(line).ok().and_then(parse_line);
        let is_ours = match (&file, files.last()) {
            (Some((path, _)), Some((before, _))) => before < path,
            (Some(_), None) => true,
            (None, _) => line.is_empty(),
        };
        if !is_ours {
            foreign_line.get_or_insert(index + 1);
        }
        files.extend(file);
    }
    (files, foreign_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_survives_the_way_to_text_and_back() {
        let path = OutPath::new("ar/حلب  x.html").unwrap();
        let sum = hash(b"x");
        let mut text = String::new();
        push_line(&mut text, &sum, path.as_str());
        assert_eq!(parse_sums(text.as_bytes()), (vec![(path, sum)], None));
    }

    #[test]
    fn law_4_no_line_leads_out_of_the_folder_or_to_our_own_records() {
        let hex = "00".repeat(32);
        for path in ["../x", "/etc/passwd", "a/../../x", "", ".bulletin", "SHA256SUMS", ".bulletin-tmp-x/y"] {
            assert_eq!(parse_sums(format!("{hex}  {path}\n").as_bytes()), (vec![], Some(1)), "{path}");
        }
        for line in ["x", "0  a", &format!("{}  a", "zz".repeat(32)), &format!("{}  a", "é".repeat(32))] {
            assert_eq!(parse_sums(format!("{line}\n").as_bytes()), (vec![], Some(1)), "{line}");
        }
        assert_eq!(parse_sums(format!("{hex}  a").as_bytes()), (vec![], None), "a line that was cut");
    }

    #[test]
    fn law_4_a_list_in_another_order_was_written_by_somebody_else() {
        let list = |paths: [&str; 3]| paths.map(|path| format!("{}  {path}\n", "00".repeat(32))).concat();
        assert_eq!(parse_sums(list(["a", "a/b", "b"]).as_bytes()).1, None);
        for paths in [["a", "b", "a/b"], ["a", "b", "b"], ["a", "b", "./c"], ["a", "b", "SHA256SUMS"]] {
            assert_eq!(parse_sums(list(paths).as_bytes()).1, Some(3), "{paths:?}");
        }
    }

    #[test]
    fn a_folder_is_found_by_what_is_below_it_and_not_by_a_longer_name() {
        let file = |path| (OutPath::new(path).unwrap(), hash(b""));
        let owned = Owned::new(vec![file("a-b/x"), file("a/x"), file("ab")]);
        assert!(owned.has_any_below("a") && owned.has_any_below("a-b"));
        assert!(!owned.has_any_below("ab") && !owned.has_any_below("b"));
    }
}
