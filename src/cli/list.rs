//! `list`: what the site holds.

use std::io::{self, Write as _};

use super::args::{Args, FormatName, List, ListKind};
use super::options::build_options;
use super::session::{EXIT_SETUP, Session, exit_code, unless_closed};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::engine;
use crate::inventory::{self, Filter, Inventory, ListFormat, ListedKind};
use crate::report::harmless_lines;

/// Lists what could be read of the site. What is wrong with it is reported, too.
pub fn list(args: &Args, options: &List, session: &Session) -> io::Result<u8> {
    let (holdings, mut diagnostics) = engine::holdings(&build_options(args));
    diagnostics.retain(Diagnostic::is_error);
    session.report(&diagnostics)?;
    let Some(holdings) = holdings else { return Ok(exit_code(&diagnostics, false)) };
    let masked = |text: &str| session.redactions.masked(&holdings.masked(text));
    match text(&holdings.inventory, options, args.common.format, masked) {
        Ok(text) => unless_closed(write!(io::stdout(), "{}", harmless_lines(&text, "")))?,
        Err(refused) => {
            session.report(&[refused.setup()])?;
            return Ok(EXIT_SETUP);
        }
    }
    Ok(exit_code(&diagnostics, false))
}

fn text(
    inventory: &Inventory,
    options: &List,
    format: FormatName,
    masked: impl Fn(&str) -> String,
) -> Result<String, Diagnostic> {
    let format = match format {
        FormatName::Json => ListFormat::Json,
        FormatName::Csv => ListFormat::Csv,
        FormatName::Human | FormatName::Short | FormatName::Table => ListFormat::Table,
        FormatName::Github | FormatName::Sarif => {
            return Err(Diagnostic::error(Code::BAD_FILTER, "a list has no such format")
                .help("write --format table, csv or json"));
        }
    };
    let Some(kind) = options.kind else { return summary(inventory, format, masked) };
    let listing = inventory::list(inventory, kind.into(), &filter(inventory, options)?);
    listing.map(|listing| listing.with_texts(masked).written(format)).map_err(|filter| {
        let plural = format!("{kind:?}").to_lowercase();
        Diagnostic::error(Code::BAD_FILTER, format!("{filter} says nothing about {plural}"))
            .help("leave it out; `bulletin list --help` says what each filter is for")
    })
}

fn summary(
    inventory: &Inventory,
    format: ListFormat,
    masked: impl Fn(&str) -> String,
) -> Result<String, Diagnostic> {
    let summary = inventory::summary(inventory);
    match format {
        ListFormat::Table => Ok(masked(&summary.in_words())),
        ListFormat::Json => Ok(masked(&summary.as_json())),
        ListFormat::Csv => Err(Diagnostic::error(Code::BAD_FILTER, "the summary is no list of rows")
            .help("write --format json, or leave it out")),
    }
}

fn filter(inventory: &Inventory, options: &List) -> Result<Filter, Diagnostic> {
    let languages = &inventory.site.languages;
    if let Some(language) = &options.untranslated
        && !languages[1..].contains(language)
    {
        let message = format!("\"{language}\" is no other language of this site");
        let near = did_you_mean(language, languages[1..].iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write one of `languages` in site.toml, but not the site's own".to_owned(),
        };
        return Err(Diagnostic::error(Code::BAD_FILTER, message).help(help));
    }
    let zone = &inventory.site.config.timezone;
    Ok(Filter {
        status: options.status,
        unattributed: options.unattributed,
        without_record: options.without_record,
        stale: options.stale,
        draft: options.draft,
        embargoed: options.embargoed,
        untranslated: options.untranslated.clone(),
        since: options.since.and_then(|since| since.moment_in(zone).ok()),
    })
}

impl From<ListKind> for ListedKind {
    fn from(kind: ListKind) -> Self {
        match kind {
            ListKind::Briefings => Self::Briefings,
            ListKind::Claims => Self::Claims,
            ListKind::Sources => Self::Sources,
            ListKind::Neighbourhoods => Self::Neighbourhoods,
            ListKind::Events => Self::Events,
        }
    }
}
