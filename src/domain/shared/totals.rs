//! The amounts of an order as the rows under its lines, for what people read.

/// Amounts in minor units of one currency. `total = subtotal - discount + shipping + tax`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// Sum of the lines.
    pub subtotal: i64,
    /// Taken off.
    pub discount: i64,
    /// Shipping.
    pub shipping: i64,
    /// Tax added.
    pub tax: i64,
    /// Tax inside the prices, which changes no sum.
    pub tax_included: i64,
    /// What is owed.
    pub total: i64,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TotalRow {
    /// Which, for programs.
    pub key: &'static str,
    /// Which, for people.
    pub label: &'static str,
    /// Minor units; below zero what is taken off.
    pub minor: i64,
}

impl Amounts {
    /// The rows: between the subtotal and the total only those that change it, below it the taxes that it contains.
    #[must_use]
    pub fn rows(&self) -> Vec<TotalRow> {
        let rows = [
            ("subtotal", "Subtotal", self.subtotal),
            ("discount", "Discount", -self.discount),
            ("shipping", "Shipping", self.shipping),
            ("tax", "Tax", self.tax),
            ("total", "Total", self.total),
            ("tax_included", "Of which taxes", self.tax_included),
        ];
        let shown = |(key, _, minor): &(&str, &str, i64)| ["subtotal", "total"].contains(key) || *minor != 0;
        rows.into_iter().filter(shown).map(|(key, label, minor)| TotalRow { key, label, minor }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_change_nothing_are_left_out_and_the_rest_adds_up() {
        let amounts = Amounts { subtotal: 5_000, discount: 500, shipping: 0, tax: 855, tax_included: 0, total: 5_355 };
        let rows = amounts.rows();
        let keys: Vec<&str> = rows.iter().map(|row| row.key).collect();
        assert_eq!(keys, ["subtotal", "discount", "tax", "total"]);
        assert_eq!(rows[..3].iter().map(|row| row.minor).sum::<i64>(), rows[3].minor);
        let keys: Vec<&str> =
            Amounts { tax: 0, tax_included: 855, ..amounts }.rows().iter().map(|row| row.key).collect();
        assert_eq!(keys, ["subtotal", "discount", "total", "tax_included"]);
    }
}
