//! Guards: what may put people in danger stops the build, unless a person wrote down why not.
//!
//! Owns the guards, and which exception lifts which. An exception is written in the file, or in
//! site.toml for all files, with a reason and a last day; it holds for what is published until
//! then, so that an archive builds for ever. Reads no clock.
//!
//! Invariant: every exception is reported, whether it lifts a guard or none.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::diagnostics::Diagnostics;
use super::indices::{BriefingIx, ClaimIx};
use super::linked::Content;
use super::parts::{LinkedBriefing, Original};
use super::terms::neighbourhoods::Neighbourhood;
use super::terms::sources::Source;
use crate::config::Exception;
use crate::diag::{Code, Diagnostic, Place, Spanned, did_you_mean};
use crate::model::{Claim, ClaimKind, Precision, SourceKind, SourceRecord};
use crate::paths::{Id, fold_name};
use crate::time::{Moment, Point, When, Zone};

/// Every guard that an exception can name, by the code of what it stops.
pub const GUARDS: [Code; 4] =
    [Code::UNPROTECTED_RESIDENT, Code::PRECISE_POINT, Code::MILITARY_MOVEMENT, Code::INSTRUCTION_AS_ADVICE];

/// A movement is published only when it has been over for so long.
const HOURS_AFTER_MOVEMENT: i64 = 12;

/// Reports what the guards stop, and the exceptions.
pub fn check(site: &Content, diagnostics: &mut Diagnostics<'_>) {
    let mut guards = Guards::new(site, diagnostics);
    guards.residents();
    site.briefings.indices().for_each(|ix| guards.instructions(ix));
    site.briefings.indices().for_each(|ix| guards.claims(ix));
    guards.tell_exceptions();
}

/// Reports what the guards stop in one briefing, and the residents that it may name. Returns the exceptions
/// that lift a guard there, and those that ended before, and reports none of them.
pub(super) fn check_briefing(
    site: &Content,
    ix: BriefingIx,
    diagnostics: &mut Diagnostics<'_>,
) -> [BTreeSet<Key>; 2] {
    let mut guards = Guards::new(site, diagnostics);
    guards.residents();
    guards.instructions(ix);
    guards.claims(ix);
    [guards.used, guards.ended]
}

struct Guards<'s, 'n, 'a> {
    site: &'s Content,
    diagnostics: &'n mut Diagnostics<'a>,
    /// The exceptions that lifted a guard, by file, line and column.
    used: BTreeSet<Key>,
    /// Those that ended before the day of publication. The guard reports them.
    ended: BTreeSet<Key>,
}

/// The place of an exception: file, line and column.
pub(super) type Key = (String, u32, u32);

fn key(place: &Place) -> Key {
    (place.file.clone(), place.line, place.column)
}

impl<'s, 'n, 'a> Guards<'s, 'n, 'a> {
    fn new(site: &'s Content, diagnostics: &'n mut Diagnostics<'a>) -> Self {
        Self { site, diagnostics, used: BTreeSet::new(), ended: BTreeSet::new() }
    }

    /// `Ok` if an exception in one of these files, or in site.toml, lifts the guard on the day of publication.
    /// Otherwise the last day of an exception that has expired, if any.
    fn lifted(&mut self, guard: Code, files: &[&[Exception]], published: Date) -> Result<(), Option<Date>> {
        let of_guard = |exception: &&Exception| *exception.guard.value == *guard.name();
        let all = || files.iter().copied().flatten().chain(&self.site.config.allow).filter(of_guard);
        match all().find(|exception| published <= exception.until) {
            Some(exception) => {
                self.used.insert(key(&exception.place));
                Ok(())
            }
            None => {
                self.ended.extend(all().map(|exception| key(&exception.place)));
                Err(all().map(|exception| exception.until).max())
            }
        }
    }

    fn stop(&mut self, stopped: Diagnostic, guard: Code, ended: Option<Date>, remedy: &str) {
        let exception = match ended {
            Some(day) => format!("the exception to this guard ended on {day}"),
            None => format!(
                "if you know that it harms no one, write the reason: allow = [{{ guard = \"{guard}\", why = \"…\", until = … }}]"
            ),
        };
        self.diagnostics.push(stopped.help(remedy).help(exception));
    }

    /// Private persons are named.
    fn residents(&mut self) {
        for source in &self.site.sources {
            match &source.term.record {
                Some(record) if record.kind == Some(SourceKind::Resident) && !record.protected => {
                    self.resident(source, record);
                }
                _ => {}
            }
        }
    }

