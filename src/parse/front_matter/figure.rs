//! The figure of a claim: a count with its range.

use super::claim::ClaimIds;
use super::common::line;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::Figure;
use crate::paths::Id;
use crate::toml::Reader;

/// `own` is the id of the claim that the figure belongs to.
pub(super) fn read(reader: &mut Reader<'_>, own: &Spanned<Id>, ids: &ClaimIds) -> Option<Figure> {
    let measure = reader.required_line("measure");
    let said = reader.line("said");
    let range = ["min", "best", "max"].map(|key| reader.number(key, 0.0..=f64::MAX));
    let has_count = ["said", "min", "best", "max"].iter().any(|key| reader.has(key));
    if !has_count {
        reader.missing(
            "said",
            ", `min`, `best` or `max`",
            "write what was said, as in said = \"at least six\", or min = 6",
        );
    }
    check_order(reader, &range);
    let [min, best, max] = range.map(|number| number.map(|number| number.value));
    let figure = Figure {
        measure: measure.clone().map(|measure| measure.value).unwrap_or_default(),
        said: said.map(|said| said.value),
        min,
        best,
        max,
        vague: reader.flag("vague", false),
        rounded: reader.flag("rounded", false),
        who: line(reader, "who"),
        period: reader.when("period").map(|period| period.value),
        cumulative: reader.flag("cumulative", false),
        part_of: ids.refer(reader, "part_of").filter(|whole| is_other(reader, whole, own)),
    };
    (measure.is_some() && has_count).then_some(figure)
}

fn check_order(reader: &Reader<'_>, range: &[Option<Spanned<f64>>; 3]) {
    let names = ["min", "best", "max"];
    let given: Vec<_> =
        names.iter().zip(range).filter_map(|(name, number)| Some((name, number.as_ref()?))).collect();
    for pair in given.windows(2) {
        let [(low, lower), (high, higher)] = pair else { continue };
        if lower.value > higher.value {
            let diagnostic = Diagnostic::error(Code::BAD_ORDER, format!("`{high}` is smaller than `{low}`"))
                .at(reader.place(higher.span))
                .label("too small")
                .also(reader.place(lower.span), "larger");
            reader.tell(diagnostic.help("min, best and max must rise"));
        }
    }
}

fn is_other(reader: &Reader<'_>, whole: &Spanned<Id>, own: &Spanned<Id>) -> bool {
    let is_other = whole.value != own.value;
    if !is_other {
        let message = "a figure cannot be a part of itself".to_owned();
        reader.error(
            Code::UNKNOWN_CLAIM,
            whole.span,
            message,
            "this very claim",
            "name another claim, or remove it".to_owned(),
        );
    }
    is_other
}
