//! What holds for every cart and every rules, by generated ones.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;
use proptest::prelude::*;

const COUNTRIES: [&str; 3] = ["US", "CA", "DE"];

fn any_currency() -> impl Strategy<Value = Currency> {
    // Every number of digits that ISO 4217 has: ISK and JPY 0, USD 2, KWD 3, CLF 4.
    prop_oneof![Just(("JPY", 0)), Just(("USD", 2)), Just(("KWD", 3)), Just(("CLF", 4))]
        .prop_map(|(code, digits)| Currency::new(code, digits).expect("a code"))
}

prop_compose! {
    fn any_line()(
        (quantity, amount, compare_at) in (1..20_i64, 0..100_000_i64, prop::option::of(0..100_000_i64)),
        (product, class, weight_grams) in (1..5_u128, prop::option::of(1..3_u128), 0..3_000_i64),
        (requires_shipping, gift_card, second) in (prop::bool::weighted(0.8), prop::bool::weighted(0.1), any::<bool>()),
        tier in prop::option::of((2..30_i64, 0..100_000_i64)),
    ) -> (Line, Option<(i64, i64)>, Option<i64>, i64) {
        let line = Line::new(LineKey(0), VariantKey(product), ProductKey(product), quantity, Vec::new());
        let tax_class = class.map(TaxClassKey);
        let address = second.then_some(AddressKey(2));
        (Line { weight_grams, requires_shipping, gift_card, tax_class, address, ..line }, tier, compare_at, amount)
    }
}

prop_compose! {
    fn any_cart()(
        currency in any_currency(),
        lines in prop::collection::vec(any_line(), 0..8),
        keys in Just((1..9_u128).collect::<Vec<_>>()).prop_shuffle(),
        places in prop::collection::vec(0..COUNTRIES.len(), 2),
        choice in prop::option::of(prop_oneof![Just("flat"), Just("heavy"), Just("gone")]),
        codes in prop::collection::vec(1..8_u128, 0..4),
        cards in prop::collection::vec(0..200_000_i64, 0..3),
        (known, exempt, number) in (any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.2)),
    ) -> Cart {
        let mut cart = Cart::new(currency, NOW);
        for ((mut line, tier, compare_at, amount), key) in lines.into_iter().zip(keys) {
            line.key = LineKey(key);
            let own = Price { compare_at: compare_at.map(Amount), ..Price::own(currency, Amount(amount)) };
            let tier = tier.map(|(minimum_quantity, amount)| Price { minimum_quantity, ..Price::own(currency, Amount(amount)) });
            line.prices = [Some(own), tier].into_iter().flatten().collect();
            cart.lines.push(line);
        }
        cart.addresses = (1..).zip(places).map(|(key, place)| (AddressKey(key), address(COUNTRIES[place]))).collect();
        cart.delivery_choices = choice.map(|handle| DeliveryChoice { group: None, handle: handle.into() }).into_iter().collect();
        cart.discount_codes = codes.into_iter().map(|code| format!("code{code}").into()).collect();
        cart.gift_cards = (1..).zip(cards).map(|(key, balance)| GiftCard { key: GiftCardKey(key), currency, balance: Amount(balance) }).collect();
        cart.customer = known.then(|| Customer { tax_exempt: exempt, tax_number_valid: number, ..Customer::default() });
        cart
    }
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let items = || prop_oneof![Just(Items::All), (1..5_u128).prop_map(|key| products(&[key]))];
    let everywhere = |minor: i64| {
        Amounts(
            ["JPY.0", "USD.2", "KWD.3", "CLF.4"]
                .map(|code| (code.to_owned().try_into().expect("a code"), Amount(minor)))
                .to_vec(),
        )
    };
    prop_oneof![
        (0..=10_000_u32, items()).prop_map(|(off, items)| off_items(off, items)),
        (0..50_000_i64, items()).prop_map(move |(off, items)| Effect::Items { off: Off::Each(everywhere(off)), items }),
        (0..500_000_i64, items())
            .prop_map(move |(off, items)| Effect::Items { off: Off::Across(everywhere(off)), items }),
        (0..=10_000_u32).prop_map(off_order),
        (0..500_000_i64).prop_map(move |off| Effect::Order(Off::Across(everywhere(off)))),
        (items(), 1..4_i64, items(), 1..3_i64, 0..=10_000_u32, prop::option::of(1..4_i64)).prop_map(
            |(buy, buy_quantity, get, get_quantity, off, uses_per_order)| {
                Effect::BuyXGetY(BuyXGetY {
                    buy,
                    buy_quantity,
                    get,
                    get_quantity,
                    off: BasisPoints(off),
                    uses_per_order,
                })
            }
        ),
        (0..=10_000_u32, prop::option::of(0..5_000_i64)).prop_map(move |(off, most)| Effect::Shipping {
            off: BasisPoints(off),
            most: most.map(everywhere),
            countries: BTreeSet::new(),
        }),
    ]
}

