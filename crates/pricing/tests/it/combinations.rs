//! Which discounts stand together: by example, and against trying every set.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;
use proptest::prelude::*;

fn keys(quote: &Quote) -> Vec<u128> {
    quote.discounts.iter().map(|discount| discount.key.0).collect()
}

#[test]
fn of_discounts_that_do_not_combine_the_best_counts() {
    let rules =
        discounts(vec![discount(1, off_order(1_000)), discount(2, off_order(1_500)), discount(3, off_order(500))]);
    let quote = quoted(&cart("USD", &[(1, 10_000)]), &rules);
    assert_eq!((keys(&quote), quote.discount), (vec![2], Amount(1_500)));
}

#[test]
fn both_sides_have_to_allow_a_combination() {
    let rules = |one_sided: bool| {
        let order = discount(2, off_order(1_000));
        discounts(vec![
            combining(discount(1, off_items(2_000, Items::All))),
            if one_sided { order } else { combining(order) },
        ])
    };
    let cart = cart("USD", &[(1, 10_000)]);
    assert_eq!((keys(&quoted(&cart, &rules(true))), quoted(&cart, &rules(true)).discount), (vec![1], Amount(2_000)));
    // 20 % of 100.00, then 10 % of the 80.00 that are left.
    assert_eq!(
        (keys(&quoted(&cart, &rules(false))), quoted(&cart, &rules(false)).discount),
        (vec![1, 2], Amount(2_800))
    );
}

#[test]
fn a_line_has_the_best_of_several_product_discounts() {
    let rules = discounts(vec![
        combining(discount(1, off_items(1_000, Items::All))),
        combining(discount(2, off_items(3_000, products(&[2])))),
    ]);
    let quote = quoted(&cart("USD", &[(1, 1_000), (1, 1_000)]), &rules);
    assert_eq!(quote.lines.iter().map(|line| line.discount.0).collect::<Vec<_>>(), [100, 300]);
    assert!(quote.lines.iter().all(|line| line.discounts.len() == 1));
}

#[test]
fn two_smaller_discounts_that_combine_beat_one_larger() {
    let rules = discounts(vec![
        discount(1, off_order(2_500)),
        combining(discount(2, off_order(1_500))),
        combining(discount(3, off_order(1_500))),
    ]);
    let quote = quoted(&cart("USD", &[(1, 10_000)]), &rules);
    assert_eq!((keys(&quote), quote.discount), (vec![2, 3], Amount(3_000)));
}

#[test]
fn a_code_that_loses_against_a_better_combination_says_so() {
    let rules = discounts(vec![coded(1, "FIVE", off_order(500)), discount(2, off_order(1_000))]);
    let quote = quoted(&with_codes(cart("USD", &[(1, 10_000)]), &["five"]), &rules);
    assert_eq!((keys(&quote), quote.codes[0].problem), (vec![2], Some(CodeProblem::BetterCombination)));
    assert_eq!(quote.codes[0].problem.map(CodeProblem::warning_code), Some("DISCOUNT_CODE_NOT_HONOURED"));
}

#[test]
fn of_equal_savings_the_one_that_honours_the_code_counts() {
    let rules = discounts(vec![discount(1, off_order(1_000)), coded(2, "TEN", off_order(1_000))]);
    let quote = quoted(&with_codes(cart("USD", &[(1, 10_000)]), &["ten", "TEN"]), &rules);
    assert_eq!(keys(&quote), [2]);
    assert_eq!(quote.codes.iter().map(|code| code.problem).collect::<Vec<_>>(), [None, Some(CodeProblem::Repeated)]);
}

#[test]
fn percentages_of_the_order_have_one_base_and_amounts_come_after() {
    let rules = discounts(vec![
        combining(discount(1, Effect::Order(Off::Across(amounts("USD", 4_500))))),
        combining(discount(2, off_order(3_000))),
        combining(discount(3, off_order(3_000))),
    ]);
    let quote = quoted(&cart("USD", &[(1, 10_000)]), &rules);
    let off: Vec<(u128, i64)> = quote.discounts.iter().map(|one| (one.key.0, one.amount.0)).collect();
    assert_eq!(off, [(1, 4_000), (2, 3_000), (3, 3_000)]);
    assert_eq!(quote.total, Amount::ZERO);
}

