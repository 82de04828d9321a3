//! `[[claims]]`.

use std::collections::{BTreeMap, BTreeSet};

use super::common::{source_names, word};
use super::figure;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span, Spanned, did_you_mean};
use crate::model::{Claim, ClaimKind, Evidence, Name, Status};
use crate::paths::Id;
use crate::time::{Moment, When, Zone};
use crate::toml::{Reader, shown};

/// The ids of a briefing's claims, known before the claims are read.
pub(super) struct ClaimIds {
    /// By position: the id that the claim ends up with, and whether it was written.
    by_position: Vec<(Id, bool)>,
    /// Those that were written, and where first.
    own: BTreeMap<Id, Span>,
    /// False where a syntax error may hide claims.
    is_complete: bool,
}

impl ClaimIds {
    pub(super) fn peek(reader: &Reader<'_>) -> Self {
        let written = reader.peek("claims", "id");
        let mut own = BTreeMap::new();
        for text in written.iter().flatten() {
            if let Ok(id) = Id::from_slug(&text.value) {
                own.entry(id).or_insert(text.span);
            }
        }
        let by_position = number(&written, &own);
        Self { by_position, own, is_complete: !reader.is_broken() }
    }

    /// The id of a claim of this briefing that a person refers to.
    pub(super) fn refer(&self, reader: &mut Reader<'_>, key: &'static str) -> Option<Spanned<Id>> {
        let text = reader.line(key)?;
        let known =
            Id::from_slug(&text.value).ok().filter(|id| self.own.contains_key(id) || !self.is_complete);
        if known.is_none() {
            self.tell_unknown(reader, key, &text);
        }
        Some(Spanned::new(known?, text.span))
    }

    fn tell_unknown(&self, reader: &Reader<'_>, key: &str, text: &Name) {
        let message = format!("`{key}` names no claim of this briefing: \"{}\"", shown(&text.value));
        let ids: Vec<&str> = self.own.keys().map(Id::as_str).collect();
        let help = match did_you_mean(&text.value, ids.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if ids.is_empty() => {
                format!("give the claim that is meant an `id`, and write it as `{key}`")
            }
            None => format!("its claims with an id are {}", ids.join(", ")),
        };
        reader.error(Code::UNKNOWN_CLAIM, text.span, message, "no such claim", help);
    }
}

/// Every claim that brings no id of its own gets its position, from 1, or the next number that
/// is free. A second claim with one id counts as without.
fn number(written: &[Option<Name>], own: &BTreeMap<Id, Span>) -> Vec<(Id, bool)> {
    let own_id = |text: &Name| Id::from_slug(&text.value).ok().filter(|id| own.get(id) == Some(&text.span));
    let mut given = BTreeSet::new();
    let mut ids = Vec::with_capacity(written.len());
    for (position, text) in written.iter().enumerate() {
        if let Some(id) = text.as_ref().and_then(own_id) {
            ids.push((id, true));
            continue;
        }
        let is_free = |id: &Id| !own.contains_key(id) && !given.contains(id);
        // Some numbers are no ids: "404" is reserved.
        let numbers = (position + 1..).filter_map(|number| Id::from_slug(&number.to_string()).ok());
        if let Some(id) = numbers.into_iter().find(is_free) {
            given.insert(id.clone());
            ids.push((id, false));
        }
    }
    ids
}

/// `published` is when the briefing reaches its readers, where that is known.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    config: &Config,
    ids: &ClaimIds,
    published: Option<Moment>,
) -> Vec<Claim> {
    let claims = reader.tables("claims", "a claim", |table, position| {
        let (claim, happened) = read(table, position, config, ids)?;
        if let (Some(happened), Some(published)) = (happened, published) {
            check_happened(table, &claim, &happened, published, &config.timezone);
        }
        Some(claim)
    });
    claims.into_iter().flatten().collect()
}

/// A claim, and when what it says happened, with its place.
type ReadClaim = (Claim, Option<Spanned<When>>);

fn read(reader: &mut Reader<'_>, position: usize, config: &Config, ids: &ClaimIds) -> Option<ReadClaim> {
    let zone = &config.timezone;
    let (id, has_own_id) = read_id(reader, position, ids)?;
    let claim_text = reader.required_text("text");
    let source = reader.required_line("source");
    let (status, status_why) = read_status(reader);
    let happened = reader.when("happened");
    let claim = Claim {
        text: claim_text.clone().map(|text| text.value).unwrap_or_default(),
        source: source.clone().unwrap_or_else(|| Spanned::new("".into(), reader.at())),
        via: source_names(reader, "via"),
        kind: word(reader, "kind").map(|kind| kind.value),
        neighbourhoods: reader.names("neighbourhoods"),
        happened: happened.as_ref().map(|when| when.value),
        added: reader.moment("added", zone).map(|moment| moment.value),
        said: reader.when("said").map(|when| when.value),
        topic: read_topic(reader, config),
        event: reader.line("event").and_then(|event| reader.id_from("`event`", &event)),
        denies: reader.flag("denies", false),
        status,
        status_why,
        credibility: reader.integer("credibility", 1..=6).and_then(|value| u8::try_from(value.value).ok()),
        evidence: read_evidence(reader, zone),
        figure: reader
            .table("figure", "a figure", |table| figure::read(table, &id, ids))
            .flatten()
            .map(Box::new),
        id,
        has_own_id,
    };
    (claim_text.is_some() && source.is_some()).then_some((claim, happened))
}

