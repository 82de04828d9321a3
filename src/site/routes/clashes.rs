//! Two writers of one path, case aside, are an error that names both.

use std::borrow::Cow;

use rayon::prelude::*;

use super::aliases::{alias_paths, for_each_alias};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::ArticleBase;
use crate::paths::OutPath;
use crate::site::diagnostics::Diagnostics;
use crate::site::indices::DEFAULT_LANGUAGE;
use crate::site::linked::Content;
use crate::site::names::record::Record;
use crate::site::page::{Page, Route, SEARCH_FOLDER};
use crate::site::terms::Term;

/// Reports every path that two want, and every file where another needs a folder.
pub fn refuse(site: &Content, routes: &[(OutPath, Route)], diagnostics: &mut Diagnostics<'_>) {
    let mut folded: Vec<FoldedPath<'_>> =
        routes.par_iter().enumerate().map(|(index, (path, _))| (path.folded(), index)).collect();
    // Most paths are their own fold, and in this order already.
    folded.sort();
    let mut tell = |first: usize, second: usize, is_same: bool| {
        if !is_repeated(site, &folded, &routes[first], &routes[second]) {
            let diagnostic = clash(site, &routes[first], &routes[second], is_same, diagnostics);
            diagnostics.push(diagnostic);
        }
    };
    for pair in folded.windows(2) {
        if pair[0].0 == pair[1].0 {
            tell(pair[0].1, pair[1].1, true);
        }
    }
    // The folders of the path before, each with the file of the same path: paths of one folder are
    // together, so that each folder is looked for once.
    let mut folders: Vec<(&str, Option<usize>)> = Vec::new();
    for (path, index) in &folded {
        for (depth, (slash, _)) in path.match_indices('/').enumerate() {
            let folder = &path[..slash];
            if folders.get(depth).is_none_or(|(known, _)| *known != folder) {
                folders.truncate(depth);
                folders.push((folder, file_at(&folded, folder)));
            }
            if let Some(file) = folders[depth].1 {
                tell(file, *index, false);
            }
        }
    }
    if site.config.outputs.search {
        let in_search = routes.iter().filter(|(path, route)| {
            *route != Route::SearchScript && path.folded().starts_with(SEARCH_FOLDER)
        });
        let told: Vec<Diagnostic> =
            in_search.map(|route| in_place_of_search(site, route, diagnostics)).collect();
        told.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    }
}

/// What the search writes there is known only when all pages are.
fn in_place_of_search(site: &Content, route: &(OutPath, Route), diagnostics: &Diagnostics<'_>) -> Diagnostic {
    let PathOwner { name, place } = owner_of(site, route, diagnostics);
    let fact = format!("{name} wants the output {}, in the folder of the search", route.0);
    let mut diagnostic = Diagnostic::error(Code::SAME_OUTPUT, fact)
        .help("give it another folder, or write `search = false` under `[outputs]` in site.toml");
    if let Some(place) = place {
        diagnostic = diagnostic.at(place).label("wants it");
    }
    diagnostic
}

/// What a path shares with those that are one file with it where case does not count, and its index.
type FoldedPath<'a> = (Cow<'a, str>, usize);

