//! site.toml as checked values.
//!
//! Owns the keys of site.toml, their defaults and their limits. Does not read the file, does not
//! know which command-line options replace which key, and does not look for the theme.
//!
//! Invariant: a [`Config`] holds nothing that a later stage must check again: the zone exists,
//! `language` is one of `languages`, ids are ids and addresses are addresses.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Place, Severity, Span, Spanned, did_you_mean};
use crate::paths::{Id, OutPath};
use crate::time::Zone;
use crate::toml::{Document, Reader, Shape, shown, without_bom};

/// Parties that every site has: of no side, and of a side that is not known.
pub const BUILT_IN_PARTIES: [&str; 2] = ["none", "unknown"];

/// What a site says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub title: Box<str>,
    /// http or https, no query, ends in `/`. Without it no sitemap.
    pub base_url: Option<Box<str>>,
    /// The default language; lives at the root of the output.
    pub language: Box<str>,
    /// Lower-case BCP 47 codes, `language` among them, in the order of the file.
    pub languages: Vec<Box<str>>,
    pub timezone: Zone,
    /// The name of `timezone`, as written.
    pub timezone_name: Box<str>,
    /// The name of a folder in `themes/`, or `default`.
    pub theme: Box<str>,
    /// Where site.toml names it.
    pub theme_place: Option<Place>,
    /// Items on a page of a list, 1 to 1000.
    pub page_size: usize,
    pub contact: Option<Box<str>>,
    pub licence: Option<Box<str>>,
    pub html: HtmlPolicy,
    /// Slugs, in the order of the file.
    pub topics: Vec<Box<str>>,
    /// Where copies of the site are: as `base_url`.
    pub mirrors: Vec<Box<str>>,
    /// As `base_url`, with a host that ends in `.onion`.
    pub onion: Option<Box<str>>,
    /// Sides of a conflict, in the order of the file; `none` and `unknown` are not among them.
    pub parties: Vec<Party>,
    pub outputs: Outputs,
    pub budget: Budget,
    /// Exceptions to guards, for all files.
    pub allow: Vec<Exception>,
    /// Free, for a theme.
    pub extra: toml::Table,
}

/// A dated exception to a guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    pub guard: Spanned<Box<str>>,
    pub why: Box<str>,
    /// The last day of publication that it holds for.
    pub until: Date,
    /// Of `guard`.
    pub place: Place,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlPolicy {
    #[default]
    Escape,
    Sanitise,
}

/// A side of a conflict; allies share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub id: Id,
    pub label: Box<str>,
}

/// Which outputs are written beside the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outputs {
    pub text: bool,
    pub feeds: bool,
    pub data: bool,
    /// Only where the program was built with it.
    pub search: bool,
}

impl Default for Outputs {
    fn default() -> Self {
        Self { text: true, feeds: true, data: true, search: false }
    }
}

/// Compressed bytes per page; over it is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    pub page: u64,
    pub text: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { page: 14_000, text: 4_000 }
    }
}

/// A site without a site.toml.
impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefings".into(),
            base_url: None,
            language: "en".into(),
            languages: vec!["en".into()],
            timezone: Zone::utc(),
            timezone_name: "UTC".into(),
            theme: "default".into(),
            theme_place: None,
            page_size: 50,
            contact: None,
            licence: None,
            html: HtmlPolicy::default(),
            topics: Vec::new(),
            mirrors: Vec::new(),
            onion: None,
            parties: Vec::new(),
            outputs: Outputs::default(),
            budget: Budget::default(),
            allow: Vec::new(),
            extra: toml::Table::new(),
        }
    }
}

impl Config {
    /// The note for a site without an address: its pages need none, but feeds and search engines do.
    #[must_use]
    pub fn without_base_url(&self) -> Option<Diagnostic> {
        if self.base_url.is_some() {
            return None;
        }
        let message =
            "without base_url there are no feeds and no sitemap.xml, and pages do not name their address";
        let help = "set base_url in site.toml once the site has an address";
        Some(Diagnostic::note(Code::NO_BASE_URL, message).help(help))
    }

