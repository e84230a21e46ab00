//! Keyset pagination: a page begins where a row was, found by the row's sort values, never by counting rows.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, SelectStatement, WindowStatement};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::shared::{Error, PageRequest, Range};

/// Longest cursor that is read; ours are shorter unless a title has thousands of letters.
const LONGEST: usize = 16_384;

/// One sort value of the row that a cursor names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CursorValue {
    /// A number, or a moment in microseconds since 1970.
    Number(i64),
    /// A text, or an id.
    Text(String),
}

/// What a sort value is in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 64 or 32 bits.
    Number,
    /// Folded text.
    Text,
    /// A moment.
    Moment,
    /// An id.
    Id,
}

/// One column that a list is sorted by: where it is in the statement and in a row.
pub struct SortColumn<R> {
    /// What it is.
    pub kind: Kind,
    /// Where the statement finds it.
    pub expr: Expr,
    /// Where a row has it.
    pub read: fn(&R) -> CursorValue,
}

/// The place of a row in a sorted list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place(Vec<CursorValue>);

/// The part of a list that is asked for, its cursors read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Only what comes after this place.
    pub after: Option<Place>,
    /// Only what comes before this place.
    pub before: Option<Place>,
    /// Whether the page is taken from the end.
    pub from_end: bool,
}

#[derive(Serialize, Deserialize)]
struct Encoded {
    /// The name of the order that the values belong to.
    k: String,
    /// The values, the id last.
    v: Vec<CursorValue>,
}

/// A total order of a list: columns that sort all in one direction, the last of them unique.
pub struct Keyset<R> {
    /// Its name; a cursor of another name is refused.
    pub name: String,
    /// The columns.
    pub columns: Vec<SortColumn<R>>,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl<R> Keyset<R> {
    /// The cursor of a row.
    #[must_use]
    pub fn cursor(&self, row: &R) -> String {
        let values = self.columns.iter().map(|column| (column.read)(row)).collect();
        let encoded = Encoded { k: self.name.clone(), v: values };
        // Texts and numbers always have a JSON form.
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&encoded).unwrap_or_default())
    }

    /// Reads the cursors of a request.
    ///
    /// # Errors
    /// `BadInput` naming the argument: a cursor that this list, sorted so, did not hand out.
    pub fn span(&self, request: &PageRequest) -> Result<Span, Error> {
        let read = |argument: &str, cursor: &Option<String>| match cursor {
            None => Ok(None),
            Some(cursor) => self.place(cursor).map(Some).ok_or_else(|| {
                Error::bad_input(argument, "is no cursor of this list in this order; take it from an edge of the list")
            }),
        };
        Ok(Span {
            after: read("after", &request.after)?,
            before: read("before", &request.before)?,
            from_end: request.range == Range::Last,
        })
    }

    fn place(&self, cursor: &str) -> Option<Place> {
        if cursor.len() > LONGEST {
            return None;
        }
        let json = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let Encoded { k: name, v: values } = serde_json::from_slice(&json).ok()?;
        let fits = name == self.name && values.len() == self.columns.len();
        let all = || self.columns.iter().zip(&values).all(|(column, value)| bound(column.kind, value).is_some());
        (fits && all()).then_some(Place(values))
    }

    /// The condition that holds for the rows of a span.
    #[must_use]
    pub fn within(&self, span: &Span) -> Condition {
        let row = || Expr::tuple(self.columns.iter().map(|column| column.expr.clone()));
        let place = |place: &Place| {
            let values = self.columns.iter().zip(&place.0);
            Expr::tuple(values.filter_map(|(column, value)| bound(column.kind, value)))
        };
        let beyond = |at: &Place| if self.descending { row().lt(place(at)) } else { row().gt(place(at)) };
        let short_of = |at: &Place| if self.descending { row().gt(place(at)) } else { row().lt(place(at)) };
        Condition::all().add_option(span.after.as_ref().map(beyond)).add_option(span.before.as_ref().map(short_of))
    }

    fn direction(&self, span: &Span) -> Order {
        if self.descending == span.from_end { Order::Asc } else { Order::Desc }
    }

    /// Sorts a statement in the direction in which the span is read.
    pub fn sort(&self, select: &mut SelectStatement, span: &Span) {
        for column in &self.columns {
            select.order_by_expr(column.expr.clone(), self.direction(span));
        }
    }

    /// Sorts the rows that a window numbers in the direction in which the span is read.
    pub fn sort_window(&self, window: &mut WindowStatement, span: &Span) {
        for column in &self.columns {
            window.order_by_expr(column.expr.clone(), self.direction(span));
        }
    }
}

/// A sort value as the database compares it; nothing if it is not of that kind.
fn bound(kind: Kind, value: &CursorValue) -> Option<Expr> {
    match (kind, value) {
        (Kind::Number, CursorValue::Number(number)) => Some(Expr::val(*number)),
        (Kind::Text, CursorValue::Text(text)) => (!text.contains('\0')).then(|| Expr::val(text.as_str())),
        (Kind::Moment, CursorValue::Number(microseconds)) => {
            let moment = DateTime::from_timestamp_micros(*microseconds)?;
            // Years that both databases can hold and compare.
            (1..=9_999).contains(&moment.year()).then(|| Expr::val(moment))
        }
        (Kind::Id, CursorValue::Text(id)) => Uuid::try_parse(id).ok().map(Expr::val),
        (Kind::Number | Kind::Moment, CursorValue::Text(_)) | (Kind::Text | Kind::Id, CursorValue::Number(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_number(name: &str) -> Keyset<i64> {
        let column = SortColumn { kind: Kind::Number, expr: Expr::cust("n"), read: |n| CursorValue::Number(*n) };
        Keyset { name: name.to_owned(), columns: vec![column], descending: false }
    }

    fn after(cursor: &str) -> PageRequest {
        PageRequest { after: Some(cursor.to_owned()), ..PageRequest::first(1) }
    }

    #[test]
    fn a_cursor_is_read_back_by_the_order_that_made_it_and_by_no_other() {
        let cursor = by_number("PRICE").cursor(&7);
        let span = by_number("PRICE").span(&after(&cursor)).expect("its own cursor");
        assert_eq!(span.after, Some(Place(vec![CursorValue::Number(7)])));
        assert!(by_number("TITLE").span(&after(&cursor)).is_err());
    }

    #[test]
    fn garbage_is_refused_and_names_its_argument() {
        let text = BASE64_URL_SAFE_NO_PAD.encode(r#"{"k":"PRICE","v":["x"]}"#);
        let few = BASE64_URL_SAFE_NO_PAD.encode(r#"{"k":"PRICE","v":[]}"#);
        for garbage in ["", "1", "%%%", "e30", &text, &few, &"A".repeat(LONGEST + 1)] {
            match by_number("PRICE").span(&after(garbage)) {
                Err(Error::BadInput { argument, .. }) => assert_eq!(argument, "after"),
                other => panic!("{garbage} was read as {other:?}"),
            }
        }
    }
}
