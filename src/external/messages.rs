//! What is said of each address, at the place where it is written.
//!
//! Owns the words, and what a copy in an archive changes: what is gone is then a note, since readers still have it.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::answer::AskFailure;
use super::places::AddressPlaces;
use super::verdict::{GoneReason, LinkVerdict, Moved, UncheckedReason};
use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::site::Site;

/// What is known of one address, and how the pages write it.
#[derive(Debug)]
pub struct CheckedAddress {
    /// Without a fragment.
    pub asked: String,
    /// Empty if it names none.
    pub host: String,
    /// As pages write it, with and without fragments, and the first page that does. Never empty.
    pub written: BTreeMap<String, OutPath>,
    pub verdict: LinkVerdict,
}

impl CheckedAddress {
    pub fn first(&self) -> (&str, &OutPath) {
        let (address, page) = self.written.first_key_value().expect("a page links to it");
        (address, page)
    }
}

/// What messages are made of.
pub struct LinkMessages<'a> {
    pub places: BTreeMap<&'a str, AddressPlaces>,
    pub evidence: EvidenceCopies<'a>,
}

/// Evidence with its copies in archives.
pub struct EvidenceCopies<'a> {
    /// By address; without a copy the set is empty.
    copies: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The copies themselves.
    archived: BTreeSet<&'a str>,
}

impl<'a> EvidenceCopies<'a> {
    pub fn new(site: &'a Site) -> Self {
        let mut evidence = Self { copies: BTreeMap::new(), archived: BTreeSet::new() };
        let claims = site.briefings.iter().flat_map(|briefing| &briefing.article.claims);
        for one in claims.flat_map(|claim| &claim.evidence) {
            let copies = evidence.copies.entry(&one.url).or_default();
            copies.extend(one.archived.as_deref());
            evidence.archived.extend(one.archived.as_deref());
        }
        evidence
    }

    /// A copy of an address that is not known to be lost.
    fn copy_of(&self, address: &str, lost: &BTreeSet<&str>) -> Option<&'a str> {
        self.copies.get(address)?.iter().copied().find(|copy| !lost.contains(copy))
    }
}

