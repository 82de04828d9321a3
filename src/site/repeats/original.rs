//! The claim that a repeat means, and what is wrong if there is none.

use std::collections::{BTreeSet, HashMap};

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{Briefing, ClaimName, Repeat};
use crate::paths::Id;
use crate::site::diagnostics::Diagnostics;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, ClaimIx, StubIx};
use crate::site::parts::{Briefings, Original, Stub};
use crate::site::published::Sorted;

/// The briefings that some repeats name.
pub(super) struct Originals<'a> {
    named: HashMap<Id, Named, ahash::RandomState>,
    /// For messages; `None` if any message has the whole site linked again.
    sorted: Option<&'a Sorted>,
}

#[derive(Clone, Copy)]
enum Named {
    Briefing(BriefingIx),
    Stub(StubIx),
}

/// What is wrong with a repeat, and the remedy.
struct BadRepeat {
    code: Code,
    message: String,
    help: String,
}

impl BadRepeat {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}

impl<'a> Originals<'a> {
    /// Looks up what the repeats of these briefings name.
    pub(super) fn of(
        of: &[BriefingIx],
        briefings: &Briefings,
        stubs: &IndexVec<StubIx, Stub>,
        sorted: Option<&'a Sorted>,
    ) -> Self {
        let repeats = of.iter().flat_map(|ix| &briefings[*ix].article.repeats);
        let wanted: BTreeSet<&Id> = repeats.map(|repeat| &repeat.original.value.briefing).collect();
        let mut named = HashMap::default();
        if !wanted.is_empty() {
            let stubs = stubs.enumerated().map(|(ix, stub)| (&stub.article.id, Named::Stub(ix)));
            let shown =
                briefings.enumerated().map(|(ix, briefing)| (&briefing.article.id, Named::Briefing(ix)));
            let all = stubs.chain(shown).filter(|(id, _)| wanted.contains(id));
            named.extend(all.map(|(id, found)| (id.clone(), found)));
        }
        Self { named, sorted }
    }

    /// The original of each repeat of these briefings; `None` if there is none, which is reported.
    pub(super) fn of_all(
        &self,
        of: &[BriefingIx],
        briefings: &Briefings,
        diagnostics: &mut Diagnostics<'_>,
    ) -> Vec<Vec<Option<Original>>> {
        let originals = |ix: &BriefingIx| {
            let repeats = briefings[*ix].article.repeats.iter();
            repeats.map(|repeat| self.original_or_report(*ix, repeat, briefings, diagnostics)).collect()
        };
        of.iter().map(originals).collect()
    }

    fn original_or_report(
        &self,
        ix: BriefingIx,
        repeat: &Repeat,
        briefings: &Briefings,
        diagnostics: &mut Diagnostics<'_>,
    ) -> Option<Original> {
        let found = self.original(ix, repeat, briefings);
        let is_broken = |name: &ClaimName| diagnostics.has_broken_briefing(name.briefing.as_str());
        if let Err(bad) = &found
            && !chain(&repeat.original.value, briefings).iter().any(is_broken)
        {
            report(&briefings[ix].article, repeat, bad, diagnostics);
        }
        found.ok()
    }

    fn original(
        &self,
        ix: BriefingIx,
        repeat: &Repeat,
        briefings: &Briefings,
    ) -> Result<Original, BadRepeat> {
        let name = &repeat.original.value;
        let own = &briefings[ix].article;
        match self.named.get(&name.briefing) {
            Some(Named::Briefing(named)) if *named == ix => Err(own_claim(repeat)),
            Some(Named::Briefing(other)) => claim(*other, name, own, briefings),
            Some(Named::Stub(stub)) => Ok(Original::Gone(*stub)),
            None => Err(self.no_briefing(name, own, briefings)),
        }
    }

    fn no_briefing(&self, name: &ClaimName, own: &Briefing, briefings: &Briefings) -> BadRepeat {
        if let Some(why) = self.sorted.and_then(|sorted| sorted.hidden_ids.get(&name.briefing)) {
            let message = format!("the briefing \"{}\" is {why}", name.briefing);
            let help = "publish it first, or remove the repeat";
            return BadRepeat::new(Code::HIDDEN_TARGET, message, help);
        }
        let message = format!("there is no briefing \"{}\"", name.briefing);
        let help = elsewhere(name, own, briefings)
            .map(|near| format!("did you mean \"{near}\"?"))
            .unwrap_or_else(|| "the first part is the id of a briefing: its file's name".to_owned());
        BadRepeat::new(Code::UNKNOWN_CLAIM, message, help)
    }
}

/// The claim of another briefing. `own` is the briefing that repeats it.
fn claim(
    ix: BriefingIx,
    name: &ClaimName,
    own: &Briefing,
    briefings: &Briefings,
) -> Result<Original, BadRepeat> {
    let article = &briefings[ix].article;
    if let Some(position) = article.claims.iter().position(|claim| claim.id.value == name.claim) {
        if article.claims[position].has_own_id {
            return Ok(Original::Claim(ClaimIx::new(ix, position)));
        }
        let message = format!(
            "the claim {} of \"{}\" has no `id`, and its number can change",
            name.claim, name.briefing
        );
        let help = format!("give it an `id` in {}, and name that", article.file);
        return Err(BadRepeat::new(Code::UNKNOWN_CLAIM, message, help));
    }
    if article.repeats.iter().any(|repeat| repeat.id.value == name.claim) {
        return Err(repeat_of_repeat(name, briefings));
    }
    Err(no_claim(name, article, own, briefings))
}

