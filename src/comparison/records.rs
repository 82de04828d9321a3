//! The records of two builds, and what differs between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::open_data;
use crate::site::{DataFile, Dataset, Site};

/// The datasets as readers want to know of them. Figures are parts of claims, which have all of them.
const COMPARED: [Dataset; 6] = [
    Dataset::Briefings,
    Dataset::Corrections,
    Dataset::Claims,
    Dataset::Events,
    Dataset::Neighbourhoods,
    Dataset::Sources,
];

/// The records of one build, each as the line that the build wrote: most are the same in both builds, and these are
/// never read.
pub struct DataSnapshot {
    /// By dataset, then by id.
    records: Vec<BTreeMap<String, String>>,
}

impl DataSnapshot {
    /// The data of a linked site.
    #[must_use]
    pub fn of_site(site: &Site) -> Self {
        let read = |file: DataFile| Ok::<_, String>(open_data::file(site, file).into_bytes());
        Self::read(read, |_, what| what.to_owned()).expect("a build writes what it reads")
    }

    /// The data of a built site. `read` brings a file of it; `damaged` says what is wrong with one.
    ///
    /// # Errors
    /// Those of `read`, and a file that no build wrote.
    pub fn read<E>(
        mut read: impl FnMut(DataFile) -> Result<Vec<u8>, E>,
        damaged: impl Fn(DataFile, &str) -> E,
    ) -> Result<Self, E> {
        let mut records = Vec::with_capacity(COMPARED.len());
        for dataset in COMPARED {
            let file = DataFile::Json(dataset);
            let bytes = read(file)?;
            let text = std::str::from_utf8(&bytes).map_err(|_| damaged(file, "it is not UTF-8"))?;
            records.push(lines(text).ok_or_else(|| damaged(file, "it is not a file of open data"))?);
        }
        Ok(Self { records })
    }
}

/// Each record of a file by its id; `None` if the file is cut or is another one.
fn lines(text: &str) -> Option<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct RecordId<'a> {
        #[serde(borrow)]
        id: Cow<'a, str>,
        #[serde(borrow)]
        full_id: Option<Cow<'a, str>>,
    }
    let (_, list) = text.split_once(":[\n")?;
    let list = list.strip_suffix("\n]\n}\n").or_else(|| list.strip_suffix("]\n}\n"))?;
    let lines = list.lines().map(|line| line.strip_suffix(',').unwrap_or(line));
    let with_id = lines.filter(|line| !line.is_empty()).map(|line| {
        let RecordId { id, full_id } = serde_json::from_str(line).ok()?;
        Some((full_id.unwrap_or(id).into_owned(), line.to_owned()))
    });
    with_id.collect()
}

/// A record that is not the same in both builds.
pub struct RecordDifference {
    pub dataset: Dataset,
    pub id: String,
    /// Its title, name or text; that of the later build if both have it.
    pub name: String,
    pub change: RecordChange,
}

pub enum RecordChange {
    New,
    Changed(Vec<FieldDifference>),
    Gone,
}

/// A field that has another value. A part of a field is named as `figure.min`.
#[derive(Debug, PartialEq)]
pub struct FieldDifference {
    pub field: String,
    pub was: Value,
    pub now: Value,
}

impl RecordDifference {
    /// Replaces each text, before it is printed in whatever form.
    pub fn map_texts(&mut self, map: &impl Fn(&str) -> String) {
        self.id = map(&self.id);
        self.name = map(&self.name);
        if let RecordChange::Changed(fields) = &mut self.change {
            for FieldDifference { field: _, was, now } in fields {
                map_value(was, map);
                map_value(now, map);
            }
        }
    }
}

