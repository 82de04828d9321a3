//! The front matter of a briefing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::article_file::{Base, File};
use super::checked;
use super::claim::{ClaimContext, ClaimKeys, ClaimList};
use super::claim_ids::ClaimIds;
use super::correction::CorrectionKeys;
use super::include::{IncludeContext, IncludeKeys, IncludedRows};
use super::values::{Alias, SourceName};
use crate::config::ExceptionKeys;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Briefing, BriefingKind, StatedTime, Withdrawal};
use crate::paths::Id;
use crate::sources::TableFile;
use crate::time::{Moment, Zone};
use crate::toml::{FileKind, ManyLines, Once, OneLine, OneOf, TableKeys as _, TomlTable, table};

pub(super) const FILE: FileKind = FileKind {
    name: "briefing",
    title: "Briefing",
    path: "content/briefings/**/*.md",
    meaning: "An article about what happened. The name of the file is its id and its address.",
    example: r#"+++
title   = "Government side reaches the edge of al-Heluk"
date    = 2016-10-02T21:40:00+03:00
as_of   = 2016-10-02T21:00:00+03:00
kind    = "daily"
neighbourhoods = ["al-heluk"]

[[claims]]
id       = "heluk-edge"
text     = "Government-side forces reached the edge of al-Heluk."
source   = "sohr"
happened = "2016-10-02"
+++

The front line [moved](claim:heluk-edge) on Sunday.
"#,
    table: BriefingKeys::TABLE,
};

table! {
    /// Two keys are enough: `title` and `date`.
    pub(super) BriefingKeys, "a briefing" {
        /// The headline.
        required title: Spanned<OneLine>, example "Government side reaches the edge of al-Heluk",
            seen "on the briefing, and in every list";

        /// When the briefing is published.
        required date: Spanned<Moment>, example "2016-10-02T21:40:00+03:00",
            seen "on the briefing, in every list and on the page of that day";

        /// When the briefing was last changed.
        optional updated: Spanned<Moment>, example "2016-10-03T08:10:00+03:00", seen "on the briefing";

        /// The cut-off: nothing later is in the briefing.
        optional as_of: Spanned<Moment>, example "2016-10-02T21:00:00+03:00",
            seen "at the top of every page that shows the briefing";

        /// The briefing is not in the site before then.
        optional embargo_until: Spanned<Moment>, example "2016-10-02T21:30:00+03:00", seen "not shown";

        /// From then on, the page only says that the briefing has expired.
        optional expires: Spanned<Moment>, example "2016-12-31", seen "on the briefing";

        /// When readers should look for a newer version.
        optional next_due: Spanned<Moment>, example "2016-10-03T21:00:00+03:00",
            seen "at the top of every page that shows the briefing";

        /// Everything in the briefing was still so then: it was checked, and nothing had changed. It is no change:
        /// feeds and lists keep their order.
        optional checked: Spanned<Moment>, example "2016-10-03T18:00:00+03:00",
            seen "on the briefing and in feeds; on the pages of its neighbourhoods it ends “no report since”";

        /// The id of the briefing, and its address.
        optional slug: Spanned<Id>, example "heluk-edge", otherwise "the name of the file",
            seen "in the address of the page";

        /// One or two sentences.
        optional summary: ManyLines, example "The front line in the north moved by two streets.",
            seen "at the top of the briefing, in lists, feeds and search results";

        /// What kind of briefing it is.
        optional kind: OneOf<BriefingKind>, example "daily", seen "above the text, and in lists";

        /// Which places it is about: ids, names or spellings of neighbourhoods.
        list neighbourhoods: Once<Spanned<OneLine>>, example ["al-heluk", "Bustan al-Basha"],
            seen "on the briefing, and on the pages of the neighbourhoods";

        /// Sources in addition to those of the claims.
        list sources: Once<Spanned<SourceName>>, example ["sohr"],
            seen "on the briefing, and on the pages of the sources";

        /// The briefing is only in the site with `--drafts`.
        default draft: bool = false, example false, seen "“draft” above the text";

        /// The briefing was withdrawn: its page only says when and why.
        optional withdrawn: WithdrawalKeys<'d>, seen "on the briefing, on the corrections page and in feeds";

        /// Who wrote it.
        list authors: Once<OneLine>, example ["Aleppo desk"], seen "on the briefing, and in feeds";

        /// Earlier addresses of the page. Each redirects to it or, so that links to its claims stay right, shows it.
        list aliases: Once<Spanned<Alias>>, example ["old/path.html"], seen "at these addresses";

        /// Exceptions to guards, for this briefing.
        list allow: ExceptionKeys<'d>, seen "not shown; each build reports them";

        /// What is not known.
        list not_known: ManyLines, example ["How many of the dead were civilians"],
            seen "under “What this briefing does not say”";

        /// Who could not be reached.
        list not_reached: ManyLines, example ["opposition commanders"],
            seen "under “What this briefing does not say”";

        /// What is left out on purpose.
        list withheld: ManyLines, example ["names of residents"],
            seen "under “What this briefing does not say”";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";

        /// The statements that the briefing reports.
        list claims: ClaimKeys<'d>, seen "below the text, and on the pages of their sources, places, days and events";

        /// Tables next to the briefing, whose rows are claims too.
        list include: IncludeKeys<'d>, seen "below the claims that are written";

        /// What was changed after publication.
        list corrections: CorrectionKeys<'d>, seen "below the claims, and on the corrections page";
    }

    /// When and why a briefing was withdrawn.
    pub(super) WithdrawalKeys, "a withdrawal" {
        /// When.
        required at: Spanned<Moment>, example "2016-10-05T09:00:00+03:00", seen "on the page";

        /// Why.
        required why: ManyLines, example "It was about another street.", seen "on the page";
    }
}

