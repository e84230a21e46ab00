//! Owns the reading of the document as it is written: what each fragment spreads, and the counts that need no expansion.

use std::collections::HashMap;

use async_graphql::{
    Positioned,
    parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet},
};

use crate::{limits::Limits, refusal::Refusal};

/// The fragments of a document in an order in which each comes after those that it spreads.
pub type Order<'a> = Vec<&'a str>;

/// Checks everything that one walk over the written text can tell, and puts the fragments into order.
///
/// The order is found by counting (Kahn's algorithm): a chain of hundreds of fragments costs no stack, and a circle is what
/// remains when nothing more can be taken.
pub fn survey<'a>(document: &'a ExecutableDocument, limits: &Limits) -> Result<Order<'a>, Refusal> {
    if document.operations.iter().len() > limits.operations {
        return Err(
            Refusal::too_complex("the document has too many operations").with_extension("limit", limits.operations)
        );
    }
    let mut counts = Counts { limits, aliases: 0 };
    let mut wanted = Vec::new();
    for (_, operation) in document.operations.iter() {
        counts.directives(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            counts.directives(&variable.node.directives)?;
        }
        counts.set(&operation.node.selection_set.node, &mut wanted)?;
    }
    let mut spreads = HashMap::new();
    for (name, fragment) in &document.fragments {
        let mut inner = Vec::new();
        counts.directives(&fragment.node.directives)?;
        counts.set(&fragment.node.selection_set.node, &mut inner)?;
        spreads.insert(name.as_str(), inner);
    }
    if !wanted.iter().chain(spreads.values().flatten()).all(|name| spreads.contains_key(name)) {
        return Err(Refusal::document("the document spreads a fragment that it does not define"));
    }
    all_are_used(wanted, &spreads)?;
    in_order(&spreads)
}

/// Refuses fragments that no operation reaches: they cost the library time and do nothing.
fn all_are_used<'a>(mut wanted: Vec<&'a str>, spreads: &HashMap<&'a str, Vec<&'a str>>) -> Result<(), Refusal> {
    let mut reached = std::collections::HashSet::new();
    while let Some(name) = wanted.pop() {
        if reached.insert(name) {
            wanted.extend(&spreads[name]);
        }
    }
    if reached.len() < spreads.len() {
        return Err(Refusal::document("the document defines a fragment that it does not use"));
    }
    Ok(())
}

fn in_order<'a>(spreads: &HashMap<&'a str, Vec<&'a str>>) -> Result<Order<'a>, Refusal> {
    let mut spread_by: HashMap<&str, Vec<&'a str>> = HashMap::new();
    let mut waiting_for: HashMap<&'a str, usize> = HashMap::new();
    let mut order: Order<'a> = Vec::with_capacity(spreads.len());
    for (&name, inner) in spreads {
        waiting_for.insert(name, inner.len());
        for &target in inner {
            spread_by.entry(target).or_default().push(name);
        }
        if inner.is_empty() {
            order.push(name);
        }
    }
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for &name in spread_by.get(done).map(Vec::as_slice).unwrap_or_default() {
            if let Some(left) = waiting_for.get_mut(name) {
                *left -= 1;
                if *left == 0 {
                    order.push(name);
                }
            }
        }
    }
    if order.len() < spreads.len() {
        return Err(Refusal::document("the document's fragments spread each other in a circle"));
    }
    Ok(order)
}

struct Counts<'l> {
    limits: &'l Limits,
    aliases: usize,
}

impl Counts<'_> {
    /// Recurses once for each bracket of the text, which [`super::scan`] has bounded.
    fn set<'a>(&mut self, set: &'a SelectionSet, spreads: &mut Vec<&'a str>) -> Result<(), Refusal> {
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            match &selection.node {
                Selection::Field(field) => {
                    self.field(&field.node)?;
                    self.set(&field.node.selection_set.node, spreads)?;
                }
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, spreads)?;
                }
                Selection::FragmentSpread(spread) => {
                    spreads.push(spread.node.fragment_name.node.as_str());
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field) -> Result<(), Refusal> {
        self.aliases += usize::from(field.alias.is_some());
        if self.aliases > self.limits.aliases {
            return Err(
                Refusal::too_complex("the query has too many aliases").with_extension("limit", self.limits.aliases)
            );
        }
        self.arguments(field.arguments.len())
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        if directives.len() > self.limits.directives_per_field {
            return Err(Refusal::too_complex("the query has too many directives in one place")
                .with_extension("limit", self.limits.directives_per_field));
        }
        directives.iter().try_for_each(|directive| self.arguments(directive.node.arguments.len()))
    }

    fn arguments(&self, arguments: usize) -> Result<(), Refusal> {
        if arguments > self.limits.arguments_per_field {
            return Err(Refusal::too_complex("the query has too many arguments in one place")
                .with_extension("limit", self.limits.arguments_per_field));
        }
        Ok(())
    }
}
