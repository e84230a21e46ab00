//! Owns the measuring of a document with its fragments expanded, without ever expanding them.

use std::collections::HashMap;

use async_graphql::{
    Positioned,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};
use async_graphql_value::Value;

use super::survey::Order;
use crate::{limits::Limits, refusal::Refusal};

/// Fields of introspection that answer with lists of types or fields. Two inside each other give the whole schema, three
/// its square; graphql-js draws the line at the same place.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
const INTROSPECTION_LISTS_NESTED: u32 = 2;

/// What a selection set amounts to when every spread in it is replaced by its fragment.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// Fields, spreads and inline fragments.
    selections: u64,
    /// Arguments with the values in them, and directives.
    arguments: u64,
    /// Fields inside fields.
    depth: u32,
    /// Selections of any kind inside each other.
    structure: u32,
    /// Fields of [`INTROSPECTION_LISTS`] inside each other.
    introspection_lists: u32,
}

/// Refuses a document that becomes too much when its fragments are expanded.
///
/// Each fragment is measured once, after those that it spreads, so the cost is that of the written text. A document whose
/// 24 fragments each spread the next twice counts 2^24 here in 24 steps; sums saturate.
pub fn measure(document: &ExecutableDocument, order: &Order<'_>, limits: &Limits) -> Result<(), Refusal> {
    let mut known = HashMap::new();
    for &name in order {
        if let Some(fragment) = document.fragments.get(name) {
            let measure = of_set(&fragment.node.selection_set.node, &known);
            known.insert(name, measure);
        }
    }
    let mut total = Measure::default();
    for (_, operation) in document.operations.iter() {
        let whole = of_set(&operation.node.selection_set.node, &known);
        total.selections = total.selections.saturating_add(whole.selections);
        total.arguments = total.arguments.saturating_add(whole.arguments);
        total.structure = total.structure.max(whole.structure);
    }
    let expanded = limits.expanded_fields as u64;
    if total.selections > expanded || total.arguments > expanded {
        return Err(
            Refusal::too_complex("the query selects too many fields").with_extension("limit", limits.expanded_fields)
        );
    }
    if total.structure as usize > limits.structure_depth {
        return Err(too_deep(limits.structure_depth));
    }
    for (_, operation) in document.operations.iter() {
        let roots = root_fields(document, &operation.node.selection_set.node);
        root_limits(operation.node.ty, &roots, limits)?;
        depth_limits(&operation.node.selection_set.node, &roots, &known, limits)?;
    }
    Ok(())
}

/// The fields at the root of an operation, through inline fragments and spreads. Only after [`measure`]'s bound on the
/// expanded size, and on fragments that are known not to be circular.
pub fn root_fields<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet) -> Vec<&'a Positioned<Field>> {
    let mut found = Vec::new();
    let mut open = vec![set.items.iter()];
    while let Some(items) = open.last_mut() {
        let Some(selection) = items.next() else {
            open.pop();
            continue;
        };
        match &selection.node {
            Selection::Field(field) => found.push(field),
            Selection::InlineFragment(inline) => open.push(inline.node.selection_set.node.items.iter()),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    open.push(fragment.node.selection_set.node.items.iter());
                }
            }
        }
    }
    found
}

/// Whether an operation asks for nothing but the schema.
pub fn is_introspection(roots: &[&Positioned<Field>]) -> bool {
    let asks = |field: &&Positioned<Field>| matches!(field.node.name.node.as_str(), "__schema" | "__type");
    roots.iter().any(asks) && roots.iter().all(|field| asks(field) || field.node.name.node == "__typename")
}

fn root_limits(ty: OperationType, roots: &[&Positioned<Field>], limits: &Limits) -> Result<(), Refusal> {
    let most = match ty {
        OperationType::Query => limits.root_fields_query,
        OperationType::Mutation => limits.root_fields_mutation,
        OperationType::Subscription => 1,
    };
    if roots.len() > most {
        return Err(Refusal::too_complex("the operation has too many root fields").with_extension("limit", most));
    }
    let lonely = |field: &&&Positioned<Field>| limits.lonely_fields.contains(&field.node.name.node.as_str());
    if ty == OperationType::Mutation && roots.iter().filter(lonely).count() > 1 {
        return Err(Refusal::too_complex("the operation repeats a field that a request may hold once")
            .with_extension("limit", 1));
    }
    Ok(())
}

fn depth_limits(
    set: &SelectionSet,
    roots: &[&Positioned<Field>],
    known: &HashMap<&str, Measure>,
    limits: &Limits,
) -> Result<(), Refusal> {
    let most = if is_introspection(roots) { limits.introspection_depth } else { limits.depth };
    if of_set(set, known).depth as usize > most {
        return Err(too_deep(most));
    }
    for root in roots.iter().filter(|field| field.node.name.node.starts_with("__")) {
        let inside = of_set(&root.node.selection_set.node, known);
        if inside.introspection_lists > INTROSPECTION_LISTS_NESTED {
            return Err(Refusal::too_complex("the introspection is nested too deeply"));
        }
    }
    Ok(())
}

fn too_deep(limit: usize) -> Refusal {
    Refusal::too_complex("the query is nested too deeply").with_extension("limit", limit)
}

/// Recurses once for each bracket of the text; a spread is looked up, never entered.
fn of_set(set: &SelectionSet, known: &HashMap<&str, Measure>) -> Measure {
    let mut sum = Measure::default();
    for selection in &set.items {
        let mut one = match &selection.node {
            Selection::Field(field) => of_field(&field.node, known),
            Selection::InlineFragment(inline) => of_set(&inline.node.selection_set.node, known),
            Selection::FragmentSpread(spread) => {
                known.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
            }
        };
        for directive in selection.node.directives() {
            one.arguments = one.arguments.saturating_add(1 + of_arguments(&directive.node.arguments));
        }
        sum.selections = sum.selections.saturating_add(one.selections).saturating_add(1);
        sum.arguments = sum.arguments.saturating_add(one.arguments);
        sum.depth = sum.depth.max(one.depth);
        sum.structure = sum.structure.max(one.structure.saturating_add(1));
        sum.introspection_lists = sum.introspection_lists.max(one.introspection_lists);
    }
    sum
}

fn of_field(field: &Field, known: &HashMap<&str, Measure>) -> Measure {
    let mut one = of_set(&field.selection_set.node, known);
    one.depth = one.depth.saturating_add(1);
    one.arguments = one.arguments.saturating_add(of_arguments(&field.arguments));
    if INTROSPECTION_LISTS.contains(&field.name.node.as_str()) {
        one.introspection_lists = one.introspection_lists.saturating_add(1);
    }
    one
}

fn of_arguments<N>(arguments: &[(N, Positioned<Value>)]) -> u64 {
    arguments.iter().map(|(_, value)| of_value(&value.node)).sum()
}

/// A value and those in it; recurses once for each bracket of the text.
fn of_value(value: &Value) -> u64 {
    match value {
        Value::List(items) => 1 + items.iter().map(of_value).sum::<u64>(),
        Value::Object(entries) => 1 + entries.values().map(of_value).sum::<u64>(),
        Value::Variable(_)
        | Value::Null
        | Value::Number(_)
        | Value::String(_)
        | Value::Boolean(_)
        | Value::Binary(_)
        | Value::Enum(_) => 1,
    }
}