fn map_value(value: &mut Value, map: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = map(text),
        Value::Array(items) => items.iter_mut().for_each(|item| map_value(item, map)),
        Value::Object(object) => object.values_mut().for_each(|value| map_value(value, map)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// All that differs.
#[must_use]
pub fn compare(old: &DataSnapshot, new: &DataSnapshot) -> Vec<RecordDifference> {
    let mut found = Vec::new();
    for (dataset, (old, new)) in COMPARED.into_iter().zip(old.records.iter().zip(&new.records)) {
        let former = former_ids(old, new);
        let renamed: BTreeSet<&String> = former.values().collect();
        let kept = old.keys().filter(|id| !renamed.contains(id));
        let ids: BTreeSet<&String> = kept.chain(new.keys()).collect();
        for id in ids {
            let (was, now) = (old.get(former.get(id).unwrap_or(id)), new.get(id));
            if was == now {
                continue;
            }
            let (was, now) = (was.map(|line| fields(line)), now.map(|line| fields(line)));
            let name = name(dataset, now.as_ref(), was.as_ref());
            let change = match (was, now) {
                (Some(was), Some(now)) => RecordChange::Changed(field_differences(&was, &now)),
                (None, _) => RecordChange::New,
                (_, None) => RecordChange::Gone,
            };
            found.push(RecordDifference { dataset, id: id.clone(), name, change });
        }
    }
    found
}

/// The earlier id of each record that has another one now: a claim says which ids it had in its briefing.
fn former_ids(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut former = BTreeMap::new();
    for (id, line) in new.iter().filter(|(id, _)| !old.contains_key(*id)) {
        let record = fields(line);
        let Some((briefing, _)) = id.rsplit_once('/') else { continue };
        let aliases = record.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let mut full_ids = aliases.filter_map(|alias| Some(format!("{briefing}/{}", alias.as_str()?)));
        if let Some(was) = full_ids.find(|was| old.contains_key(was) && !new.contains_key(was)) {
            former.insert(id.clone(), was);
        }
    }
    former
}

fn fields(line: &str) -> Map<String, Value> {
    serde_json::from_str(line).unwrap_or_default()
}

/// What a claim or a correction said that is gone is not repeated: it may be gone because it was wrong or did harm.
fn name(dataset: Dataset, now: Option<&Map<String, Value>>, was: Option<&Map<String, Value>>) -> String {
    let is_statement = matches!(dataset, Dataset::Claims | Dataset::Corrections);
    let record = now.or(was.filter(|_| !is_statement));
    let text = |field: &&str| record.and_then(|record| record.get(*field)?.as_str());
    ["title", "text", "name", "why"].iter().find_map(text).unwrap_or_default().to_owned()
}

fn field_differences(was: &Map<String, Value>, now: &Map<String, Value>) -> Vec<FieldDifference> {
    let mut found = Vec::new();
    add_differences("", was, now, &mut found);
    found
}

fn add_differences(
    prefix: &str,
    was: &Map<String, Value>,
    now: &Map<String, Value>,
    found: &mut Vec<FieldDifference>,
) {
    let gone = was.keys().filter(|field| !now.contains_key(*field));
    for field in now.keys().chain(gone) {
        let value = |of: &Map<String, Value>| of.get(field).cloned().unwrap_or(Value::Null);
        let (was, now) = (value(was), value(now));
        let field = if prefix.is_empty() { field.clone() } else { format!("{prefix}.{field}") };
        match (was, now) {
            (was, now) if was == now => {}
            // A source or a place is one value. What has no id is made of parts.
            (Value::Object(was), Value::Object(now)) if !now.contains_key("id") => {
                add_differences(&field, &was, &now, found);
            }
            (Value::Null, Value::Object(now)) if !now.contains_key("id") => {
                add_differences(&field, &Map::new(), &now, found);
            }
            (was, now) => found.push(FieldDifference { field, was, now }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file with records of these ids and values.
    fn file(records: &BTreeMap<String, u8>) -> String {
        let lines: Vec<String> = records
            .iter()
            .map(|(id, value)| {
                format!("{{\"id\":{},\"name\":\"N\",\"part\":{{\"v\":{value}}}}}", Value::from(id.as_str()))
            })
            .collect();
        let rest = if lines.is_empty() { String::new() } else { format!("\n{}", lines.join(",\n")) };
        format!("{{\n\"version\":1,\n\"records\":[{rest}\n]\n}}\n")
    }

    fn snapshot(records: &BTreeMap<String, u8>) -> DataSnapshot {
        DataSnapshot::read(|_| Ok(file(records).into_bytes()), |_, what| what.to_owned()).unwrap()
    }

    fn records() -> impl Strategy<Value = BTreeMap<String, u8>> {
        prop::collection::btree_map("[a-c\"\n]{1,2}", 0..3_u8, 0..5)
    }

    proptest! {
        #[test]
        fn what_is_new_one_way_is_gone_the_other_way(old in records(), new in records()) {
            let listed = |differences: Vec<RecordDifference>, turned: bool| -> Vec<(String, char)> {
                let of_first = differences.into_iter().filter(|difference| difference.dataset == COMPARED[0]);
                of_first.map(|RecordDifference { id, change, .. }| (id, match (change, turned) {
                    (RecordChange::Changed(fields), _) => {
                        assert_eq!(fields.len(), 1);
                        '~'
                    }
                    (RecordChange::New, false) | (RecordChange::Gone, true) => '+',
                    (RecordChange::New, true) | (RecordChange::Gone, false) => '-',
                })).collect()
            };
            let (before, after) = (snapshot(&old), snapshot(&new));
            prop_assert_eq!(listed(compare(&before, &after), false), listed(compare(&after, &before), true));
            prop_assert_eq!(compare(&before, &after).is_empty(), old == new);
        }

        #[test]
        fn a_cut_file_is_no_data(records in records(), at in any::<prop::sample::Index>()) {
            let text = file(&records);
            let cut = &text[..text.floor_char_boundary(at.index(text.len()))];
            prop_assert!(lines(cut).is_none());
        }
    }
}
