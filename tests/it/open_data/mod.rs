//! Open data: it has what pages show and nothing else, its ids resolve, and the readers of others accept it.

mod random_sites;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Mutex;

use bulletin::engine::{self, BuildOptions};
use bulletin::paths::OutPath;
use bulletin::sources::Store;
use bulletin::time::parse_day_or_moment;
use expect_test::expect;
use proptest::prelude::*;
use scraper::ElementRef;
use serde_json::Value;

use crate::common::built::{Tree, demo, kestrel_sound, port_brine, text};
use crate::common::html::{Page, resolve, text_of, within};
use crate::common::{Site, repository};
use random_sites::{briefing, files};

const SITE: &str = r#"
-- site.toml --
title = "Harbour"
base_url = "https://harbour.example/"
languages = ["en", "ar"]
licence = "CC-BY-4.0"
contact = "desk@harbour.example"
topics = ["health"]
-- content/sources/ann.md --
+++
title = "Ann Quay"
kind = "resident"
protected = true
label = "a resident of the quay"
+++
-- content/sources/radio.md --
+++
title = "Radio Brine"
kind = "newsroom"
+++
-- content/neighbourhoods/mill.md --
+++
title = "Mill Lane"
names = { ar = "درب الطاحونة" }
spellings = ["=Mill"]
point = { lat = -36.2, lon = 37.17, precision = "district" }
+++
-- content/neighbourhoods/park.md --
+++
title = "The park"
parent = "mill"
geometry = "park.geojson"
+++
-- content/neighbourhoods/park.geojson --
{"type": "Polygon", "coordinates": [
  [[37.0, 36.0], [37.0, 36.1], [37.100000049, 36.1], [37.1, 36.0], [37.0, 36.0]],
  [[37.04, 36.04], [37.06, 36.04], [37.06, 36.06], [37.04, 36.04]]
]}
-- content/briefings/fire.md --
+++
title = "A fire at the mill"
date = 2031-05-02
neighbourhoods = ["Mill Lane"]

[[claims]]
id = "mill"
text = "The mill burned; \"all\" of it."
source = "Radio Brine"
via = ["Ann Quay", "Tide News"]
kind = "event"
happened = "2031-05-01"
topic = "health"
figure = { measure = "hurt", said = "at least two", min = 2 }

[[claims]]
text = "=HYPERLINK(\"https://example.org\")"
source = "Ann Quay"

[[corrections]]
at = 2031-05-03
kind = "correction"
claim = "mill"
field = "figure.min"
was = "3"
now = "2"
why = "One was counted twice."
+++

Text.
-- content/briefings/fire.ar.md --
+++
title = "حريق في الطاحونة"
updated = 2031-05-03
[claim_text]
mill = "احترقت الطاحونة كلها."
[figure_said]
mill = "اثنان على الأقل"
+++

نص.
-- content/briefings/gone.md --
+++
title = "A false alarm"
date = 2031-05-01
withdrawn = { at = 2031-05-02, why = "There was no alarm." }
+++

Text.
"#;