prop_compose! {
    fn any_tax_zone(key: usize)(
        rates in prop::collection::vec((0..400_000_u32, prop::bool::weighted(0.3)), 0..4),
        reduced in 0..100_000_u32,
        shown in prop_oneof![Just(PriceBasis::Inclusive), Just(PriceBasis::Exclusive)],
        mode in prop_oneof![Just(Rounding::HalfUp), Just(Rounding::HalfEven), Just(Rounding::Down), Just(Rounding::Up)],
        level in prop_oneof![Just(RoundingLevel::Line), Just(RoundingLevel::Order)],
        components in prop_oneof![Just(Components::Separately), Just(Components::Together)],
        shipping in prop_oneof![Just(ShippingTax::NotTaxed), Just(ShippingTax::AsClass(None)), Just(ShippingTax::AsGoods)],
        reverse_charge in any::<bool>(),
    ) -> TaxZone {
        let first = 10 * key as u128;
        let full: Vec<Component> = (first..).zip(rates).map(|(key, (rate, compound))| Component { compound, ..component(key, "Tax", rate) }).collect();
        // The first tax is also the reduced class's, beside one of its own.
        let reduced = [full.first().cloned(), Some(component(first + 9, "Reduced", reduced))].into_iter().flatten().collect();
        let rates = vec![standard(full), of_class(1, reduced)];
        let rounding = TaxRounding { mode, level, components };
        TaxZone { shown, rounding, shipping, reverse_charge, ..tax_zone(key as u128, COUNTRIES[key], rates) }
    }
}

prop_compose! {
    fn any_rules()(
        effects in prop::collection::vec((any_effect(), any::<[bool; 4]>()), 0..8),
        flat in 0..5_000_i64,
        heavy in 0..9_000_i64,
        free_above in prop::option::of(0..200_000_i64),
        zones in (any_tax_zone(0), any_tax_zone(1)),
        entered in prop_oneof![Just(PriceBasis::Inclusive), Just(PriceBasis::Exclusive)],
        abroad in prop_oneof![Just(PricesAbroad::FixedGross), Just(PricesAbroad::FixedNet)],
        (delivers, charges) in (prop::bool::weighted(0.8), prop::bool::weighted(0.8)),
    ) -> (Rules, i64, i64, Option<i64>) {
        let mut discounts = Vec::new();
        for (key, (effect, [coded, product, order, shipping])) in (1..).zip(effects) {
            let method = if coded { Method::Codes(vec![format!("CODE{key}").into()]) } else { Method::Automatic };
            let combines_with = CombinesWith { product, order, shipping };
            discounts.push(Discount { method, combines_with, ..discount(key, effect) });
        }
        let home = Some(zones.0.key);
        let taxes = charges.then(|| TaxRules { zones: vec![zones.0, zones.1], entered, home, abroad });
        let delivery = delivers.then(DeliveryRules::default);
        (Rules { discounts, delivery, taxes }, flat, heavy, free_above)
    }
}

