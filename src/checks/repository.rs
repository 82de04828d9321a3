//! Private words in the repository of a site: in files that it tracks, in earlier commits, and in messages.

use std::collections::{BTreeMap, BTreeSet};

use super::leaks::{LeakCheck, PrivateWord};
use crate::diag::{Code, Diagnostic, Place};
use crate::private::is_packed;
use crate::site::{Site, tracked_secrets};
use crate::sources::{ObjectPlace, RepositoryObject, SearchedHistory, SourceSet, no_answer_of_git};

/// At most this many places are named for one private word.
const MOST_PLACES: usize = 20;

/// The objects that hold one word, each with the place of the word in a file of the site.
type ObjectsWithWord = BTreeMap<ObjectPlace, Option<Place>>;

/// One error for each private word that the repository holds, and how much of it was searched.
#[must_use]
pub fn search(check: &LeakCheck, site: &Site, sources: &SourceSet) -> Vec<Diagnostic> {
    let Some(repository) = sources.repository() else { return vec![no_repository()] };
    let mut found: BTreeMap<PrivateWord, ObjectsWithWord> = BTreeMap::new();
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
                ObjectPlace::Note(_) | ObjectPlace::Message(_) => "",
            };
            if is_packed(&object.bytes) {
                packed.insert(object.place.clone());
            }
            for word in check.found_in_repository(path, &object.bytes) {
                let place = place_in_site(word, &object, &prefix, check);
                found.entry(word).or_default().insert(object.place.clone(), place);
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

/// Where the word is in a file below the folder of the site; `None` for what is no such file.
fn place_in_site(
    word: PrivateWord,
    object: &RepositoryObject,
    prefix: &str,
    check: &LeakCheck,
) -> Option<Place> {
    let (ObjectPlace::Tracked(path) | ObjectPlace::Earlier(path)) = &object.place else { return None };
    let file = path.strip_prefix(prefix)?;
    // Lines of an earlier version are not those of the file that an editor opens.
    let text =
        std::str::from_utf8(&object.bytes).ok().filter(|_| matches!(object.place, ObjectPlace::Tracked(_)));
    let in_text = text.and_then(|text| Some(Place::new(file, text, check.place_in(word, text)?)));
    Some(in_text.unwrap_or_else(|| Place::file(file)))
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

fn leak(word: PrivateWord, places: &ObjectsWithWord, check: &LeakCheck, site: &Site) -> Diagnostic {
    let (what, place) = match word {
        PrivateWord::Line(line) => (format!("the word of {line}"), line.file.to_owned()),
        PrivateWord::Name(ix) => {
            let file = site.sources[ix].term.record.as_ref().map_or("", |record| &record.file);
            (format!("a name of the protected source {file}"), file.to_owned())
        }
    };
    let first = places.keys().next().map(|place| shown(place, check)).unwrap_or_default();
    let more = and_more(places.len());
    let message = format!("{what} is in the repository: {first}{more}");
    let error = Diagnostic::error(Code::SECRET_IN_REPOSITORY, message).at(Place::file(&place)).help(
        "take it out of the whole history, as with git filter-repo, and assume that everyone with a copy knows it",
    );
    with_places(error, places, check)
}

/// The error with the places of its word: files of the site as places, and all others in words.
fn with_places(error: Diagnostic, places: &ObjectsWithWord, check: &LeakCheck) -> Diagnostic {
    let named = || places.iter().take(MOST_PLACES);
    let in_words: Vec<String> =
        named().filter(|(_, place)| place.is_none()).map(|(object, _)| shown(object, check)).collect();
    let in_files = named().filter_map(|(object, place)| Some((object, place.clone()?)));
    let mut error = in_files.fold(error, |error, (object, place)| {
        let label = if matches!(object, ObjectPlace::Tracked(_)) { "is here" } else { "was here" };
        error.also(place, label)
    });
    if places.len() > 1 && !in_words.is_empty() {
        error = error.help(format!("it is in {}", in_words.join(", in ")));
    }
    match places.len().saturating_sub(MOST_PLACES) {
        0 => error,
        1 => error.help("and 1 more place"),
        more => error.help(format!("and {more} more places")),
    }
}

fn shown(place: &ObjectPlace, check: &LeakCheck) -> String {
    match place {
        ObjectPlace::Tracked(path) => check.masked_path(path),
        ObjectPlace::Earlier(path) => format!("an earlier version of {}", check.masked_path(path)),
        ObjectPlace::Reference(name) => format!("the name {}", check.masked_path(name)),
        ObjectPlace::Note(hash) => format!("the git note about {}", short(hash)),
        ObjectPlace::Message(hash) => format!("the message or author of {}", short(hash)),
    }
}

/// A hash as git shows it to people.
fn short(hash: &str) -> &str {
    hash.get(..10).unwrap_or(hash)
}
