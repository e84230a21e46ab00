//! The `query` of `urlRedirects`: `path:/old`, `target:/new`, parts of the old path, `OR` between alternatives.
//!
//! Front ends send the path that was not found as it came, so nothing in it is an operator: a `-` or a parenthesis
//! belongs to the path.

use entity::content::url_redirect;
use sea_orm::{
    ColumnTrait,
    sea_query::{Condition, Expr, ExprTrait, LikeExpr},
};

use super::path;
use crate::domain::{catalog::search_query::storable, shared::Error};

/// Most terms that are looked at.
const MOST_TERMS: usize = 16;
/// Longest text that is compared, in characters: longer than any path that a redirect can have.
const LONGEST: usize = 3_000;

/// One thing that a redirect is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// `path:/x`: the old path, however it is spelled.
    Path(String),
    /// `path:/x*`: its beginning.
    PathBegins(String),
    /// `target:/x`
    Target(String),
    /// A text that stands in the old path.
    Holds(String),
}

/// What redirects must fulfil: one of these, each a list of which all must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter(Vec<Vec<Term>>);

impl Filter {
    /// Reads a query; nothing when it holds no word.
    ///
    /// # Errors
    /// `BadInput` naming `argument` for a text that no database can hold.
    pub fn parse(argument: &str, text: &str) -> Result<Option<Self>, Error> {
        storable(argument, text)?;
        let mut alternatives = vec![Vec::new()];
        for word in split(text).into_iter().take(MOST_TERMS) {
            match word.as_str() {
                "OR" => alternatives.push(Vec::new()),
                "AND" | "" => {}
                word => {
                    if let Some(all) = alternatives.last_mut() {
                        all.push(term(word));
                    }
                }
            }
        }
        alternatives.retain(|all| !all.is_empty());
        Ok((!alternatives.is_empty()).then_some(Self(alternatives)))
    }
}

/// Words between blanks; quotes hold blanks together and are left out.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote, mut any) = (String::new(), None, false);
    for letter in text.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.push(letter),
            None if letter.is_whitespace() => {
                if any {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
                continue;
            }
            // Only where a value begins: an apostrophe inside of a path is a letter.
            None if matches!(letter, '"' | '\'') && (word.is_empty() || word.ends_with(':')) => quote = Some(letter),
            None => word.push(letter),
        }
        any = true;
    }
    if any {
        words.push(word);
    }
    words
}

fn term(word: &str) -> Term {
    let cut = |text: &str| -> String { text.chars().take(LONGEST).collect() };
    match word.split_once(':') {
        Some(("path", value)) => match value.strip_suffix('*') {
            Some(beginning) => Term::PathBegins(cut(beginning).to_lowercase()),
            None => Term::Path(path::key(&cut(value))),
        },
        Some(("target", value)) => Term::Target(cut(value)),
        _ => Term::Holds(cut(word).to_lowercase()),
    }
}

/// The condition of a filter.
#[must_use]
pub fn condition(filter: &Filter) -> Condition {
    filter
        .0
        .iter()
        .fold(Condition::any(), |any, all| any.add(all.iter().fold(Condition::all(), |all, term| all.add(is(term)))))
}

fn is(term: &Term) -> Condition {
    use url_redirect::Column;
    // Keys are in lower case, so that both databases compare alike.
    let like =
        |pattern: String| Expr::col((url_redirect::Entity, Column::PathKey)).like(LikeExpr::new(pattern).escape('\\'));
    let all = Condition::all();
    match term {
        Term::Path(key) => all.add(Column::PathKey.eq(key)),
        Term::PathBegins(text) => all.add(like(format!("{}%", escaped(text)))),
        Term::Target(text) => Condition::any().add(Column::Target.eq(text)).add(Column::TargetKey.eq(path::key(text))),
        Term::Holds(text) => all.add(like(format!("%{}%", escaped(text)))),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<Term>> {
        Filter::parse("query", text).expect("it is read").map_or(Vec::new(), |filter| filter.0)
    }

    #[test]
    fn the_path_that_was_not_found_is_taken_as_it_is() {
        let path = |text: &str| Term::Path(text.to_owned());
        assert_eq!(read("path:/pages/a-b(c)/"), [[path("/pages/a-b(c)")]]);
        assert_eq!(read("path:\"/pages/a b\""), [[path("/pages/a b")]]);
        assert_eq!(read("path:'/x' OR path:/y"), [[path("/x")], [path("/y")]]);
        assert_eq!(read("path:/it's"), [[path("/it's")]]);
        assert_eq!(read("path:/x*"), [[Term::PathBegins("/x".to_owned())]]);
        assert_eq!(read("path:"), [[path("/")]]);
        assert!(read(" OR  AND \"\" ").is_empty());
        assert!(Filter::parse("query", "path:/\0").is_err());
    }
}
