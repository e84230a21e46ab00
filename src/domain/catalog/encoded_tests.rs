//! What is encoded is what the published decoder reads: its algorithm in Rust, and the example of its documentation.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::encode;

/// `v1Decoder` of `@shopify/hydrogen-react` 2026.4, step by step, with its `parseInt(…) || 0`.
fn decode(encoded: &str) -> Vec<Vec<usize>> {
    let body = encoded.strip_prefix("v1_").expect("the version");
    let bytes = body.as_bytes();
    let (mut found, mut current, mut depth) = (Vec::new(), Vec::<usize>::new(), 0_usize);
    let (mut index, mut range_start) = (0, None::<usize>);
    let set = |current: &mut Vec<usize>, depth: usize, value| {
        current.resize(current.len().max(depth + 1), 0);
        current[depth] = value;
    };
    for at in (0..bytes.len()).filter(|at| matches!(bytes[*at], b' ' | b':' | b',' | b'-')) {
        let value = body[index..at].parse().unwrap_or(0);
        if let Some(start) = range_start.take() {
            for between in start..value {
                set(&mut current, depth, between);
                found.push(current.clone());
            }
        }
        set(&mut current, depth, value);
        match bytes[at] {
            b'-' => range_start = Some(value),
            b':' => depth += 1,
            operation => {
                if operation == b' ' || at == 0 || bytes[at - 1] != b',' {
                    found.push(current.clone());
                }
                if operation == b',' {
                    current.pop();
                    depth = depth.checked_sub(1).expect("no more ends than beginnings");
                }
            }
        }
        index = at + 1;
    }
    if let Ok(last) = body[index..].parse::<usize>() {
        match range_start {
            Some(start) => {
                for value in start..=last {
                    set(&mut current, depth, value);
                    found.push(current.clone());
                }
            }
            None => found.push(vec![last]),
        }
    }
    found
}

fn set(combinations: &[&[usize]]) -> BTreeSet<Vec<usize>> {
    combinations.iter().map(|combination| combination.to_vec()).collect()
}

#[test]
fn the_example_of_the_decoder_is_encoded_as_its_documentation_says() {
    let example =
        set(&[&[0, 0, 0], &[0, 1, 0], &[0, 1, 1], &[1, 0, 0], &[1, 0, 1], &[1, 1, 1], &[2, 0, 1], &[2, 1, 0]]);
    assert_eq!(encode(example), "v1_0:0:0,1:0-1,,1:0:0-1,1:1,,2:0:1,1:0,,");
}

#[test]
fn one_option_is_a_list_of_runs() {
    assert_eq!(encode(set(&[&[0]])), "v1_0");
    assert_eq!(encode(set(&[&[0], &[1], &[2]])), "v1_0-2");
    assert_eq!(encode(set(&[&[4], &[0], &[2], &[3], &[9]])), "v1_0 2-4 9");
}

#[test]
fn nothing_is_the_version_alone() {
    assert_eq!(encode(BTreeSet::new()), "v1_");
    assert!(decode("v1_").is_empty());
}

#[test]
fn two_thousand_combinations_are_a_short_text() {
    let all = (0..20).flat_map(|a| (0..10).flat_map(move |b| (0..10).map(move |c| vec![a, b, c])));
    let text = encode(all.collect());
    assert_eq!(decode(&text).len(), 2_000);
    assert!(text.len() < 1_500, "{} bytes", text.len());
}

fn some_combinations() -> impl Strategy<Value = BTreeSet<Vec<usize>>> {
    (1..=3_usize).prop_flat_map(|options| {
        let combination = proptest::collection::vec(0..12_usize, options);
        proptest::collection::btree_set(combination, 0..60)
    })
}

proptest! {
    #[test]
    fn decoded_it_is_what_was_encoded_in_order_and_once(combinations in some_combinations()) {
        let decoded = decode(&encode(combinations.clone()));
        prop_assert_eq!(decoded, combinations.into_iter().collect::<Vec<_>>());
    }
}
