//! The output of the sites of this repository, built once for all tests that only read it.
//!
//! A test that changes a site, its options or its output builds its own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Site, repository, tree};

/// The files of an output folder, by path with forward slashes.
pub type Tree = BTreeMap<String, Vec<u8>>;

static DEMO: LazyLock<Tree> = LazyLock::new(|| output_of(&Site::copy_of(repository())));
static PORT_BRINE: LazyLock<Tree> = LazyLock::new(|| output_of(&Site::named("port-brine")));
static KESTREL_SOUND: LazyLock<Tree> = LazyLock::new(|| output_of(&Site::named("kestrel-sound")));

pub fn demo() -> &'static Tree {
    &DEMO
}

pub fn port_brine() -> &'static Tree {
    &PORT_BRINE
}

pub fn kestrel_sound() -> &'static Tree {
    &KESTREL_SOUND
}

/// The output of a site whose build must succeed.
pub fn output_of(site: &Site) -> Tree {
    site.build();
    tree(&site.public())
}

/// The demo and port-brine, each with its output, as a build leaves them: they may be changed.
pub fn demo_with_output() -> Site {
    with_output(Site::copy_of(repository()), demo())
}

pub fn port_brine_with_output() -> Site {
    with_output(Site::named("port-brine"), port_brine())
}

fn with_output(site: Site, files: &Tree) -> Site {
    for (path, bytes) in files {
        site.write_bytes(&format!("public/{path}"), bytes);
    }
    site
}

/// A text file of an output.
pub fn text<'t>(files: &'t Tree, path: &str) -> &'t str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

/// The HTML of each page of an output, by path.
pub fn pages(files: &Tree) -> impl Iterator<Item = (&str, &str)> {
    files.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), text(files, path)))
}
