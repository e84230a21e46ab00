//! The inputs that several of staff's mutations share, and how they become the domain's drafts and patches.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{ids::VariantId, money::Currency, money::Money};

use crate::{
    domain::{
        catalog::{
            ImageDraft, OptionDraft, Reason, Refusal, VariantDraft, VariantPatch,
            measure::{self, Measure},
        },
        shared::Error,
    },
    graphql::{
        catalog::UnitPriceMeasurementMeasuredUnit,
        global_id::decode,
        scalars::{Decimal, Html, Url},
    },
};

/// The field of a variant's measure.
const MEASUREMENT: &str = "unitPriceMeasurement";

/// What search engines are told.
#[derive(InputObject)]
#[graphql(name = "SEOInput")]
pub struct SeoInput {
    /// The title, at most 255 characters; null: the object's own.
    pub title: MaybeUndefined<String>,
    /// The description, at most 1,000 characters; null: the object's own.
    pub description: MaybeUndefined<String>,
}

/// An option of a product.
#[derive(InputObject)]
pub struct ProductOptionInput {
    /// Its name, such as `Size`.
    name: String,
    /// Its values. When an option is added to a product that has variants, they all get the first of these; otherwise
    /// the values are those that the variants name, and these are not looked at.
    values: Option<Vec<String>>,
}

/// A variant's value for one option.
#[derive(InputObject)]
pub struct VariantOptionValueInput {
    /// The option's name, such as `Size`.
    option_name: String,
    /// The value, such as `L`.
    name: String,
}

/// A picture. It stays where it is: the server never fetches it.
#[derive(InputObject)]
pub struct ProductImageInput {
    /// Where it is: `http(s)://…` or a path below `/media/` of this server.
    url: Url,
    /// What it shows, for those who cannot see it.
    alt_text: Option<String>,
    /// Its width in pixels, if known.
    width: Option<i32>,
    /// Its height in pixels, if known.
    height: Option<i32>,
}

/// How much a variant holds, and for how much of it the price is told: 250 G and 1 KG.
#[derive(InputObject)]
pub struct UnitPriceMeasurementInput {
    /// How much it holds, above zero, with at most three places, such as `0.75`.
    quantity_value: Decimal,
    /// The unit of that.
    quantity_unit: UnitPriceMeasurementMeasuredUnit,
    /// The price is told for so many units, 1 to 1,000,000; 1 when left out.
    reference_value: Option<i32>,
    /// The unit that the price is told for, of the same type; the unit of the quantity when left out.
    reference_unit: Option<UnitPriceMeasurementMeasuredUnit>,
}

/// A variant to be added.
#[derive(InputObject)]
pub struct ProductVariantInput {
    /// A value for each option of the product; left out for a product without options.
    option_values: Option<Vec<VariantOptionValueInput>>,
    /// Price in the shop's currency, major units, such as `749.95`.
    price: Decimal,
    /// Former price; shoppers see it where it is above the price.
    compare_at_price: Option<Decimal>,
    /// Stock keeping unit.
    sku: Option<String>,
    /// Barcode: GTIN, EAN or ISBN.
    barcode: Option<String>,
    /// Weight in grams; 0 when left out.
    weight_grams: Option<i32>,
    /// How much it holds, for the price of a unit.
    unit_price_measurement: Option<UnitPriceMeasurementInput>,
    /// Whether it is shipped; when left out, true, and false for a gift card.
    requires_shipping: Option<bool>,
    /// Whether it is taxed; true when left out.
    taxable: Option<bool>,
    /// How it is taxed; the standard class when left out.
    tax_class_id: Option<ID>,
    /// Whether stock is counted; true when left out.
    tracked: Option<bool>,
    /// Whether it may be sold beyond the stock; false when left out.
    continue_selling: Option<bool>,
    /// Units in stock at the default location; 0 when left out.
    quantity: Option<i32>,
    /// URL of its picture; the product gets the picture too, if it has none with this URL.
    image_url: Option<Url>,
}

