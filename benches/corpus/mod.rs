//! A made-up site of any size, the same bytes every time.
//!
//! Owns what the corpus holds. Names are invented. Each briefing has about 5 KB,
//! 1–4 of 400 neighbourhoods, 1–4 of 500 sources, 1–4 claims and a day of three years; it links
//! to terms, days, its own claims and an earlier briefing.
//!
//! Invariant: the site builds without an error, and one of 1,000 or 10,000 without a warning; in a smaller one,
//! similar names are written once. A briefing is the same text for the same number of briefings.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// 1,096 days from the first of January 2023.
const DAYS: usize = 1096;
const FIRST_YEAR: usize = 2023;
const NEIGHBOURHOODS: usize = 400;
const SOURCES: usize = 500;
/// Every so many-th term has a record.
const RECORD_EVERY: usize = 8;
/// The length of a briefing's body, to the next whole paragraph.
const BODY_BYTES: usize = 4_000;

const PLACES: [&str; 20] = [
    "Ambervale",
    "Brindlemoor",
    "Corvessa",
    "Duskwater",
    "Elmharrow",
    "Fennick",
    "Galdrith",
    "Hollowmere",
    "Istrane",
    "Jorvath",
    "Kestrup",
    "Lindqua",
    "Morwenna",
    "Northolme",
    "Oskarade",
    "Pellucine",
    "Quarrystone",
    "Rivenhall",
    "Sablefjord",
    "Thornbury",
];
const PARTS: [&str; 20] = [
    "Docks",
    "Orchards",
    "Old Market",
    "Junction",
    "Terraces",
    "Gardens",
    "Mills",
    "Upper Bank",
    "Citadel",
    "Fairground",
    "Quayside",
    "Stockyards",
    "Vineyard",
    "Springs",
    "Bridgehead",
    "Embankment",
    "Kilns",
    "Plateau",
    "Saltworks",
    "Weavers",
];
const DESKS: [&str; 25] = [
    "Alder",
    "Bellwether",
    "Cinnabar",
    "Dovecote",
    "Evenfall",
    "Foxglove",
    "Greywacke",
    "Heronry",
    "Inkwell",
    "Juniper",
    "Kingfisher",
    "Lanternfish",
    "Mulberry",
    "Nightjar",
    "Osprey",
    "Periwinkle",
    "Quillwort",
    "Rosemary",
    "Sandpiper",
    "Tamarisk",
    "Umbra",
    "Verbena",
    "Woodruff",
    "Yarrow",
    "Zephyr",
];
const BODIES: [&str; 20] = [
    "Observatory",
    "Relief Network",
    "Courier",
    "Medical Society",
    "Radio",
    "Water Board",
    "Monitoring Group",
    "Chronicle",
    "Aid Convoy",
    "Teachers' Union",
    "Press Agency",
    "Town Council",
    "Photographers",
    "Legal Clinic",
    "Bakers' Guild",
    "Ambulance Corps",
    "Survey Office",
    "Evening Post",
    "Refugee Desk",
    "Harbour Authority",
];
const SENTENCES: [&str; 24] = [
    "The water ran for two hours in the morning and stopped before noon.",
    "Nobody could tell us when the pump would be repaired.",
    "Three bakeries opened, and each sold out before the queue ended.",
    "Residents described a long night with little sleep.",
    "The clinic on the corner took in more people than it has beds.",
    "A convoy was expected, and did not come.",
    "We reached four households by telephone; two did not answer.",
    "The road to the north was open to people on foot only.",
    "Prices for flour had doubled since the week before.",
    "The power came back at dusk and held until the early hours.",
    "Two schools gave lessons in their cellars.",
    "No one whom we asked had heard of an agreement.",
    "The last count of those who left is eight days old.",
    "Volunteers cleared the rubble from one lane of the street.",
    "A second report of the same hour differs in the place.",
    "The office said that it would publish a list, and has not yet.",
    "Fuel was short, and the generators ran in turns.",
    "Some families moved in with relatives a few streets away.",
    "The market stood half empty, though its stalls were open.",
    "Both statements agree on the hour, and on little else.",
    "Medicine for chronic illness remained hard to find.",
    "It was quiet in the afternoon, by all accounts.",
    "The bridge was closed for some hours and opened again.",
    "We could not see the place ourselves.",
];
const HEADINGS: [&str; 6] =
    ["What we know", "What is disputed", "Water and food", "Movement", "Health care", "How this reached us"];
