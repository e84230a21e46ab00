//! What one row says of a product, a variant and a picture. Pure.

use entity::{catalog::product::ProductStatus, money::Currency, money::Money};
use sea_orm::{ActiveEnum, Iterable};

use super::{
    columns::{Column, Columns, OPTIONS},
    groups::Row,
};
use crate::domain::{
    catalog::{
        checks::{Checks, GRAMS_MOST, is_picture_url},
        measure::{self, Measure, MeasureUnit},
        patch::{ProductPatch, VariantPatch, non_blank},
    },
    inventory::UNITS_MOST,
};

/// Reads cells of one row and remembers what was odd about them.
#[derive(Debug)]
pub struct Reader<'a> {
    columns: &'a Columns,
    row: &'a Row,
    /// What was changed or left out.
    pub warnings: Vec<String>,
}

/// What a row says of a variant.
#[derive(Clone, Debug)]
pub struct VariantRow {
    /// Its option values, where the row has them.
    pub values: [Option<String>; 3],
    /// The rest.
    pub patch: VariantPatch,
}

/// What a row says of a picture.
#[derive(Clone, Debug)]
pub struct ImageRow {
    /// Where it is.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// Its place among the product's pictures.
    pub position: Option<u32>,
}

impl<'a> Reader<'a> {
    /// A reader of one row.
    #[must_use]
    pub fn new(columns: &'a Columns, row: &'a Row) -> Self {
        Self { columns, row, warnings: Vec::new() }
    }

