//! What would let a reader find a person: e-mail addresses, telephone numbers, accounts and houses.
//!
//! Owns how they look in a name, in the scripts of sources; contact_words.toml has the words. A day, a year, a numbered
//! thing ("Article 19") and the number of a file are no contact, and neither is the handle of a public account alone.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::fold::{bare_words, with_ascii_marks};

/// The first contact in a name, as messages call it.
pub fn contact_in(name: &str) -> Option<&'static str> {
    let text = with_ascii_marks(name);
    if EMAIL.is_match(&text) || SPELT_EMAIL.is_match(&text) {
        Some("an e-mail address")
    } else if ACCOUNT.is_match(&text) {
        Some("the address of an account")
    } else if is_telephone(&FILE_NUMBER.replace_all(&text, "")) {
        Some("a telephone number")
    } else {
        HOUSE.is_match(&words_for_houses(&text)).then_some("the address of a house")
    }
}

fn is_telephone(text: &str) -> bool {
    TELEPHONE.is_match(text) || CALLED_NUMBER.is_match(text) || SINGLE_DIGITS.is_match(text)
}

/// In bare letters, with `~` for numbers that are no house. The comma of "Gate, 12 Quay Street" keeps those apart.
fn words_for_houses(name: &str) -> String {
    let parts = name.split([',', ';', ':', '(', ')', '-', '—', '/']).map(bare_words);
    let parts: Vec<String> = parts
        .filter(|part| !PUBLIC_BUILDING.is_match(part))
        .map(|part| NO_HOUSE.replace_all(&part, " ~").into_owned())
        .collect();
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lists of words, with white space between them.
#[derive(Deserialize)]
struct ContactWords {
    streets_behind: String,
    streets_before: String,
    numbered: String,
    months: String,
    files: String,
    messengers: String,
    calls: String,
    ats: String,
    dots: String,
    mail_providers: String,
    buildings_behind: String,
    buildings_before: String,
}

static WORDS: LazyLock<ContactWords> =
    LazyLock::new(|| toml::from_str(include_str!("contact_words.toml")).expect("a test reads the words"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("each pattern is used in a test")
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex("[0-9A-Za-z._+-]@[0-9A-Za-z-]+[.][A-Za-z]"));

/// An address whose signs are words, or apart: "zoe (at) example [dot] org".
static SPELT_EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    let (ats, dots) = (either(&WORDS.ats), either(&WORDS.dots));
    let providers = either(&WORDS.mail_providers);
    let person = "(?:^|[^0-9A-Za-z])[0-9A-Za-z._+-]+";
    let domain = "[0-9A-Za-z-]+";
    // In brackets, a letter is enough.
    let at_in_brackets = format!(r"\s*[(\[{{<]\s*(?:@|a|{ats})\s*[)\]}}>]\s*");
    let dot_word = format!(r"(?:\s+{dots}\s+|\s*[(\[{{<]\s*(?:[.]|{dots})\s*[)\]}}>]\s*)");
    let dot = format!(r"(?:{dot_word}|\s*[.]\s?)");
    regex(&format!(
        r"(?i){person}(?:(?:{at_in_brackets}|\s*@\s*){domain}{dot}[a-z]|\s+{ats}\s+{domain}{dot_word}[a-z]|\s+{ats}\s+{providers}\s?[.]\s?[a-z])"
    ))
});

/// Links that open a conversation, and handles in messengers that have no public pages.
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let host = r"t\.me|telegram\.(?:me|dog)|wa\.me|(?:api\.|chat\.)?whatsapp\.com|signal\.(?:me|group)|m\.me|line\.me|discord\.gg|threema\.id|matrix\.to|join\.skype\.com|vk\.com/id|facebook\.com/profile\.php";
    let scheme = "tg|sgnl|viber|whatsapp|skype|xmpp|threema";
    let messenger = WORDS.messengers.split_whitespace().collect::<Vec<_>>().join("|");
    let handle = "@[0-9a-z_.]{2,}";
    regex(&format!(
        "(?i)(?:^|[^0-9a-z.-])(?:(?:www[.])?(?:{host})[/?][^ ]|(?:{scheme}):[^ ]\
         |{handle},? ?[(]?(?:(?:on|via|in|at|en|على|عبر) )?(?:{messenger})(?:$|[^a-z])\
         |(?:{messenger})[ :(]*(?:{handle}|[a-z]+[0-9_.][0-9a-z_.]*(?:$|[^0-9a-z_.]))\
         |@[0-9a-z_.=-]+:[0-9a-z-]+[.][a-z])"
    ))
});

