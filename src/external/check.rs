//! The check of links to other sites, from the pages to the diagnostics.
//!
//! Owns the order of its steps, and no rule of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use url::Url;

use super::address::{NotAskable, askable};
use super::ask::{AskSites, Onlookers, ask_all};
use super::hosts::AskLimits;
use super::known_answers::KnownAnswers;
use super::linked_addresses::LinkedAddresses;
use super::memory_file::{MemoryFile, ReadMemory};
use super::messages::{CheckedAddress, EvidenceCopies, LinkMessages};
use super::places::find_places;
use super::schedule::{AskSchedule, host_of};
use super::tally::LinkTally;
use super::verdict::{LinkVerdict, UncheckedReason};
use super::web::Web;
use crate::config::is_onion;
use crate::diag::{Code, Diagnostic};
use crate::engine::{Observer, Prepared, Stage, in_stage};
use crate::paths::OutPath;
use crate::sources::reason;

/// How the links to other sites are checked.
pub struct ExternalOptions<'a> {
    /// `None`: nothing is remembered.
    pub memory: Option<MemoryFile>,
    /// Whether answers of earlier checks count.
    pub uses_memory: bool,
    pub now: Timestamp,
    /// After this, no request begins.
    pub time_limit: std::time::Duration,
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
    pub observer: &'a dyn Observer,
}

/// The result of a check.
pub struct ExternalCheck {
    pub diagnostics: Vec<Diagnostic>,
    pub tally: LinkTally,
    /// It was stopped before all was asked.
    pub was_stopped: bool,
}

/// Asks the other sites that the pages link to.
#[must_use]
pub fn check(prepared: &Prepared, linked: LinkedAddresses, options: &ExternalOptions<'_>) -> ExternalCheck {
    let web = Web::new();
    let base_url = prepared.site.config.base_url.as_deref();
    let (to_ask, mut checked) = sorted_out(linked.into_pages(base_url), web.reaches_onions());
    let (known, mut diagnostics) = remembered(options);
    let (answered, was_stopped, failed) = answers(&to_ask, &known, &web, options);
    diagnostics.extend(failed);
    let mut tally = LinkTally { known: answered.known, ..LinkTally::default() };
    checked.extend(to_ask.into_iter().zip(answered.verdicts).map(|(asked, verdict)| asked.checked(verdict)));
    let sites: BTreeSet<&str> = checked.iter().map(|one| one.host.as_str()).collect();
    tally.sites = sites.len();
    checked.iter().for_each(|one| tally.add(&one.verdict));
    let is_good = |one: &&CheckedAddress| matches!(&one.verdict, LinkVerdict::Answers { moved: None, parts } if parts.missing.is_empty());
    let written = checked.iter().filter(|one| !is_good(one)).flat_map(|one| one.written.keys());
    let places = find_places(written.map(String::as_str), prepared);
    let messages = LinkMessages { places, evidence: EvidenceCopies::new(&prepared.site) };
    diagnostics.extend(messages.diagnostics(&checked));
    ExternalCheck { diagnostics, tally, was_stopped }
}

/// An address that is asked once, however pages write it.
struct AddressToAsk {
    url: Url,
    written: BTreeMap<String, OutPath>,
    fragments: BTreeSet<String>,
}

impl AddressToAsk {
    fn checked(self, verdict: LinkVerdict) -> CheckedAddress {
        CheckedAddress { host: host_of(&self.url), asked: self.url.into(), written: self.written, verdict }
    }
}

/// The addresses to ask, and those that are not asked.
fn sorted_out(
    pages: BTreeMap<String, OutPath>,
    reaches_onions: bool,
) -> (Vec<AddressToAsk>, Vec<CheckedAddress>) {
    let mut to_ask: BTreeMap<String, AddressToAsk> = BTreeMap::new();
    let mut refused = Vec::new();
    for (written, page) in pages {
        match askable(&written) {
            Ok((url, _)) if is_onion(&url) && !reaches_onions => {
                let verdict = LinkVerdict::Unchecked(UncheckedReason::OnionService);
                refused.push(not_asked(written, page, host_of(&url), verdict));
            }
            Ok((url, fragment)) => {
                let fragments = BTreeSet::new();
                let asked = to_ask.entry(url.as_str().to_owned());
                let asked =
                    asked.or_insert_with(|| AddressToAsk { url, written: BTreeMap::new(), fragments });
                asked.written.insert(written, page);
                asked.fragments.extend(fragment.filter(|fragment| is_part(fragment)));
            }
            Err(why) => {
                let host = Url::parse(&written).map(|url| host_of(&url)).unwrap_or_default();
                refused.push(not_asked(written, page, host, verdict_without_asking(why)));
            }
        }
    }
    (to_ask.into_values().collect(), refused)
}