    #[must_use]
    pub fn has_language(&self, code: &str) -> bool {
        self.languages.iter().any(|language| **language == *code)
    }

    /// All ids that a source's `party` may be, the built-in ones last.
    #[must_use]
    pub fn party_ids(&self) -> Vec<&str> {
        self.parties.iter().map(|party| party.id.as_str()).chain(BUILT_IN_PARTIES).collect()
    }
}

/// Reads site.toml.
///
/// `file` is its path relative to the root of the site. `None` where any diagnostic is an
/// error; all of them are of the set-up (exit code 2).
#[must_use]
pub fn parse(file: &str, text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let text = without_bom(text);
    let document = Document::new(file, text, 0..text.len());
    let (config, diagnostics) = document.read("site.toml", Span::default(), read);
    let is_error = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let diagnostics = diagnostics.into_iter().map(Diagnostic::setup).collect();
    ((!is_error).then_some(config), diagnostics)
}

/// Reads theme.toml: the theme that it extends and where it says so.
#[must_use]
pub fn parse_theme(file: &str, text: &str) -> (Option<(String, Place)>, Vec<Diagnostic>) {
    let document = Document::new(file, text, 0..text.len());
    let (extends, diagnostics) = document.read("theme.toml", Span::default(), |reader| {
        // For people; the folder's name is what a site's `theme` names.
        reader.line("name");
        let extends = reader.line("extends")?;
        let place = reader.place(extends.span);
        Some((extends.value.into_string(), place))
    });
    (extends, diagnostics.into_iter().map(Diagnostic::setup).collect())
}

/// Reads an address by the rules of `base_url`, for the command line.
///
/// # Errors
/// What is wrong with it.
pub fn base_url(url: &str) -> Result<Box<str>, String> {
    let text = format!("title = \"-\"\nbase_url = {}", toml::Value::String(url.to_owned()));
    let (config, diagnostics) = parse("--base-url", &text);
    match (config.and_then(|config| config.base_url), diagnostics.first()) {
        (Some(url), _) => Ok(url),
        (None, Some(diagnostic)) => Err(diagnostic.message.clone()),
        (None, None) => Err("it is empty".to_owned()),
    }
}

fn read(reader: &mut Reader<'_>) -> Config {
    let default = Config::default();
    let title = reader.required_line("title").map_or(default.title, |title| title.value);
    let base_url = reader.url("base_url").and_then(|url| base_address(reader, "base_url", &url));
    let (language, languages) = read_languages(reader);
    let (timezone, timezone_name) = read_timezone(reader);
    let (theme, theme_place) = read_theme(reader).unwrap_or((default.theme, None));
    Config {
        title,
        base_url,
        language,
        languages,
        timezone,
        timezone_name,
        theme,
        theme_place,
        page_size: read_count(reader, "page_size", 1000).unwrap_or(default.page_size),
        contact: reader.line("contact").map(|contact| contact.value),
        licence: reader.line("licence").map(|licence| licence.value),
        html: read_html_policy(reader),
        topics: read_topics(reader),
        mirrors: read_mirrors(reader),
        onion: read_onion(reader),
        parties: read_parties(reader),
        outputs: reader.table("outputs", "[outputs]", read_outputs).unwrap_or_default(),
        budget: reader.table("budget", "[budget]", read_budget).unwrap_or_default(),
        allow: read_exceptions(reader),
        extra: reader.free_table("extra"),
    }
}

/// Reads `allow`, here and in front matter. That the guards exist is checked where they are known.
pub fn read_exceptions(reader: &mut Reader<'_>) -> Vec<Exception> {
    let exceptions = reader.tables("allow", "an exception", |table, _| {
        let guard = table.required_line("guard");
        let why = table.required_text("why");
        let until = table.required_day("until");
        let guard = guard?;
        let place = table.place(guard.span);
        Some(Exception { guard, why: why?.value, until: until?.value, place })
    });
    exceptions.into_iter().flatten().collect()
}

