//! What a cart, a quote and an order need to know about a variant.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    address::{SelectedOption, SelectedOptions},
    catalog::{product, product::ProductStatus, product_image, product_option, variant, variant_price},
    ids::{ImageId, ProductId, TaxClassId, VariantId},
    money::{Currency, Money},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{domain::shared::Error, platform::batch::padded};

/// A variant as it can be sold now, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sellable {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// The product's title.
    pub product_title: String,
    /// The product's handle.
    pub product_handle: String,
    /// The variant's title.
    pub variant_title: String,
    /// The product's vendor.
    pub vendor: String,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// The variant's picture, or the product's first.
    pub image_url: Option<String>,
    /// Its chosen options, in the product's order.
    pub selected_options: SelectedOptions,
    /// Its own price of one unit, when it has one in this currency; without a list's, it is not `purchasable` then.
    pub price: Option<Money>,
    /// Former price, only when it is higher.
    pub compare_at: Option<Money>,
    /// Whether it is shipped.
    pub requires_shipping: bool,
    /// Whether its stock is counted.
    pub tracked: bool,
    /// Whether it may be sold beyond its stock.
    pub continue_selling: bool,
    /// Whether shoppers see it: its product is active and published.
    pub published: bool,
    /// What price lists ask for it, for the buyer's country and in this currency; the catalog itself knows of none.
    pub list_prices: Vec<pricing::Price>,
    /// Whether shoppers may buy it: they see it, and it has a price in this currency. Stock is another question.
    pub purchasable: bool,
    /// Weight of one unit in grams.
    pub weight_grams: i32,
    /// Whether it is taxed.
    pub taxable: bool,
    /// How it is taxed; none is the standard class.
    pub tax_class_id: Option<TaxClassId>,
    /// Whether each unit that is paid becomes a gift card.
    pub is_gift_card: bool,
}

