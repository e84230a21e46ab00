//! The house: which way dependencies point, who may use whom, and that every file says what it owns and stays short.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use cartwright::domain::MAY_USE;

/// Most lines of a file of `src`.
const MOST_LINES: usize = 400;

/// Files that are long because they are lists.
const LISTS: [&str; 3] =
    ["src/graphql/codes/country.rs", "src/graphql/codes/currency.rs", "src/graphql/codes/language.rs"];

/// A Rust file of the project: its path below the root, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The code without comments and without its tests at the end.
    fn code(&self) -> String {
        let code = self.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The domain a file belongs to.
    fn domain(&self) -> Option<&str> {
        self.path.strip_prefix("src/domain/")?.split_once('/').map(|(domain, _)| domain)
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let path = entry.strip_prefix(root).expect("below the root").display().to_string();
                found.push(Source { path, text: std::fs::read_to_string(&entry).expect("a text") });
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has files");
    found
}

/// What the code names by paths that begin with `prefix::`, groups of `use` opened: `a::{b, c::d}` names `b` and `c`.
fn named_below(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let marker = format!("{prefix}::");
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    for (place, _) in code.match_indices(&marker) {
        if code[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[place + marker.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let (mut depth, mut item) = (1, String::new());
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || (c == ',' && depth == 1) {
                names.insert(word(item.trim_start()));
                item.clear();
            } else {
                item.push(c);
            }
            if depth == 0 {
                break;
            }
        }
    }
    names.remove("");
    names
}

/// The files that name one of these, with what they name.
fn naming(sources: &[Source], forbidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let code = source.code();
        for name in forbidden {
            let (krate, part) = name.split_once("::").unwrap_or((name, ""));
            let hit = if part.is_empty() {
                !named_below(&code, krate).is_empty()
            } else {
                named_below(&code, krate).contains(part)
            };
            if hit {
                found.push(format!("{} names {name}", source.path));
            }
        }
    }
    found
}

#[test]
fn names_of_groups_are_read() {
    let code =
        "use crate::{app::App, domain::{auth::{A, B}, shared::C}};\nlet x = crate::graphql::f(mycrate::no::f());";
    let names = |prefix| named_below(code, prefix).into_iter().collect::<Vec<_>>();
    assert_eq!(names("crate"), ["app", "domain", "graphql"]);
    assert_eq!(names("domain"), ["auth", "shared"]);
    assert_eq!(names("mycrate"), ["no"]);
}

#[test]
fn tools_know_no_business() {
    let forbidden =
        ["crate::domain", "crate::graphql", "crate::http", "crate::app", "crate::cli", "async_graphql", "axum"];
    assert_eq!(naming(&sources("src/platform"), &forbidden), Vec::<String>::new());
}

#[test]
fn rules_know_neither_graphql_nor_http() {
    let forbidden =
        ["crate::graphql", "crate::http", "crate::app", "crate::cli", "crate::jobs", "async_graphql", "axum"];
    assert_eq!(naming(&sources("src/domain"), &forbidden), Vec::<String>::new());
}

#[test]
fn the_edges_know_of_each_other_what_they_must() {
    assert_eq!(naming(&sources("src/graphql"), &["crate::http", "crate::cli", "axum"]), Vec::<String>::new());
    assert_eq!(naming(&sources("src/http"), &["crate::cli"]), Vec::<String>::new());
    assert_eq!(
        naming(&sources("src/config"), &["crate::domain", "crate::graphql", "crate::http"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_domain_uses_only_those_it_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let sources = sources("src/domain");
    let domains: BTreeSet<&str> = sources.iter().filter_map(Source::domain).collect();
    for (domain, uses) in MAY_USE {
        for name in [domain].into_iter().chain(*uses) {
            assert!(domains.contains(name), "the table names {name}, which is no domain");
        }
    }
    let mut wrong = Vec::new();
    for source in &sources {
        let Some(domain) = source.domain() else { continue };
        for used in named_below(&source.code(), "domain") {
            let may =
                used == domain || used == "shared" || allowed.get(domain).is_some_and(|uses| uses.contains(&&*used));
            if domains.contains(used.as_str()) && (!may || (domain == "shared" && used != "shared")) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "see MAY_USE in src/domain/mod.rs");
}

#[test]
fn no_two_domains_use_each_other() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    for domain in allowed.keys() {
        let (mut reached, mut next) = (BTreeSet::new(), vec![*domain]);
        while let Some(one) = next.pop() {
            for used in allowed.get(one).copied().unwrap_or_default() {
                if reached.insert(*used) {
                    next.push(used);
                }
            }
        }
        assert!(!reached.contains(domain), "{domain} uses itself by a detour");
    }
}

#[test]
fn tables_and_migrations_stand_on_their_own() {
    let server = ["cartwright", "migration", "async_graphql", "axum"];
    assert_eq!(naming(&sources("entity/src"), &server), Vec::<String>::new());
    let server = ["cartwright", "entity", "async_graphql", "axum"];
    assert_eq!(naming(&sources("migration/src"), &server), Vec::<String>::new(), "a migration never imports entities");
    assert_eq!(
        naming(&sources("crates/graphql-transport/src"), &["cartwright", "entity", "sea_orm"]),
        Vec::<String>::new()
    );
}

#[test]
fn pricing_is_pure_and_counts_in_integers() {
    let pricing = sources("crates/pricing/src");
    let outside = ["cartwright", "entity", "sea_orm", "tokio", "chrono", "std::fs", "std::net", "std::env"];
    assert_eq!(naming(&pricing, &outside), Vec::<String>::new());
    let floats = pricing.iter().filter(|source| ["f32", "f64"].iter().any(|float| source.code().contains(float)));
    assert_eq!(floats.map(|source| source.path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_transaction_is_begun_in_one_place() {
    let begins = sources("src").into_iter().filter(|source| {
        source.path != "src/platform/tx.rs"
            && [".begin()", "begin_with_"].iter().any(|call| source.code().contains(call))
    });
    assert_eq!(begins.map(|source| source.path).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_owns() {
    for folder in ["src", "entity/src", "migration/src", "crates", "tests/it"] {
        for source in sources(folder) {
            let first = source.text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//! ") && first.len() > 8, "{} begins with {first:?}", source.path);
        }
    }
}

#[test]
fn files_are_short() {
    let long = sources("src").into_iter().filter(|source| !LISTS.contains(&source.path.as_str()));
    let long = long.map(|source| (source.text.lines().count(), source.path)).filter(|(lines, _)| *lines > MOST_LINES);
    assert_eq!(long.collect::<Vec<_>>(), Vec::new(), "split a file by what changes together");
}
