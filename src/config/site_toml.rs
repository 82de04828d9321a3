//! The keys of site.toml.

use std::collections::BTreeMap;

use super::exception::ExceptionKeys;
use super::host::{Host, HostKind};
use super::levels::{Level, Levels};
use super::public_address::FolderAddress;
use super::settings::{
    BUILT_IN_PARTIES, Budget, Config, HtmlPolicy, Notice, Outputs, Party, Pictures, PlacedText, Untranslated,
};
use super::source_kinds::SourceKinds;
use super::topics::Topics;
use super::values::{
    LanguageCode, MirrorAddress, NamedZone, OnionAddress, PublicKeyLine, ThemeName, WrittenTarget,
};
use crate::diag::{Code, Spanned, did_you_mean};
use crate::time::Zone;
use crate::toml::{ByKey, FileKind, Name, Once, OneLine, OneOf, TableKeys as _, TomlTable, Whole, table};

pub(super) const FILE: FileKind = FileKind {
    name: "site",
    title: "site.toml",
    path: "site.toml",
    meaning: "The settings of the whole site. Without this file, every key has its default.",
    example: r#"title     = "East Aleppo briefings"
base_url  = "https://example.org/aleppo/"
languages = ["en", "ar"]
timezone  = "Asia/Damascus"
topics    = ["health", "water", "food", "shelter"]

[parties]
government = "Government and its allies"
opposition = "Opposition"
"#,
    table: SiteToml::TABLE,
};

