//! Products and collections, written straight into the tables.

use cartwright::{
    domain::{
        catalog::price_history::{self, Asked},
        shared::words,
    },
    platform::tx,
};
use entity::{
    catalog::{
        collection, collection_product,
        product::{self, ProductStatus},
        product_image, product_option, product_tag, variant, variant_price,
    },
    ids::{CollectionId, LocationId, ProductId, VariantId},
    inventory::{location, stock_level},
    money::Currency,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::support::TestShop;

/// A product to make. It is on sale and its stock is not counted, unless told otherwise.
#[derive(Clone, Debug)]
pub struct NewProduct {
    title: String,
    vendor: String,
    product_type: String,
    status: ProductStatus,
    published: bool,
    units_sold: i64,
    gift_card: bool,
    tags: Vec<String>,
    options: Vec<String>,
    images: Vec<String>,
    variants: Vec<NewVariant>,
}

/// A variant to make.
#[derive(Clone, Debug)]
pub struct NewVariant {
    options: Vec<String>,
    sku: Option<String>,
    price: i64,
    compare_at: Option<i64>,
    stock: Option<i64>,
    continue_selling: bool,
    image: Option<usize>,
    weight_grams: i32,
    requires_shipping: bool,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub id: ProductId,
    pub variants: Vec<VariantId>,
}

impl Made {
    /// The product's id in the API.
    pub fn gid(&self) -> String {
        format!("gid://cartwright/Product/{}", self.id)
    }

    /// The id of its variant at this place, from 0, in the API.
    pub fn variant_gid(&self, place: usize) -> String {
        format!("gid://cartwright/ProductVariant/{}", self.variants[place])
    }
}

pub fn product(title: &str) -> NewProduct {
    NewProduct {
        title: title.to_owned(),
        vendor: "Acme".to_owned(),
        product_type: "Thing".to_owned(),
        status: ProductStatus::Active,
        published: true,
        units_sold: 0,
        gift_card: false,
        tags: Vec::new(),
        options: Vec::new(),
        images: Vec::new(),
        variants: Vec::new(),
    }
}

pub fn variant(price: i64) -> NewVariant {
    NewVariant {
        options: Vec::new(),
        sku: None,
        price,
        compare_at: None,
        stock: None,
        continue_selling: false,
        image: None,
        weight_grams: 250,
        requires_shipping: true,
    }
}

impl NewVariant {
    pub fn options(mut self, values: &[&str]) -> Self {
        self.options = values.iter().map(|value| (*value).to_owned()).collect();
        self
    }

    pub fn sku(mut self, sku: &str) -> Self {
        self.sku = Some(sku.to_owned());
        self
    }

    pub fn compare_at(mut self, minor: i64) -> Self {
        self.compare_at = Some(minor);
        self
    }

    /// Counts its stock: so many on hand, over two locations.
    pub fn stock(mut self, on_hand: i64) -> Self {
        self.stock = Some(on_hand);
        self
    }

    pub fn continue_selling(mut self) -> Self {
        self.continue_selling = true;
        self
    }

    /// What one unit weighs.
    pub fn grams(mut self, grams: i32) -> Self {
        self.weight_grams = grams;
        self
    }

    /// Is not shipped.
    pub fn digital(mut self) -> Self {
        self.requires_shipping = false;
        self
    }

    /// Its picture: the product's at this place, from 0.
    pub fn image(mut self, place: usize) -> Self {
        self.image = Some(place);
        self
    }
}

impl NewProduct {
    pub fn vendor(mut self, vendor: &str) -> Self {
        self.vendor = vendor.to_owned();
        self
    }

    pub fn product_type(mut self, product_type: &str) -> Self {
        self.product_type = product_type.to_owned();
        self
    }

    /// Each unit of it that is paid becomes a gift card.
    pub fn gift_card(mut self) -> Self {
        self.gift_card = true;
        self
    }

    pub fn draft(mut self) -> Self {
        self.status = ProductStatus::Draft;
        self
    }

    pub fn unpublished(mut self) -> Self {
        self.published = false;
        self
    }

    pub fn units_sold(mut self, units: i64) -> Self {
        self.units_sold = units;
        self
    }

    pub fn tags(mut self, tags: &[&str]) -> Self {
        self.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        self
    }

    pub fn options(mut self, names: &[&str]) -> Self {
        self.options = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    pub fn images(mut self, urls: &[&str]) -> Self {
        self.images = urls.iter().map(|url| (*url).to_owned()).collect();
        self
    }

    pub fn variant(mut self, variant: NewVariant) -> Self {
        self.variants.push(variant);
        self
    }

    /// One variant without options at this price.
    pub fn price(self, minor: i64) -> Self {
        self.variant(variant(minor))
    }

    pub async fn make(self, shop: &TestShop) -> Made {
        let tx = tx::begin(&shop.app.database).await.expect("a transaction");
        let made = self.write(shop, &tx).await;
        tx.commit().await.expect("committed");
        made
    }

    async fn write(mut self, shop: &TestShop, tx: &DatabaseTransaction) -> Made {
        if self.variants.is_empty() {
            self.variants.push(variant(1_000));
        }
        let (id, now) = (shop.app.sources.id::<ProductId>(), shop.app.sources.now());
        let all_words = [&self.title, &self.vendor, &self.product_type].into_iter().chain(&self.tags);
        let skus = self.variants.iter().filter_map(|variant| variant.sku.as_ref());
        let all_words: Vec<String> = all_words.chain(skus).flat_map(|text| words(text)).collect();
        let row = product::Model {
            id,
            handle: words(&self.title).join("-"),
            title: self.title.clone(),
            description_html: format!("<p>All about {}</p>", self.title),
            description: format!("All about {}", self.title),
            vendor: self.vendor.clone(),
            product_type: self.product_type.clone(),
            is_gift_card: self.gift_card,
            status: self.status,
            published_at: self.published.then_some(now),
            seo_title: None,
            seo_description: None,
            title_key: cartwright::domain::shared::fold(&self.title),
            vendor_key: cartwright::domain::shared::fold(&self.vendor),
            type_key: cartwright::domain::shared::fold(&self.product_type),
            search_words: format!(" {} ", all_words.join(" ")),
            min_price_minor: self.variants.iter().map(|variant| variant.price).min().unwrap_or(0),
            units_sold: self.units_sold,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        row.into_active_model().insert(tx).await.expect("a product");
        self.write_parts(shop, tx, id).await
    }

    async fn write_parts(self, shop: &TestShop, tx: &DatabaseTransaction, product_id: ProductId) -> Made {
        for (position, name) in (1..).zip(&self.options) {
            let row = product_option::Model { id: shop.app.sources.id(), product_id, position, name: name.clone() };
            row.into_active_model().insert(tx).await.expect("an option");
        }
        for tag in &self.tags {
            let tag_key = cartwright::domain::shared::fold(tag);
            let row = product_tag::Model { product_id, tag_key, tag: tag.clone() };
            row.into_active_model().insert(tx).await.expect("a tag");
        }
        let mut images = Vec::new();
        for (position, url) in (1..).zip(&self.images) {
            let row = product_image::Model {
                id: shop.app.sources.id(),
                product_id,
                position,
                url: url.clone(),
                alt: Some(format!("Picture {position}")),
                width: Some(800),
                height: Some(600),
            };
            images.push(row.id);
            row.into_active_model().insert(tx).await.expect("a picture");
        }
        let mut variants = Vec::new();
        for (position, new) in (1..).zip(self.variants) {
            let id: VariantId = shop.app.sources.id();
            let option = |place: usize| new.options.get(place).cloned();
            let title = if new.options.is_empty() { "Default Title".to_owned() } else { new.options.join(" / ") };
            let row = variant::Model {
                id,
                product_id,
                position,
                title,
                sku: new.sku,
                barcode: None,
                option1: option(0),
                option2: option(1),
                option3: option(2),
                image_id: new.image.map(|place| images[place]),
                weight_grams: new.weight_grams,
                measure_milli: None,
                measure_unit: None,
                reference_value: None,
                reference_unit: None,
                requires_shipping: new.requires_shipping,
                taxable: true,
                tax_class_id: None,
                tracked: new.stock.is_some(),
                continue_selling: new.continue_selling,
                created_at: shop.app.sources.now(),
                updated_at: shop.app.sources.now(),
            };
            row.into_active_model().insert(tx).await.expect("a variant");
            let price = variant_price::Model {
                variant_id: id,
                currency: Currency::USD,
                amount_minor: new.price,
                compare_at_minor: new.compare_at,
            };
            price_history::remember(tx, shop.app.sources.now(), &[Asked::own(&price)]).await.expect("a history");
            price.into_active_model().insert(tx).await.expect("a price");
            if let Some(on_hand) = new.stock {
                let (one, other) = locations(shop, tx).await;
                // One of the other location's units is held for somebody.
                for (location_id, on_hand, reserved) in [(one, on_hand, 0), (other, 1, 1)] {
                    let updated_at = shop.app.sources.now();
                    let row = stock_level::Model { variant_id: id, location_id, on_hand, reserved, updated_at };
                    row.into_active_model().insert(tx).await.expect("stock");
                }
            }
            variants.push(id);
        }
        Made { id: product_id, variants }
    }
}

/// The shop's two locations, made when they are first needed.
async fn locations(shop: &TestShop, tx: &DatabaseTransaction) -> (LocationId, LocationId) {
    let known = location::Entity::find().all(tx).await.expect("locations");
    let mut ids: Vec<LocationId> = known.into_iter().map(|location| location.id).collect();
    while ids.len() < 2 {
        let row = location::Model {
            id: shop.app.sources.id(),
            name: format!("Store {}", ids.len() + 1),
            priority: i32::try_from(ids.len() + 1).expect("few"),
            created_at: shop.app.sources.now(),
        };
        ids.push(row.id);
        row.into_active_model().insert(tx).await.expect("a location");
    }
    (ids[0], ids[1])
}

/// Makes a collection of these products, in this order.
pub async fn collection(shop: &TestShop, title: &str, published: bool, products: &[&Made]) -> CollectionId {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let (id, now) = (shop.app.sources.id::<CollectionId>(), shop.app.sources.now());
    let row = collection::Model {
        id,
        handle: words(title).join("-"),
        title: title.to_owned(),
        description_html: format!("<p>{title}</p>"),
        description: title.to_owned(),
        image_url: Some("/media/collection.webp".to_owned()),
        image_alt: None,
        image_width: Some(1_200),
        image_height: Some(400),
        seo_title: Some(format!("{title} | shop")),
        seo_description: None,
        title_key: cartwright::domain::shared::fold(title),
        published_at: published.then_some(now),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    row.into_active_model().insert(&*tx).await.expect("a collection");
    for (position, product) in (1..).zip(products) {
        let row = collection_product::ActiveModel {
            collection_id: Set(id),
            product_id: Set(product.id),
            position: Set(position),
        };
        row.insert(&*tx).await.expect("a member");
    }
    tx.commit().await.expect("committed");
    id
}
