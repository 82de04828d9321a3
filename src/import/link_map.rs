//! Where links of the other site lead now: by the file that they name, or by the address that a page had.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::addresses::{address_key, path_on_server};
use super::content_tree::parent;
use super::other_site::OtherPage;

/// Targets are paths of files in the new site, with `/` in front.
#[derive(Debug, Default)]
pub struct LinkMap {
    base_url: String,
    /// The folder that paths of pages count from, as `content`; empty for the whole site.
    content: String,
    /// New paths by old file.
    by_file: BTreeMap<String, String>,
    by_address: BTreeMap<String, String>,
    /// New paths by the last part of an old file, if it is the only one of that name.
    by_name: BTreeMap<String, Option<String>>,
    /// New paths of what is in static/, by its path there.
    statics: BTreeMap<String, String>,
    /// All new paths, as they are in links.
    targets: BTreeSet<String>,
    /// By new path: old ids of headings that are other ones now.
    renamed_ids: BTreeMap<String, BTreeMap<String, String>>,
    /// New paths of what was in Hugo's assets/, by its path there.
    assets: BTreeMap<String, String>,
}

impl LinkMap {
    /// A map without pages and files.
    #[must_use]
    pub fn new(base_url: &str, content: &str) -> Self {
        Self { base_url: base_url.to_owned(), content: content.to_owned(), ..Self::default() }
    }

    /// Adds a page with all addresses that it had.
    pub fn add_page(&mut self, page: &OtherPage, new: &str) {
        for key in page.addresses.iter().filter_map(|address| address_key(address)) {
            self.by_address.entry(key).or_insert_with(|| new.to_owned());
        }
        let last = if page.bundle.is_some() { name(parent(&page.file)) } else { bare(name(&page.file)) };
        for name in [last.to_owned(), format!("{last}.md")] {
            let only = self.by_name.entry(name).or_insert_with(|| Some(new.to_owned()));
            if only.as_deref() != Some(new) {
                *only = None;
            }
        }
        self.add_file(&page.file, new);
    }

    pub fn add_file(&mut self, old: &str, new: &str) {
        if let Some(within) = new.strip_prefix("/static/") {
            self.statics.insert(within.to_owned(), new.to_owned());
        }
        if let Some(within) = old.strip_prefix("assets/") {
            self.assets.insert(within.to_owned(), new.to_owned());
        }
        self.targets.insert(encoded(new));
        self.by_file.insert(old.to_owned(), new.to_owned());
    }

    /// Adds the address that a file had, if it came over.
    pub fn add_address(&mut self, address: &str, old: &str) {
        if let Some(new) = self.by_file.get(old) {
            self.statics.insert(address.trim_matches('/').to_owned(), new.clone());
        }
    }

    /// Adds the ids of headings of a new file that are other ones now.
    pub fn add_renamed_ids(&mut self, new: String, ids: BTreeMap<String, String>) {
        if !ids.is_empty() {
            self.renamed_ids.insert(new, ids);
        }
    }

    /// The new id of a heading of a page, if it has another one now.
    #[must_use]
    pub fn renamed_id(&self, page: &OtherPage, id: &str) -> Option<&str> {
        self.id_in(self.by_file.get(&page.file)?, id)
    }

    fn id_in(&self, new: &str, id: &str) -> Option<&str> {
        let ids = self.renamed_ids.get(new)?;
        let id = percent_decode_str(id).decode_utf8().ok()?;
        ids.get(&*id).map(String::as_str)
    }

    /// A target with its fragment, if any.
    fn with_fragment(&self, new: &str, shown: &str, fragment: &str) -> String {
        match self.id_in(new, fragment) {
            _ if fragment.is_empty() => encoded(shown),
            Some(id) => format!("{}#{id}", encoded(shown)),
            None => format!("{}#{fragment}", encoded(shown)),
        }
    }

