//! A report of people on the move, now or recently, can lead others to them.

use super::guard_check::{GuardCheck, ShownClaim};
use super::movement_words;
use super::quiet_period::{HOURS_AFTER_MOVEMENT, over_for_long_at};
use crate::config::TopicGuard;
use crate::diag::{Code, Diagnostic};

/// Stops a claim about movement that may not be over, whatever its kind. Warns of one whose words speak of
/// movement and whose topic does not.
pub fn check(guards: &mut GuardCheck<'_, '_, '_>, shown: &ShownClaim<'_>) {
    let topic = shown.claim.topic.as_deref();
    let topics = &guards.site.config.topic_guards;
    if topic.is_some_and(|topic| topics.has(topic, TopicGuard::MilitaryMovement)) {
        check_movement(guards, shown);
    } else if !shown.is_repeat() {
        check_words(guards, shown);
    }
}

/// Readers see the claim when it is published, and never later than now: a date that is still to come must not
/// make a movement older than it is.
fn is_over(guards: &GuardCheck<'_, '_, '_>, shown: &ShownClaim<'_>) -> bool {
    let site = guards.site;
    let published = site.briefings[shown.in_briefing].article.last_published().min(site.options.now);
    let happened = shown.claim.happened.as_ref();
    let over = happened.and_then(|happened| over_for_long_at(happened, &site.config.timezone));
    over.is_some_and(|over| over <= published)
}

fn check_movement(guards: &mut GuardCheck<'_, '_, '_>, shown: &ShownClaim<'_>) {
    if is_over(guards, shown) {
        return;
    }
    let Err(ended) = guards.lifted_for(Code::MILITARY_MOVEMENT, shown) else { return };
    let happened = shown.claim.happened.as_ref();
    let message = match happened.map(|happened| happened.finish()) {
        Some(Some(end)) if end.approximate || end.uncertain => {
            "a movement is published that may not be over: its end is not exact".to_owned()
        }
        Some(Some(_)) => {
            format!("a movement is published less than {HOURS_AFTER_MOVEMENT} hours after it ends")
        }
        Some(None) => "a movement is published that may not be over: `happened` has no end".to_owned(),
        None => "a movement is published that may not be over: it has no `happened`".to_owned(),
    };
    let stopped = Diagnostic::error(Code::MILITARY_MOVEMENT, message)
        .at(guards.place_of(shown))
        .label("could help others find those who move");
    let remedy = "wait, with embargo_until, or leave it out; a day ends at midnight in the site's time zone";
    guards.report(stopped, ended, remedy);
}

fn check_words(guards: &mut GuardCheck<'_, '_, '_>, shown: &ShownClaim<'_>) {
    let site = guards.site;
    let translations = site.briefings[shown.in_briefing].translations.values();
    let translated = translations.filter_map(|translation| translation.claim_text.get(&shown.claim.id.value));
    let mut texts = std::iter::once(&*shown.claim.text).chain(translated);
    let Some(words) = texts.find_map(movement_words::find) else { return };
    if is_over(guards, shown) {
        return;
    }
    let Err(ended) = guards.lifted_for(Code::UNMARKED_MOVEMENT, shown) else { return };
    let message = format!("this claim speaks of \"{words}\", and no guard of movements looks at it");
    let found = Diagnostic::warning(Code::UNMARKED_MOVEMENT, message)
        .at(guards.place_of(shown))
        .label("could help others find those who move");
    let remedy = "if somebody moves, even a convoy of aid, write topic = \"movement\", and `happened`; the guard then stops it until it has been over for 12 hours";
    guards.report(found, ended, remedy);
}
