//! The addresses that a content delivery network must forget.

use super::run::Uploaded;
use crate::paths::kept_names::{SIGNATURE, SUMS};
use crate::paths::{OutPath, ascii_url_path};

/// Each address of a changed, new or removed file, one a line, sorted. A folder's page has two.
#[must_use]
pub fn purge_list(base_url: &str, uploaded: &Uploaded) -> String {
    let touched = uploaded.new.iter().chain(&uploaded.changed).chain(&uploaded.removed);
    let mut addresses: Vec<String> = touched.flat_map(|path| addresses_of(base_url, path)).collect();
    if !addresses.is_empty() {
        addresses.extend([SUMS, SIGNATURE].map(|name| format!("{base_url}{name}")));
    }
    addresses.sort_unstable();
    addresses.into_iter().map(|address| address + "\n").collect()
}

fn addresses_of(base_url: &str, path: &OutPath) -> Vec<String> {
    let folder =
        path.as_str().strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let paths = folder.into_iter().chain([path.as_str()]);
    paths.map(|path| format!("{base_url}{}", ascii_url_path(path))).collect()
}
