//! Claims and what belongs to them: evidence, figures, corrections.

use super::frame::{LinkView, TimeView};
use super::items::{Labelled, TermLink, WhenView};
use super::value::{Shared, Url, views};

views! {
    /// One statement by one source.
    ClaimView {
        /// Unique within its briefing.
        id: String,
        /// The fragment, `claim-ID`; set it as `id` on the claim's briefing only.
        anchor: String,
        /// Fragments that reached it earlier; set each as `id` within the claim on the claim's briefing only.
        former_anchors: Vec<String>,
        /// The claim on its briefing.
        url: Url,
        text: String,
        /// The language of the text; empty if it is the page's.
        lang: String,
        /// The direction of the text, for `dir`; empty if it is the page's.
        dir: &'static str,
        kind: Option<Shared<Labelled>>,
        /// Who says so.
        source: Shared<TermLink>,
        /// There is no named source.
        unattributed: bool,
        /// Who passed it on.
        via: Vec<Shared<TermLink>>,
        neighbourhoods: Vec<Shared<TermLink>>,
        happened: Option<WhenView>,
        said: Option<WhenView>,
        added: Shared<TimeView>,
        /// It was not added when its briefing was published.
        added_apart: bool,
        topic: Option<Shared<Labelled>>,
        event: Option<Shared<LinkView>>,
        /// It says that the event's other claims are wrong.
        denies: bool,
        /// As the writer set it, or as its origins support.
        status: Shared<Labelled>,
        /// Sources disagree about it, and the status does not say so.
        contested: bool,
        /// Withdrawn or disproved: show the text struck, with the reason.
        struck: bool,
        /// The writer's reason for the status; may be empty.
        status_why: String,
        /// The language of `status_why`; empty if it is the page's.
        status_why_lang: String,
        why: Shared<WhyView>,
        /// 1 to 6; 0 if not given.
        credibility: u8,
        evidence: Vec<EvidenceView>,
        figure: Option<FigureView>,
        corrections: Vec<CorrectionView>,
        /// When it was last found to be still so; none if it does not hold any more.
        checked: Option<TimeView>,
        /// The claim where it was stated, by the title of its briefing, if this briefing only repeats it.
        first_in: Option<LinkView>,
        /// Where other briefings repeat it, by their titles, newest first; at most 12.
        also_in: Vec<LinkView>,
        /// How many are not listed.
        more_also_in: usize,
        /// What this briefing adds to a claim that it repeats; may be empty.
        note: String,
        /// The language of the note; empty if it is the page's.
        note_lang: String,
        /// Its briefing.
        briefing: LinkView,
        /// The party to the conflict whose statement or instruction it is: show it as such, never as advice. Else empty.
        by_party: String,
    }

    /// The claims of a briefing with many about one place, by topic.
    ClaimPlaceView {
        /// For `id`, unique on the page.
        id: String,
        /// The name of the place, or that there is none.
        text: String,
        count: usize,
        /// To be shown on request only.
        folded: bool,
        topics: Vec<ClaimTopicView>,
    }

    /// Some of these, about one topic.
    ClaimTopicView {
        /// For `id`, unique on the page.
        id: String,
        /// Empty if the claims have no topic.
        text: String,
        claims: Vec<ClaimView>,
    }

    /// The figures of a briefing by place and measure. Never add them up.
    FigureTableView {
        /// At most 6.
        measures: Vec<String>,
        /// Who counted, if that is one for all; or else say it in each cell.
        source: Option<Shared<TermLink>>,
        rows: Vec<FigureTableRow>,
    }

    /// The figures of one place.
    FigureTableRow {
        place: Shared<TermLink>,
        /// For each measure; empty where there is no figure.
        cells: Vec<Vec<KeyFigureView>>,
    }

    /// A claim that a briefing repeats, and whose own briefing was withdrawn or has expired. Its words are not shown.
    GoneClaimView {
        id: String,
        /// The fragment, `claim-ID`; set it as `id`.
        anchor: String,
        /// That it was withdrawn or has expired, in words.
        text: String,
        /// The page that says so.
        briefing: LinkView,
    }

    /// Why a claim has its status: the sources of all claims about its event, or its own.
    WhyView {
        /// How many sources there are and how many origins, as "3 outlets, 1 origin".
        counts: String,
        /// The rule that applies, in words.
        rule: String,
        /// At most 12; the pages of the event have all of them.
        origins: Vec<OriginView>,
        /// How many origins are not listed.
        more_origins: usize,
        /// Sources that only passed it on; at most 12.
        relays: Vec<Shared<TermLink>>,
        more_relays: usize,
        /// Sources that add no origin, because they have no record; at most 12.
        unrecorded: Vec<Shared<TermLink>>,
        more_unrecorded: usize,
        /// Sources that say it is wrong; at most 12.
        denied_by: Vec<Shared<TermLink>>,
        more_denied: usize,
    }

    /// Sources that count as one.
    OriginView {
        sources: Vec<Shared<TermLink>>,
    }

    EvidenceView {
        url: Url,
        archived: Url,
        captured: Option<TimeView>,
        sha256: String,
    }

    /// A count with its owner. Figures of different sources are never added up.
    FigureView {
        measure: String,
        /// As the source said it.
        said: String,
        /// The language of `said`; empty if it is the page's.
        said_lang: String,
        /// In the digits of the page's language; empty if not given.
        min: String,
        best: String,
        max: String,
        vague: bool,
        rounded: bool,
        who: String,
        /// The language of `who`; empty if it is the page's.
        who_lang: String,
        period: Option<WhenView>,
        cumulative: bool,
        /// A correction changed it.
        corrected: bool,
        /// The claim whose figure this one is a part of.
        part_of: Option<LinkView>,
    }

    /// A figure at the top of a briefing, with its owner.
    KeyFigureView {
        figure: FigureView,
        /// Its claim.
        url: Url,
        source: Shared<TermLink>,
        status: Shared<Labelled>,
        /// Sources disagree about it, and the status does not say so.
        contested: bool,
    }

    CorrectionView {
        at: TimeView,
        kind: Labelled,
        serious: bool,
        /// It is serious and of the last 48 hours: its briefing has it at the top.
        boxed: bool,
        /// Empty if not given.
        was: String,
        now: String,
        /// The language of `was` and `now`; empty if it is the page's.
        values_lang: String,
        why: String,
        /// The language of `why`; empty if it is the page's.
        why_lang: String,
        /// The text of the corrected claim; empty if the whole briefing was corrected.
        about: String,
        /// The language of `about`; empty if it is the page's.
        about_lang: String,
        /// The claim that was corrected, or the briefing.
        target: LinkView,
    }
}
