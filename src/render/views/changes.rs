//! Changes of the site.

use super::claims::CorrectionView;
use super::frame::{LinkView, TimeView};
use super::items::{Labelled, TermLink};
use super::value::{Shared, views};

views! {
    ChangeView {
        /// `claim briefing update corrected expired status-rose status-fell status-contested status-changed
        /// heard-again`
        kind: Labelled,
        at: TimeView,
        /// The claim, briefing, event or place that changed.
        what: LinkView,
        /// The language of its text; empty if it is the page's.
        lang: String,
        /// The briefing of a claim, unless the claim above came with it; that in which a place was heard from again.
        briefing: Option<LinkView>,
        /// The language of its title; empty if it is the page's.
        briefing_lang: String,
        /// The claim came with its briefing, and was not added later.
        with_briefing: bool,
        /// It is of a draft.
        draft: bool,
        /// Who made the claim; none for other changes.
        source: Option<Shared<TermLink>>,
        /// What kind of claim it is, as a rumour; none for other changes.
        claim_kind: Option<Shared<Labelled>>,
        /// The status of the claim now, or that of an event after the change.
        status: Option<Shared<Labelled>>,
        /// The status of an event before the change.
        was: Option<Shared<Labelled>>,
        /// The claim that changed the status of an event.
        by: Option<LinkView>,
        /// The language of `by`; empty if it is the page's.
        by_lang: String,
        /// When something about a place was added before, if it was heard from again.
        last: Option<TimeView>,
        /// What was corrected; only with the kind `corrected`.
        correction: Option<CorrectionView>,
    }
}
