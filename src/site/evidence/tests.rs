mod laws;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::*;
use crate::engine::{BuildOptions, prepare};
use crate::site::{DEFAULT_LANGUAGE, Site, SourceIx};
use crate::sources::Store;
use crate::time::parse_day_or_moment;

const SITE: &str = "title = \"T\"\n[parties]\nnorth = \"The north\"\nsouth = \"The south\"\n";

/// A site of these sources (`name: lines of its record`) and of one briefing for each block of
/// claims (`source < via, via @event !denies =status`), as each claim's assessment. Each other source of a
/// claim has a record that says that it is of no party, but for a name that begins with `~`.
fn weighed(sources: &[(&str, &str)], briefings: &[&[&str]]) -> String {
    let mut files = vec![("site.toml".to_owned(), SITE.as_bytes().to_vec())];
    let is_given = |id: &str| sources.iter().any(|(given, _)| *given == id) || id.starts_with('~');
    let makers: BTreeSet<&str> =
        briefings.iter().copied().flatten().filter_map(|claim| maker(claim)).collect();
    let others = makers.into_iter().filter(|id| !is_given(id)).map(|id| (id, "party = \"none\""));
    for (id, lines) in sources.iter().copied().chain(others) {
        let text = format!("+++\ntitle = \"{id}\"\n{lines}\n+++\n");
        files.push((format!("content/sources/{id}.md"), text.into_bytes()));
    }
    for (index, claims) in briefings.iter().enumerate() {
        let mut text = format!("+++\ntitle = \"B{index}\"\ndate = 2031-01-0{}T10:00:00Z\n", 9 - index);
        claims.iter().for_each(|claim| text.push_str(&toml_of(claim)));
        files.push((format!("content/briefings/b{index}.md"), format!("{text}+++\n").into_bytes()));
    }
    let now = parse_day_or_moment("2031-02-01T00:00:00Z").expect("a date");
    let options =
        BuildOptions { store: Store::memory(files), now, as_of: None, drafts: false, base_url: None };
    let (prepared, diagnostics) = prepare(&options);
    let told: Vec<&str> = diagnostics.iter().filter(|d| d.is_error()).map(|d| d.message.as_str()).collect();
    assert!(told.is_empty(), "{told:?}");
    told_weights(&prepared.expect("the site stands").site)
}

/// The named source of a claim.
fn maker(claim: &str) -> Option<&str> {
    let mut words = claim.split([' ', ',']).filter(|word| !word.is_empty());
    words.find(|word| !word.starts_with(['<', '@', '!', '='])).filter(|word| *word != "unattributed")
}

fn toml_of(claim: &str) -> String {
    let mut text = "[[claims]]\ntext = \"x\"\n".to_owned();
    let mut via = String::new();
    for word in claim.split([' ', ',']).filter(|word| !word.is_empty()) {
        let (mark, rest) = word.split_at(1);
        match mark {
            "<" => via.push_str(&format!("\"{}\",", rest.trim_start_matches('~'))),
            "@" => writeln!(text, "event = \"{rest}\"").expect("memory"),
            "!" => text.push_str("denies = true\n"),
            "=" => writeln!(text, "status = \"{rest}\"\nstatus_why = \"w\"").expect("memory"),
            _ => writeln!(text, "source = \"{}\"", word.trim_start_matches('~')).expect("memory"),
        }
    }
    writeln!(text, "via = [{via}]").expect("memory");
    text
}

fn told_weights(site: &Site) -> String {
    let mut told = String::new();
    for ix in site.all_claims() {
        let assessment = site.assessment(ix);
        let names = |sources: &[SourceIx], between: &str| {
            sources.iter().map(|ix| site.source_name(*ix, DEFAULT_LANGUAGE)).collect::<Vec<_>>().join(between)
        };
        let side = |support: &Support| {
            let origins: Vec<String> = support.origins.iter().map(|o| names(&o.sources, "+")).collect();
            format!("{} [{}]", support.outlets, origins.join(" "))
        };
        let denied = if assessment.is_contested() {
            format!(" against {}", side(&assessment.denies))
        } else {
            String::new()
        };
        writeln!(told, "{:?}: {}{denied}", site.status(ix), side(&assessment.says)).expect("memory");
    }
    told.trim_end().to_owned()
}

/// The one line that all claims of one event come to.
#[track_caller]
fn check(sources: &[(&str, &str)], claims: &[&str], expected: &str) {
    let claims: Vec<String> = claims.iter().map(|claim| format!("{claim} @e")).collect();
    let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
    let told = weighed(sources, &[&claims]);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines.iter().all(|line| *line == lines[0]), "one event, one weight:\n{told}");
    assert_eq!(lines[0], expected);
}