    fn resident(&mut self, source: &Source, record: &SourceRecord) {
        let zone = &self.site.config.timezone;
        let relayed = source.relayed.iter().map(|claim| claim.briefing);
        let repeated = source.relayed.iter().flat_map(|claim| self.site.repeats_of(*claim));
        let repeated = repeated.map(|(briefing, _)| *briefing);
        let named_by = source.term.briefings.iter().copied().chain(relayed).chain(repeated);
        let published =
            named_by.map(|ix| zone.day_of(self.site.briefings[ix].article.last_published())).max();
        let Err(ended) =
            self.lifted(Code::UNPROTECTED_RESIDENT, &[&record.allow], published.unwrap_or(Date::MIN))
        else {
            return;
        };
        let stopped = Diagnostic::error(Code::UNPROTECTED_RESIDENT, "a resident is named in public")
            .at(self.diagnostics.place(&record.file, record.id_span))
            .label("gets a page of its own");
        let remedy =
            "write protected = true, and a `label` that readers may see, as \"a resident of the east\"";
        self.stop(stopped, Code::UNPROTECTED_RESIDENT, ended, remedy);
    }

    /// The claims on the page of a briefing: its own, and those that it repeats.
    fn claims(&mut self, ix: BriefingIx) {
        let site = self.site;
        for (id, claim) in shown_claims(site, ix) {
            let shown = ShownClaim { id, claim, in_briefing: ix };
            match site.claim(claim).topic.as_deref() {
                Some("health" | "shelter") => self.point(&shown),
                Some("movement") => self.movement(&shown),
                _ => {}
            }
        }
    }

    /// As [`Guards::lifted`], by an exception of the briefing that shows a claim, or of the one that states it.
    fn lifted_for(&mut self, guard: Code, shown: &ShownClaim<'_>) -> Result<(), Option<Date>> {
        let briefings = &self.site.briefings;
        let article = &briefings[shown.in_briefing].article;
        let day = self.site.config.timezone.day_of(article.last_published());
        self.lifted(guard, &[&article.allow, &briefings[shown.claim.briefing].article.allow], day)
    }

    fn place_of(&self, shown: &ShownClaim<'_>) -> Place {
        self.diagnostics.place(&self.site.briefings[shown.in_briefing].article.file, shown.id.span)
    }

    /// Where the sick are treated and people shelter is shown on the map.
    fn point(&mut self, shown: &ShownClaim<'_>) {
        let places = self.site.linked_claim(shown.claim).neighbourhoods.iter();
        let Some(place) = places.map(|ix| &self.site.neighbourhoods[*ix]).find(|place| is_fine(place)) else {
            return;
        };
        let Err(ended) = self.lifted_for(Code::PRECISE_POINT, shown) else { return };
        let topic = self.site.claim(shown.claim).topic.as_deref().unwrap_or_default();
        let message = format!(
            "a claim about {topic} is at \"{}\", whose point is finer than a neighbourhood",
            place.term.name
        );
        let mut stopped = Diagnostic::error(Code::PRECISE_POINT, message)
            .at(self.place_of(shown))
            .label("would be on the map");
        if let Some(record) = &place.term.record {
            stopped = stopped.also(self.diagnostics.place(&record.file, record.id_span), "has the point");
        }
        let remedy = "name a larger place, or make its point coarser: precision = \"neighbourhood\"";
        self.stop(stopped, Code::PRECISE_POINT, ended, remedy);
    }

    /// A report of people on the move, now or recently, can lead others to them.
    fn movement(&mut self, shown: &ShownClaim<'_>) {
        if self.site.as_of.is_some() {
            // In a site as it was known earlier, every movement is over.
            return;
        }
        let claim = self.site.claim(shown.claim);
        let may_have_happened =
            matches!(claim.kind, None | Some(ClaimKind::Event | ClaimKind::Allegation | ClaimKind::Rumour));
        let published = self.site.briefings[shown.in_briefing].article.last_published();
        let hours = hours_since(claim.happened.as_ref(), published, &self.site.config.timezone);
        if !may_have_happened || hours.is_some_and(|hours| hours >= HOURS_AFTER_MOVEMENT) {
            return;
        }
        let Err(ended) = self.lifted_for(Code::MILITARY_MOVEMENT, shown) else { return };
        let message = if claim.happened.is_some() {
            format!("a movement is published less than {HOURS_AFTER_MOVEMENT} hours after it ends")
        } else {
            "a movement is published that may not be over: it has no `happened`".to_owned()
        };
        let stopped = Diagnostic::error(Code::MILITARY_MOVEMENT, message)
            .at(self.place_of(shown))
            .label("could help others find those who move");
        let remedy =
            "wait, with embargo_until, or leave it out; a day ends at midnight in the site's time zone";
        self.stop(stopped, Code::MILITARY_MOVEMENT, ended, remedy);
    }

    /// An instruction of a party is in the title or the summary, where readers take it for advice.
    fn instructions(&mut self, ix: BriefingIx) {
        let site = self.site;
        let article = &site.briefings[ix].article;
        for id in repeated_instructions(site, ix) {
            let day = site.config.timezone.day_of(article.last_published());
            let Err(ended) = self.lifted(Code::INSTRUCTION_AS_ADVICE, &[&article.allow], day) else {
                continue;
            };
            let message = "the title or the summary repeats an instruction, and would be read as advice";
            let stopped = Diagnostic::error(Code::INSTRUCTION_AS_ADVICE, message)
                .at(self.diagnostics.place(&article.file, id.span))
                .label("this instruction");
            let remedy = "say in the title and the summary that it was given, and by whom; the words stay in the claim";
            self.stop(stopped, Code::INSTRUCTION_AS_ADVICE, ended, remedy);
        }
    }

