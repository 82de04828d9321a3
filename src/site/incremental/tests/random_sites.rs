//! Made-up sites of a few small briefings that share their terms, dates, measures and events.

use std::fmt::Write as _;

use super::*;
use crate::site::indices::BriefingIx;

const SOURCES: [&str; 4] = ["alder", "birch", "cedar", "unattributed"];
const PLACES: [&str; 3] = ["quay", "mill", "fort"];
const EVENTS: [&str; 2] = ["flood", "fire"];
const MEASURES: [&str; 3] = ["killed", "Killed", "displaced"];
/// Days, ranges, a month and a year.
const DATES: [&str; 6] =
    ["2031-04-28", "2031-04-29", "2031-04-28/2031-04-30", "2031-04", "2031", "2031-03-01/2031-04-20"];

#[derive(Clone, Debug)]
struct RandomClaim {
    source: usize,
    via: Option<usize>,
    place: Option<usize>,
    event: Option<usize>,
    happened: Option<usize>,
    said: Option<usize>,
    /// An hour of the third of May.
    added: Option<usize>,
    denies: bool,
    /// An hour of the fourth of May.
    checked: Option<usize>,
    figure: Option<RandomFigure>,
    text: usize,
    guarded: usize,
}

/// Further lines of a claim: what guards look at, mostly in a way that they let pass.
const GUARDED: [&str; 6] = [
    "",
    "topic = \"health\"",
    "topic = \"movement\"",
    "topic = \"movement\"\nkind = \"statement\"",
    "kind = \"instruction\"",
    "topic = \"health\"\nevidence = [{ url = \"https://example.org/?ll=36.2361,37.1732\" }]",
];
const TEXTS: [&str; 4] = ["T.", "A convoy left.", "Leave the old quay by noon.", "At 36.2361, 37.1732."];
const SUMMARIES: [&str; 3] = ["A summary.", "By noon, leave the old quay", "At 36.2361, 37.1732."];

/// Of a claim of one of the first briefings, which may not exist.
#[derive(Clone, Debug)]
struct RandomRepeat {
    briefing: usize,
    claim: usize,
    /// An hour of the fourth of May.
    checked: Option<usize>,
}

#[derive(Clone, Debug)]
struct RandomFigure {
    measure: usize,
    number: usize,
    /// A claim of the briefing.
    part_of: Option<usize>,
}

#[derive(Clone, Debug)]
struct RandomCorrection {
    /// A day of May, and an hour.
    at: (usize, usize),
    serious: bool,
    claim: Option<usize>,
}

#[derive(Clone, Debug)]
struct RandomBriefing {
    places: Vec<usize>,
    sources: Vec<usize>,
    summary: Option<usize>,
    claims: Vec<RandomClaim>,
    repeats: Vec<RandomRepeat>,
    corrections: Vec<RandomCorrection>,
    /// Hours of the fourth of May.
    embargo_until: Option<usize>,
    expires: Option<usize>,
}

fn figure() -> impl Strategy<Value = RandomFigure> {
    (0..MEASURES.len(), 0_usize..3, prop::option::of(0_usize..4))
        .prop_map(|(measure, number, part_of)| RandomFigure { measure, number, part_of })
}

fn claim() -> impl Strategy<Value = RandomClaim> {
    let names = (
        0..SOURCES.len(),
        prop::option::weighted(0.3, 0..3_usize),
        prop::option::of(0..PLACES.len()),
        prop::option::of(0..EVENTS.len()),
        prop::bool::weighted(0.2),
    );
    let times = (
        prop::option::of(0..DATES.len()),
        prop::option::weighted(0.3, 0..DATES.len()),
        prop::option::of(8..12_usize),
        prop::option::weighted(0.2, 1..5_usize),
    );
    let mostly_first = |count: usize| prop_oneof![8 => Just(0), 1 => 0..count];
    let guarded = (mostly_first(TEXTS.len()), mostly_first(GUARDED.len()));
    (names, times, prop::option::of(figure()), guarded).prop_map(|(names, times, figure, guarded)| {
        let (source, via, place, event, denies) = names;
        let (happened, said, added, checked) = times;
        let (text, guarded) = guarded;
        RandomClaim {
            source,
            via,
            place,
            event,
            happened,
            said,
            added,
            denies,
            checked,
            figure,
            text,
            guarded,
        }
    })
}