    /// The whole address that a destination had on the old server, if the other site names its own.
    #[must_use]
    pub fn old_address(&self, page: &OtherPage, destination: &str) -> Option<String> {
        let (scheme, server) =
            self.base_url.split_once("://").filter(|(scheme, _)| scheme.starts_with("http"))?;
        let server = server.trim_end_matches('/');
        if destination.starts_with('/') {
            let host = server.split('/').next()?;
            return Some(format!("{scheme}://{host}{destination}"));
        }
        if destination.starts_with('@') || destination.contains([' ', '\n', '<', '>']) {
            return None;
        }
        let address = page.addresses.first().filter(|address| address.starts_with('/'))?;
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let end = destination.find(['#', '?']).unwrap_or(destination.len());
        let path = joined(folder, &destination[..end])?;
        let slash = if destination[..end].ends_with('/') { "/" } else { "" };
        Some(format!("{scheme}://{server}/{path}{slash}{}", &destination[end..]))
    }

    /// Whether a destination is a target of the new site already, as that of a translated tag is.
    #[must_use]
    pub fn is_new(&self, destination: &str) -> bool {
        self.targets.contains(destination.split('#').next().unwrap_or_default())
    }

    /// The new target of a destination in a page, fragment included. `None` if nothing that came over is meant.
    #[must_use]
    pub fn resolve(&self, page: &OtherPage, destination: &str) -> Option<String> {
        let path = path_on_server(destination, &self.base_url)?;
        let (path, fragment) = path.split_once('#').map_or((path, ""), |(path, fragment)| (path, fragment));
        let path = path.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let new = match path.strip_prefix("@/") {
            Some(of_content) => self.file_at(&joined(&self.content, of_content)?),
            None => self.by_place(page, &path),
        }?;
        let shown = self.within_bundle(page, new).unwrap_or(new);
        Some(self.with_fragment(new, shown, fragment))
    }

    /// The path of a file that is next to its page still.
    fn within_bundle<'p>(&self, page: &OtherPage, new: &'p str) -> Option<&'p str> {
        page.bundle.as_ref()?;
        let folder = self.by_file.get(&page.file)?.strip_suffix("/index.md")?;
        new.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The page that Hugo's `ref` or Jekyll's `link` names.
    #[must_use]
    pub fn named(&self, page: &OtherPage, reference: &str) -> Option<String> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let bare = path.trim_matches('/');
        let near = joined(parent(&page.file), path).and_then(|path| self.file_at(&path));
        let new = match path.starts_with('/') {
            true => joined(&self.content, bare).and_then(|path| self.file_at(&path)),
            false => near.or_else(|| joined(&self.content, bare).and_then(|path| self.file_at(&path))),
        };
        let new = new.or_else(|| self.by_name.get(name(bare))?.as_deref())?;
        Some(self.with_fragment(new, new, fragment))
    }

    fn by_place(&self, page: &OtherPage, path: &str) -> Option<&str> {
        if path.starts_with('/') {
            return self
                .at_address(path)
                .or_else(|| self.file_at(&joined(&self.content, path.trim_matches('/'))?))
                .or_else(|| self.assets.get(path.trim_matches('/')).map(String::as_str));
        }
        let near = joined(parent(&page.file), path).and_then(|path| self.file_at(&path));
        let by_browser = || {
            // Browsers count from the address of the page.
            let address = page.addresses.first()?;
            let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.at_address(&joined(folder.trim_matches('/'), path)?)
        };
        // Templates find pictures in assets/ by their path there.
        near.or_else(by_browser).or_else(|| self.assets.get(&joined("", path)?).map(String::as_str))
    }

    fn at_address(&self, path: &str) -> Option<&str> {
        let file = self.statics.get(path.trim_matches('/'));
        file.or_else(|| self.by_address.get(&address_key(path)?)).map(String::as_str)
    }

    fn file_at(&self, path: &str) -> Option<&str> {
        let bare = path.strip_suffix(".md").unwrap_or(path);
        let candidates =
            [path.to_owned(), format!("{path}.md"), format!("{bare}/index.md"), format!("{bare}/_index.md")];
        candidates.iter().find_map(|path| self.by_file.get(path)).map(String::as_str)
    }
}

/// A path below a folder, without its `.` and `..`. `None` if it leaves the site.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn bare(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A path as the destination of a link in Markdown.
fn encoded(path: &str) -> String {
    let mut url = String::new();
    for c in path.chars() {
        match c {
            '%' | '#' | '?' | ' ' | '(' | ')' | '<' | '>' | '\\' => {
                url.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => url.push(c),
        }
    }
    url
}
