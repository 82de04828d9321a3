//! SHA256SUMS as a copy has it: read strictly, since it decides what is checked.

use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::paths::kept_names::{SIGNATURE, SUMS};
use crate::publish::{Hash, hash, parse_sums, write_sums};

/// The list of a copy, exactly as a build writes it.
pub struct FileList {
    /// Sorted by path.
    pub files: Vec<(OutPath, Hash)>,
    /// The SHA-256 of the list itself.
    pub hash: Hash,
}

impl FileList {
    /// # Errors
    /// Where it is not as a build writes it.
    pub fn read(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let (files, foreign_line) = parse_sums(bytes);
        let fault = match foreign_line {
            _ if bytes.is_empty() => Some("is empty".to_owned()),
            _ if !bytes.ends_with(b"\n") => Some("is cut: its last line has no end".to_owned()),
            Some(line) => Some(format!("is not as a build writes it, from line {line} on")),
            None if write_sums(files.iter().map(|(path, hash)| (path, hash))).as_bytes() != bytes => {
                Some("is not as a build writes it".to_owned())
            }
            None => None,
        };
        match fault {
            Some(fault) => Err(bad_list(&fault)),
            None => Ok(Self { files, hash: hash(bytes) }),
        }
    }

    /// The hash that a file must have.
    pub fn hash_of(&self, path: &str) -> Option<&Hash> {
        let found = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(&self.files[found].1)
    }

    /// Whether a copy has a file of this name beyond doubt.
    pub fn expects(&self, path: &str) -> bool {
        path == SUMS || path == SIGNATURE || self.hash_of(path).is_some()
    }
}

pub fn bad_list(fault: &str) -> Diagnostic {
    let help = "get the copy again, or build the site again; without its list nothing can be checked";
    Diagnostic::error(Code::BAD_LIST, format!("{SUMS} {fault}")).help(help)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = concat!(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.html\n",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b/c.html\n",
    );

    fn fault(list: &str) -> String {
        FileList::read(list.as_bytes()).err().map(|fault| fault.message).unwrap_or_default()
    }

    #[test]
    fn only_the_list_of_a_build_is_read() {
        assert_eq!(fault(LIST), "");
        assert_eq!(fault(""), "SHA256SUMS is empty");
        assert_eq!(fault(&LIST[..100]), "SHA256SUMS is cut: its last line has no end");
        let second = "SHA256SUMS is not as a build writes it, from line 2 on";
        for (from, to) in [("b/c", "../c"), ("b/c", "a"), ("  b", " *b"), ("b/c.html", "SHA256SUMS.minisig")]
        {
            assert_eq!(fault(&LIST.replace(from, to)), second, "{to}");
        }
        assert_eq!(fault(&LIST.replace('\n', "\r\n")), "SHA256SUMS is not as a build writes it");
        assert_eq!(
            fault(&LIST.to_uppercase().replace(".HTML", ".html")),
            "SHA256SUMS is not as a build writes it"
        );
    }

    proptest! {
        #[test]
        fn every_other_list_has_another_hash(at in 0..LIST.len(), byte in any::<u8>()) {
            let good = FileList::read(LIST.as_bytes()).unwrap();
            let mut bytes = LIST.as_bytes().to_vec();
            bytes[at] = byte;
            if let Ok(list) = FileList::read(&bytes) {
                prop_assert_eq!(list.hash == good.hash, bytes == LIST.as_bytes());
            }
        }
    }
}
