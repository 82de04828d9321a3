//! The texts of a briefing and its claims that a correction can name.

use crate::diag::Spanned;
use crate::model::{Briefing, Claim, Figure, Status, UNATTRIBUTED, Word as _};
use crate::paths::{Id, fold_name};
use crate::time::{When, Zone};

/// One of them; the order is that of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Text,
    Source,
    Happened,
    Said,
    Status,
    FigureSaid,
    FigureMin,
    FigureBest,
    FigureMax,
    FigureWho,
    FigureMeasure,
    FigurePeriod,
    Title,
    Summary,
}

/// How values of a field are compared.
enum FieldKind {
    Text,
    Name,
    Number,
    When,
}

const OF_CLAIM: [(Field, &str); 12] = [
    (Field::Text, "text"),
    (Field::Source, "source"),
    (Field::Happened, "happened"),
    (Field::Said, "said"),
    (Field::Status, "status"),
    (Field::FigureSaid, "figure.said"),
    (Field::FigureMin, "figure.min"),
    (Field::FigureBest, "figure.best"),
    (Field::FigureMax, "figure.max"),
    (Field::FigureWho, "figure.who"),
    (Field::FigureMeasure, "figure.measure"),
    (Field::FigurePeriod, "figure.period"),
];
const OF_BRIEFING: [(Field, &str); 2] = [(Field::Title, "title"), (Field::Summary, "summary")];

fn list(of_claim: bool) -> &'static [(Field, &'static str)] {
    if of_claim { &OF_CLAIM } else { &OF_BRIEFING }
}

impl Field {
    #[must_use]
    pub fn named(name: &str, of_claim: bool) -> Option<Self> {
        list(of_claim).iter().find(|(_, known)| *known == name).map(|(field, _)| *field)
    }

    #[must_use]
    pub fn names(of_claim: bool) -> Vec<&'static str> {
        list(of_claim).iter().map(|(_, name)| *name).collect()
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        let known = OF_CLAIM.iter().chain(&OF_BRIEFING).find(|(field, _)| *field == self);
        known.map_or("", |(_, name)| name)
    }

    /// It belongs to the figure of a claim.
    #[must_use]
    pub fn is_of_figure(self) -> bool {
        self.name().starts_with("figure.")
    }

    fn kind(self) -> FieldKind {
        match self {
            Self::Source => FieldKind::Name,
            Self::FigureMin | Self::FigureBest | Self::FigureMax => FieldKind::Number,
            Self::Happened | Self::Said | Self::FigurePeriod => FieldKind::When,
            _ => FieldKind::Text,
        }
    }

    /// # Errors
    /// What the value should have been.
    pub fn read(self, value: &str) -> Result<(), &'static str> {
        match self.kind() {
            FieldKind::Number if number(value).is_none() => Err("a number"),
            FieldKind::When if when(value).is_none() => Err("a date or a range"),
            FieldKind::Text if self == Self::Status && Status::from_word(value).is_none() => Err("a status"),
            _ => Ok(()),
        }
    }

    pub fn example(self) -> &'static str {
        match self.kind() {
            FieldKind::Number => "\"8\"",
            FieldKind::When => "\"2016-10-02\" or \"2016-10-01/2016-10-02\"",
            FieldKind::Text if self == Self::Status => "\"single-source\"",
            FieldKind::Text | FieldKind::Name => "\"…\"",
        }
    }

    /// Two whole values are the same, however they are spaced or spelled.
    #[must_use]
    pub fn is_same(self, one: Option<&str>, other: Option<&str>) -> bool {
        let (Some(one), Some(other)) = (one, other) else { return one == other };
        match self.kind() {
            FieldKind::Number => number(one) == number(other),
            FieldKind::When => when(one) == when(other),
            FieldKind::Name => fold_name(one) == fold_name(other),
            FieldKind::Text => one.split_whitespace().eq(other.split_whitespace()),
        }
    }

    /// Sets the field to what it was; a value that cannot be read was reported before.
    pub fn put_back(self, briefing: &mut Briefing, claim: Option<&Id>, was: Option<&str>) {
        let text = || was.map(Into::into);
        match self {
            Self::Title => briefing.base.title = was.unwrap_or_default().into(),
            Self::Summary => briefing.base.summary = text(),
            _ => {}
        }
        let Some(claim) = briefing.claims.iter_mut().find(|known| Some(&known.id.value) == claim) else {
            return;
        };
        match self {
            Self::Text => claim.text = was.unwrap_or_default().into(),
            Self::Source => claim.source.value = was.unwrap_or(UNATTRIBUTED).into(),
            Self::Happened => claim.happened = was.and_then(when),
            Self::Said => claim.said = was.and_then(when),
            Self::Status => {
                let span = claim.status.as_ref().map_or(claim.id.span, |status| status.span);
                claim.status = was.and_then(Status::from_word).map(|status| Spanned::new(status, span));
                // The reason is that of today's status.
                claim.status_why = None;
            }
            _ => {
                if let Some(figure) = &mut claim.figure {
                    self.put_back_figure(figure, was);
                }
            }
        }
    }

    fn put_back_figure(self, figure: &mut Figure, was: Option<&str>) {
        let (text, number) = (|| was.map(Into::into), || was.and_then(number));
        match self {
            Self::FigureSaid => figure.said = text(),
            Self::FigureMin => figure.min = number(),
            Self::FigureBest => figure.best = number(),
            Self::FigureMax => figure.max = number(),
            Self::FigureWho => figure.who = text(),
            Self::FigureMeasure => figure.measure = was.unwrap_or_default().into(),
            Self::FigurePeriod => figure.period = was.and_then(when),
            _ => {}
        }
    }

    /// What the file says today.
    #[must_use]
    pub fn present(self, briefing: &Briefing, claim: Option<&Claim>) -> Option<String> {
        let text = |value: &Option<Box<str>>| value.as_deref().map(str::to_owned);
        match self {
            Self::Title => return Some(briefing.title.to_string()),
            Self::Summary => return text(&briefing.summary),
            _ => {}
        }
        let claim = claim?;
        match self {
            Self::Text => Some(claim.text.to_string()),
            Self::Source => Some(claim.source.value.to_string()),
            Self::Happened => claim.happened.map(|when| when.to_string()),
            Self::Said => claim.said.map(|when| when.to_string()),
            Self::Status => claim.status.as_ref().map(|status| status.value.word().to_owned()),
            _ => self.of_figure(claim.figure.as_ref()?),
        }
    }

    fn of_figure(self, figure: &Figure) -> Option<String> {
        let text = |value: &Option<Box<str>>| value.as_deref().map(str::to_owned);
        let number = |value: Option<f64>| value.map(|number| number.to_string());
        match self {
            Self::FigureSaid => text(&figure.said),
            Self::FigureMin => number(figure.min),
            Self::FigureBest => number(figure.best),
            Self::FigureMax => number(figure.max),
            Self::FigureWho => text(&figure.who),
            Self::FigureMeasure => Some(figure.measure.to_string()),
            Self::FigurePeriod => figure.period.map(|when| when.to_string()),
            _ => None,
        }
    }
}

/// Front matter gives each time its offset when it is read, so no zone is needed here.
fn when(text: &str) -> Option<When> {
    When::parse(text, &Zone::utc()).ok()
}

/// As people write it: "1,900" and "1 900" are 1900.
fn number(text: &str) -> Option<f64> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\u{a0}' | '\u{202f}')).collect();
    digits.parse().ok().filter(|number: &f64| number.is_finite())
}
