//! A full example of each kind.

use super::*;
use crate::config::{KindOfSource, SourceKind};
use crate::model::{BriefingKind, ClaimKind, CorrectionKind, Precision, Sees, Status};

pub(super) const BRIEFING: &str = r#"+++
title   = "Government side reaches the edge of al-Heluk"
date    = 2016-10-02T21:40:00+03:00
updated = 2016-10-03T08:10:00+03:00
as_of   = 2016-10-02T21:00:00+03:00
summary = "One or two sentences."
kind    = "daily"
neighbourhoods = ["al-heluk", "Bustan al-Basha"]
sources = ["sohr"]
slug    = "heluk-edge"
draft   = false
embargo_until = 2016-10-02T21:30:00+03:00
expires = 2016-12-31T00:00:00+03:00
withdrawn = { at = 2016-10-05T09:00:00+03:00, why = "It was about another street." }
authors = ["Aleppo desk"]
next_due = 2016-10-03T21:00:00+03:00
aliases = ["old/path.html"]
allow = [{ guard = "military-movement", why = "It is past.", until = 2016-10-09 }]
not_known   = ["How many of the dead were civilians"]
not_reached = ["opposition commanders"]
withheld    = ["names of residents"]
[extra]
colour = "red"
since = 2016-10-02
deep = { list = [1, 2.5, true] }

[[claims]]
id     = "heluk-edge"
aliases = ["edge-of-heluk", "edge"]
text   = "Government-side forces reached the edge of al-Heluk."
source = "sohr"
via    = ["afp", "al-jazeera"]
kind   = "event"
neighbourhoods = ["al-heluk"]
happened = "2016-10-02~"
added  = 2016-10-02T21:40:00+03:00
said   = 2016-10-02
topic  = "security"
event  = "heluk-2016-10-02"
denies = false
status = "confirmed"
status_why = "Seen by our reporter."
credibility = 3
evidence = [{ url = "https://a.org/1", archived = "https://b.org/1", captured = 2016-10-02T10:00:00Z, sha256 = "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef" }]
figure = { measure = "killed", said = "at least six", min = 6, best = 6.5, max = 8, vague = true, rounded = true, who = "civilians", period = "2016-10-01/2016-10-02", cumulative = true, part_of = "all-dead" }

[[claims]]
text = "Shelling was heard."
source = "unattributed"

[[claims]]
id = "all-dead"
text = "Twenty died."
source = "sohr"

[[corrections]]
at = 2016-10-03T08:10:00+03:00
kind = "correction"
serious = true
claim = "heluk-edge"
field = "figure.min"
was = "8"
now = "6"
why = "Two reports of the same raid had been added."
+++
The *body*.
"#;

pub(super) const NEIGHBOURHOOD: &str = r#"+++
title   = "al-Heluk"
names   = { ar = "الهلك" }
spellings = ["Heluk", "Hulluk", "Haluk"]
summary = "A quarter."
parent  = "east-aleppo"
point   = { lat = 36.236, lon = 37.173, precision = "street" }
geometry = "al-heluk.geojson"
codes   = { pcode = "", geonames = "170063", wikidata = "" }
not     = ["latakia-bustan-al-basha"]
aliases = ["heluk.html"]
[extra]
x = 1
+++
Text.
"#;

pub(super) const SOURCE: &str = r#"+++
title  = "Syrian Observatory for Human Rights"
short  = "SOHR"
names  = { ar = "المرصد" }
spellings = []
summary = "A monitor."
kind   = "monitor"
party  = "opposition"
sees   = "network"
owner  = ""
relays = ["afp"]
url    = "https://www.syriahr.com/"
protected = true
label  = "a monitor"
not = []
aliases = []
+++
"#;

pub(super) const EVENT: &str = "+++\ntitle = \"The raid\"\nnames = { ar = \"الغارة\" }\nspellings = [\"raid\"]\nsummary = \"S\"\n+++\nText.\n";

pub(super) const PAGE: &str = "+++\ntitle = \"About us\"\nsummary = \"Who.\"\nslug = \"about-us\"\ndraft = true\naliases = [\"who.html\"]\n[extra]\n+++\nWe.\n";

pub(super) const HOME: &str = "+++\nsummary = \"Welcome.\"\n+++\nHello.\n";

pub(super) const TRANSLATION: &str = r#"+++
title = "وصلت القوات"
summary = "جملة"
not_known = ["كم"]
not_reached = []
withheld = ["أسماء"]
[claim_text]
heluk-edge = "وصلت القوات إلى أطراف الهلك."
+++
النص
"#;

