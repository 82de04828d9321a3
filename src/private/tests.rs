mod writings;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use proptest::prelude::*;

use super::letters::Letters;
use super::occurrence::{Occurrence, TextKind};
use super::readings::readings;
use super::{ListFault, ListLine, Masking, Matcher, Pattern, RedactList, Rule, is_packed, text_of_list};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::fold::letters_of;
use writings::WRITINGS;

#[track_caller]
fn check(word: &str, text: &str, masked: &str) {
    let (redactions, empty) = RedactList::parse("redact.txt", word);
    assert!(empty.is_empty());
    assert_eq!(redactions.masked(text), masked);
    assert_eq!(lines_in(&redactions, text.as_bytes()).is_empty(), text == masked);
    assert!(lines_in(&redactions, redactions.masked(text).as_bytes()).is_empty());
}

const FIRST_LINE: ListLine = ListLine { file: "redact.txt", line: 1 };

/// The lines of redact.txt whose words are in an output.
fn lines_in(redactions: &RedactList, output: &[u8]) -> Vec<usize> {
    let (lines, patterns): (Vec<_>, Vec<_>) =
        redactions.words().map(|(line, word)| (line, word.clone())).unzip();
    Matcher::new(patterns).found_in_output(output).into_iter().map(|pattern| lines[pattern].line).collect()
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
    let (redactions, _) = RedactList::parse("redact.txt", "Zoë Müller\nفاطمة\nAli\n");
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
    let (redactions, _) = RedactList::parse("redact.txt", "# private\n\nZoë Müller\nفاطمة\n");
    let found = |text: &str| lines_in(&redactions, text.as_bytes());
    assert_eq!(found("<p>Zo&#235; <b>M&uuml;ller</b></p>"), [3]);
    assert_eq!(found("<p>Zo&#235; <b>M&#xfc;l</b>ler</p>"), [3]);
    assert_eq!(found("<p>Zoe<br>Muller</p>"), [3]);
    assert_eq!(found("<a href=\"%D9%81%D8%A7%D8%B7%D9%85%D8%A9.html\">x</a>"), [4]);
    assert_eq!(found("nothing"), [0; 0]);
}

