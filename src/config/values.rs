//! The types of values that only site.toml has.

use super::onion::{fault_of, onion_name};
use super::public_address::{PublicAddress, as_folder, as_folder_line, without_password};
use super::target::PublishTarget;
use crate::diag::{Code, did_you_mean};
use crate::keys::SiteKey;
use crate::paths::{Id, OutPath};
use crate::private::has_credentials;
use crate::time::Zone;
use crate::toml::{FromLine, Lines, TomlValue, ValueType, forbidden_character, is_web_url, shown};

/// Reads the base URL of the command line, by the rules of `base_url`.
///
/// # Errors
/// What is wrong with it.
pub fn base_url(url: &str) -> Result<Box<str>, &'static str> {
    let url = url.trim();
    if url.is_empty() {
        return Err("it is empty");
    }
    if !is_web_url(url) || forbidden_character(url, Lines::One).is_some() {
        return Err("`base_url` is not a web address");
    }
    if has_credentials(url) {
        return Err("`base_url` has a user name or a password");
    }
    as_folder(url).ok_or("`base_url` has a query or a fragment")
}

/// A folder's address whose host is an onion service.
pub(super) struct OnionAddress;

impl FromLine for OnionAddress {
    type Output = Box<str>;
    const TYPE: ValueType = PublicAddress::TYPE;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let url = without_password(line, value)?;
        let Some(name) = onion_name(&url) else {
            let message = format!("`{}` is not an onion address", value.key());
            let help = format!("write http://….onion/, or remove `{}`", value.key());
            return value.refuse(Code::BAD_URL, message, "its host does not end in .onion", help);
        };
        if let Some(fault) = fault_of(&name) {
            let message = format!("`{}` is the address of no onion service", value.key());
            let help = "copy it from the file `hostname` of the service, or from Tor Browser";
            return value.refuse(Code::BAD_ONION, message, fault, help);
        }
        as_folder_line(url, value)
    }
}

/// The address of a copy on the web.
pub(super) struct MirrorAddress;

impl FromLine for MirrorAddress {
    type Output = Box<str>;
    const TYPE: ValueType = PublicAddress::TYPE;
    const LIST: &'static str = PublicAddress::LIST;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let url = PublicAddress::from_line(line, value)?;
        as_folder_line(url, value)
    }
}

/// What a site is published to.
pub(super) struct WrittenTarget;

impl FromLine for WrittenTarget {
    type Output = PublishTarget;
    const TYPE: ValueType = ValueType::Line("target");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<PublishTarget> {
        PublishTarget::parse(&line)
            .map_err(|(fact, help)| {
                let message = format!("`{}` {fact}", value.key());
                value.refuse::<PublishTarget>(Code::BAD_TARGET, message, "no target of a publish", help)
            })
            .ok()
    }
}

/// A public key of minisign.
pub(super) struct PublicKeyLine;

impl FromLine for PublicKeyLine {
    type Output = SiteKey;
    const TYPE: ValueType = ValueType::Line("public key of minisign");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<SiteKey> {
        SiteKey::from_text(&line).or_else(|| {
            let message = format!("`{}` is not a public key of minisign", value.key());
            let help = "write its 56 letters, which begin with RW, as `bulletin keys new` printed them";
            value.refuse(Code::BAD_KEY, message, "not a public key", help)
        })
    }
}

/// Letters and digits, as in `ar`, `pt-BR` or `zh-Hans`. Kept in lower case, as the name of a folder is.
pub(super) struct LanguageCode;

impl FromLine for LanguageCode {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("language code");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let code = line.to_ascii_lowercase();
        if is_language_code(&code) && Id::from_slug(&code).is_ok() {
            return Some(code.into());
        }
        let with_hyphen = line.replace('_', "-");
        let help = if is_language_code(&with_hyphen.to_ascii_lowercase()) && with_hyphen != *line {
            format!("write \"{with_hyphen}\"")
        } else {
            "write a code such as \"ar\", \"en\" or \"pt-BR\"".to_owned()
        };
        let message = format!("\"{}\" is not a language code", shown(&line));
        value.refuse(Code::BAD_LANGUAGE, message, "not a code", help)
    }
}

fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(is_of_subtag))
}

fn is_of_subtag(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// A time zone of the IANA database.
pub(super) struct NamedZone {
    pub zone: Zone,
    pub name: Box<str>,
}

impl FromLine for NamedZone {
    type Output = Self;
    const TYPE: ValueType = ValueType::Line("name of a time zone");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Self> {
        if let Some(zone) = Zone::named(&line) {
            return Some(Self { zone, name: line });
        }
        let help = match (fixed_offset(&line), nearest_zone(&line)) {
            (Some(fixed), _) => fixed.help(),
            (None, Some(near)) => format!("did you mean \"{near}\"?"),
            (None, None) => {
                "write a name of the IANA database, such as \"Asia/Damascus\", or \"UTC\"".to_owned()
            }
        };
        let message = format!("\"{}\" is not a time zone", shown(&line));
        value.refuse(Code::BAD_TIMEZONE, message, "unknown zone", help)
    }
}

/// The zone of that city, or else of a similar name.
fn nearest_zone(name: &str) -> Option<String> {
    let mut zones = Zone::names();
    // The sign in Etc/GMT+3 is the reverse of what nearly everybody means by GMT+3.
    zones.retain(|zone| !zone.starts_with("Etc/GMT"));
    let city = zones.iter().find(|zone| {
        let city = zone.rsplit('/').next();
        city.is_some_and(|city| city.eq_ignore_ascii_case(name))
    });
    let zone = city.map(String::as_str).or_else(|| did_you_mean(name, zones.iter().map(String::as_str)));
    zone.map(str::to_owned)
}

/// A zone named by its distance from UTC, as `GMT+3`: what people call it, and not a name of the database.
struct FixedOffset {
    sign: char,
    hours: u8,
    minutes: u8,
}

/// Reads `GMT+3`, `UTC-05:00`, `+0530` and the like.
fn fixed_offset(name: &str) -> Option<FixedOffset> {
    let name = name.trim().to_ascii_uppercase();
    let offset = ["GMT", "UTC"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(&name);
    let offset = offset.trim_start();
    let sign = offset.chars().next().filter(|sign| matches!(sign, '+' | '-' | '\u{2212}'))?;
    let digits = offset[sign.len_utf8()..].trim();
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.is_ascii() && (3..=4).contains(&digits.len()) => digits.split_at(digits.len() - 2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sign = if sign == '+' { '+' } else { '-' };
    (hours <= 14 && minutes < 60).then_some(FixedOffset { sign, hours, minutes })
}

impl FixedOffset {
    fn help(&self) -> String {
        let Self { sign, hours, minutes } = self;
        let place = "write a place, such as \"Asia/Damascus\", whose clocks may change";
        let reversed = if *sign == '+' { '-' } else { '+' };
        let etc = format!("Etc/GMT{reversed}{hours}");
        if *minutes == 0 && Zone::named(&etc).is_some() {
            format!("{place}; \"{etc}\" is always UTC{sign}{hours} (the sign in its name is reversed)")
        } else {
            place.to_owned()
        }
    }
}

/// The name of a folder in `themes/`.
pub(super) struct ThemeName;

impl FromLine for ThemeName {
    type Output = Box<str>;
    const TYPE: ValueType = ValueType::Line("name of a folder");

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        if !line.contains('/') && OutPath::new(&*line).is_ok() {
            return Some(line);
        }
        let message = format!("\"{}\" is not the name of a folder", shown(&line));
        let help = "write the name of a folder in themes/, without a path";
        value.refuse(Code::BAD_PATH, message, "not a folder's name", help)
    }
}

/// What a claim can be about.
pub(super) struct TopicId;

impl FromLine for TopicId {
    type Output = Box<str>;
    const TYPE: ValueType = Id::TYPE;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        value.id("a topic", &line)?;
        Some(line)
    }
}
