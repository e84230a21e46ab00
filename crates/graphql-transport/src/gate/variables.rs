//! Owns the check of variables against their definitions, as far as the document alone can tell.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use serde_json::{Map, Value};

use crate::{limits::Limits, refusal::Refusal};

/// Refuses variables that nest too deeply. What follows in the library recurses once a level.
pub fn shallow(variables: &Map<String, Value>, limits: &Limits) -> Result<(), Refusal> {
    if variables.values().any(|value| deeper_than(value, limits.variables_depth)) {
        return Err(
            Refusal::too_complex("the variables are nested too deeply").with_extension("limit", limits.variables_depth)
        );
    }
    Ok(())
}

fn deeper_than(value: &Value, levels: usize) -> bool {
    let mut inside: Box<dyn Iterator<Item = &Value>> = match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(entries) => Box::new(entries.values()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return false,
    };
    levels == 0 || inside.any(|value| deeper_than(value, levels - 1))
}

/// Refuses an operation whose required variables are missing, or whose variables of the built-in scalars have values of
/// another kind. Other types are the schema's to judge. Variables that no definition names are ignored, as the specification
/// says.
pub fn fit(operation: &OperationDefinition, variables: &Map<String, Value>) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let wanted = &definition.node.var_type.node;
        let fault = match variables.get(name) {
            None if wanted.nullable || definition.node.default_value.is_some() => continue,
            None => "is required",
            Some(value) if fits(wanted, value) => continue,
            Some(Value::Null) => "must not be null",
            Some(_) => "has a value of another type",
        };
        // A name as long as the document would turn the answer into an echo of it.
        let shown = if name.len() <= 64 { format!(" ${name}") } else { String::new() };
        return Err(
            Refusal::document(format!("the variable{shown} {fault}")).at(definition.pos.line, definition.pos.column)
        );
    }
    Ok(())
}

fn fits(wanted: &Type, value: &Value) -> bool {
    match (&wanted.base, value) {
        (_, Value::Null) => wanted.nullable,
        (BaseType::List(item), Value::Array(values)) => values.iter().all(|value| fits(item, value)),
        // A single value stands for a list of itself.
        (BaseType::List(item), value) => fits(item, value),
        (BaseType::Named(name), value) => fits_scalar(name, value),
    }
}

fn fits_scalar(name: &str, value: &Value) -> bool {
    match name {
        "Int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "ID" => value.is_string() || value.is_i64() || value.is_u64(),
        _ => true,
    }
}
