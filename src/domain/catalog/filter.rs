//! What a search asks for, as the condition of a statement.

use entity::{
    catalog::{product, product_tag, variant},
    money::{Currency, Money},
};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Condition, Expr, ExprTrait, LikeExpr, SelectStatement},
};

use super::{
    search_query::{Comparison, Filter, Term, Text},
    store::{AVAILABLE, PRICE_IN_SHOP_CURRENCY},
};

/// Whether the price of something is asked for, which is compared in the shop's currency.
#[must_use]
pub fn asks_for_price(filter: &Filter) -> bool {
    match filter {
        Filter::All(filters) | Filter::Any(filters) => filters.iter().any(asks_for_price),
        Filter::Not(filter) => asks_for_price(filter),
        Filter::Is(term) => matches!(term, Term::Price(..)),
    }
}

/// The condition of a filter. `currency` is the shop's, needed where a price is asked for.
#[must_use]
pub fn condition(filter: &Filter, currency: Option<Currency>) -> Condition {
    match filter {
        Filter::All(filters) => {
            filters.iter().fold(Condition::all(), |all, filter| all.add(condition(filter, currency)))
        }
        Filter::Any(filters) => {
            filters.iter().fold(Condition::any(), |any, filter| any.add(condition(filter, currency)))
        }
        Filter::Not(filter) => condition(filter, currency).not(),
        Filter::Is(term) => Condition::all().add(is(term, currency)),
    }
}

fn is(term: &Term, currency: Option<Currency>) -> Expr {
    match term {
        Term::Word(word) => has_word("' ' || product.search_words || ' '", word),
        Term::Title(word) => has_word("' ' || product.title_key || ' '", word),
        Term::Tag(tag) => exists(
            product_tag::Entity::find()
                .filter(Expr::cust("product_tag.product_id = product.id"))
                .filter(compares(Expr::col((product_tag::Entity, product_tag::Column::TagKey)), tag)),
        ),
        Term::ProductType(kind) => compares(Expr::col((product::Entity, product::Column::TypeKey)), kind),
        Term::Vendor(vendor) => compares(Expr::col((product::Entity, product::Column::VendorKey)), vendor),
        Term::Handle(handle) => product::Column::Handle.eq(handle),
        Term::Sku(sku) => exists(of_product().filter(variant::Column::Sku.eq(sku))),
        Term::Available(wanted) => {
            let available = available();
            if *wanted { available } else { available.not() }
        }
        Term::Price(comparison, decimal) => {
            match currency.and_then(|currency| Money::parse(decimal, currency).ok()) {
                Some(price) => has_price(*comparison, price.minor),
                // More digits than the currency has, or than a price can have: no variant costs that.
                None => Expr::cust("1 = 0"),
            }
        }
    }
}

/// Whether a product has a variant that can be bought.
#[must_use]
pub fn available() -> Expr {
    let mut sellable = of_product()
        .filter(Expr::cust(format!("(NOT variant.tracked OR variant.continue_selling OR {AVAILABLE} > 0)")));
    priced(QueryTrait::query(&mut sellable));
    product::Column::Status
        .eq(product::ProductStatus::Active)
        .and(product::Column::PublishedAt.is_not_null())
        .and(exists(sellable))
}

/// 0 where a product's title has all the words, 1 where it has not; nothing without words.
#[must_use]
pub fn relevance(words: &[Text]) -> Option<Expr> {
    if words.is_empty() {
        return None;
    }
    let in_title = words.iter().fold(Condition::all(), |all, word| all.add(is(&Term::Title(word.clone()), None)));
    Some(Expr::case(in_title, 0_i32).finally(1_i32).into())
}

fn has_price(comparison: Comparison, minor: i64) -> Expr {
    let price = Expr::col(("variant_price", "amount_minor"));
    let mut matching = of_product().filter(match comparison {
        Comparison::Less => price.lt(minor),
        Comparison::AtMost => price.lte(minor),
        Comparison::More => price.gt(minor),
        Comparison::AtLeast => price.gte(minor),
        Comparison::Equal => price.eq(minor),
    });
    priced(QueryTrait::query(&mut matching));
    exists(matching)
}

fn of_product() -> sea_orm::Select<variant::Entity> {
    variant::Entity::find().filter(Expr::cust("variant.product_id = product.id"))
}

fn priced(select: &mut SelectStatement) {
    select.join(JoinType::InnerJoin, "variant_price", Expr::cust(PRICE_IN_SHOP_CURRENCY));
}

fn exists<E: EntityTrait>(select: sea_orm::Select<E>) -> Expr {
    Expr::exists(select.select_only().expr(Expr::cust("1")).into_query())
}

/// A word in a text of words between blanks. Words hold letters and digits only, so that nothing in them is a wildcard.
#[must_use]
pub fn has_word(text: &'static str, word: &Text) -> Expr {
    let pattern = match word {
        Text::Equals(word) => format!("% {word} %"),
        Text::Begins(word) => format!("% {word}%"),
    };
    Expr::cust(format!("({text})")).like(pattern)
}

fn compares(column: Expr, text: &Text) -> Expr {
    match text {
        Text::Equals(text) => column.eq(text),
        Text::Begins(beginning) => {
            let mut pattern = String::with_capacity(beginning.len() + 1);
            for letter in beginning.chars() {
                if matches!(letter, '%' | '_' | '\\') {
                    pattern.push('\\');
                }
                pattern.push(letter);
            }
            pattern.push('%');
            column.like(LikeExpr::new(pattern).escape('\\'))
        }
    }
}