/// The address of a folder: no query, no fragment, with a `/` at its end.
fn base_address(reader: &Reader<'_>, key: &str, url: &Spanned<Box<str>>) -> Option<Box<str>> {
    if url.value.contains(['?', '#']) {
        let message = format!("`{key}` has a query or a fragment");
        let help = "write the address of the folder that the site lives in".to_owned();
        reader.error(Code::BAD_URL, url.span, message, "pages cannot be below it", help);
        return None;
    }
    Some(if url.value.ends_with('/') { url.value.clone() } else { format!("{}/", url.value).into() })
}

fn read_languages(reader: &mut Reader<'_>) -> (Box<str>, Vec<Box<str>>) {
    let written = reader.line("language");
    let is_refused =
        reader.has_content("language") && !written.as_ref().is_some_and(|code| is_language(reader, code));
    let language = written.filter(|_| !is_refused);
    let listed = reader.names("languages");
    let given = listed.is_some();
    let languages: Vec<_> = listed.into_iter().flatten().filter(|code| is_language(reader, code)).collect();
    let default = language.clone().map_or_else(|| "en".into(), |code| code.value);
    if !given {
        return (default.clone(), vec![default]);
    }
    let languages: Vec<Box<str>> = languages.into_iter().map(|code| code.value).collect();
    if !languages.contains(&default) && !is_refused {
        tell_language_not_listed(reader, &default, language.map(|code| code.span));
    }
    (default, languages)
}

fn tell_language_not_listed(reader: &Reader<'_>, language: &str, span: Option<Span>) {
    let span = span.unwrap_or_else(|| reader.key_span("languages"));
    let message = format!("\"{language}\" is the default language, and not one of `languages`");
    let help = format!("add \"{language}\" to `languages`, or set `language` to one of them");
    reader.error(Code::BAD_LANGUAGE, span, message, "not in `languages`", help);
}

/// Lower-case letters and digits, as in `ar`, `pt-br` or `zh-hans`, and free as a folder's name.
fn is_language(reader: &Reader<'_>, code: &Spanned<Box<str>>) -> bool {
    let is_code = is_language_code(&code.value) && Id::from_slug(&code.value).is_ok();
    if !is_code {
        let lower = code.value.to_lowercase().replace('_', "-");
        let help = if is_language_code(&lower) && lower != *code.value {
            format!("write \"{lower}\"")
        } else {
            "write a code such as \"ar\", \"en\" or \"pt-br\"".to_owned()
        };
        let message = format!("\"{}\" is not a language code", shown(&code.value));
        reader.error(Code::BAD_LANGUAGE, code.span, message, "not a code", help);
    }
    is_code
}

fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_word = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && is_word(part))
}

fn read_timezone(reader: &mut Reader<'_>) -> (Zone, Box<str>) {
    let utc = (Zone::utc(), "UTC".into());
    let Some(name) = reader.line("timezone") else { return utc };
    if let Some(zone) = Zone::named(&name.value) {
        return (zone, name.value);
    }
    let names = Zone::names();
    let city =
        |zone: &&String| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name.value));
    let near = names.iter().find(city).map(String::as_str);
    let help = match near.or_else(|| did_you_mean(&name.value, names.iter().map(String::as_str))) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write a name of the IANA database, such as \"Asia/Damascus\", or \"UTC\"".to_owned(),
    };
    let message = format!("\"{}\" is not a time zone", shown(&name.value));
    reader.error(Code::BAD_TIMEZONE, name.span, message, "unknown zone", help);
    utc
}

