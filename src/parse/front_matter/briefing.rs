//! The front matter of a briefing.

use super::claim::{self, ClaimIds};
use super::common::{Base, aliases, id_from_slug, names, source_names, text, texts, word};
use super::{Source, correction};
use crate::config::{Exception, read_exceptions};
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Briefing, BriefingKind, Extra, Name, Withdrawal};
use crate::paths::OutPath;
use crate::time::{Moment, Zone};
use crate::toml::Reader;

pub(super) fn read(reader: &mut Reader<'_>, source: Source<'_>) -> Option<Briefing> {
    let zone = &source.config.timezone;
    let title = reader.required_line("title");
    let dates = Dates::read(reader, zone);
    let id = id_from_slug(reader, &source);
    let plain = Plain::read(reader, zone);
    let ids = ClaimIds::peek(reader);
    let claims = claim::read_all(reader, source.config, &ids, dates.published());
    let corrections = correction::read_all(reader, zone, &ids);
    let base = Base { id, title, summary: plain.summary, aliases: plain.aliases, extra: plain.extra };
    Some(Briefing {
        base: base.with_body(source)?,
        date: dates.date?.value,
        updated: dates.updated,
        as_of: dates.as_of,
        kind: plain.kind,
        neighbourhoods: plain.neighbourhoods,
        sources: plain.sources,
        draft: plain.draft,
        embargo_until: dates.embargo_until,
        expires: dates.expires,
        withdrawn: plain.withdrawn,
        authors: plain.authors,
        next_due: dates.next_due,
        allow: plain.allow,
        not_known: plain.not_known,
        not_reached: plain.not_reached,
        withheld: plain.withheld,
        claims: claims.into(),
        corrections,
    })
}

/// The moments of a briefing, checked against each other.
struct Dates {
    date: Option<Spanned<Moment>>,
    updated: Option<Moment>,
    as_of: Option<Moment>,
    embargo_until: Option<Moment>,
    expires: Option<Moment>,
    next_due: Option<Moment>,
}

impl Dates {
    fn read(reader: &mut Reader<'_>, zone: &Zone) -> Self {
        let date = reader.required_moment("date", zone);
        let updated = reader.moment("updated", zone);
        let as_of = reader.moment("as_of", zone);
        let embargo_until = reader.moment("embargo_until", zone);
        let expires = reader.moment("expires", zone);
        let next_due = reader.moment("next_due", zone);
        if let Some(date) = &date {
            let later = [("updated", &updated), ("expires", &expires), ("next_due", &next_due)];
            for (key, moment) in later {
                check_not_before(reader, key, moment.as_ref(), date);
            }
            check_cut_off(reader, as_of.as_ref(), date, updated.as_ref(), zone);
        }
        let value = |moment: Option<Spanned<Moment>>| moment.map(|moment| moment.value);
        Self {
            updated: value(updated),
            as_of: value(as_of),
            embargo_until: value(embargo_until),
            expires: value(expires),
            next_due: value(next_due),
            date,
        }
    }

    /// When it reaches its readers last, so far as its own keys tell.
    fn published(&self) -> Option<Moment> {
        let later = [self.updated, self.embargo_until];
        self.date.as_ref().map(|date| later.into_iter().flatten().fold(date.value, Ord::max))
    }
}

fn check_not_before(
    reader: &Reader<'_>,
    key: &str,
    moment: Option<&Spanned<Moment>>,
    date: &Spanned<Moment>,
) {
    let Some(moment) = moment.filter(|moment| moment.value < date.value) else { return };
    let is_bare_day = !reader.written(moment.span).contains(':');
    let help = if is_bare_day {
        "a date without a time means 00:00 of that day: write the time too"
    } else {
        "correct one of the two"
    };
    let diagnostic = Diagnostic::error(Code::BAD_ORDER, format!("`{key}` is before `date`"))
        .at(reader.place(moment.span))
        .label("too early")
        .also(reader.place(date.span), "published here");
    reader.tell(diagnostic.help(help));
}

/// What a page knows cannot end after the day on which it was last written. Days, not moments,
/// are compared: a bare date stands for 00:00.
fn check_cut_off(
    reader: &Reader<'_>,
    as_of: Option<&Spanned<Moment>>,
    date: &Spanned<Moment>,
    updated: Option<&Spanned<Moment>>,
    zone: &Zone,
) {
    let written = updated.map_or(date.value, |updated| updated.value.max(date.value));
    let Some(as_of) = as_of.filter(|as_of| zone.day_of(as_of.value) > zone.day_of(written)) else { return };
    let diagnostic = Diagnostic::warning(Code::BAD_ORDER, "`as_of` is after the day of publication")
        .at(reader.place(as_of.span))
        .label("the cut-off: nothing later is in here");
    reader.tell(diagnostic.help("correct it, or set `updated`"));
}

/// The keys that stand for themselves.
struct Plain {
    summary: Option<Box<str>>,
    kind: Option<BriefingKind>,
    neighbourhoods: Vec<Name>,
    sources: Vec<Name>,
    draft: bool,
    withdrawn: Option<Withdrawal>,
    authors: Vec<Box<str>>,
    aliases: Vec<Spanned<OutPath>>,
    allow: Vec<Exception>,
    not_known: Vec<Box<str>>,
    not_reached: Vec<Box<str>>,
    withheld: Vec<Box<str>>,
    extra: Extra,
}

impl Plain {
    fn read(reader: &mut Reader<'_>, zone: &Zone) -> Self {
        Self {
            summary: text(reader, "summary"),
            kind: word(reader, "kind").map(|kind| kind.value),
            neighbourhoods: names(reader, "neighbourhoods"),
            sources: source_names(reader, "sources"),
            draft: reader.flag("draft", false),
            withdrawn: reader.table("withdrawn", "a withdrawal", |table| withdrawal(table, zone)).flatten(),
            authors: names(reader, "authors").into_iter().map(|name| name.value).collect(),
            aliases: aliases(reader),
            allow: read_exceptions(reader),
            not_known: texts(reader, "not_known"),
            not_reached: texts(reader, "not_reached"),
            withheld: texts(reader, "withheld"),
            extra: reader.free_table("extra"),
        }
    }
}

fn withdrawal(reader: &mut Reader<'_>, zone: &Zone) -> Option<Withdrawal> {
    let (at, why) = (reader.required_moment("at", zone), reader.required_text("why"));
    Some(Withdrawal { at: at?.value, why: why?.value })
}
