//! Pages: which part of an ordered list is asked for, and what came.

use super::Error;

/// Items when a page's size is left out.
pub const DEFAULT_SIZE: u64 = 20;
/// Most items of one page.
pub const MOST: u64 = 250;

/// The part of a list that is asked for, as the Relay connection arguments say it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Most items.
    pub size: u64,
    /// From the start of the range, or from its end.
    pub range: Range,
    /// Only what comes after this cursor.
    pub after: Option<String>,
    /// Only what comes before this cursor.
    pub before: Option<String>,
}

/// Which end of the list the page is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// `first`.
    First,
    /// `last`.
    Last,
}

impl PageRequest {
    /// The first items of a list.
    #[must_use]
    pub fn first(size: u64) -> Self {
        Self { size: size.min(MOST), range: Range::First, after: None, before: None }
    }

    /// Checks the four connection arguments.
    ///
    /// # Errors
    /// `BadInput` naming the argument: not from 1 to 250, or `first` together with `last`.
    pub fn new(
        first: Option<i32>,
        last: Option<i32>,
        after: Option<String>,
        before: Option<String>,
    ) -> Result<Self, Error> {
        let (argument, given, range) = match (first, last) {
            (Some(_), Some(_)) => return Err(Error::bad_input("last", "give either first or last, not both")),
            (first, None) => ("first", first, Range::First),
            (None, last) => ("last", last, Range::Last),
        };
        let size = match given {
            None => DEFAULT_SIZE,
            Some(size) => u64::try_from(size)
                .ok()
                .filter(|size| (1..=MOST).contains(size))
                .ok_or_else(|| Error::bad_input(argument, format!("must be from 1 to {MOST}")))?,
        };
        Ok(Self { size, range, after, before })
    }
}

/// A part of a list, in the list's order.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items, each with the cursor that names its place.
    pub items: Vec<(String, T)>,
    /// Whether something comes after the last item.
    pub has_next: bool,
    /// Whether something comes before the first item.
    pub has_previous: bool,
    /// How many items the whole list has, where that was counted.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Makes a page from rows read in the direction of `request.range` with one row more than its size.
    pub fn from_rows(request: &PageRequest, mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        let size = usize::try_from(request.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let (has_next, has_previous) = match request.range {
            Range::First => (more, request.after.is_some()),
            Range::Last => {
                rows.reverse();
                (request.before.is_some(), more)
            }
        };
        let items = rows.into_iter().map(|row| (cursor(&row), row)).collect();
        Self { items, has_next, has_previous, total: None }
    }

    /// Takes a page out of a list that is in memory already; the cursor is the place in the list.
    ///
    /// # Errors
    /// `BadInput` for a cursor that this list did not hand out.
    pub fn from_slice(request: &PageRequest, all: Vec<T>) -> Result<Self, Error> {
        let place = |argument: &str, cursor: &Option<String>| match cursor {
            None => Ok(None),
            Some(cursor) => {
                cursor.parse::<usize>().map(Some).map_err(|_| Error::bad_input(argument, "is no cursor of this list"))
            }
        };
        let total = all.len();
        let start = place("after", &request.after)?.unwrap_or(0).min(total);
        let end =
            place("before", &request.before)?.map_or(total, |before| before.saturating_sub(1)).clamp(start, total);
        let size = usize::try_from(request.size).unwrap_or(usize::MAX);
        let (from, to) = match request.range {
            Range::First => (start, end.min(start.saturating_add(size))),
            Range::Last => (start.max(end.saturating_sub(size)), end),
        };
        let items = all.into_iter().enumerate().skip(from).take(to - from);
        let items = items.map(|(index, item)| ((index + 1).to_string(), item)).collect();
        Ok(Self { items, has_next: to < total, has_previous: from > 0, total: u64::try_from(total).ok() })
    }

    /// The same page of something else.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(|(cursor, item)| (cursor, change(item))).collect();
        Page { items, has_next: self.has_next, has_previous: self.has_previous, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_out_of_range_names_its_argument() {
        for (first, last, argument) in
            [(Some(0), None, "first"), (Some(-1), None, "first"), (None, Some(251), "last"), (Some(1), Some(1), "last")]
        {
            match PageRequest::new(first, last, None, None) {
                Err(Error::BadInput { argument: named, .. }) => assert_eq!(named, argument),
                other => panic!("expected a refusal, got {other:?}"),
            }
        }
    }

    #[test]
    fn a_list_in_memory_is_paged_both_ways() {
        let all: Vec<char> = "abcde".chars().collect();
        let read = |first, last, after: Option<&str>, before: Option<&str>| {
            let request = PageRequest::new(first, last, after.map(Into::into), before.map(Into::into)).expect("valid");
            let page = Page::from_slice(&request, all.clone()).expect("valid cursors");
            (page.items.iter().map(|(_, item)| *item).collect::<String>(), page.has_previous, page.has_next)
        };
        assert_eq!(read(Some(2), None, None, None), ("ab".into(), false, true));
        assert_eq!(read(Some(2), None, Some("2"), None), ("cd".into(), true, true));
        assert_eq!(read(Some(9), None, Some("4"), None), ("e".into(), true, false));
        assert_eq!(read(None, Some(2), None, None), ("de".into(), true, false));
        assert_eq!(read(None, Some(2), None, Some("4")), ("bc".into(), true, true));
    }
}