const TOPICS: [&str; 6] = ["health", "water", "food", "shelter", "movement", "security"];
const CLAIM_KINDS: [&str; 4] = ["event", "condition", "statement", "rumour"];

/// Path from the root of the site, and text.
pub type File = (String, String);

/// The files of a site of `count` briefings: site.toml, records, briefings oldest first.
pub fn files(count: usize) -> impl Iterator<Item = File> {
    std::iter::once(("site.toml".to_owned(), site()))
        .chain((0..NEIGHBOURHOODS).step_by(RECORD_EVERY).map(neighbourhood_record))
        .chain((0..SOURCES).step_by(RECORD_EVERY).map(source_record))
        .chain((0..count).map(move |index| briefing(index, count)))
}

/// The path and the text of one briefing of a site of `count`.
pub fn briefing(index: usize, count: usize) -> File {
    (path(index, count), Writer::new(index, count).briefing())
}

/// Writes a site into a folder that does not exist yet, so that no older one is mixed in.
/// Returns the number of its files.
pub fn write(root: &Path, count: usize) -> io::Result<usize> {
    fs::create_dir_all(root.parent().unwrap_or(root))?;
    fs::create_dir(root)?;
    let mut written = 0;
    for (path, text) in files(count) {
        let place = root.join(path);
        fs::create_dir_all(place.parent().unwrap_or(root))?;
        fs::write(place, text)?;
        written += 1;
    }
    Ok(written)
}

/// site.toml.
pub fn site() -> String {
    let topics = TOPICS.map(|topic| format!("\"{topic}\"")).join(", ");
    format!(
        "title     = \"Corpus\"\n\
         base_url  = \"https://corpus.example/\"\n\
         language  = \"en\"\n\
         languages = [\"en\"]\n\
         timezone  = \"Asia/Damascus\"\n\
         page_size = 50\n\
         topics    = [{topics}]\n\
         \n\
         [parties]\n\
         coast = \"Coast\"\n\
         hills = \"Hills\"\n\
         \n\
         [budget]\n\
         page = 30000\n\
         text = 20000\n"
    )
}

fn neighbourhood_record(index: usize) -> File {
    let name = neighbourhood(index);
    let id = id(&name);
    let text = format!(
        "+++\n\
         title     = \"{name}\"\n\
         spellings = [\"{name} quarter\"]\n\
         point     = {{ lat = {}.5, lon = {}.25, precision = \"neighbourhood\" }}\n\
         +++\n\n\
         {name} lies where two roads meet. {}\n",
        index % 60,
        index % 90,
        SENTENCES[index % SENTENCES.len()]
    );
    (format!("content/neighbourhoods/{id}.md"), text)
}

fn source_record(index: usize) -> File {
    let name = source(index);
    let id = id(&name);
    let kind = ["monitor", "newsroom", "ngo", "activists"][index / RECORD_EVERY % 4];
    let party = ["none", "coast", "hills"][index / RECORD_EVERY % 3];
    let text = format!(
        "+++\n\
         title = \"{name}\"\n\
         kind  = \"{kind}\"\n\
         party = \"{party}\"\n\
         sees  = \"network\"\n\
         url   = \"https://{id}.example/\"\n\
         +++\n\n\
         {name} gathers reports by telephone.\n"
    );
    (format!("content/sources/{id}.md"), text)
}

fn neighbourhood(index: usize) -> String {
    format!("{} {}", PLACES[index % PLACES.len()], PARTS[index / PLACES.len() % PARTS.len()])
}

fn source(index: usize) -> String {
    format!("{} {}", DESKS[index % DESKS.len()], BODIES[index / DESKS.len() % BODIES.len()])
}

