//! `keys`, `sign`, `pack` and `verify`: copies of a site that can be trusted.
//!
//! Owns what is printed of them. What a copy is, `crate::copies` knows.

mod passphrase;
mod secret_file;

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::args::{Args, KeysCommand, SignOptions, Verify, absolute};
use super::options::{build_time, output};
use super::proxies;
use super::session::{Session, exit_code, unless_closed};
use super::sizes::size;
use super::user_folders;
use crate::copies;
use crate::copies::{
    Announcement, CopyFiles, CopyReport, FolderCopy, KeyTrust, KnownCopies, PackOptions, SecretKeyFile,
    SigningKey, VerifyOptions, WebCopy, ZipCopy, generate_key,
};
use crate::diag::{Code, Diagnostic};
use crate::keys::SiteKey;
use crate::private::without_credentials;
use crate::report::{Format, json_line};
use crate::sources::reason;
use crate::time::{DayOrMoment, Zone};

/// Makes keys.
pub fn keys(command: &KeysCommand, session: &Session) -> io::Result<u8> {
    let KeysCommand::New { file, passphrase, force } = command;
    let file = file.clone().map_or_else(user_folders::secret_key, |file| Ok(absolute(file)));
    let made = file.and_then(|file| {
        secret_file::check_place(&file, *force)?;
        let passphrase = passphrase::new(passphrase)?;
        let key = generate_key(passphrase).map_err(|error| no_key(&reason(&error)))?;
        secret_file::write(&file, &key)?;
        Ok((file, key.public))
    });
    let (file, public) = match made {
        Ok(made) => made,
        Err(refused) => return session.fail(&[refused.setup()]),
    };
    let line = format!("public_key = \"{}\"", public.to_text());
    if session.format == Format::Json {
        let key = json!({
            "secret_key": file.to_string_lossy(),
            "public_key": public.to_text(),
            "fingerprint": public.fingerprint(),
        });
        say_json(&json!({ "key": key }), session)?;
        return Ok(0);
    }
    session.say(&format!("secret key: {}", file.to_string_lossy()))?;
    session.say(&format!("fingerprint: {}", public.fingerprint()))?;
    session.say(&line)?;
    session.advise("write the last line into site.toml; keep a second copy of the secret key, and its passphrase, in a safe place")?;
    Ok(0)
}

fn no_key(reason: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_KEY, format!("no key could be made: {reason}")).help("try again")
}

/// Signs the output folder.
pub fn sign(args: &Args, options: &SignOptions, session: &Session) -> io::Result<u8> {
    let output = output(args);
    let key = match signing_key(options) {
        Ok(key) => key,
        Err(refused) => return session.fail(&[refused.setup()]),
    };
    let signed = match copies::sign(&output.folder, &output.shown_as, &key, now(args)) {
        Ok(signed) => signed,
        Err(faults) => return session.fail(&faults),
    };
    session.report(&signed.warnings)?;
    if session.format == Format::Json {
        let mut object = announced(&signed.announcement);
        object["key"] =
            json!({ "public_key": key.public().to_text(), "fingerprint": key.public().fingerprint() });
        object["is_new"] = json!(signed.is_new);
        say_json(&json!({ "signed": object }), session)?;
        return Ok(exit_code(&signed.warnings, false));
    }
    let done = if signed.is_new { "signed" } else { "already signed" };
    let version = signed.announcement.version;
    session.say(&format!(
        "{}: {done}, version {version}, with {}",
        output.shown_as,
        key.public().fingerprint()
    ))?;
    Ok(exit_code(&signed.warnings, false))
}