/// What the tables of a briefing add to it.
struct TableRows<'r> {
    claims: Vec<ClaimKeys<'r>>,
    /// Their paths.
    tables: BTreeSet<Arc<str>>,
    /// False if some row could not be read.
    is_complete: bool,
}

/// How many neighbourhoods, and how many sources, a briefing may name.
const MOST_NAMES: usize = 300;

impl<'d> BriefingKeys<'d> {
    /// `found` gets the diagnostics of the tables that it includes.
    pub(super) fn into_briefing(
        mut self,
        file: File<'_>,
        tables: &[TableFile],
        found: &mut Vec<Diagnostic>,
    ) -> Option<Briefing> {
        let context = IncludeContext { tables, briefing: file.path, config: file.config };
        let includes = std::mem::take(&mut self.include);
        let count = includes.len();
        let included: Vec<IncludedRows<'_>> =
            includes.into_iter().filter_map(|include| include.into_rows(&context)).collect();
        let is_complete = included.len() == count && included.iter().all(|included| included.is_complete);
        let rows = TableRows {
            claims: included.iter().flat_map(|included| included.rows.read()).collect(),
            tables: included.iter().map(|included| Arc::clone(&included.file)).collect(),
            is_complete,
        };
        let briefing = self.with_rows(rows, file);
        found.extend(included.into_iter().flat_map(|included| included.rows.into_diagnostics()));
        briefing
    }

    fn with_rows(self, rows: TableRows<'_>, file: File<'_>) -> Option<Briefing> {
        let config = file.config;
        self.check_dates(&config.timezone);
        self.check_names(&rows.claims)?;
        let published = self.published();
        let stated = self.stated_times(&rows.claims, &config.timezone);
        let id = file.id_or_slug(&self.table, self.slug);
        let written = self.claims.iter().map(ClaimKeys::written_ids);
        let of_rows = rows.claims.iter().map(ClaimKeys::written_ids);
        let ids = ClaimIds::new(written.chain(of_rows), rows.is_complete && !self.table.is_broken());
        let date = self.date.as_ref().map(|date| date.value);
        let context = ClaimContext { ids: &ids, config, date, published };
        let mut list = ClaimList::default();
        list.add(self.claims, &context);
        list.add(rows.claims, &context);
        let ClaimList { claims, repeats, .. } = list;
        let corrections = CorrectionKeys::into_corrections(self.corrections, &ids, config);
        let allow = ExceptionKeys::exceptions(self.allow);
        let withdrawn = self.withdrawn.and_then(WithdrawalKeys::into_withdrawal);
        let base =
            Base { id, title: self.title, summary: self.summary, aliases: self.aliases, extra: self.extra };
        Some(Briefing {
            base: base.of(file)?,
            date: self.date?.value,
            updated: value(self.updated),
            as_of: value(self.as_of),
            kind: self.kind,
            neighbourhoods: self.neighbourhoods,
            sources: self.sources,
            draft: self.draft,
            embargo_until: value(self.embargo_until),
            expires: value(self.expires),
            withdrawn,
            authors: self.authors,
            next_due: value(self.next_due),
            checked: self.checked,
            allow,
            not_known: self.not_known,
            not_reached: self.not_reached,
            withheld: self.withheld,
            claims: claims.into(),
            tables: rows.tables,
            repeats: repeats.into(),
            unowned_numbers: Box::default(),
            corrections,
            stated,
        })
    }

