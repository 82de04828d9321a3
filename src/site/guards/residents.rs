//! Private persons are not named.

use jiff::civil::Date;

use super::guard_check::GuardCheck;
use crate::config::{KindOfSource, SourceKind};
use crate::diag::{Code, Diagnostic};
use crate::model::SourceRecord;
use crate::site::terms::sources::Source;

const RESIDENT: Option<KindOfSource> = Some(KindOfSource::BuiltIn(SourceKind::Resident));

/// Reports each record of a resident that is not protected.
pub fn check(guards: &mut GuardCheck<'_, '_, '_>) {
    let site = guards.site;
    for source in &site.sources {
        match &source.term.record {
            Some(record) if record.kind == RESIDENT && !record.protected => {
                check_resident(guards, source, record);
            }
            _ => {}
        }
    }
}

fn check_resident(guards: &mut GuardCheck<'_, '_, '_>, source: &Source, record: &SourceRecord) {
    let site = guards.site;
    let zone = &site.config.timezone;
    let relayed = source.relayed.iter().map(|claim| claim.briefing);
    let repeated = source.relayed.iter().flat_map(|claim| site.repeats_of(*claim));
    let repeated = repeated.map(|(briefing, _)| *briefing);
    let named_by = source.term.briefings.iter().copied().chain(relayed).chain(repeated);
    let published = named_by.map(|ix| zone.day_of(site.briefings[ix].article.last_published())).max();
    let published = published.unwrap_or(Date::MIN);
    let Err(ended) = guards.lifted(Code::UNPROTECTED_RESIDENT, &[&record.allow], published) else {
        return;
    };
    let stopped = Diagnostic::error(Code::UNPROTECTED_RESIDENT, "a resident is named in public")
        .at(guards.diagnostics.place(&record.file, record.id_span))
        .label("gets a page of its own");
    let remedy = "write protected = true, and a `label` that readers may see, as \"a resident of the east\"";
    guards.report(stopped, ended, remedy);
}
