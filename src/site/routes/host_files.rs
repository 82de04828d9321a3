//! Where the files that a host reads are, and what happens to one of the site's own.

use crate::config::HostKind;
use crate::diag::{Code, Diagnostic, Place};
use crate::paths::OutPath;
use crate::site::diagnostics::Diagnostics;
use crate::site::host_files::HostFile;
use crate::site::linked::Content;
use crate::site::page::Route;

/// Registers the files of the host. One of the site's own in such a place stays, and is reported.
pub fn push_host_files(
    site: &Content,
    routes: &mut Vec<(OutPath, Route)>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let Some(host) = &site.config.host else { return };
    for file in HostFile::of(host.kind) {
        let path = OutPath::new(file.name()).expect("a plain name");
        match site.files.iter().find(|own| own.out == path) {
            // It says all by being there.
            Some(_) if *file == HostFile::NoJekyll => {}
            Some(own) => diagnostics.push(own_file(&own.path, host.kind)),
            None => routes.push((path, Route::Host(*file))),
        }
    }
}

fn own_file(path: &str, kind: HostKind) -> Diagnostic {
    let message = format!("the site's own file is published instead of the one for {}", kind.title());
    Diagnostic::warning(Code::OWN_HOST_FILE, message).at(Place::file(path)).help(
        "remove it, and the build writes one; or write `own-host-file = \"off\"` under `[check]` in site.toml",
    )
}
