//! Ids, output paths and relative URLs, each checked where it is made.
//!
//! Owns the rules for names that end up on disk or in an address. Does not know which pages
//! there are (`site::routes` does) and does not touch the disk.
//!
//! Invariant: an [`OutPath`] can be written on any file system that our readers use, and a
//! [`relative_url`] leads from one to another wherever the tree is moved.

pub mod kept_names;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use memchr::{memchr, memrchr};
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::fold::same_letters;

/// The longest id, in Unicode scalar values.
pub const MAX_ID_LETTERS: usize = 80;

/// The longest id, in bytes: a file name has at most 255, and `-page-1000.html` takes 15.
const MAX_ID_BYTES: usize = 240;

/// Letters at the end of an id that was cut.
const HASH_LETTERS: usize = 6;

/// Names that the generator itself writes at the top of the output, or may one day.
pub const GENERATED_NAMES: [&str; 16] = [
    "briefings",
    "neighbourhoods",
    "sources",
    "dates",
    "events",
    "topics",
    "timeline",
    "figures",
    "corrections",
    "changes",
    "map",
    "names",
    "feed",
    "data",
    "sitemap",
    "search",
];

/// The URL name of a page: the slug of a file stem or of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a name: its slug, checked against the reserved names. A slug that is too long for a file
    /// name is cut at a word, and ends in letters that keep it apart from others.
    ///
    /// # Errors
    /// If the slug is empty or reserved.
    pub fn from_name(name: &str) -> Result<Self, IdError> {
        let slug = shortened(slugify(name));
        if slug.is_empty() {
            return Err(IdError::Empty);
        }
        if is_reserved(&slug) {
            return Err(IdError::Reserved(slug));
        }
        Ok(Self(slug.into()))
    }

    /// An id that a person wrote as one (`slug = "…"`).
    ///
    /// # Errors
    /// As [`Id::from_name`], and if the text is not such an id already.
    pub fn from_slug(text: &str) -> Result<Self, IdError> {
        let id = Self::from_name(text)?;
        if id.as_str() == text { Ok(id) } else { Err(IdError::NotASlug(id.0.to_string())) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdError {
    Empty,
    Reserved(String),
    /// The slug that the text would have.
    NotASlug(String),
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it has no letter or digit"),
            Self::Reserved(slug) => write!(f, "\"{slug}\" is reserved"),
            Self::NotASlug(slug) => write!(f, "its slug is \"{slug}\""),
        }
    }
}

/// NFC, lower case, every run of characters other than letters, marks and digits becomes one
/// `-`, ends trimmed. May be empty.
#[must_use]
pub fn slugify(name: &str) -> String {
    slug_of(name.len(), lower_case(name))
}

/// NFC, lower case.
pub fn lower_case(text: &str) -> impl Iterator<Item = char> {
    // No normal form changes what is ASCII, and most names are so: this is many times quicker.
    let (plain, other) = if text.is_ascii() { (text, "") } else { ("", text) };
    let plain = plain.chars().map(|c| c.to_ascii_lowercase());
    plain.chain(other.nfc().flat_map(char::to_lowercase).nfc())
}

