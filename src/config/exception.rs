//! Dated exceptions to guards, in site.toml and in front matter.

use jiff::civil::Date;

use crate::diag::{Place, Spanned};
use crate::toml::{ManyLines, OneLine, table};

/// A dated exception to a guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    pub guard: Spanned<Box<str>>,
    pub why: Box<str>,
    /// The last day of publication that it holds for.
    pub until: Date,
    /// Of `guard`.
    pub place: Place,
}

table! {
    /// A dated exception to a guard. A build lists every exception that it uses.
    pub(crate) ExceptionKeys, "an exception" {
        /// The code of the guard: `unprotected-resident`, `precise-point`, `military-movement`,
        /// `unmarked-movement`, `instruction-as-advice` or `tracked-secret`.
        required guard: Spanned<OneLine>, example "military-movement", seen "not shown";

        /// Why the exception does no harm.
        required why: ManyLines, example "The move was announced on the radio.", seen "not shown";

        /// The last day of publication that the exception holds for, at most 90 days after the publication.
        required until: Date, example "2016-10-09", seen "not shown";
    }
}

impl ExceptionKeys<'_> {
    /// That the guard exists is checked where the guards are known.
    pub(crate) fn exceptions(list: Vec<Self>) -> Vec<Exception> {
        list.into_iter().filter_map(Self::exception).collect()
    }

    fn exception(self) -> Option<Exception> {
        let guard = self.guard?;
        let place = self.table.place(guard.span);
        Some(Exception { guard, why: self.why?, until: self.until?, place })
    }
}