fn read_theme(reader: &mut Reader<'_>) -> Option<(Box<str>, Option<Place>)> {
    let theme = reader.line("theme")?;
    if !theme.value.contains('/') && OutPath::new(&*theme.value).is_ok() {
        let place = reader.place(theme.span);
        return Some((theme.value, Some(place)));
    }
    let message = format!("\"{}\" is not the name of a folder", shown(&theme.value));
    let help = "write the name of a folder in themes/, without a path".to_owned();
    reader.error(Code::BAD_PATH, theme.span, message, "not a folder's name", help);
    None
}

fn read_count<N: TryFrom<i64>>(reader: &mut Reader<'_>, key: &'static str, most: i64) -> Option<N> {
    reader.integer(key, 1..=most).and_then(|count| N::try_from(count.value).ok())
}

fn read_html_policy(reader: &mut Reader<'_>) -> HtmlPolicy {
    let choices = [("escape", HtmlPolicy::Escape), ("sanitise", HtmlPolicy::Sanitise)];
    reader.one_of("html", choices).map_or_else(HtmlPolicy::default, |policy| policy.value)
}

fn read_topics(reader: &mut Reader<'_>) -> Vec<Box<str>> {
    let topics = reader.names("topics").unwrap_or_default();
    topics
        .into_iter()
        .filter(|topic| reader.id_from("a topic", topic).is_some())
        .map(|topic| topic.value)
        .collect()
}

fn read_mirrors(reader: &mut Reader<'_>) -> Vec<Box<str>> {
    let mirrors = reader.urls("mirrors");
    mirrors.iter().filter_map(|url| base_address(reader, "mirrors", url)).collect()
}

fn read_onion(reader: &mut Reader<'_>) -> Option<Box<str>> {
    let url = reader.url("onion")?;
    let host = url.value.split(['/', '?', '#']).nth(2).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    if !host.to_ascii_lowercase().ends_with(".onion") {
        let help = "write http://….onion/, or remove `onion`".to_owned();
        reader.error(
            Code::BAD_URL,
            url.span,
            "`onion` is not an onion address".to_owned(),
            "its host does not end in .onion",
            help,
        );
        return None;
    }
    base_address(reader, "onion", &url)
}

fn read_parties(reader: &mut Reader<'_>) -> Vec<Party> {
    let entries = reader.entries("parties", Shape::Line);
    entries.into_iter().filter_map(|(id, label)| party(reader, &id, label.value)).collect()
}

fn party(reader: &Reader<'_>, id: &Spanned<Box<str>>, label: Box<str>) -> Option<Party> {
    if BUILT_IN_PARTIES.contains(&&*id.value) {
        let message = format!("the party `{}` is always there, and cannot be defined", id.value);
        reader.error(
            Code::BAD_ID,
            id.span,
            message,
            "reserved",
            "choose another id, or remove the line".to_owned(),
        );
        return None;
    }
    Some(Party { id: reader.id_from("a party", id)?.value, label })
}

fn read_outputs(reader: &mut Reader<'_>) -> Outputs {
    Outputs {
        text: reader.flag("text", true),
        feeds: reader.flag("feeds", true),
        data: reader.flag("data", true),
        search: read_search(reader),
    }
}

fn read_search(reader: &mut Reader<'_>) -> bool {
    let is_wanted = reader.flag("search", false);
    if is_wanted && !cfg!(feature = "search") {
        let span = reader.key_span("search");
        let help = "install it with `cargo install --path . --features search`, or write `search = false`";
        let message = "this bulletin was built without search".to_owned();
        reader.error(Code::NOT_BUILT_IN, span, message, "asks for it", help.to_owned());
    }
    is_wanted
}

fn read_budget(reader: &mut Reader<'_>) -> Budget {
    let default = Budget::default();
    let most = i64::from(u32::MAX);
    Budget {
        page: read_count(reader, "page", most).unwrap_or(default.page),
        text: read_count(reader, "text", most).unwrap_or(default.text),
    }
}

#[cfg(test)]
mod tests;