/// Changes of one variant. A field left out stays; stock is changed by `inventoryAdjustQuantities`.
#[derive(InputObject)]
pub struct ProductVariantUpdateInput {
    /// The variant.
    pub id: ID,
    /// New values; options that are not named keep theirs.
    option_values: Option<Vec<VariantOptionValueInput>>,
    /// Price in the shop's currency, major units, such as `749.95`.
    price: Option<Decimal>,
    /// Former price; null takes it away.
    compare_at_price: MaybeUndefined<Decimal>,
    /// Stock keeping unit; null takes it away.
    sku: MaybeUndefined<String>,
    /// Barcode; null takes it away.
    barcode: MaybeUndefined<String>,
    /// Weight in grams.
    weight_grams: Option<i32>,
    /// How much it holds, for the price of a unit; null takes it away.
    unit_price_measurement: MaybeUndefined<UnitPriceMeasurementInput>,
    /// Whether it is shipped.
    requires_shipping: Option<bool>,
    /// Whether it is taxed.
    taxable: Option<bool>,
    /// How it is taxed; null is the standard class.
    tax_class_id: MaybeUndefined<ID>,
    /// Whether stock is counted.
    tracked: Option<bool>,
    /// Whether it may be sold beyond the stock.
    continue_selling: Option<bool>,
    /// URL of its picture; null takes it away from the variant, the product keeps it.
    image_url: MaybeUndefined<Url>,
}

/// `None`: left out. `Some(None)`: null.
pub fn change_of<T>(field: MaybeUndefined<T>) -> Option<Option<T>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// The HTML of a field.
pub fn html(field: Option<Html>) -> Option<String> {
    field.map(|html| html.0)
}

/// What search engines are told: title and description, each left out, taken away or given.
pub fn seo(input: Option<SeoInput>) -> (Option<Option<String>>, Option<Option<String>>) {
    input.map_or((None, None), |seo| (change_of(seo.title), change_of(seo.description)))
}

/// Options.
pub fn options(input: Vec<ProductOptionInput>) -> Vec<OptionDraft> {
    let draft =
        |option: ProductOptionInput| OptionDraft { name: option.name, values: option.values.unwrap_or_default() };
    input.into_iter().map(draft).collect()
}

/// A picture.
pub fn image(input: ProductImageInput) -> ImageDraft {
    ImageDraft { url: input.url.0, alt: input.alt_text, width: input.width, height: input.height }
}

fn named(values: Option<Vec<VariantOptionValueInput>>) -> Vec<(String, String)> {
    values.unwrap_or_default().into_iter().map(|value| (value.option_name, value.name)).collect()
}

/// Reads prices of the shop's currency and quantities, and remembers those that are none.
#[derive(Debug)]
pub struct Prices {
    currency: Currency,
    refusals: Vec<Refusal>,
}