fn not_asked(written: String, page: OutPath, host: String, verdict: LinkVerdict) -> CheckedAddress {
    CheckedAddress { asked: written.clone(), host, written: BTreeMap::from([(written, page)]), verdict }
}

fn verdict_without_asking(why: NotAskable) -> LinkVerdict {
    match why {
        NotAskable::PrivateNetwork => LinkVerdict::Private,
        NotAskable::Credentials => LinkVerdict::Unchecked(UncheckedReason::Credentials),
        NotAskable::NoWebAddress => LinkVerdict::Unchecked(UncheckedReason::NoWebAddress),
    }
}

/// Whether a fragment names a part of a page. Others are read by programs: the time of a film, a page of a PDF.
fn is_part(fragment: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.%".contains(c);
    !fragment.is_empty() && fragment != "top" && fragment.chars().all(is_plain)
}

/// What earlier checks found.
fn remembered(options: &ExternalOptions<'_>) -> (KnownAnswers, Vec<Diagnostic>) {
    let Some(memory) = options.memory.as_ref() else { return (KnownAnswers::default(), Vec::new()) };
    let (known, fact) = match memory.read() {
        Ok(ReadMemory::Good(known)) => (known, None),
        Ok(ReadMemory::Damaged) => {
            (KnownAnswers::default(), Some("is damaged, or of another version, and starts empty".to_owned()))
        }
        Err(error) => (KnownAnswers::default(), Some(format!("cannot be read: {}", reason(&error)))),
    };
    let known = if options.uses_memory { known } else { KnownAnswers::default() };
    (known, fact.map(|fact| not_remembered(&fact)).into_iter().collect())
}

fn not_remembered(fact: &str) -> Diagnostic {
    let message = format!("the memory of earlier link checks {fact}");
    Diagnostic::note(Code::LINK_MEMORY, message).help("name another file with --state, or delete it")
}

/// What is known of each address that was asked for.
struct Answered {
    verdicts: Vec<LinkVerdict>,
    /// How many of these an earlier check found.
    known: usize,
}

fn answers(
    to_ask: &[AddressToAsk],
    known: &KnownAnswers,
    web: &dyn AskSites,
    options: &ExternalOptions<'_>,
) -> (Answered, bool, Option<Diagnostic>) {
    let fragments = |asked: &AddressToAsk| asked.fragments.iter().cloned().collect::<Vec<_>>();
    let mut verdicts: Vec<Option<LinkVerdict>> = Vec::new();
    for asked in to_ask {
        verdicts.push(known.verdict(asked.url.as_str(), &fragments(asked), options.now));
    }
    let known = verdicts.iter().flatten().count();
    let open: Vec<usize> = (0..to_ask.len()).filter(|index| verdicts[*index].is_none()).collect();
    let addresses = open.iter().map(|index| (to_ask[*index].url.clone(), fragments(&to_ask[*index])));
    let schedule = AskSchedule::new(addresses.collect(), AskLimits::new(options.time_limit));
    let mut failed = None;
    let mut save = |found: &[Option<LinkVerdict>]| {
        let found = open.iter().zip(found).filter_map(|(index, verdict)| Some((*index, verdict.as_ref()?)));
        failed = remember(options, found.map(|(index, verdict)| (to_ask[index].url.as_str(), verdict))).err();
    };
    let mut onlookers =
        Onlookers { is_stopped: options.is_stopped, observer: options.observer, on_save: &mut save };
    let (found, was_stopped) =
        in_stage(options.observer, Stage::Asking, || ask_all(schedule, web, &mut onlookers));
    for (index, verdict) in open.into_iter().zip(found) {
        verdicts[index] = verdict;
    }
    let interrupted = LinkVerdict::Unchecked(UncheckedReason::Interrupted);
    let verdicts = verdicts.into_iter().map(|verdict| verdict.unwrap_or(interrupted.clone())).collect();
    let failed = failed.map(|error| not_remembered(&format!("cannot be written: {}", reason(&error))));
    (Answered { verdicts, known }, was_stopped, failed)
}

fn remember<'a>(
    options: &ExternalOptions<'_>,
    found: impl Iterator<Item = (&'a str, &'a LinkVerdict)>,
) -> std::io::Result<()> {
    let Some(memory) = &options.memory else { return Ok(()) };
    memory.update(|known| {
        known.forget_old(options.now);
        found.for_each(|(address, verdict)| known.remember(address, verdict, options.now));
    })
}