pub(super) fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Briefing => BRIEFING,
        Kind::Page => PAGE,
        Kind::Home => HOME,
        Kind::Neighbourhood => NEIGHBOURHOOD,
        Kind::Source => SOURCE,
        Kind::Event => EVENT,
        Kind::Translation => TRANSLATION,
    }
}

macro_rules! read_example {
    ($kind:expr, $reader:ident) => {{
        let ((file, stem), text) = ($kind.file(), example($kind));
        let config = site();
        let split = split(file, text).unwrap();
        let (article, diagnostics) = crate::parse::front_matter::$reader(
            &Arc::from(file),
            stem,
            text,
            &split,
            Body::default(),
            &FrontOptions { config: &config, tables: &[] },
        );
        assert_eq!(shown(&diagnostics), "");
        article.unwrap()
    }};
}

#[test]
fn an_example_of_each_kind_has_no_fault_with_any_line_break_and_byte_order_mark() {
    let config = site();
    for kind in Kind::ALL {
        let unix = example(kind);
        let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
        for text in [unix, &windows] {
            assert_eq!(shown(&diagnostics_of(kind, kind.file().1, text, &config)), "", "{kind:?}");
        }
    }
}

#[test]
fn split_gives_the_toml_and_the_body_with_their_offsets_behind_the_byte_order_mark() {
    let split = split("f.md", "\u{feff}+++ \r\na = 1\r\n+++\r\nBody\n+++\n").unwrap();
    assert_eq!((split.front, split.front_at, split.body, split.body_at), ("a = 1\r\n", 6, "Body\n+++\n", 18));
}

#[test]
fn a_briefing_has_what_its_front_matter_says() {
    let briefing = read_example!(Kind::Briefing, briefing);
    assert_eq!(briefing.id.as_str(), "heluk-edge");
    assert_eq!(&BRIEFING[briefing.id_span.range()], "\"heluk-edge\"");
    assert_eq!(&*briefing.title, "Government side reaches the edge of al-Heluk");
    assert_eq!(briefing.date.to_string(), "2016-10-02T21:40:00+03:00");
    assert_eq!(briefing.kind, Some(BriefingKind::Daily));
    assert_eq!(&BRIEFING[briefing.neighbourhoods[1].span.range()], "\"Bustan al-Basha\"");
    assert_eq!(briefing.aliases[0].value.as_str(), "old/path.html");
    assert_eq!(briefing.allow[0].until.to_string(), "2016-10-09");
    assert_eq!(&*briefing.withdrawn.as_ref().unwrap().why, "It was about another street.");
    assert_eq!(briefing.extra["deep"]["list"][1].as_float(), Some(2.5));
    assert_eq!(briefing.extra["since"].as_datetime().unwrap().to_string(), "2016-10-02");
    assert_eq!(briefing.corrections[0].kind, CorrectionKind::Correction);
    assert_eq!(&*briefing.corrections[0].was.as_ref().unwrap().value, "8");
}

#[test]
fn a_claim_has_what_its_table_says() {
    let briefing = read_example!(Kind::Briefing, briefing);
    let claim = &briefing.claims[0];
    assert_eq!((claim.id.value.as_str(), claim.has_own_id), ("heluk-edge", true));
    assert_eq!(
        claim.aliases.iter().map(crate::paths::Id::as_str).collect::<Vec<_>>(),
        ["edge-of-heluk", "edge"]
    );
    assert_eq!(&*claim.source.value, "sohr");
    assert_eq!(claim.via.iter().map(|name| &*name.value).collect::<Vec<_>>(), ["afp", "al-jazeera"]);
    assert_eq!(claim.kind, Some(ClaimKind::Event));
    assert_eq!(claim.happened.unwrap().to_string(), "2016-10-02~");
    assert_eq!(claim.said.unwrap().to_string(), "2016-10-02");
    assert_eq!(claim.status.as_ref().unwrap().value, Status::Confirmed);
    assert_eq!(claim.credibility, Some(3));
    let digest = claim.evidence[0].sha256.as_ref().unwrap();
    assert!(digest.starts_with("0123456789abcdef"), "in lower case: {digest}");
    let figure = claim.figure.as_ref().unwrap();
    assert_eq!((figure.min, figure.best, figure.max), (Some(6.0), Some(6.5), Some(8.0)));
    assert_eq!(figure.part_of.as_ref().unwrap().value.as_str(), "all-dead");
}