impl Prices {
    /// Prices of this currency.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self { currency, refusals: Vec::new() }
    }

    fn read(&mut self, at: String, price: &Decimal) -> i64 {
        match Money::parse(&price.0, self.currency) {
            Ok(money) => money.minor,
            Err(error) => {
                self.refusals.push(Refusal::new(at, Reason::NotAnAmount(error)));
                0
            }
        }
    }

    fn measure(&mut self, at: &str, input: UnitPriceMeasurementInput) -> Option<Measure> {
        let Some(quantity_milli) = measure::milli(&input.quantity_value.0) else {
            self.refusals.push(Refusal::new(format!("{at}.quantityValue"), Reason::NotAQuantity));
            return None;
        };
        Some(Measure {
            quantity_milli,
            unit: input.quantity_unit.into(),
            reference_value: input.reference_value.unwrap_or(1),
            reference_unit: input.reference_unit.unwrap_or(input.quantity_unit).into(),
        })
    }

    /// What was read, unless something was no price.
    ///
    /// # Errors
    /// All that was none.
    pub fn accept<T>(self, read: T) -> Result<T, Vec<Refusal>> {
        if self.refusals.is_empty() { Ok(read) } else { Err(self.refusals) }
    }

    /// Variants to be added.
    ///
    /// # Errors
    /// `BadInput` for what is no tax class's id.
    pub fn new_variants(&mut self, input: Vec<ProductVariantInput>) -> Result<Vec<VariantDraft>, Error> {
        let drafts = input.into_iter().enumerate().map(|(index, variant)| {
            let at = |field| format!("variants.{index}.{field}");
            let compare_at = variant.compare_at_price.map(|price| self.read(at("compareAtPrice"), &price));
            let tax_class_id = variant.tax_class_id.map(|id| decode(&format!("input.{}", at("taxClassId")), &id));
            let tax_class_id = tax_class_id.transpose()?;
            let patch = VariantPatch {
                values: None,
                price_minor: Some(self.read(at("price"), &variant.price)),
                compare_at_minor: Some(compare_at),
                sku: Some(variant.sku),
                barcode: Some(variant.barcode),
                weight_grams: variant.weight_grams,
                measure: variant.unit_price_measurement.map(|input| self.measure(&at(MEASUREMENT), input)),
                requires_shipping: variant.requires_shipping,
                taxable: variant.taxable,
                tax_class_id: tax_class_id.map(Some),
                tracked: variant.tracked,
                continue_selling: variant.continue_selling,
                image_url: variant.image_url.map(|url| Some(url.0)),
                quantity: variant.quantity.map(i64::from),
            };
            Ok(VariantDraft { option_values: named(variant.option_values), patch })
        });
        drafts.collect()
    }

    /// Changes of variants.
    ///
    /// # Errors
    /// `BadInput` for what is no variant's or tax class's id.
    pub fn changed_variants(
        &mut self,
        input: Vec<ProductVariantUpdateInput>,
    ) -> Result<Vec<(VariantId, VariantDraft)>, Error> {
        let drafts = input.into_iter().enumerate().map(|(index, variant)| {
            let at = |field| format!("variants.{index}.{field}");
            let compare_at = change_of(variant.compare_at_price);
            let compare_at_minor = compare_at.map(|price| price.map(|price| self.read(at("compareAtPrice"), &price)));
            let tax_class_id = change_of(variant.tax_class_id)
                .map(|id| id.map(|id| decode(&format!("input.{}", at("taxClassId")), &id)).transpose());
            let tax_class_id = tax_class_id.transpose()?;
            let patch = VariantPatch {
                values: None,
                price_minor: variant.price.map(|price| self.read(at("price"), &price)),
                compare_at_minor,
                sku: change_of(variant.sku),
                barcode: change_of(variant.barcode),
                weight_grams: variant.weight_grams,
                measure: change_of(variant.unit_price_measurement)
                    .map(|input| input.and_then(|input| self.measure(&at(MEASUREMENT), input))),
                requires_shipping: variant.requires_shipping,
                taxable: variant.taxable,
                tax_class_id,
                tracked: variant.tracked,
                continue_selling: variant.continue_selling,
                image_url: change_of(variant.image_url).map(|url| url.map(|url| url.0)),
                quantity: None,
            };
            let id = decode(&format!("input.{}", at("id")), &variant.id)?;
            Ok((id, VariantDraft { option_values: named(variant.option_values), patch }))
        });
        drafts.collect()
    }
}

/// Ids of one list of an input.
///
/// # Errors
/// `BadInput` naming the place of what is no id of that type.
pub fn ids<T: crate::graphql::global_id::NodeId>(list: &str, ids: &[ID]) -> Result<Vec<T>, Error> {
    ids.iter().enumerate().map(|(index, id)| decode(&format!("input.{list}.{index}"), id)).collect()
}
