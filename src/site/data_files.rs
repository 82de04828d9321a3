//! The files of open data, and where they are.

use crate::paths::OutPath;

/// A table of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dataset {
    Briefings,
    Claims,
    Figures,
    Sources,
    Neighbourhoods,
    Events,
    Corrections,
}

/// A file of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// What the site says about itself.
    Site,
    /// The JSON Schema of [`DataFile::Site`].
    SiteSchema,
    Json(Dataset),
    /// The JSON Schema of [`DataFile::Json`].
    Schema(Dataset),
    Csv(Dataset),
    /// With a row of HXL hashtags.
    Hxl(Dataset),
    /// The neighbourhoods that are on the map.
    GeoJson,
    /// The Data Package: what each table and each column holds.
    Package,
}

impl Dataset {
    pub const ALL: [Self; 7] = [
        Self::Briefings,
        Self::Claims,
        Self::Figures,
        Self::Sources,
        Self::Neighbourhoods,
        Self::Events,
        Self::Corrections,
    ];

    /// Those for humanitarian programs.
    pub const WITH_HXL: [Self; 2] = [Self::Claims, Self::Figures];

    /// As in the names of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Briefings => "briefings",
            Self::Claims => "claims",
            Self::Figures => "figures",
            Self::Sources => "sources",
            Self::Neighbourhoods => "neighbourhoods",
            Self::Events => "events",
            Self::Corrections => "corrections",
        }
    }
}

impl DataFile {
    /// Every file.
    pub fn all() -> impl Iterator<Item = Self> {
        let tables = Dataset::ALL
            .into_iter()
            .flat_map(|dataset| [Self::Json(dataset), Self::Schema(dataset), Self::Csv(dataset)]);
        let hxl = Dataset::WITH_HXL.into_iter().map(Self::Hxl);
        [Self::Package, Self::Site, Self::SiteSchema, Self::GeoJson].into_iter().chain(tables).chain(hxl)
    }

    /// Its name in the folder of the data.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Site => "site.json".to_owned(),
            Self::SiteSchema => "schema/site.json".to_owned(),
            Self::Json(dataset) => format!("{}.json", dataset.name()),
            Self::Schema(dataset) => format!("schema/{}.json", dataset.name()),
            Self::Csv(dataset) => format!("{}.csv", dataset.name()),
            Self::Hxl(dataset) => format!("{}.hxl.csv", dataset.name()),
            Self::GeoJson => "neighbourhoods.geojson".to_owned(),
            Self::Package => "datapackage.json".to_owned(),
        }
    }

    /// Relative to the root of the site.
    #[must_use]
    pub fn path(self) -> OutPath {
        OutPath::new(format!("data/{}", self.name())).expect("a plain name")
    }

    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Site | Self::Json(_) | Self::Package => "application/json",
            Self::SiteSchema | Self::Schema(_) => "application/schema+json",
            Self::Csv(_) | Self::Hxl(_) => "text/csv",
            Self::GeoJson => "application/geo+json",
        }
    }
}
