//! `[[claims]]`.

use super::checked;
use super::claim_ids::{ClaimIds, WrittenIds};
use super::figure::FigureKeys;
use super::figure_agreement::{numbers_in_words, other_numbers};
use super::values::{RepeatedClaim, Sha256Digest, SourceName, TopicName};
use crate::config::{Config, PublicAddress};
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Claim, ClaimKind, Evidence, Figure, Repeat, StatedTime, Status, UNATTRIBUTED};
use crate::paths::{Id, slugify};
use crate::time::{Moment, When, Zone};
use crate::toml::{ManyLines, Once, OneLine, OneOf, TomlTable, Whole, shown, table};

/// The keys that may be next to `repeats`.
const KEYS_OF_REPEATS: [&str; 5] = ["repeats", "id", "aliases", "checked", "note"];

table! {
    /// One statement by one source.
    pub(super) ClaimKeys, "a claim" {
        /// The name of the claim within its briefing. Links, corrections and translations use it.
        optional id: Spanned<Id>, example "heluk-edge", otherwise "the number of the claim, from 1",
            seen "in the address of the claim: `#claim-heluk-edge`";

        /// Earlier ids of the claim in this briefing, so that links and citations with them still reach it.
        list aliases: Once<Spanned<Id>>, example ["edge-of-heluk"], seen "at these addresses of the page: `#claim-edge-of-heluk`";

        /// What the source says. Needed unless the claim has `repeats`.
        needed text: ManyLines, unless repeats, example "Government-side forces reached the edge of al-Heluk.",
            seen "wherever the claim is";

        /// Who says so: the id, the name or a spelling of a source, or `unattributed` if no one is named.
        /// Needed unless the claim has `repeats`.
        needed source: Spanned<OneLine>, unless repeats or unattributed, example "sohr",
            seen "on the claim, and on the page of the source";

        /// No one is named as its source: the same as `source = "unattributed"`, for forms, in which a source is picked.
        default unattributed: bool = false, example false, seen "on the claim";

        /// How certain the claim is. More than the sources support needs `status_why`.
        optional status: Spanned<OneOf<Status>>, example "confirmed",
            otherwise "computed from the sources", seen "on the claim";

        /// Why the claim has this `status`. `confirmed` needs it.
        optional status_why: Spanned<ManyLines>, example "Seen by our reporter.",
            seen "as the reason, on the claim";

        /// When it happened. `~` means about, `?` means perhaps; `2016-10`, `2016-10-01/2016-10-02` and
        /// `../2016` are fine too.
        optional happened: Spanned<When>, example "2016-10-02~",
            seen "on the claim, on the pages of its days and on the timeline";

        /// Who passed the claim on. That never supports it.
        list via: Once<Spanned<SourceName>>, example ["afp", "al-jazeera"],
            seen "on the claim, and on the pages of these sources";

        /// What kind of statement it is. What is still to come is a forecast or an instruction.
        optional kind: OneOf<ClaimKind>, example "event", seen "on the claim";

        /// Where it happened: ids, names or spellings of neighbourhoods.
        optional neighbourhoods: Vec<Once<Spanned<OneLine>>>, example ["al-heluk"],
            otherwise "those of the briefing", seen "on the claim, and on the pages of the neighbourhoods";

        /// When the claim was put into the briefing.
        optional added: Spanned<Moment>, example "2016-10-02T21:40:00+03:00", otherwise "`date` of the briefing",
            seen "on the claim";

        /// When the source said it.
        optional said: Spanned<When>, example "2016-10-02", seen "on the claim, and on the page of that day";

        /// What it is about: one of `topics` in site.toml.
        optional topic: Spanned<TopicName>, example "water",
            seen "on the claim, and in the summary of a neighbourhood";

        /// The id of the event that the claim is about. Claims of any briefing about the same event are
        /// assessed together.
        optional event: Spanned<Id>, example "heluk-2016-10-02", seen "a link to the page of the event";

        /// The claim says that the other claims about its event are wrong.
        default denies: bool = false, example false,
            seen "on the claim; the other claims are then marked “sources disagree”";

        /// How credible the statement itself is, whatever its source.
        optional credibility: Whole<u8, 1, 6>, example 3, seen "on the claim";

        /// Documents, pictures and videos that show it.
        list evidence: EvidenceKeys<'d>, seen "links on the claim";

        /// A count.
        optional figure: FigureKeys<'d>, seen "on the claim, and on the figures page";

        /// The claim was still so then: it was checked, and nothing had changed. It changes neither `added` nor
        /// `updated`.
        optional checked: Spanned<Moment>, example "2016-10-03T18:00:00+03:00",
            seen "on the claim; on the page of a neighbourhood it ends “no report since”";

        /// States the claim of an earlier briefing again: BRIEFING/ID. Only `id`, `aliases`, `checked` and `note` may
        /// be next to it; all else is the original's. It never counts as another source.
        optional repeats: Spanned<RepeatedClaim>, example "monday/well",
            seen "the original claim, with a link to it; the original then lists this briefing";

        /// What to add here to a claim that `repeats` another.
        optional note: Spanned<ManyLines>, example "The council says the same today.",
            seen "below the claim, in this briefing only";
    }

    /// Something that readers can look at themselves.
    pub(super) EvidenceKeys, "a piece of evidence" {
        /// Where it is.
        required url: PublicAddress, example "https://example.org/video", seen "a link";

        /// A copy that stays if the original goes.
        optional archived: PublicAddress, example "https://archive.example.org/video", seen "a link";

        /// When it was saved.
        optional captured: Spanned<Moment>, example "2016-10-02T10:00:00Z", seen "next to the link";

        /// The SHA-256 digest of the file that was saved.
        optional sha256: Sha256Digest,
            example "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            seen "next to the link";
    }
}

