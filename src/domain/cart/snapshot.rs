//! A cart as it is now: its lines with what they sell, its quote, and what would make its completion fail.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    address::Address,
    cart::{cart, cart_address, cart_line},
    ids::{AccountId, CartId, CartLineId, VariantId},
    money::Money,
};
use pricing::{DeliveryChoice, DeliveryGroup, OptionKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{
    CartAccess, CartStatus, Problem, Target, delivery_options,
    problems::{ProblemKind, codes_used_up, problems},
    shelf::{Buyer, Shelf},
    store,
};
use crate::{
    domain::{
        catalog::Sellable,
        gift_card::CartCard,
        pricing::{Book, CartFacts, Destination, LineFacts, LineQuote, Paying, Quote},
        shared::{Error, country_name},
        shop,
    },
    platform::batch::padded,
};

/// One line with what it sells and costs.
#[derive(Clone, Debug)]
pub struct SnapshotLine {
    /// The line's row.
    pub line: cart_line::Model,
    /// Its variant.
    pub sellable: Sellable,
    /// What it costs.
    pub quote: LineQuote,
}

/// A cart as it is now.
#[derive(Clone, Debug)]
pub struct CartSnapshot {
    /// Its row.
    pub cart: cart::Model,
    /// Its lines, oldest first, without those whose variant was deleted (`problems` names these).
    pub lines: Vec<SnapshotLine>,
    /// What it costs.
    pub quote: Quote,
    /// Its gift cards, in the order in which they pay. What each pays, the quote says.
    pub gift_cards: Vec<CartCard>,
    /// What would make its completion fail.
    pub problems: Vec<Problem>,
    /// Its delivery addresses, oldest first.
    pub addresses: Vec<cart_address::Model>,
    /// Where it goes: the selected address, or the one that a checkout gives.
    pub destination: Option<Destination>,
    /// Lines whose variant was deleted. The next edit removes them.
    pub vanished: Vec<CartLineId>,
}

impl CartSnapshot {
    /// Units of all lines.
    #[must_use]
    pub fn total_quantity(&self) -> i64 {
        self.lines.iter().map(|line| i64::from(line.line.quantity)).sum()
    }

    /// The delivery address that is selected.
    #[must_use]
    pub fn selected_address(&self) -> Option<&cart_address::Model> {
        self.addresses.iter().find(|address| address.selected)
    }
}

/// The cart that the caller may see; `None` once ordered or merged away.
///
/// # Errors
/// The database's; `BadInput` when its total does not fit into 64 bits.
pub async fn open(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    access: &CartAccess,
) -> Result<Option<CartSnapshot>, Error> {
    open_on(db, now, access, &Terms::default()).await
}

/// The cart that the caller may see, as it is bought on other terms than its own.
///
/// # Errors
/// As [`open`].
pub async fn open_on(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    access: &CartAccess,
    terms: &Terms<'_>,
) -> Result<Option<CartSnapshot>, Error> {
    let found = store::visible_to(access).one(db).await?;
    Ok(assemble(db, now, found.into_iter().collect(), terms).await?.pop())
}

/// The carts that the caller may see, in as many statements as one; those that are not there are left out.
///
/// # Errors
/// The database's; `BadInput` when a total does not fit into 64 bits.
pub async fn open_all(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    accesses: &[CartAccess],
) -> Result<Vec<CartSnapshot>, Error> {
    let mut found = store::seen(db, accesses.iter().map(CartAccess::cart_id)).await?;
    found.retain(|cart| accesses.iter().any(|access| access.opens(cart)));
    assemble(db, now, found, &Terms::default()).await
}

/// On which terms a cart is bought, where a checkout says something else than the cart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms<'a> {
    /// The customer who is signed in.
    pub account_id: Option<AccountId>,
    /// The buyer's e-mail address.
    pub email: Option<&'a str>,
    /// Where it goes, in place of the cart's selected address.
    pub address: Option<&'a Address>,
    /// Where its invoice goes. What is not sent is taxed there, unless an address is given all the same.
    pub billing_address: Option<&'a Address>,
    /// The delivery option, in place of the cart's choice.
    pub delivery_option: Option<&'a str>,
}

/// A cart as it is bought on other terms than its own: its quote is that of the checkout.
///
/// # Errors
/// As [`snapshot`].
pub async fn snapshot_on(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: CartId,
    terms: &Terms<'_>,
) -> Result<Option<CartSnapshot>, Error> {
    let found = cart::Entity::find_by_id(id).one(db).await?;
    Ok(assemble(db, now, found.into_iter().collect(), terms).await?.pop())
}

