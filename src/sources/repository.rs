//! The git repository around a site: which private files it tracks, and all that it holds.
//!
//! Owns the only calls of git. Its own program is asked, so that every form of repository is read as git reads it;
//! no program that the repository's configuration names is started. Nothing is asked without a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use walkdir::WalkDir;

use super::Store;
use super::store::with_slashes;

pub struct Repository {
    /// Of the site.
    root: PathBuf,
}

/// Something that a repository holds.
#[derive(Debug)]
pub struct RepositoryObject {
    pub place: ObjectPlace,
    pub bytes: Vec<u8>,
}

/// What was handed over.
#[derive(Clone, Copy, Debug)]
pub struct SearchedHistory {
    /// Files, earlier versions of files, names of branches and tags, and messages.
    pub objects: usize,
    /// No commit and no file is missing, as in a shallow clone.
    pub is_whole: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectPlace {
    /// A file as the index has it. Relative to the top of the repository, with `/`.
    Tracked(String),
    /// A file as an earlier commit has it.
    Earlier(String),
    /// The name of a branch, a tag or another reference.
    Reference(String),
    /// The git note about a commit or another object, by the hash of that.
    Note(String),
    /// The message and the authors of a commit or a tag, by its hash.
    Message(String),
}

impl Repository {
    /// The repository that the folder of a site is in, if any.
    #[must_use]
    pub fn around(store: &Store) -> Option<Self> {
        let Store::Disk(root) = store else { return None };
        let absolute = root.canonicalize().ok()?;
        let is_in_one = absolute.ancestors().any(|folder| folder.join(".git").exists());
        is_in_one.then(|| Self { root: root.clone() })
    }

    /// The files among these paths that git tracks, relative to the root of the site. A folder is all that is in it.
    /// Links are followed: git knows a file by its real path, and the site by that of the link.
    ///
    /// # Errors
    /// If git cannot be started, or refuses.
    pub fn tracked(&self, paths: &[&str]) -> io::Result<BTreeSet<String>> {
        let places = self.real_places(paths)?;
        let real: Vec<&str> = places.iter().map(|(real, _)| real.as_str()).collect();
        if real.is_empty() {
            return Ok(BTreeSet::new());
        }
        let listed = self.output(&["--literal-pathspecs", "ls-files", "-z", "--"], &real)?;
        let listed: Vec<String> = listed.split(|byte| *byte == 0).map(text).collect();
        let in_site = |(real, path): &(String, String)| {
            let below = listed.iter().filter_map(|file| file.strip_prefix(real.as_str()));
            let below = below.filter(|rest| rest.is_empty() || rest.starts_with('/'));
            below.map(|rest| format!("{path}{rest}")).collect::<Vec<_>>()
        };
        Ok(places.iter().flat_map(in_site).collect())
    }

    /// These paths and all links below them, each with its real path before it.
    fn real_places(&self, paths: &[&str]) -> io::Result<Vec<(String, String)>> {
        let root = self.root.canonicalize()?;
        let real_place = |path: &Path| {
            let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let (real, path) = (real.strip_prefix(&root).ok()?, path.strip_prefix(&root).ok()?);
            (!real.as_os_str().is_empty())
                .then(|| (with_slashes(real.to_string_lossy()), with_slashes(path.to_string_lossy())))
        };
        let mut places: Vec<(String, String)> =
            paths.iter().filter_map(|path| real_place(&root.join(path))).collect();
        for path in paths {
            // What cannot be listed has an error where it is read.
            let entries = WalkDir::new(root.join(path)).min_depth(1).follow_links(true).into_iter().flatten();
            let links = entries.filter(walkdir::DirEntry::path_is_symlink);
            places.extend(links.filter_map(|link| real_place(link.path())));
        }
        Ok(places)
    }

