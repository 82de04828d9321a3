//! Made-up sites with what may not be published yet or any more, protected sources, repeats and translations.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

/// Two open sources with a record, a protected one, one without a record, and none.
const SOURCES: [&str; 5] = ["alder", "birch", "ann", "Radio Brine", "unattributed"];
const PLACES: [&str; 3] = ["mill", "quay", "Low Street"];
const MEASURES: [&str; 2] = ["hurt", "Displaced"];

/// What becomes of a briefing on the fourth of May, when the site is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    Shown,
    Draft,
    Embargoed,
    Expired,
    Withdrawn,
    /// As of an earlier time it has only expired.
    ExpiredAndWithdrawn,
}

#[derive(Clone, Debug)]
pub struct RandomClaim {
    source: usize,
    via: Option<usize>,
    place: Option<usize>,
    has_event: bool,
    has_id: bool,
    is_translated: bool,
    figure: Option<(usize, u8)>,
    /// Of this briefing; the first figure is the whole.
    is_part: bool,
    /// Days after the first of May.
    added: Option<u8>,
    corrections: Vec<u8>,
}

#[derive(Clone, Debug)]
pub struct RandomBriefing {
    fate: Fate,
    claims: Vec<RandomClaim>,
    corrections: Vec<u8>,
    is_translated: bool,
    repeats_first: bool,
}

