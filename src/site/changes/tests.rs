use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::engine::{BuildOptions, prepare};
use crate::model::{Status, Word as _};
use crate::site::Site;
use crate::site::indices::ClaimIx;
use crate::sources::Store;
use crate::time::{DayOrMoment, parse_day_or_moment};

fn time(text: &str) -> DayOrMoment {
    parse_day_or_moment(text).expect("a time")
}

fn moment(text: &str) -> Moment {
    match time(text) {
        DayOrMoment::Moment(moment) => moment,
        DayOrMoment::Day(_) => panic!("{text} is a day"),
    }
}

/// The site of some files, as of a time if there is one.
fn site(files: &[(&str, String)], as_of: Option<&str>) -> Arc<Site> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes()));
    let options = BuildOptions {
        store: Store::memory(files.collect::<Vec<_>>()),
        now: time("2031-06-01T00:00:00Z"),
        as_of: as_of.map(time),
        drafts: false,
        base_url: None,
    };
    prepare(&options).0.expect("there is a site").site
}

/// Each change in a line, newest first.
fn listed(site: &Site) -> String {
    let mut text = String::new();
    for change in &site.changes.all {
        write!(text, "{} ", change.at()).expect("memory");
        let id = |ix: BriefingIx| &site.briefings[ix].article.id;
        let claim = |ix: ClaimIx| format!("{}/{}", id(ix.briefing), site.claim(ix).id.value);
        let line = match change.changed {
            Changed::Corrected(Corrected::In((ix, position))) => format!("{} corrected, {position}", id(ix)),
            Changed::Corrected(Corrected::Withdrawn(ix)) => {
                format!("{} withdrawn", site.stubs[ix].article.id)
            }
            Changed::Expired(ix) => format!("{} expired", site.stubs[ix].article.id),
            Changed::EventStatus { event, was, now, by } => {
                format!(
                    "{}: {} -> {}, by {}",
                    site.events[event].term.id,
                    was.word(),
                    now.word(),
                    by.map_or_else(|| "several".to_owned(), claim)
                )
            }
            Changed::HeardAgain { place, briefing, last } => {
                format!(
                    "{} heard from again in {}, last {last}",
                    site.neighbourhoods[place].term.id,
                    id(briefing)
                )
            }
            Changed::Published(ix) => format!("{} published", id(ix)),
            Changed::Claimed(ix) => format!("{} claimed", claim(ix)),
            Changed::Updated(ix) => format!("{} updated", id(ix)),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn briefing(front_matter: &str) -> String {
    format!("+++\ntitle = \"T\"\n{front_matter}\n+++\n")
}

#[test]
fn each_kind_of_change_is_listed_at_its_moment() {
    let record = || "+++\ntitle = \"R\"\n+++\n".to_owned();
    let files = [
        ("site.toml", "title = \"T\"\n".to_owned()),
        ("content/sources/alder.md", record()),
        ("content/sources/birch.md", record()),
        (
            "content/briefings/first.md",
            briefing(
                "date = 2031-05-01T08:00:00Z\nembargo_until = 2031-05-01T09:00:00Z\nupdated = 2031-05-03T08:00:00Z\n\
                 neighbourhoods = [\"quay\"]\n\
                 [[claims]]\nid = \"bridge\"\ntext = \"The bridge is shut.\"\nsource = \"alder\"\nevent = \"bridge\"\n\
                 [[corrections]]\nat = 2031-05-02T08:00:00Z\nkind = \"correction\"\nwhy = \"W\"",
            ),
        ),
        ("content/briefings/plain.md", briefing("date = 2031-05-10T08:00:00Z\nneighbourhoods = [\"fort\"]")),
        (
            "content/briefings/again.md",
            briefing(
                "date = 2031-05-12T08:00:00Z\n[[claims]]\nid = \"seen\"\ntext = \"We saw that the bridge is shut.\"\n\
                 source = \"birch\"\nevent = \"bridge\"\nneighbourhoods = [\"quay\"]\nadded = 2031-05-12T09:00:00Z",
            ),
        ),
        ("content/briefings/old.md", briefing("date = 2031-05-01T08:00:00Z\nexpires = 2031-05-04T08:00:00Z")),
        (
            "content/briefings/wrong.md",
            briefing(
                "date = 2031-05-01T08:00:00Z\nwithdrawn = { at = 2031-05-05T08:00:00Z, why = \"W\" }\n\
                 [[claims]]\ntext = \"Gone.\"\nsource = \"alder\"\nevent = \"bridge\"",
            ),
        ),
    ];
    expect_test::expect![[r#"
        2031-05-12T09:00:00+00:00 bridge: single-source -> corroborated, by again/seen
        2031-05-12T09:00:00+00:00 quay heard from again in again, last 2031-05-01T09:00:00+00:00
        2031-05-12T09:00:00+00:00 again/seen claimed
        2031-05-12T08:00:00+00:00 again published
        2031-05-10T08:00:00+00:00 plain published
        2031-05-05T08:00:00+00:00 wrong withdrawn
        2031-05-04T08:00:00+00:00 old expired
        2031-05-03T08:00:00+00:00 first updated
        2031-05-02T08:00:00+00:00 first corrected, 0
        2031-05-01T09:00:00+00:00 first/bridge claimed
    "#]]
    .assert_eq(&listed(&site(&files, None)));
}

#[test]
fn the_claim_that_made_the_difference_is_named_and_of_several_none() {
    let claim = |id: &str, source: &str, day: u8| {
        format!(
            "[[claims]]\nid = \"{id}\"\ntext = \"{id}\"\nsource = \"{source}\"\nevent = \"bridge\"\nadded = 2031-05-{day:02}T08:00:00Z\n"
        )
    };
    let record = |party: &str| format!("+++\ntitle = \"R\"\nparty = \"{party}\"\n+++\n");
    let claims = [
        claim("first", "alder", 1),
        // It says again what is known; the other one makes the difference.
        claim("again", "alder", 2),
        claim("second", "birch", 2),
        // Only the two of them together.
        claim("third", "cedar", 3),
        claim("fourth", "dogwood", 3),
    ];
    let files = [
        ("site.toml", "title = \"T\"\n[parties]\nnorth = \"N\"\n".to_owned()),
        ("content/sources/alder.md", record("north")),
        ("content/sources/birch.md", record("north")),
        ("content/sources/cedar.md", record("none")),
        ("content/sources/dogwood.md", record("none")),
        ("content/briefings/a.md", briefing(&format!("date = 2031-05-01T08:00:00Z\n{}", claims.join("")))),
    ];
    let listed = listed(&site(&files, None));
    let of_event: Vec<&str> = listed.lines().filter(|line| line.contains(" -> ")).collect();
    assert_eq!(
        of_event,
        [
            "2031-05-03T08:00:00+00:00 bridge: one-side -> corroborated, by several",
            "2031-05-02T08:00:00+00:00 bridge: single-source -> one-side, by a/second"
        ]
    );
}

#[test]
fn a_place_was_not_silent_because_what_was_said_has_expired_or_was_under_embargo() {
    let about = |date: &str, place: &str, more: &str| {
        briefing(&format!("date = 2031-05-{date}T08:00:00Z\nneighbourhoods = [\"{place}\"]\n{more}"))
    };
    let mut files = vec![
        ("site.toml", "title = \"T\"\n".to_owned()),
        ("content/briefings/a.md", about("01", "Quay", "")),
        ("content/briefings/b.md", about("05", "Quay", "expires = 2031-05-06T08:00:00Z")),
        ("content/briefings/c.md", about("10", "Quay", "embargo_until = 2031-05-14T08:00:00Z")),
    ];
    assert!(!listed(&site(&files, None)).contains("heard from again"), "nothing was reported from elsewhere");
    files.push(("content/briefings/d.md", about("09", "Fort", "")));
    assert!(
        !listed(&site(&files, None)).contains("heard from again"),
        "four days after the one that expired"
    );
    files.push(("content/briefings/e.md", about("12", "Fort", "")));
    assert!(
        listed(&site(&files, None)).contains("quay heard from again in c, last 2031-05-05T08:00:00+00:00")
    );
}

#[test]
fn a_status_is_found_among_hundreds_of_sources() {
    let mut files = vec![("site.toml".to_owned(), "title = \"T\"\n".to_owned())];
    for briefing in 0..40 {
        let mut text = format!("+++\ntitle = \"B{briefing}\"\ndate = 2031-05-01T08:00:00Z\n");
        for source in 15 * briefing..15 * (briefing + 1) {
            let added = format!("2031-05-02T00:{:02}:{:02}Z", source / 60, source % 60);
            writeln!(
                text,
                "[[claims]]\ntext = \"x\"\nsource = \"s{source}\"\nevent = \"flood\"\nadded = {added}"
            )
            .expect("memory");
            let record = format!("+++\ntitle = \"s{source}\"\nparty = \"none\"\n+++\n");
            files.push((format!("content/sources/s{source}.md"), record));
        }
        files.push((format!("content/briefings/b{briefing}.md"), text + "+++\n"));
    }
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let listed = listed(&site(&files, None));
    let of_event: Vec<&str> = listed.lines().filter(|line| line.contains(" -> ")).collect();
    assert_eq!(of_event, ["2031-05-02T00:00:01+00:00 flood: single-source -> corroborated, by b0/2"]);
}

#[test]
fn a_pause_of_the_site_is_no_silence_of_a_place() {
    let files = [
        ("site.toml", "title = \"T\"\n".to_owned()),
        ("content/briefings/a.md", briefing("date = 2031-04-01T08:00:00Z\nneighbourhoods = [\"quay\"]")),
        ("content/briefings/b.md", briefing("date = 2031-05-01T08:00:00Z\nneighbourhoods = [\"quay\"]")),
    ];
    assert!(!listed(&site(&files, None)).contains("heard from again"));
}

/// A claim about one event: its source, when it was added, and the statuses that its corrections gave it.
#[derive(Clone, Debug)]
struct ClaimOfFlood {
    source: usize,
    via: Option<usize>,
    denies: bool,
    hour: usize,
    /// Of each day from the second one on; the last one is that of today.
    statuses: Vec<Option<usize>>,
    has_reason: bool,
    /// Who said it before a correction of the third day.
    other_source: Option<usize>,
}

const SOURCES: [&str; 6] = ["alder", "birch", "cedar", "dogwood", "elder", "unattributed"];
const RECORDS: [&str; 4] =
    ["party = \"none\"", "party = \"north\"", "party = \"north\"\nowner = \"alder\"", "party = \"south\""];
const STATUSES: [Status; 8] = [
    Status::Unverified,
    Status::SingleSource,
    Status::OneSide,
    Status::Corroborated,
    Status::Confirmed,
    Status::Contested,
    Status::Withdrawn,
    Status::Disproved,
];

fn claim() -> impl Strategy<Value = ClaimOfFlood> {
    let status = prop::option::weighted(0.8, 0..STATUSES.len());
    let statuses = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(status, 1..4)];
    let sources = (0..SOURCES.len(), prop::option::weighted(0.2, 0..4_usize), prop::bool::weighted(0.15));
    (sources, 0..6_usize, statuses, any::<bool>(), prop::option::weighted(0.15, 0..SOURCES.len())).prop_map(
        |((source, via, denies), hour, statuses, has_reason, other_source)| ClaimOfFlood {
            source,
            via,
            denies,
            hour,
            statuses,
            has_reason,
            other_source,
        },
    )
}

impl ClaimOfFlood {
    fn push_to(&self, text: &mut String, corrections: &mut String, index: usize) {
        let source = SOURCES[self.source];
        let via = self.via.map_or_else(String::new, |via| format!("\"{}\"", SOURCES[via]));
        writeln!(
            text,
            "[[claims]]\nid = \"c{index}\"\ntext = \"x\"\nevent = \"flood\"\nsource = \"{source}\"\nvia = [{via}]\n\
             denies = {}\nadded = 2031-05-01T{:02}:00:00Z",
            self.denies, self.hour
        )
        .expect("memory");
        let word = |status: &Option<usize>| status.map(|status| STATUSES[status].word());
        if let Some(status) = self.statuses.last().and_then(word) {
            writeln!(text, "status = \"{status}\"").expect("memory");
            if self.has_reason {
                text.push_str("status_why = \"w\"\n");
            }
        }
        let mut correct = |day: usize, field: &str, was: Option<&str>, now: Option<&str>| {
            let value = |key: &str, value: Option<&str>| {
                value.map_or_else(String::new, |value| format!("{key} = \"{value}\"\n"))
            };
            write!(
                corrections,
                "[[corrections]]\nat = 2031-05-{day:02}T00:00:00Z\nkind = \"correction\"\nclaim = \"c{index}\"\nfield = \"{field}\"\nwhy = \"w\"\n{}{}",
                value("was", was),
                value("now", now)
            )
            .expect("memory");
        };
        for (day, pair) in self.statuses.windows(2).enumerate() {
            if word(&pair[0]) != word(&pair[1]) {
                correct(day + 2, "status", word(&pair[0]), word(&pair[1]));
            }
        }
        if let Some(other) = self.other_source.filter(|other| *other != self.source) {
            correct(3, "source", Some(SOURCES[other]), Some(source));
        }
    }
}

/// Three briefings, the claims among them.
fn files(claims: &[ClaimOfFlood]) -> Vec<(String, String)> {
    let mut files =
        vec![("site.toml".to_owned(), "title = \"T\"\n[parties]\nnorth = \"N\"\nsouth = \"S\"\n".to_owned())];
    for (source, record) in SOURCES.iter().zip(RECORDS) {
        files.push((
            format!("content/sources/{source}.md"),
            format!("+++\ntitle = \"{source}\"\n{record}\n+++\n"),
        ));
    }
    for briefing in 0..3 {
        let mut text =
            format!("+++\ntitle = \"B{briefing}\"\ndate = 2031-05-01T{:02}:00:00Z\n", 2 * briefing);
        // Every source is named by the site.
        writeln!(text, "sources = {:?}", &SOURCES[..5]).expect("memory");
        let mut corrections = String::new();
        for (index, claim) in claims.iter().enumerate().filter(|(index, _)| index % 3 == briefing) {
            claim.push_to(&mut text, &mut corrections, index);
        }
        files.push((format!("content/briefings/b{briefing}.md"), format!("{text}{corrections}+++\n")));
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn an_event_had_the_status_that_a_build_as_of_then_gives_it(claims in prop::collection::vec(claim(), 1..6)) {
        let files = files(&claims);
        let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
        let today = site(&files, None);
        let turns: Vec<(Moment, Status, Status)> = today.changes.all.iter().rev().filter_map(|change| {
            match change.changed {
                Changed::EventStatus { was, now, .. } => Some((change.at(), was, now)),
                _ => None,
            }
        }).collect();
        let hours = (0..6).map(|hour| format!("2031-05-01T{hour:02}:00:00Z"));
        let days = (2..6).map(|day| format!("2031-05-{day:02}T00:00:00Z"));
        let mut found: Vec<(Moment, Status, Status)> = Vec::new();
        let mut before: Option<Status> = None;
        for at in hours.chain(days) {
            let then = site(&files, Some(&at));
            let event = then.events.enumerated().find(|(_, event)| !event.term.claims.is_empty());
            let status = event.map(|(ix, _)| then.status_of_event(ix));
            if let (Some(was), Some(now)) = (before, status) && was != now {
                found.push((moment(&at), was, now));
            }
            before = status;
        }
        prop_assert_eq!(turns, found);
    }
}