#[test]
fn records_have_what_their_front_matter_says() {
    let record = read_example!(Kind::Neighbourhood, neighbourhood);
    assert_eq!(&*record.naming.names["ar"].value, "الهلك");
    assert_eq!(record.naming.spellings.len(), 3);
    assert_eq!(record.point.unwrap().precision, Precision::Street);
    assert_eq!(record.codes.keys().copied().collect::<Vec<_>>(), ["geonames"], "empty codes are none");
    let record = read_example!(Kind::Source, source);
    assert_eq!((record.kind, record.sees), (Some(KindOfSource::BuiltIn(SourceKind::Monitor)), Sees::Network));
    assert_eq!((&*record.party, record.owner, record.protected), ("opposition", None, true));
    let record = read_example!(Kind::Event, event);
    assert_eq!(record.id.as_str(), "heluk-2016-10-02");
    let page = read_example!(Kind::Page, page);
    assert_eq!((page.id.as_str(), page.draft), ("about-us", true));
}

#[test]
fn the_home_page_has_its_own_id_and_needs_no_title() {
    let (config, file) = (site(), Arc::from("content/index.md"));
    let split = split(&file, HOME).unwrap();
    let (page, diagnostics) = crate::parse::front_matter::home(
        &file,
        HOME,
        &split,
        Body::default(),
        &FrontOptions { config: &config, tables: &[] },
    );
    let page = page.unwrap();
    assert_eq!((shown(&diagnostics), page.id.as_str(), &*page.title), (String::new(), "home", ""));
}

#[test]
fn a_translation_has_text_only() {
    let (config, file, of) =
        (site(), Arc::from("content/briefings/d2.ar.md"), Arc::from("content/briefings/d2.md"));
    let split = split(&file, TRANSLATION).unwrap();
    let options = FrontOptions { config: &config, tables: &[] };
    let (translation, diagnostics) = crate::parse::front_matter::translation(
        &file,
        &of,
        "ar",
        TRANSLATION,
        &split,
        Body::default(),
        &options,
    );
    let translation = translation.unwrap();
    assert_eq!(shown(&diagnostics), "");
    let (claim, _) = translation.claim_text.iter().next().unwrap();
    assert_eq!(claim.value.as_str(), "heluk-edge");
    assert_eq!(&TRANSLATION[claim.span.range()], "heluk-edge");
    assert_eq!(translation.not_reached, None, "an empty list counts as missing");
}

#[test]
fn title_and_date_are_enough_and_a_bare_date_is_midnight_in_the_zone_of_the_site() {
    let (config, file) = (site(), Arc::from("content/briefings/d2.md"));
    let text = "+++\ntitle = \"T\"\ndate = 2016-10-02\n+++\n";
    let split = split(&file, text).unwrap();
    let (briefing, diagnostics) = crate::parse::front_matter::briefing(
        &file,
        "d2",
        text,
        &split,
        Body::default(),
        &FrontOptions { config: &config, tables: &[] },
    );
    assert_eq!(shown(&diagnostics), "");
    assert_eq!(briefing.unwrap().date.to_string(), "2016-10-02T00:00:00+03:00");
}

#[test]
fn claims_without_an_id_are_numbered_around_what_is_taken_and_reserved() {
    let (config, file) = (site(), Arc::from("content/briefings/d2.md"));
    let mut text = "+++\ntitle = \"T\"\ndate = 2016-10-02\n".to_owned();
    for position in 1..=405 {
        let id = if position == 3 { "id = \"1\"\n" } else { "" };
        text += &format!("[[claims]]\n{id}text = \"x\"\nsource = \"sohr\"\n");
    }
    text += "+++\n";
    let split = split(&file, &text).unwrap();
    let (briefing, diagnostics) = crate::parse::front_matter::briefing(
        &file,
        "d2",
        &text,
        &split,
        Body::default(),
        &FrontOptions { config: &config, tables: &[] },
    );
    assert_eq!(shown(&diagnostics), "");
    let claims = briefing.unwrap().claims;
    let id = |position: usize| (claims[position - 1].id.value.as_str(), claims[position - 1].has_own_id);
    assert_eq!([id(1), id(2), id(3), id(4)], [("2", false), ("3", false), ("1", true), ("4", false)]);
    assert_eq!(
        [id(403), id(404), id(405)],
        [("403", false), ("405", false), ("406", false)],
        "404 is reserved"
    );
}
