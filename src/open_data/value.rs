//! The values of open data: how each is written in JSON and CSV, and how schemas describe it.
//!
//! Owns the types of values. Knows no record.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::cells::Cells;
use crate::model::Word;

/// What a field holds.
#[derive(Clone, Debug)]
pub enum DataKind {
    Text,
    Id,
    /// RFC 3339, with an offset.
    Time,
    /// EDTF.
    Date,
    /// A path below the root of the site, with a fragment.
    Page,
    /// Of another site.
    Address,
    Number,
    Whole,
    Flag,
    Words(Vec<&'static str>),
    ByLanguage(Box<DataKind>),
    List(Box<DataKind>),
    Optional(Box<DataKind>),
    Record(RecordKind),
}

/// A record as the value of a field.
#[derive(Clone, Debug)]
pub struct RecordKind {
    pub name: &'static str,
    pub meaning: &'static str,
    pub fields: Vec<DataField>,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct DataField {
    pub name: &'static str,
    /// Markdown.
    pub meaning: &'static str,
    /// The hashtag of HXL with its attributes, or attributes that follow the hashtag of the field around it. Empty: no
    /// column of its HXL file.
    pub hashtag: &'static str,
    pub kind: DataKind,
}

/// A value of a field.
pub trait DataValue {
    fn kind() -> DataKind;

    /// Adds its cells to a row: one for each column.
    fn push_cells(&self, row: &mut Cells<'_>);

    /// Adds the cells of a value that is missing.
    fn push_empty(row: &mut Cells<'_>) {
        row.push_raw("");
    }
}

impl DataValue for String {
    fn kind() -> DataKind {
        DataKind::Text
    }

    fn push_cells(&self, row: &mut Cells<'_>) {
        row.push_text(self);
    }
}

/// Texts of one form.
macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }
    )+};
}

texts! {
    /// An id; of a claim in another file, with its briefing in front.
    DataId
    /// RFC 3339, in the zone of the site.
    DataTime
    /// EDTF.
    DataDate
    /// Relative to the root of the site, with its fragment.
    DataPage
    /// http or https.
    DataUrl
}

/// Says how a type is described, and that its cell is its text.
macro_rules! plain_cells {
    ($($name:ty => $kind:ident, $push:ident;)+) => {$(
        impl DataValue for $name {
            fn kind() -> DataKind {
                DataKind::$kind
            }

            fn push_cells(&self, row: &mut Cells<'_>) {
                row.$push(&self.to_string());
            }
        }
    )+};
}

plain_cells! {
    Number => Number, push_raw;
    u8 => Whole, push_raw;
    usize => Whole, push_raw;
    bool => Flag, push_raw;
}

plain_cells! {
    DataId => Id, push_text;
    DataTime => Time, push_text;
    DataDate => Date, push_text;
    DataPage => Page, push_text;
    DataUrl => Address, push_text;
}

/// A word of a closed list. Files of older versions may have others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DataWord<W> {
    word: String,
    #[serde(skip)]
    list: PhantomData<W>,
}

impl<W: Word> From<W> for DataWord<W> {
    fn from(word: W) -> Self {
        Self { word: word.word().to_owned(), list: PhantomData }
    }
}

impl<W> DataWord<W> {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.word
    }
}

impl<W: Word> DataValue for DataWord<W> {
    fn kind() -> DataKind {
        DataKind::Words(W::ALL.iter().map(|value| value.word()).collect())
    }

    fn push_cells(&self, row: &mut Cells<'_>) {
        row.push_text(&self.word);
    }
}

/// Translations, by the code of their language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByLanguage<T>(pub BTreeMap<String, T>);

impl<T> Default for ByLanguage<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: DataValue> DataValue for ByLanguage<T> {
    fn kind() -> DataKind {
        DataKind::ByLanguage(Box::new(T::kind()))
    }

    fn push_cells(&self, row: &mut Cells<'_>) {
        for language in row.languages() {
            match self.0.get(language) {
                Some(value) => value.push_cells(row),
                None => T::push_empty(row),
            }
        }
    }

    fn push_empty(row: &mut Cells<'_>) {
        for _ in row.languages() {
            T::push_empty(row);
        }
    }
}

impl<T: DataValue> DataValue for Option<T> {
    fn kind() -> DataKind {
        DataKind::Optional(Box::new(T::kind()))
    }

    fn push_cells(&self, row: &mut Cells<'_>) {
        match self {
            Some(value) => value.push_cells(row),
            None => T::push_empty(row),
        }
    }

    fn push_empty(row: &mut Cells<'_>) {
        T::push_empty(row);
    }
}

/// Each column has the cells of all items, so that the same position in two columns is the same item.
impl<T: DataValue> DataValue for Vec<T> {
    fn kind() -> DataKind {
        DataKind::List(Box::new(T::kind()))
    }

    fn push_cells(&self, row: &mut Cells<'_>) {
        match self.as_slice() {
            [] => T::push_empty(row),
            [only] => only.push_cells(row),
            all => {
                let languages = row.languages();
                let items = all.iter().map(|item| {
                    let mut cells = Cells::new(languages);
                    item.push_cells(&mut cells);
                    cells
                });
                row.push_joined(&items.collect::<Vec<_>>());
            }
        }
    }

    fn push_empty(row: &mut Cells<'_>) {
        T::push_empty(row);
    }
}

/// Declares records as structs, with all that their files say about their fields.
///
/// `FIELD: TYPE = "#hashtag+attribute"`: its column in HXL.
macro_rules! records {
    ($(
        $(#[doc = $doc:literal])+
        $(#[derive($($derived:ident),+)])?
        $name:ident {
            $($(#[doc = $field_doc:literal])+ $(#[serde($serde:ident)])? $field:ident : $type:ty $(= $hashtag:literal)?,)+
        }
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize $(, $($derived),+)?)]
        pub struct $name {
            $($(#[doc = $field_doc])+ $(#[serde($serde)])? pub $field: $type,)+
        }

        impl $crate::open_data::value::DataValue for $name {
            fn kind() -> $crate::open_data::value::DataKind {
                $crate::open_data::value::DataKind::Record($crate::open_data::value::RecordKind {
                    name: stringify!($name),
                    meaning: concat!($($doc),+).trim_ascii_start(),
                    fields: vec![$($crate::open_data::value::DataField {
                        name: stringify!($field),
                        meaning: concat!($($field_doc),+).trim_ascii_start(),
                        hashtag: concat!($($hashtag)?),
                        kind: <$type as $crate::open_data::value::DataValue>::kind(),
                    }),+],
                })
            }

            fn push_cells(&self, row: &mut $crate::open_data::cells::Cells<'_>) {
                $($crate::open_data::value::DataValue::push_cells(&self.$field, row);)+
            }

            fn push_empty(row: &mut $crate::open_data::cells::Cells<'_>) {
                $(<$type as $crate::open_data::value::DataValue>::push_empty(row);)+
            }
        }
    )+};
}
pub(super) use records;
