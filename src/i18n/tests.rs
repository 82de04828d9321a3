//! Messages, dates and numbers in two languages, and the faults of Fluent files.

use fluent_bundle::FluentArgs;

use super::*;
use crate::diag::Diagnostic;
use crate::time::{When, Zone};

const EN: &str = "language-name = English\nmoment = { $date }, { $time } ({ $offset })\n\
    when-range = { $from } to { $to }\nwhen-until = until { $when }\nwhen-since = since { $when }\n\
    when-by = by { $when }\nwhen-from = from { $when }\n\
    when-about = about { $when }\nwhen-perhaps = perhaps { $when }\n\
    claims = { $count ->\n    [one] { $count } claim\n   *[other] { $count } claims\n }\nmoment-here = { $date }, { $time }\n";
const AR: &str = "language-name = العربية\nmoment = { $date }، { $time } ({ $offset })\n\
    when-range = { $from } – { $to }\nwhen-until = حتى { $when }\nwhen-since = منذ { $when }\n\
    when-by = في موعد أقصاه { $when }\nwhen-from = اعتبارًا من { $when }\n\
    when-about = نحو { $when }\nwhen-perhaps = ربما { $when }\n\
    claims = { $count ->\n    [one] ادعاء واحد\n    [two] ادعاءان\n    [few] { $count } ادعاءات\n   *[other] { $count } ادعاء\n }\nmoment-here = { $date }، { $time }\n";

fn source(language: &str, file: &str, text: &str) -> MessageFile {
    MessageFile { language: language.into(), file: file.into(), text: text.into() }
}

fn words() -> Messages {
    let (words, diagnostics) =
        build(&["en", "ar"], &[source("en", "en.ftl", EN), source("ar", "ar.ftl", AR)]);
    assert_eq!(diagnostics, []);
    words
}

fn build(languages: &[&str], sources: &[MessageFile]) -> (Messages, Vec<Diagnostic>) {
    let languages: Vec<String> = languages.iter().map(|code| (*code).to_owned()).collect();
    Messages::new(&languages, sources, Zone::named("Asia/Damascus").unwrap())
}