#[test]
fn a_mark_stays_under_its_word() {
    let (redactions, _) = RedactList::parse("redact.txt", "zoe");
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
    assert_eq!(
        RedactList::parse("redact.txt", "a\n...\n").1,
        [(ListLine { line: 2, ..FIRST_LINE }, ListFault::NoLetters)]
    );
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
fn names_are_found_as_languages_write_them() {
    let is_found = |name: &str, text: &str| !names(&[name]).found_in_output(text.as_bytes()).is_empty();
    let wrong = WRITINGS.iter().filter(|(name, text, wanted)| is_found(name, text) != *wanted);
    let wrong: Vec<String> =
        wrong.map(|(name, text, wanted)| format!("{name:?} in {text:?}: {wanted}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_list_is_read_in_one_way_or_is_at_fault() {
    let lines = |text: &str| {
        let (list, faults) = RedactList::parse("redact.txt", text);
        (list.words().map(|(line, _)| line.line).collect::<Vec<_>>(), faults)
    };
    assert_eq!(lines("Zoe\rAli\r\nOmar\n\n# a remark\nNour # the driver\n"), (vec![1, 2, 3, 6], vec![]));
    for (text, fault) in [
        ("Zoe, Ali", ListFault::SeveralWords(',')),
        ("Zoe\tdriver", ListFault::SeveralWords('\t')),
        ("زوي، علي", ListFault::SeveralWords('،')),
        ("Zoe (driver)", ListFault::SeveralWords('(')),
        ("Zoe - driver", ListFault::SeveralWords('-')),
        ("Zoe / Ali", ListFault::SeveralWords('/')),
        ("Zoe: driver", ListFault::SeveralWords(':')),
        ("Zoe/Alina", ListFault::SeveralWords('/')),
        ("Zoe–Alina", ListFault::SeveralWords('–')),
        ("王小明／李四光", ListFault::SeveralWords('／')),
        ("王小明（护士）", ListFault::SeveralWords('（')),
        ("Zelda Quill <z@e.org>", ListFault::SeveralWords('<')),
        ("Zelda Quill \"Zee\"", ListFault::SeveralWords('"')),
        ("Zelda Quill#nurse", ListFault::SeveralWords('#')),
        ("1.Zelda Quill", ListFault::Numbered),
        ("(1) Zelda Quill", ListFault::Numbered),
        ("1. Zoe", ListFault::Numbered),
        ("Zo\u{fffd}", ListFault::Damaged),
    ] {
        let (list, faults) = RedactList::parse("redact.txt", text);
        assert_eq!(faults, [(FIRST_LINE, fault)], "{text}");
        assert!(!list.masked(text).contains("Zoe"), "it is masked all the same");
    }
    assert_eq!(lines(&"Zoe ".repeat(76)).1, [(FIRST_LINE, ListFault::TooLong)]);
    assert_eq!(lines(&"Zoe ".repeat(75)).1, []);
    for text in ["(0945) 123 456", "https://example.org/?a=b,c", "Zoe", "12 Harbour Road", "- Zoe", "O'Brien"]
    {
        assert_eq!(lines(text).1, [], "{text}");
    }
}

#[test]
fn a_list_may_be_utf_16_with_its_mark() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(text_of_list(&wide("\u{feff}Zoë\n")), Ok("Zoë\n".into()));
    assert_eq!(text_of_list(&wide("Zoe\n")), Err("Zoe\n".into()));
    assert!(text_of_list(b"Zo\xeb").is_err());
}

#[test]
fn a_path_that_is_kept_is_not_masked() {
    let matcher = names(&["Zelda Example"]);
    let mut diagnostic =
        Diagnostic::error(Code::PROTECTED_NAME, "content/sources/zelda-example.md names Zelda Example");
    let kept = ["content/sources/zelda-example.md".to_owned()];
    Masking { matcher: &matcher, kept: &kept }.apply(std::slice::from_mut(&mut diagnostic));
    assert_eq!(diagnostic.message, "content/sources/zelda-example.md names █████████████");
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

/// Looks for each form of each pattern by itself.
fn naive(patterns: &[Pattern], text: &str) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for reading in readings(text) {
        let letters = &Letters::of(&reading.text);
        for (index, pattern) in patterns.iter().enumerate() {
            let is_at = |form: &super::forms::WordForm, start: usize| {
                let range = start..start + form.letters.len();
                let occurrence =
                    Occurrence { word: pattern.word(), form, text: letters, kind: TextKind::Text, range };
                letters.folded()[start..].starts_with(&form.letters) && occurrence.letters().is_some()
            };
            let starts: Vec<usize> = letters.folded().char_indices().map(|(at, _)| at).collect();
            if pattern.forms().iter().any(|form| starts.iter().any(|start| is_at(form, *start))) {
                found.insert(index);
            }
        }
    }
    found
}

#[test]
fn every_writing_is_found_in_every_output() {
    let cases = WRITINGS.iter().filter(|(_, _, is_found)| *is_found);
    let cases =
        cases.flat_map(|(name, writing, _)| (0..OUTPUTS).map(move |kind| (name, output(writing, kind))));
    let missed = cases.filter(|(name, output)| names(&[name]).found_in_output(output).is_empty());
    let missed: Vec<String> =
        missed.map(|(name, output)| format!("{name} in {}", String::from_utf8_lossy(&output))).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

const OUTPUTS: usize = 9;

/// An output of some kind that holds a writing of a name.
fn output(writing: &str, kind: usize) -> Vec<u8> {
    let escaped = writing.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    match kind {
        0 => format!("<!DOCTYPE html><title>x</title><p>Said by {escaped}.</p><p>Then.").into_bytes(),
        1 => format!("Said by {writing}.\n").into_bytes(),
        2 => serde_json::json!({ "text": format!("Said by {writing}.") }).to_string().into_bytes(),
        3 => format!("id,text\n1,\"{}\"\n", writing.replace('"', "\"\"")).into_bytes(),
        4 => format!("<feed><entry><title>{escaped}</title></entry></feed>").into_bytes(),
        5 => format!("<p title=\"{escaped}\">x").into_bytes(),
        6 => std::iter::once(0xfeff)
            .chain(format!("by {writing}.").encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect(),
        7 => percent_encoded(writing).into_bytes(),
        _ => format!(
            "src=\"data:text/plain;base64,{}\"",
            base64::prelude::BASE64_STANDARD.encode(format!("Said by {writing}."))
        )
        .into_bytes(),
    }
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = "https://example.org/?q=".to_owned();
    for byte in text.bytes() {
        write!(encoded, "%{byte:02X}").expect("memory takes every write");
    }
    encoded
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

    #[test]
    fn base64_is_found_at_any_place_of_an_address(
        word in word(), before in "([a-z0-9]{0,6}[/_-]){0,4}", after in "(/[a-z0-9]{0,6}){0,2}",
    ) {
        let matcher = Matcher::new(vec![Pattern::new(&word, Rule::AnyCase).expect("it has letters")]);
        let packed = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(format!("Said by {word}."));
        let output = format!("https://example.org/{before}{packed}{after}");
        prop_assert_eq!(matcher.found_in_output(output.as_bytes()), [0], "{}", output);
    }

    /// The fast pass finds places in the letters of the exact one.
    #[test]
    fn both_passes_see_the_same_letters(text in "\\PC{0,60}") {
        let letters = Letters::of(&text);
        prop_assert_eq!(letters_of(&text), letters.folded());
    }

    #[test]
    fn one_pass_finds_what_a_search_for_each_word_finds(
        words in prop::collection::vec("[a-dа-гü]{1,4}( [a-dа-гü]{1,4})?", 1..8),
        text in "[a-dA-Dа-гüе .,&;<>b/'\n-]{0,60}",
    ) {
        let patterns: Vec<Pattern> = words.iter().filter_map(|word| Pattern::new(word, Rule::AnyCase)).collect();
        let found: BTreeSet<usize> = naive(&patterns, &text);
        prop_assert_eq!(Matcher::new(patterns).found_in_output(text.as_bytes()), found.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn any_text_can_be_read_and_masked(text in "\\PC{0,60}|[%&<>\\\\u0-9a-fx{}';#=\n\u{202e}-]{0,40}", word in word()) {
        let matcher = Matcher::new(vec![Pattern::new(&word, Rule::AnyCase).expect("it has letters")]);
        prop_assert_eq!(matcher.masked(&text).chars().count(), text.chars().count());
        for reading in readings(&text) {
            for (at, c) in reading.text.char_indices() {
                let original = reading.original(&(at..at + c.len_utf8()));
                prop_assert!(original.start < original.end && original.end <= text.len());
            }
        }
    }
}