#[test]
fn more_discounts_than_may_compete_leave_the_codes_that_came_first() {
    let list: Vec<Discount> = (1..=30).map(|key| coded(key, &format!("c{key}"), off_order(100))).collect();
    let codes: Vec<String> = (1..=30).rev().map(|key| format!("c{key}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let quote = quoted(&with_codes(cart("USD", &[(1, 10_000)]), &codes), &discounts(list));
    let too_many = quote.codes.iter().filter(|code| code.problem == Some(CodeProblem::TooMany));
    assert_eq!(too_many.map(|code| code.code.to_string()).collect::<Vec<_>>(), ["c5", "c4", "c3", "c2", "c1"]);
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let items = prop_oneof![
        Just(Items::All),
        prop::collection::btree_set(1..=4_u128, 1..3).prop_map(|keys| products(&keys.into_iter().collect::<Vec<_>>())),
    ];
    prop_oneof![
        (0..=10_000_u32, items.clone()).prop_map(|(off, items)| off_items(off, items)),
        (0..3_000_i64, items).prop_map(|(off, items)| Effect::Items { off: Off::Each(amounts("USD", off)), items }),
        (0..=10_000_u32).prop_map(off_order),
        (0..9_000_i64).prop_map(|off| Effect::Order(Off::Across(amounts("USD", off)))),
        (0..=10_000_u32).prop_map(|off| Effect::Shipping {
            off: BasisPoints(off),
            most: None,
            countries: BTreeSet::new()
        }),
    ]
}

fn any_discount() -> impl Strategy<Value = Discount> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (any_effect(), flags).prop_map(|(effect, (product, order, shipping))| {
        let combines_with = CombinesWith { product, order, shipping };
        Discount { combines_with, ..discount(0, effect) }
    })
}

fn combine(a: &Discount, b: &Discount) -> bool {
    a.combines_with.with(b.effect.class()) && b.combines_with.with(a.effect.class())
}

fn saving(quote: &Quote) -> i64 {
    quote.discount.0 + quote.shipping_discount.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_other_set_takes_more_off(
        mut list in prop::collection::vec(any_discount(), 0..7),
        lines in prop::collection::vec((1..4_i64, 0..5_000_i64), 1..5),
    ) {
        for (key, discount) in (1..).zip(&mut list) {
            discount.key = DiscountKey(key);
        }
        let cart = going_to(cart("USD", &lines), address("US"));
        let with = |discounts: Vec<Discount>| {
            quoted(&cart, &Rules { delivery: Some(flat_delivery("USD", 900)), discounts, ..Rules::default() })
        };
        let chosen = with(list.clone());
        let counted: Vec<&Discount> =
            list.iter().filter(|one| chosen.discounts.iter().any(|applied| applied.key == one.key)).collect();
        for (index, one) in counted.iter().enumerate() {
            prop_assert!(counted[index + 1..].iter().all(|other| combine(one, other)));
        }
        let mut most = 0;
        for set in 0..1_u32 << list.len() {
            let members: Vec<&Discount> =
                list.iter().enumerate().filter(|(index, _)| set & (1 << index) != 0).map(|(_, one)| one).collect();
            if (1..members.len()).all(|index| members[..index].iter().all(|one| combine(one, members[index]))) {
                // Freed from its flags, the set counts as a whole.
                most = most.max(saving(&with(members.into_iter().cloned().map(combining).collect())));
            }
        }
        // Each rounding of a percentage of the order may be a minor unit off what the argument assumes.
        let roundings = i64::try_from(list.len()).expect("few");
        prop_assert!(saving(&chosen) + roundings >= most, "{} of {most}", saving(&chosen));
    }
}
