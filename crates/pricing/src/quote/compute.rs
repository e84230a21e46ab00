//! The one function that adds money up: prices, discounts, delivery, taxes, gift cards, in this order.

use std::collections::{BTreeMap, BTreeSet};

use super::{PricedLine, Quote, assemble, tax};
use crate::{
    Address, AddressKey, Amount, Buyer, Cart, ChosenPrice, DeliveryRules, Line, PriceReason, PricingError, Rules,
    delivery::{self, Group, Offer},
    discount::{self, GroupCost},
    error::Result,
    price,
    tax::{Place, Places},
};

/// Quotes a cart by the shop's rules. The same cart and rules give the same quote, in whatever order lines and rules come.
///
/// # Errors
/// `Overflow`; what is wrong with the cart (`Quantity`, `Negative`, `Duplicate`, `NoPrice`, `UnknownAddress`) or with the
/// rules (`Rule`, `Negative`, `Duplicate`). What a shopper can mend is not among them: it is part of the quote.
pub fn quote(cart: &Cart, rules: &Rules) -> Result<Quote> {
    check(cart)?;
    let mut order: Vec<usize> = (0..cart.lines.len()).collect();
    order.sort_unstable_by_key(|index| cart.lines[*index].key);
    let lines: Vec<&Line> = order.iter().map(|index| &cart.lines[*index]).collect();

    let groups = match &rules.delivery {
        Some(delivery) => {
            delivery::check(delivery)?;
            group(cart, delivery, &lines)?
        }
        None => Vec::new(),
    };
    let places = rules.taxes.as_ref().map(|taxes| Places::new(taxes, cart.customer.as_ref())).transpose()?;
    let estimate = cart.country.map(Address::of_country);
    let taxed = places.map(|places| taxed(cart, places, estimate.as_ref(), &lines, &groups));
    let priced = price_lines(cart, &lines, taxed.as_ref())?;

    let offers = |goods: &[Amount]| offers(cart, rules, &priced, &groups, taxed.as_ref(), goods);
    let costs = |goods: &[Amount]| {
        let cost = |(group, offer): (&Group<'_>, Offer)| GroupCost {
            cost: offer.chosen.as_ref().ok().map(|index| offer.options[*index].cost),
            country: group.address.map(|(_, address)| address.country),
            collected: group.pickup.is_some(),
        };
        Ok(groups.iter().zip(offers(goods)?).map(cost).collect())
    };
    let discounted = discount::apply(cart, &rules.discounts, &priced, costs)?;

    let mut quoted = assemble::lines(&priced, discounted.lines)?;
    let goods: Vec<Amount> = quoted.iter().map(|line| line.taxable).collect();
    let mut delivered = Vec::with_capacity(groups.len());
    let mut allocations = discounted.groups.into_iter();
    for (group, offer) in groups.iter().zip(offers(&goods)?) {
        delivered.push(assemble::delivery_group(group, &priced, offer, allocations.next().unwrap_or_default())?);
    }
    let taxes = match &taxed {
        Some(taxed) => tax::charge(taxed, &priced, &mut quoted, &groups, &mut delivered)?,
        None => Vec::new(),
    };
    let estimated = taxed.is_some_and(|taxed| taxed.estimated);
    assemble::quote(cart, &order, quoted, delivered, (discounted.applied, discounted.codes), (taxes, estimated))
}

fn check(cart: &Cart) -> Result<()> {
    let mut keys = BTreeSet::new();
    for line in &cart.lines {
        if line.quantity < 1 {
            return Err(PricingError::Quantity);
        }
        if !keys.insert(line.key) {
            return Err(PricingError::Duplicate("lines"));
        }
        if line.address.is_some_and(|address| cart.addresses.iter().all(|(key, _)| *key != address)) {
            return Err(PricingError::UnknownAddress);
        }
    }
    let addresses: BTreeSet<AddressKey> = cart.addresses.iter().map(|(key, _)| *key).collect();
    if addresses.len() != cart.addresses.len() {
        return Err(PricingError::Duplicate("addresses"));
    }
    cart.gift_cards.iter().try_for_each(|card| card.balance.not_negative("a gift card").map(drop))
}

/// Where a line goes.
fn address_of<'a>(cart: &'a Cart, line: &Line) -> Option<(AddressKey, &'a Address)> {
    let named = |address: AddressKey| cart.addresses.iter().find(|(key, _)| *key == address);
    let one = line.address.map_or_else(|| cart.addresses.first(), named);
    one.map(|(key, address)| (*key, address))
}

/// The lines that are delivered, by address.
fn group<'a>(cart: &'a Cart, rules: &'a DeliveryRules, lines: &[&Line]) -> Result<Vec<Group<'a>>> {
    let mut groups: BTreeMap<Option<AddressKey>, Group<'a>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.requires_shipping) {
        let address = address_of(cart, line);
        let group = groups.entry(address.map(|(key, _)| key)).or_insert_with(|| Group::new(cart, rules, address));
        group.lines.push(index);
        group.weight_grams = delivery::weigh(group.weight_grams, line.weight_grams, line.quantity)?;
    }
    Ok(groups.into_values().collect())
}

