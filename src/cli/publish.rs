//! `publish`: takes the output folder elsewhere.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::args::{Args, Publish};
use super::options::{Output, bad_out, now, output, read_clock};
use super::proxies;
use super::session::{EXIT_SETUP, Session, unless_closed};
use crate::config::PublishTarget;
use crate::copies::{self, replace_file};
use crate::diag::{Code, Diagnostic};
use crate::engine::Progress;
use crate::paths::OutPath;
use crate::publish::FinishedOutput;
use crate::report::{Format, json_line};
use crate::sources::{self, cannot_write};
use crate::upload::{
    self, Bucket, CopyTool, LeaseTimes, Surroundings, UploadFailure, UploadOptions, UploadSafety, Uploaded,
};

pub fn publish(args: &Args, options: &Publish, session: &Session) -> io::Result<u8> {
    if args.common.as_of.is_some() || args.common.drafts || args.common.now.is_some() {
        let fact =
            "--as-of, --drafts and --now are for a build, and `publish` takes what the last build left";
        let refused =
            Diagnostic::error(Code::BAD_TARGET, fact).help("give them to `bulletin build`, then publish");
        return session.fail(&[refused.setup()]);
    }
    let config = match sources::checked_settings(&args.root()) {
        Ok(config) => config,
        Err(diagnostics) => return session.fail(&diagnostics),
    };
    let base_url = args.common.base_url.clone().or(config.base_url);
    let output = output(args);
    let (target, site) = match site_and_target(options, config.target, base_url, &output) {
        Ok(found) => found,
        Err(refused) => return session.fail(&[refused]),
    };
    match target {
        PublishTarget::Bucket { storage, bucket, prefix } => {
            let connected =
                proxies::check().and_then(|()| upload::connect(storage, &bucket, &prefix, &surroundings()));
            match connected {
                Ok(bucket) => to_bucket(&site, &bucket, options, session),
                Err(refused) => session.fail(&[refused]),
            }
        }
        PublishTarget::Folder(folder) => to_folder(&site, args, &folder, options, session),
        PublishTarget::Rsync(to) => with_tool(CopyTool::Rsync, &output, &to, options, session),
        PublishTarget::Rclone(to) => with_tool(CopyTool::Rclone, &output, &to, options, session),
    }
}

/// What is published, and the address that readers find it at.
struct SiteToPublish {
    source: FinishedOutput,
    output: Output,
    base_url: Option<Box<str>>,
}

/// All that must be right before the first request.
fn site_and_target(
    options: &Publish,
    configured: Option<PublishTarget>,
    base_url: Option<Box<str>>,
    output: &Output,
) -> Result<(PublishTarget, SiteToPublish), Diagnostic> {
    let target = target(options, configured)?;
    let is_script = matches!(target, PublishTarget::Rsync(_) | PublishTarget::Rclone(_));
    if options.run && !is_script || options.purge_list.is_some() && is_script {
        let option = if options.run && !is_script { "--run is for" } else { "--purge-list is not for" };
        let fact = format!("{option} rsync and rclone");
        return Err(Diagnostic::error(Code::BAD_TARGET, fact).help("leave the option out").setup());
    }
    if options.purge_list.is_some() && base_url.is_none() {
        let fact = "without base_url, no page has an address to purge";
        return Err(Diagnostic::error(Code::NO_BASE_URL_TO_PURGE, fact)
            .help("write base_url in site.toml, or --base-url")
            .setup());
    }
    let source = FinishedOutput::open(&output.folder, &output.shown_as)?;
    if !options.force {
        upload::check_for_readers(&source, now().at)?;
    }
    if let Some(file) = &options.purge_list {
        // A list that cannot be written is known before anything is sent.
        write_list(file, "")?;
    }
    let output = Output { folder: output.folder.clone(), shown_as: output.shown_as.clone() };
    Ok((target, SiteToPublish { source, output, base_url }))
}

fn to_bucket(site: &SiteToPublish, bucket: &Bucket, options: &Publish, session: &Session) -> io::Result<u8> {
    let upload_options = UploadOptions {
        publisher: publisher(),
        safety: safety(options),
        times: LeaseTimes::default(),
        on_wait: &|| {
            let line = "another publish is under way, or was stopped: waiting for up to 20 seconds";
            // Without a terminal to say it on, the publish goes on.
            let _ = session.advise(line);
        },
        observer: &*session.observer,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    let uploaded = runtime.block_on(upload::upload(&site.source, bucket, &upload_options));
    conclude(site, bucket.shown_as(), uploaded, options, session)
}

fn to_folder(
    site: &SiteToPublish,
    args: &Args,
    folder: &str,
    options: &Publish,
    session: &Session,
) -> io::Result<u8> {
    let shown_as = folder;
    let folder = args.absolute_root().join(folder);
    let target = Output { folder: folder.clone(), shown_as: shown_as.to_owned() };
    if bad_out(args, &target).is_some() || folder.starts_with(output(args).folder) {
        let fact = format!("{shown_as} is a folder of the site itself");
        let refused = Diagnostic::error(Code::BAD_TARGET, fact).help("publish to a folder elsewhere").setup();
        return session.fail(&[refused]);
    }
    if !shown_as.contains(['/', '\\']) && !folder.is_dir() {
        let fact = format!("there is no folder {shown_as}");
        let help = format!("write s3://{shown_as} for a bucket, or ./{shown_as} for a new folder");
        return session.fail(&[Diagnostic::error(Code::BAD_TARGET, fact).help(help).setup()]);
    }
    let copied = upload::copy(&site.source, &folder, shown_as, safety(options), &*session.observer);
    conclude(site, shown_as, copied, options, session)
}

/// Prints the script, or runs it.
fn with_tool(
    tool: CopyTool,
    output: &Output,
    to: &str,
    options: &Publish,
    session: &Session,
) -> io::Result<u8> {
    if !options.run || options.dry_run {
        let script = upload::copy_script(tool, Path::new(&output.shown_as), to, options.force);
        unless_closed(io::stdout().write_all(script.as_bytes()))?;
        session.advise("nothing was sent; add --run to run this")?;
        return Ok(0);
    }
    let script = upload::copy_script(tool, &output.folder, to, options.force);
    let run = Command::new("bash").arg("-c").arg(&script).status();
    match run.map(|status| status.code()) {
        Ok(Some(code)) => Ok(u8::try_from(code).unwrap_or(EXIT_SETUP)),
        Ok(None) => Ok(EXIT_SETUP),
        Err(error) => session.fail(&[cannot_run(&error)]),
    }
}

fn cannot_run(error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::STORAGE_FAILED, format!("bash cannot be run: {}", sources::reason(error)))
        .help("install it, or run what `bulletin publish` prints without --run in another way")
        .setup()
}

