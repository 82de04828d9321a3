//! The targets of the notice, the line at the top of every page.
//!
//! Owns the reading of its addresses. Looks for no page: the caller does.

use std::collections::BTreeMap;

use super::parts::{LinkTarget, NoticeLinks, NoticeTarget};
use crate::config::{Notice, PlacedText};
use crate::diag::{Code, Diagnostic};
use crate::fold::with_ascii_marks;
use crate::model::Target;
use crate::parse::markdown::{Destination, resolve as read_destination};

/// The file that holds the addresses: a relative one counts from its folder.
pub const FILE: &str = "site.toml";

/// The fewest digits of a number that people call.
const FEWEST_DIGITS: usize = 3;

/// Reads the addresses of the notice. `find` looks for what one within the site names.
pub fn resolve(
    notice: &Notice,
    find: impl Fn(&Target) -> Result<LinkTarget, Diagnostic>,
) -> (NoticeLinks, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut read = |url: &PlacedText| match target(url, &find) {
        Ok(target) => Some(target),
        Err(fault) => {
            diagnostics.push(fault.at(url.place.clone()).label("cannot be linked").setup());
            None
        }
    };
    let own = notice.url.as_ref().and_then(&mut read);
    let by_language: BTreeMap<Box<str>, NoticeTarget> =
        notice.urls.iter().filter_map(|(code, url)| Some((code.clone(), read(url)?))).collect();
    (NoticeLinks { own, by_language }, diagnostics)
}

fn target(
    url: &PlacedText,
    find: impl Fn(&Target) -> Result<LinkTarget, Diagnostic>,
) -> Result<NoticeTarget, Diagnostic> {
    match read_destination(FILE, &url.text) {
        Ok(Destination::External(address)) => Ok(NoticeTarget::Outside(address.into())),
        Ok(Destination::Internal(_)) if is_number(&url.text) => Err(bare_number(&url.text)),
        Ok(Destination::Internal(target)) => find(&target).map(NoticeTarget::Inside),
        Err(refusal) => Err(refusal.diagnostic()),
    }
}

fn is_number(text: &str) -> bool {
    let text = with_ascii_marks(text);
    text.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()./".contains(c))
}

fn bare_number(number: &str) -> Diagnostic {
    let message = format!("\"{number}\" is a number, and no address");
    Diagnostic::error(Code::BAD_URL, message)
        .help(format!("write \"tel:{number}\" to call it, or \"sms:{number}\" to write to it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    #[test]
    fn a_number_is_told_from_a_file() {
        for (url, code) in [
            ("112", Some("bad-url")),
            ("+963 (11) 22-33", Some("bad-url")),
            ("١١٢", Some("bad-url")),
            ("javascript:alert(1)", Some("unsafe-url")),
            ("tel:112", None),
            ("content/help.md", None),
        ] {
            let written = PlacedText { text: url.into(), place: Place::file(FILE) };
            let found = target(&written, |_| Ok(LinkTarget::Nowhere));
            assert_eq!(found.err().map(|fault| fault.code.name()), code, "{url}");
        }
    }
}