/// Where everything is taxed.
#[derive(Clone, Debug)]
pub(super) struct Taxed<'a> {
    /// Each line.
    pub lines: Vec<Place<'a>>,
    /// Each delivery group.
    pub groups: Vec<Place<'a>>,
    /// An address was missing.
    pub estimated: bool,
}

/// Goods are taxed where they go, or where they are collected; without an address where the buyer probably is.
fn taxed<'a>(
    cart: &Cart,
    places: Places<'a>,
    estimate: Option<&Address>,
    lines: &[&Line],
    groups: &[Group<'_>],
) -> Taxed<'a> {
    let of_group = |group: &Group<'_>| {
        let collected = group.pickup.map(|pickup| &pickup.address);
        places.at(collected.or_else(|| group.address.map(|(_, address)| address)).or(estimate))
    };
    let of_groups: Vec<Place<'a>> = groups.iter().map(of_group).collect();
    let mut of_lines: Vec<Option<Place<'a>>> = vec![None; lines.len()];
    for (group, place) in groups.iter().zip(&of_groups) {
        for index in &group.lines {
            of_lines[*index] = Some(*place);
        }
    }
    let mut estimated = groups.iter().any(|group| group.pickup.is_none() && group.address.is_none());
    // Lines of no group share the cart's few addresses: each is looked up once.
    let mut known: BTreeMap<Option<AddressKey>, Place<'a>> = BTreeMap::new();
    for (line, place) in lines.iter().zip(&mut of_lines).filter(|(_, place)| place.is_none()) {
        let address = address_of(cart, line);
        estimated |= address.is_none();
        let at = || places.at(address.map(|(_, address)| address).or(estimate));
        *place = Some(*known.entry(address.map(|(key, _)| key)).or_insert_with(at));
    }
    Taxed { lines: of_lines.into_iter().flatten().collect(), groups: of_groups, estimated }
}

/// Chooses each line's price. Tiers look at all units of the variant, so that splitting a line changes nothing.
fn price_lines<'a>(cart: &Cart, lines: &[&'a Line], taxed: Option<&Taxed<'_>>) -> Result<Vec<PricedLine<'a>>> {
    let mut quantities: BTreeMap<_, i64> = BTreeMap::new();
    for line in lines {
        let quantity = quantities.entry(line.variant).or_default();
        *quantity = quantity.checked_add(line.quantity).ok_or(PricingError::Overflow)?;
    }
    let groups = cart.customer.as_ref().map_or(&[][..], |customer| &customer.groups);
    let mut priced = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let quantity = quantities.get(&line.variant).copied().unwrap_or(line.quantity);
        let now = line.priced_at.unwrap_or(cart.now);
        let buyer = Buyer { currency: cart.currency, country: cart.country, groups, quantity, now };
        let price = match line.agreed_price {
            Some(amount) => {
                let amount = amount.not_negative("a price")?;
                ChosenPrice { amount, compare_at: None, minimum_quantity: 1, reason: PriceReason::Agreed }
            }
            None => price::choose(&line.prices, &buyer)?,
        };
        let localize = |amount: Amount| match taxed {
            Some(taxed) if price.reason != PriceReason::Agreed && !line.gift_card => {
                taxed.lines[index].localize(amount, line.tax_class)
            }
            Some(_) | None => Ok(amount),
        };
        let unit_price = localize(price.amount)?;
        let compare_at = price.compare_at.map(localize).transpose()?.filter(|before| *before > unit_price);
        let subtotal = unit_price.times(line.quantity)?;
        priced.push(PricedLine { line, price, unit_price, compare_at, subtotal });
    }
    Ok(priced)
}

/// What each group is offered when the lines cost so much after discounts.
fn offers(
    cart: &Cart,
    rules: &Rules,
    priced: &[PricedLine<'_>],
    groups: &[Group<'_>],
    taxed: Option<&Taxed<'_>>,
    goods: &[Amount],
) -> Result<Vec<Offer>> {
    let Some(delivery) = &rules.delivery else { return Ok(Vec::new()) };
    let mut offers = Vec::with_capacity(groups.len());
    for (number, group) in groups.iter().enumerate() {
        let worth = Amount::sum(group.lines.iter().map(|index| goods[*index]))?;
        let localize = |cost: Amount| match taxed {
            Some(taxed) => tax::localize_delivery(&taxed.groups[number], cost, group, priced),
            None => Ok(cost),
        };
        offers.push(delivery::offer(delivery, cart.currency, group, worth, localize)?);
    }
    Ok(offers)
}
