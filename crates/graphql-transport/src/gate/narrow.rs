//! Owns the narrowing of a document to the operation that runs.
//!
//! The library checks the values of variables in every operation of a document against the variables of this request, so a
//! file of several operations, as editors send it, would be refused for the variables of those that do not run.

use std::collections::HashSet;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection, SelectionSet};

/// Drops the other operations, and the fragments that only they use. Only for documents without circles of fragments.
pub fn narrow(document: &mut ExecutableDocument, name: Option<&str>) {
    let (DocumentOperations::Multiple(operations), Some(name)) = (&mut document.operations, name) else { return };
    if operations.len() < 2 {
        return;
    }
    operations.retain(|key, _| key.as_str() == name);
    let mut used = HashSet::new();
    for (_, operation) in document.operations.iter() {
        spread(document, &operation.node.selection_set.node, &mut used);
    }
    let used: HashSet<String> = used.into_iter().map(str::to_owned).collect();
    document.fragments.retain(|key, _| used.contains(key.as_str()));
}

/// Collects the fragments that a selection set spreads, through fragments; each is walked once.
fn spread<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, used: &mut HashSet<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => spread(document, &field.node.selection_set.node, used),
            Selection::InlineFragment(inline) => spread(document, &inline.node.selection_set.node, used),
            Selection::FragmentSpread(found) => {
                let name = found.node.fragment_name.node.as_str();
                if let Some(fragment) = document.fragments.get(name)
                    && used.insert(name)
                {
                    spread(document, &fragment.node.selection_set.node, used);
                }
            }
        }
    }
}
