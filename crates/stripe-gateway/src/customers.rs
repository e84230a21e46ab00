//! Customers and the payment methods they saved.

use std::collections::HashMap;

use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::customer::{CreateCustomer, ListPaymentMethodsCustomer};

use crate::{error::StripeError, http::Client, intents::keyed, model::Method, turns::Turns};

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
        let mut turns = Turns::of(key);
        loop {
            let answer = request.customize().request_strategy(keyed(&turns.key())?).send(self).await;
            if let Some(answer) = turns.end(answer) {
                return Ok(answer?.id.as_str().to_owned());
            }
        }
    }

    /// The newest hundred payment methods that a customer saved; of a customer who is not there (any more), none.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn methods_of(&self, customer: &str) -> Result<Vec<Method>, StripeError> {
        let request = ListPaymentMethodsCustomer::new(customer).limit(100);
        match request.customize().send(self).await {
            Ok(page) => Ok(page.data.into_iter().map(Method::from).collect()),
            Err(error) if error.is_missing() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
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
        let key = format!("detach-{id}");
        let mut turns = Turns::of(&key);
        loop {
            let request = RequestBuilder::new(StripeMethod::Post, format!("/payment_methods/{id}/detach"));
            let request = request.customize::<stripe_shared::PaymentMethod>();
            let answer = request.request_strategy(keyed(&turns.key())?).send(self).await;
            if let Some(answer) = turns.end(answer) {
                return answer.map(|_| true);
            }
        }
    }
}
