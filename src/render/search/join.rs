//! One index of a language from the indexes of its parts.
//!
//! Owns the numbers of pages and fields in it, and how its words are split into files. The result is what
//! Pagefind makes of all pages at once, but for the names of files.

use std::collections::BTreeSet;
use std::slice;
use std::vec;

use super::packed::{Chunk, ChunkName, Contents, IndexedWord, PageHits, Variant, packed, unpacked};

/// How many places of words a file has at least; Pagefind's number. Readers load a whole file for a word.
const CHUNK_PLACES: usize = 20_000;

/// The index of some pages.
#[derive(Debug, Default)]
pub struct PartIndex {
    pub contents: Contents,
    /// In the order of the contents, packed.
    pub chunks: Vec<Vec<u8>>,
}

/// The index of all pages. Files are packed, with their names.
#[derive(Debug)]
pub struct JoinedIndex {
    pub contents: (String, Vec<u8>),
    pub chunks: Vec<(String, Vec<u8>)>,
}

/// Joins the parts of one language, in the order of their pages.
///
/// # Errors
/// If a file of words cannot be read.
pub fn join(parts: &[PartIndex], language: &str) -> Result<JoinedIndex, String> {
    let fields: BTreeSet<&String> = parts.iter().flat_map(|part| &part.contents.fields).collect();
    let fields: Vec<String> = fields.into_iter().cloned().collect();
    let (chunks, names) = joined_chunks(parts, &fields, language)?;
    let contents = Contents {
        version: parts.first().map(|part| part.contents.version.clone()).unwrap_or_default(),
        pages: parts.iter().flat_map(|part| part.contents.pages.iter().cloned()).collect(),
        chunks: names,
        fields,
        ..Contents::default()
    };
    Ok(JoinedIndex { contents: packed(&contents, language)?, chunks })
}

/// The files with the words, and what each of them has.
type Chunks = (Vec<(String, Vec<u8>)>, Vec<ChunkName>);

fn joined_chunks(parts: &[PartIndex], fields: &[String], language: &str) -> Result<Chunks, String> {
    let mut streams = streams(parts, fields)?;
    let (mut files, mut names) = (Vec::new(), Vec::new());
    let mut chunk = Chunk { words: Vec::new() };
    let mut places = 0;
    while let Some(word) = next_word(&mut streams)? {
        places += word.places();
        chunk.words.push(word);
        if places >= CHUNK_PLACES {
            add_chunk(&mut chunk, language, &mut files, &mut names)?;
            places = 0;
        }
    }
    if !chunk.words.is_empty() {
        add_chunk(&mut chunk, language, &mut files, &mut names)?;
    }
    shorten_limits(&mut names);
    Ok((files, names))
}

fn add_chunk(
    chunk: &mut Chunk,
    language: &str,
    files: &mut Vec<(String, Vec<u8>)>,
    names: &mut Vec<ChunkName>,
) -> Result<(), String> {
    let limit = |word: Option<&IndexedWord>| word.map(|word| word.word.clone()).unwrap_or_default();
    let (from, to) = (limit(chunk.words.first()), limit(chunk.words.last()));
    chunk.words.iter_mut().for_each(IndexedWord::number_by_distance);
    let (name, file) = packed(chunk, language)?;
    chunk.words.clear();
    names.push(ChunkName { from, to, name: name.clone() });
    files.push((name, file));
    Ok(())
}

/// Between two files, only as much of a word is kept as distinguishes them, as Pagefind does it.
fn shorten_limits(names: &mut [ChunkName]) {
    for at in 1..names.len() {
        let (before, after) = names.split_at_mut(at);
        let (before, after) = (&mut before[at - 1], &mut after[0]);
        let shared = before.to.chars().zip(after.from.chars()).take_while(|(a, b)| a == b).count();
        let to: String = before.to.chars().take(shared + 1).collect();
        if to >= before.from {
            before.to = to;
        }
        after.from = after.from.chars().take(shared + 1).collect();
    }
}

