//! What was typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::report::Format;
use crate::time::{DayOrMoment, parse_day_or_moment};

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
        self.common.root.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// The folder of the site by its whole path: another one may take the place of the current folder.
    pub fn lasting_root(&self) -> PathBuf {
        lasting(self.root())
    }
}

/// The path from the root of the file system on.
pub fn lasting(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a starter site that builds
    Init {
        /// Where; the current folder if left out
        dir: Option<PathBuf>,
    },
    /// Write a briefing with its front matter filled in
    New {
        /// Its title; the file is named after it
        title: String,
    },
    /// Build content/ into public/
    Build {
        /// Build again whenever a file changes, until Ctrl-C
        #[arg(long)]
        watch: bool,
        #[command(flatten)]
        watching: Watching,
    },
    /// Preview the site in a browser
    Serve(Serve),
    /// Tell everything that is wrong, and write nothing
    Check {
        /// Warnings count as errors
        #[arg(long)]
        deny_warnings: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct Watching {
    /// Look for changes again and again, without asking the system for word of them
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Where to listen: an address or a name of this machine; other machines can ask where it is not the loopback
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The port, or the next free one
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    #[command(flatten)]
    pub watching: Watching,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// The folder of the site [default: the current one]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Where the site is built [default: public/ in the root]
    #[arg(long, global = true, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Drafts are part of the site
    #[arg(long, global = true)]
    pub drafts: bool,
    /// The time of the build, for embargo, expiry and serious corrections, as 2016-10-02T21:40:00+03:00 [default: the clock]
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub now: Option<DayOrMoment>,
    /// The site as it was known at that time: without later briefings, claims and corrections
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub as_of: Option<DayOrMoment>,
    /// In the place of site.toml's base_url
    #[arg(long, global = true, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<Box<str>>,
    /// How diagnostics are written
    #[arg(long, global = true, value_enum, default_value_t = FormatName::Human)]
    pub format: FormatName,
    /// Colour in diagnostics
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Say nothing but diagnostics
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatName {
    Human,
    Short,
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

fn time(text: &str) -> Result<DayOrMoment, String> {
    parse_day_or_moment(text).map_err(|error| format!("it {error}; {}", error.help()))
}

fn base_url(text: &str) -> Result<Box<str>, String> {
    crate::config::base_url(text)
}
