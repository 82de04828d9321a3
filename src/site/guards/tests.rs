//! Wordings that guards stop and do not stop, and a law about sites.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::movement_words;
use super::paraphrase::{ComparedText, InstructionWords, Likeness};
use crate::diag::Diagnostic;
use crate::engine::{BuildOptions, prepare};
use crate::sources::Store;
use crate::time::parse_day_or_moment;

#[test]
fn claims_that_speak_of_troops_or_convoys_are_found() {
    for (text, expected) in [
        ("A convoy left the depot.", Some("convoy")),
        ("CONVOYS are on the road", Some("convoys")),
        ("Troops passed the mill.", Some("troops")),
        ("Water tanks are full, and tanks passed.", Some("tanks")),
        ("A column of lorries drove north.", Some("column of")),
        ("The checkpoint is moving to the mill.", Some("checkpoint is moving")),
        ("Armoured vehicles—twelve of them", Some("armoured vehicles")),
        ("شوهد رتل على الطريق", Some("رتل")),
        ("والدبابات في الشارع", Some("دبابات")),
        ("تحركت القوافل ليلا", Some("قوافل")),
        ("Una columna de camiones", Some("columna de")),
        ("Las TROPAS avanzan", Some("tropas")),
        ("Un convoi est parti", Some("convoi")),
        ("Des véhicules blindés", Some("véhicules blindés")),
        ("Water tanks are empty.", None),
        ("A column of smoke was seen.", None),
        ("The tanker is in the harbour.", None),
        ("Government forces reached the edge of the quarter.", None),
        ("The army told fighters to leave.", None),
        ("The tank is full again.", None),
        ("Think tanks disagree.", None),
        ("صيانة دورية للمضخات", None),
        ("Los tanques de agua", None),
        ("Une colonne de fumée", None),
        ("Army trucks crossed the bridge", Some("army trucks")),
        ("Two military lorries", Some("military lorries")),
        ("A convoy of aid of the UN", Some("convoy")),
        ("The aid convoy left", Some("convoy")),
        ("A column of families left by the north road", Some("column of")),
        ("They cut the water, tanks rolled in", Some("tanks")),
        ("Tanks near the water plant", Some("tanks")),
        ("Tanks of the army", Some("tanks")),
        ("Twelve soldiers were seen at the mill", Some("soldiers")),
        ("شوهد جنديان قرب الجسر", Some("جنديان")),
        ("شوهد عشرون جنديا قرب الجسر", Some("جنديا")),
        ("مرت دبابتان", Some("دبابة")),
        ("رأوا دبابتين ورتلا", Some("دبابة")),
        ("دبابتا الجيش", Some("دبابة")),
        ("شاحنتان عسكريتان", Some("شاحنة عسكرية")),
        ("شاهدوا حاجزا طيارا", Some("حاجز طيار")),
        ("Dos camiones militares", Some("camiones militares")),
        ("Des soldats traversent la rue", Some("soldats")),
        ("Soldiers were hurt.", None),
        ("مقتل جنديين", None),
        ("Twenty tanks for water", None),
        ("Tanks of clean water were filled", None),
        ("Tanks to store drinking water", None),
        ("Water storage tanks and roof tanks", None),
        ("Columns of people queued for bread", None),
        ("A column of cars waited at the pump", None),
        ("An army of volunteers cleans the streets", None),
        ("Two columns of numbers", None),
        ("tanques para agua", None),
        ("una columna de personas en fila", None),
        ("Une troupe de danse", None),
        ("", None),
    ] {
        assert_eq!(movement_words::find(text), expected, "{text}");
    }
}

#[track_caller]
fn repeats(likeness: Likeness, instruction: &str, text: &str) -> bool {
    InstructionWords::new(instruction, &["The council"]).is_in(&ComparedText::new(text), likeness)
}

