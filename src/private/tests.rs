use super::*;

#[track_caller]
fn check(word: &str, text: &str, masked: &str) {
    let (redactions, empty) = Redactions::parse(word);
    assert!(empty.is_empty());
    assert_eq!(redactions.masked(text), masked);
    assert_eq!(redactions.found_in(text).is_empty(), text == masked);
    assert!(redactions.found_in(&redactions.masked(text)).is_empty());
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
    let (redactions, _) = Redactions::parse("Zoë Müller\nفاطمة\nAli\n");
    let found = |bytes: &[u8]| redactions.found_in_output(bytes);
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
    let (redactions, _) = Redactions::parse("# private\n\nZoë Müller\nفاطمة\n");
    let found = |text: &str| redactions.found_in_output(text.as_bytes());
    assert_eq!(found("<p>Zo&#235; <b>M&uuml;ller</b></p>"), [3]);
    assert_eq!(found("<p>Zo&#235; <b>M&#xfc;l</b>ler</p>"), [3]);
    assert_eq!(found("<p>Zoe<br>Muller</p>"), [3]);
    assert_eq!(found("<a href=\"%D9%81%D8%A7%D8%B7%D9%85%D8%A9.html\">x</a>"), [4]);
    assert_eq!(found("nothing"), [0; 0]);
}

#[test]
fn a_mark_stays_under_its_word() {
    let (redactions, _) = Redactions::parse("zoe");
    let mut diagnostic = Diagnostic::error("x", "zoe is here")
        .at(Place::new("content/zoe.md", "a Zoë b", crate::diag::Span::new(7..8)))
        .help("zoe");
    redactions.mask_all(std::slice::from_mut(&mut diagnostic));
    let place = diagnostic.place.clone().expect("it has one");
    assert_eq!((place.excerpt.as_str(), &place.excerpt[place.mark]), ("a ███ b", "b"));
    assert_eq!(place.file, "content/███.md");
    assert_eq!((diagnostic.message.as_str(), diagnostic.help[0].as_str()), ("███ is here", "███"));
}

#[test]
fn a_line_without_letters_cannot_be_kept() {
    assert_eq!(Redactions::parse("a\n...\n").1, [2]);
}
