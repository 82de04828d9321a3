//! Components that call themselves. Tera stops them at a depth, and says neither which nor where.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Files;
use super::tags::{tags, word};
use crate::diag::Place;

struct Call<'a> {
    /// The component that it calls.
    name: &'a str,
    place: Place,
}

/// The first component, by name, that calls itself or is called by what it calls, with the place of the call
/// that leads back.
pub fn calls_itself(files: &Files) -> Option<(String, Place)> {
    let mut calls: BTreeMap<&str, Vec<Call<'_>>> = BTreeMap::new();
    for file in files.by_name.values() {
        let mut component = None;
        for tag in tags(&file.text) {
            match tag.after("component").filter(|_| !tag.prints) {
                Some((rest, _)) => component = Some(word(rest)),
                None if !tag.prints && tag.keyword() == "endcomponent" => component = None,
                None => {}
            }
            let Some(caller) = component else { continue };
            let to = tag
                .component()
                .map(|(name, span)| Call { name, place: Place::new(&file.file, &file.text, span) });
            calls.entry(caller).or_default().extend(to);
        }
    }
    calls.keys().find_map(|component| {
        let back = way_back(component, component, &calls, &mut BTreeSet::new())?;
        Some(((*component).to_owned(), back.clone()))
    })
}

/// The call of `target` by `from`, or by a component that `from` calls.
fn way_back<'a>(
    target: &str,
    from: &'a str,
    calls: &'a BTreeMap<&str, Vec<Call<'_>>>,
    seen: &mut BTreeSet<&'a str>,
) -> Option<&'a Place> {
    if !seen.insert(from) {
        return None;
    }
    calls.get(from)?.iter().find_map(|call| match call.name == target {
        true => Some(&call.place),
        false => way_back(target, call.name, calls, seen),
    })
}