#[test]
fn an_instruction_is_found_in_other_words() {
    const LEAVE: &str = "The council told residents to leave the old quay by noon.";
    const BOIL: &str = "Boil tap water for three minutes before drinking it.";
    const QUAY: &str = "طلب المجلس من السكان أن يغادروا الرصيف القديم قبل الظهر.";
    const ARABIC: &str = "غادروا الأحياء الشرقية عبر الجسر الجديد.";
    for (instruction, text) in [
        (LEAVE, "Residents: leave the old quay by noon"),
        (LEAVE, "Leave the old quay by noon"),
        (LEAVE, "By noon, leave the old quay"),
        (LEAVE, "Old quay: residents must leave by noon"),
        (LEAVE, "LEAVE the Old Quay, residents!"),
        (LEAVE, "Please leave the old quay before noon today"),
        (LEAVE, "Council orders all residents to leave the old quay"),
        (LEAVE, "There is news. All residents should now leave the old quay by noon. More follows."),
        (LEAVE, "Leave the quay by noon"),
        (BOIL, "Boil tap water three minutes before drinking"),
        (BOIL, "Before drinking, boil tap water for at least three minutes"),
        (BOIL, "Boil water, three minutes"),
        (BOIL, "Drinking tap water: boil it three minutes"),
        (BOIL, "boil   tap-water for THREE minutes"),
        (ARABIC, "على السكان أن يغادروا الأحياء الشرقية عبر الجسر الجديد"),
        (ARABIC, "غادروا الأحياء الشرقية الآن عبر الجسر"),
        (QUAY, "غادروا الرصيف القديم قبل الظهر"),
        (QUAY, "مغادرة الرصيف القديم قبل الظهر"),
        (
            "Salgan del barrio antiguo por el puente norte.",
            "Salgan ahora del barrio antiguo, por el puente norte",
        ),
        ("Quittez le vieux port avant midi.", "Avant midi, quittez le vieux port"),
        ("Leave the valley.", "Leave this valley"),
        ("Leave the valley.", "The valley: leave now"),
        (LEAVE, "Leaving the quay"),
        (LEAVE, "Leave by noon"),
        (BOIL, "The water must be boiled"),
        (BOIL, "Boiled water only"),
        ("Do not drink the well water.", "Drinking the well water"),
        (LEAVE, "The order was not lifted: leave the old quay by noon"),
        (LEAVE, "The order to stay was lifted, leave the old quay by noon"),
        (LEAVE, "The order holds, leave the old quay by noon as boats are cancelled"),
    ] {
        assert!(repeats(Likeness::SamePage, instruction, text), "{instruction} | {text}");
    }
    assert!(repeats(Likeness::OtherPage, LEAVE, "Residents must leave the old quay by noon"));
    assert!(repeats(Likeness::OtherPage, BOIL, "Boil tap water for three minutes"));
}