/// Follows repeats of repeats to the claim with words of its own.
fn repeat_of_repeat(name: &ClaimName, briefings: &Briefings) -> BadRepeat {
    let message = format!("\"{name}\" repeats another claim itself");
    let chain = chain(name, briefings);
    let first = chain.last().expect("it has the name");
    let help = if next_in_chain(first, briefings).is_some() {
        "each of them repeats the next: write `text` and `source` in the briefing that stated it first"
            .to_owned()
    } else if stated_ids(first, briefings).any(|id| *id == first.claim) {
        format!("name the claim that was first: repeats = \"{first}\"")
    } else {
        format!(
            "there is no claim \"{first}\" either: first correct the claim that repeats it, then name what it names"
        )
    };
    BadRepeat::new(Code::BAD_REPEAT, message, help)
}

/// A name, and what it repeats, and so on, up to the claim that was first or, in a circle, to the last new name.
fn chain(name: &ClaimName, briefings: &Briefings) -> Vec<ClaimName> {
    let mut chain = vec![name.clone()];
    while let Some(next) = next_in_chain(&chain[chain.len() - 1], briefings) {
        if chain.contains(&next) {
            break;
        }
        chain.push(next);
    }
    chain
}

/// What a repeat in another briefing names; `None` for a claim with words of its own.
fn next_in_chain(name: &ClaimName, briefings: &Briefings) -> Option<ClaimName> {
    let briefing = briefings.iter().find(|briefing| briefing.article.id == name.briefing)?;
    let repeat = briefing.article.repeats.iter().find(|repeat| repeat.id.value == name.claim)?;
    Some(repeat.original.value.clone())
}

fn own_claim(repeat: &Repeat) -> BadRepeat {
    let name = &repeat.original.value;
    if name.claim == repeat.id.value {
        let help = "write `text` and `source`; or name the briefing that stated it first";
        return BadRepeat::new(Code::BAD_REPEAT, "this claim repeats itself", help);
    }
    let help = format!("remove it, and link to that claim in the text: [its words](claim:{})", name.claim);
    BadRepeat::new(Code::BAD_REPEAT, "this repeats a claim of its own briefing", help)
}

fn no_claim(name: &ClaimName, article: &Briefing, own: &Briefing, briefings: &Briefings) -> BadRepeat {
    let known: Vec<&str> = stated(article).map(Id::as_str).collect();
    let message = format!("\"{}\" has no claim \"{}\"", name.briefing, name.claim);
    // The fragment of a page begins so.
    let written = name.claim.as_str();
    let written = written.strip_prefix("claim-").unwrap_or(written);
    let renamed = article.renamed_claim(written).map(Id::as_str);
    let help = match renamed.or_else(|| did_you_mean(written, known.iter().copied())) {
        Some(near) => format!("did you mean \"{}/{near}\"?", name.briefing),
        None => match elsewhere(name, own, briefings) {
            Some(other) => format!("did you mean \"{other}\"?"),
            None if known.is_empty() => format!("give the claim that is meant an `id` in {}", article.file),
            None => format!("its claims with an id are {}", known.join(", ")),
        },
    };
    BadRepeat::new(Code::UNKNOWN_CLAIM, message, help)
}

/// The ids that a briefing gives claims with words of their own.
fn stated(article: &Briefing) -> impl Iterator<Item = &Id> {
    article.claims.iter().filter(|claim| claim.has_own_id).map(|claim| &claim.id.value)
}

/// As [`stated`], of the briefing in a name.
fn stated_ids<'b>(name: &ClaimName, briefings: &'b Briefings) -> impl Iterator<Item = &'b Id> {
    let briefing = briefings.iter().find(|briefing| briefing.article.id == name.briefing);
    briefing.into_iter().flat_map(|briefing| stated(&briefing.article))
}

/// A claim of this id in another briefing: of the nearest name, or else the newest.
fn elsewhere(name: &ClaimName, own: &Briefing, briefings: &Briefings) -> Option<ClaimName> {
    let others = briefings.iter().map(|briefing| &*briefing.article).filter(|article| article.id != own.id);
    let with_claim: Vec<&Id> = others
        .filter(|article| stated(article).any(|id| *id == name.claim))
        .map(|article| &article.id)
        .collect();
    let near = did_you_mean(name.briefing.as_str(), with_claim.iter().map(|id| id.as_str()));
    let briefing = with_claim.iter().find(|id| Some(id.as_str()) == near).or(with_claim.first())?;
    Some(ClaimName { briefing: (*briefing).clone(), claim: name.claim.clone() })
}

fn report(article: &Briefing, repeat: &Repeat, bad: &BadRepeat, diagnostics: &mut Diagnostics<'_>) {
    diagnostics.push(
        Diagnostic::error(bad.code, bad.message.clone())
            .at(diagnostics.place(&article.file, repeat.original.span))
            .label("repeats nothing")
            .help(bad.help.clone()),
    );
}