/// The claims of a briefing, in the order of the file.
#[derive(Default)]
pub(super) struct ClaimList {
    pub claims: Vec<Claim>,
    pub repeats: Vec<Repeat>,
    /// How many claims and repeats were written so far, those with faults too.
    position: usize,
}

/// What the keys of a claim are checked against.
pub(super) struct ClaimContext<'a> {
    pub ids: &'a ClaimIds,
    pub config: &'a Config,
    /// `date` of the briefing.
    pub date: Option<Moment>,
    /// When the briefing reaches its readers for the last time.
    pub published: Option<Moment>,
}

impl ClaimList {
    pub(super) fn add(&mut self, claims: Vec<ClaimKeys<'_>>, context: &ClaimContext<'_>) {
        for claim in claims {
            if claim.table.has("repeats") {
                let after = self.claims.len();
                self.repeats.extend(claim.into_repeat(self.position, after, context));
            } else {
                self.claims.extend(claim.into_claim(self.position, context));
            }
            self.position += 1;
        }
    }
}

impl ClaimKeys<'_> {
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.neighbourhoods.iter().flatten().map(|name| &*name.value)
    }

    /// Who says so, and who passed it on.
    pub(super) fn sources(&self) -> impl Iterator<Item = &str> {
        self.source.iter().chain(&self.via).map(|name| &*name.value)
    }

    /// Adds the dates that cannot be in the future.
    pub(super) fn list_stated_times(&self, zone: &Zone, stated: &mut Vec<StatedTime>) {
        stated.extend(self.added.as_ref().map(|added| StatedTime::new("added", added)));
        let said = self.said.as_ref().and_then(|said| {
            let begin = said.value.begin(zone)?;
            Some(StatedTime { key: "said", at: begin, span: said.span })
        });
        stated.extend(said);
        let captured = self.evidence.iter().filter_map(|evidence| evidence.captured.as_ref());
        stated.extend(captured.map(|captured| StatedTime::new("captured", captured)));
    }

    pub(super) fn written_ids(&self) -> WrittenIds<'_> {
        WrittenIds { id: self.id.as_ref(), aliases: &self.aliases, is_repeat: self.table.has("repeats") }
    }

    fn into_repeat(self, position: usize, after: usize, context: &ClaimContext<'_>) -> Option<Repeat> {
        let table = self.table;
        let id = context.ids.at(position)?;
        check_id(&table, self.id.as_ref(), context.ids);
        let set_flags = [("denies", self.denies), ("unattributed", self.unattributed)];
        let set_flags: Vec<&str> =
            set_flags.into_iter().filter_map(|(flag, is_set)| is_set.then_some(flag)).collect();
        check_keys_of_repeat(&table, &set_flags);
        let aliases = checked_aliases(&table, self.aliases, context.ids);
        Some(Repeat {
            original: self.repeats?,
            after,
            checked: self.checked,
            note: self.note.map(|note| note.value),
            id: Spanned::new(id.id.clone(), self.id.map_or(table.at(), |id| id.span)),
            aliases,
        })
    }

    fn into_claim(self, position: usize, context: &ClaimContext<'_>) -> Option<Claim> {
        let ClaimContext { ids, config, published, .. } = *context;
        let table = self.table;
        let id = ids.at(position)?;
        check_said_by(&table, self.unattributed);
        if let Some(checked) = &self.checked {
            let (key, added) = match &self.added {
                Some(added) => ("`added`", Some(added.value)),
                None => ("`date` of the briefing", context.date),
            };
            let status = self.status.as_ref().map(|status| status.value);
            checked::check_order(&table, checked, key, added);
            checked::check_said(&table, checked, self.said.as_ref(), &config.timezone);
            checked::check_status(&table, checked, status);
        }
        check_note(&table, self.note.as_ref());
        check_id(&table, self.id.as_ref(), ids);
        let aliases = checked_aliases(&table, self.aliases, ids);
        check_status(&table, self.status.as_ref(), self.status_why.as_ref());
        if let (Some(happened), Some(published)) = (&self.happened, published) {
            let published = self.added.as_ref().map_or(published, |added| added.value.max(published));
            check_happened(&table, self.kind, happened, published, config);
        }
        let figure = self.figure.and_then(|figure| figure.into_figure(&id.id, ids));
        if let Some(figure) = &figure {
            check_numbers(&table, self.text.as_deref(), figure, config);
        }
        let topic = self.topic.and_then(|topic| known_topic(&table, topic, config));
        Some(Claim {
            text: self.text?,
            source: source(&table, self.source, self.unattributed)?,
            via: self.via,
            kind: self.kind,
            neighbourhoods: self.neighbourhoods,
            happened: self.happened.map(|happened| happened.value),
            added: self.added.map(|added| added.value),
            said: self.said.map(|said| said.value),
            topic,
            event: self.event,
            denies: self.denies,
            status: self.status,
            status_why: self.status_why.map(|why| why.value),
            credibility: self.credibility,
            evidence: self.evidence.into_iter().filter_map(EvidenceKeys::into_evidence).collect(),
            figure: figure.map(Box::new),
            checked: self.checked,
            id: Spanned::new(id.id.clone(), self.id.map_or(table.at(), |id| id.span)),
            aliases,
            has_own_id: id.is_written,
        })
    }
}

