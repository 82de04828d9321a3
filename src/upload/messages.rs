//! The words for what goes wrong on the way to object storage.

use jiff::Timestamp;

use super::difference::Difference;
use super::fault::{FaultKind, StoreFault};
use super::lease::LeaseFault;
use super::transfer::TransferFault;
use crate::diag::{Cause, Code, Diagnostic};
use crate::paths::OutPath;
use crate::paths::kept_names::SUMS;

/// Something failed after the first change.
pub(super) fn store_failed(place: &str, path: &str, fault: &StoreFault) -> Diagnostic {
    let help = "what was sent stays, and every link works; `bulletin publish` again does the rest";
    failed(place, path, fault, help)
}

/// Something failed before anything was changed.
pub(super) fn not_reached(place: &str, path: &str, fault: &StoreFault) -> Diagnostic {
    let help = "nothing was changed; check the address of the storage, the connection and the credentials";
    failed(place, path, fault, help)
}

fn failed(place: &str, path: &str, fault: &StoreFault, help: &str) -> Diagnostic {
    let help = match fault.kind {
        FaultKind::Refused => {
            "check the credentials in the environment or in the files of the storage's own tools, and what they allow"
        }
        FaultKind::NoBucket => "make the bucket first, or check its name",
        _ => help,
    };
    let at = if path.is_empty() { place.to_owned() } else { format!("{place}/{path}") };
    Diagnostic::error(Code::STORAGE_FAILED, format!("{at}: {}", fault.fact)).help(help).setup()
}

pub(super) fn lease_failed(place: &str, fault: LeaseFault) -> Diagnostic {
    match fault {
        LeaseFault::Taken => {
            Diagnostic::error(Code::PUBLISH_LOCKED, format!("another publish to {place} is under way"))
                .help("wait until it is done, then publish again")
                .setup()
        }
        LeaseFault::Store(fault) => not_reached(place, super::lease::LEASE, &fault),
    }
}

pub(super) fn transfer_failed(place: &str, fault: TransferFault) -> Diagnostic {
    match fault {
        TransferFault::Store(path, fault) => store_failed(place, path.as_str(), &fault),
        TransferFault::NoNames(fault) => not_reached(place, "", &fault),
        TransferFault::Foreign(paths) => foreign(place, &paths),
        TransferFault::Differs(path) => differs(place, path.as_str()),
        TransferFault::Source(diagnostic) => diagnostic,
        TransferFault::LeaseLost => lease_lost(place),
    }
}

pub(super) fn lease_lost(place: &str) -> Diagnostic {
    Diagnostic::error(Code::PUBLISH_LOCKED, format!("another publish to {place} took over"))
        .help("wait until it is done, then publish again")
        .setup()
}

fn foreign(place: &str, paths: &[OutPath]) -> Diagnostic {
    let fact = match paths {
        [path] => format!("{place}/{path} is in the way, and bulletin did not write it"),
        paths => format!("{} files are in the way in {place}, and bulletin did not write them", paths.len()),
    };
    let mut error = Diagnostic::error(Code::FOREIGN_OBJECT, fact);
    if paths.len() > 1 {
        let first: Vec<&str> = paths.iter().take(5).map(OutPath::as_str).collect();
        error = error.help(format!(
            "in the way: {}{}",
            first.join(", "),
            if paths.len() > 5 { ", …" } else { "" }
        ));
    }
    error.help("move it away, or publish to another prefix").setup()
}

pub(super) fn kept(place: &str, path: &OutPath) -> Diagnostic {
    Diagnostic::warning(
        Code::FOREIGN_OBJECT,
        format!("{place}/{path} left the site, but somebody else changed it: it stays"),
    )
    .help("remove it if it is not needed")
    .setup()
}

pub(super) fn foreign_list(place: &str, line: Option<usize>) -> Diagnostic {
    let fact = match line {
        Some(line) => format!("line {line} of {place}/{SUMS} was not written by a publish"),
        None => format!("{place}/{SUMS} is cut"),
    };
    Diagnostic::error(Code::FOREIGN_LIST, fact)
        .help("publish to another bucket or prefix; or put the list of your own last publish back")
        .setup()
}

pub(super) fn list_changed(place: &str) -> Diagnostic {
    Diagnostic::error(Code::PUBLISH_LOCKED, format!("{place}/{SUMS} was changed by another publish"))
        .help("publish again")
        .setup()
}

pub(super) fn list_differs(place: &str) -> Diagnostic {
    differs(place, SUMS)
}

fn differs(place: &str, path: &str) -> Diagnostic {
    let fact = format!("{place}/{path} was read back, and is not what was sent");
    Diagnostic::error(Code::READ_BACK_DIFFERS, fact)
        .help("publish again; if it happens again, the storage or the way to it damages files")
        .setup()
}

pub(super) fn unconditional(place: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::NO_CONDITIONAL_WRITES,
        format!("the storage of {place} knows no conditional writes, so two publishes at once could mix"),
    )
    .help("publish from one place only")
    .setup()
}

pub(super) fn many_removals(place: &str, difference: &Difference) -> Diagnostic {
    let removed = difference.removed.len();
    let published = removed + difference.changed.len() + difference.unchanged;
    let first =
        difference.removed.iter().take(3).map(|(path, _)| path.as_str()).collect::<Vec<_>>().join(", ");
    let more = if removed > 3 { ", …" } else { "" };
    let fact = format!("{removed} of the {published} files in {place} would be removed: {first}{more}");
    refused(Code::MANY_REMOVALS, fact).help("look at all of them with --dry-run; if they may go, add --force")
}

pub(super) fn other_site(place: &str, title: &str) -> Diagnostic {
    refused(Code::OTHER_SITE, format!("{place} holds another site: {title}"))
        .help("check the target; if this site takes the place of that one, add --force")
}

pub(super) fn older_build(place: &str, published: Option<Timestamp>) -> Diagnostic {
    let until = published.map(|at| format!(", whose last change was at {at}")).unwrap_or_default();
    refused(Code::OLDER_BUILD, format!("this build is older than what {place} holds{until}"))
        .help("build again; if readers must go back to the older state, add --force")
}

fn refused(code: Code, fact: String) -> Diagnostic {
    let mut error = Diagnostic::error(code, fact);
    error.cause = Cause::Removals;
    error
}
