//! What the records of neighbourhoods, sources and events have in common.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::diag::Code;
use crate::model::{ArticleBase, Currency, EventRecord, Name, Naming, NeighbourhoodRecord, SourceRecord};
use crate::site::published::TranslationsByFile;

/// A record that names resolve to.
pub trait Record: Deref<Target = ArticleBase> {
    /// What the record is about, as messages call it.
    const WHAT: &'static str;
    const NEAR_CODE: Code;
    const FOLDER: &'static str;
    fn naming(&self) -> &Naming;
    fn currency(&self) -> &Currency;

    /// A short name in addition to the title, if the kind has one.
    fn short(&self) -> Option<&str> {
        None
    }

    /// The names that its translations give it.
    fn translated_titles<'t>(&self, translations: &'t TranslationsByFile) -> impl Iterator<Item = &'t str> {
        let of = translations.get(&self.file).into_iter().flat_map(BTreeMap::values);
        of.filter_map(|translation| translation.title.as_deref())
    }

    /// Ids of what has a name like this one's, and is another.
    fn not(&self) -> &[Name] {
        &[]
    }

    /// Its name must not reach a reader.
    fn is_protected(&self) -> bool {
        false
    }
}

macro_rules! record {
    ($record:ty, $what:literal, $near:expr, $folder:literal $(, $more:item)*) => {
        impl Record for $record {
            const WHAT: &'static str = $what;
            const NEAR_CODE: Code = $near;
            const FOLDER: &'static str = $folder;

            fn naming(&self) -> &Naming {
                &self.naming
            }

            fn currency(&self) -> &Currency {
                &self.currency
            }

            $($more)*
        }
    };
}

record!(
    NeighbourhoodRecord,
    "neighbourhood",
    Code::NEAR_KNOWN_NEIGHBOURHOOD,
    "content/neighbourhoods",
    fn not(&self) -> &[Name] {
        &self.not
    }
);
record!(
    SourceRecord,
    "source",
    Code::NEAR_KNOWN_SOURCE,
    "content/sources",
    fn short(&self) -> Option<&str> {
        self.short.as_deref()
    },
    fn is_protected(&self) -> bool {
        self.protected
    },
    fn not(&self) -> &[Name] {
        &self.not
    }
);
record!(EventRecord, "event", Code::NEAR_KNOWN_EVENT, "content/events");