impl LinkMessages<'_> {
    pub fn diagnostics(&self, checked: &[CheckedAddress]) -> Vec<Diagnostic> {
        let is_lost =
            |one: &&CheckedAddress| matches!(one.verdict, LinkVerdict::Gone(_) | LinkVerdict::Private);
        let lost = checked.iter().filter(is_lost).flat_map(|one| one.written.keys());
        let lost: BTreeSet<&str> = lost.map(String::as_str).collect();
        let mut found = Vec::new();
        let mut unchecked: BTreeMap<(&str, UncheckedReason), Vec<&CheckedAddress>> = BTreeMap::new();
        for one in checked {
            match &one.verdict {
                LinkVerdict::Answers { moved, parts } => {
                    found.extend(moved.as_ref().map(|moved| self.moved(one, moved)));
                    found.extend(parts.missing.iter().filter_map(|part| self.missing_part(one, part)));
                }
                LinkVerdict::Gone(reason) => found.push(self.gone(one, *reason, &lost)),
                LinkVerdict::Private => found.push(self.private(one)),
                LinkVerdict::Unchecked(reason) => {
                    let host = if reason.is_of_the_run() { "" } else { &one.host };
                    unchecked.entry((host, *reason)).or_default().push(one);
                }
            }
        }
        found.extend(unchecked.into_iter().map(|((host, reason), all)| self.unchecked(host, reason, &all)));
        found
    }

    fn gone(&self, one: &CheckedAddress, reason: GoneReason, lost: &BTreeSet<&str>) -> Diagnostic {
        let (address, _) = one.first();
        let fact = match reason {
            GoneReason::Status(status) => format!("{address} is gone: its server answers {status}"),
            GoneReason::NoSuchHost => format!("{address} is gone: there is no host {}", one.host),
            GoneReason::CertificateExpired => {
                format!("browsers refuse {address}: the certificate of {} has expired", one.host)
            }
            GoneReason::CertificateOfOthers => {
                format!("browsers refuse {address}: its server shows the certificate of another site")
            }
        };
        let copy = one.written.keys().find_map(|written| self.evidence.copy_of(written, lost));
        if let Some(copy) = copy {
            let fact = format!("{fact}; readers have the copy in an archive");
            let note = Diagnostic::note(Code::ARCHIVED_EXTERNAL_LINK, fact);
            return self.at_places(note, one).help(format!("nothing needs to be done while {copy} answers"));
        }
        let is_copy = one.written.keys().any(|written| self.evidence.archived.contains(written.as_str()));
        let is_evidence =
            one.written.keys().any(|written| self.evidence.copies.contains_key(written.as_str()));
        let help = if is_copy {
            "name another copy, or remove `archived`".to_owned()
        } else if is_evidence {
            format!(
                "write `archived` with the address of a copy; https://web.archive.org/web/{address} may be one"
            )
        } else {
            format!("link to a copy, or remove the link; https://web.archive.org/web/{address} may be one")
        };
        self.at_places(Diagnostic::warning(Code::DEAD_EXTERNAL_LINK, fact), one).help(help)
    }

    fn moved(&self, one: &CheckedAddress, moved: &Moved) -> Diagnostic {
        let (address, _) = one.first();
        let (diagnostic, help) = match moved {
            Moved::ForGood(to) => {
                let fact = format!("{address} has moved for good");
                (Diagnostic::note(Code::MOVED_EXTERNAL_LINK, fact), format!("write {to}"))
            }
            Moved::ToHomePage => {
                let fact = format!("{address} leads to the home page of its site");
                let help = "open it, and link to a copy if what it showed is no longer there";
                (Diagnostic::warning(Code::EXTERNAL_HOME_PAGE, fact), help.to_owned())
            }
        };
        self.at_places(diagnostic, one).help(help)
    }

    fn missing_part(&self, one: &CheckedAddress, part: &str) -> Option<Diagnostic> {
        // Writers and browsers encode the letters of other scripts differently.
        let plain = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let part = plain(part);
        let names_it =
            |written: &str| written.split_once('#').is_some_and(|(_, written)| plain(written) == part);
        let (address, page) = one.written.iter().find(|(written, _)| names_it(written))?;
        let fact = format!("{} answers, and has no part \"{part}\"", one.asked);
        let note = Diagnostic::note(Code::MISSING_EXTERNAL_PART, fact);
        let note = self.at(note, address, page);
        Some(note.help("link to another part, or to the page; a part that a script makes is not seen here"))
    }

    fn private(&self, one: &CheckedAddress) -> Diagnostic {
        let (address, _) = one.first();
        let fact = format!("readers cannot reach {address}: it is in a private network");
        let warning = Diagnostic::warning(Code::PRIVATE_EXTERNAL_LINK, fact);
        self.at_places(warning, one).help("link to a public address, or remove the link")
    }

    /// One note for all addresses of a host with one reason, or of all hosts if it is none of theirs.
    fn unchecked(&self, host: &str, reason: UncheckedReason, all: &[&CheckedAddress]) -> Diagnostic {
        let (what, why) = (subject(host, all), reason_in_words(reason));
        let note =
            Diagnostic::note(Code::UNCHECKED_EXTERNAL_LINK, format!("{what} could not be checked: {why}"));
        // The one that is written first.
        let place_of = |one: &&&CheckedAddress| {
            let place = self.places.get(one.first().0).and_then(|places| places.shown.first());
            place.map_or((true, "", 0, 0), |place| (false, place.file.as_str(), place.line, place.column))
        };
        let Some(first) = all.iter().min_by_key(place_of) else { return note };
        let note = self.at_places(note, first);
        match others(all, first.first().0) {
            Some(others) => note.help(others).help(remedy(reason)),
            None => note.help(remedy(reason)),
        }
    }

    fn at_places(&self, diagnostic: Diagnostic, one: &CheckedAddress) -> Diagnostic {
        let (address, page) = one.first();
        self.at(diagnostic, address, page)
    }

    /// At the first place of an address, with the others; if no file of the site has it, with the page.
    fn at(&self, diagnostic: Diagnostic, address: &str, page: &OutPath) -> Diagnostic {
        let Some(places) = self.places.get(address) else {
            return diagnostic.help(format!("it is on the page {page}"));
        };
        let mut shown = places.shown.iter().cloned();
        let diagnostic = match shown.next() {
            Some(place) => diagnostic.at(place).label("is linked here"),
            None => diagnostic,
        };
        let diagnostic = shown.fold(diagnostic, |diagnostic, place| diagnostic.also(place, "and here"));
        match places.more {
            0 => diagnostic,
            1 => diagnostic.help("it is written at one more place"),
            more => diagnostic.help(format!("it is written at {more} more places")),
        }
    }
}

