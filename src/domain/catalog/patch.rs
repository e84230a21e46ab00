//! What a caller wants to change of a product: what is `None` stays as it is. New products and variants are patches of
//! empty ones, and an import is a patch a product, so that all of them are checked in one place.

use entity::{catalog::product::ProductStatus, ids::TaxClassId};

use super::{
    checks::{Checks, GRAMS_MOST, HTML_MOST, PRICE_MOST, TAGS_MOST, TEXT_MOST, TITLE_MOST},
    errors::Reason,
    handle,
    measure::Measure,
};

/// Changes of a product's own columns and tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductPatch {
    /// Title.
    pub title: Option<String>,
    /// Handle.
    pub handle: Option<String>,
    /// Description; it is sanitised.
    pub description_html: Option<String>,
    /// Vendor.
    pub vendor: Option<String>,
    /// Type.
    pub product_type: Option<String>,
    /// Whether it sells gift cards.
    pub is_gift_card: Option<bool>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// Status.
    pub status: Option<ProductStatus>,
    /// Whether shoppers see it.
    pub published: Option<bool>,
    /// Title for search engines; `Some(None)` takes it away.
    pub seo_title: Option<Option<String>>,
    /// Description for search engines; `Some(None)` takes it away.
    pub seo_description: Option<Option<String>>,
}

/// Changes of a variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantPatch {
    /// A value for each option of the product, in order.
    pub values: Option<Vec<String>>,
    /// Price, minor units of the shop's currency.
    pub price_minor: Option<i64>,
    /// Former price; `Some(None)` takes it away.
    pub compare_at_minor: Option<Option<i64>>,
    /// Stock keeping unit.
    pub sku: Option<Option<String>>,
    /// Barcode.
    pub barcode: Option<Option<String>>,
    /// Weight.
    pub weight_grams: Option<i32>,
    /// How much it holds; `Some(None)` takes it away.
    pub measure: Option<Option<Measure>>,
    /// Whether it is shipped.
    pub requires_shipping: Option<bool>,
    /// Whether it is taxed.
    pub taxable: Option<bool>,
    /// How it is taxed; `Some(None)` is the standard class.
    pub tax_class_id: Option<Option<TaxClassId>>,
    /// Whether stock is counted.
    pub tracked: Option<bool>,
    /// Whether it may be sold beyond the stock.
    pub continue_selling: Option<bool>,
    /// URL of its picture, which the product gets too if it has none with this URL.
    pub image_url: Option<Option<String>>,
    /// Units in stock at the default location, for a new variant only.
    pub quantity: Option<i64>,
}

/// An option of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionDraft {
    /// Name.
    pub name: String,
    /// Values. The first one is given to variants that have none for this option yet.
    pub values: Vec<String>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageDraft {
    /// Where it is.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// Pixels.
    pub width: Option<i32>,
    /// Pixels.
    pub height: Option<i32>,
}

impl ProductPatch {
    /// Checks it.
    pub fn check(&self, checks: &mut Checks) {
        if let Some(title) = &self.title {
            checks.required("title", title, TITLE_MOST);
        }
        if let Some(given) = &self.handle {
            check_handle(checks, given);
        }
        checks.text("descriptionHtml", self.description_html.as_deref().unwrap_or(""), HTML_MOST);
        checks.text("vendor", self.vendor.as_deref().unwrap_or(""), TITLE_MOST);
        checks.text("productType", self.product_type.as_deref().unwrap_or(""), TITLE_MOST);
        let tags = self.tags.as_deref().unwrap_or(&[]);
        checks.count("tags", tags.len(), TAGS_MOST);
        for (index, tag) in tags.iter().enumerate() {
            checks.text(format!("tags.{index}"), tag, TITLE_MOST);
        }
        check_seo(checks, self.seo_title.as_ref(), self.seo_description.as_ref());
    }
}

/// Checks a handle that a caller chose.
pub fn check_handle(checks: &mut Checks, given: &str) {
    checks.required_code("handle", given, TITLE_MOST);
    if !given.trim().is_empty() && handle::of_title(given).is_empty() {
        checks.refuse("handle", Reason::HandleEmpty);
    }
}

/// Checks what search engines are told.
pub fn check_seo(checks: &mut Checks, title: Option<&Option<String>>, description: Option<&Option<String>>) {
    checks.text("seo.title", title.and_then(Option::as_deref).unwrap_or(""), TITLE_MOST);
    checks.text("seo.description", description.and_then(Option::as_deref).unwrap_or(""), TEXT_MOST);
}

impl VariantPatch {
    /// Checks it; `at` is its place in the input.
    pub fn check(&self, checks: &mut Checks, at: &str) {
        for (index, value) in self.values.iter().flatten().enumerate() {
            checks.required(format!("{at}.optionValues.{index}.name"), value, TITLE_MOST);
        }
        checks.number(format!("{at}.price"), self.price_minor.unwrap_or(0), PRICE_MOST);
        checks.number(format!("{at}.compareAtPrice"), self.compare_at_minor.flatten().unwrap_or(0), PRICE_MOST);
        checks.code(format!("{at}.sku"), self.sku.as_ref().and_then(Option::as_deref).unwrap_or(""), TITLE_MOST);
        let barcode = self.barcode.as_ref().and_then(Option::as_deref).unwrap_or("");
        checks.code(format!("{at}.barcode"), barcode, TITLE_MOST);
        checks.number(format!("{at}.weightGrams"), self.weight_grams.unwrap_or(0).into(), GRAMS_MOST.into());
        if let Some(measure) = self.measure.flatten() {
            measure.check(checks, &format!("{at}.unitPriceMeasurement"));
        }
        let most = crate::domain::inventory::UNITS_MOST;
        checks.number(format!("{at}.quantity"), self.quantity.unwrap_or(0), most);
        if let Some(Some(url)) = &self.image_url {
            checks.url(format!("{at}.imageUrl"), url);
        }
    }
}

impl ImageDraft {
    /// Checks it; `at` is its place in the input.
    pub fn check(&self, checks: &mut Checks, at: &str) {
        checks.url(format!("{at}.url"), &self.url);
        checks.text(format!("{at}.altText"), self.alt.as_deref().unwrap_or(""), TEXT_MOST);
        checks.number(format!("{at}.width"), self.width.unwrap_or(0).into(), 100_000);
        checks.number(format!("{at}.height"), self.height.unwrap_or(0).into(), 100_000);
    }
}

/// Checks options.
pub fn check_options(checks: &mut Checks, options: &[OptionDraft]) {
    checks.count("options", options.len(), super::checks::OPTIONS_MOST);
    let mut names = std::collections::HashSet::new();
    for (index, option) in options.iter().enumerate() {
        checks.required(format!("options.{index}.name"), &option.name, TITLE_MOST);
        if !names.insert(crate::domain::shared::fold(&option.name)) {
            checks.refuse(format!("options.{index}.name"), Reason::OptionTwice);
        }
        checks.count(format!("options.{index}.values"), option.values.len(), super::checks::VARIANTS_MOST);
        for (value, name) in option.values.iter().enumerate() {
            checks.required(format!("options.{index}.values.{value}"), name, TITLE_MOST);
        }
    }
}

/// A text without blanks around it; `None` when nothing is left.
#[must_use]
pub fn non_blank(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
