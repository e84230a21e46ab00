//! For whom an operation is answered: what its directive `@inContext` says.

use async_graphql::{
    Context, Name, Request, Value, Variables,
    parser::types::{DocumentOperations, OperationDefinition},
};

/// The country and the language that the operation's `@inContext` names, each if it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InContext {
    /// The buyer's country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// The buyer's language.
    pub language: Option<String>,
}

impl InContext {
    /// What the operation that is executed says.
    #[must_use]
    pub fn of(ctx: &Context<'_>) -> Self {
        Self::said(&ctx.query_env.operation.node, &ctx.query_env.variables)
    }

    /// What the operation of a request says, which is going to be executed. The text is parsed once: the execution finds it
    /// parsed. Nothing is said by a request that cannot be executed.
    #[must_use]
    pub fn of_request(request: &mut Request) -> Self {
        let (name, variables) = (request.operation_name.clone(), request.variables.clone());
        let Ok(document) = request.parsed_query() else { return Self::default() };
        let operation = match (&document.operations, name) {
            (DocumentOperations::Single(operation), _) => Some(operation),
            (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name.as_str()),
            (DocumentOperations::Multiple(operations), None) => operations.values().next(),
        };
        operation.map(|operation| Self::said(&operation.node, &variables)).unwrap_or_default()
    }

    fn said(operation: &OperationDefinition, variables: &Variables) -> Self {
        let directive = operation.directives.iter().find(|directive| directive.node.name.node == "inContext");
        let Some(directive) = directive else { return Self::default() };
        let variable = |name: Name| {
            let given = variables.get(&name).cloned();
            let defined = operation.variable_definitions.iter().find(|defined| defined.node.name.node == name);
            let default = || defined.and_then(|defined| defined.node.default_value().cloned());
            Ok::<Value, std::convert::Infallible>(given.or_else(default).unwrap_or_default())
        };
        let argument = |name: &str| {
            let value = directive.node.get_argument(name)?.node.clone();
            match value.into_const_with(variable) {
                // A literal is an enum's value, a variable comes as a text.
                Ok(Value::Enum(name)) => Some(name.to_string()),
                Ok(Value::String(text)) => Some(text),
                Ok(_) => None,
            }
        };
        Self { country: argument("country"), language: argument("language") }
    }
}