    fn tell_exceptions(&mut self) {
        let of_briefings = self.site.briefings.iter().flat_map(|briefing| &briefing.article.allow);
        let records = self.site.sources.iter().filter_map(|source| source.term.record.as_ref());
        let of_sources = records.flat_map(|record| &record.allow);
        for exception in self.site.config.allow.iter().chain(of_briefings).chain(of_sources) {
            let place = key(&exception.place);
            let may_be_idle = self.site.as_of.is_none() && !self.ended.contains(&place);
            if self.used.contains(&place) || may_be_idle {
                self.diagnostics.push(tell(exception, self.used.contains(&place)));
            }
        }
    }
}

/// A claim on the page of a briefing that states or repeats it.
struct ShownClaim<'s> {
    /// In that briefing.
    id: &'s Spanned<Id>,
    claim: ClaimIx,
    in_briefing: BriefingIx,
}

/// The claims on the page of a briefing, each with its id there: its own, then those that it repeats.
fn shown_claims(site: &Content, ix: BriefingIx) -> impl Iterator<Item = (&Spanned<Id>, ClaimIx)> {
    let shown = &*site.briefings[ix];
    let own = site.claims_of(ix).map(|claim| (&site.claim(claim).id, claim));
    let repeats = shown.article.repeats.iter().zip(&shown.repeats);
    let repeats = repeats.filter_map(|(repeat, original)| match original {
        Some(Original::Claim(claim)) => Some((&repeat.id, *claim)),
        _ => None,
    });
    own.chain(repeats)
}

/// The ids of the instructions on the page of a briefing whose words its title or summary has, in whatever language.
pub(super) fn repeated_instructions(site: &Content, ix: BriefingIx) -> impl Iterator<Item = &Spanned<Id>> {
    let instructions = shown_claims(site, ix).filter(move |(_, shown)| {
        let claim = site.claim(*shown);
        let stated = &site.briefings[shown.briefing];
        claim.kind == Some(ClaimKind::Instruction) && has_words_of(&site.briefings[ix], claim, stated)
    });
    instructions.map(|(id, _)| id)
}

/// The title or the summary of a briefing has the words of a claim that another briefing, or it itself, states.
fn has_words_of(shown: &LinkedBriefing, claim: &Claim, stated: &LinkedBriefing) -> bool {
    let article = &shown.article;
    let own = [article.title.as_ref(), article.summary.as_deref().unwrap_or(&article.body.lead)];
    holds(&own, &claim.text)
        || shown.translations.iter().any(|(language, translation)| {
            let texts = stated.translations.get(language);
            let text = texts.and_then(|translation| translation.claim_text.get(&claim.id.value));
            let title = translation.title.as_deref().unwrap_or_default();
            let summary = translation.summary.as_deref().unwrap_or(&translation.body.lead);
            text.is_some_and(|text| holds(&[title, summary], text))
        })
}

fn tell(exception: &Exception, is_used: bool) -> Diagnostic {
    let guard = exception.guard.value.as_ref();
    let known = GUARDS.map(Code::name);
    if !known.contains(&guard) {
        let help = match did_you_mean(guard, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("the guards are {}", known.join(", ")),
        };
        return Diagnostic::error(Code::UNKNOWN_GUARD, format!("there is no guard \"{guard}\""))
            .at(exception.place.clone())
            .label("lifts nothing")
            .help(help);
    }
    if is_used {
        let message = format!("the guard \"{guard}\" is lifted until {}: {}", exception.until, exception.why);
        return Diagnostic::note(Code::EXCEPTION, message).at(exception.place.clone());
    }
    Diagnostic::warning(Code::UNUSED_EXCEPTION, format!("nothing needs this exception to \"{guard}\""))
        .at(exception.place.clone())
        .label("lifts nothing")
        .help("remove it, so that the guard applies to later reports")
}

fn is_fine(place: &Neighbourhood) -> bool {
    let point = place.term.record.as_ref().and_then(|record| record.point);
    point.is_some_and(|point| point.precision < Precision::Neighbourhood)
}

/// Whole hours from the end of what happened, negative before it. `None` where no end is known: it
/// may go on.
fn hours_since(happened: Option<&When>, published: Moment, zone: &Zone) -> Option<i64> {
    let end = match happened?.finish()?.point {
        Point::Moment(moment) => moment,
        day => zone.start_of(day.last_day(zone).tomorrow().ok()?)?,
    };
    Some(published.at.as_second().saturating_sub(end.at.as_second()).div_euclid(3600))
}

/// One of the texts holds the instruction word for word, whatever its case and punctuation.
fn holds(texts: &[&str], instruction: &str) -> bool {
    let wanted = fold_name(instruction);
    let is_in = |text: &&str| format!("-{}-", fold_name(text)).contains(&format!("-{wanted}-"));
    !wanted.is_empty() && texts.iter().any(is_in)
}