fn correction() -> impl Strategy<Value = RandomCorrection> {
    ((2..4_usize, 8..12_usize), any::<bool>(), prop::option::of(0..4_usize))
        .prop_map(|(at, serious, claim)| RandomCorrection { at, serious, claim })
}

fn repeat() -> impl Strategy<Value = RandomRepeat> {
    (0..2_usize, 0..3_usize, prop::option::of(1..5_usize))
        .prop_map(|(briefing, claim, checked)| RandomRepeat { briefing, claim, checked })
}

fn briefing() -> impl Strategy<Value = RandomBriefing> {
    let lists = (
        prop::sample::subsequence(vec![0, 1, 2], 0..3),
        prop::collection::vec(0..3_usize, 0..2),
        prop::collection::vec(claim(), 0..5),
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(repeat(), 1..3)],
        prop::collection::vec(correction(), 0..3),
    );
    let hour = || prop::option::weighted(0.2, 11..24_usize);
    (lists, hour(), hour(), prop::option::weighted(0.2, 0..SUMMARIES.len())).prop_map(
        |((places, sources, claims, repeats, corrections), embargo_until, expires, summary)| RandomBriefing {
            places,
            sources,
            summary,
            claims,
            repeats,
            corrections,
            embargo_until,
            expires,
        },
    )
}

fn names(all: &[&str], which: &[usize]) -> String {
    let names: Vec<String> = which.iter().map(|index| format!("\"{}\"", all[*index])).collect();
    format!("[{}]", names.join(", "))
}

impl RandomBriefing {
    fn text(&self, index: usize) -> String {
        let mut text = format!("+++\ntitle = \"B{index}\"\ndate = 2031-05-0{}T06:00:00Z\n", 1 + index % 2);
        writeln!(text, "neighbourhoods = {}", names(&PLACES, &self.places)).unwrap();
        writeln!(text, "sources = {}", names(&SOURCES, &self.sources)).unwrap();
        if let Some(summary) = self.summary {
            writeln!(text, "summary = \"{}\"", SUMMARIES[summary]).unwrap();
        }
        for (key, hour) in [("embargo_until", self.embargo_until), ("expires", self.expires)] {
            if let Some(hour) = hour {
                writeln!(text, "{key} = 2031-05-04T{hour:02}:00:00Z").unwrap();
            }
        }
        if !self.repeats.is_empty() {
            // Later than any claim.
            text.push_str("updated = 2031-05-04T06:00:00Z\n");
        }
        for claim in self.claims.iter().enumerate() {
            self.push_claim(&mut text, claim);
        }
        for (position, repeat) in self.repeats.iter().enumerate() {
            let RandomRepeat { briefing, claim, checked } = repeat;
            writeln!(text, "[[claims]]\nid = \"r{position}\"\nrepeats = \"b{briefing}/c{claim}\"").unwrap();
            push_checked(&mut text, *checked);
        }
        for RandomCorrection { at: (day, hour), serious, claim } in &self.corrections {
            let at = format!("2031-05-0{day}T{hour:02}:00:00Z");
            writeln!(
                text,
                "[[corrections]]\nat = {at}\nkind = \"update\"\nserious = {serious}\nwhy = \"New.\""
            )
            .unwrap();
            if let Some(claim) = claim.filter(|claim| *claim < self.claims.len()) {
                writeln!(text, "claim = \"c{claim}\"").unwrap();
            }
        }
        text + "+++\nA few words.\n"
    }

    fn push_claim(&self, text: &mut String, (index, claim): (usize, &RandomClaim)) {
        let mut line = |line: String| writeln!(text, "{line}").unwrap();
        line(format!("[[claims]]\nid = \"c{index}\"\ntext = \"{}\"", TEXTS[claim.text]));
        line(format!("source = \"{}\"\n{}", SOURCES[claim.source], GUARDED[claim.guarded]));
        line(format!("via = {}", names(&SOURCES, claim.via.as_slice())));
        if let Some(place) = claim.place {
            line(format!("neighbourhoods = [\"{}\"]", PLACES[place]));
        }
        if let Some(event) = claim.event {
            line(format!("event = \"{}\"\ndenies = {}", EVENTS[event], claim.denies));
        }
        for (key, date) in [("happened", claim.happened), ("said", claim.said)] {
            if let Some(date) = date {
                line(format!("{key} = \"{}\"", DATES[date]));
            }
        }
        if let Some(hour) = claim.added {
            line(format!("added = 2031-05-03T{hour:02}:00:00Z"));
        }
        push_checked(text, claim.checked);
        let mut line = |line: String| writeln!(text, "{line}").unwrap();
        if let Some(RandomFigure { measure, number, part_of }) = &claim.figure {
            let is_whole = |whole: &usize| {
                *whole != index && self.claims.get(*whole).is_some_and(|claim| claim.figure.is_some())
            };
            let part_of = part_of.filter(is_whole).map(|whole| format!(", part_of = \"c{whole}\""));
            let part_of = part_of.unwrap_or_default();
            line(format!("figure = {{ measure = \"{}\", min = {number}{part_of} }}", MEASURES[*measure]));
        }
    }
}

