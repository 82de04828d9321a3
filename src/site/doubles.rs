//! Briefings that readers cannot distinguish: one title and one time.

use std::sync::Arc;

use super::diagnostics::Diagnostics;
use crate::diag::{Code, Diagnostic};
use crate::model::Briefing;
use crate::sources::is_copy_of;

/// Reports each briefing that has the title and the time of another. `briefings` are newest first.
pub fn check(briefings: &[Arc<Briefing>], diagnostics: &mut Diagnostics<'_>) {
    for of_one_time in briefings.chunk_by(|a, b| a.date == b.date).filter(|chunk| chunk.len() > 1) {
        let mut sorted: Vec<&Briefing> = of_one_time.iter().map(AsRef::as_ref).collect();
        sorted.sort_by(|a, b| title(a).cmp(title(b)).then_with(|| a.file.cmp(&b.file)));
        for of_one_title in sorted.chunk_by(|a, b| title(a) == title(b)) {
            // Copies are reported already, with the names of the files.
            let is_copy =
                |one: &Briefing| of_one_title.iter().any(|other| is_copy_of(&one.file, &other.file));
            let mut originals = of_one_title.iter().filter(|briefing| !is_copy(briefing));
            let Some(first) = originals.next() else { continue };
            originals.for_each(|second| report(first, second, diagnostics));
        }
    }
}

/// Whether another briefing of the same time would make a change of this title matter.
pub fn may_double<'a>(briefing: &Briefing, mut others: impl Iterator<Item = &'a Briefing>) -> bool {
    others.any(|other| other.date == briefing.date && other.file != briefing.file)
}

fn title(briefing: &Briefing) -> &str {
    briefing.title.trim()
}

fn report(first: &Briefing, second: &Briefing, diagnostics: &mut Diagnostics<'_>) {
    let message = "two briefings have this title and this time: in a list readers cannot distinguish them";
    let diagnostic = Diagnostic::warning(Code::DOUBLE_BRIEFING, message)
        .at(diagnostics.place(&second.file, second.title_span))
        .also(diagnostics.place(&first.file, first.title_span), "the other one")
        .help("give one of them another title or time, or delete it");
    diagnostics.push(diagnostic);
}
