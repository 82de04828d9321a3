//! `[[corrections]]`.

use super::claim::ClaimIds;
use super::common::word;
use crate::model::{Correction, CorrectionKind};
use crate::time::Zone;
use crate::toml::Reader;

pub(super) fn read_all(reader: &mut Reader<'_>, zone: &Zone, ids: &ClaimIds) -> Vec<Correction> {
    let corrections = reader.tables("corrections", "a correction", |table, _| read(table, zone, ids));
    corrections.into_iter().flatten().collect()
}

fn read(reader: &mut Reader<'_>, zone: &Zone, ids: &ClaimIds) -> Option<Correction> {
    let at = reader.required_moment("at", zone);
    let kind = word::<CorrectionKind>(reader, "kind");
    if !reader.has("kind") {
        reader.missing(
            "kind",
            "",
            "write kind = \"correction\", \"clarification\", \"update\" or \"withdrawal\"",
        );
    }
    let serious = reader.flag("serious", false);
    let claim = ids.refer(reader, "claim");
    let field = reader.line("field");
    let (was, now) = (reader.text("was"), reader.text("now"));
    for key in ["was", "now"] {
        if field.is_some() && !reader.has(key) {
            reader.missing(key, " beside `field`", &format!("write the whole value, as in {key} = \"8\""));
        }
    }
    let why = reader.required_text("why");
    Some(Correction { at: at?.value, kind: kind?.value, serious, claim, field, was, now, why: why?.value })
}