impl Sellable {
    /// Whether its stock limits how many can be sold.
    #[must_use]
    pub fn limited_by_stock(&self) -> bool {
        self.tracked && !self.continue_selling
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: VariantId,
    product_id: ProductId,
    title: String,
    sku: Option<String>,
    option1: Option<String>,
    option2: Option<String>,
    option3: Option<String>,
    image_id: Option<ImageId>,
    weight_grams: i32,
    requires_shipping: bool,
    taxable: bool,
    tax_class_id: Option<TaxClassId>,
    tracked: bool,
    continue_selling: bool,
    product_title: String,
    product_handle: String,
    vendor: String,
    is_gift_card: bool,
    status: ProductStatus,
    published_at: Option<DateTime<Utc>>,
    amount_minor: Option<i64>,
    compare_at_minor: Option<i64>,
}

/// The variants among `ids` that exist, whether shoppers may buy them or not, in three statements however many they are.
///
/// # Errors
/// The database's.
pub async fn sellable(
    db: &impl ConnectionTrait,
    currency: Currency,
    now: DateTime<Utc>,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Sellable>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = variants(db, currency, ids).await?;
    let products: Vec<ProductId> = rows.iter().map(|row| row.product_id).collect();
    let names = option_names(db, &products).await?;
    let images = Images::load(db, &products, rows.iter().filter_map(|row| row.image_id).collect()).await?;
    let found = rows.into_iter().map(|row| {
        let no_names = Vec::new();
        let names = names.get(&row.product_id).unwrap_or(&no_names);
        let image_url = images.of(&row);
        (row.id, row.into_sellable(currency, now, names, image_url))
    });
    Ok(found.collect())
}

async fn variants(db: &impl ConnectionTrait, currency: Currency, ids: &[VariantId]) -> Result<Vec<Row>, Error> {
    let of_product =
        variant::Entity::belongs_to(product::Entity).from(variant::Column::ProductId).to(product::Column::Id).into();
    let price = variant::Entity::belongs_to(variant_price::Entity)
        .from(variant::Column::Id)
        .to(variant_price::Column::VariantId)
        .on_condition(move |_, price| {
            Condition::all().add(Expr::col((price, variant_price::Column::Currency)).eq(currency))
        })
        .into();
    let rows = variant::Entity::find()
        .column_as(product::Column::Title, "product_title")
        .column_as(product::Column::Handle, "product_handle")
        .column(product::Column::Vendor)
        .column(product::Column::IsGiftCard)
        .column(product::Column::Status)
        .column(product::Column::PublishedAt)
        .column(variant_price::Column::AmountMinor)
        .column(variant_price::Column::CompareAtMinor)
        .join(JoinType::InnerJoin, of_product)
        .join(JoinType::LeftJoin, price)
        .filter(variant::Column::Id.is_in(padded(ids.iter().copied())))
        .into_model::<Row>()
        .all(db)
        .await?;
    Ok(rows)
}

async fn option_names(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<String>>, Error> {
    let rows: Vec<(ProductId, String)> = product_option::Entity::find()
        .select_only()
        .column(product_option::Column::ProductId)
        .column(product_option::Column::Name)
        .filter(product_option::Column::ProductId.is_in(padded(products.iter().copied())))
        .order_by_asc(product_option::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let mut names: HashMap<ProductId, Vec<String>> = HashMap::new();
    for (product, name) in rows {
        names.entry(product).or_default().push(name);
    }
    Ok(names)
}

/// URLs of the pictures that are shown.
struct Images {
    by_id: HashMap<ImageId, String>,
    first: HashMap<ProductId, String>,
}

impl Images {
    /// The pictures named, and the first one of each product, in one statement.
    async fn load(db: &impl ConnectionTrait, products: &[ProductId], named: Vec<ImageId>) -> Result<Self, Error> {
        let first = "position = (SELECT MIN(other.position) FROM product_image AS other \
                     WHERE other.product_id = product_image.product_id)";
        let rows: Vec<(ImageId, ProductId, String)> = product_image::Entity::find()
            .select_only()
            .column(product_image::Column::Id)
            .column(product_image::Column::ProductId)
            .column(product_image::Column::Url)
            .filter(product_image::Column::ProductId.is_in(padded(products.iter().copied())))
            .filter(Condition::any().add(Expr::cust(first)).add(product_image::Column::Id.is_in(padded(named))))
            .order_by_asc(product_image::Column::Position)
            .order_by_asc(product_image::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        let mut images = Self { by_id: HashMap::new(), first: HashMap::new() };
        for (id, product, url) in rows {
            images.first.entry(product).or_insert_with(|| url.clone());
            images.by_id.insert(id, url);
        }
        Ok(images)
    }

    fn of(&self, row: &Row) -> Option<String> {
        let own = row.image_id.and_then(|id| self.by_id.get(&id));
        own.or_else(|| self.first.get(&row.product_id)).cloned()
    }
}

impl Row {
    fn into_sellable(
        self,
        currency: Currency,
        now: DateTime<Utc>,
        names: &[String],
        image_url: Option<String>,
    ) -> Sellable {
        let values = [self.option1, self.option2, self.option3];
        let chosen = names
            .iter()
            .zip(values)
            .filter_map(|(name, value)| value.map(|value| SelectedOption { name: name.clone(), value }));
        let published = self.status == ProductStatus::Active && self.published_at.is_some_and(|moment| moment <= now);
        let compare_at = self.compare_at_minor.filter(|former| self.amount_minor.is_some_and(|price| *former > price));
        Sellable {
            variant_id: self.id,
            product_id: self.product_id,
            product_title: self.product_title,
            product_handle: self.product_handle,
            variant_title: self.title,
            vendor: self.vendor,
            sku: self.sku,
            image_url,
            selected_options: SelectedOptions(chosen.collect()),
            price: self.amount_minor.map(|minor| Money::new(minor, currency)),
            compare_at: compare_at.map(|minor| Money::new(minor, currency)),
            requires_shipping: self.requires_shipping,
            tracked: self.tracked,
            continue_selling: self.continue_selling,
            published,
            list_prices: Vec::new(),
            purchasable: published && self.amount_minor.is_some(),
            weight_grams: self.weight_grams,
            taxable: self.taxable,
            tax_class_id: self.tax_class_id,
            is_gift_card: self.is_gift_card,
        }
    }
}