/// What is told as over cannot begin after it was told; what is to come is a forecast or an instruction.
fn check_happened(
    reader: &Reader<'_>,
    claim: &Claim,
    happened: &Spanned<When>,
    published: Moment,
    zone: &Zone,
) {
    let is_to_come = matches!(claim.kind, Some(ClaimKind::Forecast | ClaimKind::Instruction));
    let published = claim.added.map_or(published, |added| added.max(published));
    if is_to_come || !happened.value.begins_after(published, zone) {
        return;
    }
    let diagnostic =
        Diagnostic::warning(Code::HAPPENED_LATER, "`happened` is after this claim was published")
            .at(reader.place(happened.span))
            .label(format!("published {}", zone.local(published)));
    reader.tell(
        diagnostic.help(
            "correct it; for what is to come, write kind = \"forecast\" or \"instruction\"; for what was put in later, `added`",
        ),
    );
}

/// The id of the claim, and whether it is its own.
fn read_id(reader: &mut Reader<'_>, position: usize, ids: &ClaimIds) -> Option<(Spanned<Id>, bool)> {
    let written = reader.line("id");
    let (id, has_own_id) = ids.by_position.get(position)?.clone();
    let Some(written) = written else { return Some((Spanned::new(id, reader.at()), has_own_id)) };
    let first = reader.id_from("`id`", &written).and_then(|id| ids.own.get(&id.value).copied());
    if let Some(first) = first.filter(|first| *first != written.span) {
        tell_duplicate(reader, &written, first);
    }
    Some((Spanned::new(id, written.span), has_own_id))
}

fn tell_duplicate(reader: &Reader<'_>, written: &Name, first: Span) {
    let message = format!("two claims have the id \"{}\"", shown(&written.value));
    let diagnostic = Diagnostic::error(Code::DUPLICATE_CLAIM, message)
        .at(reader.place(written.span))
        .label("the second")
        .also(reader.place(first), "the first");
    reader.tell(diagnostic.help("give one of them another id"));
}

fn read_topic(reader: &mut Reader<'_>, config: &Config) -> Option<Box<str>> {
    let remedy = if config.topics.is_empty() {
        "add it to `topics` in site.toml, which has none"
    } else {
        "the topics of site.toml are "
    };
    let topics = config.topics.iter().map(|topic| &**topic);
    reader.known_word("topic", topics, remedy).map(|topic| topic.value)
}

fn read_status(reader: &mut Reader<'_>) -> (Option<Spanned<Status>>, Option<Box<str>>) {
    let status = word::<Status>(reader, "status");
    let why = reader.text("status_why");
    match (&status, &why) {
        (Some(status), None) if status.value == Status::Confirmed && !reader.has_content("status_why") => {
            reader.missing("status_why", " beside status = \"confirmed\"", "say who confirmed it, and how");
        }
        (None, Some(why)) if !reader.has("status") => {
            let diagnostic =
                Diagnostic::warning(Code::UNUSED_KEY, "`status_why` has no `status` that it explains")
                    .at(reader.place(why.span))
                    .label("not shown");
            reader.tell(diagnostic.help("set `status`, or remove it"));
        }
        _ => {}
    }
    (status, why.map(|why| why.value))
}

fn read_evidence(reader: &mut Reader<'_>, zone: &Zone) -> Vec<Evidence> {
    let evidence = reader.tables("evidence", "a piece of evidence", |table, _| {
        let url = table.required_url("url");
        let archived = table.url("archived").map(|url| url.value);
        let captured = table.moment("captured", zone).map(|moment| moment.value);
        let sha256 = read_sha256(table);
        Some(Evidence { url: url?.value, archived, captured, sha256 })
    });
    evidence.into_iter().flatten().collect()
}

fn read_sha256(reader: &mut Reader<'_>) -> Option<Box<str>> {
    let digest = reader.line("sha256")?;
    if digest.value.len() == 64 && digest.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(digest.value.to_ascii_lowercase().into());
    }
    let message = "`sha256` is not a SHA-256 digest".to_owned();
    let label = format!("{} characters", digest.value.chars().count());
    let help = "write its 64 hexadecimal digits, as `sha256sum FILE` prints them".to_owned();
    reader.error(Code::BAD_DIGEST, digest.span, message, &label, help);
    None
}