/// A cart, whoever's and in whatever state it is. The statements are as many as for an empty one, however many lines it has.
///
/// # Errors
/// The database's; `BadInput` when its total does not fit into 64 bits.
pub async fn snapshot(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: CartId,
) -> Result<Option<CartSnapshot>, Error> {
    Ok(snapshots(db, now, &[id]).await?.pop())
}

/// Several carts in the order of `ids`, in as many statements as one.
///
/// # Errors
/// The database's; `BadInput` when a total does not fit into 64 bits.
pub async fn snapshots(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    ids: &[CartId],
) -> Result<Vec<CartSnapshot>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let filter = cart::Column::Id.is_in(padded(ids.iter().copied()));
    let mut carts = cart::Entity::find().filter(filter).all(db).await?;
    carts.sort_by_key(|cart| ids.iter().position(|id| *id == cart.id));
    assemble(db, now, carts, &Terms::default()).await
}

async fn assemble(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    carts: Vec<cart::Model>,
    terms: &Terms<'_>,
) -> Result<Vec<CartSnapshot>, Error> {
    let ids: Vec<CartId> = carts.iter().map(|cart| cart.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines: HashMap<CartId, Vec<cart_line::Model>> = HashMap::new();
    for line in store::lines_of(db, &ids).await? {
        lines.entry(line.cart_id).or_default().push(line);
    }
    let mut addresses: HashMap<CartId, Vec<cart_address::Model>> = HashMap::new();
    for address in store::addresses_of(db, &ids).await? {
        addresses.entry(address.cart_id).or_default().push(address);
    }
    // Most carts that are read together are of one country; each other country is asked for on its own.
    let mut wanted: BTreeMap<Buyer<'_>, Vec<VariantId>> = BTreeMap::new();
    for cart in &carts {
        let variants = lines.get(&cart.id).into_iter().flatten().map(|line| line.variant_id);
        wanted.entry(Buyer::of(cart)).or_default().extend(variants);
    }
    let mut shelves = HashMap::new();
    for (buyer, variants) in wanted {
        let country = buyer.country.map(str::to_owned);
        shelves.insert((buyer.currency, country), Shelf::load(db, buyer, now, &variants).await?);
    }
    let mut stocked = Vec::with_capacity(carts.len());
    for cart in carts {
        let lines = lines.remove(&cart.id).unwrap_or_default();
        let addresses = addresses.remove(&cart.id).unwrap_or_default();
        let Some(shelf) = shelves.get(&(cart.currency, cart.country_code.clone())) else { continue };
        stocked.push(Stocked::of(cart, lines, addresses, shelf, terms));
    }
    let facts: Vec<CartFacts> = stocked.iter().map(|stocked| stocked.facts.clone()).collect();
    let book = Book::load(db, now, &facts).await?;
    let goes_somewhere = facts.iter().any(|cart| cart.destination.is_some());
    let served = if goes_somewhere { Some(shop::get(db).await?.country_codes.0) } else { None };
    stocked.into_iter().map(|stocked| stocked.quoted(&book, served.as_deref())).collect()
}

/// A cart with what it sells, before it is quoted.
struct Stocked {
    cart: cart::Model,
    lines: Vec<(cart_line::Model, Sellable)>,
    addresses: Vec<cart_address::Model>,
    problems: Vec<Problem>,
    vanished: Vec<CartLineId>,
    facts: CartFacts,
}

impl Stocked {
    fn of(
        cart: cart::Model,
        lines: Vec<cart_line::Model>,
        addresses: Vec<cart_address::Model>,
        shelf: &Shelf,
        terms: &Terms<'_>,
    ) -> Self {
        let problems = problems(&cart, &lines, shelf);
        let (there, gone): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| shelf.sellables.contains_key(&line.variant_id));
        let vanished = gone.into_iter().map(|line| line.id).collect();
        let lines: Vec<(cart_line::Model, Sellable)> = there
            .into_iter()
            .filter_map(|line| shelf.sellables.get(&line.variant_id).cloned().map(|sellable| (line, sellable)))
            .collect();
        let facts = facts(&cart, &lines, &addresses, terms);
        Self { cart, lines, addresses, problems, vanished, facts }
    }

    /// With its quote; `served` are the countries that the shop sells to, as far as that is asked.
    fn quoted(self, book: &Book, served: Option<&[String]>) -> Result<CartSnapshot, Error> {
        let quote = book.quote(&self.facts);
        let quote =
            quote.map_err(|error| Error::bad_input("cart", format!("its total cannot be computed: {error}")))?;
        let lines = self.lines.into_iter().zip(quote.lines());
        let lines: Vec<_> = lines.map(|((line, sellable), quote)| SnapshotLine { line, sellable, quote }).collect();
        let gift_cards = book.gift_cards_of(&self.facts);
        let Self { cart, addresses, mut problems, vanished, facts, .. } = self;
        problems.extend(codes_used_up(&cart, &quote));
        let target = Target::Cart(cart.id);
        problems.extend(quote.engine().delivery_problems().filter_map(|(_, problem)| {
            let (kind, handle) = delivery_options::problem_of(problem)?;
            Some(Problem { kind, target, title: handle.map(|handle| book.delivery_title(handle)) })
        }));
        let destination = facts.destination;
        let country = destination.as_ref().and_then(|to| to.address.country_code.as_ref());
        let collected = |group: &DeliveryGroup| {
            let chosen = group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref());
            chosen.is_some_and(|option| matches!(option.kind, OptionKind::Pickup(_)))
        };
        let groups = &quote.engine().delivery_groups;
        let sent = lines.iter().any(|line| line.sellable.requires_shipping)
            && (groups.is_empty() || !groups.iter().all(collected));
        if let (Some(country), Some(served)) = (country.filter(|_| sent), served)
            && !served.contains(country)
        {
            // How it would be delivered there is not the question then.
            problems.retain(|problem| !problem.kind.is_of_delivery());
            problems.push(Problem {
                kind: ProblemKind::CountryNotServed,
                target,
                title: Some(country_name(country).to_owned()),
            });
        }
        Ok(CartSnapshot { cart, lines, quote, gift_cards, problems, addresses, destination, vanished })
    }
}