prop_compose! {
    fn any_case()(cart in any_cart(), (mut rules, flat, heavy, free_above) in any_rules()) -> (Cart, Rules) {
        if let Some(delivery) = &mut rules.delivery {
            let bands = vec![
                Band { from: 0, until: Some(5_000), cost: Amount(heavy / 2) },
                Band { from: 5_000, until: None, cost: Amount(heavy) },
            ];
            let rate = |key, handle, cost| DeliveryRate { currency: cart.currency, ..rate("USD", key, handle, cost) };
            let flat = DeliveryRate { free_above: free_above.map(Amount), ..rate(1, "flat", RateCost::Flat(Amount(flat))) };
            delivery.zones = vec![delivery_zone(1, Area::default(), vec![flat, rate(2, "heavy", RateCost::ByWeight(bands))])];
        }
        (cart, rules)
    }
}

fn sum(amounts: impl IntoIterator<Item = Amount>) -> Amount {
    Amount::sum(amounts).expect("it fits")
}

fn minus(a: Amount, b: Amount) -> Amount {
    a.minus(b).expect("it fits")
}

fn adds_up(quote: &Quote) -> Result<(), TestCaseError> {
    let mut all = vec![quote.subtotal, quote.discount, quote.shipping, quote.shipping_discount, quote.tax, quote.total];
    all.extend([quote.tax_included, quote.gift_card_amount, quote.due]);
    for line in &quote.lines {
        prop_assert_eq!(line.subtotal, line.unit_price.times(line.quantity).expect("it fits"));
        prop_assert_eq!(line.discount, sum(line.discounts.iter().map(|piece| piece.amount)));
        prop_assert_eq!(line.taxable, minus(line.subtotal, line.discount));
        prop_assert_eq!(line.total, sum([line.taxable, line.tax]));
        prop_assert_eq!(line.tax, sum(line.taxes.iter().filter(|tax| !tax.included).map(|tax| tax.amount)));
        prop_assert_eq!(line.tax_included, sum(line.taxes.iter().filter(|tax| tax.included).map(|tax| tax.amount)));
        prop_assert!(line.tax_included <= line.taxable);
        all.extend([
            line.unit_price,
            line.subtotal,
            line.discount,
            line.taxable,
            line.tax,
            line.tax_included,
            line.total,
        ]);
        all.extend(line.taxes.iter().map(|tax| tax.amount).chain(line.discounts.iter().map(|piece| piece.amount)));
    }
    for group in &quote.delivery_groups {
        prop_assert_eq!(group.taxable, minus(group.cost, group.discount));
        prop_assert_eq!(group.discount, sum(group.discounts.iter().map(|piece| piece.amount)));
        prop_assert_eq!(group.total, sum([group.taxable, group.tax]));
        prop_assert!(group.tax_included <= group.taxable);
        prop_assert_eq!(group.chosen.is_none(), group.problem.is_some());
        all.extend([group.cost, group.discount, group.taxable, group.tax, group.tax_included, group.total]);
        all.extend(group.taxes.iter().map(|tax| tax.amount));
    }
    let (lines, groups) = (&quote.lines, &quote.delivery_groups);
    prop_assert_eq!(quote.subtotal, sum(lines.iter().map(|line| line.subtotal)));
    prop_assert_eq!(quote.discount, sum(lines.iter().map(|line| line.discount)));
    prop_assert_eq!(quote.shipping, sum(groups.iter().map(|group| group.taxable)));
    prop_assert_eq!(quote.total, sum([minus(quote.subtotal, quote.discount), quote.shipping, quote.tax]));
    prop_assert_eq!(
        quote.total,
        sum(lines.iter().map(|line| line.total).chain(groups.iter().map(|group| group.total)))
    );
    let of_discounts = sum(quote.discounts.iter().map(|discount| discount.amount));
    prop_assert_eq!(of_discounts, sum([quote.discount, quote.shipping_discount]));
    let of_taxes = |included| sum(quote.taxes.iter().filter(|tax| tax.included == included).map(|tax| tax.amount));
    prop_assert_eq!((quote.tax, quote.tax_included), (of_taxes(false), of_taxes(true)));
    prop_assert_eq!(quote.gift_card_amount, sum(quote.gift_cards.iter().map(|card| card.amount)));
    prop_assert_eq!(quote.due, minus(quote.total, quote.gift_card_amount));
    prop_assert!(all.iter().all(|amount| *amount >= Amount::ZERO));
    let steps: i64 = quote.steps().iter().filter(|step| step.counts).map(|step| step.amount.0).sum();
    prop_assert_eq!(steps, quote.due.0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_quote_adds_up_and_is_the_same_again((cart, rules) in any_case()) {
        let quote = quoted(&cart, &rules);
        adds_up(&quote)?;
        prop_assert_eq!(&quote, &quoted(&cart, &rules));
    }

    #[test]
    fn the_rules_of_its_places_quote_a_cart_as_all_rules_do(
        (mut cart, mut rules) in any_case(),
        known in prop::option::of(0..COUNTRIES.len()),
        (nowhere, narrow) in (prop::bool::weighted(0.2), any::<bool>()),
    ) {
        cart.country = known.map(|place| country(COUNTRIES[place]));
        cart.addresses.iter_mut().for_each(|(_, address)| address.province = Some("TX".into()));
        if nowhere {
            cart.addresses.clear();
            cart.lines.iter_mut().for_each(|line| line.address = None);
        }
        // A zone of provinces goes before that of their country, also by the kept rules.
        for taxes in rules.taxes.iter_mut().filter(|_| narrow) {
            let provinces = ["TX", "BC"].map(Into::into).into();
            let areas = vec![Area { provinces, ..taxes.zones[0].areas[0].clone() }];
            let free = TaxZone { key: TaxZoneKey(99), areas, rates: Vec::new(), ..taxes.zones[0].clone() };
            taxes.zones.push(free);
        }
        let kept = Rules { discounts: rules.discounts.clone(), ..rules.at_places_of(&cart) };
        prop_assert_eq!(quoted(&cart, &rules), quoted(&cart, &kept));
    }

    #[test]
    fn the_order_of_lines_and_rules_changes_nothing((cart, rules) in any_case(), turn in 0..8_usize) {
        let before = quoted(&cart, &rules);
        let (mut turned, mut other) = (cart.clone(), rules.clone());
        if !turned.lines.is_empty() {
            let turn = turn % turned.lines.len();
            turned.lines.rotate_left(turn);
        }
        other.discounts.reverse();
        if let Some(taxes) = &mut other.taxes {
            taxes.zones.reverse();
            taxes.zones.iter_mut().for_each(|zone| zone.rates.reverse());
        }
        if let Some(delivery) = &mut other.delivery {
            delivery.zones.iter_mut().for_each(|zone| zone.rates.reverse());
        }
        let mut after = quoted(&turned, &other);
        let mut lines = before.lines.clone();
        lines.sort_by_key(|line| line.key);
        after.lines.sort_by_key(|line| line.key);
        prop_assert_eq!(lines, after.lines);
        prop_assert_eq!((before.total, before.taxes, before.discounts), (after.total, after.taxes, after.discounts));
        prop_assert_eq!(before.delivery_groups, after.delivery_groups);
    }

    #[test]
    fn splitting_a_line_does_not_change_the_subtotal((cart, rules) in any_case(), first in 1..20_i64) {
        prop_assume!(cart.lines.first().is_some_and(|line| line.quantity > first));
        let mut split = cart.clone();
        let mut rest = split.lines[0].clone();
        (rest.key, rest.quantity) = (LineKey(99), rest.quantity - first);
        split.lines[0].quantity = first;
        split.lines.push(rest);
        let (whole, parts) = (quoted(&cart, &rules), quoted(&split, &rules));
        adds_up(&parts)?;
        prop_assert_eq!(whole.subtotal, parts.subtotal);
    }

    #[test]
    fn giving_back_in_any_pieces_gives_back_the_total((cart, rules) in any_case(), sizes in prop::collection::vec(1..5_i64, 0..9)) {
        let quote = quoted(&cart, &rules);
        let mut sizes = sizes.into_iter().cycle();
        let mut before = Portion::default();
        let mut total = Amount::ZERO;
        let mut give_back = |now: Portion| -> Result<(), TestCaseError> {
            let refund = refund_for(&quote, &before, &now).expect("it is left");
            prop_assert!([refund.subtotal, refund.discount, refund.tax, refund.tax_included, refund.total].iter().all(|part| *part >= Amount::ZERO));
            prop_assert_eq!(refund.total, sum([minus(refund.subtotal, refund.discount), refund.shipping, refund.tax]));
            total = sum([total, refund.total]);
            before.lines.extend(now.lines);
            before.shipping = sum([before.shipping, now.shipping]);
            Ok(())
        };
        for line in &quote.lines {
            let mut left = line.quantity;
            while left > 0 {
                let piece = sizes.next().unwrap_or(1).min(left);
                give_back(Portion { lines: vec![(line.key, piece)], shipping: Amount::ZERO })?;
                left -= piece;
            }
        }
        let half = Amount(quote.shipping.0 / 2);
        give_back(Portion { lines: Vec::new(), shipping: half })?;
        give_back(Portion { lines: Vec::new(), shipping: minus(quote.shipping, half) })?;
        prop_assert_eq!(total, quote.total);
    }

    #[test]
    fn no_number_makes_it_panic(
        (mut cart, mut rules) in any_case(),
        numbers in prop::collection::vec(prop_oneof![any::<i64>(), Just(i64::MAX), Just(i64::MIN), Just(0), Just(i64::MAX / 3)], 16),
        rate in any::<u32>(),
    ) {
        let mut numbers = numbers.into_iter().cycle();
        let mut next = || numbers.next().unwrap_or(0);
        for line in &mut cart.lines {
            (line.quantity, line.weight_grams) = (next(), next());
            for price in &mut line.prices {
                (price.amount, price.minimum_quantity) = (Amount(next()), next());
            }
        }
        for card in &mut cart.gift_cards {
            card.balance = Amount(next());
        }
        for discount in &mut rules.discounts {
            if let Effect::BuyXGetY(rule) = &mut discount.effect {
                (rule.buy_quantity, rule.get_quantity, rule.uses_per_order) = (next(), next(), Some(next()));
            }
            if let Effect::Order(off) = &mut discount.effect {
                *off = Off::Across(Amounts(vec![(cart.currency, Amount(next()))]));
            }
            discount.usage.limit = None;
        }
        if let Some(zone) = rules.taxes.as_mut().and_then(|taxes| taxes.zones.first_mut()) {
            for component in zone.rates.iter_mut().flat_map(|rate| &mut rate.components) {
                component.rate = PartsPerMillion(rate);
            }
        }
        cart.now = Timestamp(next());
        if let Ok(quote) = quote(&cart, &rules) {
            adds_up(&quote)?;
        }
    }

    #[test]
    fn pieces_add_up_to_what_was_shared(
        amount in 0..=i64::MAX,
        weights in prop::collection::vec(prop_oneof![0..1_000_i64, 0..=i64::MAX], 1..20),
    ) {
        let weights: Vec<Amount> = weights.into_iter().map(Amount).collect();
        let pieces = allocate(Amount(amount), &weights).expect("it fits");
        prop_assert_eq!(pieces.iter().map(|piece| i128::from(piece.0)).sum::<i128>(), i128::from(amount));
        let whole: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
        for (piece, weight) in pieces.iter().zip(&weights) {
            prop_assert!(piece.0 >= 0);
            // No piece is a minor unit or more away from its exact share, by cross multiplication without overflow.
            if whole > 0 {
                let exact = i128::from(amount) * i128::from(weight.0) / whole;
                prop_assert!((i128::from(piece.0) - exact).abs() <= 1);
            }
            if whole >= i128::from(amount) && whole > 0 {
                prop_assert!(piece <= weight);
            }
        }
    }
}
