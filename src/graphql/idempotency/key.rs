//! Which key a request has, whose key that is, and what it is used for.

use std::convert::Infallible;

use async_graphql::{
    Context, Name, Request, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};
use entity::ids::CartId;
use graphql_transport::Refusal;
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{cart::CartAccess, shared::Viewer},
    graphql::{
        context::RequestContext,
        global_id::{GlobalId, NodeId},
    },
    platform::idempotency::Usage,
};

/// Mutations for which a key means nothing: their answers are secrets that must not be kept.
pub const EXCLUDED: [&str; 7] = [
    "customerAccessTokenCreate",
    "customerAccessTokenDelete",
    "customerAccessTokenRenew",
    "giftCardCreate",
    "staffAccessTokenCreate",
    "staffAccessTokenDelete",
    "staffAccessTokenRenew",
];

/// Mutations whose input has a field `idempotencyKey`, which means the same as the header.
pub const MUTATIONS_WITH_INPUT_KEY: [&str; 3] = ["checkoutComplete", "paymentRetry", "orderChargeSavedMethod"];

/// The key of the request that runs, wherever it stood.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub String);

impl IdempotencyKey {
    /// The key of the request that a resolver runs for.
    #[must_use]
    pub fn of(ctx: &Context<'_>) -> Option<String> {
        ctx.data_opt::<Self>().map(|key| key.0.clone())
    }
}

/// Whether this may be a key.
#[must_use]
pub fn fits(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// How a request uses a key; `None`: it has none, or none that means anything. `header` is the text of the header, and an
/// empty one where it stood twice or was no text.
///
/// # Errors
/// 400: a header that is no key, two keys that differ, or several mutations under one key.
pub fn usage(
    request: &mut Request,
    context: &RequestContext,
    header: Option<String>,
) -> Result<Option<Usage>, Refusal> {
    let Some(fields) = mutation_fields(request, header.is_some()) else { return Ok(None) };
    if fields.iter().all(|field| EXCLUDED.contains(&field.name.as_str())) {
        return Ok(None);
    }
    if header.as_deref().is_some_and(|key| !fits(key)) {
        return Err(Refusal::bad_request(
            "the header Idempotency-Key must be one key of 1 to 255 visible ASCII characters",
        ));
    }
    // A key in the input that cannot be one is the resolver's to refuse: it names the field.
    let mut in_inputs = fields.iter().filter_map(|field| field.text("idempotencyKey")).filter(|key| fits(key));
    let Some(key) = header.or_else(|| in_inputs.clone().next().map(str::to_owned)) else { return Ok(None) };
    if !in_inputs.all(|other| other == key) {
        return Err(Refusal::bad_request("the header Idempotency-Key and the input's idempotencyKey differ; send one"));
    }
    let [field] = fields.as_slice() else {
        return Err(Refusal::bad_request(
            "a request with an idempotency key may hold one mutation; send the others apart",
        ));
    };
    let app = &context.app;
    Ok(Some(Usage {
        scope: scope(context, field),
        hashes: app.capability_keys.fingerprints("request", contents(request, context).as_bytes()),
        key,
        lease: app.settings.idempotency.lease,
        retention: app.settings.idempotency.retention,
    }))
}

/// Everything that decides what a request does and who may see its answer, apart from the scope.
fn contents(request: &Request, context: &RequestContext) -> String {
    json!([request.query, request.operation_name, request.variables, context.order_access_token]).to_string()
}

/// Whose key it is: the account's, the cart's that the request opens, or else of all guests together.
fn scope(context: &RequestContext, field: &RootField) -> String {
    match &context.viewer {
        Viewer::Customer(customer) => format!("storefront:{}", customer.account_id),
        Viewer::Staff(staff) => format!("staff:{}", staff.account_id),
        Viewer::Guest => match field.text("cartId").and_then(|id| opened_cart(context, id)) {
            Some(cart) => format!("cart:{cart}"),
            None => "guest".to_owned(),
        },
    }
}

/// The cart of an id with the right code: without it nobody may use up the keys of another's cart.
fn opened_cart(context: &RequestContext, id: &str) -> Option<CartId> {
    let tail = GlobalId::parse(id).filter(|parsed| parsed.kind == CartId::KIND)?.tail;
    let (uuid, code) = tail.split_once('.')?;
    let access = CartAccess::verify(&context.app.capability_keys, &context.viewer, Uuid::try_parse(uuid).ok()?, code)?;
    Some(access.cart_id())
}

/// A field at the root of a mutation, with its arguments where they were asked for.
struct RootField {
    name: String,
    arguments: Vec<(Name, Value)>,
}

impl RootField {
    /// The text of an argument, or of a field of the argument `input`.
    fn text(&self, name: &str) -> Option<&str> {
        let argument = |wanted: &str| self.arguments.iter().find(|(found, _)| found == wanted).map(|(_, value)| value);
        let inside = || match argument("input")? {
            Value::Object(fields) => fields.get(name),
            _ => None,
        };
        match argument(name).or_else(inside)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// The fields of the mutation that will run, through fragments; `None` for what is no mutation. Arguments are read where a
/// key may stand in them, or of all fields when `all` are asked for.
fn mutation_fields(request: &mut Request, all: bool) -> Option<Vec<RootField>> {
    let name = request.operation_name.clone();
    let is_mutation = |operation: &OperationDefinition| operation.ty == OperationType::Mutation;
    // A document that cannot be read is refused by whoever runs it.
    if !is_mutation(operation(request.parsed_query().ok()?, name.as_deref())?) {
        return None;
    }
    let variables = request.variables.clone();
    let document = request.parsed_query().ok()?;
    let operation = operation(document, name.as_deref())?;
    let mut found = Vec::new();
    collect(document, &operation.selection_set.node, &mut found);
    let fields = found.into_iter().filter(|field| field.name.node != "__typename");
    Some(
        fields
            .map(|field| {
                let read = all || MUTATIONS_WITH_INPUT_KEY.contains(&field.name.node.as_str());
                let arguments = if read { arguments(field, operation, &variables) } else { Vec::new() };
                RootField { name: field.name.node.to_string(), arguments }
            })
            .collect(),
    )
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let chosen = match name {
        Some(name) => operations.find(|(found, _)| found.is_some_and(|found| found == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    };
    chosen.map(|(_, operation)| &operation.node)
}

/// The transport has bounded the document and refused fragments in a circle.
fn collect<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, found: &mut Vec<&'a Field>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => found.push(&field.node),
            Selection::InlineFragment(inline) => collect(document, &inline.node.selection_set.node, found),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(document, &fragment.node.selection_set.node, found);
                }
            }
        }
    }
}

fn arguments(field: &Field, operation: &OperationDefinition, variables: &Variables) -> Vec<(Name, Value)> {
    let default = |name: &Name| {
        let definition = operation.variable_definitions.iter().find(|one| one.node.name.node == *name)?;
        definition.node.default_value.as_ref().map(|value| value.node.clone())
    };
    let value_of =
        |name: Name| Ok::<_, Infallible>(variables.get(&name).cloned().or_else(|| default(&name)).unwrap_or_default());
    let mut read = Vec::with_capacity(field.arguments.len());
    for (name, value) in &field.arguments {
        let Ok(value) = value.node.clone().into_const_with(value_of);
        read.push((name.node.clone(), value));
    }
    read
}
