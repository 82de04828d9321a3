//! What was typed.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::forms::Editor;
use crate::inventory::Hours;
use crate::model::{Status, Word as _};
use crate::report::Format;
use crate::schema;
use crate::time::{DayOrMoment, Readings, parse_day_or_moment, readings};

/// Static site generator for crisis briefings.
#[derive(Debug, Parser)]
#[command(name = "bulletin", version, propagate_version = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

impl Args {
    /// The folder of the site.
    pub fn root(&self) -> PathBuf {
        self.common.root.clone().unwrap_or_else(root_from_here)
    }

    /// The folder of the site as seen from the top of its repository, with `/` at its end; from the current folder
    /// if it is in none. Empty if it is that folder or not in it.
    pub fn folder_from_outside(&self) -> String {
        let root = absolute(self.root());
        let root = root.canonicalize().unwrap_or(root);
        let here = absolute(PathBuf::from("."));
        let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here);
        let inside = root.strip_prefix(top).unwrap_or(Path::new(""));
        inside.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
    }

    /// The folder of the site by its whole path: another one may take the place of the current folder.
    pub fn absolute_root(&self) -> PathBuf {
        absolute(self.root())
    }
}

/// The current folder if it is a site, else the nearest folder above it that is one, as with Cargo and Git.
fn root_from_here() -> PathBuf {
    let here = absolute(PathBuf::from("."));
    if here.join("content").is_dir() {
        return PathBuf::from(".");
    }
    let found = here.ancestors().find(|folder| folder.join("site.toml").is_file());
    found.filter(|folder| **folder != here).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The path from the root of the file system on.
pub fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Explain a code of a diagnostic
    Explain {
        /// Code in brackets, such as dead-link [default: list all codes]
        code: Option<String>,
    },
    /// Print the JSON Schema of a kind of file, for editors and validators
    Schema {
        /// Kind of file [default: all, in one document]
        #[arg(value_parser = PossibleValuesParser::new(schema::kinds()))]
        kind: Option<String>,
    },
    /// Print a script that completes commands and options in a shell
    Completions {
        /// Shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program or of a command
    Man {
        /// Command, such as build [default: the program]
        command: Option<String>,
    },
    /// Write a starter site
    Init {
        /// Folder to write to [default: the current folder]
        dir: Option<PathBuf>,
        /// Write a workflow that checks, builds and publishes the site too; a site that is there gets only that
        #[arg(long, value_enum)]
        ci: Option<ForgeName>,
    },
    /// Write a file to begin with, named after its title
    #[command(override_usage = "bulletin new [OPTIONS] [KIND] <TITLE>\n       \
                                bulletin new [OPTIONS] translation <FILE> <LANGUAGE>")]
    New {
        /// Kind (briefing, neighbourhood, source, event or page) and title in quotes; a title alone is that of a
        /// briefing. Or `translation`, the file to translate, and a language of the site
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
    },
    /// Build the site into public/
    Build {
        /// Build again after every change, until Ctrl-C
        #[arg(long)]
        watch: bool,
        #[command(flatten)]
        watching: Watching,
        #[command(flatten)]
        publishing: Publishing,
    },
    /// Preview the site in a browser, with live reload
    Serve(Serve),
    /// Report everything that is wrong, and publish nothing
    Check(CheckOptions),
    /// Write, list and read themes
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// List what the site holds, drafts and embargoed briefings included
    List(List),
    /// Bring in a site of another generator, or a plain report; no file is replaced
    Import(Import),
    /// Print the configuration of an editor that runs in a browser, for people who write without a terminal
    Cms(Cms),
    /// Take the output folder to object storage, another folder, or with rsync or rclone to another host, in an order that
    /// never shows a broken link
    Publish(Publish),
    /// Say what differs between two builds of a site, or what is new since a time
    Diff(DiffOptions),
    /// List what lapses or is due, and say when the next build is needed
    Due,
    /// Print a briefing as a short text for messengers, with up to when it knows and its address
    Card(CardOptions),
    /// Make keys that copies are signed with
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Sign the built site, so that every copy of it can be checked
    Sign(SignOptions),
    /// Pack the built site into one file; the same site gives the same bytes
    Pack {
        /// Archive to write
        #[arg(value_name = "FILE.zip")]
        file: PathBuf,
        /// Replace a file that is there
        #[arg(long)]
        replace: bool,
    },
    /// Check a copy of a site: who signed it, whether it is whole, and whether it is the newest
    Verify(Verify),
}

impl Command {
    /// Whether it is about a site that is there.
    pub fn needs_site(&self) -> bool {
        !matches!(
            self,
            Self::Init { .. }
                | Self::Explain { .. }
                | Self::Schema { .. }
                | Self::Completions { .. }
                | Self::Man { .. }
                | Self::Keys { .. }
                | Self::Verify(_)
        )
    }
}

#[derive(Debug, clap::Args)]
pub struct CheckOptions {
    /// Treat warnings as errors
    #[arg(long)]
    pub deny_warnings: bool,
    /// Look for private words in the git repository too: tracked files, earlier commits, names and messages
    #[arg(long)]
    pub sources: bool,
    /// Ask other sites whether the addresses that pages link to still answer
    #[arg(long)]
    pub external: bool,
    /// Ask again also what answered in the last seven days
    #[arg(long, requires = "external")]
    pub fresh: bool,
    /// File that remembers what answered [default: bulletin/links.json in the state folder, such as
    /// ~/.local/state]
    #[arg(long, value_name = "FILE", requires = "external")]
    pub state: Option<PathBuf>,
    /// Stop asking after so many minutes
    #[arg(long, value_name = "N", default_value_t = 20, requires = "external")]
    pub minutes: u16,
}

#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Write a theme to begin with into themes/
    New {
        /// Name of its folder
        name: String,
        /// Theme whose files it uses where it has none [default: default]
        #[arg(long, value_name = "THEME")]
        extends: Option<String>,
    },
    /// Print the file that pages use, or list all
    Show {
        /// File, such as base.html, default/parts/style.html or i18n/en.ftl [default: list all]
        file: Option<String>,
    },
    /// Name the themes of the site
    List,
}

