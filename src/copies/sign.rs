//! Signs the list of a built site.
//!
//! Owns the version: it rises with each list that is signed, so that an older copy can be found. It is the newest time in
//! the site, or, if that did not rise, a second more than the version of the signature that is replaced.

use std::fs;
use std::io;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::announcement::Announcement;
use super::byte_limit::{ByteLimit, read_small};
use super::compare::Differences;
use super::file_list::{FileList, bad_list};
use super::key_files::SigningKey;
use super::places::{CopyFiles, FolderCopy};
use super::signature::ListSignature;
use super::whole_file::replace_file;
use crate::diag::{Code, Diagnostic, Severity, has_errors};
use crate::engine::Unobserved;
use crate::keys::SiteKey;
use crate::paths::kept_names::{MOST_LIST, MOST_SMALL, SIGNATURE, SUMS};
use crate::publish::hash;
use crate::render::copy_record::CopyRecord;
use crate::site::{COPY_RECORD, PUBLIC_KEY};
use crate::sources::cannot_write;

/// A list that is signed.
#[derive(Debug)]
pub struct Signed {
    pub announcement: Announcement,
    /// False if the same was signed before, so that the file is as it was.
    pub is_new: bool,
    pub warnings: Vec<Diagnostic>,
}

/// Signs the list of the site in a folder. `shown_as` is how messages call the folder.
///
/// # Errors
/// If the folder differs from its list, shows another key, or cannot be written.
pub fn sign(
    folder: &Path,
    shown_as: &str,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Signed, Vec<Diagnostic>> {
    let copy = FolderCopy::open(folder, shown_as).map_err(|error| vec![error])?;
    let (text, list) = read_list(&copy).map_err(|error| vec![error])?;
    let differences = Differences::find(&copy, &list, &ByteLimit::new(u64::MAX), &Unobserved);
    let mut warnings = differences.diagnostics(Severity::Warning);
    if has_errors(&warnings) {
        let help = "build again, then sign";
        warnings
            .iter_mut()
            .filter(|fault| fault.is_error())
            .for_each(|fault| fault.help = vec![help.to_owned()]);
        return Err(warnings);
    }
    warnings.extend(key_warning(&copy, &key.public()).map_err(|error| vec![error])?);
    let before = read_signature(folder, shown_as).map_err(|error| vec![error])?;
    let mut announcement = announced(&copy, &list, differences.bytes, now).map_err(|error| vec![error])?;
    let is_ours = |before: &&ListSignature| before.key_id() == key.public().id();
    if let Some(before) = before.as_ref().filter(is_ours)
        && let Some(announced) = before.announcement()
    {
        announcement.version = version_after(&announced, &announcement, now);
        if announced == announcement && before.is_of(&key.public(), &text) {
            return Ok(Signed { announcement, is_new: false, warnings });
        }
    }
    let written = key
        .sign(&text, &announcement.to_comment())
        .and_then(|signature| replace_file(&folder.join(SIGNATURE), signature.as_bytes()));
    written.map_err(|error| vec![no_signature(shown_as, &error)])?;
    Ok(Signed { announcement, is_new: true, warnings })
}

/// The list of a copy, as bytes and read.
pub fn read_list(copy: &dyn CopyFiles) -> Result<(Vec<u8>, FileList), Diagnostic> {
    let text = copy.read_small(SUMS, MOST_LIST)?.ok_or_else(|| bad_list("is missing"))?;
    let list = FileList::read(&text)?;
    Ok((text, list))
}

/// The key that a copy shows.
pub fn shown_key(copy: &dyn CopyFiles) -> Result<Option<SiteKey>, Diagnostic> {
    let file = copy.read_small(PUBLIC_KEY, MOST_SMALL)?;
    Ok(file.and_then(|file| SiteKey::from_text(std::str::from_utf8(&file).ok()?)))
}

/// A warning if the site shows no key.
///
/// # Errors
/// If it shows another one.
fn key_warning(copy: &dyn CopyFiles, key: &SiteKey) -> Result<Option<Diagnostic>, Diagnostic> {
    let line = format!("public_key = \"{}\"", key.to_text());
    match shown_key(copy)? {
        Some(shown) if shown == *key => Ok(None),
        Some(shown) => {
            let message = format!(
                "the site shows the key {}, and this one is {}",
                shown.fingerprint(),
                key.fingerprint()
            );
            let help = format!("sign with the other key, or write `{line}` into site.toml and build again");
            Err(Diagnostic::error(Code::WRONG_KEY, message).help(help))
        }
        None => {
            let message = "no page of the site shows the key that the copy is signed with";
            let help = format!("write `{line}` into site.toml, build and sign again");
            Ok(Some(Diagnostic::warning(Code::KEY_NOT_SHOWN, message).help(help)))
        }
    }
}

fn announced(
    copy: &dyn CopyFiles,
    list: &FileList,
    bytes: u64,
    now: Timestamp,
) -> Result<Announcement, Diagnostic> {
    let record = copy.read_small(COPY_RECORD, MOST_SMALL)?;
    let record = record.and_then(|record| CopyRecord::from_json(&record));
    let record = record.ok_or_else(|| {
        let message = format!(
            "{COPY_RECORD}, which says what the signature is to say, is missing or of another version"
        );
        Diagnostic::error(Code::ABSENT_FILE, message)
            .help("build the site again with this version of bulletin")
    })?;
    if let Some(refused) = record.why_not_for_readers(now) {
        return Err(refused);
    }
    Ok(Announcement {
        version: record.changed.unwrap_or(Timestamp::UNIX_EPOCH),
        as_of: record.as_of,
        next_due: record.next_due,
        files: list.files.len() as u64,
        bytes,
        list: list.hash,
        address: record.address.as_deref().and_then(Announcement::address_of),
        title: Announcement::title_of(&record.title),
    })
}

/// The version of a list that is signed after another one. A time far ahead is no version: none could follow it.
fn version_after(before: &Announcement, new: &Announcement, now: Timestamp) -> Timestamp {
    let is_far_ahead = before.version > now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    if is_far_ahead || before.version < new.version {
        return new.version;
    }
    if before.list == new.list {
        return before.version;
    }
    before.version.saturating_add(SignedDuration::from_secs(1)).unwrap_or(before.version)
}

/// The signature that is in the folder.
///
/// # Errors
/// If something else has its name: nothing of others is overwritten.
fn read_signature(folder: &Path, shown_as: &str) -> Result<Option<ListSignature>, Diagnostic> {
    let path = folder.join(SIGNATURE);
    let about = match path.symlink_metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(no_signature(shown_as, &error)),
    };
    let text = about.is_file().then(|| fs::read_to_string(&path).ok()).flatten();
    match text.as_deref().and_then(ListSignature::from_text) {
        Some(signature) => Ok(Some(signature)),
        None => {
            let message = format!("{shown_as}/{SIGNATURE} is no signature, and is not overwritten");
            Err(Diagnostic::error(Code::FOREIGN_FILE, message).setup().help("move it away, then sign again"))
        }
    }
}

