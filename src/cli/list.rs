//! `list`: what the site holds.

use std::io::{self, Write as _};

use super::args::{Args, FormatName, List, ListKind};
use super::options::build_options;
use super::session::{EXIT_SETUP, Session, exit_code, unless_closed};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::engine::{self, Holdings};
use crate::inventory::{self, Filter, Inventory, ListFormat, ListedKind};
use crate::report::harmless_lines;

/// Lists what could be read of the site. What is wrong with it is reported, too.
pub fn list(args: &Args, options: &List, session: &Session) -> io::Result<u8> {
    let (holdings, mut diagnostics) = engine::holdings(&build_options(args));
    diagnostics.retain(Diagnostic::is_error);
    session.report(&diagnostics)?;
    let Some(holdings) = holdings else { return Ok(exit_code(&diagnostics, false)) };
    match text(&holdings.inventory, options, args.common.format) {
        Ok(text) => unless_closed(print(&holdings, &text, session))?,
        Err(refused) => {
            session.report(&[refused.setup()])?;
            return Ok(EXIT_SETUP);
        }
    }
    Ok(exit_code(&diagnostics, false))
}

fn print(holdings: &Holdings, text: &str, session: &Session) -> io::Result<()> {
    let masked = session.redactions.masked(&holdings.masked(text));
    write!(io::stdout(), "{}", harmless_lines(&masked, ""))
}

fn text(inventory: &Inventory, options: &List, format: FormatName) -> Result<String, Diagnostic> {
    let format = match format {
        FormatName::Json => ListFormat::Json,
        FormatName::Csv => ListFormat::Csv,
        _ => ListFormat::Table,
    };
    let Some(kind) = options.kind else {
        let summary = inventory::summary(inventory);
        return Ok(match format {
            ListFormat::Json => serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n",
            ListFormat::Table | ListFormat::Csv => summary.in_words(),
        });
    };
    let listing = inventory::list(inventory, kind.into(), &filter(inventory, options)?);
    listing.map(|listing| listing.written(format)).map_err(|filter| {
        let plural = format!("{kind:?}").to_lowercase();
        Diagnostic::error(Code::BAD_FILTER, format!("{filter} says nothing about {plural}"))
            .help("leave it out; `bulletin list --help` says what each filter is for")
    })
}

fn filter(inventory: &Inventory, options: &List) -> Result<Filter, Diagnostic> {
    let languages = &inventory.site.languages;
    if let Some(language) = &options.untranslated
        && !languages[1..].contains(language)
    {
        let message = format!("--untranslated names no further language of the site: {language}");
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
