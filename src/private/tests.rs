use proptest::prelude::*;

use super::folded::Folded;
use super::{Matcher, Pattern, RedactList, Rule, is_packed};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::fold::letters_of;

#[track_caller]
fn check(word: &str, text: &str, masked: &str) {
    let (redactions, empty) = RedactList::parse(word);
    assert!(empty.is_empty());
    assert_eq!(redactions.masked(text), masked);
    assert_eq!(lines_in(&redactions, text.as_bytes()).is_empty(), text == masked);
    assert!(lines_in(&redactions, redactions.masked(text).as_bytes()).is_empty());
}

/// The lines of redact.txt whose words are in an output.
fn lines_in(redactions: &RedactList, output: &[u8]) -> Vec<usize> {
    let (lines, patterns): (Vec<_>, Vec<_>) =
        redactions.words().map(|(line, word)| (line, word.clone())).unzip();
    Matcher::new(patterns).found_in_output(output).into_iter().map(|pattern| lines[pattern]).collect()
}

fn names(names: &[&str]) -> Matcher {
    Matcher::new(names.iter().filter_map(|name| Pattern::new(name, Rule::Name)).collect())
}

#[test]
fn case_accents_and_spacing_do_not_hide_a_word() {
    check("Zoë Müller", "by ZOE  MULLER, and zoë-müller.html", "by ███████████, and ██████████.html");
    check("O'Brien", "the O’BRIENs", "the ███████s");
    check("Øst", "an ost, and oster", "an ███, and oster");
    check("Weiß", "WEISS and weiß", "█████ and ████");
    check("nadia", "n\u{200b}adia and na\u{ad}dia", "██████ and ██████");
}

#[test]
fn forms_of_arabic_letters_do_not_hide_a_word() {
    check("أحمد", "قال احمد", "قال ████");
    check("فاطمة", "فاطمه هنا، وفـاطِمة", "█████ هنا، و███████");
    check("مصطفى", "مصطفي", "█████");
    check("علي", "لعلي وعليه", "ل███ وعليه");
    check("٢١٧", "room 217 and 2170", "room ███ and 2170");
}

#[test]
fn a_short_word_is_none_within_a_longer_one() {
    check("Ann", "Ann's annual, Hannah", "███'s annual, Hannah");
    check("Annabel", "Hannabelle", "H███████le");
}

#[test]
fn words_that_are_written_as_one_are_found() {
    check("عبد الرحمن", "قال عبدالرحمن وعبد الرّحـمٰن", "قال █████████ و█████████████");
    check(
        "Ingrid Astrom-Lovold",
        "ingridastromlovold.jpg, myIngridÅströmLøvold1",
        "██████████████████.jpg, my██████████████████1",
    );
    check("Ali Hassan", "alihassan_2.png; Mali has sand", "█████████_2.png; Mali has sand");
    check("Okot", "okot2.jpg, 2okots, okota", "████2.jpg, 2████s, okota");
}

#[test]
fn old_encodings_do_not_hide_a_word_and_pictures_do_not_hold_short_ones_by_chance() {
    let (redactions, _) = RedactList::parse("Zoë Müller\nفاطمة\nAli\n");
    let found = |bytes: &[u8]| lines_in(&redactions, bytes);
    assert_eq!(found(b"met Zo\xeb M\xfcller"), [1], "Latin-1");
    assert_eq!(found(b"\xda\xe4 \xdd\xc7\xd8\xe3\xc9"), [2], "Windows-1256");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(found(&wide("فاطمة, Zoe Muller, Ali")), [1, 2, 3], "UTF-16");
    assert_eq!(found(b"\x89PNG\r\n\x1a\n\x00\x01 ali \xff\xfe\x03"), [0; 0]);
    assert_eq!(found(b"\x89PNG\r\n\x1a\n\x00\x01 zoe muller \xff\xfe\x03"), [1]);
    assert!(is_packed(b"PK\x03\x04") && is_packed(b"%PDF-1.7") && !is_packed(b"text"));
}

#[test]
fn an_output_is_read_as_browsers_and_servers_read_it() {
    let (redactions, _) = RedactList::parse("# private\n\nZoë Müller\nفاطمة\n");
    let found = |text: &str| lines_in(&redactions, text.as_bytes());
    assert_eq!(found("<p>Zo&#235; <b>M&uuml;ller</b></p>"), [3]);
    assert_eq!(found("<p>Zo&#235; <b>M&#xfc;l</b>ler</p>"), [3]);
    assert_eq!(found("<p>Zoe<br>Muller</p>"), [3]);
    assert_eq!(found("<a href=\"%D9%81%D8%A7%D8%B7%D9%85%D8%A9.html\">x</a>"), [4]);
    assert_eq!(found("nothing"), [0; 0]);
}

