//! Open data as JSON: one record a line, so that a change of one is a change of one line.

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::claims::ClaimData;
use super::parts::time;
use super::site::{SiteData, SiteHeader};
use super::table::DataTable;
use super::value::DataTime;
use crate::site::{BriefingIx, Site};

/// Rises when a field changes its meaning.
pub const VERSION: u32 = 1;

/// How many parts a thread writes at a time.
const PARTS_AT_A_TIME: usize = 256;

#[derive(Serialize)]
struct DataHeader<T> {
    version: u32,
    site: T,
    /// Set if this is the site as it was known then.
    as_of: Option<DataTime>,
}

/// The file of a dataset.
pub fn list<T: DataTable>(site: &Site) -> String {
    let begin = format!("{},\n\"{}\":[", header(site, SiteHeader::new(site)), T::DATASET.name());
    let mut text = in_chunks::<T>(site, &begin, |parts| lines::<T>(site, parts));
    // After each record but the last one.
    if text.ends_with(',') {
        text.pop();
    }
    text + "\n]\n}\n"
}

/// The text of a file: its beginning, and then what `write` makes of some parts at a time, on all cores.
pub fn in_chunks<T: DataTable>(
    site: &Site,
    begin: &str,
    write: impl Fn(&[T::Part]) -> Vec<u8> + Send + Sync,
) -> String {
    let parts = T::parts(site);
    let chunks: Vec<Vec<u8>> = parts.par_chunks(PARTS_AT_A_TIME).map(write).collect();
    let length: usize = chunks.iter().map(Vec::len).sum();
    let mut text = Vec::with_capacity(begin.len() + length);
    text.extend_from_slice(begin.as_bytes());
    // Each chunk is freed once it is copied, so that a large file is in memory once.
    chunks.into_iter().for_each(|chunk| text.extend_from_slice(&chunk));
    String::from_utf8(text).expect("all that is written is text")
}

/// Each record in a line of its own, with a comma behind it.
fn lines<T: DataTable>(site: &Site, parts: &[T::Part]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in parts.iter().flat_map(|part| T::records(site, part)) {
        lines.push(b'\n');
        serde_json::to_writer(&mut lines, &record).expect("texts, numbers and lists are always JSON");
        lines.push(b',');
    }
    lines
}

/// What the site says about itself.
pub fn site(site: &Site) -> String {
    header(site, SiteData::new(site)) + "\n}\n"
}

/// The claims of a briefing, a line of JSON each.
pub fn claim_lines(site: &Site, ix: BriefingIx) -> impl Iterator<Item = String> + '_ {
    ClaimData::records(site, &ix).into_iter().map(|claim| to_json(&claim))
}

/// The SHA-256 of the claims of a briefing as the file has them: its lines without the comma at their end. Empty without
/// claims.
pub fn claims_digest(site: &Site, ix: BriefingIx) -> String {
    let mut hasher = Sha256::new();
    let mut is_empty = true;
    for line in claim_lines(site, ix) {
        hasher.update(line);
        hasher.update("\n");
        is_empty = false;
    }
    if is_empty {
        return String::new();
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The beginning of a file.
fn header(site: &Site, about: impl Serialize) -> String {
    let header = DataHeader { version: VERSION, site: about, as_of: site.as_of.map(|at| time(site, at)) };
    let object = to_json(&header);
    let keys = object.strip_prefix('{').and_then(|keys| keys.strip_suffix('}')).unwrap_or_default();
    format!("{{\n{keys}")
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists are always JSON")
}
