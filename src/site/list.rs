//! A long list of which a copy with another item costs little.
//!
//! Owns how lists are shared between a site and the one that it was made from. Knows nothing of
//! what they hold.

use std::ops::Deref;
use std::sync::Arc;

/// Reads as a slice. Copies share the items, and the list itself until one of them changes.
#[derive(Debug)]
pub struct List<T>(Arc<Vec<Arc<T>>>);

impl<T> List<T> {
    /// The item, to be changed in this copy alone.
    pub(super) fn edit(&mut self, index: usize) -> &mut T
    where
        T: Clone,
    {
        Arc::make_mut(&mut Arc::make_mut(&mut self.0)[index])
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// Items that other lists may share.
impl<T> From<Vec<Arc<T>>> for List<T> {
    fn from(items: Vec<Arc<T>>) -> Self {
        Self(Arc::new(items))
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for List<T> {
    type Target = [Arc<T>];

    fn deref(&self) -> &[Arc<T>] {
        &self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Arc::new(items.into_iter().map(Arc::new).collect()))
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a Arc<T>;
    type IntoIter = std::slice::Iter<'a, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
