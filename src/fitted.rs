//! Lists that are kept for long: a preview holds every article of a site.

/// The list in as much room as it needs.
///
/// Not by `shrink_to_fit`: an allocator may leave a block where it is until half of it is free.
#[must_use]
pub fn fitted<T>(list: Vec<T>) -> Vec<T> {
    if list.len() == list.capacity() {
        return list;
    }
    let mut fitted = Vec::with_capacity(list.len());
    fitted.extend(list);
    fitted
}
