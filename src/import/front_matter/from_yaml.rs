//! Front matter in YAML, as the values of TOML.
//!
//! Reads events instead of a finished tree: so each key has its place, depth is bounded, and an anchor is copied
//! a bounded number of times.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::fault::{FrontFault, MOST_DEPTH};
use super::value::{FrontEntry, FrontTable, FrontValue};

/// How many values aliases may repeat: a few lines can name a million otherwise.
const MOST_REPEATED: usize = 10_000;

/// Reads `yaml`, which begins at the byte `base` of its file.
///
/// # Errors
/// What is not YAML, not a table, or too deep.
pub fn read(yaml: &str, base: usize) -> Result<FrontTable, FrontFault> {
    let mut tree = Tree {
        parser: Parser::new_from_str(yaml),
        places: Places::new(yaml, base),
        anchors: BTreeMap::new(),
        repeated: 0,
    };
    match tree.document()? {
        FrontValue::Table(table) => Ok(table),
        FrontValue::Null => Ok(FrontTable::default()),
        _ => Err(FrontFault { at: base, message: "the front matter is not a list of keys".to_owned() }),
    }
}

/// Byte offsets of the characters that the parser counts.
struct Places {
    /// Empty if the text is ASCII: then a character is a byte.
    starts: Vec<usize>,
    end: usize,
    base: usize,
}

impl Places {
    fn new(yaml: &str, base: usize) -> Self {
        let starts =
            if yaml.is_ascii() { Vec::new() } else { yaml.char_indices().map(|(at, _)| at).collect() };
        Self { starts, end: yaml.len(), base }
    }

    fn at(&self, marker: Marker) -> usize {
        let within = match self.starts.is_empty() {
            true => marker.index(),
            false => self.starts.get(marker.index()).copied().unwrap_or(self.end),
        };
        self.base + within.min(self.end)
    }
}

struct Tree<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    places: Places,
    /// The values that aliases can repeat, each with the number of values in it.
    anchors: BTreeMap<usize, (FrontValue, usize)>,
    repeated: usize,
}

impl<'t> Tree<'t> {
    fn document(&mut self) -> Result<FrontValue, FrontFault> {
        loop {
            let (event, at) = self.next_event()?;
            match event {
                Event::StreamEnd => return Ok(FrontValue::Null),
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => return self.value(event, at, 0),
            }
        }
    }

    fn next_event(&mut self) -> Result<(Event<'t>, usize), FrontFault> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.places.at(span.start))),
            Some(Err(error)) => {
                let message = format!("the front matter is not YAML: {}", error.info());
                Err(FrontFault { at: self.places.at(*error.marker()), message })
            }
            None => Ok((Event::StreamEnd, self.places.base + self.places.end)),
        }
    }

    fn value(&mut self, event: Event<'t>, at: usize, depth: usize) -> Result<FrontValue, FrontFault> {
        if depth > MOST_DEPTH {
            return Err(FrontFault { at, message: "the front matter is too deep".to_owned() });
        }
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (FrontValue::Table(self.table(depth)?), anchor),
            Event::Alias(anchor) => return self.alias(anchor, at),
            _ => return Err(FrontFault { at, message: "the front matter ends too early".to_owned() }),
        };
        // Anchors count from 1; 0 is none.
        if anchor > 0 {
            let size = count(&value);
            self.anchors.insert(anchor, (value.clone(), size));
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize, at: usize) -> Result<FrontValue, FrontFault> {
        let Some((value, size)) = self.anchors.get(&anchor) else {
            return Err(FrontFault { at, message: "this alias has no anchor before it".to_owned() });
        };
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return Err(FrontFault { at, message: "aliases repeat too many values".to_owned() });
        }
        Ok(value.clone())
    }

    fn list(&mut self, depth: usize) -> Result<FrontValue, FrontFault> {
        let mut items = Vec::new();
        loop {
            match self.next_event()? {
                (Event::SequenceEnd, _) => return Ok(FrontValue::List(items)),
                (event, at) => items.push(self.value(event, at, depth + 1)?),
            }
        }
    }

    fn table(&mut self, depth: usize) -> Result<FrontTable, FrontFault> {
        let mut table = FrontTable::default();
        loop {
            let (event, at) = self.next_event()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(table);
            }
            let key = match event {
                // A key is its letters, whatever value they would be.
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(FrontFault { at, message: "a key is not text".to_owned() }),
            };
            let (event, value_at) = self.next_event()?;
            let value = self.value(event, value_at, depth + 1)?;
            match value {
                FrontValue::Table(merged) if key == "<<" => table.add_missing(merged),
                value => table.set(FrontEntry { key, value, at }),
            }
        }
    }
}

/// How many values a value is made of.
fn count(value: &FrontValue) -> usize {
    1 + match value {
        FrontValue::List(items) => items.iter().map(count).sum(),
        FrontValue::Table(table) => table.entries.iter().map(|entry| count(&entry.value)).sum(),
        _ => 0,
    }
}

/// A number only if nothing of its letters is lost: `007` and `1.10` are texts.
fn scalar(text: &str, style: ScalarStyle) -> FrontValue {
    if style != ScalarStyle::Plain {
        return FrontValue::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return FrontValue::Null,
        "true" | "True" | "TRUE" => return FrontValue::Bool(true),
        "false" | "False" | "FALSE" => return FrontValue::Bool(false),
        _ => {}
    }
    if let Some(number) = text.parse::<i64>().ok().filter(|number| number.to_string() == text) {
        return FrontValue::Integer(number);
    }
    match text.parse::<f64>() {
        Ok(number) if text.contains('.') && number.is_finite() && number.to_string() == text => {
            FrontValue::Float(number)
        }
        _ => FrontValue::Text(text.to_owned()),
    }
}
