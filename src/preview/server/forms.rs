//! The page with forms for editors, which the preview shows next to the site.
//!
//! Invariant: only plain files directly in one folder are read, and no link is followed.

use std::fs;
use std::path::PathBuf;

/// The files of `admin/` in the folder of the site. They are no part of the site, and no build publishes them.
#[derive(Clone, Debug)]
pub struct Forms {
    folder: PathBuf,
}

impl Forms {
    pub fn in_site(root: &std::path::Path) -> Self {
        Self { folder: root.join("admin") }
    }

    /// The file at a path such as `admin/index.html`.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let name = path.strip_prefix("admin/")?;
        if name.starts_with('.') || name.contains(['/', '\\', ':', '\0']) {
            return None;
        }
        let is_folder = self.folder.symlink_metadata().is_ok_and(|found| found.is_dir());
        let file = self.folder.join(name);
        let is_file = is_folder && file.symlink_metadata().is_ok_and(|found| found.is_file());
        is_file.then(|| fs::read(file).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_directly_in_the_folder_are_read() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("admin/deeper")).unwrap();
        for name in ["secret.txt", "admin/index.html", "admin/.hidden", "admin/deeper/file.js"] {
            fs::write(root.path().join(name), name).unwrap();
        }
        let forms = Forms::in_site(root.path());
        assert_eq!(forms.file("admin/index.html").as_deref(), Some(&b"admin/index.html"[..]));
        for path in [
            "secret.txt",
            "admin",
            "admin/",
            "admin/.hidden",
            "admin/deeper",
            "admin/deeper/file.js",
            "admin/../secret.txt",
            "admin/..",
        ] {
            assert_eq!(forms.file(path), None, "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.path().join("secret.txt"), root.path().join("admin/link"))
                .unwrap();
            assert_eq!(forms.file("admin/link"), None);
        }
    }
}