#[test]
fn an_ordinary_title_is_no_instruction() {
    const LEAVE: &str = "The council told residents to leave the old quay by noon.";
    const BOIL: &str = "Boil tap water for three minutes before drinking it.";
    const QUAY: &str = "طلب المجلس من السكان أن يغادروا الرصيف القديم قبل الظهر.";
    const ARMY: &str = "The Syrian army high command told armed fighters to leave the eastern districts.";
    for (instruction, text) in [
        (LEAVE, "The council has given an order about the old quay"),
        (LEAVE, "An order of the council"),
        (LEAVE, "Fire at the old quay at noon"),
        (LEAVE, "Residents of the quay wait for news"),
        (LEAVE, "What the council said"),
        (LEAVE, "Old Town and quay"),
        (LEAVE, "Boats leave the harbour"),
        (
            LEAVE,
            "The council spoke about the quay on Sunday. Residents say that water is short, and that the old pumps stopped by noon. Many want to leave.",
        ),
        (BOIL, "Tap water in the north is not clean, laboratory says"),
        (BOIL, "Water is back"),
        (BOIL, "The utility has given advice on tap water"),
        (BOIL, "Three minutes of silence"),
        (ARMY, "A Syrian army statement about the eastern districts"),
        (
            ARMY,
            "State media carried a statement by the Syrian army high command on Sunday. We print it as the words of a party to the fighting. It is not advice from this site.",
        ),
        (ARMY, "What the army said"),
        (ARMY, "Fighters in the eastern districts"),
        ("Leave the valley.", "Families in the valley"),
        ("Leave the valley.", "Valley residents want to leave"),
        ("Evacuate!", "Thousands evacuate the harbour"),
        ("", "Anything"),
        (LEAVE, "The order to leave the old quay by noon was cancelled"),
        (LEAVE, "Council lifts its order to leave the old quay by noon"),
        (LEAVE, "Residents no longer have to leave the old quay by noon"),
        (LEAVE, "Leaving the old quay by noon is no longer necessary, council says"),
        (LEAVE, "Residents of the quay"),
        (LEAVE, "Evacuation order for residents of the old quay lifted"),
        (BOIL, "Boil-water notice"),
        (BOIL, "Boil-water order lifted"),
        (LEAVE, "Call to leave the old quay by noon withdrawn"),
        ("Do not drink the well water.", "Well water"),
        (BOIL, "Notice to boil tap water for three minutes before drinking withdrawn"),
        (BOIL, "Drinking water"),
        (QUAY, "إلغاء أمر مغادرة الرصيف القديم قبل الظهر"),
        (
            "Salgan del barrio antiguo por el puente norte.",
            "Anulada la orden de salir del barrio antiguo por el puente norte",
        ),
        ("Quittez le vieux port avant midi.", "L'ordre de quitter le vieux port avant midi est levé"),
    ] {
        assert!(!repeats(Likeness::SamePage, instruction, text), "{instruction} | {text}");
    }
    assert!(!repeats(Likeness::OtherPage, "Leave the valley.", "Families leave the valley, council says"));
    assert!(!repeats(Likeness::OtherPage, LEAVE, "Leave the quay"));
}

/// A site that some guards stop, as text. The claims and the paths are in any order.
#[derive(Clone, Debug)]
struct GuardedSite {
    claims: Vec<&'static str>,
    keys: Vec<&'static str>,
    /// The places are named by the briefing, and not by the claim.
    names_place_itself: bool,
    file: &'static str,
}

const CLINIC: &str = "text = \"The clinic is open.\"\nsource = \"council\"\ntopic = \"health\"\n";
const BOATS: &str =
    "text = \"Boats left.\"\nsource = \"council\"\ntopic = \"movement\"\nkind = \"statement\"\n";
const LEAVE: &str = "text = \"Leave the old quay by noon.\"\nsource = \"council\"\nkind = \"instruction\"\n";

fn guarded_site() -> impl Strategy<Value = GuardedSite> {
    let claims = Just(vec![CLINIC, BOATS, LEAVE]).prop_shuffle();
    let keys = vec![
        "title = \"By noon, leave the old quay\"",
        "date = 2031-05-03T10:00:00Z",
        "kind = \"flash\"",
        "authors = [\"A desk\"]",
    ];
    let files = prop::sample::select(vec!["a.md", "z/deep/b.md", "index-of-all.md", "c/index.md"]);
    (claims, Just(keys).prop_shuffle(), any::<bool>(), files).prop_map(
        |(claims, keys, names_place_itself, file)| GuardedSite { claims, keys, names_place_itself, file },
    )
}