    /// Hands over all files of the index and of all commits, every name that one of them ever had, the names of
    /// branches and tags, and all messages of commits and tags.
    ///
    /// # Errors
    /// If git cannot be started, or refuses.
    pub fn for_each_object(&self, mut take: impl FnMut(RepositoryObject)) -> io::Result<SearchedHistory> {
        let is_shallow = self.output(&["rev-parse", "--is-shallow-repository"], &[])?.starts_with(b"true");
        let mut searched = SearchedHistory { objects: 0, is_whole: !is_shallow };
        let mut names = BTreeSet::new();
        let mut taken = BTreeSet::new();
        self.read_objects(|hash, places, object| {
            let Some((kind, bytes)) = object else {
                searched.is_whole = false;
                return;
            };
            if kind == "tree" {
                names.extend(paths_in_tree(&bytes, hash.len() / 2, places.first()));
                return;
            }
            searched.objects += 1;
            let places = if places.is_empty() { vec![ObjectPlace::Message(hash)] } else { places };
            for place in places {
                taken.extend(place.path().map(str::to_owned));
                take(RepositoryObject { place, bytes: bytes.clone() });
            }
        })?;
        let references = self.references()?;
        searched.objects += references.len();
        let names = names.into_iter().filter(|name| !taken.contains(name) && object_of_note(name).is_none());
        let names = names.map(ObjectPlace::Earlier);
        names.chain(references).for_each(|place| take(RepositoryObject { place, bytes: Vec::new() }));
        Ok(searched)
    }

    /// Hands over each object with its hash, its places, its kind and its bytes; the last two are `None` if it is not
    /// in this copy.
    fn read_objects(
        &self,
        mut take: impl FnMut(String, Vec<ObjectPlace>, Option<(String, Vec<u8>)>),
    ) -> io::Result<()> {
        let places = self.places()?;
        let mut child = self.git(&["cat-file", "--batch", "--buffer"]).stdin(Stdio::piped()).spawn()?;
        let mut input = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let hashes: Vec<String> = places.keys().map(|hash| format!("{hash}\n")).collect();
        // Both pipes are full at times: one thread writes what the other one reads the answers to.
        let writer =
            thread::spawn(move || hashes.iter().try_for_each(|hash| input.write_all(hash.as_bytes())));
        let mut output = BufReader::new(output);
        for (hash, places) in places {
            take(hash, places, next_object(&mut output)?);
        }
        writer.join().unwrap_or(Ok(()))?;
        child.wait()?;
        Ok(())
    }

    /// The names of branches, tags and the like.
    fn references(&self) -> io::Result<Vec<ObjectPlace>> {
        let listed = text(&self.output(&["for-each-ref", "--format=%(refname)"], &[])?);
        Ok(listed.lines().map(|name| ObjectPlace::Reference(name.to_owned())).collect())
    }

    /// The path of the site's folder in the repository, with `/` at its end; empty at the top.
    ///
    /// # Errors
    /// If git cannot be started, or refuses.
    pub fn prefix(&self) -> io::Result<String> {
        Ok(text(&self.output(&["rev-parse", "--show-prefix"], &[])?).trim_end_matches('\n').to_owned())
    }

    /// The objects by their hash. Messages and the topmost tree have no place; a file has as many as it has copies.
    fn places(&self) -> io::Result<BTreeMap<String, Vec<ObjectPlace>>> {
        let mut places = BTreeMap::new();
        for (hash, path) in self.objects_of("--all")? {
            let place = (!path.is_empty()).then_some(ObjectPlace::Earlier(path));
            places.insert(hash, place.into_iter().collect());
        }
        for (hash, path) in self.objects_of("--glob=refs/notes")? {
            if let Some(about) = object_of_note(&path) {
                places.insert(hash, vec![ObjectPlace::Note(about)]);
            }
        }
        // `MODE HASH STAGE<tab>PATH`; the index wins, since it is what the next commit publishes.
        for entry in
            self.output(&["ls-files", "-z", "--stage", "--full-name", ":/"], &[])?.split(|byte| *byte == 0)
        {
            let entry = text(entry);
            let Some((state, path)) = entry.split_once('\t') else { continue };
            let Some(hash) = state.split(' ').nth(1).filter(|_| !state.starts_with("160000")) else {
                continue;
            };
            let places: &mut Vec<ObjectPlace> = places.entry(hash.to_owned()).or_default();
            places.retain(|place| matches!(place, ObjectPlace::Tracked(_)));
            places.push(ObjectPlace::Tracked(path.to_owned()));
        }
        Ok(places)
    }