fn start_of(folded: &[FoldedPath<'_>], path: &str) -> usize {
    folded.partition_point(|(known, _)| known.as_ref() < path)
}

fn file_at(folded: &[FoldedPath<'_>], path: &str) -> Option<usize> {
    folded.get(start_of(folded, path)).filter(|(known, _)| known == path).map(|(_, index)| *index)
}

/// Two pages that clash in the default language clash in each, and so do their texts: the pages of the
/// default one report it. An alias that is written for one language clashes there alone.
fn is_repeated(
    site: &Content,
    folded: &[FoldedPath<'_>],
    first: &(OutPath, Route),
    second: &(OutPath, Route),
) -> bool {
    if matches!(
        (first.1, second.1),
        (Route::PlainText(..), Route::PlainText(..)) | (Route::Card(..), Route::Card(..))
    ) {
        return true;
    }
    let (Some(one), Some(two)) = (in_default_language(site, first), in_default_language(site, second)) else {
        return false;
    };
    let count = |path: &str| {
        folded.iter().skip(start_of(folded, path)).take_while(|(known, _)| known == path).count()
    };
    if one == two { count(&one) > 1 } else { count(&one) > 0 && count(&two) > 0 }
}

/// The path of the default language that is as this one, which is of another.
fn in_default_language(site: &Content, (path, route): &(OutPath, Route)) -> Option<String> {
    let (Route::Page(language, _)
    | Route::Redirect(language, _)
    | Route::PlainText(language, _)
    | Route::Card(language, _)) = route
    else {
        return None;
    };
    let folded = path.folded();
    let (folder, rest) = folded.split_once('/')?;
    (*language != DEFAULT_LANGUAGE && folder == site.language(*language)).then(|| rest.to_owned())
}

fn remedy(first: Route, second: Route) -> &'static str {
    let is_any = |is_it: fn(Route) -> bool| is_it(first) || is_it(second);
    if is_any(|route| matches!(route, Route::Redirect(..))) {
        "take the alias out, or give it another path"
    } else if is_any(|route| matches!(route, Route::File(_) | Route::PictureCopy(..))) {
        "rename the file"
    } else {
        "rename one of them, or give it a `slug`"
    }
}

fn clash(
    site: &Content,
    first: &(OutPath, Route),
    second: &(OutPath, Route),
    is_same: bool,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let (one, two) = (owner_of(site, first, diagnostics), owner_of(site, second, diagnostics));
    let fact = if is_same && one.name == two.name {
        format!("{} wants the output {} twice", one.name, second.0)
    } else if is_same {
        format!("two files want the output {}: {} and {}", second.0, one.name, two.name)
    } else {
        format!("the output {} of {} is where {} needs a folder", first.0, one.name, two.name)
    };
    let mut diagnostic = Diagnostic::error(Code::SAME_OUTPUT, fact).help(remedy(first.1, second.1));
    let mut places = [two.place, one.place].into_iter().flatten();
    if let Some(place) = places.next() {
        diagnostic = diagnostic.at(place).label("wants it");
    }
    if let Some(place) = places.next() {
        diagnostic = diagnostic.also(place, "wants it too");
    }
    diagnostic
}

/// Who writes a path, for a message.
struct PathOwner {
    name: String,
    place: Option<Place>,
}

fn owner_of(site: &Content, (path, route): &(OutPath, Route), diagnostics: &Diagnostics<'_>) -> PathOwner {
    let at = |file: &str, span: Span| PathOwner {
        name: file.to_owned(),
        place: Some(diagnostics.place(file, span)),
    };
    let of = |article: &ArticleBase| at(&article.file, article.id_span);
    match route {
        Route::Page(_, Page::Briefing(ix))
        | Route::PlainText(_, Page::Briefing(ix))
        | Route::Card(_, Page::Briefing(ix)) => of(&site.briefings[*ix].article),
        Route::Page(_, Page::Stub(ix))
        | Route::PlainText(_, Page::Stub(ix))
        | Route::Card(_, Page::Stub(ix)) => of(&site.stubs[*ix].article),
        Route::Page(_, Page::Plain(ix)) | Route::PlainText(_, Page::Plain(ix)) => {
            of(&site.pages[*ix].article)
        }
        Route::Page(_, Page::Neighbourhood(ix, 0)) | Route::PlainText(_, Page::Neighbourhood(ix, 0)) => {
            term_owner(&site.neighbourhoods[*ix].term, &of)
        }
        Route::Page(_, Page::Sheet(ix)) => {
            let PathOwner { name, place } = term_owner(&site.neighbourhoods[*ix].term, &of);
            PathOwner { name: format!("the sheet of {name}"), place }
        }
        Route::Page(_, Page::Source(ix, 0)) | Route::PlainText(_, Page::Source(ix, 0)) => {
            term_owner(&site.sources[*ix].term, &of)
        }
        Route::Page(_, Page::Event(ix, 0)) | Route::PlainText(_, Page::Event(ix, 0)) => {
            term_owner(&site.events[*ix].term, &of)
        }
        Route::File(ix) => {
            let file = &site.files[*ix].path;
            PathOwner { name: file.to_string(), place: Some(Place::file(file)) }
        }
        Route::PictureCopy(ix, width) => {
            let file = &site.files[*ix].path;
            let name = format!("the copy of {file} that is {width} pixels wide");
            PathOwner { name, place: Some(Place::file(file)) }
        }
        Route::Redirect(language, page) => {
            let mut found = None;
            for_each_alias(site, &mut |alias, article, of| {
                if of == *page
                    && alias_paths(site, &alias.value, article).contains(&(*language, path.clone()))
                {
                    found = Some(at(&article.file, alias.span));
                }
            });
            found.expect("every redirect comes from an alias")
        }
        _ => PathOwner { name: "bulletin itself".to_owned(), place: None },
    }
}

fn term_owner<R: Record>(term: &Term<R>, of: &impl Fn(&ArticleBase) -> PathOwner) -> PathOwner {
    match &term.record {
        Some(record) => of(record),
        None => PathOwner { name: format!("the {} \"{}\"", R::WHAT, term.name), place: None },
    }
}