/// The slug of a name of ours, made without the code that is measured.
fn id(name: &str) -> String {
    name.to_lowercase().replace("' ", "-").replace(' ', "-")
}

/// The number of a briefing's day. Briefings are spread evenly over the days, oldest first. The first two days
/// have none, since some claims are about days before.
fn day(index: usize, count: usize) -> usize {
    2 + index * (DAYS - 2) / count
}

fn date(mut day: usize) -> String {
    let mut year = FIRST_YEAR;
    let mut month = 0;
    loop {
        let february = if year.is_multiple_of(4) { 29 } else { 28 };
        let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
        if day < days {
            return format!("{year}-{:02}-{:02}", month + 1, day + 1);
        }
        day -= days;
        month += 1;
        if month == 12 {
            (year, month) = (year + 1, 0);
        }
    }
}

fn path(index: usize, count: usize) -> String {
    format!("content/briefings/{}/b{index:06}.md", &date(day(index, count))[..7])
}

/// One briefing while it is written.
struct Writer {
    index: usize,
    count: usize,
    day: String,
    neighbourhoods: Vec<usize>,
    sources: Vec<usize>,
    claims: usize,
    chance: Chance,
    text: String,
}

impl Writer {
    fn new(index: usize, count: usize) -> Self {
        let mut chance = Chance::new(index);
        Self {
            index,
            count,
            day: date(day(index, count)),
            neighbourhoods: chance.some_of(NEIGHBOURHOODS),
            sources: chance.some_of(SOURCES),
            claims: 1 + chance.below(4),
            chance,
            text: String::with_capacity(BODY_BYTES + 2_000),
        }
    }

    fn briefing(mut self) -> String {
        self.front_matter();
        (0..self.claims).for_each(|claim| self.claim(claim));
        self.text.push_str("+++\n");
        self.body();
        self.text
    }

    fn front_matter(&mut self) {
        let (index, lead) = (self.index, neighbourhood(self.neighbourhoods[0]));
        let names = |of: fn(usize) -> String, which: &[usize]| {
            which.iter().map(|index| format!("\"{}\"", of(*index))).collect::<Vec<_>>().join(", ")
        };
        let neighbourhoods = names(neighbourhood, &self.neighbourhoods);
        let sources = names(source, &self.sources);
        let (summary, unknown) = (self.sentence(), self.sentence());
        self.line(format_args!("+++"));
        self.line(format_args!("title = \"Briefing {index} on {lead}\""));
        let (day, hour, minute) = (self.day.clone(), 6 + self.chance.below(16), self.chance.below(60));
        self.line(format_args!("date = {day}T{hour:02}:{minute:02}:00+03:00"));
        self.line(format_args!("as_of = {day}T05:00:00+03:00"));
        self.line(format_args!("summary = \"{summary}\""));
        self.line(format_args!("kind = \"daily\""));
        self.line(format_args!("neighbourhoods = [{neighbourhoods}]"));
        self.line(format_args!("sources = [{sources}]"));
        self.line(format_args!("not_known = [\"{unknown}\"]"));
    }

    fn claim(&mut self, claim: usize) {
        let (sentence, mut topic) = (self.sentence(), self.chance.one_of(&TOPICS));
        let (kind, source) = (self.chance.one_of(&CLAIM_KINDS), source(self.chance.one_of(&self.sources)));
        let place = neighbourhood(self.chance.one_of(&self.neighbourhoods));
        let most = (self.chance.below(4) == 0).then(|| 2 + self.chance.below(30));
        if most.is_none() && sentence.contains("convoy") {
            topic = "movement";
        }
        // A guard stops a movement that is published less than 12 hours after the end of its day.
        let days_ago = if topic == "movement" { 2 } else { 0 };
        let happened = date(day(self.index, self.count) - days_ago);
        self.line(format_args!("\n[[claims]]"));
        self.line(format_args!("id = \"c{claim}\""));
        match most {
            // The text of a claim and its figure say the same number.
            Some(most) => self.line(format_args!("text = \"At least {most} people had left {place}.\"")),
            None => self.line(format_args!("text = \"{sentence}\"")),
        }
        self.line(format_args!("source = \"{source}\""));
        self.line(format_args!("kind = \"{kind}\""));
        self.line(format_args!("happened = \"{happened}\""));
        self.line(format_args!("topic = \"{topic}\""));
        if claim > 0 {
            self.line(format_args!("neighbourhoods = [\"{place}\"]"));
        }
        if let Some(most) = most {
            self.line(format_args!(
                "figure = {{ measure = \"displaced\", said = \"at least {most}\", min = {most} }}"
            ));
        }
    }

