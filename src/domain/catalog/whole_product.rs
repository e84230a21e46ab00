//! A product with everything that belongs to it, in memory: what changes are worked out on before they are saved. Pure.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    catalog::{
        product::{self, ProductStatus},
        product_image, product_option, product_tag, variant, variant_price,
    },
    ids::{ImageId, ProductId, VariantId},
    money::Currency,
};

use super::{
    errors::{Reason, Refusal},
    html, keys,
    patch::{ImageDraft, OptionDraft, ProductPatch, VariantPatch, non_blank},
};
use crate::{domain::shared::fold, platform::Sources};

/// Name of the one option of a product without options, as storefronts expect it.
pub const DEFAULT_OPTION: &str = "Title";
/// Its one value.
pub const DEFAULT_VALUE: &str = "Default Title";

/// A variant and its price in the shop's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeVariant {
    /// The variant.
    pub variant: variant::Model,
    /// Its price.
    pub price: variant_price::Model,
}

/// All rows of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeProduct {
    /// The product.
    pub product: product::Model,
    /// Options in order.
    pub options: Vec<product_option::Model>,
    /// Tags by their key.
    pub tags: BTreeMap<String, product_tag::Model>,
    /// Pictures in order.
    pub images: Vec<product_image::Model>,
    /// Variants in order.
    pub variants: Vec<WholeVariant>,
}

impl WholeVariant {
    /// The values of the options, in order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let variant = &self.variant;
        [&variant.option1, &variant.option2, &variant.option3].into_iter().flatten().map(String::as_str)
    }

    /// What makes it differ from the product's other variants.
    #[must_use]
    pub fn combination(&self) -> Vec<String> {
        self.values().map(fold).collect()
    }

    fn set_values(&mut self, values: Vec<String>) {
        let mut values = values.into_iter().map(|value| value.trim().to_owned());
        self.variant.option1 = values.next();
        self.variant.option2 = values.next();
        self.variant.option3 = values.next();
    }
}

impl WholeProduct {
    /// A product without words, options, pictures and variants.
    #[must_use]
    pub fn empty(id: ProductId, now: DateTime<Utc>) -> Self {
        let product = product::Model {
            id,
            handle: String::new(),
            title: String::new(),
            description_html: String::new(),
            description: String::new(),
            vendor: String::new(),
            product_type: String::new(),
            is_gift_card: false,
            status: ProductStatus::Active,
            published_at: None,
            seo_title: None,
            seo_description: None,
            title_key: String::new(),
            vendor_key: String::new(),
            type_key: String::new(),
            search_words: String::new(),
            min_price_minor: 0,
            units_sold: 0,
            version: 0,
            created_at: now,
            updated_at: now,
        };
        Self { product, options: vec![], tags: BTreeMap::new(), images: vec![], variants: vec![] }
    }