#[derive(Debug, clap::Args)]
pub struct DiffOptions {
    /// Earlier build: a folder, an archive of `pack`, or the address of a site
    #[arg(required_unless_present = "since")]
    pub old: Option<String>,
    /// Later build [default: the output folder]
    pub new: Option<String>,
    /// Compare the site with itself as it was known then; a time or a day, as --now
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with_all = ["old", "as_of"])]
    pub since: Option<DayOrMoment>,
    /// Print Markdown, for a message or a page
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Debug, clap::Args)]
pub struct CardOptions {
    /// Briefing, by its id or its file
    pub briefing: String,
    /// The most letters of the text [default: as many as it has]
    #[arg(long, value_name = "N", conflicts_with = "sms")]
    pub chars: Option<usize>,
    /// The most parts of the text as text message, of 160 letters, or 70 outside of the alphabet of phones
    #[arg(long, value_name = "N")]
    pub sms: Option<usize>,
    /// Language of the site to write it in [default: the site's own]
    #[arg(long)]
    pub language: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a pair of keys: a secret one to sign with, and a public one to show
    New {
        /// File of the secret key; the public one is written next to it as .pub
        /// [default: bulletin/bulletin.key in the folder of settings, as ~/.config]
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        passphrase: Passphrase,
        /// Write it into a site or a repository all the same
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct Passphrase {
    /// File with the passphrase of the secret key in its first line
    /// [default: the variable BULLETIN_PASSPHRASE, or else the terminal asks]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct SignOptions {
    /// File of the secret key [default: that of `bulletin keys new`]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    /// Copy: a folder, an archive or the web address of its home page [default: the output folder]
    #[arg(value_name = "DIR|FILE.zip|URL")]
    pub copy: Option<String>,
    /// Public key that the copy must be signed with, or a file with it [default: the key of earlier copies of the
    /// site, or else the one in the copy]
    #[arg(long, value_name = "KEY|FILE")]
    pub key: Option<String>,
    /// File that remembers the newest version of each site [default: bulletin/copies.json in the state folder, such
    /// as ~/.local/state]
    #[arg(long, value_name = "FILE", conflicts_with = "no_remember")]
    pub state: Option<PathBuf>,
    /// Neither use nor change what is remembered of earlier checks
    #[arg(long)]
    pub no_remember: bool,
}

#[derive(Debug, clap::Args)]
pub struct List {
    /// What to list
    #[arg(value_enum, required_unless_present = "summary", conflicts_with = "summary")]
    pub kind: Option<ListKind>,
    /// Show the state of the site on one screen; no filter fits it
    #[arg(long, conflicts_with_all = ["status", "unattributed", "without_record", "stale", "draft", "embargoed",
                                      "untranslated", "since"])]
    pub summary: bool,
    /// Claims with this status
    #[arg(long, value_name = "WORD", value_parser = status)]
    pub status: Option<Status>,
    /// Claims without a source
    #[arg(long)]
    pub unattributed: bool,
    /// Sources, neighbourhoods or events without a record
    #[arg(long)]
    pub without_record: bool,
    /// What nothing newer than this is known about, such as 24h or 3d
    #[arg(long, value_name = "SPAN")]
    pub stale: Option<Hours>,
    /// Drafts, and claims in them
    #[arg(long)]
    pub draft: bool,
    /// Briefings under embargo, and claims in them
    #[arg(long)]
    pub embargoed: bool,
    /// What has no translation into this language
    #[arg(long, value_name = "LANGUAGE")]
    pub untranslated: Option<String>,
    /// What is not older than this time, as --now
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub since: Option<DayOrMoment>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ForgeName {
    Github,
    Gitlab,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ListKind {
    Briefings,
    Claims,
    Sources,
    Neighbourhoods,
    Events,
}

#[derive(Debug, clap::Args)]
pub struct Watching {
    /// Poll for changes instead of using file system events
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, clap::Args)]
pub struct Publishing {
    /// Wait until every file is on the disk, so that a power cut loses nothing; slower
    #[arg(long)]
    pub durable: bool,
    /// Take over an output folder without its list: show what would be replaced, and ask
    #[arg(long, conflicts_with = "watch")]
    pub adopt: bool,
    /// Answer the question of --adopt with yes
    #[arg(long, requires = "adopt")]
    pub yes: bool,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    /// What is brought in: a site of a generator, or a report as plain text
    #[arg(value_enum)]
    pub kind: ImportKind,
    /// Folder of the other site, or file of the report
    pub from: PathBuf,
    /// Mapping file: which tag is which neighbourhood, source or topic
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    Hugo,
    Zola,
    Jekyll,
    Wire,
}

