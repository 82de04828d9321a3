//! Kinds of sources: those that every site has, and the site's own.
//!
//! Owns the built-in kinds and the reading of `source_kinds` in site.toml. What a kind means for the protection of
//! people or for evidence is decided elsewhere, and for built-in kinds only.

use crate::diag::Code;
use crate::paths::{Id, slugify};
use crate::toml::{Name, TomlTable, Word, words};

words!(SourceKind {
    Monitor = "monitor",
    StateMedia = "state-media",
    Military = "military",
    Government = "government",
    Council = "council",
    Utility = "utility",
    Company = "company",
    School = "school",
    Shelter = "shelter",
    Volunteers = "volunteers",
    Activists = "activists",
    Resident = "resident",
    CivilDefence = "civil-defence",
    Un = "un",
    Ngo = "ngo",
    Medical = "medical",
    NewsAgency = "news-agency",
    Newsroom = "newsroom",
    Reporter = "reporter",
    Official = "official",
    Document = "document",
    Imagery = "imagery",
});

/// The kind of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindOfSource {
    BuiltIn(SourceKind),
    OfSite(Id),
}

impl KindOfSource {
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::BuiltIn(kind) => kind.word(),
            Self::OfSite(id) => id.as_str(),
        }
    }
}

/// A kind that a site has in addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSourceKind {
    pub id: Id,
    pub label: Box<str>,
}

/// The kinds that a site has in addition, in the order of site.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceKinds(Vec<OwnSourceKind>);

impl SourceKinds {
    pub(super) fn new(table: &TomlTable<'_>, entries: Vec<(Name, Name)>) -> Self {
        let kind = |(id, label): (Name, Name)| {
            if SourceKind::from_word(&slugify(&id.value)).is_some() {
                report_built_in(table, &id);
                return None;
            }
            Some(OwnSourceKind { id: table.id("a kind of sources", &id)?, label: label.value })
        };
        Self(entries.into_iter().filter_map(kind).collect())
    }

    /// The kinds that the site has in addition.
    pub fn of_site(&self) -> impl Iterator<Item = &OwnSourceKind> {
        self.0.iter()
    }

    /// The ids of all kinds, the site's own last.
    #[must_use]
    pub fn all_ids(&self) -> Vec<&str> {
        let built_in = SourceKind::ALL.iter().map(|kind| kind.word());
        built_in.chain(self.0.iter().map(|own| own.id.as_str())).collect()
    }

    #[must_use]
    pub fn named(&self, id: &str) -> Option<KindOfSource> {
        let built_in = SourceKind::from_word(id).map(KindOfSource::BuiltIn);
        built_in.or_else(|| self.own(id).map(|own| KindOfSource::OfSite(own.id.clone())))
    }

    /// The name of one of the site's own, in its default language.
    #[must_use]
    pub fn label(&self, id: &str) -> Option<&str> {
        self.own(id).map(|own| &*own.label)
    }

    fn own(&self, id: &str) -> Option<&OwnSourceKind> {
        self.0.iter().find(|own| own.id.as_str() == id)
    }
}

fn report_built_in(table: &TomlTable<'_>, id: &Name) {
    let id_written = &id.value;
    let message = format!("the kind of source `{id_written}` is always there, and cannot be defined");
    let help = format!(
        "remove the line; to give it another name, write source-kind-{id_written} = … in i18n/LANGUAGE.ftl"
    );
    table.error(Code::BAD_ID, id.span, message, "reserved", help);
}