    /// Every page of a place or source shows all that the briefing names, so that their number counts twice.
    fn check_names(&self, rows: &[ClaimKeys<'_>]) -> Option<()> {
        let (mut places, mut sources): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
        places.extend(self.neighbourhoods.iter().map(|name| &*name.value));
        sources.extend(self.sources.iter().map(|name| &*name.value));
        for claim in &self.claims {
            places.extend(claim.places());
            sources.extend(claim.sources());
        }
        for claim in rows {
            places.extend(claim.places());
            sources.extend(claim.sources());
        }
        let named = [places.len(), sources.len()];
        for (count, what) in named.into_iter().zip(["neighbourhoods", "sources"]) {
            if count > MOST_NAMES {
                let message = format!("the briefing names {count} {what}");
                let help = format!(
                    "{MOST_NAMES} are the most; split it, or name the larger ones that they belong to"
                );
                self.table.error(Code::TOO_MANY_NAMES, self.table.at(), message, "too many", help);
                return None;
            }
        }
        Some(())
    }

    /// When the briefing reaches its readers for the last time, as far as its own keys say.
    fn published(&self) -> Option<Moment> {
        let later = [&self.updated, &self.embargo_until].into_iter().flatten().map(|moment| moment.value);
        self.date.as_ref().map(|date| later.fold(date.value, Ord::max))
    }

    /// The dates that cannot be in the future.
    fn stated_times(&self, rows: &[ClaimKeys<'_>], zone: &Zone) -> Box<[StatedTime]> {
        let own = [("date", &self.date), ("updated", &self.updated), ("as_of", &self.as_of)];
        let own = own.into_iter().filter_map(|(key, at)| Some(StatedTime::new(key, at.as_ref()?)));
        let mut stated: Vec<StatedTime> = own.collect();
        let withdrawn = self.withdrawn.as_ref().and_then(|withdrawn| withdrawn.at.as_ref());
        stated.extend(withdrawn.map(|at| StatedTime::new("at", at)));
        self.claims.iter().for_each(|claim| claim.list_stated_times(zone, &mut stated));
        rows.iter().for_each(|claim| claim.list_stated_times(zone, &mut stated));
        let corrections = self.corrections.iter().filter_map(|correction| correction.at.as_ref());
        stated.extend(corrections.map(|at| StatedTime::new("at", at)));
        stated.into()
    }

    fn check_dates(&self, zone: &Zone) {
        let Some(date) = &self.date else { return };
        let later = [("updated", &self.updated), ("expires", &self.expires), ("next_due", &self.next_due)];
        for (key, moment) in later {
            if let Some(moment) = moment.as_ref().filter(|moment| moment.value < date.value) {
                report_before_date(&self.table, key, moment, date);
            }
        }
        if let Some(checked) = &self.checked {
            checked::check_order(&self.table, checked, "`date`", Some(date.value));
        }
        self.check_cut_off(date, zone);
    }

    /// What a page knows cannot end after the day on which it was last written. Compares days, not
    /// moments, because a bare date means 00:00.
    fn check_cut_off(&self, date: &Spanned<Moment>, zone: &Zone) {
        let Some(as_of) = &self.as_of else { return };
        let written = self.updated.as_ref().map_or(date.value, |updated| updated.value.max(date.value));
        if zone.day_of(as_of.value) <= zone.day_of(written) {
            return;
        }
        let diagnostic = Diagnostic::warning(Code::BAD_ORDER, "`as_of` is after the day of publication")
            .at(self.table.place(as_of.span))
            .label("the cut-off: nothing later is in here");
        self.table.report(diagnostic.help("correct it, or set `updated`"));
    }
}

impl WithdrawalKeys<'_> {
    fn into_withdrawal(self) -> Option<Withdrawal> {
        Some(Withdrawal { at: self.at?.value, why: self.why? })
    }
}

fn value(moment: Option<Spanned<Moment>>) -> Option<Moment> {
    moment.map(|moment| moment.value)
}

fn report_before_date(table: &TomlTable<'_>, key: &str, moment: &Spanned<Moment>, date: &Spanned<Moment>) {
    let diagnostic = Diagnostic::error(Code::BAD_ORDER, format!("`{key}` is before `date`"))
        .at(table.place(moment.span))
        .label("too early")
        .also(table.place(date.span), "published here");
    table.report(diagnostic.help(checked::order_remedy(table, moment.span)));
}

/// What to write instead of a key that other site generators have.
pub(super) fn key_of_other_programs(key: &str) -> Option<&'static str> {
    Some(match key {
        "description" | "excerpt" | "lead" => "did you mean `summary`?",
        "id" | "permalink" | "path" => "did you mean `slug`?",
        "lastmod" | "modified" | "last_updated" => "did you mean `updated`?",
        "published" | "pubDate" | "publishDate" => "did you mean `date`?",
        "expiryDate" => "did you mean `expires`?",
        "location" | "locations" | "place" | "places" => "did you mean `neighbourhoods`?",
        "tags" | "categories" | "keywords" => "remove it; a claim has a `topic`, and a briefing a `kind`",
        "layout" | "template" | "weight" => "remove it: nothing here depends on it",
        _ => return None,
    })
}