#[test]
fn a_mark_stays_under_its_word() {
    let (redactions, _) = RedactList::parse("zoe");
    let mut diagnostic = Diagnostic::error(Code::REDACTED_WORD, "zoe is here")
        .at(Place::new("content/zoe.md", "a Zoë b", Span::new(7..8)))
        .help("zoe");
    redactions.mask_all(std::slice::from_mut(&mut diagnostic));
    let place = diagnostic.place.clone().expect("it has one");
    assert_eq!((place.excerpt.as_str(), &place.excerpt[place.mark]), ("a ███ b", "b"));
    assert_eq!(place.file, "content/███.md");
    assert_eq!((diagnostic.message.as_str(), diagnostic.help[0].as_str()), ("███ is here", "███"));
}

#[test]
fn a_line_without_letters_cannot_be_kept() {
    assert_eq!(RedactList::parse("a\n...\n").1, [2]);
}

#[test]
fn a_protected_name_is_found_in_every_form() {
    let name = names(&["Hanna Ödegård"]);
    for text in [
        "by Hanna\nÖdegård",
        "by Hanna\u{a0}Ödegård",
        "by Hanna **Ödegård**",
        "<p>by Hanna <em>Öde</em>gård</p>",
        "hanna.odegard@example.org",
        "https://example.org/?q=Hanna%20%C3%96deg%C3%A5rd",
        "HannaOdegard.png",
        "hanna_o\u{308}degard",
        "Hanna\u{200b} \u{d6}de\u{ad}gård",
        "{\"name\":\"Hanna \\u00d6deg\\u00e5rd\"}",
    ] {
        assert_eq!(name.found_in_output(text.as_bytes()), [0], "{text}");
    }
    assert_eq!(name.found_in_path("briefings/hanna-odegard.html"), [0]);
    assert_eq!(name.found_in_output(b"Hanna and Degard"), [0; 0]);
}

#[test]
fn a_name_of_one_word_is_no_word_of_the_text() {
    let name = names(&["Will"]);
    assert_eq!(name.found_in_output(b"Says Will, at noon"), [0]);
    assert_eq!(name.found_in_output("Says <b>WILL</b>'s".as_bytes()), [0]);
    assert_eq!(name.found_in_output(b"it will rain in Willow Street"), [0; 0]);
    assert_eq!(name.found_in_path("sources/will.html"), [0]);
    assert_eq!(names(&["سليم"]).found_in_output("قال سليم".as_bytes()), [0]);
}

#[test]
fn capitals_and_small_letters_of_every_script_are_one() {
    for c in (char::MIN..=char::MAX).filter(|c| c.is_alphabetic()) {
        let capitals: String = c.to_uppercase().collect();
        assert_eq!(letters_of(&c.to_string()), letters_of(&capitals), "{c} and {capitals}");
    }
    check("Γιώργος", "ΓΙΩΡΓΟΣ", "███████");
}

fn word() -> impl Strategy<Value = String> {
    let words = prop_oneof!["[a-zéößøα-ωа-я]{3,9}( [a-zéöß]{3,9}){0,2}", "[ا-ي]{3,8}( [ا-ي]{3,8}){0,2}"];
    // Tatweel alone is no letter.
    words.prop_filter("it has letters", |word| !letters_of(word).is_empty())
}

/// Ways in which an output can hold a text.
fn disguised(text: &str, how: usize) -> String {
    let each = |disguise: &dyn Fn(char) -> String| text.chars().map(disguise).collect::<String>();
    match how {
        0 => text.to_uppercase(),
        1 => text.replace(' ', "\n"),
        2 => text.replace(' ', "\u{a0}"),
        3 => text.replace(' ', "_"),
        4 => each(&|c| format!("{c}\u{ad}")),
        5 => each(&|c| format!("&#{};", u32::from(c))),
        6 => each(&|c| format!("<b>{c}</b>")),
        7 => text.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        8 => each(&|c| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()),
        _ => text.to_owned(),
    }
}

proptest! {
    #[test]
    fn no_disguise_hides_a_private_word(word in word(), before in "[a-z]{0,5} ", after in " [a-z]{0,5}", how in 0..10_usize) {
        let matcher = Matcher::new(vec![Pattern::new(&word, Rule::AnyCase).expect("it has letters")]);
        let output = [before, disguised(&word, how), after].concat();
        prop_assert_eq!(matcher.found_in_output(output.as_bytes()), [0], "{}", output);
    }

    #[test]
    fn a_masked_text_has_no_private_word_and_as_many_characters(word in word(), text in ".{0,40}", at in 0..40_usize) {
        let matcher = Matcher::new(vec![Pattern::new(&word, Rule::AnyCase).expect("it has letters")]);
        let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
        let text = [&text[..at], " ", &word, " ", &text[at..]].concat();
        let masked = matcher.masked(&text);
        prop_assert_eq!(masked.chars().count(), text.chars().count());
        prop_assert_eq!(matcher.masked(&masked), masked.clone());
        prop_assert_eq!(matcher.place_in(&masked, |_| true), None);
    }

    /// The fast pass must let through all that the exact search can find.
    #[test]
    fn the_letters_of_a_text_are_its_folded_form_without_spaces(text in "\\PC{0,60}") {
        prop_assert_eq!(letters_of(&text), Folded::of(&text).text.replace(' ', ""));
    }
}
