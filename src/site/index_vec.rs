//! Lists that are indexed by a type of their own.

use std::marker::PhantomData;
use std::ops::{Deref, Index};
use std::sync::Arc;

/// A list whose items an `Ix` names. Copies share the items, and the list itself until one of them changes.
#[derive(Debug)]
pub struct IndexVec<Ix, T> {
    items: Arc<Vec<Arc<T>>>,
    index: PhantomData<fn(Ix)>,
}

impl<Ix, T> IndexVec<Ix, T> {
    pub fn as_slice(&self) -> &[Arc<T>] {
        &self.items
    }
}

impl<Ix: From<usize> + Into<usize>, T> IndexVec<Ix, T> {
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = Ix> + ExactSizeIterator + use<Ix, T> {
        (0..self.items.len()).map(Ix::from)
    }

    pub fn enumerated(&self) -> impl Iterator<Item = (Ix, &Arc<T>)> {
        self.indices().zip(self.items.iter())
    }

    pub fn before(&self, index: Ix) -> Option<Ix> {
        index.into().checked_sub(1).map(Ix::from)
    }

    pub fn after(&self, index: Ix) -> Option<Ix> {
        Some(index.into() + 1).filter(|next| *next < self.items.len()).map(Ix::from)
    }

    /// The list, to be changed in this copy alone.
    pub(super) fn edit_list(&mut self) -> &mut Vec<Arc<T>> {
        Arc::make_mut(&mut self.items)
    }

    /// The item, to be changed in this copy alone.
    pub(super) fn edit(&mut self, index: Ix) -> &mut T
    where
        T: Clone,
    {
        Arc::make_mut(&mut self.edit_list()[index.into()])
    }
}

impl<Ix: Into<usize>, T> Index<Ix> for IndexVec<Ix, T> {
    type Output = Arc<T>;

    fn index(&self, index: Ix) -> &Arc<T> {
        &self.items[index.into()]
    }
}

impl<Ix, T> Deref for IndexVec<Ix, T> {
    type Target = [Arc<T>];

    fn deref(&self) -> &[Arc<T>] {
        &self.items
    }
}

impl<Ix, T> Default for IndexVec<Ix, T> {
    fn default() -> Self {
        Self { items: Arc::default(), index: PhantomData }
    }
}

impl<Ix, T> Clone for IndexVec<Ix, T> {
    fn clone(&self) -> Self {
        Self { items: Arc::clone(&self.items), index: PhantomData }
    }
}

impl<Ix, T> From<Vec<Arc<T>>> for IndexVec<Ix, T> {
    fn from(items: Vec<Arc<T>>) -> Self {
        Self { items: Arc::new(items), index: PhantomData }
    }
}

impl<Ix, T> From<Vec<T>> for IndexVec<Ix, T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().map(Arc::new).collect::<Vec<Arc<T>>>().into()
    }
}

impl<'a, Ix, T> IntoIterator for &'a IndexVec<Ix, T> {
    type Item = &'a Arc<T>;
    type IntoIter = std::slice::Iter<'a, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