fn push_checked(text: &mut String, hour: Option<usize>) {
    if let Some(hour) = hour {
        writeln!(text, "checked = 2031-05-04T{hour:02}:00:00Z").unwrap();
    }
}

fn site_toml(page_size: usize) -> String {
    format!("title = \"T\"\npage_size = {page_size}\ntopics = [\"health\", \"movement\"]\n")
}

fn files(briefings: &[RandomBriefing], page_size: usize) -> Files {
    let mut files = Files::new();
    files.insert("site.toml".to_owned(), site_toml(page_size).into_bytes());
    let mut record = |folder: &str, id: &str, lines: &str| {
        let text = format!("+++\ntitle = \"{id}\"\n{lines}+++\n");
        files.insert(format!("content/{folder}/{id}.md"), text.into_bytes());
    };
    record("sources", "alder", "kind = \"monitor\"\n");
    record(
        "sources",
        "birch",
        "kind = \"resident\"\nallow = [{ guard = \"unprotected-resident\", why = \"W\", until = 2031-05-02 }]\n",
    );
    record("sources", "cedar", "kind = \"newsroom\"\n");
    record("neighbourhoods", "quay", "parent = \"fort\"\n");
    record("neighbourhoods", "mill", "parent = \"quay\"\n");
    record("neighbourhoods", "fort", "");
    EVENTS.iter().for_each(|id| record("events", id, ""));
    files.insert("content/briefings/all-dates.md".to_owned(), all_dates().into_bytes());
    for (index, briefing) in briefings.iter().enumerate() {
        files.insert(format!("content/briefings/b{index}.md"), briefing.text(index).into_bytes());
    }
    files
}

/// A briefing that is not edited, so that the page of no date comes or goes with those that are.
fn all_dates() -> String {
    let mut text = "+++\ntitle = \"All dates\"\ndate = 2031-05-01T06:00:00Z\n".to_owned();
    for date in DATES {
        let names = "source = \"cedar\"\nneighbourhoods = [\"fort\"]";
        writeln!(text, "[[claims]]\ntext = \"T.\"\n{names}\nhappened = \"{date}\"").unwrap();
    }
    text + "+++\nA few words.\n"
}

fn index_of(state: &State, briefing: usize) -> usize {
    let path = format!("content/briefings/b{briefing}.md");
    state.sources.articles.iter().position(|file| *file.path == *path).unwrap()
}

/// A site that is said to hold is the one that linking gives then.
fn pass_time(state: &mut State, hours: i64) {
    state.options.now = state.options.now.hours_later(hours).unwrap();
    if state.site.holds_with(&state.options) {
        let (linked, _) = link(&state.sources, &state.articles, &[], None, &state.options);
        assert_eq!(inside(&state.site), inside(&linked));
    }
}

proptest! {
    #[test]
    fn a_site_after_random_edits_and_some_hours_is_the_one_that_linking_gives(
        briefings in prop::collection::vec(briefing(), 2..6),
        edits in prop::collection::vec((any::<prop::sample::Index>(), briefing(), 0..9_i64), 1..5),
        page_size in prop::sample::select(vec![10_usize, 50]),
    ) {
        let mut state = begin(&files(&briefings, page_size));
        for (which, edited, hours) in edits {
            pass_time(&mut state, hours);
            let which = which.index(briefings.len());
            let index = index_of(&state, which);
            replace_text(&mut state, index, edited.text(which));
        }
    }

    #[test]
    fn briefings_that_are_removed_and_added_again_in_any_order_leave_a_site_as_it_was(
        briefings in prop::collection::vec(briefing(), 1..6),
        removed in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
        batch in 1_usize..4,
    ) {
        let state = begin(&files(&briefings, 50));
        let mut site = state.site.clone();
        let mut order: Vec<BriefingIx> = Vec::new();
        for which in removed {
            let ix = BriefingIx::from(which.index(site.briefings.len()));
            if !order.contains(&ix) {
                order.push(ix);
                site.content.remove(ix);
            }
        }
        if order.len() == site.briefings.len() {
            prop_assert!(site.dates.is_empty() && site.figures.is_empty() && site.corrections.all.is_empty());
        }
        order.reverse();
        order.chunks(batch).for_each(|batch| site.content.add(batch));
        prop_assert_eq!(inside(&site), inside(&state.site));
    }
}

