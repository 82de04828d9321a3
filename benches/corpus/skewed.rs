//! Sites in which very many claims belong to one source, place, event, day or briefing, or very many places to
//! one site: what grows faster than its content shows here.

/// How many claims a briefing has, unless it has all of them.
const PER_BRIEFING: usize = 10;

/// What all claims have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Source,
    Place,
    Event,
    Day,
    Briefing,
    /// Nothing: each has a place of its own.
    Nothing,
}

/// Paths and texts of a site of that many claims, a multiple of 10.
pub fn files(shared: Shared, claims: usize) -> Vec<(String, String)> {
    let site = "title = \"Skewed\"\nbase_url = \"https://skewed.example/\"\ntopics = [\"water\"]\n";
    let per_briefing = if shared == Shared::Briefing { claims } else { PER_BRIEFING };
    let mut files = vec![("site.toml".to_owned(), site.to_owned())];
    files.extend((0..claims / per_briefing).map(|index| {
        let path = format!("content/briefings/b{index}.md");
        (path, briefing(shared, index, per_briefing))
    }));
    files
}

fn briefing(shared: Shared, index: usize, claims: usize) -> String {
    let day = if shared == Shared::Day { 0 } else { index };
    let date = format!("{}-{:02}-{:02}", 2005 + day / 336 % 20, 1 + day / 28 % 12, 1 + day % 28);
    let mut text = format!("+++\ntitle = \"Briefing {index}\"\ndate = {date}T{:02}:00:00Z\n", index % 24);
    for claim in 0..claims {
        let number = index * claims + claim;
        let one_of = |name: &str, is_shared: bool, others: usize| {
            format!("{name} {}", if is_shared { 0 } else { 1 + number % others })
        };
        let source = one_of("Desk", shared == Shared::Source, 200);
        let places = if shared == Shared::Nothing { usize::MAX } else { 50 };
        let place = one_of("Quarter", shared == Shared::Place, places);
        text.push_str(&format!(
            "\n[[claims]]\ntext = \"The pump of well {number} runs again.\"\nsource = \"{source}\"\n\
             neighbourhoods = [\"{place}\"]\nhappened = \"{date}\"\ntopic = \"water\"\n"
        ));
        if shared == Shared::Event {
            text.push_str("event = \"flood\"\n");
        }
    }
    text + "+++\n"
}
