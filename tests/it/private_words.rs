//! A site that the generator was not written for: its pages are compared with results worked out by
//! hand, and every output byte is searched for what must not be published.

use crate::common::built::{self, Tree, kestrel_sound};
use crate::common::html::{Page, text_of, within};
use crate::common::{NOW, Site, tree};

fn site() -> Site {
    Site::named("kestrel-sound")
}

fn built(arguments: &[&str]) -> Tree {
    let site = site();
    let run = site.run(&[&["build", "--quiet"], arguments].concat());
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(run.stderr, "", "nothing to say of it: {run}");
    tree(&site.public())
}

fn page(site: &Tree, path: &str) -> Page {
    Page::parse(built::text(site, path))
}

fn texts(site: &Tree, path: &str, selector: &str) -> Vec<String> {
    page(site, path).all(selector).iter().map(text_of).collect()
}

fn text(site: &Tree, path: &str, selector: &str) -> String {
    texts(site, path, selector).join(" ")
}

/// The status and the count of origins of an event, from its page.
fn event(site: &Tree, id: &str) -> (String, String) {
    let path = format!("events/{id}.html");
    (text(site, &path, "main > p > .s"), text(site, &path, "main > details p:first-of-type"))
}

/// Panics if the bytes or the name of an output file contain one of these.
fn assert_nowhere(site: &Tree, words: &[&str]) {
    for (path, bytes) in site {
        let said = without_digests(&String::from_utf8_lossy(bytes)).to_lowercase();
        for word in words {
            let word = word.to_lowercase();
            assert!(!said.contains(&word) && !path.to_lowercase().contains(&word), "{word} in {path}");
        }
    }
}

