//! What only old clients ask of the shop.

use async_graphql::Object;
use entity::money::Currency;

/// Members of `Shop` for old clients.
#[derive(Clone, Copy, Debug)]
pub struct ShopOddities {
    currency: Currency,
}

impl ShopOddities {
    /// Of a shop with prices in this currency.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self { currency }
    }
}

/// Members of `Shop` for old clients.
#[Object]
impl ShopOddities {
    /// How old clients write an amount: `{{amount}} USD`, or `{{amount_no_decimals}} JPY` where the currency has none.
    #[graphql(deprecation = "Use `currencyCode` of the amount, and write it as the reader's language does.")]
    async fn money_format(&self) -> String {
        let amount = if self.currency.digits() == 0 { "amount_no_decimals" } else { "amount" };
        format!("{{{{{amount}}}}} {}", self.currency.as_str())
    }
}
