//! Private words in the repository of a site: in files that it tracks, in earlier commits, and in messages.

use std::collections::{BTreeMap, BTreeSet};

use super::leaks::{LeakCheck, PrivateWord};
use crate::diag::{Code, Diagnostic, Place};
use crate::site::Site;
use crate::sources::{ObjectPlace, SourceSet, no_answer_of_git};

/// One error for each private word that the repository holds; none without a repository.
#[must_use]
pub fn search(check: &LeakCheck, site: &Site, sources: &SourceSet) -> Vec<Diagnostic> {
    let Some(repository) = sources.repository().filter(|_| !check.is_empty()) else { return Vec::new() };
    let mut found: BTreeMap<PrivateWord, BTreeSet<ObjectPlace>> = BTreeMap::new();
    let searched = repository.for_each_object(|object| {
        if is_reported_as_tracked(&object.place, sources) {
            return;
        }
        let path = match &object.place {
            ObjectPlace::Tracked(path) | ObjectPlace::Earlier(path) => path,
            ObjectPlace::Message(_) => "",
        };
        for word in check.found_in_file(path, &object.bytes) {
            found.entry(word).or_default().insert(object.place.clone());
        }
    });
    let failed = searched.err().map(|error| no_answer_of_git(&error));
    failed.into_iter().chain(found.iter().map(|(word, places)| leak(*word, places, check, site))).collect()
}

/// A private file that is in the index has an error of its own.
fn is_reported_as_tracked(place: &ObjectPlace, sources: &SourceSet) -> bool {
    let ObjectPlace::Tracked(path) = place else { return false };
    sources.tracked.iter().any(|tracked| {
        path.strip_suffix(tracked.as_str()).is_some_and(|above| above.is_empty() || above.ends_with('/'))
    })
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
    let more = match places.len() {
        0 | 1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    Diagnostic::error(Code::SECRET_IN_REPOSITORY, format!("{what} is in the repository: {first}{more}"))
        .at(Place::file(&place))
        .help("take it out of the whole history, as with git filter-repo, and assume that everyone with a copy knows it")
}

fn shown(place: &ObjectPlace, check: &LeakCheck) -> String {
    match place {
        ObjectPlace::Tracked(path) => check.masked_path(path),
        ObjectPlace::Earlier(path) => format!("an earlier version of {}", check.masked_path(path)),
        ObjectPlace::Message(hash) => format!("the message or author of {}", hash.get(..10).unwrap_or(hash)),
    }
}
