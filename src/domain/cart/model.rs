//! The limits of a cart, and what makes two lines one.

use entity::{address::Attribute, cart::cart_line, ids::CartLineId, ids::VariantId};

/// Most lines of a cart.
pub const MOST_LINES: usize = 500;
/// Most lines in one call.
pub const MOST_LINES_IN_ONE_CALL: usize = 250;
/// Most units of a line.
pub const MOST_OF_A_LINE: i32 = 999;

/// The canonical text of attributes: sorted, so that their order does not make a second line.
pub(super) fn attributes_key(attributes: &[Attribute]) -> String {
    let mut sorted: Vec<&Attribute> = attributes.iter().collect();
    sorted.sort();
    let pairs: Vec<[&str; 2]> = sorted.iter().map(|attribute| [&*attribute.key, &*attribute.value]).collect();
    serde_json::json!(pairs).to_string()
}

/// The lines of a cart while a use case works on them, in the cart's order.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    before: Vec<cart_line::Model>,
    now: Vec<cart_line::Model>,
}

/// What has to be written to the table: rows to delete, then rows to insert. A changed line is both.
#[derive(Debug, Default)]
pub(super) struct LineChanges {
    pub(super) delete: Vec<CartLineId>,
    pub(super) insert: Vec<cart_line::Model>,
}

impl Lines {
    pub(super) fn new(lines: &[cart_line::Model]) -> Self {
        Self { before: lines.to_vec(), now: lines.to_vec() }
    }

    pub(super) fn len(&self) -> usize {
        self.now.len()
    }

    pub(super) fn get(&self, id: CartLineId) -> Option<&cart_line::Model> {
        self.now.iter().find(|line| line.id == id)
    }

    pub(super) fn get_mut(&mut self, id: CartLineId) -> Option<&mut cart_line::Model> {
        self.now.iter_mut().find(|line| line.id == id)
    }

    /// The line of this variant with these attributes.
    pub(super) fn same(&self, variant_id: VariantId, attributes_key: &str) -> Option<&cart_line::Model> {
        self.now.iter().find(|line| line.variant_id == variant_id && line.attributes_key == attributes_key)
    }

    /// Units of a variant in all lines but one.
    pub(super) fn units_of(&self, variant_id: VariantId, except: Option<CartLineId>) -> i64 {
        let others = self.now.iter().filter(|line| line.variant_id == variant_id && Some(line.id) != except);
        others.map(|line| i64::from(line.quantity)).sum()
    }

    pub(super) fn variants(&self) -> impl Iterator<Item = VariantId> + '_ {
        self.now.iter().map(|line| line.variant_id)
    }

    /// Another line with the variant and the attributes of this one.
    pub(super) fn twin_of(&self, line: &cart_line::Model) -> Option<&cart_line::Model> {
        self.now.iter().find(|other| {
            other.id != line.id && other.variant_id == line.variant_id && other.attributes_key == line.attributes_key
        })
    }

    pub(super) fn push(&mut self, line: cart_line::Model) {
        self.now.push(line);
    }

    /// Puts a changed line in its own place.
    pub(super) fn replace(&mut self, line: cart_line::Model) {
        self.now.iter_mut().filter(|present| present.id == line.id).for_each(|present| *present = line.clone());
    }

    pub(super) fn remove(&mut self, id: CartLineId) {
        self.now.retain(|line| line.id != id);
    }

    pub(super) fn changes(self) -> LineChanges {
        let gone_or_changed = |line: &&cart_line::Model| !self.now.contains(line);
        let delete = self.before.iter().filter(gone_or_changed).map(|line| line.id).collect();
        let insert = self.now.iter().filter(|line| !self.before.contains(line)).cloned().collect();
        LineChanges { delete, insert }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_attributes_makes_no_second_line_and_their_text_cannot_forge_one() {
        let attribute = |key: &str, value: &str| Attribute { key: key.to_owned(), value: value.to_owned() };
        let (a, b) = (attribute("a", "1"), attribute("b", "2"));
        assert_eq!(attributes_key(&[a.clone(), b.clone()]), attributes_key(&[b, a]));
        assert_eq!(attributes_key(&[]), "[]");
        assert_ne!(attributes_key(&[attribute("a", "1\",\"b")]), attributes_key(&[attribute("a\",\"1", "b")]));
    }
}