fn claim() -> impl Strategy<Value = RandomClaim> {
    let names = (
        0..SOURCES.len(),
        prop::option::weighted(0.3, 0..4_usize),
        prop::option::of(0..PLACES.len()),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    let figure = (prop::option::of((0..MEASURES.len(), 0..4_u8)), any::<bool>());
    let times = (prop::option::weighted(0.3, 1..3_u8), prop::collection::vec(1..3_u8, 0..3));
    (names, figure, times).prop_map(|(names, (figure, is_part), (added, corrections))| {
        let (source, via, place, has_event, has_id, is_translated) = names;
        let via = via.filter(|via| *via != source);
        RandomClaim {
            source,
            via,
            place,
            has_event,
            has_id,
            is_translated,
            figure,
            is_part,
            added,
            corrections,
        }
    })
}

pub fn briefing() -> impl Strategy<Value = RandomBriefing> {
    let fate = prop_oneof![
        4 => Just(Fate::Shown),
        1 => Just(Fate::Draft),
        1 => Just(Fate::Embargoed),
        1 => Just(Fate::Expired),
        1 => Just(Fate::Withdrawn),
        1 => Just(Fate::ExpiredAndWithdrawn),
    ];
    let lists = (prop::collection::vec(claim(), 0..5), prop::collection::vec(1..3_u8, 0..3));
    (fate, lists, any::<bool>(), any::<bool>()).prop_map(
        |(fate, (claims, corrections), is_translated, repeats_first)| RandomBriefing {
            fate,
            claims,
            corrections,
            is_translated,
            repeats_first,
        },
    )
}

/// The files of a site; the first briefing is what others repeat.
pub fn files(briefings: &[RandomBriefing]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut add = |path: String, text: String| files.insert(path, text.into_bytes());
    let record = |lines: &str| format!("+++\n{lines}+++\n");
    add(
        "site.toml".into(),
        "title = \"T\"\nlanguages = [\"en\", \"ar\"]\npage_size = 2\nlicence = \"CC-BY-4.0\"\n".into(),
    );
    add(
        "content/sources/alder.md".into(),
        record("title = \"Alder\"\nkind = \"ngo\"\nnames = { ar = \"ألدر\" }\n"),
    );
    add(
        "content/sources/birch.md".into(),
        record("title = \"Birch\"\nkind = \"monitor\"\nrelays = [\"ann\", \"alder\"]\n"),
    );
    add(
        "content/sources/ann.md".into(),
        record(
            "title = \"Ann Quayle\"\nkind = \"resident\"\nprotected = true\nlabel = \"a woman of the port\"\n",
        ),
    );
    add(
        "content/neighbourhoods/mill.md".into(),
        record("title = \"Mill Lane\"\nparent = \"quay\"\npoint = { lat = -36.21, lon = 37.2 }\n"),
    );
    add("content/neighbourhoods/quay.md".into(), record("title = \"=Quay\"\nspellings = [\"Old Quay\"]\n"));
    add("content/events/flood.md".into(), record("title = \"A flood\"\n"));
    for (index, briefing) in briefings.iter().enumerate() {
        add(format!("content/briefings/b{index}.md"), briefing.text(index, &briefings[0]));
        if briefing.is_translated {
            add(format!("content/briefings/b{index}.ar.md"), briefing.translation(index));
        }
    }
    files
}

impl RandomBriefing {
    fn text(&self, index: usize, first: &Self) -> String {
        let mut text = format!("+++\ntitle = \"B{index}\"\nupdated = 2031-05-03\n");
        writeln!(text, "date = 2031-05-01T{:02}:00:00Z", 6 + u8::from(index > 0)).unwrap();
        let fate = match self.fate {
            Fate::Shown => "",
            Fate::Draft => "draft = true\n",
            Fate::Embargoed => "embargo_until = 2031-05-06\n",
            Fate::Expired => "expires = 2031-05-02\n",
            Fate::ExpiredAndWithdrawn => {
                "expires = 2031-05-02\nwithdrawn = { at = 2031-05-03, why = \"It was false: WHO.\" }\n"
            }
            Fate::Withdrawn => "withdrawn = { at = 2031-05-02, why = \"It was false: WHO.\" }\n",
        };
        text.push_str(&fate.replace("WHO", &format!("b{index}")));
        for (position, claim) in self.claims.iter().enumerate() {
            claim.push_to(&mut text, index, position, self.whole());
        }
        if self.repeats_first && index > 0 && first.fate != Fate::Draft && first.fate != Fate::Embargoed {
            let repeated = first.claims.iter().position(|claim| claim.has_id && claim.added.is_none());
            if let Some(position) = repeated {
                writeln!(text, "[[claims]]\nid = \"again\"\nrepeats = \"b0/c{position}\"\nnote = \"Again.\"")
                    .unwrap();
            }
        }
        for (number, day) in self.corrections.iter().enumerate() {
            push_correction(&mut text, *day, &format!("Why b{index} n{number}."));
        }
        text + "+++\nA few words.\n"
    }

    /// The position of the claim with the figure that includes others.
    fn whole(&self) -> Option<usize> {
        self.claims.iter().position(|claim| claim.has_id && claim.figure.is_some())
    }

    fn translation(&self, index: usize) -> String {
        let mut text = format!("+++\ntitle = \"ب{index}\"\nupdated = 2031-05-03\n[claim_text]\n");
        for (position, claim) in self.claims.iter().enumerate() {
            if claim.has_id && claim.is_translated {
                writeln!(text, "c{position} = \"قول {index} {position}.\"").unwrap();
            }
        }
        text + "+++\nكلمات قليلة.\n"
    }
}

impl RandomClaim {
    fn push_to(&self, text: &mut String, index: usize, position: usize, whole: Option<usize>) {
        let mut line = |line: String| writeln!(text, "{line}").unwrap();
        line("[[claims]]".to_owned());
        if self.has_id {
            line(format!("id = \"c{position}\""));
        }
        line(format!("text = \"-Words {index} {position}.\"\nsource = \"{}\"", SOURCES[self.source]));
        if let Some(via) = self.via {
            line(format!("via = [\"{}\"]", SOURCES[via]));
        }
        if let Some(place) = self.place {
            line(format!("neighbourhoods = [\"{}\"]\nhappened = \"2031-04-30\"", PLACES[place]));
        }
        if self.has_event {
            line("event = \"flood\"".to_owned());
        }
        if let Some(day) = self.added {
            line(format!("added = 2031-05-0{day}T08:00:00Z"));
        }
        if let Some((measure, number)) = self.figure {
            let part = whole.filter(|whole| self.is_part && *whole != position);
            let part = part.map(|whole| format!(", part_of = \"c{whole}\"")).unwrap_or_default();
            line(format!("figure = {{ measure = \"{}\", min = {number}{part} }}", MEASURES[measure]));
        }
        for (number, day) in self.corrections.iter().enumerate().filter(|_| self.has_id) {
            push_correction(text, *day, &format!("Why b{index} c{position} n{number}."));
            writeln!(text, "claim = \"c{position}\"").unwrap();
        }
    }
}

fn push_correction(text: &mut String, day: u8, why: &str) {
    writeln!(text, "[[corrections]]\nat = 2031-05-0{day}T09:00:00Z\nkind = \"update\"\nwhy = \"{why}\"")
        .unwrap();
}
