//! Checks a copy: who signed it, whether it is whole, and whether it is the newest.
//!
//! Owns the order of the questions. The signature comes first, since it says how much there is to read. Remembers a copy
//! only if nothing is wrong with it but its age.

use jiff::{SignedDuration, Timestamp};

use super::announcement::Announcement;
use super::byte_limit::ByteLimit;
use super::compare::Differences;
use super::file_list::FileList;
use super::known_copies::KnownCopies;
use super::places::CopyFiles;
use super::sign::{read_list, shown_key};
use super::signature::ListSignature;
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::{Observer, Stage, in_stage};
use crate::keys::SiteKey;
use crate::paths::kept_names::{MOST_LIST, MOST_SMALL, SIGNATURE, SUMS};
use crate::publish::Hash;
use crate::render::copy_record::CopyRecord;
use crate::site::COPY_RECORD;
use crate::sources::reason;

pub struct VerifyOptions<'a> {
    /// The key that the copy must be signed with.
    pub key: Option<SiteKey>,
    pub now: Timestamp,
    /// `None`: nothing is remembered.
    pub known: Option<&'a KnownCopies>,
    /// The address that the copy is read from.
    pub address: Option<&'a str>,
    pub observer: &'a dyn Observer,
}

/// Why a key is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTrust {
    /// It was given.
    Given,
    /// Earlier copies of the site had it.
    Known,
    /// The copy says so itself.
    New,
}

/// The result of a check.
#[derive(Debug, Default)]
pub struct CopyReport {
    pub diagnostics: Vec<Diagnostic>,
    /// What the signature says, if it is good.
    pub announcement: Option<Announcement>,
    /// The key of a good signature.
    pub key: Option<(SiteKey, KeyTrust)>,
    /// How many files the list names; 0 without a list.
    pub files: usize,
    /// Of the files that were read.
    pub bytes: u64,
}

/// The most bytes of an unsigned copy. No signature says how many there are, so that an endless one must be cut.
const MOST_UNSIGNED: u64 = 4 << 30;

/// Checks a copy.
#[must_use]
pub fn verify(copy: &dyn CopyFiles, options: &VerifyOptions<'_>) -> CopyReport {
    let mut report = CopyReport::default();
    let (text, list) = match read_list(copy) {
        Ok(read) => read,
        Err(fault) => {
            report.diagnostics.push(fault);
            return report;
        }
    };
    report.files = list.files.len();
    let mut check = Check { copy, options, text, list, report, newest: None };
    if let Err(fault) = check.signature() {
        check.report.diagnostics.push(fault);
    }
    check.age();
    check.files();
    check.remember();
    check.report
}

struct Check<'a> {
    copy: &'a dyn CopyFiles,
    options: &'a VerifyOptions<'a>,
    /// The bytes of the list.
    text: Vec<u8>,
    list: FileList,
    report: CopyReport,
    /// The newest version with this key that was checked before.
    newest: Option<(Timestamp, Hash)>,
}

