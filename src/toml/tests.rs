use super::*;

table! {

    TestKeys, "a test" {
        /// A text.
        optional title: OneLine, seen "";

        /// Tables.
        list claims: TestClaimKeys<'d>, seen "";
    }

    /// An inner table.
    TestClaimKeys, "a claim" {
        /// A text.
        optional text: OneLine, seen "";
    }
}

impl TestKeys<'_> {
    fn texts(self) -> Vec<Option<Box<str>>> {
        self.claims.into_iter().map(|claim| claim.text).chain([self.title]).collect()
    }
}

fn read(text: &str, toml: Range<usize>) -> Vec<Diagnostic> {
    let read = |table: UnreadTable<'_>| TestKeys::read(table).texts();
    TomlText::new("f.md", text, toml).read(Span::default(), &Zone::utc(), read).1
}

/// One line for each diagnostic.
fn reported(toml: &str) -> Vec<String> {
    let diagnostics = read(toml, 0..toml.len());
    let place = |diagnostic: &Diagnostic| {
        diagnostic.place.as_ref().map_or((0, 0), |place| (place.line, place.column))
    };
    diagnostics.iter().map(|d| format!("{} {:?} {}", d.code, place(d), d.message)).collect()
}

#[test]
fn a_place_counts_from_the_beginning_of_the_file_not_of_the_toml() {
    let text = "+++\ntitel = 1\n+++\n";
    let diagnostics = read(text, 4..14);
    let place = diagnostics[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.column, &place.excerpt[place.mark.clone()]), (2, 1, "titel"));
}

#[test]
fn a_key_written_twice_points_at_the_first_in_the_same_table() {
    let text = "[[claims]]\ntext = \"a\"\n[[claims]]\ntext = \"b\"\ntext = \"c\"\n";
    let diagnostics = read(text, 0..text.len());
    assert_eq!(diagnostics[0].related[0].0.line, 4);
}

#[test]
fn one_error_is_reported_for_each_line_and_a_broken_value_is_not_reported_again() {
    assert_eq!(
        reported("title: \"x\"\ntitle = yes\nfoo = 1\n"),
        [
            "toml-syntax (1, 6) a key and its value are joined by =",
            "toml-syntax (2, 9) this is no value that TOML knows",
            "unknown-key (3, 1) `foo` is not a key of a test",
        ]
    );
}

#[test]
fn a_key_without_a_value_does_not_hide_what_follows() {
    assert_eq!(
        reported("title\nfoo: 1\r\nbar = 2 x\ntitle = 3\n"),
        [
            "toml-syntax (1, 6) a key has no value",
            "toml-syntax (2, 4) a key and its value are joined by =",
            "toml-syntax (3, 7) text must be between straight quotes",
            "wrong-type (4, 9) `title` must be text",
            "unknown-key (3, 1) `bar` is not a key of a test",
        ]
    );
}

#[test]
fn a_text_that_is_no_toml_gets_twenty_errors() {
    let reported = reported(&"Once upon a time.\n".repeat(10_000));
    assert_eq!(reported.len(), 20);
}

#[test]
fn invisible_characters_in_the_toml_itself_are_reported() {
    assert_eq!(reported("title = \"a\u{1}b\"\n"), ["control-character (1, 11) U+0001 must not be in TOML"]);
    let carriage_return = "toml-syntax (1, 13) carriage return must be followed by newline";
    assert_eq!(reported("title = \"a\"\r\ntitel"), reported("title = \"a\"\ntitel"));
    assert_eq!(reported("title = \"a\" \r")[0], carriage_return);
}

#[test]
fn control_and_stray_bidi_characters_are_refused_and_balanced_ones_are_not() {
    for (text, found) in [
        ("plain, الهلك \u{200f}and\u{200e}", None),
        ("a\nb\tc", None),
        ("a\u{7}b", Some('\u{7}')),
        ("a\u{85}b", Some('\u{85}')),
        ("a\u{ffff}b", Some('\u{ffff}')),
        ("\u{2066}a\u{2069} \u{202b}\u{2067}b\u{2069}\u{202c}", None),
        ("\u{202e}txt.exe", Some('\u{202e}')),
        ("a\u{202c}", Some('\u{202c}')),
        ("\u{2066}a\u{202c}", Some('\u{202c}')),
        ("\u{2066}a\nb\u{2069}", Some('\u{2066}')),
    ] {
        assert_eq!(forbidden_character(text, Lines::Many), found, "{text:?}");
    }
    assert_eq!(forbidden_character("a\nb", Lines::One), Some('\n'));
    assert_eq!(forbidden_character("a\tb", Lines::One), Some('\t'));
}

#[test]
fn a_web_address_has_a_scheme_and_a_host() {
    for url in
        ["https://example.org", "HTTP://example.org/a?b=c#d", "https://مثال.org/", "http://10.0.0.1:80/"]
    {
        assert!(is_web_url(url), "{url}");
    }
    for url in [
        "example.org",
        "//example.org",
        "ftp://x",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        "https://a\"b",
        "https://a\n",
    ] {
        assert!(!is_web_url(url), "{url}");
    }
}

#[test]
fn a_quoted_value_is_short_and_harmless() {
    assert_eq!(shown("a\u{1b}[31m\u{202e}"), "a\u{fffd}[31m\u{fffd}");
    assert_eq!(shown(&"x".repeat(100)).chars().count(), 61);
}
