//! The figure of a claim: a count with its range.

use super::claim_ids::ClaimIds;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::Figure;
use crate::paths::Id;
use crate::time::When;
use crate::toml::{Number, OneLine, TomlTable, table};

table! {
    /// A count: what was counted, how many, who counted it and when. Figures of different sources
    /// are never added up. At least one of `said`, `min`, `best` and `max` is needed.
    pub(super) FigureKeys, "a figure" {
        /// What is counted. Figures of the same measure are compared on the figures page.
        required measure: OneLine, example "killed", seen "in the figure, and as a heading of the figures page";

        /// The words of the source.
        optional said: OneLine, example "at least six", seen "in the figure";

        /// The source's best estimate.
        optional best: Spanned<Number<0>>, example 7, seen "in the figure, and as a mark on its bar";

        /// The lowest number that it can mean.
        optional min: Spanned<Number<0>>, example 6, seen "in the figure, and as the left end of its bar";

        /// The highest number that it can mean.
        optional max: Spanned<Number<0>>, example 8, seen "in the figure, and as the right end of its bar";

        /// The number is not exact, as in "dozens".
        default vague: bool = false, example false, seen "“not exact” next to the figure";

        /// The number is rounded.
        default rounded: bool = false, example false, seen "“rounded” next to the figure";

        /// Who was counted.
        optional who: OneLine, example "civilians", seen "in the figure";

        /// The time that the count covers.
        optional period: When, example "2016-10-01/2016-10-02", seen "in the figure";

        /// The count includes all earlier ones of the source.
        default cumulative: bool = false, example false, seen "“running total” next to the figure";

        /// The id of the claim of the same briefing whose figure includes this one.
        optional part_of: Spanned<OneLine>, example "all-dead",
            seen "on the figures page, where parts are below their whole";
    }
}

impl FigureKeys<'_> {
    /// `own` is the id of the claim that the figure belongs to.
    pub(super) fn into_figure(self, own: &Id, ids: &ClaimIds) -> Option<Figure> {
        let table = self.table;
        let has_count = ["said", "min", "best", "max"].iter().any(|key| table.has(key));
        if !has_count {
            let help = "write what was said, as in said = \"at least six\", or min = 6";
            table.missing("said", ", `min`, `best` or `max`", help);
        }
        check_order(&table, [("min", &self.min), ("best", &self.best), ("max", &self.max)]);
        let part_of = ids.named(&table, "part_of", self.part_of).filter(|whole| is_other(&table, whole, own));
        let figure = Figure {
            measure: self.measure?,
            said: self.said,
            min: self.min.map(|min| min.value),
            best: self.best.map(|best| best.value),
            max: self.max.map(|max| max.value),
            vague: self.vague,
            rounded: self.rounded,
            who: self.who,
            period: self.period,
            cumulative: self.cumulative,
            part_of,
        };
        has_count.then_some(figure)
    }
}

/// Reports every number that is smaller than the one before it.
fn check_order(table: &TomlTable<'_>, range: [(&str, &Option<Spanned<f64>>); 3]) {
    let given: Vec<_> = range.into_iter().filter_map(|(key, number)| Some((key, number.as_ref()?))).collect();
    for pair in given.windows(2) {
        let [(low, lower), (high, higher)] = pair else { continue };
        if lower.value > higher.value {
            let message = format!("`{high}` is smaller than `{low}`");
            let diagnostic = Diagnostic::error(Code::BAD_ORDER, message)
                .at(table.place(higher.span))
                .label("too small")
                .also(table.place(lower.span), "larger");
            table.report(diagnostic.help("min, best and max must rise"));
        }
    }
}

fn is_other(table: &TomlTable<'_>, whole: &Spanned<Id>, own: &Id) -> bool {
    if whole.value != *own {
        return true;
    }
    let message = "a figure cannot contain itself";
    let help = "name another claim, or remove it";
    table.error(Code::UNKNOWN_CLAIM, whole.span, message, "this very claim", help);
    false
}
