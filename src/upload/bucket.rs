//! A place in object storage where a site is published.
//!
//! Owns how paths of the site are named there, and what is said of each file: its type, how long it may be kept, and
//! its hash.

use crate::paths::kept_names::SUMS;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload, UpdateVersion,
};

use super::fault::{FaultKind, StoreFault};
use crate::file_formats::media_type;
use crate::hosts::cache_control;
use crate::publish::{hash, hex};

#[derive(Clone)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: Box<str>,
    shown_as: Box<str>,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown_as)
    }
}

/// What is stored at a path.
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    pub(super) version: UpdateVersion,
    /// A publish of ours wrote it: a file that others write again has no such hash.
    pub(super) is_ours: bool,
    pub(super) state: ListState,
}

/// Whether the files that SHA256SUMS lists are all there is, as far as a publish knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListState {
    Finished,
    /// A publish is under way, or was stopped.
    Unfinished,
}

impl Bucket {
    /// `prefix` has no `/` at its ends; `shown_as` is how messages call the place.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>, prefix: &str, shown_as: &str) -> Self {
        Self { store, prefix: prefix.into(), shown_as: shown_as.trim_end_matches('/').into() }
    }

    #[must_use]
    pub fn shown_as(&self) -> &str {
        &self.shown_as
    }

    fn at(&self, path: &str) -> Result<Path, StoreFault> {
        let whole = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        let unfit =
            |_| StoreFault { kind: FaultKind::Other, fact: format!("{path} is no name for a file there") };
        Path::parse(whole).map_err(unfit)
    }

    /// `None` if nothing is there.
    pub(super) async fn get(&self, path: &str) -> Result<Option<Stored>, StoreFault> {
        let found = match self.store.get(&self.at(path)?).await.map_err(StoreFault::from) {
            Ok(found) => found,
            Err(fault) if fault.kind == FaultKind::Missing => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        let is_ours = found.attributes.get(&HASH).is_some();
        let is_unfinished = found.attributes.get(&UNFINISHED).is_some();
        let state = if is_unfinished { ListState::Unfinished } else { ListState::Finished };
        let bytes = found.bytes().await.map_err(StoreFault::from)?.to_vec();
        Ok(Some(Stored { bytes, version, is_ours, state }))
    }

    /// The path of everything that is stored, of ours and of others.
    pub(super) async fn names(&self) -> Result<HashSet<String, ahash::RandomState>, StoreFault> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.at("")?) };
        let start = if self.prefix.is_empty() { 0 } else { self.prefix.len() + 1 };
        let listed = self.store.list(prefix.as_ref());
        let names =
            listed.map_ok(|found| found.location.as_ref().get(start..).unwrap_or_default().to_owned());
        names.try_collect().await.map_err(StoreFault::from)
    }

    pub(super) async fn put(&self, path: &str, bytes: Vec<u8>, mode: PutMode) -> Result<(), StoreFault> {
        self.put_with(path, bytes, mode, ListState::Finished).await
    }

    /// Writes SHA256SUMS.
    pub(super) async fn put_list(
        &self,
        list: Vec<u8>,
        mode: PutMode,
        state: ListState,
    ) -> Result<(), StoreFault> {
        self.put_with(SUMS, list, mode, state).await
    }

    async fn put_with(
        &self,
        path: &str,
        bytes: Vec<u8>,
        mode: PutMode,
        state: ListState,
    ) -> Result<(), StoreFault> {
        let mut attributes = Attributes::from_iter([
            (Attribute::ContentType, media_type(path)),
            (Attribute::CacheControl, cache_control(path).to_owned()),
            (HASH, hex(&hash(&bytes))),
        ]);
        if state == ListState::Unfinished {
            attributes.insert(UNFINISHED, "yes".into());
        }
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        self.store.put_opts(&self.at(path)?, PutPayload::from(bytes), options).await?;
        Ok(())
    }

    /// Nothing at the path is fine, too.
    pub(super) async fn remove(&self, path: &str) -> Result<(), StoreFault> {
        match self.store.delete(&self.at(path)?).await.map_err(StoreFault::from) {
            Err(fault) if fault.kind != FaultKind::Missing => Err(fault),
            _ => Ok(()),
        }
    }
}

/// Of letters and digits alone, as not every storage takes more.
const HASH: Attribute = Attribute::Metadata(Cow::Borrowed("bulletinsha256"));

/// Of SHA256SUMS, while a publish is under way.
const UNFINISHED: Attribute = Attribute::Metadata(Cow::Borrowed("bulletinunfinished"));
