//! What holds for any few sources: their status by rules that are written out here once more, by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::model::{Article, Status};
use crate::parse;
use crate::site::{LinkOptions, Site, link};
use crate::sources::{SourceSet, Store};
use crate::time::{DayOrMoment, parse_day_or_moment};

const NAMES: [&str; 5] = ["alderton", "birchwood", "cedarhall", "dogfordham", "elmsgate"];
const MISSPELT: [&str; 5] = ["aldrton", "birchwod", "cedrhall", "dogfrdham", "elmsgte"];
const STRANGER: &str = "zzyqx";

#[derive(Clone, Debug)]
struct RandomSource {
    has_record: bool,
    /// `None`: no one wrote it.
    party: Option<&'static str>,
    is_government: bool,
    owner: Option<&'static str>,
    relays: Vec<usize>,
    sees: &'static str,
}

/// Source and relays, by number. 5 is a stranger whom no one described.
type RandomClaim = (usize, Vec<usize>);

#[derive(Clone, Debug)]
struct Case {
    has_parties: bool,
    sources: Vec<RandomSource>,
    claims: Vec<RandomClaim>,
}

fn random_source() -> impl Strategy<Value = RandomSource> {
    let party = prop::option::of(prop::sample::select(vec!["none", "unknown", "north", "south"]));
    let owner =
        prop::option::weighted(0.4, prop::sample::select(vec!["Hill Media", "Quay", NAMES[0], NAMES[1]]));
    let sees = prop::sample::select(vec!["unknown", "unknown", "desk", "relay", "network", "on-the-spot"]);
    let relays = prop::collection::vec(0..NAMES.len(), 0..3);
    (any::<u8>(), party, prop::bool::weighted(0.2), owner, prop::bool::ANY, relays, sees).prop_map(
        |(number, party, is_government, owner, is_relaying, relays, sees)| RandomSource {
            has_record: number % 5 > 0,
            party,
            is_government,
            owner,
            relays: if is_relaying { relays } else { Vec::new() },
            sees,
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    let claim = (0..NAMES.len(), prop::collection::vec(0..NAMES.len(), 0..2));
    (any::<bool>(), prop::collection::vec(random_source(), 5), prop::collection::vec(claim, 1..6))
        .prop_map(|(has_parties, sources, claims)| Case { has_parties, sources, claims })
}

fn name(number: usize) -> &'static str {
    NAMES.get(number).copied().unwrap_or(STRANGER)
}

/// The names of claims as they are written.
type WrittenClaim = (&'static str, Vec<&'static str>);

fn written(claims: &[RandomClaim]) -> Vec<WrittenClaim> {
    claims
        .iter()
        .map(|(source, via)| (name(*source), via.iter().map(|relay| name(*relay)).collect()))
        .collect()
}

/// The status of each event, given its claims.
fn statuses(case: &Case, events: &[Vec<WrittenClaim>]) -> Vec<Status> {
    let parties = if case.has_parties { "[parties]\nnorth = \"N\"\nsouth = \"S\"\n" } else { "" };
    let mut files = vec![("site.toml".to_owned(), format!("title = \"T\"\n{parties}").into_bytes())];
    for (number, source) in case.sources.iter().enumerate().filter(|(_, source)| source.has_record) {
        let path = format!("content/sources/{}.md", name(number));
        files.push((path, record(case, number, source).into_bytes()));
    }
    let mut text = "+++\ntitle = \"B\"\ndate = 2031-01-01T10:00:00Z\n".to_owned();
    for (event, claims) in events.iter().enumerate() {
        for (source, via) in claims {
            writeln!(
                text,
                "[[claims]]\ntext = \"x\"\nsource = {source:?}\nvia = {via:?}\nevent = \"event-{event:04}\""
            )
            .expect("memory");
        }
    }
    files.push(("content/briefings/b.md".to_owned(), format!("{text}+++\n").into_bytes()));
    let site = linked(files);
    site.events.indices().map(|event| site.status_of_event(event)).collect()
}

fn record(case: &Case, number: usize, source: &RandomSource) -> String {
    let mut text = format!("+++\ntitle = {:?}\nsees = {:?}\n", name(number), source.sees);
    if let Some(party) = written_party(case, source) {
        writeln!(text, "party = {party:?}").expect("memory");
    }
    if source.is_government {
        text.push_str("kind = \"government\"\n");
    }
    if let Some(owner) = source.owner {
        writeln!(text, "owner = {owner:?}").expect("memory");
    }
    let relays: BTreeSet<&str> = source.relays.iter().map(|relay| name(*relay)).collect();
    writeln!(text, "relays = {relays:?}\n+++", relays = relays.into_iter().collect::<Vec<_>>())
        .expect("memory");
    text
}

/// A site without parties knows only those that every site has.
fn written_party(case: &Case, source: &RandomSource) -> Option<&'static str> {
    source.party.filter(|party| case.has_parties || !["north", "south"].contains(party))
}

fn linked(files: Vec<(String, Vec<u8>)>) -> Site {
    let (sources, _) = SourceSet::load(Store::memory(files));
    let sources = sources.expect("the site can be read");
    let parsed = sources.articles.iter().map(|file| parse::article(file, &sources.config).article);
    let articles: Vec<Article> = parsed.map(|article| article.expect("it has no fault")).collect();
    let now = match parse_day_or_moment("2031-02-01T00:00:00Z").expect("a date") {
        DayOrMoment::Moment(moment) => moment,
        DayOrMoment::Day(_) => unreachable!(),
    };
    link(&sources, &articles, &[], None, &LinkOptions { now, as_of: None, drafts: false }).0
}

/// The rules, as a person would work them out on paper.
struct ByHand<'c>(&'c Case);

