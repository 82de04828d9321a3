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

impl Listing {
    /// With each text changed, as to mask private words: before it is cut or joined with others.
    #[must_use]
    pub fn with_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        for cell in self.rows.iter_mut().flatten() {
            match cell {
                ListCell::Text(text) => *text = change(text),
                ListCell::List(items) => items.iter_mut().for_each(|item| *item = change(item)),
                ListCell::Nothing | ListCell::Number(_) | ListCell::Time(_) => {}
            }
        }
        self
    }
}
