//! `topics` of site.toml: what claims can be about, and which topics are guarded.
//!
//! Owns both forms in which they are written, and the topics that are guarded in every site.

use super::values::TopicId;
use crate::diag::Spanned;
use crate::toml::{ByKey, FromToml, Name, Once, OneOf, TomlValue, ValueType, table, words};

words!(
    /// The guard of all claims about a topic.
    TopicGuard {
        PrecisePoint = "precise-point",
        MilitaryMovement = "military-movement",
    }
);

/// Guarded whatever a site says about them.
const ALWAYS_GUARDED: [(&str, TopicGuard); 3] = [
    ("health", TopicGuard::PrecisePoint),
    ("shelter", TopicGuard::PrecisePoint),
    ("movement", TopicGuard::MilitaryMovement),
];

/// Which topics are guarded, in addition to those that always are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicGuards(Vec<(Box<str>, TopicGuard)>);

impl TopicGuards {
    /// Whether a guard looks at the claims about a topic.
    #[must_use]
    pub fn has(&self, topic: &str, guard: TopicGuard) -> bool {
        let own = self.0.iter().map(|(id, guard)| (&**id, *guard));
        ALWAYS_GUARDED.into_iter().chain(own).any(|guarded| guarded == (topic, guard))
    }
}

table! {
    /// A topic, if `topics` is a table. Claims about `health` and `shelter` always have the guard
    /// `precise-point`, and those about `movement` have `military-movement`.
    pub(super) TopicKeys, "a topic" {
        /// What protects people from claims about the topic.
        optional guard: OneOf<TopicGuard>, example "precise-point", otherwise "none, but for the three above",
            seen "not shown; it stops a build";
    }
}

/// Either a list of ids, or a table with an id for each key.
#[derive(Default)]
pub(super) struct Topics {
    /// In the order of the file.
    pub ids: Vec<Box<str>>,
    pub guards: TopicGuards,
}

impl<'d> FromToml<'d> for Topics {
    type Output = Self;
    const TYPE: ValueType =
        ValueType::Either(&<Vec<Once<TopicId>>>::TYPE, &<ByKey<TopicKeys<'static>>>::TYPE);

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        if !value.is_table() {
            let ids = <Vec<Once<TopicId>>>::from_toml(value)?;
            return Some(Self { ids, guards: TopicGuards::default() });
        }
        let mut topics = Self::default();
        for (id, keys) in <ByKey<TopicKeys<'d>>>::from_toml(value)? {
            topics.add(id, keys);
        }
        Some(topics)
    }
}

impl Topics {
    fn add(&mut self, id: Name, keys: Spanned<TopicKeys<'_>>) {
        let TopicKeys { table, guard } = keys.value;
        if table.id("a topic", &id).is_none() {
            return;
        }
        self.guards.0.extend(guard.map(|guard| (id.value.clone(), guard)));
        self.ids.push(id.value);
    }
}