/// Code, place, message and help of each diagnostic, a line each.
fn lines(diagnostics: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let place =
            d.place.as_ref().map_or_else(String::new, |p| format!("{}:{}:{} ", p.file, p.line, p.column));
        format!("{}[{}] {place}{} | {}", d.severity.word(), d.code, d.message, d.help.join("; "))
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn when(lang: &str, text: &str) -> String {
    words().when(lang, &When::parse(text, &Zone::utc()).unwrap(), RangeSense::Throughout)
}

#[test]
fn dates_and_numbers_are_in_the_order_and_digits_of_the_language() {
    let words = words();
    let date = jiff::civil::date(2016, 10, 2);
    insta::assert_snapshot!(words.date("en", date), @"2 October 2016");
    insta::assert_snapshot!(words.date("ar", date), @"2 تشرين الأول 2016");
    insta::assert_snapshot!(words.month("en", 2016, 10), @"October 2016");
    insta::assert_snapshot!(words.month("ar", 2016, 10), @"تشرين الأول 2016");
    insta::assert_snapshot!(words.year("en", 2016), @"2016");
    insta::assert_snapshot!(words.year("ar", 2016), @"2016");
    insta::assert_snapshot!(words.number("en", 12345.0), @"12,345");
    insta::assert_snapshot!(words.number("ar", 12345.5), @"12,345.5");
    insta::assert_snapshot!(words.number("en", -0.25), @"-0.25");
    insta::assert_snapshot!(words.week("en").0[0].join(" "), @"Mon Tue Wed Thu Fri Sat Sun");
    insta::assert_snapshot!(words.week("ar").0[1].join(" "), @"سبت أحد إثنين ثلاثاء أربعاء خميس جمعة");
    let (syrian, _) = build(&["ar-SY"], &[source("en", "en.ftl", EN), source("ar", "ar.ftl", AR)]);
    let moment = When::parse("2016-10-02T18:40:00Z", &Zone::utc()).unwrap();
    insta::assert_snapshot!(syrian.when("ar-SY", &moment, RangeSense::Within), @"٢ تشرين الأول ٢٠١٦، ٢١:٤٠");
    insta::assert_snapshot!(syrian.number("ar-SY", 12345.5), @"١٢٬٣٤٥٫٥");
    assert_eq!(words.date("ar", date), words.date("ar", date), "the second is from the cache");
}

#[test]
fn a_moment_is_in_the_sites_zone_and_midnight_is_only_a_date() {
    insta::assert_snapshot!(when("en", "2016-10-02T18:40:00Z"), @"2 October 2016, 21:40");
    insta::assert_snapshot!(when("ar", "2016-10-02T18:40:00Z"), @"2 تشرين الأول 2016، 21:40");
    insta::assert_snapshot!(when("en", "2016-10-01T21:00:00Z"), @"2 October 2016");
    insta::assert_snapshot!(when("en", "2016-10-01T21:00:01Z"), @"2 October 2016, 00:00");
}

#[test]
fn ranges_and_doubts_are_in_words() {
    insta::assert_snapshot!(when("en", "2016-10-01/2016-10-02~"), @"1 October 2016 to about 2 October 2016");
    insta::assert_snapshot!(when("en", "../2016-10?"), @"perhaps until October 2016");
    insta::assert_snapshot!(when("en", "2011-03?/.."), @"perhaps since March 2011");
    insta::assert_snapshot!(when("ar", "2011"), @"2011");
}

/// Each point as the open end of a range, in a language of the default theme: a line for each point.
fn open_ranges(language: &str, text: &str) -> String {
    let sources = [source("en", "en.ftl", EN), source(language, "own.ftl", text)];
    let (words, diagnostics) = build(&[language], &sources);
    assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{diagnostics:?}");
    let points = ["2016-10-02", "2016-10", "2016", "2016-10-02T21:40:00+03:00", "2016-10-02~", "2016?"];
    let mut lines = String::new();
    for point in points {
        let in_words =
            |range: String, sense| words.when(language, &When::parse(&range, &Zone::utc()).unwrap(), sense);
        let until = |sense| in_words(format!("../{point}"), sense);
        let since = |sense| in_words(format!("{point}/.."), sense);
        let all = [
            until(RangeSense::Within),
            until(RangeSense::Throughout),
            since(RangeSense::Within),
            since(RangeSense::Throughout),
        ];
        lines.push_str(&all.join(" | "));
        lines.push('\n');
    }
    lines
}

#[test]
fn open_ranges_are_worded_by_their_sense_and_precision_in_every_language() {
    let english = open_ranges("en", include_str!("../../themes/default/i18n/en.ftl"));
    let french = open_ranges("fr", include_str!("../../themes/default/i18n/fr.ftl"));
    let spanish = open_ranges("es", include_str!("../../themes/default/i18n/es.ftl"));
    let arabic = open_ranges("ar", include_str!("../../themes/default/i18n/ar.ftl"));
    insta::assert_snapshot!([english, french, spanish, arabic].join("\n"), @r"
    by 2 October 2016 | until 2 October 2016 | from 2 October 2016 | since 2 October 2016
    by the end of October 2016 | until October 2016 | from October 2016 | since October 2016
    by the end of 2016 | until 2016 | from 2016 | since 2016
    by 2 October 2016, 21:40 | until 2 October 2016, 21:40 | from 2 October 2016, 21:40 | since 2 October 2016, 21:40
    by about 2 October 2016 | until about 2 October 2016 | from about 2 October 2016 | since about 2 October 2016
    perhaps by the end of 2016 | perhaps until 2016 | perhaps from 2016 | perhaps since 2016

    au plus tard le 2 octobre 2016 | jusqu’au 2 octobre 2016 | dès le 2 octobre 2016 | depuis le 2 octobre 2016
    au plus tard en octobre 2016 | jusqu’en octobre 2016 | dès octobre 2016 | depuis octobre 2016
    au plus tard en 2016 | jusqu’en 2016 | dès 2016 | depuis 2016
    au plus tard le 2 octobre 2016, 21:40 | jusqu’au 2 octobre 2016, 21:40 | dès le 2 octobre 2016, 21:40 | depuis le 2 octobre 2016, 21:40
    au plus tard le 2 octobre 2016 environ | jusqu’au 2 octobre 2016 environ | dès le 2 octobre 2016 environ | depuis le 2 octobre 2016 environ
    peut-être au plus tard en 2016 | peut-être jusqu’en 2016 | peut-être dès 2016 | peut-être depuis 2016

    a más tardar el 2 de octubre de 2016 | hasta el 2 de octubre de 2016 | a partir del 2 de octubre de 2016 | desde el 2 de octubre de 2016
    a más tardar en octubre de 2016 | hasta octubre de 2016 | a partir de octubre de 2016 | desde octubre de 2016
    a más tardar en 2016 | hasta 2016 | a partir de 2016 | desde 2016
    a más tardar el 2 de octubre de 2016, 21:40 | hasta el 2 de octubre de 2016, 21:40 | a partir del 2 de octubre de 2016, 21:40 | desde el 2 de octubre de 2016, 21:40
    a más tardar el 2 de octubre de 2016 aproximadamente | hasta el 2 de octubre de 2016 aproximadamente | a partir del 2 de octubre de 2016 aproximadamente | desde el 2 de octubre de 2016 aproximadamente
    quizá a más tardar en 2016 | quizá hasta 2016 | quizá a partir de 2016 | quizá desde 2016

    في موعد أقصاه 2 تشرين الأول 2016 | حتى 2 تشرين الأول 2016 | اعتبارًا من 2 تشرين الأول 2016 | منذ 2 تشرين الأول 2016
    في موعد أقصاه تشرين الأول 2016 | حتى تشرين الأول 2016 | اعتبارًا من تشرين الأول 2016 | منذ تشرين الأول 2016
    في موعد أقصاه عام 2016 | حتى عام 2016 | اعتبارًا من عام 2016 | منذ عام 2016
    في موعد أقصاه 2 تشرين الأول 2016، 21:40 | حتى 2 تشرين الأول 2016، 21:40 | اعتبارًا من 2 تشرين الأول 2016، 21:40 | منذ 2 تشرين الأول 2016، 21:40
    في موعد أقصاه 2 تشرين الأول 2016 تقريبًا | حتى 2 تشرين الأول 2016 تقريبًا | اعتبارًا من 2 تشرين الأول 2016 تقريبًا | منذ 2 تشرين الأول 2016 تقريبًا
    ربما في موعد أقصاه عام 2016 | ربما حتى عام 2016 | ربما اعتبارًا من عام 2016 | ربما منذ عام 2016
    ");
}

#[test]
fn every_variant_of_a_required_message_is_tried() {
    let broken =
        EN.replace("by { $when }", "{ $precision ->\n    [month] by { $date }\n   *[day] by { $when }\n }");
    let (_, diagnostics) = build(&["en"], &[source("en", "en.ftl", &broken)]);
    insta::assert_snapshot!(lines(&diagnostics), @r#"error[words-syntax] en.ftl:6:1 the word "when-by" cannot be filled in: unknown variable: $date | it gets $when and $precision and $about"#);
}

#[test]
fn plurals_follow_the_language_and_numbers_in_words_have_its_digits() {
    let words = words();
    let claims = |lang, count: u32| {
        let mut args = FluentArgs::new();
        args.set("count", count);
        words.format(lang, "claims", &args).unwrap()
    };
    assert_eq!([1, 1234].map(|n| claims("en", n)), ["1 claim", "1,234 claims"]);
    insta::assert_snapshot!([1, 2, 3, 1234].map(|n| claims("ar", n)).join(", "), @"ادعاء واحد, ادعاءان, 3 ادعاءات, 1,234 ادعاء");
}

#[test]
fn a_later_layer_replaces_single_messages_and_a_region_builds_on_its_language() {
    let sources = [
        source("en", "a.ftl", EN),
        source("en", "b.ftl", "menu = Menu\nlanguage-name = Plain English\n"),
        source("ar", "ar.ftl", AR),
        source("ar-SY", "ar-SY.ftl", "menu = قائمة\n"),
    ];
    let (words, diagnostics) = build(&["en", "ar-SY"], &sources);
    assert_eq!(lines(&diagnostics), "");
    assert_eq!(words.language_name("en"), "Plain English");
    assert_eq!(words.language_name("ar-SY"), "العربية");
    assert_eq!(words.dir("ar-SY"), "rtl");
    assert_eq!(words.word("ar-SY", "menu").as_deref(), Some("قائمة"));
}

#[test]
fn missing_messages_are_english_and_reported_once() {
    let sources = [source("en", "en.ftl", &format!("{EN}a = A\nb = B\n")), source("ar", "ar.ftl", AR)];
    let (words, diagnostics) = build(&["en", "ar"], &sources);
    insta::assert_snapshot!(lines(&diagnostics), @r#"warning[untranslated-words] ar.ftl:1:1 the language "ar" lacks 2 of the theme's words | add to its .ftl file: a, b"#);
    assert_eq!(words.word("ar", "a").as_deref(), Some("A"));
    assert_eq!(words.word("ar", "c"), None);
}

#[test]
fn all_faults_of_the_files_are_reported_with_their_places() {
    let broken = format!("{EN}ключ = x\nlanguage-name = Again\n");
    let (_, diagnostics) = build(&["en", "fr"], &[source("en", "en.ftl", &broken)]);
    insta::assert_snapshot!(lines(&diagnostics), @r#"
    error[words-syntax] en.ftl:15:1 expected one of "a-zA-Z" | a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/
    error[duplicate-word] en.ftl:16:1 the word "language-name" is given twice | delete one of them
    error[missing-words] the theme has no words in the language "fr" | add i18n/fr.ftl to a theme; there are words in en
    "#);
}

#[test]
fn a_required_message_that_cannot_be_filled_in_is_reported_at_its_place() {
    let (_, diagnostics) =
        build(&["en"], &[source("en", "en.ftl", &EN.replace("until { $when }", "until { $date }"))]);
    insta::assert_snapshot!(lines(&diagnostics), @r#"error[words-syntax] en.ftl:4:1 the word "when-until" cannot be filled in: unknown variable: $date | it gets $when and $precision and $about"#);
    let (words, diagnostics) = build(&["en"], &[source("en", "en.ftl", "a = A")]);
    insta::assert_snapshot!(lines(&diagnostics), @r#"error[missing-words] en.ftl:1:1 the language "en" lacks 9 of the theme's words | add to its .ftl file: moment, moment-here, when-about, when-by, when-from, when-perhaps, when-range, when-since, when-until"#);
    assert_eq!(
        words.when("en", &When::parse("2011/2012", &Zone::utc()).unwrap(), RangeSense::Within),
        "2011 2012"
    );
}

#[test]
fn words_are_shared_between_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Messages>();
}
