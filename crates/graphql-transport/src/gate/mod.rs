//! Owns the gate: what a document must survive before the library sees it, in the order of what each check costs.
//!
//! Text and tokens, brackets, parser, counts of the written document, counts of the expanded document, variables' depth, then
//! faults of the document itself. No step walks anything that an earlier one has not bounded.

mod measure;
mod merge;
mod narrow;
mod scan;
mod survey;
mod variables;

use async_graphql::{
    Positioned,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use serde_json::{Map, Value as Json};

use crate::{limits::Limits, refusal::Refusal};

/// What the gate knows of the operation that will run. The transport leaves it in the data of the library's request.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The names (not aliases) of its root fields, through fragments, in the order of execution.
    pub root_fields: Vec<String>,
    /// Whether any of them is `__schema` or `__type`.
    pub introspection: bool,
}

/// A document that passed.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The parsed document, for `Request::set_parsed_query`: only the operation that will run, and fields written twice are
    /// joined.
    pub document: ExecutableDocument,
    /// The operation that will run.
    pub operation: Operation,
}

/// Admits or refuses a document. Its cost is bounded by the limits on the text, whatever the document expands to.
pub fn admit(
    text: &str,
    variables: &Map<String, Json>,
    operation_name: Option<&str>,
    limits: &Limits,
) -> Result<Admitted, Refusal> {
    scan::scan(text, limits)?;
    let mut document = parse_query(text).map_err(|error| syntax(&error))?;
    let order = survey::survey(&document, limits)?;
    measure::measure(&document, &order, limits)?;
    variables::shallow(variables, limits)?;
    merge::merge(&mut document)?;
    let (name, definition) = choose(&document, operation_name)?;
    variables::fit(&definition.node, variables)?;
    let roots = measure::root_fields(&document, &definition.node.selection_set.node);
    let is_schema = |field: &str| matches!(field, "__schema" | "__type");
    let root_fields: Vec<String> = roots.iter().map(|field| field.node.name.node.to_string()).collect();
    let operation = Operation {
        kind: definition.node.ty,
        name,
        introspection: root_fields.iter().any(|field| is_schema(field)),
        root_fields,
    };
    narrow::narrow(&mut document, operation.name.as_deref());
    Ok(Admitted { document, operation })
}

/// The operation that a request means. An empty name is no name.
fn choose<'a>(
    document: &'a ExecutableDocument,
    wanted: Option<&str>,
) -> Result<(Option<String>, &'a Positioned<OperationDefinition>), Refusal> {
    let wanted = wanted.filter(|name| !name.is_empty());
    let unknown = || Refusal::document("the document has no operation of that name");
    match (&document.operations, wanted) {
        (DocumentOperations::Single(operation), None) => Ok((None, operation)),
        (DocumentOperations::Single(_), Some(_)) => Err(unknown()),
        (DocumentOperations::Multiple(operations), Some(wanted)) => operations
            .get_key_value(wanted)
            .map(|(name, operation)| (Some(name.to_string()), operation))
            .ok_or_else(unknown),
        (DocumentOperations::Multiple(operations), None) => match operations.iter().next() {
            Some((name, operation)) if operations.len() == 1 => Ok((Some(name.to_string()), operation)),
            _ => Err(Refusal::document("the document has several operations; name one")),
        },
    }
}

/// The parser's message quotes the text, so ours replaces it; the place is kept.
fn syntax(error: &parser::Error) -> Refusal {
    let message = match error {
        parser::Error::MultipleOperations { .. } => "an operation without a name must be the only one",
        parser::Error::OperationDuplicated { .. } => "two operations have one name",
        parser::Error::FragmentDuplicated { .. } => "two fragments have one name",
        parser::Error::MissingOperation => "the document has no operation",
        parser::Error::RecursionLimitExceeded => return Refusal::too_complex("the query is nested too deeply"),
        _ => "the document is not valid GraphQL",
    };
    let refusal = Refusal::document(message);
    match error.positions().next() {
        Some(place) => refusal.at(place.line, place.column),
        None => refusal,
    }
}