/// Reports a claim without words or without a source.
fn check_said_by(table: &TomlTable<'_>, unattributed: bool) {
    if table.is_misspelt("repeats") {
        return;
    }
    let needed: &[&str] = if unattributed { &["text"] } else { &["text", "source"] };
    for key in needed {
        if !table.has(key) {
            table.missing(key, "", &format!("write {key} = \"…\""));
        }
    }
}

/// Who says so, with the reserved word if no one is named.
fn source(
    table: &TomlTable<'_>,
    source: Option<Spanned<Box<str>>>,
    unattributed: bool,
) -> Option<Spanned<Box<str>>> {
    if !unattributed {
        return source;
    }
    let span = table.key_span("unattributed");
    if source.as_ref().is_some_and(|source| slugify(&source.value) != UNATTRIBUTED) {
        let message = "the claim has a `source`, and says that no one is named";
        let help = "remove `unattributed`, or the source";
        table.error(Code::SOURCE_OF_UNATTRIBUTED, span, message, "which of the two?", help);
    }
    Some(Spanned::new(UNATTRIBUTED.into(), span))
}

/// Reports the keys that a claim has from its original. Two values for one of them could differ.
///
/// A flag that is `false` says nothing; forms write it into every claim.
fn check_keys_of_repeat(table: &TomlTable<'_>, set_flags: &[&str]) {
    let flags = ["denies", "unattributed"].into_iter().filter(|flag| !set_flags.contains(flag));
    let allowed: Vec<&str> = KEYS_OF_REPEATS.into_iter().chain(flags).collect();
    for key in table.filled_keys().filter(|key| !allowed.contains(key)) {
        let message = format!("`{key}` is next to `repeats`, and the original has it");
        let help = "remove it, and change it in the original if it is wrong; next to `repeats` there may be \
                    `id`, `aliases`, `checked` and `note`";
        table.error(Code::REPEAT_WITH_KEYS, table.key_span(key), message, "belongs to the original", help);
    }
}

/// Reports a note of a claim that has words of its own.
fn check_note(table: &TomlTable<'_>, note: Option<&Spanned<Box<str>>>) {
    let Some(note) = note else { return };
    let diagnostic = Diagnostic::warning(Code::UNUSED_KEY, "`note` is for claims that repeat another")
        .at(table.place(note.span))
        .label("not shown");
    table.report(diagnostic.help("write it into `text`, or into the text of the briefing"));
}