table! {
    pub(super) SiteToml, "site.toml" {
        /// The name of the site.
        required title: OneLine, example "East Aleppo briefings",
            seen "at the top of every page, in the browser's tab and in feeds";

        /// Where the site will be online. Pages never need it, but feeds and the sitemap do.
        optional base_url: FolderAddress, example "https://example.org/aleppo/",
            otherwise "no feeds, no sitemap, and pages do not name their address",
            seen "at the foot of every page, and in feeds";

        /// The language of all files that are not translations.
        optional language: Spanned<LanguageCode>, example "en", as_if "en",
            seen "the words of the interface, and the form of dates and numbers";

        /// All languages of the site. `NAME.ar.md` is the Arabic translation of `NAME.md`.
        optional languages: Vec<Once<LanguageCode>>, example ["en", "ar"], otherwise "only `language`",
            seen "one tree of pages for each, and links between them";

        /// The time zone in which times are shown. A date without a time means 00:00 in it, and a time without an
        /// offset is one in it.
        optional timezone: NamedZone, example "Asia/Damascus", as_if "UTC",
            seen "all times";

        /// The theme: a folder in `themes/`, or the built-in `default`.
        optional theme: Spanned<ThemeName>, example "default", as_if "default",
            seen "the look of every page";

        /// How many items a page of a list holds.
        default page_size: Whole<usize, 1, 1000> = Config::PAGE_SIZE, example 50,
            seen "lists of briefings and claims";

        /// A picture of the site's or its theme's `static/`, by its path there: SVG, PNG, WebP, JPEG or GIF.
        optional logo: Spanned<OneLine>, example "logo.svg",
            seen "next to the name of the site at the top of every page, and in feeds";

        /// A line at the top of every page, such as the number of a hotline.
        optional notice: NoticeKeys<'d>, example { text = "Missing persons", url = "tel:112" },
            seen "below the name of the site on every page";

        /// How to reach the people behind the site.
        optional contact: OneLine, example "desk@example.org", seen "at the foot of every page";

        /// Under which licence others may use the site.
        optional licence: OneLine, example "CC-BY-4.0", seen "at the foot of every page, and in feeds";

        /// What happens to HTML in Markdown: it is shown as text, or it stays without what could do harm.
        default html: OneOf<HtmlPolicy> = HtmlPolicy::default(), example "escape",
            seen "the text of every page";

        /// What a language has instead of a briefing or page that is not translated into it: the original, or
        /// no page, and lists and links lead to the original.
        default untranslated: OneOf<Untranslated> = Untranslated::default(), example "leave-out",
            seen "the pages of the other languages";

        /// What claims can be about. A claim's `topic` is one of these. A table of topics can say which guard
        /// protects a topic: `hospitals = { guard = "precise-point" }`, and `water = {}` for one without.
        table topics: Topics, example ["health", "water", "food", "shelter"],
            seen "on claims, and in the summary of a neighbourhood";

        /// Whether the site has a folder `private/` with redact.txt and records of protected sources. A build
        /// without it is an error then: it would make pages of sources that are to be protected.
        default private: bool = false, example true, seen "not shown";

        /// Addresses of copies of the site.
        list mirrors: MirrorAddress, example ["https://mirror.example.org/"],
            seen "at the foot of every page";

        /// The address of the site as an onion service. Pages show it as text: a click in a browser without Tor would
        /// say its name to the reader's network.
        optional onion: OnionAddress, example "http://kpubjofw3ntlpd5vkaqjxlcdh4pv3fiysu7hk5bj7jiqkj4plygmdoqd.onion/",
            seen "at the foot of every page";

        /// The public key that copies of the site are signed with, as `bulletin keys new` prints it.
        optional public_key: PublicKeyLine, example "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
            otherwise "readers cannot check who a copy is from",
            seen "its fingerprint at the foot of every page, and `minisign.pub` at the top of the output";

        /// The sides of a conflict: id and name. Allies share an id. `none` and `unknown` always exist.
        table parties: ByKey<OneLine>, example { opposition = "Opposition" },
            seen "on sources and claims, and behind the computed status of a claim";

        /// Further kinds of sources, next to the built-in ones: id and name. `source-kind-ID` in i18n/ has the name in
        /// another language.
        table source_kinds: ByKey<OneLine>, example { fishers = "Fishing cooperative" },
            seen "on sources, and in the list of sources";

        /// Further words that name no one, next to those that are built in, such as "anonymous", "eyewitnesses"
        /// and the names of social networks. A claim with such a `source` counts as unattributed.
        list unnamed_sources: Once<OneLine>, example ["a reader"], seen "as a claim without a named source";

        /// Which outputs are written in addition to the pages.
        optional outputs: OutputKeys<'d>, seen "links to them on each page";

        /// The sizes in which pictures are published.
        optional pictures: PictureKeys<'d>, seen "pictures in texts";

        /// Where `bulletin publish` takes the site.
        optional publish: PublishKeys<'d>, seen "not shown";

        /// What serves the site.
        optional host: HostKeys<'d>, seen "not shown";

        /// How many bytes pages may have.
        optional budget: BudgetKeys<'d>, seen "not shown; more is a warning";

        /// The severity of diagnostics by their code: `error`, `warning`, `note` or `off`. An error cannot be
        /// lowered, nor what protects people.
        table check: ByKey<OneOf<Level>>, example { silent-change = "error" }, seen "not shown";

        /// Exceptions to guards, for all files.
        list allow: ExceptionKeys<'d>, seen "not shown; each build reports them";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }

    /// `[notice]`: a line at the top of every page, such as the number of a hotline.
    pub(super) NoticeKeys, "[notice]" {
        /// What it says. `site-notice` in `i18n/LANGUAGE.ftl` has the words of another language.
        required text: Spanned<OneLine>, example "Missing persons", seen "on every page";

        /// What a tap on it does: `tel:` and `sms:` call or write to a number, `mailto:` to an address, and
        /// `https:` or the path of a file, such as `content/help.md`, opens a page.
        optional url: Spanned<OneLine>, example "tel:112", otherwise "it is no link",
            seen "on every page; a number or a mail address that the text lacks is shown behind it";

        /// The same in a language that has another one, by the code of the language.
        table urls: ByKey<OneLine>, example { ar = "tel:113" }, seen "on the pages of that language";
    }

    /// `[outputs]`: what is written in addition to the pages.
    pub(super) OutputKeys, "[outputs]" {
        /// The plain text of each page.
        default text: bool = Outputs::default().text, example true, seen "a link at the foot of each page";

        /// Atom and JSON feeds.
        default feeds: bool = Outputs::default().feeds, example true, seen "a link at the foot of each page";

        /// Open data: what pages show, as JSON, CSV and GeoJSON in `data/`. The next build compares its claims with it.
        default data: bool = Outputs::default().data, example true, seen "not shown; for programs";

        /// A picture of each briefing with its title and up to when it knows, which messengers show with a link to it.
        /// It needs a `base_url`.
        default cards: bool = Outputs::default().cards, example true, seen "not on pages; in messengers";
        /// What is known of each neighbourhood, on one sheet to print.
        default sheets: bool = Outputs::default().sheets, example true, seen "a link on the page of each neighbourhood";

        /// The index of the search. `bulletin` must be built with `--features search`.
        default search: bool = Outputs::default().search, example false, seen "a search page in the menu";
    }

    /// `[pictures]`: the sizes of pictures that texts show as JPEG, PNG or WebP.
    pub(super) PictureKeys, "[pictures]" {
        /// How wide the copies of a picture are, in pixels. A browser loads the one that suits its screen. No copy is wider
        /// than its picture, and `[]` leaves pictures as they are.
        optional widths: Vec<Whole<u32, 16, 10_000>>, example [480, 960], otherwise "480, 960 and 1600",
            seen "pictures in texts";

        /// Whether a picture that is wider than the largest copy is published with all of its pixels, too. Without it
        /// the largest copy takes its place.
        default original: bool = Pictures::default().original, example true, seen "at the address of the picture";
    }

    /// `[publish]`: where the site goes. Credentials are never here.
    pub(super) PublishKeys, "[publish]" {
        /// A bucket as `s3://BUCKET/PREFIX`, `gs://…` or `az://…`, a folder, `USER@HOST:PATH` for rsync, or
        /// `rclone:REMOTE:PATH`.
        optional target: WrittenTarget, example "s3://bucket/prefix", seen "not shown";
    }

    /// `[host]`: what serves the site. Its limits are checked, and the files that it reads are written.
    pub(super) HostKeys, "[host]" {
        /// The host. `s3` is every object storage, and `usb` a stick that is handed on.
        optional kind: Spanned<OneOf<HostKind>>, example "netlify",
            otherwise "no limit is checked, and no file for a host is written", seen "not shown";
    }

    /// `[budget]`: the most bytes of a page as it is sent. A page with more is a warning.
    pub(super) BudgetKeys, "[budget]" {
        /// The most bytes of an HTML page, compressed.
        default page: Whole<u64, 1, { u32::MAX as i64 }> = Budget::default().page, example 14000,
            seen "not shown";

        /// The most bytes of a plain-text page, compressed.
        default text: Whole<u64, 1, { u32::MAX as i64 }> = Budget::default().text, example 4000,
            seen "not shown";

        /// The most bytes of all pictures in the text of a page, as a phone loads them: 390 points wide, with two pixels
        /// a point.
        default pictures: Whole<u64, 1, { u32::MAX as i64 }> = Budget::default().pictures, example 250000,
            seen "not shown";
    }
}

impl SiteToml<'_> {
    pub(super) fn into_config(self) -> Config {
        let default = Config::default();
        let (language, languages) = languages(&self.table, self.language, self.languages);
        let zone =
            self.timezone.unwrap_or_else(|| NamedZone { zone: Zone::utc(), name: default.timezone_name });
        let theme_place = self.theme.as_ref().map(|theme| self.table.place(theme.span));
        let notice = self.notice.and_then(|notice| notice.into_notice(&languages));
        Config {
            title: self.title.unwrap_or(default.title),
            base_url: self.base_url,
            language,
            languages,
            timezone: zone.zone,
            timezone_name: zone.name,
            theme: self.theme.map_or(default.theme, |theme| theme.value),
            theme_place,
            page_size: self.page_size,
            logo: self.logo.map(|logo| placed(&self.table, logo)),
            notice,
            contact: self.contact,
            licence: self.licence,
            html: self.html,
            untranslated: self.untranslated,
            topics: self.topics.ids,
            topic_guards: self.topics.guards,
            private: self.private,
            mirrors: self.mirrors,
            onion: self.onion,
            public_key: self.public_key,
            parties: parties(&self.table, self.parties),
            source_kinds: SourceKinds::new(&self.table, self.source_kinds),
            unnamed_sources: self.unnamed_sources,
            target: self.publish.and_then(|publish| publish.target),
            host: self.host.and_then(HostKeys::into_host),
            outputs: self.outputs.map(OutputKeys::into_outputs).unwrap_or_default(),
            pictures: pictures(&self.table, self.pictures),
            budget: self
                .budget
                .map(|budget| Budget { page: budget.page, text: budget.text, pictures: budget.pictures })
                .unwrap_or_default(),
            levels: Levels::new(&self.table, self.check),
            allow: ExceptionKeys::exceptions(self.allow),
            extra: self.extra,
        }
    }
}