#[derive(Debug, clap::Args)]
pub struct Cms {
    /// Editor
    #[arg(value_enum)]
    pub editor: EditorName,
    /// Write it: admin/ with the configuration and the page, which `serve` shows; .pages.yml for Pages CMS
    #[arg(long)]
    pub write: bool,
    /// Write over the files that are there
    #[arg(long, requires = "write")]
    pub replace: bool,
    /// Write into static/admin/ instead, so that the page is published with the site
    #[arg(long, requires = "write")]
    pub publish: bool,
    /// Address of the repository, or OWNER/NAME of one at GitHub [default: the remote `origin` of the site's own]
    #[arg(long, value_name = "ADDRESS")]
    pub repository: Option<String>,
    /// Branch that the editor saves to [default: main]
    #[arg(long, value_name = "NAME")]
    pub branch: Option<String>,
    /// Copy of the editor next to its page, such as sveltia-cms.js [default: loaded from the internet]
    #[arg(long, value_name = "FILE")]
    pub script: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EditorName {
    Sveltia,
    Pages,
    Decap,
}

impl From<EditorName> for Editor {
    fn from(name: EditorName) -> Self {
        match name {
            EditorName::Sveltia => Self::Sveltia,
            EditorName::Pages => Self::Pages,
            EditorName::Decap => Self::Decap,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Publish {
    /// s3://BUCKET/PREFIX, gs://…, az://…, a folder, USER@HOST:PATH for rsync or rclone:REMOTE:PATH [default: target of
    /// [publish] in site.toml]
    pub target: Option<String>,
    /// Say what would be sent and removed, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Publish even if many files would be removed, the target holds another site, or the build is older
    #[arg(long)]
    pub force: bool,
    /// Run the commands of rsync or rclone instead of printing them
    #[arg(long)]
    pub run: bool,
    /// Write the address of each file that is new, changed or gone, for a CDN to forget; - is the standard output
    #[arg(long, value_name = "FILE")]
    pub purge_list: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Address or host name to listen on; if it is not the loopback, other machines can read the site
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// Port to listen on; if it is in use, one of the next 20
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    #[command(flatten)]
    pub watching: Watching,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Folder of the site [default: the current folder, or the nearest one above it with a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Output folder [default: public/ in the root]
    #[arg(long, global = true, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Include drafts
    #[arg(long, global = true)]
    pub drafts: bool,
    /// Time of the build with its offset, such as 2016-10-02T21:40:00+03:00, or a day, which begins at 00:00 in the
    /// site's time zone [default: the clock]
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub now: Option<DayOrMoment>,
    /// Build the site as it was known then, without later briefings, claims and corrections; a time or a day, as
    /// --now
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub as_of: Option<DayOrMoment>,
    /// Address of the site; replaces base_url of site.toml
    #[arg(long, global = true, value_name = "URL", value_parser = crate::config::base_url)]
    pub base_url: Option<Box<str>>,
    /// Format of diagnostics, or of a list
    #[arg(long, global = true, value_enum, default_value_t = FormatName::Human)]
    pub format: FormatName,
    /// When to colour diagnostics
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Print errors and warnings only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: name each page that is new or changed, and all that are removed; `build` and `check` say what took how
    /// long
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatName {
    Human,
    Short,
    Json,
    Github,
    Sarif,
    /// Of `list` only
    Table,
    /// Of `list` only
    Csv,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human | FormatName::Table | FormatName::Csv => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
            FormatName::Github => Self::Github,
            FormatName::Sarif => Self::Sarif,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

fn status(text: &str) -> Result<Status, String> {
    Status::from_word(text).ok_or_else(|| {
        let words: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
        format!("write one of {}", words.join(", "))
    })
}

/// The zone of the site is not known yet, so that a time needs its offset.
fn time(text: &str) -> Result<DayOrMoment, String> {
    parse_day_or_moment(text).map_err(|error| {
        let help = match readings(text, |date| parse_day_or_moment(date).is_ok()) {
            Some(Readings::One(date)) => format!("write {date}"),
            Some(Readings::ByOrder { day_first, month_first }) => {
                format!("write {day_first} if the day comes first, or {month_first} if the month does")
            }
            None => error.help().into_owned(),
        };
        format!("it {error}; {help}")
    })
}
