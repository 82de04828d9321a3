//! Rows of cells, whatever they are about.

use crate::time::Moment;

/// A table: each row has a cell for each column.
#[derive(Debug)]
pub struct Listing {
    pub columns: &'static [ListColumn],
    pub rows: Vec<Vec<ListCell>>,
}

#[derive(Clone, Copy, Debug)]
pub struct ListColumn {
    pub name: &'static str,
    /// The most letters in a table; 0: only programs see it.
    pub width: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ListCell {
    Nothing,
    Text(String),
    Number(usize),
    Time(Moment),
    List(Vec<String>),
}

impl From<&str> for ListCell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<Option<&str>> for ListCell {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::from)
    }
}

impl From<Option<Moment>> for ListCell {
    fn from(moment: Option<Moment>) -> Self {
        moment.map_or(Self::Nothing, Self::Time)
    }
}
