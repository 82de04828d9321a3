//! `[[corrections]]`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::claim_ids::ClaimIds;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span, Spanned};
use crate::model::{Correction, CorrectionKind};
use crate::paths::Id;
use crate::time::{Moment, When};
use crate::toml::{ManyLines, OneLine, OneOf, TomlTable, shown, table};

table! {
    /// A change after publication that readers must know about. It is listed on the briefing and on
    /// the corrections page. `claim` and `field` say what changed.
    pub(super) CorrectionKeys, "a correction" {
        /// The name of the correction within its briefing. Translations use it.
        optional id: Spanned<Id>, example "six-not-eight", seen "not shown";

        /// When the correction was published.
        required at: Spanned<Moment>, example "2016-10-03T08:10:00+03:00", seen "on the correction";

        /// What kind of change it is.
        required kind: OneOf<CorrectionKind>, example "correction", seen "on the correction";

        /// Whether readers may have acted on what was wrong.
        default serious: bool = false, example true,
            seen "for 48 hours at the top of the briefing and on the home page";

        /// The id of the claim of this briefing that changed.
        optional claim: Spanned<OneLine>, example "heluk-edge", otherwise "the briefing itself changed",
            seen "a link on the correction, and “corrected” on the claim";

        /// The key that changed, as in `text` or `figure.min`. It needs `was` and `now`.
        optional field: Spanned<OneLine>, example "figure.min",
            seen "not shown; it says what `was` and `now` are";

        /// The whole value before.
        optional was: Spanned<ManyLines>, example "8", seen "on the correction";

        /// The whole value after. It must be the one that readers see.
        optional now: Spanned<ManyLines>, example "6", seen "on the correction";

        /// Why it changed.
        required why: ManyLines, example "Two reports of one raid had been added.",
            seen "on the correction";
    }
}

impl CorrectionKeys<'_> {
    pub(super) fn into_corrections(
        corrections: Vec<Self>,
        ids: &ClaimIds,
        config: &Config,
    ) -> Vec<Correction> {
        let mut first_of: BTreeMap<Id, Span> = BTreeMap::new();
        for correction in &corrections {
            let Some(id) = &correction.id else { continue };
            match first_of.entry(id.value.clone()) {
                Entry::Vacant(entry) => _ = entry.insert(id.span),
                Entry::Occupied(first) => report_second(&correction.table, id, *first.get()),
            }
        }
        corrections.into_iter().filter_map(|correction| correction.into_correction(ids, config)).collect()
    }

    fn into_correction(self, ids: &ClaimIds, config: &Config) -> Option<Correction> {
        for key in ["was", "now"] {
            // An empty value is one too: there was nothing before, or there is nothing now.
            if self.field.is_some() && !self.table.is_written(key) {
                let help = format!("write the whole value, as in {key} = \"8\"");
                self.table.missing(key, " next to `field`", &help);
            }
        }
        let names_claim = self.claim.is_some();
        let claim = ids.named(&self.table, "claim", self.claim);
        let is_date = self.field.as_ref().is_some_and(|field| FIELDS_WITH_DATES.contains(&&*field.value));
        let whole = |value| if is_date { with_offset(&self.table, value, config) } else { value };
        // The field of a claim that there is not is none of the briefing.
        let field = self.field.filter(|_| claim.is_some() || !names_claim);
        Some(Correction {
            id: self.id,
            at: self.at?.value,
            kind: self.kind?,
            serious: self.serious,
            claim,
            field,
            was: self.was.map(whole),
            now: self.now.map(whole),
            why: self.why?,
        })
    }
}

/// The fields of a claim whose values are dates.
const FIELDS_WITH_DATES: [&str; 3] = ["happened", "said", "figure.period"];

/// The value with the offset of each time: readers see it. What is no date is reported where the field is compared.
fn with_offset(table: &TomlTable<'_>, value: Spanned<Box<str>>, config: &Config) -> Spanned<Box<str>> {
    match When::parse(&value.value, &config.timezone) {
        Ok(when) => Spanned::new(when.to_string().into(), value.span),
        Err(error) => {
            if error.choices().is_some() {
                let message = format!("\"{}\" {error}", shown(&value.value));
                let help = error.help().into_owned();
                table.error(Code::CLOCK_CHANGE, value.span, message, "which of two times?", help);
            }
            value
        }
    }
}

fn report_second(table: &TomlTable<'_>, id: &Spanned<Id>, first: Span) {
    let message = format!("two corrections have the id \"{}\"", shown(id.value.as_str()));
    let diagnostic = Diagnostic::error(Code::DUPLICATE_CORRECTION, message)
        .at(table.place(id.span))
        .label("the second")
        .also(table.place(first), "the first");
    table.report(diagnostic.help("give one of them another id"));
}