fn streams<'p>(parts: &'p [PartIndex], fields: &[String]) -> Result<Vec<WordStream<'p>>, String> {
    let mut first_page = 0;
    let mut streams = Vec::new();
    for part in parts {
        let number = |field| fields.binary_search(field).ok().and_then(|number| i32::try_from(number).ok());
        let numbers = part.contents.fields.iter().map(|field| number(field).unwrap_or_default()).collect();
        let mut stream = WordStream {
            chunks: part.chunks.iter(),
            words: Vec::new().into_iter(),
            head: None,
            first_page,
            fields: numbers,
        };
        stream.advance()?;
        streams.push(stream);
        first_page += u32::try_from(part.contents.pages.len()).map_err(|error| error.to_string())?;
    }
    Ok(streams)
}

/// The next word of any part, with its pages in all of them; `None` after the last.
fn next_word(streams: &mut [WordStream<'_>]) -> Result<Option<IndexedWord>, String> {
    let heads = streams.iter().filter_map(|stream| stream.head.as_ref());
    let Some(least) = heads.map(|head| &head.word).min().cloned() else { return Ok(None) };
    let mut word = IndexedWord { word: least, ..IndexedWord::default() };
    for stream in streams {
        if let Some(head) = stream.head.take_if(|head| head.word == word.word) {
            word.add(head);
            stream.advance()?;
        }
    }
    Ok(Some(word))
}

/// The words of one part, sorted. One of its files is unpacked at a time.
struct WordStream<'p> {
    chunks: slice::Iter<'p, Vec<u8>>,
    words: vec::IntoIter<IndexedWord>,
    head: Option<IndexedWord>,
    /// The number of the part's first page among all pages.
    first_page: u32,
    /// The numbers of the part's fields among all fields.
    fields: Vec<i32>,
}

impl WordStream<'_> {
    fn advance(&mut self) -> Result<(), String> {
        loop {
            if let Some(mut word) = self.words.next() {
                self.renumber(&mut word.pages)?;
                for variant in &mut word.variants {
                    self.renumber(&mut variant.pages)?;
                }
                self.head = Some(word);
                return Ok(());
            }
            let Some(file) = self.chunks.next() else { return Ok(()) };
            self.words = unpacked::<Chunk>(file)?.words.into_iter();
        }
    }

    /// From distances within the part to numbers among all pages.
    fn renumber(&self, pages: &mut [PageHits]) -> Result<(), String> {
        let mut last = self.first_page;
        for hits in pages {
            last += hits.page;
            hits.page = last;
            for place in hits.in_fields.iter_mut().filter(|place| **place < 0) {
                let field = usize::try_from(-(*place + 1)).ok().and_then(|field| self.fields.get(field));
                *place = -(field.ok_or("a word is in a field that does not exist")? + 1);
            }
        }
        Ok(())
    }
}

impl IndexedWord {
    /// Adds the pages of a later part.
    fn add(&mut self, other: Self) {
        self.pages.extend(other.pages);
        for variant in other.variants {
            match self.variants.iter_mut().find(|known| known.form == variant.form) {
                Some(known) => known.pages.extend(variant.pages),
                None => self.variants.push(variant),
            }
        }
    }

    fn places(&self) -> usize {
        let variants = self.variants.iter().flat_map(|variant| &variant.pages);
        let pages = self.pages.iter().chain(variants);
        let places = pages.map(|hits| hits.places.len() + hits.in_fields.len() + 1);
        places.sum::<usize>() + self.variants.len()
    }

    fn number_by_distance(&mut self) {
        let variants = self.variants.iter_mut().map(|Variant { pages, .. }| pages);
        for pages in [&mut self.pages].into_iter().chain(variants) {
            let mut last = 0;
            for hits in pages {
                (hits.page, last) = (hits.page - last, hits.page);
            }
        }
    }
}