    /// Whether it has no options to choose from.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        match self.options.as_slice() {
            [] => true,
            [only] => only.name == DEFAULT_OPTION && self.variants.iter().all(|v| v.values().eq([DEFAULT_VALUE])),
            _ => false,
        }
    }

    /// Changes the product's own columns and tags; not the handle, which wants a look at the other products.
    pub fn apply(&mut self, patch: &ProductPatch, now: DateTime<Utc>) {
        let product = &mut self.product;
        let set = |column: &mut String, text: &Option<String>| {
            if let Some(text) = text {
                text.trim().clone_into(column);
            }
        };
        set(&mut product.title, &patch.title);
        set(&mut product.vendor, &patch.vendor);
        set(&mut product.product_type, &patch.product_type);
        if let Some(given) = &patch.description_html {
            product.description_html = html::sanitize(given);
            product.description = html::plain_text(&product.description_html);
        }
        if let Some(is_gift_card) = patch.is_gift_card {
            product.is_gift_card = is_gift_card;
        }
        if let Some(status) = patch.status {
            product.status = status;
        }
        match patch.published {
            Some(true) => product.published_at = product.published_at.or(Some(now)),
            Some(false) => product.published_at = None,
            None => {}
        }
        if let Some(title) = &patch.seo_title {
            product.seo_title = title.as_deref().and_then(non_blank);
        }
        if let Some(description) = &patch.seo_description {
            product.seo_description = description.as_deref().and_then(non_blank);
        }
        if let Some(tags) = &patch.tags {
            self.set_tags(tags);
        }
    }

    fn set_tags(&mut self, tags: &[String]) {
        let mut new = BTreeMap::new();
        for tag in tags.iter().filter_map(|tag| non_blank(tag)) {
            let tag_key = fold(&tag);
            let row = product_tag::Model { product_id: self.product.id, tag_key: tag_key.clone(), tag };
            new.entry(tag_key).or_insert(row);
        }
        self.tags = new;
    }

    /// Names the options. The options before keep their place and values; a new one gives its first value to every
    /// variant there is; one that is not named any more goes, if the variants still differ without it.
    ///
    /// # Errors
    /// A new option without a value for variants that exist; variants that would be alike.
    pub fn set_options(&mut self, options: &[OptionDraft], sources: &Sources) -> Result<(), Refusal> {
        let kept = if self.is_plain() || options.is_empty() { 0 } else { self.options.len() };
        let plain = [OptionDraft { name: DEFAULT_OPTION.to_owned(), values: vec![DEFAULT_VALUE.to_owned()] }];
        let options = if options.is_empty() { &plain } else { options };
        for (index, option) in options.iter().enumerate().skip(kept) {
            if option.values.is_empty() && !self.variants.is_empty() {
                let reason = Reason::OptionValueMissing(option.name.clone());
                return Err(Refusal::new(format!("options.{index}.values"), reason));
            }
        }
        for variant in &mut self.variants {
            let mut values: Vec<String> = variant.values().take(kept).map(str::to_owned).collect();
            values.truncate(options.len());
            values.extend(options.iter().skip(values.len()).filter_map(|option| option.values.first().cloned()));
            variant.set_values(values);
        }
        self.name_options(options.iter().map(|option| option.name.as_str()), sources);
        match self.alike() {
            Some(title) => Err(Refusal::new("options", Reason::VariantTwice(title))),
            None => Ok(()),
        }
    }

    /// Names the options, without a look at the variants.
    pub fn name_options<'a>(&mut self, names: impl IntoIterator<Item = &'a str>, sources: &Sources) {
        let mut before = std::mem::take(&mut self.options).into_iter();
        for (name, position) in names.into_iter().zip(1..) {
            let id = before.next().map_or_else(|| sources.id(), |option| option.id);
            let (product_id, name) = (self.product.id, name.trim().to_owned());
            self.options.push(product_option::Model { id, product_id, position, name });
        }
    }

    /// The title of a variant that has the same values as another.
    fn alike(&self) -> Option<String> {
        let mut seen = std::collections::HashSet::new();
        let twice = self.variants.iter().find(|variant| !seen.insert(variant.combination()));
        twice.map(|variant| variant.values().collect::<Vec<_>>().join(" / "))
    }

    /// The variant with these values, beside `but`.
    #[must_use]
    pub fn variant_with(&self, values: &[String], but: Option<VariantId>) -> Option<usize> {
        let wanted: Vec<String> = values.iter().map(|value| fold(value)).collect();
        self.variants.iter().position(|variant| {
            Some(variant.variant.id) != but && variant.values().map(fold).eq(wanted.iter().cloned())
        })
    }

    /// Adds a variant. The patch has a price and values for all options.
    pub fn add_variant(&mut self, patch: &VariantPatch, currency: Currency, sources: &Sources) -> VariantId {
        let (id, now) = (sources.id(), sources.now());
        let variant = variant::Model {
            id,
            product_id: self.product.id,
            position: 0,
            title: String::new(),
            sku: None,
            barcode: None,
            option1: None,
            option2: None,
            option3: None,
            image_id: None,
            weight_grams: 0,
            measure_milli: None,
            measure_unit: None,
            reference_value: None,
            reference_unit: None,
            // A gift card is a code in a mail.
            requires_shipping: !self.product.is_gift_card,
            taxable: true,
            tax_class_id: None,
            tracked: true,
            continue_selling: false,
            created_at: now,
            updated_at: now,
        };
        let price = variant_price::Model { variant_id: id, currency, amount_minor: 0, compare_at_minor: None };
        self.variants.push(WholeVariant { variant, price });
        self.change_variant(self.variants.len() - 1, patch, sources);
        id
    }

    /// Changes the variant at `index`.
    pub fn change_variant(&mut self, index: usize, patch: &VariantPatch, sources: &Sources) {
        let image_id = match &patch.image_url {
            Some(Some(url)) => {
                Some(Some(self.add_image(&ImageDraft { url: url.clone(), ..ImageDraft::default() }, sources)))
            }
            Some(None) => Some(None),
            None => None,
        };
        let Some(whole) = self.variants.get_mut(index) else { return };
        if let Some(values) = &patch.values {
            whole.set_values(values.clone());
        }
        let WholeVariant { variant, price } = whole;
        variant.image_id = image_id.unwrap_or(variant.image_id);
        price.amount_minor = patch.price_minor.unwrap_or(price.amount_minor);
        price.compare_at_minor = patch.compare_at_minor.unwrap_or(price.compare_at_minor);
        if let Some(sku) = &patch.sku {
            variant.sku = sku.as_deref().and_then(non_blank);
        }
        if let Some(barcode) = &patch.barcode {
            variant.barcode = barcode.as_deref().and_then(non_blank);
        }
        variant.weight_grams = patch.weight_grams.unwrap_or(variant.weight_grams);
        if let Some(measure) = patch.measure {
            variant.measure_milli = measure.map(|measure| measure.quantity_milli);
            variant.measure_unit = measure.map(|measure| measure.unit);
            variant.reference_value = measure.map(|measure| measure.reference_value);
            variant.reference_unit = measure.map(|measure| measure.reference_unit);
        }
        variant.requires_shipping = patch.requires_shipping.unwrap_or(variant.requires_shipping);
        variant.taxable = patch.taxable.unwrap_or(variant.taxable);
        variant.tax_class_id = patch.tax_class_id.unwrap_or(variant.tax_class_id);
        variant.tracked = patch.tracked.unwrap_or(variant.tracked);
        variant.continue_selling = patch.continue_selling.unwrap_or(variant.continue_selling);
    }

    /// Adds a picture at the end, or tells more about the one with its URL.
    pub fn add_image(&mut self, draft: &ImageDraft, sources: &Sources) -> ImageId {
        let alt = draft.alt.as_deref().and_then(non_blank);
        if let Some(image) = self.images.iter_mut().find(|image| image.url == draft.url) {
            image.alt = alt.or(image.alt.take());
            image.width = draft.width.or(image.width);
            image.height = draft.height.or(image.height);
            return image.id;
        }
        let (id, url) = (sources.id(), draft.url.clone());
        let (product_id, width, height) = (self.product.id, draft.width, draft.height);
        self.images.push(product_image::Model { id, product_id, position: 0, url, alt, width, height });
        id
    }

    /// Takes pictures away, also from the variants that show them.
    pub fn remove_images(&mut self, ids: &[ImageId]) {
        self.images.retain(|image| !ids.contains(&image.id));
        for whole in &mut self.variants {
            whole.variant.image_id = whole.variant.image_id.filter(|id| !ids.contains(id));
        }
    }

    /// Makes true what follows from the rest: positions, variants' titles and the columns of [`keys`].
    pub fn settle(&mut self) {
        for (image, position) in self.images.iter_mut().zip(1..) {
            image.position = position;
        }
        for (whole, position) in self.variants.iter_mut().zip(1..) {
            let title = whole.values().collect::<Vec<_>>().join(" / ");
            whole.variant.position = position;
            whole.variant.title = title;
        }
        let of = keys::Sources {
            title: &self.product.title,
            vendor: &self.product.vendor,
            product_type: &self.product.product_type,
            tags: self.tags.values().map(|tag| tag.tag.as_str()).collect(),
            skus: self.variants.iter().filter_map(|whole| whole.variant.sku.as_deref()).collect(),
            prices: self.variants.iter().map(|whole| whole.price.amount_minor).collect(),
        };
        let keys = keys::keys(&of);
        let product = &mut self.product;
        product.title_key = keys.title_key;
        product.vendor_key = keys.vendor_key;
        product.type_key = keys.type_key;
        product.search_words = keys.search_words;
        product.min_price_minor = keys.min_price_minor;
    }
}

/// Puts named option values into the order of the product's options.
///
/// # Errors
/// An option that the product does not have, or one without a value.
pub fn in_order(options: &[String], given: &[(String, String)], at: &str) -> Result<Vec<String>, Vec<Refusal>> {
    let by_name: HashMap<String, &String> = given.iter().map(|(name, value)| (fold(name), value)).collect();
    let mut refusals = Vec::new();
    for (index, (name, _)) in given.iter().enumerate() {
        if !options.iter().any(|option| fold(option) == fold(name)) {
            let at = format!("{at}.optionValues.{index}.optionName");
            refusals.push(Refusal::new(at, Reason::OptionUnknown(name.clone())));
        }
    }
    if by_name.len() < given.len() {
        refusals.push(Refusal::new(format!("{at}.optionValues"), Reason::OptionTwice));
    }
    let mut values = Vec::with_capacity(options.len());
    for option in options {
        match by_name.get(&fold(option)) {
            Some(value) => values.push((*value).clone()),
            None => {
                let reason = Reason::OptionValueMissing(option.clone());
                refusals.push(Refusal::new(format!("{at}.optionValues"), reason));
            }
        }
    }
    if refusals.is_empty() { Ok(values) } else { Err(refusals) }
}
