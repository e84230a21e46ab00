//! The type `PaymentGateway`.

use async_graphql::SimpleObject;

use crate::domain::payment::Gateways;

/// A way to pay that the shop offers.
#[derive(Debug, SimpleObject)]
pub struct PaymentGateway {
    /// Its name: what `payment.gateway` of a checkout takes.
    name: &'static str,
    /// The key with which a front end calls the gateway itself, as Stripe's `pk_…`; null for a gateway that needs none.
    publishable_key: Option<String>,
    /// Whether a checkout may leave out `payment.token` and let the gateway's payment form finish it.
    has_form: bool,
    /// Whether `payment.save` works.
    remembers: bool,
}

impl PaymentGateway {
    /// Those that take new payments, by name.
    pub(super) fn open(gateways: &Gateways) -> Vec<Self> {
        let open = |name: &'static str| {
            let gateway = gateways.open(name)?;
            let publishable_key = gateway.publishable_key().map(str::to_owned);
            Some(Self { name, publishable_key, has_form: gateway.has_form(), remembers: gateway.remembers() })
        };
        gateways.names().filter_map(open).collect()
    }
}
