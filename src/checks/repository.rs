//! Private words in the repository of a site: in files that it tracks, in earlier commits, and in messages.

use std::collections::{BTreeMap, BTreeSet};

use super::leaks::{LeakCheck, PrivateWord};
use crate::diag::{Code, Diagnostic, Place};
use crate::private::is_packed;
use crate::site::{Site, tracked_secrets};
use crate::sources::{ObjectPlace, SearchedHistory, SourceSet, no_answer_of_git};

/// One error for each private word that the repository holds, and how much of it was searched.
#[must_use]
pub fn search(check: &LeakCheck, site: &Site, sources: &SourceSet) -> Vec<Diagnostic> {
    let Some(repository) = sources.repository() else { return vec![no_repository()] };
    let mut found: BTreeMap<PrivateWord, BTreeSet<ObjectPlace>> = BTreeMap::new();
    let mut packed = BTreeSet::new();
    let searched = repository.prefix().and_then(|prefix| {
        // These have an error of their own.
        let secrets = tracked_secrets(site, sources).into_iter().map(|(path, ..)| format!("{prefix}{path}"));
        let secrets: BTreeSet<String> = secrets.collect();
        repository.for_each_object(|object| {
            let path = match &object.place {
                ObjectPlace::Tracked(path) if secrets.contains(path) => return,
                ObjectPlace::Tracked(path) | ObjectPlace::Earlier(path) => path,
                ObjectPlace::Reference(name) => name,
                ObjectPlace::Message(_) => "",
            };
            if is_packed(&object.bytes) {
                packed.insert(object.place.clone());
            }
            for word in check.found_in_repository(path, &object.bytes) {
                found.entry(word).or_default().insert(object.place.clone());
            }
        })
    });
    let extent = match &searched {
        Ok(searched) => extent(searched, &packed, check),
        Err(error) => no_answer_of_git(error),
    };
    let leaks = found.iter().map(|(word, places)| leak(*word, places, check, site));
    std::iter::once(extent).chain(leaks).collect()
}

fn extent(searched: &SearchedHistory, packed: &BTreeSet<ObjectPlace>, check: &LeakCheck) -> Diagnostic {
    let message = format!(
        "looked for private words in {} files, earlier versions, names and messages of the repository",
        searched.objects
    );
    let extent = if searched.is_whole {
        Diagnostic::note(Code::SEARCHED_REPOSITORY, message)
    } else {
        Diagnostic::warning(
            Code::SEARCHED_REPOSITORY,
            message + "; a part of its history is not in this copy",
        )
        .help("search a whole clone: git fetch --unshallow")
    };
    match packed.first() {
        None => extent,
        Some(first) => extent.help(format!(
            "look yourself through packed files, in which words are not found: {}{}",
            shown(first, check),
            and_more(packed.len())
        )),
    }
}

/// What follows the first of several.
fn and_more(count: usize) -> String {
    if count > 1 { format!(", and {} more", count - 1) } else { String::new() }
}

fn no_repository() -> Diagnostic {
    Diagnostic::warning(Code::SEARCHED_REPOSITORY, "the site is in no git repository, so none was searched")
        .help("run this where the repository is, or leave out --sources")
}

fn leak(word: PrivateWord, places: &BTreeSet<ObjectPlace>, check: &LeakCheck, site: &Site) -> Diagnostic {
    let (what, place) = match word {
        PrivateWord::Line(line) => (format!("the word of {line}"), line.file.to_owned()),
        PrivateWord::Name(ix) => {
            let file = site.sources[ix].term.record.as_ref().map_or("", |record| &record.file);
            (format!("a name of the protected source {file}"), file.to_owned())
        }
    };
    let first = places.first().map(|place| shown(place, check)).unwrap_or_default();
    let more = and_more(places.len());
    Diagnostic::error(Code::SECRET_IN_REPOSITORY, format!("{what} is in the repository: {first}{more}"))
        .at(Place::file(&place))
        .help("take it out of the whole history, as with git filter-repo, and assume that everyone with a copy knows it")
}

fn shown(place: &ObjectPlace, check: &LeakCheck) -> String {
    match place {
        ObjectPlace::Tracked(path) => check.masked_path(path),
        ObjectPlace::Earlier(path) => format!("an earlier version of {}", check.masked_path(path)),
        ObjectPlace::Reference(name) => format!("the name {}", check.masked_path(name)),
        ObjectPlace::Message(hash) => format!("the message or author of {}", hash.get(..10).unwrap_or(hash)),
    }
}