impl Check<'_> {
    /// Who signed the list.
    fn signature(&mut self) -> Result<(), Diagnostic> {
        let Some(file) = self.copy.read_small(SIGNATURE, MOST_SMALL)? else {
            let message = "the copy is not signed: anyone could have made it";
            let help = "ask the people who make the site to sign it with `bulletin sign`";
            return Err(Diagnostic::error(Code::UNSIGNED_COPY, message).help(help));
        };
        let text = String::from_utf8(file).unwrap_or_default();
        let signature =
            ListSignature::from_text(&text).ok_or_else(|| bad_signature("is no signature of minisign"))?;
        let announcement = signature.announcement();
        let own = shown_key(self.copy)?;
        let (key, trust) = self.expected_key(announcement.as_ref(), own)?;
        if !signature.is_of(&key, &self.text) {
            return Err(self.fault_of(&signature, &key, trust, own));
        }
        if let Some(announced) = &announcement
            && (announced.list != self.list.hash || announced.files != self.list.files.len() as u64)
        {
            return Err(bad_signature("contradicts the list that it signs"));
        }
        self.report.key = Some((key, trust));
        self.report.diagnostics.extend(new_key(&key, trust));
        if announcement.is_none() {
            let message = "the signature says no version and no time, so that an older copy cannot be found";
            let help = "ask the people who make the site to sign it with `bulletin sign`";
            self.report.diagnostics.push(Diagnostic::warning(Code::PLAIN_SIGNATURE, message).help(help));
        }
        self.report.announcement = announcement;
        Ok(())
    }

    /// The key that the copy must be signed with: the one that was given, or of earlier copies, or else its own.
    fn expected_key(
        &mut self,
        announcement: Option<&Announcement>,
        own: Option<SiteKey>,
    ) -> Result<(SiteKey, KeyTrust), Diagnostic> {
        if let Some(key) = self.options.key {
            return Ok((key, KeyTrust::Given));
        }
        let names = names(announcement, self.options);
        let known = self.options.known.map_or(Ok(None), |known| known.key(&names));
        match known {
            Ok(Some(key)) => return Ok((key, KeyTrust::Known)),
            Ok(None) => {}
            Err(error) => self.report.diagnostics.push(not_remembered(&reason(&error))),
        }
        own.map(|key| (key, KeyTrust::New)).ok_or_else(|| {
            let message = "the copy does not show its key, so that its signature cannot be checked";
            let help = "give the key of the site with --key, as its pages or the people who make it have it";
            Diagnostic::error(Code::BAD_KEY, message).help(help)
        })
    }

    /// Why a signature is not the expected key's.
    fn fault_of(
        &self,
        signature: &ListSignature,
        key: &SiteKey,
        trust: KeyTrust,
        own: Option<SiteKey>,
    ) -> Diagnostic {
        let is_of_own = own.is_some_and(|own| own != *key && signature.is_of(&own, &self.text));
        if is_of_own || signature.key_id() != key.id() {
            let shown = own.filter(|_| is_of_own).map(|own| format!(" with {}", own.fingerprint()));
            let shown = shown.unwrap_or_else(|| " with another key".to_owned());
            return wrong_key(&shown, key, trust);
        }
        match signature.announcement() {
            Some(announced) if announced.list != self.list.hash => {
                let message = format!(
                    "the signature is for another list, of version {}: the site was built again after it was signed, or \
                     files of two builds are mixed",
                    announced.version
                );
                let help = "get the whole copy again; if the site is yours, sign it again: bulletin sign";
                Diagnostic::error(Code::STALE_SIGNATURE, message).help(help)
            }
            _ => bad_signature("is not of the key that it names"),
        }
    }

    /// Whether the copy is older than one that was checked, and whether a newer one was promised.
    fn age(&mut self) {
        let Some(announced) = self.report.announcement.clone() else { return };
        let Some((key, _)) = self.report.key else { return };
        let names = names(Some(&announced), self.options);
        if let Some(known) = self.options.known {
            match known.newest(&names, &key) {
                Ok(newest) => self.newest = newest,
                // Said already where the key was looked for, unless it was given.
                Err(error) if self.options.key.is_some() => {
                    self.report.diagnostics.push(not_remembered(&reason(&error)));
                }
                Err(_) => {}
            }
        }
        let old = self.newest.and_then(|newest| old_copy(&announced, newest));
        self.report.diagnostics.extend(old);
        self.report.diagnostics.extend(overdue(&announced, self.options.now));
    }

    /// Whether every file is there, with its bytes, and no other.
    fn files(&mut self) {
        let announced = self.report.announcement.as_ref().map(|announced| announced.bytes);
        let limit = ByteLimit::new(announced.unwrap_or(MOST_UNSIGNED));
        let limit = limit.observed_by(self.options.observer);
        let mut differences = in_stage(self.options.observer, Stage::Verifying, || {
            Differences::find(self.copy, &self.list, &limit, self.options.observer)
        });
        self.report.bytes = differences.bytes;
        if !differences.is_whole() && self.copy.listing().is_none() && self.has_new_list() {
            let message = "the site was published again while it was checked";
            self.report.diagnostics.push(Diagnostic::error(Code::MIXED_COPY, message).help("check it again"));
            return;
        }
        self.report.diagnostics.extend(self.mixed(&mut differences));
        self.report.diagnostics.extend(differences.diagnostics(Severity::Error));
    }

    fn has_new_list(&self) -> bool {
        self.copy.read_small(SUMS, MOST_LIST).is_ok_and(|list| list.is_none_or(|list| list != self.text))
    }

    /// Takes the files of another build out of those that are altered: they are no forgery.
    fn mixed(&self, differences: &mut Differences) -> Option<Diagnostic> {
        let other = self.newest.filter(|(_, hash)| *hash != self.list.hash);
        let other = other.and_then(|(_, hash)| self.options.known?.list_of(&hash));
        let is_of_other =
            |path: &str, hash: &Hash| other.as_ref().and_then(|list| list.hash_of(path)) == Some(hash);
        let has_other_record =
            differences.altered.iter().any(|(path, _)| path.as_str() == COPY_RECORD) && self.has_record();
        let is_of_two = |(path, hash): &(_, _)| {
            let path: &crate::paths::OutPath = path;
            is_of_other(path.as_str(), hash) || has_other_record && path.as_str() == COPY_RECORD
        };
        let (of_two, altered): (Vec<_>, Vec<_>) =
            std::mem::take(&mut differences.altered).into_iter().partition(is_of_two);
        differences.altered = altered;
        let first = of_two.first()?;
        let named: Vec<&str> = of_two.iter().take(5).map(|(path, _)| path.as_str()).collect();
        let more = match of_two.len().saturating_sub(named.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = if is_of_other(first.0.as_str(), &first.1) {
            format!("files of two builds: of the copy that was checked before are {}{more}", named.join(", "))
        } else {
            format!("files of two builds: {COPY_RECORD} is of another one than the list")
        };
        Some(Diagnostic::error(Code::MIXED_COPY, message).help("get the whole copy again"))
    }

    /// Whether the copy has a record as a build writes it.
    fn has_record(&self) -> bool {
        let record = self.copy.read_small(COPY_RECORD, MOST_SMALL).ok().flatten();
        record.is_some_and(|record| {
            CopyRecord::from_json(String::from_utf8_lossy(&record).as_bytes()).is_some()
        })
    }

    fn remember(&mut self) {
        let is_wrong = |fault: &Diagnostic| fault.is_error() && fault.code != Code::OVERDUE_COPY;
        let is_unknown = |fault: &Diagnostic| fault.code == Code::NOT_REMEMBERED;
        if self.report.diagnostics.iter().any(|fault| is_wrong(fault) || is_unknown(fault)) {
            return;
        }
        let (Some(announced), Some((key, _)), Some(known)) =
            (&self.report.announcement, self.report.key, self.options.known)
        else {
            return;
        };
        let names = names(Some(announced), self.options);
        if let Err(error) = known.remember(&names, &key, announced.version, &self.text) {
            self.report.diagnostics.push(not_remembered(&reason(&error)));
        }
    }
}

