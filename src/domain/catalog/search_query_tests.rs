//! How search texts are read.

use super::*;

fn begins(word: &str) -> Filter {
    Filter::Is(Term::Word(Text::Begins(word.to_owned())))
}

fn equals(text: &str) -> Text {
    Text::Equals(text.to_owned())
}

fn parse(text: &str) -> Option<Filter> {
    SearchQuery::parse("query", text, Prefix::All).expect("a text that can be stored").filter
}

#[test]
fn words_are_folded_and_all_are_wanted() {
    assert_eq!(parse("Café  LATTE"), Some(Filter::All(vec![begins("cafe"), begins("latte")])));
    assert_eq!(parse("ultra-book"), Some(Filter::All(vec![begins("ultra"), begins("book")])));
    assert_eq!(parse("don't"), Some(Filter::All(vec![begins("don"), begins("t")])));
}

#[test]
fn fields_are_read_with_and_without_quotes() {
    for text in ["tag:'Summer Sale'", "TAG:\"summer sale\""] {
        assert_eq!(parse(text), Some(Filter::Is(Term::Tag(equals("summer sale")))), "{text}");
    }
    assert_eq!(parse("vendor:Acme"), Some(Filter::Is(Term::Vendor(equals("acme")))));
    assert_eq!(parse("product_type:lap*"), Some(Filter::Is(Term::ProductType(Text::Begins("lap".to_owned())))));
    assert_eq!(parse("available_for_sale:true"), Some(Filter::Is(Term::Available(true))));
    assert_eq!(parse("variants.price:<=10.5"), Some(Filter::Is(Term::Price(Comparison::AtMost, "10.5".to_owned()))));
}

#[test]
fn or_not_and_parentheses_group() {
    let tag = |name: &str| Filter::Is(Term::Tag(equals(name)));
    assert_eq!(parse("tag:a OR tag:b"), Some(Filter::Any(vec![tag("a"), tag("b")])));
    let not_b = Filter::Not(Box::new(tag("b")));
    assert_eq!(parse("tag:a -tag:b"), Some(Filter::All(vec![tag("a"), not_b.clone()])));
    assert_eq!(parse("tag:a AND NOT tag:b"), Some(Filter::All(vec![tag("a"), not_b])));
    let either = Filter::Any(vec![tag("a"), tag("b")]);
    assert_eq!(parse("(tag:a OR tag:b) shoe"), Some(Filter::All(vec![either, begins("shoe")])));
}

#[test]
fn what_is_no_field_is_words() {
    assert_eq!(parse("col:x"), Some(Filter::All(vec![begins("col"), begins("x")])));
    assert_eq!(parse("variants.price:<1.2.3"), parse("variants price 1 2 3"));
    assert_eq!(parse("NEAR"), Some(begins("near")));
}

#[test]
fn operators_alone_ask_for_nothing() {
    for text in ["", "   ", "OR OR", "-", "(((", ")))", "\"", "% _ *", "!&|", "NOT", "tag:", "\"\" ''", "-(-(OR"] {
        assert_eq!(parse(text).filter(|filter| !matches!(filter, Filter::Is(Term::Word(_)))), None, "{text}");
    }
}

#[test]
fn long_texts_are_cut_short() {
    let query = SearchQuery::parse("query", &"word ".repeat(2_000), Prefix::All).expect("storable");
    assert_eq!(query.words.len(), MOST_TERMS);
    let query = SearchQuery::parse("query", &"x".repeat(60_000), Prefix::All).expect("storable");
    assert_eq!(query.words, [Text::Begins("x".repeat(LONGEST_WORD))]);
    assert!(parse(&"(".repeat(10_000)).is_none());
    match parse(&"price:<1 OR ".repeat(100)) {
        Some(Filter::Any(prices)) => assert_eq!(prices.len(), MOST_TERMS / 4),
        other => panic!("read as {other:?}"),
    }
    assert!(SearchQuery::parse("query", "a\0b", Prefix::All).is_err());
}

#[test]
fn only_the_last_word_matches_beginnings_when_asked() {
    let read = |prefix| SearchQuery::parse("query", "red sho", prefix).expect("storable").words;
    assert_eq!(read(Prefix::Last), [equals("red"), Text::Begins("sho".to_owned())]);
    assert_eq!(read(Prefix::None), [equals("red"), equals("sho")]);
}