/// The default language, and all languages.
fn languages(
    table: &TomlTable<'_>,
    language: Option<Name>,
    languages: Option<Vec<Box<str>>>,
) -> (Box<str>, Vec<Box<str>>) {
    let is_refused = language.is_none() && table.has("language");
    let span = language.as_ref().map_or_else(|| table.key_span("languages"), |language| language.span);
    let default = language.map_or_else(|| "en".into(), |language| language.value);
    let Some(languages) = languages else { return (default.clone(), vec![default]) };
    if !languages.contains(&default) && !is_refused {
        let message = format!("\"{default}\" is the default language, and not one of `languages`");
        let help = format!("add \"{default}\" to `languages`, or set `language` to one of them");
        table.error(Code::BAD_LANGUAGE, span, message, "not in `languages`", help);
    }
    (default, languages)
}

fn parties(table: &TomlTable<'_>, entries: Vec<(Name, Name)>) -> Vec<Party> {
    let party = |(id, label): (Name, Name)| {
        if BUILT_IN_PARTIES.contains(&&*id.value) {
            let message = format!("the party `{}` is always there, and cannot be defined", id.value);
            let help = "choose another id, or remove the line";
            table.error(Code::BAD_ID, id.span, message, "reserved", help);
            return None;
        }
        Some(Party { id: table.id("a party", &id)?, label: label.value })
    };
    entries.into_iter().filter_map(party).collect()
}