/// By what the site may have been known before.
fn names<'a>(announcement: Option<&'a Announcement>, options: &VerifyOptions<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> =
        announcement.map(Announcement::site_id).into_iter().chain(options.address).collect();
    names.dedup();
    names
}

fn bad_signature(fault: &str) -> Diagnostic {
    let help = "do not trust the copy; get it again from another place";
    Diagnostic::error(Code::BAD_SIGNATURE, format!("{SIGNATURE} {fault}")).help(help)
}

fn wrong_key(with: &str, expected: &SiteKey, trust: KeyTrust) -> Diagnostic {
    let expected = expected.fingerprint();
    let message = match trust {
        KeyTrust::Given => format!("the copy is signed{with}, not with the key that was given, {expected}"),
        KeyTrust::Known => {
            format!("the copy is signed{with}; earlier copies of the site were signed with {expected}")
        }
        KeyTrust::New => format!("the copy is signed{with}, and shows the key {expected}"),
    };
    let help = "do not trust the copy; if the site has a new key, find that confirmed elsewhere, then give it with --key";
    Diagnostic::error(Code::WRONG_KEY, message).help(help)
}

fn new_key(key: &SiteKey, trust: KeyTrust) -> Option<Diagnostic> {
    (trust == KeyTrust::New).then(|| {
        let message = format!("the key {} is only known from the copy itself", key.fingerprint());
        let help = "compare it with the foot of a page, a print or another copy that you trust, or give the key with --key";
        Diagnostic::warning(Code::NEW_KEY, message).help(help)
    })
}

fn old_copy(announced: &Announcement, (version, list): (Timestamp, Hash)) -> Option<Diagnostic> {
    if announced.version < version {
        let message =
            format!("the copy is of {}; one of {version} was checked here before", announced.version);
        let help = "get the newer one; a correction may be in it";
        return Some(Diagnostic::error(Code::OLD_COPY, message).help(help));
    }
    (announced.version == version && announced.list != list).then(|| {
        let message = format!("a copy of the same version, {version}, was checked here before, and had other files");
        let help = "look which of the two is newer; `bulletin sign` gives each a version of its own if the last signature is in the folder";
        Diagnostic::warning(Code::OLD_COPY, message).help(help)
    })
}

fn overdue(announced: &Announcement, now: Timestamp) -> Option<Diagnostic> {
    let due = announced.next_due.filter(|due| *due < now)?;
    let message = format!("a newer copy was due at {due}, {} ago", in_words(now.duration_since(due)));
    let help = "look for a newer copy; to check an old one on purpose, give its time with --now";
    Some(Diagnostic::error(Code::OVERDUE_COPY, message).help(help))
}

/// The largest unit of a span: "3 days".
fn in_words(span: SignedDuration) -> String {
    let minutes = span.as_mins();
    let (count, unit) = match minutes {
        ..60 => (minutes.max(1), "minute"),
        60..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn not_remembered(reason: &str) -> Diagnostic {
    let message = format!("the file of what was checked before cannot be used: {reason}");
    let help = "older copies are not found without it: give another with --state, or say --no-remember";
    Diagnostic::warning(Code::NOT_REMEMBERED, message).help(help)
}
