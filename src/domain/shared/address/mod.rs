//! Postal addresses: what each country's look like, and whether one can be delivered to.

mod check;
mod data;
mod rules;

pub use check::{AddressProblem, is_email, problems, problems_so_far, tidy};
pub use rules::{AddressPart, CountryRules, Province, is_latin, province_of, provinces_of, rules_of};
