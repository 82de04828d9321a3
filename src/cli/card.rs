//! `card`: a briefing as a short text for messengers.

use std::io;

use serde_json::json;

use super::args::{Args, CardOptions};
use super::options::build_options;
use super::session::{EXIT_SETUP, Session, exit_code};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::engine::{self, Prepared};
use crate::render::card::TooShort;
use crate::render::text_length::TextLimit;
use crate::report::{Format, json_line};
use crate::site::{LanguageIx, Page, Site};

/// Prints the card of a briefing, or why there is none.
pub fn card(args: &Args, options: &CardOptions, session: &Session) -> io::Result<u8> {
    let (prepared, mut diagnostics) = engine::prepare(&build_options(args));
    diagnostics.retain(Diagnostic::is_error);
    if let Some(prepared) = &prepared {
        prepared.mask_all(&mut diagnostics);
    }
    session.report(&diagnostics)?;
    let Some(prepared) = prepared.filter(|_| diagnostics.is_empty()) else {
        return Ok(exit_code(&diagnostics, false));
    };
    match text(&prepared, options) {
        Ok(text) => {
            let json = || json_line(&json!({ "card": { "text": text, "letters": text.chars().count() } }));
            let text = if session.format == Format::Json { json() } else { text.clone() };
            session.print(&(text + "\n"))?;
            Ok(0)
        }
        Err(refused) => {
            session.report(&[refused.setup()])?;
            Ok(EXIT_SETUP)
        }
    }
}

fn text(prepared: &Prepared, options: &CardOptions) -> Result<String, Diagnostic> {
    let site = &prepared.site;
    let language = language(site, options.language.as_deref())?;
    let page = page(site, &options.briefing)?;
    if !site.is_in(language, page) {
        let message = format!("the briefing is not in the language \"{}\"", site.language(language));
        return Err(refused(&message, "translate it, or leave --language out"));
    }
    let renderer = prepared.renderer();
    let limit = match (options.chars, options.sms) {
        (Some(most), _) => TextLimit::Characters(most),
        (None, Some(most)) => TextLimit::MessageParts(most),
        (None, None) => TextLimit::Characters(usize::MAX),
    };
    let parts = renderer.card(language, page).unwrap_or_default();
    let text = parts
        .fitted(limit, |count| renderer.left_out(language, count))
        .map_err(|short| too_short(limit, short))?;
    if prepared.has_private_words_in("", text.as_bytes()) {
        let help = "`bulletin check` says which and where";
        return Err(refused("the card would have private words", help));
    }
    Ok(text)
}

fn language(site: &Site, code: Option<&str>) -> Result<LanguageIx, Diagnostic> {
    let code = code.unwrap_or(&site.config.language);
    let found = site.language_indices().find(|language| site.language(*language).eq_ignore_ascii_case(code));
    found.ok_or_else(|| {
        let help = format!("write one of {}", site.languages.join(", "));
        refused(&format!("\"{code}\" is no language of this site"), &help)
    })
}

/// The page of a published briefing, or the one that replaces it.
fn page(site: &Site, name: &str) -> Result<Page, Diagnostic> {
    let briefings = site.briefings.enumerated().map(|(ix, briefing)| (&briefing.article, Page::Briefing(ix)));
    let stubs = site.stubs.enumerated().map(|(ix, stub)| (&stub.article, Page::Stub(ix)));
    let mut pages = briefings.chain(stubs);
    let found = pages.find(|(article, _)| article.id.as_str() == name || &*article.file == name);
    found.map(|(_, page)| page).ok_or_else(|| {
        let ids = site.briefings.iter().map(|briefing| briefing.article.id.as_str());
        let help = match did_you_mean(name, ids) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the id of a published briefing, as `bulletin list briefings` prints it".to_owned(),
        };
        refused("no published briefing has this id", &help)
    })
}

fn too_short(limit: TextLimit, TooShort(needed): TooShort) -> Diagnostic {
    let unit = match limit {
        TextLimit::Characters(_) => "letters",
        TextLimit::MessageParts(_) => "parts of a message",
    };
    let message =
        format!("the time and the address alone need {needed} {unit}, and {} are allowed", limit.most());
    refused(&message, "allow more, or give the site a shorter address")
}

fn refused(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_CARD, message).help(help)
}