    /// The hash of each object that these references lead to, and its path or nothing.
    fn objects_of(&self, references: &str) -> io::Result<Vec<(String, String)>> {
        let listed = self.output(&["rev-list", "--objects", references], &[])?;
        let lines = listed.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(text);
        Ok(lines
            .map(|line| {
                let (hash, path) = line.split_once(' ').unwrap_or((&line, ""));
                (hash.to_owned(), path.to_owned())
            })
            .collect())
    }

    fn output(&self, arguments: &[&str], paths: &[&str]) -> io::Result<Vec<u8>> {
        let output = self.git(arguments).args(paths).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        // What git says may hold a path of this machine.
        Err(io::ErrorKind::Other.into())
    }

    /// The address of the remote repository `origin`.
    pub fn origin(&self) -> Option<String> {
        let address = self.output(&["config", "--get", "remote.origin.url"], &[]).ok()?;
        Some(text(&address).trim().to_owned()).filter(|address| !address.is_empty())
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.root);
        // The folder may be another user's, as in a container: nothing of it is run.
        git.args(["--no-pager", "-c", "safe.directory=*", "-c", "core.fsmonitor=false"]).args(arguments);
        for variable in
            ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"]
        {
            git.env_remove(variable);
        }
        // A missing object is not fetched: that would start what the configuration names, or go online.
        git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_NO_REPLACE_OBJECTS", "1");
        git.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        git
    }
}

impl ObjectPlace {
    fn path(&self) -> Option<&str> {
        match self {
            Self::Tracked(path) | Self::Earlier(path) => Some(path),
            Self::Reference(_) | Self::Note(_) | Self::Message(_) => None,
        }
    }
}

/// The paths that a tree object names: `MODE NAME<nul>HASH` for each entry.
fn paths_in_tree(bytes: &[u8], hash_length: usize, folder: Option<&ObjectPlace>) -> Vec<String> {
    let folder = folder.and_then(ObjectPlace::path);
    let mut paths = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == 0) {
        let entry = text(&rest[..end]);
        let name = entry.split_once(' ').map_or("", |(_, name)| name);
        paths.push(folder.map_or_else(|| name.to_owned(), |folder| format!("{folder}/{name}")));
        rest = rest.get(end + 1 + hash_length..).unwrap_or_default();
    }
    paths
}

/// The hash that a note is filed under, as `ab/cdef…`. A folder of notes is no note.
fn object_of_note(path: &str) -> Option<String> {
    let hash = path.replace('/', "");
    let is_hash = hash.len() >= SHORTEST_HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

/// Of SHA-1, in hexadecimal digits.
const SHORTEST_HASH: usize = 40;

/// The kind and the bytes of the next object; `None` for one that is not there, as in a partial clone.
fn next_object(output: &mut BufReader<ChildStdout>) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut header = String::new();
    output.read_line(&mut header)?;
    let mut parts = header.trim_end().split(' ').skip(1);
    let (Some(kind), Some(size)) = (parts.next(), parts.next().and_then(|size| size.parse::<u64>().ok()))
    else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    output.by_ref().take(size).read_to_end(&mut bytes)?;
    output.read_exact(&mut [0])?;
    Ok(Some((kind.to_owned(), bytes)))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether a file of the site's is there that a repository should not have.
pub fn may_have_secrets(root: &Path) -> bool {
    SECRETS.iter().any(|path| root.join(path).symlink_metadata().is_ok())
}

/// What may be private: two files and folders that always are, and records, of which some are.
pub const SECRETS: [&str; 3] = ["redact.txt", "private", "content/sources"];