/// What the cart's price depends on.
fn facts(
    cart: &cart::Model,
    lines: &[(cart_line::Model, Sellable)],
    addresses: &[cart_address::Model],
    terms: &Terms<'_>,
) -> CartFacts {
    let selected = addresses.iter().find(|row| row.selected);
    let sent = lines.iter().any(|(_, sellable)| sellable.requires_shipping);
    let destination = match terms.address.or_else(|| terms.billing_address.filter(|_| !sent)) {
        Some(address) => Some(Destination { id: cart.id.0, address: address.clone() }),
        None => selected.map(|row| Destination { id: row.id.0, address: row.address.clone() }),
    };
    let line = |(line, sellable): &(cart_line::Model, Sellable)| LineFacts {
        id: line.id,
        variant_id: sellable.variant_id,
        product_id: sellable.product_id,
        title: sellable.product_title.clone(),
        quantity: i64::from(line.quantity),
        // What cannot be bought any more stays in the cart as a problem, and costs nothing there.
        price: sellable.price.or_else(|| (!sellable.purchasable).then(|| Money::new(0, cart.currency))),
        compare_at: sellable.compare_at,
        list_prices: sellable.list_prices.clone(),
        agreed_price: None,
        priced_at: None,
        as_ordered: None,
        weight_grams: i64::from(sellable.weight_grams),
        requires_shipping: sellable.requires_shipping,
        gift_card: sellable.is_gift_card,
        taxable: sellable.taxable,
        tax_class_id: sellable.tax_class_id,
    };
    let delivery_choices = match terms.delivery_option {
        Some(handle) => vec![DeliveryChoice { group: None, handle: handle.into() }],
        None => delivery_options::for_engine(&cart.delivery_choices, addresses, destination.as_ref().map(|to| to.id)),
    };
    CartFacts {
        currency: cart.currency,
        country_code: cart.country_code.clone(),
        account_id: terms.account_id.or(cart.account_id),
        email: terms.email.map(str::to_owned).or_else(|| cart.email.clone()),
        lines: lines.iter().map(line).collect(),
        destination,
        delivery_choices,
        discount_codes: cart.discount_codes.0.clone(),
        paying: Paying::Cards(cart.gift_card_ids.0.clone()),
        kept_discounts: Vec::new(),
        agreed: None,
        order_id: cart.order_id.filter(|_| cart.status == CartStatus::Locked),
    }
}