impl ByHand<'_> {
    fn source(&self, number: usize) -> Option<&RandomSource> {
        self.0.sources.get(number).filter(|source| source.has_record)
    }

    /// Sources of one owner, and the owner.
    fn house(&self, number: usize) -> BTreeSet<usize> {
        let mut house = BTreeSet::from([number]);
        loop {
            let more: Vec<usize> = (0..NAMES.len())
                .filter(|other| house.iter().any(|one| self.are_of_one_owner(*one, *other)))
                .collect();
            let before = house.len();
            house.extend(more);
            if house.len() == before {
                return house;
            }
        }
    }

    fn are_of_one_owner(&self, one: usize, other: usize) -> bool {
        let owner = |number: usize| self.source(number).and_then(|source| source.owner);
        let owns = |one: usize, other: usize| owner(other) == Some(name(one)) && self.is_a_source(one);
        owner(one).is_some() && owner(one) == owner(other) || owns(one, other) || owns(other, one)
    }

    /// Some claim or record names it, or it has a record.
    fn is_a_source(&self, number: usize) -> bool {
        let in_claims = self.0.claims.iter().any(|(source, via)| *source == number || via.contains(&number));
        let relays = |source: &RandomSource| source.has_record && source.relays.contains(&number);
        self.source(number).is_some() || in_claims || self.0.sources.iter().any(relays)
    }

    /// All that may be behind the words of a source: its house, and whom it passes on.
    fn possible(&self, number: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open = vec![number];
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.source(next).into_iter().flat_map(|source| &source.relays));
            }
        }
        reached.iter().flat_map(|one| self.house(*one)).collect()
    }

    /// `None` for an unknown side.
    fn side_of_house(&self, number: usize) -> Option<&'static str> {
        let house = self.house(number);
        let described: Vec<&str> =
            house.iter().filter_map(|one| self.source(*one)).map(|s| self.side(s)).collect();
        if described.is_empty() {
            return if self.0.has_parties { None } else { Some("none") };
        }
        let parties: BTreeSet<&str> =
            described.iter().copied().filter(|side| ["north", "south"].contains(side)).collect();
        match parties.len() {
            1 => Some(if parties.contains("north") { "north" } else { "south" }),
            0 if !described.contains(&"unknown") => Some("none"),
            _ => None,
        }
    }

    fn side(&self, source: &RandomSource) -> &'static str {
        let unwritten = if self.0.has_parties || source.is_government { "unknown" } else { "none" };
        written_party(self.0, source).unwrap_or(unwritten)
    }

    /// The side that supports least of those that may be behind the words of a source.
    fn side_of_words(&self, number: usize) -> Option<&'static str> {
        let mut sides = BTreeSet::new();
        for one in self.possible(number) {
            sides.insert(self.side_of_house(one)?);
        }
        sides.remove("none");
        match sides.len() {
            0 => Some("none"),
            1 => sides.into_iter().next(),
            _ => None,
        }
    }

    fn status(&self, claims: &[RandomClaim]) -> Status {
        let passed_on_by_another =
            |number: usize| claims.iter().any(|(source, via)| *source != number && via.contains(&number));
        let speaks = |number: &usize| match self.source(*number).map(|source| source.sees) {
            None | Some("relay") => false,
            Some("network" | "on-the-spot") => true,
            Some(_) => !passed_on_by_another(*number),
        };
        let speaking: BTreeSet<usize> = claims.iter().map(|(source, _)| *source).filter(speaks).collect();
        let mut status = Status::SingleSource;
        for (one, other) in speaking.iter().flat_map(|one| speaking.iter().map(move |other| (*one, *other))) {
            if !self.possible(one).is_disjoint(&self.possible(other)) {
                continue;
            }
            let lifts = match (self.side_of_words(one), self.side_of_words(other)) {
                (Some("none"), _) | (_, Some("none")) => true,
                (Some(one), Some(other)) => one != other,
                _ => false,
            };
            status = status.max(if lifts { Status::Corroborated } else { Status::OneSide });
        }
        status
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_status_of_a_few_sources_is_the_one_worked_out_by_hand(case in case()) {
        let computed = statuses(&case, &[written(&case.claims)]);
        prop_assert_eq!(computed, [ByHand(&case).status(&case.claims)]);
    }

    #[test]
    fn a_claim_of_a_source_without_a_record_never_raises_a_status(
        case in case(), via in prop::collection::vec(0..NAMES.len(), 0..3), at in 0_usize..6,
    ) {
        let claims = written(&case.claims);
        let mut more = claims.clone();
        let via = via.into_iter().collect::<BTreeSet<_>>().into_iter().map(name).collect();
        more.insert(at.min(claims.len()), (STRANGER, via));
        let statuses = statuses(&case, &[claims, more]);
        prop_assert!(statuses[1] <= statuses[0], "{:?}", statuses);
    }

    #[test]
    fn a_misspelt_source_never_raises_a_status(case in case()) {
        let claims = written(&case.claims);
        let mut events = vec![claims.clone()];
        let misspelt = |name: &str| NAMES.iter().position(|known| *known == name).map(|at| MISSPELT[at]);
        for index in 0..claims.len() {
            let mut other = claims.clone();
            other[index].0 = misspelt(claims[index].0).expect("the stranger claims nothing here");
            events.push(other);
            for relay in 0..claims[index].1.len() {
                let mut other = claims.clone();
                other[index].1[relay] = misspelt(claims[index].1[relay]).expect("nor passes it on");
                events.push(other);
            }
        }
        let statuses = statuses(&case, &events);
        prop_assert!(statuses.iter().all(|status| *status <= statuses[0]), "{:?}", statuses);
    }
}