fn subject(host: &str, all: &[&CheckedAddress]) -> String {
    match all {
        [one] => one.first().0.to_owned(),
        all if host.is_empty() => format!("{} addresses", all.len()),
        all => format!("{} addresses of {host}", all.len()),
    }
}

/// Names the addresses of a note that are not at its place.
fn others(all: &[&CheckedAddress], first: &str) -> Option<String> {
    const MOST_NAMED: usize = 5;
    let others: Vec<&str> = all.iter().map(|one| one.first().0).filter(|address| *address != first).collect();
    let named = others.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    match others.len() {
        0 => None,
        count if count > MOST_NAMED => Some(format!("the others: {named} and {} more", count - MOST_NAMED)),
        _ => Some(format!("the others: {named}")),
    }
}

fn reason_in_words(reason: UncheckedReason) -> String {
    match reason {
        UncheckedReason::Status(status @ (401 | 403 | 406 | 429 | 451)) => {
            format!("the server refuses this check, with {status}")
        }
        UncheckedReason::Status(status) => format!("the server answers {status}"),
        UncheckedReason::Failed(failure) => failure_in_words(failure).to_owned(),
        UncheckedReason::RedirectsWithoutEnd => "the server redirects without end".to_owned(),
        UncheckedReason::BadRedirect => "the server redirects to what is no public web address".to_owned(),
        UncheckedReason::OnionService => "only Tor reaches onion services".to_owned(),
        UncheckedReason::Credentials => "an address with a user name or a password is not asked".to_owned(),
        UncheckedReason::NoWebAddress => "it cannot be read as a web address".to_owned(),
        UncheckedReason::Offline => "no site answers this machine".to_owned(),
        UncheckedReason::AskedToWait => "the server asks for a longer pause".to_owned(),
        UncheckedReason::OutOfTime => "there was no time left".to_owned(),
        UncheckedReason::Interrupted => "the check was interrupted".to_owned(),
    }
}

fn failure_in_words(failure: AskFailure) -> &'static str {
    match failure {
        AskFailure::NoSuchHost | AskFailure::NoNameServer => "the name of the host could not be looked up",
        AskFailure::PrivateNetwork => "the host is in a private network",
        AskFailure::CertificateExpired | AskFailure::CertificateOfOthers | AskFailure::CertificateUnknown => {
            "an authority that this machine does not know signed its certificate"
        }
        AskFailure::NoTls => "the encrypted connection fails",
        AskFailure::Refused => "the server refuses connections",
        AskFailure::Cut => "the connection is cut",
        AskFailure::Silent => "the server does not answer in time",
        AskFailure::Proxy => "the proxy does not reach the server",
        AskFailure::NotHttp => "the answer is not one of a web server",
    }
}

fn remedy(reason: UncheckedReason) -> &'static str {
    match reason {
        UncheckedReason::OnionService => "set ALL_PROXY=socks5h://127.0.0.1:9050 while Tor runs",
        UncheckedReason::NoWebAddress => "compare it with the address that the browser shows",
        UncheckedReason::Credentials => "remove all between // and the @, and the @",
        UncheckedReason::Offline => "check the connection to the internet, and check again",
        UncheckedReason::AskedToWait | UncheckedReason::OutOfTime | UncheckedReason::Interrupted => {
            "check again; what has answered is not asked again for a week"
        }
        _ => "it may be blocked from here only: open it in a browser, or check again from another network",
    }
}
