//! Open data: what pages show, for programs.
//!
//! Owns the records and their fields, each declared once for JSON, CSV, HXL, the Data Package, the JSON Schemas and
//! the documentation, and the files that hold them. Depends on no language of the interface. Names no address of the
//! site in a record, so that a copy elsewhere is as good.
//!
//! Invariants: a file has what the pages of the site show, and nothing that they do not; records are in the order of
//! their ids, figures in that of their page; a change of one record is a change of one line; a protected source has
//! its label and no id; a field is never renamed and never gets another meaning.

mod briefings;
mod cells;
mod claims;
mod corrections;
mod csv;
mod figures;
mod geojson;
mod json;
mod json_schema;
mod package;
mod parts;
mod site;
mod table;
mod terms;
mod value;

pub use claims::{ClaimData, FigureData};
pub use json::{claim_lines, claims_digest};
pub use parts::NameData;
pub use table::DataColumn;
pub use value::{DataKind, DataTime};

use crate::site::{DataFile, Dataset, Site};
use briefings::BriefingData;
use corrections::CorrectionData;
use figures::OwnedFigure;
use package::Resource;
use table::{DataTable, columns_of};
use terms::{EventData, NeighbourhoodData, SourceData};

/// The text of a file.
#[must_use]
pub fn file(site: &Site, file: DataFile) -> String {
    match file {
        DataFile::Site => json::site(site),
        DataFile::SiteSchema => json_schema::of_site(site),
        DataFile::Json(dataset) => (Writers::of_dataset(dataset).json)(site),
        DataFile::Schema(dataset) => (Writers::of_dataset(dataset).schema)(site),
        DataFile::Csv(dataset) => (Writers::of_dataset(dataset).csv)(site),
        DataFile::Hxl(dataset) => (Writers::of_dataset(dataset).hxl)(site),
        DataFile::GeoJson => geojson::neighbourhoods(site),
        DataFile::Package => {
            let tables = Dataset::ALL.into_iter();
            package::package(
                site,
                tables.flat_map(|dataset| (Writers::of_dataset(dataset).resources)(site)).collect(),
            )
        }
    }
}

/// What a dataset means, and its columns in a site with these further languages.
#[must_use]
pub fn described(dataset: Dataset, languages: &[String]) -> (&'static str, Vec<DataColumn>) {
    let Writers { meaning, columns, .. } = Writers::of_dataset(dataset);
    (meaning, columns(languages))
}

/// What writes the files of one dataset.
struct Writers {
    json: fn(&Site) -> String,
    schema: fn(&Site) -> String,
    csv: fn(&Site) -> String,
    hxl: fn(&Site) -> String,
    resources: fn(&Site) -> Vec<Resource>,
    columns: fn(&[String]) -> Vec<DataColumn>,
    meaning: &'static str,
}

impl Writers {
    fn of_dataset(dataset: Dataset) -> Self {
        match dataset {
            Dataset::Briefings => Self::of::<BriefingData>(),
            Dataset::Claims => Self::of::<ClaimData>(),
            Dataset::Figures => Self::of::<OwnedFigure>(),
            Dataset::Sources => Self::of::<SourceData>(),
            Dataset::Neighbourhoods => Self::of::<NeighbourhoodData>(),
            Dataset::Events => Self::of::<EventData>(),
            Dataset::Corrections => Self::of::<CorrectionData>(),
        }
    }

    fn of<T: DataTable>() -> Self {
        Self {
            json: json::list::<T>,
            schema: json_schema::of_table::<T>,
            csv: csv::table::<T>,
            hxl: csv::with_hashtags::<T>,
            resources: package::resources::<T>,
            columns: columns_of::<T>,
            meaning: table::record_of::<T>().meaning,
        }
    }
}
