//! The ids of a briefing's claims: those that are written, and numbers for the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Span, Spanned, did_you_mean};
use crate::model::Name;
use crate::paths::Id;
use crate::toml::{TomlTable, shown};

pub(super) struct ClaimIds {
    /// By the position of the claim.
    ids: Vec<ClaimId>,
    /// The ids that are written, and where first.
    written: BTreeMap<Id, Span>,
    /// Those of claims that repeat another.
    repeats: BTreeSet<Id>,
    /// Earlier ids, where each is written first, and the id that its claim has now, if any is written.
    aliases: BTreeMap<Id, (Span, Option<Id>)>,
    /// False if a syntax error may hide claims.
    is_complete: bool,
}

/// The ids that a writer gives a claim.
#[derive(Clone, Copy)]
pub(super) struct WrittenIds<'i> {
    pub id: Option<&'i Spanned<Id>>,
    /// Those that it had earlier.
    pub aliases: &'i [Spanned<Id>],
    /// It repeats another claim.
    pub is_repeat: bool,
}

#[derive(Clone)]
pub(super) struct ClaimId {
    pub id: Id,
    /// False if the claim got a number.
    pub is_written: bool,
}

impl ClaimIds {
    pub(super) fn new<'i>(claims: impl Iterator<Item = WrittenIds<'i>> + Clone, is_complete: bool) -> Self {
        let mut written = BTreeMap::new();
        let mut repeats = BTreeSet::new();
        let mut aliases = BTreeMap::new();
        for claim in claims.clone() {
            let now = claim.id.map(|id| id.value.clone());
            if let Some(id) = claim.id {
                written.entry(id.value.clone()).or_insert(id.span);
            }
            repeats.extend(now.clone().filter(|_| claim.is_repeat));
            for alias in claim.aliases {
                aliases.entry(alias.value.clone()).or_insert((alias.span, now.clone()));
            }
        }
        let is_free = |id: &Id| !written.contains_key(id) && !aliases.contains_key(id);
        let ids = numbered(claims.map(|claim| claim.id), &written, is_free);
        Self { ids, written, repeats, aliases, is_complete }
    }

    pub(super) fn at(&self, position: usize) -> Option<&ClaimId> {
        self.ids.get(position)
    }

    /// Where an id is written first.
    pub(super) fn first(&self, id: &Id) -> Option<Span> {
        self.written.get(id).copied()
    }

    /// What else has an alias as its id or alias: where, and in words.
    pub(super) fn other_owner(&self, alias: &Spanned<Id>) -> Option<(Span, &'static str)> {
        let as_id = self.first(&alias.value).map(|span| (span, "the id of a claim"));
        let as_alias = self.aliases.get(&alias.value).filter(|(first, _)| *first != alias.span);
        as_id.or(as_alias.map(|(first, _)| (*first, "an alias of another claim too")))
    }

    /// The claim of this briefing that `key` names. Another name is reported.
    pub(super) fn named(&self, table: &TomlTable<'_>, key: &str, name: Option<Name>) -> Option<Spanned<Id>> {
        let name = name?;
        match Id::from_slug(&name.value) {
            Ok(id) if self.repeats.contains(&id) => {
                report_repeat(table, key, &name);
                None
            }
            Ok(id) if self.written.contains_key(&id) || !self.is_complete => {
                Some(Spanned::new(id, name.span))
            }
            _ => {
                self.report_unknown(table, key, &name);
                None
            }
        }
    }

    fn report_unknown(&self, table: &TomlTable<'_>, key: &str, name: &Name) {
        let ids: Vec<&str> = self.written.keys().map(Id::as_str).collect();
        let renamed = self.aliases.iter().find(|(alias, _)| alias.as_str() == &*name.value);
        let renamed = renamed.and_then(|(_, (_, now))| now.as_ref()).map(Id::as_str);
        let help = match renamed.or_else(|| did_you_mean(&name.value, ids.iter().copied())) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if ids.is_empty() => {
                format!("give the claim that is meant an `id`, and write it as `{key}`")
            }
            None => format!("its claims with an id are {}", ids.join(", ")),
        };
        let message = format!("`{key}` names no claim of this briefing: \"{}\"", shown(&name.value));
        table.error(Code::UNKNOWN_CLAIM, name.span, message, "no such claim", help);
    }
}

/// What a repeat says belongs to the original, and changes there.
fn report_repeat(table: &TomlTable<'_>, key: &str, name: &Name) {
    let message = format!("`{key}` names a claim that repeats another: \"{}\"", shown(&name.value));
    let help = match key {
        "claim" => "write the correction into the briefing of the original; this page shows it too",
        _ => "name a claim that this briefing states itself, or remove it",
    };
    table.error(Code::NAMED_REPEAT, name.span, message, "has nothing of its own", help);
}

/// Gives every claim without an id its position, from 1, or the next free number. So does a claim
/// whose id another claim has already.
fn numbered<'i>(
    ids: impl Iterator<Item = Option<&'i Spanned<Id>>>,
    written: &BTreeMap<Id, Span>,
    is_free: impl Fn(&Id) -> bool,
) -> Vec<ClaimId> {
    let mut numbers = BTreeSet::new();
    let mut numbered = Vec::new();
    for (position, id) in ids.enumerate() {
        if let Some(id) = id.filter(|id| written.get(&id.value) == Some(&id.span)) {
            numbered.push(ClaimId { id: id.value.clone(), is_written: true });
            continue;
        }
        // Some numbers are no ids: "404" is reserved.
        let number = (position + 1..)
            .filter_map(|number| Id::from_slug(&number.to_string()).ok())
            .find(|id| is_free(id) && !numbers.contains(id));
        if let Some(id) = number {
            numbers.insert(id.clone());
            numbered.push(ClaimId { id, is_written: false });
        }
    }
    numbered
}
