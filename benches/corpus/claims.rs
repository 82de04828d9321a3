//! A site of very many claims and little else, for what weighs them.
//!
//! Every second claim is about an event that ten briefings report. Half of the sources pass on
//! another, and every seventh has an owner.

const SOURCES: usize = 500;
const PER_BRIEFING: usize = 50;

/// Paths and texts of a site of that many claims, a multiple of 50.
pub fn files(count: usize) -> Vec<(String, String)> {
    let site = "title = \"Claims\"\nbase_url = \"https://claims.example/\"\n\n[parties]\nhills = \"Hills\"\n";
    let mut files = vec![("site.toml".to_owned(), site.to_owned())];
    files.extend((0..SOURCES).map(record));
    files.extend((0..count / PER_BRIEFING).map(briefing));
    files
}

fn record(index: usize) -> (String, String) {
    let relays =
        if index % 2 == 1 { format!("relays = [\"source-{}\"]\n", index - 1) } else { String::new() };
    let owner =
        if index.is_multiple_of(7) { format!("owner = \"House {}\"\n", index % 5) } else { String::new() };
    let party = if index.is_multiple_of(3) { "hills" } else { "none" };
    let text = format!("+++\ntitle = \"source-{index}\"\nparty = \"{party}\"\n{relays}{owner}+++\n");
    (format!("content/sources/source-{index}.md"), text)
}

fn briefing(index: usize) -> (String, String) {
    let (day, hour) = (1 + index / 24 % 28, index % 24);
    let mut text = format!("+++\ntitle = \"Briefing {index}\"\ndate = 2023-02-{day:02}T{hour:02}:00:00Z\n");
    for claim in 0..PER_BRIEFING {
        let maker = (index * 31 + claim * 17) % SOURCES;
        let relay = (maker + 1 + claim) % SOURCES;
        text.push_str(&format!("\n[[claims]]\ntext = \"Claim {claim}.\"\nsource = \"source-{maker}\"\n"));
        text.push_str(&format!("via = [\"source-{relay}\"]\n"));
        if claim % 2 == 0 {
            text.push_str(&format!("event = \"event-{}-{claim}\"\n", index / 10));
        }
    }
    (format!("content/briefings/b{index}.md"), text + "+++\n")
}
