//! What is published of a copied file: the file itself, and the smaller copies of a picture.
//!
//! Owns when copies are made: a build makes those that are not in the cache, and a preview those that a browser asks for.
//! `checks::copied_files` says what may be published, `images` makes copies.

use super::prepared::Prepared;
use crate::checks::copied_files::{self, CopiedOutput};
use crate::diag::Diagnostic;
use crate::images;
use crate::site::{FileIx, ShownPicture};

/// The outputs of a copied file.
pub struct FileOutputs {
    pub own: CopiedOutput,
    /// In the order of [`ShownPicture::copies`].
    pub copies: Vec<Vec<u8>>,
}

impl Prepared {
    /// All that is published of a copied file.
    ///
    /// # Errors
    /// If it cannot be read, or may not be published.
    pub fn file_outputs(&self, ix: FileIx) -> Result<FileOutputs, Diagnostic> {
        let file = &self.site.files[ix];
        let bytes = self.sources.read(&self.sources.files[file.source])?;
        match self.site.picture(ix) {
            Some(picture) => self.picture_outputs(&file.path, bytes, picture),
            None => Ok(FileOutputs { own: copied_files::published(&file.path, bytes)?, copies: Vec::new() }),
        }
    }

    /// What is published at the address of a copied file.
    ///
    /// # Errors
    /// If it cannot be read, or may not be published.
    pub fn file(&self, ix: FileIx) -> Result<CopiedOutput, Diagnostic> {
        if self.site.picture(ix).is_some_and(|picture| picture.is_copy) {
            return Ok(self.file_outputs(ix)?.own);
        }
        self.cleaned_file(ix)
    }

    /// A copy of a picture; `None` if it has none of this width.
    ///
    /// # Errors
    /// If the picture cannot be read, or may not be published.
    pub fn picture_copy(&self, ix: FileIx, width: u32) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Some(picture) = self.site.picture(ix) else { return Ok(None) };
        let Some(at) = picture.copies.iter().position(|copy| copy.width == width) else { return Ok(None) };
        Ok(self.file_outputs(ix)?.copies.into_iter().nth(at))
    }

    /// How many pictures had to be made smaller since the program began.
    #[must_use]
    pub fn pictures_made(&self) -> u64 {
        self.pictures.made()
    }

    /// A copied file in its own size, without what must not be published. No copy is made, but it is known whether that
    /// would take too much memory.
    ///
    /// # Errors
    /// If it cannot be read, or may not be published.
    pub(super) fn cleaned_file(&self, ix: FileIx) -> Result<CopiedOutput, Diagnostic> {
        let file = &self.site.files[ix];
        let bytes = self.sources.read(&self.sources.files[file.source])?;
        if self.site.picture(ix).is_some() {
            check_scalable(&file.path, &bytes)?;
        }
        copied_files::published(&file.path, bytes)
    }

    fn picture_outputs(
        &self,
        path: &str,
        bytes: Vec<u8>,
        picture: &ShownPicture,
    ) -> Result<FileOutputs, Diagnostic> {
        let memory = check_scalable(path, &bytes)?;
        let mut clean = None;
        let copies = self.pictures.copies(&bytes, &picture.widths(), memory, |missing| {
            let picture = copied_files::published(path, bytes.clone())?.bytes;
            let made = images::scaled(name(path), &picture, missing);
            clean = Some(picture);
            made.map_err(|refusal| copied_files::refused_picture(path, refusal))
        })?;
        let is_shown_itself = !picture.is_copy || copies.iter().any(Option::is_none);
        let clean = match clean {
            Some(clean) => clean,
            None if is_shown_itself => copied_files::published(path, bytes)?.bytes,
            None => Vec::new(),
        };
        let mut copies: Vec<Vec<u8>> =
            copies.into_iter().map(|copy| copy.unwrap_or_else(|| clean.clone())).collect();
        let own = if picture.is_copy { copies.pop().unwrap_or_default() } else { clean };
        Ok(FileOutputs { own: CopiedOutput { bytes: own, warning: None }, copies })
    }
}