fn safety(options: &Publish) -> UploadSafety {
    UploadSafety { dry_run: options.dry_run, force: options.force }
}

fn conclude(
    site: &SiteToPublish,
    place: &str,
    result: Result<Uploaded, UploadFailure>,
    options: &Publish,
    session: &Session,
) -> io::Result<u8> {
    match result {
        Ok(uploaded) => {
            session.report(&uploaded.warnings)?;
            session.report(&stale_signature(site))?;
            unless_closed(say(&uploaded, place, options.dry_run, session))?;
            let (Some(file), Some(base_url)) = (&options.purge_list, &site.base_url) else { return Ok(0) };
            match write_list(file, &upload::purge_list(base_url, &uploaded)) {
                Ok(()) => Ok(0),
                Err(refused) => session.fail(&[refused]),
            }
        }
        Err(UploadFailure { diagnostics, progress }) => {
            let code = session.fail(&diagnostics)?;
            if let Some(Progress { done, of }) = progress {
                session.advise(&format!("{place}: {done} of {of} files are done; publish again"))?;
            }
            Ok(code)
        }
    }
}

/// A signature that no longer fits makes every copy look forged.
fn stale_signature(site: &SiteToPublish) -> Vec<Diagnostic> {
    copies::stale_signature(&site.output.folder, &site.output.shown_as).into_iter().collect()
}

fn target(options: &Publish, configured: Option<PublishTarget>) -> Result<PublishTarget, Diagnostic> {
    match &options.target {
        Some(typed) => PublishTarget::parse(typed).map_err(|(fact, help)| {
            Diagnostic::error(Code::BAD_TARGET, format!("the target {fact}")).help(help).setup()
        }),
        None => configured.ok_or_else(|| {
            Diagnostic::error(Code::BAD_TARGET, "nothing says where the site is published to")
                .help("write `bulletin publish TARGET`, or [publish] target = \"…\" in site.toml")
                .setup()
        }),
    }
}

/// No two runs have the same.
fn publisher() -> String {
    format!("{}-{}", read_clock().as_nanosecond(), std::process::id())
}

fn surroundings() -> Surroundings {
    let variables = std::env::vars_os();
    let text = |text: OsString| text.into_string().ok();
    Surroundings {
        variables: variables.filter_map(|(name, value)| Some((text(name)?, text(value)?))).collect(),
        home: std::env::home_dir(),
    }
}

fn say(uploaded: &Uploaded, place: &str, dry_run: bool, session: &Session) -> io::Result<()> {
    if session.format == Format::Json {
        let paths = |paths: &[OutPath]| paths.iter().map(OutPath::as_str).collect::<Value>();
        let object = json!({ "summary": {
            "new": paths(&uploaded.new),
            "changed": paths(&uploaded.changed),
            "removed": paths(&uploaded.removed),
            "unchanged": uploaded.unchanged,
            "dry_run": dry_run,
        }});
        return session.say(&json_line(&object));
    }
    if dry_run {
        session.say_each("new", &uploaded.new)?;
        session.say_each("changed", &uploaded.changed)?;
        session.say_each("removed", &uploaded.removed)?;
    }
    let (new, changed, removed) = (uploaded.new.len(), uploaded.changed.len(), uploaded.removed.len());
    let unchanged = uploaded.unchanged;
    let counts = format!("{new} new, {changed} changed, {unchanged} unchanged, {removed} removed");
    session.say(&if dry_run {
        format!("{place}: {counts}; nothing was sent")
    } else {
        format!("{place}: {counts}")
    })
}

fn write_list(file: &Path, list: &str) -> Result<(), Diagnostic> {
    let written = match file.to_str() {
        Some("-") => io::stdout().write_all(list.as_bytes()),
        // A pipe, a terminal, or a link that leads to the list.
        _ if file.symlink_metadata().is_ok_and(|found| !found.is_file()) => fs::write(file, list),
        _ => replace_file(file, list.as_bytes()),
    };
    written.map_err(|error| cannot_write(&file.to_string_lossy(), &error).setup())
}