/// A warning if the folder has a signature of an earlier list.
#[must_use]
pub fn stale_signature(folder: &Path, shown_as: &str) -> Option<Diagnostic> {
    let read = |name: &str, most: u64| read_small(fs::File::open(folder.join(name)).ok()?, most).ok()?;
    let signature = ListSignature::from_text(&String::from_utf8(read(SIGNATURE, MOST_SMALL)?).ok()?)?;
    let list = hash(&read(SUMS, MOST_LIST)?);
    (signature.announcement()?.list != list).then(|| {
        let message = format!("{shown_as}/{SIGNATURE} is of an earlier build, and no longer fits");
        Diagnostic::warning(Code::STALE_SIGNATURE, message).help("sign again: bulletin sign")
    })
}

fn no_signature(shown_as: &str, error: &io::Error) -> Diagnostic {
    cannot_write(&format!("{shown_as}/{SIGNATURE}"), error).setup()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcement(version: &str, list: u8) -> Announcement {
        Announcement {
            version: version.parse().unwrap(),
            as_of: None,
            next_due: None,
            files: 1,
            bytes: 1,
            list: [list; 32],
            address: None,
            title: "A".to_owned(),
        }
    }

    #[test]
    fn a_version_rises_with_each_list() {
        let now: Timestamp = "2031-05-04T12:00:00Z".parse().unwrap();
        for (before, new, expected) in [
            // The site has something newer.
            (("2031-05-04T09:00:00Z", 1), ("2031-05-04T10:00:00Z", 2), "2031-05-04T10:00:00Z"),
            // Its newest briefing was taken away, or a text was mended.
            (("2031-05-04T09:00:00Z", 1), ("2031-05-03T10:00:00Z", 2), "2031-05-04T09:00:01Z"),
            (("2031-05-04T09:00:00Z", 1), ("2031-05-04T09:00:00Z", 2), "2031-05-04T09:00:01Z"),
            // Nothing changed.
            (("2031-05-04T09:00:01Z", 1), ("2031-05-04T09:00:00Z", 1), "2031-05-04T09:00:01Z"),
            // No clock is so far ahead.
            (("2099-01-01T00:00:00Z", 1), ("2031-05-04T09:00:00Z", 2), "2031-05-04T09:00:00Z"),
        ] {
            let version = version_after(&announcement(before.0, before.1), &announcement(new.0, new.1), now);
            assert_eq!(version.to_string(), expected);
        }
    }
}
