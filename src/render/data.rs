//! Open data: the claims of a site as JSON.
//!
//! Owns the file around the claims, one claim a line, so that a change of one is a change of one line. What a
//! claim says is `site`'s. Depends on no language of the interface. Names no address of the site, so that a
//! copy elsewhere is as good.
//!
//! Invariant: sorted by briefing, then in the order of its file.

use serde::Serialize;

use crate::site::{BriefingIx, Site};

/// Rises when a field changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct DataHeader<'a> {
    version: u32,
    site: SiteData<'a>,
    /// Set if this is the site as it was known then.
    as_of: Option<String>,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    /// Of all texts.
    language: &'a str,
    licence: Option<&'a str>,
    contact: Option<&'a str>,
}

/// `data/claims.json`.
#[must_use]
pub fn claims(site: &Site) -> String {
    let mut text = header(site);
    text.push_str("\"claims\":[");
    let mut separator = "\n";
    for line in site.briefings_by_id().into_iter().flat_map(|ix| claim_lines(site, ix)) {
        text.push_str(separator);
        text.push_str(&line);
        separator = ",\n";
    }
    text.push_str("\n]\n}\n");
    text
}

/// The claims of a briefing, a line of JSON each.
pub fn claim_lines(site: &Site, ix: BriefingIx) -> impl Iterator<Item = String> + '_ {
    site.claims_of(ix).map(|claim| to_json(&site.claim_data(claim)))
}

/// The beginning of the file, up to the list: each key on a line.
fn header(site: &Site) -> String {
    let config = &site.config;
    let header = DataHeader {
        version: VERSION,
        site: SiteData {
            title: &config.title,
            language: &config.language,
            licence: config.licence.as_deref(),
            contact: config.contact.as_deref(),
        },
        as_of: site.as_of.map(|at| config.timezone.local(at).to_string()),
    };
    let object = to_json(&header);
    let keys = object.strip_prefix('{').and_then(|keys| keys.strip_suffix('}')).unwrap_or_default();
    format!("{{\n{keys},\n")
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists are always JSON")
}
