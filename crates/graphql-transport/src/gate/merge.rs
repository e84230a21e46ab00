//! Owns fields of one response name: refuses those that differ, joins those that are the same.
//!
//! The library runs a field once for each time it is written and merges the answers afterwards, so `mutation { pay pay }`
//! would pay twice. The specification wants one execution.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::measure::root_fields;
use crate::refusal::Refusal;

/// Refuses a document in which two fields of one response name differ in field or arguments, and joins the selections of
/// fields that stand twice in one selection set. Only for documents whose expanded size is bounded.
///
/// Fields under different type conditions are not compared: they may belong to types that never meet.
pub fn merge(document: &mut ExecutableDocument) -> Result<(), Refusal> {
    for (_, operation) in document.operations.iter() {
        agree(document, &[&operation.node.selection_set.node])?;
    }
    for fragment in document.fragments.values_mut() {
        join(&mut fragment.node.selection_set.node);
    }
    match &mut document.operations {
        async_graphql::parser::types::DocumentOperations::Single(operation) => {
            join(&mut operation.node.selection_set.node);
        }
        async_graphql::parser::types::DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                join(&mut operation.node.selection_set.node);
            }
        }
    }
    for (_, operation) in document.operations.iter() {
        mutates_once(document, &operation.node)?;
    }
    Ok(())
}

/// A mutation whose root names one field through several fragments cannot be joined by rewriting; it is refused.
fn mutates_once(document: &ExecutableDocument, operation: &OperationDefinition) -> Result<(), Refusal> {
    if operation.ty != OperationType::Mutation {
        return Ok(());
    }
    let mut seen = HashSet::new();
    for field in root_fields(document, &operation.selection_set.node) {
        if !seen.insert(field.node.response_key().node.as_str()) {
            return Err(Refusal::document("the mutation selects one root field in several places")
                .at(field.pos.line, field.pos.column));
        }
    }
    Ok(())
}

type Group<'a> = HashMap<(Option<&'a str>, &'a str), Vec<&'a Positioned<Field>>>;

/// Compares the fields of selection sets that end up in one object, then those inside them.
fn agree(document: &ExecutableDocument, sets: &[&SelectionSet]) -> Result<(), Refusal> {
    let mut group = Group::new();
    let mut spread = HashSet::new();
    for set in sets {
        collect(document, set, None, &mut spread, &mut group);
    }
    for fields in group.values() {
        if let Some(other) = fields[1..].iter().find(|field| differ(&fields[0].node, &field.node)) {
            return Err(Refusal::document("two fields have one response name and differ; give them aliases")
                .at(other.pos.line, other.pos.column));
        }
        let inside: Vec<&SelectionSet> =
            fields.iter().map(|field| &field.node.selection_set.node).filter(|set| !set.items.is_empty()).collect();
        if !inside.is_empty() {
            agree(document, &inside)?;
        }
    }
    Ok(())
}

fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    condition: Option<&'a str>,
    spread: &mut HashSet<&'a str>,
    group: &mut Group<'a>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let key = field.node.response_key().node.as_str();
                group.entry((condition, key)).or_default().push(field);
            }
            Selection::InlineFragment(inline) => {
                let narrowed = inline.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                let inside = &inline.node.selection_set.node;
                collect(document, inside, narrowed.or(condition), spread, group);
            }
            Selection::FragmentSpread(name) => {
                let Some((name, fragment)) = document.fragments.get_key_value(&name.node.fragment_name.node) else {
                    continue;
                };
                if spread.insert(name.as_str()) {
                    let on = fragment.node.type_condition.node.on.node.as_str();
                    collect(document, &fragment.node.selection_set.node, Some(on), spread, group);
                }
            }
        }
    }
}

fn differ(one: &Field, other: &Field) -> bool {
    one.name.node != other.name.node
        || one.arguments.len() != other.arguments.len()
        || one
            .arguments
            .iter()
            .any(|(name, value)| other.get_argument(&name.node).is_none_or(|found| found.node != value.node))
}

/// Joins fields without directives that stand twice in a set, and drops the second of two equal spreads.
fn join(set: &mut SelectionSet) {
    let mut fields: HashMap<Name, usize> = HashMap::new();
    let mut spreads: HashSet<Name> = HashSet::new();
    let mut kept: Vec<Positioned<Selection>> = Vec::with_capacity(set.items.len());
    for mut selection in std::mem::take(&mut set.items) {
        if selection.node.directives().is_empty() {
            match &mut selection.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.clone();
                    if let Some(&first) = fields.get(&key) {
                        if let Selection::Field(first) = &mut kept[first].node {
                            let items = std::mem::take(&mut field.node.selection_set.node.items);
                            first.node.selection_set.node.items.extend(items);
                        }
                        continue;
                    }
                    fields.insert(key, kept.len());
                }
                Selection::FragmentSpread(spread) => {
                    if !spreads.insert(spread.node.fragment_name.node.clone()) {
                        continue;
                    }
                }
                Selection::InlineFragment(_) => {}
            }
        }
        kept.push(selection);
    }
    for selection in &mut kept {
        match &mut selection.node {
            Selection::Field(field) => join(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => join(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
    set.items = kept;
}
