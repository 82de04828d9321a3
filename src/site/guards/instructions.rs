//! An instruction of a party is not in a title, a summary or a heading, where readers take it for advice.

use std::fmt;

use super::guard_check::{GuardCheck, ShownClaim, shown_claims};
use super::instruction_index::{all_words, is_instruction, texts_of};
use super::paraphrase::{ComparedText, InstructionWords, Likeness};
use crate::diag::{Code, Diagnostic};
use crate::model::Body;
use crate::site::indices::{BriefingIx, ClaimIx};
use crate::site::linked::Content;
use crate::site::parts::LinkedBriefing;

/// Reports each instruction on the page of a briefing, and the first of another page, that a prominent text of the
/// briefing repeats.
pub fn check(guards: &mut GuardCheck<'_, '_, '_>, ix: BriefingIx) {
    let site = guards.site;
    if site.instructions.is_empty() && shown_instructions(site, ix).next().is_none() {
        return;
    }
    let texts = prominent_texts(&site.briefings[ix]);
    let mut has_own = false;
    for shown in shown_instructions(site, ix) {
        if let Some(text) = repeating_text(site, &texts, &shown) {
            has_own = true;
            report_own(guards, &shown, text);
        }
    }
    let others = texts.iter().find_map(|text| Some((text, site.instructions.repeated_by(&text.words, ix)?)));
    if let Some((text, repeated)) = others.filter(|_| !has_own) {
        report_other(guards, ix, text, repeated);
    }
}

fn shown_instructions(site: &Content, ix: BriefingIx) -> impl Iterator<Item = ShownClaim<'_>> {
    shown_claims(site, ix).filter(|shown| is_instruction(shown.claim))
}

/// A text that readers see first.
struct ProminentText<'b> {
    words: ComparedText,
    place: TextPlace<'b>,
}

struct TextPlace<'b> {
    name: &'static str,
    /// `None`: the language of the briefing.
    language: Option<&'b str>,
}

impl fmt::Display for TextPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        self.language.map_or(Ok(()), |language| write!(f, " in \"{language}\""))
    }
}

/// Titles, summaries or first paragraphs, and headings, in all languages of a briefing.
fn prominent_texts(briefing: &LinkedBriefing) -> Vec<ProminentText<'_>> {
    let article = &briefing.article;
    let mut texts = Vec::new();
    add_texts(&mut texts, None, Some(&article.title), article.summary.as_deref(), &article.body);
    for (language, translation) in &briefing.translations {
        let (title, summary) = (translation.title.as_deref(), translation.summary.as_deref());
        add_texts(&mut texts, Some(language.as_str()), title, summary, &translation.body);
    }
    texts
}

fn add_texts<'b>(
    texts: &mut Vec<ProminentText<'b>>,
    language: Option<&'b str>,
    title: Option<&'b str>,
    summary: Option<&'b str>,
    body: &'b Body,
) {
    let headings = body.headings.iter().map(|heading| ("a heading", &*heading.text));
    let all = title.map(|title| ("the title", title)).into_iter();
    let all = all.chain(summary.map(|summary| ("the summary", summary)));
    let all = all.chain(std::iter::once(("the first paragraph", &*body.lead))).chain(headings);
    texts.extend(all.map(|(name, text)| ProminentText {
        words: ComparedText::new(text),
        place: TextPlace { name, language },
    }));
}

fn repeating_text<'t, 'b>(
    site: &Content,
    texts: &'t [ProminentText<'b>],
    shown: &ShownClaim<'_>,
) -> Option<&'t ProminentText<'b>> {
    let stated_in = &site.briefings[shown.ix.briefing];
    let words: Vec<InstructionWords> = all_words(stated_in, shown.claim).collect();
    texts.iter().find(|text| {
        words.iter().any(|words| words.is_in(&text.words, Likeness::SamePage))
            || texts_of(stated_in, shown.claim).any(|instruction| text.words.holds(instruction))
    })
}

const REMEDY: &str = "say there that an instruction was given, and by whom; its words stay in the claim, which names its source";

fn report_own(guards: &mut GuardCheck<'_, '_, '_>, shown: &ShownClaim<'_>, text: &ProminentText<'_>) {
    let Err(ended) = guards.lifted_in(Code::INSTRUCTION_AS_ADVICE, shown.in_briefing, &[]) else { return };
    let message = format!("{} repeats an instruction, and would be read as advice", text.place);
    let stopped = Diagnostic::error(Code::INSTRUCTION_AS_ADVICE, message)
        .at(guards.place_of(shown))
        .label("this instruction");
    guards.report(stopped, ended, REMEDY);
}

fn report_other(
    guards: &mut GuardCheck<'_, '_, '_>,
    ix: BriefingIx,
    text: &ProminentText<'_>,
    repeated: ClaimIx,
) {
    let Err(ended) = guards.lifted_in(Code::INSTRUCTION_AS_ADVICE, ix, &[]) else { return };
    let site = guards.site;
    let article = &site.briefings[ix].article;
    let message =
        format!("{} repeats an instruction of another briefing, and would be read as advice", text.place);
    let instruction = guards
        .diagnostics
        .place(&site.briefings[repeated.briefing].article.file, site.claim(repeated).id.span);
    let stopped = Diagnostic::error(Code::INSTRUCTION_AS_ADVICE, message)
        .at(guards.diagnostics.place(&article.file, article.title_span))
        .label("the briefing that repeats it")
        .also(instruction, "the instruction");
    guards.report(stopped, ended, REMEDY);
}
