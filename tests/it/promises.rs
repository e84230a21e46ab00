//! `docs/promises.md` names a test for every promise that it says is kept: each of them exists.

use std::path::Path;

/// What the table says of tests: `file: name`, in backticks.
fn named_tests(page: &str) -> Vec<(String, String)> {
    let quoted = page.split('`').skip(1).step_by(2);
    let named = quoted.filter_map(|text| text.split_once(".rs: "));
    named.map(|(file, name)| (format!("{file}.rs"), name.trim().to_owned())).collect()
}

#[test]
fn every_promise_that_is_kept_names_a_test_and_every_named_test_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/promises.md")).expect("docs/promises.md");
    let rows =
        page.lines().filter(|line| line.starts_with("| ") && line.as_bytes().get(2).is_some_and(u8::is_ascii_digit));
    let mut promises = Vec::new();
    for row in rows {
        let number: u32 =
            row.trim_start_matches("| ").split(' ').next().and_then(|text| text.parse().ok()).expect("a number");
        assert!(row.contains("not yet") || !named_tests(row).is_empty(), "promise {number} names no test");
        promises.push(number);
    }
    assert_eq!(promises, (1..=39).collect::<Vec<_>>(), "every promise stands in the table, in order");
    for (file, name) in named_tests(&page) {
        let text = std::fs::read_to_string(root.join(&file)).unwrap_or_else(|_| panic!("there is no {file}"));
        assert!(text.contains(&format!("fn {name}(")), "{file} has no test {name}");
    }
}