fn placed(table: &TomlTable<'_>, value: Name) -> PlacedText {
    PlacedText { place: table.place(value.span), text: value.value }
}

impl NoticeKeys<'_> {
    /// `languages` are those of the site. `None` without a text, which is an error.
    fn into_notice(self, languages: &[Box<str>]) -> Option<Notice> {
        let table = &self.table;
        let mut urls = BTreeMap::new();
        for (code, url) in self.urls {
            let language = code.value.to_ascii_lowercase();
            if languages.iter().any(|known| **known == *language) {
                urls.insert(language.into(), placed(table, url));
            } else {
                report_other_language(table, &code, languages);
            }
        }
        Some(Notice { text: placed(table, self.text?), url: self.url.map(|url| placed(table, url)), urls })
    }
}

fn report_other_language(table: &TomlTable<'_>, code: &Name, languages: &[Box<str>]) {
    let message = format!("the site has no language \"{}\"", code.value);
    let help = match did_you_mean(&code.value, languages.iter().map(AsRef::as_ref)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("add it to `languages`; the site has {}", languages.join(", ")),
    };
    table.error(Code::BAD_LANGUAGE, code.span, message, "not in `languages`", help);
}

impl HostKeys<'_> {
    fn into_host(self) -> Option<Host> {
        let kind = self.kind?;
        Some(Host { kind: kind.value, place: self.table.place(kind.span) })
    }
}

/// An empty list counts as missing elsewhere. Here it is the only way to say none.
fn pictures(table: &TomlTable<'_>, keys: Option<PictureKeys<'_>>) -> Pictures {
    let default = Pictures::default();
    let original = keys.as_ref().map_or(default.original, |keys| keys.original);
    let is_written = table.is_written_in("pictures", "widths");
    let mut widths = match keys.and_then(|keys| keys.widths) {
        Some(widths) => widths,
        None if is_written => Vec::new(),
        None => default.widths,
    };
    widths.sort_unstable();
    widths.dedup();
    Pictures { widths, original }
}

impl OutputKeys<'_> {
    fn into_outputs(self) -> Outputs {
        if self.search && !cfg!(feature = "search") {
            let span = self.table.key_span("search");
            let help =
                "install it with `cargo install --path . --features search`, or write `search = false`";
            let message = "this bulletin was built without search";
            self.table.error(Code::NOT_BUILT_IN, span, message, "asks for it", help);
        }
        Outputs {
            text: self.text,
            feeds: self.feeds,
            data: self.data,
            cards: self.cards,
            sheets: self.sheets,
            search: self.search,
        }
    }
}
