//! The rules. This layer knows neither GraphQL nor HTTP.
//!
//! Which domain may use which stands in [`MAY_USE`]; `tests/it/architecture.rs` holds the code to it. Every domain may
//! use `shared`.

pub mod auth;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod content;
pub mod customer;
pub mod delivery;
pub mod discount;
pub mod gift_card;
pub mod inventory;
pub mod invoice;
pub mod ledger;
pub mod notification;
pub mod operations;
pub mod order;
pub mod payment;
pub mod price_list;
pub mod pricing;
pub mod shared;
pub mod shop;
pub mod tax;

/// Who may use whom, beside `shared`. A row that is missing may use nobody.
pub const MAY_USE: &[(&str, &[&str])] = &[
    ("auth", &[]),
    ("shop", &[]),
    ("inventory", &[]),
    ("tax", &["customer", "shop"]),
    ("catalog", &["inventory", "shop", "tax"]),
    ("content", &["catalog", "shop"]),
    ("price_list", &["catalog", "shop"]),
    ("customer", &["auth"]),
    ("delivery", &["catalog", "inventory", "shop"]),
    ("discount", &["auth", "catalog", "shop"]),
    ("gift_card", &["auth", "customer", "notification"]),
    ("cart", &["catalog", "delivery", "gift_card", "inventory", "price_list", "shop", "pricing"]),
    ("pricing", &["catalog", "delivery", "discount", "gift_card", "tax"]),
    ("ledger", &[]),
    ("payment", &["ledger"]),
    ("notification", &["payment", "shop"]),
    ("order", &["notification", "pricing"]),
    ("invoice", &["gift_card", "order", "payment", "shop", "tax"]),
    (
        "checkout",
        &[
            "cart",
            "catalog",
            "delivery",
            "discount",
            "gift_card",
            "inventory",
            "invoice",
            "ledger",
            "order",
            "payment",
            "price_list",
            "pricing",
            "shop",
        ],
    ),
    ("operations", &["checkout", "notification", "payment"]),
];
