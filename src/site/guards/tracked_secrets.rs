//! Private files are in no repository: its other copies cannot be taken back.

use jiff::civil::Date;

use super::guard_check::GuardCheck;
use crate::config::Exception;
use crate::diag::{Code, Diagnostic, Place};

/// Reports each private file that git tracks: redact.txt, what is in private/, and records of protected sources.
pub fn check(guards: &mut GuardCheck<'_, '_, '_>) {
    let sources = guards.diagnostics.sources;
    if sources.tracked.is_empty() {
        return;
    }
    let site = guards.site;
    let zone = &site.config.timezone;
    let published =
        site.briefings.iter().map(|briefing| zone.day_of(briefing.article.last_published())).max();
    let published = published.unwrap_or(Date::MIN);
    let records = site.sources.iter().filter_map(|source| source.term.record.as_ref());
    let protected = records.filter(|record| record.protected && sources.tracked.contains(&*record.file));
    let always = sources.tracked.iter().filter(|path| *path == "redact.txt" || path.starts_with("private/"));
    let always = always.map(|path| (path.as_str(), &[][..]));
    let secrets: Vec<(&str, &[Exception])> =
        always.chain(protected.map(|record| (&*record.file, &*record.allow))).collect();
    for (path, allow) in secrets {
        if let Err(ended) = guards.lifted(Code::TRACKED_SECRET, &[allow], published) {
            let found =
                Diagnostic::error(Code::TRACKED_SECRET, format!("git tracks {path}, which is private"));
            let remedy = "take it out with `git rm --cached`, name it in .gitignore, and search what was committed before: bulletin check --sources";
            guards.report(found.at(Place::file(path)), ended, remedy);
        }
    }
}