#[test]
fn each_format_has_the_same_records() {
    let site = Site::new(SITE);
    site.build();
    let file = |name: &str| site.output(&format!("data/{name}")).replace("\r\n", "\n");
    expect![[r#"
        {
        "version":1,"site":{"title":"Harbour","language":"en","licence":"CC-BY-4.0","contact":"desk@harbour.example"},"as_of":null,
        "figures":[
        {"id":"fire/mill","briefing":"fire","page":"briefings/fire.html#claim-mill","figure":{"measure":"hurt","said":"at least two","min":2,"best":null,"max":null,"vague":false,"rounded":false,"who":null,"period":null,"cumulative":false,"part_of":null},"source":{"id":"radio","name":"Radio Brine"},"via":[{"id":null,"name":"a resident of the quay"},{"id":"tide-news","name":"Tide News"}],"neighbourhoods":[{"id":"mill","name":"Mill Lane"}],"happened":"2031-05-01","added":"2031-05-02T00:00:00+00:00","status":"single-source","text":"The mill burned; \"all\" of it.","whole":null,"same_as":null,"text_in":{"ar":"احترقت الطاحونة كلها."},"said_in":{"ar":"اثنان على الأقل"},"who_in":{}}
        ]
        }
    "#]].assert_eq(&file("figures.json"));
    expect![[r#"
        ﻿briefing,id,numbered,page,published,updated,added,corrections,text,kind,source_id,source_name,via_id,via_name,neighbourhoods_id,neighbourhoods_name,happened,said,topic,event,denies,status,status_is_written,status_why,credibility,figure_measure,figure_said,figure_min,figure_best,figure_max,figure_vague,figure_rounded,figure_who,figure_period,figure_cumulative,figure_part_of,evidence_url,evidence_archived,evidence_captured,evidence_sha256,full_id,text_in_ar,status_why_in_ar,contested,origins,outlets,checked,repeats_briefing,repeats_page,repeats_note,aliases
        fire,mill,false,briefings/fire.html#claim-mill,2031-05-02T00:00:00+00:00,,2031-05-02T00:00:00+00:00,2031-05-03T00:00:00+00:00,"The mill burned; ""all"" of it.",event,radio,Radio Brine,; tide-news,a resident of the quay; Tide News,mill,Mill Lane,2031-05-01,,health,,false,single-source,false,,,hurt,at least two,2,,,false,false,,,false,,,,,,fire/mill,احترقت الطاحونة كلها.,,false,1,3,,,,,
        fire,2,true,briefings/fire.html#claim-2,2031-05-02T00:00:00+00:00,,2031-05-02T00:00:00+00:00,,"'=HYPERLINK(""https://example.org"")",,,a resident of the quay,,,mill,Mill Lane,,,,,false,single-source,false,,,,,,,,,,,,,,,,,,fire/2,,,false,1,1,,,,,
    "#]].assert_eq(&file("claims.csv"));
    expect![[r#"
        ﻿id,briefing,page,figure_measure,figure_said,figure_min,figure_best,figure_max,figure_vague,figure_rounded,figure_who,figure_period,figure_cumulative,source_id,source_name,via_id,via_name,neighbourhoods_id,neighbourhoods_name,happened,added,status,text,whole,same_as,text_in_ar
        #meta+id,#meta+briefing,#meta+page,#indicator+name,#indicator+said,#indicator+value+num+min,#indicator+value+num+best,#indicator+value+num+max,#indicator+vague,#indicator+rounded,#indicator+who,#meta+period+edtf,#indicator+cumulative,#meta+source+id,#meta+source+name,#meta+via+list+id,#meta+via+list+name,#loc+list+id,#loc+list+name,#meta+occurred+edtf,#date+added,#status,#description,#meta+whole,#meta+same,#description+i_ar
        fire/mill,fire,briefings/fire.html#claim-mill,hurt,at least two,2,,,false,false,,,false,radio,Radio Brine,; tide-news,a resident of the quay; Tide News,mill,Mill Lane,2031-05-01,2031-05-02T00:00:00+00:00,single-source,"The mill burned; ""all"" of it.",,,احترقت الطاحونة كلها.
    "#]].assert_eq(&file("figures.hxl.csv"));
    expect![[r#"
        {
        "version":1,"site":{"title":"Harbour","language":"en","licence":"CC-BY-4.0","contact":"desk@harbour.example"},"as_of":null,
        "briefings":[
        {"id":"fire","page":"briefings/fire.html","state":"published","ended":null,"ended_why":null,"title":"A fire at the mill","kind":null,"published":"2031-05-02T00:00:00+00:00","updated":null,"as_of":"2031-05-02T00:00:00+00:00","checked":null,"summary":"Text.","authors":[],"neighbourhoods":[{"id":"mill","name":"Mill Lane"}],"sources":[{"id":"radio","name":"Radio Brine"},{"id":null,"name":"a resident of the quay"}],"not_known":[],"not_reached":[],"withheld":[],"languages":["ar"],"title_in":{"ar":"حريق في الطاحونة"},"summary_in":{"ar":"نص."},"ended_why_in":{},"not_known_in":{},"not_reached_in":{},"withheld_in":{}},
        {"id":"gone","page":"briefings/gone.html","state":"withdrawn","ended":"2031-05-02T00:00:00+00:00","ended_why":"There was no alarm.","title":"A false alarm","kind":null,"published":null,"updated":null,"as_of":null,"checked":null,"summary":null,"authors":[],"neighbourhoods":[],"sources":[],"not_known":[],"not_reached":[],"withheld":[],"languages":[],"title_in":{},"summary_in":{},"ended_why_in":{},"not_known_in":{},"not_reached_in":{},"withheld_in":{}}
        ]
        }
    "#]].assert_eq(&file("briefings.json"));
    expect![[r#"
        ﻿id,briefing,claim,page,at,kind,serious,field,was,now,why,why_in_ar
        fire/2031-05-03T00:00:00Z,fire,fire/mill,briefings/fire.html#claim-mill,2031-05-03T00:00:00+00:00,correction,false,figure.min,3,2,One was counted twice.,
        gone/withdrawal,gone,,briefings/gone.html,2031-05-02T00:00:00+00:00,withdrawal,true,,,,There was no alarm.,
    "#]].assert_eq(&file("corrections.csv"));
    expect![[r#"
        ﻿id,page,name,short,spellings,kind,party,sees,owner,relays_id,relays_name,url,checked,described,name_in_ar
        radio,sources/radio.html,Radio Brine,,,newsroom,none,unknown,,,,,,true,
        tide-news,sources/tide-news.html,Tide News,,,,,,,,,,,false,
    "#]].assert_eq(&file("sources.csv"));
    expect![[r#"
        {
        "type":"FeatureCollection",
        "features":[
        {"type":"Feature","id":"mill","geometry":{"type":"Point","coordinates":[37.17,-36.2]},"properties":{"id":"mill","page":"neighbourhoods/mill.html","name":"Mill Lane","spellings":["=Mill"],"parent":null,"lat":-36.2,"lon":37.17,"precision":"district","outlined":false,"pcode":null,"geonames":null,"wikidata":null,"checked":null,"name_in":{"ar":"درب الطاحونة"}}},
        {"type":"Feature","id":"park","geometry":{"type":"MultiPolygon","coordinates":[[[[37,36],[37.1,36],[37.1,36.1],[37,36.1],[37,36]],[[37.04,36.04],[37.06,36.06],[37.06,36.04],[37.04,36.04]]]]},"properties":{"id":"park","page":"neighbourhoods/park.html","name":"The park","spellings":[],"parent":"mill","lat":null,"lon":null,"precision":null,"outlined":true,"pcode":null,"geonames":null,"wikidata":null,"checked":null,"name_in":{}}}
        ]
        }
    "#]].assert_eq(&file("neighbourhoods.geojson"));
    expect![[r#"
        {
        "version":1,"site":{"title":"Harbour","language":"en","languages":["en","ar"],"timezone":"UTC","licence":"CC-BY-4.0","contact":"desk@harbour.example","base_url":"https://harbour.example/","topics":["health"],"parties":[],"source_kinds":[]},"as_of":null
        }
    "#]].assert_eq(&file("site.json"));
    expect![[r##"
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://harbour.example/data/schema/corrections.json",
          "title": "Corrections",
          "type": "object",
          "required": [
            "version",
            "site",
            "as_of",
            "corrections"
          ],
          "properties": {
            "version": {
              "description": "Rises when a field changes its meaning.",
              "type": "integer",
              "minimum": 1
            },
            "site": {
              "$ref": "#/$defs/SiteHeader"
            },
            "as_of": {
              "description": "Set if the file has the site as it was known then.",
              "anyOf": [
                {
                  "type": "string",
                  "format": "date-time"
                },
                {
                  "type": "null"
                }
              ]
            },
            "corrections": {
              "type": "array",
              "items": {
                "$ref": "#/$defs/CorrectionData"
              }
            }
          },
          "additionalProperties": false,
          "$defs": {
            "CorrectionData": {
              "description": "What was corrected of a claim or a briefing, and why.",
              "type": "object",
              "required": [
                "id",
                "briefing",
                "claim",
                "page",
                "at",
                "kind",
                "serious",
                "field",
                "was",
                "now",
                "why",
                "why_in"
              ],
              "properties": {
                "id": {
                  "description": "The id of its briefing, and its own or else the time of the correction.",
                  "type": "string"
                },
                "briefing": {
                  "description": "The id of the briefing.",
                  "type": "string"
                },
                "claim": {
                  "description": "The id of the corrected claim among all claims. None: of the whole briefing.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                },
                "page": {
                  "description": "The address of what was corrected, below the root of the site.",
                  "type": "string",
                  "format": "iri-reference"
                },
                "at": {
                  "description": "When.",
                  "type": "string",
                  "format": "date-time"
                },
                "kind": {
                  "description": "Whether something was wrong, unclear, new or taken back.",
                  "type": "string",
                  "enum": [
                    "correction",
                    "clarification",
                    "update",
                    "withdrawal"
                  ]
                },
                "serious": {
                  "description": "It could have harmed those who relied on it.",
                  "type": "boolean"
                },
                "field": {
                  "description": "The corrected field. None: the text in general.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                },
                "was": {
                  "description": "The whole value before.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                },
                "now": {
                  "description": "The whole value since.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                },
                "why": {
                  "description": "Why.",
                  "type": "string"
                },
                "why_in": {
                  "description": "Why, in other languages.",
                  "type": "object",
                  "additionalProperties": {
                    "type": "string"
                  }
                }
              },
              "additionalProperties": false
            },
            "SiteHeader": {
              "description": "The site, at the top of each file.",
              "type": "object",
              "required": [
                "title",
                "language",
                "licence",
                "contact"
              ],
              "properties": {
                "title": {
                  "description": "Its title.",
                  "type": "string"
                },
                "language": {
                  "description": "The language of all texts that do not say otherwise.",
                  "type": "string"
                },
                "licence": {
                  "description": "The licence of the data.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                },
                "contact": {
                  "description": "How to reach the writers.",
                  "anyOf": [
                    {
                      "type": "string"
                    },
                    {
                      "type": "null"
                    }
                  ]
                }
              },
              "additionalProperties": false
            }
          }
        }
    "##]].assert_eq(&file("schema/corrections.json"));
}

#[test]
fn no_file_is_written_without_open_data_and_no_page_links_to_one() {
    let site = Site::new(SITE);
    site.build();
    assert!(site.output("figures.html").contains("data/figures.csv"));
    site.edit("site.toml", "topics = ", "outputs = { data = false }\ntopics = ");
    site.build();
    assert!(!site.exists("public/data"));
    assert!(!site.output("figures.html").contains("data/"));
}

#[test]
fn private_words_in_open_data_alone_stop_the_build() {
    let site = Site::new(SITE);
    site.edit("site.toml", "topics = ", "source_kinds = { grocer = \"A grocer like Zoltan\" }\ntopics = ");
    site.write("-- redact.txt --\nZoltan\n");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("would reach data/site.json"), "{run}");
    assert!(!run.stderr.contains("Zoltan"), "{run}");
}

#[test]
fn a_change_of_one_claim_is_a_change_of_one_line() {
    let site = Site::new(SITE);
    site.build();
    let lines = |site: &Site, name: &str| -> BTreeSet<String> {
        site.output(name).lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
    };
    let names = ["data/claims.json", "data/claims.csv", "data/figures.json"];
    let before = names.map(|name| lines(&site, name));
    site.edit("content/briefings/fire.md", "min = 2 }", "min = 2, rounded = true }");
    site.build();
    let after = names.map(|name| lines(&site, name));
    for ((name, before), after) in names.iter().zip(&before).zip(&after) {
        assert_eq!(after.difference(before).count(), 1, "{name}");
        assert_eq!(before.difference(after).count(), 1, "{name}");
    }
}

/// The outputs of a site in memory.
fn built(files: BTreeMap<String, Vec<u8>>, as_of: Option<&str>) -> Tree {
    let options = BuildOptions {
        store: Store::memory(files),
        now: parse_day_or_moment("2031-05-04T12:00:00Z").unwrap(),
        as_of: as_of.map(|at| parse_day_or_moment(at).unwrap()),
        drafts: false,
        base_url: None,
    };
    let (prepared, mut diagnostics) = engine::prepare(&options);
    let outputs = Mutex::new(Tree::new());
    let take = |path: &OutPath, bytes: &[u8]| {
        outputs.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok(())
    };
    diagnostics.extend(prepared.unwrap().render_all(&take).diagnostics);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    outputs.into_inner().unwrap()
}

fn records(outputs: &Tree, dataset: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text(outputs, &format!("data/{dataset}.json"))).unwrap();
    file[dataset].as_array().unwrap().clone()
}

fn field<'v>(record: &'v Value, name: &str) -> &'v str {
    record[name].as_str().unwrap_or_else(|| panic!("{record} has a {name}"))
}

/// A value of each record.
fn values(records: &[Value], name: &str) -> BTreeSet<String> {
    records.iter().map(|record| field(record, name).to_owned()).collect()
}

/// The pages of the default language, parsed.
fn pages(outputs: &Tree) -> Vec<(&str, Page)> {
    let paths = outputs.keys().filter(|path| path.ends_with(".html") && !path.starts_with("ar/"));
    paths.map(|path| (path.as_str(), Page::parse(text(outputs, path)))).collect()
}

/// The pages of claims that links inside an element lead to, in its order.
fn linked_claims(from: &str, element: &ElementRef<'_>) -> Vec<String> {
    let links = within(element, "a[href*='#claim-']");
    let targets = links.map(|link| resolve(from, link.attr("href").unwrap()));
    targets.map(|(file, fragment)| format!("{file}#{fragment}")).collect()
}

/// Each claim is on the page that its record names, in the words of the record, and each claim on a page is one.
fn assert_claims_are_those_of_pages(outputs: &Tree) {
    let claims = records(outputs, "claims");
    let mut known: BTreeMap<String, &Value> =
        claims.iter().map(|claim| (field(claim, "page").to_owned(), claim)).collect();
    assert_eq!(known.len(), claims.len(), "each claim has an address of its own");
    for claim in &claims {
        for repeat in claim["repeats"].as_array().unwrap() {
            known.insert(field(repeat, "page").to_owned(), claim);
        }
    }
    let mut seen = BTreeSet::new();
    for (path, page) in pages(outputs) {
        for row in page.all("ol > li[id^='claim-']") {
            let address = format!("{path}#{}", row.attr("id").unwrap());
            let claim = known.get(&address).unwrap_or_else(|| panic!("{address} is in the data"));
            // Its source is named before it.
            let said = within(&row, ".t").map(|text| text_of(&text)).collect::<String>();
            assert!(said.ends_with(field(claim, "text")), "{address}: {said}");
            let translated = outputs.get(&format!("ar/{path}")).map(|_| text(outputs, &format!("ar/{path}")));
            if let Some(translated) = translated.filter(|_| address == field(claim, "page")) {
                let expected = claim["text_in"]["ar"].as_str().unwrap_or(field(claim, "text"));
                assert!(Page::parse(translated).text().contains(expected), "ar/{address}: {expected}");
            }
            seen.insert(address);
        }
        let gone: BTreeSet<String> = page.values("ul > li[id^='claim-']", "id").into_iter().collect();
        for address in page.all("main").iter().flat_map(|main| linked_claims(path, main)) {
            let is_gone = gone.iter().any(|id| address == format!("{path}#{id}"));
            assert!(is_gone || known.contains_key(&address), "{path} links to {address}");
        }
    }
    assert_eq!(seen, known.into_keys().collect(), "each claim of the data is on its page");
}

/// Each figure is in a row of the page of figures, and each row is one.
fn assert_figures_are_those_of_pages(outputs: &Tree) {
    let figures = records(outputs, "figures");
    let ids: BTreeMap<&str, &Value> = figures.iter().map(|figure| (field(figure, "id"), figure)).collect();
    let claims = records(outputs, "claims");
    let with_figure = claims.iter().filter(|claim| !claim["figure"].is_null());
    let of_claims: BTreeMap<&str, &Value> =
        with_figure.map(|claim| (field(claim, "full_id"), &claim["figure"])).collect();
    let of_file: BTreeMap<&str, &Value> = ids.iter().map(|(id, figure)| (*id, &figure["figure"])).collect();
    assert_eq!(of_claims, of_file, "each figure has its claim, and the same numbers");
    let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, page) in pages(outputs).into_iter().filter(|(path, _)| path.starts_with("figures")) {
        for row in page.all("ul.counts div.row") {
            let mut links = linked_claims(path, &row).into_iter();
            let shown = links.next().unwrap();
            let figure = figures.iter().find(|figure| field(figure, "page") == shown).unwrap();
            assert!(text_of(&row).contains(&figure["figure"]["min"].to_string()), "{figure}");
            rows.insert(shown, links.collect());
        }
    }
    let shown = figures.iter().filter(|figure| figure["same_as"].is_null());
    assert_eq!(
        shown.map(|figure| field(figure, "page").to_owned()).collect::<BTreeSet<_>>(),
        rows.keys().cloned().collect()
    );
    for figure in figures.iter().filter(|figure| !figure["same_as"].is_null()) {
        let shown = ids[field(figure, "same_as")];
        assert!(rows[field(shown, "page")].contains(field(figure, "page")), "{figure}");
    }
}

/// Each correction is on the page of all corrections, and each on any page is one.
fn assert_corrections_are_those_of_pages(outputs: &Tree) {
    let corrections = records(outputs, "corrections");
    let matching = |element: &ElementRef<'_>| {
        let at = within(element, "time").next().unwrap().attr("datetime").unwrap().to_owned();
        let words = text_of(element);
        let found =
            corrections.iter().filter(|one| field(one, "at") == at && words.contains(field(one, "why")));
        found
            .map(|one| field(one, "id").to_owned())
            .next()
            .unwrap_or_else(|| panic!("{words} is in the data"))
    };
    let mut listed = Vec::new();
    for (path, page) in pages(outputs) {
        let found: Vec<String> = page.all(".fix").iter().map(matching).collect();
        if path.starts_with("corrections") {
            listed.extend(found);
        }
    }
    listed.sort();
    let mut all: Vec<String> = corrections.iter().map(|one| field(one, "id").to_owned()).collect();
    all.sort();
    assert_eq!(listed, all);
}

/// Each term and each briefing has a page, and each page of one has a record.
fn assert_terms_are_those_with_pages(outputs: &Tree) {
    for dataset in ["briefings", "sources", "neighbourhoods", "events"] {
        // A sheet says of its place what the page of the place says.
        let is_list = |path: &str| {
            path.ends_with("/index.html") || path.contains("page-") || path.ends_with("-sheet.html")
        };
        let folder = format!("{dataset}/");
        let pages = outputs.keys().filter(|path| path.starts_with(&folder) && path.ends_with(".html"));
        let pages: BTreeSet<String> = pages.filter(|path| !is_list(path)).cloned().collect();
        assert_eq!(values(&records(outputs, dataset), "page"), pages);
    }
    for briefing in records(outputs, "briefings").iter().filter(|briefing| briefing["state"] != "published") {
        let page = Page::parse(text(outputs, field(briefing, "page"))).text();
        assert!(page.contains(field(briefing, "title")));
        let why = briefing["ended_why"].as_str();
        assert!(page.contains(why.unwrap_or_default()), "{briefing}");
        assert!(why.is_some() || !page.contains("It was false"), "{briefing}");
    }
    for place in records(outputs, "neighbourhoods").iter().filter(|place| !place["lat"].is_null()) {
        let degrees = |value: &Value, directions: [&str; 2]| {
            let value = value.as_f64().unwrap();
            format!("{}° {}", value.abs(), directions[usize::from(value < 0.0)])
        };
        let lat = degrees(&place["lat"], ["north", "south"]);
        let point = format!("{lat}, {}", degrees(&place["lon"], ["east", "west"]));
        assert!(text(outputs, field(place, "page")).contains(&point), "{point} is what readers see");
    }
}

/// A table of the Data Package: its cells by column.
struct Table {
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn of(outputs: &Tree, path: &str) -> Self {
        let text = text(outputs, &format!("data/{path}")).strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        Self { columns, rows: reader.records().map(Result::unwrap).collect() }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let index = self.columns.iter().position(|column| column == name).unwrap();
        self.rows.iter().map(|row| &row[index]).collect()
    }
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
}

/// What the Data Package says of keys and columns is true.
fn assert_keys_are_unique_and_resolve(outputs: &Tree) {
    let package: Value = serde_json::from_str(text(outputs, "data/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let path_of = |name: &str| {
        field(resources.iter().find(|resource| resource["name"] == name).unwrap(), "path").to_owned()
    };
    for resource in resources.iter().filter(|resource| resource["schema"].is_object()) {
        let (schema, name) = (&resource["schema"], field(resource, "name"));
        let table = Table::of(outputs, field(resource, "path"));
        let declared: Vec<&str> =
            schema["fields"].as_array().unwrap().iter().map(|one| field(one, "name")).collect();
        assert_eq!(table.columns, declared);
        let keys = names(&schema["primaryKey"]).into_iter().map(|key| table.column(key));
        for key in keys {
            assert_eq!(
                key.iter().collect::<BTreeSet<_>>().len(),
                table.rows.len(),
                "ids of {name} are unique"
            );
        }
        for reference in schema["foreignKeys"].as_array().into_iter().flatten() {
            let target = match field(&reference["reference"], "resource") {
                "" => name,
                other => other,
            };
            let target = Table::of(outputs, &path_of(target));
            let known = target.column(names(&reference["reference"]["fields"])[0]);
            for cell in
                table.column(names(&reference["fields"])[0]).into_iter().filter(|cell| !cell.is_empty())
            {
                assert!(known.contains(&cell), "{name}: {cell} resolves");
            }
        }
    }
    for dataset in ["briefings", "claims", "figures", "sources", "neighbourhoods", "events", "corrections"] {
        let rows = Table::of(outputs, &format!("{dataset}.csv")).rows.len();
        assert_eq!(rows, records(outputs, dataset).len(), "{dataset}");
    }
    for list in ["via", "neighbourhoods"] {
        let known = values(&records(outputs, if list == "via" { "sources" } else { list }), "id");
        for claim in records(outputs, "claims") {
            let ids = claim[list]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|one| one["id"].as_str().map(str::to_owned));
            assert!(ids.collect::<BTreeSet<_>>().is_subset(&known), "{claim}");
        }
    }
}

/// No cell of a table is a formula, and no protected source has a name or an id.
fn assert_nothing_harms(outputs: &Tree) {
    for (path, bytes) in outputs.iter().filter(|(path, _)| path.starts_with("data/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(!text.contains("Ann Quayle") && !text.contains("\"ann\""), "{path}");
        if path.ends_with(".csv") {
            for cell in Table::of(outputs, path.strip_prefix("data/").unwrap()).rows.iter().flatten() {
                let is_safe = cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@']);
                assert!(is_safe, "{path}: {cell}");
            }
        }
    }
}

fn assert_data_are_right(outputs: &Tree) {
    assert_claims_are_those_of_pages(outputs);
    assert_figures_are_those_of_pages(outputs);
    assert_corrections_are_those_of_pages(outputs);
    assert_terms_are_those_with_pages(outputs);
    assert_keys_are_unique_and_resolve(outputs);
    assert_nothing_harms(outputs);
}

proptest! {
    // A case renders a whole site.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(32)))]

    #[test]
    fn open_data_has_what_pages_show_and_nothing_else(
        briefings in prop::collection::vec(briefing(), 1..5),
        is_earlier in any::<bool>(),
    ) {
        let outputs = built(files(&briefings), is_earlier.then_some("2031-05-02T08:30:00Z"));
        assert_data_are_right(&outputs);
    }
}

#[test]
fn ids_of_the_sites_of_this_repository_are_unique_and_resolve() {
    for outputs in [demo(), port_brine(), kestrel_sound()] {
        assert_terms_are_those_with_pages(outputs);
        assert_keys_are_unique_and_resolve(outputs);
    }
}

#[test]
#[ignore = "needs libhxl, frictionless, jsonschema and geojson: tests/run"]
fn the_readers_of_others_accept_every_file() {
    let own = Site::new(SITE);
    own.build();
    let sites = [Site::copy_of(repository()), Site::named("port-brine"), Site::named("kestrel-sound")];
    sites.iter().for_each(|site| _ = site.build());
    for site in sites.iter().chain([&own]) {
        let run = Command::new("python3")
            .arg(repository().join("tests/it/open_data/readers.py"))
            .arg(site.path("public/data"))
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(String::from_utf8_lossy(&run.stdout).contains("read"), "the files were found");
    }
}
