//! Changing how a customer is taxed.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::user_errors::{TaxUserError, halves};
use crate::{
    domain::{
        shared::{Error, Permission},
        tax::{self, CustomerTaxPatch},
    },
    graphql::{
        catalog_admin::inputs::change_of,
        customer::{self, Customer},
        errors,
        global_id::decode,
        transaction::{author, begin, finish},
    },
};

/// Changes of how a customer is taxed. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_customers")]
pub struct CustomerTaxUpdateInput {
    /// The customer.
    customer_id: ID,
    /// Whether the customer pays no tax anywhere: a diplomat, a reseller with a certificate.
    tax_exempt: Option<bool>,
    /// The customer's number at the tax office: 2 to 32 letters and digits, with points, slashes or hyphens between;
    /// null takes it away. A number that changes is not confirmed any more.
    tax_number: MaybeUndefined<String>,
    /// Whether you confirmed the number, with the tax office or in VIES, which this server does not ask. Zones with reverse
    /// charge look at it.
    tax_number_confirmed: Option<bool>,
}

/// What changing how a customer is taxed led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_customers")]
pub struct CustomerTaxUpdatePayload {
    /// The customer as it is now; null when refused.
    customer: Option<Customer>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

async fn update(ctx: &Context<'_>, input: CustomerTaxUpdateInput) -> Result<CustomerTaxUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageCustomers)?;
    let id = decode("input.customerId", &input.customer_id)?;
    let patch = CustomerTaxPatch {
        tax_exempt: input.tax_exempt,
        tax_number: change_of(input.tax_number),
        confirmed: input.tax_number_confirmed,
    };
    let tx = begin(ctx).await?;
    let done = tax::update_customer(&tx, author, id, &patch).await;
    let (done, user_errors) = halves(finish(tx, done).await?);
    let customer = match done {
        Some(()) => customer::loaders::load(ctx, id).await?,
        None => None,
    };
    Ok(CustomerTaxUpdatePayload { customer, user_errors })
}

/// Changes of how customers are taxed.
#[derive(Debug, Default)]
pub struct CustomerTaxMutation;

#[Object]
impl CustomerTaxMutation {
    /// Says who pays no tax, and whose tax number was confirmed. Carts are quoted by it at once. Needs MANAGE_CUSTOMERS.
    #[graphql(visible = "crate::graphql::guards::manages_customers")]
    async fn customer_tax_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: CustomerTaxUpdateInput,
    ) -> Option<CustomerTaxUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }
}