fn signing_key(options: &SignOptions) -> Result<SigningKey, Diagnostic> {
    let file = options.key.clone().map_or_else(user_folders::secret_key, Ok)?;
    let name = file.to_string_lossy();
    let bytes = fs::read(&file).map_err(|error| {
        let help = "make a key with `bulletin keys new`, or give the file of one with --key";
        Diagnostic::error(Code::BAD_KEY, format!("the secret key {name} cannot be read: {}", reason(&error)))
            .help(help)
    })?;
    let key = SecretKeyFile::new(&name, &bytes)?;
    let passphrase = key.is_encrypted().then(|| passphrase::of_key(&options.passphrase)).transpose()?;
    key.open(passphrase)
}

/// Packs the output folder.
pub fn pack(args: &Args, archive: &Path, replace: bool, session: &Session) -> io::Result<u8> {
    let output = output(args);
    let shown_as = archive.to_string_lossy();
    let packed = copies::pack(&PackOptions {
        folder: &output.folder,
        shown_as: &output.shown_as,
        archive: &absolute(archive.to_owned()),
        archive_shown_as: &shown_as,
        replace,
        now: now(args),
        observer: &*session.observer,
    });
    let packed = match packed {
        Ok(packed) => packed,
        Err(faults) => return session.fail(&faults),
    };
    session.report(&packed.warnings)?;
    if session.format == Format::Json {
        let object = json!({ "file": shown_as, "files": packed.files, "bytes": packed.bytes });
        say_json(&json!({ "packed": object }), session)?;
    } else {
        session.say(&format!("{shown_as}: {} files, {}", packed.files, size(packed.bytes)))?;
    }
    Ok(exit_code(&packed.warnings, false))
}

/// Checks a copy.
pub fn verify(args: &Args, options: &Verify, session: &Session) -> io::Result<u8> {
    let name = options.copy.as_deref().map(without_credentials).map(Cow::into_owned);
    let name = name.unwrap_or_else(|| output(args).shown_as);
    let key = match options.key.as_deref().map(public_key).transpose() {
        Ok(key) => key,
        Err(refused) => return session.fail(&[refused.setup()]),
    };
    let (known, forgotten) = known_copies(options);
    let opened = open_copy(args, options.copy.as_deref());
    let mut report = match &opened {
        Ok(place) => copies::verify(
            place.files(),
            &VerifyOptions {
                key,
                now: now(args),
                known: known.as_ref(),
                address: place.address(),
                observer: &*session.observer,
            },
        ),
        Err(fault) => CopyReport { diagnostics: vec![fault.clone()], ..CopyReport::default() },
    };
    report.diagnostics.extend(forgotten);
    unless_closed(session.report_on_stdout(&report.diagnostics))?;
    let exit = exit_code(&report.diagnostics, false);
    unless_closed(say_checked(&name, &report, exit, session))?;
    Ok(exit)
}

/// An opened copy.
pub enum OpenedCopy {
    Folder(FolderCopy),
    Archive(ZipCopy),
    Web(WebCopy),
}

impl OpenedCopy {
    pub fn files(&self) -> &dyn CopyFiles {
        match self {
            Self::Folder(copy) => copy,
            Self::Archive(copy) => copy,
            Self::Web(copy) => copy,
        }
    }

    fn address(&self) -> Option<&str> {
        match self {
            Self::Web(copy) => Some(copy.address()),
            Self::Folder(_) | Self::Archive(_) => None,
        }
    }
}

/// Opens a folder, an archive or an address; without a name the output folder.
pub fn open_copy(args: &Args, name: Option<&str>) -> Result<OpenedCopy, Diagnostic> {
    let Some(name) = name else {
        let output = output(args);
        return FolderCopy::open(&output.folder, &output.shown_as).map(OpenedCopy::Folder);
    };
    if name.starts_with("http://") || name.starts_with("https://") {
        proxies::check()?;
        return WebCopy::new(name).map(OpenedCopy::Web);
    }
    let path = Path::new(name);
    if path.is_file() {
        ZipCopy::open(path, name).map(OpenedCopy::Archive)
    } else {
        FolderCopy::open(path, name).map(OpenedCopy::Folder)
    }
}