fn slug_of(capacity: usize, characters: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(capacity);
    for c in characters {
        if c.is_alphanumeric() || is_combining_mark(c) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A slug of at most the longest id: cut at its last word that fits, or within a word that is longer than
/// half of an id.
fn shortened(slug: String) -> String {
    let length = slug.chars().count();
    if length <= MAX_ID_LETTERS && slug.len() <= MAX_ID_BYTES {
        return slug;
    }
    let ends = slug.char_indices().map(|(at, c)| at + c.len_utf8()).take(MAX_ID_LETTERS - HASH_LETTERS - 1);
    let fits = ends.take_while(|end| *end < MAX_ID_BYTES - HASH_LETTERS).last().unwrap_or_default();
    let head = &slug[..word_end(&slug, fits)];
    format!("{}-{}", head.trim_end_matches('-'), hash_letters(&slug))
}

/// Where the last word ends that fits into the first bytes of a slug; within it if it is very long.
fn word_end(slug: &str, fits: usize) -> usize {
    if slug[fits..].starts_with('-') {
        return fits;
    }
    let word = slug[..fits].rfind('-').filter(|at| *at >= fits / 2);
    // A letter keeps its marks.
    let begins_letter = |at: &usize| slug[*at..].chars().next().is_none_or(|c| !is_combining_mark(c));
    let letter = || (1..=fits).rev().filter(|at| slug.is_char_boundary(*at)).find(begins_letter);
    word.or_else(letter).unwrap_or(fits)
}

/// Letters only: with digits, an id might end as that of a numbered page.
fn hash_letters(slug: &str) -> String {
    let hash = Sha256::digest(slug);
    hash.iter().take(HASH_LETTERS).map(|byte| char::from(b'a' + byte % 26)).collect()
}

/// What two spellings share when only case, accents, forms of one letter, spaces and punctuation differ.
///
/// Hamza and madda stay, as they make other letters; Arabic vowel signs and Latin accents go.
#[must_use]
pub fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        return slugify(name);
    }
    let mut letters = String::with_capacity(name.len());
    name.chars().for_each(|c| same_letters(c, &mut |c| letters.push(c)));
    slug_of(letters.len(), letters.nfc())
}

fn is_reserved(slug: &str) -> bool {
    let is_page = slug.rsplit_once("page-").is_some_and(|(before, n)| {
        (before.is_empty() || before.ends_with('-')) && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())
    });
    is_page
        || matches!(slug, "index" | "404" | "robots")
        || GENERATED_NAMES.contains(&slug)
        || is_windows_device(slug)
}

fn is_windows_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).as_bytes();
    match stem {
        [_, _, _] => [b"con", b"prn", b"aux", b"nul"].iter().any(|device| stem.eq_ignore_ascii_case(*device)),
        [port @ .., digit] if port.len() == 3 => {
            digit.is_ascii_digit() && [b"com", b"lpt"].iter().any(|device| port.eq_ignore_ascii_case(*device))
        }
        _ => false,
    }
}

/// A file of the output: relative, forward slashes, legal on every common file system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Box<str>);

impl OutPath {
    /// # Errors
    /// What is wrong with the path, as the end of a sentence that begins with its name.
    pub fn new(path: impl Into<Box<str>>) -> Result<Self, String> {
        let path = path.into();
        check_out_path(&path)?;
        Ok(Self(path))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file is a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.0.ends_with(".html")
    }

    /// What two paths share that are one file where case does not count.
    #[must_use]
    pub fn folded(&self) -> Cow<'_, str> {
        if self.0.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            return Cow::Borrowed(&self.0);
        }
        self.0.nfd().flat_map(char::to_lowercase).nfc().collect()
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_out_path(path: &str) -> Result<(), String> {
    let turns_text = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_a_sign = |c| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    if let Some(c) = path.chars().find(|&c| c.is_control() || turns_text(c) || is_a_sign(c)) {
        return Err(format!("holds {c:?}, which not every file system can store"));
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Err("is not a plain relative path".to_owned());
        }
        if part.ends_with('.') || part.ends_with(' ') {
            return Err("has a part that ends in a dot or a space, which Windows drops".to_owned());
        }
        if is_windows_device(part) {
            return Err(format!("has the part \"{part}\", a device name on Windows"));
        }
        if part.len() > 255 {
            return Err(format!("has a part of {} bytes, and 255 is the most", part.len()));
        }
    }
    Ok(())
}

