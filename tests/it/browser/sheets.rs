//! Sheets of neighbourhoods on paper: one page each, whatever was reported, and nothing of it hidden.

use std::fmt::Write as _;

use base64::Engine as _;

use crate::common::Site;
use crate::common::browser::Browser;

/// Centimetres: A4 and US Letter.
const PAPERS: [(&str, f64, f64); 2] = [("A4", 21.0, 29.7), ("Letter", 21.59, 27.94)];
const LANGUAGES: [&str; 4] = ["en", "ar", "fr", "es"];

const ENGLISH: &str = "The water main under Quay Street was hit at dawn and the pumps at the harbour have stopped; \
    people fetch water from the well behind the school, where the queue is long and the shade is short.";
const GERMAN: &str = "Die Trinkwassernotversorgungsbrunnen und die Kraftfahrzeughaftpflichtversicherungsunterlagen des \
    Katastrophenschutzzentrums wurden durch die Überschwemmungsgebietsverordnung unzugänglich.";
const ARABIC: &str = "أصيبت شبكة المياه تحت شارع الرصيف فجرًا وتوقفت المضخات في المرفأ، ويجلب السكان الماء من البئر \
    خلف المدرسة حيث الصفوف طويلة والظل قصير.";
const RUSSIAN: &str = "Жители переносят воду из колодца за школой; ещё неизвестно, сколько продлится отключение \
    электричества и вышедших из строя насосных станций.";
const CHINESE: &str =
    "码头街下面的自来水主管道在黎明时分被击中，港口的水泵停止工作，居民从学校后面的水井取水。";
const UNBROKEN: &str =
    "WwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMmWwWwMmMm";

/// What is said of each place: a text, how often it is repeated within a claim, and how many claims there are.
const PLACES: [(&str, &str, usize, usize); 12] = [
    ("none", "", 0, 0),
    ("few", ENGLISH, 1, 1),
    ("many", ENGLISH, 1, 60),
    ("long", ENGLISH, 6, 12),
    ("german", GERMAN, 1, 40),
    ("arabic", ARABIC, 1, 40),
    ("arabic-long", ARABIC, 7, 9),
    ("russian", RUSSIAN, 1, 40),
    ("chinese", CHINESE, 2, 40),
    ("unbroken", UNBROKEN, 2, 30),
    ("short", "No water.", 1, 90),
    ("alternate", "Nothing. ", 5, 70),
];

const SITE: &str = r#"-- site.toml --
title     = "The independent bulletin of the united relief committees of Port Brine and its islands"
base_url  = "https://bulletin.relief-committees.port-brine.example/latest/"
languages = ["en", "ar", "fr", "es"]
topics    = ["water", "health", "food", "security"]
contact   = "The desk of the united relief committees, 2 Quay Street, desk@relief-committees.port-brine.example"
licence   = "CC-BY-4.0"
notice    = { text = "Missing persons and unexploded things: call the civil defence, day and night", url = "tel:112" }
[parties]
navy = "The navy of the northern islands and its allies"
-- content/sources/admiralty.md --
+++
title = "The admiralty of the northern islands"
kind = "military"
party = "navy"
+++
-- content/briefings/last.md --
+++
title = "The last briefing is of a later day"
date = 2031-05-31T12:00:00Z
as_of = 2031-05-31T11:00:00Z
+++
"#;

/// A site with a neighbourhood for each of `PLACES`.
fn site() -> Site {
    let mut text = SITE.to_owned();
    for (place, said, times, claims) in PLACES {
        write!(
            text,
            "-- content/neighbourhoods/{place}.md --\n+++\ntitle = \"{place} beyond the second harbour\"\n\
             names = {{ ar = \"الحي خلف المرفأ الثاني {place}\", fr = \"Le quartier {place} derrière le port\", es = \"El barrio {place} tras el puerto\" }}\n\
             next_due = 2031-06-02T12:00:00Z\n+++\n"
        )
        .unwrap();
        for briefing in 0..claims.div_ceil(10) {
            let in_briefing = (claims - briefing * 10).min(10);
            text.push_str(&briefing_text(place, said, times, briefing, in_briefing));
        }
    }
    Site::new(&text)
}