    fn cell(&self, column: Column) -> &'a str {
        self.row.cell(self.columns, column)
    }

    /// The text of a column that the file has: an empty cell is an empty text.
    fn present(&self, column: Column) -> Option<String> {
        self.columns.has(column).then(|| self.cell(column).to_owned())
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(message);
    }

    /// What the row says of the product. Columns that the file does not have change nothing.
    pub fn product(&mut self) -> ProductPatch {
        let tags = self.present(Column::Tags);
        ProductPatch {
            title: non_blank(self.cell(Column::Title)),
            handle: None,
            description_html: self.present(Column::Body),
            vendor: self.present(Column::Vendor),
            product_type: self.present(Column::Type),
            is_gift_card: self.truth(Column::GiftCard, false),
            tags: tags.map(|tags| tags.split(',').filter_map(non_blank).collect()),
            status: self.status(),
            published: self.truth(Column::Published, false),
            seo_title: self.present(Column::SeoTitle).map(Some),
            seo_description: self.present(Column::SeoDescription).map(Some),
        }
    }

    fn status(&mut self) -> Option<ProductStatus> {
        match self.cell(Column::Status).to_ascii_lowercase().as_str() {
            "" => None,
            "active" => Some(ProductStatus::Active),
            "draft" => Some(ProductStatus::Draft),
            "archived" => Some(ProductStatus::Archived),
            other => {
                self.warn(format!("Status {other:?} is none of active, draft, archived; taken as draft"));
                Some(ProductStatus::Draft)
            }
        }
    }

    /// Yes or no; `None` for an empty cell.
    fn truth(&mut self, column: Column, otherwise: bool) -> Option<bool> {
        match self.cell(column).to_ascii_lowercase().as_str() {
            "" => None,
            "true" | "yes" | "y" | "1" => Some(true),
            "false" | "no" | "n" | "0" => Some(false),
            other => {
                self.warn(format!("{} {other:?} is neither true nor false; taken as {otherwise}", column.title()));
                Some(otherwise)
            }
        }
    }

    /// Whether the row is about a variant: it names option values, a price or a SKU, or it has the product's title in a
    /// file that has prices.
    #[must_use]
    pub fn is_variant(&self) -> bool {
        let filled = |column| !self.cell(column).is_empty();
        OPTIONS.iter().any(|(_, value)| filled(*value))
            || filled(Column::Price)
            || filled(Column::Sku)
            || (filled(Column::Title) && self.columns.has(Column::Price))
    }

    /// What the row says of a variant.
    ///
    /// # Errors
    /// Why the row cannot be taken.
    pub fn variant(&mut self, currency: Currency) -> Result<VariantRow, String> {
        let price_minor = self.price(currency)?;
        let patch = VariantPatch {
            values: None,
            price_minor,
            compare_at_minor: self.columns.has(Column::CompareAt).then(|| self.compare_at(currency, price_minor)),
            sku: self.present(Column::Sku).map(|sku| non_blank(sku.trim_start_matches('\''))),
            barcode: self.present(Column::Barcode).map(|barcode| non_blank(barcode.trim_start_matches('\''))),
            weight_grams: self.grams(),
            measure: self.measure(),
            requires_shipping: self.truth(Column::RequiresShipping, true),
            taxable: self.truth(Column::Taxable, true),
            tax_class_id: None,
            tracked: self.columns.has(Column::Tracker).then(|| !self.cell(Column::Tracker).is_empty()),
            continue_selling: self.policy(),
            image_url: self.variant_image(),
            quantity: self.quantity()?,
        };
        let mut checks = Checks::default();
        patch.check(&mut checks, "variant");
        if let Some(refusal) = checks.refusals.first() {
            let field = refusal.field().pop().unwrap_or_default();
            return Err(format!("{field} {refusal}"));
        }
        let values = OPTIONS.map(|(_, value)| non_blank(self.cell(value)));
        Ok(VariantRow { values, patch })
    }

    fn price(&self, currency: Currency) -> Result<Option<i64>, String> {
        let cell = self.cell(Column::Price);
        if !self.columns.has(Column::Price) {
            return Ok(None);
        }
        if cell.is_empty() {
            return Err("the price is missing".to_owned());
        }
        let price = Money::parse(cell, currency).map_err(|error| format!("Variant Price {cell:?}: {error}"))?;
        if price.minor < 0 {
            return Err(format!("Variant Price {cell:?} is below zero"));
        }
        Ok(Some(price.minor))
    }

    fn compare_at(&mut self, currency: Currency, price: Option<i64>) -> Option<i64> {
        let cell = self.cell(Column::CompareAt);
        if cell.is_empty() {
            return None;
        }
        match Money::parse(cell, currency) {
            Err(error) => {
                self.warn(format!("Variant Compare At Price {cell:?}: {error}; left out"));
                None
            }
            Ok(compare_at) if price.is_some_and(|price| compare_at.minor <= price) => {
                // Many exports say 0 where they mean nothing.
                if compare_at.minor != 0 {
                    self.warn(format!("the compare-at price {cell} is not above the price; left out"));
                }
                None
            }
            Ok(compare_at) => Some(compare_at.minor),
        }
    }

    fn grams(&mut self) -> Option<i32> {
        let cell = self.cell(Column::Grams);
        if cell.is_empty() {
            return None;
        }
        // Half a gram up; a weight is no money.
        match cell.parse::<f64>().map(f64::round) {
            Ok(grams) if (0.0..=f64::from(GRAMS_MOST)).contains(&grams) => Some(grams as i32),
            Ok(_) | Err(_) => {
                self.warn(format!("Variant Grams {cell:?} is no weight; taken as 0"));
                Some(0)
            }
        }
    }

    /// How much it holds. The base is one of the same unit where the file does not say.
    fn measure(&mut self) -> Option<Option<Measure>> {
        let quantity = self.present(Column::Measure)?;
        // Exports write 0 where they mean nothing.
        if quantity.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
            return Some(None);
        }
        let base = |column, otherwise: &str| non_blank(self.cell(column)).unwrap_or_else(|| otherwise.to_owned());
        let unit_name = self.cell(Column::MeasureUnit).to_owned();
        let (base_value, base_unit) = (base(Column::BaseMeasure, "1"), base(Column::BaseMeasureUnit, &unit_name));
        let measure = || {
            Some(Measure {
                quantity_milli: measure::milli(&quantity)?,
                unit: unit(&unit_name)?,
                reference_value: base_value.strip_suffix(".0").unwrap_or(&base_value).parse().ok()?,
                reference_unit: unit(&base_unit)?,
            })
        };
        let measure = measure().filter(|measure| {
            let mut checks = Checks::default();
            measure.check(&mut checks, "measure");
            checks.refusals.is_empty()
        });
        if measure.is_none() {
            let message =
                format!("Unit Price: {quantity} {unit_name} per {base_value} {base_unit} is no measure; left out");
            self.warn(message);
        }
        Some(measure)
    }

    fn policy(&mut self) -> Option<bool> {
        match self.cell(Column::Policy).to_ascii_lowercase().as_str() {
            "" => None,
            "deny" => Some(false),
            "continue" => Some(true),
            other => {
                self.warn(format!("Variant Inventory Policy {other:?} is neither deny nor continue; taken as deny"));
                Some(false)
            }
        }
    }

    fn variant_image(&mut self) -> Option<Option<String>> {
        let url = self.present(Column::VariantImage)?;
        if url.is_empty() || is_picture_url(&url) {
            return Some(non_blank(&url));
        }
        self.warn(format!("Variant Image {url:?} is neither http(s)://… nor below /media/; left out"));
        Some(None)
    }

    fn quantity(&mut self) -> Result<Option<i64>, String> {
        let cell = self.cell(Column::Quantity);
        if cell.is_empty() {
            return Ok(None);
        }
        let whole = cell.strip_suffix(".0").unwrap_or(cell);
        match whole.parse::<i64>() {
            Ok(quantity) if quantity < 0 => {
                self.warn(format!("the stock {quantity} is below zero; taken as 0"));
                Ok(Some(0))
            }
            Ok(quantity) if quantity <= UNITS_MOST => Ok(Some(quantity)),
            Ok(_) => Err(format!("Variant Inventory Qty {cell} is above {UNITS_MOST}")),
            Err(_) => Err(format!("Variant Inventory Qty {cell:?} is no whole number")),
        }
    }

    /// What the row says of a picture.
    pub fn image(&mut self) -> Option<ImageRow> {
        let url = self.cell(Column::ImageSrc);
        if url.is_empty() {
            return None;
        }
        if !is_picture_url(url) {
            self.warn(format!("Image Src {url:?} is neither http(s)://… nor below /media/; left out"));
            return None;
        }
        let position = self.cell(Column::ImagePosition).parse().ok();
        Some(ImageRow { url: url.to_owned(), alt: non_blank(self.cell(Column::ImageAlt)), position })
    }
}

/// The unit of a cell: `ml`, `fl_oz`, `m²` …
fn unit(text: &str) -> Option<MeasureUnit> {
    let text = text.trim().to_lowercase().replace([' ', '_'], "").replace('²', "2").replace('³', "3");
    MeasureUnit::iter().find(|unit| unit.to_value().eq_ignore_ascii_case(&text))
}