    fn body(&mut self) {
        let start = self.text.len();
        let has_footnote = self.chance.below(3) == 0;
        let mut heading = 0;
        while self.text.len() - start < BODY_BYTES {
            if heading < HEADINGS.len() && self.chance.below(3) == 0 {
                self.line(format_args!("\n## {}", HEADINGS[heading]));
                heading += 1;
            }
            match self.chance.below(12) {
                0 => self.table(),
                1 => self.list(),
                2 => {
                    let said = self.sentence();
                    self.line(format_args!("\n> {said}"));
                }
                _ => self.paragraph(),
            }
        }
        if has_footnote {
            let (told, note) = (self.sentence(), self.sentence());
            self.line(format_args!("\n{told}[^hour]\n\n[^hour]: {note}"));
        }
    }

    fn paragraph(&mut self) {
        self.text.push('\n');
        for _ in 0..3 + self.chance.below(3) {
            let sentence = self.sentence();
            match self.chance.below(6) {
                0 => self.link(),
                1 => self.words(format_args!("*{sentence}* ")),
                _ => self.words(format_args!("{sentence} ")),
            }
        }
        self.text.pop();
        self.text.push('\n');
    }

    fn link(&mut self) {
        let place = neighbourhood(self.chance.one_of(&self.neighbourhoods));
        let said = source(self.chance.one_of(&self.sources));
        let (claim, day) = (self.chance.below(self.claims), self.day.clone());
        match self.chance.below(5) {
            0 => self.words(format_args!("So it was in [{place}](place:{}). ", id(&place))),
            1 => self.words(format_args!("That is what [{said}](source:{}) told us. ", id(&said))),
            2 => self.words(format_args!("It rests on [one claim](claim:c{claim}). ")),
            3 => self.words(format_args!("All that we have of [that day](date:{day}) is listed. ")),
            _ if self.index == 0 => {}
            _ => {
                let earlier = path(self.chance.below(self.index), self.count);
                self.words(format_args!("It was told [before](/{earlier}). "));
            }
        }
    }

    fn table(&mut self) {
        self.text.push_str("\n| Place | Reports | Last |\n| --- | ---: | --- |\n");
        for row in 0..self.neighbourhoods.len() {
            let place = neighbourhood(self.neighbourhoods[row]);
            let (reports, day) = (self.chance.below(20), self.day.clone());
            self.line(format_args!("| {place} | {reports} | {day} |"));
        }
    }

    fn list(&mut self) {
        self.text.push('\n');
        for _ in 0..2 + self.chance.below(3) {
            let item = self.sentence();
            self.line(format_args!("- {item}"));
        }
    }

    fn sentence(&mut self) -> &'static str {
        self.chance.one_of(&SENTENCES)
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.text, "{line}").expect("a String takes all");
    }

    fn words(&mut self, words: std::fmt::Arguments<'_>) {
        self.text.write_fmt(words).expect("a String takes all");
    }
}

/// SplitMix64: a few lines, and no dependency whose next version changes the corpus.
struct Chance(u64);

impl Chance {
    fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("less than `end`")
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// 1 to 4 different numbers below `end`.
    fn some_of(&mut self, end: usize) -> Vec<usize> {
        let wanted = 1 + self.below(4);
        let mut some = Vec::with_capacity(wanted);
        while some.len() < wanted {
            let one = self.below(end);
            if !some.contains(&one) {
                some.push(one);
            }
        }
        some
    }
}