/// A page's policy has digests in base64, where any two letters may come by chance.
fn without_digests(text: &str) -> String {
    const DIGEST: usize = 44;
    let mut parts = text.split("'sha256-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.get(DIGEST..).unwrap_or(part))
}

/// Texts of records of protected sources, of drafts, and of removed content.
const NEVER: [&str; 8] = ["QQ", "Joren", "Joran", "Halvard", "Maud", "qq.example", "Ferries", "يورن"];

#[test]
fn private_content_is_in_no_output_byte() {
    for arguments in [
        &["--now", NOW][..],
        &["--now", "2031-04-09T00:00:00+12:45"],
        &["--now", NOW, "--as-of", "2031-04-11T00:00:00+12:45"],
    ] {
        let site = built(arguments);
        assert_nowhere(&site, &NEVER);
        // The label is no link.
        assert!(text(&site, "briefings/first-report.html", ".facts").contains("a ferry worker"));
        assert!(!site.contains_key("sources/ferryman.html") && !site.contains_key("sources/nurse.html"));
    }
}

#[test]
fn relays_and_outlets_of_one_owner_are_counted_as_by_hand() {
    let at = |time: &str| event(&built(&["--now", NOW, "--as-of", time]), "jetty-strike");
    let one =
        ("One source".to_owned(), "3 outlets, 1 origin. Passing it on does not make it stronger.".to_owned());
    // The monitor, the wire that relays it, and the television that relays the wire.
    assert_eq!(at("2031-04-06T08:00:00+12:45"), one);
    // Claims of their own do not change that.
    assert_eq!(at("2031-04-06T12:00:00+12:45"), one);
    // The radio of the same owner was at the place itself.
    let two = "4 outlets, 2 origins. At least one origin is of no party to the conflict.".to_owned();
    assert_eq!(at("2031-04-06T20:00:00+12:45"), ("Two or more independent sources".to_owned(), two));
    let contested =
        ("Sources disagree".to_owned(), "4 outlets, 2 origins. Somebody says that this is wrong.".to_owned());
    assert_eq!(at("2031-04-07T08:59:59+12:45").0, "Two or more independent sources");
    // The same moment with another offset.
    assert_eq!(at("2031-04-06T20:15:00Z"), contested);
    let site = kestrel_sound();
    assert_eq!(event(site, "jetty-strike"), contested);
    let why = text(site, "events/jetty-strike.html", "main > details");
    assert!(
        why.contains("Only passed it on: Gull Wire, Skerry TVDenied by: North Gazette, Northern command"),
        "{why}"
    );
    // In the first briefing too, which is days older than the denial.
    assert_eq!(text(site, "briefings/first-report.html", "#claim-jetty .s"), "Sources disagree");
}

#[test]
fn an_event_page_shows_who_relayed_whom() {
    let site = kestrel_sound();
    let rows = texts(site, "events/jetty-strike.html", "tbody tr");
    let begins: Vec<String> = page(site, "events/jetty-strike.html")
        .all("tbody tr")
        .iter()
        .map(|row| text_of(&within(row, "td").next().unwrap()))
        .collect();
    assert_eq!(
        begins,
        [
            "Gull WireCounts as passing on: Tern Monitor",
            "Skerry Radio",
            "Skerry TVCounts as passing on: Gull Wire",
            "Tern Monitor",
            "North GazetteDenies it",
            "Northern commandDenies it"
        ]
    );
    assert!(rows[3].ends_with("Gull Wire, Skerry TV"), "{rows:?}");
    assert!(rows[5].contains("Statement by a party to the conflict: The northern command."), "{rows:?}");
}

#[test]
fn owners_and_sides_are_assessed_as_by_hand() {
    let site = kestrel_sound();
    let of = |id: &str, status: &str, counts: &str, rule: &str| {
        assert_eq!(event(site, id), (status.to_owned(), format!("{counts}. {rule}")), "{id}");
    };
    of("house", "One source", "2 outlets, 1 origin", "Passing it on does not make it stronger.");
    of("side", "One side only", "2 outlets, 2 origins", "All origins are of one party to the conflict.");
    let parties = "The origins are of different parties to the conflict.";
    of("both", "Two or more independent sources", "2 outlets, 2 origins", parties);
    let unknown = "It is not known that the origins are of different sides.";
    of("unknown", "One side only", "2 outlets, 2 origins", unknown);
    // The ferry worker belongs to the other side, and agreement of two sides would reveal it.
    of("jetty-fire", "One side only", "3 outlets, 2 origins", unknown);
}

#[test]
fn a_claim_at_midnight_belongs_to_the_day_of_the_site() {
    let site = kestrel_sound();
    let when = text(site, "briefings/first-report.html", "#claim-jetty");
    // A second before the clocks go back, and an hour later: only the offset differs.
    assert!(when.contains("6 April 2031, 03:44 (GMT+13:45)"), "{when}");
    assert!(when.contains("Said 6 April 2031, 04:05"), "{when}");
    assert!(text(site, "dates/2031-04-06.html", "main").contains("The old jetty was struck."));
    // It was the 5th in the offset of the source.
    assert!(!text(site, "dates/2031-04-05.html", "main").contains("The old jetty was struck."));
    // A range is shown in full on its first and last day too.
    for day in ["2031-03-30", "2031-04-05"] {
        let shown = text(site, &format!("dates/{day}.html"), "main");
        assert!(shown.contains("30 March 2031 to 5 April 2031"), "{day}: {shown}");
    }
    assert!(text(site, "figures.html", ".counts .row").contains("30 March 2031 to 5 April 2031"));
}

#[test]
fn equal_bounds_are_one_number_and_no_time_has_no_label() {
    let site = kestrel_sound();
    assert!(page(site, "figures.html").all("svg text").iter().map(text_of).any(|word| word == "1"));
    assert!(!text(site, "figures.html", "main").contains("1 to 1"));
    let page = page(site, "figures.html");
    let owners: Vec<String> = page.all(".row > div + div > p:first-child").iter().map(text_of).collect();
    let is_whole = |owner: &String| !owner.ends_with('·') && !owner.contains("· ·");
    assert!(!owners.is_empty() && owners.iter().all(is_whole), "{owners:?}");
}

#[test]
fn as_of_undoes_corrections_one_by_one() {
    let dead = |site: &Tree| {
        let row = "#claim-dead";
        (
            text(site, "briefings/first-report.html", &format!("{row} .t")),
            text(site, "figures.html", "main > section:nth-of-type(1) li:first-child .row > div:first-child"),
        )
    };
    let figure = |text: &str, number: &str| (text.to_owned(), number.to_owned());
    let at = |time: &str| built(&["--now", NOW, "--as-of", time]);
    let first = at("2031-04-07T09:59:59+12:45");
    assert_eq!(dead(&first), figure("Tern Monitor: Three people were killed.", "“three” killed One source"));
    assert_nowhere(&first, &["fourth name", "were alive", "Two people were killed", "took its word back"]);
    let second = at("2031-04-06T21:15:00Z");
    assert_eq!(
        dead(&second),
        figure(
            "Tern Monitor: Three people were killed.",
            "“three” killed One source · best estimate 4 · Corrected"
        )
    );
    assert_nowhere(&second, &["were alive", "Two people were killed"]);
    let third = at("2031-04-08T10:00:00+12:45");
    assert_eq!(
        dead(&third),
        figure("Tern Monitor: Two people were killed.", "“two” killed One source · Corrected")
    );
    assert_eq!(text(&third, "figures.html", "main > section:nth-of-type(1) li:nth-child(2) .n b"), "“one”");
    // The page says that it is an earlier state, and of when.
    assert!(text(&third, "index.html", ".note").contains("8 April 2031, 10:00"));
}

#[test]
fn a_withdrawn_briefing_leaves_its_reason_and_is_a_correction() {
    let site = built(&["--now", "2031-04-09T18:00:00+12:44"]);
    let stub = text(&site, "briefings/shelter-open.html", "main");
    assert!(stub.contains("7 April 2031, 18:00 (GMT+12:45)") && stub.contains("Nobody was there."), "{stub}");
    assert!(text(&site, "briefings/water-notice.html", "main").contains("9 April 2031"));
    let boxes = texts(&site, "index.html", ".fix");
    assert_eq!(boxes.len(), 1, "the withdrawal is older than two days: {boxes:?}");
    let site = built(&["--now", "2031-04-09T17:59:59+12:45"]);
    let boxes = texts(&site, "index.html", ".fix");
    assert_eq!(boxes.len(), 2, "{boxes:?}");
    assert!(boxes[0].starts_with("Serious · Correction · 8 April 2031"), "{boxes:?}");
    assert!(
        boxes[1].starts_with("Serious · Withdrawal · 7 April 2031")
            && boxes[1].ends_with("Nobody was there."),
        "{boxes:?}"
    );
    let all = texts(&site, "corrections.html", ".fix");
    assert_eq!(all.len(), 5, "{all:?}");
    assert!(all[3].contains("A shelter is open"), "by time: {all:?}");
    assert!(text(&site, "corrections.html", ".dateline").contains("8 April 2031, 10:00 (GMT+12:45)"));
    assert!(built::text(&site, "corrections.atom").contains("Nobody was there."));
    // It existed at that time.
    let before = built(&["--now", NOW, "--as-of", "2031-04-07T17:59:59+12:45"]);
    assert!(text(&before, "briefings/shelter-open.html", "main").contains("The hall of the quay is open."));
    assert!(!built::text(&before, "corrections.atom").contains("Nobody was there."));
}

#[test]
fn embargo_and_expiry_are_exact_in_any_offset() {
    let has_convoy = |now: &str| built(&["--now", now]).contains_key("briefings/convoy.html");
    assert!(!has_convoy("2031-04-10T05:59:59-03:00"));
    assert!(has_convoy("2031-04-10T21:45:00+12:45"));
    let is_stub = |now: &str| text(&built(&["--now", now]), "briefings/water-notice.html", "h1");
    assert_eq!(is_stub("2031-04-08T11:14:59Z"), "Water comes by cart");
    assert_eq!(is_stub("2031-04-08T11:15:00Z"), "This briefing has expired");
    let due = site().run(&["check", "--now", "2031-04-09T00:00:00+12:45"]).stdout;
    for note in [
        "the embargo ends at 2031-04-10T21:45:00+12:45",
        "the withdrawal notice leaves the home page at 2031-04-09T18:00:00+12:45",
        "a serious correction leaves the home page at 2031-04-10T10:00:00+12:45",
    ] {
        assert!(due.contains(note), "{note} in {due}");
    }
}

#[test]
fn a_neighbourhood_includes_its_children() {
    let site = kestrel_sound();
    let quay = text(site, "neighbourhoods/hollow-quay.html", "main");
    assert!(quay.contains("We stand before what is left of the jetty."), "{quay}");
    assert!(quay.contains("No report about: Shelter, Movement"), "what was withdrawn is no report: {quay}");
    assert!(quay.contains("No report since 6 April 2031, 20:00, which does not mean that it is quiet."));
    let town = text(site, "neighbourhoods/varn.html", "main");
    assert!(
        town.contains("Movement Last report 10 April 2031, 08:00 A convoy passed through Varn."),
        "{town}"
    );
    assert!(town.contains("Nothing since The taps of the quay are dry."), "{town}");
    assert!(text(site, "neighbourhoods/hollow-quarry.html", "main").contains("There is nothing here yet."));
}

#[test]
fn arabic_pages_have_the_same_content() {
    let site = kestrel_sound();
    let event = text(site, "ar/events/jetty-strike.html", "main");
    for part in ["المصادر متعارضة", "4 ناقلين، أصلان.", "يُعدّ ناقلًا فقط: مرصد الخرشنة", "ضُرب الرصيف القديم."]
    {
        assert!(event.contains(part), "{part} in {event}");
    }
    assert!(built::text(site, "ar/corrections.atom").contains("xml:lang=\"ar\""));
}

/// A small site, since it is built once for each leak.
const SMALL: &str = "-- site.toml --\ntitle = \"K\"\nbase_url = \"https://kestrel.example/\"\nlanguages = [\"en\", \"ar\"]\n-- content/briefings/first-report.md --\n+++\ntitle = \"A\"\ndate = 2031-04-06\n+++\n";

const PRIVATE: &str = "-- redact.txt --\n# who must not be found\nIngrid Åström-Løvold\nعبد الرَّحمن\nOkot\n";

/// Input that must stop a build, and the text that no message may contain.
fn leaks() -> Vec<(&'static str, Vec<u8>)> {
    let briefing = |front: &str, body: &str| {
        format!("+++\ntitle = \"New\"\ndate = 2031-04-11\n{front}\n+++\n{body}\n").into_bytes()
    };
    let utf_16 = |text: &str| {
        [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat()
    };
    vec![
        ("content/briefings/new.md", briefing("summary = \"INGRID ASTROM LOVOLD spoke.\"", "")),
        ("content/briefings/new.md", briefing("", "Said In**grid** Åström&#45;Lø*vold*.")),
        ("content/briefings/new.md", briefing("", "## Ingrid Åström-Løvold\n\nText.")),
        (
            "content/briefings/new.md",
            briefing("", "[A](https://example.org/ingrid-%C3%A5str%C3%B6m_l%C3%B8vold)"),
        ),
        ("content/briefings/new.md", briefing("authors = [\"Ｉｎｇｒｉｄ Åström Løvold\"]", "")),
        ("content/briefings/new.md", briefing("neighbourhoods = [\"Okot\"]", "")),
        ("content/briefings/new.md", briefing("aliases = [\"old/okot2.html\"]", "")),
        ("content/briefings/new.md", briefing("", "قال عبـــد الرّحمن.")),
        ("content/briefings/new.md", briefing("", "وقال عبدالرحمن.")),
        ("content/briefings/new.md", briefing("", "ﻋﺒﺪ ﺍﻟﺮﺣﻤﻦ")),
        ("content/briefings/new.md", briefing("[[claims]]\ntext = \"x\"\nsource = \"عبد الرحمن\"", "")),
        ("content/briefings/new.md", briefing("withdrawn = { at = 2031-04-12, why = \"Okot's word.\" }", "")),
        (
            "content/briefings/new.md",
            briefing("[[corrections]]\nat = 2031-04-12\nkind = \"correction\"\nwhy = \"Okot said so.\"", ""),
        ),
        ("content/briefings/ingridastromlovold.md", briefing("", "")),
        ("content/briefings/first-report.ar.md", "+++\ntitle = \"عن عبد الرحمٰن\"\n+++\n".into()),
        (
            "content/sources/tern-monitor.md",
            "+++\ntitle = \"Tern Monitor\"\nkind = \"monitor\"\nspellings = [\"Okot\"]\n+++\n".into(),
        ),
        ("static/photo-okot.txt", "-".into()),
        ("static/عبد-الرحمن.txt", "-".into()),
        ("static/list.csv", b"name\nIngrid \xc5str\xf6m-L\xf8vold\n".to_vec()),
        ("static/list.csv", utf_16("الاسم\nعبد الرحمن\n")),
        ("static/data.json", br#"["Ingrid\n\u00c5str\u00f6m-L\u00f8vold"]"#.to_vec()),
        ("static/old.html", b"<p>Ingrid <b>&Aring;str&ouml;m</b> L&oslash;vold".to_vec()),
    ]
}

#[test]
fn a_private_word_in_any_form_stops_the_build_and_is_never_printed() {
    let site = Site::new(SMALL);
    site.write(PRIVATE);
    site.build();
    let good = tree(&site.public());
    for ((path, bytes), format) in leaks().into_iter().zip(["human", "short", "json"].into_iter().cycle()) {
        let before = site.exists(path).then(|| site.read(path));
        site.write_bytes(path, &bytes);
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let run = site.run(&["build", "--now", NOW, "--format", format]);
        assert_eq!(run.code, Some(1), "{path}: {shown}\n{run}");
        let said = run.to_string().to_lowercase();
        assert!(said.contains("redacted-word"), "{path}: {shown}\n{run}");
        for word in ["ingrid", "åström", "astrom", "løvold", "lovold", "okot", "الرحمن", "عبدالر"]
        {
            assert!(!said.contains(word), "{word} is printed for {path}: {shown}\n{run}");
        }
        assert!(tree(&site.public()) == good, "nothing was published");
        match before {
            Some(text) => site.write_bytes(path, text.as_bytes()),
            None => site.remove(path),
        }
    }
    site.build();
}

#[test]
fn a_file_that_cannot_be_searched_is_reported() {
    let site = Site::new(SMALL);
    site.write_bytes("static/minutes.docx", b"PK\x03\x04packed");
    site.write(PRIVATE);
    let run = site.build();
    assert!(
        run.stderr.contains("warning[unsearched-file]") && run.stderr.contains("static/minutes.docx"),
        "{run}"
    );
}

#[test]
fn the_name_of_a_protected_source_stops_the_build() {
    let site = Site::new(SMALL);
    site.write("-- content/sources/ferry.md --\n+++\ntitle = \"Joren Halvard\"\nnames = { ar = \"يورن هالفارد\" }\nspellings = [\"Jorr\", \"J. O'Var\"]\nshort = \"a ferry\"\nprotected = true\nlabel = \"A ferry worker\"\n+++\n");
    site.write("-- content/briefings/new.md --\n+++\ntitle = \"New\"\ndate = 2031-04-07\n[[claims]]\ntext = \"x\"\nsource = \"ferry\"\n+++\nA ferry, a ferry worker, a jorr, Jorrish.\n");
    site.build();
    for (path, text) in [
        (
            "content/briefings/more.md",
            "+++\ntitle = \"More\"\ndate = 2031-04-08\n+++\nThen JOREN halvard said.\n",
        ),
        ("content/briefings/more.md", "+++\ntitle = \"More\"\ndate = 2031-04-08\n+++\nقال ليورن هالفارد.\n"),
        (
            "content/briefings/more.md",
            "+++\ntitle = \"More\"\ndate = 2031-04-08\nneighbourhoods = [\"Jorr\"]\n+++\n",
        ),
        ("content/briefings/more.md", "+++\ntitle = \"To J. O'Var\"\ndate = 2031-04-08\n+++\n"),
        ("static/by-jorr.txt", "-"),
        ("static/joren-halvard_2.txt", "-"),
    ] {
        site.write_bytes(path, text.as_bytes());
        let run = site.try_build();
        assert_eq!(run.code, Some(1), "{text}\n{run}");
        let message =
            "error[protected-name]: a name of the protected source content/sources/ferry.md would reach";
        assert!(run.stderr.contains(message), "{run}");
        let is_printed = ["jor", "halvard", "o'var", "هالفارد"]
            .iter()
            .any(|name| run.stderr.to_lowercase().contains(name));
        assert!(!is_printed, "{run}");
        site.remove(path);
    }
    site.build();
}