fn briefing_text(place: &str, said: &str, times: usize, briefing: usize, claims: usize) -> String {
    let said = vec![said; times].join(" ");
    let day = 10 + briefing;
    let mut text = format!(
        "-- content/briefings/{place}-{briefing}.md --\n+++\ntitle = \"What is known of {place}, part {briefing}\"\n\
         date = 2031-05-{day}T12:00:00Z\nneighbourhoods = [\"{place}\"]\n"
    );
    for claim in 0..claims {
        let (kind, source) = [
            ("event", "Radio Brine"),
            ("instruction", "admiralty"),
            ("rumour", "unattributed"),
            ("condition", "The harbour hospital of the united relief committees"),
        ][claim % 4];
        let topic = ["water", "health", "food", "security", ""][claim % 5];
        write!(
            text,
            "[[claims]]\nid = \"c{claim}\"\ntext = \"{claim}. {said}\"\nsource = \"{source}\"\nkind = \"{kind}\"\n"
        )
        .unwrap();
        if !topic.is_empty() {
            writeln!(text, "topic = \"{topic}\"").unwrap();
        }
        match claim % 3 {
            0 => text.push_str(
                "happened = \"2031-05-01~/2031-05-09\"\nvia = [\"The Evening Harbour\", \"Radio Brine\"]\n",
            ),
            1 => text.push_str(
                "status = \"disproved\"\nstatus_why = \"The hospital itself says that it never closed.\"\n",
            ),
            _ => text.push_str("denies = true\nevent = \"main\"\n"),
        }
    }
    let corrected = if times > 1 { claims.min(4) } else { 0 };
    for claim in 0..corrected {
        write!(
            text,
            "[[corrections]]\nat = 2031-05-31T0{claim}:00:00Z\nkind = \"correction\"\nserious = true\nclaim = \"c{claim}\"\n\
             was = \"The pumps run.\"\nnow = \"The pumps are broken.\"\nwhy = \"We mixed up two pumps of the harbour.\"\n"
        )
        .unwrap();
    }
    text.push_str("+++\n");
    text
}

pub(super) fn page_count(pdf: &str) -> usize {
    let bytes = base64::engine::general_purpose::STANDARD.decode(pdf).expect("base64");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("%PDF-"), "a PDF");
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn every_sheet_is_one_page_of_a4_and_of_letter() {
    let site = site();
    let run = site.run(&["build", "--now", "2031-06-01T00:00:00Z"]);
    assert_eq!(run.code, Some(0), "{run}");
    let browser = Browser::start();
    let mut faults = Vec::new();
    for (place, _, _, claims) in PLACES {
        for language in LANGUAGES {
            let tree = if language == "en" { String::new() } else { format!("{language}/") };
            let path = format!("{tree}neighbourhoods/{place}-sheet.html");
            browser.open(&format!("file://{}/{path}", site.public().to_str().unwrap()));
            for (paper, width, height) in PAPERS {
                let pages = page_count(&browser.print_on(width, height));
                if pages != 1 {
                    faults.push(format!("{path} has {pages} pages of {paper}"));
                }
            }
            let shown = browser.script("return document.querySelectorAll('.claim, .fix').length");
            let shown = usize::try_from(shown.as_u64().unwrap()).unwrap();
            // Paper is not wasted: of short claims there are more.
            let at_least = match place {
                "short" if language == "en" => 4,
                "short" => 2,
                _ => 1.min(claims),
            };
            assert!(shown >= at_least, "{path} shows {shown} claims and corrections of {claims}");
            assert_nothing_is_hidden(&browser, &path);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Text that is cut, or too small, or not black on white, when printed.
const FAULTS_ON_PAPER: &str = "
const found = [];
for (const e of document.querySelectorAll('main, main *, footer, footer *, header, header *')) {
  const style = getComputedStyle(e), size = parseFloat(style.fontSize) * 72 / 96;
  if (style.overflow !== 'visible' || style.textOverflow !== 'clip') found.push('cut: ' + e.className);
  if (size < 10.4) found.push('small: ' + size + ' ' + e.className);
  if (style.color !== 'rgb(0, 0, 0)') found.push('colour: ' + style.color + ' ' + e.className);
  if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') found.push('ground: ' + e.className);
}
return found.slice(0, 5);";

fn assert_nothing_is_hidden(browser: &Browser, path: &str) {
    for scheme in ["light", "dark"] {
        browser.media("print", scheme);
        assert_eq!(browser.script(FAULTS_ON_PAPER), serde_json::json!([]), "{path}, {scheme}");
    }
    browser.media("", "light");
}