#[test]
fn a_file_leaves_the_site_with_the_last_link_to_it() {
    let text = |body: &str| format!("+++\ntitle = \"A\"\ndate = 2031-05-01T00:00:00Z\n+++\n{body}\n");
    let mut state = begin(&Files::from([
        ("site.toml".to_owned(), b"title = \"T\"\n".to_vec()),
        ("content/briefings/a/index.md".to_owned(), text("[T](t.csv), [T](t.csv)").into_bytes()),
        ("content/briefings/a/t.csv".to_owned(), b"1".to_vec()),
    ]));
    let is_published = |state: &State| state.site.routes.find("briefings/a/t.csv").is_some();
    assert!(replace_text(&mut state, 0, text("[T](t.csv)")) && is_published(&state));
    assert!(!replace_text(&mut state, 0, text("No link.")) && !is_published(&state));
}

#[test]
fn an_edit_of_a_briefing_with_a_recent_correction_does_not_link_the_whole_site() {
    let recent = RandomCorrection { at: (3, 8), serious: true, claim: None };
    let briefing = |corrections: Vec<RandomCorrection>| RandomBriefing {
        places: vec![2],
        sources: Vec::new(),
        summary: None,
        claims: Vec::new(),
        repeats: Vec::new(),
        corrections,
        embargo_until: None,
        expires: None,
    };
    let mut state = begin(&files(&[briefing(vec![recent.clone()])], 50));
    assert_eq!(state.site.due(&state.sources).len(), 1);
    let index = index_of(&state, 0);
    assert!(replace_text(&mut state, index, briefing(vec![recent.clone(), recent]).text(0)));
    assert!(replace_text(&mut state, index, briefing(Vec::new()).text(0)));
    assert_eq!(state.site.due(&state.sources).len(), 0);
}

#[test]
fn an_edit_of_a_claim_that_is_repeated_changes_what_repeats_it_and_does_not_link_the_whole_site() {
    let claim = |place: usize| RandomClaim {
        source: 0,
        via: None,
        place: Some(place),
        event: None,
        happened: None,
        said: None,
        added: None,
        denies: false,
        checked: None,
        figure: None,
        text: 0,
        guarded: 0,
    };
    let briefing = |claims: Vec<RandomClaim>, repeats: Vec<RandomRepeat>| RandomBriefing {
        places: Vec::new(),
        sources: Vec::new(),
        summary: None,
        claims,
        repeats,
        corrections: Vec::new(),
        embargo_until: None,
        expires: None,
    };
    let repeat = RandomRepeat { briefing: 0, claim: 1, checked: Some(2) };
    let original = |place: usize| briefing(vec![claim(2), claim(place)], Vec::new());
    let mut state = begin(&files(&[original(0), briefing(Vec::new(), vec![repeat])], 50));
    assert!(!crate::diag::has_errors(&state.diagnostics));
    let (index, repeating) = (index_of(&state, 0), index_of(&state, 1));
    // Another place, then one claim less before it.
    assert!(replace_text(&mut state, index, original(2).text(0)));
    let text = original(2).text(0).replacen("id = \"c0\"", "id = \"c9\"", 1);
    assert!(replace_text(&mut state, index, text.clone()));
    let renamed = state.sources.articles[repeating].text.replace("\"r0\"", "\"r1\"");
    assert!(replace_text(&mut state, repeating, renamed));
    // The claim is gone: that is an error, and linking finds it.
    assert!(!replace_text(&mut state, index, text.replace("\"c1\"", "\"c8\"")));
    assert!(crate::diag::has_errors(&state.diagnostics));
}