/// The URL that leads from one page to a file of the output, `#fragment` included where given.
///
/// Letters of every script stay as they are; what has a meaning in a URL is percent-encoded.
/// A link to the page itself is its file name, so that it also works from a `<base>`-less copy.
#[must_use]
pub fn relative_url(from: &OutPath, to: &OutPath, fragment: &str) -> String {
    let common = common_folders(from.as_str(), to.as_str());
    let ups = from.as_str()[common..].matches('/').count();
    let rest = &to.as_str()[common..];
    let mut url = String::with_capacity(3 * ups + rest.len() + fragment.len() + 1);
    for _ in 0..ups {
        url.push_str("../");
    }
    push_encoded(&mut url, rest);
    push_fragment(&mut url, fragment);
    url
}

/// Adds `#fragment`, if any.
pub fn push_fragment(url: &mut String, fragment: &str) {
    if !fragment.is_empty() {
        url.push('#');
        push_encoded(url, fragment);
    }
}

/// The output path that a relative URL on the page `from` resolves to.
///
/// # Errors
/// Why no path of the site is meant.
pub fn resolve_url(from: &str, url: &str) -> Result<String, &'static str> {
    let path = url.split_once('?').map_or(url, |(path, _)| path);
    if path.starts_with('/') {
        return Err("it counts from a server's root, which a sub-path or a USB stick does not have");
    }
    if path.is_empty() {
        return Ok(from.to_owned());
    }
    if let Some(target) = resolve_one_up(from, path) {
        return Ok(target);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop().ok_or("it leaves the site")?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    percent_decode_str(&joined).decode_utf8().map(Into::into).map_err(|_| "it is not UTF-8")
}

/// The quick way for the form of most links: one folder up, and nothing to decode.
fn resolve_one_up(from: &str, path: &str) -> Option<String> {
    let rest = path.strip_prefix("../")?;
    if memchr(b'%', rest.as_bytes()).is_some() || rest.as_bytes().windows(2).any(|pair| pair == b"./") {
        return None;
    }
    let folder = &from[..memrchr(b'/', from.as_bytes())?];
    let above = memrchr(b'/', folder.as_bytes()).map_or("", |slash| &from[..=slash]);
    Some([above, rest].concat())
}

/// Length in bytes of the leading folders that two paths share, slash included.
fn common_folders(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1)
}

/// Adds a path with what has a meaning in a URL percent-encoded.
pub fn push_encoded(url: &mut String, text: &str) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    if text.bytes().all(is_plain) {
        url.push_str(text);
        return;
    }
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-._~/!$'()*+,;=@".contains(c) || !c.is_ascii() && !c.is_whitespace()
        {
            url.push(c);
        } else {
            push_percent(url, c);
        }
    }
}

/// A path as sitemaps and feeds want it: ASCII only.
#[must_use]
pub fn ascii_url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || "-._~/".contains(c) { url.push(c) } else { push_percent(&mut url, c) }
    }
    url
}