const RELAY: &str = "sees = \"relay\"";
const DESK: &str = "sees = \"desk\"";
const NORTH: &str = "party = \"north\"";
const SOUTH: &str = "party = \"south\"";
const UNKNOWN: &str = "party = \"unknown\"";

#[test]
fn alone_a_claim_has_the_origin_that_is_named_however_many_pass_it_on() {
    assert_eq!(weighed(&[], &[&["monitor"]]), "SingleSource: 1 [monitor]");
    assert_eq!(weighed(&[], &[&["monitor <agency <radio"]]), "SingleSource: 3 [monitor]");
    assert_eq!(weighed(&[], &[&["unattributed <radio"]]), "Unverified: 1 []");
    assert_eq!(weighed(&[("wire", RELAY)], &[&["wire <radio"]]), "SingleSource: 2 [wire]");
    assert_eq!(weighed(&[], &[&["monitor !"]]), "Contested: 0 [] against 1 [monitor]");
}

#[test]
fn two_outlets_that_quote_one_monitor_are_one_origin() {
    check(&[], &["monitor <agency", "monitor <radio"], "SingleSource: 3 [monitor]");
    check(&[("agency", RELAY)], &["monitor", "agency"], "SingleSource: 2 [monitor]");
    check(&[("agency", "relays = [\"monitor\"]")], &["monitor", "agency"], "SingleSource: 2 [monitor]");
    // Neither says whom it quotes here, but both mainly quote one.
    let quoting = "relays = [\"monitor\"]";
    check(&[("agency", quoting), ("radio", quoting)], &["agency", "radio"], "SingleSource: 2 [agency+radio]");
    check(&[("radio", DESK)], &["monitor <radio", "radio"], "SingleSource: 2 [monitor]");
}

#[test]
fn a_relay_of_a_relay_is_a_relay() {
    let chain = [("radio", "relays = [\"agency\"]"), ("agency", "relays = [\"monitor\"]")];
    check(&chain, &["monitor", "radio"], "SingleSource: 2 [monitor]");
    check(&chain, &["radio", "agency"], "SingleSource: 2 [agency]");
    check(&chain, &["radio", "hospital"], "Corroborated: 2 [hospital radio]");
}

#[test]
fn relays_that_pass_each_other_on_are_one_origin() {
    let circle = [("a", "relays = [\"b\"]"), ("b", "relays = [\"a\"]")];
    check(&circle, &["a", "b"], "SingleSource: 2 [a]");
    check(&circle, &["a", "b", "c"], "Corroborated: 3 [a c]");
    check(&[], &["a <b", "b <a"], "SingleSource: 2 [a+b]");
}

#[test]
fn relays_with_nobody_behind_them_count_as_one_and_only_where_nobody_else_speaks() {
    check(&[("a", RELAY), ("b", RELAY)], &["a", "b"], "SingleSource: 2 [a+b]");
    check(&[("a", RELAY), ("b", RELAY)], &["a", "b", "monitor"], "SingleSource: 3 [monitor]");
}

#[test]
fn who_sees_for_itself_is_an_origin_also_where_it_quotes_others() {
    check(
        &[("radio", "sees = \"on-the-spot\"")],
        &["monitor <radio", "radio"],
        "Corroborated: 2 [monitor radio]",
    );
}

#[test]
fn sources_of_one_owner_are_one_origin() {
    let owned = "owner = \"Hill Media\"";
    check(&[("a", owned), ("b", owned)], &["a", "b"], "SingleSource: 2 [a+b]");
    // The owner is a source itself, by whatever spelling, and may own owners.
    let house = [("un", ""), ("office", "owner = \"UN\""), ("envoy", "owner = \"office\"")];
    check(&house, &["un", "envoy"], "SingleSource: 2 [envoy+un]");
    check(&house, &["office", "envoy"], "SingleSource: 2 [envoy+office]");
    // A relay of one of the house is a relay of the house.
    check(&[("wire", "relays = [\"b\"]"), ("a", owned), ("b", owned)], &["a", "wire"], "SingleSource: 2 [a]");
}

#[test]
fn two_origins_carry_more_where_they_are_not_of_one_party() {
    check(&[], &["a", "b"], "Corroborated: 2 [a b]");
    check(&[("a", NORTH), ("b", NORTH)], &["a", "b"], "OneSide: 2 [a b]");
    check(&[("a", NORTH), ("b", SOUTH)], &["a", "b"], "Corroborated: 2 [a b]");
    check(&[("a", NORTH)], &["a", "b"], "Corroborated: 2 [a b]");
    check(&[("a", NORTH), ("b", UNKNOWN)], &["a", "b"], "OneSide: 2 [a b]");
    check(&[("a", UNKNOWN), ("b", UNKNOWN)], &["a", "b"], "OneSide: 2 [a b]");
    // An outlet of a party's house is of that party, whatever its own record says.
    let owned = [("ministry", NORTH), ("paper", "owner = \"ministry\""), ("army", NORTH)];
    check(&owned, &["paper", "army"], "OneSide: 2 [army paper]");
}