fn check_scalable(path: &str, bytes: &[u8]) -> Result<u64, Diagnostic> {
    images::check_scalable(name(path), bytes).map_err(|refusal| copied_files::refused_picture(path, refusal))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use std::sync::Mutex;

    use jpeg_encoder::{ColorType, Encoder};

    use crate::engine::workspace::tests::{workspace, write};
    use crate::engine::{Unobserved, Workspace, publish};
    use crate::paths::OutPath;
    use crate::paths::kept_names::CACHE;
    use crate::sources::Changes;

    /// A photo, 2,000 pixels wide.
    fn photo(seed: u32) -> Vec<u8> {
        let grain = |at: u32| (at.wrapping_mul(2_654_435_761 + 2 * seed) >> 24) as u8;
        let pixels: Vec<u8> = (0..2_000 * 40).map(grain).collect();
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, 90).encode(&pixels, 2_000, 40, ColorType::Luma).unwrap();
        bytes
    }

    fn briefing(body: &str) -> String {
        format!("+++\ntitle = \"A\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n{body}\n")
    }

    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "site.toml", "title = \"T\"\n");
        write(root.path(), "content/briefings/a/index.md", briefing("![Quay](quay.jpg) ![Pier](pier.jpg)"));
        write(root.path(), "content/briefings/a/quay.jpg", photo(1));
        write(root.path(), "content/briefings/a/pier.jpg", photo(2));
        root
    }

    /// The pictures that a build of a site has, and how many of them it had to make smaller.
    fn build(workspace: &mut Workspace, changes: Option<&Changes>) -> (BTreeMap<String, Vec<u8>>, u64) {
        let (prepared, mut diagnostics) = workspace.prepare(changes);
        let prepared = prepared.unwrap();
        let before = prepared.pictures.made();
        let outputs = Mutex::new(BTreeMap::new());
        let sink = |path: &OutPath, bytes: &[u8]| {
            if path.as_str().ends_with(".jpg") {
                outputs.lock().unwrap().insert(path.to_string(), bytes.to_vec());
            }
            Ok(())
        };
        publish(&prepared, None, &Unobserved, || Ok(sink), &mut diagnostics).done().expect("no errors");
        assert!(!crate::diag::has_errors(&diagnostics), "{diagnostics:?}");
        (outputs.into_inner().unwrap(), prepared.pictures.made() - before)
    }

    fn entries(root: &Path) -> Vec<std::path::PathBuf> {
        let folder = fs::read_dir(root.join(CACHE).join("pictures")).unwrap();
        folder.map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn a_second_build_reads_no_pixels_and_a_damaged_cache_changes_no_byte() {
        let root = site();
        let (first, made) = build(&mut workspace(root.path()), None);
        let paths: Vec<&str> = first.keys().map(String::as_str).collect();
        let wanted =
            ["pier-480w.jpg", "pier-960w.jpg", "pier.jpg", "quay-480w.jpg", "quay-960w.jpg", "quay.jpg"];
        assert_eq!(paths, wanted.map(|name| format!("briefings/a/{name}")));
        assert_eq!((made, entries(root.path()).len()), (2, 6));
        assert_eq!(build(&mut workspace(root.path()), None), (first.clone(), 0));
        let entry = &entries(root.path())[0];
        let mut bytes = fs::read(entry).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(entry, bytes).unwrap();
        assert_eq!(build(&mut workspace(root.path()), None), (first.clone(), 1));
        fs::remove_dir_all(root.path().join(CACHE)).unwrap();
        assert_eq!(build(&mut workspace(root.path()), None), (first, 2));
    }

    #[test]
    fn copies_are_of_the_picture_as_it_is_and_those_of_before_go() {
        let root = site();
        let mut workspace = workspace(root.path());
        let (first, _) = build(&mut workspace, None);
        let before = entries(root.path());
        write(root.path(), "content/briefings/a/quay.jpg", photo(3));
        let changed =
            Changes { changed: ["content/briefings/a/quay.jpg".into()].into(), ..Changes::default() };
        let (second, made) = build(&mut workspace, Some(&changed));
        assert_eq!(made, 1);
        for (path, bytes) in &second {
            assert_eq!(first[path] == *bytes, path.contains("pier"), "{path}");
        }
        let after = entries(root.path());
        assert_eq!(after.len(), 6);
        assert_eq!(after.iter().filter(|entry| before.contains(entry)).count(), 3);
    }

    #[test]
    fn an_edit_that_shows_one_picture_less_or_more_gives_the_routes_of_a_first_build() {
        let root = site();
        let mut edited = workspace(root.path());
        build(&mut edited, None);
        let path = "content/briefings/a/index.md";
        for body in [
            "![Quay](quay.jpg) [Pier](pier.jpg)",
            "![Quay](quay.jpg) ![Pier](pier.jpg)",
            "![Quay](quay.jpg) More.",
        ] {
            write(root.path(), path, briefing(body));
            let changed = Changes { changed: [path.into()].into(), ..Changes::default() };
            let (later, _) = build(&mut edited, Some(&changed));
            let (first, _) = build(&mut workspace(root.path()), None);
            assert_eq!(later.keys().collect::<Vec<_>>(), first.keys().collect::<Vec<_>>(), "{body}");
        }
    }
}
