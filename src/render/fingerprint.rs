//! Fingerprints of views, to see whether a page changed without keeping the view.

use std::hash::{BuildHasher as _, Hash as _, Hasher};

use tera::Value;

use crate::cards::{Fonts, PictureCard};
use crate::render::views::Fields;

const SEEDS: ahash::RandomState = ahash::RandomState::with_seeds(5, 6, 7, 8);

pub fn of_bytes(bytes: &[u8]) -> u64 {
    SEEDS.hash_one(bytes)
}

pub fn of_card(card: &PictureCard, fonts: &Fonts) -> u64 {
    SEEDS.hash_one((card, fonts))
}

pub fn of_view(template: &str, fields: &Fields) -> u64 {
    let mut hasher = SEEDS.build_hasher();
    template.hash(&mut hasher);
    for (name, value) in &fields.0 {
        name.hash(&mut hasher);
        add(value, &mut hasher);
    }
    hasher.finish()
}

/// Each kind of value starts with a byte of its own, and containers with their length.
fn add(value: &Value, hasher: &mut impl Hasher) {
    if let Some(text) = value.as_str() {
        hasher.write_u8(1);
        text.hash(hasher);
    } else if let Some(map) = value.as_map() {
        hasher.write_u8(2);
        hasher.write_usize(map.len());
        for (key, value) in map {
            key.hash(hasher);
            add(value, hasher);
        }
    } else if let Some(list) = value.as_array() {
        hasher.write_u8(3);
        hasher.write_usize(list.len());
        list.iter().for_each(|value| add(value, hasher));
    } else if let Some(flag) = value.as_bool() {
        hasher.write_u8(4 + u8::from(flag));
    } else if let Some(number) = value.as_i128() {
        hasher.write_u8(6);
        number.hash(hasher);
    } else if let Some(number) = value.as_f64() {
        hasher.write_u8(7);
        number.to_bits().hash(hasher);
    } else {
        hasher.write_u8(8);
        value.to_string().hash(hasher);
    }
}