#[test]
fn a_denial_in_another_briefing_makes_sources_disagree() {
    let told = weighed(&[], &[&["a @e", "b @e"], &["c !x @e"], &["d @other"]]);
    let contested = "Contested: 2 [a b] against 1 [c]";
    assert_eq!(told, format!("{contested}\n{contested}\n{contested}\nSingleSource: 1 [d]"));
}

#[test]
fn what_was_taken_back_supports_and_denies_nothing() {
    let told = weighed(&[], &[&["a @e", "b @e =withdrawn", "c !x @e =disproved"]]);
    assert_eq!(told, "SingleSource: 1 [a]\nWithdrawn: 1 [a]\nDisproved: 1 [a]");
}

#[test]
fn protected_sources_count_and_are_known_by_their_label() {
    let protected = "protected = true\nlabel = \"a nurse\"";
    assert_eq!(
        weighed(&[("hidden-name", protected)], &[&["hidden-name @e", "b @e"]]).lines().next(),
        Some("Corroborated: 2 [b a nurse]")
    );
}

#[test]
fn a_status_does_not_tell_on_whose_side_a_protected_source_is() {
    let of = |lines: &str| {
        let hidden = format!("protected = true\nlabel = \"a nurse\"\n{lines}");
        let sources = [("h", hidden.as_str()), ("n", "party = \"north\""), ("o", "party = \"south\"")];
        let told = weighed(&sources, &[&["h @e", "n @e", "o"]]);
        told.lines().next().unwrap_or_default().to_owned()
    };
    let unknown = of("party = \"unknown\"");
    assert!(unknown.starts_with("OneSide: 2"), "{unknown}");
    for party in ["north", "south"] {
        assert_eq!(of(&format!("party = \"{party}\"")), unknown);
    }
    // Nor of whose house.
    assert_eq!(of("owner = \"o\""), unknown);
    // It is safe to show that a source is of no party, and most witnesses are of none.
    assert!(of("party = \"none\"").starts_with("Corroborated: 2"));
    assert_eq!(of(""), unknown);
}

#[test]
fn a_source_without_a_record_adds_no_origin_to_others() {
    check(&[], &["monitor", "~stranger"], "SingleSource: 2 [monitor]");
    check(&[], &["~stranger"], "SingleSource: 1 [stranger]");
    check(&[], &["~stranger", "~neighbour"], "SingleSource: 2 [neighbour+stranger]");
    check(&[("wire", RELAY)], &["wire", "~stranger"], "SingleSource: 2 [stranger]");
    // It is still shown that it passed something on, and that it denies.
    check(&[], &["monitor <~stranger", "~stranger"], "SingleSource: 2 [monitor]");
    assert_eq!(
        weighed(&[], &[&["monitor @e", "~stranger !x @e"]]).lines().next(),
        Some("Contested: 1 [monitor] against 1 [stranger]")
    );
}

#[test]
fn a_side_that_nobody_wrote_is_unknown_in_a_site_with_parties() {
    check(&[("a", ""), ("b", "")], &["a", "b"], "OneSide: 2 [a b]");
    check(&[("a", ""), ("b", NORTH)], &["a", "b"], "OneSide: 2 [a b]");
    check(&[("a", "")], &["a", "b"], "Corroborated: 2 [a b]");
    // A source that mainly passes on others may have their side.
    let relays = [("a", "party = \"none\"\nrelays = [\"m\"]"), ("m", NORTH), ("b", NORTH)];
    check(&relays, &["a", "b"], "OneSide: 2 [a b]");
}

#[test]
fn a_source_that_joins_two_others_makes_neither_weaker() {
    let quoting = |whom: &str| format!("party = \"none\"\nrelays = [{whom}]");
    let (a, b, c) = (quoting("\"x\""), quoting("\"x\", \"y\""), quoting("\"y\""));
    let sources =
        [("a", a.as_str()), ("b", &b), ("c", &c), ("x", "party = \"none\""), ("y", "party = \"none\"")];
    check(&sources, &["a", "c"], "Corroborated: 2 [a c]");
    check(&sources, &["a", "b", "c"], "Corroborated: 3 [a+b c]");
}

#[test]
fn words_that_name_nobody_are_no_source() {
    check(&[], &["monitor", "~Eyewitnesses"], "SingleSource: 1 [monitor]");
    check(&[], &["~Facebook", "~Telegram"], "Unverified: 0 []");
    check(
        &[("facebook", "party = \"none\"")],
        &["monitor", "facebook"],
        "Corroborated: 2 [facebook monitor]",
    );
}
