//! The files of Pagefind's index, as its version 1.6 writes them: CBOR, compressed.
//!
//! Owns their form alone. Pagefind keeps its own types to itself; a test compares a joined index with its own.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// What each file begins with, once it is decompressed.
const SIGNATURE: &[u8] = b"pagefind_dcd";

/// `*.pf_meta`: what a browser reads first of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Contents {
    #[n(0)]
    pub version: String,
    #[n(1)]
    pub pages: Vec<FragmentName>,
    #[n(2)]
    pub chunks: Vec<ChunkName>,
    /// Always empty, as `orders`: no page asks for any.
    #[n(3)]
    pub filters: Vec<String>,
    #[n(4)]
    pub orders: Vec<String>,
    /// What pages have next to their text, such as their titles. Sorted.
    #[n(5)]
    pub fields: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FragmentName {
    /// The name of the file with its text.
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub words: u32,
    /// Empty: each page has a file of its own.
    #[n(2)]
    pub group: String,
}

/// Which words are in a file of words.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ChunkName {
    #[n(0)]
    pub from: String,
    #[n(1)]
    pub to: String,
    #[n(2)]
    pub name: String,
}

/// `*.pf_index`: some of the words, sorted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Chunk {
    #[n(0)]
    pub words: Vec<IndexedWord>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct IndexedWord {
    #[n(0)]
    pub word: String,
    #[n(1)]
    pub pages: Vec<PageHits>,
    #[n(2)]
    pub variants: Vec<Variant>,
}

/// The word with its accents.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Variant {
    #[n(0)]
    pub form: String,
    #[n(1)]
    pub pages: Vec<PageHits>,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PageHits {
    /// The number of the page; in a file, how much larger than the one before.
    #[n(0)]
    pub page: u32,
    #[n(1)]
    pub places: Vec<i32>,
    /// A negative number `-n - 1` begins the places in field `n`.
    #[n(2)]
    pub in_fields: Vec<i32>,
}

/// # Errors
/// If the file is none of Pagefind's of this version.
pub fn unpacked<T: for<'b> Decode<'b, ()>>(file: &[u8]) -> Result<T, String> {
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    let content = bytes.strip_prefix(SIGNATURE).ok_or("a file has no signature")?;
    minicbor::decode(content).map_err(|error| error.to_string())
}

/// A file, and a name for it from its content.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn packed(value: &impl Encode<()>, language: &str) -> Result<(String, Vec<u8>), String> {
    let content = minicbor::to_vec(value).map_err(|error| error.to_string())?;
    let hash = Sha256::digest(&content);
    let name = hash.iter().take(5).fold(format!("{language}_"), |name, byte| format!("{name}{byte:02x}"));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(SIGNATURE).and_then(|()| encoder.write_all(&content));
    let file = written.and_then(|()| encoder.finish()).map_err(|error| error.to_string())?;
    Ok((name, file))
}