fn push_percent(url: &mut String, c: char) {
    use std::fmt::Write as _;
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        write!(url, "%{byte:02X}").expect("a String takes every write");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_follow_the_rule() {
        for (name, slug) in [
            ("Bustan al-Basha", "bustan-al-basha"),
            ("  --Al  Heluk!! ", "al-heluk"),
            ("بستان الباشا", "بستان-الباشا"),
            ("Cafe\u{301}", "café"),
            ("!!!", ""),
        ] {
            assert_eq!(slugify(name), slug);
        }
    }

    #[test]
    fn long_names_are_cut_at_a_word_and_kept_apart() {
        let id = |name: &str| Id::from_name(name).unwrap().to_string();
        let title = "Statement of the ministry about water, schools, clinics and the road to the harbour";
        assert_eq!(
            id(title),
            "statement-of-the-ministry-about-water-schools-clinics-and-the-road-to-the-qvdblu"
        );
        assert_ne!(id(title), id(&format!("{title} again")));
        let ministry = "स्वास्थ्य एवं परिवार कल्याण मंत्रालय";
        assert_eq!(id(ministry), slugify(ministry));
        let word = id(&"क्षि".repeat(40));
        assert_eq!(word.rsplit_once('-').unwrap().0, "क्षि".repeat(18));
    }

    #[test]
    fn reserved_names_are_no_ids() {
        for name in ["index", "404", "robots", "page-2", "heluk-page-12", "CON", "com1", "names"] {
            assert!(matches!(Id::from_name(name), Err(IdError::Reserved(_))), "{name}");
        }
        for name in ["page-two", "homepage-2", "com10", "console"] {
            assert!(Id::from_name(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn folding_drops_case_and_accents_but_keeps_hamza() {
        assert_eq!(fold_name("Saïd"), fold_name("SAID"));
        assert_eq!(fold_name("حَلَب"), fold_name("حلب"));
        assert_ne!(fold_name("أمل"), fold_name("امل"));
        // Vowels of Hindi are letters.
        assert_ne!(fold_name("काल"), fold_name("कील"));
    }

    #[test]
    fn forms_of_one_letter_are_one() {
        for (one, other) in [
            ("Άγιος Νικόλαος", "ΑΓΙΟΣ ΝΙΚΟΛΑΟΣ"),
            ("حلب", "ﺣﻠﺐ"),
            ("علي آباد", "علی آباد"),
            ("کوی", "كوي"),
            ("Ｂ地区", "B地区"),
            ("Straße Nord", "STRASSE NORD"),
            ("İstanbul", "istanbul"),
            ("Đồng Hới", "Dong Hoi"),
            ("Łódź", "lodz"),
            ("Køge", "KOGE"),
        ] {
            assert_eq!(fold_name(one), fold_name(other));
        }
    }

    #[test]
    fn relative_urls_climb_and_descend() {
        let url = |from: &str, to: &str, fragment| {
            relative_url(&OutPath::new(from).unwrap(), &OutPath::new(to).unwrap(), fragment)
        };
        assert_eq!(url("index.html", "briefings/a.html", ""), "briefings/a.html");
        assert_eq!(url("ar/briefings/a.html", "ar/briefings/b.html", "claim-x"), "b.html#claim-x");
        assert_eq!(url("ar/briefings/a.html", "briefings/a.html", ""), "../../briefings/a.html");
        assert_eq!(url("briefings/a.html", "briefings-x/a.html", ""), "../briefings-x/a.html");
        assert_eq!(url("a.html", "50% off#1.pdf", ""), "50%25%20off%231.pdf");
    }

    proptest! {
        #[test]
        fn plain_names_and_paths_are_folded_as_all_others_are(name in "[ -~]{0,12}") {
            let all = slug_of(0, name.nfc().flat_map(char::to_lowercase).nfc());
            prop_assert_eq!(&slugify(&name), &all);
            prop_assert_eq!(&fold_name(&name), &all);
            let folded: String = name.nfd().flat_map(char::to_lowercase).nfc().collect();
            let path = OutPath(name.into());
            prop_assert_eq!(path.folded(), folded);
        }

        #[test]
        fn a_slug_is_its_own_slug(name in any::<String>()) {
            let slug = slugify(&name);
            prop_assert_eq!(slugify(&slug), slug);
        }

        #[test]
        fn an_id_is_its_own_id_and_a_file_name(name in any::<String>(), times in 1..40usize) {
            if let Ok(id) = Id::from_name(&name.repeat(times)) {
                prop_assert_eq!(Id::from_slug(id.as_str()), Ok(id.clone()));
                prop_assert!(id.as_str().chars().count() <= MAX_ID_LETTERS);
                let page = OutPath::new(format!("{id}-page-1000.html"));
                prop_assert!(page.is_ok(), "{:?}", page);
            }
        }

        #[test]
        fn a_relative_url_resolves_to_its_target(
            from in "[a-c]{1,2}(/[a-c]{1,2}){0,3}", to in "[a-c]{1,2}(/[a-c]{1,2}){0,3}",
        ) {
            let (from, to) = (OutPath::new(from).unwrap(), OutPath::new(to).unwrap());
            let target = resolve_url(from.as_str(), &relative_url(&from, &to, ""));
            prop_assert_eq!(target.as_deref(), Ok(to.as_str()));
        }
    }
}