impl EvidenceKeys<'_> {
    fn into_evidence(self) -> Option<Evidence> {
        Some(Evidence {
            url: self.url?,
            archived: self.archived,
            captured: self.captured.map(|captured| captured.value),
            sha256: self.sha256,
        })
    }
}

/// Reports an id that an earlier claim has.
fn check_id(table: &TomlTable<'_>, id: Option<&Spanned<Id>>, ids: &ClaimIds) {
    let Some(id) = id else { return };
    let Some(first) = ids.first(&id.value).filter(|first| *first != id.span) else { return };
    let message = format!("two claims have the id \"{}\"", shown(id.value.as_str()));
    let diagnostic = Diagnostic::error(Code::DUPLICATE_CLAIM, message)
        .at(table.place(id.span))
        .label("the second")
        .also(table.place(first), "the first");
    table.report(diagnostic.help("give one of them another id"));
}

/// The earlier ids of a claim. One that another claim has, or had, is reported: its fragment would be there twice.
fn checked_aliases(table: &TomlTable<'_>, aliases: Vec<Spanned<Id>>, ids: &ClaimIds) -> Box<[Id]> {
    let is_free = |alias: &Spanned<Id>| {
        let Some((owner, what)) = ids.other_owner(alias) else { return true };
        let message = format!("the alias \"{}\" is {what}", shown(alias.value.as_str()));
        let diagnostic = Diagnostic::error(Code::DUPLICATE_CLAIM, message)
            .at(table.place(alias.span))
            .label("an address can reach one claim only")
            .also(table.place(owner), "the other");
        table.report(diagnostic.help("remove it where it is wrong"));
        false
    };
    aliases.into_iter().filter(is_free).map(|alias| alias.value).collect()
}

fn check_status(table: &TomlTable<'_>, status: Option<&Spanned<Status>>, why: Option<&Spanned<Box<str>>>) {
    match (status, why) {
        (Some(status), None) if status.value == Status::Confirmed && !table.has("status_why") => {
            table.missing("status_why", " next to status = \"confirmed\"", "say who confirmed it, and how");
        }
        (None, Some(why)) if !table.has("status") => {
            let message = "`status_why` has no `status` that it explains";
            let diagnostic =
                Diagnostic::warning(Code::UNUSED_KEY, message).at(table.place(why.span)).label("not shown");
            table.report(diagnostic.help("set `status`, or remove it"));
        }
        _ => {}
    }
}

/// Reports a text or quotation that gives other numbers than the figure.
fn check_numbers(table: &TomlTable<'_>, text: Option<&str>, figure: &Figure, config: &Config) {
    let texts = [("text", "text", text), ("said", "figure", figure.said.as_deref())];
    for (name, key, text) in texts {
        let Some(others) = text.and_then(|text| other_numbers(text, &config.language, figure)) else {
            continue;
        };
        let message = format!("`{name}` says {others}, and the figure is {}", numbers_in_words(figure));
        let diagnostic = Diagnostic::warning(Code::FIGURE_DIFFERS, message)
            .at(table.place(table.key_span(key)))
            .label("another number");
        table.report(
            diagnostic.help(
                "correct the one that is wrong; if the numbers count different things, give each a claim",
            ),
        );
    }
}

/// Reports what begins after it was published, unless the claim is about what is to come.
fn check_happened(
    table: &TomlTable<'_>,
    kind: Option<ClaimKind>,
    happened: &Spanned<When>,
    published: Moment,
    config: &Config,
) {
    let is_to_come = matches!(kind, Some(ClaimKind::Forecast | ClaimKind::Instruction));
    if is_to_come || !happened.value.begins_after(published, &config.timezone) {
        return;
    }
    let message = "`happened` is after this claim was published";
    let diagnostic = Diagnostic::warning(Code::HAPPENED_LATER, message)
        .at(table.place(happened.span))
        .label(format!("published {}", config.timezone.local(published)));
    table.report(
        diagnostic.help(
            "correct it; for what is to come, write kind = \"forecast\" or \"instruction\"; for what was put in later, `added`",
        ),
    );
}

pub(super) fn known_topic(
    table: &TomlTable<'_>,
    topic: Spanned<Box<str>>,
    config: &Config,
) -> Option<Box<str>> {
    let remedy = if config.topics.is_empty() {
        "add it to `topics` in site.toml, which has none"
    } else {
        "the topics of site.toml are "
    };
    let topics: Vec<&str> = config.topics.iter().map(|topic| &**topic).collect();
    table.known_word("topic", topic, &topics, remedy)
}