/// A date has digits and hyphens too, and begins with no plus and no zero.
static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:^|[^0-9A-Za-z])(?:[+][0-9]|0[0-9]|[(]0)[0-9 ().-]{5,}[0-9]|(?:^| )[0-9]{3}-[0-9]{4}(?:$|[^0-9-])",
    )
});

/// A number after a word for calling, with anything between its digits.
static CALLED_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let calls = either(&WORDS.calls);
    regex(&format!(r"(?i)(?:^|[^\p{{L}}]){calls}[^\p{{L}}0-9]{{0,4}}[0-9](?:[ ().,/-]{{0,3}}[0-9]){{5,}}"))
});

/// Digits that are written one by one.
static SINGLE_DIGITS: LazyLock<Regex> =
    LazyLock::new(|| regex("(?:^|[^0-9])[0-9](?:[ .,-]+[0-9]){6,}(?:$|[^0-9])"));

/// The number of a case or a file, which may begin with zeros. Behind the zeros of a call abroad are more digits.
static FILE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let file = WORDS.files.split_whitespace().collect::<Vec<_>>().join("|");
    regex(&format!(
        "(?:^|[^0-9+(])00[0-9]{{1,7}}(?:$|[^0-9 .-])|(?i)(?:^|[^0-9a-z])(?:{file})[ :.#№-]{{1,3}}(?:(?:no|nr|number|número|numéro|n°|رقم)[ :.#№-]{{1,3}})?[0-9]+"
    ))
});

/// A house with its street, in bare words. The street has a name: a number alone is that of a street.
static HOUSE: LazyLock<Regex> = LazyLock::new(|| {
    let (behind, before) = (any_of(&WORDS.streets_behind), any_of(&WORDS.streets_before));
    // In French, "place" is a square only with what it is called after.
    let before = format!("(?:{before}|place (?:de|du|des|d|la))");
    let number = "(?:(?:no|nr|n|num|number|numero|дом|д|رقم|house) )?[0-9]{1,4}(?: ?[a-zа-г])?";
    let name = "[^ ~]+";
    regex(&format!(
        "(?:^| )(?:{number} (?:{name} ){{1,2}}{behind}|{number}(?: (?:bis|ter))? {before} {name}\
         |{before} (?:{name} ){{1,3}}{number}|[^ ~]{{3,}} {behind} {number}|{name}(?:strasse|gasse|platz) {number})(?:$| )"
    ))
});

/// The name of a public building that has its address in it, in bare words: everyone may know where it is.
static PUBLIC_BUILDING: LazyLock<Regex> = LazyLock::new(|| {
    let (before, behind) = (any_of(&WORDS.buildings_before), any_of(&WORDS.buildings_behind));
    let street = any_of(&WORDS.streets_behind);
    regex(&format!(
        "^(?:[0-9]{{1,4}}[a-z]? (?:[^ ]+ ){{1,2}}{street} (?:[^ ]+ )?{behind}(?:$| )|(?:al |ال)?{before} (?:[^ ]+ ){{0,4}}[^ ]*[0-9])"
    ))
});

/// What has a number and is no house, in bare words: days, years and numbered things.
static NO_HOUSE: LazyLock<Regex> = LazyLock::new(|| {
    let months = any_of(&WORDS.months);
    let numbered = any_of(&WORDS.numbered);
    regex(&format!(
        "(?:^| )(?:[0-9]{{1,2}}(?:[a-z]{{2}})? (?:de |of )?{months}(?: (?:de )?[0-9]{{4}})?\
         |{numbered} (?:(?:no|nr|number|numero|رقم) )?[0-9]+[a-z]?|(?:19|20)[0-9]{{2}})(?-u:\\b)"
    ))
});

/// A pattern of these words as they are.
fn either(words: &str) -> String {
    format!("(?:{})", words.split_whitespace().collect::<Vec<_>>().join("|"))
}

