//! The engine's tests: rules by example, taxes by the offices' own examples, arithmetic by properties.

mod combinations;
mod delivery;
mod discounts;
mod invariants;
mod make;
mod prices;
mod quotes;
mod refunds;
mod tax_examples;
mod taxes;