impl GuardedSite {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let place = "neighbourhoods = [\"mill-lane\"]\n";
        let mut text = format!("+++\n{}\n", self.keys.join("\n"));
        if self.names_place_itself {
            text.push_str(place);
        }
        for claim in &self.claims {
            let of_claim = if *claim == CLINIC && !self.names_place_itself { place } else { "" };
            text.push_str(&format!("[[claims]]\n{of_claim}{claim}"));
        }
        let site = "title = \"T\"\ntopics = [\"health\", \"movement\"]\n";
        let record = "+++\npoint = { precision = \"city\", lon = 37.1732, lat = 36.2361 }\ntitle = \"Mill Lane\"\n+++\n";
        let files = BTreeMap::from([
            ("site.toml".to_owned(), site.as_bytes().to_vec()),
            ("content/neighbourhoods/mill-lane.md".to_owned(), record.as_bytes().to_vec()),
            (format!("content/briefings/{}", self.file), format!("{text}+++\nA text.\n").into_bytes()),
        ]);
        let now = parse_day_or_moment("2031-06-01T00:00:00Z").expect("a date");
        prepare(&BuildOptions {
            store: Store::memory(files),
            now,
            as_of: None,
            drafts: false,
            base_url: None,
        })
        .1
    }
}

proptest! {
    #[test]
    fn no_order_of_keys_claims_and_paths_opens_a_guard(site in guarded_site()) {
        let diagnostics = site.diagnostics();
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let mut codes: Vec<&str> = errors.map(|diagnostic| diagnostic.code.name()).collect();
        codes.sort_unstable();
        prop_assert_eq!(codes, ["instruction-as-advice", "military-movement", "precise-point"]);
    }

    #[test]
    fn any_text_is_searched_without_a_panic(text in "\\PC{0,80}") {
        let _ = movement_words::find(&text);
        let _ = repeats(Likeness::SamePage, &text, &text);
    }

    #[test]
    fn an_instruction_is_found_in_any_order_of_its_words(
        words in Just(vec!["carry", "three", "bottles", "clean", "water", "north", "bridge"]).prop_shuffle(),
    ) {
        let instruction = "Carry three bottles of clean water to the north bridge.";
        prop_assert!(repeats(Likeness::OtherPage, instruction, &words.join(" ")));
    }

    #[test]
    fn news_that_an_order_was_cancelled_is_no_instruction(
        verb in prop::sample::select(vec!["leave", "clear", "avoid", "evacuate"]),
        place in prop::sample::select(vec!["the old quay", "the eastern districts", "Mill Lane and the port"]),
        news in 0..5_usize,
    ) {
        let instruction = format!("Residents must {verb} {place} by noon.");
        let news = match news {
            0 => format!("The order to {verb} {place} by noon was lifted"),
            1 => format!("Council cancels its order that residents {verb} {place}"),
            2 => format!("Residents no longer have to {verb} {place}"),
            3 => format!("Instruction to residents to {verb} {place} by noon, given on Sunday, withdrawn"),
            _ => format!("It is no longer necessary to {verb} {place} by noon"),
        };
        prop_assert!(!repeats(Likeness::SamePage, &instruction, &news), "{}", news);
        let still = format!("{news}. Residents must {verb} {place}.");
        prop_assert!(repeats(Likeness::SamePage, &instruction, &still), "{}", still);
    }

    #[test]
    fn a_movement_is_found_in_any_clause(
        before in "([A-Z][a-z]{0,8} ){0,3}",
        mark in prop::sample::select(vec![", ", "; ", ". ", " – ", ": ", "، "]),
        words in prop::sample::select(vec![
            "a convoy of aid", "tanks", "army trucks", "military vehicles", "رتل", "دبابتان", "columna de camiones",
            "des blindés", "soldiers were seen",
        ]),
        after in "( [A-Z][a-z]{0,8}){0,3}",
    ) {
        let text = format!("Water{mark}{before}{words}{after}");
        prop_assert!(movement_words::find(&text).is_some(), "{}", text);
    }

    #[test]
    fn tanks_that_hold_something_are_no_movement(
        link in prop::sample::select(vec!["of", "for", "with", "full of", "filled with", "to store", "that hold"]),
        kind in prop::sample::select(vec!["", "clean ", "drinking "]),
        held in prop::sample::select(vec!["water", "fuel", "diesel", "oxygen"]),
    ) {
        for text in [format!("Twelve tanks {link} {kind}{held} came"), format!("The {held} tanks are empty")] {
            prop_assert_eq!(movement_words::find(&text), None, "{}", text);
        }
    }
}
