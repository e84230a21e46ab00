//! Lists of ids inside a statement.

/// The ids without doubles, filled up with the last one to the next power of two, so that `IN` lists of any length make
/// few distinct statements and do not flood the statement caches.
#[must_use]
pub fn padded<T: Copy + Ord>(ids: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_to_a_power_of_two_and_stay_empty_when_empty() {
        assert_eq!(padded([3, 1, 3, 2]), [1, 2, 3, 3]);
        assert_eq!(padded([7]), [7]);
        assert!(padded(Vec::<i32>::new()).is_empty());
    }
}