/// A pattern of these words, as [`bare_words`] writes them.
fn any_of(words: &str) -> String {
    let bare: Vec<String> = words.split_whitespace().map(bare_words).collect();
    format!("(?:{})", bare.join("|"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::contact_in;

    #[test]
    fn names_by_which_a_person_could_be_found() {
        for name in [
            "zoe.miller@example.org",
            "Zoe <zoe@example.org>",
            "Zoe +963 11 222 3333",
            "Zoe, 0911 222 333",
            "Zoe 00963112223333",
            "Zoe (011) 222-3333",
            "Zoe 555-1234",
            "زوي ٠٩١١٢٢٢٣٣٣",
            "Zoe, 12 Quay Street",
            "Zoe at 12b Old Mill Lane",
            "Zoe, rue du Port 7",
            "12, rue du Port",
            "Calle Mayor 3",
            "شارع النيل ١٢",
            "Zoe, Quay Street 12",
            "12 rue du Port",
            "Zoe, place de la République 5",
            "17 rue du 8 mai 1945",
            "ул. Мира 12",
            "ул. Мира, д. 12",
            "Зоя, улица Мира, 12б",
            "вулиця Шевченка 7",
            "Zoe, Hauptstraße 12",
            "Atatürk Cad. No: 12",
            "ul. Długa 7",
            "خیابان آزادی ۱۲",
            "t.me/zoe",
            "Zoe (https://t.me/zoe)",
            "wa.me/963112223333",
            "@zoe_k on Signal",
            "Zoe (Signal: zoe_k.01)",
            "Signal @zoe.01",
            "@zoe:example.org",
            "Case worker Zoe, 0911222333",
            "tel 0 9 4 4 1 2 3 4 5",
            "Zoe, tel: 944 123 45",
            "Phone 9.4.4.1.2.3.4",
            "call 944123456",
            "هاتف ٩٤٤١٢٣٤٥",
            "Zoe 0 9 4 4 1 2 3 4 5",
            "zoe at gmail dot com",
            "zoe (at) example.org",
            "zoe [at] example [dot] org",
            "zoe(at)mail.example.org",
            "zoe@example dot org",
            "zoe @ example . org",
            "zoe at gmail.com",
            "zoe arroba example punto org",
            "zoe {a} example.org",
            "Zoe 12 Quay Street",
            "The shelter of Zoe, 12 Quay Street",
        ] {
            assert!(contact_in(name).is_some(), "{name}");
        }
        for name in [
            "Radio Brine",
            "Residents of Quay Street",
            "Residents of 14th Street",
            "Channel 4",
            "Report of 2031-05-02",
            "UN Security Council resolution 2139 (2014)",
            "S/2016/1234",
            "Brigade 101",
            "Mill Lane Council",
            "@harbour_watch",
            "Station 24/7",
            "شبكة ٢٤",
            "Article 19 Square",
            "Article 19 Old Square",
            "Case 00123456",
            "Case no. 00123456",
            "File 0012345678",
            "No. 00123456",
            "Residents of Square 12",
            "قضية رقم ٠٠١٢٣٤٥٦",
            "17 February Square",
            "Residents of 6 October Street",
            "شارع ١٧ فبراير",
            "Plaza 25 de Mayo",
            "Rue du 4 septembre",
            "42 Street Council",
            "Calle 13",
            "Road to 2030 Forum",
            "A place for 500 families",
            "Safe Place 2",
            "Camp 14 Market Road Committee",
            "Signal Hill Council",
            "Telegram channel @harbour_watch",
            "Plaza Mayor 2016",
            "shortt.me/zoe",
            "12 Quay Street Shelter",
            "12 Quay Street Primary School",
            "12b Old Mill Lane Clinic",
            "École du 12 rue du Port",
            "Refugio de la calle Mayor 3",
            "مدرسة شارع النيل ١٢",
            "Desk at example.org",
            "News at night. Radio Brine",
            "Call of 2031",
            "Telefon 112",
            "Phone-in of Channel 4",
            "Group of 1, 2 and 3",
            "",
        ] {
            assert_eq!(contact_in(name), None, "{name}");
        }
    }
    proptest! {
        #[test]
        fn a_contact_is_found_wherever_it_is_in_a_name(
            before in "[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})?",
            contact in prop::sample::select(vec![
                "zoe@example.org", "+963 11 222 3333", "0911 222 333", "12 Quay Street", "rue du Port 7",
                "ул. Мира 12", "t.me/zoe", "@zoe_k on Signal",
            ]),
            mark in prop::sample::select(vec![", ", " (", " ", ": ", " – "]),
            after in prop::sample::select(vec!["", ")", ", Brine", " (evenings)"]),
        ) {
            let name = format!("{before}{mark}{contact}{after}");
            prop_assert!(contact_in(&name).is_some(), "{}", name);
        }

        #[test]
        fn a_day_and_a_numbered_thing_are_no_house(
            thing in prop::sample::select(vec!["Article", "Channel", "Brigade", "Gate", "Route", "Resolution"]),
            number in 1..3000_u32,
            street in prop::sample::select(vec!["Square", "Street", "Old Road", "Main Avenue"]),
        ) {
            let name = format!("{thing} {number} {street}");
            prop_assert_eq!(contact_in(&name), None);
            let day = format!("{} March {street}", number % 28 + 1);
            prop_assert_eq!(contact_in(&day), None);
        }
    }
}
