//! Random edits of whole sites: what is made from the site before is what linking gives.

mod random_sites;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use rayon::prelude::*;

use super::*;
use crate::diag::has_errors;
use crate::engine::{self, BuildOptions, Prepared};
use crate::parse;
use crate::render::Renderer;
use crate::site::link;
use crate::sources::{ArticleFile, Store};
use crate::time::{DayOrMoment, Moment, parse_day_or_moment};

type Files = BTreeMap<String, Vec<u8>>;

/// A site of this repository.
struct Sample {
    files: Files,
    prepared: Prepared,
}

static SAMPLES: LazyLock<[Sample; 2]> = LazyLock::new(|| ["", "tests/sites/port-brine"].map(sample));

fn sample(folder: &str) -> Sample {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Files::new();
    for part in ["site.toml", "content", "static"] {
        for entry in walkdir::WalkDir::new(root.join(part)) {
            // The demo has no static/.
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let prepared = engine::prepare(&options(&files)).0.unwrap();
    Sample { files, prepared }
}

fn now() -> Moment {
    match parse_day_or_moment("2031-05-04T12:00:00Z").unwrap() {
        DayOrMoment::Moment(moment) => moment,
        DayOrMoment::Day(_) => unreachable!(),
    }
}

fn options(files: &Files) -> BuildOptions {
    let store = Store::memory(files.clone());
    BuildOptions { store, now: DayOrMoment::Moment(now()), as_of: None, drafts: false, base_url: None }
}

fn link_options() -> LinkOptions {
    LinkOptions { now: now(), as_of: None, drafts: false }
}

/// A site between two edits.
struct State {
    sources: SourceSet,
    articles: Vec<Article>,
    options: LinkOptions,
    site: Site,
    diagnostics: Vec<Diagnostic>,
}

fn begin(files: &Files) -> State {
    let (sources, _) = SourceSet::load(Store::memory(files.clone()));
    let sources = sources.unwrap();
    let parsed = sources.articles.iter().map(|file| {
        let parsed = parse::article(file, &sources.config);
        assert!(!has_errors(&parsed.diagnostics), "{:?}", parsed.diagnostics);
        parsed.article.unwrap()
    });
    let articles: Vec<Article> = parsed.collect();
    let options = link_options();
    let (site, diagnostics) = link(&sources, &articles, &[], None, &options);
    State { sources, articles, options, site, diagnostics }
}

/// How a file is edited; numbers choose a line and a place in it.
#[derive(Clone, Debug)]
enum Edit {
    Append(&'static str),
    InsertLine(usize, &'static str),
    InsertWord(usize, usize),
    RemoveLine(usize),
    RepeatLine(usize),
    MoveLine(usize, usize),
    ChangeDigit(usize, char),
    /// A line becomes what another article says with the same key.
    Borrow(usize, usize),
    /// One claim more, that says and names the same as another.
    RepeatClaim(usize),
    RemoveClaim(usize),
}

const LINES: [&str; 15] = [
    "# a comment, or a heading",
    "summary = \"Another summary\"",
    "authors = [\"A. Writer\"]",
    "not_known = [\"Who did it\"]",
    "embargo_until = 2031-05-05T00:00:00Z",
    "aliases = [\"old/path.html\"]",
    "event = \"pump-fire-2031-05-01\"",
    "source = \"Unattributed\"",
    "status_why = \"two people saw it\"",
    "checked = 2031-05-04T08:00:00Z",
    "note = \"So it is said today.\"",
    "spellings = [\"Another Name\"]",
    "See [the harbour](place:Harbour) and [the wire](source:brine-wire).",
    "See [water](/content/briefings/2031/water-cut.md) and [the town](/content/about.md).",
    "## Another heading",
];

fn edit() -> impl Strategy<Value = Edit> {
    let line = any::<prop::sample::Index>().prop_map(|index| index.index(10_000));
    let text = prop::sample::select(&LINES[..]);
    prop_oneof![
        3 => text.clone().prop_map(Edit::Append),
        3 => (line.clone(), text).prop_map(|(line, text)| Edit::InsertLine(line, text)),
        6 => (line.clone(), 0_usize..40).prop_map(|(line, at)| Edit::InsertWord(line, at)),
        2 => line.clone().prop_map(Edit::RemoveLine),
        1 => line.clone().prop_map(Edit::RepeatLine),
        1 => (line.clone(), line.clone()).prop_map(|(from, to)| Edit::MoveLine(from, to)),
        2 => (line.clone(), prop::sample::select(vec!['1', '7'])).prop_map(|(line, digit)| Edit::ChangeDigit(line, digit)),
        6 => (line.clone(), line.clone()).prop_map(|(line, other)| Edit::Borrow(line, other)),
        4 => line.clone().prop_map(Edit::RepeatClaim),
        2 => line.prop_map(Edit::RemoveClaim),
    ]
}

/// The lines of a claim, and where the front matter ends.
fn claim(lines: &[String], which: usize) -> Option<(Range<usize>, usize)> {
    let end = lines.iter().skip(1).position(|line| line == "+++")? + 1;
    // A repeat of a repeat in one briefing is an error.
    let is_repeat = |at: usize| {
        lines[at + 1..end]
            .iter()
            .take_while(|line| !line.starts_with("[["))
            .any(|line| line.starts_with("repeats"))
    };
    let starts: Vec<usize> = (0..end).filter(|at| lines[*at] == "[[claims]]" && !is_repeat(*at)).collect();
    let start = *starts.get(which % starts.len().max(1))?;
    let next = lines[start + 1..end].iter().position(|line| line.starts_with("[["));
    Some((start..next.map_or(end, |at| start + 1 + at), end))
}

/// The text of a file after an edit; `all` are the lines of all files.
fn edited(text: &str, edit: &Edit, all: &[String]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let len = lines.len();
    match edit {
        Edit::Borrow(at, other) => {
            let line = &mut lines[at % len];
            let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
            let alike: Vec<&String> =
                all.iter().filter(|other| key(line).is_some() && key(other) == key(line)).collect();
            if !alike.is_empty() {
                line.clone_from(alike[other % alike.len()]);
            }
        }
        Edit::RepeatClaim(which) => {
            if let Some((claim, end)) = claim(&lines, *which) {
                let mut block: Vec<String> =
                    lines[claim].iter().filter(|line| !line.starts_with("id")).cloned().collect();
                block.insert(1, format!("id = \"again-{len}\""));
                lines.splice(end..end, block);
            }
        }
        Edit::RemoveClaim(which) => {
            if let Some((claim, _)) = claim(&lines, *which) {
                lines.drain(claim);
            }
        }
        Edit::Append(line) => lines.extend([String::new(), (*line).to_owned()]),
        Edit::InsertLine(at, line) => lines.insert(at % len, (*line).to_owned()),
        Edit::InsertWord(at, space) => {
            let line = &mut lines[at % len];
            let spaces: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).collect();
            if !spaces.is_empty() {
                line.insert_str(spaces[space % spaces.len()], " again");
            }
        }
        Edit::RemoveLine(at) => drop(lines.remove(at % len)),
        Edit::RepeatLine(at) => lines.insert(at % len, lines[at % len].clone()),
        Edit::MoveLine(from, to) => {
            let line = lines.remove(from % len);
            lines.insert(to % len, line);
        }
        Edit::ChangeDigit(at, digit) => {
            let line = &mut lines[at % len];
            *line = line.replacen(|c: char| c.is_ascii_digit() && c != *digit, &digit.to_string(), 1);
        }
    }
    lines.join("\n") + "\n"
}

/// Edits one article, as [`replace_text`] does.
fn step(state: &mut State, index: usize, edit: &Edit) -> bool {
    let lines = |file: &Arc<ArticleFile>| file.text.lines().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<String> = state.sources.articles.iter().flat_map(lines).collect();
    let text = edited(&state.sources.articles[index].text, edit, &all);
    replace_text(state, index, text)
}

/// Replaces the text of one article, and holds what is made of the site before against what linking gives;
/// whether something was made. A text that does not parse is left as it was.
fn replace_text(state: &mut State, index: usize, text: String) -> bool {
    let file = &mut state.sources.articles[index];
    let before = std::mem::replace(&mut Arc::make_mut(file).text, text);
    let parsed = parse::article(&state.sources.articles[index], &state.sources.config);
    let Some(after) = parsed.article.filter(|_| !has_errors(&parsed.diagnostics)) else {
        Arc::make_mut(&mut state.sources.articles[index]).text = before;
        return false;
    };
    let changed = [(state.articles[index].clone(), after.clone())];
    let made = relink(&state.site, &state.diagnostics, &state.sources, &changed, &state.options);
    state.articles[index] = after;
    let (site, diagnostics) = link(&state.sources, &state.articles, &[], None, &state.options);
    let is_made = made.is_some();
    if let Some((made, told)) = &made {
        let file = &state.sources.articles[index];
        assert_eq!(told, &diagnostics, "{}:\n{}", file.path, file.text);
        assert!(inside(made) == inside(&site), "{} was\n{before}\nand is\n{}", file.path, file.text);
    }
    (state.site, state.diagnostics) = made.unwrap_or((site, diagnostics));
    is_made
}

/// All that a site holds, but for what is looked up by hash.
fn inside(site: &Site) -> String {
    let texts = (&site.home, &site.pages, &site.briefings, &site.stubs, &site.links);
    let terms = (&site.neighbourhoods, &site.sources, &site.events);
    let lists = (&site.dates, &site.files, &site.corrections, &site.figures, &site.schedule, &site.repeats);
    format!("{texts:?}{terms:?}{lists:?}{:?}{}", site.assessments, site.spelling_count)
}

fn assert_same_pages(sample: &Sample, one: &Site, other: &Site) {
    let paths = |site: &Site| site.routes.all().to_vec();
    assert_eq!(paths(one), paths(other));
    let renderer = |site: &Site| {
        let Prepared { templates, words, .. } = &sample.prepared;
        Renderer::new(&Arc::new(site.clone()), templates, words, &Arc::default())
    };
    let (first, second) = (renderer(one), renderer(other));
    one.routes.all().par_iter().for_each(|(path, route)| {
        let (first, second) = (first.render(path, *route), second.render(path, *route));
        assert_eq!(first.unwrap(), second.unwrap(), "{path}");
    });
}

proptest! {
    // Each case links and renders whole sites.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(10)))]

    #[test]
    fn what_is_made_from_the_site_before_is_what_linking_gives(
        sample in 0_usize..2,
        edits in prop::collection::vec((any::<prop::sample::Index>(), edit()), 1..12),
    ) {
        let sample = &SAMPLES[sample];
        let mut state = begin(&sample.files);
        for (file, edit) in edits {
            let index = file.index(state.articles.len());
            step(&mut state, index, &edit);
        }
        // What was made of what was made, step by step, against one look at all files.
        let (linked, _) = link(&state.sources, &state.articles, &[], None, &state.options);
        assert_same_pages(sample, &state.site, &linked);
    }
}

/// Drafts, and what has a stub in its place, are not shown.
fn is_shown(site: &Site, article: &Article) -> bool {
    match article {
        Article::Briefing(briefing) => find_briefing(&site.content, briefing).is_some(),
        Article::Translation(translation) => articles(&site.content).any(|(page, _)| {
            let mut all = site.content.translations(page).into_iter().flat_map(BTreeMap::values);
            all.any(|own| Arc::ptr_eq(own, translation))
        }),
        other => put(&mut site.content.clone(), other, other).is_some(),
    }
}

#[test]
fn an_edit_of_text_alone_does_not_link_the_whole_site() {
    for sample in SAMPLES.iter() {
        let mut state = begin(&sample.files);
        for index in 0..state.articles.len() {
            let path = state.sources.articles[index].path.to_string();
            let is_told = state.diagnostics.iter().any(|told| is_about(told, &path));
            let is_shown = is_shown(&state.site, &state.articles[index]);
            let is_made = step(&mut state, index, &Edit::Append("A word more."));
            assert_eq!(is_made, is_shown && !is_told, "{path}");
        }
    }
}

#[test]
fn another_claim_of_known_sources_does_not_link_the_whole_site() {
    let mut state = begin(&SAMPLES[0].files);
    let mut made = 0;
    for index in 0..state.articles.len() {
        let Article::Briefing(briefing) = &state.articles[index] else { continue };
        if !briefing.claims.is_empty() {
            made += usize::from(step(&mut state, index, &Edit::RepeatClaim(0)));
        }
    }
    assert!(made >= 4, "{made}");
    // No text links to those.
    for index in 0..state.articles.len() {
        let Article::Briefing(briefing) = &state.articles[index] else { continue };
        let newest = briefing.claims.iter().position(|claim| claim.id.value.as_str().starts_with("again-"));
        if let Some(newest) = newest {
            made -= usize::from(step(&mut state, index, &Edit::RemoveClaim(newest)));
        }
    }
    assert_eq!(made, 0);
}

/// Edits every line of every file in its turn, each time from the same site.
fn sweep(edit: impl Fn(usize) -> Edit) {
    let mut state = begin(&SAMPLES[1].files);
    for index in 0..state.articles.len() {
        for line in 0..state.sources.articles[index].text.lines().count() {
            let (text, article) = (state.sources.articles[index].text.clone(), state.articles[index].clone());
            let linked = (state.site.clone(), state.diagnostics.clone());
            step(&mut state, index, &edit(line));
            Arc::make_mut(&mut state.sources.articles[index]).text = text;
            state.articles[index] = article;
            (state.site, state.diagnostics) = linked;
        }
    }
}

#[test]
fn a_site_without_any_one_line_is_the_one_that_linking_gives() {
    sweep(Edit::RemoveLine);
}

#[test]
fn a_site_with_another_digit_in_any_line_is_the_one_that_linking_gives() {
    sweep(|line| Edit::ChangeDigit(line, '2'));
}

#[test]
fn a_site_without_any_one_claim_is_the_one_that_linking_gives() {
    sweep(Edit::RemoveClaim);
}

#[test]
fn a_site_with_a_line_of_another_file_is_the_one_that_linking_gives() {
    sweep(|line| Edit::Borrow(line, line * 7));
}

#[test]
fn a_site_with_another_word_in_any_line_is_the_one_that_linking_gives() {
    sweep(|line| Edit::InsertWord(line, 2));
}
