//! Customers and the payment methods they saved.

use std::collections::HashMap;

use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::customer::{CreateCustomer, ListPaymentMethodsCustomer};

use crate::{error::StripeError, http::Client, intents::keyed, model::Method};

impl From<stripe_shared::PaymentMethod> for Method {
    fn from(method: stripe_shared::PaymentMethod) -> Self {
        let card = method.card.as_ref();
        Self {
            id: method.id.as_str().to_owned(),
            brand: card.map(|card| card.brand.clone()),
            last4: card.map(|card| card.last4.clone()),
            expires: card.map(|card| (card.exp_month, card.exp_year)),
        }
    }
}

impl Client {
    /// Makes a customer; returns the id.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn create_customer(&self, metadata: HashMap<String, String>, key: &str) -> Result<String, StripeError> {
        let request = CreateCustomer::new().metadata(metadata);
        let customer = request.customize().request_strategy(keyed(key)?).send(self).await?;
        Ok(customer.id.as_str().to_owned())
    }

    /// The newest hundred payment methods that a customer saved.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn methods_of(&self, customer: &str) -> Result<Vec<Method>, StripeError> {
        let request = ListPaymentMethodsCustomer::new(customer).limit(100);
        let page = request.customize().send(self).await?;
        Ok(page.data.into_iter().map(Method::from).collect())
    }

    /// Forgets a saved payment method; `false`: it is not one of this customer's.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn forget_method(&self, customer: &str, id: &str) -> Result<bool, StripeError> {
        if !self.methods_of(customer).await?.iter().any(|method| method.id == id) {
            return Ok(false);
        }
        // The crate of payment methods would be 51,000 lines for this one call.
        let request = RequestBuilder::new(StripeMethod::Post, format!("/payment_methods/{id}/detach"));
        let request = request.customize::<stripe_shared::PaymentMethod>();
        request.request_strategy(keyed(&format!("detach-{id}"))?).send(self).await?;
        Ok(true)
    }
}
