//! Sorted lists that grow.

/// Merges sorted items into a sorted list. One item costs a few comparisons and one move of what follows it.
pub fn merge<T: Copy, K: Ord>(list: &mut Vec<T>, added: &[T], key: impl Fn(T) -> K) {
    let mut end = list.len();
    list.extend_from_slice(added);
    // From the last one, so that each item of the list moves once.
    for (earlier, item) in added.iter().enumerate().rev() {
        let at = list[..end].partition_point(|other| key(*other) < key(*item));
        list.copy_within(at..end, at + earlier + 1);
        list[at + earlier] = *item;
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::merge;

    proptest! {
        #[test]
        fn a_list_and_what_is_added_are_sorted_together(
            mut list in prop::collection::vec(0_u8..20, 0..20),
            mut added in prop::collection::vec(0_u8..20, 0..20),
        ) {
            let mut all = [list.as_slice(), added.as_slice()].concat();
            for list in [&mut list, &mut added, &mut all] {
                list.sort_unstable();
            }
            merge(&mut list, &added, |item| item);
            prop_assert_eq!(list, all);
        }
    }
}