/// A key as it was typed, or in a file.
fn public_key(text: &str) -> Result<SiteKey, Diagnostic> {
    let key = SiteKey::from_text(text).or_else(|| SiteKey::from_text(&fs::read_to_string(text).ok()?));
    key.ok_or_else(|| {
        let message = "--key is neither a public key of minisign nor a file with one";
        let help = "give the 56 letters that begin with RW, or a file such as minisign.pub";
        Diagnostic::error(Code::BAD_KEY, message).help(help)
    })
}

/// What is remembered, or a warning that nothing is.
fn known_copies(options: &Verify) -> (Option<KnownCopies>, Option<Diagnostic>) {
    if options.no_remember {
        return (None, None);
    }
    match options.state.clone().map(absolute).or_else(user_folders::copies) {
        Some(file) => (Some(KnownCopies::new(file)), None),
        None => {
            let message = "nothing is remembered of this check: neither XDG_STATE_HOME nor HOME is set";
            let help = "give a file with --state, or say --no-remember";
            (None, Some(Diagnostic::warning(Code::NOT_REMEMBERED, message).help(help)))
        }
    }
}

fn say_checked(name: &str, report: &CopyReport, exit: u8, session: &Session) -> io::Result<()> {
    if session.format == Format::Json {
        return say_json(&json!({ "copy": as_json(name, report, exit) }), session);
    }
    if session.format.is_for_programs() {
        return Ok(());
    }
    if let Some(announced) = &report.announcement {
        let address = announced.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
        session.say(&format!("site:     {}{address}", announced.title))?;
        session.say(&format!("version:  {}", announced.version))?;
        for (label, time) in [("as of:    ", announced.as_of), ("next due: ", announced.next_due)] {
            if let Some(time) = time {
                session.say(&format!("{label}{time}"))?;
            }
        }
    }
    if let Some((key, trust)) = &report.key {
        session.say(&format!("key:      {}, {}", key.fingerprint(), in_words(*trust)))?;
    }
    let result = match exit {
        0 => format!("{name}: good, {} files, {}", report.files, size(report.bytes)),
        _ => format!("{name}: not good"),
    };
    session.say(&result)
}

fn in_words(trust: KeyTrust) -> &'static str {
    match trust {
        KeyTrust::Given => "as given",
        KeyTrust::Known => "as in earlier copies",
        KeyTrust::New => "for the first time",
    }
}

fn as_json(name: &str, report: &CopyReport, exit: u8) -> Value {
    let mut object = report.announcement.as_ref().map_or_else(|| json!({}), announced);
    object["copy"] = json!(name);
    object["files"] = json!(report.files);
    object["bytes"] = json!(report.bytes);
    object["exit"] = json!(exit);
    object["key"] = report.key.map_or(Value::Null, |(key, trust)| {
        let trust = match trust {
            KeyTrust::Given => "given",
            KeyTrust::Known => "known",
            KeyTrust::New => "new",
        };
        json!({ "public_key": key.to_text(), "fingerprint": key.fingerprint(), "trust": trust })
    });
    object
}

fn announced(announced: &Announcement) -> Value {
    json!({
        "site": announced.title,
        "address": announced.address,
        "version": announced.version.to_string(),
        "as_of": announced.as_of.map(|at| at.to_string()),
        "next_due": announced.next_due.map(|at| at.to_string()),
        "files": announced.files,
        "bytes": announced.bytes,
    })
}

fn say_json(object: &Value, session: &Session) -> io::Result<()> {
    if session.quiet {
        return Ok(());
    }
    writeln!(io::stdout(), "{}", json_line(object))
}

/// A day begins at 00:00 UTC: a copy does not say in which zone its site is.
fn now(args: &Args) -> Timestamp {
    let now: DayOrMoment = build_time(args);
    now.moment_in(&Zone::utc()).map_or(Timestamp::MAX, |now| now.at)
}
